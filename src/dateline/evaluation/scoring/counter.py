"""Tallies while they are being added up."""

from __future__ import annotations

from dateline.evaluation.scoring.tallies import Tally


class Counter:
    """Adds tallies by measure."""

    def __init__(self) -> None:
        self._sums: dict[str, list[float]] = {}

    def add(self, measure: str, tally: Tally) -> None:
        """Add a tally to a measure."""
        sums = self._sums.setdefault(measure, [0.0, 0.0, 0.0])
        for index, value in enumerate(tally):
            sums[index] += value

    def tallies(self) -> dict[str, Tally]:
        """Return the sums; measures in order of first appearance."""
        return {measure: Tally(*sums) for measure, sums in self._sums.items()}
