"""``dateline eval compare``: is the new run better than the old one."""

from __future__ import annotations

from pathlib import Path

import click

RUN = click.Path(path_type=Path, file_okay=False, exists=True)


@click.command()
@click.argument("run_a", type=RUN)
@click.argument("run_b", type=RUN)
@click.option("--metric", "metrics", multiple=True, help="Figure to judge alone; repeatable.")
@click.option("--intersect", is_flag=True, help="Compare what both runs are over.")
@click.option("--all", "everything", is_flag=True, help="Show every figure.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON document.")
def compare(
    run_a: Path,
    run_b: Path,
    metrics: tuple[str, ...],
    intersect: bool,
    everything: bool,
    as_json: bool,
) -> None:
    """Compare RUN_B, the new run, with RUN_A, the old one, document by document.

    The verdict is better, worse or can't tell. The figures of the suite, or of --metric, are
    judged each alone; of all others those are shown that differ even among so many.
    """
    from dateline.cli.evaluate.showing import show_comparison
    from dateline.evaluation.runs.comparing import compare_runs
    from dateline.evaluation.runs.loading import load_run

    found = compare_runs(load_run(run_a), load_run(run_b), metrics=metrics, intersect=intersect)
    show_comparison(found, as_json=as_json, everything=everything)
