"""An article's text as HTML, with highlighted spans and its zones: knows nothing of records.

Used by the extraction page and by any report that shows spans on a text. Marks may overlap and
nest freely: the text is cut at every boundary, and each piece knows all marks that cover it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import NamedTuple

from dateline.output.markup import Child, Markup, join, language, tag
from dateline.spans import SUPPORTING_ZONES, Span, Zone, ZoneKind

ZONE_LABELS: dict[ZoneKind, str] = {
    "headline": "Headline",
    "standfirst": "Standfirst",
    "body": "Body",
    "caption": "Caption",
    "comment": "Comments",
    "related": "Related articles",
    "boilerplate": "Page furniture",
}
_LINE = re.compile(r"[^\n]+")


@dataclass(frozen=True, slots=True)
class Mark:
    """One highlighted span.

    ``id`` is the record's id and is shown as a badge; several marks may share it. ``kind`` picks
    the look (``event`` or ``claim``, or any word with a style of its own). ``label`` is what a
    pointer or a screen reader gets where the page holds no card for the record.
    """

    span: Span
    id: str
    kind: str
    label: str = ""


class Segment(NamedTuple):
    """A stretch of text with the indexes of all marks that cover it, never empty."""

    start: int
    end: int
    marks: tuple[int, ...]


class Block(NamedTuple):
    """One displayed paragraph: its zone and its range, without surrounding blanks."""

    kind: ZoneKind
    start: int
    end: int


def segments(marks: Sequence[Mark]) -> list[Segment]:
    """Cut at all boundaries of ``marks``: disjoint segments in text order, gaps left out."""
    opens: dict[int, list[int]] = {}
    closes: dict[int, list[int]] = {}
    for index, mark in enumerate(marks):
        if mark.span.start < mark.span.end:
            opens.setdefault(mark.span.start, []).append(index)
            closes.setdefault(mark.span.end, []).append(index)
    found: list[Segment] = []
    active: set[int] = set()
    previous = 0
    for cut in sorted({*opens, *closes}):
        if active:
            found.append(Segment(previous, cut, tuple(sorted(active))))
        active.difference_update(closes.get(cut, ()))
        active.update(opens.get(cut, ()))
        previous = cut
    return found


def blocks(text: str, zones: Sequence[Zone]) -> list[Block]:
    """Split a text into paragraphs, in text order; text outside all zones is furniture."""
    found: list[Block] = []
    position = 0
    for zone in zones:
        found += _paragraphs(text, "boilerplate", position, zone.start)
        found += _paragraphs(text, zone.kind, zone.start, zone.end)
        position = max(position, zone.end)
    found += _paragraphs(text, "boilerplate", position, len(text))
    return found


def text_view(
    text: str,
    zones: Sequence[Zone],
    marks: Sequence[Mark],
    *,
    prefix: str = "",
    cards: bool = True,
    lang: str | None = None,
    anchors: str | None = None,
) -> Markup:
    """Render a text with its marks.

    Every mark's first piece is a tab stop and carries the anchor ``{prefix}{id}-{n}``, where n
    counts the marks of one id from 0; ``anchors`` takes the place of the prefix there when two
    texts of one page mark the same records. All pieces carry ``data-ids`` and, where ``cards`` says
    that the page has elements ``{prefix}{id}``, link to the first of their records.
    """
    paragraphs = blocks(text, zones)
    writer = _Writer(text, paragraphs, marks, prefix, cards, prefix if anchors is None else anchors)
    children: list[Child] = []
    index = 0
    headed = False
    while index < len(paragraphs):
        kind = paragraphs[index].kind
        end = index + 1
        while end < len(paragraphs) and paragraphs[end].kind == kind:
            end += 1
        if kind in SUPPORTING_ZONES:
            for number in range(index, end):
                name = "h2" if kind == "headline" and not headed else "p"
                headed = headed or kind == "headline"
                children.append(tag(name, writer.block(number), class_=f"dl-{kind}", dir="auto"))
        else:
            children.append(_aside(kind, [writer.block(n) for n in range(index, end)]))
        index = end
    return tag("div", *children, class_="dl-text", lang=language(lang))


def _aside(kind: ZoneKind, paragraphs: list[Markup]) -> Markup:
    label = ZONE_LABELS[kind]
    return tag(
        "aside",
        tag("p", label, " · ", tag("span", "not used as evidence"), class_="dl-zone-label"),
        *(tag("p", paragraph, dir="auto") for paragraph in paragraphs),
        class_=f"dl-zone dl-zone-{kind}",
        aria_label=f"{label}, not used as evidence",
    )


def _paragraphs(text: str, kind: ZoneKind, start: int, end: int) -> Iterator[Block]:
    """Lines are paragraphs, unless they were wrapped at a fixed width: then blank lines part."""
    runs: list[list[Block]] = [[]]
    for match in _LINE.finditer(text, start, end):
        line = match.group()
        left = match.start() + len(line) - len(line.lstrip())
        right = match.end() - (len(line) - len(line.rstrip()))
        if left < right:
            runs[-1].append(Block(kind, left, right))
        if right <= left or text[match.end() : match.end() + 2] == "\n\n":
            runs.append([])
    if _wrapped(text, runs):
        yield from (Block(kind, run[0].start, run[-1].end) for run in runs if run)
    else:
        for run in runs:
            yield from run


def _wrapped(text: str, runs: list[list[Block]]) -> bool:
    """Whether nearly every line break stands where the next word would have overrun the width."""
    width = max((line.end - line.start for run in runs for line in run), default=0)
    if not 40 <= width <= 110:
        return False
    breaks = forced = 0
    for run in runs:
        for line, after in pairwise(run):
            word = text[after.start : min(after.end, after.start + width)].split(maxsplit=1)[0]
            breaks += 1
            forced += line.end - line.start + 1 + len(word) > width - 2
    return breaks >= 2 and forced >= 0.8 * breaks


class _Writer:
    """Writes paragraphs with their marked pieces; knows which anchors and badges are due where."""

    def __init__(
        self,
        text: str,
        paragraphs: Sequence[Block],
        marks: Sequence[Mark],
        prefix: str,
        cards: bool,
        anchors: str,
    ) -> None:
        self._text = text
        self._paragraphs = paragraphs
        self._marks = marks
        self._prefix = prefix
        self._cards = cards
        self._pieces = list(_clip(segments(marks), paragraphs))
        self._begun: set[int] = set()
        self._last = {
            index: piece for pieces in self._pieces for piece in pieces for index in piece.marks
        }
        count: dict[str, int] = {}
        self._anchors: list[str] = []
        for mark in marks:
            number = count[mark.id] = count.get(mark.id, -1) + 1
            self._anchors.append(f"{anchors}{mark.id}-{number}")

    def block(self, number: int) -> Markup:
        """The content of one paragraph."""
        block = self._paragraphs[number]
        children: list[Child] = []
        position = block.start
        for piece in self._pieces[number]:
            children.append(self._text[position : piece.start])
            children += self._piece(piece)
            position = piece.end
        children.append(self._text[position : block.end])
        return join(children)

    def _piece(self, piece: Segment) -> Iterator[Markup]:
        marks = [self._marks[index] for index in piece.marks]
        begins = [index for index in piece.marks if index not in self._begun]
        self._begun.update(begins)
        for index in begins:
            yield tag("span", id=self._anchors[index], class_="dl-anchor")
        ids = list(dict.fromkeys(f"{self._prefix}{mark.id}" for mark in marks))
        kinds = sorted({mark.kind for mark in marks})
        shared = {
            "class_": " ".join(["dl-mark", *(f"dl-mark-{kind}" for kind in kinds)]),
            "data_ids": " ".join(ids),
        }
        words = self._text[piece.start : piece.end]
        tab = None if begins else -1
        if self._cards:
            lines = " ".join(f"{name}-line" for name in ids)
            yield tag("a", words, href=f"#{ids[0]}", tabindex=tab, aria_describedby=lines, **shared)
        else:
            label = "; ".join(dict.fromkeys(f"{mark.id}: {mark.label}" for mark in marks))
            yield tag("span", words, tabindex=tab or 0, title=label, **shared)
        for index in piece.marks:
            if self._last[index] is piece:
                mark = self._marks[index]
                yield tag("sup", mark.id, class_=f"dl-badge dl-badge-{mark.kind}")


def _clip(found: Sequence[Segment], paragraphs: Sequence[Block]) -> Iterator[list[Segment]]:
    """Clip segments to paragraphs, in one pass over both."""
    position = 0
    for block in paragraphs:
        while position < len(found) and found[position].end <= block.start:
            position += 1
        inside: list[Segment] = []
        index = position
        while index < len(found) and found[index].start < block.end:
            segment = found[index]
            start, end = max(segment.start, block.start), min(segment.end, block.end)
            inside.append(Segment(start, end, segment.marks))
            index += 1
        yield inside
