"""Gold labels and predictions: one document each, as JSON Lines hold them.

Both have one shape, so that either can be scored against the other. Offsets are Unicode code
points into the document's text, half-open. The names are those of ``docs/gold.md``.
"""

from __future__ import annotations

from datetime import date
from typing import Annotated, Any, Literal, Self

from pydantic import BaseModel, ConfigDict, Field, field_validator, model_validator

from dateline.records.vocabulary import (
    ActorRole,
    Certainty,
    DateGranularity,
    EventStatus,
    Polarity,
    QuantityKind,
    QuoteType,
    Salience,
)
from dateline.spans import ZoneKind

Slot = Literal["type", "sub_type", "status", "actors", "place", "date", "counts", "evidence"]
"""The slots of an event that are scored."""

Annotatable = Literal[
    "type", "sub_type", "status", "actors", "place", "date", "counts", "evidence", "claims"
]
"""What labels may or may not fill."""

EVENT_SLOTS: tuple[Slot, ...] = (
    "type",
    "sub_type",
    "status",
    "actors",
    "place",
    "date",
    "counts",
    "evidence",
)

Name = Annotated[str, Field(min_length=1, max_length=300)]
Names = Annotated[tuple[Name, ...], Field(min_length=1)]
Id = Annotated[str, Field(min_length=1, max_length=200)]


class Labelled(BaseModel):
    """Base of everything in a label file: immutable, unknown fields refused."""

    model_config = ConfigDict(frozen=True, extra="forbid", defer_build=True)


class LabelSpan(Labelled):
    """A stretch of the text.

    ``quote`` are its words, where the text may be copied. ``quote_sha256`` is the hash of its
    words (see ``gold.hashes``) and ``letters`` the same span counted in characters that are no
    whitespace: with the two an offset is repaired when only whitespace has changed. A prediction
    of another tool may know the words and not the place: then ``start`` and ``end`` are null.
    """

    start: Annotated[int, Field(ge=0)] | None = None
    end: Annotated[int, Field(ge=0)] | None = None
    quote: str | None = None
    quote_sha256: Annotated[str, Field(pattern=r"^[0-9a-f]{16}$")] | None = None
    letters: tuple[int, int] | None = None

    @model_validator(mode="after")
    def _placed_or_quoted(self) -> Self:
        if (self.start is None) != (self.end is None):
            raise ValueError("start and end go together")
        if self.start is None and not self.quote:
            raise ValueError("a span needs start and end, or a quote")
        if self.start is not None and self.end is not None and self.start >= self.end:
            raise ValueError("start must be smaller than end")
        return self


class ExcludedSpan(LabelSpan):
    """A stretch of the text that supports nothing: comments, related headlines, menus."""

    zone: ZoneKind = "boilerplate"


class LabelDate(Labelled):
    """When: an inclusive interval of days. Both null where no calendar date can be known.

    ``not_before`` and ``not_after`` are notes of the annotator; they are not scored.
    """

    start: date | None = None
    end: date | None = None
    granularity: DateGranularity = "unknown"
    not_before: date | None = None
    not_after: date | None = None

    @model_validator(mode="after")
    def _ordered(self) -> Self:
        if self.start and self.end and self.start > self.end:
            raise ValueError("start must not be after end")
        return self


class LabelPlace(Labelled):
    """Where: every correct form of the name, the best first."""

    names: Names
    admin1: str | None = None
    country: str | None = None


class LabelActor(Labelled):
    """Who, in which role: every correct form of the name, the best first."""

    role: ActorRole
    names: Names


class LabelCount(Labelled):
    """How many of what. An exact number has ``min`` equal to ``max``; a null bound is open.

    Both bounds null means that the text says the number is unknown. ``victim`` lists every
    correct form of the name of whom it happened to. ``evidence`` is where the number stands.
    """

    kind: QuantityKind
    min: float | None = None
    max: float | None = None
    victim: tuple[Name, ...] = ()
    evidence: LabelSpan | None = None

    @field_validator("victim", mode="before")
    @classmethod
    def _one_or_many(cls, value: Any) -> Any:
        if value is None or isinstance(value, str):
            return () if value is None else (value,)
        return tuple(value) if isinstance(value, list) else value

    @model_validator(mode="after")
    def _ordered(self) -> Self:
        if self.min is not None and self.max is not None and self.min > self.max:
            raise ValueError("min must not be greater than max")
        return self


class LabelEvent(Labelled):
    """One event. ``types`` are all accepted types, the best first, ``sub_types`` likewise.

    A name of a sub-type among ``types`` counts as its type together with itself. ``optional``
    events may be found or not: they can only help.
    """

    id: Id
    types: Names
    sub_types: tuple[Name, ...] = ()
    status: EventStatus = "occurred"
    salience: Salience = "main"
    optional: bool = False
    date: LabelDate | None = None
    place: LabelPlace | None = None
    actors: tuple[LabelActor, ...] = ()
    counts: tuple[LabelCount, ...] = ()
    evidence: tuple[LabelSpan, ...] = ()
    note: str | None = None


class LabelSpeaker(Labelled):
    """Whose claim: every correct form of the name; null where the text names nobody."""

    names: Names | None = None


class LabelClaim(Labelled):
    """One claim. ``evidence`` is its content; several spans where that is discontinuous."""

    id: Id
    speaker: LabelSpeaker = LabelSpeaker()
    via: tuple[Name, ...] = ()
    quote_type: QuoteType = "indirect"
    certainty: Certainty = "certain"
    polarity: Polarity = "positive"
    cue: str | None = None
    evidence: Annotated[tuple[LabelSpan, ...], Field(min_length=1)]
    event_ids: tuple[Id, ...] = ()
    optional: bool = False
    note: str | None = None


class LabelMeta(BaseModel):
    """What is known about the article. Further fields are kept (``traps``, ``split``)."""

    model_config = ConfigDict(frozen=True, extra="allow", defer_build=True)

    title: str | None = None
    published: date | None = None
    language: str | None = None
    publisher: str | None = None


class LabelDocument(Labelled):
    """One labelled or predicted document.

    ``text_sha256`` is the SHA-256 of the text in UTF-8, 64 hex digits, and ``letters_sha256`` that
    of the text without whitespace (see ``gold.hashes``). ``annotated`` names the
    event slots that the labels fill, and ``claims`` if there are labels of claims; left out, all
    of them, save ``sub_type`` in a document where no event has one. ``error`` is set in a
    prediction whose extraction failed: it counts as missed. ``diagnostics`` are counts that a
    run noted while predicting.
    """

    id: Id
    text_sha256: Annotated[str, Field(pattern=r"^[0-9a-f]{64}$")] | None = None
    letters_sha256: Annotated[str, Field(pattern=r"^[0-9a-f]{64}$")] | None = None
    text: str | None = None
    meta: LabelMeta = LabelMeta()
    annotator: str | None = None
    guideline: str | None = None
    annotated: tuple[Annotatable, ...] | None = None
    events: tuple[LabelEvent, ...] = ()
    claims: tuple[LabelClaim, ...] = ()
    excluded: tuple[ExcludedSpan, ...] = ()
    error: str | None = None
    diagnostics: dict[str, float] = Field(default_factory=dict)

    @property
    def has_labels_of_claims(self) -> bool:
        """Whether claims were labelled, be it that there are none."""
        return self.annotated is None or "claims" in self.annotated or bool(self.claims)
