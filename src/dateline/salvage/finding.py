"""Find the JSON value in what a model wrote, whole or as far as it goes."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from pydantic_core import from_json

if TYPE_CHECKING:
    from collections.abc import Callable

MAX_SCAN = 50_000_000
"""Characters of one answer that are read at all; a longer one is cut there."""
MAXSTARTS = 20
"""Places in an answer at which JSON is looked for, among words that hold brackets too."""

START = re.compile(r"[{\[]")
_OBJECT = re.compile(r'\{\s*"')
_SURROGATE = re.compile(r"[\ud800-\udfff]|\\u[dD][89a-fA-F]")
_THOUGHTS, _THOUGHTS_END = "<think>", "</think>"


def read_json(text: str) -> tuple[Any, bool]:
    """Return the JSON object in a text and whether it was cut; ``(None, False)`` without one."""
    found = find_json(text, lambda value: isinstance(value, dict))
    return found.value, found.cut


def mended(text: str) -> str:
    """The text with U+FFFD for every half of a character, which no file and no cache can hold."""
    try:
        text.encode()
    except UnicodeEncodeError:
        return text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    return text


@dataclass(slots=True)
class Found:
    """A JSON value in an answer; ``rest`` is what follows it, ``repeated`` what it overrode."""

    value: Any = None
    cut: bool = False
    rest: str = ""
    repeated: list[tuple[str, Any]] = field(default_factory=list)


def find_json(text: str, wanted: Callable[[Any], bool]) -> Found:
    """The first wanted JSON value in a text, else the value at its first bracket."""
    body = text[:MAX_SCAN]
    if body.lstrip().startswith(_THOUGHTS):
        body = body.partition(_THOUGHTS_END)[2] or body
    if body.lstrip().startswith('"'):
        body = _unquoted(body)
    first: Found | None = None
    at = 0
    for _ in range(MAXSTARTS):
        start = START.search(body, at)
        if start is None:
            break
        found, at = _decoded(body, start.start())
        if found.value is not None and wanted(found.value):
            return found
        first = first or found
        if found.value is None and _OBJECT.match(body, start.start()):
            break  # This was the answer; an object inside it is not.
    return first or Found()


def _decoded(body: str, start: int) -> tuple[Found, int]:
    """The value at ``start``, whole or as far as it goes, and where to look further."""
    found = Found()
    decoder = json.JSONDecoder(
        strict=False,  # line breaks inside strings are no reason to lose an answer
        parse_int=_integer,
        object_pairs_hook=lambda pairs: _object(pairs, found.repeated),
    )
    try:
        found.value, end = decoder.raw_decode(body, start)
        found.rest = body[end:].strip()
    except (ValueError, RecursionError):
        end = start + 1
        try:
            found.value, found.cut = from_json(body[start:], allow_partial=True), True
        except ValueError:
            return found, end
    if _SURROGATE.search(body):
        try:
            found.value = json.loads(mended(dump(found.value)))
        except (ValueError, RecursionError):
            found.value = None
    return found, end


def _object(pairs: list[tuple[str, Any]], repeated: list[tuple[str, Any]]) -> dict[str, Any]:
    """An object; lists given twice are one list, of other values the last one counts."""
    value = dict(pairs)
    if len(value) == len(pairs):
        return value
    value = {}
    for key, item in pairs:
        before = value.get(key)
        if isinstance(before, list) and isinstance(item, list):
            before.extend(item)
            continue
        if key in value:
            repeated.append((key, before))
        value[key] = item
    return value


def _integer(digits: str) -> int | str:
    """An integer, or its digits where there are more than Python reads."""
    return int(digits) if len(digits) < 400 else digits


def _unquoted(body: str) -> str:
    """JSON that was written as a JSON string."""
    try:
        value = json.JSONDecoder(strict=False).raw_decode(body.lstrip())[0]
    except ValueError:
        return body
    return value if isinstance(value, str) and START.search(value) else body


def dump(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))
