"""The report: one self-contained HTML document that needs no network and no script to be read.

It is made with the shell of the extraction page, so that texts, marks and cards look and behave
alike. Every word of an article, a label, a model or a run's name is escaped.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path

from dateline.evaluation.report.classes import error_classes
from dateline.evaluation.report.comparing import comparison
from dateline.evaluation.report.cost import cost
from dateline.evaluation.report.drilldown import anchors, choose, drilldown
from dateline.evaluation.report.slots import slots
from dateline.evaluation.report.summary import summary
from dateline.evaluation.report.view import ComparisonView, RunView
from dateline.output.html import document
from dateline.output.markup import Child, Markup, tag, value

_ASSETS = Path(__file__).parent / "assets"
MOST_DOCUMENTS = 200


@lru_cache(maxsize=2)
def asset(name: str) -> str:
    """The report's own style sheet or script."""
    return (_ASSETS / name).read_text(encoding="utf-8")


def page(
    runs: Sequence[RunView],
    comparisons: Sequence[ComparisonView] = (),
    *,
    title: str = "Evaluation",
    metrics: Sequence[str] = (),
    most_documents: int = MOST_DOCUMENTS,
) -> str:
    """Return the report of one or more runs as one HTML document.

    Args:
        runs: in the order of their columns; baselines belong at the end.
        comparisons: pairs of runs with verdicts; empty where there is one run only.
        title: what was evaluated.
        metrics: what to show in the summary; by default the usual headline figures.
        most_documents: how many documents to show one by one, those with the most mistakes first.
    """
    chosen = choose(runs, most_documents)
    parts = {
        "summary": ("Summary", summary(runs, metrics)),
        "comparison": ("Comparison", comparison(comparisons)),
        "slots": ("Slots", slots(runs) if runs else None),
        "mistakes": ("Mistakes", error_classes(runs, anchors(chosen))),
        "cost": ("Cost and time", cost(runs) if runs else None),
        "documents": ("Documents", drilldown(runs, chosen)),
    }
    links: list[Child] = [
        tag("a", name, href=f"#{anchor}") for anchor, (name, part) in parts.items() if part
    ]
    body = tag(
        "div",
        _bar(title, any(run.drilldown for run in runs)),
        tag("nav", *links, class_="dr-nav", aria_label="Parts of the report"),
        tag("main", *(part for _, part in parts.values())),
        _keys() if chosen.ids else None,
        class_="dateline dr",
        id="top",
    )
    return document(title, body, extra_style=asset("report.css"), extra_script=asset("report.js"))


def _bar(title: str, texts: bool) -> Markup:
    def toggle(kind: str) -> Markup:
        return tag(
            "button",
            tag("span", class_=f"dl-key dl-key-{kind}", aria_hidden="true"),
            f"{kind.capitalize()}s",
            type="button",
            class_="dl-toggle",
            data_toggle=kind,
            aria_pressed="true",
            title=f"Show or hide {kind}s in the texts",
        )

    return tag(
        "header",
        tag(
            "div",
            tag("span", "dateline", class_="dl-brand"),
            tag("h1", value(title)),
            class_="dl-bar-title",
        ),
        tag(
            "div",
            *([toggle("event"), toggle("claim")] if texts else []),
            tag("button", "Theme", type="button", class_="dl-theme", hidden=True),
            class_="dl-bar-tools",
        ),
        class_="dl-bar",
    )


def _keys() -> Markup:
    keys = [
        ("n p", "next, previous document"),
        ("j k", "next, previous record in open documents"),
        ("Tab", "next mark"),
        ("Enter", "open its record"),
        ("Esc", "back"),
    ]
    return tag(
        "p",
        *(tag("span", tag("kbd", key), f" {what}", class_="dl-keys-item") for key, what in keys),
        class_="dl-keys",
    )
