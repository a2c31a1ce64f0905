"""Items that say the same become one, whatever order they come in."""

from __future__ import annotations

from typing import NamedTuple

from hypothesis import given
from hypothesis import strategies as st

from dateline.consolidation import consolidate, overlap
from dateline.spans import Span


class Item(NamedTuple):
    name: str
    kind: str
    spans: tuple[Span, ...]
    weight: int = 1


def merged(items: list[Item]) -> list[tuple[str, list[str]]]:
    groups = consolidate(
        items, key=lambda i: i.kind, spans=lambda i: i.spans, weight=lambda i: i.weight
    )
    return [(kept.name, [other.name for other in others]) for kept, others in groups]


def test_the_richer_of_two_equal_items_is_kept() -> None:
    poor = Item("poor", "clash", (Span(0, 100),))
    rich = Item("rich", "clash", (Span(5, 100),), weight=3)

    assert merged([poor, rich]) == [("rich", ["poor"])]


def test_items_of_another_type_or_other_words_stay_apart() -> None:
    one = Item("one", "clash", (Span(0, 100),))
    other_type = Item("type", "arrest", (Span(0, 100),))
    other_words = Item("words", "clash", (Span(60, 160),))

    found = [name for name, _ in merged([one, other_type, other_words])]
    assert sorted(found) == ["one", "type", "words"]


def test_overlap_counts_characters_over_all_spans() -> None:
    assert overlap([Span(0, 10)], [Span(0, 10)]) == 1.0
    assert overlap([Span(0, 10)], [Span(10, 20)]) == 0.0
    assert overlap([Span(0, 10), Span(20, 30)], [Span(5, 10), Span(20, 30)]) == 15 / 20
    assert overlap([], []) == 0.0


spans = st.builds(
    lambda start, length: (Span(start, start + length),), st.integers(0, 60), st.integers(1, 40)
)
items = st.lists(
    st.builds(Item, st.uuids().map(str), st.sampled_from("ab"), spans, st.integers(1, 9)),
    max_size=8,
    unique_by=lambda item: (item.kind, item.spans, item.weight),
)


@given(items, st.randoms())
def test_the_order_of_the_input_does_not_matter(found: list[Item], random: object) -> None:
    shuffled = list(found)
    random.shuffle(shuffled)  # type: ignore[attr-defined]  # a random.Random

    assert [kept for kept, _ in merged(shuffled)] == [kept for kept, _ in merged(found)]


@given(items)
def test_nothing_is_lost_and_every_item_is_in_one_group(found: list[Item]) -> None:
    names = [name for kept, others in merged(found) for name in (kept, *others)]

    assert sorted(names) == sorted(item.name for item in found)


@given(items)
def test_consolidating_twice_changes_nothing(found: list[Item]) -> None:
    by_name = {item.name: item for item in found}
    once = [by_name[kept] for kept, _ in merged(found)]

    assert merged(once) == [(item.name, []) for item in once]
