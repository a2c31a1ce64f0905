"""Documents one by one: which are shown, and what a reader may choose among them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from dateline.evaluation.report.classes import class_words, ordered
from dateline.evaluation.report.document import ALL_TEXT, Budget, document
from dateline.evaluation.report.view import DocumentView, RunView, mistakes
from dateline.output import wording
from dateline.output.markup import Markup, tag


class Chosen(NamedTuple):
    """The documents that a page shows, worst first, and how many it does not."""

    ids: tuple[str, ...]
    left_out: int


def choose(runs: Sequence[RunView], most: int) -> Chosen:
    """Pick the documents with the most mistakes over all runs; ties keep their order."""
    counts: dict[str, int] = {}
    for run in runs:
        for one in run.drilldown:
            counts[one.id] = counts.get(one.id, 0) + mistakes(one).total()
    ranked = sorted(counts, key=lambda name: -counts[name])
    return Chosen(tuple(ranked[:most]), max(0, len(ranked) - most))


def anchors(chosen: Chosen) -> dict[str, str]:
    """The id of each shown document's element."""
    return {name: f"doc-{number}" for number, name in enumerate(chosen.ids, start=1)}


def drilldown(runs: Sequence[RunView], chosen: Chosen) -> Markup | None:
    """The part of the page with the documents; None where none are at hand."""
    shown = [run for run in runs if run.drilldown]
    if not shown:
        return None
    found = [{one.id: one for one in run.drilldown} for run in shown]
    budget = Budget(ALL_TEXT)
    documents = [
        document(anchor, [one.get(name) for one in found], shown, budget)
        for name, anchor in anchors(chosen).items()
    ]
    said = f"{wording.counted(len(documents), 'document')}"
    said += ", those with the most mistakes first." if len(documents) > 1 else "."
    if chosen.left_out:
        said += (
            f" {wording.counted(chosen.left_out, 'document')} with the fewest mistakes "
            f"{'is' if chosen.left_out == 1 else 'are'} left out to keep the page small; the "
            "figures above count all."
        )
    return tag(
        "section",
        tag("h2", "Documents"),
        tag("p", said, class_="dr-lead"),
        _legend(),
        _tools(shown, found, chosen),
        tag("p", "No document has such a mistake.", class_="dl-empty dr-nothing", hidden=True),
        *documents,
        id="documents",
        class_="dr-part dr-documents",
    )


def _legend() -> Markup:
    def entry(look: str, words: str) -> Markup:
        return tag("span", tag("span", "words", class_=look, aria_hidden="true"), f" {words}")

    return tag(
        "p",
        entry("dl-mark dl-mark-event", "event"),
        entry("dl-mark dl-mark-claim", "claim"),
        entry("dl-mark dl-mark-event-alone", "event without a partner"),
        entry("dl-mark dl-mark-claim-alone", "claim without a partner"),
        tag("span", "✓ right  ✕ wrong  − missing  + spurious  ○ not counted"),
        class_="dr-legend",
    )


def _tools(
    runs: Sequence[RunView], found: Sequence[Mapping[str, DocumentView]], chosen: Chosen
) -> Markup:
    """Choices that need the script; it shows them."""
    names = ordered(
        [
            name
            for documents in found
            for one in chosen.ids
            if one in documents
            for name in mistakes(documents[one])
        ]
    )
    choose_run = tag(
        "label",
        tag("span", "Run"),
        tag(
            "select",
            *(tag("option", run.name, value=str(number)) for number, run in enumerate(runs)),
            id="dr-run",
        ),
        hidden=len(runs) < 2,
    )
    choose_class = tag(
        "label",
        tag("span", "Show"),
        tag(
            "select",
            tag("option", "all documents", value=""),
            tag("option", "any mistake", value="any"),
            *(tag("option", class_words(name), value=name) for name in names),
            id="dr-class",
        ),
    )
    steps = tag(
        "span",
        tag("button", "← Previous", type="button", id="dr-previous", title="Key p"),
        tag("button", "Next →", type="button", id="dr-next", title="Key n"),
        class_="dr-steps",
    )
    count = tag("span", "", class_="dl-note", id="dr-count", role="status")
    return tag("div", choose_run, choose_class, count, steps, class_="dr-tools", hidden=True)
