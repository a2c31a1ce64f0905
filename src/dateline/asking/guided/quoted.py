"""Quotation marks: which stretches of a text are quoted, and what stands inside them."""

from __future__ import annotations

from bisect import bisect_right
from typing import TYPE_CHECKING

from dateline.spans import Span

if TYPE_CHECKING:
    from collections.abc import Sequence

    from dateline.asking.guided.reading import Reading

OPENING = frozenset('“«"')
CLOSING = frozenset('”»"')
MARKS = OPENING | CLOSING
_SINGLE_OPENING = frozenset("‘'„")
_SINGLE_CLOSING = frozenset("’'“")
_EDGES = " \t\n\u00a0\u202f,;:–—-…"


def quotations(readings: Sequence[Reading]) -> list[Span]:
    """Quoted stretches with their marks, paragraph by paragraph, in the order of the text.

    Single marks have been read as double ones (see ``single_marks``).
    A curly one that is never closed ends with its paragraph: the next one goes on with it.
    """
    found: list[Span] = []
    start: int | None = None
    straight = False
    last = paragraph = -1
    for reading in readings:
        if reading.paragraph != paragraph:
            if start is not None and not straight:
                found.append(Span(start, last))
            start, paragraph = None, reading.paragraph
        for token in reading.tokens:
            if token.text in "“«" or (token.text == '"' and start is None):
                if start is None:
                    start, straight = token.start, token.text == '"'
            elif token.text in CLOSING and start is not None:
                found.append(Span(start, token.end))
                start = None
        last = reading.span.end
    if start is not None and not straight:
        found.append(Span(start, last))
    return found


def stretch_at(stretches: Sequence[Span], offset: int) -> Span | None:
    """The quoted stretch that holds ``offset``; None outside quotation marks."""
    at = bisect_right(stretches, (offset, 1 << 62)) - 1
    return stretches[at] if at >= 0 and stretches[at].start <= offset < stretches[at].end else None


def inside(text: str, stretch: Span) -> Span:
    """What stands between the marks, without a final comma or full stop."""
    start, end = stretch
    if start < end and text[start] in OPENING | _SINGLE_OPENING:
        start += 1
    if end > start and text[end - 1] in CLOSING | _SINGLE_CLOSING:
        end -= 1
    return bare(text, Span(start, end))


def bare(text: str, span: Span) -> Span:
    """A span without blanks, commas and dashes around it and without the final full stop."""
    start, end = span
    while start < end and text[start] in _EDGES:
        start += 1
    while end > start and (text[end - 1] in _EDGES or text[end - 1] == "."):
        if text[end - 1] == "." and _abbreviated(text, start, end - 1):
            break
        end -= 1
    return Span(start, max(start, end))


def _abbreviated(text: str, start: int, stop: int) -> bool:
    """Whether the full stop at ``stop`` belongs to an initial or to letters such as "a.m."."""
    return (
        stop > start + 1
        and text[stop - 1].isalpha()
        and (text[stop - 2] == "." or (text[stop - 1].isupper() and text[stop - 2] == " "))
    )
