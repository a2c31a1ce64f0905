"""Spans of a text: where they stand, and how much of them two have in common."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import numpy as np

from dateline.evaluation.gold.document import LabelDocument, LabelSpan
from dateline.evaluation.scoring.matching import Matrix, by_owners
from dateline.grounding.folding import Folded, fold

Range = tuple[int, int]
"""Half-open range of code points. Negative ones stand for words whose place nobody knows."""


class Places:
    """Where the spans of one document stand, in gold and in a prediction alike.

    A span without offsets is looked up among the spans that have some and the same words, then
    in the text, if it is known: as written, or else with case, blanks, quotation marks and
    dashes folded, and always where it stands first. Words that are nowhere equal themselves and
    overlap nothing.

    Args:
        documents: the documents whose spans will be asked for, all of one text.
        text: their text, or None.
    """

    def __init__(self, *documents: LabelDocument, text: str | None) -> None:
        self._text = text
        self._documents = documents
        self._folded: Folded | None = None
        self._known: dict[str, Range] | None = None
        self._nowhere: dict[str, Range] = {}
        self._unused = -1

    def of(self, span: LabelSpan) -> Range:
        """Return the range of a span."""
        if span.start is not None and span.end is not None:
            return span.start, span.end
        words = folded_words(span.quote or "")
        if self._known is None:
            self._known = _quoted(self._documents)
        place = self._known.get(words) or self.find(span.quote or "")
        if place is None:
            place = self._nowhere.get(words) or self._next(len(words))
            self._nowhere[words] = place
        return place

    def find(self, quote: str) -> Range | None:
        """Return where words stand in the text; None where they do not or there is no text."""
        if self._text is None or not quote.strip():
            return None
        at = self._text.find(quote)
        if at >= 0:
            return at, at + len(quote)
        if self._folded is None:
            self._folded = fold(self._text)
        words = fold(quote.strip()).lower.strip()
        at = self._folded.lower.find(words) if words else -1
        return None if at < 0 else self._folded.origin(at, at + len(words))

    def _next(self, size: int) -> Range:
        end = self._unused
        self._unused = end - max(size, 1) - 1
        return self._unused + 1, end


def folded_words(quote: str) -> str:
    """Return words without what does not matter when two quotes are compared."""
    return " ".join(fold(quote).lower.split())


def _quoted(documents: Iterable[LabelDocument]) -> dict[str, Range]:
    """The first range of every quote that has offsets."""
    found: dict[str, Range] = {}
    for document in documents:
        for span in every_span(document):
            if span.quote and span.start is not None and span.end is not None:
                words = folded_words(span.quote)
                place = (span.start, span.end)
                found[words] = min(found.get(words, place), place)
    return found


def every_span(document: LabelDocument) -> Iterable[LabelSpan]:
    """Yield the spans that support the records of a document."""
    for event in document.events:
        yield from event.evidence
        yield from (count.evidence for count in event.counts if count.evidence)
    for claim in document.claims:
        yield from claim.evidence


def merged(ranges: Iterable[Range]) -> tuple[Range, ...]:
    """Return the union of ranges as ranges that do not touch, in text order."""
    union: list[Range] = []
    for start, end in sorted(ranges):
        if union and start <= union[-1][1]:
            union[-1] = (union[-1][0], max(end, union[-1][1]))
        else:
            union.append((start, end))
    return tuple(union)


def overlap(one: Range, other: Range) -> float:
    """Return the share of characters in common, intersection over union, from 0 to 1."""
    common = min(one[1], other[1]) - max(one[0], other[0])
    if common <= 0:
        return 0.0
    return common / (one[1] - one[0] + other[1] - other[0] - common)


def overlaps(gold: Sequence[Range], predicted: Sequence[Range]) -> Matrix:
    """Return ``overlap`` of every span of gold (row) with every predicted one (column)."""
    common, sizes = _common(gold, predicted)
    return common / (sizes - common)


def union_overlaps(
    gold: Sequence[tuple[Range, ...]], predicted: Sequence[tuple[Range, ...]]
) -> Matrix:
    """Return the share of characters in common of sets of spans, each one ``merged``.

    A set without spans has nothing in common with any other.
    """
    if not gold or not predicted:
        return np.zeros((len(gold), len(predicted)))
    common, _ = _common([r for spans in gold for r in spans], [r for s in predicted for r in s])
    if all(len(spans) == 1 for spans in (*gold, *predicted)):
        inside = common
    else:
        rows, columns = np.nonzero(common)
        shape = (len(gold), len(predicted))
        worth = common[rows, columns]
        inside = by_owners(rows, columns, _owner(gold), _owner(predicted), shape, worth=worth)
    sizes = np.add.outer(_sizes(gold), _sizes(predicted)) - inside
    return np.divide(inside, sizes, out=np.zeros_like(inside), where=sizes > 0)


def _owner(sets: Sequence[tuple[Range, ...]]) -> list[int]:
    return [index for index, spans in enumerate(sets) for _ in spans]


def _sizes(sets: Sequence[tuple[Range, ...]]) -> list[float]:
    return [float(sum(end - start for start, end in spans)) for spans in sets]


def _common(gold: Sequence[Range], predicted: Sequence[Range]) -> tuple[Matrix, Matrix]:
    """Characters in common, and the sum of both sizes, for every two ranges."""
    a = np.array(gold, dtype=float).reshape(-1, 2)
    b = np.array(predicted, dtype=float).reshape(-1, 2)
    ends = np.minimum.outer(a[:, 1], b[:, 1])
    common = np.maximum(ends - np.maximum.outer(a[:, 0], b[:, 0]), 0.0)
    return common, np.add.outer(a[:, 1] - a[:, 0], b[:, 1] - b[:, 0])
