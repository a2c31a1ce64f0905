"""Find where an altered quote stands: rare pieces propose places, an aligner measures them.

Pieces of the quote are looked up in the text; around each hit a window is aligned with the
whole quote. The number of pieces and windows is bounded, so a quote costs a few scans of the
text however long or hostile either is.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from typing import TYPE_CHECKING, NamedTuple

from dateline.grounding.agreement import agree
from dateline.grounding.boundaries import Edge, edge, gap
from dateline.grounding.words import Word, words
from dateline.spans import Span

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from dateline.grounding.folding import Folded

MAX_EDIT_RATIO = 0.34
"""Edits per character of the quote up to which a place is looked at; its words then decide."""

_MIN_WORDS = 3
_MIN_CHARACTERS = 10
_PIECE = 14
_PIECES = 6
_SEED_WORDS = 6
_HITS = 24
_WINDOWS = 64
_LONGEST_QUOTE = 4000


class Aligned(NamedTuple):
    """A place in the folded text that agrees with the quote, or almost does."""

    start: int
    end: int
    altered: bool


def align(
    quote: str, lower: str, text: Folded, spans: Sequence[Span], near: Span | None
) -> Aligned | None:
    """The best place for an altered quote within ``spans``, all in folded positions.

    Args:
        quote: folded, without outer quote marks; ``lower`` is the same in lower case.
        near: of places equally good, the one nearest to this is taken, else the first.

    Returns:
        The place; one with ``altered`` set if the only near match differs in a number, a
        negation or a name; None if nothing is near.
    """
    quoted = words(quote, lower, 0, len(quote))
    if len(quoted) < _MIN_WORDS or not _MIN_CHARACTERS <= len(lower) <= _LONGEST_QUOTE:
        return None
    starts = [span.start for span in spans]
    budget = max(3, int(MAX_EDIT_RATIO * len(lower)))
    best: tuple[int, int, int] | None = None
    altered: Aligned | None = None
    aligner = _Aligner(lower, budget)
    looked: dict[int, int] = {}
    tried = 0
    for seeds in (_pieces(lower), _long_words(lower, quoted)):
        for offset, seed in seeds:
            for hit in _hits(text.lower, seed, spans):
                span = spans[bisect_right(starts, hit) - 1]
                begin = max(span.start, hit - offset - budget - 16)
                bucket = (hit - offset) // 32
                if bucket in looked or bucket - 1 in looked or bucket + 1 in looked:
                    continue
                looked[bucket] = hit
                tried += 1
                if tried > _WINDOWS:
                    break
                end = min(span.end, hit - offset + len(lower) + budget + 16)
                place = aligner.locate(text.lower, begin, end)
                if place is None:
                    continue
                judged = _judge(quoted, text, begin, end, place)
                if judged is None:
                    continue
                found, cost = judged
                if found.altered:
                    altered = altered or found
                    continue
                distance = gap(found.start, found.end, near) if near else 0
                rank = (cost, distance, found.start)
                if best is None or rank < best:
                    best, end_of_best = rank, found.end
            if best is not None:
                return Aligned(best[2], end_of_best, False)
    return altered


def _judge(
    quoted: list[Word], text: Folded, begin: int, end: int, place: tuple[int, int]
) -> tuple[Aligned, int] | None:
    around = words(text.text, text.lower, begin, end)
    here = [word for word in around if word.end > place[0] and word.start < place[1]]
    if not here:
        return None

    def is_a_word(spelling: str) -> bool:
        return re.search(rf"(?<!\w){re.escape(spelling)}(?!\w)", text.lower) is not None

    verdict = agree(quoted, here, is_a_word=is_a_word)
    if verdict.verdict == "different":
        return None
    start, stop = here[verdict.first].start, here[verdict.last].end
    if edge(text.text, start, stop) is Edge.BROKEN:
        return None
    return Aligned(start, stop, verdict.verdict == "altered"), verdict.cost


class _Aligner:
    """Aligns one quote with many windows."""

    def __init__(self, quote: str, budget: int) -> None:
        import edlib

        self._align = edlib.align
        self._budget = budget
        self._codes: dict[str, int] | None = None
        if quote.isascii():
            self._quote = quote.encode()
        else:
            # The aligner knows 256 symbols: one for each character of the quote, one for the rest.
            self._codes = {char: min(n, 255) for n, char in enumerate(sorted(set(quote)), 1)}
            self._quote = bytes(map(self._codes.__getitem__, quote))

    def locate(self, text: str, begin: int, end: int) -> tuple[int, int] | None:
        """Where in ``text[begin:end]`` the quote fits with the fewest edits, in ``text``."""
        window = text[begin:end]
        if self._codes is None:
            coded = window.encode("ascii", "replace")
        else:
            code = self._codes.get
            coded = bytes([code(char, 0) for char in window])
        if not coded:
            return None
        result = self._align(self._quote, coded, mode="HW", task="locations", k=self._budget)
        if result["editDistance"] < 0:
            return None
        first, last = result["locations"][0]
        return begin + (first or 0), begin + last + 1


def _pieces(quote: str) -> Iterator[tuple[int, str]]:
    """Equal pieces of the quote, from the middle outwards: few edits leave most of them whole."""
    count = min(_PIECES, max(1, len(quote) // _PIECE))
    size = len(quote) // count
    for index in sorted(range(count), key=lambda n: abs(n - count // 2)):
        yield index * size, quote[index * size : index * size + min(size, 24)]


def _long_words(quote: str, quoted: list[Word]) -> Iterator[tuple[int, str]]:
    longest = sorted(quoted, key=lambda word: word.start - word.end)[:_SEED_WORDS]
    for word in longest:
        if word.end - word.start > 2:
            yield word.start, quote[word.start : word.end]


def _hits(text: str, seed: str, spans: Sequence[Span]) -> Iterator[int]:
    found = 0
    for span in spans:
        at = text.find(seed, span.start, span.end)
        while at >= 0:
            yield at
            found += 1
            if found >= _HITS:
                return
            at = text.find(seed, at + len(seed), span.end)
