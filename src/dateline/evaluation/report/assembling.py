"""The page of runs: which are shown, and which are compared with which."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from dateline.errors import EvaluationError
from dateline.evaluation.report.adapting import comparison_view, page_names, run_view
from dateline.evaluation.report.html import page
from dateline.evaluation.runs.comparing import compare_runs
from dateline.evaluation.runs.folder import RUN
from dateline.evaluation.runs.loading import load_run
from dateline.evaluation.runs.record import BASELINES
from dateline.evaluation.runs.scored import shown_metrics

if TYPE_CHECKING:
    from dateline.evaluation.report.view import ComparisonView
    from dateline.evaluation.runs.scored import ScoredRun


def assemble(
    runs: Sequence[ScoredRun], *, baseline: Path | None = None, title: str | None = None
) -> str:
    """Return the page.

    Args:
        runs: in the order to show; the model-free ones go last.
        baseline: a run to compare all others with, its folder or a folder of runs; the first of
            ``runs`` where there is none.
        title: of the page.
    """
    real = [run for run in runs if not _is_floor(run)]
    floor = [run for run in runs if _is_floor(run)] or _beside(real)
    shown = [*real, *floor]
    old = _baseline(baseline, real)
    if old is not None:
        shown.insert(0, old)
    names = page_names(shown)
    comparisons: list[ComparisonView] = []
    notes: dict[str, str] = {}
    for run, name in zip(shown[1:], names[1:], strict=True):
        if _is_floor(run) or _is_floor(shown[0]):
            continue
        try:
            found = compare_runs(shown[0], run)
        except EvaluationError as error:
            notes[name] = f"It cannot be compared with {names[0]}: {error.what}."
            continue
        comparisons.append(comparison_view(found, old=names[0], new=name))
    views = [
        run_view(run, name=name, note=notes.get(name))
        for run, name in zip(shown, names, strict=True)
    ]
    suites = ", ".join(dict.fromkeys(run.record.suite for run in shown))
    return page(
        views, comparisons, title=title or f"Eval: {suites}", metrics=shown_metrics(real or shown)
    )


def _is_floor(run: ScoredRun) -> bool:
    return run.record.provider in BASELINES


def _beside(runs: Sequence[ScoredRun]) -> list[ScoredRun]:
    """The model-free runs that lie beside the others."""
    found: dict[str, ScoredRun] = {}
    for run in runs:
        for name in BASELINES:
            path = run.folder.path.parent / name if run.folder else None
            if path is not None and name not in found and (path / RUN).is_file():
                found[name] = load_run(path)
    return list(found.values())


def _baseline(path: Path | None, runs: Sequence[ScoredRun]) -> ScoredRun | None:
    if path is None or not runs:
        return None
    for place in (path, *(path / run.name for run in runs)):
        if (place / RUN).is_file():
            return load_run(place)
    return None
