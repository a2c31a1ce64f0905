"""Is the new run better: the paired difference of two runs over the same documents."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Literal

import numpy as np
from scipy.special import ndtri

from dateline.evaluation.scoring.tallies import Statistic
from dateline.evaluation.statistics.bootstrap import resampled_figures, studentised
from dateline.evaluation.statistics.ratios import figures, moments, parts
from dateline.evaluation.statistics.resampling import Floats, in_canonical_order

Verdict = Literal["better", "worse", "can't tell"]


@dataclass(frozen=True)
class Difference:
    """The new run ``b`` less the old run ``a``, its interval and a verdict in plain words."""

    a: float | None
    b: float | None
    difference: float | None
    low: float | None
    high: float | None
    verdict: Verdict
    detectable: float | None
    documents: int
    note: str = ""


def compare(
    a: Floats,
    b: Floats,
    statistic: Statistic,
    *,
    draws: int = 10_000,
    seed: int = 0,
    confidence: float = 0.95,
) -> Difference:
    """Compare two runs' (D, 3) tallies over the same documents in the same order."""
    rows = np.hstack([parts(a, statistic), parts(b, statistic)])
    rows = in_canonical_order(rows)
    sums = moments(rows).sum(axis=0, keepdims=True)
    factor = len(rows) if statistic == "total" else 1
    old = sums[0, 0] / sums[0, 1] * factor if sums[0, 1] else None
    new = sums[0, 2] / sums[0, 3] * factor if sums[0, 3] else None
    if old is None or new is None:
        return Difference(old, new, None, None, None, "can't tell", None, len(rows))
    whole = figures(sums, 2)
    value, error = float(whole.value[0]), float(whole.error[0])
    drawn = resampled_figures({"": rows}, draws=draws, seed=seed)[""]
    _, low, high = studentised(value, error, drawn, confidence)
    assert low is not None and high is not None  # noqa: S101
    top = math.inf if statistic == "total" else 1.0
    low, high = max(low, -top) * factor, min(high, top) * factor
    lower_is_better = statistic in ("rate", "total")
    verdict: Verdict = "can't tell"
    if low > 0 or high < 0:
        verdict = "better" if (low > 0) != lower_is_better else "worse"
    detectable = float(ndtri(0.5 + confidence / 2) + ndtri(0.8)) * error * factor
    return Difference(old, new, value * factor, low, high, verdict, detectable, len(rows))
