"""Checks that a machine can make on records. Pure: findings go in, nothing is changed.

Errors make an item fail: it is asked for again and then rejected. Warnings are kept beside the
records. Each check names its finding with a stable code; ``docs/checks.md`` lists them all.
"""

from __future__ import annotations

import re
from collections import defaultdict
from typing import TYPE_CHECKING

from dateline.records import Claim, DateRange, Event, Problem, Quantity

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from datetime import date

    from dateline.taxonomy import Taxonomy

AREA_UNIT = re.compile(
    r"\b(?:sq\.?|square)\s?(?:k(?:ilo)?m(?:et(?:er|re)s?)?|m(?:et(?:er|re)s?|iles?)?|feet|foot|yards?)"
    r"|\b(?:hectares?|acres?|ha|dunams?|feddans?|km2|m2|km²|m²)\b|²",
    re.IGNORECASE,
)
LOADED_WORDS = frozenset(
    {
        "butcher", "butchered", "cleanse", "cleansed", "cleansing", "dirtbag", "eliminated",
        "freedom-fighter", "freedom-fighters", "hero", "heroes", "heroic", "infidel",
        "infidels", "liberate", "liberated", "liberates", "liberating", "liberation", "martyr",
        "martyrdom", "martyred", "martyrs", "neutralise", "neutralised", "neutralize",
        "neutralized", "regime", "savage", "savages", "slaughter", "slaughtered", "terror",
        "terrorist", "terrorists", "thug", "thugs", "vermin",
    }
)  # fmt: skip
"""Words that take a side. The library never writes one itself outside quotation marks."""

_WORD = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")
_QUOTED = re.compile(r"[\"“„«][^\"“”„«»]{0,600}[\"”»]")
_PRONOUN = re.compile(
    r"\b(?:he|she|it|they|him|her|them|his|hers|its|their|theirs|we|us|our|ours|i|my|you|your)\b",
    re.IGNORECASE,
)


def quantity_problems(quantity: Quantity, where: str) -> Iterator[Problem]:
    """Errors of one number: its bounds, its unit, its scope."""
    low, value, high = quantity.min, quantity.value, quantity.max
    if (
        (low is not None and high is not None and low > high)
        or (low is not None and value is not None and low > value)
        or (high is not None and value is not None and value > high)
    ):
        yield _error("bounds", where, "the bounds are not min ≤ value ≤ max")
    if any(number is not None and number < 0 for number in (low, value, high)):
        yield _error("negative", where, "a count is never negative")
    if quantity.kind == "area" and not AREA_UNIT.search(quantity.text):
        yield _error("area_unit", where, "an area needs an area unit in its own words")
    if quantity.kind == "percent":
        top = next((n for n in (value, high, low) if n is not None), None)
        if top is not None and not 0 <= top <= 100:
            yield _error("percent_range", where, "a percentage lies between 0 and 100")
    if quantity.scope == "cumulative":
        yield _error(
            "cumulative", where, "a running total belongs in a claim, not on a single event"
        )


def toll_problems(counts: Sequence[Quantity], where: str) -> Iterator[Problem]:
    """Error when killed and wounded together exceed a combined maximum of the same victims."""
    by_victim: dict[str | None, dict[str, list[Quantity]]] = defaultdict(lambda: defaultdict(list))
    for count in counts:
        by_victim[count.victim_actor][count.kind].append(count)
    for kinds in by_victim.values():
        for combined in kinds["casualties_combined"]:
            if combined.high is None:
                continue
            killed = max((c.low or 0 for c in kinds["killed"]), default=0)
            wounded = max((c.low or 0 for c in kinds["wounded"]), default=0)
            if killed + wounded > combined.high:
                yield _error(
                    "combined_toll", where, "killed and wounded exceed the combined number"
                )


