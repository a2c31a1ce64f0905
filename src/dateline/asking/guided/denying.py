"""Which events are told only by denying them."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from dateline.asking.guided.attribution import Attribution
    from dateline.asking.guided.happenings import Happening
    from dateline.asking.guided.hits import Hit
    from dateline.asking.guided.reading import Reading
    from dateline.asking.guided.stories import Story

_DENYING = frozenset({"deny", "dispute", "refute", "reject"})
_NONE = frozenset({"no", "nobody", "none", "neither"})
_STOPS = frozenset({",", ";", ":", "that", "and", "but", "“", '"'})


def mark_denied(
    stories: Iterable[Story], attributions: Mapping[int, Sequence[Attribution]]
) -> None:
    """Set the status of events that nobody in the article says took place."""
    for story in stories:
        if all(_is_denied(telling, attributions) for telling in story.tellings):
            for telling in story.tellings:
                telling.status = "denied"


def _is_denied(telling: Happening, attributions: Mapping[int, Sequence[Attribution]]) -> bool:
    if telling.status != "occurred" or telling.head.entry.family == "harm":
        return False
    reading, head = telling.reading, telling.head
    if head.passive and _nobody(reading, head):
        return True
    at = reading.tokens[head.first].start
    return any(
        one.lexical is not None
        and one.lexical.lemma in _DENYING
        and any(span.start <= at < span.end for span in one.spans)
        for one in attributions.get(reading.index, ())
    )


def _nobody(reading: Reading, hit: Hit) -> bool:
    """Whether the subject of a passive verb is nobody: "no teacher had been kidnapped"."""
    for at in range(hit.chain - 1, max(-1, hit.chain - 7), -1):
        if reading.words[at] in _NONE:
            return True
        if reading.words[at] in _STOPS:
            return False
    return False
