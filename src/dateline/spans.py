"""Half-open character ranges, zones and evidence: the smallest vocabulary of the library.

All offsets are Unicode code points into the untouched original text, ``[start, end)``.
"""

from __future__ import annotations

from typing import Annotated, Literal, NamedTuple, Self

from pydantic import BaseModel, ConfigDict, Field, model_validator

ZoneKind = Literal["headline", "standfirst", "body", "caption", "comment", "related", "boilerplate"]
MatchKind = Literal["exact", "normalized", "fuzzy"]

SUPPORTING_ZONES: frozenset[ZoneKind] = frozenset({"headline", "standfirst", "body"})
"""Only these zones may support a record; nothing else is ever read by a model."""


class Span(NamedTuple):
    """A half-open range of code points, ``text[start:end]``."""

    start: int
    end: int

    def within(self, other: Span) -> bool:
        """Whether this span lies wholly inside ``other``."""
        return other.start <= self.start and self.end <= other.end

    def overlaps(self, other: Span) -> bool:
        """Whether the two spans share at least one character."""
        return self.start < other.end and other.start < self.end


class Frozen(BaseModel):
    """Base of all value objects: immutable, unknown fields refused."""

    model_config = ConfigDict(frozen=True, extra="forbid", defer_build=True)


class Zone(Frozen):
    """One stretch of the original text and the part it plays on the page.

    Zones are sorted, do not overlap, and together hold every non-blank character.
    """

    kind: ZoneKind
    start: Annotated[int, Field(ge=0)]
    end: Annotated[int, Field(ge=0)]

    @property
    def span(self) -> Span:
        """The zone's range in the original text."""
        return Span(self.start, self.end)

    @property
    def supports(self) -> bool:
        """Whether text of this zone may support a record."""
        return self.kind in SUPPORTING_ZONES

    @model_validator(mode="after")
    def _ordered(self) -> Self:
        if self.start > self.end:
            raise ValueError("start must not be greater than end")
        return self


class Evidence(Frozen):
    """Words of the article that support something, with their exact place.

    ``quote`` equals ``text[start:end]`` of the original, always: it is the article's wording,
    whatever the model wrote. ``match`` says how the model's wording was found.
    """

    quote: Annotated[str, Field(min_length=1)]
    start: Annotated[int, Field(ge=0)]
    end: Annotated[int, Field(ge=0)]
    zone: ZoneKind = "body"
    match: MatchKind = "exact"

    @property
    def span(self) -> Span:
        """The evidence's range in the original text."""
        return Span(self.start, self.end)

    @model_validator(mode="after")
    def _consistent(self) -> Self:
        if self.end - self.start != len(self.quote):
            raise ValueError("end - start must equal the length of quote")
        return self
