"""Furniture: the wording by which a page's own machinery is told from its article.

The tables in ``wording`` and ``patterns`` are general web and newswire convention in several
languages. A unit is matched as a whole: a sentence that merely contains such words is prose.
"""

from __future__ import annotations

import re
from functools import cache
from typing import Literal, cast

from dateline.articles.patterns import AGENCY_CREDIT, OPEN, PATTERNS
from dateline.articles.units import Unit
from dateline.articles.wording import PHRASES, TIME_WORDS

Signal = Literal[
    "furniture",  # share bars, menus, notices: only the unit itself is excluded
    "caption",  # a picture's caption or credit
    "aside",  # a related headline on the same line, or the label over one
    "related",  # heading of a list of other articles
    "reply",  # the form for a reader's answer: the article is over
    "comments",  # heading of the readers' comments: the article is over
    "answer",  # the button under one comment
    "author",  # heading of a note on the author: the article is over
    "byline",  # by whom, from where: excluded above and below the article, prose inside it
]

LONGEST = 320
"""Units longer than this many characters are never furniture."""

_EDGES = (
    " \t\u00a0\u200b\u200e\u200f\ufeff#*_>~|•·◦‣▪●-–—=+:.…!?؟。！：»«›‹→←↑↓▼▲▶►✕×✖“”\"'()[]【】「」"
)
_QUOTES = frozenset('"“”„«»「」‟')
_TIME = frozenset(TIME_WORDS.split())
_TOKEN = re.compile(r"[^\W\d_]+|\d+")
_CLOCK = re.compile(
    r"\d{1,2}:\d{2}|\d ?[ap]\.?m\b|\b(?:ago|yesterday|назад|önce|hace|منذ)\b|天前|小时前|分钟前"
)
_CREDIT = re.compile(
    r"[(\[（【](?:[^()\[\]]{1,60}[ |/-])??"
    r"(?:(?:photo|photograph|photos|foto|pic|图|صورة|фото)(?:[ :/|,.©–—：-][^()\[\]]{0,100})?"
    r"|(?:image|images|picture|credit|file|handout|courtesy"
    r"|screengrab)(?: ?[:/|©：] ?[^()\[\]]{1,100})?"
    r"|courtesy (?:of )?[^()\[\]]{1,60}|[^()\[\]]{0,60}(?:getty images|/ ?(?:reuters|afp|ap"
    r"|epa)))[)\]）】]"
)
_SLASHED = re.compile(AGENCY_CREDIT)
_AGENCY = re.compile(
    r"\[(?:[^()\[\]]{0,60}/)?(?:reuters|afp|ap|epa|getty|file|anadolu)[^()\[\]]{0,40}\]"
)
_ADDRESS = re.compile(
    r"(?:https?://|www\.)\S{3,300}|[\w.+-]{1,64}@[\w-]{1,64}\.[\w.-]{1,64}"
    r"|[@#]\w{2,40}(?: [@#]\w{2,40}){0,9}"
)
_IDENTIFIER = re.compile(r"[A-Z][A-Z0-9]{0,15}(?:[-/_][A-Z0-9]{1,12}){1,5}")
_BY = re.compile(r"(?:by|von|par|por|di)[ \t]+(?=\S)", re.IGNORECASE)
_LINKS = """
    and & | / - – — in for of the al el bin ibn de la le von van der da di y et und e with at
"""
_NAME_LINKS = frozenset(_LINKS.split())
_BAR = re.compile(r"[ \t]*[|»›·•][ \t]*|[ \t]+[>/][ \t]+")
_LOWER_AFTER_MARK = re.compile(r"\A[^:>»›→|]{1,40}[:>»›→|]\s?[a-z]")
_WIDE = re.compile(r"[ \u00a0]{2,}|\t+| ?[|·•] ?")
_BUTTONS = frozenset({"furniture", "reply", "comments"})
_CREDITED = re.compile(
    r"(?:[.!?…”\"’')\]–—-] (?:photo|photograph|picture|pic|image|foto)s?"
    r"(?: credit| courtesy)?(?: ?[:©/]| by)"
    r"|[\w,;] (?:photo|photograph|picture|image)s?(?: credit)? ?[:©])"
    r" ?(?P<by>[^.!?:;]{2,70})\.?\Z",
    re.IGNORECASE,
)
_PICTURE = re.compile(r"photo|pic|image|foto")
_HOLDERS = """
    a an and archive archives by courtesy file from handout in of own provided supplied the via
    agency
"""
_HELD = frozenset(_HOLDERS.split())
_IMAGE_LINE = re.compile(r"(?:\[ ?)?!\[[^\]\n]{0,300}\]\([^)\n]{0,390}\)")
_LINK = re.compile(r"\[[^\]\[\n]{1,300}\]\([^)\s]{1,390}\)")


