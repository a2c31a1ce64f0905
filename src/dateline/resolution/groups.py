"""Groups that have no proper name: "security forces", "two gunmen", "protesters".

Their head noun tells what kind of actor they are, in ACLED's kinds, or leaves it open.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple, cast

from dateline.resolution.name_forms import fold_name, word_set
from dateline.resolution.name_patterns import ADDED, NOT_NAMES, ORGANISATION_HEADS, WORD
from dateline.spans import Span

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from dateline.records.vocabulary import ActorKind

_KIND_WORDS: dict[str, str] = {
    "state_forces": "police policemen policeman policewoman officers army armies soldier "
    "soldiers troops troop military gendarmes gendarmerie servicemen marines commandos "
    "paratroopers navy conscripts cops guardsmen airmen sailors policewomen constable "
    "constables",
    "rebel_group": "rebels rebel insurgents insurgent guerrillas guerrilla guerillas separatists "
    "separatist jihadists jihadist mujahideen",
    "political_militia": "gunmen gunman militia militias militiamen militiaman paramilitaries "
    "bandits bandit assailants assailant hitmen gangs gang gangsters cartel cartels "
    "kidnappers",
    "identity_militia": "herders herdsmen pastoralists tribesmen clansmen vigilantes vigilante",
    "rioters": "rioters rioter looters looter mob mobs arsonists hooligans",
    "protesters": "protesters protester protestors protestor demonstrators demonstrator marchers "
    "picketers strikers",
    "civilians": "civilians civilian villagers villager residents resident people women men "
    "woman man children child girls girl boys boy farmers farmer refugees refugee migrants "
    "migrant pilgrims worshippers worshipers passengers passenger bystanders bystander "
    "pedestrians shoppers journalists journalist students student schoolgirls schoolboys "
    "pupils teachers teacher families family locals inhabitants fishermen miners workers "
    "worker traders trader merchants drivers driver shopkeepers doctors doctor nurses medics "
    "patients evacuees hostages nomads bus-passengers aid-workers lawyers activists activist "
    "politician politicians tourists tourist monks priests priest imam",
    "external_other": "peacekeepers peacekeeper mercenaries mercenary contractors",
}
_OPEN_WORDS = (
    "militants militant fighters fighter forces force attackers attacker terrorists terrorist "
    "extremists extremist suspects suspect bombers bomber guards guard crowd crowds units "
    "unit personnel members supporters patrol convoy coalition warplanes warplane drones "
    "drone jets helicopters artillery airstrike authorities officials government elements "
    "combatants perpetrators snipers sniper Islamists islamists"
)
KINDS: dict[str, ActorKind | None] = {
    **{
        word: cast("ActorKind", kind) for kind, text in _KIND_WORDS.items() for word in text.split()
    },
    **dict.fromkeys(_OPEN_WORDS.split()),
}
MEMBERS = word_set(
    "fighters fighter militants militant members member troops forces soldiers soldier gunmen "
    "rebels insurgents terrorists militiamen group movement militia militias elements "
    "combatants jihadists personnel organisation organization guerrillas extremists party "
    "units army"
)
"""Nouns after an organisation's name that mean the organisation: "RSF fighters"."""

