"""Short words for values, the same in the page and in the terminal table."""

from __future__ import annotations

from datetime import timedelta

from dateline.articles import Article
from dateline.records import DateRange, Place, Quantity

UNVERIFIED = "Reported, unverified: these records say what the article reports, not what is true."

_SIGNS = {
    "eq": "",
    "approx": "≈ ",
    "at_least": "≥ ",
    "at_most": "≤ ",
    "more_than": "> ",
    "less_than": "< ",
    "vague": "≳ ",
}
_PRECISION = {1: "town", 2: "near, or part of a region", 3: "larger region"}
_BASIS = {
    "explicit": "as printed",
    "relative_to_publication": "relative to publication",
    "inferred_from_text": "inferred from the text",
    "none": "not resolved",
}


def headline(article: Article) -> str | None:
    """The article's title, or the words of its first headline zone."""
    if article.title:
        return article.title
    for zone in article.zones:
        if zone.kind == "headline":
            return " ".join(article.text[zone.start : zone.end].split())
    return None


def name_of(article: Article) -> str:
    """What to call an article: its headline, else the file it came from, else its id."""
    return headline(article) or article.source or article.id


def counted(count: int, noun: str) -> str:
    """A number with its noun in the right form: ``1 event``, ``2 events``."""
    return f"{count:,} {noun}{'' if count == 1 else 's'}"


def plain(code: str) -> str:
    """A vocabulary word for reading: underscores are spaces."""
    return code.replace("_", " ")


def number(value: float) -> str:
    """A number without a needless fraction, thousands parted by commas."""
    return f"{int(value):,}" if value == int(value) else f"{value:,}"


def amount(quantity: Quantity) -> str:
    """The number with its comparator, and what is counted: ``≥ 23 killed``."""
    kind = plain(quantity.kind if quantity.kind != "casualties_combined" else "killed or wounded")
    what = quantity.unit if quantity.kind in {"other", "area", "distance", "money"} else kind
    what = what or kind
    if quantity.explicit_unknown:
        return f"{what}: stated as unknown"
    low, high = quantity.low, quantity.high
    if low is None and high is None:
        return f"{what}: no number"
    if low is not None and high is not None and low != high:
        return f"{number(low)}–{number(high)} {what}"
    shown = low if low is not None else high
    sign = _SIGNS[quantity.comparator]
    if not sign.strip() and quantity.value is None:
        sign = "≥ " if low is not None else "≤ "
    return f"{sign}{number(shown or 0)} {what}"


def when(date: DateRange) -> str | None:
    """Calendar words of a date: one day, a month, a year or an interval; None where unresolved."""
    if date.start and date.end:
        start, end = date.start, date.end
        if start == end:
            return start.isoformat()
        if date.granularity == "year" and (start.month, start.day, end.month, end.day) == (
            1,
            1,
            12,
            31,
        ):
            years = sorted({start.year, end.year})
            return "–".join(str(year) for year in years)
        after = end + timedelta(days=1) if end < end.max else end
        if start.day == 1 and after.day == 1 and start.month == end.month:
            return start.isoformat()[:7]
        return f"{start.isoformat()} to {end.isoformat()}"
    if date.start:
        return f"from {date.start.isoformat()}"
    if date.end:
        return f"until {date.end.isoformat()}"
    if date.not_before and date.not_after:
        return f"between {date.not_before.isoformat()} and {date.not_after.isoformat()}"
    if date.not_after:
        return f"not after {date.not_after.isoformat()}"
    return f"not before {date.not_before.isoformat()}" if date.not_before else None


def basis(date: DateRange) -> str:
    """How the calendar date was got."""
    return _BASIS[date.basis]


def where(place: Place) -> str:
    """Name, region and country as far as known, else the article's words.

    A direction, a stretch between two places or a way toward one is never shown as the place
    itself: there the article's words stand in for the name.
    """
    name = place.text
    if place.name is not None and place.relation in {"in", "near"}:
        name = place.name if place.relation == "in" else f"near {place.name}"
    parts = [part for part in (name, place.admin1, place.country) if part]
    return ", ".join(dict.fromkeys(parts))


def precision(place: Place) -> str:
    """What the place's precision means."""
    return _PRECISION[place.precision]


def scope(quantity: Quantity) -> str | None:
    """What a number covers, where that is more than its event."""
    if quantity.scope == "event":
        return None
    return "cumulative" if quantity.scope == "cumulative" else f"for the whole {quantity.scope}"
