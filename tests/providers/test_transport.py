"""What is sent is what the openai client would send, to the header; and how it is sent."""

from __future__ import annotations

import asyncio
import contextlib
import gc
import gzip
import json
import logging
import os
import re
import shutil
import socket
import ssl
import subprocess
import sys
import threading
import time
import zlib
from inspect import signature
from pathlib import Path
from typing import Any

import openai
import pytest

from dateline import Article, Extractor
from dateline.config.loading import build as configured
from dateline.errors import ConfigError, InvalidAnswer, Rejected, Unavailable
from dateline.providers import build
from dateline.providers.dialect import TELEMETRY
from dateline.providers.transport import Connections, DryClient, Head, proxy_for
from dateline.retry import Retrying, RetrySettings
from loopback import Answer, Loopback, Received, chat, hang, raw
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


def test_a_deflated_answer_is_read() -> None:
    headers = {"content-type": "application/json", "content-encoding": "deflate"}
    with Loopback(Answer(200, zlib.compress(chat(DRAFT).body), headers)) as server:
        assert asyncio.run(ask(completer(server.base_url))) == DRAFT


@pytest.mark.parametrize("packing", ["br", "gzip"])
def test_an_answer_that_cannot_be_unpacked_is_not_paid_for_again(packing: str) -> None:
    answer = Answer(200, b"\x1b\x00 no such packing", {"content-encoding": packing})
    with (
        Loopback(answer) as server,
        pytest.raises(InvalidAnswer, match="Content-Encoding") as caught,
    ):
        asyncio.run(ask(completer(server.base_url)))

    assert not caught.value.retryable


def test_an_answer_behind_a_long_header_is_read() -> None:
    long = chat(DRAFT)
    with Loopback(Answer(200, long.body, {"x-policy": "p" * 40_000})) as server:
        assert asyncio.run(ask(completer(server.base_url))) == DRAFT


@pytest.mark.parametrize("path", ["", "/", "/v1", "/v1/", "/v1//", "/team/llm/v1/"])
def test_a_base_url_may_have_any_path_and_end_in_a_slash(path: str) -> None:
    with Loopback(chat(DRAFT)) as server:
        asyncio.run(ask(completer(f"http://127.0.0.1:{server.port}{path}")))

    assert server.requests[0].path == path.rstrip("/") + "/chat/completions"


def test_a_server_is_reached_by_its_address_of_version_6() -> None:
    try:
        listening = socket.create_server(("::1", 0), family=socket.AF_INET6)
    except OSError:
        pytest.skip("there is no IPv6 here")
    body = chat(DRAFT).body

    def serve() -> None:
        connection, _ = listening.accept()
        with connection:
            connection.recv(65536)
            connection.sendall(b"HTTP/1.1 200 OK\r\ncontent-length: %d\r\n\r\n" % len(body) + body)

    with listening:
        threading.Thread(target=serve, daemon=True).start()
        port = listening.getsockname()[1]
        assert asyncio.run(ask(completer(f"http://[::1]:{port}/v1"))) == DRAFT


def test_a_certificate_of_ones_own_is_trusted_once_it_is_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    openssl = shutil.which("openssl")
    if openssl is None:
        pytest.skip("openssl is not here to make a certificate")
    subprocess.run(
        [
            *(openssl, "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2"),
            *("-subj", "/CN=lab", "-addext", "subjectAltName=IP:127.0.0.1"),
            *("-keyout", "key.pem", "-out", "cert.pem"),
        ],
        cwd=tmp_path,
        check=True,
        capture_output=True,
    )
    tls = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    tls.load_cert_chain(tmp_path / "cert.pem", tmp_path / "key.pem")
    monkeypatch.delenv("SSL_CERT_FILE", raising=False)
    with Loopback(chat(DRAFT), tls=tls) as server:
        with pytest.raises(Unavailable, match="SSL_CERT_FILE") as caught:
            asyncio.run(ask(completer(server.base_url)))
        assert (caught.value.retryable, server.count) == (False, 0)

        monkeypatch.setenv("SSL_CERT_FILE", str(tmp_path / "cert.pem"))
        assert asyncio.run(ask(completer(server.base_url))) == DRAFT


