"""Hold a run against gates, with the run that ``baseline`` stands for."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from dateline.errors import EvaluationError
from dateline.evaluation.gates import Gate, GateResult
from dateline.evaluation.runs.comparing import check_same
from dateline.evaluation.runs.folder import RUN
from dateline.evaluation.runs.loading import load_run

if TYPE_CHECKING:
    from dateline.evaluation.runs.scored import ScoredRun


def check_gates(
    run: ScoredRun, gates: Sequence[str | Gate], *, baseline: ScoredRun | Path | None = None
) -> list[GateResult]:
    """Check gates in order.

    Args:
        run: what is held against them.
        gates: as text or parsed.
        baseline: a run, its folder, or a folder of runs in which one has this run's name.

    Raises:
        EvaluationError: a gate cannot be read, or needs a baseline that is not there, or one over
            other documents or other labels.
    """
    parsed = [each if isinstance(each, Gate) else Gate.parse(each) for each in gates]
    other = None
    if any(gate.to_baseline for gate in parsed):
        other = _loaded(run, baseline)
        _check_documents(run, other)
    record = run.record
    return [
        gate.check(
            run.score,
            other.score if other else None,
            named=run.named,
            baseline_named=other.named if other else None,
            draws=record.draws,
            seed=record.seed,
        )
        for gate in parsed
    ]


def _loaded(run: ScoredRun, baseline: ScoredRun | Path | None) -> ScoredRun:
    if baseline is None:
        raise EvaluationError(
            "a gate compares with a baseline, and none is named",
            remedy="Name one with --baseline, or in the suite: baseline: FOLDER.",
        )
    if not isinstance(baseline, Path):
        return baseline
    path = baseline if (baseline / RUN).is_file() else baseline / run.name
    if not (path / RUN).is_file():
        raise EvaluationError(
            f"there is no baseline for {run.name}",
            where=str(baseline),
            remedy="Make one with `dateline eval run SUITE --save-baseline`.",
        )
    return load_run(path)


def _check_documents(run: ScoredRun, other: ScoredRun) -> None:
    mine = {each.id for each in run.gold}
    theirs = {each.id for each in other.gold}
    where = str(other.folder.path) if other.folder else other.name
    if mine != theirs:
        raise EvaluationError(
            f"the baseline is over other documents; in one of the two only: {len(mine ^ theirs)} "
            f"({', '.join(sorted(mine ^ theirs)[:5])})",
            where=where,
            remedy="Make it anew with `dateline eval run SUITE --save-baseline`.",
        )
    try:
        check_same(other, run, [each.id for each in run.gold])
    except EvaluationError as error:
        raise EvaluationError(
            error.what.replace("in the two runs", "as when the baseline was made"),
            where=where,
            remedy="After a change of labels, score the baseline again with `dateline eval score "
            "SUITE BASELINE`, which needs no model; after a change of texts, make it anew.",
        ) from None
