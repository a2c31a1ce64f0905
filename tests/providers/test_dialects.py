"""Every HTTP interface, against servers on loopback that speak its wire format.

What all of them must do stands here once and runs for each; what one does alone has a file of
its own.
"""

from __future__ import annotations

import asyncio
import json
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import pytest

from dateline.completion import Message, Prefix, Sampling
from dateline.config.loading import build as configured
from dateline.errors import (
    CompletionError,
    InvalidAnswer,
    RateLimited,
    Rejected,
    Unavailable,
)
from dateline.providers import build
from dateline.records import Usage
from dateline.retry import Retrying, RetrySettings
from loopback import Answer, Loopback, chat, failed, html, raw, reset, reset_in_body
from support.asking import request
from support.vendors import (
    anthropic_error,
    bedrock_error,
    candidate,
    converse,
    google_error,
    message,
    response,
)

DRAFT = '{"events": [], "claims": []}'
KEY = "key-0123456789abcdef"


@dataclass(frozen=True)
class Vendor:
    """A kind of provider, and its server's ways to answer."""

    table: dict[str, Any]
    path: str
    model: str
    said: Callable[..., Answer]
    cut: Answer
    refused: Answer
    limited: Answer
    overloaded: Answer
    wrong_key: Answer
    key_header: tuple[str, str]
    usage: Usage
    article: Callable[[Any], str]
    modes: tuple[str, ...] = ("json_schema", "json")
    finish_of_refusal: str = "refusal"


CACHED = Usage(calls=1, input_tokens=3000, cached_input_tokens=2048, output_tokens=400)
READ_AND_WRITTEN = {"cached_input_tokens": 1948, "cache_write_tokens": 100}
THOUGHT = CACHED.model_copy(update={"reasoning_tokens": 128})
CHAT_USAGE = {
    "prompt_tokens": 3000,
    "completion_tokens": 400,
    "prompt_tokens_details": {"cached_tokens": 2048},
    "completion_tokens_details": {"reasoning_tokens": 128},
}


def chatted(text: str) -> Answer:
    return chat(text, usage=CHAT_USAGE, model="m-1")


def last_chat(body: Any) -> str:
    return str(body["messages"][-1]["content"])


def _chat(kind: str, variable: str, **changes: Any) -> Vendor:
    fields: dict[str, Any] = {
        "table": {"kind": kind, "api_key_env": variable},
        "path": "/v1/chat/completions",
        "model": "m-1",
        "said": chatted,
        "cut": chat('{"events": [', finish_reason="length", usage=CHAT_USAGE),
        "refused": chat(None, refusal="No.", usage=CHAT_USAGE),
        "limited": failed(429, headers={"retry-after": "7"}),
        "overloaded": failed(503),
        "wrong_key": failed(401, code="invalid_api_key"),
        "key_header": ("authorization", f"Bearer {KEY}"),
        "usage": THOUGHT,
        "article": last_chat,
        "modes": ("json_schema", "tools", "json", "md_json"),
    }
    return Vendor(**{**fields, **changes})


