"""The numbers that a text prints, each with its bounds, its unit and the part it plays."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from dateline.records.vocabulary import Comparator
from dateline.resolution.comparators import comparator_after, comparator_before
from dateline.resolution.number_phrases import Phrase, phrases
from dateline.resolution.number_roles import NumberRole, role_of
from dateline.resolution.number_words import fold
from dateline.resolution.units import CURRENCY_SIGNS, Measure, Unit, unit_at
from dateline.spans import Span


@dataclass(slots=True)
class NumberMention:
    """One number of a text, or one range of two.

    ``span`` covers the number, ``expression`` also its comparator before it, its currency sign
    and its unit. ``value`` is set for "23" and "about 23"; "at least 23" has ``low`` only, "up to
    23" ``high`` only, "20 to 30" both, "dozens" ``low`` and ``vague``. ``printed`` are the
    numbers as they stand, whatever the comparator. ``unit`` is as printed and ``measure`` is what
    it measures. Offsets are code points into the text.
    """

    span: Span
    words: str
    value: float | None
    low: float | None = None
    high: float | None = None
    comparator: Comparator = "eq"
    vague: bool = False
    role: NumberRole = "count"
    unit: str | None = None
    measure: Measure | None = None
    printed: tuple[float, ...] = ()
    expression: Span = field(default=Span(0, 0))


_RANGE_GAP = re.compile(
    r"(?:%| ?per ?cent|km)?(?: to | or |[ \u00a0]?[-\u2010-\u2015\u2212][ \u00a0]?)[$€£₹]?"
)
_TIGHT = frozenset("-\u2010\u2011\u2012\u2013\u2014\u2212")
_CHANGE = re.compile(
    r"\b(?:ro[sd]e|risen|rising|rises?|increas\w+|grew|grow\w*|fell|fall\w*|dropp?\w*|climb\w*|jump\w*"
    r"|revised|raised|declin\w+|soar\w*|went|gone|cut|reduc\w+|slid|shr[aiu]nk)\b[^.;]{0,40}from $"
)


def find_numbers(text: str, span: Span | None = None) -> list[NumberMention]:
    """Find the numbers of a text: digits in any script, English number words, ranges.

    Args:
        text: any text.
        span: the part of it to read; the surroundings outside it are not looked at.

    Returns:
        Mentions in text order that do not overlap. Ordinals, dates, times, years, ages, names
        such as "T-72" and locators are among them, marked by ``role``.
    """
    if span is not None:
        mentions = find_numbers(text[span.start : span.end])
        for mention in mentions:
            mention.span = Span(mention.span.start + span.start, mention.span.end + span.start)
            mention.expression = Span(
                mention.expression.start + span.start, mention.expression.end + span.start
            )
        return mentions
    # A number may be wrapped at the end of a line, but never over an empty line.
    low = fold(text).replace("\n", " ")
    found = phrases(low)
    mentions = []
    index = 0
    covered = 0
    while index < len(found):
        phrase = found[index]
        index += 1
        if phrase.start < covered:
            continue
        upper: Phrase | None = None
        if index < len(found):
            gap = (
                low[phrase.end : found[index].start]
                if found[index].start - phrase.end <= 12
                else ""
            )
            if gap:
                upper = _upper_bound(low, phrase, found[index], gap)
                index += upper is not None
        mention = _mention(text, low, phrase, upper)
        covered = mention.expression.end
        mentions.append(mention)
    return mentions


def _upper_bound(low: str, phrase: Phrase, following: Phrase, gap: str) -> Phrase | None:
    """Return the second number when the two are one range: "20 to 30", "between 20 and 30"."""
    if phrase.kind != "exact" or following.kind != "exact":
        return None
    before = low[max(0, phrase.start - 60) : phrase.start]
    if gap in {" and ", " & "} or (gap.endswith(" and ") and gap[0] in " %"):
        if not before.endswith("between "):
            return None
    elif not _RANGE_GAP.fullmatch(gap) or (before.endswith("from ") and _CHANGE.search(before)):
        return None
    if following.value <= phrase.value:
        years = (
            gap in _TIGHT and 1900 <= phrase.value <= 2099 and following.end - following.start == 2
        )
        return following if years else None
    return following


def _shared_scale(phrase: Phrase, upper: Phrase) -> float:
    """The multiplier that "two to three million" leaves out at the first number."""
    if phrase.scale != 1 or phrase.other is not None:
        return 1
    if upper.scale > 1 and phrase.value < upper.value / upper.scale:
        return upper.scale
    if upper.digits and upper.value >= 1000 and upper.value % 1000 == 0 and phrase.value >= 1:
        # In "20 to 30,000" the thousands belong to both.
        return 1000 if phrase.value < upper.value / 1000 and upper.end - upper.start > 5 else 1
    return 1


def _mention(text: str, low: str, phrase: Phrase, upper: Phrase | None) -> NumberMention:
    end = upper.end if upper else phrase.end
    start = phrase.start
    opening = start
    money = opening > 0 and low[opening - 1] in CURRENCY_SIGNS
    if money:
        opening -= 1
        while opening and low[opening - 1] in "usca.$" and start - opening < 4:
            opening -= 1
    after = comparator_after(low, end)
    unit = unit_at(low, after[1] if after else end)
    bound = comparator_before(low, opening)
    if bound is None and after is None and unit is not None:
        after = comparator_after(low, unit.end)
        if after is not None and unit.measure == "duration" and after[0] == "at_most":
            after = None
    comparator: Comparator = bound.comparator if bound else after[0] if after else "eq"
    if bound and comparator == "more_than" and unit and _spans_time(low, bound.start, unit):
        bound, comparator = None, "eq"
    last = phrase if upper is None else phrase._replace(end=end)
    role = role_of(text, low, last, unit, comparator not in {"eq", "approx"})
    if upper is not None and role == "count" and _are_years(phrase, upper, bound is not None):
        role = "year"
    if upper is not None and bound is None and low.endswith("between ", 0, opening):
        opening -= 8
    if upper is None and role == "count" and phrase.digits and _is_score(low, phrase):
        role = "identifier"
    if role not in {"count", "locator", "age"}:
        comparator = "eq"
    expression_end = end
    unit_text: str | None = None
    measure: Measure | None = None
    if unit is not None and role in {"count", "locator", "age"}:
        expression_end, unit_text, measure = unit.end, text[unit.start : unit.end], unit.measure
    if after is not None and role == "count":
        expression_end = max(expression_end, after[1])
    if money and role == "count":
        unit_text = unit_text if measure == "money" else text[opening:start]
        measure = "money"
    mention = NumberMention(
        span=Span(start, end),
        words=text[start:end],
        value=None,
        comparator=comparator,
        role=role,
        unit=unit_text,
        measure=measure,
        expression=Span(
            bound.start if bound and role in {"count", "locator"} else opening, expression_end
        ),
    )
    _bounds(mention, phrase, upper)
    return mention


def _bounds(mention: NumberMention, phrase: Phrase, upper: Phrase | None) -> None:
    value = phrase.value
    if upper is not None:
        value *= _shared_scale(phrase, upper)
        mention.printed = (value, upper.value)
        if upper.value > value:
            mention.low, mention.high = value, upper.value
        return
    if phrase.kind in {"date", "time"}:
        return
    if phrase.kind == "vague":
        mention.printed = (value,)
        mention.vague = True
        mention.comparator = "vague"
        mention.low = value
        return
    if phrase.other is not None:
        if mention.measure is None and mention.role == "count":
            value = phrase.other  # what is counted has no thousandth parts
        elif mention.measure not in {"percent", "money"}:
            mention.printed = (value, phrase.other)
            mention.low, mention.high = value, phrase.other
            mention.comparator, mention.vague = "vague", True
            return
    mention.printed = (value,)
    if mention.comparator in {"at_least", "more_than"}:
        mention.low = value
    elif mention.comparator in {"at_most", "less_than"}:
        mention.high = value
    else:
        mention.value = value


def _are_years(phrase: Phrase, upper: Phrase, bounded: bool) -> bool:
    if upper.value <= phrase.value:  # "2014-15"
        return True
    first, last = phrase.end - phrase.start, upper.end - upper.start
    years = first == last == 4 and phrase.value >= 1900 and upper.value <= 2099
    return years and phrase.digits and upper.digits and not bounded


def _spans_time(low: str, start: int, unit: Unit) -> bool:
    """Whether "over" means "during", as in "over three days of fighting"."""
    if unit.measure != "duration" or not low.startswith("over", start):
        return False
    words = low[max(0, start - 14) : start].split()
    return not words or words[-1] not in {
        "for",
        "after",
        "lasted",
        "took",
        "just",
        "well",
        "of",
        "than",
        "lasting",
    }


def _is_score(low: str, phrase: Phrase) -> bool:
    """Whether the number is half of a result or code such as "3-1" or "555-1234"."""
    after, before = low[phrase.end : phrase.end + 2], low[max(0, phrase.start - 2) : phrase.start]
    if len(after) == 2 and after[0] in _TIGHT and after[1].isdecimal():
        return True
    return len(before) == 2 and before[1] in _TIGHT and before[0].isdecimal()
