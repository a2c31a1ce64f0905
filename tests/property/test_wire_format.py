"""Properties of what is sent and read: no text breaks a body, no body breaks the reader."""

from __future__ import annotations

import json

from hypothesis import given
from hypothesis import strategies as st

from dateline.completion import Completion, Message
from dateline.errors import CompletionError
from dateline.providers.endpoint import Endpoint
from dateline.providers.modes import MODES, bare_answer, skeleton
from dateline.providers.wire import read_completion
from support.asking import PREFIX, SCHEMA

SKELETONS = {
    mode: skeleton(
        PREFIX,
        ("user", "assistant", "user"),
        SCHEMA,
        mode=mode,
        strict=True,
        parameters={"model": "m"},
    )
    for mode in MODES
}
HERE = Endpoint("lab", "http://h/v1", "m")

texts = st.text(st.characters(exclude_categories=[]), max_size=60)
scalars = st.none() | st.booleans() | st.integers() | st.floats() | texts
names = st.sampled_from(
    [
        "choices",
        "message",
        "content",
        "tool_calls",
        "function",
        "arguments",
        "usage",
        "error",
        "finish_reason",
        "refusal",
        "code",
        "prompt_tokens",
        "prompt_tokens_details",
        "text",
    ]
)
values = st.recursive(
    scalars,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(names, inner, max_size=5),
    max_leaves=25,
)


def whole(text: str) -> str:
    """``text`` with halves of a character that stand together made one, as JSON makes them."""
    return text.encode("utf-16", "surrogatepass").decode("utf-16", "surrogatepass")


@given(st.sampled_from(sorted(MODES)), st.tuples(texts, texts, texts))
def test_messages_arrive_as_they_were_in_every_mode(
    mode: str, contents: tuple[str, str, str]
) -> None:
    messages = [
        Message(role, content)
        for role, content in zip(("user", "assistant", "user"), contents, strict=True)
    ]

    sent = json.loads(SKELETONS[mode].body(messages))["messages"]

    assert [message["role"] for message in sent] == ["system", "user", "assistant", "user"]
    first, second, third = (message["content"] for message in sent[1:])
    assert (first, second) == (whole(contents[0]), whole(contents[1]))
    assert third == whole(contents[2]) or (
        mode == "md_json" and third.startswith(whole(contents[2]))
    )


@given(st.binary(max_size=80) | values.map(lambda value: json.dumps(value).encode()))
def test_any_body_is_a_completion_or_a_named_error(body: bytes) -> None:
    try:
        completion = read_completion(body, HERE, seconds=0.1)
    except CompletionError as error:
        found = error
    else:
        assert isinstance(completion, Completion)
        completion.text.encode()
        return
    assert str(found).startswith("lab (http://h/v1): ")


@given(values, texts)
def test_any_choice_is_a_completion_or_a_named_error(message: object, reason: str) -> None:
    body = {"choices": [{"message": message, "finish_reason": reason}], "usage": message}

    try:
        read_completion(json.dumps(body).encode(), HERE, seconds=0.1)
    except CompletionError:
        read = False
    else:
        read = True
    assert read == isinstance(message, dict)


@given(st.text(alphabet='{}[]"`\n<>think/json a1', max_size=80))
def test_what_is_taken_off_an_answer_is_only_around_it(text: str) -> None:
    assert bare_answer(text).strip() in text


@given(st.text(max_size=40))
def test_json_in_a_fence_comes_out_whole(value: str) -> None:
    answer = json.dumps({"value": value})

    assert json.loads(bare_answer(f"Here:\n```json\n{answer}\n```\nDone.")) == {"value": value}
