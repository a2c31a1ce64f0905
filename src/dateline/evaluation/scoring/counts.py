"""Counts as ranges of one kind, compared strictly and leniently."""

from __future__ import annotations

from dataclasses import dataclass

from dateline.evaluation.gold.document import LabelCount
from dateline.evaluation.scoring.names import NameForms, forms


@dataclass(frozen=True, slots=True)
class CountRange:
    """How many of what. Both bounds None: the text says that the number is unknown."""

    kind: str
    low: float | None
    high: float | None
    victim: NameForms | None = None

    @property
    def known(self) -> bool:
        """Whether any number is stated."""
        return self.low is not None or self.high is not None

    @property
    def key(self) -> tuple[str, float | None, float | None]:
        """What two counts have in common that are strictly the same."""
        return (self.kind, self.low, self.high)


def count_range(label: LabelCount) -> CountRange:
    """Prepare a labelled count for comparing."""
    victim = forms(label.victim) if label.victim else None
    return CountRange(label.kind, label.min, label.max, victim)


def same(gold: CountRange, predicted: CountRange) -> bool:
    """Whether two counts have the same kind and the same bounds."""
    return gold.key == predicted.key


def within(gold: CountRange, predicted: CountRange) -> bool:
    """Whether the predicted range lies inside the gold range, or equals it.

    A number is not inside a gold count whose number is said to be unknown.
    """
    if same(gold, predicted):
        return True
    if gold.kind != predicted.kind or not gold.known:
        return False
    low = gold.low is None or (predicted.low is not None and gold.low <= predicted.low)
    high = gold.high is None or (predicted.high is not None and predicted.high <= gold.high)
    return low and high
