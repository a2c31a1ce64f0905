"""Labels of situation reports: "4 May, Kesra." before what happened there on that day."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from dateline.asking.guided.findings import When, Where
from dateline.spans import Span

if TYPE_CHECKING:
    from collections.abc import Sequence

    from dateline.asking.guided.reading import Reading

_MONTHS = (
    r"(?:Jan(?:uary)?|Feb(?:ruary)?|Mar(?:ch)?|Apr(?:il)?|May|June?|July?|Aug(?:ust)?"
    r"|Sept?(?:ember)?|Oct(?:ober)?|Nov(?:ember)?|Dec(?:ember)?)\.?"
)
_DATE = (
    rf"(?:\d{{1,2}}(?:(?: and | to | or |[–-])\d{{1,2}})? {_MONTHS}(?: \d{{4}})?"
    rf"|{_MONTHS} \d{{1,2}}(?:(?: and | to | or |[–-])\d{{1,2}})?(?:, \d{{4}})?"
    r"|(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day)"
)
_PLACE = r"[A-Z][\w.’'-]{1,30}(?:[ -](?:de|du|la|al|of|the|[A-Z0-9][\w.’'-]{0,30})){0,4}"
_LABEL = re.compile(
    rf"[•*–-]? ?(?:(?P<date>{_DATE})(?:[,:] (?P<place>{_PLACE}))?"
    rf"|(?P<place2>{_PLACE}), (?P<date2>{_DATE}))[ ]?[.:–—-]"
)


class Label(NamedTuple):
    """The day and the place that stand before what happened; either may be missing."""

    when: When | None
    where: Where | None


def labels_of(readings: Sequence[Reading], text: str) -> dict[int, Label]:
    """The label of each paragraph that opens with one, by paragraph."""
    found: dict[int, Label] = {}
    seen: set[int] = set()
    for reading in readings:
        if reading.paragraph in seen or reading.zone != "body":
            continue
        seen.add(reading.paragraph)
        label = _LABEL.match(text, reading.span.start, min(len(text), reading.span.start + 140))
        if label is None:
            continue
        when = where = None
        for name in ("date", "date2"):
            if label[name]:
                when = When(Span(*label.span(name)), fine=True)
        for name in ("place", "place2"):
            if label[name]:
                span = Span(*label.span(name))
                where = Where(span, frozenset({label[name].lower()}), known=False, marked=True)
        found[reading.paragraph] = Label(when, where)
    return found
