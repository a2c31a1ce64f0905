"""Numbers, times and places of a sentence: the slices that later fill the slots of an event.

They are found by ``dateline.resolution``; here they are only cut down to what deciding needs.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from dateline.resolution.counted_nouns import NOUN_CLASSES, PERSON_CLASSES
from dateline.resolution.gazetteer import load_gazetteer
from dateline.resolution.place_words import read_place_words
from dateline.resolution.places import find_places
from dateline.resolution.quantities import find_quantities
from dateline.resolution.time_expressions import TimeKind, find_time_expressions
from dateline.spans import Span

if TYPE_CHECKING:
    from dateline.records.vocabulary import QuantityKind

_FINE: frozenset[TimeKind] = frozenset({"date", "weekday", "time"})
_RECENT = re.compile(r"day|night|morning|evening|hour|minute|yesterday|tomorrow|earlier on", re.I)
_YEAR = re.compile(r"\b(?:19|20)\d\d\b")
_AGES = re.compile(r"\b(?:year|decade)s?\b|\b(?:19|20)\d0s\b", re.I)
_COMING = re.compile(r"\bin the (?:near|foreseeable) future\b", re.I)
_DIRECTION = re.compile(r"^(?:(?:north|south|east|west|central)\w{0,9}[ -]?)+ ")
_ARTICLE = re.compile(r"the\s+", re.I)


class Number(NamedTuple):
    """A number with its comparator and the noun it counts.

    ``kind`` is ``other`` where the words leave it open; ``sure`` is False where it is people that
    are counted and no word says what became of them. ``unknown`` marks "the toll is unknown".
    """

    span: Span
    low: float | None
    high: float | None
    kind: QuantityKind
    sure: bool = True
    unknown: bool = False


class When(NamedTuple):
    """A time expression; ``fine`` when it names a day or less, ``far`` when a year or an age."""

    span: Span
    fine: bool
    far: bool = False


class Where(NamedTuple):
    """A place expression and the names inside it, lower case. ``known`` names are in the
    gazetteer; ``marked`` says that a word of place ("village", "near") vouches for the others."""

    span: Span
    names: frozenset[str]
    known: bool
    marked: bool


def find_numbers(text: str, span: Span) -> list[Number]:
    """The counts and measures of a sentence; dates, ages, ordinals and locators are left out."""
    found = []
    for mention in find_quantities(text, span):
        number = mention.number
        if number.role == "locator":
            continue
        low = number.value if number.value is not None else number.low
        high = number.value if number.value is not None else number.high
        people = NOUN_CLASSES.get((mention.head or "").lower()) in PERSON_CLASSES
        kind = mention.kind or "other"
        sure = mention.kind is not None or not people
        found.append(Number(mention.span, low, high, kind, sure, mention.unknown))
    return found


def find_whens(text: str, span: Span) -> list[When]:
    """The time expressions of a sentence in order, and "in the near future"."""
    found = []
    for expression in find_time_expressions(text, span):
        words = expression.words
        fine = expression.kind in _FINE or (
            expression.kind in {"relative", "range"} and _RECENT.search(words) is not None
        )
        year = _YEAR.search(words) is not None
        far = (year and expression.kind != "date") or _AGES.search(words) is not None
        found.append(When(expression.span, fine and not far, far))
    found += [
        When(Span(*hit.span()), fine=False) for hit in _COMING.finditer(text, span.start, span.end)
    ]
    return sorted(found)


def find_wheres(text: str, span: Span) -> list[Where]:
    """The place expressions of a sentence in order, without a leading "the"."""
    found = []
    for mention in find_places(text, [span]):
        read = read_place_words(mention.text)
        named = [read.head] if read.head else []
        named += [*(read.locator.names if read.locator else ()), *read.containers]
        names = frozenset(one.name.lower() for one in named)
        if len(named) == 1 and load_gazetteer().is_people(named[0].name):
            continue
        marked = bool(read.locator or read.containers or any(one.noun for one in named))
        start = mention.span.start
        if (article := _ARTICLE.match(text, start, mention.span.end)) is not None:
            start = article.end()
        found.append(Where(Span(start, mention.span.end), names, mention.known, marked))
    return found


def whole_place(name: str) -> str:
    """The town of "southern Karesh", lower case as ``Where.names`` are."""
    return _DIRECTION.sub("", name)
