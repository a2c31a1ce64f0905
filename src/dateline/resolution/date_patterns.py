"""The patterns and tables by which quoted time expressions are read.

All patterns match text that ``tidy`` has brought into one spelling.
"""

from __future__ import annotations

import re
from typing import Literal

from dateline.resolution.calendar_words import MONTHS, SEASONS, WEEKDAYS
from dateline.resolution.number_words import alternation, word_set

Part = Literal["", "early", "mid", "late", "earlier", "later"]
BoundKind = Literal["", "since", "until", "before", "after"]

MONTH = alternation(MONTHS)
WEEKDAY = alternation(WEEKDAYS)
DAY = r"(\d{1,2})(?:st|nd|rd|th|er|º|\.)?"
YEAR = r"((?:19|20)\d\d)"
ISO = re.compile(r"(\d{4})([-/.])(\d{1,2})\2(\d{1,2})(?:t[\d:.]+z?)?")
NUMERIC = re.compile(r"(\d{1,2})([-/.])(\d{1,2})\2(\d{4}|\d\d)")
DAY_MONTH = re.compile(
    rf"{DAY}(?: day)?(?: of| de)?[ /-]({MONTH})\.?"
    rf"(?:(?:,? |[/-])(?:de |del |of )?{YEAR}|[ /-]'?(\d\d))?"
)
OF_YEAR = re.compile(r",?(?: of)? (last|this|next) year$")
MONTH_DAY = re.compile(rf"({MONTH})\.?,? (?:the )?{DAY}(?:,? {YEAR}|,? '(\d\d))?")
YEAR_FIRST = re.compile(rf"{YEAR}[ /-]({MONTH})[ /-]{DAY}")
DAY_ONLY = re.compile(r"(\d{1,2})(?:st|nd|rd|th)")
MONTH_ONLY = re.compile(rf"({MONTH})\.?(?:,?(?: of| de| del)? {YEAR})?")
YEAR_ONLY = re.compile(rf"(?:year )?{YEAR}(s?)(?:-(\d{{2}}|\d{{4}}))?")
DAYS_MONTH = re.compile(
    rf"{DAY}(?: ?- ?| to | and | through | until |/){DAY}(?: of)? ({MONTH})\.?(?:,? {YEAR})?"
)
MONTH_DAYS = re.compile(
    rf"({MONTH})\.? {DAY}(?: ?- ?| to | and | through | until |/){DAY}(?:,? {YEAR})?"
)
WEEKDAY_ONLY = re.compile(
    rf"(?:(last|past|this past|previous|next|coming|this coming|this) )?({WEEKDAY})(?:'s)?"
    r"(?:,? (?:of )?(last|this|next|the past) week)?"
)
WEEKDAY_FIRST = re.compile(rf"(?:{WEEKDAY})\.?[ ,(]+(?:the )?(?=[^ ]*\d|{MONTH}\b)")
WEEKDAY_LAST = re.compile(rf"[ ,(]+(?:{WEEKDAY})$")
UNIT = r"(minute|hour|day|night|week|fortnight|month|year|decade)s?"
AGO = re.compile(
    r"(?:(?:about|some|around|nearly|almost|just|over|more than|roughly) )?"
    rf"([\w-]+(?: [\w-]+)?) {UNIT} (ago|from now)"
)
SOME_AGO = re.compile(rf"(?:(?:a )?few |several |many |a couple of |couple of )?{UNIT} ago")
WINDOW = re.compile(rf"(?:past|last|previous|recent|next|coming)(?: ([\w-]+(?: [\w-]+)?))? {UNIT}")
THIS = re.compile(
    r"(last|past|previous|this|current|next|coming|following) (week|weekend|month|year)(?:'s)?"
)
IN_TIME = re.compile(rf"(?:in|within) ([\w-]+(?: [\w-]+)?) {UNIT}(?:' time|'s time)?")
TEXT_DAYS = re.compile(rf"([\w-]+) {UNIT} (earlier|before|prior|later|after|previously)")
SEASON = re.compile(rf"({alternation(SEASONS)})(?:(?: of)? {YEAR})?")
QUARTER = re.compile(
    r"(?:(first|second|third|fourth|last|1st|2nd|3rd|4th) (quarter|half)|(q|h)([1-4]))"
    rf"(?: of)? {YEAR}"
)
WEEK_OF = re.compile(r"week (?:of|beginning|starting) ")
CLOCK = (
    r"(?:(?:at|around|about|by|shortly (?:after|before)|just (?:after|before)|before|after) )*"
    r"(?:\d{1,2}(?:[:.]\d\d)? ?(?:[ap]\.? ?m\b\.?|o'clock)|\d{1,2}:\d\d(?::\d\d)?"
    r"|\d{4} ?(?=gmt|utc|hours))"
    r"(?: (?:hours|hrs))?(?: ?(?:\(?(?:gmt|utc|local time|local|est|edt|cet|eet)\)?))*"
    r"(?: (?:in the )?(?:morning|afternoon|evening|night))?"
)
CLOCK_FIRST = re.compile(rf"{CLOCK}(?:,? (?:on )?|$)")
CLOCK_LAST = re.compile(rf"[ ,]+{CLOCK}$")
PART_OF_DAY = (
    r"(?:(?:at|in the|around|by|shortly before|shortly after|during the|before|after"
    r"|just before|just after) )?"
    r"(?:early |late |mid-)?(?:morning|afternoon|evening|night|noon|midday|midnight|dawn|dusk"
    r"|daybreak|nightfall|sunset|sunrise|overnight|lunchtime|prayers)(?: hours)?"
)
PART_LAST = re.compile(rf"[ ,]+{PART_OF_DAY}$")
PART_FIRST = re.compile(rf"(?:{PART_OF_DAY}|(?:early|late) hours)(?: on| of|,)? (?:the )?")
SPLIT = re.compile(r" ?(?: - | to | through | until | till | and |-) ?")
SKIP = word_set(
    "on in at during the of around about only just that over throughout within for el la le les il "
    "lo den am im em no na du del der vom de a w dated exactly approximately circa sometime um в "
    "во у с к"
)
BOUNDS: tuple[tuple[str, BoundKind], ...] = (
    ("since ", "since"),
    ("ever since ", "since"),
    ("as of ", "since"),
    ("starting ", "since"),
    ("beginning ", "since"),
    ("from ", "since"),
    ("until ", "until"),
    ("till ", "until"),
    ("up to ", "until"),
    ("through ", "until"),
    ("by ", "until"),
    ("no later than ", "until"),
    ("before ", "before"),
    ("prior to ", "before"),
    ("ahead of ", "before"),
    ("after ", "after"),
    ("following ", "after"),
)
PARTS: tuple[tuple[str, Part], ...] = (
    ("early in ", "early"),
    ("early on ", "early"),
    ("early ", "early"),
    ("late in ", "late"),
    ("late on ", "late"),
    ("late ", "late"),
    ("mid-", "mid"),
    ("mid ", "mid"),
    ("earlier ", "earlier"),
    ("later ", "later"),
    ("beginning of ", "early"),
    ("start of ", "early"),
    ("middle of ", "mid"),
    ("end of ", "late"),
    ("close of ", "late"),
)
TEXT_RELATIVE = {
    "same day": 0, "that day": 0, "earlier in day": 0, "later in day": 0, "earlier in the day": 0,
    "later in the day": 0, "earlier that day": 0, "later that day": 0, "that night": 0,
    "that evening": 0, "that morning": 0, "same evening": 0, "same night": 0, "same morning": 0,
    "previous day": -1, "day before": -1, "day earlier": -1, "previous night": -1,
    "night before": -1, "previous evening": -1, "following day": 1, "next day": 1, "day after": 1,
    "day later": 1, "following morning": 1, "next morning": 1, "the day before": -1,
}  # fmt: skip
VAGUE = re.compile(
    r"(?:recently|lately|recent (?:days|weeks|months|years|times|hours)"
    r"|(?:last|past|previous|these) few (?:days|weeks|months|years|hours)|in the past"
    r"|not long ago|previously|earlier|some time ago|long ago|some days ago)"
)
SOON = re.compile(
    r"(?:soon|shortly|near future"
    r"|(?:the )?(?:coming|next few|upcoming) (?:days|weeks|months|years|hours))"
)
UNIT_DAYS = {"day": 1, "night": 1, "week": 7, "fortnight": 14, "month": 30, "year": 365}
QUARTERS = {
    "first": 1,
    "1st": 1,
    "second": 2,
    "2nd": 2,
    "third": 3,
    "3rd": 3,
    "fourth": 4,
    "4th": 4,
}
PUNCTUATION = " ,.;:()[]\"'“”‘’«»-–—"
DASHES = str.maketrans(
    {
        **dict.fromkeys("‐‑‒–—−", "-"),
        "’": "'",
        "‘": "'",
        "\u00a0": " ",
        "\u202f": " ",
        "\u2009": " ",
    }
)
