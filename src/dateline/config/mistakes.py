"""Turn every mistake in the configuration into one message: file and line, key path, remedy.

No message repeats a value: a value may be a key that was pasted into the wrong place.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from difflib import get_close_matches
from typing import TYPE_CHECKING, Any

from dateline.errors import ConfigError

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from pydantic import BaseModel
    from pydantic_core import ErrorDetails

KeyPath = tuple[str | int, ...]

_HEADER = re.compile(r"^\s*\[\[?\s*([^\]\[]+?)\s*\]\]?\s*(?:#.*)?$")
_KEY = re.compile(
    r"^\s*((?:[\w-]+|\"[^\"]*\"|'[^']*')(?:\s*\.\s*(?:[\w-]+|\"[^\"]*\"|'[^']*'))*)\s*="
)
_PART = re.compile(r"[\w-]+|\"[^\"]*\"|'[^']*'")
_BAD_TOML = re.compile(r"^(.*?)\s*\(at (line \d+, column \d+|end of document)\)$", re.DOTALL)

# Where users of other tools, or of the documentation of a vendor, are likely to be wrong.
_REMEDIES = {
    "api_key": "Keys come from the environment, never from the file: put the key into a variable "
    'and name that variable, e.g. api_key_env = "OPENAI_API_KEY".',
    "max_retries": 'Write attempts, which counts the first call too, e.g. "attempts = 3".',
    "timeout": "Write timeout_s, in seconds.",
    "rpm": "Write requests_per_minute.",
    "tpm": "Write tokens_per_minute.",
    "url": "Write base_url.",
}
_NOT_TYPED = {"string_type", "int_type", "float_type", "bool_type", "dict_type", "tuple_type"}


@dataclass(frozen=True, slots=True)
class Origin:
    """The file that settings were read from, or none for the built-in defaults."""

    path: Path | None = None
    text: str = ""

    def where(self, keys: Iterable[str | int]) -> str:
        """Return ``file:line: key.path``, as exactly as the file allows."""
        path = tuple(keys)
        dotted = key_path(path)
        if self.path is None:
            return dotted or "built-in configuration"
        line = _line_of(self.text, tuple(str(part) for part in path))
        spot = f"{self.path}:{line}" if line else str(self.path)
        return f"{spot}: {dotted}" if dotted else spot

    def error(self, what: str, keys: Iterable[str | int], *, remedy: str) -> ConfigError:
        """Return the error for one mistake at ``keys``."""
        return ConfigError(what, where=self.where(keys), remedy=remedy)


def key_path(keys: Iterable[str | int]) -> str:
    """``("providers", "openai", "fallback", 0)`` as ``providers.openai.fallback[0]``."""
    text = ""
    for key in keys:
        if isinstance(key, int):
            text += f"[{key}]"
        else:
            shown = key if re.fullmatch(r"[\w-]+", key) else f'"{key}"'
            text += f".{shown}" if text else shown
    return text


def bad_toml(message: str, path: Path) -> ConfigError:
    """Return the error for a file that is not TOML, with line and column."""
    match = _BAD_TOML.match(message)
    what, spot = (match[1], match[2]) if match else (message, "")
    found = re.match(r"line (\d+), column (\d+)", spot)
    where = f"{path}:{found[1]}:{found[2]}" if found else f"{path}: {spot}" if spot else str(path)
    # The parser's own words may quote the document: a repeated key, say. Keys are harmless.
    return ConfigError(
        f"this is not valid TOML: {what[:1].lower()}{what[1:]}",
        where=where,
        remedy='Strings need quotes, tables are written [providers.NAME], and a key "a.b" quotes.',
    )


def first_problem(
    errors: list[ErrorDetails], model: type[BaseModel], origin: Origin
) -> ConfigError:
    """Return the error for the first thing that is wrong, mentioning how many more there are."""
    # An unknown key explains a missing one, so it is reported before it.
    ordered = sorted(errors, key=lambda error: error["type"] != "extra_forbidden")
    error = ordered[0]
    keys = tuple(part for part in error["loc"])
    what, remedy = _explain(error, keys, model)
    more = len(errors) - 1
    if more:
        remedy += f" ({more} more problem{'s' if more > 1 else ''} after this one.)"
    return origin.error(what, keys, remedy=remedy)


def suggestion(name: str, known: Iterable[str]) -> str:
    """Return ``Did you mean "x"?`` or the list of what is known."""
    names = sorted(known)
    close = get_close_matches(name.lower(), names, n=1, cutoff=0.6)
    if close:
        return f'Did you mean "{close[0]}"?'
    return f"Known: {', '.join(names)}." if names else "None is defined."


def _explain(error: ErrorDetails, keys: KeyPath, model: type[BaseModel]) -> tuple[str, str]:
    kind = error["type"]
    if kind == "extra_forbidden":
        name = str(keys[-1])
        remedy = _REMEDIES.get(name.lower()) or suggestion(name, _fields_at(model, keys[:-1]))
        what = "a key may not stand in the file" if name.lower() == "api_key" else "unknown key"
        return what, remedy
    if kind == "missing":
        return "this key is missing", "Add it."
    if kind == "literal_error":
        return "unknown value", f"Write one of {error.get('ctx', {}).get('expected', 'the known')}."
    if kind in {"value_error", "assertion_error"}:
        text = str(error.get("ctx", {}).get("error", error["msg"]))
        what, _, remedy = text.partition("; ")
        return what, remedy[:1].upper() + remedy[1:] or "See the reference of dateline.toml."
    message = error["msg"][:1].lower() + error["msg"][1:]
    if kind in _NOT_TYPED or kind == "model_type":
        return "wrong type", f"The {message}.".replace("The input should", "The value should")
    if kind == "string_pattern_mismatch":
        return "this is not a name of that form", "Write a name like OPENAI_API_KEY, not its value."
    return "wrong value", f"The {message}.".replace("The input should", "The value should")


def _fields_at(model: type[BaseModel], keys: KeyPath) -> list[str]:
    """Names of the settings that may stand under ``keys``."""
    from pydantic import BaseModel as Base

    current: Any = model
    for key in keys:
        if isinstance(current, type) and issubclass(current, Base):
            field = current.model_fields.get(str(key))
            current = field.annotation if field else None
        else:
            arguments = getattr(current, "__args__", ())
            current = arguments[-1] if arguments else None
    if isinstance(current, type) and issubclass(current, Base):
        return [name for name in current.model_fields if not name.startswith("_")]
    return []


def _line_of(text: str, keys: tuple[str, ...]) -> int | None:
    """Line of the key, or of the nearest table above it. Good for messages, no TOML parser."""
    best: tuple[int, int] | None = None
    table: tuple[str, ...] = ()
    for number, line in enumerate(text.splitlines(), start=1):
        if header := _HEADER.match(line):
            table = _parts(header[1])
            found = table
        elif key := _KEY.match(line):
            found = (*table, *_parts(key[1]))
        else:
            continue
        depth = len(found)
        if found == keys[:depth] and (best is None or depth > best[0]):
            best = (depth, number)
    return best[1] if best else None


def _parts(dotted: str) -> tuple[str, ...]:
    return tuple(part.strip("\"'") for part in _PART.findall(dotted))
