"""How often chance alone makes two runs differ this much."""

from __future__ import annotations

import numpy as np

from dateline.evaluation.statistics.ratios import ROUNDING
from dateline.evaluation.statistics.resampling import BLOCK, Floats


def chance(rows: Floats, *, draws: int, seed: int) -> float:
    """Return the p-value of the difference of two runs: by swapping their answers.

    If the runs are equally good, each document's two answers could as well have come from the
    other run each. They are swapped at random, document by document, and the share of swaps that
    differ at least as much is the p-value, never below 1 / (draws + 1). Unlike an interval it is
    exact for any number of documents. Source: Noreen, Computer-Intensive Methods for Testing
    Hypotheses, 1989; for F1: Yeh, "More accurate tests for the statistical significance of
    result differences", COLING 2000.

    Args:
        rows: (D, 4): numerator and denominator of the old run, then of the new one.
    """
    old, new = rows[:, :2], rows[:, 2:]
    step = (new - old)[(new != old).any(axis=1)]
    if not len(step):
        return 1.0
    first, second = old.sum(axis=0), new.sum(axis=0)
    seen = abs(second[0] / second[1] - first[0] / first[1])
    # A stream of its own: the swaps are independent of the documents drawn for the interval.
    generator = np.random.Generator(np.random.PCG64([seed, 1]))
    block = max(1, BLOCK // len(step))
    as_far = 0
    for begin in range(0, draws, block):
        swaps = generator.integers(0, 2, size=(min(block, draws - begin), len(step)), dtype=np.int8)
        moved = swaps.astype(np.float64) @ step
        with np.errstate(divide="ignore", invalid="ignore"):
            one, other = first + moved, second - moved
            far = np.abs(other[:, 0] / other[:, 1] - one[:, 0] / one[:, 1])
        # A swap after which one run has nothing counted is no evidence against chance.
        as_far += int(np.count_nonzero(~(far < seen - ROUNDING)))
    return (as_far + 1) / (draws + 1)
