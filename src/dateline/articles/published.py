"""Publication dates as people and machines write them."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime
from typing import Any

from dateline.errors import ArticleError

_ISO = re.compile(
    r"(\d{4})([-/.]?)(\d{1,2})\2(\d{1,2})(?:[T\s,]\s{0,3}\d{1,2}[:.]?\d{2}.{0,40})?\Z"
)
_EAST = re.compile(r"(\d{4})\s?年\s?(\d{1,2})\s?月\s?(\d{1,2})\s?日?.{0,20}\Z")
_WEEKDAY = re.compile(r"(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?\.?,?\s+")
_DAY_FIRST = re.compile(
    r"(\d{1,2})(?:st|nd|rd|th)?[\s\-]+(?:of\s+)?([a-z]{3,9})\.?,?[\s\-]+(\d{4})\b"
)
_MONTH_FIRST = re.compile(r"([a-z]{3,9})\.?\s+(\d{1,2})(?:st|nd|rd|th)?,?\s+(\d{4})\b")
_CLOCK = re.compile(r"[\s,|–-]*(?:at\s+)?(?:\d{1,2}[:.]?\d{0,2}(?:[:.]\d{2})?.{0,30})?\Z")
_MONTH_NAMES = """
    january february march april may june july august september october november december
"""
_MONTHS = {
    name[:length]: number
    for number, name in enumerate(_MONTH_NAMES.split(), start=1)
    for length in range(3, len(name) + 1)
}


def parse_published(value: Any, *, field: str = "published", where: str | None = None) -> date:
    """Read a publication date; a day is taken as printed, in whatever time zone it was printed.

    Args:
        value: a date or datetime, seconds since 1970 (UTC), or text: ISO 8601 with or without a
            time, RFC 2822, "12 March 2024", "March 12, 2024", "2024年3月12日".
        field: the name of the field in the input, for messages.
        where: the file or record, for messages.

    Raises:
        ArticleError: the value is no date, or days and months cannot be told apart (03/04/2024).
    """
    if isinstance(value, datetime):
        return value.date()
    if isinstance(value, date):
        return value
    if isinstance(value, int | float) and not isinstance(value, bool):
        found = _since_epoch(value)
    else:
        found = _from_text(value) if isinstance(value, str) and len(value) <= 120 else None
    if found is None:
        raise ArticleError(
            f"The field {field!r} does not hold a date that can be read.",
            where=where,
            remedy="Write it as YYYY-MM-DD, for example 2024-03-12.",
        )
    return found


def _since_epoch(value: float) -> date | None:
    try:
        seconds = value / 1000 if abs(value) >= 1e11 else value
        return datetime.fromtimestamp(seconds, UTC).date() if abs(seconds) >= 1e8 else None
    except (ValueError, OverflowError, OSError):
        return None


def _from_text(text: str) -> date | None:
    text = " ".join(text.split())
    iso = _ISO.match(text) or _EAST.match(text)
    try:
        if iso:
            month, day = iso.groups()[-2:]
            return date(int(iso[1]), int(month), int(day))
        words = _WEEKDAY.sub("", text.casefold(), count=1)
        day_first = _DAY_FIRST.match(words)
        month_first = None if day_first else _MONTH_FIRST.match(words)
        match = day_first or month_first
        if match is None or not _CLOCK.match(words, match.end()):
            return None
        name, number = (match[2], match[1]) if day_first else (match[1], match[2])
        return date(int(match[3]), _MONTHS[name], int(number))
    except (ValueError, KeyError):
        return None
