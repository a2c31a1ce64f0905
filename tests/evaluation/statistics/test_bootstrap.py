from __future__ import annotations

import random
import warnings

import numpy as np
import pytest
import scipy.stats
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from dateline.errors import EvaluationError
from dateline.evaluation.scoring.tallies import Statistic
from dateline.evaluation.statistics.bootstrap import interval, intervals
from dateline.evaluation.statistics.resampling import resamples

Rows = NDArray[np.float64]


def suite(documents: int, seed: int = 3) -> Rows:
    rng = np.random.default_rng(seed)
    gold = rng.integers(0, 9, documents)
    correct = rng.binomial(gold, rng.beta(3, 2, documents))
    return np.column_stack([correct, correct + rng.integers(0, 3, documents), gold]).astype(float)


def counts(correct: list[float], of: float = 1.0) -> Rows:
    return np.array([(c, of, of) for c in correct])


rows = st.lists(
    st.tuples(st.integers(0, 5), st.integers(0, 4), st.integers(0, 4)).map(
        lambda t: (float(t[0]), float(t[0] + t[1]), float(t[0] + t[2]))
    ),
    min_size=1,
    max_size=25,
).map(np.array)
statistics = st.sampled_from(["precision", "recall", "f1", "accuracy", "rate", "total"])


@pytest.mark.parametrize(
    ("statistic", "value"),
    [("precision", 0.75), ("accuracy", 0.75), ("rate", 0.75), ("recall", 0.5), ("f1", 0.6)],
)
def test_the_figure_is_that_of_the_summed_tallies(statistic: Statistic, value: float) -> None:
    tallies = np.array([(1.0, 2.0, 2.0), (2.0, 2.0, 4.0), (0.0, 0.0, 0.0)])

    assert interval(tallies, statistic, draws=200).value == pytest.approx(value)


def test_a_total_and_its_interval_are_of_the_whole_suite() -> None:
    total = interval(counts([0, 2, 1, 0, 3, 0, 0, 1] * 10), "total")

    assert total.value == 70
    assert total.low is not None
    assert total.high is not None
    assert 45 < total.low < 60
    assert 80 < total.high < 100


@given(rows=rows, statistic=statistics, seed=st.integers(0, 5))
@settings(max_examples=80, deadline=None)
def test_an_interval_holds_its_figure_and_stays_in_range_without_warnings(
    rows: Rows, statistic: Statistic, seed: int
) -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        value, low, high = interval(rows, statistic, draws=200, seed=seed)

    if value is None:
        assert low is None
        assert high is None
        return
    assert low is not None
    assert high is not None
    assert 0 <= low <= value <= high
    assert np.isfinite(high)
    assert statistic == "total" or high <= 1
    assert low < high


@given(rows=rows, statistic=statistics)
@settings(max_examples=60, deadline=None)
def test_more_confidence_is_a_wider_interval(rows: Rows, statistic: Statistic) -> None:
    sure = interval(rows, statistic, draws=200, confidence=0.95)
    less = interval(rows, statistic, draws=200, confidence=0.8)

    if sure.low is not None and sure.high is not None:
        assert less.low is not None
        assert less.high is not None
        assert sure.low <= less.low + 1e-9
        assert sure.high >= less.high - 1e-9


@given(rows=rows, statistic=statistics, order=st.randoms(use_true_random=False))
@settings(max_examples=60, deadline=None)
def test_the_order_of_documents_changes_nothing(
    rows: Rows, statistic: Statistic, order: random.Random
) -> None:
    places = list(range(len(rows)))
    order.shuffle(places)

    assert interval(rows[places], statistic, draws=200) == interval(rows, statistic, draws=200)


def test_the_seed_and_nothing_else_decides_the_draws() -> None:
    tallies = suite(40)

    one, again = interval(tallies, "f1", seed=1), interval(tallies, "f1", seed=1)
    other = interval(tallies, "f1", seed=2)

    assert one == again
    assert one != other
    assert one.low == pytest.approx(other.low, abs=0.02)


def test_a_measure_gets_the_same_interval_alone_and_among_others() -> None:
    asked: dict[str, tuple[Rows, Statistic]] = {
        "a": (suite(40), "f1"),
        "b": (suite(40, seed=9), "recall"),
        "c": (suite(25), "precision"),
        "none": (np.zeros((40, 3)), "f1"),
    }

    together = intervals(asked, draws=500)
    backwards = intervals(dict(reversed(asked.items())), draws=500)

    assert together == backwards
    assert together == {name: interval(*one, draws=500) for name, one in asked.items()}


