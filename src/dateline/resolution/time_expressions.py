"""The time expressions of a text: where it says when."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

from dateline.resolution.calendar_words import MONTHS as ALL_MONTHS
from dateline.resolution.date_rules import DateWords, Rule
from dateline.resolution.date_words import read_date_words
from dateline.resolution.number_roles import MONTHS, counted_noun_follows
from dateline.resolution.number_words import SMALL, TENS, alternation, fold, word_set
from dateline.spans import Span

TimeKind = Literal[
    "date", "month", "year", "season", "weekday", "relative", "range", "vague", "time"
]

_KINDS: dict[Rule, TimeKind] = {
    "day": "date",
    "either": "date",
    "month_day": "date",
    "month": "month",
    "year": "year",
    "season": "season",
    "months": "range",
    "weekday": "weekday",
    "week_weekday": "weekday",
    "window": "range",
    "weekend": "range",
    "range": "range",
    "vague": "vague",
}

_M = rf"{alternation(MONTHS)}\b\.?"
_ANY_M = rf"{alternation(ALL_MONTHS)}\b\.?"
_W = "(?:mon|tues|wednes|thurs|fri|satur|sun)day"
_D = r"\d{1,2}(?:st|nd|rd|th)?"
_Y = r"(?:19|20)\d\d\b"
_COUNT = rf"(?:\d{{1,3}}|{alternation([*SMALL, *TENS])})(?:-{alternation(SMALL)})?"
_UNITS = "(?:minute|hour|day|night|week|fortnight|month|year|decade)s?"
_PART = (
    r"(?:(?: at| in the| around)? (?:early |late )?"
    r"(?:morning|afternoon|evening|night|noon|midday|midnight|dawn|dusk|nightfall|sunset|sunrise)\b)?"
)
_CLOCK = (
    r"(?:\d{1,2}(?:[:.]\d\d)? ?(?:[ap]\.m\.?|[ap]m\b|o['’]clock)|\d{1,2}:\d\d\b"
    r"|\d{4}(?= ?(?:gmt|utc)))"
    r"(?: ?(?:gmt|utc|local time))?"
)
_SEASON = r"(?:spring|summer|autumn|fall|winter)"
_DAYS = rf"{_D}(?: to | and |-|–){_D}"
_DATE = (
    rf"(?:{_D}(?: of| de)? {_ANY_M}(?:,? (?:de |del )?{_Y})?"
    rf"|{_M} {_D}\b(?![:.]\d|%|-\d|–\d)(?:,? {_Y})?"
    rf"|{_M},?(?: of)? {_Y}|\d{{4}}-\d\d-\d\d\b|\d{{1,2}}[./]\d{{1,2}}[./]\d{{4}}\b"
    r"|\d{1,2}/\d{1,2}/\d\d\b)"
)
_POINT = (
    rf"(?:(?:{_W},? (?:the )?)?{_DATE}(?: (?:last|this|next) year\b)?"
    rf"|{_W}{_PART}(?: (?:last|this|next) week)?|yesterday{_PART}|tomorrow{_PART}|today|{_M}|{_Y})"
)
_NEAR = (
    rf"(?:(?:last|next|this|this past|this coming|coming|past|previous) (?:{_W}{_PART}|{_M}|weekend"
    rf"|week|month|year|night|morning|afternoon|evening|{_SEASON}|decade)\b"
    rf"|(?:last|past|next|previous|coming) (?:few|several|{_COUNT}) {_UNITS}\b)"
)
_EXPRESSION = re.compile(
    rf"(?:(?:from|between) (?:the )?(?:{_POINT}|{_D}) (?:to|and|until|through) (?:the )?{_POINT}"
    rf"|{_DAYS}(?: of)? {_ANY_M}(?:,? {_Y})?|{_M} {_DAYS}(?:,? {_Y})?"
    rf"|{_W} (?:to|through) {_W}|{_Y}[-–](?:{_Y}|\d\d\b)(?![-–]\d)"
    rf"|since (?:the )?(?:(?:early|late|mid)[ -](?:in |on )?)?(?:{_NEAR}|{_POINT})"
    rf"|(?:early|late) (?:hours|morning|evening|night|afternoon) (?:of|on) {_POINT}"
    r"|(?:early|late|mid|earlier|later)(?: on | in |-| )(?:the )?"
    rf"(?:{_NEAR}|{_POINT}|day\b|that day\b)"
    rf"|{_NEAR}|weekend\b"
    rf"|(?:the )?day (?:before yesterday|after tomorrow)"
    r"|(?:previous|following|same|next) (?:day|night|evening|morning)\b"
    r"|(?:day|night) (?:before|earlier|later|after)\b"
    rf"|(?:few |several |couple of )?(?:{_COUNT} )?{_UNITS} (?:ago|earlier|later)\b"
    r"|recent (?:days|weeks|months|years|hours)\b|(?:coming|upcoming) (?:days|weeks|months|years)\b"
    r"|recently\b|tonight\b|overnight\b"
    rf"|{_SEASON}(?: of)? {_Y}|(?:19|20)\d0s\b"
    r"|(?:christmas|new year['’]s) (?:day|eve)\b"
    rf"|{_CLOCK}(?:,? (?:on )?{_POINT})?"
    rf"|{_POINT}(?: at {_CLOCK})?)"
)
_WORDS = (
    "from between since early late earlier later mid last next this past previous coming "
    "upcoming recent following same day night yesterday today tomorrow tonight recently "
    "overnight few several couple minutes hours days weeks months years decades hour week "
    "month year decade weekend spring summer autumn fall winter christmas new monday tuesday "
    "wednesday thursday friday saturday sunday"
)
_STARTER = re.compile(rf"\b{alternation([*word_set(_WORDS), *MONTHS, *SMALL, *TENS])}\b")
_DIGIT = re.compile(r"\d+")
_CAPITAL = re.compile(rf"\b(?:may|march|mar|august|jan|jun|jul|dec|oct|{_W})\b")
_BARE_LEFT = word_set(
    "in since by of until till during from last this next early late before after throughout "
    "mid through and to the"
)
_YEAR_LEFT = _BARE_LEFT | word_set("year circa around between spring summer autumn fall winter end")
_SAYS_WHEN = re.compile(r"ago|earlier|later|recent|coming|few|last|past")
_MONTH_NAME = re.compile(_M)
_NOT_A_YEAR = re.compile(r"[,.]\d|[-–/]\d|%")
_CLOCK_ONLY = re.compile(_CLOCK)
_TAKE_ARTICLE = (
    "few ",
    "couple ",
    "minute ",
    "day ",
    "night ",
    "week ",
    "fortnight ",
    "month ",
    "year ",
    "decade ",
)
_NAMES = frozenset({"april", "may", "june", "august", "jan"})


@dataclass(frozen=True, slots=True)
class TimeExpression:
    """One time expression; ``words`` is ``text[span.start:span.end]``."""

    span: Span
    words: str
    kind: TimeKind


def find_time_expressions(text: str, span: Span | None = None) -> list[TimeExpression]:
    """Find where a text says when, in text order, without overlaps.

    Found are English expressions, and dates with a day and a month in ten languages. The modal
    "may", the verb "march", names such as April, and four digits that count something are not.
    Every expression found can be given to ``resolve_date``; prepositions such as "on" are left
    out, "since" and "from ... to" are kept.

    Args:
        text: any text; offsets in the result count its code points.
        span: the part of it to read; the surroundings outside it are not looked at.
    """
    offset = 0
    if span is not None:
        text, offset = text[span.start : span.end], span.start
    low = fold(text).replace("\u00a0", " ").replace("\n", " ")
    found = []
    covered = 0
    for start in _starts(low):
        if start < covered:
            continue
        match = _EXPRESSION.match(low, start)
        if match is None:
            continue
        begin, end, kind = _checked(text, low, start, match.end())
        if kind is not None:
            covered = end
            found.append(TimeExpression(Span(begin + offset, end + offset), text[begin:end], kind))
    return found


def _starts(low: str) -> list[int]:
    starts = [match.start() for match in _STARTER.finditer(low)]
    words = len(starts)
    for match in _DIGIT.finditer(low):
        start = match.start()
        before = low[start - 1] if start else " "
        if match.end() - start <= 4 and not (before.isalnum() or before in "$€£._#"):
            starts.append(start)
    if 0 < words < len(starts):
        starts.sort()
    return starts


def _checked(text: str, low: str, start: int, end: int) -> tuple[int, int, TimeKind | None]:
    """Judge a candidate by its surroundings; returns its place and kind, None when it is none."""
    for name in _CAPITAL.finditer(low, start, end):
        if not text[name.start()].isupper():
            return start, end, None
    if low[end - 1] == "." and low[end - 3 : end] != ".m.":
        end -= 1
    words = low[max(0, start - 20) : start].split()
    left = words[-1].lstrip("([\"'“‘") if words else ""
    if left == "a" and low.startswith(_TAKE_ARTICLE, start):
        start = low.rfind("a", 0, start)
    elif left == "an" and low.startswith("hour ", start):
        start = low.rfind("an", 0, start)
    read = read_date_words(text[start:end])
    if read is None:
        return start, end, "time" if _CLOCK_ONLY.fullmatch(low, start, end) else None
    if not read.bound and not read.part:
        if read.rule == "month" and not read.a and not _bare_month(text, low, start, end, left):
            return start, end, None
        if read.rule == "year" and not _bare_year(low, start, end, left):
            return start, end, None
        if read.rule == "month_day" and left == "in" and counted_noun_follows(low, end):
            # "In May 10 people were killed": the number counts.
            month = _MONTH_NAME.match(low, start, end)
            return (start, month.end(), "month") if month else (start, end, None)
    return start, end, _kind(read, low, start, end)


def _kind(read: DateWords, low: str, start: int, end: int) -> TimeKind | None:
    if read.bound:
        return "range"
    if read.rule == "vague" and not _SAYS_WHEN.search(low, start, end):
        return None
    return _KINDS.get(read.rule, "relative")


def _bare_month(text: str, low: str, start: int, end: int, left: str) -> bool:
    """Whether a month's name on its own is the month: "in May", not "April said"."""
    if not text[start].isupper() or left not in _BARE_LEFT:
        return False
    if low[start:end] in _NAMES:
        return left != "the" and not text[end : end + 2].strip()[:1].isupper()
    return True


def _bare_year(low: str, start: int, end: int, left: str) -> bool:
    """Whether four digits on their own are a year."""
    if end - start != 4:
        return True
    if low[start - 1 : start] == "-" and not low.endswith(("mid-", "pre-", "post-"), 0, start):
        return False
    if _NOT_A_YEAR.match(low, end) or counted_noun_follows(low, end):
        return False
    if left in _YEAR_LEFT or left.rstrip(",") in MONTHS:
        return True
    return left.endswith(("mid-", "pre-", "post-"))
