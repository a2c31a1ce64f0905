"""What an LLM fills in: few fields, no offsets, nothing that code can compute.

Every field is required and nullable where it may be unknown, every list and string is bounded,
and nothing here uses unions, dicts, defaults or formats that structured-output modes reject.
``draft_model`` closes the event types over a taxonomy, once per taxonomy.
"""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field, create_model

from dateline.records.vocabulary import (
    ActorRole,
    Certainty,
    ClaimRelation,
    ClaimType,
    EventStatus,
    Outcome,
    Polarity,
    QuantityKind,
    QuantityScope,
    QuoteType,
    Salience,
    SpeakerKind,
)

if TYPE_CHECKING:
    from collections.abc import Sequence

Words = Annotated[str, Field(max_length=200)]
QuoteText = Annotated[str, Field(min_length=1, max_length=600)]
Prose = Annotated[str, Field(min_length=1, max_length=400)]


def _every_field_required(schema: dict[str, Any]) -> None:
    for field in schema.get("properties", {}).values():
        field.pop("default", None)
    schema["required"] = list(schema.get("properties", {}))


class Draftable(BaseModel):
    """Base of everything a model fills in. In the JSON Schema every field is required."""

    model_config = ConfigDict(
        extra="forbid", defer_build=True, json_schema_extra=_every_field_required
    )


class ActorDraft(Draftable):
    """``name`` is copied from the article, without "the"."""

    name: Annotated[str, Field(min_length=1, max_length=200)]
    role: ActorRole


class CountDraft(Draftable):
    """``quote`` is the number with its words, copied: "at least 12 people"."""

    quote: Annotated[str, Field(min_length=1, max_length=200)]
    kind: QuantityKind
    victim: Words | None
    inflicted_by: Words | None
    scope: QuantityScope


class EventDraft(Draftable):
    """One event. ``type`` is a sub-event type of the taxonomy; ``evidence`` are copied quotes.

    ``part_of`` is the position, from 1, of the answer's event that this one is a part of.
    """

    type: Annotated[str, Field(min_length=1, max_length=100)]
    summary: Prose
    status: EventStatus
    salience: Salience
    ongoing: bool | None
    actors: Annotated[list[ActorDraft], Field(max_length=12)]
    date: Words | None
    place: Words | None
    counts: Annotated[list[CountDraft], Field(max_length=12)]
    outcomes: Annotated[list[Outcome], Field(max_length=6)]
    part_of: Annotated[int, Field(ge=1)] | None = None
    evidence: Annotated[list[QuoteText], Field(min_length=1, max_length=4)]


class ClaimDraft(Draftable):
    """One attributed statement. ``events`` are positions in the answer's event list, from 1."""

    text: Prose
    quote_type: QuoteType
    speaker: Words | None
    speaker_kind: SpeakerKind
    speaker_role: Words | None
    via: Annotated[list[Words], Field(max_length=4)]
    cue: Annotated[str, Field(max_length=60)] | None
    claim_type: ClaimType
    polarity: Polarity
    certainty: Certainty
    relation: ClaimRelation
    events: Annotated[list[Annotated[int, Field(ge=1)]], Field(max_length=12)]
    said_on: Words | None
    evidence: Annotated[list[QuoteText], Field(min_length=1, max_length=4)]


class Draft(Draftable):
    """The whole answer for one article or chunk."""

    events: Annotated[list[EventDraft], Field(max_length=30)]
    claims: Annotated[list[ClaimDraft], Field(max_length=40)]


@lru_cache(maxsize=32)
def draft_model(sub_event_types: Sequence[str]) -> type[Draft]:
    """Return ``Draft`` with ``EventDraft.type`` closed over these sub-event types.

    Args:
        sub_event_types: a tuple of names, in the taxonomy's order, which is the schema's order.
    """
    types: Any = Literal[tuple(sub_event_types)]
    event = create_model("EventDraft", __base__=EventDraft, type=(types, ...))
    return create_model(
        "Draft",
        __base__=Draft,
        events=(Annotated[list[event], Field(max_length=30)], ...),
    )
