"""Check a document against itself, its text and a taxonomy."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Literal

from dateline.evaluation.gold.document import EVENT_SLOTS, LabelDocument, LabelEvent
from dateline.evaluation.gold.hashes import text_sha256
from dateline.evaluation.gold.occurrences import folded
from dateline.evaluation.gold.problem import GoldProblem
from dateline.evaluation.gold.span_checking import span_problems
from dateline.evaluation.gold.validating import Path, path_in
from dateline.taxonomy import Taxonomy

Severity = Literal["error", "warning"]
Finding = tuple[Path, str, Severity]
Tell = Callable[[Path, str, Severity], None]


def problems(
    document: LabelDocument, taxonomy: Taxonomy | None = None, *, gold: bool = True
) -> list[GoldProblem]:
    """Everything about a document that its shape alone does not show.

    Args:
        document: with its ``text`` where that is known; what needs the text is else not checked.
        taxonomy: types and sub-types must be names of it; None takes every name.
        gold: whether these are labels. A prediction may hold what labels may not: records
            without evidence or from excluded zones, names that the text does not have.

    Returns:
        In the order of the document; errors make it unfit to score against, warnings are told.
    """
    return [
        GoldProblem(path_in(document, path), message, severity)
        for path, message, severity in findings(document, taxonomy, gold=gold)
    ]


def type_problems(document: LabelDocument, taxonomy: Taxonomy) -> list[GoldProblem]:
    """Types and sub-types that are no names of the taxonomy, or that do not go together."""
    found: list[GoldProblem] = []

    def tell(path: Path, message: str, severity: Severity = "error") -> None:
        found.append(GoldProblem(path_in(document, path), message, severity))

    for i, event in enumerate(document.events):
        _check_types(event, i, taxonomy, tell)
    return found


def findings(
    document: LabelDocument, taxonomy: Taxonomy | None = None, *, gold: bool = True
) -> list[Finding]:
    """What ``problems`` tells, as path, message and severity."""
    found: list[Finding] = []

    def tell(path: Path, message: str, severity: Severity = "error") -> None:
        found.append((path, message, severity))

    _check_document(document, tell, gold=gold)
    _check_ids(document, tell)
    for problem in span_problems(document, gold=gold):
        tell(*problem)
    for i, event in enumerate(document.events):
        if taxonomy:
            _check_types(event, i, taxonomy, tell)
        if gold:
            _check_event(document, event, i, tell)
    if gold and document.text is not None:
        _check_names(document, document.text, tell)
    return found


def _check_document(document: LabelDocument, tell: Tell, *, gold: bool) -> None:
    if document.text is not None and document.text_sha256 not in (
        None,
        text_sha256(document.text),
    ):
        tell(("text_sha256",), "this is the hash of another text", "error")
    if document.error is not None and (document.events or document.claims):
        tell(("error",), "a failed prediction holds no records", "error")
    if gold and document.text_sha256 is None:
        message = "without it a changed text cannot be told from the labelled one"
        tell(("text_sha256",), message, "warning")
    if document.annotated is None:
        return
    for slot in EVENT_SLOTS:
        if slot in document.annotated:
            continue
        name = {"type": "types", "sub_type": "sub_types"}.get(slot, slot)
        if name in ("types", "status"):
            continue  # every event has them
        for i, event in enumerate(document.events):
            if getattr(event, name):
                message = f"filled in, but `annotated` does not name {slot}: it is not scored"
                tell(("events", i, name), message, "warning")


def _check_ids(document: LabelDocument, tell: Tell) -> None:
    events = [event.id for event in document.events]
    for kind, ids in (("events", events), ("claims", [claim.id for claim in document.claims])):
        seen: set[str] = set()
        for i, name in enumerate(ids):
            if name in seen:
                tell((kind, i, "id"), "this id stands twice", "error")
            seen.add(name)
    known = set(events)
    for i, claim in enumerate(document.claims):
        for j, event_id in enumerate(claim.event_ids):
            if event_id not in known:
                tell(("claims", i, "event_ids", j), "no event has this id", "error")


def _check_types(event: LabelEvent, i: int, taxonomy: Taxonomy, tell: Tell) -> None:
    types = {event_type.name for event_type in taxonomy.event_types}
    accepted = {taxonomy.event_type_of(name) or name for name in event.types}
    for j, name in enumerate(event.types):
        if name not in types and taxonomy.event_type_of(name) is None:
            tell(("events", i, "types", j), f"no type of the taxonomy {taxonomy.id}", "error")
    for j, name in enumerate(event.sub_types):
        parent = taxonomy.event_type_of(name)
        if parent is None:
            message = f"no sub-type of the taxonomy {taxonomy.id}"
            tell(("events", i, "sub_types", j), message, "error")
        elif parent not in accepted:
            message = f"a sub-type of {parent!r}, which is not among the types"
            tell(("events", i, "sub_types", j), message, "error")


def _check_event(document: LabelDocument, event: LabelEvent, i: int, tell: Tell) -> None:
    published = document.meta.published
    start = event.date.start if event.date else None
    if event.status == "occurred" and published and start and start > published:
        message = "the event occurred, but its date is after the publication"
        tell(("events", i, "date"), message, "warning")
    if not event.evidence and "evidence" in (document.annotated or EVENT_SLOTS):
        tell(("events", i, "evidence"), "an event needs evidence", "error")


def _check_names(document: LabelDocument, text: str, tell: Tell) -> None:
    known = folded(text)

    def check(names: Iterable[str], path: Path) -> None:
        for j, name in enumerate(names):
            if folded(name) not in known:
                tell((*path, j), "this name stands nowhere in the text", "warning")

    for i, event in enumerate(document.events):
        here: Path = ("events", i)
        if event.place:
            check(event.place.names, (*here, "place", "names"))
        for j, actor in enumerate(event.actors):
            check(actor.names, (*here, "actors", j, "names"))
        for j, count in enumerate(event.counts):
            check(count.victim, (*here, "counts", j, "victim"))
    for i, claim in enumerate(document.claims):
        check(claim.speaker.names or (), ("claims", i, "speaker", "names"))
        check(claim.via, ("claims", i, "via"))
        if claim.cue and folded(claim.cue) not in known:
            message = "these words stand nowhere in the text"
            tell(("claims", i, "cue"), message, "warning")
