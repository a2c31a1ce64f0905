"""YAML as a person writes labels in it, with the line of everything for messages.

A small, safe part of YAML: mappings, lists and scalars. Dates stay text, ``no`` and ``on`` are
words, and anchors, aliases and tags are refused, so that a file can neither grow while it is
read nor name code.
"""

from __future__ import annotations

import math
import re
from typing import Any

MAX_DEPTH = 50
# A number with a leading zero ("007") is somebody's name, not a number.
_WHOLE = re.compile(r"-?(?:0|[1-9][0-9]{0,17})\Z")
# What YAML itself takes for a number; a writer of YAML puts quotation marks around such a word.
_DECIMAL = re.compile(r"-?(?:0|[1-9][0-9]{0,17})\.[0-9]{1,20}(?:[eE][-+][0-9]{1,3})?\Z")
_WORDS: dict[str, bool | None] = {
    "": None,
    "~": None,
    "null": None,
    "Null": None,
    "true": True,
    "True": True,
    "false": False,
    "False": False,
}


class NotYaml(ValueError):
    """A text that is not this part of YAML; ``line`` counts from 1."""

    def __init__(self, message: str, line: int) -> None:
        super().__init__(message)
        self.line = line


class Fields(dict[str, Any]):
    """A mapping that knows the line of each of its fields."""

    def __init__(self, line: int) -> None:
        super().__init__()
        self.line = line
        self.lines: dict[str, int] = {}


class Items(list[Any]):
    """A list that knows the line of each of its items."""

    def __init__(self, line: int) -> None:
        super().__init__()
        self.line = line
        self.lines: list[int] = []


def loaded(text: str) -> Items:
    """The YAML documents of a text, each a value of JSON's kinds.

    Raises:
        NotYaml: with the line and what is wrong there.
    """
    import yaml

    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    builder = _Builder()
    try:
        for event in yaml.parse(text, Loader=loader):
            builder.take(event)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        message = f"not valid YAML: {error.problem or error.context}"
        raise NotYaml(message, mark.line + 1 if mark else 1) from None
    except (yaml.YAMLError, ValueError) as error:
        if isinstance(error, NotYaml):
            raise
        raise NotYaml("holds a character that YAML does not allow", 1) from None
    return builder.documents


class _Builder:
    """Builds values from the parser's events, without recursion."""

    def __init__(self) -> None:
        self.documents = Items(1)
        self._open: list[Fields | Items] = [self.documents]
        self._keys: list[str | None] = [None]

    def take(self, event: Any) -> None:
        name = type(event).__name__
        line = event.start_mark.line + 1 if event.start_mark else 1
        if name == "AliasEvent" or getattr(event, "anchor", None):
            raise NotYaml("anchors (&) and aliases (*) are not read; write the value out", line)
        tag = getattr(event, "tag", None)
        if tag not in (None, "!"):
            raise NotYaml("tags (!) are not read; put quotation marks around the text", line)
        if name == "ScalarEvent":
            self._put(event, line)
        elif name in ("MappingStartEvent", "SequenceStartEvent"):
            self._start(Fields(line) if name[0] == "M" else Items(line), line)
        elif name in ("MappingEndEvent", "SequenceEndEvent"):
            self._open.pop()
            self._keys.pop()

    def _start(self, container: Fields | Items, line: int) -> None:
        self._add(container, line)
        self._open.append(container)
        self._keys.append(None)
        if len(self._open) > MAX_DEPTH:
            raise NotYaml(f"nested more than {MAX_DEPTH} levels deep", line)

    def _put(self, event: Any, line: int) -> None:
        if isinstance(self._open[-1], Fields) and self._keys[-1] is None:
            key = event.value
            if key in self._open[-1]:
                raise NotYaml(f"the field {key[:60]!r} stands twice in one mapping", line)
            self._keys[-1] = key
            self._open[-1].lines[key] = line
            return
        self._add(_plain(event.value) if not event.style else event.value, line)

    def _add(self, value: Any, line: int) -> None:
        holder, key = self._open[-1], self._keys[-1]
        if isinstance(holder, Items):
            holder.append(value)
            holder.lines.append(line)
        elif key is None:
            raise NotYaml("the name of a field must be one word or text", line)
        else:
            holder[key] = value
            self._keys[-1] = None


def _plain(written: str) -> Any:
    if written in _WORDS:
        return _WORDS[written]
    if _WHOLE.match(written):
        return int(written)
    if _DECIMAL.match(written) and math.isfinite(float(written)):
        return float(written)
    return written
