"""A JSON Schema in the part of the language that a provider can bind answers to.

A constraint outside that part is left out: answers are validated afterwards anyway. Nothing is
tightened, but that objects are closed where a provider insists; Pydantic ignores by itself what
else stands in them. What each provider understands is data, in ``schema_lint``.
"""

from __future__ import annotations

from typing import Any

from dateline.schema_lint import Rules, lint_rules


def subset(schema: dict[str, Any], rules: Rules) -> dict[str, Any] | None:
    """Return the part of ``schema`` that ``rules`` know; None where that would not be enough.

    ``schema`` is not changed.
    """
    schema = rooted(schema)
    if schema.get("type") != "object":
        return None
    if any(finding.severity == "rejected" for finding in lint_rules(schema, rules)):
        return None
    made: dict[str, Any] = _kept(schema, rules)
    return made


def rooted(schema: dict[str, Any]) -> dict[str, Any]:
    """Return the schema with its outermost object written out.

    Pydantic writes a model that holds itself as a reference, and providers want an object.
    """
    definitions = schema.get("$defs", {})
    name = str(schema.get("$ref", "")).rpartition("/")[2]
    if name not in definitions:
        return schema
    return {**definitions[name], "$defs": definitions}


def _kept(node: Any, rules: Rules) -> Any:
    if isinstance(node, list):
        return [_kept(item, rules) for item in node]
    if not isinstance(node, dict):
        return node
    if "$ref" in node:
        return {"$ref": node["$ref"]}
    made: dict[str, Any] = {}
    for key, value in node.items():
        if key in {"properties", "$defs"}:
            made[key] = {name: _kept(inner, rules) for name, inner in value.items()}
        elif key in {"enum", "required", "type", "const"}:
            if key == "const" and "const" not in rules.keywords:
                made["enum"] = [value]
            else:
                made[key] = value
        elif key == "minItems" and rules.min_items_at_most is not None:
            made[key] = min(value, rules.min_items_at_most)
        elif key == "format" and rules.formats is not None and value not in rules.formats:
            continue
        elif key in {"oneOf", "anyOf"}:
            made["anyOf"] = _kept(value, rules)
        elif key in rules.keywords:
            made[key] = _kept(value, rules)
    if rules.closed and made.get("type") == "object":
        made["additionalProperties"] = False
    return made
