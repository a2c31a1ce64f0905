"""How much may be asked of a provider at once, and in a minute.

Two independent parts: a gate (``dateline.gates``) bounds how many calls are in flight, a pace
bounds requests and tokens a minute.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from dateline.completion import Completer, Completion, CompletionRequest, Wrapping
from dateline.errors import CompletionError
from dateline.gates import AdaptiveGate, FixedGate, Gate

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
    """``concurrency`` calls in flight, at most where the gate is ``adaptive``; requests and tokens
    a minute where they are bounded."""

    concurrency: int = 32
    requests_per_minute: float | None = None
    tokens_per_minute: float | None = None
    adaptive: bool = False

    @classmethod
    def of(cls, provider: ProviderConfig) -> LimitSettings:
        """The settings of a configured provider."""
        return cls(
            concurrency=provider.max_concurrency,
            requests_per_minute=provider.requests_per_minute,
            tokens_per_minute=provider.tokens_per_minute,
            adaptive=provider.adapts,
        )


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


class Limited(Wrapping):
    """A completer that keeps another one within limits.

    Args:
        completer: who answers. Retries stand in front of this, ``Retrying(Limited(provider))``:
            a call that waits to be asked again leaves its room to others, and every attempt
            counts against the limits a minute, as servers count them.
        settings: the limits.
        gate: instead of the one that the settings name.
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
        super().__init__(completer)
        kind = AdaptiveGate if settings.adaptive else FixedGate
        self._gate: Gate = gate or kind(settings.concurrency)
        requests, tokens = settings.requests_per_minute, settings.tokens_per_minute
        self._requests = Pace(requests, clock=clock, sleep=sleep) if requests else None
        self._tokens = Pace(tokens, clock=clock, sleep=sleep) if tokens else None

    async def complete(self, request: CompletionRequest) -> Completion:
        """Ask when the limits allow it.

        Raises:
            CompletionError: as the other completer does.
        """
        number = await self._gate.enter()
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
                if self._tokens is not None and error.status is not None:
                    # What a server declines is not counted in tokens.
                    self._tokens.correct(_used(error) - reserved)
                raise
            if self._tokens is not None and (used := _used(outcome)):
                self._tokens.correct(used - reserved)
            return outcome
        finally:
            self._gate.leave(outcome, number)


def expected_tokens(request: CompletionRequest) -> int:
    """Tokens to reserve before a call: what is sent, and a quarter of the longest answer."""
    chars = sum(len(message.content) for message in request.all_messages)
    return chars // CHARS_PER_TOKEN + (request.sampling.max_tokens or 0) // 4


def _used(outcome: Completion | CompletionError) -> int:
    usage = outcome.usage
    return usage.input_tokens + usage.output_tokens if usage is not None else 0
