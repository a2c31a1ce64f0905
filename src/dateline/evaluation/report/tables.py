"""Tables that turn into lists where there is no room for columns."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from dateline.evaluation.report import figures, plot
from dateline.evaluation.report.view import MetricView, RunView
from dateline.output.markup import Child, Markup, join, tag, value


class Cell(NamedTuple):
    """One cell: what it shows, its column's name for narrow pages, and a class of its own."""

    content: Child
    label: str = ""
    look: str | None = None


class Row(NamedTuple):
    """One row: its heading and its cells."""

    head: Child
    cells: Sequence[Cell]
    look: str | None = None


def table(caption: str, columns: Sequence[Child], rows: Sequence[Row], *, look: str = "") -> Markup:
    """Build a table; its first column holds the headings of the rows.

    Roles are written out because a table that is laid out as a list would lose them.
    """
    head = tag(
        "tr",
        *(tag("th", column, scope="col", role="columnheader") for column in columns),
        role="row",
    )
    return tag(
        "table",
        tag("caption", caption, class_="dl-heard"),
        tag("thead", head, role="rowgroup"),
        tag("tbody", *map(_row, rows), role="rowgroup"),
        class_=f"dr-table {look}".strip(),
        role="table",
    )


def _row(row: Row) -> Markup:
    return tag(
        "tr",
        tag("th", row.head, scope="row", role="rowheader"),
        *(data_cell(cell) for cell in row.cells),
        class_=row.look,
        role="row",
    )


def data_cell(cell: Cell) -> Markup:
    """One cell; an empty one is left out where cells stand under one another."""
    empty = None if cell.content else "dr-none"
    return tag(
        "td",
        tag("span", cell.content) if cell.content else None,
        data_label=cell.label or None,
        class_=" ".join(look for look in (cell.look, empty) if look) or None,
        role="cell",
    )


def figure(view: MetricView | None, metric: str) -> Markup:
    """A figure with its interval under it."""
    if view is None:
        return tag("span", "not measured", class_="dl-note")
    bounds = figures.interval(view, metric)
    return join(
        [
            tag("span", figures.number(view.value, metric), class_="dr-figure"),
            tag("span", bounds, class_="dr-interval") if bounds else None,
        ],
        " ",
    )


def label(run: RunView) -> str:
    """A run's name with its kind, for cells under one another."""
    kinds = ["no model"] if run.baseline else []
    kinds += ["recorded"] if run.recorded else []
    return f"{run.name} ({', '.join(kinds)})" if kinds else run.name


def run_name(run: RunView, number: int, *, kind: bool = True) -> Markup:
    """A run's marker and name, and what kind of run it is."""
    return tag(
        "span",
        plot.key(number, baseline=run.baseline),
        join([tag("span", value(run.name), class_="dr-name"), *(chips(run) if kind else [])], " "),
        class_="dr-run-name",
    )


def chips(run: RunView) -> list[Markup]:
    """Words that keep a run from being taken for what it is not."""
    said: list[Markup] = []
    if run.baseline:
        said.append(tag("span", "no model", class_="dl-chip"))
    if run.recorded:
        said.append(tag("span", "recorded", class_="dl-chip dr-chip-recorded"))
    return said


def markers(runs: Sequence[RunView]) -> list[tuple[RunView, int]]:
    """Every run with the number that gives its marker: real runs and baselines apart."""
    real = baselines = 0
    numbered: list[tuple[RunView, int]] = []
    for run in runs:
        if run.baseline:
            numbered.append((run, baselines))
            baselines += 1
        else:
            numbered.append((run, real))
            real += 1
    return numbered
