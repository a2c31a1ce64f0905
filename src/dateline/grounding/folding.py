"""A view of a text in which spellings that look alike are alike, with a way back.

Folding maps compatible characters (NFKC), all quote marks, all dashes, and no-break and repeated
blanks and line breaks to one form, and takes out what cannot be seen (zero-width characters,
soft hyphens, direction marks). Every folded position leads back to the original, piece by piece:
most of a text folds one to one, so only the places that change length are remembered, and a text
costs what its oddities cost.
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_left, bisect_right
from functools import lru_cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

_BLANKS = "\t\n\x0b\x0c\r\x1c\x1d\x1e\x1f\x85\xa0\u1680" + "".join(
    map(chr, [*range(0x2000, 0x200B), 0x2028, 0x2029, 0x202F, 0x205F, 0x3000])
)
_QUOTES = '"`´“”„‟«»〝〞〟＂″″❝❞‘’‚‛‹›ʼʹ′＇❛❜'
_DASHES = "‐‑‒–—―⸺⸻−﹘﹣－\u2043"

ONE_TO_ONE = dict.fromkeys(_BLANKS, " ") | dict.fromkeys(_QUOTES, "'") | dict.fromkeys(_DASHES, "-")
"""Characters that fold to exactly one character of ASCII."""

_USUAL = "\xa0“”‘’–—\u2009\u202f"
_ASCII_SWAPS = [(char, to) for char, to in ONE_TO_ONE.items() if char < "\x80"]
_PRINTABLE_SWAPS = [(char, to) for char, to in _ASCII_SWAPS if char.isprintable()]
_INVISIBLE = (
    "\xad\u0640\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u206f\ufe00-\ufe0f\ufeff"
)
_INVISIBLE_RUN = re.compile(f" *[{_INVISIBLE}][ {_INVISIBLE}]*")
_BLANK_RUN = re.compile("  +")
_DOUBLED = re.compile("''+|--+")
_OUTSIDE_ASCII = re.compile(r"[^\x00-\x7f]+")
_HALF_WIDTH_VOICING = "\uff9e\uff9f"
_SAME_DIGIT = ("<wide>", "<font>", "<narrow>")


_Change = tuple[int, int, str]
"""``original[start:end]`` reads ``text`` once folded; the piece cannot be cut."""


class Folded:
    """A folded text that knows where each of its characters came from.

    ``text`` keeps the case of the original. ``lower`` is the same text in lower case and has the
    same length, so one position serves both.
    """

    __slots__ = ("_lower", "_offsets", "_origins", "text")

    def __init__(self, text: str, changes: list[_Change]) -> None:
        pieces: list[str] = []
        self._offsets: list[int] = []  # where each change starts in the folded text
        self._origins: list[_Change] = changes
        self._lower: str | None = None
        done = length = 0
        for start, end, new in changes:
            pieces += (text[done:start], new)
            length += start - done
            self._offsets.append(length)
            length += len(new)
            done = end
        pieces.append(text[done:])
        self.text = "".join(pieces) if changes else text

    @property
    def lower(self) -> str:
        """``text`` in lower case, character by character."""
        if self._lower is None:
            self._lower = same_length_lower(self.text)
        return self._lower

    def origin(self, start: int, end: int) -> tuple[int, int] | None:
        """The original range of a non-empty folded range; None if it would cut a changed piece."""
        if not self._offsets:
            return start, end
        first = bisect_right(self._offsets, start) - 1
        last = bisect_right(self._offsets, end - 1) - 1
        begin, stop = start, end
        if first >= 0:
            offset, (origin, after, new) = self._offsets[first], self._origins[first]
            inside = start - offset
            if 0 < inside < len(new):
                return None
            begin = origin if inside < len(new) else after + inside - len(new)
        if last >= 0:
            offset, (_, after, new) = self._offsets[last], self._origins[last]
            inside = end - offset
            if inside < len(new):
                return None
            stop = after + inside - len(new)
        return begin, stop

    def folded_offset(self, offset: int) -> int:
        """Where the original character at ``offset`` stands in the folded text.

        Inside a changed piece this is the piece's end, so that a range that begins there holds
        no part of the piece.
        """
        at = bisect_left(self._origins, (offset,)) - 1
        if at < 0:
            return offset
        _, after, new = self._origins[at]
        return self._offsets[at] + len(new) + max(0, offset - after)


def fold(text: str) -> Folded:
    """Fold ``text``; linear in its length.

    Source: Unicode Standard Annex 15 for NFKC; it is applied per base character with its marks,
    which is what keeps the way back exact.
    """
    changes: list[_Change] = []
    plain = _simplest(text)
    if not plain.isascii():
        plain = _fold_outside_ascii(plain, changes)
    at = plain.find("  ")
    while run := _BLANK_RUN.match(plain, at) if at >= 0 else None:
        changes.append((at, run.end(), " "))
        at = plain.find("  ", run.end())
    if "''" in plain or "--" in plain:
        changes += [(*run.span(), run[0][0]) for run in _DOUBLED.finditer(plain)]
    return Folded(plain, _in_order(changes) if changes else changes)


def fold_alone(text: str) -> str:
    """``fold(text).text`` for a text to which no way back is needed."""
    whole, text = text, _simplest(text)
    if not text.isascii():
        return fold(whole).text
    if "  " in text:
        text = _BLANK_RUN.sub(" ", text)
    if "''" in text or "--" in text:
        text = _DOUBLED.sub(lambda run: run[0][0], text)
    return text


def same_length_lower(text: str) -> str:
    """Lower case without a change of length: what would grow keeps its case."""
    lower = text.lower()
    if len(lower) == len(text):
        return lower
    return "".join(low if len(low := char.lower()) == 1 else char for char in text)


def _simplest(text: str) -> str:
    """Fold what news texts are full of, one character to one."""
    if not text.isascii():  # First, since most texts are ASCII then, and faster to look through.
        for char in _USUAL:
            if char in text:
                text = text.replace(char, ONE_TO_ONE[char])
    for char, to in _PRINTABLE_SWAPS if text.isprintable() else _ASCII_SWAPS:
        if char in text:
            text = text.replace(char, to)
    return text


def _fold_outside_ascii(text: str, changes: list[_Change]) -> str:
    seen: set[str] = set()
    for run in _OUTSIDE_ASCII.findall(text):
        seen.update(run)
    for char in seen & ONE_TO_ONE.keys():
        text = text.replace(char, ONE_TO_ONE[char])
    seen -= ONE_TO_ONE.keys()
    if any(map(_invisible, seen)):
        changes += [
            (*run.span(), " " if " " in run[0] else "") for run in _INVISIBLE_RUN.finditer(text)
        ]
    marks = "".join(sorted(filter(_composes_left, seen)))
    unstable = "".join(sorted(char for char in seen if char not in marks and _unstable(char)))
    if unstable or (marks and not unicodedata.is_normalized("NFKC", text)):
        changes += _compatibility_changes(text, unstable, marks)
    return text


def _compatibility_changes(text: str, unstable: str, marks: str) -> Iterator[_Change]:
    some_marks = f"[{re.escape(marks)}]" if marks else ""
    patterns = [f"[{re.escape(unstable)}]{some_marks and some_marks + '*'}"] if unstable else []
    if marks:
        patterns += [f"[^ {re.escape(marks)}]{some_marks}+", f"{some_marks}+"]
    normalize: Callable[[str], str] = lru_cache(maxsize=None)(_compatible)
    for cluster in re.finditer("|".join(patterns), text):
        raw, start = cluster[0], cluster.start()
        new = normalize(raw)
        if new == raw:
            continue
        if start and new[0].isdigit() and text[start - 1].isdigit() and not _plain_digit(raw[0]):
            # "2½" is not "21/2" and "10²" is not "102".
            new = (" " if "/" in new else "^") + new
        yield start, cluster.end(), new


def _compatible(cluster: str) -> str:
    normal = unicodedata.normalize("NFKC", cluster).replace("\u2044", "/")
    return "".join(ONE_TO_ONE.get(char, char) for char in normal)


@lru_cache(maxsize=4096)
def _composes_left(char: str) -> bool:
    return (
        unicodedata.combining(char) != 0
        or "\u1160" <= char <= "\u11ff"
        or char in _HALF_WIDTH_VOICING
    )


@lru_cache(maxsize=4096)
def _unstable(char: str) -> bool:
    return not unicodedata.is_normalized("NFKC", char)


@lru_cache(maxsize=4096)
def _invisible(char: str) -> bool:
    return _INVISIBLE_RUN.match(char) is not None


def _plain_digit(char: str) -> bool:
    return unicodedata.decomposition(char).startswith(_SAME_DIGIT)


def _in_order(changes: list[_Change]) -> list[_Change]:
    """Sort, and let the first of two changes of the same place win."""
    changes.sort()
    ordered: list[_Change] = []
    done = 0
    for change in changes:
        if change[0] >= done:
            ordered.append(change)
            done = change[1]
    return ordered
