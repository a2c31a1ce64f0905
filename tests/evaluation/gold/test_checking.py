from __future__ import annotations

from typing import Any

import pytest

from dateline.evaluation.gold.checking import problems
from dateline.evaluation.gold.document import ExcludedSpan, LabelCount, LabelDocument, LabelSpan
from dateline.evaluation.gold.problem import errors_of
from dateline.taxonomy import load_taxonomy
from support.gold_sample import TEXT, mill, span

ACLED = load_taxonomy("acled")


def whole(**changes: Any) -> LabelDocument:
    """The mill with its text, then changed: the hashes are those before the change."""
    return mill().model_copy(update={"text": TEXT, **changes})


def event(**changes: Any) -> LabelDocument:
    return whole(events=(mill().events[0].model_copy(update=changes),))


def claim(**changes: Any) -> LabelDocument:
    return whole(claims=(mill().claims[0].model_copy(update=changes),))


def test_good_labels_have_no_problems() -> None:
    assert problems(whole(), ACLED) == []
    assert problems(mill(), ACLED) == []


def excluded(*quotes: str) -> tuple[ExcludedSpan, ...]:
    return tuple(span(quote, kind=ExcludedSpan) for quote in quotes)


CASES = [
    (event(evidence=(LabelSpan(start=9, end=9999),)), "e1 $.events[0].evidence[0]", "ends at 9999"),
    (event(evidence=(LabelSpan(start=32, end=34),)), "$.events[0].evidence[0]", "whitespace only"),
    (event(evidence=(span("Raiders", quote="Pirates"),)), "evidence[0]", "the quote differs"),
    (event(evidence=(span("Raiders", quote_sha256="0" * 16),)), "evidence[0]", "quote_sha256"),
    (event(evidence=(span("Raiders", letters=(1, 8)),)), "evidence[0]", "letters and offsets"),
    (event(evidence=(LabelSpan(quote="Raiders"),)), "evidence[0]", "labels need offsets"),
    (event(evidence=(span("three? I counted"),)), "evidence[0]", None),
    (event(evidence=()), "e1 $.events[0].evidence", "an event needs evidence"),
    (
        whole(excluded=excluded("Raiders on horseback killed")),
        "e1 $.events[0].evidence[0]",
        "evidence in a stretch that is excluded",
    ),
    (whole(excluded=excluded("miller9: three?", "three? I")), "$.excluded[1]", "overlaps another"),
    (whole(events=mill().events * 2), "e1 $.events[1].id", "this id stands twice"),
    (whole(claims=mill().claims * 2), "c1 $.claims[1].id", "this id stands twice"),
    (claim(event_ids=("e1", "e7")), "c1 $.claims[0].event_ids[1]", "no event has this id"),
    (event(types=("Skirmish",), sub_types=()), "$.events[0].types[0]", "no type of the taxonomy"),
    (event(sub_types=("Grenade",)), "$.events[0].sub_types[0]", "'Explosions/Remote violence'"),
    (event(sub_types=("Grenades",)), "$.events[0].sub_types[0]", "no sub-type of the taxonomy"),
    (event(counts=(LabelCount(kind="killed", victim=("otters",)),)), "victim[0]", "stands nowhere"),
    (claim(cue="swore"), "c1 $.claims[0].cue", "stand nowhere"),
    (claim(via=("the Courier",)), "c1 $.claims[0].via[0]", "stands nowhere"),
    (whole(text_sha256=None), "mill $.text_sha256", "cannot be told"),
    (whole(text_sha256="0" * 64), "mill $.text_sha256", "the hash of another text"),
    (whole(error="refused"), "mill $.error", "holds no records"),
    (
        whole(annotated=("type", "status", "place", "date", "actors", "evidence")),
        "e1 $.events[0].counts",
        "does not name counts",
    ),
]


@pytest.mark.parametrize(("document", "where", "message"), CASES, ids=range(len(CASES)))
def test_what_is_wrong_is_told_with_its_place(
    document: LabelDocument, where: str, message: str | None
) -> None:
    found = problems(document, ACLED)

    if message is None:
        assert found == []
        return
    assert any(where in problem.where and message in problem.message for problem in found)


def test_a_sub_type_among_the_types_stands_for_its_type_too() -> None:
    assert (
        problems(event(types=("Attack",), sub_types=("Abduction/forced disappearance",)), ACLED)
        == []
    )
    assert problems(event(types=("Skirmish",), sub_types=("anything",))) == []


def test_an_event_after_publication_did_not_occur() -> None:
    when = mill().events[0].date
    assert when is not None
    later = when.model_copy(update={"start": when.start.replace(year=2025), "end": None})  # type: ignore[union-attr]

    assert [p.severity for p in problems(event(date=later))] == ["warning"]
    assert problems(event(date=later, status="planned")) == []


def test_names_are_compared_without_case_and_line_breaks() -> None:
    place = mill().events[0].place
    assert place is not None
    names = ("the ORSIN\nmill", "“they took the grain", '"they took')

    assert problems(event(place=place.model_copy(update={"names": names}))) == []


def test_a_prediction_may_hold_what_labels_may_not() -> None:
    document = event(
        evidence=(LabelSpan(quote="not found"), span("I counted five")),
        counts=(LabelCount(kind="killed", victim=("otters",)),),
    ).model_copy(update={"text_sha256": None, "excluded": excluded("I counted five")})

    assert problems(document, gold=False) == []
    assert len(errors_of(problems(document))) == 2


def test_many_spans_are_checked_without_delay() -> None:
    text = "word " * 100_000
    spans = tuple(ExcludedSpan(start=5 * i, end=5 * i + 4) for i in range(100_000))
    document = LabelDocument(id="long", text=text, excluded=spans)

    assert [problem.severity for problem in problems(document)] == ["warning"]
