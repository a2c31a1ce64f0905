"""What a report shows, as plain data: runs, their figures, and their documents pair by pair.

The report computes nothing about quality. It is handed figures with their intervals, outcomes of
slots and differences with verdicts, and says what they are.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal

from dateline.evaluation.gold.document import LabelClaim, LabelDocument, LabelEvent
from dateline.evaluation.scoring.pairs import Outcome
from dateline.records import Usage
from dateline.spans import Zone

if TYPE_CHECKING:
    from dateline.evaluation.statistics.comparison import Difference

PairState = Literal["matched", "missed", "spurious", "optional"]


@dataclass(frozen=True, slots=True)
class MetricView:
    """A figure and the bounds of its interval; all None where nothing was counted."""

    value: float | None
    low: float | None = None
    high: float | None = None


@dataclass(frozen=True)
class PairView:
    """One event or claim of gold with the predicted one aligned with it; either may be None.

    Args:
        gold: the labelled record; None where the predicted one is spurious.
        predicted: the predicted record; None where the labelled one was missed.
        outcomes: by slot, in the order to show; slots that were not scored are left out. Roles of
            actors may stand on their own (``actors.target``).
        optional: whether the record may be there or not: it counts against nobody.
    """

    gold: LabelEvent | LabelClaim | None
    predicted: LabelEvent | LabelClaim | None
    outcomes: Mapping[str, Outcome] = field(default_factory=dict)
    optional: bool = False

    @property
    def kind(self) -> Literal["event", "claim"]:
        """What the two records are."""
        return "event" if isinstance(self.gold or self.predicted, LabelEvent) else "claim"

    @property
    def state(self) -> PairState:
        """Whether both are there, and if not, which is; ``optional`` where that is no mistake."""
        if self.gold is not None and self.predicted is not None:
            return "matched"
        if self.optional or (self.gold is not None and self.gold.optional):
            return "optional"
        return "spurious" if self.gold is None else "missed"


@dataclass(frozen=True)
class DocumentView:
    """One document of a run.

    Args:
        id: the document's id, the same in every run.
        gold: its labels.
        predicted: what the run predicted; None where it predicted nothing at all.
        pairs: every record of gold and of the prediction, aligned, each once.
        title: what to call it; by default the title in its labels, else its id.
        text: the article; by default that of the labels. None: only labels are at hand.
        zones: parts of the text; by default all is body save what the labels exclude.
        failure: why the extraction failed; by default the error of the prediction.
        usage: what this document cost.
    """

    id: str
    gold: LabelDocument
    predicted: LabelDocument | None = None
    pairs: tuple[PairView, ...] = ()
    title: str = ""
    text: str | None = None
    zones: tuple[Zone, ...] | None = None
    failure: str | None = None
    usage: Usage | None = None

    @property
    def name(self) -> str:
        """What to call the document."""
        return self.title or self.gold.meta.title or self.id

    @property
    def words(self) -> str | None:
        """The article's text, where it is at hand."""
        return self.gold.text if self.text is None else self.text

    @property
    def why_failed(self) -> str | None:
        """Why there is no prediction, or None."""
        if self.failure:
            return self.failure
        return self.predicted.error if self.predicted is not None else None


@dataclass(frozen=True)
class RunView:
    """One run over a suite.

    Args:
        name: what to call it; unique on the page.
        metrics: figures by metric name (``event.place.f1``, ``safety.excluded.rate``).
        documents: how many documents the figures are over.
        drilldown: documents to look into, any number of them; empty for a baseline.
        provider: the configured name of the provider.
        model: the model that answered.
        made_at: when the predictions were made, in the words to show: an ISO date or time.
        recorded: whether answers were replayed from a recording made at ``made_at``.
        baseline: whether the run is a model-free one, shown for comparison.
        prompt: the prompt's name and fingerprint.
        schema: the schema's fingerprint.
        version: the library's version.
        support: by slot measure, how many right, predicted and gold items a figure is made of.
        usage: totals of the whole run; None where nothing is known.
        notes: anything else a reader must know about this run.
        confidence: that of the intervals, from 0 to 1.
    """

    name: str
    metrics: Mapping[str, MetricView]
    documents: int
    drilldown: tuple[DocumentView, ...] = ()
    provider: str = ""
    model: str = ""
    made_at: str = ""
    recorded: bool = False
    baseline: bool = False
    prompt: str = ""
    schema: str = ""
    version: str = ""
    support: Mapping[str, tuple[float, float, float]] = field(default_factory=dict)
    usage: Usage | None = None
    notes: tuple[str, ...] = ()
    confidence: float = 0.95


@dataclass(frozen=True)
class ComparisonView:
    """Two runs over the same documents, metric by metric.

    Args:
        old: the name of the run to start from.
        new: the name of the run that may be better.
        differences: the new run less the old one, with verdicts.
        documents: how many documents both cover.
        headline: the metrics that were named before looking and judged each alone; by default
            the usual ones. All others were judged together.
        left_out: how many documents only one of the two runs has.
        notes: what else a reader must know.
    """

    old: str
    new: str
    differences: Mapping[str, Difference]
    documents: int
    headline: tuple[str, ...] = ()
    left_out: int = 0
    notes: tuple[str, ...] = ()


def mistakes(document: DocumentView) -> Counter[str]:
    """Count the mistakes in a document by class.

    Classes are ``failed``, ``event.missed``, ``event.spurious``, ``claim.missed``,
    ``claim.spurious`` and, for matched records, ``event.place`` and the like.
    """
    found: Counter[str] = Counter()
    if document.why_failed is not None or document.predicted is None:
        found["failed"] += 1
    for pair in document.pairs:
        if pair.state in ("missed", "spurious"):
            found[f"{pair.kind}.{pair.state}"] += 1
        elif pair.state == "matched":
            for slot, outcome in pair.outcomes.items():
                if outcome in ("wrong", "missing", "spurious"):
                    found[f"{pair.kind}.{slot}"] += 1
    return found
