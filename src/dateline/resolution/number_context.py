"""What stands around a written number: comparators before it, and the part it plays.

Only a number that counts or measures something is a ``count``; the day in "July 10", the "72" in
"T-72" and the "third" in "third phase" are not.
"""

from __future__ import annotations

import re
from typing import Literal, NamedTuple

from dateline.records.vocabulary import Comparator
from dateline.resolution.counted_nouns import NOUN_CLASSES
from dateline.resolution.number_phrases import Phrase
from dateline.resolution.number_words import word_set
from dateline.resolution.units import Unit

NumberRole = Literal["count", "date", "time", "ordinal", "year", "age", "identifier", "locator"]

_COMPARATORS: dict[str, Comparator] = {
    **dict.fromkeys(
        (
            "at least", "no fewer than", "no less than", "not fewer than", "not less than",
            "minimum of", "a minimum of", "upwards of", "upward of", "at the very least",
            "at a minimum",
        ),
        "at_least",
    ),
    **dict.fromkeys(
        (
            "more than", "over", "well over", "just over", "above", "in excess of", "exceeding",
            "exceeds", "exceeded", "greater than", "slightly over", "slightly more than",
            "well above", "beyond", "surpassed", "surpassing",
        ),
        "more_than",
    ),
    **dict.fromkeys(
        (
            "at most", "no more than", "not more than", "up to", "as many as", "as much as",
            "maximum of", "a maximum of", "at the most", "not exceeding",
        ),
        "at_most",
    ),
    **dict.fromkeys(
        ("fewer than", "less than", "under", "just under", "below", "well under", "short of"),
        "less_than",
    ),
    **dict.fromkeys(
        (
            "about", "around", "approximately", "approx", "approx.", "roughly", "some", "nearly",
            "almost", "close to", "approaching", "an estimated", "estimated", "circa", "ca.",
            "ca", "c.", "somewhere around", "in the region of", "in the order of", "nearing",
        ),
        "approx",
    ),
}  # fmt: skip
_LAST_WORDS = frozenset(phrase.rsplit(" ", 1)[-1] for phrase in _COMPARATORS)
_LONGEST = max(phrase.count(" ") + 1 for phrase in _COMPARATORS)
_SIGNS: dict[str, Comparator] = {
    "~": "approx",
    "≈": "approx",
    ">": "more_than",
    "<": "less_than",
    "≥": "at_least",
    "≤": "at_most",
}
_AFTER = re.compile(
    r"(?P<at_least>\+(?!\w)|[ -]plus\b| or (?:more|above|over)\b| and (?:above|over|more)\b)"
    r"|(?P<at_most> or (?:less|fewer|under|below)\b)"
    r"|(?P<approx>[ -](?:or so|odd|ish)\b)"
)
_OPENING = "([{\"'“‘«—–"

