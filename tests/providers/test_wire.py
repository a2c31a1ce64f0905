"""Reading answers: the spellings of other servers, and text around the JSON."""

from __future__ import annotations

import json
from typing import Any

import pytest

from dateline.providers.endpoint import Endpoint
from dateline.providers.modes import bare_answer
from dateline.providers.wire import read_completion, usage_of
from dateline.records import Usage

HERE = Endpoint("lab", "http://h/v1", "m")


def read(message: dict[str, Any], **envelope: Any) -> Any:
    choice = {"message": message, "finish_reason": "stop"}
    body = json.dumps({"choices": [choice], **envelope}).encode()
    return read_completion(body, HERE, seconds=0.5)


@pytest.mark.parametrize(
    ("reported", "expected"),
    [
        (None, {}),
        ({}, {}),
        ({"prompt_tokens": 5, "completion_tokens": 2}, {"input_tokens": 5, "output_tokens": 2}),
        ({"input_tokens": 5, "output_tokens": 2}, {"input_tokens": 5, "output_tokens": 2}),
        (
            {"prompt_tokens": 5, "prompt_tokens_details": {"cached_tokens": 3}},
            {"input_tokens": 5, "cached_input_tokens": 3},
        ),
        (
            {"prompt_tokens": 5, "prompt_cache_hit_tokens": 3, "prompt_tokens_details": None},
            {"input_tokens": 5, "cached_input_tokens": 3},
        ),
        (
            {"input_tokens": 5, "cache_read_input_tokens": 3},
            {"input_tokens": 5, "cached_input_tokens": 3},
        ),
        (
            {"prompt_tokens": 5, "prompt_tokens_details": {"cache_write_tokens": 2}},
            {"input_tokens": 5, "cache_write_tokens": 2},
        ),
        (
            {"prompt_tokens": 5, "prompt_tokens_details": {}, "cache_creation_input_tokens": 2},
            {"input_tokens": 5, "cache_write_tokens": 2},
        ),
        (
            {"completion_tokens": 9, "completion_tokens_details": {"reasoning_tokens": 4}},
            {"output_tokens": 9, "reasoning_tokens": 4},
        ),
        ({"prompt_tokens": "many", "completion_tokens": -1}, {}),
    ],
)
def test_usage_is_read_in_every_spelling(reported: Any, expected: dict[str, int]) -> None:
    assert usage_of(reported, seconds=0.5) == Usage(calls=1, seconds=0.5, **expected)


def test_content_may_come_in_pieces() -> None:
    pieces = [{"type": "text", "text": '{"a":'}, {"type": "image"}, {"text": "1}"}, "x"]

    assert read({"content": pieces}).text == '{"a":1}'


def test_arguments_may_come_as_data() -> None:
    message = {"content": None, "tool_calls": [{"function": {"arguments": {"a": "é"}}}]}

    assert json.loads(read(message).text) == {"a": "é"}


@pytest.mark.parametrize("calls", [[], None, ["x"], [{}], [{"function": None}]])
def test_without_a_usable_tool_call_the_content_is_read(calls: Any) -> None:
    assert read({"content": "{}", "tool_calls": calls}).text == "{}"


@pytest.mark.parametrize("message", [{}, {"content": None}, {"content": 5}])
def test_no_content_is_an_empty_answer(message: dict[str, Any]) -> None:
    assert read(message).text == ""


def test_half_a_character_is_replaced() -> None:
    body = (
        b'{"choices": [{"message": {"content": "a \\ud83d b \\ud83d\\ude9a"}, '
        b'"finish_reason": "stop"}]}'
    )

    text = read_completion(body, HERE, seconds=0.5).text

    assert text == "a \ufffd b \U0001f69a"


@pytest.mark.parametrize(
    ("named", "model"),
    [
        ("/srv/models/small-q4.gguf", "small-q4.gguf"),
        ("C:\\models\\small-q4.gguf", "small-q4.gguf"),
        ("./small-q4.gguf", "small-q4.gguf"),
        ("org/small-q4.gguf", "org/small-q4.gguf"),
        ("/srv/models/small", "/srv/models/small"),
        ("gpt-5-mini", "gpt-5-mini"),
    ],
)
def test_a_path_on_the_server_is_no_name_of_a_model(named: str, model: str) -> None:
    body = {"model": named, "choices": [{"message": {"content": "{}"}, "finish_reason": "stop"}]}

    assert read_completion(json.dumps(body).encode(), HERE, seconds=0.1).model == model


def test_the_model_that_was_asked_for_stands_in_for_none() -> None:
    assert read({"content": "{}"}).model == "m"
    assert read({"content": "{}"}, model="m-2").model == "m-2"


@pytest.mark.parametrize(
    ("text", "bare"),
    [
        ('{"a": 1}', '{"a": 1}'),
        ('```json\n{"a": 1}\n```', '{"a": 1}'),
        ('Sure!\n```\n{"a": 1}\n```\nBye.', '{"a": 1}'),
        ('```json\n{"a": [', '{"a": ['),
        ('{"a": "```x\\n```"}', '{"a": "```x\\n```"}'),
        ('```json\n{"a": "```"}\n```', '{"a": "```"}'),
        ('<think>\nif {x}\n```py\n```\n</think>\n{"a": 1}', '\n{"a": 1}'),
        ("<think>\nnever done", "<think>\nnever done"),
        ("```", "```"),
        ("", ""),
    ],
)
def test_reasoning_and_fences_are_taken_off(text: str, bare: str) -> None:
    assert bare_answer(text) == bare
