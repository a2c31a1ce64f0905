"""A figure as a ratio of two sums over documents, its standard error, and both in every draw."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from dateline.errors import EvaluationError
from dateline.evaluation.scoring.tallies import Statistic
from dateline.evaluation.statistics.resampling import Floats

ROUNDING = 1e-12
"""Differences below this, relative to the terms they are made of, are rounding."""


def parts(tallies: ArrayLike, statistic: Statistic) -> Floats:
    """Return (D, 2): what each document adds to the ratio's numerator and to its denominator.

    A total is the mean over documents here, times their number; its denominator is 1.

    Raises:
        EvaluationError: unless the tallies are (D, 3) finite numbers from 0.
    """
    rows = np.asarray(tallies, dtype=np.float64)
    if rows.size == 0:
        rows = rows.reshape(0, 3)
    if rows.ndim != 2 or rows.shape[1] != 3:
        raise EvaluationError(
            f"tallies of shape {rows.shape} are not one row of three for each document",
            remedy="Pass (correct, predicted, gold) for each document.",
        )
    if not (np.isfinite(rows).all() and (rows >= 0).all()):
        raise EvaluationError("tallies hold a number below 0, or one that is not finite")
    correct, predicted, gold = rows.T
    if statistic == "f1":
        return np.column_stack([2 * correct, predicted + gold])
    if statistic == "total":
        return np.column_stack([correct, np.ones_like(correct)])
    return np.column_stack([correct, gold if statistic == "recall" else predicted])


@dataclass(frozen=True)
class Figures:
    """A figure, or a difference of two, in every draw; where it is undefined, ``value`` is nan.

    ``error`` is the standard error: that of the linearised ratio (the infinitesimal jackknife),
    0 where all drawn documents agree.
    """

    value: Floats
    error: Floats


def moments(rows: Floats) -> Floats:
    """Return the columns whose sums are all that `figures` needs: rows, and their products."""
    first, second = np.triu_indices(rows.shape[1])
    return np.column_stack([rows, rows[:, first] * rows[:, second]])


def figures(sums: Floats, runs: int) -> Figures:
    """Compute the figure (one run) or the difference (two: second less first) from sums.

    Args:
        sums: (B, ...) sums of the columns of `moments`, one row for each draw.
        runs: 1 or 2; each has a numerator and a denominator among the columns.
    """
    columns = 2 * runs
    first, second = np.triu_indices(columns)
    value = np.zeros(len(sums))
    slopes = np.empty((len(sums), columns))
    with np.errstate(divide="ignore", invalid="ignore"):
        for run in range(runs):
            numerator, denominator = sums[:, 2 * run], sums[:, 2 * run + 1]
            ratio = numerator / denominator
            sign = 1.0 if run == runs - 1 else -1.0
            value += sign * ratio
            slopes[:, 2 * run] = sign / denominator
            slopes[:, 2 * run + 1] = -sign * ratio / denominator
        terms = slopes[:, first] * slopes[:, second] * sums[:, columns:]
        terms[:, first != second] *= 2
        variance = terms.sum(axis=1)
        scale = np.abs(terms).sum(axis=1)
        variance[variance < ROUNDING * scale] = 0.0
    value[~np.isfinite(value)] = np.nan
    return Figures(value, np.sqrt(variance))
