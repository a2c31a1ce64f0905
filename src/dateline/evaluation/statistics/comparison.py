"""Is the new run better: the paired difference of two runs over the same documents."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from statistics import NormalDist
from typing import Literal

import numpy as np
from numpy.typing import ArrayLike

from dateline.errors import EvaluationError
from dateline.evaluation.scoring.tallies import Statistic
from dateline.evaluation.statistics.bootstrap import by_percentiles, by_steps, check, resampled
from dateline.evaluation.statistics.bounds import agreeing, outer_difference
from dateline.evaluation.statistics.ratios import Figures, figures, moments, parts
from dateline.evaluation.statistics.resampling import Floats, in_canonical_order
from dateline.evaluation.statistics.swapping import chance

Verdict = Literal["better", "worse", "can't tell"]

POWER = 0.8
NO_DIFFERENCE = "no difference on any document"
NOTHING_COUNTED = "nothing was counted in one of the runs"


@dataclass(frozen=True, kw_only=True)
class Difference:
    """The new run ``b`` less the old run ``a``, its interval, and what to make of it.

    ``p`` is the share of chance swaps that differ as much. ``detectable`` is the smallest true
    difference that this many documents of this kind show in 80 of 100 suites: (z for the
    confidence + z for 80 % power) times the standard error of the paired difference. All figures
    are None where a run has nothing counted. ``differing`` of the ``documents`` tell the runs
    apart.
    """

    a: float | None
    b: float | None
    difference: float | None
    low: float | None
    high: float | None
    verdict: Verdict
    detectable: float | None
    p: float | None
    documents: int
    differing: int
    confidence: float
    note: str = ""


def lower_is_better(statistic: Statistic) -> bool:
    """Whether less of this statistic is better: of rates of bad cases, and of totals."""
    return statistic in ("rate", "total")


def compare(
    a: ArrayLike,
    b: ArrayLike,
    statistic: Statistic,
    *,
    draws: int = 10_000,
    seed: int = 0,
    confidence: float = 0.95,
) -> Difference:
    """Compare the new run ``b`` with the old run ``a``: (D, 3) tallies of the same documents.

    The verdict is "better" or "worse" only where the interval leaves out 0 and chance alone would
    rarely make such a difference; else "can't tell". ``compare(b, a)`` is the exact opposite, and
    the order of the documents does not matter.

    Raises:
        EvaluationError: for tallies of different length, or a confidence or draws out of range.
    """
    asked = {"": (a, b, statistic)}
    return comparisons(asked, draws=draws, seed=seed, confidence=confidence)[""]


def comparisons(
    measures: Mapping[str, tuple[ArrayLike, ArrayLike, Statistic]],
    *,
    draws: int = 10_000,
    seed: int = 0,
    confidence: float = 0.95,
) -> dict[str, Difference]:
    """Compare many figures at once; those over equally many documents share their draws.

    Verdicts are those of each figure alone; `families.holm` adjusts them.
    """
    check(draws=draws, confidence=confidence)
    pairs = {name: _pair(*asked) for name, asked in measures.items()}
    telling = {name: pair.rows for name, pair in pairs.items() if pair.comparable}
    drawn = resampled(telling, draws=draws, seed=seed)
    found = {}
    for name, pair in pairs.items():
        forward = _plain(pair, confidence)
        if name in drawn and forward.differing:
            p = chance(pair.rows, draws=draws, seed=seed)
            forward = _told(forward, pair, drawn[name], p)
        found[name] = _turned(forward) if pair.turned else forward
    return found


@dataclass(frozen=True)
class _Pair:
    """Parts of both runs; turned around where needed, so that (a, b) and (b, a) are one."""

    rows: Floats
    statistic: Statistic
    turned: bool
    balanced: bool
    """The two runs' answers are the same, only on other documents."""

    @property
    def comparable(self) -> bool:
        return bool(len(self.rows) and self.rows[:, 1].sum() and self.rows[:, 3].sum())

    @property
    def factor(self) -> int:
        return len(self.rows) if self.statistic == "total" else 1


