"""In what unit a tool counted: code points, UTF-16 code units, or with ``\\r\\n`` as one.

dateline counts Unicode code points; current versions of Label Studio do too; older ones stored
JavaScript string offsets, where a character outside the Basic Multilingual Plane counts as two.
Tools that open files in text mode count ``\\r\\n`` as one character.
Source: label-studio issues 1008 and 1347 (2021, UTF-16), pull request 1559 (merged by another one
by August 2022) and its tests of "NER - Emoji" (code points).
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Callable, Iterable
from typing import Literal

Unit = Literal["code-points", "utf-16", "lf"]
UNITS: tuple[Unit, ...] = ("code-points", "utf-16", "lf")
Converter = Callable[[int], int | None]

_ASTRAL = re.compile("[\U00010000-\U0010ffff]")
_CRLF = re.compile("\r\n")
_NEAR = 200


def converter(text: str, unit: Unit) -> Converter:
    """What turns an offset counted in ``unit`` into code points; None where it is none."""
    length = len(text)
    if unit == "utf-16":
        inner = _half_of(text)
    elif unit == "lf":
        inner = _lines_of(text)
    else:

        def inner(offset: int) -> int | None:
            return offset

    def convert(offset: int) -> int | None:
        found = inner(offset) if offset >= 0 else None
        return found if found is not None and found <= length else None

    return convert


def _half_of(text: str) -> Converter:
    at = [match.start() for match in _ASTRAL.finditer(text)]
    units = [position + number for number, position in enumerate(at)]

    def convert(offset: int) -> int | None:
        before = bisect_left(units, offset)
        # An offset between the two halves of a character is nowhere.
        if before and units[before - 1] + 1 == offset:
            return None
        return offset - before

    return convert


def _lines_of(text: str) -> Converter:
    units = [match.start() - number for number, match in enumerate(_CRLF.finditer(text))]

    def convert(offset: int) -> int | None:
        return offset + bisect_left(units, offset)

    return convert


def units_of(text: str) -> tuple[Unit, ...]:
    """The units that can differ in this text, the most likely first."""
    found: list[Unit] = ["code-points"]
    if _ASTRAL.search(text):
        found.append("utf-16")
    if _CRLF.search(text):
        found.append("lf")
    return tuple(found)


def agree(covered: str, words: str) -> bool:
    """Whether two texts are one, whatever the tool did to blanks and line ends."""
    return covered == words or _letters(covered) == _letters(words)


def _letters(words: str) -> str:
    return "".join(words.replace("\\n", " ").split())


def unit_of(text: str, quoted: Iterable[tuple[int, int, str]]) -> Unit:
    """The unit in which most of ``(start, end, words)`` stand where they say.

    Ties go to code points.
    """
    units = units_of(text)
    if len(units) == 1:
        return "code-points"
    spans = list(quoted)
    return max(units, key=lambda unit: (_hits(text, unit, spans), -units.index(unit)))


def _hits(text: str, unit: Unit, spans: list[tuple[int, int, str]]) -> int:
    convert = converter(text, unit)
    hits = 0
    for start, end, words in spans:
        first, last = convert(start), convert(end)
        if first is not None and last is not None and last - first <= 2 * len(words) + _NEAR:
            hits += agree(text[first:last], words)
    return hits


def nearest(text: str, words: str, at: int) -> tuple[int, int] | None:
    """Where ``words`` stand next to ``at``; None where they do not, or only far and repeatedly.

    A place further off than 200 characters counts only where there is no other.
    """
    if not words:
        return None
    after = text.find(words, max(0, at))
    before = text.rfind(words, 0, max(0, at) + len(words) - 1)
    places = [place for place in (before, after) if place >= 0]
    if not places:
        return None
    place = min(places, key=lambda found: abs(found - at))
    if abs(place - at) > _NEAR and text.find(words) != text.rfind(words):
        return None
    return place, place + len(words)
