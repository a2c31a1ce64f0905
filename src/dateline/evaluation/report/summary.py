"""The head of a report: the headline figures of all runs, and what made them."""

from __future__ import annotations

from collections.abc import Sequence

from dateline.evaluation.report import figures
from dateline.evaluation.report.tables import Cell, Row, figure, label, markers, run_name, table
from dateline.evaluation.report.view import RunView
from dateline.output import wording
from dateline.output.markup import Child, Markup, join, tag, value


def summary(runs: Sequence[RunView], chosen: Sequence[str] = ()) -> Markup:
    """Headline figures, or those chosen, a column for each run."""
    numbered = markers(runs)
    rows = [
        Row(
            _metric(metric),
            [
                Cell(figure(run.metrics.get(metric), metric), label(run), "dr-number")
                for run, _ in numbered
            ],
            _divider(metric),
        )
        for metric in figures.headlines(runs, chosen)
    ]
    heads: list[Child] = [
        "Figure",
        *(join([run_name(run, number), _about(run)]) for run, number in numbered),
    ]
    return tag(
        "section",
        tag("h2", "Summary"),
        tag("p", _said(runs), class_="dr-lead"),
        _legend(runs),
        tag(
            "div",
            table("Headline figures of every run", heads, rows, look="dr-summary"),
            class_="dr-wide",
            tabindex=0,
            role="group",
            aria_label="Headline figures of every run",
        ),
        _made(runs),
        id="summary",
        class_="dr-part",
    )


def _said(runs: Sequence[RunView]) -> str:
    sizes = {run.documents for run in runs}
    if not runs:
        return "No run is shown."
    over = wording.counted(max(sizes), "document")
    each = f"Each figure is over {over}" if len(sizes) == 1 else "Runs differ in their documents"
    return (
        f"{each}. Under it stand the bounds between which its true value lies with "
        f"{figures.percent(runs[0].confidence)} confidence; few documents make them wide."
    )


def _legend(runs: Sequence[RunView]) -> Markup | None:
    recorded = [run for run in runs if run.recorded]
    if not recorded:
        return None
    told = [
        join([value(run.name), f" ({run.model or 'model unknown'}, {run.made_at or 'no date'})"])
        for run in recorded
    ]
    return tag(
        "p",
        tag("strong", "Recorded: "),
        "answers of these models were replayed, none was asked now: ",
        join([*told], "; "),
        ".",
        class_="dr-recorded",
        role="note",
    )


def _about(run: RunView) -> Markup:
    lines = [run.model, run.made_at[:10]] if not run.baseline else []
    return tag(
        "span",
        *(tag("span", value(line), class_="dr-block") for line in lines if line),
        tag("span", wording.counted(run.documents, "document"), class_="dr-block"),
        class_="dl-note dr-block",
    )


def _metric(metric: str) -> Markup:
    note = figures.metric_note(metric)
    return join(
        [
            tag("span", figures.metric_words(metric), class_="dr-metric"),
            tag("span", note, class_="dl-note dr-block") if note else None,
            tag("code", metric, class_="dr-block"),
        ]
    )


def _divider(metric: str) -> str | None:
    return "dr-goal-zero" if figures.lower_is_better(metric) else None


def _made(runs: Sequence[RunView]) -> Markup:
    columns = ("Run", "Provider", "Model", "Made", "Prompt", "Schema", "dateline", "Documents")
    rows = [
        Row(
            run_name(run, number),
            [
                Cell(value(words) if words else tag("span", "–", class_="dl-note"), column)
                for column, words in zip(
                    columns[1:],
                    (
                        run.provider,
                        "none" if run.baseline else run.model,
                        run.made_at + (" (recorded)" if run.recorded and run.made_at else ""),
                        run.prompt,
                        run.schema,
                        run.version,
                        f"{run.documents:,}",
                    ),
                    strict=True,
                )
            ],
        )
        for run, number in markers(runs)
    ]
    notes = [tag("li", value(run.name), ": ", value(note)) for run in runs for note in run.notes]
    return tag(
        "details",
        tag("summary", "What made these runs"),
        tag("div", table("What made each run", columns, rows, look="dr-made"), class_="dr-wide"),
        tag("ul", *notes, class_="dr-notes") if notes else None,
        class_="dl-fold dr-fold",
        open=True,
    )
