"""The llama.cpp server in this process: started once for each model, shared, and stopped cleanly.

Three facts about xllamacpp decide how it is stopped. Its destructor waits for answers under way,
while it holds the interpreter, so their connections are cut first. Left to the end of the
interpreter it crashes, so ``atexit`` stops it before. In a child that was forked after a start
its threads do not exist, and whatever waits for them waits for ever or crashes: there nothing of
it is destroyed or started, and asking is an error that says so.
"""

from __future__ import annotations

import asyncio
import atexit
import contextlib
import http.client
import importlib.util
import io
import os
import secrets
import socket
import threading
import weakref
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from dateline.errors import ConfigError, ModelError

_BATCH = 256
"""Tokens of a prompt that are read at a time; a cancelled call ends after at most one batch."""
_LIMIT = 64 << 20
"""No answer is longer than this, in bytes."""


@dataclass(frozen=True, slots=True)
class ServerSettings:
    """What makes two servers the same server. ``context_tokens`` is for each answer under way."""

    path: Path
    context_tokens: int = 8192
    parallel: int = 1
    threads: int = 1
    gpu_layers: int = 0


def default_threads() -> int:
    """One less than the cores of this process: with all of them busy, llama.cpp stalls."""
    try:
        cores = len(os.sched_getaffinity(0))
    except AttributeError:  # not on macOS and Windows
        cores = os.cpu_count() or 1
    return max(1, cores - 1)


def require_runtime() -> None:
    """Raise unless xllamacpp is installed.

    Raises:
        ConfigError: it is not.
    """
    if importlib.util.find_spec("xllamacpp") is None:
        raise ConfigError(
            "the embedded models need xllamacpp, which is not installed",
            remedy='Run: pip install "dateline[local]"',
        )


class EmbeddedServer:
    """A running server on a free loopback port, for whoever holds it.

    Use ``hold`` and ``release``; the last one to release stops it.
    """

    def __init__(self, settings: ServerSettings) -> None:
        self.settings = settings
        self.holders = 0
        self.pid = os.getpid()
        self._key = secrets.token_hex(16)
        self._starting = threading.Lock()
        self._server: Any = None
        self._host, self._port = "127.0.0.1", 0
        self._sockets: set[Any] = set()
        self._gates: weakref.WeakKeyDictionary[asyncio.AbstractEventLoop, asyncio.Semaphore] = (
            weakref.WeakKeyDictionary()
        )

    @property
    def running(self) -> bool:
        """Whether it answers."""
        return self._server is not None

    @property
    def address(self) -> str:
        """``http://127.0.0.1:PORT``."""
        return f"http://{self._host}:{self._port}"

    def gate(self) -> asyncio.Semaphore:
        """At most ``parallel`` answers under way on the running event loop."""
        loop = asyncio.get_running_loop()
        if (gate := self._gates.get(loop)) is None:
            gate = self._gates[loop] = asyncio.Semaphore(self.settings.parallel)
        return gate

    def start(self) -> None:
        """Load the model, unless that is done. Blocking.

        Raises:
            ModelError: llama.cpp cannot load it.
        """
        with self._starting:
            if self._server is not None:
                return
            import xllamacpp

            try:
                self._server = xllamacpp.Server(self._parameters(xllamacpp))
            except RuntimeError as error:
                raise ModelError(
                    "llama.cpp cannot load this model",
                    where=str(self.settings.path),
                    remedy="The file may be damaged, too large for the memory, or newer than the "
                    "installed xllamacpp; a smaller context_tokens needs less memory.",
                ) from error
            self._port = int(str(self._server.listening_address).rpartition(":")[2].strip("/"))

    async def post(self, path: str, body: bytes) -> tuple[int, bytes]:
        """Send one request, return status and body. Cancelling it cancels the answer.

        Raises:
            OSError: the server is gone.
            http.client.HTTPException: the connection was cut.
        """
        reader, writer = await asyncio.open_connection(self._host, self._port)
        connection = writer.get_extra_info("socket")
        self._sockets.add(connection)
        try:
            writer.write(
                b"POST %b HTTP/1.1\r\nHost: %b\r\nAuthorization: Bearer %b\r\n"
                b"Content-Type: application/json\r\nContent-Length: %d\r\n"
                b"Connection: close\r\n\r\n%b"
                % (path.encode(), self._host.encode(), self._key.encode(), len(body), body)
            )
            data = await reader.read(_LIMIT)
            while len(data) < _LIMIT and (more := await reader.read(_LIMIT - len(data))):
                data += more
        finally:
            self._sockets.discard(connection)
            writer.transport.abort()
        return _parsed(data)

    def stop(self) -> None:
        """Cut what is under way, stop, and free the memory. Blocking; safe to repeat."""
        if self.pid != os.getpid():
            return
        with self._starting:
            for connection in list(self._sockets):
                with contextlib.suppress(OSError):
                    connection.shutdown(socket.SHUT_RDWR)
            # The last reference: xllamacpp has no other way to stop.
            self._server = None

    def leak(self) -> None:
        """Never destroy the server: what a forked child does with its parent's."""
        if self._server is not None:
            import ctypes

            ctypes.pythonapi.Py_IncRef(ctypes.py_object(self._server))

    def _parameters(self, xllamacpp: Any) -> Any:
        wanted = self.settings
        p = xllamacpp.CommonParams()
        p.model.path = str(wanted.path)
        p.n_ctx = wanted.context_tokens * wanted.parallel
        p.n_parallel = wanted.parallel
        p.n_batch = p.n_ubatch = _BATCH
        p.n_gpu_layers = wanted.gpu_layers
        p.cpuparams.n_threads = p.cpuparams_batch.n_threads = wanted.threads
        p.hostnames, p.port = [self._host], 0
        p.api_keys = [self._key]  # the loopback interface belongs to every user of the machine
        p.cache_ram_mib = 0
        p.ui = p.endpoint_slots = p.warmup = False
        p.offline = True
        p.verbosity = -1  # nothing on the user's terminal, not even errors: they come as answers
        return p