MONTHS = word_set(
    "january february march april may june july august september october november december "
    "jan feb mar apr jun jul aug sep sept oct nov dec"
)
_CAPITAL_MONTHS = frozenset({"may", "march", "mar", "august", "dec"})
_MONTH_RIGHT = re.compile(
    rf"(?:,? | of |-)(?P<month>{'|'.join(sorted(MONTHS, key=len, reverse=True))})\b\.?"
)
_TIME_RIGHT = re.compile(
    r"[ \u00a0]?(?:[ap]\.m\b|[ap]m\b|o['’]clock\b|gmt\b|utc\b|hours? (?:local|gmt)\b"
    r"|local time\b|a\.m|p\.m|in the (?:morning|afternoon|evening)\b)"
)
_DATE_UNIT_RIGHT = re.compile(
    r" (?:ago|earlier|later|before|after|prior|previously|from now|old)\b"
)
_DATE_UNIT_LEFT = frozenset({"past", "last", "next", "previous", "coming", "following", "recent"})
_YEAR_LEFT = word_set(
    "in since by until till before after during from early late mid year spring summer autumn fall "
    "winter circa through of and the end"
)
_WEAK_YEAR_LEFT = frozenset({"of", "and", "the", "from", "by", "after", "before", "end", "through"})
_IDENTIFIER_LEFT = word_set(
    "resolution article section flight no no. nr nr. number № # page pages chapter paragraph "
    "protocol decree law order vol vol. figure table line clause appendix annex pp. p. para"
)
_NAME_LEFT = word_set(
    "route highway road motorway interstate unit brigade battalion division regiment corps army "
    "phase area sector zone channel block gate level type model camp room group point "
    "hill checkpoint base station district ward war class grade operation battery "
    "company squadron wing platoon terminal pier bridge building house platform "
    "street avenue version apollo lot site cell bureau department directorate squad team section "
    "runway tunnel well field plot"
)
_AGE_LEFT = frozenset({"aged", "age", "ages"})
_LETTER_HYPHEN = re.compile(r"([^\W\d_]+)[-\u2010\u2011]$")
_HYPHENS = frozenset("-\u2010\u2011")
_TIME_PREFIXES = frozenset({"mid", "pre", "post", "early", "late"})
_APPOSED_AGE = re.compile(r",(?: |$)")


class Bound(NamedTuple):
    """A comparator and the offset where the expression begins with it."""

    comparator: Comparator
    start: int


def comparator_before(low: str, start: int) -> Bound | None:
    """Return the comparator that ends right before ``start``, the outermost of up to two."""
    inner = _one_comparator(low, start)
    if inner is None or inner.comparator != "approx":
        return inner
    # In "at least some 400" and "up to about 30" the outer words say more.
    return _one_comparator(low, inner.start) or inner


def _one_comparator(low: str, start: int) -> Bound | None:
    end = start
    while end and low[end - 1] in " \n\u00a0":
        end -= 1
    if not end:
        return None
    sign = _SIGNS.get(low[end - 1])
    if sign is not None:
        return Bound(sign, end - 1)
    while end and low[end - 1] in "([“\"'‘":
        end -= 1
    words = low[max(0, end - 40) : end].split()
    if not words or words[-1].lstrip(_OPENING) not in _LAST_WORDS:
        return None
    for count in range(min(_LONGEST, len(words)), 0, -1):
        tail = words[-count:]
        tail[0] = tail[0].lstrip(_OPENING)
        comparator = _COMPARATORS.get(" ".join(tail))
        if comparator is not None:
            position = end
            for word in reversed(tail):
                position = low.rfind(word, 0, position)
            return Bound(comparator, position)
    return None


def comparator_after(low: str, end: int) -> tuple[Comparator, int] | None:
    """Return the comparator that follows at once ("or more", "+") and where it ends."""
    found = _AFTER.match(low, end)
    if found is None:
        return None
    comparator: Comparator = found.lastgroup  # type: ignore[assignment]  # the group names are comparators
    return comparator, found.end()


def is_month(text: str, low: str, start: int, end: int) -> bool:
    """Whether a month's name stands here; "may" and "march" only with a capital."""
    word = low[start:end]
    if word not in MONTHS:
        return False
    return word not in _CAPITAL_MONTHS or text[start].isupper()


