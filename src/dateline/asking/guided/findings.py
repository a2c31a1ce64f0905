"""Numbers, times and places of a sentence, as the rules of ``dateline.resolution`` find them."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from dateline.spans import Span

if TYPE_CHECKING:
    from collections.abc import Sequence

    from dateline.records.vocabulary import QuantityKind


class Number(NamedTuple):
    """A number expression: its words, bounds and what code thinks it counts."""

    span: Span
    low: float | None
    high: float | None
    kind: QuantityKind | None
    unknown: bool = False


class When(NamedTuple):
    """A time expression; ``fine`` when it names a day or less, ``year`` when it states one."""

    span: Span
    fine: bool
    year: int | None = None


class Where(NamedTuple):
    """A place expression, and the place name inside it."""

    span: Span
    name: Span


_WORD = "one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|thirteen|fourteen|fifteen|sixteen|seventeen|eighteen|nineteen|twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety|hundred|thousand"
_NUM = re.compile(
    rf"\b(?:(?:at least|more than|nearly|about|some|around|up to|almost|over|as many as)\s)?(?:\d[\d,.]*\d|\d|(?:{_WORD})(?:[- ](?:{_WORD}))*|dozens|scores|hundreds|thousands|several|a number)\b(?:\s(?:of|others|percent))?",
    re.I,
)
_WHEN = re.compile(
    r"\b(?:on |early |late |last |since |in |by )*(?:(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day(?: (?:morning|evening|night|afternoon))?|today|yesterday|overnight|(?:January|February|March|April|June|July|August|September|October|November|December)(?: \d{1,2})?(?:,? \d{4})?|\d{4})\b"
)
_WHERE = re.compile(
    r"\b(?:in|near|at|outside|from|of|south of|north of|west of|east of|southwest of) (?:the )?(?:town of |village of |city of |province of |district of )?((?:[A-Z][\w’'-]+|al-[A-Z]\w+)(?: (?:[A-Z][\w’'-]+|al-[A-Z]\w+))*)(?: (?:province|district|region|village|town|city))?"
)
_MONTHS = re.compile(
    r"\b(?:January|February|March|April|May|June|July|August|September|October|November|December|Monday|Tuesday|Wednesday|Thursday|Friday|Saturday|Sunday)\b"
)


def find_sentences(text: str, spans: Sequence[Span]) -> list[Span]:
    out = []
    for span in spans:
        start = span.start
        for hit in re.finditer(r"(?<=[.!?”\"])\s+(?=[A-Z“\"])|\n+", text[span.start : span.end]):
            out.append(Span(start, span.start + hit.start()))
            start = span.start + hit.end()
        out.append(Span(start, span.end))
    return out


def find_numbers(text: str, span: Span) -> list[Number]:
    out = []
    for hit in _NUM.finditer(text, *span):
        out.append(Number(Span(*hit.span()), None, None, None))
    return out


def find_whens(text: str, span: Span) -> list[When]:
    return [
        When(Span(*h.span()), "day" in h.group() or "night" in h.group(), None)
        for h in _WHEN.finditer(text, *span)
    ]


def find_wheres(text: str, span: Span) -> list[Where]:
    return [
        Where(Span(*h.span()), Span(*h.span(1)))
        for h in _WHERE.finditer(text, *span)
        if not _MONTHS.search(h.group(1))
    ]
