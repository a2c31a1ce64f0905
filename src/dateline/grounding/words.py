"""Cut folded text into the words on which a quote and the text must agree."""

from __future__ import annotations

import re
from typing import NamedTuple

from dateline.grounding.boundaries import UNSPACED
from dateline.grounding.vocabulary import CONTRACTED, FIXED_WORDS

_MARKS = (
    "\u0300-\u036f\u0483-\u0489\u0591-\u05c7\u0610-\u061a\u064b-\u065f\u0670\u06d6-\u06ed"
    "\u0711-\u074a\u07a6-\u07fd\u0816-\u085b\u0898-\u0963\u0966-\u0df3\u1b00-\u1cf9\u1dc0-\u1dff"
    "\u20d0-\u20f0\ua802-\uabed\ufe20-\ufe2f"
)
_SYMBOLS = "%‰$€£¥₹₽₺₪"
_WORD = re.compile(
    rf"[{_SYMBOLS}]"
    rf"|[{UNSPACED}][{_MARKS}]*"
    rf"|\d+(?:[.,:/]\d+)*"
    rf"|(?:(?![{UNSPACED}_])[\w{_MARKS}])+(?:'(?:(?![{UNSPACED}_\d])\w)+)*"
)
_WORD_ASCII = re.compile(r"[%$]|\d+(?:[.,:/]\d+)*|[A-Za-z0-9]+(?:'[A-Za-z]+)*", re.ASCII)
_THOUSANDS = re.compile(r"\d{1,3}(?:,\d{3})+(?:\.\d+)?")
_NOT = re.compile(
    r"(.+)n't|(is|are|was|were|do|does|did|has|have|had|would|could|should|must|ca|wo)nt|(can)not"
)


class Word(NamedTuple):
    """One word of a folded text.

    ``key`` is what is compared. ``fixed`` words must be the same on both sides: numbers,
    negations and the like. ``name`` says that the word begins with a capital letter.
    """

    key: str
    start: int
    end: int
    fixed: bool
    name: bool


def words(text: str, lower: str, start: int, end: int) -> list[Word]:
    """The words of ``text[start:end]``; ``lower`` is ``text`` in lower case, of the same length."""
    found: list[Word] = []
    pattern = _WORD_ASCII if lower[start:end].isascii() else _WORD
    for match in pattern.finditer(lower, start, end):
        key = match[0]
        at, to = match.span()
        if "nt" in key or "n't" in key or key == "cannot":
            parts = _NOT.fullmatch(key)
            if parts:
                verb = parts[1] or parts[2] or parts[3]
                split = at + len(verb)
                verb = CONTRACTED.get(verb, verb)
                found.append(Word(verb, at, split, verb in FIXED_WORDS, text[at].isupper()))
                found.append(Word("not", split, to, True, False))
                continue
        if key.isalpha():
            fixed = key in FIXED_WORDS or key >= "\u2e80"
        else:
            fixed = "'" not in key or any(map(str.isdigit, key))
            if _THOUSANDS.fullmatch(key):
                key = key.replace(",", "")
        found.append(Word(key, at, to, fixed, text[at].isupper()))
    return found
