"""From runs and comparisons to what the report shows."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dateline.evaluation.report.view import (
    ComparisonView,
    DocumentView,
    MetricView,
    PairView,
    RunView,
)
from dateline.evaluation.runs.predicting import usage_of
from dateline.evaluation.runs.record import BASELINES
from dateline.output.wording import counted

if TYPE_CHECKING:
    from collections.abc import Mapping

    from dateline.evaluation.gold.document import LabelClaim, LabelDocument, LabelEvent
    from dateline.evaluation.runs.comparing import Comparison
    from dateline.evaluation.runs.record import RunRecord
    from dateline.evaluation.runs.scored import ScoredRun
    from dateline.evaluation.scoring.pairs import Pair
    from dateline.evaluation.scoring.score import DocumentScore


def run_view(run: ScoredRun, *, name: str | None = None, note: str | None = None) -> RunView:
    """What the report shows of a run.

    ``name`` replaces the variant's where two share it, ``note`` is said beside what the run
    itself has to say.
    """
    record = run.record
    baseline = record.provider in BASELINES
    metrics = {key: MetricView(*found) for key, found in run.intervals.items()}
    totals = run.score.totals
    return RunView(
        name=name or run.name,
        metrics=metrics,
        documents=len(run.score.documents),
        drilldown=() if baseline else tuple(_documents(run)),
        provider=record.provider,
        model=", ".join(record.recorded.models) if record.recorded else record.model,
        made_at=_when(record),
        recorded=record.recorded is not None,
        baseline=baseline,
        prompt=f"{record.prompt} {record.prompt_fingerprint}",
        schema=record.schema_fingerprint,
        version=record.dateline_version,
        support={measure: (t.correct, t.predicted, t.gold) for measure, t in totals.items()},
        usage=record.recorded.usage if record.recorded else record.usage,
        notes=(*_notes(run), *([note] if note else [])),
        confidence=record.confidence,
    )


def comparison_view(found: Comparison, *, old: str, new: str) -> ComparisonView:
    """What the report shows of a comparison, under the names that the runs have on the page."""
    differences = {**found.headline, **found.others}
    return ComparisonView(
        old,
        new,
        differences,
        len(found.new.score.documents),
        headline=tuple(found.headline),
        left_out=len(found.left_out),
        notes=found.notes,
    )


def page_names(runs: list[ScoredRun]) -> list[str]:
    """Names for runs on one page: the variant's, and what tells apart those that share it."""
    names: list[str] = []
    for run in runs:
        name = run.name
        if sum(other.name == name for other in runs) > 1:
            folder = run.folder.path.parent.name if run.folder else ""
            name = f"{name} ({folder or format(run.record.started, '%Y-%m-%d %H:%M')})"
        while name in names:
            name += "'"
        names.append(name)
    return names


def _documents(run: ScoredRun) -> list[DocumentView]:
    gold = {each.id: each for each in run.gold}
    predictions = {each.id: each for each in run.predictions}
    failures = {
        each.article_id: each.message for each in (run.folder.failures() if run.folder else ())
    }
    return [
        _document(each, gold[each.id], predictions.get(each.id), failures)
        for each in run.score.documents
    ]


def _document(
    scored: DocumentScore,
    gold: LabelDocument,
    predicted: LabelDocument | None,
    failures: Mapping[str | None, str],
) -> DocumentView:
    failed = predicted is None or predicted.error is not None
    return DocumentView(
        id=scored.id,
        gold=gold,
        predicted=predicted,
        pairs=(
            *_pairs(scored.events, gold.events, predicted.events if predicted else ()),
            *_pairs(scored.claims, gold.claims, predicted.claims if predicted else ()),
        ),
        failure=failures.get(scored.id) if failed else None,
        usage=usage_of(predicted) if predicted is not None else None,
    )


def _pairs(
    pairs: tuple[Pair, ...],
    gold: tuple[LabelEvent, ...] | tuple[LabelClaim, ...],
    predicted: tuple[LabelEvent, ...] | tuple[LabelClaim, ...],
) -> list[PairView]:
    labelled = {each.id: each for each in gold}
    found = {each.id: each for each in predicted}
    return [
        PairView(
            labelled.get(pair.gold or ""),
            found.get(pair.predicted or ""),
            {slot: result.outcome for slot, result in pair.slots.items()},
            pair.optional,
        )
        for pair in pairs
    ]


def _when(record: RunRecord) -> str:
    if record.recorded and record.recorded.last:
        return f"{record.recorded.last:%Y-%m-%d}"
    return f"{record.finished or record.started:%Y-%m-%d %H:%M} UTC"


def _notes(run: ScoredRun) -> list[str]:
    notes = []
    if run.record.status != "complete":
        notes.append("This run is unfinished: what is not predicted counts as missed.")
    if run.score.failed:
        failed = len(run.score.failed)
        notes.append(f"{counted(failed, 'document')} failed and {_counts(failed)} as missed.")
    if run.score.unpredicted:
        unpredicted = len(run.score.unpredicted)
        notes.append(
            f"{counted(unpredicted, 'document')} without a prediction {_counts(unpredicted)} as "
            "missed."
        )
    return notes


def _counts(number: int) -> str:
    return "counts" if number == 1 else "count"
