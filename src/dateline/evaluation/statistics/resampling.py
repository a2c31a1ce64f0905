"""Documents drawn anew: how often each one counts in each of thousands of imagined suites."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]

BLOCK = 1 << 20
"""Draws times documents that are held at once. A block and what it is made from take 24 MB."""


def resamples(documents: int, *, draws: int, seed: int) -> Iterator[Floats]:
    """Draw ``documents`` documents with replacement, ``draws`` times.

    Yields blocks of shape (draws of this block, documents): how often each document was drawn.
    The numbers depend on ``documents``, ``draws`` and ``seed`` alone (numpy's PCG64), so that all
    measures of a suite, and both runs of a comparison, can share them.
    """
    generator = np.random.Generator(np.random.PCG64(seed))
    rows = max(1, BLOCK // max(1, documents))
    for first in range(0, draws, rows):
        count = min(rows, draws - first)
        drawn = generator.integers(0, documents, size=(count, documents))
        drawn += np.arange(count)[:, None] * documents
        times = np.bincount(drawn.ravel(), minlength=count * documents)
        yield times.reshape(count, documents).astype(np.float64)


def in_canonical_order(rows: Floats) -> Floats:
    """Sort rows by their content, so that the order of the documents cannot matter."""
    return rows[np.lexsort(rows.T[::-1])]
