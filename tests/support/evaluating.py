"""What ``dateline eval`` prints as JSON: its keys, in their order."""

from __future__ import annotations

import json
from typing import Any

from click.testing import Result

RUN_KEYS = [
    "suite", "run", "documents", "confidence", "metrics", "unpredicted", "failed", "folder",
    "status", "provider", "model", "recorded", "usage",
]  # fmt: skip
GATE_KEYS = ["run", "gate", "outcome", "holds", "value", "bound", "low", "high", "message"]
DIFFERENCE_KEYS = {"a", "b", "difference", "low", "high", "verdict", "detectable", "documents"}


def parsed(done: Result) -> Any:
    """Standard output of a command, which is one JSON document."""
    return json.loads(done.stdout)
