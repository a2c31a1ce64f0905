"""Counts that every figure is made of: additive over documents, so that they can be resampled."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Literal, NamedTuple

Statistic = Literal["precision", "recall", "f1", "accuracy", "rate", "total"]


class Tally(NamedTuple):
    """How much was right, of how much that was predicted, and of how much gold.

    Fractions stand for partial credit. An accuracy has its number of tries in both ``predicted``
    and ``gold``; a rate has its bad cases in ``correct`` and all cases in ``predicted``; a total
    stands in ``correct``.
    """

    correct: float = 0.0
    predicted: float = 0.0
    gold: float = 0.0

    def plus(self, other: Tally) -> Tally:
        """The sum, field by field."""
        return Tally(
            self.correct + other.correct, self.predicted + other.predicted, self.gold + other.gold
        )

    def value(self, statistic: Statistic) -> float | None:
        """Return the figure, from 0 to 1 (a total: any number); None where nothing was counted."""
        if statistic == "total":
            return self.correct
        if statistic == "f1":
            whole = self.predicted + self.gold
            return 2 * self.correct / whole if whole else None
        base = self.gold if statistic == "recall" else self.predicted
        return self.correct / base if base else None


Tallies = Mapping[str, Tally]
"""Tallies of one document, or summed, by measure: ``event``, ``event.place``, ``claim.joint``."""


def total(documents: Iterable[Tallies]) -> dict[str, Tally]:
    """Sum tallies over documents, measure by measure; measures in order of first appearance."""
    summed: dict[str, Tally] = {}
    for document in documents:
        for measure, tally in document.items():
            summed[measure] = summed.get(measure, Tally()).plus(tally)
    return summed
