"""Retrying: what is asked again, how often, and after how long."""

from __future__ import annotations

import asyncio
from typing import Any

import pytest

from dateline.completion import Completion
from dateline.errors import (
    CompletionError,
    InvalidAnswer,
    RateLimited,
    Refused,
    Rejected,
    Truncated,
    Unavailable,
)
from dateline.providers import Scripted
from dateline.records import Usage
from dateline.retry import Retrying, RetrySettings
from support.asking import request


class Waits:
    """Stands for sleeping: notes the seconds and returns at once."""

    def __init__(self) -> None:
        self.seconds: list[float] = []

    async def __call__(self, seconds: float) -> None:
        self.seconds.append(seconds)


def retrying(scripted: Scripted, waits: Waits, **settings: Any) -> Retrying:
    return Retrying(scripted, RetrySettings(**settings), sleep=waits, jitter=lambda: 1.0)


def spent(error: CompletionError, **usage: Any) -> CompletionError:
    error.usage = Usage(calls=1, **usage)
    return error


def test_an_answer_is_not_asked_for_twice() -> None:
    scripted, waits = Scripted(["{}"]), Waits()

    completion = asyncio.run(retrying(scripted, waits).complete(request()))

    assert completion.text == "{}"
    assert len(scripted.requests) == 1
    assert waits.seconds == []


def test_temporary_failures_are_asked_again_with_doubling_waits() -> None:
    scripted = Scripted([Unavailable("down"), RateLimited("slow"), Unavailable("down"), "{}"])
    waits = Waits()

    completion = asyncio.run(retrying(scripted, waits, first_wait_s=1.0).complete(request()))

    assert completion.text == "{}"
    assert len(scripted.requests) == 4
    assert waits.seconds == [1.0, 2.0, 4.0]


def test_waits_stop_doubling() -> None:
    scripted = Scripted([Unavailable("down")], repeat=True)
    waits = Waits()
    completer = retrying(scripted, waits, attempts=6, first_wait_s=1.0, longest_wait_s=3.0)

    with pytest.raises(Unavailable):
        asyncio.run(completer.complete(request()))

    assert waits.seconds == [1.0, 2.0, 3.0, 3.0, 3.0]


def test_jitter_spreads_waits_from_nothing_to_the_bound() -> None:
    waits = Waits()
    completer = Retrying(
        Scripted([Unavailable("down"), "{}"]), RetrySettings(), sleep=waits, jitter=lambda: 0.0
    )

    asyncio.run(completer.complete(request()))

    assert waits.seconds == [0.0]


@pytest.mark.parametrize("attempts", [1, 2, 5])
def test_attempts_count_the_first_call(attempts: int) -> None:
    scripted, waits = Scripted([Unavailable("down")], repeat=True), Waits()

    with pytest.raises(Unavailable):
        asyncio.run(retrying(scripted, waits, attempts=attempts).complete(request()))

    assert len(scripted.requests) == attempts
    assert len(waits.seconds) == attempts - 1


@pytest.mark.parametrize("error", [Rejected, Refused, Truncated, InvalidAnswer])
def test_what_asking_again_cannot_mend_is_asked_once(error: type[CompletionError]) -> None:
    scripted, waits = Scripted([error("no")], repeat=True), Waits()

    with pytest.raises(error):
        asyncio.run(retrying(scripted, waits).complete(request()))

    assert len(scripted.requests) == 1


def test_it_stops_when_a_later_failure_cannot_be_mended() -> None:
    scripted, waits = Scripted([Unavailable("down"), Rejected("no")]), Waits()

    with pytest.raises(Rejected):
        asyncio.run(retrying(scripted, waits).complete(request()))

    assert len(scripted.requests) == 2


def test_a_mistake_of_our_own_is_not_retried() -> None:
    scripted, waits = Scripted([Unavailable("down"), KeyError("x")]), Waits()

    with pytest.raises(KeyError):
        asyncio.run(retrying(scripted, waits).complete(request()))

    assert len(scripted.requests) == 2


@pytest.mark.parametrize("kind", [RateLimited, Unavailable])
def test_the_wait_that_the_server_asked_for_is_kept(kind: type[CompletionError]) -> None:
    error = kind("slow")
    error.retry_after_s = 40.0
    waits = Waits()
    completer = retrying(Scripted([error, "{}"]), waits, first_wait_s=0.5, longest_wait_s=5.0)

    asyncio.run(completer.complete(request()))

    assert waits.seconds == [40.5]


def test_a_wait_beyond_the_budget_is_not_begun() -> None:
    scripted = Scripted([RateLimited("slow", retry_after_s=3600), "{}"])
    waits = Waits()

    with pytest.raises(RateLimited) as caught:
        asyncio.run(retrying(scripted, waits, seconds=60.0).complete(request()))

    assert caught.value.retry_after_s == 3600
    assert len(scripted.requests) == 1
    assert waits.seconds == []


def test_waits_add_up_to_the_budget() -> None:
    scripted, waits = Scripted([Unavailable("down")], repeat=True), Waits()
    completer = retrying(scripted, waits, attempts=50, seconds=10.0, first_wait_s=1.0)

    with pytest.raises(Unavailable):
        asyncio.run(completer.complete(request()))

    assert waits.seconds == [1.0, 2.0, 4.0]


def test_usage_of_failed_calls_is_added_to_the_answer() -> None:
    answer = Completion(text="{}", usage=Usage(calls=1, input_tokens=10, seconds=1.0))
    failures = [
        spent(Unavailable("down"), seconds=2.0),
        spent(Unavailable("cut"), input_tokens=10, output_tokens=3),
    ]
    completer = retrying(Scripted([*failures, answer]), Waits())

    usage = asyncio.run(completer.complete(request())).usage

    assert usage == Usage(calls=3, input_tokens=20, output_tokens=3, seconds=3.0)


def test_usage_of_failed_calls_is_kept_when_all_fail() -> None:
    failures = [spent(Unavailable("down"), seconds=2.0), spent(Unavailable("down"), seconds=1.0)]
    completer = retrying(Scripted(failures), Waits(), attempts=2)

    with pytest.raises(Unavailable) as caught:
        asyncio.run(completer.complete(request()))

    assert caught.value.usage == Usage(calls=2, seconds=3.0)


def test_whoever_asks_is_told_of_each_retry() -> None:
    told: list[tuple[str, float]] = []
    completer = Retrying(
        Scripted([Unavailable("down"), RateLimited("slow", retry_after_s=2.0), "{}"]),
        RetrySettings(first_wait_s=1.0),
        sleep=Waits(),
        jitter=lambda: 0.5,
        on_retry=lambda error, wait: told.append((error.code, wait)),
    )

    asyncio.run(completer.complete(request()))

    assert told == [("unavailable", 0.5), ("rate_limited", 2.5)]


def test_a_cancelled_call_is_not_asked_again() -> None:
    scripted = Scripted(["{}"], delay_s=60)

    async def cancelled() -> None:
        task = asyncio.create_task(Retrying(scripted).complete(request()))
        await asyncio.sleep(0)
        task.cancel()
        with pytest.raises(asyncio.CancelledError):
            await task

    asyncio.run(cancelled())

    assert len(scripted.requests) == 1


def test_it_stands_for_the_completer_it_asks() -> None:
    completer = Retrying(Scripted([], name="n", family="f", model="m"))

    assert (completer.name, completer.family, completer.model) == ("n", "f", "m")