_lock = threading.Lock()
_servers: dict[ServerSettings, EmbeddedServer] = {}
_registered = False
_ending = False
_forked = False


def hold(settings: ServerSettings) -> EmbeddedServer:
    """Return the process's server for these settings; it starts with ``start``.

    Raises:
        ModelError: the process was forked after a server had been started, or it is ending and
            no server may outlive that.
    """
    global _registered
    with _lock:
        if _forked:
            raise ModelError(
                "the embedded model cannot be used in a process that was forked after it had "
                "been started",
                remedy='Start processes with multiprocessing\'s "spawn" or "forkserver", or '
                "run a llama.cpp server of its own as an openai-compatible provider.",
            )
        if _ending:
            raise ModelError("no embedded server is started while the process ends")
        if not _registered:
            _registered = True
            atexit.register(_stop_all)
            if hasattr(os, "register_at_fork"):
                os.register_at_fork(after_in_child=_forget_all)
        server = _servers.get(settings)
        if server is None:
            server = _servers[settings] = EmbeddedServer(settings)
        server.holders += 1
        return server


def release(server: EmbeddedServer) -> None:
    """Give a server back; the last holder stops it. Blocking."""
    with _lock:
        server.holders -= 1
        if server.holders > 0:
            return
        if _servers.get(server.settings) is server:
            del _servers[server.settings]
    server.stop()


def _stop_all() -> None:
    global _ending
    with _lock:
        _ending = True
        servers = list(_servers.values())
        _servers.clear()
    for server in servers:
        server.stop()


def _forget_all() -> None:
    """In a forked child: leave what is the parent's alone, to the end of the process."""
    global _lock, _forked
    # The parent may have held it when it forked.
    _lock, _forked = threading.Lock(), True
    for server in _servers.values():
        server.leak()
    _servers.clear()
    _end_without_destructors()


def _end_without_destructors() -> None:
    """Have this process end before llama.cpp's static destructors run; they would crash it.

    glibc calls ``_exit(status)`` in place of what was registered earlier. Elsewhere such a child
    should end with ``os._exit``, as those of multiprocessing do.
    """
    import ctypes

    with contextlib.suppress(OSError, AttributeError):
        libc = ctypes.CDLL(None)
        libc.on_exit(libc._exit, None)


class _Received:
    """Bytes that ``http.client`` reads as if from a socket."""

    def __init__(self, data: bytes) -> None:
        self._data = data

    def makefile(self, _mode: str) -> io.BytesIO:
        return io.BytesIO(self._data)


def _parsed(data: bytes) -> tuple[int, bytes]:
    response = http.client.HTTPResponse(_Received(data))  # type: ignore[arg-type]  # makefile is all it uses
    response.begin()
    return response.status, response.read()
