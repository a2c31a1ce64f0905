"""Properties of request keys."""

from __future__ import annotations

from typing import Any, Literal

from hypothesis import given
from hypothesis import strategies as st
from pydantic import BaseModel, Field, create_model

from dateline.completion import CompletionRequest, Message, OutputSchema, Prefix, Sampling
from dateline.request_key import key_parts, request_key

INNER = {"who": (str, ...), "role": (Literal["a", "b"], "a"), "n": (int, Field(ge=0))}
OUTER = {"summary": (str, ...), "count": (int | None, None), "places": (list[str], ...)}
MESSAGES = st.lists(
    st.builds(Message, st.sampled_from(["system", "user", "assistant"]), st.text(max_size=20)),
    max_size=4,
).map(tuple)


def model(inner_order: list[str], outer_order: list[str]) -> type[BaseModel]:
    make: Any = create_model
    inner = make("Inner", **{name: INNER[name] for name in inner_order})
    fields = {**OUTER, "actors": (list[inner], ...)}
    return make("Outer", **{name: fields[name] for name in outer_order})  # type: ignore[no-any-return]


def asked(prefix, messages, schema, sampling) -> CompletionRequest:
    return CompletionRequest(Prefix(prefix), messages, schema, sampling)


@given(st.permutations(list(INNER)), st.permutations([*OUTER, "actors"]))
def test_the_key_is_stable_under_field_order(inner_order, outer_order):
    here = OutputSchema("outer", model(list(INNER), [*OUTER, "actors"]))
    there = OutputSchema("outer", model(inner_order, outer_order))

    keys = {
        request_key(asked((), (Message("user", "x"),), schema, Sampling()), family="f", model="m")
        for schema in (here, there)
    }

    assert len(keys) == 1


SCHEMA = OutputSchema("outer", model(list(INNER), [*OUTER, "actors"]))
REQUESTS = st.builds(
    asked,
    MESSAGES,
    MESSAGES,
    st.just(SCHEMA),
    st.builds(
        Sampling,
        temperature=st.none() | st.sampled_from([0, 0.0, 0.5, 1]),
        max_tokens=st.none() | st.integers(1, 3),
        seed=st.none() | st.integers(0, 2),
    ),
)


@given(REQUESTS, REQUESTS, st.sampled_from("mn"), st.integers(0, 1))
def test_two_keys_are_equal_exactly_when_their_parts_are(one, other, name, epoch):
    mine = {"family": "f", "model": "m", "epoch": 0}
    theirs = {"family": "f", "model": name, "epoch": epoch}

    same_key = request_key(one, **mine) == request_key(other, **theirs)

    assert same_key == (key_parts(one, **mine) == key_parts(other, **theirs))
