"""Nouns that news counts, and what a number of each of them is a number of."""

from __future__ import annotations

from typing import Literal

from dateline.records.vocabulary import QuantityKind

NounClass = Literal["people", "forces", "crowd"] | QuantityKind


def _table(entries: dict[NounClass, str]) -> dict[str, NounClass]:
    table: dict[str, NounClass] = {}
    for kind, words in entries.items():
        for word in words.split():
            table[word] = kind
            table[_plural(word)] = kind
    return table


def _plural(word: str) -> str:
    if word.endswith("y") and word[-2] not in "aeiou":
        return word[:-1] + "ies"
    return word + ("es" if word.endswith(("s", "ch", "sh", "x")) else "s")


NOUN_CLASSES: dict[str, NounClass] = _table(
    {
        "people": "person people man men woman women child children boy girl civilian resident "
        "villager worker other them official pilgrim passenger student teacher journalist citizen "
        "national foreigner family infant baby adult pedestrian bystander shopper worshipper "
        "worshiper farmer herder fisherman fishermen miner doctor nurse medic patient driver "
        "tourist migrant youth elder cleric imam priest judge lawyer activist politician lawmaker "
        "member element individual victim rescuer volunteer employee aid-worker "
        "businessman businessmen trader contractor engineer pupil guest mourner soul colleague "
        "relative",
        "forces": "soldier troop fighter militant rebel insurgent terrorist gunman gunmen "
        "policeman policemen policewoman officer police guard ranger commander leader combatant "
        "jihadist jihadi extremist militiaman militiamen guerrilla guerilla marine sailor airman "
        "airmen pilot peacekeeper serviceman servicemen servicewoman conscript recruit mercenary "
        "attacker assailant bomber sniper paramilitary bandit separatist crewman crew crewmen "
        "personnel operative commando paratrooper reservist trooper adviser advisor suspect pirate "
        "gangster raider defender legionnaire constable border-guard",
        "participants": "protester protestor demonstrator marcher rioter striker supporter "
        "attendee participant delegate",
        "killed": "death fatality corpse dead body life lives",
        "wounded": "injury wounded injured",
        "casualties_combined": "casualty",
        "captured": "prisoner captive pow",
        "arrested": "arrest detainee detention",
        "abducted": "hostage abduction kidnapping abductee",
        "missing": "disappearance",
        "displaced": "refugee idp displaced evacuee",
        "villages": "village hamlet town settlement",
        "tunnels": "tunnel",
        "sites": "site position hideout base camp checkpoint outpost post bunker den facility "
        "location hideaway cache depot warehouse workshop factory trench fortification barrack",
        "vehicles": "vehicle car truck tank pickup bus motorcycle motorbike apc humvee boat ship "
        "vessel aircraft helicopter plane jet bulldozer lorry ambulance warplane minibus tractor "
        "taxi tanker bicycle van speedboat",
        "weapons": "weapon rifle rocket missile mortar shell bomb grenade gun mine landmine ied "
        "drone explosive round munition launcher warhead pistol firearm device projectile torpedo "
        "bullet cartridge belt shotgun carbine machinegun submachinegun machine-gun howitzer "
        "cannon",
        "buildings": "building house home shop school hospital mosque church clinic apartment "
        "structure market dwelling tent store hut office bridge temple",
    }
)
"""Singular and plural forms, in lower case."""

PERSON_CLASSES: frozenset[NounClass] = frozenset({"people", "forces", "participants"})
"""Noun classes whose verb decides what happened to those counted."""