def test_a_server_that_closes_after_each_answer_is_asked_once_a_call() -> None:
    async def twice(asked: Any) -> None:
        for _ in range(2):
            assert (await asked.complete(request())).text == DRAFT
        await asked.aclose()

    answer = chat(DRAFT)
    closing = Answer(200, answer.body, {**answer.headers, "connection": "close"})
    with Loopback(closing) as server:
        asyncio.run(twice(completer(server.base_url)))

    assert (server.count, server.connections) == (2, 2)


class NeverAnswered:
    """A script that leaves every request without an answer, and tells when one is there."""

    def __init__(self) -> None:
        self._received = threading.Event()

    def __call__(self, _: Received) -> Answer:
        self._received.set()
        return hang()

    async def received(self) -> None:
        assert await asyncio.to_thread(self._received.wait, 10)


def test_a_cancelled_call_lets_its_connection_go() -> None:
    async def give_up(script: NeverAnswered, asked: Any) -> int:
        call = asyncio.create_task(asked.complete(request()))
        await script.received()
        call.cancel()
        await asyncio.gather(call, return_exceptions=True)
        (session,) = asked._connections._sessions.values()
        held = len(session.connector._acquired) + len(session.connector._conns)
        await asked.aclose()
        return held

    script = NeverAnswered()
    with Loopback(script) as server:
        assert asyncio.run(give_up(script, completer(server.base_url))) == 0


def test_closing_ends_the_calls_in_flight() -> None:
    async def close(script: NeverAnswered, asked: Any) -> Any:
        call = asyncio.create_task(asked.complete(request()))
        await script.received()
        await asked.aclose()
        return (await asyncio.gather(call, return_exceptions=True))[0]

    script = NeverAnswered()
    with Loopback(script) as server:
        assert isinstance(asyncio.run(close(script, completer(server.base_url))), Unavailable)
    assert server.count == 1


