"""Runs and comparisons on standard output: JSON, or tables for people."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from dateline.cli.printing import print_json, print_rows

if TYPE_CHECKING:
    from collections.abc import Sequence

    from dateline.cli.evaluate.gates import Results
    from dateline.evaluation.runs.comparing import Comparison
    from dateline.evaluation.runs.scored import ScoredRun
    from dateline.evaluation.statistics.comparison import Difference


def show_runs(
    runs: Sequence[ScoredRun], *, gates: Results | None = None, as_json: bool = False
) -> None:
    """Print the summary of runs, one column each."""
    if as_json:
        print_json(
            {
                "runs": [run_json(run) for run in runs],
                "gates": [gate_json(name, result) for name, result in gates or []],
            }
        )
        return
    from dateline.evaluation.runs.scored import shown_metrics

    names = shown_metrics(runs)
    headers = ["metric", *(run.name for run in runs)]
    rows = [[name, *(_figure(run, name) for run in runs)] for name in names]
    print_rows(headers, rows)
    for run in runs:
        for kind, ids in (("failed", run.score.failed), ("not predicted", run.score.unpredicted)):
            if ids:
                click.echo(f"{run.name}: {kind}, counted as missed: {', '.join(ids)}", err=True)


def run_json(run: ScoredRun) -> dict[str, Any]:
    """A run as the commands print it."""
    data = run.as_json()
    del data["score"]
    record = run.record
    return {
        **data,
        "folder": str(run.folder.path) if run.folder else None,
        "status": record.status,
        "provider": record.provider,
        "model": record.model,
        "recorded": record.recorded.model_dump(mode="json") if record.recorded else None,
        "usage": record.usage.model_dump(),
    }


def gate_json(name: str, result: Any) -> dict[str, Any]:
    """A gate's outcome as the commands print it."""
    return {
        "run": name,
        "gate": result.gate.text,
        "outcome": result.outcome,
        "value": result.value,
        "bound": result.bound,
        "low": result.low,
        "high": result.high,
        "message": result.message,
    }


def show_comparison(found: Comparison, *, as_json: bool = False, everything: bool = False) -> None:
    """Print a comparison: the headline figures, then others that differ for sure."""
    if as_json:
        print_json(found.as_json())
        return
    for note in found.notes:
        click.echo(f"note: {note}", err=True)
    if found.left_out:
        click.echo(f"left out, in one run only: {', '.join(found.left_out)}", err=True)
    others = {
        name: each
        for name, each in found.others.items()
        if everything or each.verdict != "can't tell"
    }
    headers = ["metric", "old", "new", "difference", "verdict", "detectable", "note"]
    rows = [_row(name, each) for name, each in {**found.headline, **others}.items()]
    print_rows(headers, rows)


def _row(name: str, found: Difference) -> list[str]:
    difference = "-"
    if found.difference is not None:
        difference = f"{found.difference:+.3f}"
        if found.low is not None and found.high is not None:
            difference += f" [{found.low:+.3f}, {found.high:+.3f}]"
    return [
        name,
        _number(found.a),
        _number(found.b),
        difference,
        found.verdict,
        _number(found.detectable),
        found.note,
    ]


def _figure(run: ScoredRun, name: str) -> str:
    found = run.intervals.get(name)
    if found is None or found.value is None:
        return "-"
    if name.endswith(".total"):
        return f"{found.value:g}"
    if found.low is None or found.high is None:
        return f"{found.value:.3f}"
    return f"{found.value:.3f} [{found.low:.3f}, {found.high:.3f}]"


def _number(value: float | None) -> str:
    return "-" if value is None else f"{value:.3f}"