def fold(text: str) -> str:
    """Case, runs of blanks and surrounding marks removed: how wordings are compared."""
    return " ".join(text.casefold().split()).strip(_EDGES)


def _table() -> dict[str, Signal]:
    table: dict[str, Signal] = {}
    for signal, phrases in PHRASES.items():
        for phrase in " ".join(phrases.split()).split(" / "):
            table[fold(phrase)] = cast(Signal, signal)
    notices = PHRASES["reply"].split(" / ")
    # The first and the last notice of a reply form often share a line.
    table[fold(". ".join(" ".join(notices[end].split()) for end in (0, -1)))] = "reply"
    return table


def _union(source: dict[str, tuple[str, ...]]) -> re.Pattern[str]:
    groups = (f"(?P<{signal}>{'|'.join(patterns)})" for signal, patterns in source.items())
    return re.compile(f"(?:{'|'.join(groups)})\\Z")


_EXACT = _table()


@cache  # compiled on first use: it would be a tenth of the time that importing dateline takes
def _unions() -> tuple[re.Pattern[str], re.Pattern[str]]:
    return _union(PATTERNS), _union(OPEN)


def signal_of(unit: Unit) -> Signal | None:
    """What part of the page's machinery a unit is, or None for anything that can be prose."""
    text = unit.text
    if not text or len(text) > LONGEST:
        return None
    key = fold(text)
    if not key:
        return "furniture"
    if len(key) <= 80:
        exact = _EXACT.get(key)
        if exact is not None:
            return exact
    any_unit, open_unit = _unions()
    match = any_unit.match(key)
    if match is None and not unit.closed:
        match = open_unit.match(key)
    if match is not None and (unit.words <= 14 or _QUOTES.isdisjoint(text)):
        signal = cast(Signal, match.lastgroup)
        if signal != "aside" or not unit.closed or not _LOWER_AFTER_MARK.search(text):
            return signal
    if unit.words <= 12 and not unit.closed and _is_button_row(text):
        return "furniture"
    return _marks(unit, text, key)


def _is_button_row(text: str) -> bool:
    """Whether a line is nothing but labels of buttons, as in "Share  Tweet  WhatsApp"."""
    words = text.casefold().split(None, 1)
    if _EXACT.get(fold(words[0])) not in _BUTTONS and "  " not in text and "\t" not in text:
        return False
    labels = [fold(label) for label in _WIDE.split(text)]
    if len(labels) < 2:
        labels = [fold(label) for label in text.split()]
    labels = [label for label in labels if label]
    return len(labels) > 1 and all(_EXACT.get(label) in _BUTTONS for label in labels)


def _marks(unit: Unit, text: str, key: str) -> Signal | None:
    """Signals that typography gives rather than wording."""
    last = text[-1]
    if last in ")]）】":
        folded = text.casefold()
        opened = max(folded.rfind("("), folded.rfind("["), folded.rfind("（"), folded.rfind("【"))
        if opened >= 0:
            if _CREDIT.fullmatch(folded, opened) or _AGENCY.fullmatch(folded, opened):
                return "caption"
            if "](" in text:
                if _IMAGE_LINE.fullmatch(text):
                    return "caption"
                if text[0] != "#" and not fold(_LINK.sub("", unit.content)):
                    return (
                        "aside" if unit.words > 4 and len(_LINK.findall(text)) == 1 else "furniture"
                    )
    if (
        len(text) > 12
        and _PICTURE.search(key, max(len(key) - 90, 0))
        and (credit := _CREDITED.search(text, max(len(text) - 100, 0)))
    ):
        names = re.findall(r"[^\W\d_][\w.'’-]*", credit["by"])
        if names and all(n[0].isupper() or n in _HELD for n in names) and names[0] not in _HELD:
            return "caption"
    if unit.words <= 10 and _ADDRESS.fullmatch(text):
        return "furniture"
    if not unit.closed:
        if unit.words <= 40 and is_menu(text):
            return "furniture"
        if key.endswith(("all rights reserved", "via getty images", "/getty images")):
            return "furniture" if key.endswith("reserved") else "caption"
        if "/" in key and _SLASHED.fullmatch(key):
            return "caption"
    if _IDENTIFIER.fullmatch(text) and any(c.isdigit() for c in key):
        return "furniture"
    return None


