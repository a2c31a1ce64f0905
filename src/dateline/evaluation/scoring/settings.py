"""What a scorer may be told."""

from __future__ import annotations

from dataclasses import dataclass

from dateline.taxonomy import Taxonomy


@dataclass(frozen=True, eq=False)
class ScoringSettings:
    """The few choices there are; a figure can be compared only with figures made alike.

    Args:
        taxonomy: the event types; with it the name of a sub-type stands for its type as well.
        lenient_ratio: from 0 to 100, the partial ratio from which two names are alike in the
            lenient measures. The default was calibrated on human verdicts.
        overlap: from 0 to 1, the share of characters in common (intersection over union) from
            which two spans are the same evidence.
    """

    taxonomy: Taxonomy | None = None
    lenient_ratio: float = 84.0
    overlap: float = 0.5


DEFAULT_SETTINGS = ScoringSettings()
