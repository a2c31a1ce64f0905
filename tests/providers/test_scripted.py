"""The scripted provider: answers, errors, files."""

from __future__ import annotations

import asyncio
import json
from pathlib import Path
from typing import Any

import pytest

from dateline.completion import Completer, Completion, CompletionRequest
from dateline.config import load_config
from dateline.drafts import ActorDraft
from dateline.errors import CompletionError, ConfigError, RateLimited, Rejected, Unavailable
from dateline.providers import Scripted, build
from support.asking import request


def ask(scripted: Completer, *requests: CompletionRequest) -> list[Completion]:
    async def each() -> list[Completion]:
        return [await scripted.complete(one) for one in requests or (request(),)]

    return asyncio.run(each())


def test_answers_are_given_in_order_and_requests_kept() -> None:
    scripted = Scripted(["one", {"b": 2}, ActorDraft(name="Army", role="initiator")])
    requests = [request("a"), request("b"), request("c")]

    texts = [completion.text for completion in ask(scripted, *requests)]

    assert texts == ["one", '{"b": 2}', '{"name":"Army","role":"initiator"}']
    assert scripted.requests == requests


def test_a_function_answers_from_the_request() -> None:
    async def shout(asked: CompletionRequest) -> str:
        return asked.messages[-1].content.upper()

    assert ask(Scripted(shout), request("a"))[0].text == "A"
    assert ask(Scripted(lambda asked: asked.article_id))[0].text == "a1"


def test_a_whole_completion_is_given_as_it_is() -> None:
    given = Completion(text="{", finish_reason="length", model="x")

    found = ask(Scripted([given], name="s"))[0]

    assert (found.text, found.finish_reason) == ("{", "length")
    assert (found.provider, found.model) == ("s", "x")


def test_an_error_is_raised() -> None:
    with pytest.raises(Unavailable, match="down"):
        ask(Scripted([Unavailable("down")]))


def test_a_script_that_is_used_up_says_so() -> None:
    with pytest.raises(Rejected, match="has 1 answers and was asked once more"):
        ask(Scripted(["x"]), request(), request())


def test_a_script_can_repeat() -> None:
    found = ask(Scripted(["a", "b"], repeat=True), *(request() for _ in range(5)))

    assert "".join(completion.text for completion in found) == "ababa"


def from_file(tmp_path: Path, *lines: Any) -> Completer:
    script = tmp_path / "answers.jsonl"
    script.write_text("\n".join(x if isinstance(x, str) else json.dumps(x) for x in lines))
    config = tmp_path / "dateline.toml"
    config.write_text('[providers.demo]\nkind = "scripted"\nscript = "answers.jsonl"\n')
    return build(load_config(config), "demo")


def test_a_file_answers_what_is_asked_for_first_and_the_rest_in_order(tmp_path: Path) -> None:
    demo = from_file(
        tmp_path,
        {"answer": {"n": 1}},
        {"text": "for a2", "article": "a2"},
        "",
        {"answer": [], "match": "Karesh", "purpose": "reask", "finish_reason": "length"},
        {"answer": {"n": 2}, "usage": {"input_tokens": 7}},
    )

    found = ask(
        demo,
        request(),
        request(article_id="a2"),
        request(purpose="reask"),
        request(article_id="a2"),
        request(),
    )

    assert [c.text for c in found] == ['{"n": 1}', "for a2", "[]", "for a2", '{"n": 2}']
    assert found[2].finish_reason == "length"
    assert found[4].usage.input_tokens == 7
    assert found[0].provider == "demo"


def test_a_file_can_raise_errors(tmp_path: Path) -> None:
    line = {"error": "rate_limited", "message": "too fast", "retry_after_s": 2}

    with pytest.raises(RateLimited, match="too fast") as caught:
        ask(from_file(tmp_path, line))

    assert caught.value.retry_after_s == 2.0


def test_a_request_that_no_line_is_for_says_what_to_add(tmp_path: Path) -> None:
    with pytest.raises(CompletionError, match='"article": "a1"'):
        ask(from_file(tmp_path, {"text": "x", "article": "a2"}))


@pytest.mark.parametrize(
    ("line", "says"),
    [
        ("{", "no JSON object"),
        ("[]", "no JSON object"),
        ({"answr": 1}, "'answr'"),
        ({"article": "a"}, "one of answer, text and error"),
        ({"text": "a", "answer": 1}, "one of answer, text and error"),
        ({"text": 1}, "does not fit"),
        ({"error": "tired"}, "does not fit"),
        ({"text": "a", "usage": {"tokens": 1}}, "does not fit"),
        ({"text": "a", "delay_s": "x"}, "does not fit"),
    ],
)
def test_a_line_that_cannot_be_read_is_named(tmp_path: Path, line: Any, says: str) -> None:
    with pytest.raises(ConfigError) as caught:
        from_file(tmp_path, {"text": "fine"}, line)

    assert f"{tmp_path / 'answers.jsonl'}:2: " in str(caught.value)
    assert says in str(caught.value)


def test_an_empty_script_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match="empty"):
        from_file(tmp_path, "")


def test_a_missing_script_names_the_setting(tmp_path: Path) -> None:
    config = tmp_path / "dateline.toml"
    config.write_text('[providers.demo]\nkind = "scripted"\nscript = "gone.jsonl"\n')

    with pytest.raises(ConfigError, match=r"toml:3: providers\.demo\.script: there is no file"):
        build(load_config(config), "demo")
    with pytest.raises(ConfigError, match="needs a file"):
        build(load_config(config), "scripted")
