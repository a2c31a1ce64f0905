"""Cut long articles into chunks that a model can read, at sentence boundaries."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

from dateline.spans import Span

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

_FULL_ENOUGH = 0.6
_SEPARATOR = "\n\n"


@dataclass(frozen=True, slots=True)
class Chunk:
    """A part of an article as it is shown to a model.

    ``spans`` are the parts of the original it holds, in order, in code points; ``text`` is those
    parts with the blanks of the original between them, or a blank line where something else
    stands between them in the original.
    """

    spans: tuple[Span, ...]
    text: str

    @property
    def start(self) -> int:
        """Where the chunk begins in the original."""
        return self.spans[0].start

    @property
    def end(self) -> int:
        """Where the chunk ends in the original; parts between its spans may not belong to it."""
        return self.spans[-1].end


def chunks(
    spans: Sequence[Span], *, text: str, max_chars: int, overlap_sentences: int = 0
) -> list[Chunk]:
    """Cut ``spans`` of ``text`` into chunks of at most ``max_chars`` characters each.

    What fits into one chunk is one chunk, and is not looked at more closely. Otherwise chunks end
    where a sentence ends, by preference the last one of a paragraph; a sentence longer than a
    chunk is cut between words. Every non-blank character of the spans is in a chunk, in order.

    Args:
        spans: what may be shown, sorted, in code points into ``text``; may be sentences.
        text: the original.
        max_chars: the most code points that ``Chunk.text`` has.
        overlap_sentences: how many sentences at the end of a chunk the next one begins with
            again, as far as there is room.

    Returns:
        Chunks in text order; none if the spans hold nothing but blanks.

    Raises:
        ValueError: ``max_chars`` is not positive or ``overlap_sentences`` is negative.
    """
    if max_chars < 1 or overlap_sentences < 0:
        raise ValueError("max_chars must be positive and overlap_sentences not negative")
    parts = [trimmed for span in spans if (trimmed := _trimmed(text, *span)) is not None]
    if not parts:
        return []
    if sum(end - start for start, end in parts) <= max_chars:
        whole = _chunk(text, parts)
        if len(whole.text) <= max_chars:
            return [whole]

    from dateline.sentences import split_sentences

    pieces: list[_Piece] = []
    for number, part in enumerate(parts):
        for sentence in split_sentences(text, [part]):
            pieces += (_Piece(piece, number) for piece in _cut(text, sentence, max_chars))
    return [_joined(text, group) for group in _packed(text, pieces, max_chars, overlap_sentences)]


@dataclass(frozen=True, slots=True)
class _Piece:
    """A sentence, or a part of one, and the number of the span that it comes from."""

    span: Span
    source: int


def _packed(
    text: str, pieces: Sequence[_Piece], max_chars: int, overlap: int
) -> Iterable[Sequence[_Piece]]:
    first = 0
    fresh = 0  # the first piece that no chunk holds yet
    while fresh < len(pieces):
        size = 0
        paragraph = 0  # the last place where a paragraph ends and the chunk is full enough
        last = first
        while last < len(pieces):
            gap = _gap(text, pieces[last - 1].span, pieces[last].span) if last > first else ""
            grown = size + len(gap) + pieces[last].span.end - pieces[last].span.start
            if last > first and grown > max_chars:
                break
            if "\n\n" in gap and last > fresh and size >= _FULL_ENOUGH * max_chars:
                paragraph = last
            size = grown
            last += 1
        if last <= fresh:
            first += 1  # the overlap left no room for anything new
            continue
        if paragraph and last < len(pieces):
            last = paragraph
        yield pieces[first:last]
        fresh = last
        first = max(first + 1, last - overlap)


def _joined(text: str, pieces: Sequence[_Piece]) -> Chunk:
    spans: list[Span] = []
    source = -1
    for piece in pieces:
        if piece.source == source:
            spans[-1] = Span(spans[-1].start, piece.span.end)
        else:
            spans.append(piece.span)
            source = piece.source
    return _chunk(text, spans)


def _chunk(text: str, spans: Sequence[Span]) -> Chunk:
    shown = [text[spans[0].start : spans[0].end]]
    for before, span in pairwise(spans):
        shown += (_gap(text, before, span), text[span.start : span.end])
    return Chunk(tuple(spans), "".join(shown))


def _gap(text: str, before: Span, after: Span) -> str:
    """What stands between two parts in a chunk."""
    between = text[before.end : after.start]
    return between if not between or between.isspace() else _SEPARATOR


def _trimmed(text: str, start: int, end: int) -> Span | None:
    piece = text[start:end]
    body = piece.strip()
    if not body:
        return None
    start += len(piece) - len(piece.lstrip())
    return Span(start, start + len(body))


def _cut(text: str, sentence: Span, max_chars: int) -> Iterable[Span]:
    """The sentence in pieces of at most ``max_chars``, cut at blanks where it has any."""
    start, end = sentence
    while end - start > max_chars:
        stop = _last_blank(text, start, start + max_chars)
        piece = _trimmed(text, start, stop)
        if piece is not None:
            yield piece
        start = stop
    last = _trimmed(text, start, end)
    if last is not None:
        yield last


def _last_blank(text: str, start: int, limit: int) -> int:
    """Where to cut ``text[start:limit + 1]``: before a blank, else never before a mark."""
    for at in range(limit, start, -1):
        if text[at].isspace():
            return at
    at = limit
    while at > start + 1 and unicodedata.category(text[at])[0] == "M":
        at -= 1
    return at if at > start + 1 else limit
