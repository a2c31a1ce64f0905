"""What providers reject and ignore in models that users write."""

from __future__ import annotations

import logging
from datetime import datetime
from typing import Annotated, Any, Literal

import pytest
from pydantic import AnyUrl, BaseModel, ConfigDict, Field, create_model

from dateline import Article, Extractor
from dateline.config.presets import PRESETS
from dateline.drafts import draft_model
from dateline.providers import Scripted
from dateline.schema_lint import Finding, lint, log_findings, rules_of, summary

FAMILIES = ["openai", "azure", "openrouter", "mistral", "anthropic", "bedrock", "gemini", "vllm"]


class Closed(BaseModel):
    model_config = ConfigDict(extra="forbid")


class Cat(Closed):
    kind: Literal["cat"]


class Dog(Closed):
    kind: Literal["dog"]


class Tagged(Closed):
    pets: list[Annotated[Cat | Dog, Field(discriminator="kind")]]


class Table(Closed):
    names: dict[str, int]


class BareTable(Closed):
    names: dict


class Default(Closed):
    name: str = "x"


class Nullable(Closed):
    name: str | None = None


class Open(BaseModel):
    name: str


class Extra(BaseModel):
    model_config = ConfigDict(extra="allow")

    name: str


class Anything(Closed):
    inner: list[Any]


class Pair(Closed):
    pair: tuple[int, str]


class Unique(Closed):
    names: set[str]


class Link(Closed):
    url: AnyUrl
    seen: datetime


class Tree(Closed):
    name: str
    children: list[Tree]


class Branch(Closed):
    name: str
    parent: Branch | None = None


class Bounded(Closed):
    words: Annotated[str, Field(min_length=2, max_length=9, pattern="^a")]
    many: Annotated[list[int], Field(min_length=3, max_length=5)]
    share: Annotated[float, Field(ge=0, le=1)]


def found(model: type[BaseModel], family: str) -> set[tuple[str, str]]:
    return {(f.path, f.severity) for f in lint(model.model_json_schema(), family=family)}


def rejected(model: type[BaseModel], family: str) -> set[str]:
    return {path for path, severity in found(model, family) if severity == "rejected"}


@pytest.mark.parametrize("family", FAMILIES)
def test_nobody_rejects_the_shipped_draft(family: str) -> None:
    types = tuple(f"Type {number}" for number in range(25))

    assert rejected(draft_model(types), family) == set()


@pytest.mark.parametrize(
    ("model", "openai", "anthropic", "gemini", "vllm"),
    [
        (Tagged, {"$.pets[*]"}, set(), set(), set()),
        (Table, {"$.names"}, {"$.names"}, set(), set()),
        (BareTable, {"$.names"}, {"$.names"}, set(), set()),
        (Default, {"$.name"}, set(), set(), set()),
        (Nullable, {"$.name"}, set(), set(), set()),
        (Open, {"$"}, set(), set(), set()),
        (Extra, {"$"}, set(), set(), set()),
        (Anything, {"$.inner[*]"}, {"$.inner[*]"}, set(), set()),
        (Pair, {"$.pair"}, {"$.pair"}, set(), set()),
        (Tree, set(), {"$.children[*]"}, {"$.children[*]"}, set()),
        (Branch, {"$.parent"}, {"$.parent"}, set(), set()),
    ],
)
def test_what_each_family_rejects(
    model: type[BaseModel],
    openai: set[str],
    anthropic: set[str],
    gemini: set[str],
    vllm: set[str],
) -> None:
    assert rejected(model, "openai") == openai
    assert rejected(model, "anthropic") == anthropic
    assert rejected(model, "bedrock") == anthropic
    assert rejected(model, "gemini") == gemini
    assert rejected(model, "vllm") == vllm


def test_constraints_that_bind_nothing_are_named_where_they_stand() -> None:
    words, many, share = "$.words", "$.many", "$.share"

    assert found(Bounded, "openai") == {(words, "ignored")}
    assert found(Bounded, "anthropic") == {(p, "ignored") for p in (words, many, share)}
    assert found(Bounded, "gemini") == {(words, "ignored")}
    assert found(Bounded, "llama-cpp") == set()
    assert found(Extra, "anthropic") == {("$", "ignored")}
    assert found(Unique, "openai") == {("$.names", "ignored")}
    assert found(Link, "openai") == {("$.url", "ignored")}
    assert ("$.seen", "ignored") not in found(Link, "gemini")


def test_a_default_and_a_property_that_may_be_left_out_are_told_apart() -> None:
    messages = {f.message for f in lint(Default.model_json_schema(), family="openai")}

    assert messages == {"a default is not allowed", "the property may be left out"}


