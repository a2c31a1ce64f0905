"""The units of one text and what can be said about each before its zone is decided."""

from __future__ import annotations

import re
from collections.abc import Collection
from functools import cached_property

from dateline.articles.credits import is_clocked, is_credit, is_label_bar
from dateline.articles.furniture import (
    Signal,
    fold,
    has_clock,
    is_bare_dateline,
    is_byline,
    is_timestamp,
    signal_of,
)
from dateline.articles.units import split_units
from dateline.spans import ZoneKind

PARAGRAPH = 60
"""Characters from which a unit that ends like a sentence is a paragraph."""

LONG = 200
"""Characters from which any unit is a paragraph."""

_FRONT_MATTER_LINES = 60
_TOP_LINES = 30
_SENTENCE_BREAK = re.compile(r"[^\W\d_]{3}[.!?]\s")


class Page:
    """One text as units with their signals; ``found`` fills with their zones.

    ``first`` is the index of the first unit after a leading block of ``key: value`` lines.
    ``paragraphs`` says for each unit whether it is prose of some length.
    """

    def __init__(self, text: str, title: str | None, captions: Collection[str] = ()) -> None:
        self.text = text
        self.units = split_units(text)
        self.title = fold(title) if title else ""
        self.signals: list[Signal | None] = [signal_of(unit) for unit in self.units]
        if captions:
            known = {fold(caption) for caption in captions}
            for i, unit in enumerate(self.units):
                if fold(text[unit.start : unit.end]) in known:
                    self.signals[i] = "caption"
        self.found: list[ZoneKind | None] = [None] * len(self.units)
        self.first = self._front_matter()
        self.paragraphs = [
            i >= self.first
            and self.signals[i] is None
            and (unit.size >= LONG or (unit.closed and unit.size >= PARAGRAPH))
            for i, unit in enumerate(self.units)
        ]
        self._mark_top()

    def _front_matter(self) -> int:
        if not self.units or self.units[0].text not in ("---", "+++"):
            return 0
        fence = self.units[0].text
        for i, unit in enumerate(self.units[1:_FRONT_MATTER_LINES], start=1):
            if unit.text == fence:
                self.found[: i + 1] = ["boilerplate"] * (i + 1)
                return i + 1
            key, mark, _ = unit.text.partition(":" if fence == "---" else "=")
            listed = unit.bullet or unit.indent or unit.text.startswith("#")
            if not listed and (not mark or " " in key.strip()):
                return 0
        return 0

    def _mark_top(self) -> None:
        """Menu rows above the first plain line, and credits between it and the first prose."""
        plain = 0
        for i in range(self.first, min(self.first + _TOP_LINES, len(self.units))):
            if self.signals[i] is not None:
                continue
            text = self.units[i].text
            if not plain and is_label_bar(text):
                self.signals[i] = "furniture"
            elif plain and text and not is_clocked(text) and is_credit(text):
                self.signals[i] = "furniture"
                self.paragraphs[i] = False
            elif self.paragraphs[i]:
                return
            else:
                plain += 1

    def is_entry(self, i: int) -> bool:
        """Whether a unit heads an entry of a live page: a time of day, perhaps with a heading."""
        return self._is_live and i in self._clocked

    @cached_property
    def _clocked(self) -> frozenset[int]:
        """The units above prose that begin with a time of day."""
        return frozenset(
            i
            for i, unit in enumerate(self.units[:-1])
            if self.paragraphs[i + 1] and 0 < len(unit.text) <= 160 and is_clocked(unit.text)
        )

    @cached_property
    def _is_live(self) -> bool:
        return len(self._clocked) > 1

    def is_title_like(self, i: int, longest: int = 150) -> bool:
        """Whether a unit reads like the headline of another article."""
        unit = self.units[i]
        text = unit.content
        return (
            self.signals[i] is None
            and not unit.closed
            and unit.words >= 4
            and 0 < len(text) <= longest
            and "\n" not in text
            and not _SENTENCE_BREAK.search(text)
            and not text[0].islower()
            and text[-1] not in ",;:،؛，；、-–—"
        )

    def is_credit_line(self, i: int) -> bool:
        """Whether a unit only says who wrote the article, where or when."""
        unit = self.units[i]
        if self.signals[i] == "byline":
            return True
        if self.signals[i] is not None or not unit.text or len(unit.text) > 110:
            return False
        if self.is_entry(i):
            return False
        if is_timestamp(unit.text):
            return has_clock(unit.text) or not self._is_chronology
        return is_byline(unit.text) or is_bare_dateline(unit)

    @cached_property
    def _is_chronology(self) -> bool:
        """Whether dates head the paragraphs of this text, so that none of them is its credit."""
        dated = (
            self.paragraphs[i + 1] and is_timestamp(unit.text) and not has_clock(unit.text)
            for i, unit in enumerate(self.units[:-1])
            if unit.text and len(unit.text) <= 40
        )
        return sum(dated) > 1

    def machinery(self, i: int) -> ZoneKind:
        """The zone of a unit that is no part of the article's prose."""
        signal = self.signals[i]
        if signal == "caption":
            return "caption"
        return "related" if signal == "aside" else "boilerplate"
