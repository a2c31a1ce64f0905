"""What importing dateline and asking for help cost, in fresh processes."""

from __future__ import annotations

import resource
import statistics
import subprocess
import sys

RUNS = 7


def run() -> list[dict[str, object]]:
    """CPU milliseconds (user and system) of fresh processes, medians; bare Python taken off."""
    bare = _median(["-c", "pass"])
    package = _median(["-c", "import dateline"])
    used = _median(["-c", "import dateline; dateline.Extractor; dateline.Article"])
    pydantic = _median(["-c", "import pydantic; pydantic.BaseModel"])
    shown = _median(["-m", "dateline", "--help"])
    return [
        _row("import dateline", package - bare, 120),
        _row("the same, then Extractor and Article", used - bare, None),
        _row("dateline --help, whole process", shown, 250),
        {
            "name": "the same, against import pydantic alone",
            "value": (used - bare) / (pydantic - bare),
            "unit": "ratio",
            "limit": None,
            "ok": None,
        },
    ]


def _row(name: str, value: float, limit: float | None) -> dict[str, object]:
    ok = None if limit is None else value <= limit
    return {"name": name, "value": value, "unit": "ms CPU", "limit": limit, "ok": ok}


def _median(arguments: list[str]) -> float:
    return statistics.median(_cpu(arguments) for _ in range(RUNS))


def _cpu(arguments: list[str]) -> float:
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    subprocess.run([sys.executable, *arguments], check=True, stdout=subprocess.DEVNULL)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    used = after.ru_utime - before.ru_utime + after.ru_stime - before.ru_stime
    return used * 1000
