"""What code finds in an article before any question is asked: one ``Reading`` per sentence."""

from __future__ import annotations

import re
from bisect import bisect_left
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from dateline.asking.guided.findings import (
    Number,
    When,
    Where,
    find_numbers,
    find_whens,
    find_wheres,
    whole_place,
)
from dateline.asking.guided.hits import Hit
from dateline.asking.guided.lexicon import has_phrase, words_of
from dateline.asking.guided.names import Name, find_names
from dateline.asking.guided.single_marks import read_single_marks
from dateline.asking.guided.tokens import Token, tokenize
from dateline.asking.guided.triggers import find_triggers, read_numbers_behind
from dateline.sentences import split_sentences
from dateline.spans import Span

if TYPE_CHECKING:
    from collections.abc import Sequence

    from dateline.articles import Article
    from dateline.asking.guided.lexicon import Lexicon
    from dateline.spans import ZoneKind

_DATELINE = re.compile(
    r"(?P<place>[^\W\d_a-z][\w.’'-]{1,30}(?:[ /,]{1,2}[^\W\d_a-z][\w.’'-]{0,30}){0,4})"
    r"(?:,? (?:[A-Z][a-z]{2,8}\.? \d{1,2}|\d{1,2} [A-Z][a-z]{2,8}))?"
    r"[ \u00a0]{0,2}(?P<source>\([^()\n]{0,40}?\)?)?[ \u00a0]{0,2}(?P<dash>[–—]|--?)[ \u00a0]{1,2}"
    r"(?=[\"“‘]?[A-Z])"
)
_INSIDE = re.compile(r"\b(?:in|at|near|inside|outside|within)(?: the)? $")
LONGEST = 590
"""Characters of one sentence that are read: a draft's quote holds 600."""


@dataclass(slots=True)
class Reading:
    """One sentence and what stands in it. All spans count into the article's text."""

    index: int
    span: Span
    zone: ZoneKind
    paragraph: int
    tokens: list[Token]
    words: list[str]
    hits: list[Hit] = field(default_factory=list)
    """The triggers that decide which questions are asked."""
    told: list[Hit] = field(default_factory=list)
    """The triggers that code itself decides by: ``hits``, or more."""
    names: list[Name] = field(default_factory=list)
    numbers: list[Number] = field(default_factory=list)
    whens: list[When] = field(default_factory=list)
    wheres: list[Where] = field(default_factory=list)

    def at(self, offset: int) -> int:
        """The position of the first token that begins at or after ``offset``."""
        return bisect_left(self.tokens, offset, key=lambda token: token.start)

    def has_opening(self, phrases: tuple[tuple[str, ...], ...]) -> bool:
        """Whether any of these phrases stands among the first eight words."""
        return has_phrase(phrases, self.words[:8])

    def has(self, phrases: tuple[tuple[str, ...], ...]) -> bool:
        """Whether any of these phrases stands in the sentence."""
        return has_phrase(phrases, self.words)


def read(article: Article, lexicon: Lexicon) -> list[Reading]:
    """Read every sentence of the supporting zones, in text order."""
    text = article.text
    readings: list[Reading] = []
    paragraph = 0
    previous_end = 0
    for sentence in split_sentences(text, article.supporting):
        span = _clip(text, _without_dateline(text, sentence))
        if span is None:
            continue
        zone = article.zone_at(span.start)
        if readings and (zone != readings[-1].zone or "\n\n" in text[previous_end : span.start]):
            paragraph += 1
        previous_end = span.end
        tokens = tokenize(text, span)
        if not tokens:
            continue
        reading = Reading(
            index=len(readings),
            span=span,
            zone=zone,
            paragraph=paragraph,
            tokens=tokens,
            words=[token.lower for token in tokens],
        )
        reading.wheres = find_wheres(text, span)
        reading.whens = find_whens(text, span)
        reading.numbers = find_numbers(text, span)
        headline = zone == "headline"
        reading.hits = reading.told = find_triggers(tokens, lexicon, headline=headline)
        if lexicon.telling is not None:
            reading.told = find_triggers(tokens, lexicon.telling, headline=headline)
            read_numbers_behind(reading.told, reading.words)
        readings.append(reading)
    read_single_marks(readings, text)
    for reading in readings:
        reading.names = _names(reading, lexicon)
    _settle_places(readings, text, lexicon)
    return readings


def _names(reading: Reading, lexicon: Lexicon) -> list[Name]:
    places = [where.span for where in reading.wheres]
    return find_names(
        reading.tokens, lexicon, is_place=lambda name: any(name.within(p) for p in places)
    )


def _settle_places(readings: Sequence[Reading], text: str, lexicon: Lexicon) -> None:
    """A name that acts in one sentence is no place in another: "taken from the Crimson Front"."""
    acting = {
        " ".join(t.lower for t in reading.tokens[name.first : name.last] if t.is_name)
        for reading in readings
        for name in reading.names
        if reading.zone == "body" and name.proper and name.side in {"armed", "state"}
    }
    places = {
        whole_place(name)
        for reading in readings
        for where in reading.wheres
        for name in where.names
        if where.known or where.marked
    } - acting
    for reading in readings:
        reading.names = [
            name
            for name in reading.names
            if name.side != "name" or text[name.span.start : name.span.end].lower() not in places
        ]
        kept = [
            where
            for where in reading.wheres
            if where.known
            or where.marked
            or not where.names <= acting
            or _INSIDE.search(
                text, max(reading.span.start, where.span.start - 12), where.span.start
            )
        ]
        if len(kept) < len(reading.wheres):
            reading.wheres = kept
            reading.names = _names(reading, lexicon)


def _without_dateline(text: str, sentence: Span) -> Span:
    """Cut "KARESH (Agency) —" off the sentence that it opens, also where a part of it is lost."""
    found = _DATELINE.match(text, sentence.start, sentence.end)
    if (
        found is None
        or not found["place"][0].isupper()
        or not (found["source"] or found["place"].isupper() or found["dash"] == "—")
    ):
        return sentence
    return Span(found.end(), sentence.end)


def _clip(text: str, sentence: Span) -> Span | None:
    """Trim blanks, and cut a sentence that is longer than a quote may be at a blank."""
    start, end = sentence
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    if end - start > LONGEST:
        cut = text.rfind(" ", start, start + LONGEST)
        end = cut if cut > start else start + LONGEST
    return Span(start, end) if end > start else None


def speaks_english(readings: Sequence[Reading]) -> bool:
    """Whether common English function words make up enough of the text to read it by rule."""
    words = [word for reading in readings for word in reading.words if word and word[0].isalpha()]
    if not words:
        return False
    return sum(word in _COMMON for word in words) >= max(1, len(words) // 12)


_COMMON = words_of(
    """
    the of and to in a an was were is are that for on by with at from said has have had its it
    as after
    """
)
