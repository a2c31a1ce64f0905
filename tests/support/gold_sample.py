"""Invented labels: a small text with a document, and strategies for many of them."""

from __future__ import annotations

from datetime import date
from typing import Any

from hypothesis import strategies as st

from dateline.evaluation.gold.anchoring import anchored
from dateline.evaluation.gold.document import (
    EVENT_SLOTS,
    ExcludedSpan,
    LabelActor,
    LabelClaim,
    LabelCount,
    LabelDate,
    LabelDocument,
    LabelEvent,
    LabelMeta,
    LabelPlace,
    LabelSpan,
    LabelSpeaker,
)

TEXT = (
    "Raiders kill three at Orsin mill\n\n"
    "ORSIN, 4 March — Raiders on horseback killed three millers at the Orsin mill on Sunday, the "
    "district\u00a0office said. “They took the grain and the scales,” said Tamar Velic, who keeps "
    "the lock.\n\n"
    "The raiders may come back, she said. The office denied that the raiders had been seen on "
    "Saturday.\n\n"
    "Comments\n"
    "miller9: three? I counted five.\n"
)


def span(words: str, text: str = TEXT, kind: type[LabelSpan] = LabelSpan, **more: Any) -> Any:
    """The first place of some words."""
    start = text.index(words)
    return kind(start=start, end=start + len(words), **more)


def mill(**changes: Any) -> LabelDocument:
    """A document about ``TEXT``, with hashes and without words."""
    event = LabelEvent(
        id="e1",
        types=("Violence against civilians",),
        sub_types=("Attack",),
        date=LabelDate(start=date(2024, 3, 3), end=date(2024, 3, 3), granularity="day"),
        place=LabelPlace(names=("Orsin", "the Orsin mill")),
        actors=(
            LabelActor(role="initiator", names=("Raiders on horseback", "Raiders")),
            LabelActor(role="target", names=("millers",)),
        ),
        counts=(
            LabelCount(
                kind="killed", min=3, max=3, victim=("millers",), evidence=span("three millers")
            ),
        ),
        evidence=(span("Raiders on horseback killed three millers at the Orsin mill on Sunday"),),
    )
    claim = LabelClaim(
        id="c1",
        speaker=LabelSpeaker(names=("Tamar Velic",)),
        quote_type="direct",
        cue="said",
        evidence=(span("They took the grain and the scales"),),
        event_ids=("e1",),
    )
    document = LabelDocument(
        id="mill",
        meta=LabelMeta(published=date(2024, 3, 4), language="en"),
        annotator="A",
        events=(event,),
        claims=(claim,),
        excluded=(span("Comments\nmiller9", kind=ExcludedSpan, zone="comment"),),
    )
    return anchored(document.model_copy(update=changes), TEXT)


SPACES = st.text(" \t\n\r\u00a0\u2028\u3000", min_size=1, max_size=3)
WORDS = st.text(
    st.characters(exclude_categories=("Cs", "Cc", "Z")), min_size=1, max_size=8
) | st.sampled_from(["the", "mill", "“said”", "don’t", "—", "no", "3", "a"])
NAMES = st.text(st.characters(exclude_categories=("Cs",)), min_size=1, max_size=20)
IDS = st.text(st.characters(categories=("L", "N")), min_size=1, max_size=8)
NUMBERS = st.none() | st.integers(0, 10**9) | st.floats(0, 1e12, allow_nan=False)
DAYS = st.dates(date(1990, 1, 1), date(2030, 12, 31))


@st.composite
def texts(draw: st.DrawFn, *, words: int = 30) -> str:
    """Words parted by whitespace of all sorts."""
    parts = draw(st.lists(st.tuples(WORDS, SPACES), min_size=4, max_size=words))
    return "".join(word + space for word, space in parts)


@st.composite
def spans_in(draw: st.DrawFn, text: str, low: int, high: int) -> dict[str, int]:
    """A span of ``text[low:high]`` that holds a letter."""
    letters = [i for i in range(low, high) if not text[i].isspace()]
    middle = draw(st.sampled_from(letters))
    return {
        "start": draw(st.integers(max(low, middle - 25), middle)),
        "end": draw(st.integers(middle + 1, min(high, middle + 25))),
    }


