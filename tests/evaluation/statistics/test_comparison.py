from __future__ import annotations

import random
import warnings
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from dateline.errors import EvaluationError
from dateline.evaluation.scoring.tallies import Statistic
from dateline.evaluation.statistics.comparison import Difference, compare, comparisons
from dateline.evaluation.statistics.families import holm

Rows = NDArray[np.float64]


def answers(quality: float, documents: int, seed: int, of: int = 10) -> Rows:
    correct = np.random.default_rng(seed).binomial(of, quality, documents)
    return np.column_stack([correct, np.full(documents, of), np.full(documents, of)]).astype(float)


def counts(correct: list[float], of: float = 1.0) -> Rows:
    return np.array([(c, of, of) for c in correct])


def opposite(found: Difference) -> tuple[object, ...]:
    def minus(value: float | None) -> float | None:
        return None if value is None else -value

    turned = {"better": "worse", "worse": "better", "can't tell": "can't tell"}
    return (
        found.b,
        found.a,
        minus(found.difference),
        minus(found.high),
        minus(found.low),
        turned[found.verdict],
        found.detectable,
        found.p,
    )


def seen(found: Difference) -> tuple[object, ...]:
    return (
        found.a,
        found.b,
        found.difference,
        found.low,
        found.high,
        found.verdict,
        found.detectable,
        found.p,
    )


row = st.tuples(st.integers(0, 4), st.integers(0, 3), st.integers(0, 3)).map(
    lambda t: (float(t[0]), float(t[0] + t[1]), float(t[0] + t[2]))
)
pairs = st.lists(st.tuples(row, row), min_size=1, max_size=20).map(np.array)
statistics = st.sampled_from(["precision", "recall", "f1", "rate", "total"])


@given(pairs=pairs, statistic=statistics, order=st.randoms(use_true_random=False))
@settings(max_examples=80, deadline=None)
def test_a_comparison_turned_around_is_the_exact_opposite_in_any_order(
    pairs: Rows, statistic: Statistic, order: random.Random
) -> None:
    places = list(range(len(pairs)))
    order.shuffle(places)
    a, b = pairs[:, 0], pairs[:, 1]

    with warnings.catch_warnings():
        warnings.simplefilter("error")
        forward = compare(a, b, statistic, draws=200)
        backward = compare(b[places], a[places], statistic, draws=200)

    assert seen(forward) == opposite(backward)


@given(pairs=pairs, statistic=statistics)
@settings(max_examples=80, deadline=None)
def test_interval_verdict_and_p_say_the_same(pairs: Rows, statistic: Statistic) -> None:
    found = compare(pairs[:, 0], pairs[:, 1], statistic, draws=200)

    if found.difference is None:
        assert found.verdict == "can't tell"
        assert found.note
        return
    assert found.low is not None
    assert found.high is not None
    assert found.p is not None
    assert found.low <= found.difference <= found.high
    assert found.b is not None
    assert found.a is not None
    assert found.difference == pytest.approx(found.b - found.a)
    assert (found.verdict == "can't tell") == (found.low <= 0 <= found.high)
    assert found.verdict == "can't tell" or found.p <= 0.05


def test_a_clear_gain_is_better_and_a_clear_loss_worse() -> None:
    old, new = answers(0.5, 80, 1), answers(0.7, 80, 2)

    assert compare(old, new, "f1").verdict == "better"
    assert compare(new, old, "f1").verdict == "worse"


@pytest.mark.parametrize("statistic", ["rate", "total"])
def test_fewer_bad_cases_are_better(statistic: Statistic) -> None:
    old, new = answers(0.5, 80, 1), answers(0.2, 80, 2)

    assert compare(old, new, statistic).verdict == "better"


def test_identical_answers_differ_on_no_document() -> None:
    found = compare(answers(0.5, 20, 1), answers(0.5, 20, 1), "f1")

    assert (found.difference, found.low, found.high) == (0, 0, 0)
    assert (found.verdict, found.note) == ("can't tell", "no difference on any document")
    assert found.differing == 0


def test_three_gains_and_no_loss_are_no_evidence() -> None:
    """A fair coin falls three times the same way once in four."""
    old = counts([0.0] * 3 + [1.0] * 27)
    new = counts([1.0] * 30)

    found = compare(old, new, "f1")

    assert found.verdict == "can't tell"
    assert found.low == 0
    assert found.p == pytest.approx(0.25, abs=0.02)


def test_eight_gains_and_no_loss_are() -> None:
    found = compare(counts([0.0] * 8 + [1.0] * 22), counts([1.0] * 30), "f1")

    assert found.verdict == "better"
    assert found.p == pytest.approx(2 / 2**8, abs=0.004)


