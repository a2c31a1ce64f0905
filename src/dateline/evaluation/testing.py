"""Hold a suite against its gates from a test of one's own, under pytest or anything else."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

from dateline.errors import EvaluationError
from dateline.evaluation.gates import Gate, GateResult, OnCantTell
from dateline.evaluation.gating import check_baseline, check_gates, to_be_held
from dateline.evaluation.runs.documents import documents_of
from dateline.evaluation.runs.loading import load_run, runs_in
from dateline.evaluation.runs.running import RunOptions, run_suite
from dateline.evaluation.runs.scored import ScoredRun
from dateline.evaluation.suites import Suite, load_suite


def assert_gates(
    suite: str | Path | Suite,
    *,
    run: str | Path | None = None,
    provider: str | Sequence[str] | None = None,
    gates: str | Sequence[str] | None = None,
    baseline: str | Path | None = None,
    on_cant_tell: OnCantTell | None = None,
    out: str | Path | None = None,
    config: str | Path | None = None,
) -> list[ScoredRun]:
    """Run a suite, or load its runs, and fail unless every gate holds for every run.

    Args:
        suite: its name, its file, or the suite itself.
        run: a run's folder, or a folder of runs, that is loaded; nothing is run then.
        provider: one provider or several, instead of the suite's.
        gates: instead of the suite's.
        baseline: a run, or a folder of runs, instead of the suite's.
        on_cant_tell: instead of the suite's; ``fail`` as a rule.
        out: folder for the runs; a run in it is taken up, and only what is missing is asked for.
            None for a folder that is gone afterwards.
        config: a configuration file, else the nearest one.

    Returns:
        The runs that were held against the gates.

    Raises:
        AssertionError: a gate does not hold; the message lists every gate
            with its value, its bound and its interval.
        EvaluationError: the suite, a gate, the run or the baseline cannot be used, or there is no
            gate; before anything is paid for.
    """
    used = suite if isinstance(suite, Suite) else load_suite(suite)
    conditions = _parsed(used, gates)
    other = Path(baseline) if baseline is not None else used.baseline_folder()
    wanted = [provider] if isinstance(provider, str) else list(provider or ())
    with TemporaryDirectory() as passing:
        if run is not None:
            runs = [load_run(path) for path in runs_in(run)]
            _check_suite(used, runs)
        else:
            options = RunOptions(config=Path(config) if config else None, resume=True)
            place = Path(out) if out is not None else Path(passing)
            documents = documents_of(used)
            names = [variant.name for variant in used.variants(wanted)]
            check_baseline(conditions, other, names, documents)
            runs = list(run_suite(used, documents, place, providers=wanted, options=options))
        held = to_be_held(runs, asked=wanted or used.providers)
        if not held:
            raise EvaluationError(
                "there is no run but the baselines without a model",
                where=str(run or used.path),
                remedy="Name a provider, or the folder of a run.",
            )
        results = [(each, check_gates(each, conditions, baseline=other)) for each in held]
    _check(used, results, on_cant_tell or used.on_cant_tell)
    return held


def _check_suite(suite: Suite, runs: Sequence[ScoredRun]) -> None:
    others = [each for each in runs if each.record.suite != suite.name]
    if others:
        raise EvaluationError(
            f"this is a run of the suite {others[0].record.suite}, not of {suite.name}",
            where=str(others[0].folder.path) if others[0].folder else others[0].name,
            remedy="Name a run of this suite, or the other suite.",
        )


def _parsed(suite: Suite, gates: str | Sequence[str] | None) -> list[Gate]:
    texts = [gates] if isinstance(gates, str) else list(suite.gates if gates is None else gates)
    if not texts:
        raise EvaluationError(
            "there is no gate to hold the suite against",
            where=str(suite.path),
            remedy="Name gates in the suite, or give some.",
        )
    return [Gate.parse(each) for each in texts]


def _check(
    suite: Suite, results: Sequence[tuple[ScoredRun, list[GateResult]]], on_cant_tell: OnCantTell
) -> None:
    lines = []
    broken = 0
    for run, outcomes in results:
        for result in outcomes:
            holds = result.holds(on_cant_tell)
            broken += not holds
            lines.append(f"  {'ok  ' if holds else 'FAIL'} {run.name}: {result.message}")
        for kind, ids in (("failed", run.score.failed), ("not predicted", run.score.unpredicted)):
            if ids:
                lines.append(f"       {run.name}: {kind}, counted as missed: {', '.join(ids)}")
    if broken:
        number = "one gate does" if broken == 1 else f"{broken} gates do"
        raise AssertionError("\n".join([f"{number} not hold for suite {suite.name}:", *lines]))
