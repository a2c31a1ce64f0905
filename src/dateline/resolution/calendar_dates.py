"""Reads expressions that name a place in the calendar: "10 July 2016", "June", "the 1990s"."""

from __future__ import annotations

import re

from dateline.resolution.calendar_words import HOLIDAYS, MONTHS
from dateline.resolution.date_patterns import (
    DAY_MONTH,
    DAY_ONLY,
    DAYS_MONTH,
    ISO,
    MONTH_DAY,
    MONTH_DAYS,
    MONTH_ONLY,
    NUMERIC,
    QUARTER,
    QUARTERS,
    SEASON,
    WEEKDAY_LAST,
    YEAR,
    YEAR_FIRST,
    YEAR_ONLY,
)
from dateline.resolution.date_rules import DateWords


def read_numbered(low: str) -> DateWords | None:
    """Read an expression that begins with a digit."""
    found = DAY_MONTH.fullmatch(low)
    if found is not None:
        day, month, year, short = found.groups()
        if short is not None:
            year = full_year(short)
        return calendar_day(int(year or 0), MONTHS[month], int(day))
    found = YEAR_ONLY.fullmatch(low)
    if found is not None:
        return _years(found)
    found = ISO.fullmatch(low)
    if found is not None:
        return calendar_day(int(found[1]), int(found[3]), int(found[4]))
    found = NUMERIC.fullmatch(low)
    if found is not None:
        return _numeric(found)
    found = DAYS_MONTH.fullmatch(low)
    if found is not None:
        first, last, month, year = found.groups()
        return _days(int(year or 0), MONTHS[month], int(first), int(last))
    found = YEAR_FIRST.fullmatch(low)
    if found is not None:
        return calendar_day(int(found[1]), MONTHS[found[2]], int(found[3]))
    found = DAY_ONLY.fullmatch(low)
    if found is not None:
        return DateWords("monthday", int(found[1])) if 1 <= int(found[1]) <= 31 else None
    trailing = WEEKDAY_LAST.search(low)
    return read_numbered(low[: trailing.start()]) if trailing is not None else None


def read_named(low: str) -> DateWords | None:
    """Read an expression that begins with a month, a weekday, a season or a feast."""
    found = MONTH_DAY.fullmatch(low)
    if found is not None:
        month, day, year, short = found.groups()
        if short is not None:
            year = full_year(short)
        return calendar_day(int(year or 0), MONTHS[month], int(day))
    found = MONTH_ONLY.fullmatch(low)
    if found is not None:
        return DateWords("month", int(found[2] or 0), MONTHS[found[1]])
    found = MONTH_DAYS.fullmatch(low)
    if found is not None:
        month, first, last, year = found.groups()
        return _days(int(year or 0), MONTHS[month], int(first), int(last))
    found = SEASON.fullmatch(low)
    if found is not None:
        return DateWords("season", int(found[2] or 0), int(found[1] == "winter"))
    found = QUARTER.fullmatch(low)
    if found is not None:
        return _quarter(found)
    if low.startswith("year "):
        found = YEAR_ONLY.fullmatch(low)
        if found is not None:
            return _years(found)
    trailing = WEEKDAY_LAST.search(low)
    if trailing is not None:
        return read_named(low[: trailing.start()])
    feast, _, year_text = low.rpartition(" ")
    if low in HOLIDAYS:
        return DateWords("month_day", *HOLIDAYS[low])
    if feast in HOLIDAYS and re.fullmatch(YEAR, year_text):
        return DateWords("day", int(year_text), *HOLIDAYS[feast])
    return None


def calendar_day(year: int, month: int, day: int) -> DateWords | None:
    if not (1 <= month <= 12 and 1 <= day <= _LENGTHS[month]):
        return None
    return DateWords("day", year, month, day) if year else DateWords("month_day", month, day)


_LENGTHS = (0, 31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)


def _days(year: int, month: int, first: int, last: int) -> DateWords | None:
    begin, end = calendar_day(year, month, first), calendar_day(year, month, last)
    if begin is None or end is None or first > last:
        return None
    return DateWords("range", first=begin, last=end)


def full_year(digits: str) -> int:
    """Read a year of two or four digits; two mean 1970 to 2069."""
    year = int(digits)
    if len(digits) > 2:
        return year
    return year + (2000 if year < 70 else 1900)


def _numeric(found: re.Match[str]) -> DateWords | None:
    one, two, year = int(found[1]), int(found[3]), full_year(found[4])
    if found[2] == "." or one > 12 or one == two:
        return calendar_day(year, two, one)
    if two > 12:
        return calendar_day(year, one, two)
    return DateWords("either", year, one, two)


def _years(found: re.Match[str]) -> DateWords | None:
    first = int(found[1])
    if found[2]:
        return DateWords("year", first, first + 9) if first % 10 == 0 and not found[3] else None
    if found[3] is None:
        return DateWords("year", first, first)
    last = int(found[3]) if len(found[3]) == 4 else first // 100 * 100 + int(found[3])
    return DateWords("year", first, last) if first < last <= 2099 else None


def _quarter(found: re.Match[str]) -> DateWords | None:
    ordinal, unit, letter, digit, year = found.groups()
    length = 3 if (unit == "quarter" or letter == "q") else 6
    count = 12 // length
    number = int(digit) if digit else count if ordinal == "last" else QUARTERS[ordinal]
    if number > count:
        return None
    return DateWords("months", int(year), (number - 1) * length + 1, number * length)
