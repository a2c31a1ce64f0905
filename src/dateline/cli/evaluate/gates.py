"""The gates of a suite, held against its runs."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

if TYPE_CHECKING:
    from collections.abc import Sequence

    from dateline.evaluation.gates import GateResult, OnCantTell
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


def check_all(suite: Suite, runs: Sequence[ScoredRun]) -> list[Held]:
    """Hold every run that is no model-free baseline against the suite's gates."""
    from dateline.evaluation.runs.record import BASELINES

    found: list[Held] = []
    for run in runs:
        if run.record.provider not in BASELINES:
            baseline = suite.baseline_folder()
            found += check_run(run, suite.gates, baseline=baseline, on_cant_tell=suite.on_cant_tell)
    return found


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
        sign = "ok  " if each.holds else "FAIL"
        click.echo(one_line(f"gate {sign} {each.run}: {each.result.message}"), err=True)
    return sum(not each.holds for each in results)
