"""The subject of a reporting verb: the noun phrase before it, past appositions and lists."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dateline.asking.guided.clauses import (
    ADJUNCTS,
    AUXILIARIES,
    BREAKERS,
    STOPS,
    is_adjunct,
    is_clause,
)
from dateline.asking.guided.function_words import PREPOSITIONS, RELATIVE
from dateline.asking.guided.lexicon import words_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from dateline.asking.guided.reading import Reading
    from dateline.asking.guided.tokens import Token

_CONJUNCTIONS = words_of("and but so yet or then now also still however meanwhile nor")
_OPENS_PHRASE = words_of("the a an he she they it his her its their our one")
_INSIDE_APPOSITIONS = RELATIVE | {
    "since",
    "as",
    "until",
    "where",
    "than",
    "because",
    "after",
    "before",
}
_NO_SOURCE = words_of("no nobody none neither nothing there who what which everybody anyone")
_PAST = words_of("spoke left went came took met gave held wrote stood made saw got began read sent")
_MOST = 64


def subject_before(reading: Reading, chain: int, floor: int) -> tuple[int, int] | None:
    """The subject of the verb group at ``chain``: its first token and the end.

    The two are equal where the verb has none of its own and shares that of the verb before it.
    None where no source stands there.

    Args:
        floor: the position behind the reporting verb before this one, or 0.
    """
    tokens, words = reading.tokens, reading.words
    if chain <= floor:
        return None
    if words[chain - 1] == "who" and chain > floor + 2:
        return _antecedent(reading, chain - 1, floor)
    if words[chain - 1] in {"who", "which", "that", "than", "as"}:
        return None
    if words[chain - 1] in {"and", "but", "or"}:
        return _shared(reading, chain, floor)
    set_off = words[chain - 1] == ","
    end = chain - set_off
    start = _hard_start(tokens, end, floor, past_relatives=set_off)
    segments = _segments(tokens, start, end)
    if not segments:
        return _shared(reading, chain, floor) if set_off and floor else None
    first, stop = segments[-1]
    if set_off:
        found = _head_of(reading, segments)
        if found is None:
            return _shared(reading, chain, floor) if floor else None
        first = found
    elif "and" in words[first:stop]:
        first = _list_start(reading, segments)
    first = _without_opening(reading, first, stop)
    if first >= stop or words[first] in _NO_SOURCE or (not set_off and stop - first > 30):
        return None
    return first, (end if set_off else stop)


def _antecedent(reading: Reading, who: int, floor: int) -> tuple[int, int] | None:
    """The name before ", who said": "At the gate stood Adan Roble, a guard, who said"."""
    tokens = reading.tokens
    if tokens[who - 1].text != ",":
        return None
    segments = _segments(tokens, _hard_start(tokens, who - 1, floor, past_relatives=False), who - 1)
    for first, stop in reversed(segments[-2:]):
        start = stop
        while start > first and tokens[start - 1].is_name:
            start -= 1
        if stop - start >= 2:
            return start, stop
        if not is_clause(reading, tokens[first:stop]) and len(segments) == 1:
            return first, stop
    return None


def _hard_start(tokens: Sequence[Token], end: int, floor: int, *, past_relatives: bool) -> int:
    start = end
    while start > floor and end - start < _MOST:
        token = tokens[start - 1]
        if token.text == ")":
            opened = start - 1
            while opened > floor and start - opened < 8 and tokens[opened].text != "(":
                opened -= 1
            if tokens[opened].text == "(":
                start = opened
                continue
        relative = past_relatives and start - 1 > floor and token.lower in _INSIDE_APPOSITIONS
        if token.lower == "that" and start > 1 and tokens[start - 2].lower in PREPOSITIONS:
            relative = True  # "at that same gate"
        if token.text in STOPS - {","} or (token.lower in BREAKERS and not relative):
            break
        start -= 1
    return start


def _segments(tokens: Sequence[Token], start: int, end: int) -> list[tuple[int, int]]:
    """The stretches between commas, as positions."""
    found, first = [], start
    for i in range(start, end + 1):
        if i == end or tokens[i].text == ",":
            if i > first:
                found.append((first, i))
            first = i + 1
    return found


def _head_of(reading: Reading, segments: list[tuple[int, int]]) -> int | None:
    """The name that the stretches in commas before the verb are set behind."""
    at = len(segments) - 2
    while at >= 0 and _is_set_behind(reading, segments[at]):
        at -= 1
    if at < 0 or is_clause(reading, reading.tokens[slice(*segments[at])]):
        return None
    first = segments[at][0]
    if at and reading.words[first] in {"a", "an", "the"}:
        before = reading.tokens[slice(*segments[at - 1])]
        if len(before) <= 5 and all(t.is_name for t in before):
            return segments[at - 1][0]
    return first


def _is_set_behind(reading: Reading, segment: tuple[int, int]) -> bool:
    words = reading.words[slice(*segment)]
    return (
        words[0] in PREPOSITIONS
        or any(word in RELATIVE for word in words[:3])
        or (len(words) > 1 and words[0].endswith(("ing", "ed")))
    )


def _list_start(reading: Reading, segments: list[tuple[int, int]]) -> int:
    """The first of "the mayor, two nurses and a priest"."""
    at = len(segments) - 1
    while at and segments[at - 1][1] - segments[at - 1][0] <= 4:
        before = reading.tokens[slice(*segments[at - 1])]
        if is_clause(reading, before) or is_adjunct(reading, before):
            break
        at -= 1
    return segments[at][0]


def _shared(reading: Reading, chain: int, floor: int) -> tuple[int, int] | None:
    """A verb behind "and": the subject is that of the reporting verb before it, or opens the
    sentence: "The leader left the hall and said"."""
    if floor:
        return chain, chain
    start = _hard_start(reading.tokens, chain - 1, floor, past_relatives=True)
    segments = _segments(reading.tokens, start, chain - 1)
    if len(segments) > 2 and _opens_with_verb(reading, segments[-1][0]):
        head = _head_of(reading, segments[:-1])
        if head is not None:
            return _without_opening(reading, head, segments[-2][1]), segments[-2][1]
    start = _without_opening(reading, start, chain - 1)
    for i in range(start + 1, chain - 1):
        token = reading.tokens[i]
        if token.text == ",":
            return None
        if _opens_with_verb(reading, i):
            return start, i
    return None


def _opens_with_verb(reading: Reading, at: int) -> bool:
    """Whether a finite verb stands here, as far as its form or a list of common ones tells."""
    token = reading.tokens[at]
    return not token.is_name and (
        token.lower in AUXILIARIES or token.lower in _PAST or token.lower.endswith("ed")
    )


def _without_opening(reading: Reading, first: int, stop: int) -> int:
    """Skip a list's number or bullet, conjunctions, and "On Monday", "An hour ago"."""
    tokens, words = reading.tokens, reading.words
    while first < stop and (
        tokens[first].is_mark
        or words[first] in _CONJUNCTIONS
        or (tokens[first].text.isdigit() and first + 1 < stop and words[first + 1] in {".", ")"})
        or (tokens[first].text.isdigit() and first > 0 and words[first - 1] == ":")
    ):
        first += 1
    if "ago" in words[first : min(stop, first + 6)]:
        return words.index("ago", first) + 1
    for when in reading.whens:
        if first < stop and when.span.start in (tokens[first].start, tokens[first].end + 1):
            behind = reading.at(when.span.end)
            if behind < stop and (
                when.span.start == tokens[first].start or _adverbial(words[first])
            ):
                return behind
    if first < stop and _adverbial(words[first]):
        for i in range(first + 2, stop):
            if words[i] in _OPENS_PHRASE:
                return i
        for i in range(first + 2, stop):
            if tokens[i - 1].is_name and not tokens[i].is_name and words[i] not in PREPOSITIONS:
                return i
        return stop
    return first


def _adverbial(word: str) -> bool:
    return word in ADJUNCTS
