"""The HTTP client under the openai client: aiohttp where there is one, answers of bounded size."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING, Any

from dateline.providers.faults import AnswerTooLarge

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

log = logging.getLogger("dateline")

MAX_ANSWER_BYTES = 16 * 2**20
MAX_PACKED_BYTES = 2**20
"""A compressed answer may grow a thousandfold; compression is not asked for."""


def http_client(*, timeout: Any, max_connections: int) -> Any:
    """Return an async HTTP client for ``openai.AsyncOpenAI(http_client=...)``.

    openai brings aiohttp as a transport, at a third of its default transport's CPU time. Where
    that is not installed or does not start, the default transport serves.

    Args:
        timeout: an ``openai.Timeout``.
        max_connections: at most so many connections at once.
    """
    import openai

    library = response_type().__module__.partition(".")[0]
    limits = __import__(library).Limits(
        max_connections=max_connections, max_keepalive_connections=max_connections
    )
    options: dict[str, Any] = {
        "timeout": timeout,
        "limits": limits,
        "follow_redirects": False,
        "event_hooks": {"response": [_bounding(library)]},
    }
    try:
        return openai.DefaultAioHttpClient(**options)
    except (RuntimeError, ImportError, TypeError) as error:
        log.debug("aiohttp cannot be used (%s); using the default transport", error)
        return openai.DefaultAsyncHttpxClient(**options)


def response_type() -> Any:
    """The response class of the HTTP library that this openai runs on: httpx, since 3.0 httpx2."""
    import openai

    bases = openai.DefaultAsyncHttpxClient.__mro__
    client = next(base for base in bases if base.__name__ == "AsyncClient")
    return __import__(client.__module__.partition(".")[0]).Response


def _bounding(library: str) -> Any:
    """A response hook that makes reading a body beyond its limit an error."""
    base: Any = __import__(library).AsyncByteStream

    class BoundedStream(base):  # type: ignore[misc]  # the base is known at run time only
        def __init__(self, stream: Any, limit: int) -> None:
            self._stream = stream
            self._limit = limit

        async def __aiter__(self) -> AsyncIterator[bytes]:
            size = 0
            async for chunk in self._stream:
                size += len(chunk)
                if size > self._limit:
                    raise AnswerTooLarge(self._limit)
                yield chunk

        async def aclose(self) -> None:
            await self._stream.aclose()

    async def bound(response: Any) -> None:
        packed = response.headers.get("content-encoding", "identity") != "identity"
        limit = MAX_PACKED_BYTES if packed else MAX_ANSWER_BYTES
        response.stream = BoundedStream(response.stream, limit)

    return bound
