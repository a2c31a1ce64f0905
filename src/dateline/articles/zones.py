"""Zones: which stretch of a page's text is headline, standfirst, body, or not the article.

The finder walks the units of the text. It decides where the article begins (the headline and
whatever stands around it), follows the body, and leaves it at the first sign that the article is
over: a reply form, readers' comments, a list of other headlines. After such a sign nothing is
taken back into the body, unless paragraphs in a row follow a mere list of headlines: text that is
wrongly left out can be seen, while text that is wrongly let in supports false records.

Nothing here knows any particular site. Time is linear in the length of the text.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence

from dateline.articles.ending import Ending
from dateline.articles.opening import mark_opening
from dateline.articles.page import Page
from dateline.articles.units import Unit
from dateline.spans import Zone, ZoneKind


def find_zones(
    text: str, *, title: str | None = None, captions: Collection[str] = ()
) -> tuple[Zone, ...]:
    """Divide a text into zones.

    Args:
        text: the original text of an article, in any script, wrapped or not, with or without the
            remains of its web page. It is not changed; offsets count its code points.
        title: the article's title where it is known from elsewhere. A line near the top that
            equals it, case and blanks aside, is the headline.
        captions: wordings that are known to be captions where they fill a whole line.

    Returns:
        Zones in text order that do not overlap and together hold every non-blank character;
        empty for a blank text. A text of a single line or paragraph is all body.
    """
    page = Page(text, title, captions)
    units = page.units
    if not units:
        return ()
    if len(units) == 1:
        return (Zone(kind="body", start=units[0].start, end=units[0].end),)
    Ending(page, mark_opening(page)).mark()
    return _merge(units, page.found)


def _merge(units: list[Unit], found: Sequence[ZoneKind | None]) -> tuple[Zone, ...]:
    """Neighbouring units of one kind become one zone; units nothing was found for are body."""
    zones: list[Zone] = []
    start, end, kind = units[0].start, units[0].end, found[0] or "body"
    for unit, marked in zip(units[1:], found[1:], strict=True):
        following = marked or "body"
        if following != kind:
            zones.append(Zone(kind=kind, start=start, end=end))
            start, kind = unit.start, following
        end = unit.end
    zones.append(Zone(kind=kind, start=start, end=end))
    return tuple(zones)
