"""Noun phrases beside a verb whose subject or object can only be people.

The lists of words for people are short; "a Dolan shepherdess was shot" names one all the same.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from dateline.asking.guided.function_words import AUX, DETERMINERS, PREPOSITIONS, RELATIVE
from dateline.asking.guided.lexicon import words_of
from dateline.asking.guided.names import Name
from dateline.resolution.number_words import SCALES, SMALL, TENS
from dateline.spans import Span

if TYPE_CHECKING:
    from dateline.asking.guided.reading import Reading

_LONGEST = 6
_MOST = 4
_NO_ADVERBS = frozenset({"family", "assembly", "supply", "ally"})
"""Nouns that a walk over adverbs in "-ly" passes by."""
_ABSTRACT = ("ly", "ing", "tion", "ment", "ness")
_BODIES = words_of(
    "movement government regiment parliament detachment delegation coalition faction"
)
_ARMED = frozenset({"armed", "unarmed", "wounded", "displaced", "masked", "hooded", "retired"})
_OF_SOME = words_of(
    "member members group employee employees resident residents man men woman women"
)
_ABOUT = words_of("at least more than about some around nearly almost up to as many")
_STOPS = (
    PREPOSITIONS
    | RELATIVE
    | AUX
    | words_of(
        """
        and or but nor when while as if because so then also had has have was were is are be not
        said says told it he she they we i you him her them us nobody somebody someone anyone
        everyone everybody none who what there one another others least most more than named called
        known about around some nearly almost only up down out
        began begun started continued still either neither ceased stopped off away back over
        """
    )
)
_COUNTING = frozenset(
    {*SMALL, *TENS, *SCALES, "dozen", "dozens", "scores", "several", "many", "few"}
)
_NO_ONE = words_of(
    """
    attack attacks blast explosion fire shooting raid clash clashes violence fighting bomb bombs
    rocket rockets shell shells missile missiles mortar mortars drone drones bullet bullets strike
    strikes airstrike airstrikes police-station house houses home homes car cars vehicle vehicles
    village villages town building buildings bridge road operation incident incidents war conflict
    yesterday today week month year day night morning evening afternoon case report reports number
    total toll figure rest mine mines ambush storm flood quake body bodies dead wounded others both
    life lives death deaths injury injuries time times people's place gun guns sheep cattle goats
    cows camels livestock horses animals dogs herd herds two-thirds one-third three-quarters
    """
)


def phrase_before(reading: Reading, position: int) -> Name | None:
    """The noun phrase that ends before a verb group, out of the prepositions that hang on it."""
    words = reading.words
    end = position
    while end < len(words) and words[end] in _NO_ADVERBS:
        end += 1
    while end and (
        words[end - 1] in {"all", "both", "also", "each", "reportedly", "later", "then"}
    ):
        end -= 1
    tail = end
    for _ in range(3):
        start = end
        while start and end - start < _LONGEST and _inside(reading, start - 1):
            start -= 1
        ahead = start - 1
        while ahead >= 0 and _counts(reading, ahead):
            ahead -= 1
        if ahead > 0 and words[ahead] in PREPOSITIONS:
            tail = tail if words[ahead] == "of" else ahead
            end = ahead
            continue
        if tail > end and words[end - 1] in _OF_SOME:
            return Name(
                Span(reading.tokens[start].start, reading.tokens[tail - 1].end),
                start, tail, "civilian", any(t.is_name for t in reading.tokens[end:tail]),
            )  # fmt: skip
        return _person(reading, start, end)
    return None


def listed_before(reading: Reading, position: int) -> list[Name]:
    """The subject of a verb group with those that are listed before it, in order."""
    found: list[Name] = []
    at = position
    while len(found) < _MOST and (name := phrase_before(reading, at)) is not None:
        found.insert(0, name)
        ahead = name.first - 1
        while ahead >= 0 and _counts(reading, ahead):
            ahead -= 1
        if ahead < 1 or reading.words[ahead] not in {"and", ","} or name.last != at:
            break
        at = ahead - (reading.words[ahead - 1] == ",")
        if not _inside(reading, at - 1) or (reading.words[ahead] == "," and len(found) < 2):
            break
    return found


def _counts(reading: Reading, at: int) -> bool:
    word = reading.words[at]
    return (
        word in DETERMINERS
        or word in _COUNTING
        or word.split("-")[0] in TENS
        or reading.tokens[at].text[0].isdigit()
    )


def phrase_after(reading: Reading, position: int) -> Name | None:
    """The noun phrase that begins after a verb, without its determiner and number."""
    words, tokens = reading.words, reading.tokens
    start = position
    while (
        start < len(tokens)
        and start - position < 5
        and (_counts(reading, start) or words[start] in _ABOUT)
    ):
        start += 1
    end = start
    while end < len(tokens) and end - start < _LONGEST and _inside(reading, end):
        end += 1
    return _person(reading, start, end)


def _inside(reading: Reading, at: int) -> bool:
    token = reading.tokens[at]
    if not token.is_word and token.text != "-":
        return False
    return token.lower not in _STOPS and not _counts(reading, at)


def _holds_verb(reading: Reading, start: int, end: int) -> bool:
    """Whether a verb stands inside: "police fired tear gas"; "two hired gunmen" holds none."""
    return any(
        words.endswith("ed") and words not in _ARMED for words in reading.words[start + 1 : end]
    )


def _person(reading: Reading, start: int, end: int) -> Name | None:
    if end <= start or _holds_verb(reading, start, end):
        return None
    head = reading.words[end - 1]
    if head in _NO_ONE or len(head) < 3 or (head.endswith(_ABSTRACT) and head not in _BODIES):
        return None
    tokens = reading.tokens
    for at in range(start, min(end - 1, start + 3)):
        if reading.words[at] == "old" or reading.words[at].endswith("-old"):
            start = at + 1  # "a 19-year-old conscript"
            break
    if tokens[start].text == "-":
        return None
    span = Span(tokens[start].start, tokens[end - 1].end)
    known = [n for n in reading.names if n.first < end and n.last > start]
    if known:
        name = known[-1]
        if name.last < end:
            return Name(span, start, end, "civilian", name.proper)
        if name.first <= start:
            return name
        return Name(Span(span.start, name.span.end), start, name.last, name.side, name.proper)
    if any(where.span.overlaps(span) for where in reading.wheres):
        return None
    if any(start <= hit.first < end for hit in reading.told):
        return None
    proper = any(token.is_name for token in tokens[start:end]) and start > 0
    return Name(span, start, end, "civilian", proper)
