"""The one owner of transport retries: 429, 5xx, resets and timeouts, and nothing else.

A refusal, a wrong key and an unreadable answer are never asked again here. What the model wrote
is somebody else's to ask again: the two never multiply.
"""

from __future__ import annotations

import asyncio
import logging
import random
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from dateline.completion import Completer, Completion, CompletionRequest, Wrapping
from dateline.errors import CompletionError
from dateline.records import Usage

if TYPE_CHECKING:
    from tenacity import RetryCallState

    from dateline.config import ProviderConfig

log = logging.getLogger("dateline")

Sleep = Callable[[float], Awaitable[None]]


@dataclass(frozen=True, slots=True)
class RetrySettings:
    """How long to go on asking.

    Attributes:
        attempts: calls at most, the first one included.
        seconds: calling, and waiting between calls, at most; time in a queue for room or for the
            limits a minute does not count. A wait that would pass it is not begun, so a long
            ``Retry-After`` fails at once.
        first_wait_s: the bound of the first wait; it doubles from wait to wait. The wait itself
            is anything below the bound ("full jitter"), so that clients which failed together
            do not come back together.
        longest_wait_s: where doubling stops. A ``Retry-After`` may be longer.

    Source: full jitter as in M. Brooker, "Exponential Backoff And Jitter", AWS Architecture
    Blog, 2015.
    """

    attempts: int = 5
    seconds: float = 300.0
    first_wait_s: float = 0.5
    longest_wait_s: float = 30.0

    @classmethod
    def of(cls, provider: ProviderConfig) -> RetrySettings:
        """The settings of a configured provider."""
        return cls(attempts=provider.attempts, seconds=provider.retry_s)


class Retrying(Wrapping):
    """A completer that asks another one again when it failed for a while only.

    Args:
        completer: who answers.
        settings: how long to go on.
        sleep: waits so many seconds.
        jitter: a number from 0 to 1, for each wait.
        on_retry: told each failure that will be asked again, and the wait in seconds before it:
            where a limit that adapts can learn that the server is overloaded.
    """

    def __init__(
        self,
        completer: Completer,
        settings: RetrySettings | None = None,
        *,
        sleep: Sleep = asyncio.sleep,
        jitter: Callable[[], float] = random.random,
        on_retry: Callable[[CompletionError, float], None] | None = None,
    ) -> None:
        super().__init__(completer)
        self._settings = settings or RetrySettings()
        self._sleep = sleep
        self._jitter = jitter
        self._on_retry = on_retry

    async def complete(self, request: CompletionRequest) -> Completion:
        """Ask, and ask again while that may help.

        The usage of failed calls is added to the answer's, or to the error's ``usage``.

        Raises:
            CompletionError: the last one, when the attempts or the time are used up, or the
                first that asking again cannot mend.
        """
        # tenacity costs ten times as much as the rest of this layer: most calls never need it.
        try:
            return await self._inner.complete(request)
        except CompletionError as error:
            if not error.retryable or self._settings.attempts == 1:
                raise
            first = error
        return await self._again(request, first)

    async def _again(self, request: CompletionRequest, first: CompletionError) -> Completion:
        from tenacity import AsyncRetrying, retry_if_exception

        failures: list[CompletionError] = []

        async def attempt() -> Completion:
            if not failures:
                failures.append(first)
                raise first
            try:
                return await self._inner.complete(request)
            except CompletionError as error:
                failures.append(error)
                raise

        retrying = AsyncRetrying(
            retry=retry_if_exception(
                lambda error: isinstance(error, CompletionError) and error.retryable
            ),
            stop=lambda state: self._is_over(state, failures),
            wait=self._wait_s,
            sleep=self._sleep,
            before_sleep=self._tell,
            reraise=True,
        )
        try:
            completion: Completion = await retrying(attempt)
        except CompletionError as error:
            error.usage = _sum(failures)
            raise
        spent = _sum(failures)
        return replace(completion, usage=completion.usage + spent) if spent else completion

    def _wait_s(self, state: RetryCallState) -> float:
        """Seconds to wait: what the server asked for, and some more to spread its clients."""
        settings = self._settings
        asked = _failure(state).retry_after_s
        if asked is not None:
            return asked + self._jitter() * settings.first_wait_s
        doubled = settings.first_wait_s * 2.0 ** min(state.attempt_number - 1, 32)
        return self._jitter() * min(doubled, settings.longest_wait_s)

    def _is_over(self, state: RetryCallState, failures: list[CompletionError]) -> bool:
        if state.attempt_number >= self._settings.attempts:
            return True
        spent = _sum(failures)
        called = spent.seconds if spent else 0.0
        return called + state.idle_for + state.upcoming_sleep > self._settings.seconds

    def _tell(self, state: RetryCallState) -> None:
        error = _failure(state)
        log.info(
            "%s failed (%s); attempt %d follows in %.1f s",
            self.name,
            error.code,
            state.attempt_number + 1,
            state.upcoming_sleep,
        )
        if self._on_retry is not None:
            self._on_retry(error, state.upcoming_sleep)


def _failure(state: RetryCallState) -> CompletionError:
    error = state.outcome.exception() if state.outcome else None
    if not isinstance(error, CompletionError):
        raise AssertionError("only failed calls are retried")
    return error


def _sum(failures: list[CompletionError]) -> Usage | None:
    """What the failed calls cost, where any of them knows."""
    known = [error.usage for error in failures if isinstance(error.usage, Usage)]
    return sum(known[1:], start=known[0]) if known else None
