"""How many documents it takes to see a difference."""

from __future__ import annotations

import math

from dateline.errors import EvaluationError
from dateline.evaluation.statistics.comparison import Difference


def documents_needed(found: Difference, difference: float) -> int | None:
    """Return how many documents show a true difference of this size in 80 of 100 suites.

    Reckoned from a comparison over documents of the same kind: the smallest detectable difference
    shrinks with the square root of their number. Good to about a tenth, from 30 documents on.
    None where the comparison has no detectable difference, since no document differs.

    Args:
        found: a comparison of two runs that differ as the ones to come will.
        difference: in units of the figure; 0.02 is two points of F1.

    Raises:
        EvaluationError: for a difference that is not above 0.
    """
    if not difference > 0:
        raise EvaluationError(f"a difference of {difference:g} is not above 0")
    if found.detectable is None:
        return None
    return math.ceil(found.documents * (found.detectable / difference) ** 2 - 1e-9)
