"""The numbers of an event: what they count, who was harmed and who did it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from dateline.asking.guided.positions import agent, name_after, subject
from dateline.asking.guided.questions import Question
from dateline.asking.guided.singles import find_singles
from dateline.drafts import CountDraft
from dateline.records.vocabulary import PEOPLE_KINDS

if TYPE_CHECKING:
    from collections.abc import Sequence

    from dateline.asking.guided.findings import Number
    from dateline.asking.guided.hits import Hit
    from dateline.asking.guided.lexicon import Lexicon
    from dateline.asking.guided.names import Name
    from dateline.asking.guided.reading import Reading
    from dateline.asking.guided.roles import Part
    from dateline.records.vocabulary import ActorRole, QuantityKind, QuantityScope
    from dateline.spans import Span

COUNTED: tuple[tuple[QuantityKind, str], ...] = (
    ("killed", "people killed"),
    ("wounded", "people wounded"),
    ("arrested", "people arrested"),
    ("abducted", "people abducted"),
    ("participants", "people taking part"),
    ("other", "something else"),
)
_NOT_OF_AN_EVENT = frozenset({"duration", "distance", "money"})
_TOLLS = frozenset({"killed", "wounded", "casualties_combined"})
_MOST_HARMED = 100_000
_LASTING = frozenset({"lasted", "lasting", "lasts", "for", "runs", "ran", "held"})
_GATHERINGS = frozenset(
    {"Peaceful protest", "Protest with intervention", "Violent demonstration", "Mob violence"}
)
_FOREIGN: dict[str, frozenset[str]] = {
    "Arrests": _TOLLS | {"participants"},
    "Agreement": _TOLLS | {"participants", "weapons", "arrested"},
    "Change to group/activity": _TOLLS,
    "Peaceful protest": frozenset({"weapons", "arrested"}),
}
_DONE_TO_PEOPLE = frozenset({"harm", "violence", "arrest", "abduct", "territory"})
_WARDED_OFF = frozenset({"repel", "repulse", "fend off", "push back", "beat back", "fight off"})
_OTHERS = frozenset({"other", "others"})
_BREAKS = frozenset({";", "while", "when", "but", "whereas", "although"})
_LOSING = frozenset({"lost", "lose", "loses", "losing"})


@dataclass(slots=True)
class Count:
    """One number of an event and what it counts."""

    reading: Reading
    number: Number
    kind: QuantityKind
    sure: bool
    victim: Name | None = None
    by: Name | None = None


def find_counts(
    readings: Sequence[Reading], masked: Sequence[Span], event_type: str = ""
) -> list[Count]:
    """The counts of an event in the order of the text, each number once.

    Args:
        masked: spans of speakers, whose numbers are their own ("three witnesses said").
        event_type: whose counts they are, since nobody is killed in an agreement.
    """
    foreign = _FOREIGN.get(event_type, frozenset())
    found: list[Count] = []
    seen: set[tuple[str, float | None, float | None]] = set()
    for reading in sorted(readings, key=lambda one: one.index):
        for number in reading.numbers:
            key = (number.kind, number.low, number.high)
            if key in seen or any(number.span.overlaps(span) for span in masked):
                continue
            lasting = number.kind == "duration" and _lasts(reading, number.span)
            if not lasting and (
                number.kind in _NOT_OF_AN_EVENT or (number.kind == "other" and number.sure)
            ):
                continue
            if number.kind in foreign or _in_a_date(reading, number.span):
                continue
            if _of_whom(reading, number.span) or _too_many(number):
                continue
            seen.add(key)
            kind = number.kind
            if not number.sure and event_type in _GATHERINGS and kind == "other":
                kind = "participants"
            found.append(Count(reading, number, kind, number.sure))
        for name, single in find_singles(reading):
            if single.kind not in foreign and not any(single.span.overlaps(m) for m in masked):
                found.append(Count(reading, single, single.kind, sure=True, victim=name))
    return found


def _too_many(number: Number) -> bool:
    """Whether it can be no toll of one event, but money or a population."""
    return number.kind in _TOLLS and (number.low or 0) >= _MOST_HARMED


def _lasts(reading: Reading, span: Span) -> bool:
    """Whether a duration is the event's own: "lasted two hours", "for forty minutes"."""
    first = reading.at(span.start)
    before = reading.words[max(0, first - 3) : first]
    return bool(_LASTING & set(before)) and bool(reading.told)


