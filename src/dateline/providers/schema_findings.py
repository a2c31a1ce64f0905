"""What a provider would refuse or ignore in a JSON Schema, said before anything is sent.

Source: OpenAI's guide to structured outputs, "Supported schemas" (limits of strict mode).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Final

from dateline.providers.strict_schema import strict_schema

MAX_PROPERTIES: Final = 5_000
MAX_DEPTH: Final = 10
MAX_ENUM_VALUES: Final = 1_000
MAX_NAME_CHARS: Final = 120_000
_STRICT_KINDS: Final = {"openai", "openai-compatible"}


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing in a schema: ``where`` is a JSON pointer into it."""

    where: str
    message: str


def findings(schema: dict[str, Any], *, kind: str, mode: str | None = None) -> list[Finding]:
    """Return what a provider of this kind would refuse; empty where nothing is known against it.

    Args:
        schema: a JSON Schema, as Pydantic writes it.
        kind: the provider's kind; only the OpenAI kinds have published limits.
        mode: how structured output is asked for; limits hold for ``json_schema`` and ``tools``.
    """
    if kind not in _STRICT_KINDS or mode not in {None, "json_schema", "tools"}:
        return []
    found = list(_open_objects(schema, "#"))
    if not found and strict_schema(schema) is None:
        found.append(Finding("#", "it has no strict form, so answers are not bound to it"))
    found += _counted(schema)
    return found


def _open_objects(node: Any, where: str) -> Iterator[Finding]:
    if isinstance(node, list):
        for index, item in enumerate(node):
            yield from _open_objects(item, f"{where}/{index}")
    if not isinstance(node, dict):
        return
    if node.get("type") == "object":
        properties = node.get("properties", {})
        if node.get("additionalProperties") is not False:
            yield Finding(where, "the object is open; in Pydantic set model_config extra='forbid'")
        for name in sorted(properties.keys() - set(node.get("required", ()))):
            yield Finding(
                f"{where}/properties/{name}",
                "the property may be left out; give it no default, and allow null instead",
            )
    for key, inner in node.items():
        if key not in {"enum", "const", "examples", "default", "required"}:
            yield from _open_objects(inner, f"{where}/{key}")


def _counted(schema: dict[str, Any]) -> Iterator[Finding]:
    properties = enums = chars = 0
    stack: list[Any] = [schema]
    while stack:
        node = stack.pop()
        if isinstance(node, list):
            stack += node
        elif isinstance(node, dict):
            named = node.get("properties")
            if isinstance(named, dict):
                properties += len(named)
                chars += sum(map(len, named))
            if isinstance(node.get("$defs"), dict):
                chars += sum(map(len, node["$defs"]))
            values = node.get("enum")
            if isinstance(values, list):
                enums += len(values)
                chars += sum(len(value) for value in values if isinstance(value, str))
            stack += [inner for key, inner in node.items() if key != "enum"]
    depth = _depth(schema, schema.get("$defs", {}), ())
    for count, limit, what in (
        (properties, MAX_PROPERTIES, "properties"),
        (enums, MAX_ENUM_VALUES, "enum values"),
        (chars, MAX_NAME_CHARS, "characters in names and enum values"),
        (depth, MAX_DEPTH, "levels of nested objects"),
    ):
        if count > limit:
            yield Finding("#", f"it has {count:,} {what}; {limit:,} are allowed")


def _depth(node: Any, definitions: dict[str, Any], path: tuple[str, ...]) -> int:
    """Levels of objects below and including ``node``; a recursive reference counts once."""
    if isinstance(node, list):
        return max((_depth(item, definitions, path) for item in node), default=0)
    if not isinstance(node, dict):
        return 0
    reference = node.get("$ref")
    if isinstance(reference, str):
        name = reference.rpartition("/")[2]
        if name in path:
            return 0
        return _depth(definitions.get(name), definitions, (*path, name))
    inner = [value for key, value in node.items() if key not in {"$defs", "enum", "const"}]
    below = max((_depth(value, definitions, path) for value in inner), default=0)
    return below + (node.get("type") == "object")
