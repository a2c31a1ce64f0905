"""What a suite sets no bound to by resampling: few documents, or documents that all agree."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

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
    those that were seen. Or, where that says more, each document of the largest share that nobody
    has seen scores 0, and all others score like the worst one. The other way round for the upper
    bound. They hold where resampling sets no bound, since some draws hold no document that tells.

    Args:
        rows: (D, 2) of numerators and denominators, each denominator above 0.
        capped: whether a document's numerator is at most its denominator; it is not in a total.
    """
    count = len(rows)
    sizes = rows[:, 1] / rows[:, 1].sum()
    scores = rows[:, 0] / rows[:, 1]
    unseen = largest_share(0, count, confidence)
    lowest = float(scores.min()) * (1 - unseen)
    if not capped:
        largest = max(float(scores.max()), 1.0)
        return lowest, largest_share(int((scores > 0).sum()), count, confidence) * largest
    low = 1 - _weight(sizes, scores < 1, confidence)
    high = _weight(sizes, scores > 0, confidence)
    return max(low, lowest), min(high, float(scores.max()) * (1 - unseen) + unseen)


def outer_difference(effects: Floats, documents: int, confidence: float) -> tuple[float, float]:
    """Return bounds of a difference from how many documents differ, and in which direction.

    At worst, each document of the largest share of differing ones differs as much as the one that
    was seen to differ most, in whichever direction. Or, where that says more, those of the
    largest share that nobody has seen do, and all others differ like the least document seen.

    Args:
        effects: what each differing document adds to the difference.
        documents: documents in which anything was counted, differing or not.
    """
    each = effects * documents
    most = float(np.abs(each).max())
    reach = largest_share(len(each), documents, confidence) * most
    unseen = largest_share(0, documents, confidence)
    if len(each) < documents:
        each = np.append(each, 0.0)
    least, greatest = float(each.min()), float(each.max())
    return (
        max(-reach, least * (1 - unseen) - most * unseen),
        min(reach, greatest * (1 - unseen) + most * unseen),
    )


def agreeing(
    value: float, documents: int, confidence: float, lowest: float, highest: float
) -> tuple[float, float]:
    """Return bounds where all documents agree: the share that may be unlike them is at its worst.

    Thirty perfect documents bound the figure at 0.905 from below, not at 1.
    """
    share = unseen_share(documents, confidence)
    return value + share * (lowest - value), value + share * (highest - value)


def _weight(sizes: Floats, chosen: NDArray[np.bool_], confidence: float) -> float:
    """Return the largest weight that documents of a kind may have in a suite of any size."""
    mean = 1 / len(sizes)
    size = max(float(sizes[chosen].mean()), mean) if chosen.any() else mean
    return largest_share(int(chosen.sum()), len(sizes), confidence) * size / mean
