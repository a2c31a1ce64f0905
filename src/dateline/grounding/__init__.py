"""Ground quotes: from the words a model copied to exact offsets in the original text."""

from dateline.grounding.folding import Folded, fold
from dateline.grounding.grounder import Explanation, Grounder, ground, ground_parts

__all__ = ["Explanation", "Folded", "Grounder", "fold", "ground", "ground_parts"]
