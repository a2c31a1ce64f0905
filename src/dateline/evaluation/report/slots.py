"""The table of slots: for each slot every run's precision, recall and F1, with a plot of F1."""

from __future__ import annotations

from collections.abc import Sequence

from dateline.evaluation.report import figures, plot
from dateline.evaluation.report.tables import Cell, data_cell, markers, run_name
from dateline.evaluation.report.view import MetricView, RunView
from dateline.output.markup import Child, Markup, join, tag

_NONE = MetricView(None)
_COLUMNS = ("Precision", "Recall", "F1", "Lenient F1", "Right / predicted / gold")


def slots(runs: Sequence[RunView]) -> Markup:
    """Every slot with all runs under one another, so that they can be compared at a glance."""
    measures = figures.slot_measures(runs)
    usual = [measure for measure in measures if not _folded(measure)]
    roles = [measure for measure in measures if _folded(measure)]
    return tag(
        "section",
        tag("h2", "Slot by slot"),
        tag(
            "p",
            "Dots are F1 (accuracy where a slot is only judged on matched records), bars their "
            "intervals, rings the lenient F1, for which names need only be alike and numbers lie "
            "within those of gold. Runs whose bars overlap widely can hardly be told apart; the "
            "comparison says so exactly.",
            class_="dr-lead",
        ),
        _table(usual, runs, "Slots") if usual else tag("p", "No slots.", class_="dl-empty"),
        tag(
            "details",
            tag("summary", "Roles of actors, and words to the character"),
            _table(roles, runs, "Roles of actors and exact words"),
            class_="dl-fold dr-fold",
        )
        if roles
        else None,
        id="slots",
        class_="dr-part",
    )


def _folded(measure: str) -> bool:
    return measure.startswith(("event.actors.", "ceaf-ree.")) or measure in (
        "event.evidence_exact",
        "claim.content_exact",
        "event.victim",
        "event.number",
    )


def _table(measures: Sequence[str], runs: Sequence[RunView], caption: str) -> Markup:
    head = tag(
        "tr",
        *(tag("th", column, scope="col", role="columnheader") for column in ("Run", *_COLUMNS)),
        tag(
            "th",
            tag("span", "F1 with its interval", class_="dl-heard"),
            plot.axis(("0", "0.5", "1")),
            scope="col",
            role="columnheader",
            class_="dr-plot-head",
        ),
        role="row",
    )
    bodies = [_group(measure, runs) for measure in measures]
    return tag(
        "table",
        tag("caption", caption, class_="dl-heard"),
        tag("thead", head, role="rowgroup"),
        *bodies,
        class_="dr-table dr-slots-table",
        role="table",
    )


def _group(measure: str, runs: Sequence[RunView]) -> Markup:
    title = tag(
        "tr",
        tag(
            "th",
            figures.measure_words(measure),
            " ",
            tag("code", measure),
            colspan=len(_COLUMNS) + 2,
            scope="rowgroup",
            role="rowheader",
        ),
        class_="dr-slot",
        role="row",
    )
    return tag(
        "tbody",
        title,
        *(_row(measure, run, number) for run, number in markers(runs)),
        role="rowgroup",
    )


def _row(measure: str, run: RunView, number: int) -> Markup:
    def get(name: str) -> MetricView:
        return run.metrics.get(name, _NONE)

    main = f"{measure}.f1"
    if main not in run.metrics and f"{measure}.accuracy" in run.metrics:
        main = f"{measure}.accuracy"
    shown, lenient = get(main), get(f"{figures.lenient_of(measure)}.f1")
    found = main.endswith(".f1")
    cells = [
        Cell(_plain(get(f"{measure}.precision")) if found else None, "Precision", "dr-number"),
        Cell(_plain(get(f"{measure}.recall")) if found else None, "Recall", "dr-number"),
        Cell(_whole(shown, main), "F1" if found else "Accuracy", "dr-number"),
        Cell(_whole(lenient, main) if lenient.value is not None else None, "Lenient", "dr-number"),
        Cell(_support(run, measure), "Right / predicted / gold", "dr-number dl-note"),
    ]
    picture = plot.interval_plot(
        shown.value,
        shown.low,
        shown.high,
        number=number,
        baseline=run.baseline,
        title=_told(run, shown, lenient, main),
        lenient=lenient.value,
    )
    return tag(
        "tr",
        tag("th", run_name(run, number, kind=False), scope="row", role="rowheader"),
        *map(data_cell, cells),
        tag("td", picture, class_="dr-plot-cell", role="cell"),
        role="row",
    )


def _plain(view: MetricView) -> Child:
    return figures.number(view.value, "f1")


def _whole(view: MetricView, metric: str) -> Markup:
    bounds = figures.interval(view, metric)
    return join(
        [
            tag("span", figures.number(view.value, metric), class_="dr-figure"),
            tag("span", bounds, class_="dr-interval") if bounds else None,
        ],
        " ",
    )


def _support(run: RunView, measure: str) -> Child:
    counted = run.support.get(measure)
    return " / ".join(f"{round(part, 1):,g}" for part in counted) if counted else None


def _told(run: RunView, shown: MetricView, lenient: MetricView, metric: str) -> str:
    words = f"{figures.metric_words(metric)}, {run.name}: {figures.number(shown.value, metric)}"
    bounds = figures.interval(shown, metric)
    words += f", interval {bounds}" if bounds else ""
    if lenient.value is not None:
        words += f"; lenient {figures.number(lenient.value, metric)}"
    return words
