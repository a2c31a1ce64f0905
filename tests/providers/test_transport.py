"""What is sent is what the openai client would send, to the header; and how it is sent."""

from __future__ import annotations

import asyncio
import gzip
import json
import socket
from inspect import signature
from typing import Any

import openai
import pytest

from dateline.config.loading import build as configured
from dateline.errors import ConfigError, InvalidAnswer, Unavailable
from dateline.providers import build
from dateline.providers.dialect import TELEMETRY
from dateline.providers.transport import Connections, DryClient, Head, proxy_for
from loopback import Answer, Loopback, Received, chat, raw
from support.asking import request
from support.vendors import candidate, message, response

KEY = "sk-test-0123456789abcdef"
DRAFT = '{"events": [], "claims": []}'


@pytest.fixture(autouse=True)
def environment(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("OPENAI_API_KEY", "AZURE_OPENAI_API_KEY", "ANTHROPIC_API_KEY", "GEMINI_API_KEY"):
        monkeypatch.setenv(name, KEY)
    monkeypatch.setenv("OPENAI_ORG_ID", "org-of-mine")
    monkeypatch.setenv("OPENAI_PROJECT_ID", "proj-of-mine")
    for name in ("HTTP_PROXY", "http_proxy", "ALL_PROXY", "all_proxy", "NO_PROXY", "no_proxy"):
        monkeypatch.delenv(name, raising=False)


def completer(base_url: str, kind: str = "openai-compatible", **settings: Any) -> Any:
    table = {"kind": kind, "base_url": base_url, "model": "org/small", **settings}
    return build(configured({"providers": {"lab": table}}), "lab")


async def ask(asked: Any) -> str:
    try:
        return str((await asked.complete(request())).text)
    finally:
        await asked.aclose()


def sent_by_us(script: Answer, **settings: Any) -> Received:
    with Loopback(script) as server:
        asyncio.run(ask(completer(server.base_url, **settings)))
    (received,) = server.requests
    return received


def sent_by_the_client(
    body: bytes, path: str, *, headers: dict[str, Any], key: str | None = None
) -> Received:
    """The same request, made and sent by the openai client over its default transport."""

    def send(base_url: str) -> None:
        quiet = {f"X-Stainless-{name}": openai.Omit() for name in TELEMETRY}
        with openai.OpenAI(
            api_key=key or "none",
            base_url=base_url,
            max_retries=0,
            timeout=600.0,
            default_headers={**quiet, "Accept-Encoding": "identity", **headers},
        ) as client:
            argument = "content" if "content" in signature(client.post).parameters else "body"
            options: Any = {} if key else {"headers": {"Authorization": openai.Omit()}}
            client.post(path, cast_to=object, options=options, **{argument: body})

    with Loopback(raw(b"{}")) as server:
        root = server.base_url.removesuffix("/v1")
        send(root)
    (received,) = server.requests
    return received


def told(received: Received) -> dict[str, str]:
    """The headers, but for the server's port."""
    return {**received.headers, "host": received.headers["host"].partition(":")[0]}


NOT_OPENAI = {"OpenAI-Organization": openai.Omit(), "OpenAI-Project": openai.Omit()}
KINDS: dict[str, tuple[Answer, dict[str, Any], dict[str, Any], str | None]] = {
    "openai": (chat(DRAFT), {"kind": "openai"}, {}, KEY),
    "openai, responses": (response(DRAFT), {"kind": "openai", "api": "responses"}, {}, KEY),
    "a server without a key": (chat(DRAFT), {}, NOT_OPENAI, None),
    "headers of one's own": (
        chat(DRAFT),
        {"headers": {"X-Team": "a b", "User-Agent": "mine/1"}, "api_key_env": "OPENAI_API_KEY"},
        {**NOT_OPENAI, "X-Team": "a b", "User-Agent": "mine/1"},
        KEY,
    ),
    "azure": (chat(DRAFT), {"kind": "azure"}, {**NOT_OPENAI, "api-key": KEY}, None),
    "azure, dated": (
        chat(DRAFT),
        {"kind": "azure", "api_version": "2024-10-21"},
        {**NOT_OPENAI, "api-key": KEY},
        None,
    ),
    "anthropic": (
        message(DRAFT),
        {"kind": "anthropic"},
        {**NOT_OPENAI, "x-api-key": KEY, "anthropic-version": "2023-06-01"},
        None,
    ),
    "gemini": (candidate(DRAFT), {"kind": "gemini"}, {**NOT_OPENAI, "x-goog-api-key": KEY}, None),
}


@pytest.mark.parametrize("name", KINDS)
def test_what_is_sent_is_what_the_client_would_send(name: str) -> None:
    script, settings, headers, key = KINDS[name]

    ours = sent_by_us(script, timeout_s=600, **settings)
    theirs = sent_by_the_client(ours.raw, ours.path, headers=headers, key=key)

    assert told(ours) == told(theirs)
    assert (ours.method, ours.path, ours.raw) == (theirs.method, theirs.path, theirs.raw)


def test_the_version_of_azure_stands_in_the_query() -> None:
    sent = sent_by_us(chat(DRAFT), kind="azure", api_version="2024-10-21", model="my model")

    path = "/openai/deployments/my%20model/chat/completions?api-version=2024-10-21"
    assert sent.path == path


def test_what_the_client_says_is_asked_once(monkeypatch: pytest.MonkeyPatch) -> None:
    asked = []
    original = DryClient.head

    def counted(self: Any, url: str, **options: Any) -> Head:
        asked.append(url)
        return original(self, url, **options)

    monkeypatch.setattr(DryClient, "head", counted)

    async def often(one: Any) -> None:
        for _ in range(3):
            await one.complete(request())
        await one.aclose()

    with Loopback(chat(DRAFT)) as server:
        asyncio.run(often(completer(server.base_url)))

    assert (server.count, len(asked)) == (3, 1)


def test_credentials_in_the_clients_own_url_are_sent_in_a_header(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    with Loopback(chat(DRAFT)) as server:
        url = server.base_url.replace("http://", "http://me:secret@")
        monkeypatch.setenv("OPENAI_BASE_URL", url)
        asked = build(configured({"providers": {"openai": {"model": "m"}}}), "openai")
        asyncio.run(ask(asked))

    (sent,) = server.requests
    assert sent.headers["authorization"] == "Basic bWU6c2VjcmV0"
    assert sent.headers["host"] == f"127.0.0.1:{server.port}"


def test_a_proxy_of_the_environment_is_used(monkeypatch: pytest.MonkeyPatch) -> None:
    with Loopback(chat(DRAFT)) as proxy:
        monkeypatch.setenv("http_proxy", f"127.0.0.1:{proxy.port}")
        text = asyncio.run(ask(completer("http://models.invalid/v1")))

    assert text == DRAFT
    assert proxy.requests[0].path == "http://models.invalid/v1/chat/completions"


@pytest.mark.parametrize("bypassed", ["127.0.0.1", "*", "{host}"])
def test_a_server_that_is_excepted_is_reached_without_the_proxy(
    bypassed: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    with Loopback(chat(DRAFT)) as server:
        monkeypatch.setenv("http_proxy", "http://proxy.invalid:3128")
        monkeypatch.setenv("no_proxy", bypassed.format(host=f"127.0.0.1:{server.port}"))
        assert asyncio.run(ask(completer(server.base_url))) == DRAFT


def test_the_proxy_of_all_schemes_serves_where_there_is_no_other(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("all_proxy", "http://p:1")
    monkeypatch.setenv("http_proxy", "http://q:2")

    assert proxy_for("https://models.example/v1") == "http://p:1"
    assert proxy_for("http://models.example/v1") == "http://q:2"


def test_a_proxy_that_cannot_be_used_is_a_configuration_error(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("all_proxy", "socks5://me:secret@p:1")

    with pytest.raises(ConfigError, match="socks5") as caught:
        completer("http://models.invalid/v1")
    assert "secret" not in str(caught.value)


def test_certificates_that_cannot_be_read_are_a_configuration_error(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("SSL_CERT_FILE", "/nowhere/ca.pem")

    with pytest.raises(ConfigError, match="SSL_CERT_FILE"):
        completer("https://models.invalid/v1")
    completer("http://models.invalid/v1")


@pytest.mark.parametrize(
    "settings",
    [
        {"base_url": "http://models.invalid:99999/v1"},
        {"base_url": "http://lab/v1", "headers": {"X-Team": "Équipe \u2014 nord"}},
    ],
)
def test_what_the_client_cannot_send_is_a_configuration_error(settings: dict[str, Any]) -> None:
    with pytest.raises(ConfigError, match=r"base_url|headers"):
        completer(**settings)


def test_a_packed_answer_is_unpacked_within_the_same_bound() -> None:
    def packed(body: bytes) -> Answer:
        headers = {"content-type": "application/json", "content-encoding": "gzip"}
        return Answer(200, gzip.compress(body), headers)

    with Loopback(packed(chat(DRAFT).body)) as server:
        assert asyncio.run(ask(completer(server.base_url))) == DRAFT
    with (
        Loopback(packed(b" " * 2**26)) as server,
        pytest.raises(InvalidAnswer, match="16 MiB"),
    ):
        asyncio.run(ask(completer(server.base_url)))


@pytest.mark.filterwarnings("error::ResourceWarning")
def test_a_body_of_any_size_is_sent_whole() -> None:
    body = json.dumps({"messages": [{"role": "user", "content": "x" * 2**21}]}).encode()

    async def send(url: str) -> int:
        connections = Connections(timeout_s=5, most=1, secure=False)
        head = Head(url, (("Content-Type", "application/json"),))
        try:
            return (await connections.post(head, body)).status
        finally:
            await connections.aclose()

    with Loopback(lambda received: raw(b"{}", status=200 + (received.raw == body))) as server:
        assert asyncio.run(send(server.base_url)) == 201
    assert server.requests[0].headers["content-type"] == "application/json"


def test_headers_of_one_request_stand_instead_of_those_of_all() -> None:
    async def send(url: str) -> None:
        connections = Connections(timeout_s=5, most=1, secure=False)
        head = Head(url, (("Authorization", "a"), ("X-Own", "b")))
        await connections.post(head, b"{}", {"authorization": "c"})
        await connections.post(head, b"{}")
        await connections.aclose()

    with Loopback(raw(b"{}")) as server:
        asyncio.run(send(server.base_url))

    assert [r.headers["authorization"] for r in server.requests] == ["c", "a"]
    assert [r.headers["x-own"] for r in server.requests] == ["b", "b"]


def test_a_server_that_does_not_take_connections_is_given_up() -> None:
    with socket.create_server(("127.0.0.1", 0), backlog=0) as listening:
        # The backlog is full: a connection attempt is neither taken nor refused.
        port = listening.getsockname()[1]
        full = []
        for _ in range(4):
            waiting = socket.socket()
            waiting.setblocking(False)
            waiting.connect_ex(("127.0.0.1", port))
            full.append(waiting)
        with pytest.raises(Unavailable, match=r"not reached|no complete answer"):
            asyncio.run(ask(completer(f"http://127.0.0.1:{port}/v1", timeout_s=0.2)))
        for waiting in full:
            waiting.close()
