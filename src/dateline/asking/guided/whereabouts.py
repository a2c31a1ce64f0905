"""How exact a place is, and the words in which it is given."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from dateline.resolution.gazetteer import load_gazetteer

if TYPE_CHECKING:
    from dateline.asking.guided.findings import Where

_QUARTER = re.compile(
    r"^(?:the )?(?:north|south|east|west|central|northern|southern|eastern|western|upper|lower"
    r"|north-?eastern|north-?western|south-?eastern|south-?western)(?:-| )",
    re.IGNORECASE,
)
_CONTAINED = re.compile(
    r",\s(?:located|situated|lying|in|on|near|at|of|along|inside|outside|close to|part of)\s"
)
_NEARBY = re.compile(r"^(?:nearby|neighbouring|neighboring|[A-Z] of(?= [A-Z]))\s")
_FACILITY = re.compile(
    r"(?: [a-z]{3,12})? (?:roundabout|kiosk|square|market|bridge|road|highway|street|avenue|station"
    r"|hospital|clinic|camp|checkpoint|junction|crossing|airport|airfield|port|harbour|harbor|prison"
    r"|school|church|mosque|stadium|university|barracks|base|quarter|neighbourhood|neighborhood"
    r"|suburb|district|valley|forest|marsh|island|mine|dam|quay|pier)\b"
)


def is_wide(where: Where, text: str) -> bool:
    """Whether it is a country or a part of one without a name, in which no one incident is."""
    printed = _QUARTER.sub("", text[where.span.start : where.span.end])
    places = load_gazetteer().lookup(printed)
    return bool(places) and all(place.type == "country" for place in places)


def printed_place(where: Where, text: str) -> str:
    """The words of a place: without what contains it, and with the building that bears its name."""
    words = text[where.span.start : where.span.end]
    words = _CONTAINED.split(words, maxsplit=1)[0]
    words = _NEARBY.sub("", words)
    if where.span.start + len(words) == where.span.end and (
        more := _FACILITY.match(text, where.span.end)
    ):
        words += more.group()
    return words