def role_of(text: str, low: str, phrase: Phrase, unit: Unit | None, bounded: bool) -> NumberRole:
    """Say what part a written number plays.

    Args:
        text: the text as printed.
        low: the same in lower case, offsets alike.
        phrase: the number.
        unit: the unit that follows it.
        bounded: whether a comparator other than "about" goes with it.
    """
    if phrase.kind in {"date", "time", "identifier"}:
        return phrase.kind
    start, end, value = phrase.start, phrase.end, phrase.value
    words = low[max(0, start - 40) : start].split()
    left = words[-1] if words and low[start - 1] not in ".!?;:" else ""
    if phrase.digits and start and low[start - 1] in _HYPHENS:
        prefix = _LETTER_HYPHEN.search(low, max(0, start - 12), start)
        if prefix is not None:
            return "year" if prefix.group(1) in _TIME_PREFIXES else "identifier"
    if (
        value <= 31
        and value == int(value)
        and not bounded
        and _beside_month(text, low, start, end, left)
    ):
        return "date"
    if phrase.kind == "ordinal":
        return "ordinal"
    if phrase.kind == "vague":
        return "date" if _relative_time(low, unit, left) else "count"
    if phrase.digits and _TIME_RIGHT.match(low, end) and value < 2400:
        return "time"
    if not phrase.digits and value <= 12 and _TIME_RIGHT.match(low, end):
        return "time"
    if unit is not None:
        if unit.measure == "age":
            return "age"
        if unit.locates:
            return "locator"
        if _relative_time(low, unit, left):
            return "date"
        return "count"
    if left in _AGE_LEFT or low.endswith(("the age of ", "ages of "), 0, start):
        return "age"
    if phrase.digits:
        if _is_year(text, low, phrase, left, words, bounded):
            return "year"
        if low.startswith("s", end) and not low[end + 1 : end + 2].isalnum():
            return "year" if value >= 1000 else "age"
        if end < len(low) and low[end].isalnum():
            return "identifier"
        if left in _IDENTIFIER_LEFT or (start and low[start - 1] in "#№"):
            return "identifier"
        if (
            value <= 110
            and left.endswith(",")
            and _APPOSED_AGE.match(low, end)
            and _after_name(text, start)
        ):
            return "age"
    if left in _NAME_LEFT and not counted_noun_follows(low, end):
        before = low.rfind(left, 0, start)
        if text[before].isupper():
            return "identifier"
    return "count"


def _beside_month(text: str, low: str, start: int, end: int, left: str) -> bool:
    right = _MONTH_RIGHT.match(low, end)
    if right is not None and is_month(text, low, *right.span("month")):
        return True
    name = left.rstrip(".")
    if name not in MONTHS:
        return False
    begin = low.rfind(name, 0, start)
    if not is_month(text, low, begin, begin + len(name)):
        return False
    # "In July 10 people died" against "on July 10 soldiers attacked".
    return low.endswith("on ", 0, begin) or not counted_noun_follows(low, end)


_NEXT_WORDS = re.compile(r"[ \u00a0-]([^\W\d_]+(?:[-'’][^\W\d_]+)*)(?:[ \u00a0]([^\W\d_]+))?")


def counted_noun_follows(low: str, end: int) -> bool:
    """Whether one of the next two words is a plural noun that news counts."""
    following = _NEXT_WORDS.match(low, end)
    if following is None:
        return False
    return any(
        word in NOUN_CLASSES and (word.endswith(("s", "men", "people", "children", "personnel")))
        for word in following.groups("")
    )


def _relative_time(low: str, unit: Unit | None, left: str) -> bool:
    if unit is None or unit.measure != "duration":
        return False
    return left in _DATE_UNIT_LEFT or _DATE_UNIT_RIGHT.match(low, unit.end) is not None


def _is_year(
    text: str, low: str, phrase: Phrase, left: str, words: list[str], bounded: bool
) -> bool:
    if phrase.end - phrase.start != 4 or not 1900 <= phrase.value <= 2099 or bounded:
        return False
    if counted_noun_follows(low, phrase.end):
        return left in _YEAR_LEFT - _WEAK_YEAR_LEFT
    stripped = left.rstrip(",.")
    if stripped in MONTHS or left in _YEAR_LEFT:
        return True
    if len(words) > 1 and (left.rstrip(",").isdecimal() or left.rstrip(",")[:-2].isdecimal()):
        return True  # "July 10, 2014"
    following = _NEXT_WORDS.match(low, phrase.end)
    return left not in _IDENTIFIER_LEFT or (following is None and not text[: phrase.start].strip())


def _after_name(text: str, start: int) -> bool:
    words = text[max(0, start - 30) : start].split()
    return bool(words) and words[-1][0].isupper() and words[-1].endswith(",")
