"""In which sense a trigger stands: the month of March is no march, and talks are no battlefield."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dateline.asking.guided.function_words import DETERMINERS
from dateline.asking.guided.lexicon import words_of
from dateline.asking.guided.positions import agent, name_before

if TYPE_CHECKING:
    from dateline.asking.guided.hits import Hit
    from dateline.asking.guided.reading import Reading

_ROADS = words_of(
    """
    road roads highway highways street streets bridge motorway railway crossing entrance entrances
    gate gates port route traffic junction roundabout
    """
)
_SPOKEN = words_of("word words verbal verbally criticism critics online social twitter court")
_FORCES = frozenset({"state", "armed"})
_PEOPLE = frozenset({"civilian", "protester", "rioter", "state"})
_MOVES = frozenset({"mass", "regroup", "mobilise", "mobilize", "pull back", "abandon", "vacate"})
_MONTH = "March"
_LEADING = frozenset({"take away", "carry off", "snatch"})
_CLEARING = frozenset({"clear", "secure", "comb", "sweep"})
_CLOSING = frozenset({"cut", "shut", "close", "cut off"})
_MARKS = frozenset(',;:.“”"()')
_COUNTING = words_of("that who all some many several both others two three four five")


def in_sense(reading: Reading, hit: Hit) -> bool:
    """Whether a trigger stands in the sense for which it is listed."""
    lemma = hit.entry.lemma
    if reading.tokens[hit.first].text == _MONTH and (hit.first or _is_number(reading, 1)):
        return False
    before = reading.words[max(0, hit.first - 2) : hit.first]
    if hit.form == "noun" and ("no" in before or "any" in before):
        return False
    if hit.form == "past" and before and before[-1] in DETERMINERS - _COUNTING:
        return False  # "a burned car": an adjective
    if lemma in _LEADING and hit.form != "noun":
        return _on_people(reading, hit)
    if hit.entry.family == "protest" and hit.entry.verbal and hit.passive and lemma not in _CLOSING:
        return lemma in {"block", "blockade", "barricade"} and _has(reading, hit, _ROADS)
    if lemma in _CLOSING and hit.form != "noun":
        return _has(reading, hit, _ROADS) and _by_people(reading, hit)
    if lemma in {"block", "barricade"} and hit.form != "noun":
        return _has(reading, hit, _ROADS)
    if lemma == "gather" and not any(n.side in _PEOPLE for n in reading.names):
        return any(n.kind == "participants" for n in reading.numbers)
    if hit.entry.family == "pact" and hit.use != "carried":
        return False
    if lemma in _MOVES or (hit.entry.verbal and lemma in _CLEARING):
        return any(n.side in _FORCES for n in reading.names)
    return not (hit.entry.family == "fight" and _SPOKEN & set(behind(reading, hit)))


def _on_people(reading: Reading, hit: Hit) -> bool:
    """Whether people are what the verb acts on."""
    if hit.passive or hit.use == "reduced":
        return any(hit.chain - 12 <= n.first and n.last <= hit.chain for n in reading.names)
    return any(
        hit.last <= n.first <= hit.last + 5 and _MARKS.isdisjoint(reading.words[hit.last : n.first])
        for n in reading.names
    )


def _by_people(reading: Reading, hit: Hit) -> bool:
    """Whether a crowd or workers close a road, not snow."""
    doer = agent(reading, hit) if hit.passive else name_before(reading, hit.chain)
    return doer is not None and doer.side in {"civilian", "protester", "rioter"}


def _has(reading: Reading, hit: Hit, wanted: frozenset[str]) -> bool:
    """Whether one of these words is what the verb acts on."""
    return bool(wanted & set(ahead(reading, hit) if hit.passive else behind(reading, hit)))


def _is_number(reading: Reading, at: int) -> bool:
    return at < len(reading.tokens) and reading.tokens[at].text[0].isdigit()


def ahead(reading: Reading, hit: Hit) -> list[str]:
    """The words before a trigger's verb group."""
    return reading.words[max(0, hit.chain - 7) : hit.chain]


def behind(reading: Reading, hit: Hit) -> list[str]:
    """The words after a trigger."""
    return reading.words[hit.last : hit.last + 7]
