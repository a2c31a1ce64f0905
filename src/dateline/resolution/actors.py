"""Resolve the names of actors: which are one, what the article calls it, where it says so."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from dateline.records import Actor
from dateline.resolution.actor_dictionary import load_actor_dictionary
from dateline.resolution.aliases import find_alias_pairs
from dateline.resolution.clustering import Cluster, Clustering
from dateline.resolution.name_forms import (
    bare_name,
    first_place,
    is_acronym,
    name_key,
    stands_alone,
)
from dateline.resolution.names import NameMention, find_actor_candidates, find_names
from dateline.resolution.titles import split_person
from dateline.spans import Evidence, Span

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from dateline.resolution.actor_dictionary import ActorDictionary
    from dateline.spans import ZoneKind

__all__ = [
    "ActorIndex",
    "ActorResolution",
    "Cluster",
    "NameMention",
    "find_actor_candidates",
    "find_names",
    "resolve_actors",
]


# An article with more forms of names than this is a list of names, not an article.
_MOST_FORMS = 500


@dataclass(frozen=True, slots=True)
class ActorResolution:
    """The actors of an article.

    ``actors`` have ids ``a1``, ``a2`` in the order of their first mention. ``id_of`` gives the id
    for each given name; ``missing`` are the given names that the article does not print.
    """

    actors: tuple[Actor, ...]
    id_of: dict[str, str]
    missing: tuple[str, ...]


def resolve_actors(
    names: Sequence[str],
    *,
    text: str,
    spans: Sequence[Span],
    ground: Callable[[str], Evidence | None],
    zone_at: Callable[[int], ZoneKind] | None = None,
    dictionary: ActorDictionary | None = None,
) -> ActorResolution:
    """Resolve the names that a model gave to the actors of the article.

    Args:
        names: names as given; a repeated name counts once.
        text: the article's untouched text.
        spans: where records may be supported (``Article.supporting``).
        ground: finds words in the text, for names that do not stand there letter by letter.
            What it finds by resemblance alone (``match="fuzzy"``) is not used.
        zone_at: the zone at an offset (``Article.zone_at``); without it the zones of evidence
            come from ``ground``.
        dictionary: known actors; the shipped ones when not given.

    Returns:
        Actors whose name and mentions are all printed in the article.
    """
    known = dictionary if dictionary is not None else load_actor_dictionary()
    clustering = Clustering(text, spans, known)
    keys: dict[str, str] = {}
    grounded: dict[int, ZoneKind] = {}
    missing: list[str] = []
    for name in dict.fromkeys(names):
        place = _locate(name, text, spans, ground, known, grounded)
        if place is None:
            missing.append(name)
        else:
            keys[name] = clustering.add(text[place.start : place.end], place)
    clustering.join(find_alias_pairs(text, spans))
    roots = {name: clustering.find(key) for name, key in keys.items()}
    clusters = clustering.clusters(dict.fromkeys(roots.values()))
    order = sorted(clusters, key=lambda root: (clusters[root].start, root))
    ids = {root: f"a{number}" for number, root in enumerate(order, 1)}

    def zone(offset: int, form: str) -> ZoneKind:
        if zone_at is not None:
            return zone_at(offset)
        if offset not in grounded:
            found = ground(form)
            if found is not None:
                grounded[found.start] = found.zone
        return grounded.get(offset, "body")

    actors = tuple(_actor(ids[root], clusters[root], zone) for root in order)
    id_of = {name: ids[root] for name, root in roots.items()}
    return ActorResolution(actors, id_of, tuple(missing))


class ActorIndex:
    """Every actor that an article names, for looking up any form of its name."""

    def __init__(
        self, clusters: Sequence[Cluster], by_key: dict[str, Cluster], dictionary: ActorDictionary
    ) -> None:
        self.clusters = tuple(clusters)
        self._by_key = by_key
        self._dictionary = dictionary

    @classmethod
    def build(
        cls, text: str, spans: Sequence[Span], *, dictionary: ActorDictionary | None = None
    ) -> ActorIndex:
        """Find the names and groups of an article and join the forms that are one.

        Args:
            text: the article's untouched text.
            spans: where to look, e.g. ``Article.supporting``.
            dictionary: known actors; the shipped ones when not given.
        """
        known = dictionary if dictionary is not None else load_actor_dictionary()
        clustering = Clustering(text, spans, known)
        forms: dict[str, Span] = {}
        for mention in find_actor_candidates(text, spans):
            forms.setdefault(mention.text, mention.span)
            if len(forms) == _MOST_FORMS:
                break
        keys = [clustering.add(form, place) for form, place in forms.items()]
        clustering.join(find_alias_pairs(text, spans))
        roots = dict.fromkeys(clustering.find(key) for key in keys)
        clusters = clustering.clusters(roots)
        by_key: dict[str, Cluster] = {}
        for cluster in sorted(clusters.values(), key=lambda c: c.start):
            for form, _ in cluster.mentions:
                by_key.setdefault(name_key(form), cluster)
                rest = split_person(form)[1]
                if rest:
                    by_key.setdefault(name_key(rest), cluster)
        return cls(sorted(clusters.values(), key=lambda c: c.start), by_key, known)

    def resolve(self, name: str) -> Cluster | None:
        """Return the actor that a name stands for in this article, None where none does."""
        found = self._by_key.get(name_key(name))
        if found is None:
            rest = split_person(bare_name(name))[1]
            found = self._by_key.get(name_key(rest)) if rest else None
        if found is None:
            entries = self._dictionary.lookup(name_key(name))
            forms = entries[0].forms if len(entries) == 1 else ()
            found = next((c for f in forms if (c := self._by_key.get(name_key(f)))), None)
        return found


def _locate(
    name: str,
    text: str,
    spans: Sequence[Span],
    ground: Callable[[str], Evidence | None],
    known: ActorDictionary,
    grounded: dict[int, ZoneKind],
) -> Span | None:
    """Where the article first prints a given name, in one of the forms that are surely it."""
    bare = bare_name(name)
    if not bare:
        return None
    if name[:4] in ("the ", "The ") and not is_acronym(bare):
        # "the Front" is not the end of "the Kilo Front".
        for article in ("the ", "The "):
            place = first_place(text, article + bare, spans)
            if place is not None:
                return Span(place.start + 4, place.end)
    title, rest = split_person(bare)
    form = rest if title and rest and not rest[0].islower() else bare
    place = first_place(text, form, spans)
    if place is None and form[0].isalpha():
        turned = form[0].swapcase() + form[1:]
        if not is_acronym(form):
            place = first_place(text, turned, spans)
    if place is None and "(" in form:
        outer = form.partition("(")[0].strip()
        place = first_place(text, outer, spans) if outer else None
    if place is None:
        found = ground(form)
        if found is not None and _is_same(form, found, text, spans):
            grounded[found.start] = found.zone
            place = found.span
    if place is None:
        entries = known.lookup(name_key(form))
        if len(entries) == 1:
            places = [first_place(text, other, spans) for other in entries[0].forms]
            place = min((p for p in places if p is not None), default=None)
    return place


def _is_same(form: str, found: Evidence, text: str, spans: Sequence[Span]) -> bool:
    if found.match == "fuzzy" and name_key(found.quote) != name_key(form):
        return False
    if is_acronym(form) and found.quote.replace(".", "") != form.replace(".", ""):
        return False
    if not any(found.span.within(span) for span in spans):
        return False
    return stands_alone(text, found.start, found.end)


def _actor(actor_id: str, cluster: Cluster, zone: Callable[[int, str], ZoneKind]) -> Actor:
    mentions = tuple(
        Evidence(quote=form, start=span.start, end=span.end, zone=zone(span.start, form))
        for form, span in cluster.mentions
    )
    return Actor(
        id=actor_id,
        name=cluster.name,
        mentions=mentions,
        kind=cluster.kind,
        country=cluster.country,
        alias_source=cluster.alias_source,
    )
