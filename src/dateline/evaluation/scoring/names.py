"""Whether two names name the same: strictly after normalising, leniently by likeness.

Source: the threshold of 84 on rapidfuzz's partial ratio is the one that agreed best with 1,501
human verdicts on pairs of names (balanced accuracy 0.83).
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

from dateline.grounding.folding import fold_alone
from dateline.resolution.name_forms import is_acronym

_BEFORE = re.compile(r"(?:the|an?) +(?=\S)")
_AFTER = re.compile(r"(?:'s|(?<=s)')$")
_LONGEST_ACRONYM = 7
_SHORTEST_ALIKE = 3


class NameForms(NamedTuple):
    """Every correct form of one name, ready to be compared.

    ``strict`` are all of them, normalised. ``alike`` are those that may also be compared by
    likeness: an acronym may not, because IS is not ISF.
    """

    strict: frozenset[str]
    alike: tuple[str, ...]


@lru_cache(maxsize=65_536)
def normalise(name: str) -> str:
    """Return a name without what the strict comparison ignores.

    That is compatibility characters (NFKC), case, repeated blanks, the shapes of quotation marks
    and dashes, an article in front (the, a, an) and a possessive ending.
    """
    folded = whole = " ".join(fold_alone(name).casefold().split())
    while True:
        shorter = _AFTER.sub("", folded)
        start = _BEFORE.match(shorter)
        shorter = shorter[start.end() :] if start else shorter
        if shorter == folded:
            return folded or whole
        folded = shorter


@lru_cache(maxsize=65_536)
def forms(names: tuple[str, ...]) -> NameForms:
    """Prepare the alternatives of one name for comparing."""
    strict = {normalise(name): name for name in names}
    alike = sorted(
        form for form, name in strict.items() if len(form) >= _SHORTEST_ALIKE and not _short(name)
    )
    return NameForms(frozenset(strict), tuple(alike))


def _short(name: str) -> bool:
    """Whether a name is a short one in capitals, with or without an article or a possessive."""
    bare = name.strip()
    bare = bare[4:] if bare[:4].casefold() == "the " else bare
    bare = bare[:-2] if bare[-2:] in ("'s", "’s") else bare
    return len(bare) <= _LONGEST_ACRONYM and is_acronym(bare)


def same(one: NameForms, other: NameForms) -> bool:
    """Whether any form of one name equals any form of the other."""
    return not one.strict.isdisjoint(other.strict)


def alike(one: NameForms, other: NameForms, *, ratio: float) -> bool:
    """Whether two names are the same, or any two of their forms are as alike as ``ratio`` says.

    Args:
        one: a name.
        other: another name.
        ratio: rapidfuzz's partial ratio, from 0 to 100.
    """
    if same(one, other):
        return True
    return any(
        _ratio(*sorted((form, rival))) >= ratio for form in one.alike for rival in other.alike
    )


@lru_cache(maxsize=65_536)
def _ratio(one: str, other: str) -> float:
    from rapidfuzz.fuzz import partial_ratio

    return partial_ratio(one, other)
