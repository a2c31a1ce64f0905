"""Values that code resolves from the article's own words: places, dates, quantities."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Self

from pydantic import Field, model_validator

from dateline.records.vocabulary import (
    Comparator,
    DateBasis,
    DateGranularity,
    PlaceMethod,
    PlacePrecision,
    PlaceRelation,
    QuantityKind,
    QuantityScope,
)
from dateline.spans import Evidence, Frozen


class Place(Frozen):
    """Where something happened, in the article's words and, where known, on the map.

    ``text`` is as printed. ``name``, ``admin1``, ``country`` (ISO 3166-1 alpha-2), ``lat`` and
    ``lon`` (WGS 84 degrees) come from the shipped gazetteer or stay null; a model never supplies
    them. ``relation`` keeps "near", "between" and directions apart from "in", and ``anchors``
    names what the relation is about. ``precision`` follows ACLED: 1 town, 2 near or part of a
    region, 3 larger region.
    """

    text: str
    name: str | None = None
    relation: PlaceRelation = "in"
    anchors: tuple[str, ...] = ()
    admin1: str | None = None
    country: str | None = None
    lat: Annotated[float, Field(ge=-90, le=90)] | None = None
    lon: Annotated[float, Field(ge=-180, le=180)] | None = None
    precision: PlacePrecision = 3
    method: PlaceMethod = "none"
    evidence: Evidence | None = None


class DateRange(Frozen):
    """When something happened: an inclusive interval of days, or the words alone.

    ``basis`` says how the calendar dates were got. Where the publication date is unknown a
    relative expression keeps its words in ``text`` and has no calendar date. ``not_before`` and
    ``not_after`` bound an otherwise unknown date.
    """

    text: str | None = None
    start: date | None = None
    end: date | None = None
    granularity: DateGranularity = "unknown"
    basis: DateBasis = "none"
    not_before: date | None = None
    not_after: date | None = None
    evidence: Evidence | None = None

    @model_validator(mode="after")
    def _ordered(self) -> Self:
        if self.start and self.end and self.start > self.end:
            raise ValueError("start must not be after end")
        return self


class Quantity(Frozen):
    """A number in the article's own words, and what it means.

    "23" is ``value=23``. "At least 23" is ``min=23``; "more than 80" is ``min=80`` with
    comparator ``more_than``; "dozens" is ``min=24`` and ``vague``; "20 to 30" is ``min=20,
    max=30``. ``explicit_unknown`` marks "the toll is unknown", which is not 0. ``unit`` stays as
    printed. ``victim_actor`` and ``inflicting_actor`` are ids in ``Extraction.actors``.
    """

    text: str
    kind: QuantityKind = "other"
    value: float | None = None
    min: float | None = None
    max: float | None = None
    comparator: Comparator = "eq"
    unit: str | None = None
    victim_actor: str | None = None
    inflicting_actor: str | None = None
    scope: QuantityScope = "event"
    explicit_unknown: bool = False
    evidence: Evidence | None = None

    @property
    def low(self) -> float | None:
        """The smallest number that the words allow."""
        return self.value if self.value is not None else self.min

    @property
    def high(self) -> float | None:
        """The largest number that the words allow; None where the words set no bound."""
        return self.value if self.value is not None else self.max
