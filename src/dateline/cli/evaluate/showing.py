"""Runs and comparisons on standard output: JSON, or tables for people."""

from __future__ import annotations

import os
import shutil
import sys
from typing import TYPE_CHECKING, Any

import click

from dateline.cli.printing import print_json, print_rows

if TYPE_CHECKING:
    from collections.abc import Sequence

    from dateline.cli.evaluate.gates import Held
    from dateline.evaluation.runs.comparing import Comparison
    from dateline.evaluation.runs.scored import ScoredRun
    from dateline.evaluation.statistics.comparison import Difference

_WIDTH = 100
_COLUMN = 24


def show_runs(
    runs: Sequence[ScoredRun], *, gates: Sequence[Held] = (), as_json: bool = False
) -> None:
    """Print the summary of runs, one column each."""
    tell_missed(runs)
    if as_json:
        print_json(
            {
                "runs": [run_json(run) for run in runs],
                "gates": [each.as_json() for each in gates],
            }
        )
        return
    from dateline.evaluation.report.adapting import run_view
    from dateline.evaluation.report.text import summary_table
    from dateline.evaluation.runs.scored import shown_metrics

    width, colour = _terminal(_COLUMN * (1 + len(runs)))
    views = [run_view(run) for run in runs]
    names = shown_metrics(runs)
    click.echo(summary_table(views, metrics=names, width=width, colour=colour), nl=False)


def tell_missed(runs: Sequence[ScoredRun]) -> None:
    """Print on standard error which documents count as missed though nothing was read of them."""
    from dateline.output.shown import one_line

    for run in runs:
        for kind, ids in (("failed", run.score.failed), ("not predicted", run.score.unpredicted)):
            if ids:
                line = f"{run.name}: {kind}, counted as missed: {', '.join(ids)}"
                click.echo(one_line(line), err=True)


def tell_notes(notes: Sequence[str]) -> None:
    """Print what is odd about labels and texts on standard error."""
    from dateline.output.shown import one_line

    for note in notes:
        click.echo(one_line(f"note: {note}"), err=True)


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


def show_comparison(found: Comparison, *, as_json: bool = False, everything: bool = False) -> None:
    """Print a comparison: the headline figures, then others that differ for sure."""
    if as_json:
        print_json(found.as_json())
        return
    if found.left_out:
        click.echo(f"left out, in one run only: {', '.join(found.left_out)}", err=True)
    if everything:
        for note in found.notes:
            click.echo(f"note: {note}", err=True)
        headers = ["metric", "old", "new", "difference", "verdict", "detectable", "note"]
        every = {**found.headline, **found.others}
        print_rows(headers, [_row(name, each) for name, each in every.items()])
        return
    from dateline.evaluation.report.adapting import comparison_view, page_names
    from dateline.evaluation.report.text import comparison_table

    old, new = page_names([found.old, found.new])
    width, colour = _terminal(_WIDTH)
    view = comparison_view(found, old=old, new=new)
    click.echo(comparison_table(view, width=width, colour=colour), nl=False)


def _terminal(least: int) -> tuple[int, bool]:
    """The width of the terminal and whether it shows colour; in a pipe at least ``least``."""
    if sys.stdout.isatty():
        return shutil.get_terminal_size().columns, "NO_COLOR" not in os.environ
    return max(_WIDTH, least), False


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


def _number(value: float | None) -> str:
    return "-" if value is None else f"{value:.3f}"
