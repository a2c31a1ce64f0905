"""Which sentences tell of a happening, of what type, and how sure code is of it.

Small models call nearly everything an event, so code carries precision: it keeps what is
plainly told, drops what is plainly not a happening, and leaves only the middle to a question.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from dateline.asking.guided.lexicon import words_of
from dateline.asking.guided.weighing import weigh

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from dateline.asking.guided.hits import Hit
    from dateline.asking.guided.lexicon import Lexicon
    from dateline.asking.guided.reading import Reading
    from dateline.asking.guided.types import TypeMap
    from dateline.records.vocabulary import EventStatus

SURE = 3.5
"""Evidence from which a happening is kept without a question."""
LIKELY = 2.5
"""Evidence under which code's own guess is that nothing happened."""
DOUBTFUL = 2.0
"""Evidence under which a sentence is dropped without a question."""

_LARGE_TOLL = 1000
"""A toll this high is nearly always a total over many incidents."""
_WARS = words_of(
    """
    conflict war insurgency violence crisis campaign hostilities
    """
)
_FOILING = frozenset({"foil", "thwart"})
_TOLLS = words_of(
    """
    killed wounded captured casualties_combined abducted arrested participants
    """
)


@dataclass(slots=True)
class Happening:
    """One happening as one sentence tells it, before sentences about the same one are joined."""

    reading: Reading
    hits: list[Hit]
    status: EventStatus
    ranked: list[tuple[str, float]]
    confidence: float
    anaphoric: bool = False
    background: bool = False
    aside: bool = False
    """Whether it is told by the way, in a clause with a day of its own."""
    type: str = ""
    happened: bool = True
    extra: list[Reading] = field(default_factory=list)

    @property
    def head(self) -> Hit:
        """The trigger that carries the sentence: an asserted verb before a noun before a goal."""
        return max(self.hits, key=_weight)

    @property
    def is_toll(self) -> bool:
        """Whether the sentence only counts the harmed and names no place of its own."""
        harm = all(hit.entry.family == "harm" for hit in self.hits)
        return harm and bool(self.reading.numbers) and not self.reading.wheres

    @property
    def finished(self) -> bool:
        """Whether it is told as one thing that is over, not as going on since some time."""
        words = self.reading.words
        return not (self.head.progressive or self.head.present or "since" in words)

    @property
    def margin(self) -> float:
        """How far the best type is ahead of the second."""
        if len(self.ranked) < 2:
            return self.ranked[0][1] if self.ranked else 0.0
        return self.ranked[0][1] - self.ranked[1][1]


def find_happenings(
    reading: Reading,
    lexicon: Lexicon,
    types: TypeMap,
    *,
    triggers: Sequence[Hit] | None = None,
    weigher: Callable[[Reading, list[Hit]], dict[str, float]] = weigh,
    least: float = DOUBTFUL,
) -> list[Happening]:
    """Return what a sentence may tell of: at most one thing that occurred, and one that did not.

    Args:
        triggers: the triggers to read it by; those that decide on questions unless given.
        weigher: how much they say for each type.
        least: evidence under which nothing is told of.
    """
    told = [hit for hit in (reading.hits if triggers is None else triggers) if not hit.goal]
    _foiled(told)
    found = []
    for irrealis in (False, True):
        hits = [hit for hit in told if hit.irrealis is irrealis]
        if irrealis:
            hits = [hit for hit in hits if hit.status != "hypothetical"]
        happening = _happening(reading, hits, lexicon, types, weigher) if hits else None
        if happening is not None and happening.confidence >= least:
            found.append(happening)
    return found


def _happening(
    reading: Reading,
    hits: list[Hit],
    lexicon: Lexicon,
    types: TypeMap,
    weigher: Callable[[Reading, list[Hit]], dict[str, float]],
) -> Happening | None:
    head = max(hits, key=_weight)
    if all(hit.entry.family == "means" and hit.use == "mentioned" for hit in hits):
        return None
    status = head.status
    weights = weigher(reading, hits)
    confidence = _confidence(reading, hits, head, lexicon)
    happening = Happening(reading, hits, status, types.rank(weights), confidence)
    happening.anaphoric = _anaphoric(reading, hits, head, lexicon)
    happening.background = _background(reading, head, lexicon)
    if happening.ranked:
        happening.type = happening.ranked[0][0]
    return happening


