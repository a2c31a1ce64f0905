"""Texts of MUC-3 and MUC-4: many messages in one file, each under a line with its id."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

from dateline.errors import GoldError

_HEADER = re.compile(
    r"^[ \t]*((?:DEV|TST\d+)-MUC\d+-\d{4})\b[^\n]{0,80}$", re.MULTILINE | re.IGNORECASE
)
_DATELINE = re.compile(
    r"\s*(?P<place>[^\n]{1,80}?),\s+(?:NO DATE|(?P<day>\d{1,2})\s+(?P<month>[A-Z]{3})[A-Z]*"
    r"(?:\s+(?P<year>\d{2}|\d{4}))?)(?:\s+\((?P<source>[^()\n]{1,80})\))?\s+--",
    re.IGNORECASE,
)
_MONTHS = ("JAN", "FEB", "MAR", "APR", "MAY", "JUN", "JUL", "AUG", "SEP", "OCT", "NOV", "DEC")


@dataclass(frozen=True, slots=True)
class Message:
    """One message: its text without the id, and what its dateline says."""

    id: str
    text: str
    published: date | None = None
    publisher: str | None = None


def read_messages(text: str, *, file: str) -> dict[str, Message]:
    """The messages of one file by id, in its order.

    Raises:
        GoldError: there is no message, or an id stands twice.
    """
    headers = list(_HEADER.finditer(text))
    found: dict[str, Message] = {}
    ends = [*(header.start() for header in headers[1:]), len(text)]
    for header, end in zip(headers, ends, strict=False):
        id = header[1].upper()
        if id in found:
            line = text.count("\n", 0, header.start()) + 1
            raise GoldError(f"message {id} stands twice", where=f"{file}:{line}")
        body = text[header.end() : end].strip("\r\n")
        if body.strip():
            found[id] = _message(id, body)
    if not found:
        raise GoldError(
            "there is no message in this file",
            where=file,
            remedy="Give a file of texts such as tst3-muc4, where DEV-MUC3-0001 heads a message.",
        )
    return found


def _message(id: str, body: str) -> Message:
    found = _DATELINE.match(body)
    if found is None:
        return Message(id, body)
    return Message(
        id, body, calendar_day(found["day"], found["month"], found["year"]), found["source"]
    )


def calendar_day(day: str | None, month: str | None, year: str | None) -> date | None:
    """The day that ``16 NOV 89`` means; None where a part is missing or there is no such day."""
    if not day or not month or not year or month[:3].upper() not in _MONTHS:
        return None
    # The messages are of the late 1980s; 00 is a slip of the key and no year of theirs.
    full = int(year) if len(year) == 4 else 1900 + int(year)
    try:
        return date(full, _MONTHS.index(month[:3].upper()) + 1, int(day)) if full > 1900 else None
    except ValueError:
        return None
