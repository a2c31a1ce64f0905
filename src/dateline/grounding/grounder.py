"""Turn a quote that a model copied into exact offsets of the original text, or into nothing."""

from __future__ import annotations

import re
from bisect import bisect_right
from functools import cache
from typing import TYPE_CHECKING, Literal, NamedTuple

from dateline.grounding.boundaries import Edge, clip, edge, nearest, occurrences
from dateline.grounding.folding import Folded, fold, fold_alone, same_length_lower
from dateline.grounding.seeds import MOST_HITS, first_piece, places
from dateline.grounding.spelling import (
    acronyms_stand,
    is_text,
    plain,
    same_but_for_case,
    without_outer,
)
from dateline.spans import Evidence, MatchKind, Span

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from dateline.grounding.alignment import AlteredQuote
    from dateline.spans import ZoneKind

Explanation = Literal["found", "not_in_text", "excluded_zone", "altered"]

_ELLIPSIS = re.compile(
    r"\[\s*(?:…|\.\s?\.\s?\.)\s*\]|\(\s*(?:…|\.\s?\.\s?\.)\s*\)|…|\.\s?\.\s?\.\.*"
)


class _Found(NamedTuple):
    start: int
    end: int
    match: MatchKind


class Grounder:
    """Grounds many quotes in one text.

    Args:
        text: the untouched original.
        allowed: the spans that may hold evidence, in code points; a match lies wholly in one.
        zone_at: the zone of the character at an offset, for ``Evidence.zone``.

    The text is folded at most once, and only when a quote was not found as it stands.
    """

    __slots__ = (
        "_allowed",
        "_explained",
        "_folded",
        "_folded_allowed",
        "_missed",
        "_text",
        "_zone_at",
    )

    def __init__(
        self, text: str, allowed: Sequence[Span], zone_at: Callable[[int], ZoneKind]
    ) -> None:
        self._text = text
        self._allowed = sorted(
            clipped
            for span in allowed
            if (clipped := clip(Span(*span), Span(0, len(text)))).start < clipped.end
        )
        self._zone_at = zone_at
        self._folded: Folded | None = None
        self._folded_allowed: list[Span] = []
        self._explained: dict[str, Explanation] = {}
        self._missed: dict[str, Literal["altered"] | None] = {}

    def ground(
        self, quote: str, *, near: int | Span | None = None, within: Span | None = None
    ) -> Evidence | None:
        """The place of ``quote`` in the allowed spans, or None.

        Args:
            quote: the words as the model gave them.
            near: of several places the one nearest to this offset or span is taken, else the
                first.
            within: look only in this span.

        Returns:
            Evidence whose ``quote`` is the text's own wording, found as it stands (``exact``),
            after folding (``normalized``) or with small slips (``fuzzy``). None if the quote is
            not there whole, or if its numbers, negations or names differ from the text.
        """
        spans = self._allowed if within is None else self._spans(within)
        found = self._locate(quote, spans, Span(near, near) if isinstance(near, int) else near)
        return None if found is None or found == "altered" else self._evidence(found)

    def find_all(self, quote: str, *, within: Span | None = None) -> list[Evidence]:
        """Every place of ``quote`` in the allowed spans, in text order.

        Places spelt exactly so go before folded ones: the second are looked for only if there
        are none of the first, and a misspelt quote has one place at most.
        """
        spans = self._spans(within)
        first = self._locate(quote, spans, None)
        if not isinstance(first, _Found):
            return []
        if first.match == "fuzzy":
            return [self._evidence(first)]
        if first.match == "exact":
            needle = self._text[first.start : first.end]
            places = [
                _Found(start, start + len(needle), "exact")
                for span in spans
                for start, _ in occurrences(self._text, needle, span)
            ]
            return [self._evidence(place) for place in places]
        folded = self._fold()
        needle = fold(self._text[first.start : first.end]).lower
        found = []
        for span in self._folded_spans(spans):
            for start, _ in occurrences(folded.lower, needle, span):
                place = self._original(start, start + len(needle), "normalized", spans)
                if place is not None:
                    found.append(self._evidence(place))
        return found

    def ground_parts(
        self, quote: str, *, near: int | Span | None = None, within: Span | None = None
    ) -> list[Evidence] | None:
        """The places of a quote with ellipses, one for each part, in text order.

        Parts of fewer than two words do not count. A quote without an ellipsis, or one that the
        text holds with its dots, is one part.

        Returns:
            None if any part is not found after the part before it.
        """
        whole = self.ground(quote, near=near, within=within)
        if whole is not None:
            return [whole]
        parts = [part for part in _ELLIPSIS.split(quote) if len(part.split()) > 1]
        if not parts or not _ELLIPSIS.search(quote):
            return None
        found = self._in_sequence(parts, near, within)
        if found is None and near is not None:
            found = self._in_sequence(parts, None, within)
        return found

    def explain(self, quote: str) -> Explanation:
        """Why a quote was or was not grounded, for the message that asks again.

        Returns:
            ``found``; ``excluded_zone`` if it stands only outside the allowed spans; ``altered``
            if the text has it with other numbers, negations or names; else ``not_in_text``.
        """
        known = self._explained.get(quote)
        if known is None:
            known = self._explained[quote] = self._explain(quote)
        return known

    def _explain(self, quote: str) -> Explanation:
        here = self._locate(quote, self._allowed, None)
        if isinstance(here, _Found):
            return "found"
        if here is None and self._allowed == [Span(0, len(self._text))]:
            return "not_in_text"
        anywhere = self._locate(quote, [Span(0, len(self._text))], None)
        if isinstance(anywhere, _Found):
            return "excluded_zone"
        return "altered" if "altered" in (here, anywhere) else "not_in_text"

    def _in_sequence(
        self, parts: list[str], near: int | Span | None, within: Span | None
    ) -> list[Evidence] | None:
        limits = within or Span(0, len(self._text))
        found: list[Evidence] = []
        for part in parts:
            evidence = self.ground(part, near=near, within=limits)
            if evidence is None:
                return None
            found.append(evidence)
            limits = Span(evidence.end, limits.end)
            near = evidence.span
        return found

    def _locate(
        self, quote: str, spans: Sequence[Span], near: Span | None
    ) -> _Found | Literal["altered"] | None:
        """Find a quote. What is not there is looked for, and explained, several times; the
        search for it is the dear one, so its outcome is kept; ``near`` only chooses among
        places."""
        if spans is not self._allowed:
            return self._search(quote, spans, near)
        if quote in self._missed:
            return self._missed[quote]
        found = self._search(quote, spans, near)
        if not isinstance(found, _Found):
            self._missed[quote] = found
        return found

    def _search(
        self, quote: str, spans: Sequence[Span], near: Span | None
    ) -> _Found | Literal["altered"] | None:
        bare = quote.strip()
        core = without_outer(bare)
        if not core or not spans:
            return None
        found: _Found | Literal["altered"] | None = None
        if self._folded is None:
            found = self._as_it_stands(bare, core, spans, near)
        if found is None:
            # What stands in the text as it is stands in the folded text too: once that is there,
            # it is the only one to be scanned.
            found = self._locate_folded(bare, core, spans, near)
        if found is None or found == "altered":
            return found
        return found if is_text(self._text[found.start : found.end]) else None

    def _as_it_stands(
        self, bare: str, core: str, spans: Sequence[Span], near: Span | None
    ) -> _Found | None:
        start = nearest(self._text, core, spans, near)
        if start is None:
            return None
        if core == bare:
            return _Found(start, start + len(core), "exact")
        whole = nearest(self._text, bare, spans, near)
        if whole is not None:
            return _Found(whole, whole + len(bare), "exact")
        return self._with_outer(_Found(start, start + len(core), "normalized"), bare, core, spans)

    def _locate_folded(
        self, bare: str, core: str, spans: Sequence[Span], near: Span | None
    ) -> _Found | Literal["altered"] | None:
        text = self._folded or self._fold()
        folded_spans = self._folded_spans(spans)
        whole = fold_alone(bare).strip()
        folded_core = core if whole == bare else without_outer(whole)
        if not folded_core:
            return None
        folded_near = near and Span(text.folded_offset(near.start), text.folded_offset(near.end))
        lower, there = same_length_lower(folded_core), text.lower
        size = len(lower)
        offset, piece = first_piece(lower)
        proposed = [at - offset for at in places(there, piece, folded_spans)]
        stands, originals = folded_spans, spans
        if len(proposed) < MOST_HITS:
            stands = [Span(at, at + size) for at in proposed if there.startswith(lower, at)]
            originals = self._around(stands, len(bare) - len(core), spans) if stands else []
        start = nearest(there, lower, stands, folded_near) if stands else None
        if start is not None:
            exact = self._as_it_stands(bare, core, originals, near)
            if exact is not None:
                return exact
            cased = nearest(text.text, folded_core, stands, folded_near)
            if cased is not None:
                start = cased
            elif not same_but_for_case(folded_core, text.text[start : start + size]):
                return "altered"
            found = self._original(start, start + size, "normalized", spans)
            return found and self._with_outer(found, whole, folded_core, spans)

        altered_quote = _altered_quote()(folded_core, lower)
        aligned = altered_quote.find(text, folded_spans, folded_near, proposed)
        if aligned is None:
            return None
        start, end, altered = aligned
        if altered or not acronyms_stand(folded_core, text.text[start:end]):
            return "altered"
        found = self._original(start, end, "fuzzy", spans)
        return found and self._with_outer(found, whole, folded_core, spans)

    def _around(self, stands: list[Span], margin: int, spans: Sequence[Span]) -> list[Span]:
        """The original ranges of folded ones, with a margin but inside their spans."""
        ranges = []
        for start, end in stands:
            origin = self._fold().origin(start, end)
            if origin is not None:
                wide = Span(max(0, origin[0] - margin), origin[1] + margin)
                ranges.append(clip(_span_at(spans, origin[0]), wide))
        return ranges

    def _original(
        self, start: int, end: int, match: MatchKind, spans: Sequence[Span]
    ) -> _Found | None:
        origin = (self._folded or self._fold()).origin(start, end)
        if origin is None or edge(self._text, *origin) is Edge.BROKEN:
            return None
        start, end = origin
        span = _span_at(spans, start)
        return _Found(start, end, match) if span.start <= start and end <= span.end else None

    def _with_outer(self, found: _Found, whole: str, core: str, spans: Sequence[Span]) -> _Found:
        """Take in the quote's own outer punctuation where the text has the same."""
        if len(whole) == len(core):
            return found
        start, end = found.start, found.end
        span = _span_at(spans, start)
        at = whole.index(core)
        for char in whole[at + len(core) :]:
            if end >= span.end or plain(self._text[end]) != plain(char):
                break
            end += 1
        for char in reversed(whole[:at]):
            if start <= span.start or plain(self._text[start - 1]) != plain(char):
                break
            start -= 1
        if edge(self._text, start, end) is Edge.BROKEN:
            return found
        return _Found(start, end, found.match)

    def _evidence(self, found: _Found) -> Evidence:
        start, end, match = found
        return Evidence(
            quote=self._text[start:end],
            start=start,
            end=end,
            zone=self._zone_at(start),
            match=match,
        )

    def _fold(self) -> Folded:
        if self._folded is None:
            self._folded = fold(self._text)
        return self._folded

    def _spans(self, within: Span | None) -> Sequence[Span]:
        if within is None:
            return self._allowed
        clipped = (clip(span, within) for span in self._allowed)
        return [span for span in clipped if span.start < span.end]

    def _folded_spans(self, spans: Sequence[Span]) -> Sequence[Span]:
        if spans is self._allowed and self._folded_allowed:
            return self._folded_allowed
        offset = self._fold().folded_offset
        folded = [Span(offset(span.start), offset(span.end)) for span in spans]
        if spans is self._allowed:
            self._folded_allowed = folded
        return folded


