"""From quoted words to a rule for a date, before anything is known about publication.

``read_date_words`` takes an expression apart once and keeps the result: what "Friday" means is
worked out later, against the publication date. Only whole expressions are read; a word that the
rules do not know makes the whole unknown, so that nothing is ever guessed from a part.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Literal, NamedTuple

from dateline.resolution.calendar_words import (
    DAYS_FROM_NOW,
    HOLIDAYS,
    MONTHS,
    WEEKDAYS,
)
from dateline.resolution.date_patterns import (
    AGO,
    BOUNDS,
    CLOCK_FIRST,
    CLOCK_LAST,
    DASHES,
    DAY_MONTH,
    DAYS_MONTH,
    IN_TIME,
    ISO,
    MONTH_DAY,
    MONTH_DAYS,
    MONTH_ONLY,
    NUMERIC,
    PART_FIRST,
    PART_LAST,
    PARTS,
    PUNCTUATION,
    QUARTER,
    QUARTERS,
    SEASON,
    SKIP,
    SOME_AGO,
    SOON,
    SPLIT,
    TEXT_DAYS,
    TEXT_RELATIVE,
    THIS,
    UNIT_DAYS,
    VAGUE,
    WEEK_OF,
    WEEKDAY_FIRST,
    WEEKDAY_LAST,
    WEEKDAY_ONLY,
    WINDOW,
    YEAR,
    YEAR_ONLY,
    BoundKind,
    Part,
)
from dateline.resolution.number_words import SMALL, TENS, fold

Rule = Literal[
    "day",  # a, b, c: year, month, day
    "either",  # a, b, c: year, then two numbers that may be month and day or day and month
    "month_day",  # a, b: month, day
    "month",  # a, b: year (0 when not given), month
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
    ``clock`` tells that a time of day was given.
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


LONGEST = 120
"""Expressions longer than this, in characters, are prose and are not read."""


def tidy(words: str) -> str:
    """Bring an expression into one spelling: lower case, plain dashes, single spaces, 0-9."""
    low = fold(words).translate(DASHES)
    if not low.isascii():
        low = "".join(str(int(c)) if c.isdecimal() else c for c in low)
    return " ".join(low.split()).strip(PUNCTUATION)


def read_date_words(words: str) -> DateWords | None:
    """Read a quoted time expression; None where it is none, or not one that the rules know."""
    return _read(words) if len(words) <= LONGEST else None


@lru_cache(maxsize=4096)
def _read(words: str) -> DateWords | None:
    return _bounded(tidy(words))


def _bounded(low: str) -> DateWords | None:
    for opening, bound in BOUNDS:
        if low.startswith(opening):
            rest = low[len(opening) :]
            if opening == "from ":
                ranged = _range(rest)
                if ranged is not None:
                    return ranged
            inner = _bounded(rest) if opening != "following " else _parted(rest)
            if inner is None or inner.bound or inner.rule == "vague":
                return None if inner is None else inner
            return inner._replace(bound=bound)
    if low.startswith("between "):
        return _range(low[8:])
    found = _parted(low)
    return found if found is not None else _range(low)


def _parted(low: str) -> DateWords | None:
    """Read an expression that may begin with small words, a part or a time of day."""
    part: Part = ""
    clock = False
    for _ in range(8):
        found = _simple(low)
        if found is not None:
            if found.rule == "days" and part in {"earlier", "later"}:
                part = ""
            return found._replace(part=found.part or part, clock=found.clock or clock)
        opening_part = PART_FIRST.match(low)
        if opening_part is not None and opening_part.end() < len(low):
            low = low[opening_part.end() :]
            continue
        for opening, name in PARTS:
            if low.startswith(opening):
                low, part = low[len(opening) :], name
                break
        else:
            first, _, rest = low.partition(" ")
            if rest and first in SKIP:
                low = rest
                continue
            timed = CLOCK_FIRST.match(low)
            if timed is not None and timed.end() < len(low):
                low, clock = low[timed.end() :], True
                continue
            timed = CLOCK_LAST.search(low)
            if timed is not None:
                low, clock = low[: timed.start()], True
                continue
            shorter = PART_LAST.search(low)
            if shorter is not None:
                low = low[: shorter.start()]
                continue
            return None
    return None


def _simple(low: str) -> DateWords | None:
    """Read an expression without bounds, small words and times of day."""
    offset = DAYS_FROM_NOW.get(low)
    if offset is not None:
        return DateWords("days", offset)
    first = low[:1]
    if first.isdecimal():
        return _numbered(low) or _counted(low)
    found = WEEKDAY_ONLY.fullmatch(low)
    if found is not None:
        return _weekday(found)
    return _named(low) or _counted(low)


def _weekday(found: re.Match[str]) -> DateWords:
    which, name, week = found.groups()
    number = WEEKDAYS[name]
    if week is not None:
        return DateWords("week_weekday", number, {"this": 0, "next": 1}.get(week, -1))
    if which is None:
        return DateWords("weekday", number, 0)
    if which in {"next", "coming", "this coming"}:
        return DateWords("weekday", number, 1)
    return DateWords("weekday", number, 2 if which == "this" else -1)


def _numbered(low: str) -> DateWords | None:
    """Read an expression that begins with a digit."""
    found = DAY_MONTH.fullmatch(low)
    if found is not None:
        day, month, year = found.groups()
        return _day(int(year or 0), MONTHS[month], int(day))
    found = YEAR_ONLY.fullmatch(low)
    if found is not None:
        return _years(found)
    found = ISO.fullmatch(low)
    if found is not None:
        return _day(int(found[1]), int(found[3]), int(found[4]))
    found = NUMERIC.fullmatch(low)
    if found is not None:
        return _numeric(found)
    found = DAYS_MONTH.fullmatch(low)
    if found is not None:
        first, last, month, year = found.groups()
        return _days(int(year or 0), MONTHS[month], int(first), int(last))
    trailing = WEEKDAY_LAST.search(low)
    return _numbered(low[: trailing.start()]) if trailing is not None else None


def _named(low: str) -> DateWords | None:
    """Read an expression that begins with a month, a weekday, a season or a feast."""
    found = MONTH_DAY.fullmatch(low)
    if found is not None:
        month, day, year = found.groups()
        return _day(int(year or 0), MONTHS[month], int(day))
    found = MONTH_ONLY.fullmatch(low)
    if found is not None:
        return DateWords("month", int(found[2] or 0), MONTHS[found[1]])
    found = MONTH_DAYS.fullmatch(low)
    if found is not None:
        month, first, last, year = found.groups()
        return _days(int(year or 0), MONTHS[month], int(first), int(last))
    found = WEEKDAY_FIRST.match(low)
    if found is not None:
        return _simple(low[found.end() :])
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
        return _named(low[: trailing.start()])
    feast, _, year_text = low.rpartition(" ")
    if low in HOLIDAYS:
        return DateWords("month_day", *HOLIDAYS[low])
    if feast in HOLIDAYS and re.fullmatch(YEAR, year_text):
        return DateWords("day", int(year_text), *HOLIDAYS[feast])
    return None


def _counted(low: str) -> DateWords | None:
    """Read an expression that counts from publication or from the text: "two weeks ago"."""
    if low in TEXT_RELATIVE:
        return DateWords("text_days", TEXT_RELATIVE[low])
    if low == "overnight":
        return DateWords("night")
    found = THIS.fullmatch(low)
    if found is not None:
        return _this(found[1], found[2])
    if low in {"weekend", "the weekend"}:
        return DateWords("weekend", 0)
    if VAGUE.fullmatch(low):
        return DateWords("vague", -1)
    if SOON.fullmatch(low):
        return DateWords("vague", 1)
    found = AGO.fullmatch(low)
    if found is not None:
        count = _count(found[1])
        if count is None:
            return DateWords("vague", -1) if found[1] in _INEXACT else None
        return _offset(count if found[3] == "from now" else -count, found[2])
    if SOME_AGO.fullmatch(low):
        return DateWords("vague", -1)
    found = WINDOW.fullmatch(low)
    if found is not None:
        return _window(low, found)
    found = IN_TIME.fullmatch(low)
    if found is not None:
        count = _count(found[1])
        return None if count is None else _offset(count, found[2])
    found = TEXT_DAYS.fullmatch(low)
    if found is not None:
        count = _count(found[1])
        if count is None or found[2] not in {"day", "night", "week"}:
            return DateWords("vague")
        count *= UNIT_DAYS[found[2]]
        return DateWords("text_days", -count if found[3] in _EARLIER else count)
    found = WEEK_OF.match(low)
    if found is not None:
        inner = _parted(low[found.end() :])
        return DateWords("range", first=inner, c=1) if inner is not None else None
    return None


_EARLIER = frozenset({"earlier", "before", "prior", "previously"})
_INEXACT = frozenset(
    {"few", "a few", "several", "many", "a couple", "couple", "some", "a couple of"}
)


def _count(words: str) -> int | None:
    if words in {"a", "an"}:
        return 1
    if words.isdecimal():
        return int(words) if len(words) < 5 else None
    total = 0
    for word in words.replace("-", " ").split():
        value = SMALL.get(word, TENS.get(word))
        if value is None:
            return None
        total += value
    return total


def _offset(count: int, unit: str) -> DateWords:
    if unit in {"minute", "hour"}:
        days = count * (1 if unit == "hour" else 0) / 24
        return DateWords("days", 0) if abs(days) < 0.25 else DateWords("vague")
    if unit in {"day", "night"}:
        return DateWords("days", count)
    if unit in {"week", "fortnight"}:
        return DateWords("weeks", count * (2 if unit == "fortnight" else 1))
    if unit == "month":
        return DateWords("relative_months", count)
    return DateWords("years", count * (10 if unit == "decade" else 1))


def _this(which: str, unit: str) -> DateWords:
    away = 0 if which in {"this", "current"} else 1 if which in {"next", "coming"} else -1
    if which == "following":
        return DateWords("vague")
    if unit == "weekend":
        return DateWords("weekend", away)
    if which == "past" and unit != "weekend":
        return DateWords("window", -{"week": 7, "month": 30, "year": 365}[unit])
    if unit == "week":
        return DateWords("weeks", away)
    return DateWords("relative_months" if unit == "month" else "years", away)


def _window(low: str, found: re.Match[str]) -> DateWords | None:
    count = 1 if found[1] is None else _count(found[1])
    unit = found[2]
    if count is None:
        return DateWords("vague") if found[1] in _INEXACT else None
    if found[1] is None and unit not in {"day", "hour"}:
        return DateWords("vague")
    if unit in {"hour", "minute"}:
        days = -(-count // 24) if unit == "hour" else 1
    else:
        days = count * UNIT_DAYS.get(unit, 3650)
    return DateWords("window", days if low.startswith(("next", "coming")) else -days)


def _day(year: int, month: int, day: int) -> DateWords | None:
    if not (1 <= month <= 12 and 1 <= day <= _LENGTHS[month]):
        return None
    return DateWords("day", year, month, day) if year else DateWords("month_day", month, day)


_LENGTHS = (0, 31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)


def _days(year: int, month: int, first: int, last: int) -> DateWords | None:
    begin, end = _day(year, month, first), _day(year, month, last)
    if begin is None or end is None or first > last:
        return None
    return DateWords("range", first=begin, last=end)


def _numeric(found: re.Match[str]) -> DateWords | None:
    one, two, year = int(found[1]), int(found[3]), int(found[4])
    if len(found[4]) == 2:
        year += 2000 if year < 70 else 1900
    if found[2] == "." or one > 12 or one == two:
        return _day(year, two, one)
    if two > 12:
        return _day(year, one, two)
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


def _range(low: str) -> DateWords | None:
    """Read "3 to 5 May", "Monday and Wednesday", "June to August 2016"."""
    for found in SPLIT.finditer(low):
        left, right = low[: found.start()], low[found.end() :]
        if not left or not right:
            continue
        last = _parted(right)
        if last is None or last.rule in {"range", "vague"}:
            continue
        first = _parted(left)
        if first is None and left.rstrip("stndrh").isdecimal() and len(left) <= 4:
            day = int(left.rstrip("stndrh"))
            if last.rule == "day":
                first = _day(last.a, last.b, day)
            elif last.rule == "month_day":
                first = _day(0, last.a, day)
        if first is None or first.rule in {"range", "vague"}:
            continue
        # "June to August 2016" and "May 3 to June 2, 2016" name the year once.
        if last.rule in {"day", "month"} and last.a:
            if first.rule == "month_day":
                first = _day(last.a, first.a, first.b) or first
            elif first.rule == "month" and not first.a:
                first = first._replace(a=last.a)
        if first.rule == "month_day" and right.rstrip("stndrh").isdecimal():
            continue
        return DateWords("range", first=first, last=last)
    return None
