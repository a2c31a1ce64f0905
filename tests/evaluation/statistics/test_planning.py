from __future__ import annotations

import numpy as np
import pytest

from dateline.errors import EvaluationError
from dateline.evaluation.statistics.comparison import compare
from dateline.evaluation.statistics.planning import documents_needed


def runs(documents: int, gain: float, seed: int) -> tuple[np.ndarray, np.ndarray]:
    rng = np.random.default_rng(seed)
    ten = np.full(documents, 10.0)
    return tuple(
        np.column_stack([rng.binomial(10, quality, documents), ten, ten]).astype(float)
        for quality in (0.5, 0.5 + gain)
    )


def test_half_the_difference_takes_four_times_the_documents() -> None:
    found = compare(*runs(50, 0.0, 1), "f1")
    assert found.detectable is not None

    assert documents_needed(found, found.detectable) == 50
    assert documents_needed(found, found.detectable / 2) == 200


def test_a_difference_of_the_detectable_size_is_seen_four_times_in_five() -> None:
    found = compare(*runs(2_000, 0.0, 1), "f1")
    documents = documents_needed(found, 0.08)
    assert documents is not None

    seen = sum(
        compare(*runs(documents, 0.08, seed), "f1", draws=400, seed=seed).verdict == "better"
        for seed in range(200)
    )

    assert 0.68 * 200 <= seen <= 0.9 * 200


def test_runs_that_never_differ_say_nothing_of_what_is_needed() -> None:
    run, _ = runs(20, 0.0, 1)

    assert documents_needed(compare(run, run, "f1"), 0.02) is None


def test_a_difference_of_nothing_is_refused() -> None:
    with pytest.raises(EvaluationError, match="not above 0"):
        documents_needed(compare(*runs(20, 0.1, 1), "f1"), 0)
