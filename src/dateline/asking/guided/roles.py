"""Who did it and to whom: read from where a name stands about its verb or noun."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from dateline.asking.guided.lexicon import words_of
from dateline.asking.guided.phrases import listed_before, phrase_after, phrase_before
from dateline.asking.guided.positions import (
    agent,
    coordinated,
    name_after,
    name_before,
    subject,
)
from dateline.resolution.actor_dictionary import load_actor_dictionary
from dateline.resolution.gazetteer import load_gazetteer
from dateline.resolution.name_forms import initials_match, name_key

if TYPE_CHECKING:
    from collections.abc import Sequence

    from dateline.asking.guided.hits import Hit
    from dateline.asking.guided.names import Name
    from dateline.asking.guided.reading import Reading
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
MUTUAL = words_of("clash skirmish battle fight firefight gunfight gunbattle shootout fighting") | {
    "gun battle",
    "exchange of fire",
    "exchange fire",
    "trade fire",
}
_PROTEST = frozenset({"protest", "riot"})
_BY_PEOPLE = frozenset({"accord", "move", "fight", "arrest", "abduct", "violence", "destroy"})
"""What only people and their groups do."""
_ACCORDS = frozenset({"accord", "pact"})
_ON_PEOPLE = frozenset({"harm", "violence", "arrest", "abduct"})
"""What is only done to people."""
_FOES = frozenset({"state", "armed", "name"})


class Part(NamedTuple):
    """One actor's part in a happening, as one sentence tells it."""

    name: Name
    role: ActorRole
    listed: bool = False
    """Whether it stands in a list of several that share the role."""


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
                together = coordinated(reading, name)
                parts += [Part(one, role, len(together) > 1) for one in together]
    return parts


def _of_verb(reading: Reading, hit: Hit) -> list[tuple[Name | None, ActorRole]]:
    if hit.entry.family in _ON_PEOPLE and (hit.passive or hit.entry.lemma in {"die", "perish"}):
        struck = listed_before(reading, hit.chain)
        if struck:
            found: list[tuple[Name | None, ActorRole]] = [(name, "target") for name in struck]
            return [(agent(reading, hit), "initiator"), *found] if hit.passive else found
    before = name_before(reading, _first_verb(reading, hit).chain, reach=16)
    if hit.relative and hit.chain > 1 and reading.words[hit.chain - 1] in {"which", "that", "who"}:
        end = hit.chain - 1 - (reading.words[hit.chain - 2] == ",")
        before = phrase_before(reading, end) or before
    if hit.use == "participle" and hit.chain and reading.words[hit.chain - 1] == ",":
        before = subject(reading, hit.chain, participle=True)
    if hit.passive:
        return [(agent(reading, hit), "initiator"), (before, "target")]
    if hit.entry.lemma in {"die", "perish", "disappear"}:
        return [(before, "target")]
    if hit.entry.family == "blast" and hit.entry.lemma in {"explode", "go off", "detonate"}:
        return []
    if hit.entry.lemma in MUTUAL:
        return [
            (before, "initiator"),
            (_after_word(reading, hit.last, {"with", "against"}), "target"),
        ]
    if hit.entry.family in _PROTEST:
        return [(before, "initiator")]
    if hit.entry.lemma in {"repel", "repulse", "fend off"}:
        # What is repelled belongs to the other side, so the noun behind tells who began it.
        return [(before, "target"), (name_after(reading, hit.last), "initiator")]
    if before is None and hit.use == "finite" and hit.entry.family in _BY_PEOPLE:
        before = phrase_before(reading, hit.chain)
    after = name_after(reading, hit.last)
    if hit.entry.family == "move":
        after = (
            _after_word(reading, hit.last, {"from"}) if hit.entry.lemma != "split from" else after
        )
    if hit.entry.family in _ON_PEOPLE and hit.use != "reduced":
        after = phrase_after(reading, hit.last) or after
    if (
        hit.use == "participle"
        and before is not None
        and hit.chain
        and reading.words[hit.chain - 1] != ","
    ):
        before = None if hit.goal else before
    if hit.use == "reduced":
        return [(agent(reading, hit), "initiator"), (before, "target")]
    if hit.entry.family == "territory" and (after is None or after.side not in _FOES):
        after = _after_word(reading, hit.last, {"from"}, reach=14) or after
    return [(before, "initiator"), (after, "target")]


