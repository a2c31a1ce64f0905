"""Numbers in running text: their values, bounds, units and the part each plays."""

from __future__ import annotations

import pytest

from dateline.resolution.number_words import read_numeral
from dateline.resolution.numbers import find_numbers
from dateline.spans import Span

VALUES = [
    ("seven", 7),
    ("Twenty-three", 23),
    ("twenty three", 23),
    ("ninety-nine", 99),
    ("two hundred and five", 205),
    ("nine hundred ninety-nine", 999),
    ("a hundred", 100),
    ("one hundred", 100),
    ("fourteen hundred", 1400),
    ("two thousand and sixteen", 2016),
    ("three thousand five hundred", 3500),
    ("one hundred and fifty thousand", 150_000),
    ("half a million", 500_000),
    ("one and a half million", 1_500_000),
    ("a million and a half", 1_500_000),
    ("three quarters of a million", 750_000),
    ("half a dozen", 6),
    ("a dozen", 12),
    ("two dozen", 24),
    ("zero", 0),
    ("12", 12),
    ("1,200", 1200),
    ("1,234,567", 1_234_567),
    ("12,00,000", 1_200_000),
    ("1.200.000", 1_200_000),
    ("1\u00a0200", 1200),
    ("1\u2009200\u2009000", 1_200_000),
    ("1\u202f200", 1200),
    ("1’200", 1200),
    ("12.5", 12.5),
    ("12,5", 12.5),
    ("1,200.50", 1200.5),
    ("1.200,50", 1200.5),
    ("0.500", 0.5),
    ("3.4 million", 3_400_000),
    ("2 dozen", 24),
    ("5k", 5000),
    ("7bn", 7_000_000_000),
    ("2½", 2.5),
    ("½", 0.5),
    ("1/2", 0.5),
    ("three lakh", 300_000),
    ("2 crore", 20_000_000),
    ("١٢", 12),
    ("१२००", 1200),
    ("１２", 12),
    ("two thirds", 2 / 3),
    ("one-third", 1 / 3),
]


@pytest.mark.parametrize(("words", "value"), VALUES)
def test_a_written_number_is_read(words: str, value: float) -> None:
    (mention,) = find_numbers(words)

    assert mention.value == pytest.approx(value)
    assert mention.words == words
    assert mention.role == "count"


BOUNDS = [
    ("at least 23 men", None, 23, None, "at_least"),
    ("no fewer than 23 men", None, 23, None, "at_least"),
    ("no less than twelve men", None, 12, None, "at_least"),
    ("a minimum of 40 men", None, 40, None, "at_least"),
    ("500 or more men", None, 500, None, "at_least"),
    ("500+ men", None, 500, None, "at_least"),
    ("more than 80 men", None, 80, None, "more_than"),
    ("over one hundred men", None, 100, None, "more_than"),
    ("well over 300 men", None, 300, None, "more_than"),
    (">30 men", None, 30, None, "more_than"),
    ("no more than 30 men", None, None, 30, "at_most"),
    ("up to 30 men", None, None, 30, "at_most"),
    ("as many as 30 men", None, None, 30, "at_most"),
    ("at most 30 men", None, None, 30, "at_most"),
    ("fewer than 10 men", None, None, 10, "less_than"),
    ("less than ten men", None, None, 10, "less_than"),
    ("about 60 men", 60, None, None, "approx"),
    ("around 60 men", 60, None, None, "approx"),
    ("nearly 5,000 men", 5000, None, None, "approx"),
    ("almost 5,000 men", 5000, None, None, "approx"),
    ("some 400 men", 400, None, None, "approx"),
    ("an estimated 1,300 men", 1300, None, None, "approx"),
    ("~40 men", 40, None, None, "approx"),
    ("60 or so men", 60, None, None, "approx"),
    ("at least some 400 men", None, 400, None, "at_least"),
    ("up to about 30 men", None, None, 30, "at_most"),
    ("20 to 30 men", None, 20, 30, "eq"),
    ("20-30 men", None, 20, 30, "eq"),
    ("20–30 men", None, 20, 30, "eq"),
    ("20 – 30 men", None, 20, 30, "eq"),
    ("between 20 and 30 men", None, 20, 30, "eq"),
    ("between twenty and thirty men", None, 20, 30, "eq"),
    ("two or three men", None, 2, 3, "eq"),
    ("two to three million men", None, 2_000_000, 3_000_000, "eq"),
    ("20 to 30,000 men", None, 20_000, 30_000, "eq"),
    ("dozens of men", None, 24, None, "vague"),
    ("scores of men", None, 40, None, "vague"),
    ("hundreds of men", None, 200, None, "vague"),
    ("thousands of men", None, 2000, None, "vague"),
    ("tens of thousands of men", None, 20_000, None, "vague"),
    ("hundreds of thousands of men", None, 200_000, None, "vague"),
    ("several men", None, 3, None, "vague"),
    ("several dozen men", None, 36, None, "vague"),
    ("a few hundred men", None, 300, None, "vague"),
    ("a handful of men", None, 3, None, "vague"),
    ("a couple of men", None, 2, None, "vague"),
]


