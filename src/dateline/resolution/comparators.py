"""Comparators around a number: "at least", "more than", "up to", "or so"."""

from __future__ import annotations

import re
from typing import NamedTuple

from dateline.records.vocabulary import Comparator

_COMPARATORS: dict[str, Comparator] = {
    **dict.fromkeys(
        (
            "at least", "no fewer than", "no less than", "not fewer than", "not less than",
            "minimum of", "a minimum of", "upwards of", "upward of", "at the very least",
            "at a minimum",
        ),
        "at_least",
    ),
    **dict.fromkeys(
        (
            "more than", "over", "well over", "just over", "above", "in excess of", "exceeding",
            "exceeds", "exceeded", "greater than", "slightly over", "slightly more than",
            "well above", "beyond", "surpassed", "surpassing",
        ),
        "more_than",
    ),
    **dict.fromkeys(
        (
            "at most", "no more than", "not more than", "up to", "as many as", "as much as",
            "maximum of", "a maximum of", "at the most", "not exceeding",
        ),
        "at_most",
    ),
    **dict.fromkeys(
        ("fewer than", "less than", "under", "just under", "below", "well under", "short of"),
        "less_than",
    ),
    **dict.fromkeys(
        (
            "about", "around", "approximately", "approx", "approx.", "roughly", "some", "nearly",
            "almost", "close to", "approaching", "an estimated", "estimated", "circa", "ca.",
            "ca", "c.", "somewhere around", "in the region of", "in the order of", "nearing",
        ),
        "approx",
    ),
}  # fmt: skip
_LAST_WORDS = frozenset(phrase.rsplit(" ", 1)[-1] for phrase in _COMPARATORS)
_LONGEST = max(phrase.count(" ") + 1 for phrase in _COMPARATORS)
_SIGNS: dict[str, Comparator] = {
    "~": "approx",
    "≈": "approx",
    ">": "more_than",
    "<": "less_than",
    "≥": "at_least",
    "≤": "at_most",
}
_AFTER = re.compile(
    r"(?P<at_least>\+(?!\w)|[ -]plus\b| or (?:more|above|over)\b| and (?:above|over|more)\b)"
    r"|(?P<at_most> or (?:less|fewer|under|below)\b)"
    r"|(?P<approx>[ -](?:or so|odd|ish)\b)"
)
_OPENING = "([{\"'“‘«—–"


class Bound(NamedTuple):
    """A comparator and the offset where the expression begins with it."""

    comparator: Comparator
    start: int


def comparator_before(low: str, start: int) -> Bound | None:
    """Return the comparator that ends right before ``start``, the outermost of up to two."""
    inner = _one_comparator(low, start)
    if inner is None or inner.comparator != "approx":
        return inner
    # In "at least some 400" and "up to about 30" the outer words say more.
    return _one_comparator(low, inner.start) or inner


def _one_comparator(low: str, start: int) -> Bound | None:
    end = start
    while end and low[end - 1] in " \n\u00a0":
        end -= 1
    if not end:
        return None
    sign = _SIGNS.get(low[end - 1])
    if sign is not None:
        return Bound(sign, end - 1)
    while end and low[end - 1] in "([“\"'‘":
        end -= 1
    words = low[max(0, end - 40) : end].split()
    if not words or words[-1].lstrip(_OPENING) not in _LAST_WORDS:
        return None
    for count in range(min(_LONGEST, len(words)), 0, -1):
        tail = words[-count:]
        tail[0] = tail[0].lstrip(_OPENING)
        comparator = _COMPARATORS.get(" ".join(tail))
        if comparator is not None:
            position = end
            for word in reversed(tail):
                position = low.rfind(word, 0, position)
            return Bound(comparator, position)
    return None


def comparator_after(low: str, end: int) -> tuple[Comparator, int] | None:
    """Return the comparator that follows at once ("or more", "+") and where it ends."""
    found = _AFTER.match(low, end)
    if found is None:
        return None
    comparator: Comparator = found.lastgroup  # type: ignore[assignment]  # the group names are comparators
    return comparator, found.end()
