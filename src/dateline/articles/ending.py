"""The body of a page and its end: reply forms, readers' comments, lists of other headlines."""

from __future__ import annotations

import re
from functools import cached_property
from itertools import accumulate
from typing import Literal

from dateline.articles.credits import is_name_line
from dateline.articles.furniture import (
    fold,
    has_clock,
    is_post_line,
    is_timestamp,
    is_user_name,
    says_line,
)
from dateline.articles.page import LONG, Page
from dateline.articles.units import SHORT
from dateline.spans import ZoneKind

_Place = Literal["body", "related", "reply", "comments", "author"]

_RETURNS = 300  # characters of consecutive prose that lead from a list of headlines to the body
_ALONE = 400  # characters of one paragraph that do so on its own
_FUNCTION_WORDS = """
    a an and at by for from in into of on or said that the their to was with
"""
_PUBLISHER = re.compile(
    r"\b(?:organi[sz]ation|network|agency|charity|association|company|publisher|non-?profit|ngo"
    r"|foundation|newspaper|newsroom|website|institute|observatory|coalition|programme|we)\b"
)
_POSTER = re.compile(r"[^\s:.][^:.!?\n]{0,38}:\s")
_CUT_OFF = frozenset(_FUNCTION_WORDS.split())


class Ending:
    """Walks a page from its first paragraph to its last unit and gives each its zone."""

    def __init__(self, page: Page, body: int) -> None:
        self.page = page
        self.body = body
        self.last_answer = max((i for i, s in enumerate(page.signals) if s == "answer"), default=-1)
        self.outdent = self._outdents()
        self.posts = self._posts()

    def _posts(self) -> frozenset[int]:
        """The heads of readers' comments that say who and how long ago, if there are several."""
        units = self.page.units
        heads = frozenset(
            i
            for i in range(self.body, len(units) - 1)
            if not units[i].closed and is_post_line(units[i].text)
        )
        return heads if len(heads) > 1 else frozenset()

    def _outdents(self) -> list[int]:
        """For every unit, the smallest indent of the paragraphs after it."""
        least = 1 << 30
        outdent = [least] * len(self.page.units)
        for i in range(len(self.page.units) - 1, -1, -1):
            outdent[i] = least
            if self.page.paragraphs[i]:
                least = min(least, self.page.units[i].indent)
        return outdent

    def mark(self) -> None:
        """Mark every unit from the body on that is not the body's."""
        page, found, signals = self.page, self.page.found, self.page.signals
        place: _Place = "body"
        over = len(page.units)
        label_only = False
        prose = teasers = 0
        for i in range(self.body, len(page.units)):
            if found[i] is not None:
                prose += page.paragraphs[i]
                continue
            signal = signals[i]
            ending = self._ends(i, prose) if prose or over <= i else None
            if ending is not None:
                place = ending
                over = min(over, i)
                thread = signal is None and ending == "comments"
                found[i] = "comment" if thread else "boilerplate"
            elif place == "body":
                if signal == "related" or (signal == "aside" and page.units[i].words <= 4):
                    place, teasers, label_only = "related", 0, signal == "aside"
                    found[i] = "boilerplate"
                elif signal == "byline" or (prose <= 1 and self._credits(i)):
                    if prose <= 1 and not (signal and page.units[i].closed):
                        found[i] = "boilerplate"
                elif signal is not None:
                    found[i] = page.machinery(i)
                elif self._captioned(i):
                    found[i] = "caption"
                else:
                    prose += page.paragraphs[i]
            elif signal == "related":
                place = "related"
                found[i] = "boilerplate"
            elif signal is not None:
                found[i] = page.machinery(i)
            elif place == "related" and over > i and self._returns(i, teasers, label_only):
                place = "body"
                prose += 1
            else:
                teasers += page.paragraphs[i]
                found[i] = self._outside(i, place)
        self._trim(min(over, len(page.units)))

    # --- the article is over -----------------------------------------------------------------

    def _ends(self, i: int, prose: int) -> _Place | None:
        """Whether the article ends at this unit, and what begins there."""
        signal = self.page.signals[i]
        if signal == "reply":
            return None if self._above_article(i, prose) else "reply"
        if signal == "comments":
            if self._continues(i) or self._above_article(i, prose):
                return None
            return "comments"
        if signal == "author":
            return "author"
        if signal in (None, "furniture") and self._notes_start(i, prose):
            return "author"
        return "comments" if signal is None and self._thread_starts(i) else None

    def _notes_start(self, i: int, prose: int) -> bool:
        """Whether a short closing note on the publisher begins here, as below press releases."""
        units, paragraphs = self.page.units, self.page.paragraphs
        unit = units[i]
        if prose < 2 or unit.closed or not 5 < len(unit.text) <= 60 or i + 1 >= len(units):
            return False
        if not paragraphs[i + 1] or unit.text[:6].casefold() != "about ":
            return False
        about = unit.text[6:].strip(" :")
        below = units[i + 1]
        said = self.page.text[below.start : min(below.end, below.start + SHORT)].casefold()
        if about.casefold() != "us" and not (is_name_line(about) and about.casefold() in said):
            return False
        after = self._prose[-1] - self._prose[i]
        return _PUBLISHER.search(said) is not None and 3 * after <= self._prose[i]

    @cached_property
    def _prose(self) -> list[int]:
        """Characters of prose above each unit; the last entry is all of it."""
        page = self.page
        sizes = (u.size if p else 0 for u, p in zip(page.units, page.paragraphs, strict=True))
        return list(accumulate(sizes, initial=0))

    def _continues(self, i: int) -> bool:
        """Whether a heading "Comment" is the article's own: the writer's prose follows it."""
        page = self.page
        if fold(page.units[i].text) != "comment" or i + 1 >= len(page.units):
            return False
        below = page.units[i + 1]
        opening = page.text[below.start : min(below.end, below.start + 60)]
        return page.paragraphs[i + 1] and below.size >= LONG and not _POSTER.match(opening)

    def _above_article(self, i: int, prose: int) -> bool:
        """Whether a comment link or counter stands among the credits above the article."""
        page = self.page
        if prose > 1:
            return False
        near = page.signals[i + 1 : i + 4]
        if "reply" in near or "comments" in near or "answer" in near:
            return False
        if page.units[i].text.lstrip("( ").startswith(("0 ", "No ", "no ")):
            beside = True
        else:
            beside = any(
                page.signals[j] in ("furniture", "byline", "caption") or page.is_credit_line(j)
                for j in (i - 1, i + 1)
                if self.body <= j < len(page.units)
            )
        before = sum(u.size for u, p in zip(page.units[:i], page.paragraphs, strict=False) if p)
        after = sum(u.size for u, p in zip(page.units[i:], page.paragraphs[i:], strict=True) if p)
        return beside and after >= 2 * before

    def _thread_starts(self, i: int) -> bool:
        """Whether a unit is the head of a reader's comment, known by the lines that follow."""
        units = self.page.units
        unit = units[i]
        if not unit.text or len(unit.text) > 130 or i + 1 >= len(units):
            return False
        following = units[i + 1]
        if unit.bullet:
            return (
                following.indent > unit.indent
                and not following.bullet
                and self.outdent[i] > unit.indent
                and is_user_name(unit.content)
            )
        if i in self.posts:
            return True
        says = says_line(unit.text)
        if says is not None:
            return says or (is_timestamp(following.text) and has_clock(following.text))
        return (
            self.last_answer > i + 1
            and is_user_name(unit.text)
            and bool(following.text)
            and has_clock(following.text)
            and is_timestamp(following.text)
        )

    def _outside(self, i: int, place: _Place) -> ZoneKind:
        if place == "related":
            return "related"
        if place == "comments":
            return "comment"
        if place == "author":
            return "boilerplate"
        unit = self.page.units[i]
        if is_post_line(unit.text):
            return "comment"
        if self.page.is_title_like(i):
            return "related"
        return "boilerplate" if unit.words <= 3 and not unit.closed else "comment"

    # --- inside the body ----------------------------------------------------------------------

    def _credits(self, i: int) -> bool:
        """Whether a credit line stands below a standfirst."""
        page = self.page
        return i > self.body and page.is_credit_line(i) and any(page.paragraphs[i:])

    def _captioned(self, i: int) -> bool:
        """Whether a picture credit follows on the very next line of the same two-line block."""
        page = self.page
        if i + 1 >= len(page.units) or page.signals[i + 1] != "caption":
            return False
        unit, credit = page.units[i], page.units[i + 1]
        alone = i + 2 >= len(page.units) or page.units[i + 2].gap
        return unit.gap and not credit.gap and alone and unit.size <= 250

    def _returns(self, i: int, teasers: int, label_only: bool) -> bool:
        """Whether prose resumes here after a list of other headlines inside the article."""
        page = self.page
        unit = page.units[i]
        if (
            not page.paragraphs[i]
            or unit.bullet
            or unit.text.endswith(("…", "...", "[…]", "[...]"))
        ):
            return False
        if unit.size >= _ALONE and not teasers:
            return True
        run, size, j = 0, 0, i
        while j < len(page.units) and run < 4:
            if page.paragraphs[j]:
                run += 1
                size += page.units[j].size
            elif page.signals[j] not in ("furniture", "caption"):
                break
            j += 1
        if label_only and size >= _RETURNS // 2:
            return j >= len(page.units) or run > 1 or not page.is_title_like(j)
        return size >= _RETURNS and run > (2 if teasers else 1)

    # --- the tail -------------------------------------------------------------------------------

    def _trim(self, over: int) -> None:
        """Take unmarked headlines and credits at the very end out of the body."""
        page, found = self.page, self.page.found
        closed = [
            page.units[i].closed
            for i in range(self.body, over)
            if page.paragraphs[i] and found[i] in (None, "standfirst")
        ]
        if sum(closed) < 0.6 * len(closed) or not closed:
            return
        tail: list[int] = []
        for i in range(over - 1, self.body, -1):
            unit = page.units[i]
            if found[i] is not None:
                continue
            if page.is_credit_line(i) and page.signals[i - 1] != "comments":
                found[i] = "boilerplate"
            elif page.paragraphs[i] or unit.closed:
                break
            elif not unit.text or unit.text[-1] in ":：":
                return  # what follows a colon is a list of the article's own
            elif page.is_title_like(i) or (unit.words <= 3 and not unit.bullet):
                tail.append(i)
            else:
                return
        if not tail or (len(closed) < 2 and len(tail) < 2):
            return
        if len(tail) == 1:
            unit = page.units[tail[0]]
            last_word = unit.text.rsplit(None, 1)[-1].casefold()
            wrapped = any("\n" in other.text for other in page.units)  # wires have no such lists
            if wrapped or not unit.gap or last_word in _CUT_OFF or unit.text[0] in "\"“«„'‘":
                return
        for i in tail:
            found[i] = "related" if page.units[i].words >= 4 else "boilerplate"
