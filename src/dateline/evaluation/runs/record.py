"""What made a run: everything that a figure needs beside it to mean something."""

from __future__ import annotations

import hashlib
import json
from datetime import datetime
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict

from dateline.evaluation.gates import OnCantTell
from dateline.records import Usage

FORMAT = 1

BASELINES = ("nothing", "every-sentence")
"""Providers without a model, which every report shows beside the real ones."""


class Recorded(BaseModel):
    """From when and whom the answers of a replayed run are, and what they cost then."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    models: tuple[str, ...]
    first: datetime | None = None
    last: datetime | None = None
    usage: Usage = Usage()


class RunRecord(BaseModel):
    """``run.json``. Times are UTC, ``seconds`` is the wall-clock time of all sittings together.

    ``documents`` maps ids to the SHA-256 of their texts, ``gold_sha256`` is the hash of the
    labels. ``usage`` is the sum over all documents. ``identity`` says whether a run can be taken
    up again: it covers everything but times and cost.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)

    format: int = FORMAT
    suite: str
    name: str
    variant: dict[str, Any]
    status: Literal["running", "complete"] = "running"
    provider: str
    model: str
    asking: str
    taxonomy: str
    prompt: str
    prompt_fingerprint: str
    schema_fingerprint: str
    dateline_version: str
    split: str | None = None
    gold_sha256: str
    documents: dict[str, str]
    started: datetime
    finished: datetime | None = None
    seconds: float = 0.0
    usage: Usage = Usage()
    failures: int = 0
    answered_by: tuple[str, ...] = ()
    recorded: Recorded | None = None
    confidence: float = 0.95
    draws: int = 10_000
    seed: int = 0
    metrics: tuple[str, ...] = ()
    gates: tuple[str, ...] = ()
    on_cant_tell: OnCantTell = "fail"

    @property
    def identity(self) -> str:
        """Hash of what was run over what, 16 hex digits."""
        left_out = {"status", "started", "finished", "seconds", "usage", "failures", "answered_by"}
        left_out |= {"recorded", "confidence", "draws", "seed", "metrics", "gates"}
        left_out |= {"on_cant_tell", "gold_sha256"}
        data = self.model_dump(mode="json", exclude=left_out)
        return hashlib.sha256(json.dumps(data, sort_keys=True).encode()).hexdigest()[:16]
