"""Reads expressions that count from publication or from the text: "two weeks ago", "last month"."""

from __future__ import annotations

import re

from dateline.resolution.date_patterns import (
    AGO,
    IN_TIME,
    SOME_AGO,
    SOON,
    TEXT_DAYS,
    TEXT_RELATIVE,
    THIS,
    UNIT_DAYS,
    VAGUE,
    WINDOW,
)
from dateline.resolution.date_rules import DateWords
from dateline.resolution.number_words import SMALL, TENS


def read_relative(low: str) -> DateWords | None:
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
