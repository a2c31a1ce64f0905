"""Who did it and to whom: read from where a name stands about its verb or noun."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from dateline.asking.guided.happenings import agent, name_after, name_before
from dateline.asking.guided.lexicon import words_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from dateline.asking.guided.names import Name
    from dateline.asking.guided.reading import Reading
    from dateline.asking.guided.triggers import Hit
    from dateline.records.vocabulary import ActorRole
    from dateline.spans import Span

_AGAINST = frozenset({"on", "against", "upon", "at", "targeting"})
_STARTED = words_of(
    """
    launch launched launches launching carried carry carries carrying staged stage stages
    mounted mount conducted conduct conducts held hold holds began begin begins started start
    waged wage resumed fired fire foiled foil foils thwarted thwart threw hurled lobbed planted
    committed perpetrated announced signed sign
    """
)
_WARDED = words_of(
    """
    repelled repel repels repulsed repulse stopped halted faced face suffered witnessed
    """
)
_MUTUAL = words_of("clash skirmish battle fight firefight gunfight gunbattle shootout fighting") | {
    "gun battle",
    "exchange of fire",
    "exchange fire",
    "trade fire",
}
_PROTEST = frozenset({"protest", "riot"})


class Part(NamedTuple):
    """One actor's part in a happening, as one sentence tells it."""

    name: Name
    role: ActorRole


def find_parts(reading: Reading, hits: Sequence[Hit], *, masked: Sequence[Span] = ()) -> list[Part]:
    """Return the parts that syntax gives away, most certain first, each name once.

    Args:
        masked: spans of speakers, who are no party to what they tell.
    """
    parts: list[Part] = []
    for hit in sorted(hits, key=lambda hit: hit.entry.family == "harm"):
        found = _of_noun(reading, hit) if hit.form == "noun" else _of_verb(reading, hit)
        for name, role in found:
            if name is None or any(name.span.overlaps(span) for span in masked):
                continue
            if all(part.name.span != name.span for part in parts):
                parts.append(Part(name, role))
    return parts


def _of_verb(reading: Reading, hit: Hit) -> list[tuple[Name | None, ActorRole]]:
    before = name_before(reading, hit.chain, reach=16)
    if hit.passive:
        return [(agent(reading, hit), "initiator"), (before, "target")]
    if hit.entry.lemma in {"die", "perish", "disappear"}:
        return [(before, "target")]
    if hit.entry.family == "blast" and hit.entry.lemma in {"explode", "go off", "detonate"}:
        return []
    if hit.entry.lemma in _MUTUAL:
        return [
            (before, "initiator"),
            (_after_word(reading, hit.last, {"with", "against"}), "target"),
        ]
    if hit.entry.family in _PROTEST:
        return [(before, "initiator")]
    if hit.entry.lemma in {"repel", "repulse", "fend off"}:
        # What is repelled belongs to the other side, so the noun behind tells who began it.
        return [(before, "target"), (name_after(reading, hit.last), "initiator")]
    after = name_after(reading, hit.last)
    if (
        hit.use == "participle"
        and before is not None
        and hit.chain
        and reading.words[hit.chain - 1] != ","
    ):
        before = None if hit.goal else before
    if hit.use == "reduced":
        return [(agent(reading, hit), "initiator"), (before, "target")]
    return [(before, "initiator"), (after, "target")]


def _of_noun(reading: Reading, hit: Hit) -> list[tuple[Name | None, ActorRole]]:
    words = reading.words
    found: list[tuple[Name | None, ActorRole]] = []
    owner = next(
        (
            n
            for n in reading.names
            if n.last == hit.first or (n.last == hit.first - 1 and words[n.last] in {"'s", "’s"})
        ),
        None,
    )
    if owner is not None and owner.proper:
        found.append((owner, "initiator"))
    for i in range(hit.last, min(len(words), hit.last + 10)):
        if words[i] in {",", ";", "."} and i > hit.last:
            break
        if words[i] == "between" and hit.entry.lemma in _MUTUAL:
            pair = [n for n in reading.names if i < n.first < i + 14][:2]
            roles: tuple[ActorRole, ActorRole] = ("initiator", "target")
            found += list(zip(pair, roles, strict=False))
            break
        if words[i] in {"by", "of"} and owner is None:
            found.append(
                (
                    name_after(reading, i + 1, reach=3),
                    "initiator" if words[i] == "by" or hit.entry.family == "fight" else "target",
                )
            )
        elif words[i] in _AGAINST:
            found.append((name_after(reading, i + 1, reach=6), "target"))
        elif words[i] == "with" and hit.entry.lemma in _MUTUAL:
            found.append((name_after(reading, i + 1, reach=4), "target"))
    carrier = hit.carrier.split(" ", 1)[0]
    if carrier in _STARTED:
        passive = any(
            w in {"was", "were", "been", "being", "is", "are"}
            for w in words[hit.last : hit.last + 4]
        )
        if not passive:
            found.append((name_before(reading, hit.chain, reach=12), "initiator"))
        elif (by := _after_word(reading, hit.last, {"by"})) is not None:
            found.append((by, "initiator"))
    elif carrier in _WARDED:
        found.append((name_before(reading, hit.chain, reach=12), "target"))
    return found


def _after_word(reading: Reading, at: int, wanted: set[str]) -> Name | None:
    for i in range(at, min(len(reading.words), at + 10)):
        if reading.words[i] in {";", "."}:
            return None
        if reading.words[i] in wanted:
            return name_after(reading, i + 1, reach=4)
    return None