def _foiled(told: list[Hit]) -> None:
    """Foiling and what was foiled are one happening: an attempt."""
    foils = [hit for hit in told if hit.entry.lemma in _FOILING and not hit.irrealis]
    if foils and any(hit not in foils for hit in told):
        for hit in told:
            if hit in foils or hit.status == "planned" or hit.form == "noun":
                hit.status = "attempted"


def _weight(hit: Hit) -> float:
    use = {
        "finite": 3.0,
        "carried": 2.5,
        "participle": 2.0,
        "reduced": 1.5,
        "mentioned": 1.0,
        "modifier": 0.0,
    }
    bonus = 0.2 if hit.entry.family != "harm" else 0.0
    return use[hit.use] + bonus - 1.5 * hit.relative - 1.0 * hit.pluperfect


def _confidence(reading: Reading, hits: list[Hit], head: Hit, lexicon: Lexicon) -> float:
    score = {
        "finite": 2.0,
        "carried": 2.0,
        "participle": 1.0,
        "reduced": 1.0,
        "mentioned": 0.5,
        "modifier": 0.0,
    }[head.use]
    if head.entry.family in {"destroy", "move", "accord"} or head.entry.types == {}:
        score -= 0.5
    peopled = [n for n in reading.numbers if n.kind in _TOLLS]
    if peopled or any(n.unknown for n in reading.numbers):
        score += 1.0
    if any(when.fine for when in reading.whens) or any(
        w in lexicon.groups["time_words"] for w in reading.words
    ):
        score += 1.0
    if reading.wheres:
        score += 0.5
    if any(name.proper for name in reading.names):
        score += 0.5
    if len(hits) > 1:
        score += 0.5
    if reading.zone == "headline" and head.use in {"finite", "carried", "reduced"}:
        score += 0.5
    if head.relative:
        score -= 1.5
    if head.pluperfect:
        score -= 0.5
    if head.progressive and not reading.whens:
        score -= 1.0
    if head.present and reading.zone not in {"headline", "standfirst"}:
        score -= 1.5
    if any(word in lexicon.groups["generic"] for word in reading.words):
        score -= 1.5
    if reading.has(lexicon.phrases["aggregate"]):
        score -= 1.0
    if any(n.low is not None and n.low >= _LARGE_TOLL for n in peopled):
        score -= 1.0
    if head.irrealis:
        score += 0.5
    if head.form != "noun" and _WARS & set(reading.words[max(0, head.chain - 4) : head.chain]):
        score -= 2.0
    if reading.words[-1] == "?":
        score -= 2.0
    return score


def _anaphoric(reading: Reading, hits: list[Hit], head: Hit, lexicon: Lexicon) -> bool:
    """Whether "the blast" carries or opens the sentence, or "finally" makes it go on."""
    if reading.has_opening(lexicon.phrases["continuing"]):
        return True
    foiled = head.entry.lemma in _FOILING
    for hit in hits:
        if hit.form != "noun" or not (hit is head or hit.first <= 3 or foiled):
            continue
        # "The rebel attack was foiled" means the attack that the text told of before.
        before = reading.words[max(0, hit.first - (4 if foiled else 2)) : hit.first]
        if any(word in lexicon.groups["anaphors"] for word in before):
            return True
    return False


def _background(reading: Reading, head: Hit, lexicon: Lexicon) -> bool:
    if head.pluperfect and head.relative:
        return True
    if any(when.far for when in reading.whens) and not any(w.fine for w in reading.whens):
        return True
    if reading.words[0] == "since" and not head.irrealis:
        return True
    return reading.has(lexicon.phrases["background"])