_STATE_MODIFIERS = word_set(
    "security government state federal border coast riot special national armed naval air "
    "regular customs presidential republican military police counterterrorism "
    "counter-terrorism pro-government regime loyalist interior"
)
_REBEL_MODIFIERS = word_set(
    "rebel insurgent separatist opposition anti-government guerrilla jihadist"
)
_MODIFIERS = word_set(
    "armed unidentified unknown suspected alleged local government security special "
    "paramilitary riot federal islamist jihadist islamic national regional tribal joint "
    "allied military naval border coast air foreign masked pro-government anti-government "
    "popular ethnic rival rebel insurgent separatist militant militia police army opposition "
    "regime counter-terrorism counterterrorism elite young elderly unarmed state civilian "
    "plainclothes motorcycle-riding extremist terrorist student farm factory aid displaced "
    "angry peaceful dead wounded off-duty retired uniformed Shiite Sunni Shia Christian "
    "Muslim Hindu Kurdish Arab Islamist loyalist self-defense self-defence vigilante criminal "
    "heavily-armed nomadic Fulani senior health medical bus humanitarian"
)
_NUMBERS = (
    r"(?:(?:at least|more than|about|around|some|nearly|over|up to|almost|dozens of|scores of|"
    r"hundreds of|thousands of|tens of thousands of|a group of|groups of|several|many|two|three|"
    r"four|five|six|seven|eight|nine|ten|eleven|twelve|a dozen|\d[\d,]{0,8})[ \u00a0]){0,2}+"
)
# These say something only with a word before them: "Kilo Front members".
_VAGUE = word_set("members elements units unit personnel force government coalition supporters")
_COUNTING = word_set(
    "two three four five six seven eight nine ten eleven twelve several many dozens scores "
    "hundreds thousands at nearly almost over about around more up"
)
_HEADS = "|".join(sorted(KINDS, key=len, reverse=True))
_MODIFIER = "|".join(sorted(_MODIFIERS, key=len, reverse=True))
_GROUP = (
    rf"(?<![\w.'’-]){_NUMBERS}"
    rf"(?P<core>(?:(?:(?:{_MODIFIER})\b|{WORD}(?:-(?:{ADDED})\b)?)[ \u00a0]){{0,4}}"
    rf"(?:{_HEADS})\b(?:[ \u00a0](?:officers|forces|fighters|members|personnel|workers|troops)\b)?)"
)


class Group(NamedTuple):
    """A group as printed: with its number words, and without ("two gunmen", "gunmen")."""

    span: Span
    core: Span
    kind: ActorKind | None


def find_groups(text: str, spans: Sequence[Span]) -> Iterator[Group]:
    """Yield the groups of people without a proper name, in text order."""
    for span in spans:
        for found in _group_pattern().finditer(text, span.start, span.end):
            core = found["core"]
            first, _, rest = core.partition(" ")
            while rest and first.lower() in NOT_NAMES:
                core = rest
                first, _, rest = core.partition(" ")
            if core.lower() in _VAGUE:
                continue
            bare = Span(found.end() - len(core), found.end())
            opening = found.group().partition(" ")[0].lower()
            counted = found.start() < found.start("core") or opening in _COUNTING
            whole = Span(found.start(), bare.end) if counted else bare
            yield Group(whole, bare, kind_of_group(core))


def after_group(name: str) -> str:
    """Return ``"Kilo Army"`` for ``"Members of the Kilo Army"``, and any other name as it is."""
    first, _, rest = name.partition(" of ")
    head = first.lower()
    if not rest or head not in KINDS or head in ORGANISATION_HEADS:
        return name
    return rest.removeprefix("the ")


@lru_cache(maxsize=1)
def _group_pattern() -> re.Pattern[str]:
    """Compiled on first use: resolving names does not need it."""
    return re.compile(_GROUP)


@lru_cache(maxsize=2048)
def kind_of_group(words: str) -> ActorKind | None:
    """Return the ACLED kind that a phrase's head noun states, null where it leaves it open.

    ``"Kenyan police officers"`` are state forces, ``"rebel forces"`` a rebel group; "militants"
    alone may be anybody.
    """
    parts = fold_name(words).split()
    if not parts:
        return None
    head = parts[-1]
    if head in (
        "forces",
        "force",
        "guards",
        "guard",
        "troops",
        "personnel",
        "army",
        "fighters",
        "units",
    ):
        before = set(parts[:-1])
        if before & _REBEL_MODIFIERS:
            return "rebel_group"
        if before & {"paramilitary", "militia", "tribal"}:
            return "political_militia"
        if head != "fighters" and before & _STATE_MODIFIERS:
            return "state_forces"
    if head in ("worker", "workers") and "aid" in parts:
        return "civilians"
    return KINDS.get(head)
