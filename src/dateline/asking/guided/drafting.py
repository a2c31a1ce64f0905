"""From a story to an event draft: every name, number, date and place is a slice of the article."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dateline.asking.guided.counts import draft_count
from dateline.asking.guided.whereabouts import printed_place
from dateline.asking.guided.wording import summary
from dateline.drafts import ActorDraft, EventDraft

if TYPE_CHECKING:
    from collections.abc import Iterable

    from dateline.asking.guided.lexicon import Lexicon
    from dateline.asking.guided.scenes import Scene
    from dateline.asking.guided.stories import Story
    from dateline.drafts import CountDraft

_SHOWN = frozenset({"killed", "wounded", "arrested", "abducted"})


def draft_event(
    story: Story,
    text: str,
    lexicon: Lexicon,
    scene: Scene,
    *,
    part_of: int | None = None,
) -> EventDraft:
    """The event in draft form.

    Args:
        scene: where and when it was.
        part_of: the position, from 1, of the parent among the answer's events.
    """
    evidence = story.evidence
    lead = story.lead
    place, when = scene.place, scene.when
    place_text = printed_place(place, text)[:200] if place else None
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
        evidence=[text[span.start : span.end] for span in story.excerpts()],
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
