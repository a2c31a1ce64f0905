"""Units: the lines or wrapped paragraphs that a page's zones are made of.

A unit is one line of the text, or several lines that a fixed column width broke apart (newswire
style). Units are in text order, do not overlap, and hold every non-blank character.
"""

from __future__ import annotations

import re

SHORT = 400
"""Only units up to this many characters are ever read word by word; longer ones are prose."""

TERMINALS = frozenset(".!?…。！？؟۔।॥։።｡‽")
_CLOSERS = "\"'”’»›)]}）」』】*_` "
_BULLET = re.compile(r"(?:[•·◦‣▪●○■□–—*+\-]|\d{1,2}[.)])[ \t\u00a0]+")
_TAGS_AT_END = re.compile(r"(?:</?[a-zA-Z][a-zA-Z0-9]{0,10}>\s{0,4}){1,4}\Z")
_NARROWEST, _WIDEST = 40, 132


class Unit:
    """One line, or one wrapped paragraph, at ``[start, end)`` of the text.

    ``text`` is the stripped wording, empty for units longer than ``SHORT``. ``indent`` counts the
    blanks before it on its line, ``gap`` says whether a blank line precedes it, ``bullet`` is the
    length of its list marker (0 for none), ``closed`` whether it ends like a sentence, and
    ``words`` estimates its words also in scripts that do not separate them.
    """

    __slots__ = ("bullet", "closed", "end", "gap", "indent", "start", "text", "words")

    def __init__(self, whole: str, start: int, end: int, indent: int, gap: bool) -> None:
        self.start = start
        self.end = end
        self.indent = indent
        self.gap = gap
        if end - start > SHORT:
            self.text = ""
            self.bullet = 0
            self.words = SHORT // 6
            self.closed = ends_sentence(whole[end - 60 : end])
            return
        text = whole[start:end]
        self.text = text
        bullet = None if text[0].isalpha() else _BULLET.match(text)
        self.bullet = bullet.end() if bullet else 0
        words = text.count(" ") + 1
        if not text.isascii() and len(text) > 12 * words:
            words = len(text) // 2
        self.words = words
        self.closed = ends_sentence(text[-60:])

    @property
    def size(self) -> int:
        """Length in characters; dense scripts count for what they would fill in others."""
        length = self.end - self.start
        return self.words * 6 if self.text and self.words * 6 > length else length

    @property
    def content(self) -> str:
        """The wording without its list marker."""
        return self.text[self.bullet :] if self.bullet else self.text


def ends_sentence(tail: str) -> bool:
    """Whether these last characters of a unit end a sentence, quotes and brackets aside."""
    if tail[-1] in TERMINALS:
        return True
    if tail[-1] == ">":
        tail = _TAGS_AT_END.sub("", tail)
    tail = tail.rstrip(_CLOSERS)
    return bool(tail) and tail[-1] in TERMINALS


def split_units(text: str) -> list[Unit]:
    """Cut a text into its units, in order; linear in the length of the text."""
    lines: list[tuple[int, int, int, bool]] = []
    full: list[int] = []
    position = 0
    gap = True
    length = 0
    for line in text.splitlines(keepends=True):
        bare = line.strip()
        if bare:
            if not gap:
                full.append(length)
            indent = len(line) - len(line.lstrip())
            length = len(bare)
            lines.append((position + indent, position + indent + length, indent, gap))
            gap = False
        else:
            gap = True
        position += len(line)
    width = _wrap_width(full)
    beyond = sum(end - start > 1.1 * width for start, end, _, _ in lines) if width else 0
    if not width or 10 * beyond > len(lines):
        return [Unit(text, *line) for line in lines]
    return _unwrap(text, lines, 0.65 * width)


def _wrap_width(lengths: list[int]) -> int:
    """The column at which lines were broken, or 0; from the lines that another one follows."""
    if len(lengths) < 3:
        return 0
    lengths.sort()
    width = lengths[len(lengths) * 9 // 10]
    if not _NARROWEST <= width <= _WIDEST:
        return 0
    return width if lengths[len(lengths) * 4 // 10] >= 0.75 * width else 0


def _unwrap(text: str, lines: list[tuple[int, int, int, bool]], full: float) -> list[Unit]:
    units: list[Unit] = []
    start, end, indent, gap = lines[0]
    last_start = start
    for line in lines[1:]:
        joins = (
            not line[3]
            and end - last_start >= full
            and line[2] < indent + 2
            and not _BULLET.match(text, line[0])
        )
        if not joins:
            units.append(Unit(text, start, end, indent, gap))
            start, _, indent, gap = line
        else:
            indent = min(indent, line[2])
        last_start, end = line[0], line[1]
    units.append(Unit(text, start, end, indent, gap))
    return units
