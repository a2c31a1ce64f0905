"""What labels know of a text without holding it: hashes, and places counted in letters.

A *letter* is here any character that is no whitespace for ``str.isspace``. Two texts with the same
letters differ in whitespace only, so a place counted in letters is the same in both.
"""

from __future__ import annotations

import hashlib
import re
from bisect import bisect_right
from itertools import accumulate

_WORD = re.compile(r"\S+")
QUOTE_DIGITS = 16


def letters_of(text: str) -> str:
    """The text with all whitespace removed."""
    return "".join(text.split())


def text_sha256(text: str) -> str:
    """SHA-256 of a text in UTF-8, 64 hex digits."""
    return hashlib.sha256(text.encode("utf-8")).hexdigest()


def letters_sha256(text: str) -> str:
    """SHA-256 of a text's letters: equal for texts that differ in whitespace only."""
    return text_sha256(letters_of(text))


def quote_sha256(quote: str) -> str:
    """The first 16 hex digits of the SHA-256 of a quote's letters."""
    return letters_sha256(quote)[:QUOTE_DIGITS]


class Letters:
    """A text's letters and where each stands.

    Args:
        text: the text; it is walked once.
    """

    def __init__(self, text: str) -> None:
        words = [found.span() for found in _WORD.finditer(text)]
        self._starts = [start for start, _ in words]
        self._firsts = list(accumulate((end - start for start, end in words), initial=0))
        self.count = self._firsts.pop()
        """How many letters the text has."""

    def of(self, start: int, end: int) -> tuple[int, int]:
        """The letters of ``text[start:end]``, as a half-open range counted in letters."""
        return self._before(start), self._before(end)

    def span(self, first: int, end: int) -> tuple[int, int] | None:
        """Offsets of the letters ``[first, end)``; None where the text has no such letters."""
        if not 0 <= first < end <= self.count:
            return None
        return self._offset(first), self._offset(end - 1) + 1

    def _before(self, offset: int) -> int:
        word = bisect_right(self._starts, offset) - 1
        if word < 0:
            return 0
        last = self._firsts[word + 1] if word + 1 < len(self._firsts) else self.count
        return min(self._firsts[word] + offset - self._starts[word], last)

    def _offset(self, letter: int) -> int:
        word = bisect_right(self._firsts, letter) - 1
        return self._starts[word] + letter - self._firsts[word]