def test_a_paired_difference_is_surer_than_two_runs_alone() -> None:
    old = answers(0.5, 100, 1)
    new = old.copy()
    new[:40, 0] = np.minimum(new[:40, 0] + 1, 10)

    paired = compare(old, new, "f1")
    apart = compare(old, new[np.random.default_rng(0).permutation(100)], "f1")

    assert paired.verdict == "better"
    assert apart.verdict == "can't tell"
    assert paired.detectable is not None
    assert apart.detectable is not None
    assert paired.detectable < apart.detectable / 3


def test_the_detectable_difference_is_that_of_the_closed_form() -> None:
    old, new = answers(0.5, 200, 1), answers(0.5, 200, 2)
    each = (new[:, 0] - old[:, 0]) / 10
    error = each.std(ddof=1) / np.sqrt(200)

    found = compare(old, new, "accuracy")

    assert found.detectable == pytest.approx((1.959964 + 0.841621) * error, rel=1e-5)


def test_a_run_with_nothing_counted_is_not_compared() -> None:
    silent = np.array([(0.0, 0.0, 5.0)] * 10)

    found = compare(silent, answers(0.5, 10, 1), "precision")

    assert (found.a, found.difference, found.verdict) == (None, None, "can't tell")
    assert "nothing was counted" in found.note


def test_runs_of_different_length_are_refused() -> None:
    with pytest.raises(EvaluationError, match="10 and 12 documents"):
        compare(answers(0.5, 10, 1), answers(0.5, 12, 1), "f1")


def test_no_documents_at_all_are_no_evidence() -> None:
    nothing = np.zeros((0, 3))

    assert compare(nothing, nothing, "f1").difference is None
    assert compare(nothing, nothing, "total").difference == 0


def test_a_measure_is_compared_the_same_alone_and_among_others() -> None:
    asked: dict[str, tuple[Rows, Rows, Statistic]] = {
        "a": (answers(0.5, 30, 1), answers(0.6, 30, 2), "f1"),
        "b": (answers(0.5, 20, 3), answers(0.6, 20, 4), "rate"),
    }

    together = comparisons(asked, draws=300)

    assert together == {name: compare(*one, draws=300) for name, one in asked.items()}


def test_of_many_figures_holm_keeps_only_the_clear_verdicts() -> None:
    family = {
        f"slot{n}": compare(answers(0.5, 40, n), answers(0.5, 40, n + 50), "f1", draws=2000)
        for n in range(8)
    }
    family["clear"] = compare(answers(0.4, 40, 1), answers(0.7, 40, 2), "f1", draws=2000)
    family["slight"] = compare(counts([0.0] * 7 + [1.0] * 23), counts([1.0] * 30), "f1", draws=2000)
    family["empty"] = compare(np.zeros((30, 3)), counts([1.0] * 30), "f1", draws=2000)

    adjusted = holm(family)

    assert family["slight"].verdict == "better"
    assert adjusted["slight"].verdict == "can't tell"
    assert adjusted["slight"].note == "better alone, but not as one of 10 figures compared"
    assert adjusted["clear"].verdict == "better"
    assert adjusted["empty"] == family["empty"]
    assert list(adjusted) == list(family)


def test_holms_p_values_are_those_of_the_closed_form() -> None:
    base = compare(answers(0.5, 40, 1), answers(0.5, 40, 2), "f1", draws=200)
    family = {str(p): replace(base, p=p) for p in (0.01, 0.04, 0.03, 0.005)}

    adjusted = {name: found.p for name, found in holm(family).items()}

    assert adjusted == {
        "0.005": pytest.approx(0.02),
        "0.01": pytest.approx(0.03),
        "0.03": pytest.approx(0.06),
        "0.04": pytest.approx(0.06),
    }


def test_one_figure_alone_is_not_adjusted() -> None:
    found = compare(answers(0.5, 40, 1), answers(0.7, 40, 2), "f1", draws=200)

    assert holm({"event.f1": found}) == {"event.f1": found}


def test_equal_runs_are_rarely_told_apart() -> None:
    """One run's answers given twice, of which 30 % of documents came out anew."""
    rng = np.random.default_rng(5)
    told = 0
    for repeat in range(200):
        old, other = answers(0.6, 40, 2 * repeat), answers(0.6, 40, 2 * repeat + 1)
        new = np.where((rng.random(40) < 0.3)[:, None], other, old)
        told += compare(old, new, "f1", draws=400, seed=repeat).verdict != "can't tell"

    assert told <= 0.085 * 200
