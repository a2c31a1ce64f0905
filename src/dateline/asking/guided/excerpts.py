"""The words of a sentence that support an event: the clause that tells of it, not who told it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dateline.spans import Span

if TYPE_CHECKING:
    from collections.abc import Sequence

    from dateline.asking.guided.happenings import Happening
    from dateline.asking.guided.reading import Reading

_PARTING = frozenset(
    {"while", "but", "although", "though", "whereas", "which", "said", "says", "according"}
)
_STOPS = frozenset({".", "!", "?", "…"})
_OPENING = frozenset({"“", '"', "«", "‘", "•", "-", "–", "—", "'"})
_CLOSING = frozenset({"”", '"', "»", "’", "'"})


def excerpt(
    reading: Reading,
    tellings: Sequence[Happening],
    needed: Sequence[Span],
    contents: Sequence[Span],
) -> Span:
    """The part of a sentence that tells of an event.

    Args:
        tellings: what this sentence tells of the event; the whole sentence where it is nothing.
        needed: spans that must stay inside, such as the event's numbers.
        contents: what this sentence reports of its sources, without source and cue.
    """
    whole = _trimmed(reading, 0, len(reading.tokens))
    if not tellings:
        return whole
    triggers = [reading.tokens[h.head.first] for h in tellings]
    spans = [Span(t.start, t.end) for t in triggers]
    inside = [span for span in needed if span.within(reading.span)]
    for content in contents:
        if all(span.within(content) for span in (*spans, *inside)):
            first, last = reading.at(content.start), reading.at(content.end)
            return _clause(reading, first, last, [*spans, *inside])
    return _clause(reading, 0, len(reading.tokens), [*spans, *inside])


def _clause(reading: Reading, first: int, last: int, needed: Sequence[Span]) -> Span:
    """The stretch between two partings that holds all that is needed."""
    words = reading.words
    at = min(reading.at(span.start) for span in needed)
    end = max(reading.at(span.end) for span in needed)
    for i in range(at, first, -1):
        if words[i] == ";" or (words[i] in _PARTING and words[i - 1] == ","):
            first = i + 1 if words[i] == ";" or words[i] in {"but"} else first
            break
    for i in range(end, last):
        if words[i] == ";" or (words[i] == "," and i + 1 < last and words[i + 1] in _PARTING):
            last = i
            break
    return _trimmed(reading, first, last)


def _trimmed(reading: Reading, first: int, last: int) -> Span:
    tokens = reading.tokens
    while last - first > 1 and (
        tokens[last - 1].text in _STOPS or tokens[last - 1].text in {",", ";", ":"}
    ):
        last -= 1
    if tokens[last - 1].text in _CLOSING and not _opened(reading, first, last - 1):
        last -= 1
    while last - first > 1 and tokens[first].text in _OPENING and not _closed(reading, first, last):
        first += 1
    return Span(tokens[first].start, tokens[last - 1].end)


def _opened(reading: Reading, first: int, last: int) -> bool:
    return any(token.text in _OPENING for token in reading.tokens[first:last])


def _closed(reading: Reading, first: int, last: int) -> bool:
    return any(token.text in _CLOSING for token in reading.tokens[first + 1 : last])
