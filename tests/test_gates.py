"""The gate that learns: how it grows, when it is cut, and who comes next."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Coroutine
from typing import Any

import pytest

from dateline.completion import Completion
from dateline.errors import CompletionError, RateLimited, Refused, Unavailable
from dateline.gates import COOL_DOWN_S, START, AdaptiveGate, FixedGate
from dateline.limits import Limited, LimitSettings
from dateline.providers import Scripted
from support.asking import request

ANSWER = Completion(text="{}")


class Time:
    """A clock that tests move; what was put off happens when its time has come."""

    def __init__(self) -> None:
        self.now = 100.0
        self.due: list[tuple[float, Callable[[], None]]] = []

    def __call__(self) -> float:
        return self.now

    def later(self, seconds: float, call: Callable[[], None]) -> None:
        self.due.append((self.now + seconds, call))

    def move(self, seconds: float) -> None:
        self.now += seconds
        for when, call in list(self.due):
            if when <= self.now:
                self.due.remove((when, call))
                call()


def gate(time: Time, most: int = 256, start: int = START) -> AdaptiveGate:
    return AdaptiveGate(most, start=start, clock=time, later=time.later)


def run(course: Callable[[], Coroutine[Any, Any, Any]]) -> Any:
    return asyncio.run(course())


async def fill(entered: AdaptiveGate) -> list[int]:
    """Let in as many as there is room for."""
    return [await entered.enter() for _ in range(entered.limit - entered.in_flight)]


async def answered(entered: AdaptiveGate) -> None:
    """One round: the gate is filled, and everything in it is answered while others wait."""
    numbers = await fill(entered)
    waiting = [asyncio.create_task(entered.enter()) for _ in range(3 * entered.limit)]
    await asyncio.sleep(0)
    for number in numbers:
        entered.leave(ANSWER, number)
    for task in waiting:
        task.cancel()
    await asyncio.wait(waiting)
    assert entered.in_flight == 0


def status(code: int) -> CompletionError:
    error = Unavailable("down")
    error.status = code
    return error


def test_it_begins_with_twenty_and_never_passes_what_is_configured() -> None:
    assert AdaptiveGate(256).limit == 20
    assert AdaptiveGate(4).limit == 4


def test_it_doubles_with_every_round_of_answers() -> None:
    async def course() -> list[int]:
        learning = gate(Time())
        limits = [learning.limit]
        for _ in range(5):
            await answered(learning)
            limits.append(learning.limit)
        return limits

    assert run(course) == [20, 40, 80, 160, 256, 256]


@pytest.mark.parametrize("overload", [RateLimited("slow"), status(503), status(529)])
def test_an_overload_cuts_it_by_a_fifth(overload: CompletionError) -> None:
    async def course() -> int:
        learning = gate(Time(), start=100)
        numbers = await fill(learning)
        learning.leave(overload, numbers[0])
        return learning.limit

    assert run(course) == 80


@pytest.mark.parametrize("outcome", [None, Refused("no"), Unavailable("cut"), status(500)])
def test_other_failures_and_cancelled_calls_leave_it_as_it_is(
    outcome: CompletionError | None,
) -> None:
    async def course() -> int:
        learning = gate(Time())
        for number in await fill(learning):
            learning.leave(outcome, number)
        return learning.limit

    assert run(course) == 20


def test_calls_that_were_in_flight_at_a_cut_do_not_cut_again() -> None:
    async def course() -> tuple[int, int]:
        learning = gate(Time(), start=100)
        numbers = await fill(learning)
        for number in numbers[:30]:
            learning.leave(RateLimited("slow"), number)
        after_first = learning.limit
        for number in numbers[30:]:
            learning.leave(ANSWER, number)
        numbers = await fill(learning)
        learning.leave(RateLimited("slow"), numbers[0])
        return after_first, learning.limit

    assert run(course) == (80, 64)


def test_after_a_cut_it_cools_down_and_then_grows_by_a_twentieth_a_round() -> None:
    async def course() -> list[int]:
        time = Time()
        learning = gate(time, start=100)
        numbers = await fill(learning)
        learning.leave(RateLimited("slow"), numbers[0])
        for number in numbers[1:]:
            learning.leave(ANSWER, number)
        time.move(COOL_DOWN_S - 0.1)
        await answered(learning)
        limits = [learning.limit]
        time.move(0.2)
        for _ in range(2):
            await answered(learning)
            limits.append(learning.limit)
        return limits

    assert run(course) == [80, 84, 88]


def test_retry_after_stretches_the_cool_down() -> None:
    async def course() -> list[int]:
        time = Time()
        learning = gate(time, start=100)
        numbers = await fill(learning)
        learning.leave(RateLimited("slow", retry_after_s=60), numbers[0])
        for number in numbers[1:]:
            learning.leave(ANSWER, number)
        limits = []
        for seconds in (30, 31):
            time.move(seconds)
            await answered(learning)
            limits.append(learning.limit)
        return limits

    assert run(course) == [80, 84]


def test_room_that_is_not_used_does_not_make_it_grow() -> None:
    async def course() -> int:
        learning = gate(Time())
        for _ in range(100):
            numbers = [await learning.enter() for _ in range(15)]
            for number in numbers:
                learning.leave(ANSWER, number)
        return learning.limit

    assert run(course) == 20


def test_first_come_first_served() -> None:
    async def course() -> list[int]:
        learning, order = gate(Time(), most=1), list[int]()

        async def one(place: int) -> None:
            number = await learning.enter()
            order.append(place)
            await asyncio.sleep(0)
            learning.leave(ANSWER, number)

        await asyncio.gather(*(one(place) for place in range(20)))
        return order

    assert run(course) == list(range(20))


def test_nothing_is_sent_to_a_server_that_takes_nothing() -> None:
    async def course() -> list[int]:
        time = Time()
        learning = gate(time, most=1)
        sent = []
        declined = RateLimited("slow", retry_after_s=20)
        for _ in range(2):
            learning.leave(declined, await learning.enter())
        waiting = asyncio.create_task(learning.enter())
        for seconds in (0, 19.9, 0.2):
            time.move(seconds)
            await asyncio.sleep(0)
            await asyncio.sleep(0)
            sent.append(learning.in_flight)
        learning.leave(ANSWER, await waiting)
        # One answer, and the next refusal is the first in a row again.
        learning.leave(declined, await learning.enter())
        await learning.enter()
        return [*sent, learning.in_flight]

    assert run(course) == [0, 0, 1, 1]


def test_without_retry_after_the_pauses_double_up_to_thirty_seconds() -> None:
    async def course() -> list[float]:
        time, pauses = Time(), list[float]()
        learning = gate(time, most=1)
        for _ in range(8):
            task = asyncio.create_task(learning.enter())
            await asyncio.sleep(0)
            if not task.done():
                (due, _) = time.due[0]
                pauses.append(due - time.now)
                time.move(due - time.now)
            learning.leave(RateLimited("slow"), await task)
        return pauses

    assert run(course) == pytest.approx([1, 2, 4, 8, 16, 30])


def test_one_who_gives_up_waiting_leaves_the_place_to_the_next() -> None:
    async def course() -> int:
        learning = gate(Time(), most=1)
        first = await learning.enter()
        impatient, patient = (asyncio.create_task(learning.enter()) for _ in range(2))
        await asyncio.sleep(0)
        learning.leave(ANSWER, first)
        impatient.cancel()  # It has been let in, but has not run yet.
        await asyncio.wait([impatient])
        async with asyncio.timeout(5):
            learning.leave(ANSWER, await patient)
        return learning.in_flight

    assert run(course) == 0


def test_it_goes_on_with_what_it_learned_on_another_event_loop() -> None:
    learning = AdaptiveGate(256)

    async def round_that_ends_early() -> None:
        await answered(learning)
        await fill(learning)

    asyncio.run(round_that_ends_early())
    asyncio.run(learning.enter())

    assert (learning.limit, learning.in_flight) == (40, 1)


@pytest.mark.parametrize(("adaptive", "kind"), [(True, AdaptiveGate), (False, FixedGate)])
def test_the_settings_choose_the_gate(adaptive: bool, kind: type) -> None:
    limited = Limited(Scripted([]), LimitSettings(adaptive=adaptive))

    assert type(limited._gate) is kind


def test_every_call_that_fails_leaves_the_gate() -> None:
    async def course() -> int:
        learning = gate(Time())
        limited = Limited(Scripted([Unavailable("down"), KeyError("x"), "{}"]), gate=learning)
        for error in (Unavailable, KeyError):
            with pytest.raises(error):
                await limited.complete(request())
        await limited.complete(request())
        return learning.in_flight

    assert run(course) == 0
