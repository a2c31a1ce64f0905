"""Evidence for ACLED's types: the triggers' own weights, then who was hit and who acted."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dateline.asking.guided.lexicon import words_of
from dateline.asking.guided.positions import agent, name_after, name_before

if TYPE_CHECKING:
    from dateline.asking.guided.hits import Hit
    from dateline.asking.guided.reading import Reading

_MEANS = frozenset({"means", "blast"})
TAKING = words_of(
    """
    capture seize retake recapture overrun conquer regain liberate reclaim
    """
) | {
    "take control of",
    "take over",
    "take back",
    "gain control of",
    "seize control of",
    "recover control of",
}


def weigh(reading: Reading, hits: list[Hit]) -> dict[str, float]:
    """Evidence for each ACLED type: the triggers' own weights, then who was hit and who acted."""
    weights: dict[str, float] = {}
    seen: set[str] = set()
    for hit in hits:
        if hit.entry.lemma in seen:
            continue
        seen.add(hit.entry.lemma)
        factor = 1.0 if hit.use != "mentioned" or hit.entry.family in _MEANS else 0.8
        for name, weight in hit.entry.types.items():
            weights[name] = weights.get(name, 0.0) + weight * factor
    return _by_sides(weights, reading, hits)


def _by_sides(weights: dict[str, float], reading: Reading, hits: list[Hit]) -> dict[str, float]:
    sides = {name.side for name in reading.names}
    families = {hit.entry.family for hit in hits}
    violent = families & {"harm", "violence", "fight"}
    armed_victim = _victims(reading, hits)
    if violent and armed_victim:
        if armed_victim & {"armed", "state", "name"}:
            weights["Armed clash"] = weights.get("Armed clash", 0.0) + 1.0
            weights["Attack"] = weights.get("Attack", 0.0) - 0.5
        if "civilian" in armed_victim:
            weights["Attack"] = weights.get("Attack", 0.0) + 1.5
            weights["Armed clash"] = weights.get("Armed clash", 0.0) - 0.5
    if "protester" in sides or families & {"protest"}:
        if families & {"harm"}:
            _add(weights, "Excessive force against protesters", 3.0)
        if families & {"disperse", "arrest"}:
            _add(weights, "Protest with intervention", 2.5)
        if families & {"destroy", "riot"}:
            _add(weights, "Violent demonstration", 1.5)
        if families & {"protest"}:
            _add(weights, "Attack", -1.5)
            _add(weights, "Armed clash", -1.0)
    if "territory" in families:
        initiator = _first_side(reading, hits)
        if initiator != "armed" and any(number.kind == "area" for number in reading.numbers):
            _add(weights, "Government regains territory", 1.5)
        if initiator == "state":
            _add(weights, "Government regains territory", 1.5)
            _add(weights, "Non-state actor overtakes territory", -1.0)
        elif initiator == "armed":
            _add(weights, "Non-state actor overtakes territory", 1.5)
            _add(weights, "Government regains territory", -1.5)
    if families & {"fight"} and {"state", "armed"} <= sides:
        _add(weights, "Armed clash", 1.0)
    if any(h.entry.lemma in TAKING and h.use == "finite" and not h.irrealis for h in hits):
        for name in ("Armed clash", "Attack"):
            if name in weights:
                weights[name] *= 0.5
    # A means names the type better than the harm that it did.
    if any(hit.entry.family == "means" or (hit.entry.family == "blast") for hit in hits):
        for name in ("Armed clash", "Attack"):
            if name in weights:
                weights[name] *= 0.4
    if weights.get("Suicide bomb"):
        for name in ("Remote explosive/landmine/IED", "Grenade", "Air/drone strike"):
            if name in weights:
                weights[name] *= 0.5
    return {name: weight for name, weight in weights.items() if weight > 0}


def _add(weights: dict[str, float], name: str, weight: float) -> None:
    weights[name] = weights.get(name, 0.0) + weight


def _victims(reading: Reading, hits: list[Hit]) -> set[str]:
    sides: set[str] = set()
    for hit in hits:
        if hit.entry.family not in {"harm", "violence", "fight"} or hit.form == "noun":
            continue
        name = (
            name_before(reading, hit.chain)
            if hit.passive or not _transitive(hit)
            else name_after(reading, hit.last)
        )
        if name is not None:
            sides.add(name.side)
    return sides


def _transitive(hit: Hit) -> bool:
    return hit.entry.lemma not in {"die", "perish", "clash", "skirmish", "fight", "battle"}


def _first_side(reading: Reading, hits: list[Hit]) -> str:
    for hit in hits:
        if hit.entry.family == "territory":
            name = name_before(reading, hit.chain)
            if hit.passive:
                name = agent(reading, hit)
            return name.side if name else ""
    return ""
