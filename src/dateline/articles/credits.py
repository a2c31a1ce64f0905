"""Credit lines: who publishes, who wrote, when and where, without a word of the story.

A line counts only as a whole, and only near the top of a page: each part of it must be a date, a
name, a bare dateline, or a note on how the page is kept. Nothing here knows a publisher's name.
"""

from __future__ import annotations

import re

from dateline.articles.furniture import is_byline, is_timestamp
from dateline.articles.units import Unit

_LONGEST = 160
_MOST_WORDS = 9
_LINK_WORDS = """
    a an and at by d da de del della der des di du e el en et for from in la le of on our the
    to und van von with y
"""
_LINKS = frozenset(_LINK_WORDS.split())
_TRADE_WORDS = """
    bureau correspondent correspondents desk edition editor editors field newsroom office
    reporter reporters section service special staff team unit writer writers
"""
_TRADES = frozenset(_TRADE_WORDS.split())
_PUBLICATION_WORDS = """
    agency bulletin chronicle courier daily dispatch gazette herald journal ledger magazine
    mirror monitor network news newspaper newswire observer online post press radio record
    review sentinel standard star sun telegraph times today tribune tv weekly wire
"""
_PUBLICATIONS = frozenset(_PUBLICATION_WORDS.split())
_EVENTS = re.compile(
    r"\b(?:ambush|arrest|attack|blast|bomb|burn|captur|casualt|clash|dead|death|detain|die|explo"
    r"|fight|hurt|injur|kidnap|kill|march(?:es|ed)|miss|protest|raid|seiz|shoot|shot|slain|storm"
    r"|strike|wound)",
    re.IGNORECASE,
)
_WORD = re.compile(r"[^\W\d_][\w.'’\u2010\u2011-]*")
_NO_NAME = re.compile(r"[\d?!\"“”„«»:]")
_PARTS = re.compile(r" ?\| ?| [–—·•] |(?<=[^\W_A-Z])[.;] |\n")
_BRACKETED = re.compile(r"\([^()\n]{0,40}\)")
_ABBREVIATION = re.compile(r" \(([A-Z]{2,8})\)\Z")
_ISSUE = re.compile(r"(?:no|nr|issue|vol|edition|bulletin|number)\b\.? ?\d{1,5}", re.I)
_KEPT = re.compile(
    r"(?:all )?times? (?:are |is |given |shown ){0,2}(?:in )?(?:local\b|gmt|utc|[a-z]{2,12} time)"
    r".{0,30}"
    r"|(?:the |read )?(?:latest|newest|most recent) (?:entr(?:y|ies)|updates?|posts?|items?) "
    r"(?:(?:come|appear|stand|are|is|shown|listed)s? )?(?:first|at the top|on top)"
    r"|(?:translated|adapted|abridged|condensed) from (?:the )?[\w ]{3,30}"
    r"|for (?:subscribers|members|immediate release)(?: only)?"
    r"|(?:rush )?transcript",
    re.I,
)
_SCORE = re.compile(
    r"(?P<home>[^\W\d][^\d\n,]{1,40}?) ?\d{1,3}(?: ?\(\d{1,3}\))?(?: ?[,–:-] ?| )"
    r"(?:(?P<away>[^\W\d][^\d\n,]{1,40}?) \d{1,3}|\d{1,3} (?P<guest>[^\W\d][^\d\n,]{1,40}))"
    r"(?: ?\([^()]{1,40}\))?\Z"
)
_CLOCKED = re.compile(
    r"(?:[01]?\d|2[0-4])[:.h][0-5]\d(?: ?[ap]\.?m\b\.?)?(?: ?(?:GMT|UTC|CES?T|local time))?"
    r"(?=\s|[:–—-]|\Z)"
)


