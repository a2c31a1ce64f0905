"""Time expressions found in running text."""

from __future__ import annotations

import pytest

from dateline.resolution.dates import resolve_date
from dateline.resolution.time_expressions import find_time_expressions
from dateline.spans import Span

FOUND = [
    ("On Friday, the Column may march on Oram.", [("Friday", "weekday")]),
    ("He spoke on Friday evening.", [("Friday evening", "weekday")]),
    ("It fell late on Saturday.", [("late on Saturday", "weekday")]),
    ("It fell last Monday.", [("last Monday", "weekday")]),
    ("On July 10, the army came.", [("July 10", "date")]),
    ("On Thursday, 10 July 2014, it came.", [("Thursday, 10 July 2014", "date")]),
    ("It began on the 10th of July.", [("10th of July", "date")]),
    ("It began on July 10, 2014.", [("July 10, 2014", "date")]),
    ("Updated 2014-07-10.", [("2014-07-10", "date")]),
    ("Le 10 juillet 2014 à Oram.", [("10 juillet 2014", "date")]),
    ("It began on 10 July last year.", [("10 July last year", "date")]),
    ("It began in October 2016.", [("October 2016", "month")]),
    ("It began in May.", [("May", "month")]),
    ("In May 10 people died.", [("May", "month")]),
    ("It was lost in 2014.", [("2014", "year")]),
    ("The 2014 offensive failed.", [("2014", "year")]),
    ("It was lost in the summer of 2014.", [("summer of 2014", "season")]),
    ("It has run since October 2016.", [("since October 2016", "range")]),
    ("It has run since Saturday evening.", [("since Saturday evening", "range")]),
    ("It ran from 3 to 5 May.", [("from 3 to 5 May", "range")]),
    ("It ran between Monday and Wednesday.", [("between Monday and Wednesday", "range")]),
    ("It ran on May 3-5.", [("May 3-5", "range")]),
    ("In the past 24 hours, it rained.", [("past 24 hours", "range")]),
    ("It came a week ago.", [("a week ago", "relative")]),
    ("It came two weeks ago.", [("two weeks ago", "relative")]),
    ("Earlier in the day, police came.", [("Earlier in the day", "relative")]),
    ("It fell the previous day.", [("previous day", "relative")]),
    ("It fell the day before yesterday.", [("day before yesterday", "relative")]),
    ("Yesterday it fell.", [("Yesterday", "relative")]),
    ("It fell overnight.", [("overnight", "relative")]),
    ("Earlier this year it held.", [("Earlier this year", "relative")]),
    ("In recent days it held.", [("recent days", "vague")]),
    ("It held a few days ago.", [("a few days ago", "vague")]),
    ("It fell at 5:30 p.m. on Friday.", [("5:30 p.m. on Friday", "weekday")]),
    ("It fell at 0530 GMT.", [("0530 GMT", "time")]),
    ("It ran in 2014-2015.", [("2014-2015", "year")]),
]  # fmt: skip


@pytest.mark.parametrize(("text", "expected"), FOUND)
def test_time_expressions_are_found(text: str, expected: list[tuple[str, str]]) -> None:
    found = find_time_expressions(text)

    assert [(expression.words, expression.kind) for expression in found] == expected
    for expression in found:
        assert text[expression.span.start : expression.span.end] == expression.words


@pytest.mark.parametrize(
    "text",
    [
        "They may 10 times refuse, and may go.",
        "The march began and they march on.",
        "April said that May Karrun was in.",
        "May said so.",
        "killed 2014 people",
        "a bill of $2014 and 2,016 men",
        "Resolution 2254 and the T-72",
        "three years of war",
        "the second day",
        "a score of 3-1",
        "",
    ],
)
def test_words_that_only_look_like_times_are_none(text: str) -> None:
    assert find_time_expressions(text) == []


def test_a_weekday_with_an_article_behind_it_ends_at_the_comma() -> None:
    (expression,) = find_time_expressions("He was held on Sunday, a relative said.")

    assert expression.words == "Sunday"


def test_a_span_limits_the_search_and_keeps_the_offsets() -> None:
    text = "On Monday it rained; on Friday it burned."
    (expression,) = find_time_expressions(text, Span(20, len(text)))

    assert text[expression.span.start : expression.span.end] == "Friday"


@pytest.mark.parametrize("text", [text for text, _ in FOUND])
def test_what_is_found_can_be_resolved(text: str) -> None:
    from datetime import date

    for expression in find_time_expressions(text):
        resolved = resolve_date(
            expression.words, published=date(2017, 7, 16), text_date=date(2017, 7, 12)
        )
        if expression.kind not in {"vague", "time"}:
            assert resolved.start is not None, expression
