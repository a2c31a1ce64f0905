"""A server on 127.0.0.1 that speaks the chat-completions wire format, and every way to fail at it.

    with Loopback([rate_limited(retry_after="1"), chat('{"events": []}')]) as server:
        ...  # server.base_url, server.count, server.requests

It runs in a thread of its own, so synchronous and asynchronous tests use it alike. It writes raw
bytes, so that resets, cut bodies and endless answers are the real thing.
"""

from __future__ import annotations

import asyncio
import json
import socket
import ssl
import struct
import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any, Literal, Self

Manner = Literal["whole", "reset", "cut", "slow", "endless", "hang"]


@dataclass(frozen=True)
class Received:
    """One request: header names are in lower case, ``body`` is the parsed JSON."""

    method: str
    path: str
    headers: dict[str, str]
    body: Any
    raw: bytes

    @property
    def prompt(self) -> str:
        """The content of the last message."""
        return str(self.body["messages"][-1]["content"])


@dataclass(frozen=True)
class Answer:
    """What goes back: ``manner`` says how, ``sent`` how many body bytes go before a failure."""

    status: int = 200
    body: bytes = b""
    headers: dict[str, str] = field(default_factory=dict)
    manner: Manner = "whole"
    sent: int = 0
    delay_s: float = 0.0


Script = Answer | Sequence[Answer] | Callable[[Received], Answer]
"""One answer for all, answers in turn (the last one repeats), or a function of the request."""


def chat(
    text: str | None,
    *,
    finish_reason: str | None = "stop",
    refusal: str | None = None,
    arguments: str | None = None,
    usage: dict[str, Any] | None = None,
    model: str = "loopback-1",
    delay_s: float = 0.0,
) -> Answer:
    """A chat completion; ``arguments`` makes it a tool call."""
    message: dict[str, Any] = {"role": "assistant", "content": text, "refusal": refusal}
    if arguments is not None:
        function = {"name": "Draft", "arguments": arguments}
        message["tool_calls"] = [{"id": "call_1", "type": "function", "function": function}]
    envelope = {
        "id": "chatcmpl-1",
        "object": "chat.completion",
        "created": 1_750_000_000,
        "model": model,
        "choices": [{"index": 0, "message": message, "finish_reason": finish_reason}],
        "usage": usage or {"prompt_tokens": 1200, "completion_tokens": 150, "total_tokens": 1350},
    }
    return raw(json.dumps(envelope).encode(), delay_s=delay_s)


def raw(
    body: bytes, *, status: int = 200, content_type: str = "application/json", delay_s: float = 0.0
) -> Answer:
    """Any body."""
    return Answer(status, body, {"content-type": content_type}, delay_s=delay_s)


def failed(
    status: int,
    *,
    code: str | None = None,
    kind: str = "error",
    param: str | None = None,
    message: str = "it failed",
    headers: dict[str, str] | None = None,
) -> Answer:
    """An error object with its status."""
    error = {"message": message, "type": kind, "param": param, "code": code}
    body = json.dumps({"error": error}).encode()
    return Answer(status, body, {"content-type": "application/json", **(headers or {})})


def rate_limited(**headers: str) -> Answer:
    """429; ``rate_limited(retry_after="2")`` sends ``retry-after: 2``."""
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    return failed(429, code="rate_limit_exceeded", kind="requests", headers=named)


def html() -> Answer:
    """A web page with status 200, as from a gateway."""
    return raw(b"<!doctype html><title>Welcome</title>", content_type="text/html")


def reset() -> Answer:
    """The connection is reset before anything is answered."""
    return Answer(manner="reset")


