"""Quantities parsed from quoted words, found in sentences, and their kinds."""

from __future__ import annotations

import pytest

from dateline.records import Quantity
from dateline.records.vocabulary import QuantityKind
from dateline.resolution.quantities import find_quantities, guess_kind, parse_quantity
from dateline.spans import Evidence, Span


def parsed(words: str, kind: QuantityKind | None = None) -> Quantity:
    quantity = parse_quantity(words, kind=kind)
    assert quantity is not None
    return quantity


PARSED: list[tuple[str, QuantityKind, float | None, float | None, float | None, str]] = [
    ("12 people", "killed", 12, None, None, "eq"),
    ("at least 12 people", "killed", None, 12, None, "at_least"),
    ("more than 80 rebels", "killed", None, 80, None, "more_than"),
    ("about 60", "participants", 60, None, None, "approx"),
    ("up to 30 gunmen", "killed", None, None, 30, "at_most"),
    ("under 30 gunmen", "killed", None, None, 30, "less_than"),
    ("20 to 30 villagers", "displaced", None, 20, 30, "eq"),
    ("dozens", "killed", None, 24, None, "vague"),
    ("Seven", "wounded", 7, None, None, "eq"),
    ("no casualties", "killed", 0, None, None, "eq"),
    ("nobody was hurt", "wounded", 0, None, None, "eq"),
    ("without any losses", "killed", 0, None, None, "eq"),
    ("killed seven and wounded 16", "wounded", 16, None, None, "eq"),
    ("killed seven and wounded 16", "killed", 7, None, None, "eq"),
    ("seven were killed, 16 others were wounded", "wounded", 16, None, None, "eq"),
    ("seven were killed, 16 others were wounded", "killed", 7, None, None, "eq"),
    ("8 dead, 14 injured", "wounded", 14, None, None, "eq"),
    ("23 killed and wounded", "casualties_combined", 23, None, None, "eq"),
    ("2014", "participants", 2014, None, None, "eq"),
    ("an hour", "duration", 1, None, None, "eq"),
    ("over an hour", "duration", None, 1, None, "more_than"),
    ("٢٥ شخصا", "killed", 25, None, None, "eq"),
]


@pytest.mark.parametrize(("words", "kind", "value", "low", "high", "comparator"), PARSED)
def test_quoted_words_become_a_quantity(
    words: str,
    kind: QuantityKind,
    value: float | None,
    low: float | None,
    high: float | None,
    comparator: str,
) -> None:
    quantity = parsed(words, kind)

    assert (quantity.value, quantity.min, quantity.max) == (value, low, high)
    assert (quantity.text, quantity.kind, quantity.comparator) == (words, kind, comparator)
    assert not quantity.explicit_unknown


@pytest.mark.parametrize(
    ("words", "kind", "unit"),
    [
        ("4,800 square kilometers", "area", "square kilometers"),
        ("300 km", "distance", "km"),
        ("more than 80 percent of its fighters", "percent", "percent"),
        ("two hours", "duration", "hours"),
        ("$5m", "money", "$"),
    ],
)
def test_a_measure_is_never_a_toll(words: str, kind: str, unit: str) -> None:
    quantity = parsed(words, "killed")

    assert (quantity.kind, quantity.unit) == (kind, unit)


@pytest.mark.parametrize(
    "words",
    [
        "toll unknown",
        "the death toll is not yet known",
        "an unknown number of people",
        "it was unclear how many were hurt",
        "no immediate reports of casualties",
        "an undisclosed number of dead",
    ],
)
def test_an_unknown_number_is_not_zero(words: str) -> None:
    quantity = parsed(words, "killed")

    assert quantity.explicit_unknown
    assert (quantity.value, quantity.min, quantity.max) == (None, None, None)


def test_an_unknown_kind_beside_a_known_number_stays_unknown() -> None:
    words = "12 dead, number of wounded unknown"

    assert parsed(words, "wounded").explicit_unknown
    assert parsed(words, "killed").value == 12


@pytest.mark.parametrize(
    "words", ["the dead", "many people", "in 2014", "July 10", "the third phase", "T-72", "", "!"]
)
def test_words_without_a_number_are_no_quantity(words: str) -> None:
    assert parse_quantity(words, kind="killed") is None


def test_scope_and_evidence_are_passed_on() -> None:
    evidence = Evidence(quote="12 people", start=3, end=12)
    quantity = parse_quantity("12 people", kind="killed", scope="campaign", evidence=evidence)

    assert quantity is not None
    assert (quantity.scope, quantity.evidence) == ("campaign", evidence)


