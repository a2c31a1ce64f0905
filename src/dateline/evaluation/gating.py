"""Hold a run against gates, with the run that ``baseline`` stands for."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from dateline.errors import EvaluationError
from dateline.evaluation.gates import Gate, GateResult
from dateline.evaluation.runs.comparing import Over, changed_labels, changed_texts
from dateline.evaluation.runs.folder import RUN, RunFolder
from dateline.evaluation.runs.loading import load_run
from dateline.evaluation.runs.record import BASELINES

if TYPE_CHECKING:
    from dateline.evaluation.runs.documents import Documents
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
        _check_over(
            Over(other.record.documents, other.gold),
            Over(run.record.documents, run.gold),
            where=str(other.folder.path) if other.folder else other.name,
        )
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


def to_be_held(runs: Iterable[ScoredRun], *, asked: Collection[str] = ()) -> list[ScoredRun]:
    """The runs that gates are for: all but the model-free ones that nobody asked for by name."""
    passed_over = {*BASELINES} - {*asked}
    return [each for each in runs if each.record.provider not in passed_over]


def check_baseline(
    gates: Sequence[str | Gate], baseline: Path | None, names: Iterable[str], documents: Documents
) -> None:
    """Find out, before a run is paid for, whether its gates could be held against a baseline.

    Args:
        gates: as text or parsed; where none compares with a baseline, nothing is checked.
        baseline: a run's folder, or a folder of runs.
        names: of the runs that shall be made.
        documents: what they are to be over.

    Raises:
        EvaluationError: as ``check_gates``.
    """
    parsed = [each if isinstance(each, Gate) else Gate.parse(each) for each in gates]
    if not any(gate.to_baseline for gate in parsed):
        return
    hashes = {each.id: each.text_sha256 or "" for each in documents.gold}
    for name in names:
        folder = RunFolder(_place(name, baseline))
        _check_over(
            Over(folder.record().documents, folder.gold()),
            Over(hashes, documents.gold),
            where=str(folder.path),
        )


def _loaded(run: ScoredRun, baseline: ScoredRun | Path | None) -> ScoredRun:
    if baseline is None or isinstance(baseline, Path):
        return load_run(_place(run.name, baseline))
    return baseline


def _place(name: str, baseline: Path | None) -> Path:
    """The folder of the run that ``baseline`` stands for."""
    if baseline is None:
        raise EvaluationError(
            "a gate compares with a baseline, and none is named",
            remedy="Name one with --baseline, or in the suite: baseline: FOLDER.",
        )
    path = baseline if (baseline / RUN).is_file() else baseline / name
    if not (path / RUN).is_file():
        raise EvaluationError(
            f"there is no baseline for {name}",
            where=str(baseline),
            remedy="Make one with `dateline eval run SUITE --save-baseline`.",
        )
    return path


def _check_over(old: Over, new: Over, *, where: str) -> None:
    """Check that a baseline is over the same documents, texts and labels."""
    mine = {each.id for each in new.gold}
    theirs = {each.id for each in old.gold}
    anew = "Make it anew with `dateline eval run SUITE --save-baseline`."
    if mine != theirs:
        raise EvaluationError(
            f"the baseline is over other documents; in one of the two only: {len(mine ^ theirs)} "
            f"({', '.join(sorted(mine ^ theirs)[:5])})",
            where=where,
            remedy=anew,
        )
    changed = changed_texts(old, new, sorted(mine))
    if changed:
        raise EvaluationError(
            f"the text of {changed} is not the same as when the baseline was made",
            where=where,
            remedy=anew,
        )
    relabelled = changed_labels(old, new, mine)
    if relabelled:
        raise EvaluationError(
            f"the labels of {relabelled} are not the same as when the baseline was made",
            where=where,
            remedy="Score the baseline again with `dateline eval score SUITE BASELINE`; that needs "
            "no model.",
        )
