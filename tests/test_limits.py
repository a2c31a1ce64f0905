"""Limits: how many calls are in flight, and how many requests and tokens go out in a minute."""

from __future__ import annotations

import asyncio

import pytest

from dateline.completion import Completion, CompletionRequest, Sampling
from dateline.errors import CompletionError, Unavailable
from dateline.limits import BURST_S, Limited, LimitSettings, Pace, expected_tokens
from dateline.providers import Scripted
from dateline.records import Usage
from support.asking import request


class Time:
    """A clock that only sleeping moves."""

    def __init__(self) -> None:
        self.now = 100.0

    def __call__(self) -> float:
        return self.now

    async def sleep(self, seconds: float) -> None:
        self.now += seconds


def test_no_more_calls_than_allowed_are_in_flight() -> None:
    flying, most = 0, 0

    async def answer(_: CompletionRequest) -> str:
        nonlocal flying, most
        flying += 1
        most = max(most, flying)
        await asyncio.sleep(0)
        await asyncio.sleep(0)
        flying -= 1
        return "{}"

    async def many() -> None:
        limited = Limited(Scripted(answer), LimitSettings(concurrency=3))
        await asyncio.gather(*(limited.complete(request()) for _ in range(20)))

    asyncio.run(many())

    assert most == 3


def test_limits_hold_on_one_event_loop_after_another() -> None:
    limited = Limited(Scripted(["{}"], repeat=True, delay_s=0.001), LimitSettings(concurrency=1))

    async def several() -> int:
        return len(await asyncio.gather(*(limited.complete(request()) for _ in range(3))))

    assert [asyncio.run(several()) for _ in range(2)] == [3, 3]


def test_failed_and_cancelled_calls_make_room() -> None:
    async def several() -> str:
        scripted = Scripted([Unavailable("down"), "never", "{}"])
        limited = Limited(scripted, LimitSettings(concurrency=1))
        with pytest.raises(Unavailable):
            await limited.complete(request())
        scripted._delay_s = 60
        task = asyncio.create_task(limited.complete(request()))
        await asyncio.sleep(0)
        task.cancel()
        await asyncio.wait([task])
        scripted._delay_s = 0
        async with asyncio.timeout(5):
            return (await limited.complete(request())).text

    assert asyncio.run(several()) == "{}"


def test_a_gate_of_ones_own_is_told_how_calls_ended() -> None:
    class Watching:
        def __init__(self) -> None:
            self.outcomes: list[Completion | CompletionError | None] = []

        async def enter(self) -> int:
            return 0

        def leave(self, outcome: Completion | CompletionError | None, number: int) -> None:
            self.outcomes.append(outcome)

    gate, error = Watching(), Unavailable("down")

    async def two() -> None:
        limited = Limited(Scripted(["{}", error]), gate=gate)
        await limited.complete(request())
        with pytest.raises(Unavailable):
            await limited.complete(request())

    asyncio.run(two())

    assert isinstance(gate.outcomes[0], Completion)
    assert gate.outcomes[1] is error


def use(pace: Pace, *amounts: float) -> None:
    async def all_of_them() -> None:
        for amount in amounts:
            await pace.use(amount)

    asyncio.run(all_of_them())


def test_requests_are_spread_over_the_minute() -> None:
    time = Time()
    pace = Pace(60, clock=time, sleep=time.sleep)

    use(pace, *[1] * 60)

    assert time.now - 100 == pytest.approx(60 - BURST_S)


def test_a_pause_does_not_save_up_more_than_a_burst() -> None:
    time = Time()
    pace = Pace(60, clock=time, sleep=time.sleep)
    use(pace, 1)
    time.now += 3600
    started = time.now

    use(pace, *[1] * 60)

    assert time.now - started == pytest.approx(60 - BURST_S)


def test_a_use_larger_than_a_burst_goes_out_and_is_paid_for_afterwards() -> None:
    time = Time()
    pace = Pace(60, clock=time, sleep=time.sleep)

    use(pace, 30)
    first = time.now
    use(pace, 1)

    assert first == 100
    assert time.now - first == pytest.approx(30 - BURST_S + 1)


def test_a_slow_pace_lets_one_request_out_at_once() -> None:
    time = Time()
    pace = Pace(1, clock=time, sleep=time.sleep)

    use(pace, 1)
    first = time.now
    use(pace, 1)

    assert first == 100
    assert time.now == pytest.approx(160)


def test_a_cancelled_wait_gives_back_what_it_reserved() -> None:
    time = Time()

    async def gives_up(_: float) -> None:
        raise asyncio.CancelledError

    pace = Pace(60, clock=time, sleep=gives_up)
    use(pace, 6)
    with pytest.raises(asyncio.CancelledError):
        use(pace, 6)
    pace._sleep = time.sleep
    started = time.now

    use(pace, 1)

    assert time.now - started == pytest.approx(1)


def test_tokens_are_reserved_and_corrected_from_usage() -> None:
    time = Time()
    asked = request("x" * 400, sampling=Sampling(max_tokens=None))
    expected = expected_tokens(asked)
    answer = Completion(text="{}", usage=Usage(calls=1, input_tokens=900, output_tokens=300))
    settings = LimitSettings(concurrency=1, tokens_per_minute=600)

    async def two() -> None:
        limited = Limited(Scripted([answer, answer]), settings, clock=time, sleep=time.sleep)
        await limited.complete(asked)
        await limited.complete(asked)

    asyncio.run(two())

    # The first call used 1,200 tokens, two minutes' worth, whatever was reserved.
    assert time.now - 100 == pytest.approx(120 - max(0, BURST_S - expected / 10))


def test_without_limits_a_minute_nothing_waits() -> None:
    time = Time()

    async def many() -> None:
        limited = Limited(Scripted(["{}"], repeat=True), clock=time, sleep=time.sleep)
        for _ in range(100):
            await limited.complete(request())

    asyncio.run(many())

    assert time.now == 100
