"""The labeling configuration of a Label Studio project, written with every value escaped."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from html import escape
from typing import Any, get_args

from dateline.evaluation.exchange.flattening import (
    CLAIM,
    COUNT,
    EXCLUDED,
    RESERVED,
    UNPLACED,
)
from dateline.evaluation.exchange.label_map import PARTS
from dateline.records.vocabulary import (
    Certainty,
    EventStatus,
    Polarity,
    QuantityKind,
    QuoteType,
    Salience,
)
from dateline.spans import ZoneKind

LABELS, TEXT, NOTE = "label", "text", "note"
"""Names of the controls: what ``from_name`` and ``to_name`` of a result say."""

_ON_EVENTS: dict[str, Any] = {"status": EventStatus, "salience": Salience}
_ON_CLAIMS: dict[str, Any] = {
    "quote_type": QuoteType,
    "certainty": Certainty,
    "polarity": Polarity,
}
CHOICES = (*_ON_EVENTS, *_ON_CLAIMS, "sub_type", "optional", UNPLACED, "kind", "zone")
"""Names of the choices that a mark may have."""


def labeling_config(labels: Iterable[str], sub_types: Sequence[str]) -> str:
    """The XML to paste into Settings > Labeling Interface > Code.

    Args:
        labels: the labels of events.
        sub_types: sub-types to choose among; without any there is no such choice.
    """
    events = list(dict.fromkeys(labels))
    lines = [
        "<View>",
        "  <Style>.htx-text { white-space: pre-wrap; }</Style>",
        '  <Header value="$title"/>',
        f'  <Labels name="{LABELS}" toName="{TEXT}" showInline="true">',
        *(f"    <Label value={_quoted(label)}/>" for label in (*events, *RESERVED)),
        "  </Labels>",
        f'  <Text name="{TEXT}" value="$text" granularity="symbol"/>',
        "  <Relations>",
        *(f"    <Relation value={_quoted(part)}/>" for part in sorted({*PARTS, "count"})),
        "  </Relations>",
    ]
    for name, literal in _ON_EVENTS.items():
        lines += _choices(name, get_args(literal), events)
    if sub_types:
        lines += _choices("sub_type", sub_types, events)
    lines += _choices(UNPLACED, ("yes",), events)
    for name, literal in _ON_CLAIMS.items():
        lines += _choices(name, get_args(literal), [CLAIM])
    lines += _choices("optional", ("yes",), [*events, CLAIM])
    lines += _choices("kind", get_args(QuantityKind), [COUNT])
    lines += _choices("zone", get_args(ZoneKind), [EXCLUDED])
    lines += [
        f'  <TextArea name="{NOTE}" toName="{TEXT}" perRegion="true" editable="true" rows="3"'
        ' maxSubmissions="1" placeholder="names, date, numbers: JSON"/>',
        "</View>",
    ]
    return "\n".join(lines) + "\n"


def _choices(name: str, values: Iterable[str], labels: Sequence[str]) -> list[str]:
    # Label Studio separates labels by commas here, so a label with one cannot be named.
    when = ",".join(labels) if labels and not any("," in label for label in labels) else ""
    shown = f" whenTagName={_quoted(LABELS)} whenLabelValue={_quoted(when)}" if when else ""
    return [
        f'  <Choices name="{name}" toName="{TEXT}" perRegion="true" choice="single"'
        f' showInline="true"{shown}>',
        *(f"    <Choice value={_quoted(value)}/>" for value in dict.fromkeys(values)),
        "  </Choices>",
    ]


def _quoted(value: str) -> str:
    plain = "".join(char if char.isprintable() else " " for char in value)
    return f'"{escape(plain, quote=True)}"'
