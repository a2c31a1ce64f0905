"""What a sentence tells by the way: "the group, which split off in 2019, said ...", and what is
announced by a verb behind its noun: "a second march is planned"."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from dateline.asking.guided.hits import Hit
    from dateline.asking.guided.reading import Reading

_REACH = 12
_MOST = 2
_OLD = re.compile(
    r"\b(?:19|20)\d\d\b"
    r"|\b(?:last|that same|the same|previous) (?:year|month|spring|summer|autumn|winter)"
    r"|\b(?:years?|months?) (?:ago|earlier|before)\b",
    re.IGNORECASE,
)
_MONTH = re.compile(
    r"^(?:in |last |early |late |mid-|the )*(?:january|february|march|april|may|june|july|august"
    r"|september|october|november|december)\b(?! \d)",
    re.IGNORECASE,
)
_BE = frozenset({"is", "are", "was", "were", "be", "been"})
_ANNOUNCED = frozenset({"planned", "scheduled", "expected", "due", "set", "announced"})
_RECALLED = frozenset({"recall", "remember", "recalled", "remembered", "commemorate", "mark"})
_WARDED = frozenset({"shoot down", "intercept", "defuse", "disarm"})
"""What befalls a weapon before it does what it is for."""
_TOLD_BY_THE_WAY = frozenset({"mentioned", "reduced"})


def dated_asides(reading: Reading, hits: Sequence[Hit]) -> list[Hit]:
    """The triggers in a relative clause or a noun phrase that carries a year or month of its own,
    beside another trigger that is told."""
    if len(hits) < 1 or not reading.whens:
        return []
    words = " ".join(reading.words)
    if not (_OLD.search(words) or any(_is_old(reading, when.span) for when in reading.whens)):
        return []
    found = []
    for hit in hits:
        if hit.goal or hit.irrealis or hit.entry.family == "harm":
            continue
        if (hit.relative or hit.use in _TOLD_BY_THE_WAY) and _dated(reading, hit):
            found.append(hit)
    others = [hit for hit in hits if hit not in found and hit.entry.family != "harm"]
    if len(found) < len(hits) and not others:
        return []
    told = others or reading.wheres or any(hit.relative for hit in found)
    return found[:_MOST] if told else []


def _dated(reading: Reading, hit: Hit) -> bool:
    """Whether an old time follows before the clause ends."""
    for when in reading.whens:
        at = reading.at(when.span.start)
        if hit.last <= at < hit.last + _REACH and _is_old(reading, when.span):
            between = reading.words[hit.last : at]
            return not {",", ";", "and", "but"} & set(between)
    return False


def _is_old(reading: Reading, span: tuple[int, int]) -> bool:
    first, last = reading.at(span[0]), reading.at(span[1])
    printed = " ".join(reading.words[first:last])
    return bool(_OLD.search(printed) or _MONTH.match(printed))


_PLANNING = frozenset({"plan", "plans", "planning", "prepare", "prepares", "preparing"})


def announced(reading: Reading, hit: Hit) -> None:
    """Set the status that the words around a trigger give it: what is still to come, what was
    warded off, and what is only recalled."""
    if hit.entry.lemma in _WARDED and hit.status == "occurred" and hit.form != "noun":
        hit.status = "attempted"
    if hit.form != "noun":
        return
    if hit.irrealis:
        if _RECALLED & set(reading.words[max(0, hit.first - 4) : hit.first]):
            hit.status = "occurred"
        return
    if hit.carrier.split(" ", 1)[0] in _PLANNING:
        hit.status = "planned"  # "Army plans offensive on the hills"
        return
    behind = reading.words[hit.last : hit.last + 4]
    for i, word in enumerate(behind[:-1]):
        if word in _BE and behind[i + 1] in _ANNOUNCED:
            hit.status = "planned"
            hit.use = "carried"
            return
