"""How much may be asked of a provider at once, and in a minute.

Two independent parts: a gate bounds how many calls are in flight, a pace bounds requests and
tokens a minute. The gate is a protocol, so that one which learns from the server's answers can
take the place of the fixed one.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

from dateline.completion import Completer, Completion, CompletionRequest
from dateline.errors import CompletionError

if TYPE_CHECKING:
    from dateline.config import ProviderConfig

CHARS_PER_TOKEN = 4
"""A usual ratio for English; only for what is reserved before a call, and corrected after it."""
BURST_S = 6.0
"""So many seconds' worth may be used at once: at most a tenth above the limit in any minute."""

Sleep = Callable[[float], Awaitable[None]]
Clock = Callable[[], float]


@dataclass(frozen=True, slots=True)
class LimitSettings:
    """``concurrency`` calls in flight; requests and tokens a minute where they are bounded."""

    concurrency: int = 32
    requests_per_minute: float | None = None
    tokens_per_minute: float | None = None

    @classmethod
    def of(cls, provider: ProviderConfig) -> LimitSettings:
        """The settings of a configured provider."""
        return cls(
            concurrency=provider.max_concurrency,
            requests_per_minute=provider.requests_per_minute,
            tokens_per_minute=provider.tokens_per_minute,
        )


class Gate(Protocol):
    """Lets so many calls in at a time, and is told how each of them ended."""

    async def enter(self) -> None:
        """Wait until there is room, first come first served."""
        ...

    def leave(self, outcome: Completion | CompletionError | None) -> None:
        """Make room again. ``outcome`` is None for a call that was cancelled."""
        ...


class FixedGate:
    """The same number of calls all the time. Starts anew on another event loop."""

    def __init__(self, concurrency: int) -> None:
        self._concurrency = concurrency
        self._loop: asyncio.AbstractEventLoop | None = None
        self._room = asyncio.Semaphore(concurrency)

    async def enter(self) -> None:
        """Wait until there is room, first come first served."""
        loop = asyncio.get_running_loop()
        if self._loop is not loop:
            # What waited on a loop that has ended will not leave any more.
            self._loop, self._room = loop, asyncio.Semaphore(self._concurrency)
        await self._room.acquire()

    def leave(
        self,
        outcome: Completion | CompletionError | None,  # noqa: ARG002  # of use to other gates
    ) -> None:
        """Make room again."""
        self._room.release()


class Pace:
    """So many units a minute, spread evenly, first come first served.

    A virtual clock runs ahead by what each use costs and is caught up by time; a use waits while
    the clock is more than ``BURST_S`` ahead. A use that costs more than a burst waits until
    nothing is owed, so it is never stuck.

    Source: the generic cell rate algorithm, ITU-T I.371.

    Args:
        per_minute: units.
        clock: seconds, monotonic.
        sleep: waits so many seconds.
    """

    def __init__(
        self, per_minute: float, *, clock: Clock | None = None, sleep: Sleep = asyncio.sleep
    ) -> None:
        self._seconds_each = 60.0 / per_minute
        self._clock = clock or (lambda: asyncio.get_running_loop().time())
        self._sleep = sleep
        self._paid_until = float("-inf")

    async def use(self, units: float) -> None:
        """Wait until so many units may be used. A wait that is cancelled gives them back."""
        now = self._clock()
        cost = units * self._seconds_each
        owed_until = max(self._paid_until, now)
        start = owed_until - max(0.0, BURST_S - cost)
        self._paid_until = owed_until + cost
        if start > now:
            try:
                await self._sleep(start - now)
            except asyncio.CancelledError:
                self._paid_until -= cost
                raise

    def correct(self, units: float) -> None:
        """Add units that were used beyond those asked for, or give back (negative) unused ones."""
        self._paid_until += units * self._seconds_each


class Limited:
    """A completer that keeps another one within limits.

    Args:
        completer: who answers; with its retries, so that a call that waits to be asked again
            keeps its place in the gate and the pressure off the server.
        settings: the limits.
        gate: instead of a fixed one.
        clock, sleep: for the pace.
    """

    def __init__(
        self,
        completer: Completer,
        settings: LimitSettings | None = None,
        *,
        gate: Gate | None = None,
        clock: Clock | None = None,
        sleep: Sleep = asyncio.sleep,
    ) -> None:
        settings = settings or LimitSettings()
        self._inner = completer
        self._gate = gate or FixedGate(settings.concurrency)
        requests, tokens = settings.requests_per_minute, settings.tokens_per_minute
        self._requests = Pace(requests, clock=clock, sleep=sleep) if requests else None
        self._tokens = Pace(tokens, clock=clock, sleep=sleep) if tokens else None

    @property
    def name(self) -> str:
        """Of the completer that answers."""
        return self._inner.name

    @property
    def family(self) -> str:
        """Of the completer that answers."""
        return self._inner.family

    @property
    def model(self) -> str:
        """Of the completer that answers."""
        return self._inner.model

    async def complete(self, request: CompletionRequest) -> Completion:
        """Ask when the limits allow it.

        Raises:
            CompletionError: as the other completer does.
        """
        await self._gate.enter()
        outcome: Completion | CompletionError | None = None
        try:
            if self._requests is not None:
                await self._requests.use(1)
            reserved = 0
            if self._tokens is not None:
                reserved = expected_tokens(request)
                await self._tokens.use(reserved)
            try:
                outcome = await self._inner.complete(request)
            except CompletionError as error:
                outcome = error
                raise
            if self._tokens is not None and (used := _used(outcome)):
                self._tokens.correct(used - reserved)
            return outcome
        finally:
            self._gate.leave(outcome)

    async def aclose(self) -> None:
        """Close the other completer."""
        await self._inner.aclose()


def expected_tokens(request: CompletionRequest) -> int:
    """Tokens to reserve before a call: what is sent, and a quarter of the longest answer."""
    chars = sum(len(message.content) for message in request.all_messages)
    return chars // CHARS_PER_TOKEN + (request.sampling.max_tokens or 0) // 4


def _used(completion: Completion) -> int:
    return completion.usage.input_tokens + completion.usage.output_tokens
