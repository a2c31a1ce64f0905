"""The same figures for a terminal: plain text without colour or codes anywhere else.

Names of runs and models are untrusted here too: control characters are shown, never sent.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from io import StringIO
from typing import TYPE_CHECKING

from dateline.evaluation.report import cost, figures
from dateline.evaluation.report.comparing import SIGNS, headlines, meaning, said
from dateline.evaluation.report.view import ComparisonView, MetricView, RunView
from dateline.output import wording
from dateline.output.shown import one_line

if TYPE_CHECKING:
    from rich.console import Console, RenderableType
    from rich.table import Table
    from rich.text import Text

    from dateline.records import Usage

_STYLES = {"better": "bold blue", "worse": "bold red", "can't tell": "dim"}
_METRIC_COLUMNS = 24
_RUN_COLUMNS = 16


def summary_table(
    runs: Sequence[RunView],
    *,
    metrics: Sequence[str] = (),
    width: int = 100,
    colour: bool = False,
) -> str:
    """Return the headline figures of all runs with their intervals, a column for each run.

    Where there is no room for the columns, each metric is followed by a line for each run.

    Args:
        runs: in the order of their columns.
        metrics: what to show; by default the usual headline figures.
        width: of the terminal, in columns.
        colour: whether to write control sequences for colour.
    """
    if not runs:
        return "No run is shown.\n"
    console = _console(width, colour)
    chosen = figures.headlines(runs, metrics)
    if width >= _METRIC_COLUMNS + _RUN_COLUMNS * len(runs):
        console.print(_wide(runs, chosen))
    else:
        _print_narrow(console, runs, chosen)
    console.print()
    for line in _about(runs):
        console.print(line, style="dim")
    return _written(console)


def comparison_table(view: ComparisonView, *, width: int = 100, colour: bool = False) -> str:
    """Return a comparison: a verdict for each headline figure, and what it means in words.

    Args:
        view: the comparison; figures that are no headlines are shown where a verdict is sure.
        width: of the terminal, in columns.
        colour: whether to write control sequences for colour.
    """
    console = _console(width, colour)
    console.print(f"{one_line(view.new)} against {one_line(view.old)}", style="bold")
    first = headlines(view)
    console.print(said(view, first))
    for note in view.notes:
        console.print(one_line(note))
    console.print()
    for metric in first:
        console.print(_verdict(view, metric))
    others = [
        metric
        for metric in figures.ordered(view.differences)
        if metric not in first and view.differences[metric].difference is not None
    ]
    sure = [metric for metric in others if view.differences[metric].verdict != "can't tell"]
    if sure:
        console.print()
        moved = f"{len(sure)} of {wording.counted(len(others), 'other figure')}, judged together,"
        console.print(f"{moved} {'has' if len(sure) == 1 else 'have'} moved too:")
    for metric in sure:
        console.print(_moved(view, metric))
    return _written(console)


def _verdict(view: ComparisonView, metric: str) -> RenderableType:
    from rich.console import Group
    from rich.padding import Padding
    from rich.text import Text

    return Group(
        _moved(view, metric, with_bounds=False),
        Padding(Text(meaning(metric, view.differences[metric]), style="dim"), (0, 0, 0, 2)),
    )


def _moved(view: ComparisonView, metric: str, *, with_bounds: bool = True) -> Text:
    """One line: the verdict, the figure, what it was and is, and its difference."""
    from rich.text import Text

    found = view.differences[metric]
    line = Text(f"{SIGNS[found.verdict]} {found.verdict}", style=_STYLES[found.verdict])
    line.append(f"  {figures.metric_words(metric)} ", style="bold")
    old, new = figures.number(found.a, metric), figures.number(found.b, metric)
    line.append(f"{old} → {new}", style="not bold default")
    if found.difference is not None:
        size = figures.number(found.difference, metric, signed=True)
        bounds = MetricView(found.difference, found.low, found.high)
        span = figures.interval(bounds, metric, signed=True) if with_bounds else None
        line.append(f" ({size}, {span})" if span else f" ({size})", style="not bold default")
    return line


def _wide(runs: Sequence[RunView], metrics: Iterable[str]) -> Table:
    from rich.text import Text

    table = _table("", *(_name(run, break_="\n") for run in runs))
    table.columns[0].min_width = 22
    for metric in metrics:
        cells = []
        for run in runs:
            value, bounds = _figure(run, metric)
            cells.append(Text(value).append(f"\n{bounds}" if bounds else "", style="dim"))
        table.add_row(_metric(metric), *cells)
    return table


def _print_narrow(console: Console, runs: Sequence[RunView], metrics: Iterable[str]) -> None:
    from rich.padding import Padding
    from rich.text import Text

    longest = max(len(_name(run)) for run in runs)
    for metric in metrics:
        console.print(_metric(metric))
        for run in runs:
            value, bounds = _figure(run, metric)
            line = Text(f"{_name(run):{min(longest, 26)}}  {value}")
            line.append(f"  {bounds}" if bounds else "", style="dim")
            console.print(Padding(line, (0, 0, 0, 2)))


def _metric(metric: str) -> Text:
    from rich.text import Text

    return Text(figures.metric_words(metric), style="bold").append(f"\n{metric}", "not bold dim")


def _figure(run: RunView, metric: str) -> tuple[str, str | None]:
    view = run.metrics.get(metric, MetricView(None))
    return figures.number(view.value, metric), figures.interval(view, metric)


def _name(run: RunView, *, break_: str = " ") -> str:
    kinds = ["no model"] if run.baseline else []
    kinds += ["recorded"] if run.recorded else []
    name = one_line(run.name)
    return f"{name}{break_}({', '.join(kinds)})" if kinds else name


def _about(runs: Sequence[RunView]) -> Iterable[str]:
    sure = figures.percent(runs[0].confidence)
    sizes = {run.documents for run in runs}
    over = wording.counted(max(sizes), "document")
    each = f"over {over}" if len(sizes) == 1 else "over different documents"
    yield f"Figures are {each}; under or beside them stand {sure} intervals."
    for run in runs:
        if run.recorded:
            yield one_line(
                f"{run.name}: answers of {run.model or 'an unknown model'}, recorded "
                f"{run.made_at or 'at an unknown time'} and replayed."
            )
        elif (used := run.usage) and (used.calls or used.cached_calls) and not run.baseline:
            yield one_line(f"{run.name}: {', '.join(_cost(used))}.")
        for note in run.notes:
            yield one_line(f"{run.name}: {note}")


def _cost(usage: Usage) -> Iterable[str]:
    """What a run took, as far as that is known."""
    yield wording.counted(usage.calls, "call")
    if usage.cached_calls:
        yield f"{wording.counted(usage.cached_calls, 'answer')} from the cache"
    if usage.input_tokens or usage.output_tokens:
        yield f"{usage.input_tokens:,} tokens in and {usage.output_tokens:,} out"
    if usage.cost_usd is not None:
        yield cost.money(usage.cost_usd)
    if usage.seconds:
        yield f"{cost.seconds(usage.seconds)} of waiting"


def _table(*headers: str) -> Table:
    from rich import box
    from rich.table import Table
    from rich.text import Text

    table = Table(box=box.SIMPLE_HEAD, pad_edge=False, padding=(0, 2, 0, 0))
    table.show_edge = False
    for header in headers:
        table.add_column(Text(header), overflow="fold")
    return table


def _console(width: int, colour: bool) -> Console:
    from rich.console import Console

    return Console(
        file=StringIO(),
        width=max(width, 20),
        force_terminal=colour,
        markup=False,
        emoji=False,
        highlight=False,
    )


def _written(console: Console) -> str:
    """What was printed, without blanks at the ends of lines."""
    stream = console.file
    if not isinstance(stream, StringIO):
        raise TypeError("the console writes elsewhere")
    return "".join(f"{line.rstrip()}\n" for line in stream.getvalue().splitlines())
