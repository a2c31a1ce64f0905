"""Anchoring: give every span of a document its hash and its place in letters, and take words off.

An anchored document says which words it means without holding one of them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

from dateline.evaluation.gold.document import LabelDocument, LabelSpan
from dateline.evaluation.gold.hashes import Letters, letters_sha256, quote_sha256, text_sha256
from dateline.evaluation.gold.validating import Path

SpanChange = Callable[[LabelSpan], LabelSpan]


def anchored(document: LabelDocument, text: str, *, with_quotes: bool = False) -> LabelDocument:
    """The document with the hashes of its text, and of every span that has offsets.

    Args:
        document: its offsets count into ``text``.
        text: the text; it is not put into the document.
        with_quotes: keep the words of every span, for texts that may be copied.
    """
    letters = Letters(text)

    def anchor(span: LabelSpan) -> LabelSpan:
        if span.start is None or span.end is None:
            return span
        words = text[span.start : span.end]
        return span.model_copy(
            update={
                "quote": words if with_quotes else None,
                "quote_sha256": quote_sha256(words),
                "letters": letters.of(span.start, span.end),
            }
        )

    return with_spans(document, anchor).model_copy(
        update={
            "text": None,
            "text_sha256": text_sha256(text),
            "letters_sha256": letters_sha256(text),
        }
    )


def without_words(document: LabelDocument) -> LabelDocument:
    """The document without its text and without quotes, save those of spans that have no place."""
    taken = with_spans(
        document,
        lambda span: span if span.start is None else span.model_copy(update={"quote": None}),
    )
    return taken.model_copy(update={"text": None})


def with_spans(document: LabelDocument, change: SpanChange) -> LabelDocument:
    """The document with every span replaced by what ``change`` makes of it."""
    return document.model_copy(
        update={
            "events": tuple(
                event.model_copy(
                    update={
                        "evidence": tuple(change(span) for span in event.evidence),
                        "counts": tuple(
                            count.model_copy(update={"evidence": change(count.evidence)})
                            if count.evidence
                            else count
                            for count in event.counts
                        ),
                    }
                )
                for event in document.events
            ),
            "claims": tuple(
                claim.model_copy(update={"evidence": tuple(change(s) for s in claim.evidence)})
                for claim in document.claims
            ),
            "excluded": tuple(change(span) for span in document.excluded),
        }
    )


def spans_of(document: LabelDocument) -> Iterator[tuple[Path, LabelSpan]]:
    """Every span with the path of its field, in the order of the document."""
    for i, event in enumerate(document.events):
        for j, span in enumerate(event.evidence):
            yield ("events", i, "evidence", j), span
        for j, count in enumerate(event.counts):
            if count.evidence:
                yield ("events", i, "counts", j, "evidence"), count.evidence
    for i, claim in enumerate(document.claims):
        for j, span in enumerate(claim.evidence):
            yield ("claims", i, "evidence", j), span
    for i, excluded in enumerate(document.excluded):
        yield ("excluded", i), excluded
