"""Quotations in single or low marks: their tokens are read as if they were double ones."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dateline.asking.guided.tokens import Token

if TYPE_CHECKING:
    from collections.abc import Sequence

    from dateline.asking.guided.reading import Reading

_SINGLE = frozenset("‘'")
_CLOSES = frozenset("’'")
_DOUBLE = frozenset('“”"«»')
_ENDS = frozenset(".,!?…")
_ELIDED = frozenset({"em", "til", "tis", "twas", "cause", "bout", "n"})


def read_single_marks(readings: Sequence[Reading], text: str) -> None:
    """Turn the marks of ‘such’, 'such' and „such“ quotations into “such” ones.

    A mark is only turned with its partner in the same paragraph. An apostrophe behind an s may be
    a possessive: it closes only where nothing else does. Marks within double ones stay.
    """
    first = 0
    for i in range(1, len(readings) + 1):
        if i == len(readings) or readings[i].paragraph != readings[first].paragraph:
            _turn(readings[first:i], text)
            first = i


def _turn(readings: Sequence[Reading], text: str) -> None:
    opened: tuple[Reading, int] | None = None
    perhaps: tuple[Reading, int] | None = None
    low: tuple[Reading, int] | None = None
    double = False
    for reading in readings:
        for at, token in enumerate(reading.tokens):
            mark = token.text
            if mark == "„":
                low = (reading, at)
            elif low is not None and mark in "“”":
                _pair(low, (reading, at))
                low = None
            elif mark in _DOUBLE:
                double = mark in "“«" or (mark == '"' and not double)
                opened = perhaps = None
            elif double or mark not in "‘’'":
                continue
            elif opened is None or (mark == "‘" and perhaps):
                if opened is not None and perhaps is not None:
                    _pair(opened, perhaps)
                    opened = perhaps = None
                if _opens(text, token, reading, at):
                    opened = (reading, at)
            elif mark in _CLOSES and _ends_word(text, token):
                before = text[token.start - 1]
                if before in _ENDS or before not in "sS":
                    _pair(opened, (reading, at))
                    opened = perhaps = None
                else:
                    perhaps = (reading, at)
    if opened is not None and perhaps is not None:
        _pair(opened, perhaps)


def _opens(text: str, token: Token, reading: Reading, at: int) -> bool:
    before = text[token.start - 1] if token.start else " "
    if token.text not in _SINGLE or not (before.isspace() or before in "([—–-:"):
        return False
    after = reading.tokens[at + 1] if at + 1 < len(reading.tokens) else None
    return (
        after is not None
        and after.start == token.end
        and after.is_word
        and after.lower not in _ELIDED
    )


def _ends_word(text: str, token: Token) -> bool:
    after = text[token.end : token.end + 1]
    return not text[token.start - 1].isspace() and not after.isalnum()


def _pair(opening: tuple[Reading, int], closing: tuple[Reading, int]) -> None:
    for (reading, at), mark in ((opening, "“"), (closing, "”")):
        token = reading.tokens[at]
        reading.tokens[at] = Token(mark, mark, token.start, token.end)
        reading.words[at] = mark
