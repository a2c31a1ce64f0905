"""Which ACLED type the words themselves decide: by what the trigger is, who did it and to whom.

``weigh`` says between which types a model is to choose; this says which one it is. It reads more
triggers than ``weigh`` does, and looks at the clause of each: what was seized, who was marched
off, what mortars were used for.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from dateline.asking.guided.lexicon import words_of
from dateline.asking.guided.positions import agent, name_after, name_before
from dateline.asking.guided.senses import ahead, behind
from dateline.asking.guided.weighing import TAKING

if TYPE_CHECKING:
    from collections.abc import Mapping

    from dateline.asking.guided.hits import Hit
    from dateline.asking.guided.names import Name
    from dateline.asking.guided.reading import Reading

_USE = {
    "finite": 1.0, "carried": 1.0, "participle": 0.9, "reduced": 0.8, "mentioned": 0.7,
    "modifier": 0.0,
}  # fmt: skip
_FORCES = frozenset({"state", "armed"})
_UNARMED = frozenset({"civilian", "protester"})
_MUTUAL = words_of("clash skirmish battle fight fighting firefight gunfight shootout") | {
    "exchange fire", "trade fire", "exchange gunfire", "trade gunfire", "exchange of fire",
    "gun battle", "exchange shots", "shoot-out",
}  # fmt: skip
_WEAPONRY = words_of(
    """
    weapon weapons arms firearms rifle rifles gun guns pistol pistols ammunition explosives bomb
    bombs mortar mortars rocket rockets grenade grenades cache munitions drone drones launchers
    """
)
_LABOUR = words_of(
    """
    union unions workers strikers teachers nurses doctors drivers employees staff strike-breakers
    wages pay salaries labour labor walkout industrial
    """
)
_ASSAILS = frozenset({"attack", "raid", "storm", "assault", "open fire", "fire on", "shoot at"})
_POSTS = words_of(
    """
    position positions checkpoint checkpoints base bases camp outpost outposts barracks garrison
    patrol patrols convoy column trenches frontline army military police
    """
)
_AIRCRAFT = words_of(
    """
    warplane warplanes jet jets plane planes aircraft helicopter helicopters drone drones aerial air
    airstrike airstrikes
    """
)
_FROM_THE_AIR = (("from", "the", "air"),)
_HOUSES = words_of("house houses home homes school church mosque clinic hospital shop shops")
_BOMBING = "Remote explosive/landmine/IED"
_TRODDEN = frozenset({"hit", "struck", "over", "on", "triggered", "detonated"})
_TAKERS = frozenset({"seize", "recover", "capture", "find", "discover", "secure", "clear", "sweep"})
_TAKEN_PEOPLE = frozenset({"seize", "capture", "take away", "lead away", "take captive", "snatch"})
_CROWD_CONTROL = words_of("teargas teargassed baton batons truncheons shields cannon")
_LOOTING = frozenset({"loot", "looting", "ransack", "plunder", "pillage", "rob"})
_GUNFIRE = words_of("fired shotguns bullets rifles pellets ammunition")
_DEADLY = words_of("shot dead killed bullets gunfire live fired shotguns rifles")


def judge(reading: Reading, hits: list[Hit]) -> dict[str, float]:
    """Evidence for each ACLED type, from which the strongest is taken."""
    weights: dict[str, float] = {}
    seen: set[str] = set()
    taken = [hit.first for hit in hits if _takes_weapons(reading, hit)]
    for hit in hits:
        if hit.entry.lemma in seen or (
            taken and hit.entry.family == "means" and hit.first > taken[0]
        ):
            continue
        seen.add(hit.entry.lemma)
        factor = _USE[hit.use] * (0.6 if hit.relative or hit.pluperfect else 1.0)
        for name, weight in _types_of(reading, hit).items():
            weights[name] = weights.get(name, 0.0) + weight * factor
    if not weights:
        return {}
    _by_parties(weights, reading, hits)
    _by_crowd(weights, reading, hits)
    _by_means(weights, hits)
    if _hits_mine(reading):
        _add(weights, _BOMBING, 4.0)
    if "destroy" in {hit.entry.family for hit in hits} and reading.has(_FROM_THE_AIR):
        _add(weights, "Air/drone strike", 4.0)
    return {name: weight for name, weight in weights.items() if weight > 0}


def _hits_mine(reading: Reading) -> bool:
    """Whether somebody drives or steps on a mine."""
    words = reading.words
    return any(
        word in {"mine", "mines"}
        and not _TRODDEN.isdisjoint(words[max(0, i - 3) : i])
        and bool({"a", "an", "two", "the"} & set(words[max(0, i - 2) : i]))
        for i, word in enumerate(words)
    )


def _types_of(reading: Reading, hit: Hit) -> Mapping[str, float]:
    """The trigger's own types, by what it is done to."""
    lemma = hit.entry.lemma
    object_ = _object(reading, hit)
    acted_on = set(behind(reading, hit))
    if _takes_weapons(reading, hit):
        return {"Disrupted weapons use": 2.5}
    if (
        hit.form != "noun"
        and lemma in _TAKEN_PEOPLE
        and object_ is not None
        and object_.side in _UNARMED
    ):
        doer = _doer(reading, hit)
        by_state = doer is not None and doer.side == "state"
        return {"Arrests": 3.0} if by_state else {"Abduction/forced disappearance": 3.0}
    if (
        lemma == "capture"
        and hit.form != "noun"
        and (_next_is_number(reading, hit) or (object_ is not None and object_.side in _FORCES))
    ):
        return {"Armed clash": 2.0}
    if lemma == "enter" and _HOUSES & acted_on:
        return {"Attack": 1.5}
    if lemma == "bomb" and hit.form != "noun":
        return {"Air/drone strike" if _AIRCRAFT & set(reading.words) else _BOMBING: 3.0}
    if lemma == "strike" and hit.form == "noun" and _LABOUR & set(reading.words):
        return {"Peaceful protest": 2.0}
    return hit.entry.types


