"""Values of slots as words: what gold says and what the prediction says, side by side."""

from __future__ import annotations

from typing import NamedTuple

from dateline.evaluation.gold.document import (
    LabelClaim,
    LabelCount,
    LabelDate,
    LabelEvent,
    LabelSpan,
)
from dateline.output import wording
from dateline.records import DateRange

EVENT_SLOTS = ("type", "sub_type", "status", "actors", "place", "date", "counts", "evidence")
CLAIM_SLOTS = ("content", "speaker", "certainty", "polarity", "quote_type")
_LONGEST_QUOTE = 400


class Value(NamedTuple):
    """One value: its words, and what else would have been right."""

    words: str
    also: tuple[str, ...] = ()


def slots_of(record: LabelEvent | LabelClaim) -> tuple[str, ...]:
    """The slots of a record, in the order to show them."""
    return EVENT_SLOTS if isinstance(record, LabelEvent) else CLAIM_SLOTS


def values(
    record: LabelEvent | LabelClaim | None, slot: str, text: str | None = None
) -> list[Value]:
    """What a record says in a slot; empty where it says nothing.

    Args:
        record: an event or a claim of gold or of a prediction.
        slot: its name; ``actors.ROLE`` gives the actors of one role.
        text: the article, for the words of evidence; without it spans are given as offsets.
    """
    if record is None:
        return []
    slot = slot.removeprefix("event.").removeprefix("claim.")
    if isinstance(record, LabelEvent):
        return _event(record, slot, text)
    return _claim(record, slot, text)


def title(record: LabelEvent | LabelClaim) -> str:
    """What to call a record."""
    if isinstance(record, LabelEvent):
        return record.sub_types[0] if record.sub_types else record.types[0]
    return record.speaker.names[0] if record.speaker.names else "Nobody named"


def quote(span: LabelSpan, text: str | None) -> str:
    """The words of a span, cut where they are long, or its place where they are not at hand."""
    words = span.quote
    if span.start is not None and text is not None:
        words = text[span.start : span.end]
    if not words:
        return f"characters {span.start:,} to {span.end:,}"
    words = " ".join(words.split())
    return f"{words[: _LONGEST_QUOTE - 1]}…" if len(words) > _LONGEST_QUOTE else words


def slot_words(slot: str) -> str:
    """A slot's name for reading: ``actors.target`` is ``Target``."""
    words = slot.rpartition(".")[2].replace("_", " ")
    return words[:1].upper() + words[1:]


def _event(event: LabelEvent, slot: str, text: str | None) -> list[Value]:
    if slot == "type":
        return _names(event.types)
    if slot == "sub_type":
        return _names(event.sub_types)
    if slot == "status":
        return [Value(wording.plain(event.status))]
    if slot == "place" and event.place:
        names = event.place.names
        whole = [names[0], event.place.admin1, event.place.country]
        return [Value(", ".join(dict.fromkeys(part for part in whole if part)), names[1:])]
    if slot == "date":
        words = _date(event.date)
        return [Value(words)] if words else []
    if slot == "counts" or slot in ("number", "victim"):
        return [_count(count) for count in event.counts]
    if slot.startswith("actors"):
        role = slot.partition(".")[2]
        return [
            Value(actor.names[0] if role else f"{actor.role}: {actor.names[0]}", actor.names[1:])
            for actor in event.actors
            if not role or actor.role == role
        ]
    if slot.startswith("evidence"):
        return [Value(quote(span, text)) for span in event.evidence]
    return []


def _claim(claim: LabelClaim, slot: str, text: str | None) -> list[Value]:
    if slot == "speaker":
        return _names(claim.speaker.names or ("nobody named",))
    if slot in ("certainty", "polarity", "quote_type"):
        return [Value(wording.plain(str(getattr(claim, slot))))]
    if slot.startswith(("content", "evidence")):
        return [Value(quote(span, text)) for span in claim.evidence]
    return []


def _names(names: tuple[str, ...]) -> list[Value]:
    return [Value(names[0], names[1:])] if names else []


def _date(date: LabelDate | None) -> str | None:
    if date is None or (date.start is None and date.end is None):
        return None
    return wording.when(DateRange(start=date.start, end=date.end, granularity=date.granularity))


def _count(count: LabelCount) -> Value:
    kind = wording.plain(count.kind)
    low, high = count.min, count.max
    if low is None and high is None:
        words = f"{kind}: stated as unknown"
    elif low is not None and high is not None:
        same = low == high
        words = f"{wording.number(low)}{'' if same else f'–{wording.number(high)}'} {kind}"
    elif low is not None:
        words = f"≥ {wording.number(low)} {kind}"
    else:
        words = f"≤ {wording.number(high or 0)} {kind}"
    return Value(f"{words}, {count.victim[0]}" if count.victim else words)