@pytest.mark.parametrize(("words", "value", "low", "high", "comparator"), BOUNDS)
def test_a_comparator_or_a_range_bounds_the_number(
    words: str, value: float | None, low: float | None, high: float | None, comparator: str
) -> None:
    (mention,) = find_numbers(words)

    assert (mention.value, mention.low, mention.high) == (value, low, high)
    assert mention.comparator == comparator
    assert mention.vague == (comparator == "vague")


ROLES = [
    ("the third phase", "third", "ordinal"),
    ("the 7th brigade", "7th", "ordinal"),
    ("the twenty-first raid", "twenty-first", "ordinal"),
    ("on July 10", "10", "date"),
    ("on the 10th of July", "10th", "date"),
    ("from March 3-5", "3-5", "date"),
    ("on 12.05.2016", "12.05.2016", "date"),
    ("on 2016-05-12", "2016-05-12", "date"),
    ("two weeks ago", "two", "date"),
    ("in the past 24 hours", "24", "date"),
    ("at 5:30", "5:30", "time"),
    ("at 5 pm", "5", "time"),
    ("at five o'clock", "five", "time"),
    ("at 0530 GMT", "0530", "time"),
    ("the guards at 0745 saw it", "0745", "time"),
    ("at 1500 on 12 August", "1500", "time"),
    ("Tarsin, 7 Feb 89 (KPA)", "89", "year"),
    ("First:\n2. The army left.", "2", "identifier"),
    ("a 60-mm mortar", "60", "identifier"),
    ("in 2014", "2014", "year"),
    ("since June 2014", "2014", "year"),
    ("the 2014 offensive", "2014", "year"),
    ("in mid-2014", "2014", "year"),
    ("in 2014-2016", "2014-2016", "year"),
    ("in 2014-15", "2014-15", "year"),
    ("in the 1990s", "1990", "year"),
    ("Resolution 2254", "2254", "identifier"),
    ("a T-72 tank", "72", "identifier"),
    ("an F16 jet", "16", "identifier"),
    ("on Route 6", "6", "identifier"),
    ("Brigade 55", "55", "identifier"),
    ("by user KX1943", "1943", "identifier"),
    ("aged 34", "34", "age"),
    ("a 34-year-old man", "34", "age"),
    ("Halim, 34, said", "34", "age"),
    ("children under the age of 12", "12", "age"),
    ("a boy of about sixteen was hurt", "sixteen", "age"),
    ("a woman of 52 from the mill", "52", "age"),
    ("400 kilometers northwest of Tarsin", "400", "locator"),
    ("48 km west of Oram", "48", "locator"),
    ("five miles from the border", "five", "locator"),
    ("12 km (7 miles) south of Oram", "12", "locator"),
]


@pytest.mark.parametrize(("text", "words", "role"), ROLES)
def test_a_number_that_counts_nothing_says_what_it_is(text: str, words: str, role: str) -> None:
    mentions = {mention.words: mention.role for mention in find_numbers(text)}

    assert mentions[words] == role


