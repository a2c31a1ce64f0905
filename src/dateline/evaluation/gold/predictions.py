"""Turn what an extractor returns into predictions, in the shape of labels."""

from __future__ import annotations

from dateline.articles.article import Article
from dateline.evaluation.gold.document import (
    LabelActor,
    LabelClaim,
    LabelCount,
    LabelDate,
    LabelDocument,
    LabelEvent,
    LabelPlace,
    LabelSpan,
    LabelSpeaker,
)
from dateline.evaluation.gold.hashes import Letters, letters_sha256, quote_sha256, text_sha256
from dateline.records import Claim, DateRange, Event, Extraction, Failure, Place, Quantity
from dateline.spans import Evidence

_LONGEST_NAME = 300  # as LabelDocument allows


def as_prediction(extraction: Extraction, *, with_quotes: bool = False) -> LabelDocument:
    """The prediction that an extraction makes; nothing that is scored is lost.

    An actor goes by its canonical name. A place has the words of the article and, where it was
    found on the map, its name there. An exact number has both bounds; an explicitly unknown one
    has none. ``diagnostics`` counts what the extraction rejected and warned of.

    Args:
        extraction: of one article.
        with_quotes: keep the words of the evidence beside its offsets and hashes.
    """
    return _Prediction(extraction, with_quotes=with_quotes).document()


def failed_prediction(failure: Failure, article: Article) -> LabelDocument:
    """The prediction of an article whose extraction failed: no records, and the error's code."""
    return LabelDocument(
        id=article.id, text_sha256=text_sha256(article.text), error=failure.error or "failed"
    )


class _Prediction:
    def __init__(self, extraction: Extraction, *, with_quotes: bool) -> None:
        self._extraction = extraction
        self._names = {actor.id: actor.name for actor in extraction.actors}
        self._letters = Letters(extraction.article.text)
        self._with_quotes = with_quotes

    def document(self) -> LabelDocument:
        extraction = self._extraction
        counts = {"rejected": len(extraction.rejected), "warnings": len(extraction.warnings)}
        return LabelDocument(
            id=extraction.article.id,
            text_sha256=text_sha256(extraction.article.text),
            letters_sha256=letters_sha256(extraction.article.text),
            events=tuple(self._event(event) for event in extraction.events),
            claims=tuple(self._claim(claim) for claim in extraction.claims),
            diagnostics={name: number for name, number in counts.items() if number},
        )

    def _event(self, event: Event) -> LabelEvent:
        actors = ((part.role, _names(self._names.get(part.actor_id))) for part in event.actors)
        return LabelEvent(
            id=event.id,
            types=(event.event_type,),
            sub_types=(event.sub_event_type,) if event.sub_event_type else (),
            status=event.status,
            salience=event.salience,
            date=_date(event.date),
            place=_place(event.place),
            actors=tuple(LabelActor(role=role, names=names) for role, names in actors if names),
            counts=tuple(self._count(quantity) for quantity in event.counts),
            evidence=tuple(self._span(evidence) for evidence in event.evidence),
        )

    def _claim(self, claim: Claim) -> LabelClaim:
        return LabelClaim(
            id=claim.id,
            speaker=LabelSpeaker(names=_names(claim.speaker.name) or None),
            via=_names(*claim.via),
            quote_type=claim.quote_type,
            certainty=claim.certainty,
            polarity=claim.polarity,
            cue=claim.cue,
            evidence=tuple(self._span(evidence) for evidence in claim.evidence),
            event_ids=claim.event_ids,
        )

    def _count(self, quantity: Quantity) -> LabelCount:
        unknown = quantity.explicit_unknown
        return LabelCount(
            kind=quantity.kind,
            min=None if unknown else quantity.low,
            max=None if unknown else quantity.high,
            victim=_names(self._names.get(quantity.victim_actor or "")),
            evidence=self._span(quantity.evidence) if quantity.evidence else None,
        )

    def _span(self, evidence: Evidence) -> LabelSpan:
        return LabelSpan(
            start=evidence.start,
            end=evidence.end,
            quote=evidence.quote if self._with_quotes else None,
            quote_sha256=quote_sha256(evidence.quote),
            letters=self._letters.of(evidence.start, evidence.end),
        )


def _date(when: DateRange) -> LabelDate | None:
    if when.start is None and when.end is None:
        return None
    return LabelDate(start=when.start, end=when.end, granularity=when.granularity)


def _place(place: Place | None) -> LabelPlace | None:
    names = _names(place.text, place.name) if place else ()
    if place is None or not names:
        return None
    return LabelPlace(names=names, admin1=place.admin1, country=place.country)


def _names(*names: str | None) -> tuple[str, ...]:
    return tuple(dict.fromkeys(name[:_LONGEST_NAME] for name in names if name))
