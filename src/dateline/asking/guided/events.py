"""From joined tellings to an event draft: actors, date, place, counts, outcomes."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from dateline.asking.guided.counts import kind_of
from dateline.asking.guided.questions import Question
from dateline.asking.guided.roles import Part, find_parts
from dateline.asking.guided.wording import summary
from dateline.drafts import ActorDraft, CountDraft, EventDraft
from dateline.records.vocabulary import PEOPLE_KINDS
from dateline.resolution.name_forms import initials_match

if TYPE_CHECKING:
    from collections.abc import Sequence
    from collections.abc import Set as AbstractSet

    from dateline.asking.guided.findings import Number, When, Where
    from dateline.asking.guided.happenings import Happening
    from dateline.asking.guided.lexicon import Lexicon
    from dateline.asking.guided.names import Name
    from dateline.asking.guided.reading import Reading
    from dateline.records.vocabulary import ActorRole, QuantityKind, QuantityScope, Salience
    from dateline.spans import Span

MOST_EVIDENCE = 4
COUNTED: tuple[tuple[QuantityKind, str], ...] = (
    ("killed", "people killed"),
    ("wounded", "people wounded"),
    ("arrested", "people arrested"),
    ("abducted", "people abducted"),
    ("participants", "people taking part"),
    ("other", "something else"),
)


@dataclass(slots=True)
class Count:
    """One number of an event and what it counts."""

    reading: Reading
    number: Number
    kind: QuantityKind
    sure: bool
    victim: Name | None = None


@dataclass(slots=True)
class Story:
    """One event while it is put together."""

    tellings: list[Happening]
    type: str
    parts: list[Part] = field(default_factory=list)
    counts: list[Count] = field(default_factory=list)
    salience: Salience = "main"

    @property
    def lead(self) -> Happening:
        """The telling that decides: the surest of the body, before headline and standfirst."""
        return max(self.tellings, key=lambda h: (h.reading.zone == "body", h.confidence))

    @property
    def evidence(self) -> list[Reading]:
        """Sentences that tell of the event: the headline only where the body does not."""
        readings = [h.reading for h in self.tellings]
        readings += [r for h in self.tellings for r in h.extra]
        body = [r for r in readings if r.zone != "headline"]
        lead = self.lead.reading
        chosen = sorted(body or readings, key=lambda r: (r is not lead, -_told_numbers(r), r.index))
        return sorted(chosen[:MOST_EVIDENCE], key=lambda r: r.index)


def _told_numbers(reading: Reading) -> int:
    """How much a sentence adds by numbers: tolls before other counts before none."""
    kinds = {kind_of(reading, number)[0] for number in reading.numbers}
    return 2 if kinds & PEOPLE_KINDS else 1 if kinds else 0


def fill(
    story: Story, text: str, masked: Sequence[Span], *, disputed: AbstractSet[int] = frozenset()
) -> None:
    """Find the parts and counts that syntax gives away."""
    evidence = {r.index for r in story.evidence}
    tellings = sorted(
        (h for h in story.tellings if h.reading.index in evidence),
        key=lambda h: (h is not story.lead, h.reading.index),
    )
    story.parts = _dedupe(
        [
            part
            for h in tellings
            if h.reading.index not in disputed or h is story.lead
            for part in find_parts(h.reading, h.hits, masked=masked)
        ],
        text,
    )
    if story.lead.status != "occurred":
        return
    seen: set[tuple[str, float | None, float | None]] = set()
    kinds: dict[str, set[str]] = {}
    for telling in sorted(tellings, key=lambda h: h.reading.index):
        for number in telling.reading.numbers:
            if any(number.span.overlaps(span) for span in masked):
                continue
            kind, sure = kind_of(telling.reading, number)
            key = (kind, number.low, number.high)
            if (
                key in seen
                or kind in {"duration", "distance", "money"}
                or (kind == "other" and sure)
            ):
                continue
            seen.add(key)
            kinds.setdefault(kind, set()).add("")
            story.counts.append(Count(telling.reading, number, kind, sure))


def actor_question(
    story: Story, text: str, masked: Sequence[Span]
) -> tuple[Question, list[Name]] | None:
    """Ask who did it where syntax did not say and more than one could have."""
    if story.type in {"Peaceful protest", "Agreement", "Other"}:
        return None
    if any(part.role == "initiator" for part in story.parts):
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


def count_question(count: Count, text: str) -> Question:
    """Ask what a number counts."""
    reading = count.reading
    guess = next((i for i, (kind, _) in enumerate(COUNTED) if kind == count.kind), len(COUNTED) - 1)
    return Question(
        kind="count",
        text=text[reading.span.start : reading.span.end],
        ask=f'What does "{text[count.number.span.start : count.number.span.end]}" count?',
        options=tuple(shown for _, shown in COUNTED),
        guess=guess,
    )


def draft_event(story: Story, text: str, lexicon: Lexicon, masked: Sequence[Span]) -> EventDraft:
    """The event in draft form. Every name, number, date and place is a slice of the article."""
    evidence = story.evidence
    lead = story.lead
    place = _place(story, masked)
    when = _when(story, masked)
    place_text = text[place.span.start : place.span.end][:200] if place else None
    counts = [_count(count, text, lexicon) for count in story.counts if count.kind != "other"][:12]
    actors = [
        ActorDraft(name=text[p.name.span.start : p.name.span.end][:200], role=p.role)
        for p in story.parts
    ][:12]
    shown = [
        f"{c.quote} {c.kind.replace('_', ' ')}"
        for c in counts
        if c.kind in {"killed", "wounded", "arrested", "abducted"}
    ]
    return EventDraft(
        type=story.type,
        summary=summary(
            story.type,
            status=lead.status,
            initiators=[a.name for a in actors if a.role == "initiator"],
            targets=[a.name for a in actors if a.role == "target"],
            place=place_text,
            counts=[_plain(words) for words in shown[:2]],
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
            if any(reading.has(phrases) for reading in evidence)
        ][:6],
        evidence=[text[r.span.start : r.span.end] for r in evidence],
    )


def _plain(words: str) -> str:
    for kind in ("killed", "wounded", "arrested", "abducted"):
        if words.count(kind) > 1:
            return words[: words.rindex(kind)].strip()
    return words


def _count(count: Count, text: str, lexicon: Lexicon) -> CountDraft:
    scope: QuantityScope = "event"
    if count.reading.has(lexicon.phrases["aggregate"]):
        scope = "cumulative"
    victim = count.victim
    return CountDraft(
        quote=text[count.number.span.start : count.number.span.end][:200],
        kind=count.kind,
        victim=text[victim.span.start : victim.span.end][:200] if victim else None,
        inflicted_by=None,
        scope=scope,
    )


def victims(story: Story) -> None:
    """Name the victims of each count: the people word inside or right behind the number."""
    for count in story.counts:
        if count.kind not in PEOPLE_KINDS:
            continue
        end = count.reading.at(count.number.span.end)
        for name in count.reading.names:
            if name.span.overlaps(count.number.span) or 0 <= name.first - end <= 2:
                count.victim = name
                break


def _place(story: Story, masked: Sequence[Span]) -> Where | None:
    """The place nearest behind the trigger, from the surest sentence that names one."""
    lead = story.lead
    order = [lead.reading, *sorted(story.evidence, key=lambda r: r.zone != "body")]
    order += [h.reading for h in story.tellings if h.reading not in order]
    for reading in order:
        free = [
            where
            for where in reading.wheres
            if not any(where.span.overlaps(span) for span in masked)
            and not _set_back(reading, where.span.start)
        ]
        if not free:
            continue
        heads = [h for h in story.tellings if h.reading is reading]
        at = reading.tokens[heads[0].head.first].start if heads else reading.span.start
        return min(
            free,
            key=lambda w: (w.span.start - at) if w.span.start >= at else 2 * (at - w.span.start),
        )
    return None


def _set_back(reading: Reading, offset: int) -> bool:
    """Whether it stands in an opening clause about something before ("After the raid, ...")."""
    if (
        reading.words[0] not in {"after", "before", "following", "since"}
        or "," not in reading.words
    ):
        return False
    return offset < reading.tokens[reading.words.index(",")].start


def _when(story: Story, masked: Sequence[Span]) -> When | None:
    lead = story.lead
    order = [lead.reading, *sorted(story.evidence, key=lambda r: r.zone != "body")]
    order += [h.reading for h in story.tellings if h.reading not in order]
    for reading in order:
        whens = [
            when
            for when in reading.whens
            if not any(when.span.overlaps(span) for span in masked)
            and not _set_back(reading, when.span.start)
        ]
        if whens:
            heads = [h for h in story.tellings if h.reading is reading]
            at = reading.tokens[heads[0].head.first].start if heads else reading.span.start
            return min(whens, key=lambda w: (not w.fine, abs(w.span.start - at)))
    return None


def _dedupe(parts: Sequence[Part], text: str) -> list[Part]:
    """One part a name; a bare "militants" goes where a fuller name has the same role."""
    kept: list[Part] = []
    for part in parts:
        words = text[part.name.span.start : part.name.span.end].lower()
        twin = next(
            (
                i
                for i, other in enumerate(kept)
                if _same(words, text[other.name.span.start : other.name.span.end].lower())
            ),
            None,
        )
        if twin is None:
            kept.append(part)
        elif (
            len(words) > kept[twin].name.span.end - kept[twin].name.span.start
            and kept[twin].role == part.role
        ):
            kept[twin] = part
    roles: set[ActorRole] = {part.role for part in kept if part.name.proper}
    return [
        part
        for part in kept
        if part.name.proper or part.role not in roles or part.name.side == "civilian"
    ]


def _same(a: str, b: str) -> bool:
    for short, long in ((a, b), (b, a)):
        if short.isalpha() and len(short) < 7 and initials_match(short.upper(), long.split()):
            return True
    return (
        a == b
        or a.endswith(" " + b)
        or b.endswith(" " + a)
        or a.startswith(b + " ")
        or b.startswith(a + " ")
    )
