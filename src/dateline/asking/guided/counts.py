"""What a number counts: its unit or noun first, then the verb that governs it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dateline.asking.guided.lexicon import words_of

if TYPE_CHECKING:
    from dateline.asking.guided.findings import Number
    from dateline.asking.guided.reading import Reading
    from dateline.records.vocabulary import QuantityKind

_VERBS: dict[str, QuantityKind] = {
    **dict.fromkeys(
        (
            "kill", "slay", "die", "perish", "execute", "murder", "massacre", "behead", "gun down",
            "shoot dead", "shoot and kill", "assassinate", "slaughter",
        ),
        "killed",
    ),
    **dict.fromkeys(("wound", "injure", "hurt", "maim", "stab"), "wounded"),
    **dict.fromkeys(
        ("arrest", "detain", "round up", "apprehend", "take into custody"), "arrested"
    ),
    **dict.fromkeys(("abduct", "kidnap", "take hostage"), "abducted"),
    "capture": "captured",
    **dict.fromkeys(
        ("protest", "demonstrate", "rally", "march", "gather", "take to the streets"),
        "participants",
    ),
}  # fmt: skip
_WORDS: dict[str, QuantityKind] = {
    "dead": "killed", "deaths": "killed", "fatalities": "killed", "lives": "killed",
    "bodies": "killed", "died": "killed", "injuries": "wounded", "injured": "wounded",
    "wounded": "wounded", "hurt": "wounded", "casualties": "casualties_combined",
    "missing": "missing", "hostage": "abducted", "hostages": "abducted", "fled": "displaced",
    "displaced": "displaced", "fleeing": "displaced", "homeless": "displaced",
    "released": "released", "freed": "released",
}  # fmt: skip
_CLAUSE = words_of("; while when but whereas although")
_LOSING = words_of("lost lose loses losing")


def kind_of(reading: Reading, number: Number) -> tuple[QuantityKind, bool]:
    """Return what a number counts and whether that is sure.

    A unit or a counted thing decides alone; people are counted by the nearest verb of harm,
    arrest or abduction in the same clause. "Killed and wounded" of one number is both.
    """
    if number.kind is not None:
        return number.kind, True
    first, last = reading.at(number.span.start), reading.at(number.span.end)
    words = reading.words
    if _combined(words, first, last):
        return "casualties_combined", True
    governed = _governed(reading, first, last)
    if governed is not None:
        return governed, True
    if _LOSING & set(words[max(0, first - 4) : first]) and (
        number.people or last >= len(words) - 1
    ):
        return "killed", True
    return "other", not number.people


def _governed(reading: Reading, first: int, last: int) -> QuantityKind | None:
    words = reading.words
    best: tuple[int, QuantityKind] | None = None
    for hit in reading.hits:
        kind = _VERBS.get(hit.entry.lemma)
        if kind is None or hit.form == "noun" or hit.goal:
            continue
        subject = (
            hit.passive
            or hit.use == "reduced"
            or kind == "participants"
            or hit.entry.lemma in {"die", "perish"}
        )
        distance = hit.chain - last if subject else first - hit.last
        if subject and distance < 0 <= hit.first - last:
            distance = 0
        between = words[last : hit.first] if subject else words[hit.last : first]
        if not 0 <= distance <= 14 or any(word in _CLAUSE for word in between):
            continue
        if best is None or distance < best[0]:
            best = (distance, kind)
    for i in range(max(0, last - 1), min(len(words), last + 6)):
        if words[i] in _CLAUSE or (words[i] in {",", "and"} and i > last):
            break
        if words[i] in _WORDS and (best is None or i - last < best[0]):
            return _WORDS[words[i]]
    return best[1] if best else None


def _combined(words: list[str], first: int, last: int) -> bool:
    """Whether "killed and wounded" (either order) governs the number as a whole."""
    window = words[max(0, first - 5) : last + 14]
    for i in range(1, len(window) - 1):
        if window[i] in {"and", "&", "or"}:
            pair = {window[i - 1], window[i + 1]}
            if pair & {"killed", "dead"} and pair & {"wounded", "injured", "hurt"}:
                return True
    return False
