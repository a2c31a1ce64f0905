"""Whether a statement stands behind its attributing clause, before it or on both sides."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dateline.asking.guided.clauses import (
    ADJUNCTS,
    STOPS,
    Clause,
    is_adjunct,
    is_clause,
    phrase_end,
)
from dateline.asking.guided.lexicon import words_of
from dateline.asking.guided.quoted import CLOSING, OPENING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from dateline.asking.guided.lexicon import Cue
    from dateline.asking.guided.reading import Reading
    from dateline.asking.guided.tokens import Token

SPOKEN = words_of("tell inform assure remind")
"""Verbs that name the one who is told before what is told."""
_INVERTED = words_of(
    """
    say add write report explain recall warn announce insist admit claim note remark complain
    argue declare conclude recount reply answer estimate believe observe testify predict think
    confirm acknowledge concede allege state tweet repeat stress suggest
    """
)
_TOLD = words_of("it them him her us me you")
_NEW_PHRASE = words_of("he she they it we i that there the a an his her its their")
_INSIDE_NAMES = words_of("of and 's state radio the")
_PRONOUNS = words_of("he she they it we i")


def inverted(reading: Reading, at: int, chain: int, end: int, cue: Cue) -> Clause | None:
    """ "..., said X" and "...,” said X": the subject stands behind the cue."""
    tokens, words = reading.tokens, reading.words
    if chain == 0 or chain != at or end >= len(tokens) or cue.lemma not in _INVERTED:
        return None
    before, nxt = tokens[chain - 1].text, tokens[end]
    if before not in CLOSING | {",", "?", "!"} or not (nxt.is_word or nxt.text.isdigit()):
        return None
    last = len(tokens) - (tokens[-1].text in ".!?")
    stop = phrase_end(tokens, end, cut=False)
    if before == ",":
        if stop < last and words[stop] not in {",", ";", "as"}:
            return None
        spoken = cue.lemma == "say" and nxt.lower in _PRONOUNS
        short = stop - end <= 4 and nxt.lower not in ADJUNCTS | {"that", "nothing"}
        opens = nxt.is_name or nxt.lower in {"the", "a", "an", "one", "another"}
        if not (opens or spoken or (short and cue.lemma in {"say", "add"})):
            return None
        front = tokens[: chain - 1]
        goes_on = stop < last and words[stop] == ","
        if is_clause(reading, tokens[end:stop]) or (
            len(front) > 2 and is_adjunct(reading, front) and not goes_on
        ):
            return None
    elif nxt.lower in ADJUNCTS or nxt.lower in {"that"}:
        return None
    for i in range(end + 1, stop):
        if (
            words[i] in {"in", "on", "at", "by", "from", "during", "after"}
            and words[i - 1] not in {"resident", "official", "mother"}
            and i - end >= 2
            and tokens[i - 1].is_name
        ):
            stop = i
            break
    after = stop
    while after < last and words[after] == "," and words[after + 1 : after + 2] != ['"']:
        nearest = phrase_end(tokens, after + 1, cut=True)
        segment = tokens[after + 1 : nearest]
        if not segment or words[after + 1].endswith("ing") or is_clause(reading, segment):
            break
        after = nearest
    return Clause(chain, at, end, after, list(tokens[end:after]), cue, amid=True, inverted=True)


def surrounded(reading: Reading, clause: Clause, floor: int) -> tuple[bool, int]:
    """Whether the statement stands around a clause, and where then the clause is over."""
    tokens, words = reading.tokens, reading.words
    if clause.first <= floor or not clause.subject:
        return False, clause.end
    before = tokens[clause.first - 1].text
    if before not in CLOSING | {",", "–", "—", "-", "?", "!", "…"}:
        return False, clause.end
    last = len(tokens) - (tokens[-1].text in ".!?")
    front = tokens[floor : clause.first - 1]
    closes = before in CLOSING
    if not closes and (not front or (len(front) > 1 and _is_opening(reading, front))):
        return False, clause.end
    stop = clause.end
    if clause.cue is not None and clause.cue.lemma in SPOKEN and stop < last:
        stop = object_end(reading, stop)
    end = stop
    while end < last and tokens[end].text not in STOPS:
        end += 1
    between = words[stop:end]
    if "that" in between[:8] or (end < last and words[end] == ":"):
        return False, clause.end
    if between and between[0] not in ADJUNCTS and not between[0].endswith("ly"):
        timed = any(w.span.start == tokens[stop].start for w in reading.whens)
        if not timed and not closes:
            return False, clause.end
    if end < last and words[end] in {"(", *OPENING}:
        return closes, end
    return True, end


def _is_opening(reading: Reading, front: Sequence[Token]) -> bool:
    """Whether what stands before a source only opens the sentence, and no clause follows in it:
    "On Monday, in Vesk," but not "As night fell, the doors were shut,"."""
    if not is_adjunct(reading, front):
        return False
    first = 0
    for i, token in enumerate([*front, front[0]]):
        if i == len(front) or token.text == ",":
            segment = front[first:i]
            adverbial = not segment or is_adjunct(reading, segment)
            if (
                first
                and not adverbial
                and (is_clause(reading, segment) or any(t.lower.endswith("ed") for t in segment))
            ):
                return False
            first = i + 1
    return True


def object_end(reading: Reading, at: int) -> int:
    """Where the one who was told ends: "told me", "told the Coastal Herald", "told reporters"."""
    tokens, words = reading.tokens, reading.words
    if at >= len(tokens):
        return at
    if words[at] in _TOLD:
        return at + 1
    end = at + 1
    named = tokens[at].is_name
    while end < len(tokens) and end - at < 8:
        token = tokens[end]
        if token.is_mark and token.text not in {"'", "’", "-", "."}:
            break
        within = token.lower == "the" and words[end - 1] in {"of", "to"}
        if token.lower in _NEW_PHRASE and not within:
            break
        if token.text.isdigit() or (token.lower in ADJUNCTS and token.lower != "of"):
            break
        if named and not token.is_name and token.lower not in _INSIDE_NAMES:
            break
        end += 1
    return end
