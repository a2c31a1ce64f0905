"""Resolve an expression of place against the shipped gazetteer: exactly, or not at all.

"Southwest of Kilo" is never Kilo. A name that several countries have is decided by the other
places of the article, or stays null. Coordinates are those of the place itself; for "near" they
are the neighbour's, for regions a rough middle.
"""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, Any, NamedTuple

from dateline.records import Place
from dateline.resolution.gazetteer import REGION_TYPES, GazetteerPlace, load_gazetteer
from dateline.resolution.name_forms import fold_name, word_set
from dateline.resolution.place_words import (
    Locator,
    Named,
    PlaceWords,
    inside_of,
    read_place_words,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from dateline.resolution.place_mentions import PlaceMention
    from dateline.resolution.place_words import Scale
    from dateline.spans import Evidence, Span

# Names that are also common words or names elsewhere: they need a noun, a container or context.
_NEEDS_SUPPORT = word_set(
    "bay unity lakes northern est nord central western eastern hit van say ann isa ye "
    "mon tank leer nice turbo tame mango bor ber mao bol tari numan marte tera hays anka "
    "aba ana nara mora nasir"
)
# How far from a named town an event may be when the words give no distance, in kilometres.
_VICINITY_KM = 25.0
# Up to this stated distance "outside X" still has the coordinates of X, in kilometres.
_NEAR_KM = 20.0
_RANK = {"capital": 0, "city": 1, "town": 2, "admin1": 3, "region": 4, "country": 5}


class _Surroundings(NamedTuple):
    """Countries and regions that other words vouch for."""

    countries: frozenset[str]
    admin1s: frozenset[tuple[str, str]]


class _Choice(NamedTuple):
    """What a name stands for. ``place`` is null when several places remain; ``country`` is what
    they all share. ``part`` marks "northern X"."""

    place: GazetteerPlace | None = None
    country: str | None = None
    part: bool = False

    @property
    def admin1(self) -> str | None:
        return self.place.admin1 if self.place is not None else None

    @property
    def is_region(self) -> bool:
        return self.place is not None and self.place.type in REGION_TYPES


_NOWHERE = _Surroundings(frozenset(), frozenset())
_NOTHING = _Choice()


def find_places(text: str, spans: Sequence[Span]) -> list[PlaceMention]:
    """Return the expressions of place in ``spans``, in text order; see ``place_mentions``."""
    from dateline.resolution import place_mentions

    return place_mentions.find_places(text, spans)


def resolve_place(
    words: str, *, context: Sequence[str] = (), evidence: Evidence | None = None
) -> Place:
    """Resolve an expression of place as printed, e.g. ``"a village 12 km north of Tikrit"``.

    Args:
        words: the expression, copied from the article.
        context: other places (or peoples, "Iraqi") that the article names. They decide between
            places of one name; without them such a name stays null.
        evidence: where the words stand; kept on the result.

    Returns:
        A place whose ``text`` is ``words``. What the gazetteer does not know for certain is null.
    """
    fields = _fields(words, tuple(context))
    return Place(text=words, evidence=evidence, **fields)


@lru_cache(maxsize=4096)
def _fields(words: str, context: tuple[str, ...]) -> dict[str, Any]:
    read = _read(words)
    around = _containing(read) if read.containers else _NOWHERE
    nearby = _from_context(context) if context else _NOWHERE
    fields: dict[str, Any]
    listed = _listed(read)
    head = _NOTHING
    if read.head is not None and not listed:
        beside = nearby
        if read.locator is not None:
            # "Kilo village north of Lima": a Kilo far from Lima is another Kilo.
            anchors = _vouched(read.locator.names)
            beside = anchors if anchors.countries else nearby
        head = _choose(read.head, around, beside)
        if read.locator is not None and head.place and head.country not in beside.countries:
            head = _NOTHING
        if head.admin1 and around.admin1s and not _lies_in(head, around.admin1s):
            # "Mosul, Tikrit": what follows the comma does not hold what stands before it.
            listed = [read.head, *read.containers]
    if listed:
        fields = _several(listed, around, nearby)
    elif read.head is not None and head.place is not None:
        fields = _inside(read.head, head)
    elif read.locator is not None:
        fields = _located(read.locator, around, nearby)
        if read.head is not None and fields["relation"] == "near":
            # The unknown place is only near the known one, whose name must not replace it.
            fields["name"] = None
    elif read.head is not None:
        fields = _unknown(read.head, head, around)
    else:
        fields = {"precision": 1 if read.scale == "town" and around.admin1s else 3}
    if read.containers and not listed:
        _add_containers(fields, around, read.containers)
    known = fields.get("name") or fields.get("admin1") or fields.get("country")
    fields["method"] = "gazetteer" if known else "none"
    return fields


def _read(words: str) -> PlaceWords:
    if words[-2:] in ("'s", "’s"):
        words = words[:-2]
    if load_gazetteer().lookup(words):
        return PlaceWords(Named(words))
    read = read_place_words(words)
    if read.head and read.containers and load_gazetteer().is_people(read.head.name):
        # "the Kenyan county of Kilo": the people stands for its country.
        inner = read.containers[0]
        head = Named(inner.name, read.head.scale, read.head.noun)
        country = Named(read.head.name)
        return PlaceWords(head, read.locator, (country, *read.containers[1:]), read.scale)
    return read


def _inside(named: Named, choice: _Choice) -> dict[str, Any]:
    place = choice.place
    assert place is not None  # noqa: S101  # the caller has looked
    precision = 1
    exact = True
    if choice.is_region:
        precision = 2 if choice.part and place.type != "country" else 3
        exact = not choice.part
    elif named.scale in ("part", "admin1"):
        # A district is not the town that it is named after.
        precision, exact = 2, False
    return {
        "name": place.name,
        "relation": "in",
        "anchors": (inside_of(named.name) or named.name,) if choice.part else (),
        "admin1": place.admin1,
        "country": place.country,
        "lat": place.lat if exact else None,
        "lon": place.lon if exact else None,
        "precision": precision,
    }


def _located(locator: Locator, around: _Surroundings, nearby: _Surroundings) -> dict[str, Any]:
    choices = [_choose(named, around, nearby, anchor=True) for named in locator.names]
    fields: dict[str, Any] = {"relation": locator.relation, "anchors": _anchors(locator)}
    first = choices[0]
    if locator.relation == "in":
        fields["precision"] = 3
        if first.place is not None:
            fields |= _inside(locator.names[0], _Choice(first.place, first.country, part=True))
        return fields
    if locator.relation == "between":
        fields["precision"] = 3 if any(c.is_region or c.place is None for c in choices) else 2
        if not locator.border:
            fields["country"] = _shared(c.country for c in choices)
            if not any(c.is_region for c in choices):
                fields["admin1"] = _shared(c.admin1 for c in choices)
        return fields
    if locator.relation == "toward" or locator.border or first.is_region or first.place is None:
        fields["precision"] = 3
        if locator.relation == "near" and not locator.border and first.is_region:
            fields["precision"] = 2 if first.place and first.place.type != "country" else 3
        return fields
    km = locator.km
    fields["precision"] = 2 if km is None or km <= 100 else 3
    if locator.relation == "near" and (km is None or km <= _NEAR_KM):
        place = first.place
        fields |= {"name": place.name, "admin1": place.admin1, "country": place.country}
        fields |= {"lat": place.lat, "lon": place.lon}
        return fields
    # Only as far as the nearest foreign settlement is the country certain.
    border_km = first.place.border_km
    if border_km is None or (km if km is not None else _VICINITY_KM) < border_km:
        fields["country"] = first.country
    if km is not None and km >= 200:
        fields["country"] = None
    return fields


def _unknown(named: Named, choice: _Choice, around: _Surroundings) -> dict[str, Any]:
    """A name that the gazetteer does not have, or has more than once."""
    precision = 3
    if named.scale == "town" or (choice.country and named.scale == "any"):
        precision = 1
    elif named.scale == "part" or around.admin1s:
        precision = 2
    return {"country": choice.country, "precision": precision}


def _several(listed: list[Named], around: _Surroundings, nearby: _Surroundings) -> dict[str, Any]:
    """ "Kilo, Lima and Mike": all are named, none is the place."""
    choices = [_choose(part, around, nearby) for part in listed]
    return {
        "anchors": tuple(part.name for part in listed),
        "country": _shared(choice.country for choice in choices),
        "admin1": _shared(choice.admin1 for choice in choices),
        "precision": 3,
    }


def _listed(read: PlaceWords) -> list[Named]:
    """The names of "Kilo, Lima and Mike", empty for a single name."""
    if read.head is None:
        return []
    gazetteer = load_gazetteer()
    names = [read.head, *read.containers]
    if " and " not in names[-1].name or gazetteer.lookup(names[-1].name):
        return []
    noun = next((n for n in reversed(names) if n.noun), Named(""))
    split = [piece.strip() for named in names for piece in named.name.split(" and ")]
    return [Named(piece, noun.scale, noun.noun) for piece in split if piece]


def _choose(
    named: Named, around: _Surroundings, nearby: _Surroundings, *, anchor: bool = False
) -> _Choice:
    """Decide which place a name stands for, from its noun, its containers and the context."""
    gazetteer = load_gazetteer()
    places = gazetteer.lookup(f"{named.name} {named.noun}") if named.noun else ()
    if not places:
        places = _fitting(gazetteer.lookup(named.name), named.scale)
    if not places and anchor and (code := gazetteer.country_of(named.name)):
        places = gazetteer.lookup(gazetteer.country_name(code) or "")[:1]
    if not places:
        inner = inside_of(named.name)
        if inner is None:
            return _NOTHING
        whole = _choose(Named(inner, named.scale, named.noun), around, nearby, anchor=anchor)
        return _Choice(whole.place, whole.country, part=True)
    supported = bool(named.noun) or bool(around.countries)
    if around.countries:
        places = tuple(p for p in places if p.country in around.countries or p.country is None)
    if around.admin1s and len(places) > 1:
        places = tuple(p for p in places if _lies_in(p, around.admin1s)) or places
    if not places:
        return _NOTHING
    countries = {p.country for p in places}
    if nearby.countries and None not in countries:
        if len(countries) > 1:
            countries &= nearby.countries
            places = tuple(p for p in places if p.country in countries)
        elif countries & nearby.countries:
            supported = True
        elif all(p.type == "town" for p in places):
            # The small town of this name that we know is far from all the rest of the article.
            return _NOTHING
    if len(countries) != 1:
        return _NOTHING
    if not supported and not nearby.countries and fold_name(named.name) in _NEEDS_SUPPORT:
        return _NOTHING
    country = places[0].country
    if len(places) > 1:
        best = min(_RANK[p.type] for p in places)
        leaders = [p for p in places if _RANK[p.type] == best]
        if len(leaders) > 1 and nearby.admin1s:
            leaders = [p for p in leaders if _lies_in(p, nearby.admin1s)] or leaders
        if len(leaders) > 1:
            return _Choice(None, country)
        return _Choice(leaders[0], country)
    return _Choice(places[0], country)


def _fitting(places: tuple[GazetteerPlace, ...], scale: Scale) -> tuple[GazetteerPlace, ...]:
    if scale == "any" or not places:
        return places
    if scale == "town":
        return tuple(p for p in places if p.type not in REGION_TYPES)
    if scale == "country":
        return tuple(p for p in places if p.type == "country")
    regions = tuple(p for p in places if p.type in ("admin1", "region"))
    if scale == "part":
        # "The Kilo area" and "Kilo district" are about the town where there is one.
        return tuple(p for p in places if p.type not in REGION_TYPES) or regions
    return regions or tuple(p for p in places if p.type != "country")


def _lies_in(place: GazetteerPlace | _Choice, admin1s: frozenset[tuple[str, str]]) -> bool:
    return place.admin1 is not None and (place.country, place.admin1) in admin1s


def _containing(read: PlaceWords) -> _Surroundings:
    return _vouched(read.containers)


@lru_cache(maxsize=512)
def _from_context(context: tuple[str, ...]) -> _Surroundings:
    named: list[Named] = []
    for words in context:
        read = read_place_words(words)
        named += [n for n in (read.head, *(read.locator.names if read.locator else ())) if n]
        named += read.containers
    return _vouched(named)


def _vouched(names: Iterable[Named]) -> _Surroundings:
    """Countries and regions of the names that leave no doubt; doubtful ones must not decide."""
    countries: set[str] = set()
    admin1s: set[tuple[str, str]] = set()
    for named in names:
        choice = _choose(named, _NOWHERE, _NOWHERE, anchor=True)
        if choice.country is not None:
            countries.add(choice.country)
            if choice.admin1 is not None:
                admin1s.add((choice.country, choice.admin1))
    return _Surroundings(frozenset(countries), frozenset(admin1s))


def _add_containers(
    fields: dict[str, Any], around: _Surroundings, containers: tuple[Named, ...]
) -> None:
    """Take over what the expression itself says about the larger places."""
    if len(around.countries) == 1 and not fields.get("country"):
        (fields["country"],) = around.countries
    if len(around.admin1s) == 1 and not fields.get("admin1"):
        country, admin1 = next(iter(around.admin1s))
        if fields.get("country") == country:
            fields["admin1"] = admin1
    if fields["precision"] == 3 and containers and around.admin1s and fields.get("anchors"):
        fields["precision"] = 2


def _anchors(locator: Locator) -> tuple[str, ...]:
    """What the relation is about, as printed; a people's border is its country's."""
    gazetteer = load_gazetteer()
    anchors = []
    for named in locator.names:
        name = named.name
        if gazetteer.is_people(name) and (code := gazetteer.country_of(name)):
            name = gazetteer.country_name(code) or name
        anchors.append(name)
    return tuple(anchors)


def _shared(values: Iterable[str | None]) -> str | None:
    """The one value that all have; null when they differ or one is unknown."""
    distinct = set(values)
    return distinct.pop() if len(distinct) == 1 else None
