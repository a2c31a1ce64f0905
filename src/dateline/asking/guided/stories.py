"""One event while it is put together: its tellings, its evidence, its parts and counts."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from dateline.asking.guided.counts import Count, find_counts
from dateline.asking.guided.excerpts import excerpt
from dateline.asking.guided.happenings import LIKELY, SURE
from dateline.asking.guided.merging import merge
from dateline.asking.guided.questions import Question
from dateline.asking.guided.roles import Part, consistent, find_parts
from dateline.records.vocabulary import PEOPLE_KINDS

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from collections.abc import Set as AbstractSet

    from dateline.asking.guided.happenings import Happening
    from dateline.asking.guided.lexicon import Lexicon
    from dateline.asking.guided.names import Name
    from dateline.asking.guided.reading import Reading
    from dateline.records.vocabulary import Salience
    from dateline.spans import Span

MOST_EVIDENCE = 4
MOST_BACKGROUND = 2
_FROM_AFAR = frozenset(
    {
        "Air/drone strike", "Shelling/artillery/missile attack", "Chemical weapon", "Grenade",
        "Remote explosive/landmine/IED", "Suicide bomb",
    }
)  # fmt: skip
_OPERATIONS = frozenset({"operation", "offensive", "campaign", "sweep", "clampdown", "crackdown"})
_BECAME = (
    "Excessive force against protesters",
    "Violent demonstration",
    "Protest with intervention",
)
_NO_ONE_DID_IT = frozenset({"Peaceful protest", "Agreement", "Other"})


@dataclass(slots=True)
class Story:
    """One event. ``parent`` is the operation that it is a part of."""

    tellings: list[Happening]
    type: str
    parts: list[Part] = field(default_factory=list)
    counts: list[Count] = field(default_factory=list)
    salience: Salience = "main"
    parent: Story | None = None
    reported: Mapping[int, Sequence[Span]] = field(default_factory=dict)
    """What the article's sources say, without source and cue, by the sentence's index."""

    @property
    def lead(self) -> Happening:
        """The telling that decides: the surest of the body, before headline and standfirst."""
        return max(
            self.tellings,
            key=lambda h: (
                h.reading.zone == "body",
                h.status == "occurred",
                _runs_operation(h),
                not h.is_toll or len(self.tellings) < 3,
                min(h.confidence, SURE),
            ),
        )

    @property
    def readings(self) -> list[Reading]:
        """Every sentence that tells of the event, in the order of the text, each once."""
        found = {h.reading.index: h.reading for h in self.tellings}
        found |= {r.index: r for h in self.tellings for r in h.extra}
        return [found[index] for index in sorted(found)]

    @property
    def evidence(self) -> list[Reading]:
        """The sentences quoted: the headline only where the body does not tell of it."""
        body = [r for r in self.readings if r.zone == "body"] or [
            r for r in self.readings if r.zone != "headline"
        ]
        lead = self.lead.reading
        chosen = sorted(body or self.readings, key=lambda r: (r is not lead, -_adds(r), r.index))
        return sorted(chosen[:MOST_EVIDENCE], key=lambda r: r.index)

    def excerpts(self) -> list[Span]:
        """The words quoted: of each sentence of the evidence, the part that tells of the event."""
        found = []
        for reading in self.evidence:
            tellings = [h for h in self.tellings if h.reading is reading]
            numbers = [c.number.span for c in self.counts if c.reading is reading]
            said = self.reported.get(reading.index, ())
            found.append(excerpt(reading, tellings, numbers, said))
        return found


def _settled(story: Story) -> str:
    """The lead's type; for a protest, what became of it."""
    if story.lead.type == "Peaceful protest":
        types = {telling.type for telling in story.tellings}
        return next((became for became in _BECAME if became in types), story.lead.type)
    return story.lead.type


def _runs_operation(telling: Happening) -> bool:
    """Whether it tells of an operation as a whole: by name, or by the area that was cleared."""
    if telling.type in _FROM_AFAR or telling.anaphoric:
        return False
    return any(hit.entry.lemma.split()[-1] in _OPERATIONS for hit in telling.hits) or any(
        number.kind == "area" for number in telling.reading.numbers
    )


def _adds(reading: Reading) -> int:
    """How much a sentence adds by its numbers: tolls before other counts before none."""
    kinds = {number.kind for number in reading.numbers if number.kind != "other"}
    return 2 if kinds & PEOPLE_KINDS else 1 if kinds else 0


