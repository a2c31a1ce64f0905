"""How many calls are in flight: a fixed number, or one learned from the server's answers."""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import Callable
from typing import Any, Protocol

from dateline.completion import Completion
from dateline.errors import CompletionError, RateLimited

START = 20
"""Calls in flight before anything is known about the server."""
CUT = 0.8
GROWTH = 0.05
COOL_DOWN_S = 15.0
USED = 0.8
"""The part of the limit that must be in use: an answer says nothing about room that is not used."""
LONGEST_PAUSE_S = 30.0
OVERLOADED = (429, 503, 529)
_CRUMB = 1e-6  # Sums of twentieths end a hair below whole numbers.

Outcome = Completion | CompletionError | None
Clock = Callable[[], float]
Later = Callable[[float, Callable[[], None]], Any]


class Gate(Protocol):
    """Lets so many calls in at a time, and is told how each of them ended."""

    async def enter(self) -> int:
        """Wait until there is room, first come first served. Returns the call's number."""
        ...

    def leave(self, outcome: Outcome, number: int) -> None:
        """Make room again. ``outcome`` is None for a call that was cancelled; ``number`` is what
        ``enter`` returned."""
        ...


class FixedGate:
    """The same number of calls all the time. Starts anew on another event loop."""

    def __init__(self, concurrency: int) -> None:
        self._concurrency = concurrency
        self._loop: asyncio.AbstractEventLoop | None = None
        self._room = asyncio.Semaphore(concurrency)

    async def enter(self) -> int:
        """Wait until there is room, first come first served."""
        loop = asyncio.get_running_loop()
        if self._loop is not loop:
            # What waited on a loop that has ended will not leave any more.
            self._loop, self._room = loop, asyncio.Semaphore(self._concurrency)
        await self._room.acquire()
        return 0

    def leave(
        self,
        outcome: Outcome,  # noqa: ARG002  # of use to other gates
        number: int = 0,  # noqa: ARG002
    ) -> None:
        """Make room again."""
        self._room.release()


class AdaptiveGate:
    """As many calls as the server takes: additive increase, multiplicative decrease.

    It begins with 20 calls in flight and doubles with every round of answers until the server
    first says that it is overloaded (429, 503, 529). From then on it grows by a twentieth a
    round. An overload cuts it by a fifth, once for all calls that were in flight then, and it
    does not grow for 15 seconds, or as long as ``Retry-After`` says if that is longer. It grows
    only while four fifths of it are in use.

    When calls that were sent after a cut are declined too, and none was answered in between, the
    server takes nothing at the moment: nothing is let in until ``Retry-After`` has passed, or for
    a time that doubles from one second to thirty.

    Safe on one event loop at a time; on another one it keeps what it has learned.

    Args:
        most: calls in flight at most.
        start: calls in flight at first.
        clock: seconds, monotonic.
        later: calls a function after so many seconds.

    Source: the rules of TCP congestion control, V. Jacobson, "Congestion Avoidance and Control",
    SIGCOMM 1988, with milder steps.
    """

    def __init__(
        self,
        most: int,
        *,
        start: int = START,
        clock: Clock | None = None,
        later: Later | None = None,
    ) -> None:
        self._most = most
        self._limit = float(max(1, min(start, most)))
        self._clock = clock or (lambda: asyncio.get_running_loop().time())
        self._later = later or (lambda s, call: asyncio.get_running_loop().call_later(s, call))
        self._loop: asyncio.AbstractEventLoop | None = None
        self._waiting: deque[asyncio.Future[None]] = deque()
        self._flying = 0
        self._entered = 0
        self._cut_at = 0
        self._cuts_in_a_row = 0
        self._doubling = True
        self._grows_from = float("-inf")
        self._closed_until = float("-inf")

    @property
    def limit(self) -> int:
        """Calls that may be in flight now."""
        return int(self._limit + _CRUMB)

    @property
    def in_flight(self) -> int:
        """Calls that are in flight now."""
        return self._flying

    async def enter(self) -> int:
        """Wait until there is room, first come first served."""
        loop = asyncio.get_running_loop()
        if self._loop is not loop:
            # What waited on a loop that has ended will not leave any more; clocks may differ.
            self._loop, self._flying = loop, 0
            self._waiting.clear()
            self._grows_from = self._closed_until = float("-inf")
        if self._waiting or not self._has_room():
            await self._turn(loop)
        else:
            self._flying += 1
        self._entered += 1
        return self._entered

    def leave(self, outcome: Outcome, number: int) -> None:
        """Make room again, and learn from how the call ended."""
        if _is_overload(outcome):
            self._shrink(outcome, number)
        elif isinstance(outcome, Completion):
            self._cuts_in_a_row = 0
            self._grow()
        self._flying -= 1
        self._let_in()

    async def _turn(self, loop: asyncio.AbstractEventLoop) -> None:
        turn: asyncio.Future[None] = loop.create_future()
        self._waiting.append(turn)
        try:
            await turn
        except asyncio.CancelledError:
            if turn.done() and not turn.cancelled():
                # It had been let in just before it gave up.
                self._flying -= 1
                self._let_in()
            raise

    def _has_room(self) -> bool:
        return self._flying < self.limit and self._clock() >= self._closed_until

    def _let_in(self) -> None:
        while self._waiting and self._has_room():
            turn = self._waiting.popleft()
            if not turn.done():
                self._flying += 1
                turn.set_result(None)

    def _grow(self) -> None:
        if self._flying < USED * self.limit or self._clock() < self._grows_from:
            return
        # A round has as many answers as there are calls in flight.
        self._limit = min(float(self._most), self._limit + (1.0 if self._doubling else GROWTH))

    def _shrink(self, outcome: Outcome, number: int) -> None:
        now = self._clock()
        asked_s = getattr(outcome, "retry_after_s", None) or 0.0
        self._grows_from = max(self._grows_from, now + max(COOL_DOWN_S, asked_s))
        if number <= self._cut_at:
            return
        self._doubling = False
        self._limit = max(1.0, CUT * min(self._limit, float(self._flying)))
        self._cut_at = self._entered
        if self._cuts_in_a_row:
            pause = asked_s or min(2.0 ** (self._cuts_in_a_row - 1), LONGEST_PAUSE_S)
            self._closed_until = max(self._closed_until, now + pause)
            self._later(pause, self._let_in)
        self._cuts_in_a_row += 1


def _is_overload(outcome: Outcome) -> bool:
    return isinstance(outcome, RateLimited) or (
        isinstance(outcome, CompletionError) and outcome.status in OVERLOADED
    )
