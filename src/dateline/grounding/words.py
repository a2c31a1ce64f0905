"""Cut folded text into the words on which a quote and the text must agree."""

from __future__ import annotations

import re
from functools import cache
from itertools import accumulate
from typing import NamedTuple

from dateline.grounding.boundaries import UNSPACED
from dateline.grounding.vocabulary import CONTRACTED, FIXED_WORDS

_MARKS = (
    "\u0300-\u036f\u0483-\u0489\u0591-\u05c7\u0610-\u061a\u064b-\u065f\u0670\u06d6-\u06ed"
    "\u0711-\u074a\u07a6-\u07fd\u0816-\u085b\u0898-\u0963\u0966-\u0df3\u1b00-\u1cf9\u1dc0-\u1dff"
    "\u20d0-\u20f0\ua802-\uabed\ufe20-\ufe2f"
)
_NUMBER = r"\d+(?:[.,:/]\d+)*"
_WORD_ASCII = re.compile(rf"([%$]|{_NUMBER}|[a-z0-9]+(?:'[a-z]+)*)", re.ASCII)
_THOUSANDS = re.compile(r"\d{1,3}(?:,\d{3})+(?:\.\d+)?")
_NOT = re.compile(
    r"(.+)n't|(is|are|was|were|do|does|did|has|have|had|would|could|should|must|ca|wo)nt|(can)not"
)


class Word(NamedTuple):
    """One word with all that a comparison asks about it.

    ``fixed`` words must be the same on both sides: numbers, negations and the like. ``name``
    says that the word begins with a capital letter.
    """

    key: str
    start: int
    end: int
    fixed: bool
    name: bool


class Words:
    """The words of a stretch of folded text, each looked at only when it is asked for.

    Args:
        text: folded, in its own case.
        lower: the same in lower case, of the same length.
        start: where the stretch begins in both; ``end`` where it ends.
    """

    __slots__ = ("_offsets", "_text", "keys")

    def __init__(self, text: str, lower: str, start: int, end: int) -> None:
        stretch = lower[start:end]
        parts = (_WORD_ASCII if stretch.isascii() else _any_word()).split(stretch)
        self.keys: list[str] = parts[1::2]
        self._offsets = list(accumulate(map(len, parts), initial=start))
        self._text = text

    def __len__(self) -> int:
        return len(self.keys)

    @property
    def extent(self) -> tuple[int, int]:
        """Where the first word begins and the last one ends; empty if there is none."""
        return (self._offsets[1], self._offsets[-2]) if self.keys else (self._offsets[0],) * 2

    @property
    def any_fixed(self) -> bool:
        """Whether one of the words must not differ."""
        return any(word.fixed for word in self.between(0, len(self.keys)))

    def start(self, index: int) -> int:
        """Where the word at ``index`` begins in the text."""
        return self._offsets[2 * index + 1]

    def end(self, index: int) -> int:
        """Where the word at ``index`` ends in the text."""
        return self._offsets[2 * index + 2]

    def between(self, first: int, last: int) -> list[Word]:
        """The words ``[first, last)`` in full; "didn't" is two words, "did" and "not"."""
        found: list[Word] = []
        for index in range(first, last):
            key, at, to = self.keys[index], self.start(index), self.end(index)
            name = self._text[at].isupper()
            parts = _NOT.fullmatch(key)
            if parts:
                verb = parts[1] or parts[2] or parts[3]
                split = at + len(verb)
                verb = CONTRACTED.get(verb, verb)
                found.append(Word(verb, at, split, verb in FIXED_WORDS, name))
                found.append(Word("not", split, to, True, False))
            elif key.isalpha():
                found.append(Word(key, at, to, key in FIXED_WORDS or key >= "\u2e80", name))
            else:
                fixed = "'" not in key or any(map(str.isdigit, key))
                if _THOUSANDS.fullmatch(key):
                    key = key.replace(",", "")
                found.append(Word(key, at, to, fixed, name))
        return found


@cache
def _any_word() -> re.Pattern[str]:
    """A word of any script; compiled when first needed, which takes milliseconds."""
    return re.compile(
        rf"([%‰$€£¥₹₽₺₪]|[{UNSPACED}][{_MARKS}]*|{_NUMBER}"
        rf"|(?:(?![{UNSPACED}_])[\w{_MARKS}])+(?:'(?:(?![{UNSPACED}_\d])\w)+)*)"
    )