FOUND: list[tuple[str, list[tuple[str, str | None]]]] = [
    (
        "At least 23 raiders of the Grey Column were wounded and killed on Friday.",
        [("At least 23 raiders", "casualties_combined")],
    ),
    (
        "Six gunmen were killed, while 15 others were wounded in the clash.",
        [("Six gunmen", "killed"), ("15 others", "wounded")],
    ),
    ("The blast left 8 dead and 14 wounded.", [("8 dead", "killed"), ("14 wounded", "wounded")]),
    ("Troops shelled the pass, killing five raiders.", [("five raiders", "killed")]),
    (
        "12 soldiers and 3 policemen were killed.",
        [("12 soldiers", "killed"), ("3 policemen", "killed")],
    ),
    (
        "The raid killed 12 people, including 3 children, and wounded 40.",
        [("12 people", "killed"), ("3 children", "killed"), ("40", "wounded")],
    ),
    (
        "12 soldiers killed 5 rebels.",
        [("12 soldiers", "personnel"), ("5 rebels", "killed")],
    ),
    (
        "Two people were killed in an attack by 12 gunmen.",
        [("Two people", "killed"), ("12 gunmen", "personnel")],
    ),
    ("The army lost only two soldiers.", [("two soldiers", "killed")]),
    ("The bodies of 15 men were found.", [("15 men", "killed")]),
    ("The hospital took in 40 wounded soldiers.", [("40 wounded soldiers", "wounded")]),
    ("Dozens of rebels were arrested.", [("Dozens of rebels", "arrested")]),
    ("They captured over one hundred fighters.", [("over one hundred fighters", "captured")]),
    ("Gunmen kidnapped 14 students.", [("14 students", "abducted")]),
    ("Rebels released 7 prisoners.", [("7 prisoners", "released")]),
    ("Some 2,000 protesters marched.", [("Some 2,000 protesters", "participants")]),
    ("Police detained 30 demonstrators.", [("30 demonstrators", "arrested")]),
    ("Hundreds gathered in the square.", [("Hundreds", "participants")]),
    ("Clashes displaced 40,000 families.", [("40,000 families", "displaced")]),
    ("Thousands fled their homes.", [("Thousands", "displaced")]),
    ("21 people are missing.", [("21 people", "missing")]),
    ("Oram sent 500 soldiers to the border.", [("500 soldiers", "personnel")]),
    (
        "They burned 3 houses, 4 vehicles and 2 tunnels.",
        [("3 houses", "buildings"), ("4 vehicles", "vehicles"), ("2 tunnels", "tunnels")],
    ),
    ("Five Tarsinis were held.", [("Five Tarsinis", None)]),
    ("Then 89 villages were combed.", [("89 villages", "villages")]),
    ("It lost 80 percent of its troops.", [("80 percent of its troops", "percent")]),
    ("The fire killed 40 sheep.", [("40 sheep", None)]),
    ("The list has 7 entries.", [("7 entries", None)]),
    ("There were no casualties.", [("no casualties", "casualties_combined")]),
    ("The death toll is still unclear.", [("toll is still unclear", "killed")]),
    ("No one claimed the raid.", []),
    ("On July 10, 2014, aged 34, he left the third camp on Route 6.", []),
]  # fmt: skip


@pytest.mark.parametrize(("text", "expected"), FOUND)
def test_a_sentence_gives_its_quantities_and_their_kinds(
    text: str, expected: list[tuple[str, str | None]]
) -> None:
    mentions = find_quantities(text)

    assert [(mention.words, mention.kind) for mention in mentions] == expected
    for mention in mentions:
        assert text[mention.span.start : mention.span.end] == mention.words


def test_a_distance_to_a_place_is_a_locator() -> None:
    (mention,) = find_quantities("The town lies some 400 kilometers northwest of Tarsin.")

    assert (mention.number.role, mention.kind) == ("locator", "distance")


def test_the_head_noun_is_given_as_printed() -> None:
    (mention,) = find_quantities("Sixty Grey Column Fighters were killed.")

    assert mention.head == "Fighters"


def test_a_span_limits_the_search_and_keeps_the_offsets() -> None:
    text = "Four died. Nine men were hurt."
    (mention,) = find_quantities(text, Span(11, len(text)))

    assert text[mention.span.start : mention.span.end] == "Nine men"
    assert text[mention.number.span.start : mention.number.span.end] == "Nine"


@pytest.mark.parametrize(
    ("before", "words", "after", "kind"),
    [
        ("The blast killed", "12", "people in the market", "killed"),
        ("", "16", "others were wounded", "wounded"),
        ("troops destroyed", "11 tunnels", "", "tunnels"),
        ("the plan has", "7", "parts", None),
    ],
)
def test_a_kind_is_guessed_from_the_words_around(
    before: str, words: str, after: str, kind: str | None
) -> None:
    assert guess_kind(before, words, after) == kind


def test_one_is_meant_by_an_article_where_the_kind_is_known() -> None:
    found = parse_quantity("a soldier", kind="killed")

    assert found is not None
    assert (found.kind, found.value) == ("killed", 1)
    assert parse_quantity("a soldier") is None
    assert parse_quantity("the soldier", kind="killed") is None
