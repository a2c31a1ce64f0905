"""Pairing two lists one-to-one so that the pairs are worth the most."""

from __future__ import annotations

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
    gold_owner: list[int],
    predicted_owner: list[int],
    shape: tuple[int, int],
) -> Matrix:
    """Return how many items every two owners can pair one-to-one, for all owners at once.

    Args:
        edges: which item of gold (row) may be paired with which predicted one (column).
        gold_owner: the owner of every row, from 0 to ``shape[0] - 1``.
        predicted_owner: the owner of every column, from 0 to ``shape[1] - 1``.
        shape: the number of owners in gold and predicted.
    """
    if not edges.any():
        return np.zeros(shape)
    gold = owners(gold_owner, shape[0])
    predicted = owners(predicted_owner, shape[1])
    linked = edges.astype(float)
    by_row, by_column = linked @ predicted.T, gold @ linked
    total = gold @ by_row
    # Where no item has a choice, every edge is a pair: the usual case, and all in one product.
    clear = (gold @ (by_row > 0) == total) & ((by_column > 0) @ predicted.T == total)
    for i, j in zip(*np.nonzero(~clear), strict=True):
        part = linked[np.ix_(gold[i] > 0, predicted[j] > 0)]
        total[i, j] = len(one_to_one(part))
    return total


def owners(owner: list[int], count: int) -> Matrix:
    """Return the matrix that has 1 where an owner (row) has an item (column)."""
    matrix = np.zeros((count, len(owner)))
    matrix[owner, np.arange(len(owner))] = 1.0
    return matrix


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
