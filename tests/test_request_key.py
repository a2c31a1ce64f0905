"""Request keys: what can change an answer is in them, and nothing else."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from pydantic import BaseModel

from dateline.completion import Message, OutputSchema, Prefix, Sampling
from dateline.drafts import draft_model
from dateline.request_key import key_parts, request_key
from support.asking import PREFIX, SCHEMA, request

MINE: dict[str, Any] = {"family": "openai", "model": "gpt-5-mini", "epoch": 0}
OTHER_SCHEMA = OutputSchema("draft", draft_model(("Peaceful protest",)))


def key(**changes: Any) -> str:
    mine = {name: changes.pop(name, value) for name, value in MINE.items()}
    return request_key(request(**changes), **mine)


def test_the_same_question_has_the_same_key():
    assert key() == key()
    assert len(key()) == 64


@pytest.mark.parametrize(
    "change",
    [
        {"prefix": Prefix((Message("system", "Fill in what the report says!"),))},
        {"messages": (Message("user", "Two trucks burned near Karesh!"),)},
        {"messages": (Message("assistant", "Two trucks burned near Karesh."),)},
        {"schema": OTHER_SCHEMA},
        {"schema": OutputSchema("other_name", SCHEMA.model)},
        {"sampling": Sampling(temperature=0.5)},
        {"sampling": Sampling(temperature=None)},
        {"sampling": Sampling(max_tokens=10)},
        {"sampling": Sampling(seed=1)},
        {"sampling": Sampling(top_p=0.9)},
        {"sampling": Sampling(reasoning_effort="low")},
        {"family": "local"},
        {"model": "gpt-5"},
        {"epoch": 1},
    ],
    ids=str,
)
def test_what_can_change_the_answer_changes_the_key_and_its_readable_parts(change):
    mine = {**MINE, **{k: v for k, v in change.items() if k in MINE}}
    asked = request(**{k: v for k, v in change.items() if k not in MINE})

    assert request_key(asked, **mine) != key()
    assert key_parts(asked, **mine) != key_parts(request(), **MINE)


@pytest.mark.parametrize("change", [{"article_id": "b2"}, {"purpose": "reask"}])
def test_labels_do_not_change_the_key(change):
    assert key(**change) == key()
    assert key_parts(request(**change), **MINE) != key_parts(request(), **MINE)


def test_text_cannot_move_from_one_message_to_the_next_unnoticed():
    apart = (Message("user", "ab"), Message("user", "c"))
    shifted = (Message("user", "a"), Message("user", "bc"))

    assert key(messages=apart) != key(messages=shifted)


def test_a_message_that_moves_from_the_prefix_is_another_question():
    first, second = Message("system", "a"), Message("user", "b")

    assert key(prefix=Prefix((first,)), messages=(second,)) != key(
        prefix=Prefix((first, second)), messages=()
    )


def test_equal_numbers_have_one_key_however_they_are_written():
    assert key(sampling=Sampling(temperature=0)) == key(sampling=Sampling(temperature=0.0))
    assert key(sampling=Sampling(temperature=1)) == key(sampling=Sampling(temperature=1.0))


def test_a_lone_surrogate_in_a_text_is_no_obstacle():
    assert key(messages=(Message("user", "\ud83d"),)) != key()


def test_keys_never_build_a_schema_again():
    built = []

    class Counted(BaseModel):
        n: int

        @classmethod
        def model_json_schema(cls, *args: Any, **kwargs: Any) -> dict[str, Any]:
            built.append(1)
            return super().model_json_schema(*args, **kwargs)

    schema = OutputSchema("counted", Counted)
    for i in range(20):
        key(schema=schema, messages=(Message("user", str(i)),))

    assert len(built) == 1


def test_parts_repeat_no_text_of_the_article():
    asked = replace(request("a very particular sentence"), article_id="a1")

    assert "particular" not in repr(key_parts(asked, **MINE))
    assert PREFIX.messages[0].content not in repr(key_parts(asked, **MINE))
