"""Scores of many documents: what is listed, what is refused, and the names of the figures."""

from __future__ import annotations

import numpy as np
import pytest

from dateline.errors import EvaluationError, GoldError
from dateline.evaluation.gold.document import LabelDocument
from dateline.evaluation.scoring.measures import MEASURES, metric, metrics_of
from dateline.evaluation.scoring.score import Score
from dateline.evaluation.scoring.scorer import score, score_document
from support.labels import claim, document, event

GOLD = [
    document(event(place="Karvel"), id="a"),
    document(event(place="Vesk"), claim(evidence=[(0, 9)]), id="b"),
    document(id="c"),
]


def test_documents_without_a_prediction_are_missed_and_listed() -> None:
    result = score(GOLD, [GOLD[0], LabelDocument(id="b", error="timed out")])

    assert result.unpredicted == ("c",)
    assert result.failed == ("b",)
    assert result.value("event.found.recall") == 0.5
    assert result.value("missing.total") == 1
    assert result.value("failures.total") == 1


def test_what_a_failed_prediction_holds_is_not_scored() -> None:
    half = GOLD[1].model_copy(update={"error": "cut off"})

    assert score([GOLD[1]], [half]).value("event.f1") == 0.0


def test_a_prediction_for_an_unknown_document_is_refused_by_name() -> None:
    with pytest.raises(GoldError, match='"zz"'):
        score(GOLD, [document(id="zz")])


def test_a_document_that_stands_twice_is_refused_by_name() -> None:
    with pytest.raises(GoldError, match=r'gold: .*"a"'):
        score([*GOLD, GOLD[0]], [])
    with pytest.raises(GoldError, match=r'predictions: .*"b"'):
        score(GOLD, [GOLD[1], GOLD[1]])


def test_a_record_id_that_stands_twice_is_refused_by_document() -> None:
    twice = document(event("e"), event("e"), id="a")

    with pytest.raises(GoldError, match=r'gold, document a: .*events: "e"'):
        score_document(twice, None)
    with pytest.raises(GoldError, match="predictions, document a"):
        score_document(GOLD[0], twice)


def test_records_on_documents_without_any_are_a_total() -> None:
    answer = document(event(), claim(evidence=[(0, 9)]), id="c")

    result = score(GOLD, [answer])

    assert result.value("records_on_empty.total") == 2
    assert "records_on_empty" not in score(GOLD[:2], []).measures


def test_leaks_that_a_run_noted_are_a_total() -> None:
    noted = [d.model_copy(update={"diagnostics": {"few_shot_leaks": 1}}) for d in GOLD[:2]]

    assert score(GOLD, noted).value("few_shot_leaks.total") == 2


def test_tallies_have_a_row_for_every_document_in_the_order_of_gold() -> None:
    result = score(GOLD, [GOLD[1]])

    np.testing.assert_array_equal(result.tallies("event.found"), [[0, 0, 1], [1, 1, 1], [0, 0, 0]])
    np.testing.assert_array_equal(result.tallies("claim.joint"), [[0, 0, 0], [1, 1, 1], [0, 0, 0]])
    assert result.tallies("claim.speaker").shape == (3, 3)


def test_scoring_nothing_gives_a_score_without_figures() -> None:
    result = score([], [])

    assert result.measures == ()
    assert result.value("event.f1") is None
    assert result.tallies("event").shape == (0, 3)


def test_every_metric_of_a_score_has_a_value_by_its_name() -> None:
    result = score(GOLD, GOLD)

    assert {"event.f1", "claim.joint.recall", "failures.total"} <= set(result.metrics)
    assert set(result.values()) == set(result.metrics)
    assert {m.rpartition(".")[0] for m in result.metrics} == set(result.measures)


def test_metric_names_have_short_forms() -> None:
    assert metric("event").name == "event.f1"
    assert metric("claim.certainty").name == "claim.certainty.accuracy"
    assert metric("claim.composite.recall").name == "claim.joint.recall"
    assert metric("claim.composite").name == "claim.joint.f1"
    assert metric("ceaf-ree").name == "ceaf-ree.f1"
    assert metric("ceaf-ree.weapon.recall") == ("ceaf-ree.weapon", "recall")
    assert all(metric(name).name == name for name in metrics_of(MEASURES))


def test_lower_is_better_for_what_should_not_happen() -> None:
    assert metric("safety.numbers.rate").lower_is_better
    assert metric("failures.total").lower_is_better
    assert not metric("event.f1").lower_is_better


@pytest.mark.parametrize("name", ["event.f2", "evnt.f1", "event.type.accuracy", "f1", "", "event."])
def test_a_metric_that_does_not_exist_is_refused(name: str) -> None:
    with pytest.raises(EvaluationError, match="no metric"):
        score(GOLD, GOLD).value(name)


def test_the_message_names_the_closest_metrics() -> None:
    with pytest.raises(EvaluationError, match=r"event\.place\.recall"):
        metric("event.place.recal")


@pytest.mark.parametrize("text", ["", "{}", "[]", "null", '{"format": "dateline-scores/1"}'])
def test_a_damaged_score_is_refused(text: str) -> None:
    with pytest.raises(EvaluationError, match="no scores, or they are damaged"):
        Score.from_json(text)


def test_a_score_of_another_version_is_refused() -> None:
    with pytest.raises(EvaluationError, match="dateline-scores/1"):
        Score.from_json('{"format": "dateline-scores/9", "documents": []}')


def test_claims_are_not_scored_where_labels_do_not_have_them() -> None:
    answered = document(event(place="Karvel"), claim(evidence=[(0, 9)]), id="a")
    empty = document(id="c").model_copy(update={"annotated": ("type", "place")})
    events_only = GOLD[0].model_copy(update={"annotated": ("type", "place")})
    both = GOLD[0].model_copy(update={"annotated": ("type", "place", "claims")})

    assert score([events_only], [answered]).value("claim.content.f1") is None
    assert score([both], [answered]).value("claim.content.precision") == 0.0
    only_claims = answered.model_copy(update={"id": "c", "events": ()})
    assert score([empty], [only_claims]).value("records_on_empty.total") == 0
    assert score([GOLD[2]], [only_claims]).value("records_on_empty.total") == 1
