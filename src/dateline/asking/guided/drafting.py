"""From a story to an event draft: every name, number, date and place is a slice of the article."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

from dateline.asking.guided.counts import draft_count
from dateline.asking.guided.findings import When, Where
from dateline.asking.guided.wording import summary
from dateline.drafts import ActorDraft, EventDraft

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from dateline.asking.guided.lexicon import Lexicon
    from dateline.asking.guided.reading import Reading
    from dateline.asking.guided.stories import Story
    from dateline.drafts import CountDraft
    from dateline.spans import Span

_SHOWN = frozenset({"killed", "wounded", "arrested", "abducted"})
_Found = TypeVar("_Found", When, Where)


def draft_event(
    story: Story,
    text: str,
    lexicon: Lexicon,
    masked: Sequence[Span],
    *,
    part_of: int | None = None,
    children: Sequence[Story] = (),
) -> EventDraft:
    """The event in draft form.

    Args:
        masked: spans of speakers and carriers, whose days and places are their own.
        part_of: the position, from 1, of the parent among the answer's events.
        children: the story's parts, which may know when it all began.
    """
    evidence = story.evidence
    lead = story.lead
    place = _place(story, masked)
    when = _when([story, *children], text, masked)
    place_text = text[place.span.start : place.span.end][:200] if place else None
    counts = [draft_count(count, text, lexicon) for count in story.counts if count.kind != "other"]
    counts = counts[:12]
    actors = [
        ActorDraft(name=text[p.name.span.start : p.name.span.end][:200], role=p.role)
        for p in story.parts
    ][:12]
    return EventDraft(
        type=story.type,
        summary=summary(
            story.type,
            status=lead.status,
            initiators=[a.name for a in actors if a.role == "initiator"],
            targets=[a.name for a in actors if a.role == "target"],
            place=place_text,
            counts=_shown(counts, story),
            loaded=lexicon.loaded,
        ),
        status=lead.status,
        salience=story.salience,
        ongoing=True if lead.head.progressive else None,
        actors=actors,
        date=text[when.span.start : when.span.end][:200] if when else None,
        place=place_text,
        counts=counts,
        outcomes=[
            name
            for name, phrases in lexicon.outcomes.items()
            if lead.status != "planned" and any(reading.has(phrases) for reading in evidence)
        ][:6],
        part_of=part_of,
        evidence=[text[r.span.start : r.span.end] for r in evidence],
    )


def _shown(counts: Iterable[CountDraft], story: Story) -> list[str]:
    """The first two tolls in words; a toll that is not known is none."""
    unknown = {count.kind for count in story.counts if count.number.unknown}
    shown = []
    for count in counts:
        if count.kind in _SHOWN and count.kind not in unknown:
            words = f"{count.quote} {count.kind}"
            shown.append(words[: words.rindex(count.kind)].strip() if _twice(words) else words)
    return shown[:2]


def _twice(words: str) -> bool:
    return any(words.count(kind) > 1 for kind in _SHOWN)


def _place(story: Story, masked: Sequence[Span]) -> Where | None:
    """The place nearest behind the trigger, from the surest sentence that names one."""

    def distance(where: Where, at: int) -> float:
        ahead = where.span.start - at
        return (ahead if ahead >= 0 else -2 * ahead) - (40 if where.known or where.marked else 0)

    for reading in _sources(story):
        free = _free(reading, reading.wheres, masked)
        if free:
            at = _trigger(story, reading)
            return min(free, key=lambda where: distance(where, at))
    return None


def _when(stories: Sequence[Story], text: str, masked: Sequence[Span]) -> When | None:
    """The time nearest to the trigger: a day before a year, a day before "since Monday"."""
    for story in stories:
        for reading in _sources(story):
            free = _free(reading, reading.whens, masked)
            if free:
                at = _trigger(story, reading)
                return min(
                    free,
                    key=lambda when: (
                        not when.fine,
                        text.startswith(("since", "Since"), when.span.start),
                        abs(when.span.start - at),
                    ),
                )
    return None


def _sources(story: Story) -> list[Reading]:
    """The story's sentences, the surest first, the headline last."""
    order = [story.lead.reading, *sorted(story.evidence, key=lambda r: r.zone != "body")]
    return order + [reading for reading in story.readings if reading not in order]


def _free(reading: Reading, found: Sequence[_Found], masked: Sequence[Span]) -> list[_Found]:
    return [
        one
        for one in found
        if not any(one.span.overlaps(span) for span in masked)
        and not _set_back(reading, one.span.start)
    ]


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
