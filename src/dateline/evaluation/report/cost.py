"""What the runs cost: calls, tokens, money and time."""

from __future__ import annotations

from collections.abc import Sequence

from dateline.evaluation.report.tables import Cell, Row, markers, run_name, table
from dateline.evaluation.report.view import RunView
from dateline.output.markup import Markup, tag

_COLUMNS = (
    "Run",
    "Calls",
    "From the cache",
    "Tokens in",
    "Tokens out",
    "Cost",
    "Waited",
    "Median a document",
    "95th percentile",
)


def cost(runs: Sequence[RunView]) -> Markup:
    """A row for each run that is not a model-free one."""
    asked = [(run, number) for run, number in markers(runs) if not run.baseline]
    rows = [Row(run_name(run, number), _cells(run)) for run, number in asked]
    body = (
        tag("div", table("Cost and time of every run", _COLUMNS, rows, look="dr-cost"),
            class_="dr-wide", tabindex=0, role="group", aria_label="Cost and time of every run")
        if rows
        else tag("p", "No model was asked.", class_="dl-empty")
    )  # fmt: skip
    return tag(
        "section",
        tag("h2", "Cost and time"),
        tag(
            "p",
            "Answers from the cache cost nothing and take no time; documents answered wholly from "
            "it are left out of the times a document.",
            class_="dr-lead",
        ),
        body,
        id="cost",
        class_="dr-part",
    )


def percentile(values: Sequence[float], share: float) -> float | None:
    """Return the value below which ``share`` of the values lie, between neighbours by line."""
    if not values:
        return None
    ranked = sorted(values)
    at = share * (len(ranked) - 1)
    low = int(at)
    high = min(low + 1, len(ranked) - 1)
    return ranked[low] + (at - low) * (ranked[high] - ranked[low])


def document_seconds(run: RunView) -> list[float]:
    """How long each document of a run waited for answers, for those that asked for any."""
    return [doc.usage.seconds for doc in run.drilldown if doc.usage is not None and doc.usage.calls]


def money(cost_usd: float | None) -> str:
    """A sum in dollars; ``unknown`` where no price is known."""
    if cost_usd is None:
        return "unknown"
    return f"${cost_usd:,.2f}" if cost_usd >= 1 else f"${cost_usd:.4f}"


def seconds(waited: float | None) -> str:
    """A time, in the unit that suits it."""
    if waited is None:
        return "–"
    if waited >= 120:
        return f"{waited / 60:,.1f} min"
    return f"{waited:.1f} s" if waited >= 1 else f"{1000 * waited:.0f} ms"


def _cells(run: RunView) -> list[Cell]:
    usage = run.usage
    if usage is None:
        unknown = ["unknown"] * (len(_COLUMNS) - 3)
    else:
        cached = f" ({usage.cached_input_tokens:,} cached)" if usage.cached_input_tokens else ""
        unknown = [
            f"{usage.calls:,}",
            f"{usage.cached_calls:,}",
            f"{usage.input_tokens:,}{cached}",
            f"{usage.output_tokens:,}",
            money(usage.cost_usd),
            seconds(usage.seconds),
        ]
    times = document_seconds(run)
    words = [*unknown, seconds(percentile(times, 0.5)), seconds(percentile(times, 0.95))]
    return [
        Cell(word, column, "dr-number") for word, column in zip(words, _COLUMNS[1:], strict=True)
    ]
