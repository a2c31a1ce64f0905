"""What a provider will reject or ignore in a JSON Schema, said before anything is sent.

Rejected parts keep a provider from binding its answers to the schema: the request fails, or it
must be sent without that guarantee. Ignored parts bind nothing while the model writes; dateline
validates every answer against the whole schema afterwards.

Source: OpenAI's guide "Structured model outputs", section "Supported schemas"; Claude Docs,
"Structured outputs", section "JSON Schema limitations"; Gemini API reference,
``GenerationConfig.responseJsonSchema``; Amazon Bedrock User Guide, "Get validated JSON results
from models"; llama.cpp, ``grammars/README.md``.
"""

from __future__ import annotations

import logging
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any, Final, Literal

log = logging.getLogger("dateline")

Severity = Literal["rejected", "ignored"]


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing in a schema.

    Attributes:
        path: where the part stands in an answer: ``$.events[*].type``.
        severity: ``rejected`` or ``ignored``.
        message: what is wrong with it.
        remedy: what to write instead.
    """

    path: str
    severity: Severity
    message: str
    remedy: str


@dataclass(frozen=True, slots=True)
class Rules:
    """What a family of providers makes of a schema.

    Attributes:
        keywords: those that bind answers; every other one is ignored.
        rejected: those that it refuses.
        formats: of strings; None where any is taken.
        closed: whether every object must be closed.
        all_required: whether every property must be required.
        defaults: whether a default that is not null is taken.
        tables: whether ``dict`` fields (properties of any name) can be said.
        untyped: whether a field may be of any type.
        recursion: whether a model may hold itself: always, only where it may be left out, never.
        min_items_at_most: the largest ``minItems``; a larger one is lowered to it.
        max_*: how much of something a schema may hold.
    """

    keywords: frozenset[str]
    rejected: frozenset[str] = frozenset()
    formats: frozenset[str] | None = None
    closed: bool = False
    all_required: bool = False
    defaults: bool = True
    tables: bool = True
    untyped: bool = True
    recursion: Literal["always", "optional", "never"] = "always"
    min_items_at_most: int | None = None
    max_properties: int | None = None
    max_depth: int | None = None
    max_enum_values: int | None = None
    max_name_chars: int | None = None
    max_optional: int | None = None
    max_unions: int | None = None


_CORE: Final = frozenset(
    {"type", "properties", "required", "additionalProperties", "items", "enum", "anyOf"}
    | {"$ref", "$defs", "description"}
)
_WORDS: Final = frozenset({"title", "description", "examples", "$schema", "$id", "$comment"})
_LOGIC: Final = frozenset({"not", "if", "then", "else", "dependentRequired", "dependentSchemas"})
_OPEN: Final = frozenset({"patternProperties", "propertyNames", "unevaluatedProperties"})
_SETS: Final = frozenset({"prefixItems", "contains", "unevaluatedItems"})
_FORMATS: Final = frozenset(
    {"date-time", "time", "date", "duration", "email", "hostname", "ipv4", "ipv6", "uuid"}
)

OPENAI: Final = Rules(
    keywords=_CORE
    | {"const", "pattern", "format", "multipleOf", "minimum", "maximum", "minItems", "maxItems"}
    | {"exclusiveMinimum", "exclusiveMaximum"},
    rejected=_LOGIC | _OPEN | _SETS | {"allOf", "oneOf", "minProperties", "maxProperties"},
    formats=_FORMATS,
    closed=True,
    all_required=True,
    defaults=False,
    tables=False,
    untyped=False,
    max_properties=5_000,
    max_depth=10,
    max_enum_values=1_000,
    max_name_chars=120_000,
)
ANTHROPIC: Final = Rules(
    keywords=_CORE | {"const", "allOf", "oneOf", "format", "minItems", "title", "default"},
    rejected=_LOGIC | _OPEN | _SETS,
    formats=_FORMATS | {"uri"},
    closed=True,
    tables=False,
    untyped=False,
    recursion="never",
    min_items_at_most=1,
    max_optional=24,
    max_unions=16,
)
GEMINI: Final = Rules(
    keywords=_CORE
    | {"title", "format", "prefixItems", "minItems", "maxItems", "minimum", "maximum", "oneOf"},
    rejected=_LOGIC | {"allOf", "patternProperties", "propertyNames"},
    formats=frozenset({"date-time", "date", "time", "duration"}),
    recursion="optional",
)
GRAMMAR: Final = Rules(
    keywords=_CORE
    | {"const", "oneOf", "allOf", "prefixItems", "pattern", "format", "minLength", "maxLength"}
    | {"minItems", "maxItems", "minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum"},
    formats=_FORMATS,
)
"""Servers that turn a schema into a grammar, and those of which nothing more is published."""

_FAMILIES: Final = {
    "openai": OPENAI,
    "azure": OPENAI,
    "openrouter": OPENAI,
    "mistral": OPENAI,
    "anthropic": ANTHROPIC,
    "bedrock": ANTHROPIC,
    "gemini": GEMINI,
    "local": GRAMMAR,
    "openai-compatible": GRAMMAR,
    "groq": GRAMMAR,
    "together": GRAMMAR,
    "ollama": GRAMMAR,
    "vllm": GRAMMAR,
    "llama-cpp": GRAMMAR,
}
_UNBOUND_TOOLS: Final = {"anthropic", "bedrock"}


def rules_of(family: str) -> Rules | None:
    """Return the rules of a completer's family (``"anthropic"``, ``"openai+tools"``).

    None where answers are bound to nothing: schemas asked for in words, kinds of other packages.
    """
    kind, *parts = family.split("+")
    if {"json", "md_json"} & set(parts) or (kind in _UNBOUND_TOOLS and "tools" in parts):
        return None
    return _FAMILIES.get(kind)


def lint(json_schema: dict[str, Any], *, family: str) -> list[Finding]:
    """Return what a provider of this family rejects or ignores, rejected parts first.

    Args:
        json_schema: as Pydantic writes it.
        family: ``Completer.family``: a kind, with ``+mode`` where that is not the usual one.
    """
    rules = rules_of(family)
    return lint_rules(json_schema, rules) if rules is not None else []


def lint_rules(json_schema: dict[str, Any], rules: Rules) -> list[Finding]:
    """As ``lint``, for given rules."""
    walk = _Walk(rules, json_schema.get("$defs", {}))
    found = [*walk.node(json_schema, "$"), *walk.totals(json_schema)]
    unique = list(dict.fromkeys(found))
    return sorted(unique, key=lambda finding: finding.severity != "rejected")


def summary(findings: list[Finding]) -> list[str]:
    """One line for each rejected part, and one for each kind of ignored part."""
    lines = [
        f"rejected: {finding.path}: {finding.message}. {finding.remedy}"
        for finding in findings
        if finding.severity == "rejected"
    ]
    ignored: dict[tuple[str, str], list[str]] = defaultdict(list)
    for finding in findings:
        if finding.severity == "ignored":
            ignored[finding.message, finding.remedy].append(finding.path)
    for (message, remedy), paths in ignored.items():
        more = f" and {len(paths) - 1} more" if len(paths) > 1 else ""
        lines.append(f"ignored: {paths[0]}{more}: {message}. {remedy}")
    return lines


def log_findings(json_schema: dict[str, Any], *, name: str, family: str) -> None:
    """Log what ``lint`` finds in a user's model: rejected parts as warnings, others for debugging.

    Args:
        json_schema: of the model.
        name: of the model, for the messages.
        family: as for ``lint``.
    """
    for line in summary(lint(json_schema, family=family)):
        level = logging.WARNING if line.startswith("rejected") else logging.DEBUG
        log.log(level, "%s, asked of %s: %s", name, family, line)


_OF_KEYWORDS: Final = {
    "oneOf": "Write a plain union without a discriminator, or one model with a field that tells.",
    "allOf": "Write the fields into one model.",
    "prefixItems": "Write a model with named fields instead of a tuple.",
    "patternProperties": "Write a list of models with a key and a value.",
    "propertyNames": "Write a list of models with a key and a value.",
}
_CHECKED_AFTERWARDS: Final = "dateline checks it in the answer; say it in the description too."


@dataclass(slots=True)
class _Walk:
    """Goes through a schema once, each definition where it is first used."""

    rules: Rules
    definitions: dict[str, Any]
    seen: set[str] = field(default_factory=set)
    heights: dict[str, int] = field(default_factory=dict)
    properties: int = 0
    optional: int = 0
    unions: int = 0
    enum_values: int = 0
    chars: int = 0

    def node(
        self, node: Any, path: str, *, inside: tuple[str, ...] = (), left_out: bool = False
    ) -> Iterator[Finding]:
        """Findings of a part of the schema and everything below it."""
        if node is True or node == {}:
            yield from self._untyped(path)
        if not isinstance(node, dict):
            return
        reference = node.get("$ref")
        if isinstance(reference, str):
            name = reference.rpartition("/")[2]
            if name in inside:
                yield from self._recursive(path, left_out)
            elif name not in self.seen:
                self.seen.add(name)
                target = self.definitions.get(name)
                yield from self.node(target, path, inside=(*inside, name))
            return
        yield from self._keywords(node, path)
        if node.get("type") == "object" or "properties" in node:
            yield from self._object(node, path, inside)
        elif not {"type", "anyOf", "oneOf", "allOf", "enum", "const"} & node.keys():
            yield from self._untyped(path)
        yield from self._below(node, path, inside, left_out)

    def totals(self, root: dict[str, Any]) -> Iterator[Finding]:
        """What there is too much of, known after everything was walked."""
        rules = self.rules
        for count, limit, what, remedy in (
            (self.properties, rules.max_properties, "properties", "Ask in several models."),
            (self.enum_values, rules.max_enum_values, "enum values", "Allow fewer values."),
            (self.chars, rules.max_name_chars, "characters in names and values", "Shorten them."),
            (self._levels(root, ()), rules.max_depth, "levels of nested objects", "Nest less."),
            (
                self.optional,
                rules.max_optional,
                "properties that may be left out",
                "Require them, and allow null.",
            ),
            (
                self.unions,
                rules.max_unions,
                "properties with a union or null",
                'Take "" or an empty list for unknown instead of null.',
            ),
        ):
            if limit is not None and count > limit:
                message = f"it has {count:,} {what}; {limit:,} are allowed"
                yield Finding("$", "rejected", message, remedy)

    def _keywords(self, node: dict[str, Any], path: str) -> Iterator[Finding]:
        rules = self.rules
        for key, value in node.items():
            if key == "default":
                if value is not None and not rules.defaults:
                    remedy = "Take the default away; the model then always states the field."
                    yield Finding(path, "rejected", "a default is not allowed", remedy)
            elif key in rules.rejected:
                remedy = _OF_KEYWORDS.get(key, "Take it away and check it yourself afterwards.")
                yield Finding(path, "rejected", f"{key} is not allowed", remedy)
            elif key == "format" and rules.formats is not None and value not in rules.formats:
                message = f"the format {value!r} is not enforced"
                yield Finding(path, "ignored", message, _CHECKED_AFTERWARDS)
            elif key == "minItems" and value > (rules.min_items_at_most or value):
                message = f"minItems is enforced up to {rules.min_items_at_most} only"
                yield Finding(path, "ignored", message, _CHECKED_AFTERWARDS)
            elif key not in rules.keywords and key not in _WORDS and key != "const":
                yield Finding(path, "ignored", f"{key} is not enforced", _CHECKED_AFTERWARDS)
        values = node.get("enum")
        if isinstance(values, list):
            self.enum_values += len(values)
            self.chars += sum(len(value) for value in values if isinstance(value, str))
        if isinstance(node.get("anyOf"), list) or isinstance(node.get("type"), list):
            self.unions += 1

    def _object(
        self, node: dict[str, Any], path: str, inside: tuple[str, ...]
    ) -> Iterator[Finding]:
        rules = self.rules
        named: dict[str, Any] = node.get("properties", {})
        others = node.get("additionalProperties")
        if (
            isinstance(others, dict)
            or (others is True and not named)
            or not (named or others is False)
        ):
            if not rules.tables:
                remedy = "Write a list of models with a key and a value."
                yield Finding(path, "rejected", "a table with free keys is not allowed", remedy)
        elif rules.closed and rules.all_required and others is not False:
            remedy = 'Set model_config = ConfigDict(extra="forbid").'
            yield Finding(path, "rejected", "the object is open", remedy)
        elif rules.closed and others is True:
            remedy = "Name the fields that you want."
            yield Finding(path, "ignored", "fields that are not named are not asked for", remedy)
        required = set(node.get("required", ()))
        self.properties += len(named)
        self.chars += sum(map(len, named))
        for name, inner in named.items():
            below = f"{path}.{name}"
            if name not in required:
                self.optional += 1
                if rules.all_required:
                    remedy = "Give it no default, and allow null instead."
                    yield Finding(below, "rejected", "the property may be left out", remedy)
            left_out = name not in required
            yield from self.node(inner, below, inside=inside, left_out=left_out)

    def _below(
        self, node: dict[str, Any], path: str, inside: tuple[str, ...], left_out: bool
    ) -> Iterator[Finding]:
        """Findings below everything but properties."""
        for key in ("anyOf", "oneOf", "allOf"):
            for inner in node.get(key, ()):
                yield from self.node(inner, path, inside=inside, left_out=left_out)
        for number, inner in enumerate(node.get("prefixItems", ())):
            yield from self.node(inner, f"{path}[{number}]", inside=inside)
        if "items" in node:
            yield from self.node(node["items"], f"{path}[*]", inside=inside)
        elif node.get("type") == "array" and "prefixItems" not in node:
            yield from self._untyped(f"{path}[*]")
        others = node.get("additionalProperties")
        if isinstance(others, dict):
            yield from self.node(others, f"{path}.*", inside=inside)

    def _levels(self, node: Any, inside: tuple[str, ...]) -> int:
        """Levels of objects from ``node`` down; a model within itself counts once."""
        if isinstance(node, list):
            return max((self._levels(item, inside) for item in node), default=0)
        if not isinstance(node, dict):
            return 0
        reference = node.get("$ref")
        if isinstance(reference, str):
            name = reference.rpartition("/")[2]
            if name in inside:
                return 0
            if name not in self.heights:
                height = self._levels(self.definitions.get(name), (*inside, name))
                self.heights[name] = height
            return self.heights[name]
        inner = [value for key, value in node.items() if key not in {"$defs", "enum", "const"}]
        below = max((self._levels(value, inside) for value in inner), default=0)
        return below + (node.get("type") == "object")

    def _untyped(self, path: str) -> Iterator[Finding]:
        if not self.rules.untyped:
            remedy = "Give it a type; Any and bare list or dict have none."
            yield Finding(path, "rejected", "it may be of any type", remedy)

    def _recursive(self, path: str, left_out: bool) -> Iterator[Finding]:
        allowed = self.rules.recursion
        if allowed == "never" or (allowed == "optional" and not left_out):
            message = "the model holds itself"
            if allowed == "optional":
                message += " in a property that is required"
            remedy = "Write a flat list of models with a number and the number of the parent."
            yield Finding(path, "rejected", message, remedy)
