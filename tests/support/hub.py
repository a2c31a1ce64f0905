"""A model hub on 127.0.0.1: one file, redirected to storage, resumable, and ways to fail at it."""

from __future__ import annotations

import hashlib
import threading
from collections.abc import Sequence
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, Self


@dataclass
class Seen:
    """One request as it arrived."""

    method: str
    path: str
    host: str
    token: str | None
    range: str | None


@dataclass
class Hub:
    """``content`` is served at ``/org/repo/resolve/main/model.gguf``.

    ``cut_at`` ends each of the first answers after so many bytes; ``statuses`` are given before
    anything else; ``honest`` False announces a wrong hash; ``ranges`` False ignores Range.
    """

    content: bytes
    cut_at: Sequence[int] = ()
    statuses: Sequence[int] = ()
    honest: bool = True
    ranges: bool = True
    hashed: bool = True
    version: str = "v1"
    path: str = "/org/repo/resolve/main/model.gguf"
    seen: list[Seen] = field(default_factory=list)

    def __enter__(self) -> Self:
        self._cuts, self._statuses = list(self.cut_at), list(self.statuses)
        handler = type("Handler", (_Handler,), {"hub": self})
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
        self._thread = threading.Thread(target=self._server.serve_forever, args=(0.01,))
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()

    @property
    def port(self) -> int:
        return int(self._server.server_address[1])

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    @property
    def sha256(self) -> str:
        return hashlib.sha256(self.content).hexdigest()

    def gets(self) -> list[Seen]:
        """The downloads, without the redirects before them."""
        return [seen for seen in self.seen if seen.method == "GET" and seen.path == "/storage"]


class _Handler(BaseHTTPRequestHandler):
    hub: Hub

    def do_HEAD(self) -> None:
        self._answer()

    def do_GET(self) -> None:
        self._answer()

    def _answer(self) -> None:
        hub = self.hub
        get = self.headers.get
        hub.seen.append(
            Seen(self.command, self.path, get("Host") or "", get("Authorization"), get("Range"))
        )
        if hub._statuses:
            self._head(hub._statuses.pop(0), {"Content-Length": "0"})
        elif self.path == hub.path:
            etag = (hub.sha256 if hub.honest else "0" * 64) if hub.hashed else hub.version
            self._head(
                302,
                {
                    # Another name for the same machine: storage is another host than the hub.
                    "Location": f"http://localhost:{hub.port}/storage",
                    "X-Linked-ETag": f'"{etag}"',
                    "X-Linked-Size": str(len(hub.content)),
                    "Content-Length": "0",
                },
            )
        elif self.path == "/storage":
            self._content()
        else:
            self._head(404, {"Content-Length": "0"})

    def _content(self) -> None:
        hub = self.hub
        start, status, extra = 0, 200, {}
        wanted = self.headers.get("Range")
        if wanted and hub.ranges:
            start = int(wanted.removeprefix("bytes=").rstrip("-"))
            status = 206
            extra = {"Content-Range": f"bytes {start}-{len(hub.content) - 1}/{len(hub.content)}"}
        body = hub.content[start:]
        self._head(status, {"Content-Length": str(len(body)), **extra})
        if self.command == "GET":
            self.wfile.write(body[: hub._cuts.pop(0)] if hub._cuts else body)
            self.close_connection = True

    def _head(self, status: int, headers: dict[str, str]) -> None:
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name, value)
        self.end_headers()

    def log_message(self, *_: Any) -> None:
        """Nothing on the terminal."""
