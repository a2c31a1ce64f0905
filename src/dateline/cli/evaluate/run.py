"""``dateline eval run``: a suite, its variants, their scores and the gates."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

if TYPE_CHECKING:
    from dateline.evaluation.runs.scored import ScoredRun
    from dateline.evaluation.suites import Suite

GATE_FAILED = 3
RUNS = Path("eval-runs")


@click.command()
@click.argument("suite", default="corpus")
@click.option("--provider", "-p", "providers", multiple=True, help="Provider to run; repeatable.")
@click.option(
    "--config",
    "-c",
    type=click.Path(path_type=Path, dir_okay=False),
    help="Configuration file, else the nearest one.",
)
@click.option(
    "--out",
    "-o",
    type=click.Path(path_type=Path, file_okay=False),
    help="Folder for the runs, else a new one under eval-runs/SUITE.",
)
@click.option("--resume", is_flag=True, help="Take up the unfinished run of --out, or the latest.")
@click.option("--html", type=click.Path(path_type=Path, dir_okay=False), help="Write a report too.")
@click.option("--concurrency", type=click.IntRange(min=1), help="Articles in flight at once.")
@click.option(
    "--max-usd",
    type=click.FloatRange(min=0, min_open=True),
    metavar="X",
    help="US dollars that the calls of one variant may cost.",
)
@click.option("--no-cache", is_flag=True, help="Neither read nor write the completion cache.")
@click.option("--skip-missing", is_flag=True, help="Leave out documents without their text.")
@click.option(
    "--save-baseline", is_flag=True, help="Keep the runs as the suite's baseline afterwards."
)
@click.option("--json", "as_json", is_flag=True, help="Print one JSON document.")
@click.option("--quiet", "-q", is_flag=True, help="No notice, progress or summary.")
@click.pass_context
def run(
    ctx: click.Context,
    suite: str,
    providers: tuple[str, ...],
    config: Path | None,
    out: Path | None,
    resume: bool,
    html: Path | None,
    concurrency: int | None,
    max_usd: float | None,
    no_cache: bool,
    skip_missing: bool,
    save_baseline: bool,
    as_json: bool,
    quiet: bool,
) -> None:
    """Run SUITE, a name or a YAML file, and score every variant of it.

    Each variant gets a folder with its predictions and scores; the model-free baselines run
    beside it. Exits with 1 where a document failed and with 3 where a gate did.
    """
    from dateline.cli.destination import check_folders
    from dateline.cli.draining import Drain
    from dateline.cli.evaluate.gates import check_all, gates_that_can_be_held, tell
    from dateline.cli.evaluate.saving import baseline_to_write, keep_baseline
    from dateline.cli.evaluate.showing import show_runs, tell_notes
    from dateline.cli.watching import Watch
    from dateline.evaluation.gating import to_be_held
    from dateline.evaluation.runs.documents import documents_of
    from dateline.evaluation.runs.running import RunOptions, run_suite
    from dateline.evaluation.suites import load_suite

    check_folders(html)
    loaded = load_suite(suite)
    target = None
    if save_baseline:
        target = baseline_to_write(loaded, (v.name for v in loaded.variants(providers)))
    documents = documents_of(loaded, skip_missing=skip_missing)
    tell_notes(documents.told(missing="left out"))
    gates = gates_that_can_be_held(loaded, providers, documents, becomes_baseline=save_baseline)
    folder = out or _folder(loaded, resume=resume)
    with Drain() as drain:
        watch = Watch(quiet=quiet)

        def through(results: Any) -> Any:
            return watch.through(results)

        options = RunOptions(
            config=config,
            concurrency=concurrency,
            max_usd=max_usd,
            cache=not no_cache,
            resume=resume,
            through=through,
            feed=drain.feed,
            told=lambda line: None if quiet else click.echo(line, err=True),
        )
        runs: list[ScoredRun] = []
        for each in run_suite(loaded, documents, folder, providers=providers, options=options):
            runs.append(each)
            if drain.signal is not None:
                break
    if drain.signal is not None:
        click.echo(f"stopped; go on with --resume. What is done: {folder}", err=True)
        ctx.exit(128 + drain.signal)
    results = check_all(loaded, runs, gates=gates, providers=providers)
    show_runs(runs, gates=results, as_json=as_json)
    if not quiet:
        click.echo(f"runs: {folder}", err=True)
    if html is not None:
        from dateline.cli.evaluate.report import write_report

        write_report(runs, html, baseline=loaded.baseline_folder())
    if target is not None:
        keep_baseline(target, to_be_held(runs, asked=providers or loaded.providers))
    failed = tell(results)
    if failed:
        ctx.exit(GATE_FAILED)
    if any(each.score.failed for each in runs):
        ctx.exit(1)


def _folder(suite: Suite, *, resume: bool) -> Path:
    """A new folder for the runs of now, or the latest one that is there."""
    root = RUNS / suite.name
    if resume:
        latest = sorted(each for each in root.glob("*") if each.is_dir())
        if latest:
            return latest[-1]
    stamp = datetime.now(UTC).strftime("%Y%m%d-%H%M%S")
    path = root / stamp
    number = 1
    while path.exists():
        number += 1
        path = root / f"{stamp}-{number}"
    return path
