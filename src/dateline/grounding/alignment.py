"""Find where an altered quote stands: rare pieces propose places, an aligner measures them.

Around each place that a piece of the quote proposes, the quote's own ends are looked for; if
one is altered, a window is aligned with the whole quote. Then the words are compared. The
number of pieces and windows is bounded, so a quote costs a few scans of the text however long
or hostile either is.

Source: edlib's bit-parallel semi-global alignment (Šošić and Šikić, 2017).

This module loads the alignment libraries; it is itself loaded when a quote needs it.
"""

from __future__ import annotations

from bisect import bisect_right
from functools import cached_property, partial
from typing import TYPE_CHECKING, NamedTuple

import edlib
from rapidfuzz.distance import Postfix, Prefix

from dateline.grounding.agreement import Agreement, agree, is_slip
from dateline.grounding.boundaries import Edge, edge, gap, occurrences
from dateline.grounding.pairing import EDGE_MARKS, pair
from dateline.grounding.seeds import other_pieces, places
from dateline.grounding.words import Words
from dateline.spans import Span

if TYPE_CHECKING:
    from collections.abc import Sequence

    from dateline.grounding.folding import Folded

MAX_EDIT_RATIO = 0.34
"""Edits per character of the quote up to which a place is looked at; its words then decide."""