def _takes_weapons(reading: Reading, hit: Hit) -> bool:
    if hit.form == "noun" or hit.entry.lemma not in _TAKERS:
        return False
    return bool(_WEAPONRY & set(ahead(reading, hit) if hit.passive else behind(reading, hit)))


def _next_is_number(reading: Reading, hit: Hit) -> bool:
    if hit.last >= len(reading.tokens):
        return False
    start = reading.tokens[hit.last].start
    return any(n.span.start == start and n.kind != "area" for n in reading.numbers)


def _object(reading: Reading, hit: Hit) -> Name | None:
    if hit.passive or hit.use == "reduced":
        return name_before(reading, hit.chain)
    return name_after(reading, hit.last)


def _doer(reading: Reading, hit: Hit) -> Name | None:
    if hit.passive or hit.use == "reduced":
        return agent(reading, hit)
    return name_before(reading, hit.chain)


def _by_parties(weights: dict[str, float], reading: Reading, hits: list[Hit]) -> None:
    """Two armed sides make a clash; the unarmed are attacked."""
    sides = {name.side for name in reading.names}
    asserted = any(h.use in {"finite", "carried"} for h in hits)
    mutual = any(
        h.entry.lemma in _MUTUAL and (h.use in {"finite", "carried"} or not asserted) for h in hits
    )
    for hit in hits:
        if hit.entry.family not in {"harm", "violence", "fight"} or hit.form == "noun":
            continue
        if hit.entry.lemma in {"die", "perish"} or hit.entry.lemma in _MUTUAL:
            victim, doer = name_before(reading, hit.chain), None
        else:
            victim, doer = _object(reading, hit), _doer(reading, hit)
        if victim is None:
            continue
        if victim.side in _FORCES:
            _add(weights, "Armed clash", 1.5)
            _add(weights, "Attack", -1.0)
        elif victim.side in _UNARMED and not mutual:
            _add(weights, "Attack", 2.0)
            _add(weights, "Armed clash", -1.5)
        elif doer is not None and doer.side in _FORCES and victim.side == "name" and victim.proper:
            _add(weights, "Armed clash", 0.5)
        break
    assailing = [h for h in hits if h.entry.lemma in _ASSAILS and h.form != "noun"]
    if assailing and not mutual:
        doer = _doer(reading, assailing[0])
        others = {n.side for n in reading.names if doer is None or n.span != doer.span}
        military = bool(_POSTS & set(behind(reading, assailing[0])))
        if military:
            _add(weights, "Armed clash", 1.5)
        elif not others & _FORCES and (doer is None or doer.side != "state"):
            _add(weights, "Attack", 1.5)
    if mutual and (sides & _FORCES or "name" in sides):
        _add(weights, "Armed clash", 1.5)
    if "territory" in {hit.entry.family for hit in hits}:
        _by_taker(weights, reading, hits)


