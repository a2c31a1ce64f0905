"""Cut folded text into the words on which a quote and the text must agree."""

from __future__ import annotations

import re
from functools import cache
from itertools import accumulate, compress
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
NEGATED = re.compile(
    r"(.+)n't|(is|are|was|were|do|does|did|has|have|had|would|could|should|must|ca|wo)nt|(can)not"
)
_AND_BLANK = (1).__add__


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

    __slots__ = ("_start", "_starts", "_text", "keys")

    def __init__(self, text: str, lower: str, start: int, end: int) -> None:
        self._text = text
        self._start = start
        stretch = lower[start:end]
        if stretch.isascii():
            # Most stretches hold letters and a little punctuation: no pattern is needed.
            bare = stretch.replace(",", " ").replace(".", " ").replace("-", " ")
            if bare.replace(" ", "").isalpha():
                self.keys: list[str] = bare.split(" ")
                self._starts = list(accumulate(map(_AND_BLANK, map(len, self.keys)), initial=start))
                if "" in self.keys:
                    self._starts = list(compress(self._starts, self.keys))
                    self.keys = list(filter(None, self.keys))
                return
            parts = _WORD_ASCII.split(stretch)
        else:
            parts = _any_word().split(stretch)
        self.keys = parts[1::2]
        self._starts = list(accumulate(map(len, parts), initial=start))[1::2]

    def __len__(self) -> int:
        return len(self.keys)

    @property
    def extent(self) -> tuple[int, int]:
        """Where the first word begins and the last one ends; empty if there is none."""
        if not self.keys:
            return self._start, self._start
        return self._starts[0], self.end(len(self.keys) - 1)

    @property
    def any_fixed(self) -> bool:
        """Whether one of the words must not differ."""
        return any(word.fixed for word in self.between(0, len(self.keys)))

    def start(self, index: int) -> int:
        """Where the word at ``index`` begins in the text."""
        return self._starts[index]

    def end(self, index: int) -> int:
        """Where the word at ``index`` ends in the text."""
        return self._starts[index] + len(self.keys[index])

    def between(self, first: int, last: int) -> list[Word]:
        """The words ``[first, last)`` in full; "didn't" is two words, "did" and "not"."""
        found: list[Word] = []
        for index in range(first, last):
            key, at = self.keys[index], self._starts[index]
            to = at + len(key)
            name = self._text[at].isupper()
            parts = NEGATED.fullmatch(key) if key[-1] == "t" else None
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
