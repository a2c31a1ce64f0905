"""Events: slot by slot, and whole."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeVar

import numpy as np

from dateline.evaluation.gold.document import Slot
from dateline.evaluation.scoring.alignment import align_events
from dateline.evaluation.scoring.counter import Counter
from dateline.evaluation.scoring.counts import CountRange, within
from dateline.evaluation.scoring.counts import same as same_count
from dateline.evaluation.scoring.dates import credit
from dateline.evaluation.scoring.matching import one_to_one
from dateline.evaluation.scoring.names import NameForms, alike, same
from dateline.evaluation.scoring.pairs import EventPair, SlotResult, counted, outcome
from dateline.evaluation.scoring.prepared import NOTHING, Event
from dateline.evaluation.scoring.settings import ScoringSettings
from dateline.evaluation.scoring.spans import overlap
from dateline.evaluation.scoring.tallies import Tally

Item = TypeVar("Item")
_NONE = Tally()
_COMPOSITE: tuple[Slot, ...] = ("type", "place", "counts")
_SAME_VICTIM = 1e-6
"""Decides between pairs of equal counts; too little to make a pair or to unmake one."""


@dataclass(frozen=True, slots=True)
class Comparison:
    """What two aligned events have in common, or what one without a partner leaves open.

    ``slots`` are the strict tallies by slot, ``more`` those of further measures by their name.
    Slots in which neither event has anything are left out.
    """

    slots: Mapping[Slot, Tally]
    more: Mapping[str, Tally]
    whole: bool


def score_events(
    gold: Sequence[Event], predicted: Sequence[Event], *, settings: ScoringSettings
) -> tuple[dict[str, Tally], tuple[EventPair, ...]]:
    """Align events and tally them.

    Returns:
        Tallies by measure, and one pair for every event: those of gold in their order, then the
        predicted ones that nothing was aligned with.
    """
    counter = Counter()
    for measure in ("event.composite", "event", "event.lenient", "event.found"):
        counter.add(measure, _NONE)
    partner = dict(align_events(gold, predicted, overlap=settings.overlap))
    taken = set(partner.values())
    couples: list[tuple[Event | None, Event | None]] = [
        (event, predicted[partner[index]] if index in partner else None)
        for index, event in enumerate(gold)
    ]
    couples += [(None, event) for index, event in enumerate(predicted) if index not in taken]
    pairs = tuple(_tallied(one, other, counter, settings) for one, other in couples)
    required = sum(not event.optional for event in gold)
    right = required <= len(predicted) <= len(gold)
    counter.add("event.number", Tally(float(right), 1.0, 1.0))
    return counter.tallies(), pairs


def _tallied(
    gold: Event | None, predicted: Event | None, counter: Counter, settings: ScoringSettings
) -> EventPair:
    optional = gold is not None and gold.optional
    compared = compare_events(gold, predicted, settings=settings)
    found = Tally(float(bool(gold and predicted)), float(bool(predicted)), float(bool(gold)))
    counter.add("event.found", counted(found, optional=optional))
    whole = found._replace(correct=float(compared.whole))
    counter.add("event.composite", counted(whole, optional=optional))
    for slot, tally in compared.slots.items():
        counts = counted(tally, optional=optional)
        counter.add("event", counts)
        counter.add(f"event.{slot}", counts)
        lenient = counted(compared.more.get(f"event.lenient.{slot}", tally), optional=optional)
        counter.add("event.lenient", lenient)
    for measure, tally in compared.more.items():
        counter.add(measure, counted(tally, optional=optional))
    return EventPair(
        gold.id if gold else None,
        predicted.id if predicted else None,
        {
            slot: SlotResult(outcome(tally, optional=optional), counted(tally, optional=optional))
            for slot, tally in compared.slots.items()
        },
        optional,
    )


def compare_events(
    gold: Event | None, predicted: Event | None, *, settings: ScoringSettings
) -> Comparison:
    """Compare two events, or one with nothing, before it is asked what is optional."""
    one, other = gold or NOTHING, predicted or NOTHING
    slots: dict[Slot, Tally] = {
        "type": _single(one.types, other.types, not one.types.isdisjoint(other.types)),
        "sub_type": _sub_type(one, other),
        "status": _single(one.status, other.status, one.status == other.status),
        "actors": _NONE,
        "place": _single(one.place, other.place, _agree(one.place, other.place, same)),
        "date": _single(one.date, other.date, _agree(one.date, other.date, credit)),
        "counts": _NONE,
        "evidence": _many(
            one.evidence, other.evidence, lambda a, b: overlap(a, b) >= settings.overlap
        ),
    }
    more: dict[str, Tally] = {}

    def alike_names(one: NameForms, other: NameForms) -> bool:
        return alike(one, other, ratio=settings.lenient_ratio)

    if one.actors or other.actors:
        slots["actors"], more["event.lenient.actors"] = _NONE, _NONE
        for role in sorted({role for role, _ in (*one.actors, *other.actors)}):
            names, rivals = _in_role(one, role), _in_role(other, role)
            more[f"event.actors.{role}"] = tally = _many(names, rivals, same)
            slots["actors"] = slots["actors"].plus(tally)
            tally = _many(names, rivals, alike_names)
            more["event.lenient.actors"] = more["event.lenient.actors"].plus(tally)
    if one.place or other.place:
        near = _agree(one.place, other.place, alike_names)
        more["event.lenient.place"] = _single(one.place, other.place, near)
    if one.counts or other.counts:
        slots["counts"], more["event.victim"] = _counts(one.counts, other.counts)
        more["event.lenient.counts"] = _many(one.counts, other.counts, within)
    if one.evidence or other.evidence:
        more["event.evidence_exact"] = _many(one.evidence, other.evidence, _equal)
    whole = bool(gold and predicted) and all(_is_right(slots[slot]) for slot in _COMPOSITE)
    return Comparison({slot: t for slot, t in slots.items() if any(t)}, more, whole)


def _single(gold: object, predicted: object, right: float) -> Tally:
    """The tally of a slot with one filler at most, which is absent where it is empty."""
    both = bool(gold) and bool(predicted)
    return Tally(float(right) if both else 0.0, float(bool(predicted)), float(bool(gold)))


def _agree(
    gold: Item | None, predicted: Item | None, worth: Callable[[Item, Item], float]
) -> float:
    return worth(gold, predicted) if gold is not None and predicted is not None else 0.0


def _in_role(event: Event, role: str) -> list[NameForms]:
    return [name for held, name in event.actors if held == role]


def _sub_type(gold: Event, predicted: Event) -> Tally:
    tally = _single(
        gold.sub_types, predicted.sub_types, not gold.sub_types.isdisjoint(predicted.sub_types)
    )
    required = gold.sub_type_required or tally.correct or predicted.sub_types
    return tally if required else _NONE


def _many(
    gold: Sequence[Item], predicted: Sequence[Item], right: Callable[[Item, Item], bool]
) -> Tally:
    """The tally of a slot with any number of fillers, paired one-to-one."""
    correct = 0
    if gold and predicted:
        correct = len(one_to_one(np.array([[float(right(a, b)) for b in predicted] for a in gold])))
    return Tally(float(correct), float(len(predicted)), float(len(gold)))


def _counts(gold: Sequence[CountRange], predicted: Sequence[CountRange]) -> tuple[Tally, Tally]:
    """The tallies of the counts and, of those that are right, of the victims that gold names.

    Of counts that are equal, those with the same victim are paired first.
    """
    worth = np.array([[_worth(a, b) for b in predicted] for a in gold])
    pairs = one_to_one(worth)
    named = [(row, column) for row, column in pairs if gold[row].victim]
    right = sum(worth[row, column] > 1 for row, column in named)
    tries = float(len(named))
    counts = Tally(float(len(pairs)), float(len(predicted)), float(len(gold)))
    return counts, Tally(float(right), tries, tries)


def _worth(gold: CountRange, predicted: CountRange) -> float:
    if not same_count(gold, predicted):
        return 0.0
    named = gold.victim is not None and predicted.victim is not None
    return 1.0 + _SAME_VICTIM * (named and _agree(gold.victim, predicted.victim, same))


def _equal(one: object, other: object) -> bool:
    return one == other


def _is_right(tally: Tally) -> bool:
    return tally.correct == tally.predicted == tally.gold
