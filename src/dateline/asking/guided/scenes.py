"""Where and when a story plays: in its own sentences, else in what was told before it."""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeVar

from dateline.asking.guided.findings import When, Where
from dateline.asking.guided.labels import labels_of
from dateline.asking.guided.whereabouts import is_wide
from dateline.spans import Span

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from dateline.asking.guided.reading import Reading
    from dateline.asking.guided.stories import Story

_Found = TypeVar("_Found", When, Where)
_DAY = re.compile(
    r"day\b|night|morning|afternoon|evening|dawn|week|month|year|ago\b|\b(?:19|20)\d\d\b"
    r"|\b(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec|spring|summer|autumn|winter)",
    re.IGNORECASE,
)
_OPEN = ("since", "Since", "until", "Until")
_LOCATING = frozenset(
    {"in", "at", "on", "near", "around", "outside", "inside", "between", "along", "over", "across"}
)
_AWAY = frozenset({"from", "to", "toward", "towards", "with", "for", "against", "by"})
_OTHER_DAY = re.compile(
    r"\b(?:following|next|previous|second|third|preceding) "
    r"(?:day|night|morning|evening|week|month)\b",
    re.IGNORECASE,
)
_DATELINE = re.compile(r"(?P<town>[A-Z][A-Z’'-]{2,30}(?: [A-Z][A-Z’'-]{1,30}){0,3})(?:,| ?[(–—-])")
_OPENING = 3
_MOST_SOURCES = 16
"""How many sentences of a story are searched for its place and its day."""
_CLAUSE = 90
"""Characters behind a trigger that is told by the way, in which its own place and day stand."""
_WIDE = 400
"""By how many characters a country must be nearer than a town to be the better place."""
_MEMORY = 8
"""How many sentences back a day or a place may have been said."""


@dataclass(slots=True)
class Scene:
    """The place and the time of one story; None where the article does not say."""

    place: Where | None
    when: When | None


