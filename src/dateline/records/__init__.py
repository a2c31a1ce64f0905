"""The records that dateline returns. See ``docs/glossary.md`` for the terms."""

from dateline.records.actors import Actor, Participation
from dateline.records.attempts import Attempt
from dateline.records.claim import Claim, Speaker
from dateline.records.event import Event
from dateline.records.extraction import (
    Extraction,
    Failure,
    Problem,
    Provenance,
    RejectedItem,
    Usage,
)
from dateline.records.values import DateRange, Place, Quantity

__all__ = [
    "Actor",
    "Attempt",
    "Claim",
    "DateRange",
    "Event",
    "Extraction",
    "Failure",
    "Participation",
    "Place",
    "Problem",
    "Provenance",
    "Quantity",
    "RejectedItem",
    "Speaker",
    "Usage",
]
