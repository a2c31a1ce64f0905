"""Where a word begins and ends: a quote must not be found inside another word or number."""

from __future__ import annotations

import re
import unicodedata
from enum import IntEnum
from functools import cache
from typing import TYPE_CHECKING

from dateline.grounding.vocabulary import NUMBER_WORDS, REVERSING_PREFIXES
from dateline.spans import Span

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

UNSPACED = (
    "\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u2e80-\u9fff\ua960-\ua97f\uac00-\ud7ff"
    "\uf900-\ufaff\uff66-\uff9f\U00020000-\U0003ffff"
)
"""Scripts that set no blank between words, or join particles to them: any cut may be right."""

_UNSPACED = [(UNSPACED[at], UNSPACED[at + 2]) for at in range(0, len(UNSPACED), 3)]
_NUMBER_GLUE = frozenset(".,:/'’٫٬\xa0\u2009\u202f")
_WEAK_GLUE = frozenset("-‐‑@#_/.")
_HYPHENS = frozenset("-‐‑")
_LETTERS_BEFORE = re.compile(r"[^\W\d_]{1,12}$")
_LETTERS_AFTER = re.compile(r"[^\W\d_]{1,12}")
_ARABIC_LETTERS_BEFORE = re.compile(r"\w+$")
_ARABIC_PREFIXES = frozenset({"و", "ف", "ال", "وال", "فال", "بال", "كال", "لل", "ولل"})
_EXAMINED = 4096
_NEIGHBOURHOOD = 2000


class Edge(IntEnum):
    """How well a range keeps to whole words; the smaller the better."""

    CLEAN = 0
    HYPHENATED = 1
    """A part of a compound, an address or a tag: taken if there is nothing better."""
    BROKEN = 2
    """Cuts a word, a number or a character with its marks: never taken."""


def joined(before: str, after: str) -> bool:
    """Whether two neighbouring characters belong to one word."""
    if after >= "\u0300" and unicodedata.category(after)[0] == "M":
        return not before.isspace()
    if not after.isalnum() or not (before.isalnum() or _is_mark(before)):
        return False
    if before < "\u0e00" and after < "\u0e00":
        return True
    return not (_unspaced(before) or _unspaced(after))


def edge(text: str, start: int, end: int) -> Edge:
    """Judge both ends of ``text[start:end]``, which must not be empty."""
    left = Edge.CLEAN if not start or text[start - 1] == " " else _left_edge(text, start)
    if left is Edge.BROKEN or end >= len(text) or text[end] == " ":
        return left
    right = _right_edge(text, end)
    return right if right > left else left


def nearest(hay: str, needle: str, spans: Sequence[Span], near: Span | None) -> int | None:
    """Where ``needle`` stands as whole words inside one of ``spans``.

    Of several places the one nearest to ``near`` is taken, or the first without ``near``; a
    clean edge goes before a hyphenated one.
    """
    if near is None:
        hyphenated: int | None = None
        for span in spans:
            start = hay.find(needle, *span)
            if start < 0:
                continue
            if edge(hay, start, start + len(needle)) is Edge.CLEAN:
                return start
            for start, grade in occurrences(hay, needle, span):
                if grade is Edge.CLEAN:
                    return start
                if hyphenated is None:
                    hyphenated = start
        return hyphenated
    for span in spans:
        if span.start <= near.start and near.end <= span.end:
            # Nothing is nearer than what stands inside.
            start = hay.find(needle, *near)
            if start < 0:
                break
            if edge(hay, start, start + len(needle)) is Edge.CLEAN:
                return start
            for start, grade in occurrences(hay, needle, near):
                if grade is Edge.CLEAN:
                    return start
            break
    around = Span(near.start - _NEIGHBOURHOOD, near.end + _NEIGHBOURHOOD)
    best = _best_near(hay, needle, [clip(span, around) for span in spans], near)
    if best is None or best[0] is not Edge.CLEAN:
        best = _best_near(hay, needle, spans, near) or best
    return best[2] if best else None


