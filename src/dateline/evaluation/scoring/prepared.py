"""Events and claims made ready for comparing: names normalised, spans placed, types resolved."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from dateline.evaluation.gold.document import (
    EVENT_SLOTS,
    LabelClaim,
    LabelDocument,
    LabelEvent,
    Slot,
)
from dateline.evaluation.scoring.counts import CountRange, count_range
from dateline.evaluation.scoring.dates import Days, days
from dateline.evaluation.scoring.names import NameForms, forms, normalise
from dateline.evaluation.scoring.spans import Places, Range, merged
from dateline.taxonomy import Taxonomy


@dataclass(frozen=True, slots=True)
class Event:
    """An event as the scorer sees it. Slots that are not scored in its document are empty.

    ``key`` is its whole content in one order, whatever the order it was written down in: equal
    for events that no score can tell apart.
    """

    id: str
    optional: bool
    types: frozenset[str]
    sub_types: frozenset[str]
    sub_type_required: bool
    status: str | None
    actors: tuple[tuple[str, NameForms], ...]
    place: NameForms | None
    date: Days | None
    counts: tuple[CountRange, ...]
    evidence: tuple[Range, ...]
    union: tuple[Range, ...]
    key: str


NOTHING = Event("", False, frozenset(), frozenset(), False, None, (), None, None, (), (), (), "")
"""An event with nothing in it, to compare those with that have no partner."""


@dataclass(frozen=True, slots=True)
class Claim:
    """A claim as the scorer sees it; ``key`` as in ``Event``."""

    id: str
    optional: bool
    content: tuple[Range, ...]
    speaker: NameForms | None
    certainty: str
    polarity: str
    quote_type: str
    key: str


@dataclass(frozen=True)
class TypeNames:
    """What names of types and sub-types stand for.

    Args:
        taxonomy: the types; without one a name stands for itself only.
    """

    taxonomy: Taxonomy | None = None
    _parents: Mapping[str, str] = field(init=False, default_factory=dict)

    def __post_init__(self) -> None:
        if self.taxonomy is None:
            return
        types = {normalise(event.name) for event in self.taxonomy.event_types}
        parents = {
            normalise(sub.name): normalise(event.name)
            for event in self.taxonomy.event_types
            for sub in event.sub_event_types
        }
        # A name that is both is the type: every one of its records is right about it.
        kept = {name: parent for name, parent in parents.items() if name not in types}
        object.__setattr__(self, "_parents", kept)

    def of(self, label: LabelEvent) -> tuple[frozenset[str], frozenset[str], bool]:
        """Return accepted types, accepted sub-types, and whether a sub-type must be named.

        It need not be where one of several accepted types has none.
        """
        given = {normalise(name) for name in label.types}
        subs = {normalise(name) for name in label.sub_types}
        implied = {name for name in given if name in self._parents}
        types = given | {self._parents[name] for name in implied}
        required = bool(subs) or len(implied) == len(given)
        return frozenset(types), frozenset(subs | implied), required and bool(subs | implied)


def scored_slots(gold: LabelDocument, names: TypeNames) -> frozenset[Slot]:
    """Return the slots of events that the labels of a document fill."""
    if gold.annotated is not None:
        return frozenset(slot for slot in EVENT_SLOTS if slot in gold.annotated)
    slots = frozenset(EVENT_SLOTS)
    if any(names.of(event)[1] for event in gold.events):
        return slots
    return slots - {"sub_type"}


def prepare_event(
    label: LabelEvent, *, slots: frozenset[Slot], names: TypeNames, places: Places
) -> Event:
    """Prepare an event, without the slots that are not scored."""
    types, sub_types, required = names.of(label)
    status = label.status if "status" in slots else None
    actors = (
        tuple((actor.role, forms(actor.names)) for actor in label.actors)
        if "actors" in slots
        else ()
    )
    place = forms(label.place.names) if label.place and "place" in slots else None
    date = days(label.date) if "date" in slots else None
    counts = tuple(map(count_range, label.counts)) if "counts" in slots else ()
    evidence = tuple(map(places.of, label.evidence)) if "evidence" in slots else ()
    if "type" not in slots:
        types = frozenset()
    if "sub_type" not in slots:
        sub_types, required = frozenset(), False
    content = (
        sorted(types),
        sorted(sub_types),
        status,
        sorted((role, sorted(name.strict)) for role, name in actors),
        sorted(place.strict) if place else None,
        date,
        sorted((str(c.key), sorted(c.victim.strict) if c.victim else []) for c in counts),
        sorted(evidence),
        label.optional,
    )
    return Event(
        label.id,
        label.optional,
        types,
        sub_types,
        required,
        status,
        actors,
        place,
        date,
        counts,
        evidence,
        merged(evidence),
        repr(content),
    )


def prepare_claim(label: LabelClaim, *, places: Places) -> Claim:
    """Prepare a claim."""
    content = merged(map(places.of, label.evidence))
    speaker = forms(label.speaker.names) if label.speaker.names else None
    said_by = sorted(speaker.strict) if speaker else None
    key = (content, said_by, label.certainty, label.polarity, label.quote_type, label.optional)
    return Claim(
        label.id,
        label.optional,
        content,
        speaker,
        label.certainty,
        label.polarity,
        label.quote_type,
        repr(key),
    )