@pytest.mark.parametrize(
    ("family", "model", "says"),
    [
        (
            "openai",
            create_model("Wide", **{f"f{n}": (int, ...) for n in range(5001)}),
            "5,001 prop",
        ),
        (
            "openai",
            create_model("Long", f=(Literal[tuple(map(str, range(1001)))], ...)),
            "1,001 en",
        ),
        ("anthropic", create_model("Loose", **{f"f{n}": (int, 0) for n in range(25)}), "left out"),
        (
            "anthropic",
            create_model("Unsure", **{f"f{n}": (int | None, ...) for n in range(17)}),
            "17 properties with a union",
        ),
    ],
)
def test_too_much_of_something_is_rejected(family: str, model: type[BaseModel], says: str) -> None:
    messages = [f.message for f in lint(model.model_json_schema(), family=family)]

    assert [message for message in messages if says in message]


def test_depth_is_counted_along_the_longest_way_and_once_in_a_circle() -> None:
    model: Any = create_model("L0", __base__=Closed, value=(int, ...))
    shallow = model
    inner = model
    for level in range(1, 11):
        inner = model
        fields: dict[str, Any] = {"first": (shallow, ...), "inner": (model, ...)}
        model = create_model(f"L{level}", __base__=Closed, **fields)

    messages = [f.message for f in lint(model.model_json_schema(), family="openai")]

    assert messages == ["it has 11 levels of nested objects; 10 are allowed"]
    assert rejected(shallow, "openai") == set()
    assert rejected(inner, "openai") == set()
    assert rejected(Tree, "openai") == set()


@pytest.mark.parametrize("family", ["openai+json", "deepseek", "anthropic+tools", "of-a-package"])
def test_what_is_bound_to_nothing_has_no_findings(family: str) -> None:
    assert lint(Anything.model_json_schema(), family=family) == []


def test_tools_of_openai_are_bound_as_its_schemas_are() -> None:
    assert rejected(Table, "openai+tools") == {"$.names"}
    assert rejected(Table, "openai+responses") == {"$.names"}


def test_every_kind_that_can_bind_answers_has_rules() -> None:
    unbound = {"scripted", "replay", "nothing", "every-sentence", "deepseek"}

    assert {kind for kind in PRESETS if rules_of(kind) is None} == unbound


def test_definitions_that_use_each_other_many_times_take_no_time() -> None:
    definitions: dict[str, Any] = {"D0": {"type": "string"}}
    for level in range(1, 40):
        inner = {"$ref": f"#/$defs/D{level - 1}"}
        definitions[f"D{level}"] = {
            "type": "object",
            "properties": {"a": inner, "b": inner},
            "required": ["a", "b"],
            "additionalProperties": False,
        }

    findings = lint({"$ref": "#/$defs/D39", "$defs": definitions}, family="openai")

    assert [f.message for f in findings] == ["it has 39 levels of nested objects; 10 are allowed"]


def test_findings_of_a_users_model_are_logged(caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.DEBUG, logger="dateline"):
        log_findings(Table.model_json_schema(), name="Table", family="openai")
        log_findings(Unique.model_json_schema(), name="Unique", family="openai")

    assert [(r.levelname, r.getMessage().split(":")[0]) for r in caplog.records] == [
        ("WARNING", "Table, asked of openai"),
        ("DEBUG", "Unique, asked of openai"),
    ]


def test_the_summary_has_one_line_for_each_kind_of_ignored_part() -> None:
    findings = [
        Finding("$.a", "ignored", "maxLength is not enforced", "Remedy."),
        Finding("$.b", "ignored", "maxLength is not enforced", "Remedy."),
        Finding("$.c", "rejected", "the object is open", "Close it."),
    ]

    assert summary(findings) == [
        "rejected: $.c: the object is open. Close it.",
        "ignored: $.a and 1 more: maxLength is not enforced. Remedy.",
    ]


def test_a_users_model_is_looked_at_once_before_the_first_call(
    caplog: pytest.LogCaptureFixture,
) -> None:
    provider = Scripted(['{"names": {}}'], repeat=True, family="openai")
    extractor = Extractor(provider=provider)

    with caplog.at_level(logging.WARNING, logger="dateline"):
        for text in ("A bridge fell in Orsin.", "A road was blocked near Karesh."):
            extractor.extract_as(Table, Article(text=text))

    said = [record.getMessage() for record in caplog.records]
    assert said == [
        "Table, asked of openai: rejected: $.names: a table with free keys is not allowed. "
        "Write a list of models with a key and a value."
    ]
    assert len(provider.requests) == 2
