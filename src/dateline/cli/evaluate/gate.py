"""``dateline eval gate``: hold a finished run against conditions."""

from __future__ import annotations

from pathlib import Path

import click

from dateline.cli.evaluate.run import GATE_FAILED

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
    from dateline.cli.evaluate.gates import check_run, tell
    from dateline.cli.evaluate.showing import gate_json
    from dateline.cli.printing import print_json
    from dateline.errors import EvaluationError
    from dateline.evaluation.runs.loading import load_run, runs_in
    from dateline.evaluation.runs.running import BASELINES
    from dateline.evaluation.suites import load_suite

    results = []
    for path in (each for given in runs for each in runs_in(given)):
        run = load_run(path)
        if run.record.provider in BASELINES:
            continue
        chosen, other = gates, baseline
        loaded = load_suite(suite) if suite else None
        if not chosen:
            chosen = loaded.gates if loaded else run.record.gates
        if not chosen:
            raise EvaluationError(
                "there is no gate to hold this run against",
                where=str(path),
                remedy="Say --gate CONDITION, or name a suite with gates.",
            )
        if other is None and any("baseline" in each for each in chosen):
            other = (loaded or load_suite(run.record.suite)).baseline_folder()
        results += check_run(run, chosen, baseline=other)
    if as_json:
        print_json({"gates": [gate_json(name, result) for name, result in results]})
    if tell(results, allow_cant_tell=allow_cant_tell):
        ctx.exit(GATE_FAILED)
