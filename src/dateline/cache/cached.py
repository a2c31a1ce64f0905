"""A completer that asks only for what is not in the cache yet, and once at a time."""

from __future__ import annotations

import asyncio
import copy
import logging
from concurrent.futures import Future

from dateline.cache.entry import CachedFailure, as_cached, is_final
from dateline.cache.store import CompletionCache
from dateline.completion import Completer, Completion, CompletionRequest, Wrapping
from dateline.errors import CacheError, CompletionError
from dateline.records import Usage

log = logging.getLogger(__name__)

_FIRST_LOOK_S = 0.01
_LAST_LOOK_S = 0.25
_LONGEST_WAIT_S = 900.0
"""Longer than a call with all its retries takes: whoever holds the claim then is stuck."""

_flights: dict[tuple[str, str], Future[Completion | None]] = {}
"""Calls under way in this process, by cache folder and key. None means: given up, try yourself."""


class Cached(Wrapping):
    """A completer in front of another one: ``Cached(Retrying(Limited(provider)), cache)``.

    A hit comes back with ``cached=True`` and ``Usage(cached_calls=1)`` and touches neither limits
    nor retries. Identical requests under way at the same time, on any event loop of the process,
    share one call; so do those in other processes on the same folder. Refusals and truncations
    are stored too and raised again.

    A cache that cannot be used never costs an answer: one warning is logged, ``degraded`` says
    why, and requests go straight through.
    """

    def __init__(self, completer: Completer, cache: CompletionCache) -> None:
        super().__init__(completer)
        self._cache = cache
        self._folder = str(cache.folder.absolute())
        self._opened = False
        self.degraded: str | None = None

    @property
    def cache(self) -> CompletionCache:
        """The cache in use."""
        return self._cache

    async def complete(self, request: CompletionRequest) -> Completion:
        if not self._opened:
            await self._open()
        if self.degraded is not None:
            return await self._inner.complete(request)
        key = self._cache.key(request, family=self.family, model=self.model)
        while True:
            if (hit := self._hit(key)) is not None:
                return hit
            flight = _flights.get((self._folder, key))
            if flight is None:
                return await self._lead(key, request)
            try:
                shared = await asyncio.wrap_future(flight)
            except CompletionError as error:
                raise _unpaid(copy.copy(error)) from None
            if shared is not None:
                return as_cached(shared)

    async def aclose(self) -> None:
        """Write what is waiting, then close the completer behind."""
        try:
            await asyncio.to_thread(self._cache.flush)
        finally:
            self._cache.close()
            await self._inner.aclose()

    async def _open(self) -> None:
        try:
            await asyncio.to_thread(self._cache.open)
        except CacheError as error:
            if self.degraded is None:
                log.warning("%s Going on without a cache.", error)
            self.degraded = str(error)
        self._opened = True

    def _hit(self, key: str) -> Completion | None:
        answer = self._cache.get(key)
        if isinstance(answer, CachedFailure):
            raise _unpaid(answer.as_error())
        return answer

    async def _lead(self, key: str, request: CompletionRequest) -> Completion:
        flight: Future[Completion | None] = Future()
        # A running future cannot be cancelled by one of those who wait for it.
        flight.set_running_or_notify_cancel()
        _flights[self._folder, key] = flight
        claimed = stored = False
        try:
            claimed = await self._claim(key)
            # Whoever had the claim until now has stored an answer since this one was missed.
            completion = self._hit(key)
            if completion is None:
                completion = await self._inner.complete(request)
                stored = self._store(key, completion, request)
            flight.set_result(completion)
            return completion
        except CompletionError as error:
            if is_final(error):
                failure = CachedFailure(error.code, error.what, error.remedy, error.status)
                stored = self._store(key, failure, request)
            flight.set_exception(error)
            raise
        finally:
            del _flights[self._folder, key]
            if claimed and not stored:
                self._cache.release(key)
            if not flight.done():
                flight.set_result(None)

    async def _claim(self, key: str) -> bool:
        """Wait until no other process asks the same; False when that takes too long."""
        wait, waited = _FIRST_LOOK_S, 0.0
        while not self._cache.claim(key):
            if waited > _LONGEST_WAIT_S:
                log.warning("another process has been asking the same for long; asking as well")
                return False
            await asyncio.sleep(wait)
            waited += wait
            wait = min(wait * 2, _LAST_LOOK_S)
        return True

    def _store(
        self, key: str, answer: Completion | CachedFailure, request: CompletionRequest
    ) -> bool:
        """Store an answer; whether it will be on disk, and its claim given back, in a while."""
        if isinstance(answer, Completion) and answer.cached:
            return False
        try:
            return self._cache.put(key, answer, request, family=self.family, model=self.model)
        except CacheError as error:
            log.warning("%s The answer was not stored.", error)
            return False


def _unpaid(error: CompletionError) -> CompletionError:
    """The error, for somebody who did not pay for it."""
    error.usage = Usage(cached_calls=1)
    return error