def _pair(a: ArrayLike, b: ArrayLike, statistic: Statistic) -> _Pair:
    old, new = parts(a, statistic), parts(b, statistic)
    if len(old) != len(new):
        raise EvaluationError(
            f"the runs cover {len(old)} and {len(new)} documents",
            remedy="Compare runs over the same documents.",
        )
    forward = in_canonical_order(np.hstack([old, new]))
    backward = in_canonical_order(np.hstack([new, old]))
    apart = np.flatnonzero(forward.ravel() != backward.ravel())
    turned = bool(len(apart)) and bool(forward.flat[apart[0]] > backward.flat[apart[0]])
    return _Pair(backward if turned else forward, statistic, turned, balanced=not len(apart))


def _plain(pair: _Pair, confidence: float) -> Difference:
    rows, factor = pair.rows, pair.factor
    sums = rows.sum(axis=0)
    a = float(sums[0] / sums[1]) * factor if len(rows) and sums[1] else None
    b = float(sums[2] / sums[3]) * factor if len(rows) and sums[3] else None
    if pair.statistic == "total" and not len(rows):
        a = b = 0.0
    differing = int((rows[:, :2] != rows[:, 2:]).any(axis=1).sum())
    same = a is not None and b is not None and not differing
    nought = 0.0 if same else None
    return Difference(
        a=a,
        b=b,
        difference=nought,
        low=nought,
        high=nought,
        verdict="can't tell",
        detectable=None,
        p=1.0 if same else None,
        documents=len(rows),
        differing=differing,
        confidence=confidence,
        note=NO_DIFFERENCE if same else NOTHING_COUNTED,
    )


def _told(plain: Difference, pair: _Pair, drawn: Figures, p: float) -> Difference:
    rows, factor, confidence = pair.rows, pair.factor, plain.confidence
    whole = figures(moments(rows).sum(axis=0, keepdims=True), 2)
    value, error = float(whole.value[0]), float(whole.error[0])
    counted = int((rows[:, [1, 3]] > 0).any(axis=1).sum())
    effects = _effects(rows)
    reach = 1.0 if pair.statistic != "total" else max(1.0, float(np.abs(effects).max()) * factor)
    if error == 0:
        low, high = agreeing(value, counted, confidence, -reach, reach)
    else:
        low, high = by_steps(value, error, drawn, confidence)
        outer = outer_difference(effects, counted, confidence)
        low, high = max(low, min(outer[0], value)), min(high, max(outer[1], value))
        wide = by_percentiles(drawn, plain.differing, confidence)
        low, high = min(low, wide[0]), max(high, wide[1])
    if pair.statistic != "total":
        low, high = max(low, -1.0), min(high, 1.0)
    low, high = min(low, value), max(high, value)
    if pair.balanced:
        low, high = min(low, -high), max(high, -low)
    if p > 1 - confidence:
        # What chance often does is no evidence: the interval and the verdict say the same.
        low, high = min(low, 0.0), max(high, 0.0)
    fair = np.sqrt(len(rows) / (len(rows) - 1)) if len(rows) > 1 else 1.0
    normal = NormalDist()
    away = normal.inv_cdf(0.5 + confidence / 2) + normal.inv_cdf(POWER)
    verdict: Verdict = "can't tell"
    if low > 0 or high < 0:
        verdict = "better" if (low > 0) != lower_is_better(pair.statistic) else "worse"
    return replace(
        plain,
        difference=value * factor,
        low=low * factor,
        high=high * factor,
        verdict=verdict,
        detectable=float(away * error * fair * factor) if error else None,
        p=p,
        note="",
    )


def _effects(rows: Floats) -> Floats:
    """What the difference would lose if a differing document's new answer were its old one."""
    differing = (rows[:, :2] != rows[:, 2:]).any(axis=1)
    old, new = rows[differing, :2], rows[differing, 2:]
    sums = rows[:, 2:].sum(axis=0)
    without = sums - new + old
    safe = np.where(without[:, 1] > 0, without[:, 1], 1.0)
    return np.asarray(sums[0] / sums[1] - np.where(without[:, 1] > 0, without[:, 0] / safe, 0.0))


_OPPOSITE: dict[Verdict, Verdict] = {
    "better": "worse",
    "worse": "better",
    "can't tell": "can't tell",
}


def _turned(forward: Difference) -> Difference:
    def negative(value: float | None) -> float | None:
        return None if value is None else -value + 0.0

    return replace(
        forward,
        a=forward.b,
        b=forward.a,
        difference=negative(forward.difference),
        low=negative(forward.high),
        high=negative(forward.low),
        verdict=_OPPOSITE[forward.verdict],
    )