def reset_in_body(text: str = "{}") -> Answer:
    """The connection is reset in the middle of the body."""
    whole = chat(text)
    return Answer(200, whole.body, whole.headers, manner="cut", sent=len(whole.body) // 2)


def slow(text: str = "{}") -> Answer:
    """One byte of the body at a time, with pauses: no single read ever takes long."""
    whole = chat(text)
    return Answer(200, whole.body, whole.headers, manner="slow")


def endless() -> Answer:
    """A body that never ends."""
    return Answer(headers={"content-type": "application/json"}, manner="endless")


def hang() -> Answer:
    """Nothing is ever answered."""
    return Answer(manner="hang")


class Loopback:
    """The server: start it with ``with``; ``requests`` are those it has received, in order."""

    def __init__(self, script: Script, *, tls: ssl.SSLContext | None = None) -> None:
        self._script = script
        self._tls = tls
        self.requests: list[Received] = []
        self.connections = 0
        self.port = 0
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._run, name="loopback", daemon=True)
        self._ready = threading.Event()

    @property
    def base_url(self) -> str:
        """For ``base_url`` in a configuration."""
        return f"http{'s' if self._tls else ''}://127.0.0.1:{self.port}/v1"

    @property
    def count(self) -> int:
        """How many requests there were."""
        return len(self.requests)

    def __enter__(self) -> Self:
        self._thread.start()
        self._ready.wait()
        return self

    def __exit__(self, *_: object) -> None:
        self._loop.call_soon_threadsafe(self._stop)
        self._thread.join(timeout=10)
        self._loop.close()

    def _run(self) -> None:
        asyncio.set_event_loop(self._loop)
        server = self._loop.run_until_complete(
            asyncio.start_server(self._serve, "127.0.0.1", 0, limit=2**20, ssl=self._tls)
        )
        self.port = server.sockets[0].getsockname()[1]
        self._ready.set()
        self._loop.run_forever()
        server.close()
        for task in asyncio.all_tasks(self._loop):
            task.cancel()
        pending = asyncio.all_tasks(self._loop)
        self._loop.run_until_complete(asyncio.gather(*pending, return_exceptions=True))

    def _stop(self) -> None:
        self._loop.stop()

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self.connections += 1
        try:
            while (received := await self._receive(reader, writer)) is not None:
                self.requests.append(received)
                if not await self._send(self._answer(received), writer):
                    break
        except (ConnectionError, asyncio.IncompleteReadError, asyncio.CancelledError):
            pass
        finally:
            writer.close()

    async def _receive(
        self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter
    ) -> Received | None:
        try:
            begun = await reader.readexactly(1)
            if begun == b"\x16":
                # TLS: a server without it says so, in plain text.
                await reader.read(65536)
                writer.write(b"HTTP/1.1 400 Bad Request\r\nconnection: close\r\n\r\n")
                await writer.drain()
                return None
            head = begun + await reader.readuntil(b"\r\n\r\n")
        except asyncio.IncompleteReadError:
            return None
        first, *lines = head.decode("latin-1").split("\r\n")
        method, path, _ = first.split(" ", 2)
        headers = {
            name.strip().lower(): value.strip()
            for name, _, value in (line.partition(":") for line in lines if line)
        }
        body = await reader.readexactly(int(headers.get("content-length", "0")))
        return Received(method, path, headers, json.loads(body) if body else None, body)

    def _answer(self, received: Received) -> Answer:
        if callable(self._script):
            return self._script(received)
        if isinstance(self._script, Answer):
            return self._script
        return self._script[min(self.count, len(self._script)) - 1]

    async def _send(self, answer: Answer, writer: asyncio.StreamWriter) -> bool:
        """Send an answer; False when the connection is of no further use."""
        if answer.delay_s:
            await asyncio.sleep(answer.delay_s)
        if answer.manner == "hang":
            await asyncio.sleep(3600)
        if answer.manner == "reset":
            _reset(writer)
            return False
        headers = {"x-request-id": "req_1", **answer.headers}
        if answer.manner == "endless":
            headers["transfer-encoding"] = "chunked"
        else:
            headers["content-length"] = str(len(answer.body))
        lines = "".join(f"{name}: {value}\r\n" for name, value in headers.items())
        writer.write(f"HTTP/1.1 {answer.status} Answer\r\n{lines}\r\n".encode())
        match answer.manner:
            case "cut":
                writer.write(answer.body[: answer.sent])
                await writer.drain()
                # What was sent is to arrive before the reset does.
                await asyncio.sleep(0.02)
                _reset(writer)
                return False
            case "slow":
                for number in range(len(answer.body)):
                    writer.write(answer.body[number : number + 1])
                    await writer.drain()
                    await asyncio.sleep(0.05)
            case "endless":
                chunk = b"%x\r\n%s\r\n" % (65536, b" " * 65536)
                while True:
                    writer.write(chunk)
                    await writer.drain()
            case _:
                writer.write(answer.body)
        await writer.drain()
        return True


def _reset(writer: asyncio.StreamWriter) -> None:
    """Close with a TCP reset instead of an orderly end."""
    connection = writer.get_extra_info("socket")
    linger = struct.pack("ii", 1, 0)
    connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, linger)
    writer.transport.abort()