def is_menu(text: str) -> bool:
    """Whether a line is a bar of at least three short labels without figures."""
    if "|" not in text and not any(mark in text for mark in "»›·•>/"):
        return False
    labels = [label for label in _BAR.split(text) if label]
    if len(labels) < 3 or any(c.isdigit() for c in text):
        return False
    return all(len(label) <= 32 and label.count(" ") <= 3 for label in labels)


def is_timestamp(text: str) -> bool:
    """Whether a line holds nothing but a date or a time, in any order and common language."""
    if len(text) > 90:
        return False
    tokens = _TOKEN.findall(text.casefold())
    if not tokens or not all(token in _TIME or token.isdigit() for token in tokens):
        return False
    return any(t.isdigit() for t in tokens) or tokens[-1] in ("ago", "today", "yesterday", "now")


def has_clock(text: str) -> bool:
    """Whether a line names a time of day or a distance in time, as comments do."""
    return len(text) <= 160 and _CLOCK.search(text.casefold()) is not None


def is_byline(text: str) -> bool:
    """Whether a line is "By" and names, without a sentence."""
    opening = _BY.match(text) if len(text) <= 110 and "\n" not in text else None
    if opening is None:
        return False
    names = text[opening.end() :].replace(",", " ").split()
    return (
        0 < len(names) <= 14
        and not names[0].islower()
        and all(name in _NAME_LINKS or not name.rpartition("-")[2][:1].islower() for name in names)
        and not any(c.isdigit() for c in names[0])
    )


def is_bare_dateline(unit: Unit) -> bool:
    """Whether a line is only a place and a date, as in "ARDEN, 3 May (Agency) --"."""
    text = unit.text
    if not text or len(text) > 90 or (unit.closed and not text[-1].isdigit()):
        return False
    place, comma, rest = text.partition(",")
    if not comma or len(place) > 40 or any(c.isdigit() for c in place):
        return False
    if any(word[0].islower() for word in place.split()) or place.count(" ") > 3:
        return False
    rest = re.sub(r"\([^()]{0,40}\)", " ", rest).strip(" -–—:|")
    return is_timestamp(rest.rpartition(",")[2]) or is_timestamp(rest) or rest == "NO DATE"


def is_user_name(text: str) -> bool:
    """Whether a line could be the name above a comment."""
    return (
        0 < len(text) <= 40
        and text.count(" ") <= 3
        and text[-1] not in ".!?:;,。！？؟"
        and any(c.isalnum() for c in text)
    )


_POST = re.compile(
    r"(?P<name>[^,·•|()\n–—]{1,40}?)(?: ?[,·•|(–—] ?|  +)(?P<when>[^·•|()\n]{3,40})\)?\Z"
)
_AGO = re.compile(r"\b(?:ago|назад|önce|hace|منذ)\b|天前|小时前|分钟前|\d ?(?:min|mins|h|hrs|d)\Z")


def is_post_line(text: str) -> bool:
    """Whether a line says who wrote a comment and how long ago, as in "Marta K, 2 hours ago"."""
    match = _POST.match(text) if 6 < len(text) <= 80 else None
    if match is None or not is_user_name(match["name"]) or is_timestamp(match["name"]):
        return False
    when = match["when"].strip()
    if not is_timestamp(when) or is_byline(match["name"]):
        return False
    handle = "_" in match["name"] or "@" in match["name"]
    return _AGO.search(when.casefold()) is not None or (handle and has_clock(when))


_SAYS = re.compile(
    r"\S[^:]{0,40} (?:says|said|wrote|writes|commented|replied|a dit|dice"
    r"|schreibt)\b(?P<when>.{0,80}):?\Z",
    re.IGNORECASE,
)


def says_line(text: str) -> bool | None:
    """Of a line such as "Ana says:", whether a time is on it; None for any other line."""
    match = _SAYS.match(text) if len(text) <= 130 else None
    if match is None:
        return None
    when = match["when"].strip(" :")
    if not when:
        return False if text.endswith(":") else None
    return True if is_timestamp(when) and has_clock(when) else None
