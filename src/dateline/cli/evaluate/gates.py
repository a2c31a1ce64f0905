"""The gates of a suite, held against its runs."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from collections.abc import Sequence

    from dateline.evaluation.gates import GateResult
    from dateline.evaluation.runs.scored import ScoredRun
    from dateline.evaluation.suites import Suite

Results = list[tuple[str, "GateResult"]]


def check_all(suite: Suite, runs: Sequence[ScoredRun]) -> Results:
    """Hold every run that is no model-free baseline against the suite's gates."""
    from dateline.evaluation.runs.running import BASELINES

    results: Results = []
    for run in runs:
        if run.record.provider in BASELINES:
            continue
        results += check_run(run, suite.gates, baseline=suite.baseline_folder())
    return results


def check_run(run: ScoredRun, gates: Sequence[str], *, baseline: Path | None) -> Results:
    """Hold one run against gates; a baseline is loaded where one of them needs it."""
    from dateline.evaluation.gating import check_gates

    return [(run.name, result) for result in check_gates(run, gates, baseline=baseline)]


def tell(results: Results, *, allow_cant_tell: bool = False) -> int:
    """Print the outcomes on standard error; return how many do not hold."""
    from dateline.output.shown import one_line

    broken = 0
    for name, result in results:
        holds = result.holds("pass" if allow_cant_tell else "fail")
        broken += not holds
        sign = "ok  " if holds else "FAIL"
        click.echo(one_line(f"gate {sign} {name}: {result.message}"), err=True)
    return broken