@st.composite
def label_dates(draw: st.DrawFn) -> LabelDate:
    start, end = sorted((draw(DAYS), draw(DAYS)))
    granularities = ["time", "day", "week", "month", "range", "unknown"]
    return LabelDate(
        start=draw(st.sampled_from([start, start, None])),
        end=draw(st.sampled_from([start, end, None])),
        granularity=draw(st.sampled_from(granularities)),
        not_after=draw(st.none() | DAYS),
    )


@st.composite
def label_counts(draw: st.DrawFn, spans: st.SearchStrategy[dict[str, int]]) -> LabelCount:
    low, high = draw(NUMBERS), draw(NUMBERS)
    if low is not None and high is not None and low > high:
        low, high = high, low
    evidence = draw(st.none() | spans)
    return LabelCount(
        kind=draw(st.sampled_from(["killed", "wounded", "area"])),
        min=low,
        max=draw(st.sampled_from([high, low])),
        victim=tuple(draw(st.lists(NAMES, max_size=2))),
        evidence=LabelSpan(**evidence) if evidence else None,
    )


@st.composite
def documents(draw: st.DrawFn) -> tuple[LabelDocument, str]:
    """A document with hashes and without words, and its text; the labels hold together."""
    body, tail = draw(texts()), draw(texts(words=8))
    text = body + tail
    spans = spans_in(text, 0, len(body))
    names = st.lists(NAMES, min_size=1, max_size=3).map(tuple)
    roles = st.sampled_from(["initiator", "target", "affected"])
    evidence = st.lists(spans, min_size=1, max_size=2)
    event_ids = draw(st.lists(IDS, max_size=3, unique=True))
    events = tuple(
        LabelEvent(
            id=event_id,
            types=draw(names),
            sub_types=draw(st.just(()) | names),
            status=draw(st.sampled_from(["occurred", "planned"])),
            salience=draw(st.sampled_from(["main", "background"])),
            optional=draw(st.booleans()),
            date=draw(st.none() | label_dates()),
            place=draw(st.none() | st.builds(LabelPlace, names=names, country=st.none() | NAMES)),
            actors=tuple(
                draw(st.lists(st.builds(LabelActor, role=roles, names=names), max_size=3))
            ),
            counts=tuple(draw(st.lists(label_counts(spans), max_size=2))),
            evidence=tuple(LabelSpan(**s) for s in draw(evidence)),
            note=draw(st.none() | NAMES),
        )
        for event_id in event_ids
    )
    claims = tuple(
        LabelClaim(
            id=claim_id,
            speaker=LabelSpeaker(names=draw(st.none() | names)),
            via=draw(st.just(()) | names),
            polarity=draw(st.sampled_from(["positive", "negative"])),
            cue=draw(st.none() | NAMES),
            evidence=tuple(LabelSpan(**s) for s in draw(evidence)),
            event_ids=tuple(event_ids[:1]),
            optional=draw(st.booleans()),
            note=draw(st.none() | NAMES),
        )
        for claim_id in draw(st.lists(IDS, max_size=3, unique=True))
    )
    excluded = tuple(
        ExcludedSpan(**s, zone=draw(st.sampled_from(["comment", "related", "boilerplate"])))
        for s in draw(st.lists(spans_in(text, len(body), len(text)), max_size=2))
    )
    document = LabelDocument(
        id=draw(IDS),
        meta=LabelMeta.model_validate(
            {"title": draw(st.none() | NAMES), "traps": draw(st.lists(NAMES, max_size=2))}
        ),
        annotator=draw(st.none() | NAMES),
        annotated=draw(st.sampled_from([None, EVENT_SLOTS, (*EVENT_SLOTS, "claims")])),
        events=events,
        claims=claims,
        excluded=excluded,
    )
    return anchored(document, text), text
