"""Where names stand about a verb: subject, object and agent, read from position alone."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dateline.asking.guided.lexicon import words_of

if TYPE_CHECKING:
    from dateline.asking.guided.hits import Hit
    from dateline.asking.guided.names import Name
    from dateline.asking.guided.reading import Reading
_LISTING = frozenset({",", "and", "&", "the", "as", "well"})


_ARTICLES = frozenset({"the", "a", "an"})
_OPENING_CLAUSES = frozenset({"after", "before", "until"})


def name_before(reading: Reading, position: int, *, reach: int = 12) -> Name | None:
    """The nearest candidate that ends before a token position, within ``reach`` tokens and not
    inside a prepositional phrase where one outside it exists."""
    near = [n for n in reading.names if n.last <= position and position - n.first <= reach]
    if not near:
        return None
    words = reading.words
    nearest = near[-1]
    opening = nearest.first - 1 - (nearest.first > 1 and words[nearest.first - 1] in _ARTICLES)
    if nearest.last == position and opening >= 0 and words[opening] in _OPENING_CLAUSES:
        return nearest  # "two days after police opened fire"
    free = [
        n
        for n in near
        if not (n.first and words[n.first - 1] in _AFTER_PREPOSITION)
        and not (
            n.first > 1
            and words[n.first - 1] in {"the", "a", "an"}
            and words[n.first - 2] in _AFTER_PREPOSITION
        )
    ]
    return free[-1] if free else near[-1]


_AFTER_PREPOSITION = words_of(
    """
    in on at by with from near of against during between after outside inside including among
    like
    """
)


def name_after(reading: Reading, position: int, *, reach: int = 8) -> Name | None:
    """The nearest candidate that begins after a token position, not past a mark or a verb break."""
    for name in reading.names:
        if name.first >= position:
            between = reading.words[position : name.first]
            if name.first - position > reach or any(
                w in {",", ";", ".", "when", "after", "in", "during", "near"} for w in between
            ):
                return None
            return name
    return None


def agent(reading: Reading, hit: Hit) -> Name | None:
    """The candidate after "by" behind a passive verb."""
    words = reading.words
    for i in range(hit.last, min(len(words), hit.last + 8)):
        if words[i] == "by":
            return name_after(reading, i + 1, reach=4)
        if words[i] in {";", "."}:
            break
    return None


def subject(reading: Reading, chain: int, *, participle: bool = False) -> Name | None:
    """The subject of the verb group that begins at token ``chain``.

    The subject of a participle behind a comma ("..., killing five") is that of the verb before.
    """
    if participle:
        before = [h for h in reading.hits if h.chain < chain and h.use in {"finite", "carried"}]
        if not before:
            return name_before(reading, chain)
        verb = before[-1]
        if verb.passive:
            return agent(reading, verb)
        return name_before(reading, verb.chain, reach=16)
    return name_before(reading, chain)


def coordinated(reading: Reading, name: Name) -> list[Name]:
    """A name with those listed before it: "the army, the police and the Village Guards"."""
    found = [name]
    words = reading.words
    for other in reversed([n for n in reading.names if n.last <= name.first]):
        between = words[other.last : found[0].first]
        if (
            not between
            or not _LISTING.issuperset(between)
            or not {"and", "&"} & set(words[other.last : name.first])
        ):
            break
        found.insert(0, other)
    return found
