"""Check the spans of a document: places, words, hashes, and the zones that support nothing."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator
from typing import Literal

from dateline.evaluation.gold.anchoring import spans_of
from dateline.evaluation.gold.document import LabelDocument, LabelSpan
from dateline.evaluation.gold.hashes import Letters, quote_sha256
from dateline.evaluation.gold.validating import Path

Found = tuple[Path, str, Literal["error", "warning"]]


def span_problems(document: LabelDocument, *, gold: bool) -> Iterator[Found]:
    """What is wrong with the spans, in the order of the document."""
    letters = None if document.text is None else Letters(document.text)
    excluded = _Excluded(document)
    for path, span in spans_of(document):
        if span.start is None or span.end is None:
            if gold:
                yield path, "labels need offsets: write start and end", "error"
            continue
        if document.text is not None and letters is not None:
            yield from ((path, message, "error") for message in _against(document.text, span))
            known = span.letters is not None and span.end <= len(document.text)
            if known and letters.of(span.start, span.end) != span.letters:
                yield path, "letters and offsets name different places", "error"
        if gold and path[0] != "excluded" and excluded.touches(span.start, span.end):
            yield path, "evidence in a stretch that is excluded", "error"
    yield from excluded.overlaps()


def _against(text: str, span: LabelSpan) -> Iterator[str]:
    start, end = span.start or 0, span.end or 0
    if end > len(text):
        yield f"ends at {end}, but the text has {len(text)} characters"
        return
    words = text[start:end]
    if not words.strip():
        yield "a span of whitespace only"
    if span.quote is not None and span.quote.split() != words.split():
        yield "the quote differs from the words of the text at these offsets"
    elif span.quote_sha256 is not None and span.quote_sha256 != quote_sha256(words):
        yield "quote_sha256 is not the hash of the words of the text at these offsets"


class _Excluded:
    """The excluded stretches, sorted, for many questions about them."""

    def __init__(self, document: LabelDocument) -> None:
        self._sorted = sorted(
            (span.start, span.end, i)
            for i, span in enumerate(document.excluded)
            if span.start is not None and span.end is not None
        )
        self._starts = [start for start, _, _ in self._sorted]
        self._reach: list[int] = []
        for _, end, _ in self._sorted:
            self._reach.append(max(end, self._reach[-1] if self._reach else end))

    def touches(self, start: int, end: int) -> bool:
        """Whether any character of ``[start, end)`` is excluded."""
        before = bisect_right(self._starts, end - 1) - 1
        return before >= 0 and self._reach[before] > start

    def overlaps(self) -> Iterator[Found]:
        """Stretches that begin inside an earlier one."""
        for number in range(1, len(self._sorted)):
            start, _, index = self._sorted[number]
            if start < self._reach[number - 1]:
                yield ("excluded", index), "overlaps another excluded stretch", "warning"
