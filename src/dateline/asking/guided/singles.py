"""Counts of one that no number states: "a soldier was killed", "wounding a child"."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dateline.asking.guided.findings import Number
from dateline.asking.guided.phrases import listed_before, phrase_after, phrase_before
from dateline.spans import Span

if TYPE_CHECKING:
    from dateline.asking.guided.hits import Hit
    from dateline.asking.guided.names import Name
    from dateline.asking.guided.reading import Reading
    from dateline.records.vocabulary import QuantityKind

_WOUNDING = frozenset({"wound", "injure", "hurt", "maim"})
_KILLING = frozenset(
    {
        "kill", "slay", "die", "perish", "shoot dead", "shoot and kill", "gun down", "execute",
        "murder", "assassinate", "behead", "massacre", "lynch", "hack to death", "beat to death",
        "stab to death", "shoot to death", "decapitate", "strangle",
    }
)  # fmt: skip
_DEADLY = frozenset({"shoot", "beat", "stab", "hack", "burn"})


def find_singles(reading: Reading) -> list[tuple[Name, Number]]:
    """Those of whom there was one, with the words that say so, in order of their verbs."""
    found: list[tuple[Name, Number]] = []
    for hit in reading.told:
        if hit.form == "noun" or hit.goal or hit.irrealis:
            continue
        kind = _kind(reading, hit)
        if kind is None:
            continue
        for name in _struck(reading, hit):
            first = name.first - 1
            if first < 0 or reading.words[first] not in {"a", "an"}:
                continue
            if reading.words[name.last : name.last + 1] == ["of"] and _numbered(reading, name.last):
                continue  # "a total of 60 dead"
            span = Span(reading.tokens[first].start, name.span.end)
            if all(not span.overlaps(other.span) for _, other in found):
                found.append((name, Number(span, 1, 1, kind)))
    return found


def _numbered(reading: Reading, at: int) -> bool:
    return any(reading.at(number.span.start) == at + 1 for number in reading.numbers)


def _kind(reading: Reading, hit: Hit) -> QuantityKind | None:
    lemma = hit.entry.lemma
    if lemma in _WOUNDING:
        return "wounded"
    if lemma in _KILLING or (
        lemma in _DEADLY and {"dead", "death"} & set(reading.words[hit.last : hit.last + 2])
    ):
        return "killed"
    if hit.entry.family == "arrest":
        return "arrested"
    if hit.entry.family == "abduct":
        return "abducted"
    return None


def _struck(reading: Reading, hit: Hit) -> list[Name]:
    if hit.passive or hit.entry.lemma in {"die", "perish"}:
        return listed_before(reading, hit.chain)
    if hit.use == "reduced":
        name = phrase_before(reading, hit.chain)
    else:
        name = phrase_after(reading, hit.last)
    return [name] if name is not None else []
