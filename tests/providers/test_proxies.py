"""Through a proxy to a server with TLS: what the proxy sees, and what it can do wrong."""

from __future__ import annotations

import asyncio
import contextlib
import shutil
import socket
import ssl
import subprocess
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from dateline.config.loading import build as configured
from dateline.errors import Unavailable
from dateline.providers import build
from loopback import Loopback, chat
from support.asking import request

KEY = "key-0123456789abcdef"
DRAFT = '{"events": [], "claims": []}'


class Tunnel:
    """A proxy that answers CONNECT with ``status``, and passes bytes on to ``port`` after 200."""

    def __init__(self, port: int, *, status: int = 200) -> None:
        self.heads: list[bytes] = []
        self.passed = bytearray()
        self._port = port
        self._status = status
        self._listening = socket.create_server(("127.0.0.1", 0))
        self.address = f"127.0.0.1:{self._listening.getsockname()[1]}"

    def __enter__(self) -> Tunnel:
        threading.Thread(target=self._serve, daemon=True).start()
        return self

    def __exit__(self, *_: object) -> None:
        self._listening.close()

    def _serve(self) -> None:
        with contextlib.suppress(OSError):
            while True:
                connection, _ = self._listening.accept()
                head = b""
                while b"\r\n\r\n" not in head:
                    head += connection.recv(65536)
                self.heads.append(head)
                length = b"" if self._status == 200 else b"content-length: 0\r\n"
                connection.sendall(b"HTTP/1.1 %d Said\r\n%s\r\n" % (self._status, length))
                if self._status != 200:
                    connection.close()
                    continue
                onward = socket.create_connection(("127.0.0.1", self._port))
                for pair in ((connection, onward), (onward, connection)):
                    threading.Thread(target=self._pass_on, args=pair, daemon=True).start()

    def _pass_on(self, source: socket.socket, target: socket.socket) -> None:
        with contextlib.suppress(OSError):
            while data := source.recv(65536):
                self.passed += data
                target.sendall(data)
        with contextlib.suppress(OSError):
            target.shutdown(socket.SHUT_WR)


@pytest.fixture(scope="module")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> Path:
    openssl = shutil.which("openssl")
    if openssl is None:
        pytest.skip("openssl is not here to make a certificate")
    folder = tmp_path_factory.mktemp("tls")
    subprocess.run(
        [
            *(openssl, "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2"),
            *("-subj", "/CN=lab", "-addext", "subjectAltName=DNS:models.example"),
            *("-keyout", "key.pem", "-out", "cert.pem"),
        ],
        cwd=folder,
        check=True,
        capture_output=True,
    )
    return folder


@pytest.fixture
def server(certificate: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Loopback]:
    """A server with TLS whose name nobody can look up but the proxy."""
    for name in ("http_proxy", "all_proxy", "no_proxy"):
        monkeypatch.delenv(name, raising=False)
        monkeypatch.delenv(name.upper(), raising=False)
    monkeypatch.delenv("HTTPS_PROXY", raising=False)
    monkeypatch.setenv("SSL_CERT_FILE", str(certificate / "cert.pem"))
    monkeypatch.setenv("LAB_KEY", KEY)
    tls = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    tls.load_cert_chain(certificate / "cert.pem", certificate / "key.pem")
    with Loopback(chat(DRAFT), tls=tls) as server:
        yield server


def ask(server: Loopback) -> str:
    async def once(completer: Any) -> str:
        try:
            return str((await completer.complete(request())).text)
        finally:
            await completer.aclose()

    table = {
        "kind": "openai-compatible",
        "base_url": f"https://models.example:{server.port}/v1",
        "model": "m",
        "api_key_env": "LAB_KEY",
    }
    return asyncio.run(once(build(configured({"providers": {"lab": table}}), "lab")))


def test_the_proxy_sees_its_own_password_and_nothing_of_the_call(
    server: Loopback, monkeypatch: pytest.MonkeyPatch
) -> None:
    with Tunnel(server.port) as proxy:
        monkeypatch.setenv("https_proxy", f"http://me:secret@{proxy.address}")
        assert ask(server) == DRAFT

    (head,) = proxy.heads
    assert head.startswith(f"CONNECT models.example:{server.port} ".encode())
    assert b"Proxy-Authorization: Basic bWU6c2VjcmV0\r\n" in head
    assert KEY.encode() not in head + proxy.passed
    (sent,) = server.requests
    assert sent.headers["authorization"] == f"Bearer {KEY}"
    assert "proxy-authorization" not in sent.headers


@pytest.mark.parametrize(("status", "again"), [(403, False), (407, False), (502, True)])
def test_a_proxy_that_lets_nothing_through_is_named_and_gets_no_call(
    status: int, again: bool, server: Loopback, monkeypatch: pytest.MonkeyPatch
) -> None:
    with Tunnel(server.port, status=status) as proxy:
        monkeypatch.setenv("https_proxy", f"http://me:secret@{proxy.address}")
        with pytest.raises(Unavailable, match=rf"proxy.*HTTP {status}.*NO_PROXY") as caught:
            ask(server)

    assert caught.value.retryable is again
    assert "secret" not in str(caught.value)
    assert (len(proxy.heads), server.count) == (1, 0)


def test_a_proxy_that_is_not_there_is_named(
    server: Loopback, monkeypatch: pytest.MonkeyPatch
) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
    monkeypatch.setenv("https_proxy", f"http://me:secret@127.0.0.1:{port}")

    with pytest.raises(Unavailable, match=r"proxy.*not reached.*NO_PROXY") as caught:
        ask(server)

    assert "secret" not in str(caught.value)
    assert server.count == 0
