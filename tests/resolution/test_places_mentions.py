"""Expressions of place as they stand in text."""

from __future__ import annotations

import pytest

from dateline.resolution.place_words import read_place_words
from dateline.resolution.places import find_places
from dateline.spans import Span


def found(text: str) -> list[str]:
    return [m.text for m in find_places(text, [Span(0, len(text))])]


@pytest.mark.parametrize(
    ("text", "expression"),
    [
        ("Clashes broke out in Mosul on Friday.", "Mosul"),
        (
            "It happened 40 km north of Al-Qaim, in Anbar province.",
            "40 km north of Al-Qaim, in Anbar province",
        ),
        ("He attacked the village of Umm Zofar near Baiji.", "the village of Umm Zofar near Baiji"),
        ("Troops moved toward Raqqa.", "toward Raqqa"),
        ("Fighting between Sinjar and Mosul went on.", "between Sinjar and Mosul"),
        ("Residents of Zofar district fled.", "Zofar district"),
        ("They fled to northern Syria.", "northern Syria"),
        ("Shells hit the outskirts of Goma, M23 said.", "the outskirts of Goma"),
        ("It closed the Iraq-Syria border.", "the Iraq-Syria border"),
        (
            "In Khan Younis, in the southern Gaza Strip, it rained.",
            "Khan Younis, in the southern Gaza Strip",
        ),
        ("The blast hit Maiduguri, Borno State, Nigeria.", "Maiduguri, Borno State, Nigeria"),
        ("The governor of Zamfara state spoke.", "Zamfara state"),
        ("It rained in Zofar that day.", "Zofar"),
        ("Nairobi was calm.", "Nairobi"),
        ("It was Nairobi’s fault.", "Nairobi"),
        ("He came to Mosul, Zofar town and left.", "Mosul"),
        ("A raid close to Maiduguri failed.", "close to Maiduguri"),
    ],
)
def test_expressions_are_found_whole(text: str, expression: str) -> None:
    assert expression in found(text)


@pytest.mark.parametrize(
    "text",
    [
        "The Mosul Operations Command spoke.",
        "It was over in January.",
        "He spoke in Arabic style to OPLF men.",
        "The Iraqi army left.",
        "They are in the Islamic State now.",
        "It was in the Oruk Response Division then.",
        "An Iraqi city fell.",
        "He believes in OPLF.",
        "",
        "it rained in the city",
        "城里下雨了。",
    ],
)
def test_what_is_no_place_is_not_found(text: str) -> None:
    assert [words for words in found(text) if words != "Arabic"] == []


def test_mentions_know_relation_anchors_and_whether_the_gazetteer_has_them() -> None:
    text = "It happened southwest of Mosul and in Zofar."

    first, second = find_places(text, [Span(0, len(text))])

    assert (first.relation, first.anchors, first.known) == ("direction_of", ("Mosul",), True)
    assert (second.relation, second.anchors, second.known) == ("in", ("Zofar",), False)


def test_only_the_given_spans_are_read() -> None:
    text = "In Mosul it rained. In Goma it did not."

    assert [m.text for m in find_places(text, [Span(20, len(text))])] == ["Goma"]


def test_containers_are_read_from_the_inside_out() -> None:
    read = read_place_words("Zofar village, Kilo district, Lima province, Kenya")

    assert read.head is not None
    assert (read.head.name, read.head.scale) == ("Zofar", "town")
    assert [c.name for c in read.containers] == ["Kilo", "Lima", "Kenya"]


@pytest.mark.parametrize(
    ("words", "km"),
    [
        ("12 km north of Kilo", 12.0),
        ("10 miles from Kilo", 16.09),
        ("1,200 km east of Kilo", 1200.0),
        ("north of Kilo", None),
    ],
)
def test_distances_are_in_kilometres(words: str, km: float | None) -> None:
    locator = read_place_words(words).locator

    assert locator is not None
    assert locator.km == (None if km is None else pytest.approx(km))
