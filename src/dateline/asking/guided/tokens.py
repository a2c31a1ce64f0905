"""Words of a sentence with their offsets: the only tokenizer that guided asking needs."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from dateline.spans import Span

_TOKEN = re.compile(
    r"[’'](?:s|S)\b"
    r"|\d[\d,.]*\d|\d"
    r"|[^\W\d_]+(?:[’'\-‐‑][^\W\d_]+)*?(?=[’']s\b)"
    r"|[^\W\d_](?:\.[^\W\d_])+\.?"
    r"|[^\W\d_]+(?:[’'\-‐‑][^\W\d_]+)*"
    r"|[^\w\s]"
)
_ARTICLED = re.compile(r"(?:al|el|ad|ash|as|an|ar|at|az)[-‑](?=[^\W\d_])(?![a-z])")
_LONGEST = 60


class Token(NamedTuple):
    """One word, number or mark. ``lower`` is folded for look-ups; offsets are into the text."""

    text: str
    lower: str
    start: int
    end: int

    @property
    def is_name(self) -> bool:
        """Whether it begins with a capital letter, also behind an article as in "al-Amin"."""
        return self.text[0].isupper() or _ARTICLED.match(self.text) is not None

    @property
    def is_word(self) -> bool:
        """Whether it is letters, not a number or a mark."""
        return self.text[0].isalpha()

    @property
    def is_mark(self) -> bool:
        """Whether it is punctuation."""
        return not self.text[0].isalnum()


def tokenize(text: str, span: Span) -> list[Token]:
    """Return the tokens of ``text[span.start:span.end]`` in order, offsets into ``text``.

    Words longer than 60 characters are no words of any lexicon: they are left out of look-ups
    by an empty ``lower``.
    """
    found = []
    for hit in _TOKEN.finditer(text, span.start, span.end):
        word = hit.group()
        lower = word.lower().replace("’", "'") if len(word) <= _LONGEST else ""
        found.append(Token(word, lower, hit.start(), hit.end()))
    return found
