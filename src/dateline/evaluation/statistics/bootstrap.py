"""How sure a figure is: an interval from resampled documents."""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import NamedTuple

import numpy as np

from dateline.evaluation.scoring.tallies import Statistic
from dateline.evaluation.statistics.ratios import ROUNDING, Figures, figures, moments, parts
from dateline.evaluation.statistics.resampling import Floats, in_canonical_order, resamples


class Interval(NamedTuple):
    """A figure and the bounds between which its true value lies, at the confidence asked for.

    All three are None where nothing was counted.
    """

    value: float | None
    low: float | None
    high: float | None


def interval(
    tallies: Floats,
    statistic: Statistic,
    *,
    draws: int = 10_000,
    seed: int = 0,
    confidence: float = 0.95,
) -> Interval:
    """Estimate a figure of (D, 3) tallies, one row for each document, and its interval."""
    asked = {"": (tallies, statistic)}
    return intervals(asked, draws=draws, seed=seed, confidence=confidence)[""]


def intervals(
    measures: Mapping[str, tuple[Floats, Statistic]],
    *,
    draws: int = 10_000,
    seed: int = 0,
    confidence: float = 0.95,
) -> dict[str, Interval]:
    """Estimate many figures at once; those over equally many documents share their draws."""
    samples: dict[str, Floats] = {}
    for name, (tallies, statistic) in measures.items():
        samples[name] = in_canonical_order(parts(tallies, statistic))
    resampled = resampled_figures(samples, draws=draws, seed=seed)
    return {
        name: _interval(rows, resampled[name], measures[name][1], confidence)
        for name, rows in samples.items()
    }


def resampled_figures(
    samples: Mapping[str, Floats], *, draws: int, seed: int
) -> dict[str, Figures]:
    """Return the figures of every draw, for each sample of (D, 2) or (D, 4) parts."""
    sums: dict[str, list[Floats]] = {name: [] for name in samples}
    columns = {name: moments(rows) for name, rows in samples.items()}
    for size in {len(rows) for rows in samples.values()} - {0}:
        for times in resamples(size, draws=draws, seed=seed):
            for name, column in columns.items():
                if len(column) == size:
                    sums[name].append(times @ column)
    return {
        name: figures(np.concatenate(blocks), samples[name].shape[1] // 2)
        if blocks
        else Figures(np.empty(0), np.empty(0))
        for name, blocks in sums.items()
    }


def studentised(estimate: float, error: float, drawn: Figures, confidence: float) -> Interval:
    """Bounds by the bootstrap-t method; infinite where the documents set no bound."""
    away = drawn.value - estimate
    away[np.abs(away) < ROUNDING] = 0.0
    with np.errstate(divide="ignore", invalid="ignore"):
        steps = away / drawn.error
    steps[away == 0] = 0.0
    # A draw in which nothing was counted could be anything: it counts against both bounds.
    unknown = np.isnan(drawn.value)
    rank = math.floor((len(steps) + 1) * (1 - confidence) / 2)
    least = np.sort(np.where(unknown, -np.inf, steps))[max(0, rank - 1)]
    most = np.sort(np.where(unknown, np.inf, steps))[-max(1, rank)]
    return Interval(
        estimate,
        estimate - max(most, 0.0) * error if error else estimate,
        estimate - min(least, 0.0) * error if error else estimate,
    )


def _interval(rows: Floats, drawn: Figures, statistic: Statistic, confidence: float) -> Interval:
    if not len(rows):
        return Interval(*((0.0,) * 3 if statistic == "total" else (None,) * 3))
    whole = figures(moments(rows).sum(axis=0, keepdims=True), 1)
    value, error = float(whole.value[0]), float(whole.error[0])
    if math.isnan(value):
        return Interval(None, None, None)
    _, low, high = studentised(value, error, drawn, confidence)
    assert low is not None and high is not None  # noqa: S101
    factor = len(rows) if statistic == "total" else 1
    top = math.inf if statistic == "total" else 1.0
    return Interval(value * factor, max(low, 0.0) * factor, min(high, top) * factor)
