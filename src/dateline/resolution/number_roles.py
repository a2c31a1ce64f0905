"""The part that a written number plays.

Only a number that counts or measures something is a ``count``; the day in "July 10", the "72" in
"T-72" and the "third" in "third phase" are not.
"""

from __future__ import annotations

import re
from typing import Literal

from dateline.resolution.counted_nouns import NOUN_CLASSES
from dateline.resolution.number_phrases import Phrase
from dateline.resolution.number_words import word_set
from dateline.resolution.units import Unit

NumberRole = Literal["count", "date", "time", "ordinal", "year", "age", "identifier", "locator"]

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
_BEFORE_AGE = word_set("of about around some nearly just only perhaps")
_AGE_OF = re.compile(
    r"\b(?:boy|girl|man|woman|youth|child|teenager|lad|pensioner|widow|widower|baby|toddler)"
    r"\s(?:barely\s|just\s)?of\s(?:about\s|around\s|some\s|nearly\s|just\s|only\s|perhaps\s)?$"
)
"""Before the years of one person: "a boy of about sixteen"."""
_LETTER_HYPHEN = re.compile(r"([^\W\d_]+)[-\u2010\u2011]$")
_HYPHENS = frozenset("-\u2010\u2011")
_TIME_PREFIXES = frozenset({"mid", "pre", "post", "early", "late"})
_APPOSED_AGE = re.compile(r",(?: |$)")
_TIMED_RIGHT = re.compile(r" (?:on|today|yesterday|this|that|hours|local)\b|[.,]? ?$")
_LINE_START = re.compile(r"(?:^|\n)[ \t(]*$")
_CALIBRE = re.compile(r"[ -]?(?:mm|millimet(?:er|re)s?|cal(?:iber|ibre)?)\b")


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
    if phrase.digits:
        role = _role_by_form(text, low, phrase, left)
        if role is not None:
            return role
    whole = value <= 31 and value == int(value)
    if whole and not bounded and _beside_month(text, low, start, end, left):
        return "date"
    if phrase.kind == "ordinal":
        return "ordinal"
    if phrase.kind == "vague":
        return "date" if _relative_time(low, unit, left) else "count"
    if value < (2400 if phrase.digits else 13) and _TIME_RIGHT.match(low, end):
        return "time"
    if unit is not None:
        if unit.measure == "age":
            return "age"
        if unit.locates:
            return "locator"
        return "date" if _relative_time(low, unit, left) else "count"
    if left in _AGE_LEFT or low.endswith(("the age of ", "ages of "), 0, start):
        return "age"
    if left in _BEFORE_AGE and value <= 110 and _AGE_OF.search(low, max(0, start - 40), start):
        return "age"
    if phrase.digits:
        role = _role_of_digits(text, low, phrase, left, words, bounded)
        if role is not None:
            return role
    if left in _NAME_LEFT and not counted_noun_follows(low, end):
        before = low.rfind(left, 0, start)
        if text[before].isupper():
            return "identifier"
    return "count"


def _role_by_form(text: str, low: str, phrase: Phrase, left: str) -> NumberRole | None:
    """What the way digits are written says: "T-72", "0530", "1." at the start of a line."""
    start, end = phrase.start, phrase.end
    if start and low[start - 1] in _HYPHENS:
        prefix = _LETTER_HYPHEN.search(low, max(0, start - 12), start)
        if prefix is not None:
            return "year" if prefix.group(1) in _TIME_PREFIXES else "identifier"
    four_digits = end - start == 4 and low[start:end].isdecimal()
    if four_digits and phrase.value < 2400 and phrase.value % 100 < 60:
        if low[start] == "0":
            return "time"
        if left == "at" and not counted_noun_follows(low, end) and _TIMED_RIGHT.match(low, end):
            return "time"
    if low.startswith((". ", ") "), end) and _LINE_START.search(text, max(0, start - 12), start):
        return "identifier"
    return "identifier" if _CALIBRE.match(low, end) else None


def _role_of_digits(
    text: str, low: str, phrase: Phrase, left: str, words: list[str], bounded: bool
) -> NumberRole | None:
    """What the words around digits without a unit say; None when they may count."""
    start, end, value = phrase.start, phrase.end, phrase.value
    if _is_year(text, low, phrase, left, words, bounded):
        return "year"
    if low.startswith("s", end) and not low[end + 1 : end + 2].isalnum():
        return "year" if value >= 1000 else "age"
    if end < len(low) and low[end].isalnum():
        return "identifier"
    if left in _IDENTIFIER_LEFT or (start and low[start - 1] in "#№"):
        return "identifier"
    if value > 110 or not left.endswith(",") or not _APPOSED_AGE.match(low, end):
        return None
    return "age" if _after_name(text, start) else None


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
    if phrase.end - phrase.start == 2 and left.rstrip(".") in MONTHS and len(words) > 1:
        # "7 Feb 89", with a noun behind it a count: "on 7 February 89 people".
        return words[-2].isdecimal() and not counted_noun_follows(low, phrase.end)
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
