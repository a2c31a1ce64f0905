"""``dateline eval report``: runs as one self-contained page."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from dateline.evaluation.runs.scored import ScoredRun

RUN = click.Path(path_type=Path, file_okay=False, exists=True)


@click.command()
@click.argument("runs", metavar="RUN...", nargs=-1, required=True, type=RUN)
@click.option(
    "--html",
    required=True,
    type=click.Path(path_type=Path, dir_okay=False),
    help="File for the page.",
)
@click.option("--baseline", "-b", type=RUN, help="Run that the others are compared with.")
@click.option("--articles", type=RUN, multiple=True, help="Folder with the articles' texts.")
@click.option("--title", help="Title of the page.")
def report(
    runs: tuple[Path, ...],
    html: Path,
    baseline: Path | None,
    articles: tuple[Path, ...],
    title: str | None,
) -> None:
    """Show each RUN, or every run in a folder of runs, as one page that needs no network.

    All runs are compared with --baseline, else with the first one. The model-free baselines that
    were run beside them are shown too.
    """
    from dateline.cli.destination import check_folders
    from dateline.evaluation.runs.loading import load_run, runs_in

    check_folders(html)
    paths = list(dict.fromkeys(each for given in runs for each in runs_in(given)))
    found = [load_run(each, texts=_texts(each, articles)) for each in paths]
    write_report(found, html, baseline=baseline, title=title)


def write_report(
    runs: Sequence[ScoredRun], path: Path, *, baseline: Path | None, title: str | None = None
) -> None:
    """Write the page of runs."""
    from dateline.cli.destination import replacing
    from dateline.evaluation.report.assembling import assemble

    text = assemble(runs, baseline=baseline, title=title)
    with replacing(path) as part:
        part.write_text(text, encoding="utf-8", newline="\n")
    click.echo(f"report: {path}", err=True)


def _texts(path: Path, articles: Sequence[Path]) -> list[str | Path]:
    """Folders with the texts of a run: those given, else those of its suite, if it is known."""
    import os

    from dateline.errors import EvaluationError
    from dateline.evaluation.gold.texts import VARIABLE
    from dateline.evaluation.runs.folder import RunFolder
    from dateline.evaluation.suites import load_suite

    if articles:
        return list(articles)
    try:
        folders: list[str | Path] = list(
            load_suite(RunFolder(path).record().suite).article_folders()
        )
    except EvaluationError:
        folders = []
    named = os.environ.get(VARIABLE, "").split(os.pathsep)
    return [*folders, *(each for each in named if each.strip())]
