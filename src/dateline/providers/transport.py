"""The seam to the network: what the openai client would send, sent by aiohttp.

Where a request goes and which headers it has, its authentication among them, is the openai
client's to say. It says so once, to a transport that sends nothing; every call repeats it with a
body of its own, over connections of aiohttp. The client's way of a call takes four times the CPU
time, nearly all of it to build again what is the same for every call.
"""

from __future__ import annotations

import asyncio
import atexit
import io
import weakref
from collections.abc import Mapping, MutableMapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import urlsplit
from urllib.request import getproxies, proxy_bypass

from dateline.errors import ConfigError
from dateline.providers.exceptions import AnswerTooLarge

if TYPE_CHECKING:
    import aiohttp

MAX_ANSWER_BYTES: Final = 16 * 2**20
_CONNECT_S: Final = 10.0
_KEPT_ALIVE_S: Final = 5.0
"""As long as the openai client keeps a connection that is not in use."""
_LARGE_BODY_BYTES: Final = 2**20
"""Above this, aiohttp sends a body in pieces."""
_LONGEST_HEADER_BYTES: Final = 2**16
"""aiohttp's own bound is met by real gateways, and the answer behind such a header is paid for."""
_LAST_CLOSE_S: Final = 1.0


class NotPrepared(Exception):
    """The client could not say what it would send; its own exception is the cause."""


class _Kept(BaseException):
    """Ends the client's call once it has said what it would send.

    No ``Exception``, which the client would log, as it would an answer: nothing was asked.
    """


@dataclass(frozen=True, slots=True)
class Answered:
    """What came back: names of ``headers`` are looked up in any case; the body is unpacked."""

    status: int
    headers: Mapping[str, str]
    body: bytes


@dataclass(frozen=True, slots=True)
class Head:
    """Everything of a request but its body.

    Attributes:
        url: where it goes, escaped as it is sent; without credentials, which stand in a header.
        headers: all but those that say how long the body is.
        server_name: to ask for in TLS, where that is not the host's.
    """

    url: str
    headers: tuple[tuple[str, str], ...]
    server_name: str | None = None


class DryClient:
    """An openai client that tells what it would send, and sends nothing.

    Args:
        options: of ``openai.OpenAI``.

    Raises:
        NotPrepared: the client does not take them.
    """

    def __init__(self, **options: Any) -> None:
        import openai

        library = _http_library()
        self._sent: Any = None
        try:
            # Neither certificates nor the settings of proxies are needed.
            http_client = library.Client(
                transport=library.MockTransport(self._keep), trust_env=False
            )
            self._client = openai.OpenAI(max_retries=0, http_client=http_client, **options)
        except Exception as error:
            raise NotPrepared from error

    @property
    def base_url(self) -> str:
        """The URL that the client was given or has by itself, without a slash at its end."""
        return str(self._client.base_url).rstrip("/")

    def head(self, url: str, *, without: Sequence[str] = ()) -> Head:
        """What the client sends before a body that it posts.

        Args:
            url: whole.
            without: headers that are to be left out.

        Raises:
            NotPrepared: a header or the URL cannot be sent.
        """
        import openai

        options: Any = {"headers": {name: openai.Omit() for name in without}}
        try:
            self._client.post(url, cast_to=object, body={}, options=options)
        except _Kept:
            pass
        except Exception as error:
            raise NotPrepared from error
        sent, self._sent = self._sent, None
        headers = [
            (name, value)
            for name, value in sent.headers.multi_items()
            if name.lower() not in {"content-length", "transfer-encoding"}
        ]
        bare = sent.url.copy_with(username=None, password=None)
        return Head(str(bare), tuple(headers), sent.extensions.get("sni_hostname"))

    def _keep(self, request: Any) -> Any:
        self._sent = request
        raise _Kept


