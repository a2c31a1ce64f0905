"""A JSON Schema in the part of the language that a provider can bind answers to.

A constraint outside that part is left out, never tightened: answers are validated afterwards
anyway. What each provider understands is data, in ``schema_lint``.
"""

from __future__ import annotations

from typing import Any

from dateline.schema_lint import Rules, lint_rules


def subset(schema: dict[str, Any], rules: Rules) -> dict[str, Any] | None:
    """Return the part of ``schema`` that ``rules`` know; None where that would not be enough.

    ``schema`` is not changed.
    """
    if schema.get("type") != "object":
        return None
    if any(finding.severity == "rejected" for finding in lint_rules(schema, rules)):
        return None
    made: dict[str, Any] = _kept(schema, rules)
    return made


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