VENDORS = {
    "openai": _chat("openai", "A_KEY"),
    "responses": _chat(
        "openai",
        "A_KEY",
        table={"kind": "openai", "api_key_env": "A_KEY", "api": "responses"},
        path="/v1/responses",
        model="gpt-loopback",
        said=response,
        cut=response('{"events": [', status="incomplete", reason="max_output_tokens"),
        refused=response(None, refusal="No."),
        article=lambda body: str(body["input"][-1]["content"]),
        modes=("json_schema", "json"),
    ),
    "azure": _chat("azure", "A_KEY", key_header=("api-key", KEY)),
    "mistral": _chat("mistral", "A_KEY"),
    "openrouter": _chat("openrouter", "A_KEY"),
    "groq": _chat("groq", "A_KEY"),
    "together": _chat("together", "A_KEY"),
    "deepseek": _chat("deepseek", "A_KEY", modes=("json", "tools", "md_json")),
    "ollama": _chat("ollama", "A_KEY"),
    "vllm": _chat("vllm", "A_KEY"),
    "llama-cpp": _chat("llama-cpp", "A_KEY"),
    "anthropic": Vendor(
        table={"kind": "anthropic", "api_key_env": "A_KEY"},
        path="/v1/messages",
        model="claude-loopback-1",
        said=message,
        cut=message('{"events": [', stop_reason="max_tokens"),
        refused=message("", stop_reason="refusal", stop_details={"explanation": "No."}),
        limited=anthropic_error(429, "rate_limit_error", retry_after="7"),
        overloaded=anthropic_error(529, "overloaded_error"),
        wrong_key=anthropic_error(401, "authentication_error"),
        key_header=("x-api-key", KEY),
        usage=THOUGHT.model_copy(update=READ_AND_WRITTEN),
        article=lambda body: str(body["messages"][-1]["content"][-1]["text"]),
        modes=("json_schema", "tools", "json"),
    ),
    "gemini": Vendor(
        table={"kind": "gemini", "api_key_env": "A_KEY"},
        path="/v1/models/org%2Fsmall:generateContent",
        model="gemini-loopback-1",
        said=candidate,
        cut=candidate('{"events": [', reason="MAX_TOKENS"),
        refused=candidate(None, reason="SAFETY"),
        limited=google_error(
            429,
            "RESOURCE_EXHAUSTED",
            details=[{"@type": "type.googleapis.com/google.rpc.RetryInfo", "retryDelay": "7s"}],
        ),
        overloaded=google_error(503, "UNAVAILABLE"),
        wrong_key=google_error(
            400,
            "INVALID_ARGUMENT",
            details=[{"@type": "t/google.rpc.ErrorInfo", "reason": "API_KEY_INVALID"}],
        ),
        key_header=("x-goog-api-key", KEY),
        usage=THOUGHT,
        article=lambda body: str(body["contents"][-1]["parts"][-1]["text"]),
    ),
    "bedrock": Vendor(
        table={"kind": "bedrock", "api_key_env": "A_KEY", "region": "eu-west-1"},
        path="/v1/model/org%2Fsmall/converse",
        model="org/small",
        said=converse,
        cut=converse('{"events": [', stop_reason="max_tokens"),
        refused=converse("", stop_reason="guardrail_intervened"),
        limited=bedrock_error(429, "ThrottlingException", retry_after="7"),
        overloaded=bedrock_error(503, "ServiceUnavailableException"),
        wrong_key=bedrock_error(403, "UnrecognizedClientException"),
        key_header=("authorization", f"Bearer {KEY}"),
        usage=CACHED.model_copy(update=READ_AND_WRITTEN),
        article=lambda body: str(body["messages"][-1]["content"][-1]["text"]),
        modes=("json_schema", "tools", "json"),
        finish_of_refusal="content_filter",
    ),
}
ALL = pytest.mark.parametrize("vendor", VENDORS.values(), ids=VENDORS.keys())
OTHER_FORMATS = [name for name in VENDORS if VENDORS[name].said is not chatted]
EACH_FORMAT = pytest.mark.parametrize(
    "vendor", [VENDORS[name] for name in ("openai", *OTHER_FORMATS)], ids=["chat", *OTHER_FORMATS]
)


