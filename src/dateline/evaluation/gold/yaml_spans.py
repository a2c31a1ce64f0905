"""Spans as a person writes them: words of the text instead of offsets."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from dateline.evaluation.gold.occurrences import Occurrences
from dateline.evaluation.gold.validating import unknown_field

Tell = Callable[[str], None]
"""Takes the message of a mistake."""

SPAN_FIELDS = ("quote", "nth", "from", "to", "start", "end")
NOWHERE = {"start": 0, "end": 1}
"""Stands in for a span that could not be read, while the rest of the file is looked at."""

_SHOWN = 160


def span_from(written: Any, occurrences: Occurrences | None, tell: Tell) -> dict[str, Any]:
    """A span with offsets from a quote, ``{quote, nth}``, ``{from, to}`` or ``{start, end}``.

    Args:
        written: as the YAML has it.
        occurrences: of the document's text; None where the text is missing.
        tell: takes what is wrong; ``NOWHERE`` comes back then.
    """
    if isinstance(written, int | float):
        written = str(written)
    if isinstance(written, str):
        written = {"quote": written}
    if not isinstance(written, dict):
        tell("a span is a quote, {quote, nth}, {from, to} or {start, end}")
        return NOWHERE
    unknown = [key for key in written if key not in SPAN_FIELDS]
    for key in unknown:
        tell(unknown_field(key, SPAN_FIELDS))
    if unknown:
        return NOWHERE
    if "start" in written or "end" in written:
        return _offsets(written, occurrences, tell)
    if occurrences is None:
        return NOWHERE  # that the text is missing has been told
    nth = written.get("nth")
    if nth is not None and (not isinstance(nth, int) or nth < 1):
        tell("nth must be a whole number from 1")
        return NOWHERE
    if "quote" in written and "from" not in written and "to" not in written:
        found = _found(written["quote"], nth, occurrences, tell)
    elif "from" in written and "to" in written and "quote" not in written:
        found = _between(written["from"], written["to"], nth, occurrences, tell)
    else:
        tell("a span has either quote, or from and to")
        return NOWHERE
    return {"start": found[0], "end": found[1]} if found else NOWHERE


def _offsets(
    written: dict[str, Any], occurrences: Occurrences | None, tell: Tell
) -> dict[str, Any]:
    start, end = written.get("start"), written.get("end")
    if type(start) is not int or type(end) is not int or not 0 <= start < end:
        tell("start and end must be whole numbers, start smaller than end")
        return NOWHERE
    if occurrences is not None and end > len(occurrences.text):
        tell(f"end is {end}, but the text has {len(occurrences.text)} characters")
        return NOWHERE
    return {"start": start, "end": end}


def _between(
    first: Any, last: Any, nth: int | None, occurrences: Occurrences, tell: Tell
) -> tuple[int, int] | None:
    start = _found(first, nth, occurrences, tell, name="from")
    if start is None:
        return None
    ends = _places(last, occurrences, tell, name="to")
    if ends is None:
        return None
    after = [end for begin, end in ends if begin >= start[0] and end >= start[1]]
    if not after:
        tell("the words of `to` stand only before those of `from`")
        return None
    return start[0], after[0]


def _found(
    quote: Any, nth: int | None, occurrences: Occurrences, tell: Tell, *, name: str = "quote"
) -> tuple[int, int] | None:
    places = _places(quote, occurrences, tell, name=name)
    if places is None:
        return None
    if nth is not None and nth > len(places):
        tell(f"nth is {nth}, but these words stand {len(places)} times in the text")
        return None
    if nth is None and len(places) > 1:
        lines = ", ".join(str(occurrences.line_of(start)) for start, _ in places[:8])
        more = ", …" if len(places) > 8 else ""
        tell(
            f"these words stand {len(places)} times in the text (lines {lines}{more}): "
            "make the quote longer, or say which with nth: 1 for the first"
            f" — {_short(str(quote))}"
        )
        return None
    return places[(nth or 1) - 1]


def _places(
    quote: Any, occurrences: Occurrences, tell: Tell, *, name: str
) -> list[tuple[int, int]] | None:
    if isinstance(quote, int | float) and not isinstance(quote, bool):
        quote = str(quote)
    if not isinstance(quote, str) or not quote.strip():
        tell(f"{name} must be words of the text")
        return None
    places = occurrences.find(quote)
    if places:
        return places
    near = occurrences.nearest(quote)
    hint = "nothing in the text comes near"
    if near:
        words = _short(occurrences.text[near[0] : near[1]])
        hint = f"nearest is line {occurrences.line_of(near[0])} of the text: {words}"
    tell(f"these words are not in the text: {_short(quote)}; {hint}")
    return None


def _short(words: str) -> str:
    words = " ".join(words.split())
    return repr(words if len(words) <= _SHOWN else f"{words[:_SHOWN]}…")
