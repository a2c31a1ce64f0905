"""What a number counts: its unit or noun first, then the verb that governs it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dateline.records.vocabulary import PEOPLE_KINDS

if TYPE_CHECKING:
    from dateline.asking.guided.findings import Number
    from dateline.asking.guided.reading import Reading
    from dateline.records.vocabulary import QuantityKind

_VERBS: dict[str, QuantityKind] = {
    "kill": "killed", "slay": "killed", "die": "killed", "perish": "killed", "execute": "killed",
    "murder": "killed", "massacre": "killed", "behead": "killed", "gun down": "killed",
    "shoot dead": "killed", "shoot and kill": "killed", "assassinate": "killed", "slaughter": "killed",
    "wound": "wounded", "injure": "wounded", "hurt": "wounded", "maim": "wounded", "stab": "wounded",
    "arrest": "arrested", "detain": "arrested", "round up": "arrested", "apprehend": "arrested",
    "take into custody": "arrested", "abduct": "abducted", "kidnap": "abducted",
    "take hostage": "abducted", "capture": "captured",
}  # fmt: skip
_ADJECTIVES: dict[str, QuantityKind] = {
    "dead": "killed", "injuries": "wounded", "deaths": "killed", "fatalities": "killed",
    "casualties": "casualties_combined", "injured": "wounded", "wounded": "wounded", "missing": "missing",
    "hostage": "abducted", "hostages": "abducted", "fled": "displaced", "displaced": "displaced",
    "released": "released", "freed": "released", "lives": "killed", "bodies": "killed",
}  # fmt: skip
_NOUNS: dict[str, QuantityKind] = {
    "village": "villages", "villages": "villages", "tunnel": "tunnels", "tunnels": "tunnels",
    "site": "sites", "sites": "sites", "positions": "sites", "hideouts": "sites", "vehicle": "vehicles",
    "vehicles": "vehicles", "trucks": "vehicles", "cars": "vehicles", "tanks": "vehicles",
    "rifles": "weapons", "rockets": "weapons", "weapons": "weapons", "shells": "weapons",
    "bombs": "weapons", "houses": "buildings", "homes": "buildings", "buildings": "buildings",
    "shops": "buildings", "percent": "percent", "%": "percent", "kilometers": "distance",
    "kilometres": "distance", "km": "distance", "miles": "distance", "hours": "duration",
    "minutes": "duration", "days": "duration", "weeks": "duration", "months": "duration",
    "years": "duration", "dollars": "money",
}  # fmt: skip


def kind_of(reading: Reading, number: Number) -> tuple[QuantityKind, bool]:
    """Return what a number counts and whether that is sure.

    A unit or a thing that is counted decides alone; people are counted by the nearest verb of
    harm, arrest or abduction in the same clause.
    """
    words = reading.words
    first, last = reading.at(number.span.start), reading.at(number.span.end)
    if number.kind is not None and number.kind not in PEOPLE_KINDS and number.kind != "other":
        return number.kind, True
    for i in range(max(first, last - 2), min(len(words), last + 4)):
        if i >= last and (words[i] in {",", ";", ".", "and"} or words[i] in _BREAKS):
            break
        if words[i] in _NOUNS:
            kind = _NOUNS[words[i]]
            if kind == "distance" and i and words[i - 1] == "square":
                kind = "area"
            return kind, True
    found = _governed(reading, first, last)
    if found is not None:
        return found, True
    return (number.kind or "other"), number.kind is not None


_BREAKS = frozenset({"while", "when", "after", "who", "which", "that", "in", "near", "from"})


def _governed(reading: Reading, first: int, last: int) -> QuantityKind | None:
    words = reading.words
    best: tuple[int, QuantityKind] | None = None
    both = _both(words, first, last)
    if both:
        return "casualties_combined"
    for hit in reading.hits:
        kind = _VERBS.get(hit.entry.lemma)
        if kind is None or hit.form == "noun":
            continue
        before = hit.passive or hit.entry.lemma in {"die", "perish"} or hit.use == "reduced"
        distance = hit.chain - last if before else first - hit.last
        between = words[last : hit.chain] if before else words[hit.last : first]
        if 0 <= distance <= 12 and not any(
            w in {";", "while", "when", "but", "after"} for w in between
        ):
            if best is None or distance < best[0]:
                best = (distance, kind)
    for i in range(last, min(len(words), last + 7)):
        if words[i] in {";", "while", "when"} or (words[i] == "," and i > last + 1):
            break
        if words[i] in _ADJECTIVES and (best is None or i - last < best[0]):
            best = (i - last, _ADJECTIVES[words[i]])
            break
    return best[1] if best else None


def _both(words: list[str], first: int, last: int) -> bool:
    window = words[max(0, first - 6) : last + 14]
    for i in range(1, len(window) - 1):
        if window[i] in {"and", "&", "or"}:
            pair = {window[i - 1], window[i + 1]}
            if pair & {"killed", "dead"} and pair & {"wounded", "injured", "hurt"}:
                return True
    return False