class Stage:
    """What an article says of places and days, for the stories that do not say it themselves.

    Args:
        masked: spans of speakers and carriers, whose days and places are their own.
        reported: what sources say, without source and cue, by the sentence's index.
    """

    def __init__(
        self,
        readings: Sequence[Reading],
        text: str,
        masked: Sequence[Span],
        reported: Mapping[int, Sequence[Span]],
    ) -> None:
        self._readings = readings
        self._text = text
        self._masked = _by_sentence(readings, masked)
        self._reported = reported
        self._labels = labels_of(readings, text)
        self._main = self._main_place()

    def scene(self, story: Story, children: Sequence[Story]) -> Scene:
        """The scene of one story; ``children`` are its parts, which may know when it began."""
        lead = story.lead.reading
        label = self._labels.get(lead.paragraph) if lead.zone == "body" else None
        place = self._place(story)
        when = self._when([story, *children])
        if lead.zone != "body" or story.lead.background:
            return Scene(place, when)
        if when is None or not _DAY.search(self._text, *when.span):
            own = None if label is None else label.when
            when = own or self._day_before(lead) or when
        if label is not None and label.where is not None and place is not None:
            place = place if self._located(lead, place) else label.where
        if place is None:
            place = (label and label.where) or self._named_before(lead) or self._main
        return Scene(place, when)

    def _located(self, reading: Reading, where: Where) -> bool:
        """Whether a preposition of place stands before it, or in it."""
        first = reading.at(where.span.start)
        words = reading.words[max(0, first - 2) : first + 1]
        return not where.span.within(reading.span) or not _LOCATING.isdisjoint(words)

    def _main_place(self) -> Where | None:
        """Where the news is from: the dateline's town, else the first that is named."""
        body = [r for r in self._readings if r.zone == "body"]
        for reading in body[:_OPENING]:
            start = self._text.rfind("\n", 0, reading.span.start) + 1
            if found := _DATELINE.match(self._text, start):
                span = Span(*found.span("town"))
                return Where(span, frozenset({found["town"].lower()}), known=False, marked=True)
        titles = [r for r in self._readings if r.zone != "body"][:2]
        for reading in (*[r for r in body if r.hits][:_OPENING], *titles):
            free = [w for w in self._free(reading, reading.wheres) if w.known or w.marked]
            if named := [w for w in free if not is_wide(w, self._text)]:
                return named[0]
        return None

    def _day_before(self, lead: Reading) -> When | None:
        """The last day that was said before in the same stretch of the story."""
        if _OTHER_DAY.search(self._text, *lead.span):
            return None
        for reading in reversed(self._readings[max(0, lead.index - _MEMORY) : lead.index]):
            if reading.zone != "body":
                return None
            days = [
                when
                for when in self._free(reading, reading.whens)
                if when.fine
                and _DAY.search(self._text, *when.span)
                and not self._text.startswith(_OPEN, when.span.start)
                and not self._text.endswith(_OPEN, 0, max(0, when.span.start - 1))
            ]
            if days:
                return days[0]
        return None

    def _named_before(self, lead: Reading) -> Where | None:
        """The last place that was named before in the same paragraph."""
        for reading in reversed(self._readings[max(0, lead.index - _MEMORY) : lead.index]):
            if reading.zone != "body" or reading.paragraph != lead.paragraph:
                break
            if named := [w for w in self._free(reading, reading.wheres) if w.known or w.marked]:
                return named[-1]
        return None

    def _place(self, story: Story) -> Where | None:
        """The place nearest behind the trigger, from the surest sentence that names one."""

        def distance(where: Where, at: int) -> float:
            ahead = where.span.start - at
            behind = ahead if ahead >= 0 else -2 * ahead
            behind += _WIDE if is_wide(where, self._text) else 0
            return behind - (40 if where.known or where.marked else 0)

        aside = story.lead.aside
        for reading in _sources(story):
            at = _trigger(story, reading)
            free = self._free(reading, reading.wheres, at)
            if aside:
                free = [where for where in free if at < where.span.start < at + _CLAUSE]
            if free:
                return min(free, key=lambda where: distance(where, at))
        return None

    def _when(self, stories: Sequence[Story]) -> When | None:
        """The time nearest to the trigger: a day before a year, a day before "since Monday"."""
        for story in stories:
            aside = story.lead.aside
            for reading in _sources(story):
                at = _trigger(story, reading)
                free = self._free(reading, reading.whens, at)
                if aside:
                    free = [when for when in free if at < when.span.start < at + _CLAUSE][:1]
                if free:
                    return min(
                        free,
                        key=lambda when: (
                            not when.fine,
                            self._text.startswith(_OPEN, when.span.start),
                            abs(when.span.start - at),
                        ),
                    )
        return None

    def _free(
        self, reading: Reading, found: Sequence[_Found], trigger: int | None = None
    ) -> list[_Found]:
        """Without what belongs to a source, or to a clause about something before."""
        free = [
            one
            for one in found
            if not any(one.span.overlaps(span) for span in self._masked.get(reading.index, ()))
            and not _set_back(reading, one.span.start)
            and not (isinstance(one, Where) and self._away(reading, one))
        ]
        said = self._reported.get(reading.index, ())
        if trigger is not None:
            said = [span for span in said if span.start <= trigger < span.end]
        if said:
            free = [one for one in free if any(one.span.within(span) for span in said)]
        return free

    def _away(self, reading: Reading, where: Where) -> bool:
        """Whether it is where somebody came from or went to, or whom something was made with."""
        first = reading.at(where.span.start)
        words = reading.words
        if first < len(words) and words[first] in _AWAY:
            return True
        before = words[max(0, first - 2) : first]
        if before and before[-1] == "the":
            before = before[:-1]
        return bool(before) and before[-1] in _AWAY


def _by_sentence(readings: Sequence[Reading], spans: Sequence[Span]) -> dict[int, list[Span]]:
    """Spans by the sentence in which they begin."""
    starts = [reading.span.start for reading in readings]
    found: dict[int, list[Span]] = {}
    for span in spans:
        found.setdefault(bisect_right(starts, span.start) - 1, []).append(span)
    return found


def _sources(story: Story) -> list[Reading]:
    """The story's sentences, the surest first, the headline last."""
    order = [story.lead.reading, *sorted(story.evidence, key=lambda r: r.zone != "body")]
    return order + [r for r in story.readings[:_MOST_SOURCES] if r not in order]


def _trigger(story: Story, reading: Reading) -> int:
    heads = [h for h in story.tellings if h.reading is reading]
    return reading.tokens[heads[0].head.first].start if heads else reading.span.start


def _set_back(reading: Reading, offset: int) -> bool:
    """Whether it stands in an opening clause about something before ("After the raid, ...")."""
    if (
        reading.words[0] not in {"after", "before", "following", "since"}
        or "," not in reading.words
    ):
        return False
    return offset < reading.tokens[reading.words.index(",")].start
