"""Which sentences tell of the same happening.

Two tellings are joined when nothing in them contradicts and something binds them: a headline or
standfirst to its story, "the attack" to the attack, a shared number, place or actor nearby.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from dateline.asking.guided.findings import whole_place
from dateline.asking.guided.lexicon import words_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from dateline.asking.guided.happenings import Happening
    from dateline.asking.guided.lexicon import Lexicon
    from dateline.asking.guided.reading import Reading

_FAMILIES = (
    {"Armed clash", "Government regains territory", "Non-state actor overtakes territory", "Attack",
     "Shelling/artillery/missile attack", "Air/drone strike", "Disrupted weapons use", "Arrests"},
    {"Remote explosive/landmine/IED", "Suicide bomb", "Grenade", "Attack",
     "Shelling/artillery/missile attack"},
    {"Peaceful protest", "Protest with intervention", "Excessive force against protesters",
     "Violent demonstration", "Mob violence", "Arrests"},
    {"Looting/property destruction", "Violent demonstration", "Attack", "Armed clash"},
    {"Abduction/forced disappearance", "Attack"},
    {"Change to group/activity", "Non-violent transfer of territory", "Agreement"},
)  # fmt: skip
_SAME_PLACE = tuple(
    ("the", noun)
    for noun in ("town", "city", "village", "area", "district", "camp", "base", "checkpoint")
)
"""How a sentence comes back to a place that was named before."""
_PROTESTS = _FAMILIES[2] - {"Mob violence"}
_HARMLESS = frozenset(
    {
        "Arrests", "Agreement", "Change to group/activity", "Disrupted weapons use",
        "Headquarters or base established", "Non-violent transfer of territory",
    }
)  # fmt: skip
_LEAVING = frozenset({"withdraw", "retreat", "pull back", "pull out", "regroup"})
_DAY = re.compile(r"day\b|\b(?:19|20)\d\d\b|\d (?:[A-Z]|$)|[a-z] \d", re.IGNORECASE)
_MONTHS = words_of("jan feb mar apr may jun jul aug sep oct nov dec")
_GENERIC = frozenset({"attack", "operation", "assault", "violence", "incident"})
_PERPETRATORS = words_of(
    "attackers assailants gunmen raiders abductors kidnappers perpetrators shooters captors"
)
_TOLL_REACH = 4
_WIDEST = 24
"""How many tellings of a group are compared, so that one long story costs linear time."""
_MEMORY = 40
"""How many events back a telling may join, so that long texts cost linear time."""
_PEOPLE = frozenset(
    {"killed", "wounded", "captured", "abducted", "arrested", "casualties_combined"}
)


def merge(found: Sequence[Happening], text: str, lexicon: Lexicon) -> list[list[Happening]]:
    """Return groups of tellings, each in text order, groups in order of their first body telling.

    Headlines are laid on the story last: they join a body event wherever one is compatible.
    """
    groups: list[list[Happening]] = []
    body = [h for h in found if h.reading.zone == "body"]
    above = [h for h in found if h.reading.zone != "body"]
    for telling in body:
        recent = groups[-_MEMORY:]
        if (struck := _struck_in(recent, telling, text, lexicon)) is not None:
            if not _leaves(telling):
                struck.append(telling)
            continue
        best = max(recent, key=lambda group: bond(group, telling, text, lexicon), default=None)
        if best is not None and bond(best, telling, text, lexicon) >= 1.0:
            best.append(telling)
        else:
            groups.append([telling])
    for telling in above:
        ranked = sorted(groups, key=lambda group: -bond(group, telling, text, lexicon))
        if ranked and bond(ranked[0], telling, text, lexicon) >= 0.5:
            ranked[0].insert(0, telling)
        else:
            groups.insert(0, [telling])
    return groups


def _is_toll(telling: Happening) -> bool:
    return all(hit.entry.family == "harm" for hit in telling.hits)


def _leaves(telling: Happening) -> bool:
    """Whether it only tells how a side left the fighting."""
    return telling.type == "Change to group/activity" and telling.head.entry.lemma in _LEAVING


def _struck_in(
    groups: Sequence[list[Happening]], telling: Happening, text: str, lexicon: Lexicon
) -> list[Happening] | None:
    """The violence that a bare toll belongs to: the last that was told of, not far before."""
    reading = telling.reading
    toll = _is_toll(telling)
    if (
        not (toll or _leaves(telling) or telling.type == "Disrupted weapons use")
        or telling.background
        or telling.status != "occurred"
        or (reading.wheres and not _leaves(telling))
        or any(when.fine and _DAY.search(text, *when.span) for when in reading.whens)
        or reading.has_opening(lexicon.phrases["new_incident"])
    ):
        return None
    for group in sorted(groups, key=lambda group: -group[-1].reading.index):
        last = group[-1].reading.index
        if reading.index - last > (_TOLL_REACH if toll else 2 * _TOLL_REACH) or group[0].background:
            continue
        if group[0].type not in _HARMLESS and group[0].status == "occurred":
            return group
    return None


def bond(group: Sequence[Happening], telling: Happening, text: str, lexicon: Lexicon) -> float:
    """How strongly a telling belongs to a group; negative where they contradict."""
    reading = telling.reading
    if len(group) > _WIDEST:
        group = [group[0], *group[-_WIDEST:]]
    if telling.background != group[0].background:
        return -1.0
    statuses = {telling.status, group[0].status}
    if len(statuses) > 1 and not (telling.anaphoric and statuses == {"occurred", "attempted"}):
        return -1.0
    if any(other.reading is reading for other in group):
        return -1.0
    related = [other for other in group if _related(other.type, telling.type)]
    trailing = _trails(group, telling)
    goes_on = reading.has_opening(lexicon.phrases["continuing"])
    follows = goes_on and any(0 < reading.index - other.reading.index <= 1 for other in group)
    if not (related or trailing or follows or _means_any(group, telling)):
        return -1.0
    same = any(other.type == telling.type for other in group)
    follows_on = _follows_on(group, telling)
    score = 0.5 if same else 0.0
    score += 1.25 * trailing
    titled = reading.zone != "body" or any(other.reading.zone != "body" for other in group)
    numbers = _numbers(reading)
    known = {key for other in group for key in _numbers(other.reading)}
    shared = numbers & known
    clash = {kind for kind, _ in numbers} & {kind for kind, _ in known} - {
        kind for kind, _ in shared
    }
    if shared:
        score += 1.0
    elif clash and not titled and not follows_on:
        score -= 1.5
    mine = _places(reading)
    theirs = {p for other in group for p in _places(other.reading)}
    if goes_on:
        score += 0.75
    if mine and theirs:
        free = titled or goes_on or telling.anaphoric
        score += 0.75 if mine & theirs else (0.0 if free else -0.75)
    elif theirs and reading.has(_SAME_PLACE):
        score += 0.5
    days, their_days = (
        _days(reading, text),
        {d for other in group for d in _days(other.reading, text)},
    )
    if days and their_days:
        score += 0.25 if days & their_days else -1.0
    actors = _actors(reading, text)
    if actors & {a for other in group for a in _actors(other.reading, text)}:
        score += 0.5
    distance = min(abs(reading.index - other.reading.index) for other in group)
    if distance <= 1:
        score += 0.5
    elif distance <= 3:
        score += 0.25
    if telling.anaphoric or (distance <= 3 and related and _by_the_same(reading)):
        score += 1.0
    if follows_on and {telling.type, group[0].type} <= _PROTESTS:
        score += 0.5
    if titled:
        score += 0.75
    if not titled and reading.has_opening(lexicon.phrases["new_incident"]):
        score -= 1.5
    return score


def _means_any(group: Sequence[Happening], telling: Happening) -> bool:
    """Whether "the operation" may mean violence of whatever type, told of shortly before."""
    head = telling.head
    return (
        telling.anaphoric
        and head.form == "noun"
        and head.entry.lemma in _GENERIC
        and group[0].type not in _HARMLESS
        and 0 < telling.reading.index - group[-1].reading.index <= _TOLL_REACH
    )


def _by_the_same(reading: Reading) -> bool:
    """Whether "the attackers" act in it: those of whom the text has told."""
    return any(
        word in _PERPETRATORS and i and reading.words[i - 1] == "the"
        for i, word in enumerate(reading.words)
    )


def _follows_on(group: Sequence[Happening], telling: Happening) -> bool:
    """Whether the next sentence goes on without naming a place or a time of its own."""
    reading = telling.reading
    return (
        not reading.wheres
        and not reading.whens
        and any(0 < reading.index - other.reading.index <= 1 for other in group)
    )


def _trails(group: Sequence[Happening], telling: Happening) -> bool:
    """A toll that continues the sentence before: "Five others were wounded"."""
    reading = telling.reading
    return (
        all(hit.entry.family == "harm" for hit in telling.hits)
        and not reading.wheres
        and not any(when.fine for when in reading.whens)
        and not any(name.proper and name.side != "name" for name in reading.names)
        and any(0 < reading.index - other.reading.index <= 1 for other in group)
    )


def _related(a: str, b: str) -> bool:
    return a == b or any(a in family and b in family for family in _FAMILIES)


def _numbers(reading: Reading) -> set[tuple[str, float]]:
    return {
        (number.kind, number.low)
        for number in reading.numbers
        if number.low is not None and number.kind in _PEOPLE
    }


def _places(reading: Reading) -> set[str]:
    return {whole_place(name) for where in reading.wheres for name in where.names}


def _days(reading: Reading, text: str) -> set[str]:
    return {
        _day(text[when.span.start : when.span.end].lower())
        for when in reading.whens
        if when.fine and not text.startswith(("since", "Since"), when.span.start)
    }


def _day(printed: str) -> str:
    """ "3 March", "March 3, 2026" and "on 3 March" alike; else the last word."""
    words = re.findall(r"[a-z]+|\d{1,4}", printed)
    month = next((word[:3] for word in words if word[:3] in _MONTHS), None)
    day = next((word for word in words if word.isdigit() and len(word) < 3), None)
    return f"{int(day)} {month}" if month and day else printed.split()[-1]


def _actors(reading: Reading, text: str) -> set[str]:
    return {text[name.span.start : name.span.end].lower() for name in reading.names if name.proper}
