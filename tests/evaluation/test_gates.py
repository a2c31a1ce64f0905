from __future__ import annotations

import contextlib
from collections.abc import Sequence

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray

from dateline.errors import EvaluationError
from dateline.evaluation.gates import Gate
from dateline.evaluation.scoring.tallies import Statistic, Tally

EMPTY = np.zeros((0, 3))


class Scores:
    """Scores as a gate sees them."""

    def __init__(self, documents: Sequence[str] = (), **measures: NDArray[np.float64]) -> None:
        self._tallies = {name.replace("_", "."): rows for name, rows in measures.items()}
        rows = next(iter(measures.values()), EMPTY)
        self.documents = list(documents) or [f"d{n}" for n in range(len(rows))]
        self.measures = tuple(self._tallies)

    def tallies(self, measure: str) -> NDArray[np.float64]:
        return self._tallies[measure]

    def value(self, metric: str) -> float | None:
        measure, _, statistic = metric.rpartition(".")
        kinds: dict[str, Statistic] = {"f1": "f1", "rate": "rate", "total": "total"}
        return Tally(*self._tallies[measure].sum(axis=0)).value(kinds[statistic])


def tallies(correct: Sequence[float], of: float = 10) -> NDArray[np.float64]:
    return np.array([(c, of, of) for c in correct], dtype=np.float64)


def spread(mean: float, documents: int = 60, seed: int = 1) -> NDArray[np.float64]:
    return tallies(np.random.default_rng(seed).binomial(10, mean, documents).tolist())


@pytest.mark.parametrize(
    ("text", "metric", "operator", "number", "to_baseline", "confidence"),
    [
        ("claim.joint.f1 >= 0.30", "claim.joint.f1", ">=", 0.3, False, None),
        ("event.f1 >= baseline - 0.02 with 95 % confidence", "event.f1", ">=", -0.02, True, 0.95),
        ("event.f1>=baseline-0.02 with 90% confidence", "event.f1", ">=", -0.02, True, 0.9),
        ("event.f1 > baseline", "event.f1", ">", 0.0, True, None),
        ("event.f1 >= baseline + .01", "event.f1", ">=", 0.01, True, None),
        ("safety.excluded.rate <= 0", "safety.excluded.rate", "<=", 0.0, False, None),
        ("cost_usd < 1.5", "cost_usd", "<", 1.5, False, None),
        ("ceaf-ree.f1 >= 1e-3 with 97.5 % confidence", "ceaf-ree.f1", ">=", 0.001, False, 0.975),
        ("  x >= -1  ", "x", ">=", -1.0, False, None),
    ],
)
def test_every_form_of_a_gate_is_read(
    text: str,
    metric: str,
    operator: str,
    number: float,
    to_baseline: bool,
    confidence: float | None,
) -> None:
    gate = Gate.parse(text)

    assert (gate.metric, gate.operator, gate.number) == (metric, operator, number)
    assert (gate.to_baseline, gate.confidence) == (to_baseline, confidence)


@pytest.mark.parametrize(
    ("text", "character", "expected", "found"),
    [
        ("", 1, "the name of a metric", "the end"),
        (">= 0.3", 1, "the name of a metric", '">="'),
        ("event.f1", 9, ">=, >, <= or <", "the end"),
        ("event.f1 == 0.3", 10, ">=, >, <= or <", '"=="'),
        ("event.f1 >=", 12, 'a number or "baseline"', "the end"),
        ("event.f1 >= basline - 0.02", 13, 'a number or "baseline"', '"basline"'),
        ("event.f1 >= 0.3x", 13, 'a number or "baseline"', '"0.3x"'),
        ("event.f1 >= baseline -", 23, "a number", "the end"),
        ("event.f1 >= 0.3 at 95 %", 17, '"with"', '"at"'),
        ("event.f1 >= 0.3 with 95 confidence", 25, '"%"', '"confidence"'),
        ("event.f1 >= 0.3 with 9 % confidence", 22, "a percentage from 50", '"9"'),
        ("event.f1 >= 0.3 with 100 % confidence", 22, "a percentage from 50", '"100"'),
        ("event.f1 >= 0.3 with 95 %", 26, '"confidence"', "the end"),
        ("event.f1 >= 0.3 0.4", 17, "with NUMBER % confidence", '"0.4"'),
    ],
)
def test_what_cannot_be_read_is_named_with_its_place(
    text: str, character: int, expected: str, found: str
) -> None:
    with pytest.raises(EvaluationError) as caught:
        Gate.parse(text, where="suite.yaml: gates[0]")

    message = str(caught.value)
    assert message.startswith("suite.yaml: gates[0]: ")
    assert f'gate "{text}", character {character}: expected ' in message
    assert expected in message
    assert f"found {found}" in message


@given(st.text(max_size=60))
def test_any_text_is_read_or_refused_with_an_evaluation_error(text: str) -> None:
    with contextlib.suppress(EvaluationError):
        Gate.parse(text)


def test_a_plain_gate_compares_the_figure_itself() -> None:
    scores = Scores(event=tallies([3, 3]))

    assert Gate.parse("event.f1 >= 0.30").check(scores).outcome == "passed"
    assert Gate.parse("event.f1 > 0.30").check(scores).outcome == "failed"
    assert Gate.parse("event.f1 <= 0.30").check(scores).outcome == "passed"
    assert Gate.parse("event.f1 < 0.30").check(scores).outcome == "failed"
    assert Gate.parse("event >= 0.31").check(scores).outcome == "failed"


