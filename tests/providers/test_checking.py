"""What a provider still lacks, and what one small question finds out about it."""

from __future__ import annotations

import asyncio
import json
from typing import Any

import pytest

from dateline.config import ProviderConfig
from dateline.config.loading import build as configured
from dateline.config.presets import PRESETS
from dateline.providers import kinds
from dateline.providers.checking import Checked, check
from dateline.providers.standing import key_state, missing
from loopback import Answer, Loopback, chat, failed, hang
from support.vendors import message

AZURE = {"kind": "azure", "model": "m", "base_url": "https://x.openai.azure.com"}
FOLLOWED = '{"ready": true, "colour": "cobalt-42"}'


def provider(**table: Any) -> ProviderConfig:
    return configured({"providers": {"lab": table}}).provider("lab")


def checked(script: Any, **table: Any) -> tuple[Checked, Loopback]:
    with Loopback(script) as server:
        table = {"kind": "openai-compatible", "model": "m", "base_url": server.base_url, **table}
        found = asyncio.run(check(provider(**table)))
    return found, server


@pytest.fixture(autouse=True)
def bare(monkeypatch: pytest.MonkeyPatch) -> None:
    for known in PRESETS.values():
        if known.key_env:
            monkeypatch.delenv(known.key_env, raising=False)
    for name in ("AWS_REGION", "AWS_DEFAULT_REGION"):
        monkeypatch.delenv(name, raising=False)


def test_a_provider_that_follows_the_schema() -> None:
    usage = {"prompt_tokens": 90, "completion_tokens": 12}

    found, server = checked(chat(FOLLOWED, usage=usage, model="m-2"))

    assert (found.ok, found.schema, found.mode) == (True, "followed", "json_schema")
    assert (found.model, found.input_tokens, found.output_tokens) == ("m-2", 90, 12)
    assert (found.error, found.cost_usd, server.count) == (None, None, 1)


def test_the_schema_alone_says_what_the_answer_must_hold() -> None:
    _, server = checked(chat(FOLLOWED))

    body = server.requests[0].body
    assert "cobalt-42" not in json.dumps(body["messages"])
    assert "cobalt-42" in json.dumps(body["response_format"])


@pytest.mark.parametrize(
    ("reply", "ok", "schema", "error"),
    [
        (chat('{"ready": true}'), True, "not followed", None),
        (chat("I am ready!"), False, "not followed", "invalid_answer"),
        (chat('{"ready"', finish_reason="length"), False, None, "truncated"),
        (chat(None, refusal="No."), False, None, "refused"),
        (failed(401), False, None, "rejected"),
        (failed(500), False, None, "unavailable"),
    ],
)
def test_a_provider_that_does_not(
    reply: Answer, ok: bool, schema: str | None, error: str | None
) -> None:
    found, server = checked(reply)

    assert (found.ok, found.schema, found.error) == (ok, schema, error)
    assert found.detail
    assert server.count == 1


def test_a_server_that_hangs_is_given_up() -> None:
    found, _ = checked(hang(), timeout_s=0.2)

    assert (found.ok, found.error) == (False, "unavailable")


def test_other_interfaces_are_checked_alike(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ANTHROPIC_API_KEY", "k")

    found, _ = checked(
        message(None, answer=json.loads(FOLLOWED), stop_reason="tool_use"),
        kind="anthropic",
        mode="tools",
    )

    assert (found.ok, found.schema, found.mode) == (True, "followed", "tools")
    assert (found.input_tokens, found.cached_input_tokens) == (3000, 1948)


def test_a_known_model_has_a_price(monkeypatch: pytest.MonkeyPatch) -> None:
    pytest.importorskip("genai_prices")
    monkeypatch.setenv("OPENAI_API_KEY", "k")
    usage = {
        "prompt_tokens": 3000,
        "completion_tokens": 400,
        "prompt_tokens_details": {"cached_tokens": 2048},
    }

    found, _ = checked(chat(FOLLOWED, usage=usage, model="gpt-4o-mini"), kind="openai")

    assert found.cost_usd == pytest.approx(0.0005364)


def test_prices_of_ones_own_go_before_the_list() -> None:
    usage = {"prompt_tokens": 1000, "completion_tokens": 100}
    prices = {"m": {"input_per_million": 10.0, "output_per_million": 40.0}}
    with Loopback(chat(FOLLOWED, usage=usage, model="m-2026")) as server:
        table = {"kind": "openai-compatible", "model": "m", "base_url": server.base_url}
        config = configured({"providers": {"lab": table}, "prices": prices})
        found = asyncio.run(check(config.provider("lab"), config))

    assert found.cost_usd == pytest.approx(0.014)


@pytest.mark.parametrize(
    ("table", "wanted"),
    [
        ({"kind": "openai"}, ["name a model", "set OPENAI_API_KEY"]),
        ({"kind": "anthropic", "model": "m"}, ["set ANTHROPIC_API_KEY"]),
        ({"kind": "ollama", "model": "m"}, []),
        (AZURE, ["set AZURE_OPENAI_API_KEY"]),
        ({**AZURE, "headers": {"authorization": "env:ENTRA"}}, ["set ENTRA"]),
        ({"kind": "ollama", "model": "m", "api_key_env": "GATE_KEY"}, ["set GATE_KEY"]),
        ({"kind": "vllm", "model": "m", "headers": {"X-Gate": "env:GATE"}}, ["set GATE"]),
        ({"kind": "scripted", "script": __file__}, []),
        ({"kind": "scripted"}, ["name a file (script)"]),
        ({"kind": "replay", "recordings": "x.jsonl"}, ["recordings: there is no x.jsonl"]),
        ({"kind": "nothing"}, []),
        (
            {"kind": "local", "model": "hf:org/repo/m.gguf"},
            ["dateline models pull hf:org/repo/m.gguf (or the first call fetches it)"],
        ),
        (
            {"kind": "local", "model": "no-such-model"},
            ["name another model: there is no no-such-model, or it is no GGUF"],
        ),
        (
            {"kind": "local", "model": "/nowhere/m.gguf"},
            ["name another model: there is no /nowhere/m.gguf, or it is no GGUF"],
        ),
    ],
)
def test_what_is_missing_is_said(
    table: dict[str, Any], wanted: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("dateline.providers.standing.find_spec", lambda _: True)

    assert missing(provider(**table)) == wanted


def test_bedrock_needs_a_region_and_a_key_or_its_extra(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("dateline.providers.standing.find_spec", lambda _: None)

    table = {"kind": "bedrock", "model": "m"}

    assert missing(provider(**table)) == ['pip install "dateline[bedrock]"', "name a region"]
    monkeypatch.setenv("AWS_BEARER_TOKEN_BEDROCK", "b")
    monkeypatch.setenv("AWS_REGION", "eu-west-1")
    assert missing(provider(**table)) == []
    assert key_state(provider(**table)) == "AWS_BEARER_TOKEN_BEDROCK set"


def test_every_kind_has_defaults_and_a_builder() -> None:
    assert set(PRESETS) <= set(kinds())
    for known in PRESETS.values():
        assert known.modes
        assert known.key_needed is False or known.key_env