def _by_taker(weights: dict[str, float], reading: Reading, hits: list[Hit]) -> None:
    hit = next(hit for hit in hits if hit.entry.family == "territory")
    if hit.entry.lemma == "enter" and _HOUSES & set(behind(reading, hit)):
        return
    if hit.entry.lemma in TAKING and hit.use == "finite" and not hit.irrealis:
        for name in ("Armed clash", "Attack"):
            if name in weights:
                weights[name] *= 0.5
    doer = _doer(reading, hit)
    if doer is None:
        return
    if doer.side == "state":
        _add(weights, "Government regains territory", 1.5)
        _add(weights, "Non-state actor overtakes territory", -1.5)
    elif doer.side == "armed":
        _add(weights, "Non-state actor overtakes territory", 1.5)
        _add(weights, "Government regains territory", -1.5)


def _by_crowd(weights: dict[str, float], reading: Reading, hits: list[Hit]) -> None:
    """What became of a protest."""
    families = {hit.entry.family for hit in hits}
    sides = {name.side for name in reading.names}
    words = set(reading.words)
    crowd = "protester" in sides or "protest" in families
    if not crowd:
        return
    police = "state" in sides
    if families & {"disperse"} or (police and words & _CROWD_CONTROL):
        _add(weights, "Protest with intervention", 3.0)
    if police and "protester" in sides and families & {"harm", "violence"} and words & _DEADLY:
        _add(weights, "Excessive force against protesters", 4.0)
    fired = any(hit.entry.lemma in {"open fire", "fire on"} for hit in hits)
    shot = words & _GUNFIRE and not words & _CROWD_CONTROL and "gas" not in words
    if police and (fired or shot):
        _add(weights, "Excessive force against protesters", 3.0)
    looted = all(hit.entry.lemma in _LOOTING for hit in hits if hit.entry.family == "destroy")
    if families & {"riot"} or (
        families & {"destroy"} and not (looted and "protest" not in families)
    ):
        _add(weights, "Violent demonstration", 2.0)
        _add(weights, "Looting/property destruction", -1.0)
        _add(weights, "Peaceful protest", -1.0)
    if "protest" in families:
        _add(weights, "Attack", -1.5)
        _add(weights, "Armed clash", -1.0)


def _by_means(weights: dict[str, float], hits: list[Hit]) -> None:
    """A means names the type better than the harm that it did, unless two sides fought with it."""
    means = [hit for hit in hits if hit.entry.family in {"means", "blast"}]
    if not means:
        return
    fought = any(h.entry.lemma in _MUTUAL and h.use in {"finite", "carried"} for h in hits)
    if fought and all(h.entry.family == "means" for h in means):
        for hit in means:
            for name in hit.entry.types:
                if name in weights:
                    weights[name] *= 0.2
        return
    for name in ("Armed clash", "Attack", "Looting/property destruction"):
        if name in weights:
            weights[name] *= 0.4
    if weights.get("Suicide bomb"):
        for name in ("Remote explosive/landmine/IED", "Grenade", "Air/drone strike"):
            if name in weights:
                weights[name] *= 0.5


def _add(weights: dict[str, float], name: str, weight: float) -> None:
    weights[name] = weights.get(name, 0.0) + weight
