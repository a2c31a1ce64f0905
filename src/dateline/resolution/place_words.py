"""Take an expression of place apart: what it names, and how the event's place relates to that.

Nothing is looked up here; ``places.py`` does that.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING, Literal, NamedTuple

from dateline.resolution.name_forms import word_set

if TYPE_CHECKING:
    from dateline.records.vocabulary import PlaceRelation

Scale = Literal["town", "part", "admin1", "country", "any"]
"""What a place noun says: a settlement, a part of a region, a first-order region, a country."""

SCALES: dict[str, Scale] = {}
SCALES |= dict.fromkeys(
    word_set(
        "city town village hamlet settlement neighborhood neighbourhood suburb camp airport "
        "airbase base quarter township commune port community cities towns villages "
        "neighborhoods neighbourhoods suburbs camps capital mosque market bazaar hospital "
        "university prison crossing square"
    ),
    "town",
)
SCALES |= dict.fromkeys(
    word_set(
        "district subdistrict sub-district districts municipality area areas zone sector "
        "county valley mountains mountain hills desert forest island islands plain plains "
        "basin peninsula enclave pocket corridor delta lake river division axis front "
        "frontline tehsil woreda locality"
    ),
    "part",
)
SCALES |= dict.fromkeys(
    word_set(
        "province provinces governorate governorates state states oblast oblasts region "
        "regions prefecture department krai republic emirate canton territory"
    ),
    "admin1",
)
SCALES |= dict.fromkeys(["country", "kingdom"], "country")

PLACE_NOUNS = "|".join(sorted(SCALES, key=len, reverse=True))
DIRECTION = r"(?:(?:north|south)[- ]?(?:east|west)|north|south|east|west)(?:ern(?:most)?)?"
# At most one bracket, as in "30 miles (48 km)".
ABOUT = r"(?:(?:some|about|around|roughly|nearly|just|only)\ )?"
DISTANCE = r"\d[\d.,]{0,9}[ -]?(?:km|kms|kilomet(?:er|re)s?|miles?|mi)\b(?:\ \([^()]{1,20}\))?"

_CUE = re.compile(
    rf"""(?<![\w-])(?:
      (?P<between>
        between | (?:the\ )?(?:road|highway|motorway|route|line)\ (?:linking|connecting|from))
    | (?P<direction>
        (?:{ABOUT}(?P<km1>{DISTANCE})\ )?(?P<to>to\ )?(?P<the>the\ )?
        (?P<dir>{DIRECTION}|cent(?:er|re)|heart|middle|interior)
        (?P<what>\ (?:part|half|end|side|region|area|district)s?)?\ of)
    | (?P<near>
        {ABOUT}(?P<km2>{DISTANCE})\ (?:away\ )?(?:from|outside|off)
        | (?:(?:the\ )?(?:{DIRECTION}\ )?(?:outskirts|edges?|fringes?|periphery|surroundings|suburbs
            |environs|countryside|vicinity|hinterland|coast)\ of)
        | near(?:\ to)? | close\ to | (?:just\ )?outside(?:\ of)? | around | adjacent\ to
        | next\ to | not\ far\ from | opposite | bordering | overlooking)
    | (?P<toward>
        towards? | en\ route\ to | (?:in\ the\ )?direction\ of
        | (?:road|highway|route|way|leading|heading|headed|bound)\ (?:to|for|towards?))
    | (?P<inside>(?:located\ |situated\ |lying\ )?(?:in|inside|within|at|on|across|throughout))
    )(?![\w-]) | (?P<comma>\s*[,(;]\s*)""",
    re.IGNORECASE | re.VERBOSE,
)
_SPACES = re.compile(r"\s+")
_LEAD = re.compile(
    r"(?:(?:the|an?|of|from|into|in|at|on|located|situated|lying|some|about|just|entire|whole|nearby|"
    r"neighbou?ring|restive|remote|rural|wider|greater|strategic|besieged|occupied|coastal|"
    r"both|which|is|was|several|two|three|other|different)\ )+",
    re.IGNORECASE | re.VERBOSE,
)
_OF_NOUN = re.compile(
    rf"(?:(?P<before>.+?) )?(?P<noun>{PLACE_NOUNS})(?: of| called| named)? (?P<name>.+)",
    re.IGNORECASE,
)
_NOUN_LAST = re.compile(
    rf"(?P<name>.+?) (?:refugee |displacement |military |air |international |autonomous )?"
    rf"(?P<noun>{PLACE_NOUNS})(?P<area> (?:areas?|cent(?:er|re)|axis))?",
    re.IGNORECASE,
)
_PAIR = re.compile(
    r"(?P<a>\S.*?)(?:[-–—/]| (?:and|-|–) )(?P<b>\S.*?) "
    r"(?P<what>border|frontier|road|highway|motorway|route|corridor|axis|railway|supply line)"
    r"(?: areas?| region| zone| crossing)?",
    re.IGNORECASE,
)
_BORDER = re.compile(
    r"(?:.{0,30} )?(?:border|frontier)(?: areas?| region| zone| crossing)? (?:with|of|to) (?P<a>.+)"
    r"|(?P<b>.+?)(?:['’]s)? (?:border|frontier)"
    r"(?: areas?| region| regions| zone| crossing| town| village)?",
    re.IGNORECASE,
)
_AROUND = re.compile(
    rf"(?:{DIRECTION} )?(?P<a>.+?)(?:['’]s)?(?: {DIRECTION})? "
    r"(?:countryside|outskirts|suburbs|environs|surroundings)",
    re.IGNORECASE,
)
_PARTLY = re.compile(rf"(?:{DIRECTION}|central|upper|lower) (?P<a>.+)", re.IGNORECASE)
_POSSESSIVE = re.compile(r"(?P<owner>[^'’]+)['’]s (?P<rest>\S.*)")


class Named(NamedTuple):
    """A name as printed, without its place noun; the noun, and the scale that it states."""

    name: str
    scale: Scale = "any"
    noun: str = ""


class Locator(NamedTuple):
    """A relation to named places: "12 km north of Tikrit". ``km`` is the stated distance.

    ``part`` marks "the north of Mali": inside it. ``border`` says that a border is meant.
    """

    relation: PlaceRelation
    names: tuple[Named, ...]
    km: float | None = None
    part: bool = False
    border: bool = False


class PlaceWords(NamedTuple):
    """``head`` is the place itself where it has a name, ``locator`` says where it lies, and
    ``containers`` are larger places around it, in the order given. ``scale`` is what the noun of
    a nameless place says ("a village north of Homs")."""

    head: Named | None = None
    locator: Locator | None = None
    containers: tuple[Named, ...] = ()
    scale: Scale = "any"


@lru_cache(maxsize=4096)
def read_place_words(words: str) -> PlaceWords:
    """Take an expression of place apart, e.g. ``"a village 12 km north of Tikrit, Iraq"``.

    Only the first 300 characters are read: no expression of place is longer.
    """
    plain = _SPACES.sub(" ", words[:300]).strip(" ,.;:")
    head: Named | None = None
    locator: Locator | None = None
    containers: list[Named] = []
    scale: Scale = "any"
    for cue, content in _clauses(plain):
        kind = cue.lastgroup if cue is not None else None
        if kind in ("comma", "inside", None):
            for found in _read_content(content):
                if isinstance(found, Locator):
                    locator = locator or found
                elif not _has_name(found.name):
                    scale = SCALES.get(found.name.lower(), found.scale) if scale == "any" else scale
                elif head is None and locator is None:
                    head = found
                else:
                    containers.append(found)
        elif locator is None:
            locator = _locate(cue, content)
        elif kind == "direction" and (other := _locate(cue, content)) and other.part:
            containers.extend(other.names)
    return PlaceWords(head, locator, tuple(containers), scale)


def inside_of(name: str) -> str | None:
    """Return ``"Ruritania"`` for ``"northern Ruritania"``, None where no direction comes first."""
    found = _PARTLY.fullmatch(name)
    return _without_lead(found["a"]) if found else None


def _clauses(plain: str) -> list[tuple[re.Match[str] | None, str]]:
    clauses: list[tuple[re.Match[str] | None, str]] = []
    cue: re.Match[str] | None = None
    at = 0
    for found in _CUE.finditer(plain):
        content = plain[at : found.start()].strip(" ,.;:()")
        if content or (cue is not None and found["comma"] is None and found["inside"] is None):
            clauses.append((cue, content))
        cue, at = found, found.end()
    clauses.append((cue, plain[at:].strip(" ,.;:()")))
    return [(cue, content) for cue, content in clauses if content]


def _locate(cue: re.Match[str] | None, content: str) -> Locator | None:
    if cue is None:
        return None
    kind = "between" if cue["between"] else next(k for k in _RELATIONS if cue[k])
    distance = cue["km1"] or cue["km2"]
    km = _kilometres(distance) if distance else None
    if kind == "between":
        first, joint, second = content.partition(" and ")
        if not joint:
            first, joint, second = content.partition(" to ")
        if joint:
            return Locator("between", (_named(first), _named(second)))
        kind = "near"
    inner = next(iter(_read_content(content)), None)
    if isinstance(inner, Locator):
        return inner if kind in ("near", "toward") else None
    if inner is None or not _has_name(inner.name):
        return None
    if kind == "direction":
        # "north of Mali" lies outside, "the north of Mali" and "the northern part of Mali" inside.
        inner_words = cue["the"] or cue["what"] or cue["dir"].lower().endswith("ern")
        part = inner_words and cue["to"] is None and km is None
        if part or cue["dir"].lower()[:5] not in ("north", "south", "east", "west"):
            return Locator("in", (inner,), part=True)
    return Locator(_RELATIONS[kind], (inner,), km=km)


_RELATIONS: dict[str, PlaceRelation] = {
    "direction": "direction_of",
    "near": "near",
    "toward": "toward",
    "between": "between",
}


def _read_content(content: str) -> list[Named | Locator]:
    """What stands between two cues: usually one name, two for "Kilo district of Ruritania"."""
    content = _without_lead(content)
    lowered = content.lower()
    if "border" in lowered or "frontier" in lowered or lowered.endswith(_PAIR_ENDS):
        if found := _PAIR.fullmatch(content):
            border = found["what"].lower() in ("border", "frontier")
            return [Locator("between", (_named(found["a"]), _named(found["b"])), border=border)]
        if found := _BORDER.fullmatch(content):
            name = _named(found["a"] or found["b"])
            if _has_name(name.name):
                return [Locator("near", (name,), border=True)]
    if lowered.endswith(_AROUND_ENDS) and (found := _AROUND.fullmatch(content)):
        return [Locator("near", (_named(found["a"]),))]
    if ("'s " in content or "’s " in content) and (found := _POSSESSIVE.fullmatch(content)):
        owner, rest = _named(found["owner"]), _read_content(found["rest"])
        if _has_name(owner.name):
            return [*rest, owner]
    if SCALES.keys().isdisjoint(lowered.split()):
        return [Named(content)] if content else []
    if (found := _OF_NOUN.fullmatch(content)) and _has_name(found["name"]):
        noun = found["noun"].lower()
        scale = SCALES[noun]
        before = found["before"] or ""
        inner = _named(found["name"])
        if found["noun"][0].isupper():
            # "Republic of the Congo", "Camp Kilo": the noun is part of the name.
            return [_named(content)]
        if not _has_name(before):
            stated = noun != "capital" and (inner.scale == "any" or scale == "town")
            return [Named(inner.name, scale, noun) if stated else inner]
        if content[found.end("noun") : found.start("name")].strip() == "of":
            return [Named(_without_lead(before), scale, noun), inner]
        # "the Ruritanian capital Strelsau", "the Kilo province town of Zenda"
        return [Named(inner.name, scale, noun), _named(before)]
    return [_named(content)] if content else []


def _named(words: str) -> Named:
    words = words.strip(' ,.;:()"“”')
    words = _without_lead(words)
    if SCALES.keys().isdisjoint(words.lower().split()):
        return Named(words)
    found = _OF_NOUN.fullmatch(words)
    if found and not found["before"] and found["noun"][0].islower() and _has_name(found["name"]):
        noun = found["noun"].lower()
        return Named(_without_lead(found["name"]), SCALES[noun], noun)
    if found := _NOUN_LAST.fullmatch(words):
        scale: Scale = "part" if found["area"] else SCALES[found["noun"].lower()]
        return Named(found["name"], scale, found["noun"])
    return Named(words)


def _without_lead(words: str) -> str:
    found = _LEAD.match(words)
    return words[found.end() :] if found else words


def _has_name(words: str) -> bool:
    """Whether there is a capital letter, or a letter of a script that has none."""
    if words.isascii():
        return words != words.lower()
    return any(c.isupper() or (c.isalpha() and not c.islower()) for c in words)


def _kilometres(distance: str) -> float | None:
    digits = distance.partition(" ")[0].rstrip("kmiles.,-").replace(",", "")
    try:
        number = float(digits)
    except ValueError:
        return None
    return number * 1.609 if " mi" in distance[:18] or "-mi" in distance[:18] else number


_PAIR_ENDS = ("road", "highway", "motorway", "route", "corridor", "axis", "railway", "supply line")
_AROUND_ENDS = ("countryside", "outskirts", "suburbs", "environs", "surroundings")