def _of_whom(reading: Reading, span: Span) -> bool:
    """Whether it only tells of whom others are: "two sons of one farmer"."""
    first = reading.at(span.start)
    if first < 2 or reading.words[first - 1] != "of":
        return False
    return any(
        n.span.end < span.start and reading.at(n.span.end) == first - 1 for n in reading.numbers
    )


def _in_a_date(reading: Reading, span: Span) -> bool:
    """Whether it is a part of a day: "on 3 and 4 May"."""
    return any(when.span.overlaps(span) for when in reading.whens)


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


def name_parties(counts: Sequence[Count], parts: Sequence[Part]) -> None:
    """Fill in victims and perpetrators where a sentence says so plainly."""
    before: Count | None = None
    for count in counts:
        if count.kind not in PEOPLE_KINDS or count.number.unknown:
            continue
        reading = count.reading
        first = reading.at(count.number.span.start)
        last = reading.at(count.number.span.end)
        count.victim = _counted(reading, count, last) or count.victim
        if set(reading.words[max(0, first - 4) : first]) & _LOSING:
            losing = next(i for i in range(first - 1, -1, -1) if reading.words[i] in _LOSING)
            count.victim = subject(reading, losing) or count.victim
        elif reading.words[last - 1] in _OTHERS and before and before.reading is reading:
            # "Seven guards were killed and six others wounded": six other guards.
            count.victim = before.victim
        hit = _governor(reading, first, last)
        if hit is not None:
            count.by = agent(reading, hit) if hit.passive else _doer(reading, hit)
        _turn(count, parts)
        count.victim = _in_full(count.victim, parts, "target")
        count.by = _in_full(count.by, parts, "initiator")
        if count.victim is not None and count.by is not None and count.victim.span == count.by.span:
            count.by = None
        before = count


def _counted(reading: Reading, count: Count, last: int) -> Name | None:
    for name in reading.names:
        if name.span.overlaps(count.number.span) or 0 <= name.first - last <= 2:
            return name
    return None


def _governor(reading: Reading, first: int, last: int) -> Hit | None:
    """The verb that says what became of those counted."""
    best: tuple[int, Hit] | None = None
    for hit in reading.hits:
        if hit.entry.family not in _DONE_TO_PEOPLE or hit.form == "noun" or hit.goal:
            continue
        behind = hit.passive or hit.use == "reduced"
        distance = hit.chain - last if behind else first - hit.last
        between = reading.words[last : hit.first] if behind else reading.words[hit.last : first]
        if not 0 <= distance <= 12 or _BREAKS & set(between):
            continue
        if best is None or distance < best[0]:
            best = (distance, hit)
    return best[1] if best else None


def _doer(reading: Reading, hit: Hit) -> Name | None:
    name = subject(reading, hit.chain, participle=hit.use == "participle")
    return name if name is not None and name.side != "civilian" else None


def _turn(count: Count, parts: Sequence[Part]) -> None:
    """Who repels an attack kills attackers: bare "militants" are then those who attacked."""
    hits = [hit for hit in count.reading.hits if hit.entry.lemma in _WARDED_OFF]
    if not hits or count.by is None or count.victim is None or count.victim.proper:
        return
    attacker = name_after(count.reading, hits[0].last) or next(
        (part.name for part in parts if part.role == "initiator"), None
    )
    if attacker is not None and attacker.proper and attacker.span != count.by.span:
        count.victim = attacker


def _in_full(name: Name | None, parts: Sequence[Part], role: ActorRole) -> Name | None:
    """A bare "fighters" is the one named party of its side in that role."""
    if name is None or name.proper or name.side not in {"armed", "state"}:
        return name
    if any(part.name.span == name.span for part in parts):
        return name
    same = [p.name for p in parts if p.role == role and p.name.side in {name.side, "name"}]
    return same[0] if len(same) == 1 and same[0].proper else name


def draft_count(count: Count, text: str, lexicon: Lexicon) -> CountDraft:
    """The count in draft form."""
    scope: QuantityScope = "event"
    if count.reading.has(lexicon.phrases["aggregate"]):
        scope = "cumulative"
    return CountDraft(
        quote=text[count.number.span.start : count.number.span.end][:200],
        kind=count.kind,
        victim=_words(count.victim, text),
        inflicted_by=_words(count.by, text),
        scope=scope,
    )


def _words(name: Name | None, text: str) -> str | None:
    return text[name.span.start : name.span.end][:200] if name else None
