"""Attributing clauses: each reporting verb or "according to" of a sentence, with its source."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from dateline.asking.guided.clauses import (
    ADJUNCTS,
    AUXILIARIES,
    STOPS,
    apposition_end,
    head_is_clause,
    is_adjunct,
    is_clause,
    phrase_end,
    subject_before,
)
from dateline.asking.guided.function_words import PREPOSITIONS
from dateline.asking.guided.lexicon import Cue, match, words_of
from dateline.asking.guided.quoted import CLOSING, OPENING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from dateline.asking.guided.lexicon import Lexicon
    from dateline.asking.guided.reading import Reading
    from dateline.asking.guided.tokens import Token

_BE = frozenset({"was", "were", "is", "are", "be", "been", "being", "'s"})
_FINITE = words_of("was were is are has have had will would")
_SILENT = frozenset(
    {"not", "never", "to", "do", "does", "did", "will", "would", "shall", "could", "can", "may"}
    | {"might", "must", "should", "'ll", "'d"}
)
"""Words of a verb group that leave nothing said: "did not say", "will recall"."""
_NOT_VERBS_BEHIND = words_of(
    "the a an of its his their her our some in media news these those any this that each every"
)
_NOT_ADVERBS = words_of("family assembly ally rally reply supply bully anomaly monopoly july italy")
_VERDICTS = words_of("condemn praise denounce hail welcome comment mention criticise criticize")
_WITH_NUMBER = words_of("count list give record reckon")
_ANAPHORS = words_of("it them this that him her us these those")
WEAK = words_of(
    """
    show indicate count list give put call describe ask charge note observe recall expect
    hope welcome suggest find maintain stress report attribute record name consider reckon
    counter respond answer repeat propose caution agree
    """
)
"""Verbs that have other uses: what stands before them must be known to speak."""
_THAT_ONLY = words_of("charge note find observe recall maintain stress agree")
_SPOKEN = words_of("tell inform assure remind")
_INVERTED = words_of(
    """
    say add write report explain recall warn announce insist admit claim note remark complain
    argue declare conclude recount reply answer estimate believe observe testify predict think
    confirm acknowledge concede allege state tweet repeat stress suggest
    """
)
_PRONOUNS = words_of("he she they it we i")
_RECKONINGS = words_of("count reckoning estimate account tally calculation")
_TO = frozenset({"urge", "ask", "call on"})


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


def find_clauses(reading: Reading, quoted: Sequence[bool], lexicon: Lexicon) -> list[Clause]:
    """The attributing clauses of a sentence outside quotation marks, in order."""
    found: list[Clause] = []
    for i in range(len(reading.words)):
        if quoted[i] or (found and found[-1].cue is None and i < found[-1].after):
            continue
        clause = _source_phrase(reading, i, lexicon)
        if clause is None:
            phrase = match(lexicon.cues, reading.words, i)
            if phrase is None or not isinstance(phrase.entry, Cue):
                continue
            floor = found[-1].end if found else 0
            clause = _verb(reading, i, i + len(phrase.words), phrase.entry, phrase.form, floor)
        if clause is not None and not (clause.cue is None and found and clause.first < found[-1].end):
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
                return Clause(at, at, at + 1, i + 1, subject, None, amid=at > 0) if subject else None
            if words[i + 1 : i + 2] == ["of"] and i - at <= 2:
                stop = phrase_end(tokens, i + 2, cut=False)
                subject = list(tokens[i + 2 : stop])
                return Clause(at, at, i + 2, stop, subject, None, amid=at > 0) if subject else None
    return None


def _verb(
    reading: Reading, at: int, end: int, cue: Cue, form: str, floor: int
) -> Clause | None:
    words, tokens = reading.words, reading.tokens
    if cue.lemma in _VERDICTS or not _states(reading, end, cue):
        return None
    if form == "ing":
        beside = _with_source(reading, at, end, cue, floor)
        if beside is not None:
            return beside
        set_off = floor and at and words[at - 1] in {",", "and"}
        opens = end < len(words) and words[end] in {"that", ":", *OPENING}
        return Clause(at, at, end, end, [], cue, amid=False) if set_off and opens else None
    chain = at
    while (
        chain > floor
        and at - chain < 5
        and (words[chain - 1] in AUXILIARIES or _is_adverb(words[chain - 1]))
    ):
        chain -= 1
    group = set(words[chain:at])
    if "only" in words[end : end + 3]:
        group -= {"would", "could"}  # "would say only that"
    if group & _SILENT or (group & _BE and form in {"ed", "part", "past"}):
        return None
    if form == "base" and cue.lemma == "put" and chain and words[chain - 1] in {"to", "be"}:
        return None
    if at and tokens[at].is_name and not tokens[at - 1].is_mark:
        return None  # "Highland Notes": a title.
    modal = not _SILENT.isdisjoint(words[chain:at])
    if form == "base" and cue.lemma != "put" and not (modal or _plural_before(reading, chain)):
        return None
    if at and words[at - 1] in (
        _NOT_VERBS_BEHIND if form in {"s", "base"} else {"the", "a", "an", "its", "their"}
    ):
        return None
    if form in {"s", "base"} and _is_noun(reading, chain, end):
        return None
    if form in {"ed", "part"} and _is_reduced(reading, chain, at, end, cue):
        return None
    if end + 1 < len(words) and words[end] == "to" and words[end + 1] in {"be", "have"}:
        return None
    place = subject_before(reading, chain, floor)
    named = place is not None and place[0] < place[1]
    if not named or words[chain - 1] != "," or is_clause(reading, tokens[floor : chain - 1]):
        turned = _inverted(reading, at, chain, end, cue)
        if turned is not None:
            return turned
    if place is None:
        return None
    if place[0] > 1 and words[place[0] - 1] == "which" and words[place[0] - 2] in PREPOSITIONS:
        if end < len(words) and words[end] != "that":
            return None
    first, stop = place
    subject = list(tokens[first:stop])
    if not subject and not floor:
        return None
    if subject and head_is_clause(reading, subject):
        return None
    if len(subject) > 1 and subject[-1].lower in _PRONOUNS:
        first, subject = stop - 1, subject[-1:]  # "the shed they say they found"
    if subject and subject[0].lower in {"i", "we", "you"}:
        return None
    clause = Clause(first if subject else chain, at, end, end, subject, cue, amid=False)
    if clause.first and words[clause.first - 1] == "as":
        clause.first -= 1
    clause.amid, clause.after = _surrounded(reading, clause, floor)
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


def _states(reading: Reading, end: int, cue: Cue) -> bool:
    """Whether what follows can be a statement; "called the police" and "put out" state none."""
    words = reading.words
    ahead = words[end : end + 9]
    if cue.lemma in _WITH_NUMBER:
        at = reading.tokens[end].start if end < len(words) else 0
        return any(0 <= n.span.start - at <= 12 for n in reading.numbers)
    if cue.lemma == "put":
        return "at" in ahead and any(
            n.span.start >= reading.tokens[end].start for n in reading.numbers
        )
    if cue.lemma == "call" and reading.words[end - 1] != "called":
        return False
    if cue.lemma in {"call", "describe"}:
        if not ahead or ahead[0] in {"for", "on", "off", "up", "out"}:
            return cue.lemma == "describe"
        if cue.lemma == "describe":
            return "as" in ahead
        return ahead[0] in _ANAPHORS or (ahead[0] == "the" and len(ahead) > 3)
    if cue.lemma in _THAT_ONLY:
        return "that" in ahead or not ahead or ahead[0] in {".", ","}
    if cue.lemma == "name":
        return bool(ahead) and ahead[0] in _ANAPHORS
    if cue.lemma == "consider":
        return len(ahead) > 2 and ahead[0] in _ANAPHORS | {"the"}
    if ahead[:1] in (["nothing"], ["little"], ["goodbye"]):
        return False
    if cue.lemma in _TO:
        return "to" in ahead
    return True


def _is_noun(reading: Reading, chain: int, end: int) -> bool:
    """Whether "suspects", "reports", "claims" is a noun: "two suspects were", "reports of"."""
    words = reading.words
    following = words[end] if end < len(words) else ""
    if following in _FINITE or following in {"of", "by", "from", "about"}:
        return words[end - 1] not in {"of", "say", "says"}
    before = reading.tokens[chain - 1].start if chain else -1
    return any(number.span.start == before for number in reading.numbers)


def _is_reduced(reading: Reading, chain: int, at: int, end: int, cue: Cue) -> bool:
    """Whether a participle only tells more of a noun: "a squad promised from the coast is due"."""
    words = reading.words
    if chain != at or end >= len(words) or cue.lemma in {"say", "tell"}:
        return False
    if words[end] == "by":
        return True
    if words[end] not in PREPOSITIONS:
        return False
    stop = phrase_end(reading.tokens, end, cut=False)
    return any(word in _FINITE for word in words[end:stop])


def _plural_before(reading: Reading, chain: int) -> bool:
    if not chain:
        return False
    before = reading.words[chain - 1]
    if before in {"they", "we", "i", "police", "people", "men", "women", ",", "who"}:
        return True
    return any(
        token.lower in {"and", "people"}
        or (token.lower.endswith("s") and not token.lower.endswith(("ss", "us", "is", "'s")))
        or token.lower.endswith("men")
        for token in reading.tokens[max(0, chain - 8) : chain]
    )


def _is_adverb(word: str) -> bool:
    return word.endswith("ly") and word not in _NOT_ADVERBS


def _inverted(reading: Reading, at: int, chain: int, end: int, cue: Cue) -> Clause | None:
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
        if not (nxt.is_name or spoken or nxt.lower in {"the", "a", "an", "one", "another"}):
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
        if words[i] in {"in", "on", "at", "by", "from", "during", "after"} and words[i - 1] not in {
            "resident", "official", "mother"
        } and i - end >= 2 and tokens[i - 1].is_name:
            stop = i
            break
    after = stop
    while after < last and words[after] == "," and not words[after + 1 : after + 2] == ['"']:
        nearest = phrase_end(tokens, after + 1, cut=True)
        segment = tokens[after + 1 : nearest]
        if not segment or words[after + 1].endswith("ing") or is_clause(reading, segment):
            break
        after = nearest
    return Clause(chain, at, end, after, list(tokens[end:after]), cue, amid=True, inverted=True)


def _surrounded(reading: Reading, clause: Clause, floor: int) -> tuple[bool, int]:
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
    if not closes and (not front or (len(front) > 1 and is_adjunct(reading, front))):
        return False, clause.end
    stop = clause.end
    if clause.cue is not None and clause.cue.lemma in _SPOKEN and stop < last:
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
    if end < last and words[end] in {"(", *OPENING} and between:
        return closes, end
    return True, end


def object_end(reading: Reading, at: int) -> int:
    """Where the one who was told ends: "told me", "told the Coastal Herald", "told reporters"."""
    tokens, words = reading.tokens, reading.words
    if at >= len(tokens):
        return at
    if words[at] in _ANAPHORS | {"me", "you", "him", "her"}:
        return at + 1
    end = at + 1
    named = tokens[at].is_name
    while end < len(tokens) and end - at < 8:
        token = tokens[end]
        if token.is_mark and token.text not in {"'", "’", "-", "."}:
            break
        if token.lower in _PRONOUNS | {"that", "there", "the", "a", "an", "his", "her", "its"}:
            if not (token.lower in {"the"} and words[end - 1] in {"of", "to"}):
                break
        if token.text.isdigit() or (token.lower in ADJUNCTS and token.lower != "of"):
            break
        if named and not token.is_name and token.lower not in {"of", "and", "'s", "state", "radio"}:
            if words[at] not in {"the"} and not tokens[end - 1].lower == "of":
                break
        end += 1
    return end
