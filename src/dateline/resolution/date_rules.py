"""What a time expression says, before anything is known about publication."""

from __future__ import annotations

from typing import Literal, NamedTuple

from dateline.resolution.date_patterns import BoundKind, Part

Rule = Literal[
    "day",  # a, b, c: year, month, day
    "either",  # a, b, c: year, then two numbers that may be month and day or day and month
    "month_day",  # a, b: month, day; in the year of ``year``
    "monthday",  # a: day of a month that is not named
    "month",  # a, b: year (0 when not given), month; in the year of ``year``
    "year",  # a, b: first and last year
    "season",  # a: year, 0 when not given; b: 1 for winter
    "months",  # a, b, c: year, first and last month
    "weekday",  # a, b: weekday from 0; -1 last, 0 plain, 1 next, 2 this
    "week_weekday",  # a, b: weekday, weeks from the present one
    "days",  # a: days from publication
    "night",  # the night before publication
    "weeks",  # a: weeks from the present one
    "relative_months",  # a: months from the present one
    "years",  # a: years from the present one
    "weekend",  # a: weekends from the present one
    "window",  # a: the days up to publication, negative, or from it on
    "text_days",  # a: days from the date that the text speaks about
    "vague",  # a: -1 recent, 1 soon, 0 neither; no calendar date
    "range",  # first and last
]


class DateWords(NamedTuple):
    """A rule with its numbers; which ones, ``Rule`` says beside each name.

    ``part`` narrows the interval ("early July"), ``bound`` makes it one-sided ("since"), and
    ``clock`` tells that a time of day was given. ``year`` counts years from the present one ("July
    last year").
    """

    rule: Rule
    a: int = 0
    b: int = 0
    c: int = 0
    first: DateWords | None = None
    last: DateWords | None = None
    part: Part = ""
    bound: BoundKind = ""
    clock: bool = False
    year: int | None = None
