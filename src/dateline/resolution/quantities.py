"""Quantities: numbers with what they count, found in a text or parsed from quoted words."""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import pairwise

from dateline.records.values import Quantity
from dateline.records.vocabulary import PEOPLE_KINDS, Comparator, QuantityKind, QuantityScope
from dateline.resolution.comparators import comparator_before
from dateline.resolution.number_words import fold
from dateline.resolution.numbers import NumberMention, find_numbers
from dateline.resolution.quantity_kinds import MEASURED, head_noun, kind_of
from dateline.resolution.statements import Statement, find_statements, is_unknown
from dateline.resolution.units import unit_at
from dateline.spans import Evidence, Span


@dataclass(slots=True)
class QuantityMention:
    """A quantity as it stands in a text: comparator, number, unit and counted noun.

    ``span`` and ``words`` cover the whole expression ("at least 23 fighters"), ``number`` is its
    number, ``head`` the counted noun as printed and ``kind`` the best guess, None when unclear.
    A statement without a number has ``number.value`` 0 ("no casualties") or is ``unknown``
    ("the toll is unclear").
    """

    span: Span
    words: str
    number: NumberMention
    head: str | None = None
    kind: QuantityKind | None = None
    unknown: bool = False


_COORDINATED = re.compile(
    r"[^.;:!?\n\d]{0,60}?(?:,|,? and|,? or| &| plus|,? as well as|,? including|,? among them)"
    r"(?: also)? ?$"
)
_A_UNIT = re.compile(r"\ban?(?= )")
_WINDOW = 120


def find_quantities(text: str, span: Span | None = None) -> list[QuantityMention]:
    """Find what a text counts and measures, in text order.

    Dates, times, years, ages, ordinals and names are left out; a distance that says where
    something is has ``number.role`` ``"locator"``.

    Args:
        text: any text; offsets in the result count its code points.
        span: the part of it to read; the surroundings outside it are not looked at.
    """
    if span is not None:
        mentions = find_quantities(text[span.start : span.end])
        for mention in mentions:
            _shift(mention, span.start)
        return mentions
    low = fold(text)
    numbers = [m for m in find_numbers(text) if m.role in {"count", "locator"}]
    mentions = []
    previous_end = 0
    for index, number in enumerate(numbers):
        start, end = number.expression
        stop = numbers[index + 1].expression.start if index + 1 < len(numbers) else len(low)
        head = head_noun(low, end)
        before = low[max(previous_end, start - _WINDOW) : start]
        after = low[end : end + _WINDOW]
        kind = kind_of(before, head, after, number.measure, reach=stop - end)
        head_text = text[head.end - len(head.noun) : head.end] if head.noun else None
        whole = Span(start, max(end, head.end))
        mentions.append(QuantityMention(whole, text[start : whole.end], number, head_text, kind))
        previous_end = end
    _share_kinds(low, mentions)
    statements = find_statements(low)
    if statements:
        mentions.extend(_from_statement(text, statement) for statement in statements)
        mentions.sort(key=lambda mention: mention.span)
    return mentions


def parse_quantity(
    words: str,
    *,
    kind: QuantityKind | None = None,
    scope: QuantityScope = "event",
    evidence: Evidence | None = None,
) -> Quantity | None:
    """Turn quoted words into a quantity.

    Where several numbers stand in the words, the one whose own verb or noun fits ``kind`` is
    taken ("killed seven and wounded 16" is 16 for ``wounded``), else the first. A percentage, an
    area, a distance, a duration or a sum of money keeps that kind, whatever ``kind`` says.

    Args:
        words: the expression as quoted, e.g. "at least 12 people".
        kind: what is counted, where the caller knows; guessed from the words when None.
        scope: what the number is about.
        evidence: where the words stand.

    Returns:
        None where the words hold neither a number nor a statement that there was none ("no
        casualties", 0) or that it is not known ("toll unknown").
    """
    numbers = [m for m in find_numbers(words) if m.role in {"count", "locator"}]
    guessed = kind
    unknown = False
    number: NumberMention | None
    settled = kind is not None or (bool(numbers) and numbers[0].measure in MEASURED)
    if len(numbers) == 1 and settled and not is_unknown(words):
        number = numbers[0]
    else:
        mention = _choose(find_quantities(words), kind)
        if mention is not None:
            number, unknown = mention.number, mention.unknown
            guessed = kind or mention.kind
        else:
            number = _lone_number(words, kind)
            if number is None:
                unknown = is_unknown(words)
                if not unknown and kind in _SINGLY and _A_ONE.match(words):
                    return Quantity(
                        kind=kind or "other", value=1, text=words, scope=scope, evidence=evidence
                    )
                if not unknown:
                    return None
    fields: dict[str, object] = {"text": words, "scope": scope}
    if evidence is not None:
        fields["evidence"] = evidence
    if unknown or number is None:
        return Quantity(kind=guessed or "other", explicit_unknown=True, **fields)
    measured = MEASURED.get(number.measure) if number.measure else None
    return Quantity(
        kind=measured or guessed or "other",
        value=number.value,
        min=number.low,
        max=number.high,
        comparator=number.comparator,
        unit=number.unit,
        **fields,
    )


