"""The gates of a suite, held against its runs."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

if TYPE_CHECKING:
    from collections.abc import Sequence

    from dateline.evaluation.gates import GateResult, OnCantTell
    from dateline.evaluation.runs.documents import Documents
    from dateline.evaluation.runs.scored import ScoredRun
    from dateline.evaluation.suites import Suite


@dataclass(frozen=True)
class Held:
    """What became of one gate for one run, and whether it lets the run through."""

    run: str
    result: GateResult
    holds: bool

    def as_json(self) -> dict[str, Any]:
        """The outcome as the commands print it."""
        result = self.result
        return {
            "run": self.run,
            "gate": result.gate.text,
            "outcome": result.outcome,
            "holds": self.holds,
            "value": result.value,
            "bound": result.bound,
            "low": result.low,
            "high": result.high,
            "message": result.message,
        }


def check_all(
    suite: Suite,
    runs: Sequence[ScoredRun],
    *,
    gates: Sequence[str],
    providers: Sequence[str] = (),
) -> list[Held]:
    """Hold runs against gates of their suite; ``providers`` were asked for instead of its own."""
    from dateline.evaluation.gating import to_be_held

    found: list[Held] = []
    for run in to_be_held(runs, asked=providers or suite.providers):
        baseline = suite.baseline_folder()
        found += check_run(run, gates, baseline=baseline, on_cant_tell=suite.on_cant_tell)
    return found


def gates_that_can_be_held(
    suite: Suite, providers: Sequence[str], documents: Documents, *, becomes_baseline: bool
) -> list[str]:
    """The suite's gates, if there is a baseline for those that need one.

    A run that shall become the baseline has none to be held against where there was none yet, or
    one over other documents: the gates that need it are left out then, and that is said.

    Raises:
        EvaluationError: a baseline is missing, before any run is paid for.
    """
    from dateline.errors import EvaluationError
    from dateline.evaluation.gates import Gate
    from dateline.evaluation.gating import check_baseline
    from dateline.output.wording import counted

    names = [variant.name for variant in suite.variants(providers)]
    try:
        check_baseline(suite.gates, suite.baseline_folder(), names, documents)
    except EvaluationError as error:
        if not becomes_baseline:
            raise
        left = [gate for gate in suite.gates if not Gate.parse(gate).to_baseline]
        count = counted(len(suite.gates) - len(left), "gate")
        click.echo(f"note: {count} left out: {error.what}", err=True)
        return left
    return list(suite.gates)


def check_run(
    run: ScoredRun,
    gates: Sequence[str],
    *,
    baseline: Path | None,
    on_cant_tell: OnCantTell = "fail",
) -> list[Held]:
    """Hold one run against gates; a baseline is loaded where one of them needs it."""
    from dateline.evaluation.gating import check_gates

    return [
        Held(run.name, result, result.holds(on_cant_tell))
        for result in check_gates(run, gates, baseline=baseline)
    ]


def tell(results: Sequence[Held]) -> int:
    """Print the outcomes on standard error; return how many do not hold."""
    from dateline.output.shown import one_line

    for each in results:
        sign = "ok" if each.holds else "FAIL"
        click.echo(one_line(f"gate {sign} {each.run}: {each.result.message}"), err=True)
    return sum(not each.holds for each in results)
