"""Reading: the part of an article that may support records, with a map back to the original."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from functools import cached_property

from dateline.spans import Span, Zone

JOINT = "\n\n"
"""Stands in a reading wherever something of the original was left out."""


class Reading:
    """Headline, standfirst and body of an article, without the rest of its page.

    ``segments`` are the stretches of the original that it consists of, in order; zones that only
    blanks separate share one, so blanks inside a segment are the original's. ``text`` joins the
    segments. Offsets are code points, half-open.
    """

    def __init__(self, original: str, segments: Iterable[Span]) -> None:
        self.original = original
        self.segments: tuple[Span, ...] = tuple(segments)

    @classmethod
    def of(cls, original: str, zones: Sequence[Zone]) -> Reading:
        """The reading of a text with these zones."""
        segments: list[Span] = []
        joined = False
        for zone in zones:
            if zone.supports:
                start = segments.pop().start if joined else zone.start
                segments.append(Span(start, zone.end))
            joined = zone.supports
        return cls(original, segments)

    @cached_property
    def text(self) -> str:
        """What a model may read."""
        return JOINT.join(self.original[start:end] for start, end in self.segments)

    @cached_property
    def _starts(self) -> list[int]:
        starts: list[int] = []
        at = 0
        for start, end in self.segments:
            starts.append(at)
            at += end - start + len(JOINT)
        return starts

    def to_original(self, start: int, end: int) -> tuple[Span, ...]:
        """The stretches of the original behind ``text[start:end]``, in order.

        Empty where the range holds no character of the original (nothing, or only a joint).

        Raises:
            ValueError: the range is not within ``text``.
        """
        if not 0 <= start <= end <= len(self.text):
            raise ValueError("start and end must lie within the reading's text, start first")
        spans: list[Span] = []
        index = max(bisect_right(self._starts, start) - 1, 0)
        for (first, last), at in zip(self.segments[index:], self._starts[index:], strict=True):
            if at >= end:
                break
            low = max(start - at, 0) + first
            high = min(end - at + first, last)
            if low < high:
                spans.append(Span(low, high))
        return tuple(spans)

    def from_original(self, offset: int) -> int | None:
        """Where the original's character ``offset`` stands in ``text``; None if left out."""
        index = bisect_right(self.segments, (offset, len(self.original))) - 1
        if index < 0 or offset >= self.segments[index].end:
            return None
        return self._starts[index] + offset - self.segments[index].start
