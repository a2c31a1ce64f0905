"""Records as flat rows: the tables behind CSV, Parquet and pandas, with typed columns.

``events`` follows the layout of ACLED's export, one row an event, so that files can be read side
by side. Lists within a cell are joined by ``"; "``.

Source: ACLED codebook, for the names and the meaning of the precision columns.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Literal, get_args

from dateline.output import wording
from dateline.records import Event, Extraction, Failure, Quantity
from dateline.spans import Evidence

TableName = Literal["events", "claims", "counts", "actors", "rejected"]
Kind = Literal["string", "int", "float", "bool", "date"]
Columns = dict[str, Kind]
Row = dict[str, object]

TABLE_NAMES: tuple[TableName, ...] = get_args(TableName)

_ARTICLE: Columns = {
    "article_id": "string",
    "url": "string",
    "publisher": "string",
    "published": "date",
}
COLUMNS: dict[TableName, Columns] = {
    "events": {
        "event_id": "string",
        **_ARTICLE,
        "event_date_start": "date",
        "event_date_end": "date",
        "date_text": "string",
        "time_precision": "int",
        "event_type": "string",
        "sub_event_type": "string",
        "status": "string",
        "salience": "string",
        "ongoing": "bool",
        "actor1": "string",
        "actor1_kind": "string",
        "assoc_actor_1": "string",
        "actor2": "string",
        "actor2_kind": "string",
        "assoc_actor_2": "string",
        "other_actors": "string",
        "country": "string",
        "admin1": "string",
        "location": "string",
        "location_text": "string",
        "latitude": "float",
        "longitude": "float",
        "geo_precision": "int",
        "fatalities_min": "float",
        "fatalities_max": "float",
        "counts": "string",
        "outcomes": "string",
        "parent_event_id": "string",
        "source_claims": "string",
        "notes": "string",
        "evidence": "string",
    },
    "claims": {
        "claim_id": "string",
        **_ARTICLE,
        "text": "string",
        "speaker": "string",
        "speaker_kind": "string",
        "speaker_role": "string",
        "via": "string",
        "cue": "string",
        "quote_type": "string",
        "claim_type": "string",
        "polarity": "string",
        "certainty": "string",
        "relation": "string",
        "event_ids": "string",
        "said_on_start": "date",
        "said_on_end": "date",
        "evidence": "string",
    },
    "counts": {
        "event_id": "string",
        "article_id": "string",
        "kind": "string",
        "text": "string",
        "value": "float",
        "min": "float",
        "max": "float",
        "comparator": "string",
        "unit": "string",
        "scope": "string",
        "explicit_unknown": "bool",
        "victim": "string",
        "inflicted_by": "string",
        "evidence": "string",
    },
    "actors": {
        "actor_id": "string",
        "article_id": "string",
        "name": "string",
        "kind": "string",
        "country": "string",
        "alias_source": "string",
        "mentions": "string",
        "evidence": "string",
    },
    "rejected": {
        "article_id": "string",
        "kind": "string",
        "record_id": "string",
        "where": "string",
        "codes": "string",
        "reasons": "string",
        "attempts": "int",
        "raw": "string",
    },
}
_TIME_PRECISION = {"time": 1, "day": 1, "week": 2, "month": 3, "season": 3, "year": 3, "range": 3}


def rows(results: Iterable[Extraction | Failure], table: TableName = "events") -> Iterator[Row]:
    """Yield one row a record, in the order of the results; failures have no rows.

    Each row has exactly the columns of ``COLUMNS[table]``; unknown values are None.
    """
    build = _BUILDERS[table]
    for result in results:
        if isinstance(result, Extraction):
            yield from build(result)


def fatalities(counts: Iterable[Quantity]) -> tuple[float | None, float | None]:
    """Smallest and largest number of killed that an event's counts allow.

    Only counts of the event itself enter, not of an operation or a campaign. A count without a
    named victim is taken as the total; otherwise victims are added up. Several reports for the
    same victim widen the interval. None where nothing was reported or no bound is set.
    """
    groups: dict[str | None, list[Quantity]] = {}
    for count in counts:
        if count.kind == "killed" and count.scope == "event" and not count.explicit_unknown:
            groups.setdefault(count.victim_actor, []).append(count)
    if None in groups:
        groups = {None: groups[None]}
    least: float | None = None
    most: float | None = 0.0 if groups else None
    for group in groups.values():
        lows = [count.low for count in group if count.low is not None]
        highs = [count.high for count in group]
        if lows:
            least = (least or 0.0) + min(lows)
        known = [high for high in highs if high is not None]
        most = most + max(known) if most is not None and len(known) == len(highs) else None
    return least, most


def _event_rows(extraction: Extraction) -> Iterator[Row]:
    names = {actor.id: actor.name for actor in extraction.actors}
    kinds = {actor.id: actor.kind for actor in extraction.actors}
    for event in extraction.events:
        first, second, others = _sides(event)
        least, most = fatalities(event.counts)
        place = event.place
        yield {
            "event_id": event.id,
            **_article(extraction),
            "event_date_start": event.date.start,
            "event_date_end": event.date.end,
            "date_text": event.date.text,
            "time_precision": _TIME_PRECISION.get(event.date.granularity)
            if event.date.start
            else None,
            "event_type": event.event_type,
            "sub_event_type": event.sub_event_type,
            "status": event.status,
            "salience": event.salience,
            "ongoing": event.ongoing,
            "actor1": names.get(first[0], first[0]) if first else None,
            "actor1_kind": kinds.get(first[0]) if first else None,
            "assoc_actor_1": _joined(names.get(actor, actor) for actor in first[1:]),
            "actor2": names.get(second[0], second[0]) if second else None,
            "actor2_kind": kinds.get(second[0]) if second else None,
            "assoc_actor_2": _joined(names.get(actor, actor) for actor in second[1:]),
            "other_actors": _joined(f"{role}: {names.get(actor, actor)}" for role, actor in others),
            "country": place.country if place else None,
            "admin1": place.admin1 if place else None,
            "location": (place.name or place.text) if place else None,
            "location_text": place.text if place else None,
            "latitude": place.lat if place else None,
            "longitude": place.lon if place else None,
            "geo_precision": place.precision if place else None,
            "fatalities_min": least,
            "fatalities_max": most,
            "counts": _joined(map(wording.amount, event.counts)),
            "outcomes": _joined(event.outcomes),
            "parent_event_id": event.parent_event_id,
            "source_claims": _joined(event.reported_by),
            "notes": event.summary,
            "evidence": _offsets(event.evidence),
        }


def _sides(event: Event) -> tuple[list[str], list[str], list[tuple[str, str]]]:
    """Initiators, targets and everyone else; two participants of a clash are its two sides."""
    first = [part.actor_id for part in event.actors if part.role == "initiator"]
    second = [part.actor_id for part in event.actors if part.role == "target"]
    rest: list[tuple[str, str]] = [
        (part.role, part.actor_id)
        for part in event.actors
        if part.role not in {"initiator", "target"}
    ]
    for side in (first, second):
        fighter = next((item for item in rest if item[0] == "participant"), None)
        if not side and fighter is not None:
            side.append(fighter[1])
            rest.remove(fighter)
    return first, second, rest


def _claim_rows(extraction: Extraction) -> Iterator[Row]:
    for claim in extraction.claims:
        yield {
            "claim_id": claim.id,
            **_article(extraction),
            "text": claim.text,
            "speaker": claim.speaker.name,
            "speaker_kind": claim.speaker.kind,
            "speaker_role": claim.speaker.role,
            "via": _joined(claim.via),
            "cue": claim.cue,
            "quote_type": claim.quote_type,
            "claim_type": claim.claim_type,
            "polarity": claim.polarity,
            "certainty": claim.certainty,
            "relation": claim.relation,
            "event_ids": _joined(claim.event_ids),
            "said_on_start": claim.said_on.start if claim.said_on else None,
            "said_on_end": claim.said_on.end if claim.said_on else None,
            "evidence": _offsets(claim.evidence),
        }


def _count_rows(extraction: Extraction) -> Iterator[Row]:
    names = {actor.id: actor.name for actor in extraction.actors}
    for event in extraction.events:
        for count in event.counts:
            victim, by = count.victim_actor, count.inflicting_actor
            yield {
                "event_id": event.id,
                "article_id": extraction.article.id,
                "kind": count.kind,
                "text": count.text,
                "value": count.value,
                "min": count.min,
                "max": count.max,
                "comparator": count.comparator,
                "unit": count.unit,
                "scope": count.scope,
                "explicit_unknown": count.explicit_unknown,
                "victim": names.get(victim, victim) if victim else None,
                "inflicted_by": names.get(by, by) if by else None,
                "evidence": _offsets([count.evidence]) if count.evidence else None,
            }


def _actor_rows(extraction: Extraction) -> Iterator[Row]:
    for actor in extraction.actors:
        yield {
            "actor_id": actor.id,
            "article_id": extraction.article.id,
            "name": actor.name,
            "kind": actor.kind,
            "country": actor.country,
            "alias_source": actor.alias_source,
            "mentions": _joined(dict.fromkeys(mention.quote for mention in actor.mentions)),
            "evidence": _offsets(actor.mentions),
        }


def _rejected_rows(extraction: Extraction) -> Iterator[Row]:
    for item in extraction.rejected:
        yield {
            "article_id": extraction.article.id,
            "kind": item.kind,
            "record_id": item.record_id,
            "where": item.where,
            "codes": _joined(problem.code for problem in item.problems),
            "reasons": _joined(problem.message for problem in item.problems),
            "attempts": item.attempts,
            "raw": item.raw,
        }


_BUILDERS = {
    "events": _event_rows,
    "claims": _claim_rows,
    "counts": _count_rows,
    "actors": _actor_rows,
    "rejected": _rejected_rows,
}


def _article(extraction: Extraction) -> Row:
    article = extraction.article
    return {
        "article_id": article.id,
        "url": article.url,
        "publisher": article.publisher,
        "published": article.published,
    }


def _joined(values: Iterable[str]) -> str | None:
    return "; ".join(values) or None


def _offsets(found: Iterable[Evidence]) -> str | None:
    return _joined(f"{evidence.start}-{evidence.end}" for evidence in found)
