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

    placed = [(list(spans(item)), key(item), item) for item in items]
    placed.sort(key=lambda entry: (entry[0], repr(entry[1]), -weight(entry[2])))
    group_of = list(range(len(placed)))

    def root(number: int) -> int:
        while group_of[number] != number:
            group_of[number] = group_of[group_of[number]]
            number = group_of[number]
        return number

    # Only items whose evidence has not ended before this one's begins can share words with it.
    open_items: dict[Hashable, list[int]] = {}
    for number, (mine, kind, _) in enumerate(placed):
        if not mine:
            continue
        near = [n for n in open_items.get(kind, ()) if placed[n][0][-1].end > mine[0].start]
        for other in near:
            if overlap(placed[other][0], mine) >= SAME_EVIDENCE:
                group_of[root(number)] = root(other)
        open_items[kind] = [*near, number]
    groups: dict[int, list[int]] = {}
    for number in range(len(placed)):
        groups.setdefault(root(number), []).append(number)
    merged = []
    for group in groups.values():
        kept = max(group, key=lambda number: weight(placed[number][2]))
        merged.append((kept, [placed[number][2] for number in group if number != kept]))
    return [(placed[kept][2], others) for kept, others in sorted(merged, key=lambda pair: pair[0])]


def overlap(one: Sequence[Span], other: Sequence[Span]) -> float:
    """Intersection over union, in characters, of two lists of non-overlapping spans."""
    shared = sum(max(0, min(a.end, b.end) - max(a.start, b.start)) for a in one for b in other)
    union = sum(a.end - a.start for a in one) + sum(b.end - b.start for b in other) - shared
    return shared / union if union else 0.0
