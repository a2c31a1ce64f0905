"""Which record of a prediction is which record of gold.

Pairs are one-to-one and worth the most credit in total. The order in which records are written
down, and which side is called gold, change nothing: records are put in an order of their own
first, and the side whose records come first in it gives the rows.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TypeVar
from zlib import crc32

import numpy as np
from numpy.typing import NDArray

from dateline.evaluation.scoring.dates import credits as date_credits
from dateline.evaluation.scoring.matching import Matrix, most_pairs, one_to_one, sharing
from dateline.evaluation.scoring.prepared import Claim, Event
from dateline.evaluation.scoring.spans import overlaps, union_overlaps

Record = TypeVar("Record", Event, Claim)

# What decides between alignments of equal credit, in this order: more pairs, pairs with records
# that are not optional, more in common, and the records' own contents. Events' credit comes in
# halves, so that a smaller reason does not outweigh a greater one.
_PAIR, _REQUIRED, _COMMON, _CHANCE = 1e-3, 1e-5, 1e-8, 1e-11


def align_events(
    gold: Sequence[Event], predicted: Sequence[Event], *, overlap: float
) -> list[tuple[int, int]]:
    """Pair events that share an actor name, place, count or evidence, for the most credit.

    Events that have none of these pair with each other.

    Args:
        gold: the events of gold.
        predicted: the predicted events.
        overlap: the share of characters from which two spans are the same evidence.

    Returns:
        Indexes into both, in order of gold.
    """

    def worth(gold: Sequence[Event], predicted: Sequence[Event]) -> Matrix:
        core, common = _core(gold, predicted)
        credits = event_credits(gold, predicted, overlap=overlap)
        reasons = _PAIR + _COMMON * common + _last(gold, predicted)
        return np.where(core, credits + reasons, 0.0)

    return _aligned(gold, predicted, worth)


def align_claims(
    gold: Sequence[Claim], predicted: Sequence[Claim], *, overlap: float
) -> list[tuple[int, int]]:
    """Pair claims whose evidence overlaps; arguments and result as for events.

    A pair is worth the share of characters in common, 1 more if that makes them the same
    evidence, and 1 more if the speaker is right.
    """

    def worth(gold: Sequence[Claim], predicted: Sequence[Claim]) -> Matrix:
        common = union_overlaps([c.content for c in gold], [c.content for c in predicted])
        speaker = sharing([_speaker(c) for c in gold], [_speaker(c) for c in predicted])
        manner = sum(
            sharing([(getattr(c, name),) for c in gold], [(getattr(c, name),) for c in predicted])
            * 1.0
            for name in ("certainty", "polarity", "quote_type")
        )
        reasons = _COMMON * manner + _last(gold, predicted)
        return np.where(common > 0, common + (common >= overlap) + speaker + reasons, 0.0)

    return _aligned(gold, predicted, worth)


def _speaker(claim: Claim) -> tuple[str, ...]:
    return tuple(claim.speaker.strict) if claim.speaker else ("\0nobody",)


def event_credits(gold: Sequence[Event], predicted: Sequence[Event], *, overlap: float) -> Matrix:
    """Return what every two events would add to the right fillers of the micro measure."""
    shape = (len(gold), len(predicted))
    total = np.zeros(shape)
    if not total.size:
        return total
    total += sharing([tuple(e.types) for e in gold], [tuple(e.types) for e in predicted])
    total += sharing([tuple(e.sub_types) for e in gold], [tuple(e.sub_types) for e in predicted])
    total += sharing([_single(e.status) for e in gold], [_single(e.status) for e in predicted])
    total += _places(gold, predicted)
    total += date_credits([e.date for e in gold], [e.date for e in predicted])
    actors = sharing(_actors(gold), _actors(predicted))
    total += most_pairs(actors, *_owned("actors", gold, predicted), shape)
    counts = sharing(_counts(gold), _counts(predicted))
    total += most_pairs(counts, *_owned("counts", gold, predicted), shape)
    spans = [[place for event in side for place in event.evidence] for side in (gold, predicted)]
    evidence = overlaps(*spans) >= overlap
    total += most_pairs(evidence, *_owned("evidence", gold, predicted), shape)
    return total


def _core(gold: Sequence[Event], predicted: Sequence[Event]) -> tuple[NDArray[np.bool_], Matrix]:
    """Which events may be paired at all, and the evidence that they have in common."""
    common = union_overlaps([e.union for e in gold], [e.union for e in predicted])
    keys = [
        [
            (
                *(f"actor {form}" for _, name in event.actors for form in name.strict),
                *(f"place {form}" for form in (event.place.strict if event.place else ())),
                *(f"count {count.key}" for count in event.counts if count.known),
            )
            for event in side
        ]
        for side in (gold, predicted)
    ]
    bare = [
        [not slots and not event.union for slots, event in zip(names, side, strict=True)]
        for names, side in zip(keys, (gold, predicted), strict=True)
    ]
    return sharing(*keys) | (common > 0) | np.logical_and.outer(*bare), common


def _last(gold: Sequence[Event | Claim], predicted: Sequence[Event | Claim]) -> Matrix:
    """What is left to decide by: first records that are not optional, then equal ones, which
    aligns gold with itself as it is.

    At last a number drawn from the contents of both, the same whichever comes first: without it,
    which of two equally good alignments is taken would depend on records that have no part in
    either.
    """
    equal = sharing([(record.key,) for record in gold], [(record.key,) for record in predicted])
    one, other = (
        np.array([crc32(record.key.encode()) for record in side], dtype=np.uint64)
        for side in (gold, predicted)
    )
    mixed = (np.bitwise_xor.outer(one, other) + np.uint64(1)) * (np.add.outer(one, other) | 1)
    drawn = (mixed >> np.uint64(12) & np.uint64(0xFFFFF)) / float(1 << 20)
    optional = [[record.optional for record in side] for side in (gold, predicted)]
    required = ~np.logical_or.outer(*optional)
    return _REQUIRED * required + _COMMON * equal + _CHANCE * drawn


def _places(gold: Sequence[Event], predicted: Sequence[Event]) -> NDArray[np.bool_]:
    sides = [
        [tuple(event.place.strict) if event.place else () for event in side]
        for side in (gold, predicted)
    ]
    return sharing(*sides)


def _single(value: str | None) -> tuple[str, ...]:
    return () if value is None else (value,)


def _actors(events: Sequence[Event]) -> list[tuple[str, ...]]:
    return [
        tuple(f"{role} {form}" for form in name.strict)
        for event in events
        for role, name in event.actors
    ]


def _counts(events: Sequence[Event]) -> list[tuple[str, ...]]:
    return [(str(count.key),) for event in events for count in event.counts]


def _owned(slot: str, *sides: Sequence[Event]) -> tuple[list[int], list[int]]:
    gold, predicted = (
        [index for index, event in enumerate(side) for _ in getattr(event, slot)] for side in sides
    )
    return gold, predicted


def _aligned(
    gold: Sequence[Record],
    predicted: Sequence[Record],
    worth: Callable[[Sequence[Record], Sequence[Record]], Matrix],
) -> list[tuple[int, int]]:
    if not gold or not predicted:
        return []
    order = [sorted(range(len(side)), key=lambda i: side[i].key) for side in (gold, predicted)]
    sides = [
        [side[i] for i in places] for side, places in zip((gold, predicted), order, strict=True)
    ]
    matrix = worth(*sides)
    if [record.key for record in sides[1]] < [record.key for record in sides[0]]:
        pairs = [(row, column) for column, row in one_to_one(matrix.T)]
    else:
        pairs = one_to_one(matrix)
    return sorted((order[0][row], order[1][column]) for row, column in pairs)
