"""What a number is a number of: the counted noun after it and the verbs around it.

The rules are general: a thing that is counted says its own kind ("89 villages"), a measure says
it by its unit, and people are counted by what happened to them, told by the nearest verb that has
them as its object. Where verbs disagree or say nothing, the answer is None.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from dateline.records.vocabulary import QuantityKind
from dateline.resolution.counted_nouns import NOUN_CLASSES, PERSON_CLASSES, NounClass
from dateline.resolution.number_words import alternation, word_set
from dateline.resolution.units import Measure

MEASURED: dict[Measure, QuantityKind] = {
    "percent": "percent",
    "area": "area",
    "distance": "distance",
    "duration": "duration",
    "money": "money",
}
"""Units that settle the kind on their own; a percentage is never a toll."""

_CUE_WORDS: dict[QuantityKind, tuple[str, ...]] = {
    "killed": (
        "killed", "kill", "kills", "killing", "dead", "died", "die", "dies", "dying", "slain",
        "slaying", "executed", "executing", "beheaded", "massacred", "assassinated", "murdered",
        "murdering", "perished", "martyred", "fatally", "bodies", "deaths", "death", "fatalities",
        "lost", "lives", "eliminated", "eliminating", "slaughtered", "drowned", "lynched", "hanged",
    ),
    "wounded": (
        "wounded", "wound", "wounds", "wounding", "injured", "injure", "injures", "injuring",
        "injuries", "hurt", "hurting", "maimed", "maiming", "hospitalized", "hospitalised",
    ),
    "casualties_combined": (
        "casualties", "casualty", "neutralized", "neutralised", "neutralizing", "neutralising",
    ),
    "captured": (
        "captured", "capture", "captures", "capturing", "surrendered", "taken prisoner",
        "took prisoner", "prisoner",
    ),
    "arrested": (
        "arrested", "arrest", "arrests", "arresting", "detained", "detain", "detaining", "jailed",
        "jailing", "rounded up", "custody", "apprehended", "imprisoned",
    ),
    "abducted": (
        "abducted", "abduct", "abducting", "kidnapped", "kidnap", "kidnapping", "hostage",
        "kidnaped", "hostages",
    ),
    "missing": ("missing", "disappeared", "unaccounted", "vanished"),
    "displaced": (
        "displaced", "displacing", "displace", "fled", "flee", "fleeing", "uprooted", "homeless",
        "evacuated", "evacuating", "left their homes", "from their homes", "displacement",
    ),
    "released": (
        "released", "releasing", "release", "freed", "freeing", "rescued", "rescuing", "rescue",
    ),
    "participants": (
        "marched", "march", "marching", "gathered", "gather", "gathering", "rallied", "rally",
        "protested", "protesting", "demonstrated", "demonstrating", "took part", "taking part",
        "attended", "attending", "turned out", "took to the streets", "chanted", "participate",
        "participated", "joined",
    ),
    "personnel": (
        "deployed", "deploy", "deploying", "stationed", "dispatched", "mobilised", "mobilized",
        "sent",
    ),
}  # fmt: skip
_CUES: dict[str, QuantityKind] = {
    word: kind for kind, words in _CUE_WORDS.items() for word in words
}
_CUE = re.compile(rf"\b{alternation(_CUES)}\b")
_DEAD = r"(?:killed|dead|slain|died|killing|deaths|kill)"
_HURT = r"(?:wounded|injured|hurt|wounding|injuring|injuries|wound|injure)"
_WITH = r"(?:,? (?:and|or|and/or) (?:were |been |have been )?|/| & |, )"
_COMBINED = re.compile(rf"\b(?:{_DEAD}{_WITH}{_HURT}|{_HURT}{_WITH}{_DEAD})\b")
_BOUNDARY = re.compile(r"[.;:!?\n](?=\s|$)|[\"“”]|\bwhile\b|\bbut\b|\bwhereas\b")
_BLOCKS_BEFORE = re.compile(
    r"\b(?:by|when|as|after|before|who|which|where|that|with|using|at|from|near|during|against"
    r"|in|on|of|since|if|because|located|than|to)\b"
)
_SUBSET = re.compile(r"\b(?:including|among (?:them|whom)|of (?:them|whom)|namely)\b")
_BLOCKS_AFTER = re.compile(
    r"\b(?:by|when|after|before|as|where|because|if|to|against|said|says|told|that)\b"
)
_PASSIVE = re.compile(
    r"\b(?:were|was|been|being|be|are|is|get|got|reported|reportedly|confirmed|feared|left|lay|lie)\b"
)
_OBJECT = re.compile(
    r" (?:\d|the |a |an |its |their |his |her |some |at least |more than |over |about |around "
    r"|nearly |up to |one |two |three |four |five |six |seven |eight |nine |ten |dozens |hundreds "
    r"|several |scores |many |civilians|people|soldiers|members"
    r"|and (?:wound|injur|kill|captur)\w+ (?:\d|at ))"
)
_TRANSITIVE: frozenset[str] = frozenset(
    {"killed", "wounded", "captured", "arrested", "abducted", "displaced", "released", "personnel"}
)
_ANIMALS = word_set(
    "sheep goat goats cattle cow cows camel camels animal animals livestock bird birds horse "
    "horses dog dogs chickens"
)
_PLURAL = re.compile(r"[^s'’u]s$")
_NO_PLURALS = word_set("this crisis basis analysis paris towards always perhaps")
_VERBS_FIRST: frozenset[NounClass] = PERSON_CLASSES | {"captured", "abducted", "displaced"}

_WORD = re.compile(r"([ \u00a0\n-])([^\W\d_]+(?:['’-][^\W\d_]+)*)")
_OF = re.compile(r"(?: of)?(?: (?:the|its|their|his|her|these|those|our|all))?(?= )")
_STOP = word_set(
    "were was are is be been being have has had will would could can may might must did do does "
    "in on at by from to with for of and or but as after before when while who whom which that "
    "than into over under near during since until the a an its their his her this these those "
    "also not including said says told about around between among against where there he she "
    "they it we i per each every within without across along through out off up down so if "
    "because left remain remained according inside outside"
)


class Head(NamedTuple):
    """The counted noun; ``end`` is the offset behind it, ``noun`` None where none is known."""

    noun: str | None
    noun_class: NounClass | None
    end: int


def head_noun(low: str, end: int) -> Head:
    """Find the noun that a number ending at ``end`` counts, within the next six words."""
    position = end
    skip = _OF.match(low, end)
    if skip is not None:
        position = skip.end()
    known: Head | None = None
    fallback: Head | None = None
    for count in range(6):
        match = _WORD.match(low, position)
        if match is None:
            break
        word = match.group(2)
        noun_class = NOUN_CLASSES.get(word)
        if word in _STOP or (count and word in _CUES and noun_class in {None, "killed", "wounded"}):
            break
        position = match.end()
        if noun_class is not None and not (
            count == 0 and word in _CUES and _noun_follows(low, position)
        ):
            known = Head(word, noun_class, position)
            if word.endswith(("s", "men", "women", "people", "children", "them", "personnel")):
                break
        elif known is not None:
            break
        elif word not in _CUES:
            if word in _ANIMALS:
                return Head(word, None, position)
            if len(word) > 3 and _PLURAL.search(word) and word not in _NO_PLURALS:
                fallback = Head(word, None, position)
    return known or fallback or Head(None, None, end)


def _noun_follows(low: str, position: int) -> bool:
    """Whether the word here is an adjective: "16 wounded soldiers"."""
    match = _WORD.match(low, position)
    return match is not None and match.group(2) in NOUN_CLASSES and match.group(2) not in _CUES


def kind_of(
    before: str, head: Head, after: str, measure: Measure | None, *, reach: int | None = None
) -> QuantityKind | None:
    """Guess the kind of a number.

    Args:
        before: lower-case text before the number and its comparator, from the last number on.
        head: the counted noun.
        after: lower-case text after the number.
        measure: what the number's unit measures.
        reach: how many characters of ``after`` stand before the next number; all when None.
    """
    if measure is not None:
        return MEASURED.get(measure)
    noun_class = head.noun_class
    if noun_class is not None and noun_class not in _VERBS_FIRST:
        if noun_class in {"killed", "wounded"} and _COMBINED.match(after.lstrip()):
            return "casualties_combined"
        return noun_class  # type: ignore[return-value]  # all other classes are kinds
    if head.noun in _ANIMALS:
        return None
    cue = _cue(_clause_end(before), _clause_start(after), len(after) if reach is None else reach)
    if cue in {None, "participants"}:
        if noun_class == "forces":
            return "personnel"
        if noun_class in {"captured", "abducted", "displaced", "participants"}:
            return noun_class
    if cue == "personnel" and noun_class not in {"forces", None}:
        return None
    return cue


def _clause_end(before: str) -> str:
    boundary = _last(_BOUNDARY, before)
    return before[boundary.end() :] if boundary else before


def _last(pattern: re.Pattern[str], text: str) -> re.Match[str] | None:
    matches = list(pattern.finditer(text))
    return matches[-1] if matches else None


def _clause_start(after: str) -> str:
    match = _BOUNDARY.search(after)
    return after[: match.start()] if match else after


def _cue(before: str, after: str, reach: int) -> QuantityKind | None:
    following = _CUE.search(after, 0, min(reach, len(after)))
    if following is not None and not _reaches_back(after, following):
        following = None
    preceding = _last(_CUE, before)
    between = before[preceding.end() :] if preceding else ""
    if preceding is not None and not _reaches_on(preceding.group(), between):
        preceding = None
    if following is not None and preceding is not None:
        passive = _PASSIVE.search(after, 0, following.start())
        close = between.count(" ") <= 1 and "," not in between and " and" not in between
        if close and not passive:
            following = None
        else:
            preceding = None
    if following is not None:
        kind = _CUES[following.group()]
        if kind in {"killed", "wounded"}:
            combined = _COMBINED.match(after, following.start())
            return "casualties_combined" if combined else kind
        return kind
    if preceding is not None:
        kind = _CUES[preceding.group()]
        if kind in {"killed", "wounded"}:
            start = max(0, preceding.start() - 30)
            for combined in _COMBINED.finditer(before, start):
                if combined.end() >= preceding.end():
                    return "casualties_combined"
        return kind
    return None


def _reaches_back(after: str, cue: re.Match[str]) -> bool:
    """Whether a verb behind the number says what happened to those counted."""
    between = after[: cue.start()]
    if not between.strip():
        return True  # "16 wounded soldiers", "12 killed in raid"
    if len(between) > 90 or (_BLOCKS_AFTER.search(between) and not _PASSIVE.search(between[-22:])):
        return False
    word = cue.group()
    kind = _CUES[word]
    if kind in _TRANSITIVE and word.endswith("ing") and word != "dying":
        return False
    if word == "lost":
        return after.startswith(" their lives", cue.end())
    if kind in _TRANSITIVE and not _PASSIVE.search(between):
        return word in {"died", "die", "dies", "dead", "fled", "flee"} or not _OBJECT.match(
            after, cue.end()
        )
    return True


def _reaches_on(word: str, between: str) -> bool:
    """Whether a verb before the number has the counted as its object."""
    if len(between) > 90:
        return False
    between = between.removeprefix(" of")  # "the bodies of 15 men"
    if _SUBSET.search(between):
        return True
    if _CUES[word] == "participants":
        return False
    if word in {"death", "deaths", "fatalities", "casualties", "injuries"}:
        return between.count(" ") <= 6 and not re.search(r"\b(?:by|when|after|who)\b", between)
    return between.count(" ") <= 5 and not _BLOCKS_BEFORE.search(between)
