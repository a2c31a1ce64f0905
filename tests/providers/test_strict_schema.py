"""Which schemas may be asked for strictly, and in what form."""

from __future__ import annotations

import json
from typing import Any, Literal

import pytest
from pydantic import BaseModel, ConfigDict, Field

from dateline.providers.strict_schema import strict_schema
from support.asking import SCHEMA


class Closed(BaseModel):
    model_config = ConfigDict(extra="forbid")


class Inner(Closed):
    kind: Literal["a"]


class Outer(Closed):
    name: str = Field(max_length=5)
    inner: Inner | None
    many: list[Inner] = Field(max_length=3)


class Default(Closed):
    name: str = "x"


class Optional(Closed):
    name: str | None = None


class Open(BaseModel):
    name: str


class Table(Closed):
    table: dict[str, str]


class Anything(Closed):
    anything: Any


class Pair(Closed):
    pair: tuple[int, str]


def test_the_draft_can_be_asked_for_strictly() -> None:
    schema = strict_schema(SCHEMA.json_schema)

    assert schema is not None
    assert schema["properties"].keys() == {"events", "claims"}
    assert "Armed clash" in json.dumps(schema)


def test_unknown_constraints_go_and_known_ones_stay() -> None:
    schema = strict_schema(Outer.model_json_schema())

    assert schema is not None
    assert schema["properties"]["name"] == {"type": "string"}
    assert schema["properties"]["many"]["maxItems"] == 3
    assert schema["properties"]["inner"]["anyOf"] == [{"$ref": "#/$defs/Inner"}, {"type": "null"}]
    assert "title" not in json.dumps(schema)


def test_a_field_named_like_a_keyword_stays() -> None:
    class Keywords(Closed):
        title: str
        default: int
        maxLength: str

    schema = strict_schema(Keywords.model_json_schema())

    assert schema is not None
    assert schema["properties"].keys() == {"title", "default", "maxLength"}


def test_the_schema_that_was_given_is_not_changed() -> None:
    given = Outer.model_json_schema()

    strict_schema(given)

    assert given == Outer.model_json_schema()


@pytest.mark.parametrize("model", [Default, Optional, Open, Table, Anything, Pair])
def test_what_strict_mode_cannot_say_is_not_asked_for_strictly(model: type[BaseModel]) -> None:
    assert strict_schema(model.model_json_schema()) is None


def test_an_answer_that_is_no_object_is_not_asked_for_strictly() -> None:
    assert strict_schema({"type": "array", "items": {"type": "string"}}) is None
    assert strict_schema({"anyOf": [{"type": "object"}]}) is None


class Tree(Closed):
    name: str
    children: list[Tree]


def test_a_model_within_itself_is_written_out_once() -> None:
    schema = strict_schema(Tree.model_json_schema())

    assert schema is not None
    assert schema["properties"]["children"]["items"] == {"$ref": "#/$defs/Tree"}
    assert schema["$defs"]["Tree"]["required"] == ["name", "children"]