def date_problems(
    when: DateRange, status: str, salience: str, published: date | None, where: str
) -> Iterator[Problem]:
    """Errors of an event's date against the publication date and the event's status."""
    if when.basis == "relative_to_publication" and published is None and when.start is not None:
        yield _error("no_anchor", where, "a relative date was resolved without an anchor")
    if published is None or when.basis == "none":
        return
    if status in ("occurred", "attempted", "denied") and when.start and when.start > published:
        yield _error("after_publication", where, "it occurred after the article was published")
    if status == "planned" and salience != "background" and when.end and when.end < published:
        yield _error("planned_in_past", where, "a planned event lies before its announcement")


def type_problems(event: Event, taxonomy: Taxonomy, where: str) -> Iterator[Problem]:
    """Error when the sub-event type does not belong to the event type."""
    if taxonomy.event_type_of(event.sub_event_type) != event.event_type:
        yield _error("type_pair", where, "the sub-event type is not of the event type")


def loaded_words(text: str) -> tuple[str, ...]:
    """Loaded words in a text outside quotation marks and names, in order.

    A capitalised word that does not begin the text is part of a name.
    """
    unquoted = _QUOTED.sub(" ", text)
    found = []
    for number, match in enumerate(_WORD.finditer(unquoted)):
        word = match[0]
        if word.casefold() in LOADED_WORDS and (number == 0 or not word[0].isupper()):
            found.append(word.casefold())
    return tuple(found)


def has_pronoun(text: str) -> bool:
    """Whether a text outside quotation marks leans on a personal pronoun."""
    return _PRONOUN.search(_QUOTED.sub(" ", text)) is not None


def record_warnings(events: Sequence[Event], claims: Sequence[Claim]) -> list[Problem]:
    """Warnings about finished records: shared numbers, loaded words, pronouns."""
    found = list(_shared_numbers(events))
    for event in events:
        if words := loaded_words(event.summary):
            found.append(_loaded(f"$.events[{event.id}].summary", words))
    for claim in claims:
        where = f"$.claims[{claim.id}].text"
        if words := loaded_words(claim.text):
            found.append(_loaded(where, words))
        if has_pronoun(claim.text):
            found.append(_warning("pronoun", where, "the text leans on a pronoun"))
    return found


def headline_warnings(events: Sequence[Event], headline: Sequence[Quantity]) -> list[Problem]:
    """Warn where a number of the headline agrees with no number of its kind in the events.

    Args:
        headline: quantities that stand in the headline, with the kinds their words suggest.
    """
    counts = [count for event in events for count in event.counts]
    found = []
    for stated in headline:
        same = [c for c in counts if c.kind == stated.kind and c.text != stated.text]
        if same and not any(_compatible(stated, other) for other in same):
            message = f"headline and body disagree on {stated.kind}"
            found.append(_warning("headline_differs", "$.headline", message))
    return found


def dangling(ids: Iterable[str], known: frozenset[str], where: str) -> list[Problem]:
    """Errors for ids that refer to nothing."""
    return [
        _error("dangling_id", where, f"{wanted!r} refers to no record")
        for wanted in ids
        if wanted not in known
    ]


def _shared_numbers(events: Sequence[Event]) -> Iterator[Problem]:
    first: dict[tuple[int, int], str] = {}
    for event in events:
        for number, count in enumerate(event.counts):
            if count.evidence is None:
                continue
            owner = first.setdefault(count.evidence.span, event.id)
            if owner != event.id:
                where = f"$.events[{event.id}].counts[{number}]"
                yield _warning("shared_number", where, f"the same number is used by {owner}")


def _compatible(one: Quantity, other: Quantity) -> bool:
    low = max(n for n in (one.low, other.low, float("-inf")) if n is not None)
    high = min(n for n in (one.high, other.high, float("inf")) if n is not None)
    return low <= high


def _loaded(where: str, words: tuple[str, ...]) -> Problem:
    return _warning("loaded_word", where, f"loaded word: {', '.join(sorted(set(words)))}")


def _error(code: str, where: str, message: str) -> Problem:
    return Problem(code=code, where=where, message=message)


def _warning(code: str, where: str, message: str) -> Problem:
    return Problem(code=code, where=where, message=message, severity="warning")
