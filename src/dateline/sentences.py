"""Cut text into sentences with exact offsets, by rules that need one pass.

Written for news: datelines, ranks, initials, quotations, hard-wrapped agency copy, bullet lists
and scripts with their own full stops.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from dateline.spans import Span

if TYPE_CHECKING:
    from collections.abc import Sequence

_CLOSERS = "\"'”’»›)\\]」』】）》"
_OPENERS = "\"'“‘«‹(\\[「『【（《¿¡"
_MARKS = ".!?…"
_FULL_STOPS = "。！？｡।॥؟۔።"
_LINE_BREAKS = r"\n\v\f\u2028\u2029"
# One set of characters in front lets the engine skip from candidate to candidate.
_CANDIDATE = re.compile(
    rf"[{_MARKS}{_FULL_STOPS}{_LINE_BREAKS}]"
    rf"(?:(?<=[{_LINE_BREAKS}])\s*"
    rf"|(?<=[{_MARKS}])[{_MARKS}]*(?:[{_CLOSERS}]|\[\d{{1,3}}\])*"
    rf"|(?<=[{_FULL_STOPS}])[{_FULL_STOPS}]*[{_CLOSERS}]*)"
)
_ALWAYS_ENDS = frozenset("。！？｡।॥")
_AFTER = re.compile(rf"\s*([-–—•*·]\s+)?[{_OPENERS}]*((?:[^\W\d_]|\d)?)(\w{{0,24}})")
_PARAGRAPH = re.compile(r"\n[^\S\n]*\n|[\f\u2029]")
_BULLET = re.compile(r"(?:[-–—•*·▪●◦‣]|\(?\d{1,3}[.)]|\(?[a-zA-Z]\))\s")
_FIRST_WORD = re.compile(r"\S{1,40}")
_LETTER_DOTS = re.compile(rf"[{_OPENERS}]*(?:[^\W\d_]\.)+[^\W\d_]?")

_NEVER_LAST = frozenset(
    """
    mr mrs ms mx dr prof gen lt col maj capt cmdr cpl sgt pvt adm brig gov sen rep rev hon pres
    amb supt det insp msgr st vs cf eg ie e.g i.e viz approx sra srta mme mlle nr bzw lt.col
    maj.gen brig.gen
    """.split()  # noqa: SIM905  # a word list reads better as lines
)
_SELDOM_LAST = frozenset(
    """
    jan feb mar apr jun jul aug sep sept oct nov dec mon tue tues wed thu thur thurs fri sat sun
    co corp inc ltd jr sr etc al dept univ assn bros ave blvd rd ft mt est ca fig vol ed sq km cm
    min sec hr hrs mil art ch pp ext
    """.split()  # noqa: SIM905  # a word list reads better as lines
)
_BEFORE_NUMBERS = frozenset(["no", "nos", "p", "pp", "art", "fig", "vol", "para", "ch", "n", "nr"])
_STARTERS = frozenset(
    """
    the a an it its he she they we i you this that these those there here his her their our my in
    on at as but and or so yet for from with after before while when where if since although
    though however meanwhile earlier later both some many most several no not what who why how
    according one two three another other officials police
    """.split()  # noqa: SIM905  # a word list reads better as lines
)
_LEFT_HANGING = frozenset(
    "a an the of in on at to by for from with and or as near that which who its their".split()  # noqa: SIM905
)
_WIDEST_WRAP = 120
_NARROWEST_WRAP = 40


def split_sentences(text: str, spans: Sequence[Span]) -> list[Span]:
    """The sentences of ``text`` within ``spans``, in order.

    A sentence lies wholly in one span, has no blanks around it and is never empty; together they
    hold every non-blank character of the spans. Blank lines, bullets and full lines end a
    sentence; the line breaks of hard-wrapped copy do not.

    Args:
        text: the original.
        spans: the parts of it to cut, in code points.
    """
    found: list[Span] = []
    for span in spans:
        _split(text, Span(*span), found)
    return found


def _split(text: str, span: Span, found: list[Span]) -> None:
    start, limit = span
    lines = _Lines(text, span)
    for candidate in _CANDIDATE.finditer(text, start, limit):
        at, end = candidate.span()
        if at < start or end > limit:
            continue
        char = text[at]
        if char.isspace():
            ends = lines.ends_sentence(at, end)
        elif char in _ALWAYS_ENDS:
            ends = True
        else:
            ends = _stops(text, start, at, end, limit)
        if ends:
            _add(text, start, end, found)
            start = end
    _add(text, start, limit, found)


def _add(text: str, start: int, end: int, found: list[Span]) -> None:
    piece = text[start:end]
    body = piece.strip()
    if body:
        begin = start + len(piece) - len(piece.lstrip())
        found.append(Span(begin, begin + len(body)))


def _stops(text: str, start: int, at: int, end: int, limit: int) -> bool:
    """Whether the marks at ``text[at:end]`` end the sentence that began at ``start``."""
    if end >= limit:
        return True
    mark = text[at:end]
    if not text[end].isspace():
        return _glued(text, start, at, end, limit)
    after = _AFTER.match(text, end, limit)
    first, rest = (after[2], after[3]) if after else ("", "")
    if first.islower():
        return False
    if mark[0] != "." or mark[:2] == "..":
        return True
    word = text[max(start, at - 24) : at].rpartition(" ")[2].rpartition("\n")[2]
    word = word.strip("\"'“”‘’«»()[]—–-").rpartition("-")[2]
    lower = word.lower()
    if lower in _NEVER_LAST or (first.isdigit() and lower in _BEFORE_NUMBERS):
        return False
    if len(mark) > 1 and mark[1] not in ")]":
        return True
    if lower in _SELDOM_LAST:
        return not first.isdigit() and (first + rest).lower() in _STARTERS
    if (len(word) == 1 and word.isalpha() and word != "I") or _LETTER_DOTS.fullmatch(word):
        return (first + rest).lower() in _STARTERS
    # "1." at the head of a list item is its number.
    return not (word.isdigit() and len(word) < 4 and not text[start : at - len(word)].strip())


def _glued(text: str, start: int, at: int, end: int, limit: int) -> bool:
    """Whether a stop without a blank after it is one: "fled.The army", but not "12.5"."""
    before = text[max(start, at - 3) : at]
    after = text[end : min(end + 2, limit)]
    return (
        len(before) == 3
        and before.isalpha()
        and before.islower()
        and len(after) == 2
        and after[0].isupper()
        and after[1].islower()
    )


class _Lines:
    """Tells line breaks that end something from those of hard-wrapped copy."""

    def __init__(self, text: str, span: Span) -> None:
        self._text = text
        self._limit = span.end
        self._from = span.start
        self._block_end = span.start
        self._width = 0

    def ends_sentence(self, at: int, end: int) -> bool:
        """Judge the blanks ``text[at:end]``, which begin with a line break."""
        text = self._text
        if end >= self._limit:
            return True
        if _PARAGRAPH.search(text, at, end):
            self._from = end
            return True
        if text[end].islower():
            self._from = end
            return False
        if at >= self._block_end:
            self._measure(at)
        length = at - self._from
        self._from = end
        if _BULLET.match(text, end, min(end + 8, self._limit)):
            return True
        if self._width > _WIDEST_WRAP:
            return True
        first = _FIRST_WORD.match(text, end, self._limit)
        if first is not None and length + len(first[0]) < self._width:
            return True
        if self._width >= _NARROWEST_WRAP:
            return False
        last = text[max(0, at - 24) : at].rsplit(None, 1)[-1:] or [""]
        return not (last[0].lower() in _LEFT_HANGING or last[0].endswith((",", ";", "-")))

    def _measure(self, at: int) -> None:
        """Find the paragraph that the break at ``at`` stands in, and its widest line."""
        text = self._text
        gap = _PARAGRAPH.search(text, at, self._limit)
        self._block_end = gap.start() + 1 if gap else self._limit
        self._width = max(map(len, text[self._from : self._block_end].split("\n")))
