"""Whether a number stands in its own evidence."""

from __future__ import annotations

import pytest

from dateline.resolution.number_agreement import number_tokens, stands_as_printed, stands_in
from dateline.resolution.quantities import parse_quantity


@pytest.mark.parametrize(
    ("text", "tokens"),
    [
        ("Twelve of 1,200 men", ("12", "1200")),
        ("half a million", ("500000",)),
        ("१२ or ١٢", ("12", "12")),
        ("between 20 and 30", ("20", "30")),
        ("2.5 million", ("2500000",)),
        ("dozens", ("dozens",)),
        ("Tens of\nthousands", ("tens of thousands",)),
        ("on 12.05.2016 at 5:30", ("12", "5", "2016", "5", "30")),
        ("a T-72", ("72",)),
        ("nothing", ()),
    ],
)
def test_numbers_have_one_spelling(text: str, tokens: tuple[str, ...]) -> None:
    assert number_tokens(text) == tokens


@pytest.mark.parametrize(
    ("words", "evidence", "stands"),
    [
        ("12 people", "The raid killed twelve people.", True),
        ("at least 12", "At least 12 were killed.", True),
        ("13 people", "The raid killed twelve people.", False),
        ("10 people", "The raid began on July 10.", False),
        ("72 people", "A T-72 was seen.", False),
        ("7 people", "The 7th brigade came.", False),
        ("24 people", "Dozens were killed.", False),
        ("dozens of people", "Dozens were killed.", True),
        ("no casualties", "There were no casualties.", True),
        ("no casualties", "There were casualties.", False),
        ("toll unknown", "with the toll unknown on Friday", True),
        ("toll unknown", "with 12 dead on Friday", False),
        ("20 to 30 people", "20 to 30 people were held", True),
        ("20 to 30 people", "20 people were held", False),
        ("over an hour", "They fought for over an hour.", True),
    ],
)
def test_a_quantity_stands_where_its_numbers_do(words: str, evidence: str, stands: bool) -> None:
    quantity = parse_quantity(words, kind="killed")

    assert quantity is not None
    assert stands_in(quantity, evidence) is stands


def test_a_value_that_its_own_words_do_not_print_stands_nowhere() -> None:
    quantity = parse_quantity("12 people", kind="killed")
    assert quantity is not None

    changed = quantity.model_copy(update={"value": 20.0})

    assert not stands_in(changed, "12 people and 20 houses")


def test_plain_words_are_compared_by_their_numbers() -> None:
    assert stands_in("12 dead by 2014", "in 2014 twelve men died")
    assert not stands_in("12 dead by 2015", "in 2014 twelve men died")


@pytest.mark.parametrize(
    ("number", "text", "stands"),
    [
        ("12", "at least 12 soldiers", True),
        ("12", "12", True),
        ("12", "killed 12.", True),
        ("12", "12,000 people", False),
        ("12", "1,012 people", False),
        ("12", "12.5 percent", False),
        ("12", "312 people", False),
        ("12", "the 12-year war", True),
        ("12", "112 of 12", True),
        ("nine", "ninety-nine people", False),
        ("nine", "nine people", True),
        ("nine", "nineteen people", False),
        ("Nine", "nine people", False),
    ],
)
def test_a_number_stands_as_printed_only_by_itself(number: str, text: str, stands: bool) -> None:
    assert stands_as_printed(number, text) is stands
