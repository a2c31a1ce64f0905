"""Find where an altered quote stands: rare pieces propose places, an aligner measures them.

Pieces of the quote are looked up in the text; around each hit a window is aligned with the
whole quote. The number of pieces and windows is bounded, so a quote costs a few scans of the
text however long or hostile either is.

Source: the pieces are the pigeonhole filter of approximate search (of k + 1 pieces, k edits
leave one whole); the aligner is edlib's bit-parallel semi-global alignment (Šošić and Šikić,
2017).

This module loads the alignment libraries; it is itself loaded when a quote needs it.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple

import edlib
from rapidfuzz.distance import Postfix, Prefix

from dateline.grounding.agreement import Agreement, agree
from dateline.grounding.boundaries import Edge, edge, gap, occurrences
from dateline.grounding.words import Words
from dateline.spans import Span

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from dateline.grounding.folding import Folded

MAX_EDIT_RATIO = 0.34
"""Edits per character of the quote up to which a place is looked at; its words then decide."""

_MIN_WORDS = 3
_MIN_CHARACTERS = 10
_LONGEST_QUOTE = 4000
_PIECE = 14
_PIECES = 6
_LONGEST_PIECE = 24
_SEED_WORDS = 6
_HITS = 24
_WINDOWS = 64
_SLACK = 16
_LONGEST_WORD = 48
_MORE_WORDS = 6
_WIDER = 80
_EDGE_MARKS = " \"'.,;:!?()[]-"
_LETTERS = re.compile(r"\w{3,}")


class Aligned(NamedTuple):
    """A place in the folded text that agrees with the quote, or almost does."""

    start: int
    end: int
    altered: bool


class AlteredQuote:
    """A quote that does not stand in the text as it is, made ready to be aligned.

    Args:
        quote: folded, without outer quote marks and punctuation.
        lower: the same in lower case, of the same length.
    """

    def __init__(self, quote: str, lower: str) -> None:
        self.quote = quote
        self.lower = lower
        self.budget = max(3, int(MAX_EDIT_RATIO * len(lower)))
        words = lower.count(" ") + 1
        if not lower.isascii():
            words = max(words, len(self.words))
        self.size = words

    @cached_property
    def words(self) -> Words:
        """The quote's words."""
        return Words(self.quote, self.lower, 0, len(self.quote))

    def find(self, text: Folded, spans: Sequence[Span], near: Span | None) -> Aligned | None:
        """The best place within ``spans``, all in folded positions.

        Args:
            text: the folded text.
            spans: where to look, sorted.
            near: of places equally good the one nearest to this is taken, else the first.

        Returns:
            The place; one with ``altered`` set if the only near match differs in a number, a
            negation or a name; None if nothing is near.
        """
        if self.size < _MIN_WORDS or not _MIN_CHARACTERS <= len(self.lower) <= _LONGEST_QUOTE:
            return None
        altered: Aligned | None = None
        seen: set[int] = set()
        for offset, seed in self._seeds():
            best: tuple[int, int, Aligned] | None = None
            for hit in _hits(text.lower, seed, spans):
                place = (hit - offset) // 32
                if not seen.isdisjoint((place - 1, place, place + 1)):
                    continue
                seen.add(place)
                span = spans[bisect_right(spans, (hit, len(text.text))) - 1]
                verdict = self._judge(text, hit - offset, span)
                if verdict.verdict == "different":
                    continue
                found = Aligned(verdict.start, verdict.end, verdict.verdict == "altered")
                if found.altered:
                    altered = altered or found
                    continue
                rank = verdict.cost, gap(found.start, found.end, near) if near else 0, found
                best = rank if best is None else min(best, rank)
            if best is not None:
                return best[2]
            if len(seen) >= _WINDOWS:
                break
        return altered

    def _judge(self, text: Folded, start: int, span: Span) -> Agreement:
        """Align the quote with the text around ``start`` and compare the words there."""
        reach = self.budget + _SLACK
        begin = max(span.start, start - reach)
        end = min(span.end, start + len(self.lower) + reach)
        place = self._locate(text.lower[begin:end])
        if place is None:
            return Agreement("different")
        first, last = _whole_words(text.lower, begin + place[0], begin + place[1], span)
        verdict = self._compare(text, first, last)
        if verdict.verdict != "same" or verdict.ragged:
            # Where words are left out near an end, the aligner gives up the end instead.
            wider = self._compare(text, *_more_words(text.lower, first, last, span))
            if wider.verdict != "different" and (
                verdict.verdict != "same" or (wider.verdict == "same" and wider.cost < verdict.cost)
            ):
                verdict = wider
        if verdict.verdict == "different" or (
            edge(text.text, verdict.start, verdict.end) is Edge.BROKEN
        ):
            return Agreement("different")
        return verdict

    def _compare(self, text: Folded, first: int, last: int) -> Agreement:
        """Compare the words of ``text[first:last]``, past those that begin and end both alike."""
        quote, lower = self.lower, text.lower
        there = lower[first:last]
        same = Prefix.similarity(quote, there)
        head = quote.rfind(" ", 0, same) + 1
        same = min(Postfix.similarity(quote, there), len(quote) - head, len(there) - head)
        tail = quote.find(" ", len(quote) - same) if same else -1
        foot = 0 if tail < 0 else len(quote) - tail
        if head + foot > len(there):
            foot = 0
        verdict = agree(
            Words(self.quote, quote, head, len(quote) - foot),
            Words(text.text, lower, first + head, last - foot),
            size=self.size,
            lead=not head,
            tail=not foot,
            is_a_word=lambda spelling: _stands(text, spelling),
        )
        if verdict.verdict == "different":
            return verdict
        return verdict._replace(
            start=first if head else verdict.start, end=last if foot else verdict.end
        )

    def _locate(self, window: str) -> tuple[int, int] | None:
        """Where in ``window`` the quote fits with the fewest edits, if within the budget."""
        quote, codes = self._coded
        if codes is None:
            coded = window.encode("ascii", "replace")
        else:
            code = codes.get
            coded = bytes([code(char, 0) for char in window])
        if not coded:
            return None
        result = edlib.align(quote, coded, mode="HW", task="locations", k=self.budget)
        if result["editDistance"] < 0:
            return None
        first, last = result["locations"][0]
        return first or 0, last + 1

    @cached_property
    def _coded(self) -> tuple[bytes, dict[str, int] | None]:
        """The quote for the aligner, which knows 256 symbols: its own characters, and the rest."""
        if self.lower.isascii():
            return self.lower.encode(), None
        codes = {char: min(n, 255) for n, char in enumerate(sorted(set(self.lower)), 1)}
        return bytes(map(codes.__getitem__, self.lower)), codes

    def _seeds(self) -> Iterator[tuple[int, str]]:
        """Equal pieces from the middle outwards, then the longest words: rare, mostly unhurt."""
        quote = self.lower
        count = min(_PIECES, max(1, len(quote) // _PIECE))
        size = len(quote) // count
        for index in sorted(range(count), key=lambda n: abs(n - count // 2)):
            at = index * size
            yield at, quote[at : at + min(size, _LONGEST_PIECE)]
        words = sorted(_LETTERS.finditer(quote), key=lambda word: word.start() - word.end())
        for word in words[:_SEED_WORDS]:
            yield word.start(), word[0]


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


def _whole_words(text: str, start: int, end: int, span: Span) -> tuple[int, int]:
    """Widen a range to the blanks around it, less punctuation at its ends."""
    low = max(span.start, start - _LONGEST_WORD)
    high = min(span.end, end + _LONGEST_WORD)
    first = text.rfind(" ", low, start + 1) + 1 or low
    last = text.find(" ", end - 1, high)
    last = high if last < 0 else last
    stretch = text[first:last]
    first += len(stretch) - len(stretch.lstrip(_EDGE_MARKS))
    return first, max(first, last - len(stretch) + len(stretch.rstrip(_EDGE_MARKS)))


def _more_words(text: str, start: int, end: int, span: Span) -> tuple[int, int]:
    """Widen a range by a few words on either side."""
    low, high = max(span.start, start - _WIDER), min(span.end, end + _WIDER)
    before = text[low:start].split(" ")[-_MORE_WORDS - 1 :]
    after = text[end:high].split(" ")[: _MORE_WORDS + 1]
    return start - len(" ".join(before)), end + len(" ".join(after))


def _stands(text: Folded, spelling: str) -> bool:
    whole = Span(0, len(text.lower))
    return next(occurrences(text.lower, spelling, whole), None) is not None
