"""``dateline eval gate``: hold a finished run against conditions."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from dateline.cli.evaluate.run import GATE_FAILED

if TYPE_CHECKING:
    from dateline.evaluation.runs.scored import ScoredRun
    from dateline.evaluation.suites import Suite

RUN = click.Path(path_type=Path, file_okay=False, exists=True)


@click.command()
@click.argument("runs", metavar="RUN...", nargs=-1, required=True, type=RUN)
@click.option("--gate", "-g", "gates", multiple=True, help="Condition; else those of the suite.")
@click.option("--suite", "-s", help="Suite whose gates hold, else those noted in the run.")
@click.option("--baseline", "-b", type=RUN, help="Run to compare with, else the suite's.")
@click.option("--allow-cant-tell", is_flag=True, help="Let pass what nobody can tell.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON document.")
@click.pass_context
def gate(
    ctx: click.Context,
    runs: tuple[Path, ...],
    gates: tuple[str, ...],
    suite: str | None,
    baseline: Path | None,
    allow_cant_tell: bool,
    as_json: bool,
) -> None:
    """Hold each RUN against gates; exit with 3 where one of them does not hold.

    A gate reads like "event.f1 >= baseline - 0.02 with 95 % confidence".
    """
    from dateline.cli.evaluate.gates import Held, check_run, tell
    from dateline.cli.evaluate.showing import tell_missed
    from dateline.cli.printing import print_json
    from dateline.errors import EvaluationError
    from dateline.evaluation.gates import Gate, OnCantTell
    from dateline.evaluation.runs.loading import load_run, runs_in
    from dateline.evaluation.runs.record import BASELINES
    from dateline.evaluation.suites import load_suite

    results: list[Held] = []
    loaded = load_suite(suite) if suite else None
    held: list[ScoredRun] = []
    for path, is_named in ((each, each == given) for given in runs for each in runs_in(given)):
        run = load_run(path)
        if run.record.provider in BASELINES and not is_named:
            continue
        chosen, other = gates, baseline
        unsure: OnCantTell = "fail"
        if not chosen:
            chosen = loaded.gates if loaded else run.record.gates
            unsure = loaded.on_cant_tell if loaded else run.record.on_cant_tell
        if not chosen:
            raise EvaluationError(
                "there is no gate to hold this run against",
                where=str(path),
                remedy="Say --gate CONDITION, or name a suite with gates.",
            )
        if other is None and any(Gate.parse(each).to_baseline for each in chosen):
            other = (loaded or _suite_of(run.record.suite, path)).baseline_folder()
        unsure = "pass" if allow_cant_tell else unsure
        held.append(run)
        results += check_run(run, chosen, baseline=other, on_cant_tell=unsure)
    if not results:
        raise EvaluationError(
            "there is no run in it but the baselines without a model",
            where=", ".join(map(str, runs)),
            remedy="Name the folder of a run, or of several.",
        )
    tell_missed(held)
    if as_json:
        print_json({"gates": [each.as_json() for each in results]})
    if tell(results):
        ctx.exit(GATE_FAILED)


def _suite_of(name: str, run: Path) -> Suite:
    """The suite that a run is of, where it is found by its name."""
    from dateline.errors import EvaluationError
    from dateline.evaluation.suites import load_suite

    try:
        return load_suite(name)
    except EvaluationError:
        raise EvaluationError(
            f"a gate compares with a baseline, and the suite {name!r} that would name it "
            "is not found from here",
            where=str(run),
            remedy="Name the suite's file with --suite, or the baseline with --baseline.",
        ) from None