class Connections:
    """Connections to one server, kept for use again: each event loop has its own.

    Nobody has to close them. What is left of them goes with this object, with its event loop, or
    when the process ends.

    Args:
        timeout_s: until a connection stands, ten seconds at most.
        most: connections at once.
        secure: the server speaks TLS.
        proxy: to go through; see ``proxy_for``.
    """

    def __init__(
        self, *, timeout_s: float, most: int, secure: bool, proxy: str | None = None
    ) -> None:
        self._connect_s = min(_CONNECT_S, timeout_s)
        self._most = most
        self._tls: Any = _trusted() if secure else True
        self._proxy = proxy
        self._sessions: _Sessions = {}
        weakref.finalize(self, _let_go, self._sessions).atexit = False
        _standing.add(self)

    async def post(
        self, head: Head, body: bytes, extra: Mapping[str, str] | None = None
    ) -> Answered:
        """Send one request and read its whole answer, of any status; nothing is sent twice.

        Args:
            head: URL and headers.
            body: as it is sent.
            extra: headers of this request alone, instead of those of the same name.

        Raises:
            AnswerTooLarge: reading was given up.
            aiohttp.ClientError, OSError: there was no whole answer; see ``exceptions.EXCEPTIONS``.
        """
        from multidict import CIMultiDict
        from yarl import URL

        headers = CIMultiDict(head.headers)
        if extra:
            headers.update(extra)
        async with self._opened().post(
            URL(head.url, encoded=True),
            data=body if len(body) <= _LARGE_BODY_BYTES else io.BytesIO(body),
            headers=headers,
            allow_redirects=False,
            proxy=self._proxy,
            server_hostname=head.server_name,
        ) as response:
            pieces: list[bytes] = []
            size = 0
            async for piece in response.content.iter_any():
                pieces.append(piece)
                size += len(piece)
                if size > MAX_ANSWER_BYTES:
                    raise AnswerTooLarge(MAX_ANSWER_BYTES)
            return Answered(response.status, response.headers, b"".join(pieces))

    async def aclose(self) -> None:
        """Close those of this event loop. A later call opens new ones."""
        session = self._sessions.pop(asyncio.get_running_loop(), None)
        if session is not None:
            await session.close()

    def _opened(self) -> aiohttp.ClientSession:
        loop = asyncio.get_running_loop()
        session = self._sessions.get(loop)
        if session is None:
            import aiohttp

            for other in [*self._sessions]:
                if other.is_closed() and (left := self._sessions.pop(other, None)) is not None:
                    _close(left)
            session = self._sessions[loop] = aiohttp.ClientSession(
                connector=aiohttp.TCPConnector(
                    limit=self._most, keepalive_timeout=_KEPT_ALIVE_S, ssl=self._tls
                ),
                # How long the whole call may take is bounded by who makes it.
                timeout=aiohttp.ClientTimeout(total=None, sock_connect=self._connect_s),
                max_line_size=_LONGEST_HEADER_BYTES,
                max_field_size=_LONGEST_HEADER_BYTES,
            )
        return session


_Sessions = MutableMapping[asyncio.AbstractEventLoop, "aiohttp.ClientSession"]

_standing: weakref.WeakSet[Connections] = weakref.WeakSet()


def _let_go(sessions: _Sessions) -> None:
    """Close sessions that nobody will use again, from any thread and without waiting."""
    for loop, session in [*sessions.items()]:
        sessions.pop(loop, None)
        if loop.is_running() and loop is not _here():
            with suppress(RuntimeError):  # It was closed meanwhile.
                loop.call_soon_threadsafe(_close, session)
        else:
            _close(session)


def _close(session: aiohttp.ClientSession) -> None:
    """Close a session on its own event loop, or on none, as far as that goes at once."""
    closing = session.close()
    with suppress(StopIteration):
        closing.send(None)
    closing.close()


def _here() -> asyncio.AbstractEventLoop | None:
    try:
        return asyncio.get_running_loop()
    except RuntimeError:
        return None


@atexit.register
def _close_all() -> None:
    """Close what is left while the event loops of other threads still run."""
    for connections in [*_standing]:
        for loop, session in [*connections._sessions.items()]:
            connections._sessions.pop(loop, None)
            if loop.is_running():
                with suppress(Exception):
                    asyncio.run_coroutine_threadsafe(session.close(), loop).result(_LAST_CLOSE_S)
            else:
                _close(session)


def proxy_for(url: str) -> str | None:
    """The proxy that the environment names for a URL (HTTPS_PROXY, NO_PROXY and the like).

    Raises:
        ConfigError: it is one of a kind that cannot be used.
    """
    parts = urlsplit(url)
    host = parts.netloc.rpartition("@")[2]
    proxies = getproxies()
    proxy = proxies.get(parts.scheme) or proxies.get("all")
    if not proxy or proxy_bypass(host) or proxy_bypass(parts.hostname or ""):
        return None
    if "://" not in proxy:
        proxy = f"http://{proxy}"
    scheme = urlsplit(proxy).scheme
    if scheme not in {"http", "https"}:
        raise ConfigError(
            f"a proxy of the kind {scheme} cannot be used",
            where=f"the environment variable {parts.scheme.upper()}_PROXY or ALL_PROXY",
            remedy="Name an HTTP proxy, or except the server in NO_PROXY.",
        )
    return proxy


def _trusted() -> Any:
    """The certificates that the openai client trusts; reading them takes a while."""
    try:
        return _http_library().create_ssl_context()
    except OSError as error:
        reason = type(error).__name__
    raise ConfigError(
        f"the certificates to trust cannot be read ({reason})",
        where="the environment variable SSL_CERT_FILE or SSL_CERT_DIR",
        remedy="Name a file or folder of PEM certificates, or unset the variable.",
    )


def _http_library() -> Any:
    """The HTTP library that this openai runs on: httpx, since 3.0 httpx2."""
    import openai

    client = next(base for base in openai.DefaultHttpxClient.__mro__ if base.__name__ == "Client")
    return __import__(client.__module__.partition(".")[0])
