"""Merge what was found twice: overlapping chunks, or a model that repeats itself.

Two items are one when they are of one kind and type and their evidence covers the same words.
The order of the input does not matter, and consolidating twice changes nothing.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable, Sequence

    from dateline.spans import Span

T = TypeVar("T")
SAME_EVIDENCE = 0.8
"""Character overlap (intersection over union) from which two evidences are the same words."""


def consolidate(
    items: Sequence[T],
    *,
    key: Callable[[T], Hashable],
    spans: Callable[[T], Sequence[Span]],
    weight: Callable[[T], int],
) -> list[tuple[T, list[T]]]:
    """Group items that say the same and keep the richest of each group.

    Sameness passes on: if a is the same as b and b as c, all three are one.

    Args:
        items: in any order.
        key: what must be equal, such as kind and type.
        spans: the evidence of an item, as sorted spans of the original text.
        weight: how much an item holds; the heaviest of a group is kept, the first on a tie.

    Returns:
        For each group the kept item and the others, in the order of their first evidence.
    """

    def place(item: T) -> tuple[list[Span], str, int]:
        return list(spans(item)), repr(key(item)), -weight(item)

    ordered = sorted(items, key=place)
    groups: list[list[T]] = []
    for item in ordered:
        mine = [item]
        apart = []
        for group in groups:
            same = key(group[0]) == key(item) and any(
                overlap(spans(other), spans(item)) >= SAME_EVIDENCE for other in group
            )
            if same:
                mine = group + mine
            else:
                apart.append(group)
        groups = [*apart, mine]
    merged = []
    for group in groups:
        kept = max(group, key=weight)
        merged.append((kept, [item for item in group if item is not kept]))
    return sorted(merged, key=lambda pair: place(pair[0]))


def overlap(one: Sequence[Span], other: Sequence[Span]) -> float:
    """Intersection over union, in characters, of two lists of non-overlapping spans."""
    shared = sum(max(0, min(a.end, b.end) - max(a.start, b.start)) for a in one for b in other)
    union = sum(a.end - a.start for a in one) + sum(b.end - b.start for b in other) - shared
    return shared / union if union else 0.0
