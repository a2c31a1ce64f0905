"""Stretches of a sentence: clauses, adverbials, noun phrases and what is set behind them."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from dateline.asking.guided.function_words import PREPOSITIONS, RELATIVE
from dateline.asking.guided.lexicon import words_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from dateline.asking.guided.lexicon import Cue
    from dateline.asking.guided.reading import Reading
    from dateline.asking.guided.tokens import Token

STOPS = frozenset({",", ";", ":", "(", ")", "–", "—", "“", "”", '"', "«", "»"})
AUXILIARIES = words_of(
    """
    has have had was were is are be been being also further later then earlier again reportedly
    not never does did do would will shall could can may might must should already still recently
    previously now just to 've 's 'd 'll
    """
)
ADJUNCTS = PREPOSITIONS | words_of(
    """
    meanwhile earlier later however speaking noting adding amid but and yet so asked citing
    addressing yesterday today tonight overnight also still although though once if because when
    while where after before as last this next privately publicly again then too instead late
    early over via
    """
)
"""Words that open an adverbial, not a subject or a statement."""
BREAKERS = words_of(
    """
    that when while after before because although though whether if but until where what whom
    which who whose than since whereas unless as
    """
)
FINITE = words_of("was were is are has have had will would")


@dataclass(slots=True)
class Clause:
    """An attributing clause; all numbers are token positions in its sentence."""

    first: int
    """Where the clause begins: its subject, "as", or the verb itself."""
    at: int
    end: int
    """The cue's words."""
    after: int
    """Where the clause is over."""
    subject: list[Token]
    """Empty where the clause shares the source of the one before it."""
    cue: Cue | None
    amid: bool
    """Whether the statement stands around the clause, not behind it."""
    inverted: bool = False
    asides: list[tuple[int, int]] = field(default_factory=list)
    """Clauses inside the statement that are no part of it: "two fled, he added, on foot"."""


def is_clause(reading: Reading, segment: Sequence[Token]) -> bool:
    """Whether a stretch of a sentence has a finite verb, as far as code knows one."""
    lo, hi = segment[0].start, segment[-1].end
    return any(t.lower in FINITE for t in segment) or any(
        lo <= reading.tokens[hit.first].start < hi and hit.form != "noun" and hit.use != "reduced"
        for hit in reading.hits
    )


def head_is_clause(reading: Reading, subject: Sequence[Token]) -> bool:
    """Whether the stretch before a subject's first comma is no noun phrase."""
    stop = next((i for i, token in enumerate(subject) if token.text == ","), len(subject))
    return stop == 0 or is_clause(reading, subject[:stop])


def is_adjunct(reading: Reading, segment: Sequence[Token]) -> bool:
    """Whether it only says when, where or on what occasion: "On Monday", "After the raid"."""
    if not segment:
        return True
    opening = segment[0].lower
    if opening in ADJUNCTS or opening.endswith("ing"):
        return not (opening in PREPOSITIONS and is_clause(reading, segment))
    return any(when.span.start == segment[0].start for when in reading.whens) and not is_clause(
        reading, segment
    )


def phrase_end(tokens: Sequence[Token], start: int, *, cut: bool) -> int:
    """The end of a noun phrase that begins at ``start``; with ``cut`` only a mark ends it."""
    end = start
    while end < len(tokens) and end - start < 22:
        if tokens[end].text in STOPS or (tokens[end].text in ".!?" and end + 1 == len(tokens)):
            break
        if not cut and end > start and tokens[end].lower in BREAKERS:
            break
        end += 1
    return end


def apposition_end(reading: Reading, at: int, *, last: int, goes_on: bool) -> int:
    """Where what is set behind a name in commas ends: ", a retired nurse," and ", who ...,".

    Args:
        at: the comma behind the name.
        last: the end of the sentence's words.
        goes_on: whether the sentence must go on behind it.
    """
    tokens = reading.tokens
    while at + 1 < last and tokens[at].text == ",":
        end = phrase_end(tokens, at + 1, cut=True)
        segment = tokens[at + 1 : end]
        if not segment or (end < last and tokens[end].text != ",") or (goes_on and end >= last):
            return at
        relative = any(t.lower in RELATIVE for t in segment[:2])
        named = len(segment) <= 5 and all(t.is_name for t in segment)
        set_behind = segment[0].lower in {"a", "an", "the", "its", "his", "her", "their"}
        if not relative and ((not named and not set_behind) or is_clause(reading, segment)):
            return at
        at = end
    return at