def _first_verb(reading: Reading, hit: Hit) -> Hit:
    """The verb whose subject this one shares: "raiders killed six people and abducted nine"."""
    shares = hit.use == "finite" and hit.form in {"ed", "past"} and not hit.passive
    if not shares or hit.chain != hit.first or not hit.chain:
        return hit
    if reading.words[hit.chain - 1] not in {"and", "then"}:
        return hit
    for other in reversed(reading.told):
        if other.form == "noun" or other.last > hit.chain - 1:
            continue
        if other.use != "finite" or other.passive or other.irrealis or other.relative:
            return hit
        between = reading.words[other.last : hit.chain - 1]
        return hit if {";", "when", "who", "which", "that", "while"} & set(between) else other
    return hit


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
        agreed = hit.entry.family in _ACCORDS
        if words[i] == "between" and (agreed or hit.entry.lemma in MUTUAL):
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
        elif words[i] == "with" and (agreed or hit.entry.lemma in MUTUAL):
            found.append((name_after(reading, i + 1, reach=4), "target"))
    carrier = hit.carrier.split(" ", 1)[0]
    if hit.entry.family in _ACCORDS and hit.use == "carried" and hit.chain < hit.first:
        signed = name_before(reading, hit.chain, reach=12) or phrase_before(reading, hit.chain)
        found.append((signed, "initiator"))
    elif carrier in _STARTED and not (carrier == "fire" and hit.entry.family in _PROTEST):
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


def _after_word(reading: Reading, at: int, wanted: set[str], *, reach: int = 10) -> Name | None:
    for i in range(at, min(len(reading.words), at + reach)):
        if reading.words[i] in {";", "."}:
            return None
        if reading.words[i] in wanted:
            return name_after(reading, i + 1, reach=4)
    return None


def consistent(parts: Sequence[Part], text: str) -> list[Part]:
    """One part a name, and nobody on both sides.

    A bare "militants" goes where a fuller name has the same role, and where it can only be those
    of the other side: soldiers who attack do not attack "a soldier".
    """
    kept: list[Part] = []
    for part in parts:
        twin = next((i for i, other in enumerate(kept) if _same(part, other, text)), None)
        if twin is None:
            kept.append(part)
        elif kept[twin].role == part.role and _length(part) > _length(kept[twin]):
            kept[twin] = part
    named: set[ActorRole] = {part.role for part in kept if part.name.proper}
    kept = [
        part
        for part in kept
        if part.name.proper or part.listed or part.role not in named or part.name.side == "civilian"
    ]
    return [part for part in kept if not _turned(part, kept)]


def _turned(part: Part, parts: Sequence[Part]) -> bool:
    if part.role != "target" or part.name.proper or part.name.side not in {"state", "armed"}:
        return False
    others = {p.name.side for p in parts if p.role == "target"} - {part.name.side, "civilian"}
    doers = {p.name.side for p in parts if p.role == "initiator"}
    # A name of no known side that soldiers face is a name of armed men.
    return bool(others) and bool(
        part.name.side in doers or (part.name.side == "armed" and "name" in doers)
    )


def _length(part: Part) -> int:
    return part.name.span.end - part.name.span.start


def _same(one: Part, other: Part, text: str) -> bool:
    a, b = (text[p.name.span.start : p.name.span.end] for p in (one, other))
    if a.lower() == b.lower():
        return True
    for short, long in ((a, b), (b, a)):
        if f" {short.lower()} " in f" {long.lower()} ":
            return True
        if short.isupper() and len(short) < 7 and initials_match(short, long.split()):
            return True
    if (core := _core(a)) and core == _core(b):
        return True
    dictionary = load_actor_dictionary()
    known = dictionary.lookup(name_key(a))
    return len(known) == 1 and known == dictionary.lookup(name_key(b))


def _core(printed: str) -> list[str]:
    """The name inside "fighters of the Azure Front" and "Azure Front fighters"."""
    people = load_gazetteer().is_people
    return [word for word in printed.split() if word[0].isupper() and not people(word)]
