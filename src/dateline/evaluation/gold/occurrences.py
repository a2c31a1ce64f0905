"""Where words stand in a text, however its lines are broken."""

from __future__ import annotations

import re
from bisect import bisect_right
from functools import cached_property
from itertools import accumulate

_WORD = re.compile(r"\S+")
# One character for one, so that places stay what they are.
_TYPED = str.maketrans("’‘‛‚“”„‟«»‐‑‒–—―−", '\'\'\'\'""""""-------')
_REMEMBERED = 64  # quotes whose places are kept, for words that many spans repeat
_NEAREST_LIMIT = 200_000  # characters of text in which a suggestion is looked for
_NEAREST_QUOTE = 1_000
_NEAREST_SCORE = 60.0


class Occurrences:
    """The places of quotes in one text.

    Runs of whitespace count as one space. Occurrences that cut a word in two do not count where
    others exist, and occurrences of one quote do not overlap.
    """

    def __init__(self, text: str) -> None:
        self.text = text
        words = [found.span() for found in _WORD.finditer(text)]
        self._collapsed = " ".join(text[start:end] for start, end in words)
        self._starts = [start for start, _ in words]
        lengths = (end - start + 1 for start, end in words)
        self._firsts = list(accumulate(lengths, initial=0))[:-1]
        self._found: dict[str, list[tuple[int, int]]] = {}

    @cached_property
    def _typed(self) -> str:
        return self._collapsed.translate(_TYPED)

    def find(self, quote: str) -> list[tuple[int, int]]:
        """Offsets of every occurrence, in text order.

        Quotation marks and dashes may be typed plainly where the text has curly or long ones.
        """
        words = " ".join(quote.split())
        if not words:
            return []
        if words not in self._found:
            if len(self._found) >= _REMEMBERED:
                self._found.clear()
            self._found[words] = self._places(self._collapsed, words) or self._places(
                self._typed, words.translate(_TYPED)
            )
        return self._found[words]

    def nearest(self, quote: str) -> tuple[int, int] | None:
        """Where the text comes closest to a quote that does not stand in it; None if nowhere."""
        from rapidfuzz.fuzz import partial_ratio_alignment

        words = " ".join(quote.split())[:_NEAREST_QUOTE].translate(_TYPED)
        near = partial_ratio_alignment(
            words, self._typed[:_NEAREST_LIMIT], score_cutoff=_NEAREST_SCORE
        )
        if near is None or near.dest_start >= near.dest_end:
            return None
        # The nearest stretch may begin and end inside words: from the first whole one on.
        first, end = near.dest_start, near.dest_end
        if first and self._typed[first - 1] != " " and " " in self._typed[first:end]:
            first = self._typed.index(" ", first) + 1
        if first >= end:
            first = near.dest_start
        after = self._typed.find(" ", end - 1)
        end = max(first + 1, len(self._typed) if after < 0 else after)
        return self._span(first, end)

    def line_of(self, offset: int) -> int:
        """The line of the text, counted from 1, that an offset stands in."""
        return self.text.count("\n", 0, offset) + 1

    def _places(self, hay: str, words: str) -> list[tuple[int, int]]:
        whole: list[tuple[int, int]] = []
        cutting: list[tuple[int, int]] = []
        place = hay.find(words)
        while place >= 0:
            end = place + len(words)
            cuts = _joined(hay, place) or _joined(hay, end)
            (cutting if cuts else whole).append(self._span(place, end))
            place = hay.find(words, end)
        return whole or cutting

    def _span(self, first: int, end: int) -> tuple[int, int]:
        return self._offset(first), self._offset(end - 1) + 1

    def _offset(self, place: int) -> int:
        word = bisect_right(self._firsts, place) - 1
        return self._starts[word] + place - self._firsts[word]


def folded(words: str) -> str:
    """Words as names are compared with the text: one space, plain quotation marks, no case."""
    return " ".join(words.split()).translate(_TYPED).casefold()


def _joined(text: str, place: int) -> bool:
    return 0 < place < len(text) and text[place - 1].isalnum() and text[place].isalnum()
