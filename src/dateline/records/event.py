"""Events: who did what to whom, where, when, with what numbers."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from dateline.records.actors import Participation
from dateline.records.values import DateRange, Place, Quantity
from dateline.records.vocabulary import EventStatus, Outcome, Salience
from dateline.spans import Evidence, Frozen


class Event(Frozen):
    """One reported event. Reported, unverified: the library never says what is true.

    ``event_type`` and ``sub_event_type`` come from the extraction's taxonomy.
    ``reported_by`` holds ids of claims, ``parent_event_id`` the event that this one is part of.
    """

    id: str
    event_type: str
    sub_event_type: str
    summary: str
    status: EventStatus = "occurred"
    salience: Salience = "main"
    ongoing: bool | None = None
    actors: tuple[Participation, ...] = ()
    date: DateRange = DateRange()
    place: Place | None = None
    counts: tuple[Quantity, ...] = ()
    outcomes: tuple[Outcome, ...] = ()
    parent_event_id: str | None = None
    reported_by: tuple[str, ...] = ()
    evidence: Annotated[tuple[Evidence, ...], Field(min_length=1)]
