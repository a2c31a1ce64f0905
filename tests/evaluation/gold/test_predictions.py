from __future__ import annotations

from datetime import date
from typing import Any

from dateline.evaluation.gold.checking import problems
from dateline.evaluation.gold.document import LabelDocument
from dateline.evaluation.gold.hashes import text_sha256
from dateline.evaluation.gold.predictions import as_prediction, failed_prediction
from dateline.evaluation.gold.problem import errors_of
from dateline.evaluation.gold.repair import repaired
from dateline.evaluation.gold.writing import as_line
from dateline.records import Actor, Event, Extraction, Failure, Place, Quantity
from dateline.taxonomy import load_taxonomy
from support.sample import evidence, sample_article, sample_extraction


def scored(extraction: Extraction) -> dict[str, Any]:
    """All of an extraction that is scored, taken from the records themselves."""
    names = {actor.id: actor.name for actor in extraction.actors}
    return {
        "events": [
            {
                "type": (event.event_type, event.sub_event_type, event.status, event.salience),
                "actors": sorted((p.role, names[p.actor_id]) for p in event.actors),
                "place": sorted({event.place.text, event.place.name or event.place.text})
                if event.place
                else [],
                "date": (event.date.start, event.date.end),
                "counts": [
                    (
                        quantity.kind,
                        None if quantity.explicit_unknown else quantity.low,
                        None if quantity.explicit_unknown else quantity.high,
                        names.get(quantity.victim_actor or ""),
                    )
                    for quantity in event.counts
                ],
                "evidence": [(e.start, e.end) for e in event.evidence],
            }
            for event in extraction.events
        ],
        "claims": [
            (
                claim.speaker.name,
                claim.via,
                claim.quote_type,
                claim.certainty,
                claim.polarity,
                claim.cue,
                claim.event_ids,
                [(e.start, e.end) for e in claim.evidence],
            )
            for claim in extraction.claims
        ],
    }


def predicted(document: LabelDocument) -> dict[str, Any]:
    """The same of a prediction."""
    return {
        "events": [
            {
                "type": (event.types[0], event.sub_types[0], event.status, event.salience),
                "actors": sorted((actor.role, actor.names[0]) for actor in event.actors),
                "place": sorted(event.place.names) if event.place else [],
                "date": (event.date.start, event.date.end) if event.date else (None, None),
                "counts": [
                    (count.kind, count.min, count.max, count.victim[0] if count.victim else None)
                    for count in event.counts
                ],
                "evidence": [(e.start, e.end) for e in event.evidence],
            }
            for event in document.events
        ],
        "claims": [
            (
                claim.speaker.names[0] if claim.speaker.names else None,
                claim.via,
                claim.quote_type,
                claim.certainty,
                claim.polarity,
                claim.cue,
                claim.event_ids,
                [(e.start, e.end) for e in claim.evidence],
            )
            for claim in document.claims
        ],
    }


def test_nothing_that_is_scored_is_lost_on_the_way_into_a_file() -> None:
    extraction = sample_extraction()

    line = as_line(as_prediction(extraction))

    document = LabelDocument.model_validate_json(line)
    assert document.id == extraction.article.id
    assert predicted(document) == scored(extraction)
    assert len(document.events) == 3
    assert len(document.claims) == 4


def test_a_prediction_fits_its_text_and_moves_with_it() -> None:
    article = sample_article()
    document = as_prediction(sample_extraction()).model_copy(update={"text": article.text})

    assert errors_of(problems(document, load_taxonomy("acled"), gold=False)) == []
    assert repaired(document, article.text.replace("\n\n", "\r\n")) is not None


def test_a_prediction_holds_no_evidence_in_words_unless_asked_for() -> None:
    bare, full = (as_prediction(sample_extraction(), with_quotes=asked) for asked in (False, True))

    assert "opened fire on traders travelling" not in as_line(bare)
    assert "opened fire on traders travelling" in as_line(full)


def quantity(**fields: Any) -> tuple[float | None, float | None]:
    article = sample_article()
    event = Event(
        id="E1",
        event_type="Battles",
        sub_event_type="Armed clash",
        summary="s",
        counts=(Quantity(text="x", kind="killed", **fields),),
        evidence=(evidence(article, "Gunmen"),),
    )
    made = as_prediction(sample_extraction(events=(event,), claims=()))
    return made.events[0].counts[0].min, made.events[0].counts[0].max


def test_numbers_become_bounds() -> None:
    assert quantity(value=3) == (3, 3)
    assert quantity(value=0) == (0, 0)
    assert quantity(min=23, comparator="at_least") == (23, None)
    assert quantity(max=9, comparator="at_most") == (None, 9)
    assert quantity(min=20, max=30) == (20, 30)
    assert quantity(explicit_unknown=True) == (None, None)


def test_what_is_unknown_is_left_out_and_long_names_are_cut() -> None:
    article = sample_article()
    words = evidence(article, "Gunmen")
    event = Event(
        id="E1",
        event_type="Battles",
        sub_event_type="Armed clash",
        summary="s",
        place=Place(text="w" * 400, name="w" * 300),
        evidence=(words,),
    )
    actor = Actor(id="A1", name="n" * 400, mentions=(words,))

    made = as_prediction(sample_extraction(events=(event,), claims=(), actors=(actor,)))

    assert made.events[0].date is None
    assert made.events[0].place is not None
    assert made.events[0].place.names == ("w" * 300,)


def test_what_was_rejected_is_counted() -> None:
    assert as_prediction(sample_extraction()).diagnostics == {"rejected": 2, "warnings": 1}


def test_a_failure_is_a_prediction_without_records() -> None:
    article = sample_article()
    failure = Failure(article_id=article.id, error="rate_limited", message="too fast")

    made = failed_prediction(failure, article)

    assert (made.id, made.error) == (article.id, "rate_limited")
    assert made.text_sha256 == text_sha256(article.text)
    assert made.events == made.claims == ()
    assert article.published == date(2024, 5, 15)
