"""Units of measure that news prints after a number, and what each of them measures."""

from __future__ import annotations

import re
from typing import Literal, NamedTuple

Measure = Literal["percent", "area", "distance", "duration", "money", "mass", "age"]

_DISTANCE = (
    r"kilomet(?:er|re)s?|kms?|kilometros|(?:nautical )?miles?|nm|met(?:er|re)s?|m|cm"
    r"|centimet(?:er|re)s?|yards?|feet|foot|ft|inch(?:es)?|mi"
)
_UNIT = re.compile(
    r"(?:[\s-]{0,2})(?:"
    r"(?P<percent>[%٪]|per ?cents?\b|percentage points?\b|pct\b)"
    rf"|(?P<area>(?:sq\.? ?|square[ -])(?:{_DISTANCE})\b|(?:km|m|mi) ?²"
    r"|(?:km|mi)\^?2\b|(?:km|mi) sq\b|hectares?\b|ha\b|acres?\b|dunums?\b|dunams?\b|donums?\b)"
    r"|(?P<age>years?[ -]olds?\b|years? of age\b|months?[ -]old\b)"
    r"|(?P<duration>(?:consecutive |straight |more )?(?:seconds?|secs?|minutes?|mins?|hours?|hrs?"
    r"|days?|nights?|weeks?|months?|years?|decades?|centur(?:y|ies))\b)"
    r"|(?P<money>(?:(?:us|u\.s\.|american|canadian|australian|iraqi|syrian|libyan|jordanian"
    r"|iranian|saudi|turkish|russian|lebanese|egyptian|sudanese|afghan|pakistani|indian|kenyan"
    r"|nigerian|british) )?(?:dollars?|euros?|pounds?(?! of\b)|dinars?|rials?|riyals?|liras?"
    r"|rubles?|roubles?|rupees?|shillings?|francs?|pesos?|yuan|yen|naira|dirhams?|hryvnias?|afghanis?"
    r"|birr)\b|usd\b|eur\b|gbp\b|€|£)"
    r"|(?P<mass>(?:metric )?(?:tons?|tonnes?)\b|kilo(?:gram(?:me)?)?s?\b|kgs?\b|gram(?:me)?s?\b"
    r"|pounds?\b|lbs?\b)"
    rf"|(?P<distance>(?:{_DISTANCE})\b)"
    r")"
)
_LOCATOR = re.compile(
    r"(?: ?\([^()]{1,30}\))?[ ,-]{1,2}(?:or so )?(?:to the |due |further |farther )?"
    r"(?:(?:north|south|east|west|nor)\w*\b|from\b|away\b|outside\b|off\b|inland\b|inside\b|beyond\b"
    r"|upstream\b|downstream\b|down the\b|up the\b|into\b)"
)
CURRENCY_SIGNS = frozenset("$€£¥₹₽₺₪₴₦﷼")


class Unit(NamedTuple):
    """A unit found after a number; offsets into the text that was searched."""

    measure: Measure
    start: int
    end: int
    locates: bool = False


def unit_at(low: str, position: int) -> Unit | None:
    """Return the unit that follows ``position`` in a lower-case text, or None.

    ``locates`` marks a distance that says where something is ("40 kilometers north of").
    """
    found = _UNIT.match(low, position)
    if found is None:
        return None
    measure: Measure = found.lastgroup  # type: ignore[assignment]  # the group names are the measures
    start, end = found.span(measure)
    locates = measure == "distance" and _LOCATOR.match(low, end) is not None
    return Unit(measure, start, end, locates)
