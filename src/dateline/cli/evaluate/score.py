"""``dateline eval score``: predictions against labels, without a model."""

from __future__ import annotations

from pathlib import Path

import click

from dateline.errors import EvaluationError


@click.command()
@click.argument("gold")
@click.argument("predictions", type=click.Path(path_type=Path, exists=True))
@click.option("--metric", "metrics", multiple=True, help="Figure to show; ceaf-ree for literature.")
@click.option(
    "--articles",
    type=click.Path(path_type=Path, file_okay=False, exists=True),
    multiple=True,
    help="Folder with the articles' texts.",
)
@click.option("--taxonomy", default="acled", show_default=True, help="Event types of the labels.")
@click.option("--all", "everything", is_flag=True, help="Show every figure.")
@click.option("--html", type=click.Path(path_type=Path, dir_okay=False), help="Write a report too.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON document.")
def score(
    gold: str,
    predictions: Path,
    metrics: tuple[str, ...],
    articles: tuple[Path, ...],
    taxonomy: str,
    everything: bool,
    html: Path | None,
    as_json: bool,
) -> None:
    """Score PREDICTIONS against GOLD.

    GOLD is a file of labels, or a suite's name or file. PREDICTIONS is a file of predictions in
    the same format, the results of dateline extract, or a run's folder, which is then scored
    anew. With --metric ceaf-ree both may be files of templates.
    """
    from dateline.evaluation.scoring.measures import is_literature, metric

    # A misspelt one must not change the scores of a run first.
    literature = [is_literature(metric(name).measure) for name in metrics]
    if any(literature):
        if html is not None or not all(literature):
            raise EvaluationError(
                "literature mode has no report and no other figures",
                remedy="Ask for --metric ceaf-ree alone.",
            )
        _literature(gold, predictions, as_json=as_json)
        return
    from dataclasses import replace

    from dateline.cli.destination import check_folders
    from dateline.cli.evaluate.showing import show_runs, tell_notes
    from dateline.evaluation.runs.predictions_file import score_files

    check_folders(html)
    run = score_files(gold, predictions, articles=articles, taxonomy=taxonomy)
    tell_notes(run.notes)
    shown = tuple(run.intervals) if everything else metrics or run.record.metrics
    record = run.record.model_copy(update={"metrics": shown})
    run = replace(run, record=record)
    show_runs([run], as_json=as_json)
    if html is not None:
        from dateline.cli.evaluate.report import write_report

        write_report([run], html, baseline=None)


def _literature(gold: str, predictions: Path, *, as_json: bool) -> None:
    """CEAF-REE, from files of templates or of labels."""
    from dateline.cli.printing import print_json, print_rows
    from dateline.evaluation.runs.literature import literature_score
    from dateline.output.shown import one_line

    if not Path(gold).is_file():
        raise EvaluationError(
            f"there is no file {gold!r}", remedy="Literature mode scores two files."
        )
    found = literature_score(Path(gold), predictions)
    for kind, ids in (("failed", found["failed"]), ("not predicted", found["unpredicted"])):
        if ids:
            click.echo(one_line(f"{kind}, counted as missed: {', '.join(ids)}"), err=True)
    if as_json:
        print_json(found)
        return
    rows = [
        [name, *("-" if value is None else f"{value:.4f}" for value in figures.values())]
        for name, figures in found["metrics"].items()
    ]
    print_rows(["role", "precision", "recall", "f1"], rows)
