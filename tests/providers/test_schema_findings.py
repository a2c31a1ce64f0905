from __future__ import annotations

from typing import Any, Literal

import pytest
from pydantic import BaseModel, ConfigDict, create_model

from dateline.drafts import draft_model
from dateline.providers.schema_findings import MAX_DEPTH, MAX_ENUM_VALUES, findings


class Closed(BaseModel):
    model_config = ConfigDict(extra="forbid")


class Good(Closed):
    name: str
    age: int | None


class Open(BaseModel):
    name: str


class Optional(Closed):
    name: str = "nobody"


class Tree(Closed):
    children: list[Tree]


class Forest(Closed):
    trees: list[Tree]


def messages(model: type[BaseModel], **options: Any) -> list[str]:
    found = findings(model.model_json_schema(), **{"kind": "openai", **options})
    return [f"{finding.where} {finding.message}" for finding in found]


def nested(depth: int) -> type[BaseModel]:
    model: type[BaseModel] = Good
    for level in range(depth - 1):
        model = create_model(f"Level{level}", __base__=Closed, inner=(model, ...))
    return model


@pytest.mark.parametrize("model", [Good, Forest, draft_model(("Attack", "Arrests"))])
def test_a_closed_schema_has_no_findings(model: type[BaseModel]) -> None:
    assert messages(model) == []


def test_an_open_object_is_found() -> None:
    assert messages(Open)[0].startswith("# the object is open")


def test_a_property_that_may_be_left_out_is_found() -> None:
    assert messages(Optional)[0].startswith("#/properties/name the property may be left out")


def test_nesting_is_counted_through_references() -> None:
    assert messages(nested(MAX_DEPTH)) == []
    assert messages(nested(MAX_DEPTH + 1)) == [
        "# it has 11 levels of nested objects; 10 are allowed"
    ]


def test_a_schema_that_is_only_a_reference_has_no_strict_form() -> None:
    assert messages(Tree) == ["# it has no strict form, so answers are not bound to it"]


def test_too_many_enum_values_are_found() -> None:
    names = tuple(f"type {number}" for number in range(MAX_ENUM_VALUES + 1))
    model = create_model("Wide", __base__=Closed, kind=(Literal[names], ...))

    assert messages(model) == ["# it has 1,001 enum values; 1,000 are allowed"]


@pytest.mark.parametrize("options", [{"kind": "local"}, {"mode": "md_json"}])
def test_nothing_is_held_against_a_schema_that_is_not_sent_strictly(
    options: dict[str, str],
) -> None:
    assert messages(Open, **options) == []
