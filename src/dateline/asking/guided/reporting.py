"""Attributing clauses: each reporting verb or "according to" of a sentence, with its source."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dateline.asking.guided.clauses import (
    Clause,
    apposition_end,
    head_is_clause,
    phrase_end,
)
from dateline.asking.guided.function_words import PREPOSITIONS
from dateline.asking.guided.lexicon import Cue, match, words_of
from dateline.asking.guided.placing import inverted, surrounded
from dateline.asking.guided.quoted import OPENING
from dateline.asking.guided.reporting_verbs import group_start, says, states
from dateline.asking.guided.subjects import subject_before

if TYPE_CHECKING:
    from collections.abc import Sequence

    from dateline.asking.guided.lexicon import Form, Lexicon
    from dateline.asking.guided.reading import Reading

_PRONOUNS = words_of("he she they it we i")
_QUOTED = frozenset({"quoted", "quotes", "cited", "cites"})
_RECKONINGS = words_of("count reckoning estimate account tally calculation")


def find_clauses(reading: Reading, quoted: Sequence[bool], lexicon: Lexicon) -> list[Clause]:
    """The attributing clauses of a sentence outside quotation marks, in order."""
    found: list[Clause] = []
    for i in range(len(reading.words)):
        if quoted[i] or (found and found[-1].cue is None and i < found[-1].after):
            continue
        clause = _source_phrase(reading, i, lexicon)
        if clause is None and reading.words[i] in _QUOTED:
            chain = _quoted_as(reading, i, lexicon, found[-1].end if found else 0)
            found += chain
            if chain:
                continue
        if clause is None:
            phrase = match(lexicon.cues, reading.words, i)
            if phrase is None or not isinstance(phrase.entry, Cue):
                continue
            floor = found[-1].end if found else 0
            clause = _verb(reading, i, i + len(phrase.words), phrase.entry, phrase.form, floor)
        if clause is not None and not (
            clause.cue is None and found and clause.first < found[-1].end
        ):
            found.append(clause)
    return found


def _source_phrase(reading: Reading, at: int, lexicon: Lexicon) -> Clause | None:
    words, tokens = reading.words, reading.tokens
    for phrase in lexicon.phrases["source_phrases"]:
        if words[at] != phrase[0] or tuple(words[at : at + len(phrase)]) != phrase:
            continue
        start = at + len(phrase)
        stop = phrase_end(tokens, start, cut=at == 0)
        if stop == start:
            return None
        last = len(tokens) - (tokens[-1].text in ".!?")
        after = apposition_end(reading, stop, last=last, goes_on=at == 0) if stop < last else stop
        return Clause(at, at, start, after, list(tokens[start:after]), None, amid=at > 0)
    return _reckoning(reading, at) if words[at] == "by" else None


def _quoted_as(reading: Reading, at: int, lexicon: Lexicon, floor: int) -> list[Clause]:
    """ "The Herald quoted a guard as saying", "the guard was quoted by the Herald as saying"."""
    words, tokens = reading.words, reading.tokens
    saying = next(
        (
            i
            for i in range(at + 1, min(len(words) - 1, at + 16))
            if words[i : i + 2] == ["as", "saying"]
        ),
        None,
    )
    phrase = match(lexicon.cues, ["say"], 0)
    if saying is None or phrase is None or not isinstance(phrase.entry, Cue):
        return []
    cue, end = phrase.entry, saying + 2
    passive = at > 0 and words[at - 1] in {"was", "were", "is", "are", "been"}
    place = subject_before(
        reading, at - passive - (words[at - 1 - passive] in {"has", "have"}), floor
    )
    if place is None or place[0] == place[1]:
        return []
    subject = list(tokens[slice(*place)])
    if passive:
        return [Clause(place[0], end - 1, end, end, subject, cue, amid=False)]
    source = list(tokens[at + 1 : saying])
    if not source:
        return []
    return [
        Clause(place[0], at, at + 1, at + 1, subject, cue, amid=False),
        Clause(at + 1, end - 1, end, end, source, cue, amid=False),
    ]


def _reckoning(reading: Reading, at: int) -> Clause | None:
    """ "by the council's count", "by the reckoning of two nurses"."""
    words, tokens = reading.words, reading.tokens
    for i in range(at + 1, min(len(words), at + 10)):
        if tokens[i].is_mark and words[i] != "'s":
            return None
        if words[i] in _RECKONINGS:
            if words[i - 1] in {"'s", "own"} or words[i - 1].endswith("s'"):
                owner = i - 1 - (words[i - 1] == "own")
                owner -= words[owner] == "'s" and owner != i - 1
                subject = list(tokens[at + 1 : owner])
                return (
                    Clause(at, at, at + 1, i + 1, subject, None, amid=at > 0) if subject else None
                )
            if words[i + 1 : i + 2] == ["of"] and i - at <= 2:
                stop = phrase_end(tokens, i + 2, cut=False)
                subject = list(tokens[i + 2 : stop])
                return Clause(at, at, i + 2, stop, subject, None, amid=at > 0) if subject else None
    return None


def _verb(reading: Reading, at: int, end: int, cue: Cue, form: Form, floor: int) -> Clause | None:
    words, tokens = reading.words, reading.tokens
    if not states(reading, end, cue):
        return None
    if form == "ing":
        beside = _with_source(reading, at, end, cue, floor)
        if beside is not None:
            return beside
        set_off = floor and at and words[at - 1] in {",", "and"}
        opens = end < len(words) and words[end] in {"that", ":", *OPENING}
        return Clause(at, at, end, end, [], cue, amid=False) if set_off and opens else None
    chain = group_start(reading, at, floor)
    if not says(reading, chain, at, end, cue, form):
        return None
    place = subject_before(reading, chain, floor)
    named = place is not None and words[chain - 1] == "," and place[0] < place[1]
    if not named or place is None or head_is_clause(reading, tokens[slice(*place)]):
        turned = inverted(reading, at, chain, end, cue)
        if turned is not None:
            return turned
    if place is None:
        return None
    before = words[max(0, place[0] - 2) : place[0]]
    if before[1:] == ["which"] and before[0] in PREPOSITIONS and words[end : end + 1] != ["that"]:
        return None  # "the hour at which it claims to open"
    first, stop = place
    subject = list(tokens[first:stop])
    if not subject and not floor:
        return None
    if subject and head_is_clause(reading, subject):
        return None
    for when in reading.whens:
        if subject and subject[0].start < when.span.start and when.span.end == subject[-1].end:
            subject = [t for t in subject if t.end <= when.span.start]  # "Orlen on Friday denied"
            if len(subject) > 1 and subject[-1].lower in PREPOSITIONS:
                subject = subject[:-1]
    if len(subject) > 1 and subject[-1].lower in _PRONOUNS:
        first, subject = stop - 1, subject[-1:]  # "the boat they said was lost"
    if subject and subject[0].lower in {"i", "we", "you"}:
        return None
    clause = Clause(first if subject else chain, at, end, end, subject, cue, amid=False)
    if clause.first and words[clause.first - 1] == "as":
        clause.first -= 1
    clause.amid, clause.after = surrounded(reading, clause, floor)
    return clause


def _with_source(reading: Reading, at: int, end: int, cue: Cue, floor: int) -> Clause | None:
    """ ", with police admitting that ...": the source stands between."""
    words = reading.words
    for i in range(at - 1, max(floor, at - 8), -1):
        if words[i] == "with":
            if i + 1 < at and "that" in words[end : end + 3]:
                return Clause(i, at, end, end, list(reading.tokens[i + 1 : at]), cue, amid=False)
            return None
        if reading.tokens[i].is_mark:
            return None
    return None
