"""What a kind of event makes of its parties: signatories take part, and police end a protest."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dateline.asking.guided.roles import MUTUAL, Part

if TYPE_CHECKING:
    from collections.abc import Sequence

    from dateline.asking.guided.reading import Reading
    from dateline.asking.guided.stories import Story

_PROTESTS = frozenset({"Peaceful protest", "Protest with intervention", "Violent demonstration"})
_BROKERING = frozenset({"broker", "mediate", "obtain", "negotiate", "facilitate"})
_BROKERED = ("broker", "obtain", "mediat", "negotiat")
_LAW = frozenset({"police", "gendarmes", "gendarmerie", "army", "soldiers", "troops", "military"})
_BACK = 3
_PLACING = frozenset({"in", "at", "near", "outside", "around", "inside"})


def spots(readings: Sequence[Reading]) -> frozenset[str]:
    """Names that stand behind a preposition of place somewhere in the article, lower case."""
    found: set[str] = set()
    for reading in readings:
        found.update(name for where in reading.wheres for name in where.names)
        tokens = reading.tokens
        for at, token in enumerate(tokens[1:], 1):
            if token.is_name and reading.words[at - 1] in _PLACING:
                end = at
                while end < len(tokens) and tokens[end].is_name and end - at < 4:
                    end += 1
                found.add(" ".join(t.lower for t in tokens[at:end]))
    return frozenset(found)


def cast(story: Story, readings: Sequence[Reading], places: frozenset[str]) -> None:
    """Set the roles that follow from the event's type rather than from its verbs.

    Args:
        places: names that the article uses as places (see ``spots``), which are no parties.
    """
    story.parts = [part for part in story.parts if not _is_spot(story, part, places)]
    if story.type == "Agreement":
        brokered = any(
            hit.entry.lemma in _BROKERING or hit.carrier.startswith(_BROKERED)
            for telling in story.tellings
            for hit in telling.hits
        )
        story.parts = [
            part if brokered and part.role == "initiator" else part._replace(role="participant")
            for part in story.parts
        ]
    elif story.type in _PROTESTS:
        story.parts = [_at_protest(part) for part in story.parts]
    elif story.type == "Armed clash" and _is_mutual(story):
        story.parts = [
            part._replace(role="participant") if part.role in {"initiator", "target"} else part
            for part in story.parts
        ]
    elif story.type == "Arrests" and all(part.role != "initiator" for part in story.parts):
        lead = story.lead.reading
        for reading in reversed(readings[max(0, lead.index - _BACK) : lead.index + 1]):
            law = [
                n
                for n in reading.names
                if n.side == "state" and _LAW & set(reading.words[n.first : n.last])
            ]
            if law and all(part.name.span != law[0].span for part in story.parts):
                story.parts.insert(0, Part(law[0], "initiator"))
                break


def _is_law(words: Sequence[str], side: str) -> bool:
    return side == "state" and not _LAW.isdisjoint(words)


def _is_spot(story: Story, part: Part, places: frozenset[str]) -> bool:
    if part.name.side != "name":
        return False
    reading = next((r for r in story.readings if part.name.span.within(r.span)), None)
    if reading is None:
        return False
    words = reading.words[part.name.first : part.name.last]
    before = reading.tokens[part.name.first - 1].text if part.name.first else ""
    headed = part.name.last < len(reading.words) and reading.words[part.name.last] == ":"
    if (
        headed
        and not part.name.first
        and all(t.text.isupper() for t in reading.tokens[: part.name.last])
    ):
        return True  # "SAN TELMO: Eleven men fled"
    return " ".join(words) in places or before == "["


def _at_protest(part: Part) -> Part:
    if part.name.side == "state" and part.role in {"initiator", "target"}:
        return part._replace(role="participant")
    if part.name.side == "protester" and part.role == "target":
        return part._replace(role="initiator")
    return part


def _is_mutual(story: Story) -> bool:
    """Whether the two sides fought without a word on who began it."""
    head = story.lead.head
    return head.entry.lemma in MUTUAL
