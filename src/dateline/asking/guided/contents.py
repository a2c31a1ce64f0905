"""What is said: the spans of a statement, without its source, its cue and the words around them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dateline.asking.guided.clauses import ADJUNCTS, Clause, is_clause
from dateline.asking.guided.function_words import RELATIVE
from dateline.asking.guided.placing import SPOKEN, object_end
from dateline.asking.guided.quoted import CLOSING, OPENING, bare, inside, stretch_at
from dateline.spans import Span

if TYPE_CHECKING:
    from collections.abc import Sequence

    from dateline.asking.guided.reading import Reading

_JOINTS = frozenset(
    {",", ";", "(", "–", "—", "and", "but", "while", "whereas", "although", "though"}
)
_VERDICTS = frozenset(
    {"charge", "charges", "claim", "claims", "allegation", "allegations", "accusation"}
    | {"accusations", "assertion", "suggestion"}
)
_NOT_MANNER = frozenset({"including", "during", "nothing", "something", "everything", "anything"})
_REACH = 14


def contents_of(
    reading: Reading,
    clauses: Sequence[Clause],
    at: int,
    quoted: Sequence[bool],
    text: str,
    stretches: Sequence[Span],
) -> list[Span]:
    """The spans of what one clause reports, in order.

    Args:
        clauses: those of the sentence that make statements of their own, in order.
        at: the position of the clause among them.
    """
    clause = clauses[at]
    last = len(reading.tokens) - (reading.words[-1] in {".", "!", "?"})
    ranges: list[tuple[int, int]] = []
    if clause.amid:
        if clause.first:
            ranges.append((_left_edge(reading, clauses, at, quoted), clause.first))
            if clause.inverted:
                ranges[0] = (ranges[0][0], clause.at)
        ranges += _behind(reading, clauses, at, last)
    else:
        start = _opening(reading, clause, quoted, last)
        ranges.append((start, _right_edge(reading, clauses, at, start, last, quoted)))
    for aside in clause.asides:
        ranges = [part for one in ranges for part in _around(one, aside)]
    spans = [_span(reading, first, stop, text, stretches) for first, stop in ranges]
    return [span for span in spans if span is not None]


def _around(range_: tuple[int, int], aside: tuple[int, int]) -> list[tuple[int, int]]:
    (first, stop), (begin, end) = range_, aside
    if not first <= begin < stop:
        return [range_]
    return [part for part in ((first, begin), (end, stop)) if part[0] < part[1]]


def nested_in(reading: Reading, outer: Clause, inner: Clause, quoted: Sequence[bool]) -> bool:
    """Whether the inner clause opens what the outer one reports: "said his aunt had heard that"."""
    if outer.amid:
        return False
    last = len(reading.tokens)
    return 0 <= inner.first - _opening(reading, outer, quoted, last) <= 0


def stands_apart(reading: Reading, clause: Clause) -> bool:
    """Whether a clause is joined to what stands before it, not a part of it."""
    return clause.first == 0 or reading.words[clause.first - 1] in _JOINTS | CLOSING


def _opening(reading: Reading, clause: Clause, quoted: Sequence[bool], last: int) -> int:
    """Where what follows the cue begins: behind "that", the one who was told, and adverbials."""
    words, tokens = reading.words, reading.tokens
    start = clause.end
    if clause.cue is None:
        start = clause.after
        return start + (start < last and words[start] == ",")
    told = clause.cue.lemma in SPOKEN
    if start < last and words[start] != "that":
        for i in range(start, min(last, start + _REACH)):
            if words[i] == "that" and not quoted[i] and (i + 1 < last):
                if told or _leads_to(reading, start, i):
                    return i + 1
                break
            if words[i] == ":" or (tokens[i].text in OPENING and words[i - 1] == ","):
                if told or _leads_to(reading, start, i):
                    return i + (words[i] == ":")
                break
    if start < last and words[start] == "of" and clause.cue.lemma in {"warn", "complain", "tell"}:
        return start + 1
    if told and start < last and words[start] not in {"that", ":", ","}:
        start = object_end(reading, start)
    moved = True
    while moved and start < last:
        moved = False
        if words[start] in {"that", ",", ":"}:
            start += 1
            moved = True
        for when in reading.whens:
            if start < last and tokens[start].start in {when.span.start, when.span.start - 3}:
                behind = reading.at(when.span.end)
                if start < behind < last and (
                    told or tokens[start].start != when.span.start or when.fine
                ):
                    start, moved = behind, True
    return start


def _leads_to(reading: Reading, start: int, at: int) -> bool:
    """Whether only an adverbial or "reports", "claims" stands between the cue and "that"."""
    words = reading.words[start:at]
    if not words:
        return True
    if "and" in words or "but" in words:
        return False
    if words[0] in ADJUNCTS or words[0] in {",", "("} or words[0].endswith("ly"):
        return True
    return words[-1] in {
        "reports",
        "claims",
        "suggestions",
        "rumours",
        "rumors",
        "allegations",
        "accusations",
        "fears",
        "hope",
        "hopes",
        "concern",
        "quote",
    } or (len(words) <= 4 and words[-1] == ",")


def _left_edge(reading: Reading, clauses: Sequence[Clause], at: int, quoted: Sequence[bool]) -> int:
    """Where what stands before a clause begins: the sentence, or behind the clause before."""
    floor = clauses[at - 1].after if at else 0
    for i in range(clauses[at].first - 1, floor, -1):
        if reading.words[i] == ";" and not quoted[i] and at:
            return i + 1
    if at and not clauses[at - 1].amid:
        for i in range(clauses[at].first - 2, floor, -1):
            if reading.words[i] in {"and", "but", "while"} and reading.words[i - 1] == ",":
                return i + 1
    if not at:
        floor = _behind_town(reading, clauses[0].first)
        while floor < clauses[0].first and (
            reading.words[floor] in {"•", "-", "–", "*"}
            or (reading.words[floor].isdigit() and reading.words[floor + 1] == ".")
            or (floor and reading.words[floor] == ".")
        ):
            floor += 1
    return floor


def _behind_town(reading: Reading, limit: int) -> int:
    """Behind "SAN TELMO:" at the head of a sentence."""
    for i, token in enumerate(reading.tokens[: min(5, limit)]):
        if token.text == ":":
            return i + 1 if i else 0
        if not token.text.isupper() or len(token.text) < 2:
            break
    return 0


def _behind(
    reading: Reading, clauses: Sequence[Clause], at: int, last: int
) -> list[tuple[int, int]]:
    """What goes on behind a clause that stands in the middle: "..., he said, ..."."""
    words = reading.words
    clause = clauses[at]
    start = clause.after
    if start >= last or (words[start] not in {",", ";", "–", "—", ":"} | OPENING and clause.first):
        return []
    while start < last and words[start] in {",", ";", "–", "—", ":", "and", "but"}:
        start += 1
    stop = clauses[at + 1].first if at + 1 < len(clauses) else last
    if at + 1 < len(clauses) and clauses[at + 1].amid and not clauses[at + 1].inverted:
        return []  # It belongs to the next source, which stands behind it.
    if start >= stop or words[start] in RELATIVE or _is_manner(words[start]):
        return []
    while stop > start and words[stop - 1] in _JOINTS:
        stop -= 1
    if stop - start < 2 and words[start] not in OPENING:
        return []
    if clause.inverted and words[start] not in OPENING:
        if not RELATIVE.isdisjoint(words[clause.end : start]):
            return []  # "said Rosa, whose brother, a guard, is there"
        return [(start, stop)] if is_clause(reading, reading.tokens[start:stop]) else []
    return [(start, stop)]


def _is_manner(word: str) -> bool:
    """Whether it opens how somebody spoke, not what was said: ", pointing at the gate"."""
    return word == "without" or (word.endswith("ing") and word not in _NOT_MANNER)


def _right_edge(
    reading: Reading,
    clauses: Sequence[Clause],
    at: int,
    start: int,
    last: int,
    quoted: Sequence[bool],
) -> int:
    words = reading.words
    stop = last
    if at + 1 < len(clauses):
        stop = max(start, clauses[at + 1].first)
    opened = any(words[i] == "(" for i in range(max(0, clauses[at].first - 12), clauses[at].first))
    closed = any(words[i] == ")" for i in range(max(0, clauses[at].first - 12), clauses[at].first))
    for i in range(start, stop):
        if not quoted[i] and (words[i] == ";" or (words[i] == ")" and opened and not closed)):
            stop = i
            break
    for i in range(start, stop - 2):
        if words[i] == "," and not quoted[i] and _VERDICTS.intersection(words[i + 1 : i + 3]):
            stop = i  # ", a charge that the army denies"
            break
    while stop > start and words[stop - 1] in _JOINTS and not quoted[stop - 1]:
        stop -= 1
    return stop


def _span(
    reading: Reading, first: int, stop: int, text: str, stretches: Sequence[Span]
) -> Span | None:
    if first >= stop:
        return None
    tokens = reading.tokens
    span = bare(text, Span(tokens[first].start, tokens[stop - 1].end))
    if span.end <= span.start:
        return None
    stretch = stretch_at(stretches, span.start)
    if stretch is not None and span.start <= stretch.start + 1 and span.end >= stretch.end:
        rest = bare(text, Span(stretch.end, span.end))
        if rest.end <= rest.start:
            return inside(text, stretch)
    if stretch is not None and stretch.end > span.end and span.start == stretch.start:
        return Span(span.start + 1, span.end)
    opened = stretch_at(stretches, span.end - 1)
    if opened is not None and opened.start < span.start and opened.end == span.end:
        return bare(text, Span(span.start, span.end - 1))
    return span
