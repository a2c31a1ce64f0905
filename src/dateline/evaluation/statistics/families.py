"""Many comparisons at once: some of twenty slots differ by chance alone."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from dateline.evaluation.statistics.comparison import Difference


def holm(family: Mapping[str, Difference], *, confidence: float = 0.95) -> dict[str, Difference]:
    """Adjust the verdicts of figures that are looked at together, such as a table of slots.

    Chance then makes even one of them "better" or "worse" no more often than ``1 - confidence``.
    ``p`` becomes the adjusted one, and a note says how many were compared and which verdicts were
    withdrawn. Intervals stay those of each figure alone. A headline figure that was named before
    looking needs no adjustment: leave it out of the family.

    Source: Holm, "A simple sequentially rejective multiple test procedure", 1979.
    """
    tested = sorted((d.p, name) for name, d in family.items() if d.p is not None)
    adjusted: dict[str, float] = {}
    reached = 0.0
    for position, (p, name) in enumerate(tested):
        reached = max(reached, min(1.0, p * (len(tested) - position)))
        adjusted[name] = reached
    return {
        name: _adjusted(d, adjusted.get(name), len(tested), confidence)
        for name, d in family.items()
    }


def _adjusted(found: Difference, p: float | None, size: int, confidence: float) -> Difference:
    if p is None or size < 2:
        return found
    note = f"one of {size} figures compared"
    verdict = found.verdict
    if verdict != "can't tell" and p > 1 - confidence:
        note = f"{verdict} alone, but not as {note}"
        verdict = "can't tell"
    return replace(found, p=p, verdict=verdict, note="; ".join(filter(None, (found.note, note))))