def occurrences(hay: str, needle: str, span: Span) -> Iterator[tuple[int, Edge]]:
    """Yield the places of ``needle`` in ``hay`` within ``span`` that break no word, in order.

    At most some thousands of places are examined, so that no text can make this slow.
    """
    size = len(needle)
    # A place inside a word rules out all the rest of that word, if the needle starts with a letter.
    skips_words = needle[0].isalnum() and not _unspaced(needle[0])
    start = hay.find(needle, span.start, span.end)
    for _ in range(_EXAMINED):
        if start < 0:
            return
        grade = edge(hay, start, start + size)
        if grade is not Edge.BROKEN:
            yield start, grade
            after = start + size
        elif skips_words:
            gap = _word_break().search(hay, start + 1, span.end)
            if gap is None:
                return
            after = gap.start()
        else:
            after = start + 1
        start = hay.find(needle, after, span.end)


def clip(span: Span, to: Span) -> Span:
    """The common part of two spans; empty, at its start, if there is none."""
    start = max(span.start, to.start)
    return Span(start, max(start, min(span.end, to.end)))


def gap(start: int, end: int, near: Span) -> int:
    """Characters between ``[start, end)`` and ``near``; 0 if they touch or overlap."""
    return max(0, start - near.end, near.start - end)


def _best_near(
    hay: str, needle: str, spans: Sequence[Span], near: Span
) -> tuple[Edge, int, int] | None:
    best: tuple[Edge, int, int] | None = None
    for span in spans:
        if hay.find(needle, *span) < 0:
            continue
        for start, grade in occurrences(hay, needle, span):
            place = grade, gap(start, start + len(needle), near), start
            if best is None or place < best:
                best = place
    return best


def _left_edge(text: str, start: int) -> Edge:
    before, first = text[start - 1], text[start]
    if before.isspace() and before not in _NUMBER_GLUE:
        return Edge.CLEAN
    if joined(before, first):
        return Edge.HYPHENATED if _after_arabic_prefix(text, start) else Edge.BROKEN
    beyond = text[start - 2] if start > 1 else " "
    if first.isdigit() and beyond.isdigit() and before in _NUMBER_GLUE:
        return Edge.BROKEN
    if before in _HYPHENS and beyond.isalpha():
        prefix = _letters_before(text, start - 1)
        if prefix in REVERSING_PREFIXES:
            return Edge.BROKEN
        if prefix in NUMBER_WORDS and _letters_after(text, start) in NUMBER_WORDS:
            return Edge.BROKEN
    if before in "@#" or (before in _WEAK_GLUE and beyond.isalnum()):
        return Edge.HYPHENATED
    return Edge.CLEAN


def _after_arabic_prefix(text: str, start: int) -> bool:
    """Whether only "and", "by", "to", "the" and the like, written as one with it, stand before."""
    if not "\u0620" <= text[start - 1] <= "\u064a":
        return False
    found = _ARABIC_LETTERS_BEFORE.search(text[max(0, start - 5) : start])
    return found is not None and found[0] in _ARABIC_PREFIXES


def _right_edge(text: str, end: int) -> Edge:
    last, after = text[end - 1], text[end]
    if after.isspace() and after not in _NUMBER_GLUE:
        return Edge.CLEAN
    if joined(last, after):
        return Edge.BROKEN
    beyond = text[end + 1] if end + 1 < len(text) else " "
    if last.isdigit() and beyond.isdigit() and after in _NUMBER_GLUE:
        return Edge.BROKEN
    if (
        after in _HYPHENS
        and beyond.isalpha()
        and _letters_before(text, end) in NUMBER_WORDS
        and _letters_after(text, end + 1) in NUMBER_WORDS
    ):
        return Edge.BROKEN
    if after in _WEAK_GLUE and beyond.isalnum():
        return Edge.HYPHENATED
    return Edge.CLEAN


def _letters_before(text: str, end: int) -> str:
    found = _LETTERS_BEFORE.search(text[max(0, end - 12) : end])
    return found[0].lower() if found else ""


def _letters_after(text: str, start: int) -> str:
    found = _LETTERS_AFTER.match(text, start)
    return found[0].lower() if found else ""


def _unspaced(char: str) -> bool:
    return char >= "\u0e00" and any(low <= char <= high for low, high in _UNSPACED)


@cache
def _word_break() -> re.Pattern[str]:
    """What ends a word; compiled when first needed, which takes milliseconds."""
    return re.compile(rf"[\W_{UNSPACED}]")


def _is_mark(char: str) -> bool:
    return char >= "\u0300" and unicodedata.category(char)[0] == "M"
