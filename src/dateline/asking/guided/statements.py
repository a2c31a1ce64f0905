"""Statements: attributions with what carries them on in the sentences behind and before."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from dateline.asking.guided.quoted import bare, inside, stretch_at
from dateline.asking.guided.reading import LONGEST
from dateline.spans import Span

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from dateline.asking.guided.attribution import Attribution
    from dateline.asking.guided.reading import Reading
    from dateline.records.vocabulary import ClaimType

_MOST_SPANS = 4


@dataclass(slots=True)
class Statement:
    """One claim in the making. ``spans`` hold what is said, at most four stretches of the text."""

    attribution: Attribution
    readings: list[Reading]
    spans: list[Span] = field(default_factory=list)
    type: ClaimType = "assessment"
    sure: bool = False


def gather(
    readings: Sequence[Reading],
    found: Mapping[int, Sequence[Attribution]],
    text: str,
    stretches: Sequence[Span],
) -> list[Statement]:
    """Make statements of attributions, with the sentences that go on with a quotation."""
    made: list[Statement] = []
    current: Statement | None = None
    carried: set[int] = set()
    for reading in readings:
        own = found.get(reading.index, ())
        if own:
            for attribution in own:
                one = Statement(attribution, [reading], list(attribution.spans))
                made.append(one)
                current = one
            continue
        if current is None or reading.zone == "headline":
            continue
        before = current.readings[-1]
        if reading.index != before.index + 1 and reading.index - 1 not in carried:
            continue
        more = _carried_on(reading, text, stretches)
        if more is None or _is_claimed(reading, readings, found, stretches):
            continue
        if reading.paragraph == before.paragraph or not current.spans:
            current.spans.append(more)
            current.readings.append(reading)
        elif reading.paragraph == before.paragraph + 1 and _is_quoted(more, stretches):
            if _claimed_later(reading, readings, found, stretches):
                continue
            if _told_by_another(reading, readings, stretches):
                carried.add(reading.index)
                continue
            heard = replace(
                current.attribution,
                reading=reading,
                spans=(more,),
                cue=None,
                lexical=None,
                via=(),
                said_on=None,
                hearsay=None,
                plain=False,
            )
            current = Statement(heard, [reading], [more])
            made.append(current)
        carried.add(reading.index)
    kept = [one for one in made if one.spans]
    for one in kept:
        _with_whole_quotations(one, readings, found, text, stretches)
    return kept


def _carried_on(reading: Reading, text: str, stretches: Sequence[Span]) -> Span | None:
    """What an uncued sentence says in quotation marks: they alone, or the whole sentence."""
    first = stretch_at(stretches, reading.tokens[0].start)
    if first is not None and first.end >= reading.span.end - 1:
        start = max(first.start, reading.span.start)
        end = min(first.end, reading.span.end)
        within = inside(text, Span(start, end))
        return within if within.end > within.start else None
    outside = [t for t in reading.tokens if stretch_at(stretches, t.start) is None and t.is_word]
    if first is not None and first.start >= reading.span.start and len(outside) <= 3:
        within = inside(text, first)  # "...," he laughed.
        return within if within.end > within.start else None
    if (
        first is not None
        and first.start >= reading.span.start
        and reading.words[-4:-1] == ["quoted", "as", "saying"]
    ):
        return inside(text, first)  # "...," he was quoted as saying.
    if any(stretch_at(stretches, token.start) is not None for token in reading.tokens):
        words = bare(text, reading.span)
        return words if words.end > words.start else None
    return None


def _is_quoted(span: Span, stretches: Sequence[Span]) -> bool:
    stretch = stretch_at(stretches, span.start)
    return stretch is not None and stretch.end >= span.end


def _is_claimed(
    reading: Reading,
    readings: Sequence[Reading],
    found: Mapping[int, Sequence[Attribution]],
    stretches: Sequence[Span],
) -> bool:
    """Whether the quotation goes on into a sentence that names its source."""
    stretch = stretch_at(stretches, reading.span.end - 1)
    after = reading.index + 1
    while stretch is not None and after < len(readings) and after < reading.index + 12:
        if readings[after].span.start >= stretch.end:
            return False
        if after in found:
            return True
        after += 1
    return False


def _claimed_later(
    reading: Reading,
    readings: Sequence[Reading],
    found: Mapping[int, Sequence[Attribution]],
    stretches: Sequence[Span],
) -> bool:
    """Whether this quotation's source is named behind it, in the same paragraph."""
    for other in readings[reading.index + 1 : reading.index + 6]:
        if other.paragraph != reading.paragraph:
            return False
        if other.index in found:
            return True
        if stretch_at(stretches, other.tokens[0].start) is None:
            return False
    return False


def _told_by_another(
    reading: Reading, readings: Sequence[Reading], stretches: Sequence[Span]
) -> bool:
    """Whether words with a name stand behind the quotation: "...!" laughed Dena Orlo."""
    stretch = stretch_at(stretches, reading.tokens[0].start)
    if stretch is None:
        return False
    for other in readings[reading.index : reading.index + 6]:
        if other.paragraph != reading.paragraph:
            return False
        if stretch.end < other.span.end:
            behind = [t for t in other.tokens if t.start >= stretch.end][:6]
            lower = bool(behind) and behind[0].is_word and not behind[0].is_name
            return lower and any(t.is_name for t in behind[1:])
    return False


def _with_whole_quotations(
    one: Statement,
    readings: Sequence[Reading],
    found: Mapping[int, Sequence[Attribution]],
    text: str,
    stretches: Sequence[Span],
) -> None:
    """Give a quotation that runs over several sentences back its other sentences, and join
    stretches that stand in one quotation."""
    index = one.attribution.reading.index
    paragraph = one.attribution.reading.paragraph
    start = index
    while start and readings[start - 1].paragraph == paragraph and start - 1 not in found:
        start -= 1
    low = readings[start].span.start
    spans: list[Span] = []
    for span in one.spans:
        stretch = stretch_at(stretches, span.start)
        if stretch is not None and stretch.end >= span.end:
            whole = inside(text, Span(max(low, stretch.start), stretch.end))
            if 0 < whole.end - whole.start <= LONGEST:
                span = whole
        if spans and span.start < spans[-1].end:
            continue
        spans.append(span)
    one.spans = spans[:_MOST_SPANS]
    lo, hi = one.spans[0].start, one.spans[-1].end
    inner = [
        r
        for r in readings[start : one.readings[-1].index + 1]
        if r.span.end > lo and r.span.start < hi
    ]
    one.readings = sorted(
        {r.index: r for r in (*one.readings, *inner)}.values(), key=lambda r: r.index
    )
