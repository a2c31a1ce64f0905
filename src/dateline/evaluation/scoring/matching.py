"""Pairing two lists one-to-one so that the pairs are worth the most."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import linear_sum_assignment

Matrix = NDArray[np.float64]


def one_to_one(worth: Matrix) -> list[tuple[int, int]]:
    """Return the pairs of row and column of greatest total worth, in order of rows.

    Each row and each column is in one pair at most. Pairs worth nothing are left out.

    Source: the assignment problem, solved by ``scipy.optimize.linear_sum_assignment``.
    """
    if worth.size == 0:
        return []
    if worth.size == 1:
        return [(0, 0)] if worth[0, 0] > 0 else []
    rows, columns = linear_sum_assignment(worth, maximize=True)
    chosen = worth[rows, columns] > 0
    return list(zip(rows[chosen].tolist(), columns[chosen].tolist(), strict=True))


def most_pairs(
    edges: NDArray[np.bool_],
    gold_owner: Sequence[int],
    predicted_owner: Sequence[int],
    shape: tuple[int, int],
) -> Matrix:
    """Return how many items every two owners can pair one-to-one, for all owners at once.

    Args:
        edges: which item of gold (row) may be paired with which predicted one (column).
        gold_owner: the owner of every row, from 0 to ``shape[0] - 1``.
        predicted_owner: the owner of every column, from 0 to ``shape[1] - 1``.
        shape: the number of owners in gold and predicted.
    """
    rows, columns = np.nonzero(edges)
    if not rows.size:
        return np.zeros(shape)
    gold, predicted = np.asarray(gold_owner), np.asarray(predicted_owner)
    total = by_owners(rows, columns, gold_owner, predicted_owner, shape)
    by_row = np.zeros((len(gold), shape[1]), dtype=bool)
    by_row[rows, predicted[columns]] = True
    by_column = np.zeros((shape[0], len(predicted)), dtype=bool)
    by_column[gold[rows], columns] = True
    # Where no item has a choice, every edge is a pair: the usual case, counted without a search.
    taking, taken = np.nonzero(by_row)
    free = by_owners(taking, taken, gold_owner, range(shape[1]), shape) == total
    taking, taken = np.nonzero(by_column)
    free &= by_owners(taking, taken, range(shape[0]), predicted_owner, shape) == total
    for i, j in zip(*np.nonzero(~free), strict=True):
        part = edges[np.ix_(gold == i, predicted == j)]
        total[i, j] = len(one_to_one(part.astype(np.float64)))
    return total


def by_owners(
    rows: NDArray[np.int64],
    columns: NDArray[np.int64],
    gold_owner: Sequence[int],
    predicted_owner: Sequence[int],
    shape: tuple[int, int],
    *,
    worth: Matrix | None = None,
) -> Matrix:
    """Return the number of pairs of items, or their summed worth, for every two owners.

    Args:
        rows: items of gold, one for every pair.
        columns: predicted items, one for every pair.
        gold_owner: the owner of every item of gold.
        predicted_owner: the owner of every predicted item.
        shape: the number of owners in gold and predicted.
        worth: what each pair is worth; 1 by default.
    """
    if not rows.size:
        return np.zeros(shape)
    # Counting places in a flat list: a product of matrices would wake threads of its own.
    flat = np.asarray(gold_owner)[rows] * shape[1] + np.asarray(predicted_owner)[columns]
    counted = np.bincount(flat, weights=worth, minlength=shape[0] * shape[1])
    return counted.astype(np.float64).reshape(shape)


def sharing(gold: list[tuple[str, ...]], predicted: list[tuple[str, ...]]) -> NDArray[np.bool_]:
    """Return which items of gold (row) have a key in common with which predicted one (column)."""
    matrix = np.zeros((len(gold), len(predicted)), dtype=bool)
    rows: dict[str, list[int]] = {}
    for index, keys in enumerate(gold):
        for key in keys:
            rows.setdefault(key, []).append(index)
    for column, keys in enumerate(predicted):
        for key in keys:
            if key in rows:
                matrix[rows[key], column] = True
    return matrix
