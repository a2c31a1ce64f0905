"""The top of a page: menus, the headline, bylines and standfirsts, down to the first paragraph."""

from __future__ import annotations

from dateline.articles.credits import is_masthead, is_name_line, names_a_publication
from dateline.articles.furniture import fold, is_menu
from dateline.articles.page import Page
from dateline.articles.units import SHORT, Unit

_LONGEST_HEADLINE = 300
_LONGEST_STANDFIRST = 260


def mark_opening(page: Page) -> int:
    """Mark everything above the body; the index of the body's first unit."""
    units, found, signals = page.units, page.found, page.signals
    body = _first_paragraph(page)
    titled = _titled(page, body)
    if titled is not None and titled >= body:
        for i in range(page.first, titled):
            if not page.paragraphs[i]:
                found[i] = page.machinery(i)
        found[titled] = "headline"
        return titled + 1
    candidates = [i for i in range(page.first, body) if _can_be_headline(page, i)]
    if not candidates and page.first < body:
        first = units[page.first]
        if first.words >= 3 and not first.closed and signals[page.first] in ("related", "aside"):
            candidates = [page.first]  # the only line above the body is its headline after all
    headline = titled if titled is not None else _pick(page, candidates, body)
    listed = False
    for i in range(page.first, body):
        listed = listed or signals[i] == "related"
        if i == headline:
            found[i] = "headline"
        elif headline is None or i < headline:
            other = listed and i in candidates and units[i].words >= 4
            found[i] = "related" if other else page.machinery(i)
        elif i in candidates and _is_standfirst(page, i, headline):
            found[i] = "standfirst"
        else:
            found[i] = page.machinery(i)
    if headline is not None and _stands_apart(page, body):
        found[body] = "standfirst"
    return body


def _first_paragraph(page: Page) -> int:
    """Where prose begins; without any paragraph, the first sentence or what follows a line."""
    for i in range(page.first, len(page.units)):
        if page.paragraphs[i] or (i > page.first and page.is_entry(i)):
            return i
    plain = [i for i in range(page.first, len(page.units)) if page.signals[i] is None]
    for i in plain:
        if page.units[i].closed and page.units[i].words >= 4:
            return i
    if len(plain) > 1:
        return plain[1]
    return plain[0] if plain else len(page.units)


def _titled(page: Page, body: int) -> int | None:
    """The unit near the top that equals the given title, if prose follows it."""
    if not page.title:
        return None
    low, high = len(page.title), 2 * len(page.title) + 40
    for i in range(page.first, min(len(page.units), body + 12)):
        text = page.units[i].text
        if low <= len(text) <= high and fold(text) == page.title:
            return i if i < body or any(page.paragraphs[i + 1 :]) else None
    return None


def _can_be_headline(page: Page, i: int) -> bool:
    text = page.units[i].text
    if page.signals[i] is not None or not text or len(text) > _LONGEST_HEADLINE:
        return False
    return not page.is_credit_line(i)


def _pick(page: Page, candidates: list[int], body: int) -> int | None:
    if not candidates:
        return None
    for i in candidates:
        if page.units[i].text.startswith("# "):
            return i
    full = [i for i in candidates if page.units[i].words >= 4]
    if len(full) > 1 and _names_only(page, full[0]):
        full.pop(0)
    if any(page.signals[i] == "related" for i in range(page.first, body)):
        full.reverse()  # a list of other headlines stands above: ours is the last one
    return full[0] if full else candidates[0]


def _names_only(page: Page, i: int) -> bool:
    """Whether a line is the second row of a menu, or "The ..." and what publications are called."""
    unit = page.units[i]
    if unit.closed or unit.words > 8 or not is_name_line(unit.text):
        return False
    above = page.units[i - 1].text if i > page.first and not unit.gap else ""
    if above and page.signals[i - 1] == "furniture" and is_menu(above):
        return True
    return unit.text[:4].casefold() == "the " and names_a_publication(unit.text)


def _is_standfirst(page: Page, i: int, headline: int) -> bool:
    unit = page.units[i]
    if unit.words < 4 and not unit.closed:
        return False
    return not is_masthead(unit, page.units[headline].text)


def _stands_apart(page: Page, body: int) -> bool:
    """Whether the first paragraph is a short lead that page furniture parts from the story.

    A byline or date between the two is proof. A picture or a share bar may as well stand below
    the story's own first paragraph, so there the lead must say what the next paragraph says.
    """
    units = page.units
    if body >= len(units) or not page.paragraphs[body] or units[body].size > _LONGEST_STANDFIRST:
        return False
    after = body + 1
    credited = False
    while after < len(units) and not page.paragraphs[after]:
        if page.is_credit_line(after):
            credited = credited or not units[after].closed
        elif page.signals[after] in (None, "related", "author"):
            return False
        after += 1
    if after == body + 1 or after >= len(units):
        return False
    return credited or _restates(units[body].text, units[after], page.text)


def _restates(lead: str, following: Unit, text: str) -> bool:
    said = {word for word in fold(lead).split() if len(word) > 3}
    again = set(fold(text[following.start : min(following.end, following.start + SHORT)]).split())
    return 2 * len(said & again) >= len(said) > 0
