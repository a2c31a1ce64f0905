"""Aligned records as cards: gold and prediction slot by slot, and their marks on the text."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from dateline.evaluation.gold.document import LabelClaim, LabelEvent, LabelSpan
from dateline.evaluation.report.values import Value, slot_words, slots_of, title, values
from dateline.evaluation.report.view import PairView
from dateline.evaluation.scoring.pairs import Outcome
from dateline.output.markup import Child, Markup, join, tag, value
from dateline.output.text_view import Mark
from dateline.spans import Span

OUTCOME_SIGNS: dict[Outcome, str] = {
    "right": "✓",
    "wrong": "✕",
    "missing": "−",
    "spurious": "+",
    "optional": "○",
}
_STATE_WORDS = {"missed": "missed", "spurious": "spurious", "optional": "not counted"}
_LONGEST_LINE = 160


class NumberedPair(NamedTuple):
    """A pair with the number that marks, badges and cards share: E1, C2."""

    id: str
    pair: PairView


def numbered(pairs: Sequence[PairView]) -> list[NumberedPair]:
    """Number events and claims: those of gold first, in their order, then spurious ones."""
    done: list[NumberedPair] = []
    for kind, letter in (("event", "E"), ("claim", "C")):
        some = [pair for pair in pairs if pair.kind == kind]
        some.sort(key=lambda pair: pair.gold is None)
        done += [NumberedPair(f"{letter}{n}", pair) for n, pair in enumerate(some, start=1)]
    return done


def marks(pairs: Sequence[NumberedPair], text: str, *, gold: bool) -> list[Mark]:
    """The evidence of one side as marks; records without a partner have a look of their own."""
    found: list[Mark] = []
    for name, pair in pairs:
        record = pair.gold if gold else pair.predicted
        if record is None:
            continue
        kind = f"{pair.kind}-alone" if pair.state in ("missed", "spurious") else pair.kind
        for span in record.evidence:
            placed = _placed(span, text)
            if placed:
                found.append(Mark(placed, name, kind, title(record)))
    return found


def _placed(span: LabelSpan, text: str) -> Span | None:
    """Where a span stands in the text; None where it cannot be shown there."""
    if span.start is None or span.end is None:
        at = text.find(span.quote) if span.quote else -1
        return Span(at, at + len(span.quote or "")) if at >= 0 else None
    end = min(span.end, len(text))
    return Span(span.start, end) if span.start < end else None


def card(numbered_pair: NumberedPair, *, prefix: str, text: str | None) -> Markup:
    """One pair as a card: closed where all is right, open where a slot is not."""
    name, pair = numbered_pair
    record = pair.gold or pair.predicted
    if record is None:
        raise ValueError("a pair needs a record")
    faults = [slot for slot, outcome in pair.outcomes.items() if _is_fault(outcome)]
    head = tag(
        "span",
        tag("span", name, class_=f"dl-badge dl-badge-{pair.kind}"),
        " ",
        tag("span", value(title(record)), class_="dl-card-title"),
        _chip(pair, faults),
        class_="dl-card-head",
    )
    element = f"{prefix}{name}"
    return tag(
        "details",
        tag("summary", head, _line(pair, record, text), id=f"{element}-line"),
        tag("div", _slots(pair, text), _notes(pair), class_="dl-rows dr-rows"),
        class_=f"dl-card dl-card-{pair.kind} dr-card-{pair.state}",
        id=element,
        open=pair.state == "matched" and bool(faults),
    )


def _is_fault(outcome: Outcome) -> bool:
    return outcome in ("wrong", "missing", "spurious")


def _chip(pair: PairView, faults: Sequence[str]) -> Markup:
    if pair.state != "matched":
        look = "optional" if pair.state == "optional" else "fault"
        return tag("span", _STATE_WORDS[pair.state], class_=f"dl-chip dr-chip-{look}")
    if not faults:
        return tag("span", "✓ all right", class_="dl-chip dr-chip-right")
    return tag("span", f"{len(faults)} not right", class_="dl-chip dr-chip-fault")


def _line(pair: PairView, record: LabelEvent | LabelClaim, text: str | None) -> Markup:
    """What a closed card says: outcomes of all slots, or the words of a record without partner."""
    if pair.state == "matched":
        words = [
            tag(
                "span",
                tag("span", OUTCOME_SIGNS[outcome], aria_hidden="true"),
                f" {slot_words(slot).lower()}",
                tag("span", f" {outcome}", class_="dl-heard"),
                class_=f"dr-outcome dr-outcome-{outcome}",
            )
            for slot, outcome in pair.outcomes.items()
        ]
        return tag("span", join([*words], " "), class_="dl-card-line dr-outcomes")
    slot = "evidence" if isinstance(record, LabelEvent) else "content"
    quotes = [found.words for found in values(record, slot, text)]
    line = " … ".join(quotes)
    line = f"{line[: _LONGEST_LINE - 1]}…" if len(line) > _LONGEST_LINE else line
    return tag("span", line or "no evidence", class_="dl-card-line", dir="auto")


def _slots(pair: PairView, text: str | None) -> Markup:
    sides = [side for side in (pair.gold, pair.predicted) if side is not None]
    heads = ["Gold"] if pair.gold is not None else []
    heads += ["Prediction"] if pair.predicted is not None else []
    names = list(pair.outcomes) or list(slots_of(sides[0]))
    rows = [
        tag(
            "tr",
            tag("th", *_slot_head(slot, pair), scope="row"),
            *(tag("td", _values(values(side, slot, text))) for side in sides),
            class_=f"dr-slot-{pair.outcomes.get(slot, 'plain')}",
        )
        for slot in names
        if len(sides) == 2 or values(sides[0], slot, text)
    ]
    return tag(
        "table",
        tag(
            "thead",
            tag(
                "tr",
                tag("th", tag("span", "Slot", class_="dl-heard"), scope="col"),
                *(tag("th", head, scope="col") for head in heads),
            ),
        ),
        tag("tbody", *rows),
        class_="dr-pair",
    )


def _slot_head(slot: str, pair: PairView) -> Iterator[Child]:
    outcome = pair.outcomes.get(slot)
    if outcome is not None and pair.state == "matched":
        yield tag("span", OUTCOME_SIGNS[outcome], class_="dr-sign", aria_hidden="true")
    yield slot_words(slot)
    if outcome is not None and pair.state == "matched":
        look = "dl-heard" if outcome == "right" else "dr-outcome-word"
        yield tag("span", f" {outcome}", class_=look)


def _values(found: Sequence[Value]) -> Markup:
    if not found:
        return tag("span", "–", class_="dl-note")
    items = [
        join(
            [
                tag("span", value(one.words), dir="auto"),
                tag("span", "or ", join([value(also) for also in one.also], ", "),
                    class_="dl-note") if one.also else None,
            ],
            " ",
        )
        for one in found
    ]  # fmt: skip
    return tag("ul", *(tag("li", item) for item in items)) if len(items) > 1 else items[0]


def _notes(pair: PairView) -> Markup | None:
    said = []
    if pair.gold is not None:
        said.append(f"gold {pair.gold.id}{', optional' if pair.gold.optional else ''}")
        if pair.gold.note:
            said.append(pair.gold.note)
    if pair.predicted is not None:
        said.append(f"predicted {pair.predicted.id}")
    return tag("p", join([value(words) for words in said], " · "), class_="dl-note")
