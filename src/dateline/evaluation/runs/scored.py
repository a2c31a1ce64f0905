"""A run with its score: figures, intervals, and what ``scores.json`` holds of them."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, Any

from dateline.evaluation.gates import COST
from dateline.evaluation.scoring.measures import in_order, kind_of, metric, metrics_of
from dateline.evaluation.scoring.score import Score
from dateline.evaluation.scoring.scorer import score
from dateline.evaluation.scoring.settings import ScoringSettings
from dateline.evaluation.statistics.bootstrap import Interval, intervals
from dateline.taxonomy import load_taxonomy

if TYPE_CHECKING:
    from dateline.evaluation.gold.document import LabelDocument
    from dateline.evaluation.runs.folder import RunFolder
    from dateline.evaluation.runs.record import RunRecord

HEADLINE = (
    "event.composite.f1",
    "claim.joint.f1",
    "event.f1",
    "claim.content.f1",
    "safety.excluded.rate",
    "safety.ungrounded.rate",
    "safety.numbers.rate",
    "records_on_empty.total",
    "few_shot_leaks.total",
    "failures.total",
)
"""What a summary shows where a suite names no metrics; the strict composites first."""


@dataclass(frozen=True)
class ScoredRun:
    """A run, what it predicted, and what that is worth.

    Attributes:
        folder: where it is; None for predictions that are not a run's.
        record: what made it.
        gold: the labels, with texts where those are at hand.
        predictions: in the order of ``gold``.
        score: document by document.
        notes: lines for people about the labels and their texts.
    """

    folder: RunFolder | None
    record: RunRecord
    gold: tuple[LabelDocument, ...]
    predictions: tuple[LabelDocument, ...]
    score: Score
    settings: ScoringSettings = field(default_factory=ScoringSettings)
    notes: tuple[str, ...] = ()

    @property
    def name(self) -> str:
        """The variant's name."""
        return self.record.name

    @cached_property
    def intervals(self) -> dict[str, Interval]:
        """Every figure that something was counted for, with its interval."""
        return intervals_of(self.score, self.score.metrics, self.record)

    def named(self, name: str) -> float | None:
        """A figure that is no metric, for gates. Raises ``KeyError`` where there is none."""
        if name not in COST:
            raise KeyError(name)
        value = getattr(self.record.usage, name)
        return None if value is None else float(value)

    def as_json(self) -> dict[str, Any]:
        """What ``scores.json`` holds: figures with intervals, then every document."""
        return {
            "suite": self.record.suite,
            "run": self.record.name,
            "documents": len(self.score.documents),
            "confidence": self.record.confidence,
            "metrics": {name: as_figure(found) for name, found in self.intervals.items()},
            "unpredicted": list(self.score.unpredicted),
            "failed": list(self.score.failed),
            "score": json.loads(self.score.to_json()),
        }


def score_run(
    folder: RunFolder | None,
    record: RunRecord,
    gold: Sequence[LabelDocument],
    predictions: Sequence[LabelDocument],
) -> ScoredRun:
    """Score a run's predictions.

    Raises:
        GoldError: a prediction is of a document that the labels do not have.
        PromptError: there are no such event types.
    """
    name = record.taxonomy
    settings = ScoringSettings(taxonomy=folder.taxonomy(name) if folder else load_taxonomy(name))
    found = score(gold, predictions, settings=settings)
    return ScoredRun(folder, record, tuple(gold), tuple(predictions), found, settings)


def intervals_of(found: Score, names: Iterable[str], record: RunRecord) -> dict[str, Interval]:
    """Return figures with their intervals, all from the same draws."""
    wanted = {name: metric(name) for name in names}
    asked = {name: (found.tallies(m.measure), m.statistic) for name, m in wanted.items()}
    return intervals(asked, draws=record.draws, seed=record.seed, confidence=record.confidence)


def as_figure(found: Interval) -> dict[str, float | None]:
    """A figure as plain data, rounded to what can be meant."""
    return {name: _rounded(value) for name, value in found._asdict().items()}


def shown_metrics(runs: Sequence[ScoredRun]) -> tuple[str, ...]:
    """What a summary of these runs shows: what the suite names, else the headline figures."""
    for run in runs:
        if run.record.metrics:
            return tuple(metric(name).name for name in run.record.metrics)
    return HEADLINE


def common_metrics(a: Score, b: Score) -> tuple[str, ...]:
    """Metrics of which something was counted in one of two scores, in the usual order."""
    measures = in_order({*a.measures, *b.measures})
    return tuple(name for name in metrics_of(measures) if kind_of(metric(name).measure))


def _rounded(value: float | None) -> float | None:
    return None if value is None else round(value, 6)
