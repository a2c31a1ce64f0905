"""Dates as intervals of days, and what one is worth against another."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from dateline.evaluation.gold.document import LabelDate
from dateline.evaluation.scoring.matching import Matrix

Days = tuple[float, float]
"""First and last day as ordinals, inclusive; infinite where the interval is open."""


def days(label: LabelDate | None) -> Days | None:
    """Return the interval of a date; None where no calendar date is known."""
    if label is None or (label.start is None and label.end is None):
        return None
    return (
        label.start.toordinal() if label.start else float("-inf"),
        label.end.toordinal() if label.end else float("inf"),
    )


def credit(gold: Days, predicted: Days) -> float:
    """Return 1 for equal intervals, 0.5 for a predicted one inside gold, else 0."""
    if gold == predicted:
        return 1.0
    return 0.5 if gold[0] <= predicted[0] and predicted[1] <= gold[1] else 0.0


def credits(gold: Sequence[Days | None], predicted: Sequence[Days | None]) -> Matrix:
    """Return ``credit`` of every date of gold (row) with every predicted one; 0 without a date."""
    # Not a number is neither equal to anything nor inside it.
    none = (float("nan"), float("nan"))
    a, b = (np.array([days or none for days in side]).reshape(-1, 2) for side in (gold, predicted))
    equal = np.equal.outer(a[:, 0], b[:, 0]) & np.equal.outer(a[:, 1], b[:, 1])
    inside = np.less_equal.outer(a[:, 0], b[:, 0]) & np.greater_equal.outer(a[:, 1], b[:, 1])
    return np.where(equal, 1.0, 0.5 * inside)
