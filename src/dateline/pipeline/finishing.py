"""Turn prepared items into records: actors get ids, links become ids, warnings are collected."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from dateline.checks import headline_warnings, record_warnings, type_problems
from dateline.consolidation import consolidate
from dateline.drafts import ClaimDraft, EventDraft
from dateline.pipeline.preparing import event_place
from dateline.records import (
    Actor,
    Claim,
    DateRange,
    Event,
    Participation,
    Problem,
    RejectedItem,
    Speaker,
)
from dateline.resolution.actors import resolve_actors
from dateline.resolution.quantities import find_quantities, parse_quantity

if TYPE_CHECKING:
    from collections.abc import Sequence

    from dateline.pipeline.preparing import CountParts, Desk, Prepared
    from dateline.records import Quantity
    from dateline.spans import Span


@dataclass(slots=True)
class Records:
    """The records of one article."""

    events: tuple[Event, ...]
    claims: tuple[Claim, ...]
    actors: tuple[Actor, ...]
    rejected: list[RejectedItem]
    warnings: list[Problem]


def finish(prepared: Sequence[Prepared], desk: Desk) -> Records:
    """Make records out of prepared items.

    Items that repeat each other become one, with a warning. Ids follow the order of the first
    evidence in the text: ``e1``, ``e2``, ``c1``, ``a1``.
    """
    warnings: list[Problem] = []
    events, event_ids = _numbered([p for p in prepared if p.item.kind == "event"], "e", warnings)
    claims, _ = _numbered([p for p in prepared if p.item.kind == "claim"], "c", warnings)
    resolution = resolve_actors(
        _names(prepared),
        text=desk.article.text,
        spans=desk.article.supporting,
        ground=desk.find_words,
        zone_at=desk.article.zone_at,
    )
    printed = {mention.quote: actor.id for actor in resolution.actors for mention in actor.mentions}
    actor_ids = printed | resolution.id_of
    event_records = [
        _event(item, f"e{number}", event_ids, actor_ids, desk, warnings)
        for number, item in enumerate(events, 1)
    ]
    claim_records = [
        _claim(item, f"c{number}", event_ids, actor_ids, warnings)
        for number, item in enumerate(claims, 1)
    ]
    event_records = _with_reports(event_records, claim_records)
    for event in event_records:
        warnings.extend(type_problems(event, desk.taxonomy, f"$.events[{event.id}]"))
    warnings.extend(record_warnings(event_records, claim_records))
    warnings.extend(headline_warnings(event_records, _headline_numbers(desk)))
    return Records(
        events=tuple(event_records),
        claims=tuple(claim_records),
        actors=resolution.actors,
        rejected=_dropped(events, "e") + _dropped(claims, "c"),
        warnings=warnings,
    )


def _numbered(
    items: list[Prepared], letter: str, warnings: list[Problem]
) -> tuple[list[Prepared], dict[str, str]]:
    """Merge repeats and give ids; returns the items in order and the id for each place."""
    groups = consolidate(items, key=_same_key, spans=_spans, weight=_weight)
    ids = {}
    for number, (kept, others) in enumerate(groups, 1):
        record_id = f"{letter}{number}"
        ids[kept.item.where] = record_id
        for other in others:
            ids[other.item.where] = record_id
            kept.dropped.extend(other.dropped)
            warnings.append(
                Problem(
                    code="repeated",
                    where=other.item.where,
                    message=f"says the same as {record_id} and was merged with it",
                    severity="warning",
                )
            )
    return [kept for kept, _ in groups], ids


def _event(
    item: Prepared,
    record_id: str,
    event_ids: dict[str, str],
    actor_ids: dict[str, str],
    desk: Desk,
    warnings: list[Problem],
) -> Event:
    draft = item.item.draft
    assert isinstance(draft, EventDraft)  # noqa: S101  # the kind of the item says so
    parents = _linked(item, event_ids, warnings, f"$.events[{record_id}].parent_event_id")
    parent = next((p for p in parents if p != record_id), None)
    seen: dict[tuple[str, str], Participation] = {}
    for name, role in item.actors:
        actor_id = actor_ids.get(name)
        if actor_id is not None:
            seen.setdefault(
                (actor_id, role), Participation.model_validate({"actor_id": actor_id, "role": role})
            )
    return Event(
        id=record_id,
        event_type=desk.taxonomy.event_type_of(draft.type) or "",
        sub_event_type=draft.type,
        summary=item.text,
        status=draft.status,
        salience=draft.salience,
        ongoing=draft.ongoing,
        actors=tuple(seen.values()),
        date=item.date or _undated(desk, draft),
        place=item.place,
        counts=tuple(_quantity(parts, actor_ids) for parts in item.counts),
        outcomes=tuple(dict.fromkeys(draft.outcomes)),
        parent_event_id=parent,
        evidence=item.evidence,
    )


def _claim(
    item: Prepared,
    record_id: str,
    event_ids: dict[str, str],
    actor_ids: dict[str, str],
    warnings: list[Problem],
) -> Claim:
    draft = item.item.draft
    assert isinstance(draft, ClaimDraft)  # noqa: S101  # the kind of the item says so
    links = _linked(item, event_ids, warnings, f"$.claims[{record_id}].event_ids")
    kind = draft.speaker_kind
    if item.speaker is None and kind not in ("narrator", "unspecified"):
        kind = "unspecified"
    speaker = Speaker(
        name=item.speaker.quote if item.speaker else None,
        kind=kind,
        role=item.speaker_role,
        actor_id=actor_ids.get(item.speaker.quote) if item.speaker else None,
        evidence=item.speaker,
    )
    return Claim(
        id=record_id,
        text=item.text,
        quote_type=draft.quote_type,
        speaker=speaker,
        via=item.via,
        cue=item.cue,
        claim_type=draft.claim_type,
        polarity=draft.polarity,
        certainty=draft.certainty,
        event_ids=links,
        relation=draft.relation,
        said_on=item.date,
        evidence=item.evidence,
    )


def _linked(
    item: Prepared, event_ids: dict[str, str], warnings: list[Problem], where: str
) -> tuple[str, ...]:
    """Ids for the positions that an item refers to; a position without a record is a warning."""
    answer = item.item.where.rpartition(".")[0]
    found = []
    for position in item.links:
        record_id = event_ids.get(event_place(answer, position))
        if record_id is None:
            message = f"event {position} of the answer is not among the records"
            warnings.append(
                Problem(code="dangling_link", where=where, message=message, severity="warning")
            )
        elif record_id not in found:
            found.append(record_id)
    return tuple(found)


def _with_reports(events: list[Event], claims: list[Claim]) -> list[Event]:
    reports: dict[str, list[str]] = {}
    for claim in claims:
        if claim.relation == "reports":
            for event_id in claim.event_ids:
                reports.setdefault(event_id, []).append(claim.id)
    return [
        event.model_copy(update={"reported_by": tuple(reports[event.id])})
        if event.id in reports
        else event
        for event in events
    ]


def _names(prepared: Sequence[Prepared]) -> list[str]:
    names: dict[str, None] = {}
    for item in prepared:
        names.update(dict.fromkeys(name for name, _ in item.actors))
        for parts in item.counts:
            names.update(dict.fromkeys(n for n in (parts.victim, parts.inflicted_by) if n))
    return list(names)


def _quantity(parts: CountParts, actor_ids: dict[str, str]) -> Quantity:
    if parts.victim is None and parts.inflicted_by is None:
        return parts.quantity
    return parts.quantity.model_copy(
        update={
            "victim_actor": actor_ids.get(parts.victim or ""),
            "inflicting_actor": actor_ids.get(parts.inflicted_by or ""),
        }
    )


def _undated(desk: Desk, draft: EventDraft) -> DateRange:
    if draft.status in ("occurred", "attempted") and desk.article.published:
        return DateRange(not_after=desk.article.published)
    return DateRange()


def _headline_numbers(desk: Desk) -> list[Quantity]:
    """Counts of people and things in the headline, where its words say of what."""
    found = []
    for zone in desk.article.zones:
        if zone.kind == "headline":
            for mention in find_quantities(desk.article.text, zone.span):
                stated = mention.kind and parse_quantity(mention.words, kind=mention.kind)
                if stated:
                    found.append(stated)
    return found


def _dropped(items: list[Prepared], letter: str) -> list[RejectedItem]:
    return [
        rejected.model_copy(update={"record_id": f"{letter}{number}"})
        for number, item in enumerate(items, 1)
        for rejected in item.dropped
    ]


def _same_key(item: Prepared) -> tuple[str, str, str | None]:
    draft = item.item.draft
    if isinstance(draft, EventDraft):
        return ("event", draft.type, draft.status)
    return ("claim", draft.claim_type, draft.speaker)


def _spans(item: Prepared) -> list[Span]:
    return sorted(evidence.span for evidence in item.evidence)


def _weight(item: Prepared) -> int:
    slots = (item.date, item.place, item.speaker, item.cue)
    return len(item.actors) + len(item.counts) + sum(slot is not None for slot in slots)
