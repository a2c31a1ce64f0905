"""Error classes: how often each mistake was made, and where to look at it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence

from dateline.evaluation.report.tables import Cell, Row, markers, run_name, table
from dateline.evaluation.report.values import CLAIM_SLOTS, EVENT_SLOTS, slot_words
from dateline.evaluation.report.view import DocumentView, RunView, mistakes
from dateline.output import wording
from dateline.output.markup import Child, Markup, join, tag, value

_FIRST = (
    "failed",
    "event.missed",
    "event.spurious",
    "claim.missed",
    "claim.spurious",
)
_WORDS = {
    "failed": "Failed documents",
    "event.missed": "Missed events",
    "event.spurious": "Spurious events",
    "claim.missed": "Missed claims",
    "claim.spurious": "Spurious claims",
}
_NOTES = {
    "event.missed": "in gold only",
    "event.spurious": "in the prediction only",
    "claim.missed": "in gold only",
    "claim.spurious": "in the prediction only",
}
_LISTED = 12
"""How many documents are named for each class and run."""


def class_words(name: str) -> str:
    """An error class for reading: ``Event place`` is a matched event whose place is not right."""
    if name in _WORDS:
        return _WORDS[name]
    kind, _, slot = name.partition(".")
    return f"{kind.capitalize()} {slot_words(slot).lower()}"


def ordered(names: Sequence[str]) -> list[str]:
    """Error classes in the order to show: missed and spurious first, then slot by slot."""
    slots = [f"event.{slot}" for slot in EVENT_SLOTS] + [f"claim.{slot}" for slot in CLAIM_SLOTS]
    rank = {name: number for number, name in enumerate([*_FIRST, *slots])}

    def place(name: str) -> tuple[int, str]:
        whole = "event.actors" if name.startswith("event.actors") else name
        return rank.get(whole, len(rank)), name

    return sorted(set(names), key=place)


def error_classes(runs: Sequence[RunView], anchors: Mapping[str, str]) -> Markup | None:
    """The part of the page that counts mistakes; None where no documents are at hand.

    Args:
        runs: all runs; those without documents are left out.
        anchors: by document id, the id of its element on the page, where it has one.
    """
    shown = [(run, number) for run, number in markers(runs) if run.drilldown]
    if not shown:
        return None
    counts = {run.name: [(doc, mistakes(doc)) for doc in run.drilldown] for run, _ in shown}
    names = ordered([name for found in counts.values() for _, one in found for name in one])
    heads = ["Mistake", *(run_name(run, number) for run, number in shown)]
    rows = [
        Row(
            _head(name),
            [
                Cell(_cell(name, index, counts[run.name], anchors), run.name)
                for index, (run, _) in enumerate(shown)
            ],
        )
        for name in names
    ]
    return tag(
        "section",
        tag("h2", "Mistakes"),
        tag(
            "p",
            "A record is missed when no predicted one can be aligned with it, spurious when the "
            "prediction has it and gold does not. Slots are judged on aligned records: a slot "
            "counts here when it is wrong, missing or spurious in one.",
            class_="dr-lead",
        ),
        tag("div", table("Mistakes by class", heads, rows, look="dr-classes"), class_="dr-wide")
        if rows
        else tag("p", "No mistakes.", class_="dl-empty"),
        id="mistakes",
        class_="dr-part",
    )


def _head(name: str) -> Markup:
    note = _NOTES.get(name) or (None if name == "failed" else "of aligned records")
    return join(
        [
            tag("span", class_words(name), class_="dr-metric"),
            tag("span", note, class_="dl-note dr-block") if note else None,
        ]
    )


def _cell(
    name: str,
    run: int,
    found: Sequence[tuple[DocumentView, Counter[str]]],
    anchors: Mapping[str, str],
) -> Markup:
    where = [(doc, one[name]) for doc, one in found if one[name]]
    total = sum(count for _, count in where)
    if not total:
        return tag("span", "0", class_="dl-note")
    linked = sorted(
        ((doc, count) for doc, count in where if doc.id in anchors),
        key=lambda pair: (-pair[1], pair[0].id),
    )
    summary = tag(
        "summary",
        tag("strong", f"{total:,}", class_="dr-figure"),
        tag("span", f" in {wording.counted(len(where), 'document')}", class_="dl-note"),
    )
    links: list[Child] = [
        tag(
            "li",
            tag(
                "a",
                value(doc.name),
                href=f"#{anchors[doc.id]}",
                data_run=run,
                data_class=name,
            ),
            tag("span", f" {count}", class_="dl-note") if count > 1 else None,
        )
        for doc, count in linked[:_LISTED]
    ]
    more = len(where) - len(links)
    if more:
        links.append(tag("li", f"and {wording.counted(more, 'other')}", class_="dl-note"))
    return tag("details", summary, tag("ul", *links), class_="dr-where")
