"""The safety rates, and spans that know their words and not their place."""

from __future__ import annotations

from typing import Any

import pytest

from dateline.evaluation.gold.document import LabelDocument
from dateline.evaluation.scoring.safety import printed_numbers
from dateline.evaluation.scoring.scorer import score_document
from dateline.evaluation.scoring.tallies import Tally
from support.labels import claim, document, event

TEXT = "Dozens fled Karvel and two thousand stayed, the mayor said. A guard died. Read: 99 more."


def predicted(*evidence: dict[str, Any], counts: tuple[tuple[float, float], ...] = ()) -> Any:
    return LabelDocument.model_validate(
        {
            "id": "d1",
            "events": [
                {
                    "id": "e1",
                    "types": ["Battles"],
                    "evidence": list(evidence),
                    "counts": [{"kind": "other", "min": a, "max": b} for a, b in counts],
                }
            ],
        }
    )


def rate(name: str, answer: LabelDocument, **gold: Any) -> Tally | None:
    return score_document(document(**{"text": TEXT, **gold}), answer).tallies.get(f"safety.{name}")


def test_records_on_excluded_text_are_counted_as_records() -> None:
    excluded = [{"start": 74, "end": 88}]
    answer = document(
        event("a", evidence=[(0, 20), (70, 80)]),
        event("b", evidence=[(0, 74)]),
        claim("c", evidence=[(80, 85)]),
    )

    assert rate("excluded", answer, excluded=excluded) == (2, 3, 0)
    assert rate("excluded", answer, excluded=excluded, text=None) == (2, 3, 0)


@pytest.mark.parametrize(
    ("span", "bad"),
    [
        ({"start": 0, "end": 11, "quote": "Dozens fled"}, 0),
        ({"start": 0, "end": 11, "quote": "dozens fled"}, 1),
        ({"start": 80, "end": 200, "quote": "more"}, 1),
        ({"start": 80, "end": 200}, 1),
        ({"quote": "DOZENS  fled Karvel"}, 0),
        ({"quote": "hundreds fled Karvel"}, 1),
        ({"start": 0, "end": 11, "quote_sha256": "0" * 16}, 1),
    ],
)
def test_evidence_that_is_not_in_the_text_is_ungrounded(span: dict[str, Any], bad: int) -> None:
    assert rate("ungrounded", predicted(span)) == (bad, 1, 0)


def test_what_needs_the_text_is_left_out_without_it() -> None:
    answer = predicted({"start": 0, "end": 11, "quote": "no such"}, counts=((7, 7),))

    assert rate("ungrounded", answer, text=None) is None
    assert rate("numbers", answer, text=None) is None


def test_numbers_that_the_text_states_nowhere_are_counted() -> None:
    answer = predicted(
        {"start": 0, "end": 11}, counts=((24, 24), (2000, 2000), (23, 99), (7, 7), (1, 1))
    )

    assert rate("numbers", answer) == (2, 5, 0)


def test_a_count_without_a_number_is_no_case() -> None:
    unknown = document(event(counts=[("killed", None, None)], evidence=[(0, 9)]))

    assert rate("numbers", unknown) is None


def test_printed_numbers_are_read_as_the_extractor_reads_them() -> None:
    assert printed_numbers("No casualties; 1,200 men, a dozen tanks") >= {0.0, 1200.0, 12.0}
    assert 24.0 not in printed_numbers("12 men and 12 women")


def test_a_quote_without_a_place_is_looked_up_in_the_text() -> None:
    gold = document(event(evidence=[(0, 18)]), text=TEXT)

    found = score_document(gold, predicted({"quote": "dozens fled  Karvel"})).tallies

    assert found["event.evidence_exact"] == (1, 1, 1)


def test_a_quote_without_a_place_equals_the_same_quote_where_there_is_no_text() -> None:
    span = {"start": 50, "end": 68, "quote": "Dozens fled Karvel"}
    gold = predicted(span)

    found = score_document(gold, predicted({"quote": "dozens fled Karvel"})).tallies
    other = score_document(gold, predicted({"quote": "dozens left Karvel"})).tallies

    assert found["event.evidence_exact"] == (1, 1, 1)
    assert other["event.evidence"] == (0, 1, 1)
