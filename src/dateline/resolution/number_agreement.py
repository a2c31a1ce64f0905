"""Whether a number stands in the words that are said to support it."""

from __future__ import annotations

from dateline.records.values import Quantity
from dateline.resolution.number_words import fold
from dateline.resolution.numbers import NumberMention, find_numbers
from dateline.resolution.statements import find_statements

_NUMBER_GLUE = frozenset(".,-–'’/:")
_NOT_COUNTED = frozenset({"date", "time", "ordinal", "identifier"})


def number_tokens(text: str) -> tuple[str, ...]:
    """Return the numbers of a text in one spelling, in text order, repeats kept.

    "Twelve", "12" and "१२" are all ``"12"``, "4,800" is ``"4800"``, "half a million" is
    ``"500000"``. A vague number stays in words ("dozens"), so it equals no figure. Numbers in
    dates, ordinals and names are included.
    """
    return tuple(token for mention in find_numbers(text) for token in _tokens(mention))


def stands_in(claimed: Quantity | str, evidence_text: str) -> bool:
    """Whether every number of a quantity, or of some words, stands in a piece of evidence.

    For a ``Quantity`` the numbers in its words must stand in the evidence as counts, not as parts
    of dates, times, ordinals or names, and its values must be the ones its words print. A 0
    needs a statement such as "no casualties" where no zero is printed. A quantity whose words
    print no number ("toll unknown", "an hour") stands where the words do.
    """
    if isinstance(claimed, str):
        return set(number_tokens(claimed)) <= set(number_tokens(evidence_text))
    printed = _counted(claimed.text)
    if not printed:
        return _flat(claimed.text) in _flat(evidence_text)
    present = _counted(evidence_text)
    if not printed <= present:
        return False
    if claimed.comparator == "vague":
        return True
    values = {v for v in (claimed.value, claimed.min, claimed.max) if v is not None}
    return {_canonical(value) for value in values} <= printed


def stands_as_printed(number: str, text: str) -> bool:
    """Whether a number's own words stand in a text, letter for letter and not inside another
    number or word: the cheap answer that is right when it is yes."""
    at = text.find(number)
    while at >= 0:
        end = at + len(number)
        before, after = text[at - 1 : at], text[end : end + 1]
        beyond = text[end + 1 : end + 2]
        inside = before.isalnum() or before in _NUMBER_GLUE or after.isalnum()
        if not inside and not (after in _NUMBER_GLUE and beyond.isdigit()):
            return True
        at = text.find(number, at + 1)
    return False


def _counted(text: str) -> set[str]:
    tokens = {
        token
        for mention in find_numbers(text)
        if mention.role not in _NOT_COUNTED
        for token in _tokens(mention)
    }
    low = fold(text)
    if any(statement.says == "none" for statement in find_statements(low)):
        tokens.add("0")
    return tokens


def _flat(text: str) -> str:
    return " ".join(text.casefold().split())


def _tokens(mention: NumberMention) -> tuple[str, ...]:
    if mention.vague and len(mention.printed) == 1:
        return (" ".join(mention.words.lower().split()),)
    if not mention.printed:
        digits = "".join(c if c.isdecimal() else " " for c in mention.words).split()
        return tuple(_canonical(float(int(part))) for part in digits if len(part) < 20)
    return tuple(_canonical(value) for value in mention.printed)


def _canonical(value: float) -> str:
    return str(int(value)) if value == int(value) else repr(round(value, 6))
