"""What became of every record: what it was paired with, and slot by slot what was right."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from dateline.evaluation.scoring.tallies import Tally

Outcome = Literal["right", "wrong", "missing", "spurious", "optional"]
"""Of a slot: all of it right; something in it wrong; gold not predicted; predicted without gold;
or not right in an optional record, which counts against nobody."""

ErrorClass = Literal["missed", "spurious", "wrong_slot"]


@dataclass(frozen=True, slots=True)
class SlotResult:
    """One slot of one pair. ``tally`` is what it adds to the strict measure of the slot."""

    outcome: Outcome
    tally: Tally


@dataclass(frozen=True, slots=True)
class Pair:
    """A record of gold and the predicted one aligned with it, by their ids; one may be None.

    ``slots`` has those slots in which at least one of the two has something. ``alike`` is, for
    a claim, the share of characters that the two contents have in common.
    """

    gold: str | None
    predicted: str | None
    slots: Mapping[str, SlotResult]
    optional: bool = False
    alike: float | None = None

    @property
    def error(self) -> ErrorClass | None:
        """The class of error; None where everything is right, or optional."""
        outcomes = {result.outcome for result in self.slots.values()}
        if outcomes <= {"right", "optional"} and (self.optional or (self.gold and self.predicted)):
            return None
        if self.predicted is None:
            return "missed"
        return "spurious" if self.gold is None else "wrong_slot"


class EventPair(Pair):
    """A pair of events; slots are those of ``gold.document.EVENT_SLOTS``."""

    __slots__ = ()


class ClaimPair(Pair):
    """A pair of claims; slots are content, speaker, certainty, polarity and quote_type."""

    __slots__ = ()


def outcome(tally: Tally, *, optional: bool) -> Outcome:
    """Return what a slot's tally means."""
    correct, predicted, gold = tally
    if correct == predicted == gold:
        return "right"
    if optional:
        return "optional"
    if not predicted:
        return "missing"
    return "wrong" if gold else "spurious"


def counted(tally: Tally, *, optional: bool) -> Tally:
    """Return what a tally counts for: of an optional record only what is right, on every side."""
    return Tally(tally.correct, tally.correct, tally.correct) if optional else tally