@pytest.fixture(autouse=True)
def key(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("A_KEY", KEY)
    monkeypatch.setenv("OPENAI_ORG_ID", "org-of-mine")


def completer(vendor: Vendor, server: Loopback, **settings: Any) -> Any:
    table = {**vendor.table, "base_url": server.base_url, "model": "org/small", **settings}
    return build(configured({"providers": {"lab": table}}), "lab")


async def ask(asked: Any, *requests: Any) -> Any:
    try:
        return [await asked.complete(one) for one in requests or (request(),)][-1]
    finally:
        await asked.aclose()


def failure(vendor: Vendor, script: Any, **settings: Any) -> tuple[CompletionError, int]:
    with Loopback(script) as server, pytest.raises(CompletionError) as caught:
        asyncio.run(ask(completer(vendor, server, **settings)))
    return caught.value, server.count


@ALL
def test_an_answer_comes_back_with_its_usage(vendor: Vendor) -> None:
    with Loopback(vendor.said(DRAFT)) as server:
        completion = asyncio.run(ask(completer(vendor, server)))

    assert json.loads(completion.text) == json.loads(DRAFT)
    assert (completion.finish_reason, completion.detail) == ("stop", None)
    assert (completion.provider, completion.model) == ("lab", vendor.model)
    seconds = completion.usage.seconds
    assert completion.usage == vendor.usage.model_copy(update={"seconds": seconds})
    assert server.count == 1


@ALL
def test_the_request_goes_where_it_should_with_the_key_in_its_header(vendor: Vendor) -> None:
    with Loopback(vendor.said(DRAFT)) as server:
        asyncio.run(ask(completer(vendor, server)))

    sent = server.requests[0]
    assert (sent.method, sent.path.partition("?")[0]) == ("POST", vendor.path)
    name, value = vendor.key_header
    assert sent.headers[name] == value
    assert list(sent.headers.values()).count(KEY) + str(sent.headers).count(f"Bearer {KEY}") == 1
    if vendor.table["kind"] != "openai":
        assert "openai-organization" not in sent.headers
    assert not [header for header in sent.headers if header.startswith("x-stainless-lang")]
    assert vendor.article(sent.body) == "Two trucks burned near Karesh."


@ALL
def test_requests_for_two_articles_share_every_byte_before_the_article(vendor: Vendor) -> None:
    examples = Prefix(
        (
            Message("system", "Fill in what the report says."),
            Message("user", "A bridge fell."),
            Message("assistant", "{}"),
        )
    )
    for mode in vendor.modes:
        with Loopback(vendor.said(DRAFT)) as server:
            first, second = (request(text, prefix=examples) for text in ("First.", "Second."))
            asyncio.run(ask(completer(vendor, server, mode=mode), first, second))

        one, two = (received.raw for received in server.requests)
        shared = one.index(b"First.")
        assert one[:shared] == two[:shared]
        assert b"Fill in what the report says." in one[:shared]
        assert b"A bridge fell." in one[:shared]


@ALL
def test_the_schema_goes_out_in_every_mode(vendor: Vendor) -> None:
    for mode in vendor.modes:
        with Loopback(vendor.said(DRAFT)) as server:
            asyncio.run(ask(completer(vendor, server, mode=mode)))

        assert b"Armed clash" in server.requests[0].raw


@ALL
def test_an_answer_that_was_cut_keeps_its_text(vendor: Vendor) -> None:
    with Loopback(vendor.cut) as server:
        completion = asyncio.run(ask(completer(vendor, server)))

    assert (completion.finish_reason, completion.text) == ("length", '{"events": [')
    assert completion.usage.output_tokens > 0
    assert server.count == 1


@ALL
def test_a_refusal_is_an_answer_and_costs_one_request(vendor: Vendor) -> None:
    with Loopback(vendor.refused) as server:
        completion = asyncio.run(ask(Retrying(completer(vendor, server))))

    assert (completion.finish_reason, completion.text) == (vendor.finish_of_refusal, "")
    assert completion.detail in {"No.", "SAFETY", "guardrail_intervened"}
    assert server.count == 1


@ALL
def test_the_wait_that_a_server_asks_for_is_known(vendor: Vendor) -> None:
    error, count = failure(vendor, vendor.limited)

    assert isinstance(error, RateLimited)
    assert (error.status, error.retry_after_s, count) == (429, 7.0, 1)


@EACH_FORMAT
def test_what_passes_is_asked_again_and_what_lasts_is_not(vendor: Vendor) -> None:
    settings = RetrySettings(attempts=3, first_wait_s=0.001)
    for fault in (vendor.overloaded, Answer(502, b"<html>"), reset(), reset_in_body()):
        with Loopback([fault, vendor.said(DRAFT)]) as server:
            completion = asyncio.run(ask(Retrying(completer(vendor, server), settings)))
        assert (server.count, completion.usage.calls) == (2, 2)

    with Loopback(vendor.overloaded) as server, pytest.raises(Unavailable) as lasting:
        asyncio.run(ask(Retrying(completer(vendor, server), settings)))
    assert (server.count, lasting.value.usage.calls) == (3, 3)

    with Loopback(vendor.wrong_key) as server, pytest.raises(Rejected) as wrong:
        asyncio.run(ask(Retrying(completer(vendor, server), settings)))
    assert server.count == 1
    assert "api_key_env" in str(wrong.value)


@EACH_FORMAT
@pytest.mark.parametrize(
    ("body", "error"),
    [
        (html(), Unavailable),
        (raw(b""), Unavailable),
        (raw(b'{"id": "x", '), Unavailable),
        (raw(b"[]"), Unavailable),
        (raw(b"[" * 100_000), Unavailable),
        (raw(b"{}"), InvalidAnswer),
        (raw(b'{"output": null, "content": 5, "candidates": [], "choices": 1}'), InvalidAnswer),
        (raw(b'{"output": {"message": []}, "candidates": ["x"]}'), InvalidAnswer),
    ],
)
def test_a_body_without_an_answer_is_an_error(
    vendor: Vendor, body: Answer, error: type[CompletionError]
) -> None:
    found, count = failure(vendor, body)

    assert type(found) is error
    assert found.usage.calls == 1
    assert count == 1


@EACH_FORMAT
def test_no_error_repeats_the_article_or_the_key(vendor: Vendor) -> None:
    said = f"bad: Two trucks burned near Karesh. {KEY}"
    body = json.dumps({"error": {"message": said}, "message": said}).encode()

    error, _ = failure(vendor, Answer(400, body, {"content-type": "application/json"}))

    assert "trucks" not in str(error)
    assert KEY not in str(error)
    assert error.__cause__ is None


@EACH_FORMAT
def test_half_a_character_and_unknown_parts_do_no_harm(vendor: Vendor) -> None:
    whole = vendor.said("DRAFT-HERE")
    body = whole.body.replace(b'"DRAFT-HERE"', b'"{\\"a\\": \\"\\ud83d\\"}"')

    with Loopback(Answer(200, body, whole.headers)) as server:
        completion = asyncio.run(ask(completer(vendor, server)))

    assert json.loads(completion.text) == {"a": "\ufffd"}


@EACH_FORMAT
def test_a_parameter_that_a_model_declines_is_left_out_from_then_on(vendor: Vendor) -> None:
    message = "`temperature` is deprecated for this model."
    declined = Answer(
        400,
        json.dumps({"error": {"type": "invalid_request_error", "message": message}}).encode(),
        {"content-type": "application/json"},
    )
    asked = request(sampling=Sampling(temperature=0.5, max_tokens=900))

    with Loopback([declined, vendor.said(DRAFT)]) as server:
        asyncio.run(ask(completer(vendor, server), asked, asked))

    texts = [received.raw for received in server.requests]
    assert [b'"temperature":0.5' in text for text in texts] == [True, False, False]
    assert all(b":900" in text for text in texts)


@EACH_FORMAT
def test_a_conversation_goes_out_in_its_order(vendor: Vendor) -> None:
    again = (
        Message("user", "The report."),
        Message("assistant", "An answer."),
        Message("user", "That was no list."),
    )

    with Loopback(vendor.said(DRAFT)) as server:
        asyncio.run(ask(completer(vendor, server), request(messages=again)))

    sent = server.requests[0]
    text = sent.raw.decode()
    places = [text.index(words) for words in ("The report.", "An answer.", "no list.")]
    assert places == sorted(places)
    assert vendor.article(sent.body) == "That was no list."
