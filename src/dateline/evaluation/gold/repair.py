"""Move the offsets of labels to a text that differs from the labelled one in whitespace only.

Nothing is moved on trust: the letters of the whole text, or of every span, are compared by hash.
"""

from __future__ import annotations

from dateline.evaluation.gold.anchoring import spans_of, with_spans
from dateline.evaluation.gold.document import LabelDocument, LabelSpan
from dateline.evaluation.gold.hashes import Letters, letters_sha256, quote_sha256, text_sha256


def repaired(document: LabelDocument, text: str) -> LabelDocument | None:
    """The document with its offsets moved to ``text``; None where that cannot be shown to be right.

    Needs ``letters`` and ``quote_sha256`` of every span that has offsets. Where the document has
    no ``letters_sha256`` it needs one such span at least; a difference outside of all spans is
    then not seen.
    """
    spans = [span for _, span in spans_of(document) if span.start is not None]
    if document.letters_sha256 is not None:
        if document.letters_sha256 != letters_sha256(text):
            return None
    elif not spans:
        return None
    letters = Letters(text)
    if any(_moved(span, letters, text) is None for span in spans):
        return None

    def move(span: LabelSpan) -> LabelSpan:
        return span if span.start is None else _moved(span, letters, text) or span

    return with_spans(document, move).model_copy(
        update={
            "text_sha256": text_sha256(text),
            "letters_sha256": letters_sha256(text),
        }
    )


def holds(document: LabelDocument, text: str) -> bool:
    """Whether every offset lies in ``text``, on the words that its hash or its quote tells."""
    for _, span in spans_of(document):
        if span.start is None or span.end is None:
            continue
        words = text[span.start : span.end]
        if span.end > len(text):
            return False
        if span.quote_sha256 is not None and span.quote_sha256 != quote_sha256(words):
            return False
        if span.quote is not None and span.quote.split() != words.split():
            return False
    return True


def _moved(span: LabelSpan, letters: Letters, text: str) -> LabelSpan | None:
    if span.letters is None or span.quote_sha256 is None:
        return None
    place = letters.span(*span.letters)
    if place is None or quote_sha256(text[place[0] : place[1]]) != span.quote_sha256:
        return None
    quote = None if span.quote is None else text[place[0] : place[1]]
    return span.model_copy(update={"start": place[0], "end": place[1], "quote": quote})