@pytest.mark.parametrize(
    "text",
    [
        "killed 2014 people",
        "the shell at 1500 villagers",
        "on 7 February 89 people died",
        "more than 2000 were hurt",
        "In July 10 people died",
        "they may 10 times as often",
        "2,016 houses",
        "a 20 km-long trench",
    ],
)
def test_a_count_that_looks_like_something_else_stays_a_count(text: str) -> None:
    assert "count" in {mention.role for mention in find_numbers(text)}


@pytest.mark.parametrize(
    "text",
    [
        "no one came",
        "one another",
        "the one who left",
        "the latest one",
        "a low score",
        "he scores a goal",
        "the old quarter",
        "few came",
        "the couple left",
        "weight, often, stone, attend",
        "",
    ],
)
def test_words_that_only_look_like_numbers_are_none(text: str) -> None:
    assert find_numbers(text) == []


UNITS = [
    ("4,800 square kilometers", "square kilometers", "area"),
    ("30 sq km", "sq km", "area"),
    ("30 km²", "km²", "area"),
    ("600 hectares", "hectares", "area"),
    ("5,000 kilometers", "kilometers", "distance"),
    ("10km", "km", "distance"),
    ("80 percent", "percent", "percent"),
    ("80 per cent", "per cent", "percent"),
    ("80%", "%", "percent"),
    ("two hours", "hours", "duration"),
    ("2 million tons", "tons", "mass"),
    ("$5m", "$", "money"),
    ("US$3.4 million", "US$", "money"),
    ("300 dollars", "dollars", "money"),
    ("2 million Syrian pounds", "Syrian pounds", "money"),
]


@pytest.mark.parametrize(("text", "unit", "measure"), UNITS)
def test_a_unit_is_kept_as_printed(text: str, unit: str, measure: str) -> None:
    (mention,) = find_numbers(text)

    assert (mention.unit, mention.measure) == (unit, measure)
    assert text[mention.expression.start : mention.expression.end] == text


def test_a_dot_before_three_digits_has_two_readings() -> None:
    assert read_numeral("1.200") == (1.2, 1200.0)


def test_what_is_counted_has_no_thousandths() -> None:
    (mention,) = find_numbers("1.200 soldiers")

    assert mention.value == 1200


def test_a_measure_with_two_readings_keeps_both() -> None:
    (mention,) = find_numbers("1.200 km")

    assert (mention.value, mention.low, mention.high) == (None, 1.2, 1200)
    assert mention.vague


def test_a_change_is_two_numbers_and_no_range() -> None:
    values = [mention.value for mention in find_numbers("the toll rose from 20 to 30")]

    assert values == [20, 30]


def test_a_result_is_no_range_and_no_count() -> None:
    mentions = find_numbers("the court ruled 3-1")

    assert [(m.value, m.role) for m in mentions] == [(3, "identifier"), (1, "identifier")]


def test_over_means_during_before_a_time() -> None:
    (during,) = find_numbers("over three days")
    (longer,) = find_numbers("for over three days")

    assert (during.value, during.low) == (3, None)
    assert (longer.value, longer.low) == (None, 3)


def test_offsets_count_characters_of_the_whole_text() -> None:
    text = "In İzmar ten men and in Oram 25 women were held."
    mentions = find_numbers(text, Span(20, len(text)))

    (mention,) = mentions
    assert text[mention.span.start : mention.span.end] == "25"
    assert text[mention.expression.start : mention.expression.end] == "25"


def test_a_number_may_be_wrapped_but_not_over_a_paragraph() -> None:
    (wrapped,) = find_numbers("more than two\nhundred and five")
    apart = find_numbers("two\n\nhundred")

    assert wrapped.low == 205
    assert [mention.value for mention in apart] == [2, 100]


def test_a_code_of_many_digits_is_not_a_number() -> None:
    (mention,) = find_numbers("9" * 5000)

    assert mention.role == "identifier"
    assert mention.value is None or mention.printed == (0,)