_alike_at_start, _alike_at_end = Prefix.similarity, Postfix.similarity
_MIN_WORDS = 3
_MIN_CHARACTERS = 10
_MIN_UNSPACED = 6
_LONGEST_QUOTE = 4000
_WINDOWS = 64
_SAME_PLACE = 32
_NEAR_END, _FAR_END = 4, 8
_DRIFT = 3
_SLACK = 16
_LONGEST_WORD = 48
_MOST_ENDS = 4
_WIDER = 80
_RANK = {"same": 0, "altered": 1, "different": 2}


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
        self.shortest = _MIN_CHARACTERS if " " in lower else _MIN_UNSPACED

    @cached_property
    def _end_words(self) -> tuple[str, str]:
        """The first and the last word, in lower case."""
        words = self.lower.split()
        return words[0].rstrip(EDGE_MARKS), words[-1].lstrip(EDGE_MARKS)

    @cached_property
    def words(self) -> Words:
        """The quote's words."""
        return Words(self.quote, self.lower, 0, len(self.quote))

    def find(
        self,
        text: Folded,
        spans: Sequence[Span],
        near: Span | None,
        proposed: Sequence[int],
    ) -> Aligned | None:
        """The best place within ``spans``, all in folded positions.

        Args:
            text: the folded text.
            spans: where to look, sorted.
            near: of places equally good the one nearest to this is taken, else the first.
            proposed: where the quote would begin, by the places of its first piece.

        Returns:
            The place; one with ``altered`` set if the only near match differs in a number, a
            negation or a name; None if nothing is near.
        """
        if self.size < _MIN_WORDS or not self.shortest <= len(self.lower) <= _LONGEST_QUOTE:
            return None
        seen: set[int] = set()
        found = self._best(text, spans, near, proposed, seen)
        if found is not None and not found.altered:
            return found
        altered = found
        for offset, piece in other_pieces(self.lower):
            if len(seen) >= _WINDOWS:
                break
            starts = [at - offset for at in places(text.lower, piece, spans)]
            found = self._best(text, spans, near, starts, seen)
            if found is not None and not found.altered:
                return found
            altered = altered or found
        return altered

    def _best(
        self,
        text: Folded,
        spans: Sequence[Span],
        near: Span | None,
        starts: Sequence[int],
        seen: set[int],
    ) -> Aligned | None:
        """The best of the places where the quote may begin; places seen before are left out."""
        best: tuple[bool, int, int, int, int] | None = None
        for start in starts:
            place = start // _SAME_PLACE
            if seen and not seen.isdisjoint((place - 1, place, place + 1)):
                continue
            seen.add(place)
            span = spans[0]
            if len(spans) > 1:
                middle = start + len(self.lower) // 2
                span = spans[max(0, bisect_right(spans, (middle, len(text.text))) - 1)]
            verdict = self._judge(text, start, span)
            if verdict.verdict == "different":
                continue
            distance = gap(verdict.start, verdict.end, near) if near else 0
            altered = verdict.verdict == "altered"
            rank = altered, verdict.cost, distance, verdict.start, verdict.end
            if best is None or rank < best:
                best = rank
        return None if best is None else Aligned(best[3], best[4], best[0])

    def _judge(self, text: Folded, start: int, span: Span) -> Agreement:
        """Align the quote with the text around ``start`` and compare the words there."""
        size = len(self.lower)
        reach = self.budget + _SLACK
        begin = max(span.start, start - reach)
        end = min(span.end, start + size + reach)
        verdict = self._between_ends(text, start, begin, end)
        if verdict is not None:
            return verdict
        place = self._locate(text.lower[begin:end])
        if place is None:
            return Agreement("different")
        first, last = _whole_words(text.lower, begin + place[0], begin + place[1], span)
        verdict = self._compare(text, first, last)
        if verdict.verdict != "same" or verdict.ragged:
            verdict = self._from_word_to_word(text, first, last, span, verdict)
        if verdict.verdict == "different" or (
            edge(text.text, verdict.start, verdict.end) is Edge.BROKEN
        ):
            return Agreement("different")
        return verdict

    def _from_word_to_word(
        self, text: Folded, first: int, last: int, span: Span, narrow: Agreement
    ) -> Agreement:
        """Try the places near the ends where the quote's first and last words stand.

        Where words next to an end are changed, the aligner tends to give up the end.
        """
        head, tail = self._end_words
        low, high = max(span.start, first - _WIDER), min(span.end, last + _WIDER)
        starts = [first, *_word_starts(text.lower, head, low, min(high, first + _WIDER), first)]
        stops = _word_starts(text.lower, tail, max(low, last - _WIDER), high, last)
        best, shortest = narrow, last - first
        for start in starts:
            for stop in (last, *(stop + len(tail) for stop in stops)):
                if start >= stop or (start, stop) == (first, last):
                    continue
                verdict = self._compare(text, start, stop)
                rank = _RANK[verdict.verdict], verdict.cost, stop - start
                if rank < (_RANK[best.verdict], best.cost, shortest):
                    best, shortest = verdict, stop - start
        return best

    def _between_ends(self, text: Folded, start: int, begin: int, end: int) -> Agreement | None:
        """Compare what stands between the quote's first and last letters, if they are there."""
        lower, quote = text.lower, self.lower
        size = len(quote)
        low = start - _DRIFT
        first = lower.rfind(quote[:_NEAR_END], low if low > begin else begin, start + _DRIFT + 4)
        if first < 0:
            first = lower.rfind(quote[:_FAR_END], begin, max(begin, start + size // 2))
            if first < 0:
                return None
        stop = start + size
        last = lower.find(quote[-_NEAR_END:], max(first, stop - _DRIFT - 4), stop + _DRIFT)
        last += _NEAR_END
        if last < _NEAR_END or last > end:
            last = lower.find(quote[-_FAR_END:], max(first, start + size // 2), end) + _FAR_END
            if last < _FAR_END:
                return None
        if edge(text.text, first, last) is Edge.BROKEN:
            return None
        verdict = self._compare(text, first, last)
        return verdict if verdict.verdict == "same" and not verdict.ragged else None

    def _compare(self, text: Folded, first: int, last: int) -> Agreement:
        """Compare the words of ``text[first:last]``, past those that begin and end both alike."""
        quote, lower = self.lower, text.lower
        there = lower[first:last]
        same = _alike_at_start(quote, there)
        head = quote.rfind(" ", 0, same) + 1
        same = min(_alike_at_end(quote, there), len(quote) - head, len(there) - head)
        if head and same == len(quote) - head and there[-same - 1] == " ":
            extra = Words(text.text, lower, first + head, last - same)
            if len(extra) <= max(1, self.size // 4) and not extra.any_fixed:
                return Agreement("same", first, last, len(extra))
        tail = quote.find(" ", len(quote) - same) if same else -1
        foot = 0 if tail < 0 else len(quote) - tail
        if head + foot > len(there):
            foot = 0

        written, meant = quote[head : len(quote) - foot], there[head : len(there) - foot]
        is_a_word = partial(_stands, text)
        if (head or foot) and written.isalpha() and meant.isalpha() and meant.isascii():
            name = text.text[first + head].isupper() or self.quote[head].isupper()
            if is_slip(written, meant, name=name, is_a_word=is_a_word):
                return Agreement("same", first, last, 1)
        cost = pair(
            written,
            meant,
            quote_case=self.quote[head : len(quote) - foot],
            text_case=text.text[first + head : last - foot],
            size=self.size,
            lead=not head,
            tail=not foot,
            is_a_word=is_a_word,
        )
        if cost is not None:
            return Agreement("same", first, last, cost)
        verdict = agree(
            Words(self.quote, quote, head, len(quote) - foot),
            Words(text.text, lower, first + head, last - foot),
            size=self.size,
            lead=not head,
            tail=not foot,
            is_a_word=is_a_word,
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


def _whole_words(text: str, start: int, end: int, span: Span) -> tuple[int, int]:
    """Widen a range to the blanks around it, less punctuation at its ends."""
    low = max(span.start, start - _LONGEST_WORD)
    high = min(span.end, end + _LONGEST_WORD)
    first = text.rfind(" ", low, start + 1) + 1 or low
    last = text.find(" ", end - 1, high)
    last = high if last < 0 else last
    stretch = text[first:last]
    first += len(stretch) - len(stretch.lstrip(EDGE_MARKS))
    return first, max(first, last - len(stretch) + len(stretch.rstrip(EDGE_MARKS)))


def _word_starts(text: str, word: str, low: int, high: int, near: int) -> list[int]:
    """A few places between ``low`` and ``high`` where ``word`` begins, nearest first."""
    if not word:
        return []
    found = [at for at, _ in occurrences(text, word, Span(low, high))]
    return sorted(found, key=lambda at: abs(at - near))[:_MOST_ENDS]


def _stands(text: Folded, spelling: str) -> bool:
    lower = text.lower
    if spelling not in lower:
        return False
    return next(occurrences(lower, spelling, Span(0, len(lower))), None) is not None
