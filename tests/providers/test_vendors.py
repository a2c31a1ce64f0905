"""What one vendor's interface does alone, against servers on loopback."""

from __future__ import annotations

import asyncio
import json
import threading
from pathlib import Path
from typing import Any

import pytest
from openai.types.responses import Response
from pydantic import BaseModel, ConfigDict

from dateline.completion import Completion, Message, OutputSchema, Prefix, Sampling
from dateline.config.loading import build as configured
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
from loopback import Answer, Loopback, chat, failed, raw
from support.asking import SCHEMA, request
from support.vendors import (
    anthropic_error,
    bedrock_error,
    candidate,
    converse,
    encoded,
    google_error,
    message,
    response,
)

DRAFT = '{"events": [], "claims": []}'
EXAMPLES = Prefix(
    (
        Message("system", "Fill in what the report says."),
        Message("user", "A bridge fell."),
        Message("assistant", "{}"),
    )
)


class Table(BaseModel):
    """A model that strict modes cannot say: its keys are free."""

    model_config = ConfigDict(extra="forbid")

    names: dict[str, int]


class Tree(BaseModel):
    """A model within itself, which Pydantic writes as a reference."""

    name: str
    children: list[Tree]


TABLE = OutputSchema("table of names!", Table)


@pytest.fixture(autouse=True)
def key(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("A_KEY", "key-0123456789abcdef")


def settings(kind: str, **table: Any) -> Any:
    return configured({"providers": {"lab": {"kind": kind, "model": "m", **table}}})


def exchange(script: Any, kind: str, *requests: Any, **table: Any) -> tuple[Completion, Any]:
    """The answer to the last request, and the body of the last one that was sent."""

    async def ask(completer: Any) -> Completion:
        try:
            return [await completer.complete(one) for one in requests or (request(),)][-1]
        finally:
            await completer.aclose()

    with Loopback(script) as server:
        table = {"base_url": server.base_url, "api_key_env": "A_KEY", **table}
        completion = asyncio.run(ask(build(settings(kind, **table), "lab")))
    return completion, server.requests[-1]


def failure(script: Any, kind: str, **table: Any) -> CompletionError:
    with pytest.raises(CompletionError) as caught:
        exchange(script, kind, **table)
    return caught.value


# Anthropic


def test_anthropic_is_told_what_it_must_know() -> None:
    sampling = Sampling(temperature=0.3, top_p=0.9, max_tokens=900, reasoning_effort="low")

    _, sent = exchange(message(DRAFT), "anthropic", request(sampling=sampling))

    body = dict(sent.body)
    assert sent.headers["anthropic-version"] == "2023-06-01"
    assert "authorization" not in sent.headers
    form = body["output_config"].pop("format")
    assert form["type"] == "json_schema"
    assert form["schema"]["additionalProperties"] is False
    assert "maxLength" not in json.dumps(form)
    assert "Armed clash" in json.dumps(form)
    assert body.pop("system")[0]["text"] == "Fill in what the report says."
    assert body.pop("messages")[0]["role"] == "user"
    assert body == {
        "model": "m",
        "max_tokens": 900,
        "temperature": 0.3,
        "top_p": 0.9,
        "output_config": {"effort": "low"},
    }


@pytest.mark.parametrize("mode", ["json_schema", "tools", "json"])
def test_the_cache_breakpoint_ends_the_instructions(mode: str) -> None:
    _, sent = exchange(message(DRAFT), "anthropic", mode=mode)

    assert [("cache_control" in block) for block in sent.body["system"]][-1]
    assert json.dumps(sent.body).count("cache_control") == 1
    assert "cache_control" not in json.dumps(sent.body["messages"])


def test_the_cache_breakpoint_ends_the_examples_where_there_are_any() -> None:
    _, sent = exchange(message(DRAFT), "anthropic", request(prefix=EXAMPLES))

    marked = [
        block["text"]
        for turn in sent.body["messages"]
        for block in turn["content"]
        if "cache_control" in block
    ]
    assert marked == ["{}"]
    assert json.dumps(sent.body).count("cache_control") == 1


def test_tools_mode_forces_one_tool_and_reads_its_input() -> None:
    answer = message(None, answer={"events": [], "claims": ["é"]}, stop_reason="tool_use")

    completion, sent = exchange(answer, "anthropic", mode="tools")

    assert json.loads(completion.text) == {"events": [], "claims": ["é"]}
    assert completion.finish_reason == "stop"
    assert sent.body["tool_choice"] == {"type": "tool", "name": "draft"}
    assert sent.body["tools"][0]["input_schema"] == SCHEMA.json_schema


@pytest.mark.parametrize("kind", ["anthropic", "bedrock"])
def test_a_schema_that_cannot_be_bound_is_asked_for_as_a_tool(kind: str) -> None:
    answers = {
        "anthropic": message(None, answer={"names": {"a": 1}}, stop_reason="tool_use"),
        "bedrock": converse(None, answer={"names": {"a": 1}}, stop_reason="tool_use"),
    }

    completion, sent = exchange(answers[kind], kind, request(schema=TABLE), **region(kind))

    assert json.loads(completion.text) == {"names": {"a": 1}}
    assert '"table_of_names_"' in json.dumps(sent.body)
    assert not {"output_config", "outputConfig"} & sent.body.keys()


def test_a_model_within_itself_is_asked_for_as_a_tool_that_takes_an_object() -> None:
    answer = message(None, answer={"name": "a", "children": []}, stop_reason="tool_use")

    _, sent = exchange(answer, "anthropic", request(schema=OutputSchema("tree", Tree)))

    taken = sent.body["tools"][0]["input_schema"]
    assert taken["type"] == "object"
    assert taken["properties"]["children"]["items"] == {"$ref": "#/$defs/Tree"}


def test_a_schema_that_gemini_cannot_bind_is_put_into_words() -> None:
    _, sent = exchange(candidate("{}"), "gemini", request(schema=OutputSchema("tree", Tree)))

    assert "responseJsonSchema" not in sent.body["generationConfig"]
    assert "children" in sent.body["systemInstruction"]["parts"][-1]["text"]


def region(kind: str) -> dict[str, str]:
    return {"region": "eu-west-1"} if kind == "bedrock" else {}


@pytest.mark.parametrize(
    ("reason", "details", "finish", "detail"),
    [
        ("end_turn", None, "stop", None),
        ("stop_sequence", None, "stop", None),
        ("tool_use", None, "stop", None),
        ("max_tokens", None, "length", None),
        ("model_context_window_exceeded", None, "length", None),
        ("refusal", {"type": "refusal", "category": "bio", "explanation": None}, "refusal", "bio"),
        ("refusal", None, "refusal", "{}"),
        ("pause_turn", None, "unknown", "pause_turn"),
        (None, None, "unknown", "no stop_reason"),
    ],
)
def test_every_stop_reason_of_anthropic_has_its_meaning(
    reason: str | None, details: Any, finish: str, detail: str | None
) -> None:
    completion, _ = exchange(message("{}", stop_reason=reason, stop_details=details), "anthropic")

    assert (completion.finish_reason, completion.detail) == (finish, detail)


def test_an_anthropic_error_with_status_200_is_an_error() -> None:
    body = {"type": "error", "error": {"type": "overloaded_error", "message": "Overloaded"}}

    assert type(failure(encoded(body), "anthropic")) is Unavailable


@pytest.mark.parametrize(
    ("fault", "error", "says"),
    [
        (anthropic_error(400, "invalid_request_error"), Rejected, "providers.lab.mode"),
        (anthropic_error(401, "authentication_error"), Rejected, "api_key_env"),
        (anthropic_error(402, "billing_error"), Rejected, "quota"),
        (anthropic_error(403, "permission_error"), Rejected, "may not use this model"),
        (anthropic_error(404, "not_found_error"), Rejected, "providers.lab.model"),
        (anthropic_error(413, "request_too_large"), Rejected, "shorter"),
        (anthropic_error(429, "rate_limit_error"), RateLimited, "requests_per_minute"),
        (anthropic_error(500, "api_error"), Unavailable, "temporary"),
        (anthropic_error(504, "timeout_error"), Unavailable, "temporary"),
        (anthropic_error(529, "overloaded_error"), Unavailable, "temporary"),
    ],
)
def test_errors_of_anthropic(fault: Answer, error: type[CompletionError], says: str) -> None:
    found = failure(fault, "anthropic")

    assert type(found) is error
    assert says in str(found)


@pytest.mark.parametrize(
    ("headers", "wait"),
    [
        ({"retry_after": "2"}, 2.0),
        ({"retry_after_ms": "1500", "retry_after": "9"}, 1.5),
        (
            {
                "date": "Mon, 02 Jun 2025 10:00:00 GMT",
                "retry_after": "Mon, 02 Jun 2025 10:00:30 GMT",
            },
            30.0,
        ),
        ({"retry_after": "soon"}, None),
        ({}, None),
    ],
)
def test_every_form_of_retry_after_is_read(headers: dict[str, str], wait: float | None) -> None:
    for kind, fault in (
        ("anthropic", anthropic_error(429, "rate_limit_error", **headers)),
        ("bedrock", bedrock_error(429, "ThrottlingException", **headers)),
    ):
        assert failure(fault, kind, **region(kind)).retry_after_s == wait


def test_a_base_url_of_anthropic_may_end_in_v1_or_not() -> None:
    for end in ("", "/v1"):
        config = settings("anthropic", base_url=f"http://h{end}", api_key_env="A_KEY")
        assert build(config, "lab")._head.url == "http://h/v1/messages"  # type: ignore[attr-defined]


# Gemini


def test_gemini_is_told_what_it_must_know() -> None:
    sampling = Sampling(temperature=0.3, max_tokens=900, seed=7, reasoning_effort="low")

    _, sent = exchange(candidate(DRAFT), "gemini", request(sampling=sampling, prefix=EXAMPLES))

    config = sent.body["generationConfig"]
    schema = config.pop("responseJsonSchema")
    assert schema["properties"].keys() == {"events", "claims"}
    assert not {"maxLength", "minLength", "const"} & set(json.dumps(schema).split('"'))
    assert config == {
        "responseMimeType": "application/json",
        "temperature": 0.3,
        "maxOutputTokens": 900,
        "seed": 7,
        "thinkingConfig": {"thinkingLevel": "low"},
    }
    assert [turn["role"] for turn in sent.body["contents"]] == ["user", "model", "user"]
    assert "key-" not in sent.path


@pytest.mark.parametrize(
    ("reason", "finish", "detail"),
    [
        ("STOP", "stop", None),
        ("MAX_TOKENS", "length", None),
        ("SAFETY", "refusal", "SAFETY"),
        ("RECITATION", "refusal", "RECITATION"),
        ("BLOCKLIST", "refusal", "BLOCKLIST"),
        ("PROHIBITED_CONTENT", "refusal", "PROHIBITED_CONTENT"),
        ("SPII", "refusal", "SPII"),
        ("LANGUAGE", "unknown", "LANGUAGE"),
        ("MALFORMED_FUNCTION_CALL", "unknown", "MALFORMED_FUNCTION_CALL"),
        (None, "unknown", "no finishReason"),
    ],
)
def test_every_finish_reason_of_gemini_has_its_meaning(
    reason: str | None, finish: str, detail: str | None
) -> None:
    completion, _ = exchange(candidate("{}", reason=reason), "gemini")

    assert (completion.finish_reason, completion.detail) == (finish, detail)
    assert completion.text == ("" if finish == "refusal" else "{}")


def test_a_blocked_prompt_is_a_refusal() -> None:
    completion, _ = exchange(candidate(blocked="PROHIBITED_CONTENT"), "gemini")

    assert completion.finish_reason == "refusal"
    assert completion.detail == "the prompt was blocked: PROHIBITED_CONTENT"
    assert completion.usage.input_tokens == 3000


@pytest.mark.parametrize(
    ("fault", "error", "says"),
    [
        (google_error(400, "INVALID_ARGUMENT"), Rejected, "INVALID_ARGUMENT"),
        (google_error(403, "PERMISSION_DENIED"), Rejected, "may not use this model"),
        (google_error(404, "NOT_FOUND"), Rejected, "providers.lab.model"),
        (google_error(429, "RESOURCE_EXHAUSTED"), RateLimited, "slow down"),
        (
            google_error(
                429,
                "RESOURCE_EXHAUSTED",
                details=[{"violations": [{"quotaId": "GenerateRequestsPerDayPerProject"}]}],
            ),
            Rejected,
            "quota",
        ),
        (google_error(500, "INTERNAL"), Unavailable, "temporary"),
        (google_error(503, "UNAVAILABLE"), Unavailable, "temporary"),
        (google_error(504, "DEADLINE_EXCEEDED"), Unavailable, "temporary"),
        (encoded({"error": {"code": 503, "status": "UNAVAILABLE"}}), Unavailable, "503"),
    ],
)
def test_errors_of_gemini(fault: Answer, error: type[CompletionError], says: str) -> None:
    found = failure(fault, "gemini")

    assert type(found) is error
    assert says in str(found)


# Bedrock


def test_bedrock_is_told_what_it_must_know() -> None:
    sampling = Sampling(temperature=0.3, max_tokens=900, top_p=0.9)
    model = "arn:aws:bedrock:eu-west-1:1:inference-profile/eu.anthropic.claude-x-v1:0"

    _, sent = exchange(
        converse(DRAFT), "bedrock", request(sampling=sampling), model=model, region="eu-west-1"
    )

    assert sent.path == f"/v1/model/{model.replace('/', '%2F')}/converse"
    form = sent.body["outputConfig"]["textFormat"]
    assert json.loads(form["structure"]["jsonSchema"]["schema"])["type"] == "object"
    assert sent.body["inferenceConfig"] == {"temperature": 0.3, "maxTokens": 900, "topP": 0.9}
    assert sent.body["system"][-1] == {"cachePoint": {"type": "default"}}


@pytest.mark.parametrize(
    ("reason", "finish"),
    [
        ("end_turn", "stop"),
        ("tool_use", "stop"),
        ("stop_sequence", "stop"),
        ("max_tokens", "length"),
        ("model_context_window_exceeded", "length"),
        ("guardrail_intervened", "content_filter"),
        ("content_filtered", "content_filter"),
        ("malformed_model_output", "unknown"),
        ("malformed_tool_use", "unknown"),
    ],
)
def test_every_stop_reason_of_bedrock_has_its_meaning(reason: str, finish: str) -> None:
    completion, _ = exchange(converse("{}", stop_reason=reason), "bedrock", region="eu-west-1")

    assert completion.finish_reason == finish


def test_bedrock_is_found_by_its_region(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("AWS_BEARER_TOKEN_BEDROCK", "b")
    for name in ("AWS_REGION", "AWS_DEFAULT_REGION"):
        monkeypatch.delenv(name, raising=False)

    with pytest.raises(ConfigError, match=r"no AWS region.*region ="):
        build(settings("bedrock"), "lab")
    monkeypatch.setenv("AWS_REGION", "us-west-2")
    url = build(settings("bedrock"), "lab")._head.url  # type: ignore[attr-defined]
    assert url == "https://bedrock-runtime.us-west-2.amazonaws.com/model/m/converse"


def test_bedrock_without_a_key_is_signed_or_says_what_is_missing(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    for name, value in (("ACCESS_KEY_ID", "AKIDEXAMPLE"), ("SECRET_ACCESS_KEY", "secret")):
        monkeypatch.setenv(f"AWS_{name}", value)
    monkeypatch.delenv("AWS_BEARER_TOKEN_BEDROCK", raising=False)
    monkeypatch.delenv("AWS_SESSION_TOKEN", raising=False)
    try:
        import botocore  # noqa: F401
    except ImportError:
        with pytest.raises(ConfigError, match=r"dateline\[bedrock\]"):
            build(settings("bedrock", region="eu-west-1"), "lab")
        return

    completion, sent = exchange(converse(DRAFT), "bedrock", region="eu-west-1", api_key_env=None)

    assert completion.text == DRAFT
    signed = sent.headers["authorization"]
    assert signed.startswith("AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE/")
    assert "/eu-west-1/bedrock/aws4_request" in signed
    assert sent.headers["x-amz-date"]


class Handed:
    """Credentials that somebody must be asked for, as botocore's that expire."""

    def __init__(self, failure: type[Exception]) -> None:
        self.failure = failure
        self.threads: list[int] = []

    def refresh_needed(self) -> bool:
        return True

    def get_frozen_credentials(self) -> Any:
        self.threads.append(threading.get_ident())
        raise self.failure("of profile secret-name")


class SSOTokenLoadError(Exception):
    """Named as botocore's."""


class MetadataRetrievalError(Exception):
    """Named as botocore's."""


@pytest.mark.parametrize(
    ("failure", "error"),
    [(SSOTokenLoadError, Rejected), (MetadataRetrievalError, Unavailable)],
)
def test_credentials_that_cannot_be_renewed_cost_no_request_and_hold_nobody_up(
    failure: type[Exception], error: type[CompletionError], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("AWS_BEARER_TOKEN_BEDROCK", "unused")
    credentials = Handed(failure)
    with Loopback(converse(DRAFT)) as server:
        completer: Any = build(settings("bedrock", region="x", base_url=server.base_url), "lab")
        completer._dialect.credentials = credentials
        with pytest.raises(error, match=rf"{failure.__name__}.*aws sso login") as caught:
            asyncio.run(completer.complete(request()))

    assert "secret-name" not in str(caught.value)
    assert (server.count, threading.get_ident() in credentials.threads) == (0, False)


@pytest.mark.parametrize("profile", ["missing", "broken"])
def test_a_profile_that_gives_no_credentials_is_a_configuration_error(
    profile: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    pytest.importorskip("botocore")
    config = tmp_path / "config"
    config.write_text("[profile broken]\ncredential_process = /nowhere/at-all\n", "utf-8")
    monkeypatch.delenv("AWS_BEARER_TOKEN_BEDROCK", raising=False)
    for name in ("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("AWS_CONFIG_FILE", str(config))
    monkeypatch.setenv("AWS_PROFILE", profile)

    with pytest.raises(ConfigError, match="AWS_PROFILE"):
        build(settings("bedrock", region="eu-west-1"), "lab")


# Azure and OpenAI


@pytest.mark.parametrize(
    ("base", "version", "api", "url"),
    [
        ("https://x.openai.azure.com", None, None, "/openai/v1/chat/completions"),
        ("https://x.openai.azure.com/", None, "responses", "/openai/v1/responses"),
        ("https://x.openai.azure.com/openai/v1/", None, None, "/openai/v1/chat/completions"),
        (
            "https://x.openai.azure.com",
            "2024-10-21",
            None,
            "/openai/deployments/m/chat/completions?api-version=2024-10-21",
        ),
        (
            "https://x.openai.azure.com",
            "2025-03-01-preview",
            "responses",
            "/openai/responses?api-version=2025-03-01-preview",
        ),
    ],
)
def test_azure_is_reached_in_both_of_its_interfaces(
    base: str, version: str | None, api: str | None, url: str
) -> None:
    table = {"base_url": base, "api_key_env": "A_KEY", "api_version": version, "api": api}

    found = build(settings("azure", **table), "lab")._head.url  # type: ignore[attr-defined]

    assert found == f"https://x.openai.azure.com{url}"


def test_azure_with_a_token_of_entra_id_needs_no_key(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("AZURE_OPENAI_API_KEY", raising=False)
    monkeypatch.setenv("ENTRA", "Bearer token-of-mine")

    _, sent = exchange(
        chat(DRAFT), "azure", api_key_env=None, headers={"authorization": "env:ENTRA"}
    )

    assert sent.headers["authorization"] == "Bearer token-of-mine"
    assert "api-key" not in sent.headers


def test_a_key_that_is_named_must_be_there_beside_a_token(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("A_KEY", raising=False)
    monkeypatch.setenv("ENTRA", "Bearer token-of-mine")
    table = {"base_url": "https://x.openai.azure.com", "api_key_env": "A_KEY"}

    with pytest.raises(ConfigError, match="A_KEY"):
        build(settings("azure", headers={"Authorization": "env:ENTRA"}, **table), "lab")


def test_the_dated_interface_of_azure_gets_its_version_and_names_its_filter() -> None:
    said = {"code": "content_filter", "innererror": {"code": "ResponsibleAIPolicyViolation"}}
    fault = Answer(400, json.dumps({"error": said}).encode(), {"content-type": "application/json"})

    assert type(failure(fault, "azure", api_version="2024-10-21")) is Refused
    _, sent = exchange(chat(DRAFT), "azure", api_version="2024-10-21")
    assert sent.path.endswith("/openai/deployments/m/chat/completions?api-version=2024-10-21")


def test_responses_are_asked_for_strictly_and_not_kept() -> None:
    sampling = Sampling(temperature=None, max_tokens=900, reasoning_effort="low", seed=7)

    _, sent = exchange(response(DRAFT), "openai", request(sampling=sampling), api="responses")

    body = dict(sent.body)
    form = body.pop("text")["format"]
    assert (form["type"], form["name"], form["strict"]) == ("json_schema", "draft", True)
    assert [item["role"] for item in body.pop("input")] == ["system", "user"]
    assert body == {
        "model": "m",
        "store": False,
        "max_output_tokens": 900,
        "reasoning": {"effort": "low"},
    }


@pytest.mark.parametrize(
    ("reply", "error"),
    [
        (response(error={"code": "server_error", "message": "x"}, status="failed"), Unavailable),
        (
            response(error={"code": "rate_limit_exceeded", "message": "x"}, status="failed"),
            RateLimited,
        ),
        (response(error={"code": "invalid_prompt", "message": "x"}, status="failed"), Refused),
        (raw(b'{"choices": [{"message": {"content": "{}"}}]}'), InvalidAnswer),
    ],
)
def test_a_response_that_failed_is_an_error(reply: Answer, error: type[CompletionError]) -> None:
    assert type(failure(reply, "openai", api="responses")) is error


@pytest.mark.parametrize(
    ("status", "reason", "finish"),
    [
        ("incomplete", "max_output_tokens", "length"),
        ("incomplete", "content_filter", "content_filter"),
        ("incomplete", None, "unknown"),
        ("queued", None, "unknown"),
    ],
)
def test_an_incomplete_response_says_why(status: str, reason: str | None, finish: str) -> None:
    completion, _ = exchange(response("{", status=status, reason=reason), "openai", api="responses")

    assert (completion.finish_reason, completion.text) == (finish, "{")


def test_the_server_of_these_tests_answers_as_openai_types_it() -> None:
    for answer in (response(DRAFT), response(None, refusal="No.")):
        Response.model_validate_json(answer.body)


# Compatible services


@pytest.mark.parametrize(
    ("kind", "field", "limit", "seed"),
    [
        ("mistral", "json_schema", "max_tokens", "random_seed"),
        ("openrouter", "json_schema", "max_tokens", "seed"),
        ("groq", "json_schema", "max_completion_tokens", "seed"),
        ("together", "json_schema", "max_tokens", "seed"),
        ("deepseek", "json_object", "max_tokens", None),
        ("ollama", "json_schema", "max_tokens", "seed"),
        ("vllm", "json_schema", "max_tokens", "seed"),
        ("llama-cpp", "json_schema", "max_tokens", "seed"),
    ],
)
def test_each_service_gets_its_own_names_and_mode(
    kind: str, field: str, limit: str, seed: str | None
) -> None:
    _, sent = exchange(chat(DRAFT), kind, request(sampling=Sampling(max_tokens=900, seed=7)))

    assert sent.body["response_format"]["type"] == field
    assert sent.body[limit] == 900
    assert {name for name, value in sent.body.items() if value == 7} == ({seed} - {None})


def test_a_service_that_could_not_read_its_model_gave_an_invalid_answer() -> None:
    fault = failed(400, code="json_validate_failed", kind="invalid_request_error")

    assert type(failure(fault, "groq")) is InvalidAnswer


def test_a_router_without_credit_says_so() -> None:
    body = json.dumps({"error": {"code": 402, "message": "Insufficient credits"}}).encode()

    found = failure(Answer(402, body, {"content-type": "application/json"}), "openrouter")

    assert type(found) is Rejected
    assert "quota" in str(found)


def test_a_router_whose_provider_broke_off_failed() -> None:
    choice = {
        "finish_reason": "error",
        "error": {"code": 502, "message": "upstream"},
        "message": {"role": "assistant", "content": '{"even'},
    }

    found = failure(encoded({"choices": [choice]}), "openrouter")

    assert (type(found), found.status) == (Unavailable, 502)


def test_mistral_calls_a_full_context_a_length() -> None:
    completion, _ = exchange(chat("{", finish_reason="model_length"), "mistral")

    assert completion.finish_reason == "length"


def test_the_interface_and_the_mode_are_part_of_the_family() -> None:
    tables: list[tuple[str, dict[str, Any]]] = [
        ("openai", {}),
        ("openai", {"api": "responses"}),
        ("anthropic", {}),
        ("anthropic", {"mode": "tools"}),
        ("anthropic", {"mode": "json_schema"}),
        ("deepseek", {"mode": "json"}),
    ]
    families = [
        build(settings(kind, api_key_env="A_KEY", **table), "lab").family for kind, table in tables
    ]

    assert families == [
        "openai",
        "openai+responses",
        "anthropic",
        "anthropic+tools",
        "anthropic",
        "deepseek",
    ]
