"""One document: gold and prediction on its text side by side, and their aligned records."""

from __future__ import annotations

from collections.abc import Sequence

from dateline.evaluation.gold.document import LabelDocument
from dateline.evaluation.report.pairs import NumberedPair, card, marks, numbered
from dateline.evaluation.report.view import DocumentView, RunView, mistakes
from dateline.output import wording
from dateline.output.markup import Child, Markup, join, tag, value
from dateline.output.text_view import text_view
from dateline.spans import Zone

_LONGEST_TEXT = 100_000
"""Characters of one article that are shown; a longer one is shown by its records alone."""
ALL_TEXT = 8_000_000
"""Characters of all shown texts of a page; beyond that records are shown without a text."""


class Budget:
    """How many characters of article text the page may still show."""

    def __init__(self, characters: int) -> None:
        self._left = characters

    def spend(self, characters: int) -> bool:
        """Take some, where so many are left; say whether they were."""
        if characters > self._left:
            return False
        self._left -= characters
        return True


def zones_of(text: str, gold: LabelDocument) -> tuple[Zone, ...]:
    """Parts of a text: what the labels exclude, and body around it."""
    spans = sorted(
        (span.start, min(span.end, len(text)), span.zone)
        for span in gold.excluded
        if span.start is not None and span.end is not None
    )
    zones: list[Zone] = []
    position = 0
    for start, end, kind in spans:
        start = max(start, position)
        if start >= end:
            continue
        if position < start:
            zones.append(Zone(kind="body", start=position, end=start))
        zones.append(Zone(kind=kind, start=start, end=end))
        position = end
    if position < len(text):
        zones.append(Zone(kind="body", start=position, end=len(text)))
    return tuple(zones)


def document(
    anchor: str,
    views: Sequence[DocumentView | None],
    runs: Sequence[RunView],
    budget: Budget,
) -> Markup:
    """Show a document as it went in every run.

    Args:
        anchor: the id of its element, which all ids inside begin with.
        views: the document in each run; None where a run does not have it, never in all.
        runs: the runs, in the same order.
        budget: the characters of article text that the page may still show.
    """
    first = next(view for view in views if view is not None)
    titled = first.name != first.id
    tallied: list[Child] = []
    sections: list[Child] = []
    for number, (view, run) in enumerate(zip(views, runs, strict=True)):
        tallied.append(
            tag(
                "span",
                tag("span", value(run.name), ": ", class_="dr-whose") if len(runs) > 1 else None,
                _tally(view),
                class_="dr-tally",
                data_run=number,
            )
        )
        prefix = f"{anchor}-r{number}-"
        sections.append(
            tag(
                "section",
                tag("h4", value(run.name), class_="dr-run-title"),
                _body(view, prefix, budget),
                class_="dr-run",
                data_run=number,
                data_classes=" ".join(mistakes(view)) if view else "",
                aria_label=f"{first.name}, {run.name}",
            )
        )
    return tag(
        "details",
        tag(
            "summary",
            tag(
                "span",
                tag("span", value(first.name), class_="dr-doc-name", role="heading", aria_level=3),
                tag("code", value(first.id)) if titled else None,
                class_="dr-doc-head",
            ),
            *tallied,
        ),
        *sections,
        class_="dr-doc",
        id=anchor,
    )


def _tally(view: DocumentView | None) -> Markup:
    if view is None:
        return tag("span", "not in this run", class_="dl-note")
    found = mistakes(view)
    if not found:
        return tag("span", "✓ no mistakes", class_="dr-chip-right dl-chip")
    counted = {
        "failed": found.pop("failed", 0),
        "missed": found.pop("event.missed", 0) + found.pop("claim.missed", 0),
        "spurious": found.pop("event.spurious", 0) + found.pop("claim.spurious", 0),
        "slots not right": found.total(),
    }
    words = [
        name
        if name == "failed"
        else f"{count} {name if count > 1 else name.replace('slots', 'slot')}"
        for name, count in counted.items()
        if count
    ]
    return tag("span", " · ".join(words), class_="dl-note")


def _body(view: DocumentView | None, prefix: str, budget: Budget) -> Markup:
    if view is None:
        return tag("p", "This run does not have the document.", class_="dl-empty")
    pairs = numbered(view.pairs)
    text = view.words
    shown = text is not None and len(text) <= _LONGEST_TEXT and budget.spend(2 * len(text))
    failure = None
    if view.why_failed is not None:
        why = tag("span", view.why_failed, dir="auto")
        failure = tag("p", tag("strong", "Failed: "), why, class_="dr-failure")
    elif view.predicted is None:
        failure = tag(
            "p", "No prediction was made: all of gold counts as missed.", class_="dr-failure"
        )
    records = tag(
        "div",
        _records("Events", "event", pairs, prefix, text),
        _records("Claims", "claim", pairs, prefix, text),
        class_="dl-records",
        aria_label="Aligned records",
        role="region",
        tabindex=0,
    )
    if not shown or text is None:
        why_not = (
            "The text of this document is not at hand: only its labels are, and spans are given "
            "as offsets."
            if text is None
            else "The text is left out to keep the page small."
        )
        return join(
            [
                failure,
                tag("p", why_not, class_="dl-empty dr-textless", role="note"),
                tag("div", records, class_="dr-alone"),
            ]
        )
    return join(
        [
            failure,
            tag(
                "div",
                _text("Gold", view, text, pairs, prefix, gold=True),
                _text("Prediction", view, text, pairs, prefix, gold=False),
                records,
                class_="dl-columns dr-three",
            ),
        ]
    )


def _text(
    heading: str,
    view: DocumentView,
    text: str,
    pairs: Sequence[NumberedPair],
    prefix: str,
    *,
    gold: bool,
) -> Markup:
    found = marks(pairs, text, gold=gold)
    shown = [pair for _, pair in pairs if (pair.gold if gold else pair.predicted) is not None]
    events = sum(pair.kind == "event" for pair in shown)
    claims = len(shown) - events
    held = f"{wording.counted(events, 'event')}, {wording.counted(claims, 'claim')}"
    return tag(
        "div",
        tag("h5", heading, " ", tag("span", held, class_="dl-note")),
        text_view(
            text,
            view.zones if view.zones is not None else zones_of(text, view.gold),
            found,
            prefix=prefix,
            anchors=f"{prefix}{'g' if gold else 'p'}-",
            lang=view.gold.meta.language,
        ),
        class_="dr-text",
    )


def _records(
    name: str, kind: str, pairs: Sequence[NumberedPair], prefix: str, text: str | None
) -> Markup:
    cards = [card(one, prefix=prefix, text=text) for one in pairs if one.pair.kind == kind]
    return tag(
        "section",
        tag("h5", name, " ", tag("span", str(len(cards)), class_="dl-number")),
        *(cards or [tag("p", f"No {name.lower()}.", class_="dl-empty")]),
        aria_label=name,
    )
