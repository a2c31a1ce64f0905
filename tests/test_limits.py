"""Limits: how many calls are in flight, and how many requests and tokens go out in a minute."""

from __future__ import annotations

import asyncio

import pytest

from dateline.completion import Completion, CompletionRequest, Sampling
from dateline.errors import CompletionError, RateLimited, Unavailable
from dateline.gates import FixedGate
from dateline.limits import BURST_S, Limited, LimitSettings, Pace, expected_tokens
from dateline.providers import Scripted
from dateline.records import Usage
from dateline.retry import Retrying, RetrySettings
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


def test_a_call_that_waits_to_be_asked_again_leaves_its_room_to_others() -> None:
    order: list[str] = []
    first_fails = iter([Unavailable("down")])

    async def answering(asked: CompletionRequest) -> str:
        order.append(asked.article_id)
        if asked.article_id == "a" and (error := next(first_fails, None)):
            raise error
        return "{}"

    async def wait(_: float) -> None:
        for _ in range(20):
            await asyncio.sleep(0)

    async def two() -> None:
        limited = Limited(Scripted(answering), LimitSettings(concurrency=1))
        retrying = Retrying(limited, sleep=wait)
        await asyncio.gather(*(retrying.complete(request(article_id=name)) for name in "ab"))

    asyncio.run(two())

    assert order == ["a", "b", "a"]


def test_every_attempt_counts_against_the_limit_a_minute() -> None:
    time = Time()
    scripted = Scripted([*[Unavailable("down")] * 3, "{}"])
    limited = Limited(scripted, LimitSettings(requests_per_minute=1), clock=time, sleep=time.sleep)

    asyncio.run(Retrying(limited, sleep=lambda _: asyncio.sleep(0)).complete(request()))

    assert len(scripted.requests) == 4
    assert time.now - 100 == pytest.approx(180)


def test_time_in_the_queue_does_not_use_up_the_time_for_retries() -> None:
    class Queue(FixedGate):
        async def enter(self) -> int:
            await asyncio.sleep(0.1)
            return await super().enter()

    limited = Limited(Scripted([*[Unavailable("down")] * 3, "{}"]), gate=Queue(1))
    retrying = Retrying(limited, RetrySettings(seconds=0.05), jitter=lambda: 0.0)

    assert asyncio.run(retrying.complete(request())).text == "{}"


def test_tokens_of_a_request_that_was_declined_are_given_back() -> None:
    time = Time()
    asked = request("x" * 4000, sampling=Sampling(max_tokens=None))
    settings = LimitSettings(tokens_per_minute=600)
    scripted = Scripted([*[RateLimited("slow")] * 5, "{}"])

    async def several() -> None:
        limited = Limited(scripted, settings, clock=time, sleep=time.sleep)
        for _ in range(5):
            with pytest.raises(RateLimited):
                await limited.complete(asked)
        await limited.complete(asked)

    asyncio.run(several())

    assert time.now - 100 == pytest.approx(0)


def test_a_server_that_takes_few_calls_is_asked_little_in_vain() -> None:
    capacity, flying, asked = 8, 0, 0

    async def answering(_: CompletionRequest) -> str:
        nonlocal flying, asked
        asked += 1
        if flying >= capacity:
            raise RateLimited("slow")
        flying += 1
        await asyncio.sleep(0.003)
        flying -= 1
        return "{}"

    async def many() -> list[Completion]:
        limited = Limited(Scripted(answering), LimitSettings(concurrency=64, adaptive=True))
        retrying = Retrying(limited, RetrySettings(first_wait_s=0.001), jitter=lambda: 1.0)
        return await asyncio.gather(*(retrying.complete(request()) for _ in range(200)))

    answers = asyncio.run(many())

    assert len(answers) == 200
    assert asked <= 225
