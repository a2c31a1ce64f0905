"""What must never happen, as rates of their own with 0 the goal."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from dateline.evaluation.gold.document import LabelClaim, LabelDocument, LabelEvent, LabelSpan
from dateline.evaluation.gold.hashes import quote_sha256
from dateline.evaluation.scoring.spans import Places, Range, every_span
from dateline.evaluation.scoring.tallies import Tally
from dateline.resolution.number_words import fold
from dateline.resolution.numbers import find_numbers
from dateline.resolution.statements import find_statements

OF_TEXT = ("safety.ungrounded", "safety.numbers")
"""The measures that need the text of the document."""


def safety(
    gold: LabelDocument, predicted: LabelDocument, *, text: str | None, places: Places
) -> dict[str, Tally]:
    """Return the safety rates of one document; those that need its text only where it is known.

    ``safety.excluded``: records with evidence in a stretch that gold excludes, of all records.
    ``safety.ungrounded``: spans of evidence that are not the words of the text, of all spans.
    ``safety.numbers``: counts with a bound that the text prints nowhere, of all with a bound.
    """
    excluded = [places.of(span) for span in gold.excluded]
    records = [*map(_spans_of_event, predicted.events), *map(_spans_of_claim, predicted.claims)]
    rates = {
        "safety.excluded": _rate(
            any(_overlaps(places.of(span), excluded) for span in spans) for spans in records
        )
    }
    if text is None:
        return rates
    spans = every_span(predicted)
    rates["safety.ungrounded"] = _rate(not _grounded(span, text, places) for span in spans)
    bounds = [
        [bound for bound in (count.min, count.max) if bound is not None]
        for event in predicted.events
        for count in event.counts
    ]
    if any(bounds):
        printed = printed_numbers(text)
        bad = [not printed.issuperset(values) for values in bounds if values]
        rates["safety.numbers"] = _rate(bad)
    return rates


def printed_numbers(text: str) -> frozenset[float]:
    """Return the numbers that a text states.

    Digits and number words in any form ("2,000", "two thousand"), vague numbers as their bound
    ("dozens" is 24), 0 where the text says that there were none, and always 1, since "a soldier"
    counts without a number.
    """
    numbers = {1.0}
    for mention in find_numbers(text):
        numbers.update(mention.printed)
        numbers.update(
            value for value in (mention.value, mention.low, mention.high) if value is not None
        )
    if any(statement.says == "none" for statement in find_statements(fold(text))):
        numbers.add(0.0)
    return frozenset(numbers)


def _rate(bad: Iterable[bool]) -> Tally:
    cases = list(bad)
    return Tally(float(sum(cases)), float(len(cases)), 0.0)


def _spans_of_event(event: LabelEvent) -> Sequence[LabelSpan]:
    return (*event.evidence, *(count.evidence for count in event.counts if count.evidence))


def _spans_of_claim(claim: LabelClaim) -> Sequence[LabelSpan]:
    return claim.evidence


def _overlaps(place: Range, others: Sequence[Range]) -> bool:
    return any(place[0] < end and start < place[1] for start, end in others)


def _grounded(span: LabelSpan, text: str, places: Places) -> bool:
    if span.start is None or span.end is None:
        return places.find(span.quote or "") is not None
    if span.end > len(text):
        return False
    words = text[span.start : span.end]
    if span.quote is not None:
        return span.quote == words
    return span.quote_sha256 is None or span.quote_sha256 == quote_sha256(words)