def ground(quote: str, text: str, *, near: int | Span | None = None) -> Evidence | None:
    """Find ``quote`` in ``text``; all of the text counts as body.

    Args:
        quote: words that are said to stand in the text; small slips are forgiven, changed
            numbers, negations and names are not.
        text: the original; offsets are code points into it.
        near: of several places the one nearest to this offset or span is taken, else the first.

    Returns:
        Evidence with ``evidence.quote == text[evidence.start:evidence.end]``, or None.

    Example:
        >>> ground("seven  soldiers", "The army lost seven soldiers.").start
        14
    """
    return Grounder(text, [Span(0, len(text))], _body).ground(quote, near=near)


def ground_parts(quote: str, text: str, *, near: int | Span | None = None) -> list[Evidence] | None:
    """Find the parts of a quote with ellipses in ``text``, in order; None if one is missing."""
    return Grounder(text, [Span(0, len(text))], _body).ground_parts(quote, near=near)


@cache
def _altered_quote() -> type[AlteredQuote]:
    """Loaded when first needed: the alignment libraries take milliseconds."""
    from dateline.grounding.alignment import AlteredQuote

    return AlteredQuote


def _body(_: int) -> ZoneKind:
    return "body"


def _span_at(spans: Sequence[Span], offset: int) -> Span:
    """The last of the sorted spans that begins at or before ``offset``."""
    if len(spans) == 1:
        return spans[0]
    return spans[max(0, bisect_right(spans, offset, key=_start) - 1)]


def _start(span: Span) -> int:
    return span.start
