"""Whether a JSON Schema may be sent as ``strict``, and the form of it that OpenAI accepts.

Strict mode decodes under the schema, so an answer has the right shape by construction. It takes
a subset: every object closed, with all its properties required, and few other keywords.
"""

from __future__ import annotations

from typing import Any, Final

from dateline.providers.schema_subset import rooted

# Not enforced in strict mode, and refused there; the answer is validated afterwards anyway.
_DROPPED: Final = {"minLength", "maxLength", "title", "uniqueItems", "examples", "default"}
_IMPOSSIBLE: Final = {
    "allOf",
    "oneOf",
    "not",
    "if",
    "then",
    "else",
    "prefixItems",
    "patternProperties",
    "propertyNames",
    "dependentRequired",
    "dependentSchemas",
    "unevaluatedProperties",
    "unevaluatedItems",
    "contains",
    "minProperties",
    "maxProperties",
}
_FORMATS: Final = {
    "date-time",
    "time",
    "date",
    "duration",
    "email",
    "hostname",
    "ipv4",
    "ipv6",
    "uuid",
}


def strict_schema(schema: dict[str, Any]) -> dict[str, Any] | None:
    """Return the schema in the form that strict mode accepts; None when it has no such form.

    The schema that comes back allows everything the original allows: a constraint that strict
    mode does not know is left out, never tightened. ``schema`` is not changed.
    """
    schema = rooted(schema)
    if schema.get("type") != "object" or "anyOf" in schema:
        return None
    try:
        return _strict(schema)
    except _NotStrictError:
        return None


class _NotStrictError(Exception):
    """Some part of the schema cannot be said in strict mode."""


def _strict(node: dict[str, Any]) -> dict[str, Any]:
    if _IMPOSSIBLE & node.keys():
        raise _NotStrictError
    if "default" in node and node["default"] is not None:
        # A model that may leave a field out would have to state it in strict mode.
        raise _NotStrictError
    if "$ref" in node:
        return {"$ref": node["$ref"]}
    made: dict[str, Any] = {}
    for key, value in node.items():
        if key in _DROPPED or (key == "format" and value not in _FORMATS):
            continue
        if key in {"properties", "$defs"}:
            made[key] = {name: _strict(inner) for name, inner in value.items()}
        elif key == "anyOf":
            made[key] = [_strict(inner) for inner in value]
        elif key == "items":
            made[key] = _strict(value)
        else:
            made[key] = value
    if node.get("type") == "object":
        _require_closed(node)
    elif not {"type", "anyOf", "enum", "const"} & node.keys():
        raise _NotStrictError
    return made


def _require_closed(node: dict[str, Any]) -> None:
    properties = node.get("properties", {})
    if node.get("additionalProperties") is not False:
        raise _NotStrictError
    if set(node.get("required", ())) != set(properties):
        raise _NotStrictError