def test_a_margin_counts_from_the_baseline_and_rounding_does_not_decide() -> None:
    old, new = Scores(event=tallies([34, 34], of=100)), Scores(event=tallies([32, 32], of=100))

    kept = Gate.parse("event.f1 >= baseline - 0.02").check(new, old)
    lost = Gate.parse("event.f1 >= baseline - 0.019").check(new, old)

    assert (kept.outcome, lost.outcome) == ("passed", "failed")
    assert kept.bound == pytest.approx(0.32)
    assert "0.32, baseline 0.34" in kept.message


@pytest.mark.parametrize(
    ("bound", "outcome"), [("0.4", "passed"), ("0.6", "can't tell"), ("0.8", "failed")]
)
def test_with_confidence_the_whole_interval_must_meet_a_number(bound: str, outcome: str) -> None:
    scores = Scores(event=spread(0.6))

    up = Gate.parse(f"event.f1 >= {bound} with 95 % confidence").check(scores)
    down = Gate.parse(f"event.f1 <= {bound} with 95 % confidence").check(scores)

    assert up.outcome == outcome
    opposite = {"passed": "failed", "failed": "passed"}
    assert down.outcome == opposite.get(outcome, outcome)
    assert up.low is not None
    assert up.high is not None
    assert up.low < 0.6 < up.high
    assert "95 % interval" in up.message


def test_a_regression_gate_has_three_outcomes() -> None:
    old = spread(0.7, 200)
    slightly = old.copy()
    slightly[::11, 0] = np.maximum(slightly[::11, 0] - 1, 0)
    much = old.copy()
    much[:, 0] = np.maximum(much[:, 0] - 3, 0)
    gate = Gate.parse("event.f1 >= baseline - 0.02 with 95 % confidence")
    baseline = Scores(event=old)

    slight = gate.check(Scores(event=slightly), baseline)
    noisy = gate.check(Scores(event=spread(0.7, 200, seed=2)), baseline)
    worse = gate.check(Scores(event=much), baseline)

    assert [r.outcome for r in (slight, noisy, worse)] == ["passed", "can't tell", "failed"]
    assert slight.low is not None
    assert slight.low > -0.02
    assert worse.high is not None
    assert worse.high < -0.02


def test_cannot_tell_lets_a_run_through_only_where_the_suite_says_so() -> None:
    result = Gate.parse("event.f1 >= 0.6 with 95 % confidence").check(Scores(event=spread(0.6)))

    assert not result.holds()
    assert result.holds("pass")


def test_identical_answers_pass_a_regression_gate_and_say_so() -> None:
    scores = Scores(event=spread(0.5, 12))

    result = Gate.parse("event.f1 >= baseline - 0.02 with 95 % confidence").check(scores, scores)

    assert result.outcome == "passed"
    assert "no difference on any document" in result.message


def test_the_baselines_documents_are_matched_by_id() -> None:
    rows = spread(0.5, 30)
    names = [f"d{n}" for n in range(30)]
    scores = Scores(names, event=rows)
    turned = Scores(names[::-1], event=rows[::-1].copy())

    result = Gate.parse("event.f1 >= baseline - 0.02 with 95 % confidence").check(scores, turned)

    assert "no difference on any document" in result.message


def test_a_baseline_over_other_documents_is_refused() -> None:
    gate = Gate.parse("event.f1 >= baseline with 95 % confidence")

    with pytest.raises(EvaluationError, match="differ in 2 documents"):
        gate.check(Scores(["a", "b"], event=spread(0.5, 2)), Scores(["a", "c"], event=spread(1, 2)))


def test_a_missing_baseline_is_said() -> None:
    with pytest.raises(EvaluationError, match="there is no baseline"):
        Gate.parse("event.f1 >= baseline").check(Scores(event=spread(0.5)))


def test_an_unknown_metric_is_named_with_close_ones() -> None:
    gate = Gate.parse("event.plase.f1 >= 0.5", where="suite.yaml")

    with pytest.raises(EvaluationError, match=r'suite.yaml: gate "event.plase.f1 .*event.place.f1'):
        gate.check(Scores(event_place=spread(0.5)))


def test_a_measure_that_was_not_scored_is_said() -> None:
    with pytest.raises(EvaluationError, match=r"no scores for claim\.joint"):
        Gate.parse("claim.joint.f1 >= 0.5").check(Scores(event=spread(0.5)))


def test_figures_that_are_no_metrics_come_from_the_caller() -> None:
    costs = {"cost_usd": 1.2}
    gate = Gate.parse("cost_usd <= baseline + 0.1")

    result = gate.check(
        Scores(), Scores(), named=costs.__getitem__, baseline_named={"cost_usd": 1.0}.__getitem__
    )

    assert result.outcome == "failed"
    assert result.bound == pytest.approx(1.1)
    with pytest.raises(EvaluationError, match="has no interval"):
        Gate.parse("cost_usd <= 1.5 with 95 % confidence").check(Scores(), named=costs.__getitem__)


def test_nobody_can_tell_where_nothing_was_counted() -> None:
    nothing = Scores(event=np.zeros((5, 3)))

    for text in ("event.f1 >= 0", "event.f1 >= 0 with 95 % confidence"):
        result = Gate.parse(text).check(nothing)
        assert result.outcome == "can't tell"
        assert "nothing was counted in this run" in result.message
    paired = Gate.parse("event.f1 >= baseline with 95 % confidence")
    assert "in the baseline" in paired.check(Scores(event=spread(0.5, 5)), nothing).message


def test_no_failures_pass_a_gate_of_zero() -> None:
    rows = np.zeros((40, 3))

    assert Gate.parse("failures.total <= 0").check(Scores(failures=rows)).outcome == "passed"
    sure = Gate.parse("failures.total <= 0 with 95 % confidence").check(Scores(failures=rows))
    assert sure.outcome == "can't tell"
