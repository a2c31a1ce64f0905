"""Numbers, times and places of a sentence: the slices that later fill the slots of an event.

What they mean (values, calendar dates, coordinates) is worked out from these words afterwards,
by ``dateline.resolution``.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from dateline.asking.guided.lexicon import words_of
from dateline.resolution.counted_nouns import NOUN_CLASSES, PERSON_CLASSES, NounClass
from dateline.resolution.gazetteer import load_gazetteer
from dateline.resolution.numbers import NumberMention
from dateline.resolution.numbers import find_numbers as find_mentions
from dateline.spans import Span

if TYPE_CHECKING:
    from dateline.records.vocabulary import QuantityKind


class Number(NamedTuple):
    """A number with its comparator and, where it stands right behind, the noun it counts.

    ``kind`` is set where unit or noun decide alone; ``people`` when people are counted, so the
    verb decides. ``unknown`` marks "the toll is unknown".
    """

    span: Span
    low: float | None
    high: float | None
    kind: QuantityKind | None
    people: bool = False
    unknown: bool = False


class When(NamedTuple):
    """A time expression; ``fine`` when it names a day or less, ``far`` when a year or an age."""

    span: Span
    fine: bool
    far: bool = False


class Where(NamedTuple):
    """A place expression, the place name inside it, and whether "in" or the like leads to it."""

    span: Span
    name: Span
    located: bool


# -- numbers -----------------------------------------------------------------------------------

_MEASURED: dict[str, QuantityKind] = {
    "percent": "percent", "area": "area", "distance": "distance", "duration": "duration",
    "money": "money",
}  # fmt: skip
_NEXT_WORDS = re.compile(r"(?:\s+(?:of\s+(?:the(?:ir|m)?\s+)?)?)([^\W\d_][\w’'‑-]{0,40})")
_LONGEST_NOUN_PHRASE = 5
_STOP_NOUN = words_of(
    """
    were was are is have has had and or in on at by from near while when after before who which
    that killed wounded injured dead died arrested detained more during as with to but for since
    """
)
_UNKNOWN_TOLL = re.compile(
    r"\b(?:death toll|toll|number of (?:casualties|victims|dead|wounded)"
    r"|casualty (?:figures?|count))"
    r"(?: \w{1,20}){0,4}? (?:unknown|unclear|not known|not (?:immediately |yet )?clear"
    r"|not been (?:confirmed|released|determined))\b",
    re.IGNORECASE,
)


def find_numbers(text: str, span: Span) -> list[Number]:
    """The counts and measures of a sentence; dates, ages, ordinals and locators are left out."""
    found = []
    for mention in find_mentions(text, span):
        if mention.role == "count":
            number = _number(text, span, mention)
            if number is not None:
                found.append(number)
    for hit in _UNKNOWN_TOLL.finditer(text, span.start, span.end):
        found.append(Number(Span(*hit.span()), None, None, "killed", people=True, unknown=True))
    return found


def _number(text: str, sentence: Span, mention: NumberMention) -> Number | None:
    start, end = mention.expression if mention.expression.end else mention.span
    low = mention.value if mention.value is not None else mention.low
    high = mention.value if mention.value is not None else mention.high
    if mention.measure is not None:
        kind = _MEASURED.get(mention.measure)
        return Number(Span(start, end), low, high, kind) if kind else None
    at = end
    counted: NounClass | None = None
    for _ in range(_LONGEST_NOUN_PHRASE):
        step = _NEXT_WORDS.match(text, at, sentence.end)
        if step is None or (word := step.group(1).lower()) in _STOP_NOUN:
            break
        at = step.end()
        noun = NOUN_CLASSES.get(word)
        if noun is not None:
            # "two explosive belts": the last noun of the phrase is the one that is counted.
            end, counted = at, noun
        elif counted is not None:
            break
    if counted is None or counted in PERSON_CLASSES:
        return Number(Span(start, end), low, high, None, people=counted is not None)
    return Number(Span(start, end), low, high, counted)  # type: ignore[arg-type]  # the person classes are gone


# -- times -------------------------------------------------------------------------------------

_DAY = r"(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day"
_MONTH = (
    r"(?:January|February|March|April|May|June|July|August|September|October|November|December"
    r"|Jan\.|Feb\.|Aug\.|Sept\.|Oct\.|Nov\.|Dec\.)"
)
_PART = r"(?:early |late |mid-?)?(?:morning|afternoon|evening|night|noon|dawn|midnight|dusk)"
_WHEN = re.compile(
    rf"(?P<fine>(?:(?:since|until|by|late|early|earlier|last|next|this) (?:on )?){{0,2}}"
    rf"(?:{_DAY}(?: {_PART})?(?:,? (?:\d{{1,2}} {_MONTH}|{_MONTH} \d{{1,2}})(?:,? \d{{4}})?)?"
    rf"|\d{{1,2}}(?:st|nd|rd|th)? (?:of )?{_MONTH}(?:,? \d{{4}})?"
    rf"|{_MONTH} \d{{1,2}}(?:st|nd|rd|th)?\b(?:,? \d{{4}})?)"
    r"|\b(?:early |late |earlier )?(?:today|yesterday|tonight|tomorrow|overnight)"
    r"(?: (?:morning|evening|afternoon))?\b"
    r"|\b(?:the )?(?:previous|same|following) (?:day|night|evening)\b|\bearlier in the day\b"
    r"|\b(?:\d{1,2}|a few|two|three|four|five|six|several) (?:days|hours) (?:ago|earlier|later)\b)"
    r"|(?P<coarse>\b(?:(?:since|until|by|late|early|last|next|this|in|mid) )?"
    rf"{_MONTH}(?:,? \d{{4}})?\b"
    r"|\b(?:earlier |later )?(?:this|last|next)"
    r" (?:week|weekend|month|spring|summer|autumn|winter)\b"
    r"|\bin recent (?:days|weeks)\b"
    r"|\bin the (?:coming|past|last|next) (?:few )?(?:days|weeks|hours)\b"
    r"|\b(?:\d{1,2}|a|two|three|several) (?:weeks?|months?) ago\b|\bin the near future\b"
    r"|\bover the weekend\b)"
    r"|(?P<far>\b(?:(?:since|in|by|until|early|late) ){0,2}(?:19|20)\d\d\b(?![,.]\d)"
    r"|\b(?:last|this|next|earlier this) year\b|\b(?:\w{1,12} )?(?:years|decades) ago\b)"
)
_LEADS = re.compile(r"(?:in|by|on) ")


def find_whens(text: str, span: Span) -> list[When]:
    """The time expressions of a sentence in order, without a leading "on" or "in"."""
    found = []
    for hit in _WHEN.finditer(text, span.start, span.end):
        start, end = hit.span()
        if ((lead := _LEADS.match(text, start, end)) and not hit.group("coarse")) or (
            lead and hit.group("coarse") and text[lead.end()].isupper()
        ):
            start = lead.end()
        far = bool(hit.group("far")) or bool(
            re.search(r"\d{4}", hit.group()) and not hit.group("fine")
        )
        found.append(When(Span(start, end), bool(hit.group("fine")), far))
    return found


# -- places ------------------------------------------------------------------------------------

_COMPASS = r"(?:north|south|east|west)(?:[- ]?(?:north|south)?[- ]?(?:east|west))?"
_SCALE = (
    r"(?:town|city|village|district|province|region|state|port|area|outskirts|valley|county"
    r"|governorate|suburb|hamlet|capital|neighbou?rhood|island|department)"
)
_TAIL = (
    r"(?:province|district|region|village|town|city|area|desert|valley|county|governorate|island"
    r"|mountains?|airport|neighbou?rhood|suburb|refugee camp|camp|market|forest|highway"
    r"|river|state)"
)
_CAP = (
    r"(?:(?:al|el|ad|ash|as)-)?[A-ZÀ-ÖØ-ÞĀĆČĎĐĘĞİŁŃŐŘŚŞŠŢŤŰŹŻŽ][^\W\d_]{0,30}"
    r"(?:[’'‑-][^\W\d_]{1,30}){0,4}"
)
_WHERE = re.compile(
    r"(?:\b(?P<lead>(?i:in|near|at|outside|around|from|of|to|inside|into|on|across|between"
    rf"|(?:\w{{1,8}} (?:km|kilomet(?:er|re)s|miles) )?{_COMPASS} of|(?:on )?the outskirts of"
    r"|(?:on )?the border with|close to|toward|towards))\s+)?\b"
    rf"(?P<what>(?:the )?(?:\w{{1,12}} )?{_SCALE} of )?"
    rf"(?:the )?(?P<part>(?i:{_COMPASS}ern|central|rural|downtown|upper|lower) )?(?:the )?"
    rf"(?P<name>{_CAP}(?: {_CAP}){{0,3}})(?P<tail> (?i:{_TAIL})\b)?"
    rf"(?P<pair> and {_CAP}(?: {_TAIL}\b)?)?"
)
_SHOWN_LEADS = words_of("near outside around between toward towards close")
_STRONG_LEADS = words_of("in near at outside around inside into close across")
_CALENDAR = re.compile(rf"(?:{_DAY}|{_MONTH})\b")
_NO_PLACE = words_of(
    """
    god islam ramadan easter christmas eid islamic i covid facebook twitter telegram english
    arabic
    """
)


def find_wheres(text: str, span: Span) -> list[Where]:
    """The place expressions of a sentence in order: known places, and capitalised names that a
    preposition or a word such as "village" marks as places."""
    found: list[Where] = []
    at = span.start
    while (hit := _WHERE.search(text, at, span.end)) is not None:
        name = Span(*hit.span("name"))
        where = _where(text, hit, name)
        if where is not None:
            found.append(where)
            at = where.span.end
        else:
            at = max(hit.start("name"), hit.start() + 1)
    return found


def _where(text: str, hit: re.Match[str], name: Span) -> Where | None:
    lead = (hit.group("lead") or "").lower()
    printed = text[name.start : name.end]
    kept = _capitalised(printed)
    if kept == 0 or _CALENDAR.match(printed):
        return None
    name = Span(name.start, name.start + kept)
    printed = printed[:kept]
    whole = name.start + kept == hit.end("name")
    marked = bool(hit.group("what")) or (whole and bool(hit.group("tail")))
    known = _known(printed)
    if not lead and not hit.group("what"):
        return None
    first = lead.split()[0] if lead else ""
    leads = first in _STRONG_LEADS or (lead.endswith("of") and lead != "of")
    if not (known or marked):
        if (
            not leads
            or printed.lower() in _NO_PLACE
            or printed.isupper()
            or _not_a_place(text, name)
        ):
            return None
    elif known and not marked and _not_a_place(text, name):
        return None
    end = name.end
    if whole and hit.group("tail"):
        end = hit.end("tail")
        if hit.group("pair") and first == "between":
            end = hit.end("pair")
    elif whole and hit.group("pair") and first == "between":
        end = hit.end("pair")
    shown = first in _SHOWN_LEADS or (lead.endswith("of") and lead != "of") or "border" in lead
    start = hit.start("lead") if shown else name.start
    if not shown:
        for group in ("part", "what"):
            if hit.group(group):
                start = hit.start(group)
        if text[start : start + 4].lower() == "the ":
            start += 4
    elif lead.startswith("on "):
        start += 3
    return Where(Span(start, end), name, located=leads)


def _capitalised(printed: str) -> int:
    """How many leading characters belong to capitalised words ("al-Qaim" counts)."""
    end = 0
    for word in re.finditer(r"\S+", printed):
        letters = word.group()
        if not (letters[0].isupper() or re.match(r"(?:al|el|ad|ash|as)-[^\W\d_a-z]", letters)):
            break
        if _CALENDAR.match(letters):
            break
        end = word.end()
    return end


def _known(printed: str) -> bool:
    gazetteer = load_gazetteer()
    return bool(gazetteer.lookup(printed)) and not gazetteer.is_people(printed)


def _not_a_place(text: str, name: Span) -> bool:
    """Whether the word behind makes it a name of people: "in Kurdish forces' hands"."""
    behind = re.compile(r"[’']s\b|\s+([^\W\d_]{2,30})").match(text, name.end, name.end + 40)
    last = re.split(r"[\s-]", text[name.start : name.end])[-1].lower()
    if last in _ORGANISED or load_gazetteer().is_people(text[name.start : name.end].split()[0]):
        return True
    word = behind.group(1) if behind and behind.group(1) else ""
    return word.lower() in _ORGANISED


_ORGANISED = words_of(
    """
    forces force army police units unit front brigade brigades movement party group groups
    council guard guards command coalition militia militias division battalion resistance
    alliance militants fighters rebels troops soldiers government officials officers ministry
    agency terrorists gunmen insurgents jihadists cells members leader leaders president
    minister operation service services committee resolve raid attack attacks strike strikes
    """
)
