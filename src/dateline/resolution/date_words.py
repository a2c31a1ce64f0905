"""Takes quoted time expressions apart.

``read_date_words`` takes an expression apart once and keeps the result: what "Friday" means is
worked out later, against the publication date. Only whole expressions are read; a word that the
rules do not know makes the whole unknown, so that nothing is ever guessed from a part.
"""

from __future__ import annotations

import re
from functools import lru_cache

from dateline.resolution.calendar_dates import calendar_day, read_named, read_numbered
from dateline.resolution.calendar_words import DAYS_FROM_NOW, WEEKDAYS
from dateline.resolution.date_patterns import (
    BOUNDS,
    CLOCK_FIRST,
    CLOCK_LAST,
    DASHES,
    OF_YEAR,
    PART_FIRST,
    PART_LAST,
    PARTS,
    PUNCTUATION,
    SKIP,
    SPLIT,
    WEEK_OF,
    WEEKDAY_FIRST,
    WEEKDAY_ONLY,
    Part,
)
from dateline.resolution.date_rules import DateWords
from dateline.resolution.number_words import fold
from dateline.resolution.relative_dates import read_relative

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
    if words.removeprefix("the ").removeprefix("a ") in {"may", "march"}:
        return None  # a verb, without the capital of the month
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
    year = OF_YEAR.search(low)
    if year is not None:
        inner = _simple(low[: year.start()])
        away = {"last": -1, "this": 0, "next": 1}[year[1]]
        named = inner is not None and (
            inner.rule == "month_day" or (inner.rule == "month" and not inner.a)
        )
        return inner._replace(year=away) if inner is not None and named else None
    if low[:1].isdecimal():
        return read_numbered(low) or read_relative(low)
    found = WEEKDAY_ONLY.fullmatch(low)
    if found is not None:
        return _weekday(found)
    dated = WEEKDAY_FIRST.match(low)
    if dated is not None:  # "Friday, 10 July"
        return _simple(low[dated.end() :])
    if low.startswith("week "):
        week = WEEK_OF.match(low)
        inner = _parted(low[week.end() :]) if week else None
        return DateWords("range", first=inner) if inner is not None else None
    return read_named(low) or read_relative(low)


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
                first = calendar_day(last.a, last.b, day)
            elif last.rule == "month_day":
                first = calendar_day(0, last.a, day)
        if first is None or first.rule in {"range", "vague"}:
            continue
        # "June to August 2016" and "May 3 to June 2, 2016" name the year once.
        if last.rule in {"day", "month"} and last.a:
            if first.rule == "month_day":
                first = calendar_day(last.a, first.a, first.b) or first
            elif first.rule == "month" and not first.a:
                first = first._replace(a=last.a)
        if first.rule == "month_day" and right.rstrip("stndrh").isdecimal():
            continue
        return DateWords("range", first=first, last=last)
    return None
