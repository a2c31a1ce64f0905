"""Two runs against each other: differences, verdicts, and what these mean."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Sequence
from typing import TYPE_CHECKING

from dateline.evaluation.report import figures, plot
from dateline.evaluation.report.tables import Cell, Row, table
from dateline.evaluation.report.view import ComparisonView, MetricView
from dateline.evaluation.runs.scored import HEADLINE
from dateline.output import wording
from dateline.output.markup import Markup, join, tag, value

if TYPE_CHECKING:
    from dateline.evaluation.statistics.comparison import Difference

SIGNS = {"better": "▲", "worse": "▼", "can't tell": "≈"}


def comparison(views: Sequence[ComparisonView]) -> Markup | None:
    """One part of the page for all comparisons; None where there are none."""
    if not views:
        return None
    return tag(
        "section",
        tag("h2", "Comparison"),
        *map(_comparison, views),
        id="comparison",
        class_="dr-part",
    )


def said(view: ComparisonView, metrics: Sequence[str]) -> str:
    """What a comparison comes to, in a sentence or two."""
    verdicts = Counter(view.differences[metric].verdict for metric in metrics)
    better, worse, unknown = (verdicts[name] for name in ("better", "worse", "can't tell"))
    parts = [f"{better} got better"] if better else []
    parts += [f"{worse} got worse"] if worse else []
    many = wording.counted(len(metrics), "figure")
    over = wording.counted(view.documents, "document")
    if not parts:
        words = f"None of {many} moved for certain: these {over} can't tell the runs apart."
    else:
        rest = f"; for {unknown} these {over} can't tell" if unknown else f", over {over}"
        words = f"Of {many}, {' and '.join(parts)}{rest}."
    if view.left_out:
        left_out = wording.counted(view.left_out, "document")
        words += f" {left_out} that only one of the runs has {_were(view.left_out)} left out."
    return words


def meaning(metric: str, difference: Difference) -> str:
    """What one verdict means, in words."""
    if difference.difference is None:
        if difference.a is None and difference.b is None:
            return "Nothing was counted in either run."
        return _sentence(difference.note) or "One of the runs has no such figure."
    if not difference.differing:
        return _sentence(difference.note) or "No difference on any document."
    bounds = MetricView(difference.difference, difference.low, difference.high)
    span = figures.interval(bounds, metric, signed=True) or "anything"
    apart = f"The runs differ on {difference.differing} of {difference.documents} documents."
    note = _sentence(difference.note)
    if difference.verdict == "can't tell":
        size = difference.detectable
        words = f"The true difference may be anything from {span}."
        if span == "0.000 to 0.000":
            words = "The true difference is less than 0.001 either way."
        elif size is not None and math.isfinite(size):
            words += f" Only one of about {figures.number(size, metric)} or more would show here."
    else:
        lower = figures.lower_is_better(metric) == (difference.verdict == "better")
        sure = figures.percent(difference.confidence)
        words = f"{'Lower' if lower else 'Higher'} by {_size(metric, difference)}, with {sure} "
        words += "confidence."
    return " ".join(part for part in (words, apart, note) if part)


def headlines(view: ComparisonView) -> list[str]:
    """The metrics of a comparison that were judged each alone, else all that it has."""
    chosen = [name for name in view.headline or HEADLINE if name in view.differences]
    return chosen or figures.ordered(view.differences)


def _size(metric: str, difference: Difference) -> str:
    """The bounds of a difference that leaves out 0, without signs."""
    bounds = sorted(abs(bound) for bound in (difference.low, difference.high) if bound is not None)
    return " to ".join(figures.number(bound, metric) for bound in bounds)


def _were(count: int) -> str:
    return "was" if count == 1 else "were"


def _sentence(words: str) -> str:
    return f"{words[:1].upper()}{words[1:].rstrip('.')}." if words else ""


def _comparison(view: ComparisonView) -> Markup:
    first = headlines(view)
    rest = [metric for metric in figures.ordered(view.differences) if metric not in first]
    return tag(
        "section",
        tag("h3", value(view.new), tag("span", " against ", class_="dl-note"), value(view.old)),
        tag("p", said(view, first), class_="dr-lead"),
        tag("ul", *(tag("li", value(note)) for note in view.notes), class_="dr-notes")
        if view.notes
        else None,
        _table(view, first),
        tag(
            "details",
            tag("summary", wording.counted(len(rest), "more figure")),
            tag(
                "p",
                "Among many figures chance alone makes some look changed. These were judged "
                "together, so that a verdict here needs more than it does alone.",
                class_="dr-lead",
            ),
            _table(view, rest),
            class_="dl-fold dr-fold",
        )
        if rest
        else None,
        class_="dr-comparison",
    )


def _table(view: ComparisonView, metrics: Sequence[str]) -> Markup:
    reach = _reach(view, metrics)
    edge = f"{reach:g}"
    columns = [
        "Figure",
        "Old",
        "New",
        "Difference",
        tag(
            "span",
            tag("span", "Difference with its interval", class_="dl-heard"),
            plot.axis((f"−{edge}", "0", f"+{edge}")),
        ),
        "Smallest to show",
        "Verdict",
    ]
    rows = [_row(metric, view.differences[metric], reach) for metric in metrics]
    caption = f"{view.new} against {view.old}"
    return table(caption, columns, rows, look="dr-compared")


def _reach(view: ComparisonView, metrics: Sequence[str]) -> float:
    """Half the width of the plots: the farthest bound, rounded up."""
    bounds = [
        abs(bound)
        for metric in metrics
        for bound in (view.differences[metric].low, view.differences[metric].high)
        if bound is not None and math.isfinite(bound) and not metric.endswith(".total")
    ]
    farthest = max(bounds, default=0.0)
    return next((edge for edge in (0.05, 0.1, 0.2, 0.3, 0.5) if farthest <= edge), 1.0)


def _row(metric: str, found: Difference, reach: float) -> Row:
    shown = MetricView(found.difference, found.low, found.high)
    bounds = figures.interval(shown, metric, signed=True)
    size = figures.number(found.difference, metric, signed=True)
    words = meaning(metric, found)
    # A total has another scale than the figures from 0 to 1: it is not drawn on theirs.
    picture = (
        None
        if metric.endswith(".total")
        else plot.interval_plot(
            found.difference,
            found.low,
            found.high,
            number=0,
            baseline=False,
            title=f"{figures.metric_words(metric)}: {size}, interval {bounds or 'unknown'}",
            scale=(-reach, reach),
            zero=True,
        )
    )
    return Row(
        join(
            [
                tag("span", figures.metric_words(metric), class_="dr-metric"),
                tag("span", "lower is better", class_="dl-note dr-block")
                if figures.lower_is_better(metric)
                else None,
                tag("code", metric, class_="dr-block"),
            ]
        ),
        [
            Cell(figures.number(found.a, metric), "Old", "dr-number"),
            Cell(figures.number(found.b, metric), "New", "dr-number"),
            Cell(
                join(
                    [
                        tag("span", size, class_="dr-figure"),
                        tag("span", bounds, class_="dr-interval") if bounds else None,
                    ],
                    " ",
                ),
                "Difference",
                "dr-number",
            ),
            Cell(picture, look="dr-plot-cell" if picture else "dr-plot-cell dr-none"),
            Cell(figures.number(found.detectable, metric), "Smallest to show", "dr-number"),
            Cell(join([verdict(found.verdict), tag("span", words, class_="dr-block dl-note")]),
                 look="dr-verdict-cell"),
        ],
    )  # fmt: skip


def verdict(word: str) -> Markup:
    """A verdict with its sign."""
    look = {"better": "better", "worse": "worse"}.get(word, "unknown")
    sign = tag("span", SIGNS.get(word, "≈"), aria_hidden="true")
    return tag("strong", sign, f" {word}", class_=f"dr-verdict dr-verdict-{look}")