def tell_stories(found: Sequence[Happening], text: str, lexicon: Lexicon) -> list[Story]:
    """Join happenings into stories, in the order of the text, parents before their parts."""
    stories: list[Story] = []
    for group in merge(found, text, lexicon):
        if all(h.anaphoric and h.confidence < LIKELY for h in group):
            continue
        story = Story(group, "")
        story.type = _settled(story)
        stories += [story, *_parts_of(story)]
    for i, story in enumerate(stories):
        if story.lead.background:
            story.salience = "background"
        elif story.parent is None and (
            i == 0 or any(h.reading.zone != "body" for h in story.tellings)
        ):
            story.salience = "main"
        else:
            story.salience = "secondary"
    return _few_backgrounds(stories)


def _parts_of(story: Story) -> list[Story]:
    """Cut out what is an incident of its own within an operation: a strike at another place,
    and what the operation's own evidence has no room for where it tells of numbers or places."""
    lead = story.lead
    if story.type in _FROM_AFAR or len(story.tellings) < 2:
        return []
    apart = []
    for telling in [h for h in story.tellings if h is not lead and h.reading.zone == "body"]:
        if telling.type in _FROM_AFAR and _elsewhere(telling, lead):
            story.tellings.remove(telling)
            apart.append(Story([telling], telling.type, parent=story))
    quoted = {reading.index for reading in story.evidence}
    for telling in [h for h in story.tellings if h.reading.index not in quoted]:
        apart_from = _runs_operation(lead) and _elsewhere(telling, lead)
        if (_adds(telling.reading) or apart_from) and telling.reading.zone == "body":
            story.tellings.remove(telling)
            apart.append(Story([telling], telling.type, parent=story))
    return apart


def _elsewhere(telling: Happening, lead: Happening) -> bool:
    mine = {name for where in telling.reading.wheres for name in where.names}
    theirs = {name for where in lead.reading.wheres for name in where.names}
    return bool(mine and theirs) and not mine & theirs


def _few_backgrounds(stories: list[Story]) -> list[Story]:
    """Of what happened long before keep only the surest, told as one finished happening."""
    past = [s for s in stories if s.salience == "background"]
    finished = [s for s in past if s.lead.finished and s.lead.confidence >= SURE - 0.5]
    kept = sorted(finished, key=lambda s: -s.lead.confidence)[:MOST_BACKGROUND]
    return [s for s in stories if s.salience != "background" or s in kept]


def fill(
    story: Story, text: str, masked: Sequence[Span], *, disputed: AbstractSet[int] = frozenset()
) -> None:
    """Find the parts and counts that syntax gives away.

    Args:
        masked: spans of speakers, who are no party to what they tell.
        disputed: sentences that only accuse, which name no perpetrator.
    """
    evidence = story.evidence
    indices = {reading.index for reading in evidence}
    lead = story.lead
    tellings = sorted(
        (h for h in story.tellings if h.reading.index in indices),
        key=lambda h: (h is not lead, h.reading.index),
    )
    parts = [
        part
        for h in tellings
        if h.reading.index not in disputed or h is lead
        for part in find_parts(h.reading, h.hits, masked=masked)
    ]
    story.parts = consistent(parts, text)
    if lead.status == "occurred":
        story.counts = find_counts(evidence, masked, story.type)


def actor_question(
    story: Story, text: str, masked: Sequence[Span]
) -> tuple[Question, list[Name]] | None:
    """Ask who did it where syntax did not say and more than one could have."""
    if story.type in _NO_ONE_DID_IT or any(part.role == "initiator" for part in story.parts):
        return None
    reading = story.lead.reading
    taken = {part.name.span for part in story.parts}
    free = [
        name
        for name in reading.names
        if name.span not in taken
        and name.side in {"state", "armed", "name"}
        and not any(name.span.overlaps(span) for span in masked)
    ][:4]
    if not free:
        return None
    options = tuple(text[n.span.start : n.span.end] for n in free)
    question = Question(
        kind="actor",
        text=text[reading.span.start : reading.span.end],
        ask=f"Who carried out what is reported ({story.type})?",
        options=(*options, "not stated"),
        guess=len(options),
    )
    return question, free
