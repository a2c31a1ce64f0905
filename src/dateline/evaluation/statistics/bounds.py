"""What a suite sets no bound to by resampling: few documents, or documents that all agree."""

from __future__ import annotations

import numpy as np

from dateline.evaluation.statistics.resampling import Floats


def unseen_share(documents: int, confidence: float) -> float:
    """Return the share of documents of a kind that this many documents may have missed.

    Had the kind a larger share, one at least would have been among them, at this confidence.
    About 3 / documents at 0.95, the rule of three. Source: Hanley and Lippman-Hand, "If nothing
    goes wrong, is everything all right?", JAMA 249 (1983).
    """
    return float(1 - (1 - confidence) ** (1 / documents))


def largest_share(seen: int, documents: int, confidence: float) -> float:
    """Return the largest share of a kind that fits with ``seen`` of it among ``documents``.

    The upper bound of a two-sided interval. Source: Clopper and Pearson, Biometrika 26 (1934).
    """
    from scipy.special import betaincinv

    if seen >= documents:
        return 1.0
    return float(betaincinv(seen + 1, documents - seen, 0.5 + confidence / 2))


def outer_bounds(rows: Floats, confidence: float, *, capped: bool) -> tuple[float, float]:
    """Return bounds of a figure from how many documents are imperfect, and how many not worthless.

    At worst, each document of the largest share of imperfect ones scores 0, and it is as large as
    those that were seen; and the other way round for the upper bound. They hold where resampling
    sets no bound, since some draws hold no such document.

    Args:
        rows: (D, 2) of numerators and denominators, each denominator above 0.
        capped: whether a document's numerator is at most its denominator; it is not in a total.
    """
    count = len(rows)
    sizes = rows[:, 1] / rows[:, 1].sum()
    scored = rows[:, 0] > 0
    if not capped:
        largest = max(float(rows[:, 0].max()), 1.0)
        return 0.0, largest_share(int(scored.sum()), count, confidence) * largest
    missed = rows[:, 0] < rows[:, 1]
    low = 1 - largest_share(int(missed.sum()), count, confidence) * count * _size(sizes, missed)
    high = largest_share(int(scored.sum()), count, confidence) * count * _size(sizes, scored)
    return max(low, 0.0), min(high, 1.0)


def outer_difference(effects: Floats, documents: int, confidence: float) -> float:
    """Return how far apart two runs may be, of which few documents tell any difference.

    At worst, the largest share of differing documents all differ in one direction, each as much
    as the one that was seen to differ most.

    Args:
        effects: what each differing document adds to the difference.
        documents: documents in which anything was counted, differing or not.
    """
    share = largest_share(len(effects), documents, confidence)
    return float(share * documents * np.abs(effects).max())


def agreeing(
    value: float, documents: int, confidence: float, lowest: float, highest: float
) -> tuple[float, float]:
    """Return bounds where all documents agree: the share that may be unlike them is at its worst.

    Thirty perfect documents bound the figure at 0.905 from below, not at 1.
    """
    share = unseen_share(documents, confidence)
    return value + share * (lowest - value), value + share * (highest - value)


def _size(sizes: Floats, chosen: np.ndarray[tuple[int, ...], np.dtype[np.bool_]]) -> float:
    mean = 1 / len(sizes)
    return max(float(sizes[chosen].mean()), mean) if chosen.any() else mean