_SINGLY: frozenset[str | None] = PEOPLE_KINDS | {"vehicles", "weapons"}
_A_ONE = re.compile(r"\s*an? [^\W\d_]", re.IGNORECASE)
"""Where the kind is known, "a soldier" is one."""


def guess_kind(words_before: str, words: str, words_after: str) -> QuantityKind | None:
    """Guess what a number counts from the words around it; None where they leave it open.

    Args:
        words_before: what stands before the number in its sentence.
        words: the number as printed, with its comparator and unit.
        words_after: what stands after it in its sentence.
    """
    opening = f"{words_before.rstrip()} ".lstrip()
    words = words.strip()
    asked = Span(len(opening), len(opening) + len(words))
    for mention in find_quantities(f"{opening}{words} {words_after.lstrip()}"):
        if mention.number.expression.overlaps(asked):
            return mention.kind
    return None


def _shift(mention: QuantityMention, by: int) -> None:
    number = mention.number
    mention.span = Span(mention.span.start + by, mention.span.end + by)
    number.span = Span(number.span.start + by, number.span.end + by)
    number.expression = Span(number.expression.start + by, number.expression.end + by)


def _share_kinds(low: str, mentions: list[QuantityMention]) -> None:
    """Let coordinated numbers share a verb: "12 soldiers and 3 guards were killed"."""
    links = [
        _COORDINATED.fullmatch(low, left.span.end, right.span.start) is not None
        for left, right in pairwise(mentions)
    ]
    for index, linked in enumerate(links):
        _inherit(mentions[index], mentions[index + 1], linked)
    for index in range(len(links) - 1, -1, -1):
        _inherit(mentions[index + 1], mentions[index], links[index])


def _inherit(source: QuantityMention, target: QuantityMention, linked: bool) -> None:
    counted = target.number.measure is None and source.number.measure is None
    if linked and counted and source.kind in _SHARED and target.kind in {None, "personnel"}:
        target.kind = source.kind


_SHARED: frozenset[QuantityKind | None] = frozenset(
    {
        "killed", "wounded", "casualties_combined", "captured", "arrested", "abducted", "missing",
        "displaced", "released",
    }
)  # fmt: skip


def _from_statement(text: str, statement: Statement) -> QuantityMention:
    span = Span(statement.start, statement.end)
    unknown = statement.says == "unknown"
    number = NumberMention(
        span=span,
        words=text[span.start : span.end],
        value=None if unknown else 0.0,
        printed=() if unknown else (0.0,),
        expression=span,
    )
    return QuantityMention(span, number.words, number, None, statement.kind, unknown)


def _choose(mentions: list[QuantityMention], kind: QuantityKind | None) -> QuantityMention | None:
    if kind is not None:
        for mention in mentions:
            if mention.kind == kind:
                return mention
        # A locator or a percentage is the last thing that a toll can be.
        mentions = [m for m in mentions if m.number.measure not in MEASURED] or mentions
    return mentions[0] if mentions else None


def _lone_number(words: str, kind: QuantityKind | None) -> NumberMention | None:
    """A number that only quoting it out of its sentence makes look like a year, or "an hour"."""
    low = fold(words)
    if kind is not None:
        for mention in find_numbers(words):
            if mention.role == "year" and mention.value is not None:
                bound = comparator_before(low, mention.span.start)
                if not low[: bound.start if bound else mention.span.start].strip():
                    if bound:
                        mention.comparator = bound.comparator
                    return mention
    article = _A_UNIT.search(low)
    if article is None:
        return None
    unit = unit_at(low, article.end())
    if unit is None:
        return None
    bound = comparator_before(low, article.start())
    comparator: Comparator = bound.comparator if bound else "eq"
    lower = 1.0 if comparator in {"at_least", "more_than"} else None
    upper = 1.0 if comparator in {"at_most", "less_than"} else None
    return NumberMention(
        span=Span(*article.span()),
        words=article.group(),
        value=None if lower or upper else 1.0,
        low=lower,
        high=upper,
        comparator=comparator,
        unit=words[unit.start : unit.end],
        measure=unit.measure,
        printed=(1.0,),
        expression=Span(bound.start if bound else article.start(), unit.end),
    )
