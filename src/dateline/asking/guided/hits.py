"""One trigger in use, and whether it happened: read from auxiliaries and governing words."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from dateline.asking.guided.function_words import SUBORDINATE, WILL, WOULD
from dateline.asking.guided.lexicon import Entry, Form, Lexicon, words_of

if TYPE_CHECKING:
    from dateline.records.vocabulary import EventStatus

Use = Literal["finite", "participle", "reduced", "carried", "mentioned", "modifier"]
"""``carried`` nouns hang on a light verb, ``mentioned`` ones stand alone, ``reduced`` participles
modify a noun ("soldiers killed in the clash"), ``modifier`` nouns modify another noun."""
_OCCURRING = words_of(
    """
    managed manage able began begun started continued continue went proceeded forced used came
    """
)


@dataclass(slots=True)
class Hit:
    """One trigger in use. ``first`` and ``last`` are token positions, ``last`` exclusive;
    ``chain`` is where the verb group begins."""

    entry: Entry
    form: Form
    first: int
    last: int
    chain: int
    use: Use
    passive: bool = False
    status: EventStatus = "occurred"
    pluperfect: bool = False
    present: bool = False
    progressive: bool = False
    relative: bool = False
    goal: bool = False
    carrier: str = ""
    """The light verb that carries a noun, lower case."""

    @property
    def irrealis(self) -> bool:
        """Whether the words tell of something that did not, or not yet, happen."""
        return self.status != "occurred"


def set_mood(hit: Hit, words: list[str], chain: int, at: int, lexicon: Lexicon) -> None:
    """Set the status of a verb from its auxiliaries and from what governs its infinitive."""
    groups = lexicon.groups
    group = words[chain:at]
    before = words[max(0, chain - 7) : chain]
    negated = any(word in groups["negation"] or word.endswith("n't") for word in group)
    if "to" in group:
        _infinitive(hit, [*before, *group[: len(group) - 1 - group[::-1].index("to")]], lexicon)
    elif any(word in WILL for word in group):
        hit.status = "planned"
    elif any(word in WOULD for word in group):
        hit.status = "hypothetical"
    elif hit.form == "ing" and not hit.progressive and before:
        if before[-1] in {"of", "for", "from", "before", "against", "without"}:
            governor = [
                w for w in before[-4:] if w in groups["planned"] or w in groups["attempted"]
            ]
            _infinitive(hit, governor or before, lexicon)
        elif before[-1] in {"denied", "denies", "denying"}:
            hit.status = "denied"
    if negated and hit.status == "occurred":
        hit.status = "denied"
    if hit.status == "occurred" and any(word in SUBORDINATE for word in words[:chain][-8:]):
        hit.status = "hypothetical"


def _infinitive(hit: Hit, before: list[str], lexicon: Lexicon) -> None:
    groups = lexicon.groups
    for word in reversed(before[-7:]):
        if word in {",", ";", ".", "“", "”"}:
            break
        if word in _OCCURRING:
            return
        if word in groups["goal"]:
            hit.goal = True
            return
        if word in groups["attempted"]:
            hit.status = "attempted"
            return
        if word in groups["foiled"]:
            hit.status = "attempted"
            return
        if word in groups["planned"]:
            hit.status = "planned"
            return
    hit.goal = True


def set_noun_mood(hit: Hit, words: list[str], at: int, lexicon: Lexicon) -> None:
    """A noun after "planned", "foiled" or "threat of" is no occurrence."""
    groups = lexicon.groups
    for word in words[max(0, at - 4) : at]:
        if word in {",", ";"}:
            continue
        if (
            word in groups["planned"] - {"set", "about", "expected", "due", "ready"}
            and hit.use != "carried"
        ) or word in {"planned", "possible", "impending", "imminent", "threatened", "potential"}:
            hit.status = "planned"
        elif word in groups["foiled"] or word in {"attempted", "failed", "botched"}:
            hit.status = "attempted"
    if hit.status == "occurred" and any(w in SUBORDINATE for w in words[max(0, at - 8) : at]):
        hit.status = "hypothetical"