def test_event_loops_in_several_threads_have_connections_of_their_own() -> None:
    failed: list[BaseException] = []

    def work(asked: Any) -> None:
        async def often() -> None:
            for _ in range(20):
                await asked.complete(request())
            await asked.aclose()

        try:
            asyncio.run(often())
        except BaseException as error:
            failed.append(error)

    with Loopback(chat(DRAFT)) as server:
        asked = completer(server.base_url)
        threads = [threading.Thread(target=work, args=(asked,)) for _ in range(4)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()

    assert failed == []
    assert (server.count, server.connections) == (80, 4)


def test_what_was_left_open_on_a_loop_that_has_ended_goes_without_a_word(
    caplog: pytest.LogCaptureFixture,
) -> None:
    async def leave_open(asked: Any) -> None:
        await asked.complete(request())

    with Loopback(chat(DRAFT)) as server:
        asked = completer(server.base_url)
        for _ in range(3):
            asyncio.run(leave_open(asked))
        assert len(asked._connections._sessions) == 1
        del asked
        gc.collect()

    assert caplog.records == []


FORGETFUL = """
import asyncio, sys
sys.path.insert(0, sys.argv[1])
from dateline import Article, AsyncExtractor, Extractor
from dateline.config.loading import build

config = build(
    {
        "providers": {
            "lab": {"kind": "openai-compatible", "base_url": sys.argv[2], "model": "m"}
        },
        "cache": {"enabled": False},
    }
)
article = Article(text="A bomb went off in Arvendale on Monday.", id="a")

async def forget():
    await AsyncExtractor(provider="lab", config=config).extract(article)

if sys.argv[3] == "sync":
    Extractor(provider="lab", config=config).extract(article)
elif sys.argv[3] == "kept":
    kept = Extractor(provider="lab", config=config)
    kept.extract(article)
else:
    asyncio.run(forget())
"""


@pytest.mark.parametrize("way", ["sync", "kept", "async"])
def test_a_program_that_closes_nothing_ends_without_a_word(way: str) -> None:
    tests = str(Path(__file__).parents[1])
    with Loopback(chat(DRAFT)) as server:
        ended = subprocess.run(
            [sys.executable, "-c", FORGETFUL, tests, server.base_url, way],
            capture_output=True,
            text=True,
            timeout=60,
            env={**os.environ, "NO_PROXY": "*"},
            check=False,
        )

    assert (ended.returncode, ended.stderr) == (0, "")
    assert server.count == 1


@pytest.mark.parametrize("name", KINDS)
def test_no_log_of_anybody_holds_key_or_article_nor_tells_of_a_call_never_made(
    name: str, caplog: pytest.LogCaptureFixture
) -> None:
    script, settings, _, _ = KINDS[name]
    text = "Gunmen opened fire on the Tolmera ferry on Tuesday."
    with caplog.at_level(logging.DEBUG), Loopback(script) as server:
        table = {"base_url": server.base_url, "kind": "openai-compatible", **settings}
        table |= {"model": "m", "attempts": 1}
        config = configured({"providers": {"lab": table}, "cache": {"enabled": False}})
        with Extractor(provider="lab", config=config) as extractor:
            extractor.extract(Article(text=text, id="a1"))

    assert server.count == 1
    assert "Tolmera" in server.requests[0].raw.decode()
    logged = [f"{r.name} {r.getMessage()} {vars(r)}" for r in caplog.records]
    assert [line for line in logged if KEY in line or "Tolmera" in line] == []
    told = [r.getMessage() for r in caplog.records if r.levelno >= logging.INFO]
    assert [line for line in told if "HTTP Request" in line] == []


def test_a_redirect_is_not_followed_with_the_key_in_hand() -> None:
    with Loopback(chat(DRAFT)) as other:
        for status in (301, 302, 303, 307, 308):
            elsewhere = {"location": f"{other.base_url}/chat/completions"}
            with Loopback(Answer(status, headers=elsewhere)) as server:
                asked = completer(server.base_url, api_key_env="OPENAI_API_KEY")
                with pytest.raises(Rejected, match="redirects"):
                    asyncio.run(ask(asked))
            assert server.count == 1

    assert other.connections == 0


class SilentCloser:
    """A server that answers once on each connection and then closes it, unannounced."""

    def __init__(self) -> None:
        self.received = 0
        self._listening = socket.create_server(("127.0.0.1", 0))
        self.base_url = f"http://127.0.0.1:{self._listening.getsockname()[1]}/v1"

    def __enter__(self) -> SilentCloser:
        threading.Thread(target=self._serve, daemon=True).start()
        return self

    def __exit__(self, *_: object) -> None:
        self._listening.close()

    def _serve(self) -> None:
        body = chat(DRAFT).body
        with contextlib.suppress(OSError):
            while True:
                connection, _ = self._listening.accept()
                with connection:
                    data = b""
                    while b"\r\n\r\n" not in data:
                        data += connection.recv(65536)
                    head, _, begun = data.partition(b"\r\n\r\n")
                    (size,) = re.findall(rb"content-length: (\d+)", head.lower())
                    missing = int(size) - len(begun)
                    while missing > 0:
                        missing -= len(connection.recv(65536))
                    self.received += 1
                    length = b"content-length: %d\r\n\r\n" % len(body)
                    connection.sendall(b"HTTP/1.1 200 OK\r\n" + length + body)


def test_a_kept_connection_that_the_server_has_closed_costs_no_request() -> None:
    async def thrice(asked: Any) -> None:
        for _ in range(3):
            assert (await asked.complete(request())).text == DRAFT
            await asyncio.sleep(0.05)  # Long enough for the end of the connection to arrive.
        await asked.aclose()

    with SilentCloser() as server:
        asyncio.run(thrice(completer(server.base_url)))

    assert server.received == 3


def test_a_connection_that_ended_while_its_event_loop_stood_still_is_made_anew() -> None:
    with SilentCloser() as server, asyncio.Runner() as runner:
        asked = Retrying(completer(server.base_url), RetrySettings(first_wait_s=0))
        usages = []
        for _ in range(3):
            usages.append(runner.run(asked.complete(request())).usage.calls)
            time.sleep(0.05)
        runner.run(asked.aclose())

    assert server.received == 3
    assert max(usages) <= 2
