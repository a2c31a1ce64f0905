"""Find expressions of place in text: "near Kilo", "40 km north of Lima", "the village of Mike".

A list of candidates for a model to choose from. An expression is taken whole, with the words of
relation, because "southwest of Kilo" is another place than Kilo.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from dateline.resolution.actor_dictionary import load_actor_dictionary
from dateline.resolution.gazetteer import load_gazetteer
from dateline.resolution.groups import after_group
from dateline.resolution.name_forms import is_acronym, name_key
from dateline.resolution.name_patterns import NAME_RUN, NOT_NAMES, ORGANISATION_HEADS
from dateline.resolution.place_words import (
    ABOUT,
    DIRECTION,
    DISTANCE,
    PLACE_NOUNS,
    SCALES,
    inside_of,
    read_place_words,
)
from dateline.spans import Span

if TYPE_CHECKING:
    from collections.abc import Sequence

    from dateline.records.vocabulary import PlaceRelation

_UNIT = rf"""(?<![\w-])
    (?:(?P<rel>
        {ABOUT}(?:{DISTANCE}\ )?(?:to\ the\ |the\ )?{DIRECTION}
          (?:\ (?:part|side|outskirts|suburbs))?\ of
        | {ABOUT}{DISTANCE}\ (?:away\ )?(?:from|outside)
        | (?:the\ )?(?:{DIRECTION}\ )?(?:outskirts|edges?|fringes|suburbs|countryside|vicinity)\ of
        | between | near | close\ to | (?:just\ )?outside | towards? | around
        | (?:on\ )?the\ (?:road|highway|way)\ (?:to|from) | (?:the\ )?border\ (?:between|with|of)
      )\ )?
    (?:(?P<cue>in|at|inside|from|into|across|throughout|within|on)\ )?
    (?P<np>
      (?:the\ )?(?:(?:{DIRECTION}|central|upper|lower|rural|nearby|neighbou?ring)\ ){{0,2}}
      (?:(?:[a-z]{{3,12}}\ )?(?P<of>(?:{PLACE_NOUNS}))\ (?:of\ (?:the\ )?)?)?
      (?P<name>{NAME_RUN})
      (?:[-–](?P<second>{NAME_RUN}))?
      (?:['’]s)?
      (?:\ (?:refugee\ |air\ |military\ )?
        (?P<noun>(?:{PLACE_NOUNS}|border|countryside|outskirts|road|highway)s?)(?!\w))?
    )"""
_COMMA = re.compile(r", (?:located |situated )?|,? (?=in |near |inside |close to )| ")
_LONGEST = 200


class PlaceMention(NamedTuple):
    """One expression of place. ``text`` equals the article's text at ``span``.

    ``relation`` and ``anchors`` are read from the words alone; ``resolve_place(text)`` looks them
    up. ``known`` says that the gazetteer has at least one of the names.
    """

    span: Span
    text: str
    relation: PlaceRelation
    anchors: tuple[str, ...]
    known: bool


class _Unit(NamedTuple):
    """One name with its cue. ``start`` is after a plain "in", before words of relation."""

    start: int
    end: int
    name: str
    relational: bool
    cued: bool
    noun: bool
    known: bool
    between: bool


def find_places(text: str, spans: Sequence[Span]) -> list[PlaceMention]:
    """Return the expressions of place in ``spans``, in text order, each occurrence by itself.

    A name counts when words of place lead to it, when a place noun stands beside it ("Kilo
    district"), or when the gazetteer knows it.
    """
    mentions: list[PlaceMention] = []
    for span in spans:
        at = span.start
        while (first := _next_unit(text, at, span.end)) is not None:
            unit, at = first
            if not _counts(unit):
                continue
            end = unit.end
            while (further := _continued(text, unit, end, span)) is not None:
                end = further.end
                at = end
                if end - unit.start > _LONGEST:
                    break
            mentions.append(_mention(text, unit.start, end))
    return mentions


@lru_cache(maxsize=1)
def _unit_pattern() -> re.Pattern[str]:
    """Compiled on first use: it takes longer than most programs that import this run."""
    return re.compile(_UNIT, re.VERBOSE)


def _next_unit(text: str, at: int, stop: int) -> tuple[_Unit, int] | None:
    while (found := _unit_pattern().search(text, at, stop)) is not None:
        at = found.end()
        unit = _unit(found)
        if unit is not None:
            return unit, at
    return None


def _unit(found: re.Match[str]) -> _Unit | None:
    name = found["name"]
    start_of_name = found.start("name")
    words = name.split()
    skipped = 0
    while words and words[0].rstrip(".").lower() in NOT_NAMES:
        skipped += len(words[0]) + 1
        words = words[1:]
    named = after_group(" ".join(words))
    skipped += len(" ".join(words)) - len(named)
    words = named.split()
    while words and words[-1].rstrip(".").lower() in NOT_NAMES:
        words = words[:-1]
    if not words:
        return None
    printed = " ".join(words)
    trimmed = printed != name
    start = start_of_name + skipped if skipped else found.start("np")
    if found["rel"] and not skipped:
        start = found.start("rel")
    end = found.end("np")
    if trimmed and not name.endswith(printed):
        end = start_of_name + skipped + len(printed)
    gazetteer = load_gazetteer()
    known = bool(gazetteer.lookup(printed))
    last = words[-1].lower()
    noun = bool(found["noun"] or found["of"])
    noun = noun or (last in SCALES and last not in ORGANISATION_HEADS)
    if load_actor_dictionary().lookup(name_key(printed)) and not known:
        return None
    if gazetteer.is_people(printed) and not found["second"] and not found["of"]:
        border = (found["noun"] or "").startswith(("border", "capital"))
        if not (border or found["rel"]):
            return None
    if not found["noun"] and _ends_possessive(found):
        end -= 2
    return _Unit(
        start,
        end,
        printed,
        relational=bool(found["rel"]) and not skipped,
        cued=bool(found["cue"]) and not skipped,
        noun=noun,
        known=known,
        between=found["rel"] == "between",
    )


def _ends_possessive(found: re.Match[str]) -> bool:
    """Whether the expression ends in a possessive s with no noun behind it."""
    return found.group().endswith(("'s", "’s"))


def _is_town_noun(found: re.Match[str]) -> bool:
    return SCALES.get(found["noun"] or found["of"] or "") == "town"


def _counts(unit: _Unit) -> bool:
    """Whether a unit is a place, given what stands around it."""
    if unit.known:
        places = load_gazetteer().lookup(unit.name)
        small = all(place.type == "town" for place in places)
        return unit.relational or unit.cued or unit.noun or not small
    words = [word.lower() for word in unit.name.split()]
    organisation = not ORGANISATION_HEADS.isdisjoint(words) and not unit.noun
    if organisation or is_acronym(unit.name):
        return False
    return unit.relational or unit.noun or unit.cued


def _continued(text: str, unit: _Unit, end: int, span: Span) -> _Unit | None:
    """The next unit when it goes on with the same place: ", in Kilo province", " and Lima"."""
    if unit.between and text.startswith(" and ", end) and " and " not in text[unit.start : end]:
        found = _unit_pattern().match(text, end + 5, span.end)
        return _unit(found) if found is not None else None
    joint = _COMMA.match(text, end, span.end)
    if joint is None:
        return None
    found = _unit_pattern().match(text, joint.end(), span.end)
    further = _unit(found) if found is not None else None
    if further is None or not _counts(further):
        return None
    # A town after a comma is the next of a list, not around the one before.
    comma = joint.group().startswith(",") and found is not None and not _is_town_noun(found)
    inside = found is not None and found["cue"] in ("in", "inside", "on", "at")
    led = further.relational or (further.cued and inside)
    return further if led or (comma and further.known) else None


def _mention(text: str, start: int, end: int) -> PlaceMention:
    printed = text[start:end]
    read = read_place_words(printed)
    names = [read.head] if read.head is not None else []
    relation: PlaceRelation = "in"
    if read.head is None and read.locator is not None:
        relation = read.locator.relation
        names = list(read.locator.names)
    gazetteer = load_gazetteer()
    everything = [named.name for named in (*names, *read.containers)]
    known = any(gazetteer.lookup(inside_of(name) or name) for name in everything)
    return PlaceMention(Span(start, end), printed, relation, tuple(n.name for n in names), known)
