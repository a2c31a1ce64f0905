"""What the words of an actor's printed name say: a person or not, whose, of what kind."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from dateline.resolution.gazetteer import load_gazetteer
from dateline.resolution.groups import KINDS, MEMBERS, kind_of_group
from dateline.resolution.name_forms import bare_name, is_acronym, word_set
from dateline.resolution.name_patterns import ORGANISATION_HEADS
from dateline.resolution.titles import split_person

if TYPE_CHECKING:
    from collections.abc import Iterator

    from dateline.records.vocabulary import ActorKind

_PARTICLES = word_set(
    "al el abu bin bint ibn de del della di da dos van von der den ter la le ul ag ould"
)


@lru_cache(maxsize=4096)
def member_of(form: str) -> str | None:
    """Return the organisation in "RSF fighters" or "the Kilo group", None where there is none."""
    rest, space, last = form.rpartition(" ")
    if not space or last not in MEMBERS or not rest:
        return None
    rest = bare_name(rest)
    last = rest.rpartition(" ")[2]
    bare = last[3:] if last[:3] in ("al-", "el-") else last
    if not bare[:1].isupper() or load_gazetteer().is_people(last):
        return None
    return rest


@lru_cache(maxsize=4096)
def is_personal(form: str) -> bool:
    """Whether a printed form may be a person's full name: two or more capitalised words, no
    organisation's noun, no place."""
    words = form.split()
    if not 2 <= len(words) <= 6 or is_acronym(words[-1]):
        return False
    for word in words:
        bare = word[3:] if word[:3] in ("al-", "el-") else word
        if not bare[:1].isupper() and word.lower() not in _PARTICLES:
            return False
    lowered = [word.lower() for word in words]
    if not ORGANISATION_HEADS.isdisjoint(lowered) or not KINDS.keys().isdisjoint(lowered):
        return False
    gazetteer = load_gazetteer()
    if gazetteer.lookup(form) or gazetteer.is_people(words[0]):
        return False
    last = words[-1]
    if last[:3] in ("al-", "Al-"):
        return True
    return not gazetteer.lookup(last) and not gazetteer.is_people(last)


@lru_cache(maxsize=4096)
def kind_of_actor(name: str) -> ActorKind | None:
    """Return the ACLED kind that the name's own words state, else None.

    "Kenyan Army" are state forces; whose army the "Kilo Liberation Army" is, its name does not say.
    """
    words = name.split()
    if not words:
        return None
    if len(words) > 1 and words[-1][:1].isupper() and country_of_actor(name) is None:
        return None
    return kind_of_group(name)


@lru_cache(maxsize=4096)
def country_of_actor(name: str) -> str | None:
    """Return the country that a name begins with ("South Sudanese army"), else None."""
    words = name.split()
    gazetteer = load_gazetteer()
    for count in (2, 1, len(words)):
        if count <= len(words) and (code := gazetteer.country_of(" ".join(words[:count]))):
            return code
    return None


def surname_of(whole: str) -> str:
    """The last name with its particles: "al-Amin", "van der Berg"."""
    words = whole.split()
    at = len(words) - 1
    while at > 1 and words[at - 1].lower() in _PARTICLES:
        at -= 1
    return " ".join(words[at:])


def word_before_tail(whole: str, tail: str) -> str:
    words = whole.split()
    count = len(tail.split())
    return words[-count - 1] if len(words) > count else ""


def fullest(forms: Iterator[str]) -> str:
    """The form that says most: a spelled-out name before an acronym or "RSF fighters"."""
    best = ""
    best_rank: tuple[bool, bool, int, int] = (True, True, 0, 0)
    for form in forms:
        bare = " ".join((split_person(bare_name(form))[1] or bare_name(form)).split())
        rank = (member_of(bare) is not None, is_acronym(bare), -len(bare.split()), -len(bare))
        if not best or rank < best_rank:
            best, best_rank = bare, rank
    return best
