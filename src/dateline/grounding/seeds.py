"""Pieces of a quote that are looked up in the text to propose where the quote may stand."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from dateline.spans import Span

MOST_HITS = 24
"""A piece that stands at more places than this is too common to propose any."""

_PIECE = 14
_UNSPACED_PIECE = 3
_PIECES = 6
_LONGEST_PIECE = 24
_SEED_WORDS = 6
_LETTERS = re.compile(r"\w{3,}")
_FROM_THE_MIDDLE = [
    [], [0], [1, 0], [1, 0, 2], [2, 1, 3, 0], [2, 1, 3, 0, 4], [3, 2, 4, 1, 5, 0],
]  # fmt: skip


def first_piece(quote: str) -> tuple[int, str]:
    """The middle piece of a quote, with its place in it: the piece to look for first."""
    count, size = _pieces(quote)
    at = count // 2 * size  # As _FROM_THE_MIDDLE has it.
    return at, quote[at : at + min(size, _LONGEST_PIECE)]


def other_pieces(quote: str) -> Iterator[tuple[int, str]]:
    """The other pieces from the middle outwards, then the longest words.

    Few edits leave most pieces whole, and long words are rare.

    Source: the pigeonhole filter of approximate search: of k + 1 pieces, k edits leave one whole.
    """
    count, size = _pieces(quote)
    for rank in range(1, count):
        yield _piece(quote, count, size, rank)
    words = sorted(_LETTERS.finditer(quote), key=lambda word: word.start() - word.end())
    for word in words[: max(2, _SEED_WORDS - count)]:
        yield word.start(), word[0]


def places(text: str, piece: str, spans: Sequence[Span]) -> list[int]:
    """Where ``piece`` stands within ``spans``, in order; ``MOST_HITS`` places at most."""
    found: list[int] = []
    for start, end in spans:
        at = text.find(piece, start, end)
        while at >= 0:
            found.append(at)
            if len(found) == MOST_HITS:
                return found
            at = text.find(piece, at + 1, end)  # a piece may overlap itself
    return found


def _pieces(quote: str) -> tuple[int, int]:
    piece = _PIECE if quote.isascii() or " " in quote else _UNSPACED_PIECE
    count = min(_PIECES, max(1, len(quote) // piece))
    return count, len(quote) // count


def _piece(quote: str, count: int, size: int, rank: int) -> tuple[int, str]:
    at = _FROM_THE_MIDDLE[count][rank] * size
    return at, quote[at : at + min(size, _LONGEST_PIECE)]
