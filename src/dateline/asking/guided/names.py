"""Who and what is named in a sentence: runs of capitalised words and of words for groups.

The candidates are the choices for "who did it"; what an actor is called across the article is
the business of ``dateline.resolution.actors``.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal, NamedTuple

from dateline.asking.guided.lexicon import words_of
from dateline.resolution.gazetteer import load_gazetteer
from dateline.resolution.name_patterns import NOT_NAMES, ORGANISATION_HEADS
from dateline.resolution.number_words import SCALES, SMALL, TENS
from dateline.spans import Span

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from dateline.asking.guided.lexicon import Lexicon
    from dateline.asking.guided.tokens import Token

Side = Literal["state", "armed", "civilian", "protester", "rioter", "name"]

_MODIFIERS = words_of(
    """
    armed unidentified unknown suspected local government security special paramilitary riot
    federal islamist jihadist islamic national regional tribal joint allied military naval
    border coast air foreign masked pro-government anti-government popular ethnic rival rebel
    insurgent separatist militant militia police army opposition regime counter-terrorism elite
    young elderly unarmed state civil plainclothes motorcycle-riding extremist terrorist alleged
    student farm factory aid
    """
)
_LINKS = frozenset({"of", "the", "al", "el", "bin", "ibn", "for", "de", "la", "and"})
_NOT_HERE = NOT_NAMES | words_of(
    """
    according photo speaking noting to of about over under near around
    """
)
_ACRONYMS_TOO = frozenset({"IS", "US", "WHO"})
_NUMBERS = frozenset({*SMALL, *TENS, *SCALES})


_VERBS_BEHIND = words_of("said says has have had was were is are will would told also")
_REBEL_NAMES = words_of(
    """
    front movement resistance jihad caliphate state brigades faction militia
    """
)


class Name(NamedTuple):
    """One candidate: its span, the side its head noun tells of, and whether it is a proper name."""

    span: Span
    first: int
    last: int
    """Token positions, ``last`` exclusive."""
    side: Side
    proper: bool


def find_names(
    tokens: Sequence[Token], lexicon: Lexicon, *, is_place: Callable[[Span], bool]
) -> list[Name]:
    """Return the actor candidates of a sentence in order. Pure place names are left out."""
    found: list[Name] = []
    at = 0
    while at < len(tokens):
        if not _opens(tokens, at, lexicon):
            at += 1
            continue
        end = at + 1
        while end < len(tokens) and end - at < 12:
            if _nominal(tokens[end], lexicon):
                end += 1
            elif (
                tokens[end].text == "-"
                and end + 1 < len(tokens)
                and tokens[end].start == tokens[end - 1].end
            ):
                end += 2
            elif (skip := _link(tokens, end, lexicon)) is not None:
                end = skip
            else:
                break
        end = min(end, len(tokens))
        name = _judge(tokens, at, end, lexicon, is_place)
        if name is not None:
            found.append(name)
        at = end
    return found


def _nominal(token: Token, lexicon: Lexicon) -> bool:
    if not token.is_word or token.lower == "":
        return False
    if token.lower in _NUMBERS or token.lower.split("-")[0] in TENS:
        return False
    if token.is_name:
        return token.lower not in _NOT_HERE or token.text in _ACRONYMS_TOO
    return token.lower in _MODIFIERS or side_of(token.lower, lexicon) is not None


def _opens(tokens: Sequence[Token], at: int, lexicon: Lexicon) -> bool:
    token = tokens[at]
    if not _nominal(token, lexicon):
        return False
    if at == 0 and token.is_name and len(tokens) > 1:
        known = side_of(token.lower, lexicon) is not None or token.lower in _MODIFIERS
        second = tokens[1].lower
        follows = _nominal(tokens[1], lexicon) or token.text.isupper() or second in {"of", "'s"}
        return known or follows or second in _VERBS_BEHIND or second.endswith("ed")
    return True


def _link(tokens: Sequence[Token], at: int, lexicon: Lexicon) -> int | None:
    """Skip "of the", "al" between parts of one name; None where the name ends."""
    end = at
    while end < len(tokens) and end - at < 2 and tokens[end].lower in _LINKS - {"and", "for"}:
        end += 1
    if end == at or end >= len(tokens):
        return None
    nominal = _nominal(tokens[end], lexicon) and tokens[end].is_name
    return (
        end + 1
        if nominal and tokens[at].lower in {"of", "al", "el", "bin", "ibn", "de", "la"}
        else None
    )


def _judge(
    tokens: Sequence[Token],
    at: int,
    end: int,
    lexicon: Lexicon,
    is_place: Callable[[Span], bool],
) -> Name | None:
    words = tokens[at:end]
    while words and words[-1].is_mark:
        words = words[:-1]
    if not words:
        return None
    span = Span(words[0].start, words[-1].end)
    end = at + len(words)
    sides = [side_of(word.lower, lexicon) for word in words]
    head = next((side for side in reversed(_before_of(words, sides)) if side), None)
    proper = any(word.is_name for word in words)
    if head is None:
        if not proper or is_place(span) or _only_place_or_people(words):
            return None
        acronym = len(words) == 1 and words[0].text.isupper() and len(words[0].text) > 1
        organisation = any(word.lower in ORGANISATION_HEADS for word in words)
        if not (acronym or organisation or len(words) > 1 or words[0].is_name):
            return None
        rebels = len(words) > 1 and words[-1].lower in _REBEL_NAMES
        return Name(span, at, end, "armed" if rebels else "name", proper=True)
    return Name(span, at, end, head, proper)


def _only_place_or_people(words: Sequence[Token]) -> bool:
    """A known town or region, or a bare "Iraqi", acts in no event; a country may."""
    gazetteer = load_gazetteer()
    printed = " ".join(word.text for word in words)
    if len(words) == 1 and gazetteer.is_people(printed):
        return True
    places = gazetteer.lookup(printed)
    return bool(places) and all(place.type != "country" for place in places)


def _before_of(words: Sequence[Token], sides: list[Side | None]) -> list[Side | None]:
    for i, word in enumerate(words):
        if word.lower == "of" and any(sides[:i]):
            return sides[:i]
    return sides


def side_of(word: str, lexicon: Lexicon) -> Side | None:
    """Which side a word tells of; None for words that name no people."""
    groups = lexicon.groups
    if word in groups["protester"]:
        return "protester"
    if word in groups["armed"]:
        return "armed"
    if word in groups["state"]:
        return "state"
    if word in groups["rioter"]:
        return "rioter"
    if word in groups["civilian"]:
        return "civilian"
    return None