def is_name_line(text: str) -> bool:
    """Whether a line is nothing but names: capitalised words, links and words for a trade.

    What happens to people in the news is no name, so a line that says so is none either.
    """
    if len(text) > 100 or any(c.isdigit() for c in text):
        return False
    words = _WORD.findall(text)
    if not 0 < len(words) <= _MOST_WORDS or any(c in text for c in '?!"“”„«»:'):
        return False
    named = 0
    for word in words:
        if word[0].isupper():
            named += 1
        elif word.casefold() not in _LINKS and word.casefold() not in _TRADES:
            return False
    return named > 0 and not _EVENTS.search(text)


def names_a_publication(text: str) -> bool:
    """Whether a line of names ends as publications and their staff do, or in its own initials."""
    folded = [word.casefold() for word in _WORD.findall(_BRACKETED.sub("", text))]
    if not folded:
        return False
    if folded[-1] in _PUBLICATIONS:
        return True
    short = _ABBREVIATION.search(text)
    if short and short[1].casefold() == "".join(w[0] for w in folded if w not in _LINKS):
        return True
    return any(
        part.split() and part.split()[-1].casefold() in _TRADES
        for part in re.split(r" ?[,|–—] ?", text)
    )


def is_title_case(text: str) -> bool:
    """Whether a headline capitalises its words, so that capitals in other lines prove nothing."""
    words = [w for w in _WORD.findall(text)[1:] if w.casefold() not in _LINKS]
    return len(words) < 3 or 4 * sum(w[0].isupper() for w in words) >= 3 * len(words)


def is_masthead(unit: Unit, headline: str) -> bool:
    """Whether a line near the headline names a publication, a section, a writer or a match.

    Below a title-cased headline a standfirst looks like a line of names too; there the line must
    end in a word such as "Radio" or "correspondent", or be two labels with a bar between.
    """
    text = unit.text
    if unit.closed or not text or len(text) > 100:
        return False
    if is_score(text):
        return True
    labels = text.split(" | ")
    if len(labels) == 2 and all(is_label(label) for label in labels):
        return True
    if not is_name_line(text):
        return False
    return names_a_publication(text) or not is_title_case(headline)


def is_label(text: str) -> bool:
    """Whether a part of a bar is a short label, as of a section, without figures."""
    return (
        0 < len(text) <= 40
        and text.count(" ") <= 4
        and not any(c.isdigit() for c in text)
        and (text[0].isupper() or not text[0].islower())
    )


def is_label_bar(text: str) -> bool:
    """Whether a line is a row of at least three labels that wide blanks part."""
    if "  " not in text and "\t" not in text:
        return False
    labels = [label for label in re.split(r"[ \u00a0]{2,}|\s{0,4}\t\s{0,4}", text) if label]
    return len(labels) >= 3 and all(
        is_label(label) and label.count(" ") <= 2 and label[-1] not in ".!?:,;" for label in labels
    )


def is_score(text: str) -> bool:
    """Whether a line is the score of a match between two names, and no count of casualties."""
    match = _SCORE.match(text) if len(text) <= 100 else None
    return match is not None and all(is_name_line(name) for name in match.groups() if name)


def is_credit(text: str) -> bool:
    """Whether every part of a line is a date, a place with a date, names, or a note on the page.

    At least one part must be more than names.
    """
    if len(text) > _LONGEST:
        return False
    certain = False
    for part in _PARTS.split(text):
        bare = part.strip(" .;|–—")
        if not bare:
            continue
        if is_timestamp(bare) or is_byline(bare) or _KEPT.fullmatch(bare) or _place_and_date(bare):
            certain = True
        elif not is_name_line(bare):
            return False
    return certain


def _place_and_date(text: str) -> bool:
    """Whether a line is names or an issue's number, a comma and a date."""
    place, comma, rest = _BRACKETED.sub("", text).partition(",")
    if not comma or not (_ISSUE.fullmatch(place.strip()) or is_name_line(place)):
        return False
    return is_timestamp(rest) or is_timestamp(rest.rpartition(",")[2])


def is_clocked(text: str) -> bool:
    """Whether a line begins with a time of day, and is not the date of the whole page."""
    clock = _CLOCKED.match(text) if text[:1].isdigit() else None
    return clock is not None and (clock.end() == len(text) or not is_timestamp(text))