@pytest.mark.parametrize("statistic", ["f1", "recall"])
def test_it_agrees_with_scipys_bootstrap_of_a_large_suite(statistic: Statistic) -> None:
    tallies = suite(400)
    base = tallies[:, 2] if statistic == "recall" else (tallies[:, 1] + tallies[:, 2]) / 2

    ours = interval(tallies, statistic)
    theirs = scipy.stats.bootstrap(
        (tallies[:, 0], base),
        lambda c, b, axis=-1: c.sum(axis=axis) / b.sum(axis=axis),
        paired=True,
        n_resamples=4000,
        method="BCa",
        rng=np.random.default_rng(0),
    ).confidence_interval

    assert ours.low == pytest.approx(theirs.low, abs=0.005)
    assert ours.high == pytest.approx(theirs.high, abs=0.005)


def test_it_agrees_with_the_binomial_interval_of_a_proportion() -> None:
    ours = interval(counts([1.0] * 120 + [0.0] * 80), "accuracy")
    exact = scipy.stats.binomtest(120, 200).proportion_ci(method="wilson")

    assert ours.low == pytest.approx(exact.low, abs=0.01)
    assert ours.high == pytest.approx(exact.high, abs=0.01)


@pytest.mark.parametrize(("documents", "low"), [(1, 0.05), (30, 0.905), (300, 0.990)])
def test_perfect_documents_bound_the_figure_by_the_rule_of_three(
    documents: int, low: float
) -> None:
    perfect = interval(counts([1.0] * documents), "f1", draws=200)
    worthless = interval(counts([0.0] * documents), "f1", draws=200)

    assert perfect == (1.0, pytest.approx(low, abs=0.001), 1.0)
    assert worthless == (0.0, 0.0, pytest.approx(1 - low, abs=0.001))


def test_empty_documents_add_no_certainty() -> None:
    perfect = np.vstack([counts([1.0] * 30), np.zeros((300, 3))])

    assert interval(perfect, "f1", draws=200).low == pytest.approx(0.905, abs=0.001)


def test_no_failure_in_thirty_documents_may_still_be_three() -> None:
    none = interval(counts([0.0] * 30), "total", draws=200)

    assert (none.value, none.low) == (0, 0)
    assert none.high == pytest.approx(30 * (1 - 0.05 ** (1 / 30)))


def test_one_imperfect_document_of_thirty_sets_no_absurd_bound() -> None:
    value, low, high = interval(counts([10.0] * 29 + [7.0], of=10), "f1")

    assert value == pytest.approx(0.99)
    assert low == pytest.approx(0.828, abs=0.01)
    assert high is not None
    assert high > 0.99


def test_two_documents_say_next_to_nothing() -> None:
    _, low, high = interval(counts([2.0, 8.0], of=10), "f1")

    assert low is not None
    assert high is not None
    assert high - low > 0.5


@pytest.mark.parametrize("statistic", ["f1", "precision", "recall", "rate"])
def test_nothing_counted_is_no_figure(statistic: Statistic) -> None:
    assert interval(np.zeros((5, 3)), statistic, draws=200) == (None, None, None)
    assert interval(np.zeros((0, 3)), statistic, draws=200) == (None, None, None)


def test_no_documents_have_a_total_of_nought() -> None:
    assert interval([], "total", draws=200) == (0, 0, 0)


@pytest.mark.parametrize(
    ("tallies", "options", "words"),
    [
        (np.zeros((4, 2)), {}, "shape"),
        (np.array([[1.0, np.nan, 1.0]]), {}, "not finite"),
        (np.array([[-1.0, 1.0, 1.0]]), {}, "below 0"),
        (np.ones((3, 3)), {"confidence": 95}, "confidence"),
        (np.ones((3, 3)), {"draws": 0}, "draws"),
    ],
)
def test_what_no_interval_can_be_made_of_is_refused(
    tallies: Rows, options: dict[str, int], words: str
) -> None:
    with pytest.raises(EvaluationError, match=words):
        interval(tallies, "f1", **options)


def test_blocks_of_draws_stay_small_and_each_draw_is_a_whole_suite() -> None:
    blocks = resamples(10_000, draws=300, seed=0)

    first = next(blocks)

    assert first.nbytes < 10_000_000
    assert (first.sum(axis=1) == 10_000).all()
    assert len(first) + sum(len(block) for block in blocks) == 300


def test_the_true_value_lies_inside_the_interval_as_often_as_promised() -> None:
    """Repeats of a suite of 30 documents with skewed sizes; the bench has the full table."""
    rng = np.random.default_rng(11)
    inside = 0
    for repeat in range(300):
        gold = 1 + rng.poisson(rng.lognormal(1.3, 0.7, 30))
        correct = rng.binomial(gold, rng.beta(3, 2, 30))
        tallies = np.column_stack([correct, gold, gold]).astype(float)
        _, low, high = interval(tallies, "recall", draws=400, seed=repeat)
        assert low is not None
        assert high is not None
        inside += low <= 0.6 <= high

    assert 0.92 * 300 <= inside <= 0.985 * 300
