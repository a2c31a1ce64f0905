"""The OpenAI completer, against a server on loopback: what goes out and what comes back."""

from __future__ import annotations

import asyncio
import json
from typing import Any

import pytest

from dateline.completion import Completion, Message, OutputSchema, Prefix, Sampling
from dateline.config.loading import build as configured
from dateline.drafts import draft_model
from dateline.errors import (
    CompletionError,
    ConfigError,
    InvalidAnswer,
    RateLimited,
    Refused,
    Rejected,
    Unavailable,
)
from dateline.providers import build
from dateline.records import Usage
from dateline.retry import Retrying, RetrySettings
from loopback import (
    Answer,
    Loopback,
    Script,
    chat,
    endless,
    failed,
    hang,
    html,
    rate_limited,
    raw,
    reset,
    reset_in_body,
    slow,
)
from support.asking import PREFIX, SCHEMA, request

KEY = "sk-test-0123456789abcdef"
DRAFT = '{"events": [], "claims": []}'


@pytest.fixture(autouse=True)
def key(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OPENAI_API_KEY", KEY)
    monkeypatch.setenv("OPENAI_ORG_ID", "org-of-mine")


def completer(server: Loopback, kind: str = "openai-compatible", **settings: Any) -> Any:
    table = {"kind": kind, "base_url": server.base_url, "model": "org/small", **settings}
    return build(configured({"providers": {"lab": table}}), "lab")


async def ask(asked: Any, *requests: Any) -> list[Completion]:
    try:
        return [await asked.complete(one) for one in requests or (request(),)]
    finally:
        await asked.aclose()


def answer(script: Script, *requests: Any, **settings: Any) -> tuple[Completion, Loopback]:
    with Loopback(script) as server:
        found = asyncio.run(ask(completer(server, **settings), *requests))
    return found[-1], server


def failure(script: Script, **settings: Any) -> tuple[CompletionError, Loopback]:
    with Loopback(script) as server, pytest.raises(CompletionError) as caught:
        asyncio.run(ask(completer(server, **settings)))
    return caught.value, server


def test_an_answer_comes_back_with_its_usage() -> None:
    usage = {
        "prompt_tokens": 3000,
        "completion_tokens": 400,
        "prompt_tokens_details": {"cached_tokens": 2048},
        "completion_tokens_details": {"reasoning_tokens": 128},
    }

    completion, server = answer(chat(DRAFT, usage=usage, model="org/small-2"))

    assert completion.text == DRAFT
    assert (completion.finish_reason, completion.provider) == ("stop", "lab")
    assert completion.model == "org/small-2"
    assert server.count == 1
    seconds = completion.usage.seconds
    assert seconds > 0
    assert completion.usage == Usage(
        calls=1,
        input_tokens=3000,
        cached_input_tokens=2048,
        output_tokens=400,
        reasoning_tokens=128,
        seconds=seconds,
    )


def test_what_is_sent() -> None:
    sampling = Sampling(temperature=0.3, max_tokens=900, seed=7, top_p=0.9)

    _, server = answer(
        chat(DRAFT), request(sampling=sampling), extra_body={"top_k": 5}, headers={"X-Team": "a"}
    )

    sent = server.requests[0]
    assert (sent.method, sent.path) == ("POST", "/v1/chat/completions")
    assert sent.headers["x-team"] == "a"
    body = dict(sent.body)
    assert body.pop("messages") == [
        {"role": "system", "content": PREFIX.messages[0].content},
        {"role": "user", "content": "Two trucks burned near Karesh."},
    ]
    described = body.pop("response_format")["json_schema"]
    assert described == {"name": "Draft", "schema": SCHEMA.json_schema}
    assert body == {
        "model": "org/small",
        "temperature": 0.3,
        "max_tokens": 900,
        "seed": 7,
        "top_p": 0.9,
        "top_k": 5,
    }


def test_openai_is_asked_for_strict_decoding_and_newer_parameters() -> None:
    sampling = Sampling(temperature=None, max_tokens=900, reasoning_effort="low")

    _, server = answer(chat(DRAFT), request(sampling=sampling), kind="openai")

    sent = server.requests[0]
    described = sent.body["response_format"]["json_schema"]
    assert described["strict"] is True
    assert "maxLength" not in json.dumps(described["schema"])
    assert sent.body["max_completion_tokens"] == 900
    assert sent.body["reasoning_effort"] == "low"
    assert not {"temperature", "max_tokens"} & sent.body.keys()
    assert sent.headers["authorization"] == f"Bearer {KEY}"


def test_another_server_is_told_nothing_about_openai() -> None:
    _, server = answer(chat(DRAFT))

    headers = server.requests[0].headers
    assert "authorization" not in headers
    assert not [name for name in headers if name.startswith("openai-")]
    assert KEY not in str(headers)


def test_another_server_gets_the_key_that_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LAB_KEY", "lab-secret")

    _, server = answer(chat(DRAFT), api_key_env="LAB_KEY")

    assert server.requests[0].headers["authorization"] == "Bearer lab-secret"


def test_an_authorization_header_of_ones_own_is_sent(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LAB_AUTH", "Basic abc")

    _, server = answer(chat(DRAFT), headers={"authorization": "env:LAB_AUTH"})

    assert server.requests[0].headers["authorization"] == "Basic abc"


@pytest.mark.parametrize(
    "text",
    [
        'quotes " and \\ and \n and \u2028 and \x00',
        "{% raw %}{{ article }}",
        "أفادت مصادر 🚚 naïve",
        "half a pair \ud83d and on",
        "0-",
    ],
)
def test_any_text_arrives_as_it_was(text: str) -> None:
    _, server = answer(chat(DRAFT), request(text))

    assert server.requests[0].prompt == text


@pytest.mark.parametrize("mode", ["json_schema", "tools", "json", "md_json"])
def test_requests_of_one_extractor_share_their_first_bytes(mode: str) -> None:
    with Loopback(chat(DRAFT)) as server:
        asyncio.run(ask(completer(server, mode=mode), request("First."), request("Second.")))

    first, second = (received.raw for received in server.requests)
    shared = first.index(b"First.")
    assert first[:shared] == second[:shared]
    assert b"Fill in what the report says." in first[:shared]


def test_requests_with_other_roles_and_schemas_are_kept_apart() -> None:
    other = OutputSchema("draft", draft_model(("Mob violence",)))
    again = (Message("user", "A"), Message("assistant", "B"), Message("user", "C"))

    with Loopback(chat(DRAFT)) as server:
        asked = completer(server)
        asyncio.run(
            ask(
                asked,
                request("A"),
                request(messages=again),
                request("A", schema=other),
                request("A", prefix=Prefix((Message("system", "Other."),))),
            )
        )

    bodies = [received.body for received in server.requests]
    assert [m["content"] for m in bodies[1]["messages"]][1:] == ["A", "B", "C"]
    assert "Mob violence" in json.dumps(bodies[2])
    assert bodies[3]["messages"][0]["content"] == "Other."
    assert bodies[0] != bodies[2]


def test_nothing_is_prepared_twice(monkeypatch: pytest.MonkeyPatch) -> None:
    from dateline.providers import openai

    prepared = []
    original = openai.skeleton
    monkeypatch.setattr(openai, "skeleton", lambda *a, **k: prepared.append(1) or original(*a, **k))

    answer(chat(DRAFT), *(request(f"Report {number}.") for number in range(5)))

    assert len(prepared) == 1


@pytest.mark.parametrize(
    ("mode", "reply"),
    [
        ("tools", chat(None, arguments=DRAFT, finish_reason="tool_calls")),
        ("json", chat(DRAFT)),
        ("md_json", chat(f"Here it is:\n```json\n{DRAFT}\n```\nDone.")),
        ("json_schema", chat(f"<think>\nhm {{ }}\n</think>\n\n{DRAFT}")),
    ],
)
def test_each_mode_gives_the_bare_answer(mode: str, reply: Answer) -> None:
    completion, server = answer(reply, mode=mode)

    assert json.loads(completion.text) == json.loads(DRAFT)
    assert completion.finish_reason == "stop"
    sent = server.requests[0].body
    assert ("tools" in sent) == (mode == "tools")
    assert ("response_format" in sent) == (mode in {"json", "json_schema"})


def test_a_mode_and_a_body_of_ones_own_have_a_family_of_their_own() -> None:
    with Loopback(chat(DRAFT)) as server:
        families = {
            completer(server, **settings).family
            for settings in ({}, {"mode": "tools"}, {"extra_body": {"a": 1}}, {"timeout_s": 5.0})
        }

    assert len(families) == 3


@pytest.mark.parametrize(
    ("said", "told"),
    [
        ("I cannot help with that.", "I cannot help with that."),
        ("I will not read “{article}”.", "its words repeat what was sent"),
        ("No, no. " * 1000, ("No, no. " * 1000)[:300]),
    ],
)
def test_the_words_of_a_refusal_are_kept_short_and_without_the_article(
    said: str, told: str
) -> None:
    asked = request("Gunmen attacked a market in Tolmera on Tuesday.")
    words = said.format(article=asked.messages[-1].content)

    completion, _ = answer(chat(None, refusal=words), asked)

    assert (completion.finish_reason, completion.detail) == ("refusal", told)


def test_a_refusal_is_an_answer() -> None:
    completion, server = answer(chat(None, refusal="I cannot help with that."))

    assert (completion.finish_reason, completion.text) == ("refusal", "")
    assert completion.detail == "I cannot help with that."
    assert server.count == 1


@pytest.mark.parametrize(
    ("reply", "finish", "detail"),
    [
        (chat('{"events": [', finish_reason="length"), "length", None),
        (chat("", finish_reason="content_filter"), "content_filter", None),
        (chat(DRAFT, finish_reason="because"), "unknown", "because"),
        (chat(DRAFT, finish_reason=None), "unknown", "no finish_reason"),
    ],
)
def test_the_reason_to_finish_is_kept(reply: Answer, finish: str, detail: str | None) -> None:
    completion, _ = answer(reply)

    assert (completion.finish_reason, completion.detail) == (finish, detail)
    assert completion.usage.output_tokens == 150


@pytest.mark.parametrize(
    ("reply", "error", "status", "says"),
    [
        (failed(401), Rejected, 401, "api_key_env"),
        (failed(403), Rejected, 403, "may not use this model"),
        (failed(404), Rejected, 404, "providers.lab.model"),
        (failed(400, param="response_format"), Rejected, 400, "providers.lab.mode"),
        (failed(422), Rejected, 422, "providers.lab.mode"),
        (failed(413), Rejected, 413, "shorter"),
        (failed(429, code="insufficient_quota"), Rejected, 429, "add credit"),
        (failed(400, code="content_filter"), Refused, 400, "content filter"),
        (failed(408), Unavailable, 408, "server failed"),
        (failed(409), Unavailable, 409, "server failed"),
        (failed(500), Unavailable, 500, "server failed"),
        (failed(529), Unavailable, 529, "server failed"),
        (Answer(503, b"<html>", {"content-type": "text/html"}), Unavailable, 503, "server failed"),
        (Answer(302, headers={"location": "/v2"}), Rejected, 302, "redirects"),
        (rate_limited(), RateLimited, 429, "requests_per_minute"),
        (html(), Unavailable, None, "web page"),
        (raw(b""), Unavailable, None, "empty"),
        (raw(b" \n"), Unavailable, None, "empty"),
        (raw(b'{"choices": [{"message"'), Unavailable, None, "cut"),
        (raw(b"not json"), Unavailable, None, "not a JSON object"),
        (raw(b"[" * 100_000), Unavailable, None, "not a JSON object"),
        (raw(b"[]"), Unavailable, None, "not a JSON object"),
        (raw(b"{}"), InvalidAnswer, None, "choices[0].message"),
        (raw(b'{"choices": null}'), InvalidAnswer, None, "choices[0].message"),
        (raw(b'{"choices": []}'), InvalidAnswer, None, "choices[0].message"),
        (raw(b'{"choices": [{}]}'), InvalidAnswer, None, "choices[0].message"),
        (raw(b'{"choices": ["x"]}'), InvalidAnswer, None, "choices[0].message"),
        (raw(b'{"error": {"code": 429, "message": "x"}}'), RateLimited, 429, "slow down"),
        (raw(b'{"error": {"code": "401"}}'), Rejected, 401, "api_key_env"),
        (raw(b'{"error": {"code": %s}}' % (b"9" * 400)), Unavailable, 500, "server failed"),
        (raw(b'{"error": {"code": "%s"}}' % (b"9" * 5000)), Unavailable, 500, "server failed"),
        (raw(b'{"error": "overloaded"}'), Unavailable, 500, "overloaded"),
        (reset(), Unavailable, None, "Is it running?"),
        (reset_in_body(), Unavailable, None, "broke off"),
    ],
)
def test_each_fault_has_its_error(
    reply: Answer, error: type[CompletionError], status: int | None, says: str
) -> None:
    found, server = failure(reply)

    assert type(found) is error
    assert found.status == status
    assert says in str(found)
    assert str(found).startswith(f"lab ({server.base_url}): ")
    assert found.usage.calls == 1
    assert found.__cause__ is None
    assert found.__context__ is None
    assert server.count == 1


@pytest.mark.parametrize("reply", [slow(), hang()])
def test_an_answer_that_takes_too_long_is_given_up(reply: Answer) -> None:
    found, server = failure(reply, timeout_s=0.3)

    assert isinstance(found, Unavailable)
    assert "within 0.3 s" in str(found)
    assert server.count == 1


def test_an_answer_without_end_is_given_up() -> None:
    found, server = failure(endless())

    assert isinstance(found, InvalidAnswer)
    assert "16 MiB" in str(found)
    assert server.count == 1


def test_a_server_that_is_not_there_is_named_with_a_remedy() -> None:
    with Loopback(chat(DRAFT)) as server:
        asked = completer(server)

    with pytest.raises(Unavailable) as caught:
        asyncio.run(ask(asked))

    assert server.base_url in str(caught.value)
    assert "providers.lab.base_url" in str(caught.value)


@pytest.mark.parametrize(
    ("headers", "seconds"),
    [
        ({"retry_after": "7"}, 7.0),
        ({"retry_after": "0.25"}, 0.25),
        ({"retry_after_ms": "1500", "retry_after": "9"}, 1.5),
        (
            {
                "date": "Mon, 02 Jun 2025 10:00:00 GMT",
                "retry_after": "Mon, 02 Jun 2025 10:00:30 GMT",
            },
            30.0,
        ),
        ({"retry_after": "-3"}, 0.0),
        ({"retry_after": "soon"}, None),
        ({"retry_after": "nan"}, None),
        ({}, None),
    ],
)
def test_the_wait_that_the_server_names_is_read(
    headers: dict[str, str], seconds: float | None
) -> None:
    found, _ = failure(rate_limited(**headers))

    assert isinstance(found, RateLimited)
    assert found.retry_after_s == seconds


def test_a_server_that_is_overloaded_may_name_a_wait_too() -> None:
    found, _ = failure(failed(503, headers={"retry-after": "3"}))

    assert found.retry_after_s == 3.0


def test_messages_hold_neither_keys_nor_articles(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LAB_KEY", "lab secret key of mine")
    article = "Two trucks burned near Karesh."
    told = [
        "Incorrect API key provided: lab secret key of mine.",
        "Incorrect API key provided: sk-abc***def.",
        f"cannot process input: {article}",
        "cannot process: Two\\ntrucks burned -- near Karesh",
    ]

    for message in told:
        found, _ = failure(failed(400, message=message), api_key_env="LAB_KEY")
        assert "Karesh" not in str(found)
        assert "lab secret" not in str(found)
        assert "sk-abc" not in str(found)


def test_what_a_server_says_about_itself_is_repeated() -> None:
    found, _ = failure(failed(404, message="The model `org/small` does not exist"))

    assert '"The model `org/small` does not exist"' in str(found)


def test_the_key_is_in_no_representation() -> None:
    with Loopback(chat(DRAFT)) as server:
        asked = completer(server, kind="openai")

    assert KEY not in repr(asked)
    assert KEY not in repr(asked._endpoint)
    assert KEY not in repr(asked._settings)


def test_a_parameter_that_the_model_declines_is_left_out_from_then_on() -> None:
    def picky(received: Any) -> Answer:
        if "temperature" in received.body:
            return failed(400, code="unsupported_value", param="temperature")
        return chat(DRAFT)

    _, server = answer(picky, request(), request())

    assert ["temperature" in r.body for r in server.requests] == [True, False, False]


def test_a_limit_on_tokens_is_sent_under_its_other_name_when_declined() -> None:
    def picky(received: Any) -> Answer:
        if "max_tokens" in received.body:
            return failed(400, code="unsupported_parameter", param="max_tokens")
        return chat(DRAFT)

    _, server = answer(picky, request(sampling=Sampling(max_tokens=50)))

    assert server.requests[-1].body["max_completion_tokens"] == 50
    assert server.count == 2


def test_a_server_that_always_declines_is_not_asked_forever() -> None:
    found, server = failure(failed(400, code="unsupported_value", param="temperature"))

    assert isinstance(found, Rejected)
    assert server.count <= 5


def test_many_calls_at_once_learn_together_what_is_declined() -> None:
    def picky(received: Any) -> Answer:
        if "temperature" in received.body:
            return failed(400, code="unsupported_value", param="temperature")
        return chat(DRAFT)

    async def together(asked: Any) -> list[Completion]:
        try:
            return await asyncio.gather(*(asked.complete(request(str(n))) for n in range(8)))
        finally:
            await asked.aclose()

    with Loopback(picky) as server:
        found = asyncio.run(together(completer(server)))

    assert [completion.text for completion in found] == [DRAFT] * 8
    assert server.count <= 16


def test_connections_are_used_again() -> None:
    _, server = answer(chat(DRAFT), *(request() for _ in range(5)))

    assert server.count == 5
    assert server.connections == 1


def test_a_completer_can_be_used_from_one_event_loop_after_another() -> None:
    with Loopback(chat(DRAFT)) as server:
        asked = completer(server)

        async def once() -> str:
            text = (await asked.complete(request())).text
            await asked.aclose()
            return text

        texts = [asyncio.run(once()) for _ in range(2)]

    assert texts == [DRAFT, DRAFT]


def test_a_completer_that_was_closed_connects_anew() -> None:
    with Loopback(chat(DRAFT)) as server:
        asked = completer(server)

        async def twice() -> None:
            for _ in range(2):
                await asked.complete(request())
                await asked.aclose()

        asyncio.run(twice())

    assert server.connections == 2


@pytest.mark.parametrize(
    "fault", [rate_limited(retry_after_ms="1"), failed(500), reset(), html(), raw(b"")]
)
def test_a_passing_fault_costs_one_more_request(fault: Answer) -> None:
    with Loopback([fault, chat(DRAFT)]) as server:
        asked = Retrying(completer(server), RetrySettings(first_wait_s=0.001))
        completion = asyncio.run(ask(asked))[0]

    assert completion.text == DRAFT
    assert completion.usage.calls == 2
    assert server.count == 2


@pytest.mark.parametrize("fault", [failed(401), failed(429, code="insufficient_quota")])
def test_a_lasting_fault_costs_one_request(fault: Answer) -> None:
    with Loopback(fault) as server, pytest.raises(Rejected):
        asyncio.run(ask(Retrying(completer(server), RetrySettings(first_wait_s=0.001))))

    assert server.count == 1


def test_attempts_are_not_multiplied_by_the_client() -> None:
    settings = RetrySettings(attempts=3, first_wait_s=0.001)

    with Loopback(failed(500)) as server, pytest.raises(Unavailable) as caught:
        asyncio.run(ask(Retrying(completer(server), settings)))

    assert server.count == 3
    assert caught.value.usage.calls == 3


def test_a_missing_key_is_reported_when_the_provider_is_built(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.delenv("OPENAI_API_KEY")

    with pytest.raises(ConfigError, match="OPENAI_API_KEY is not set"):
        build(configured({"providers": {"openai": {"model": "m"}}}), "openai")


def test_a_provider_without_a_model_is_reported_when_it_is_built() -> None:
    with pytest.raises(ConfigError, match=r"no model is named.*openai/MODEL"):
        build(configured({}), "openai")
