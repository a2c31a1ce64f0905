"""Claims: who says so, in what words, how certain."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from dateline.records.values import DateRange
from dateline.records.vocabulary import (
    Certainty,
    ClaimRelation,
    ClaimType,
    Polarity,
    QuoteType,
    SpeakerKind,
)
from dateline.spans import Evidence, Frozen


class Speaker(Frozen):
    """Whose words or view a claim is.

    ``name`` is as printed ("a security source", "Ahmed al-Amin"), null only for ``narrator`` and
    ``unspecified``. ``evidence`` is where the name stands.
    """

    name: str | None = None
    kind: SpeakerKind = "unspecified"
    role: str | None = None
    actor_id: str | None = None
    evidence: Evidence | None = None


class Claim(Frozen):
    """One attributed statement. ``certainty`` and ``polarity`` are the source's, not ours.

    ``via`` lists intermediate carriers from the article outwards (a newspaper that is quoted);
    ``speaker`` is the original source.
    """

    id: str
    text: str
    quote_type: QuoteType = "indirect"
    speaker: Speaker = Speaker()
    via: tuple[str, ...] = ()
    cue: str | None = None
    claim_type: ClaimType = "event_report"
    polarity: Polarity = "positive"
    certainty: Certainty = "certain"
    event_ids: tuple[str, ...] = ()
    relation: ClaimRelation = "reports"
    said_on: DateRange | None = None
    evidence: Annotated[tuple[Evidence, ...], Field(min_length=1)]
