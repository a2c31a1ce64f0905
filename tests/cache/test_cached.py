"""A completer behind the cache is asked once, and no cache trouble costs an answer."""

from __future__ import annotations

import asyncio
import logging
import threading

import pytest

from dateline.cache import Cached, CompletionCache, stats
from dateline.cache.store import DATABASE
from dateline.completion import Completion
from dateline.errors import CompletionError, RateLimited, Refused, Truncated, Unavailable
from dateline.records import Usage
from support.asking import request
from support.completers import PAID, Counting


def run(folder, completer, use, **cache_settings):
    async def main():
        cached = Cached(completer, CompletionCache(folder, **cache_settings))
        try:
            return await use(cached)
        finally:
            await cached.aclose()

    return asyncio.run(main())


def ask(*requests):
    async def use(cached):
        return [await cached.complete(each) for each in requests]

    return use


def test_a_hit_costs_nothing_and_asks_nobody(tmp_path):
    completer = Counting()
    (paid,) = run(tmp_path, completer, ask(request()))
    (hit,) = run(tmp_path, completer, ask(request()))

    assert completer.calls == 1
    assert (paid.usage, paid.cached) == (PAID, False)
    assert (hit.usage, hit.cached) == (Usage(cached_calls=1), True)
    assert (hit.text, hit.model, hit.provider) == (paid.text, paid.model, paid.provider)
    assert stats(tmp_path).paid == PAID


def test_another_question_or_epoch_is_asked_again(tmp_path):
    completer = Counting()
    run(tmp_path, completer, ask(request("one"), request("two")))
    run(tmp_path, completer, ask(request("one")), epoch=1)

    assert completer.calls == 3


def test_it_looks_like_the_completer_behind_it(tmp_path):
    completer = Counting()
    completer.notice = "for trying only"
    cached = Cached(completer, CompletionCache(tmp_path))

    assert (cached.name, cached.family, cached.model) == ("paid", "openai", "paid-1")
    assert cached.notice == "for trying only"


def test_closing_closes_the_completer_behind(tmp_path):
    completer = Counting()
    run(tmp_path, completer, ask())

    assert completer.closed == 1


def test_identical_questions_at_the_same_time_are_asked_once(tmp_path):
    completer = Counting()

    async def use(cached):
        completer.gate = asyncio.Event()
        tasks = [asyncio.create_task(cached.complete(request())) for _ in range(20)]
        await until(lambda: completer.calls)
        completer.gate.set()
        return await asyncio.gather(*tasks)

    answers = run(tmp_path, completer, use)

    assert completer.calls == 1
    assert sum((a.usage for a in answers), Usage()) == PAID + Usage(cached_calls=19)


def test_when_the_one_who_asks_is_cancelled_another_asks(tmp_path):
    completer = Counting()

    async def use(cached):
        completer.gate = asyncio.Event()
        leader = asyncio.create_task(cached.complete(request()))
        await until(lambda: completer.calls == 1)
        others = [asyncio.create_task(cached.complete(request())) for _ in range(3)]
        await asyncio.sleep(0.01)
        leader.cancel()
        await until(lambda: completer.calls == 2)
        completer.gate.set()
        with pytest.raises(asyncio.CancelledError):
            await leader
        return await asyncio.gather(*others)

    answers = run(tmp_path, completer, use)

    assert completer.calls == 2
    assert [a.text for a in answers] == ['{"events": []}'] * 3


def test_one_who_waits_can_be_cancelled_without_harm_to_the_rest(tmp_path):
    completer = Counting()

    async def use(cached):
        completer.gate = asyncio.Event()
        leader = asyncio.create_task(cached.complete(request()))
        await until(lambda: completer.calls)
        waiting, impatient = (asyncio.create_task(cached.complete(request())) for _ in range(2))
        await asyncio.sleep(0.01)
        impatient.cancel()
        await asyncio.sleep(0.01)
        completer.gate.set()
        assert impatient.cancelled()
        return await asyncio.gather(leader, waiting)

    answers = run(tmp_path, completer, use)

    assert len(answers) == 2
    assert completer.calls == 1


def test_those_who_wait_get_the_error_of_the_one_who_asked(tmp_path):
    completer = Counting(lambda _: Unavailable("the line is down"))

    async def use(cached):
        completer.gate = asyncio.Event()
        leader = asyncio.create_task(cached.complete(request()))
        await until(lambda: completer.calls)
        tasks = [leader, *(asyncio.create_task(cached.complete(request())) for _ in range(4))]
        await asyncio.sleep(0)
        completer.gate.set()
        return await asyncio.gather(*tasks, return_exceptions=True)

    errors = run(tmp_path, completer, use)

    assert completer.calls == 1
    assert {type(e) for e in errors} == {Unavailable}


def test_event_loops_in_two_threads_share_one_call(tmp_path):
    completer = Counting()
    let_go = threading.Event()
    under_way = threading.Event()

    async def complete(_):
        completer.calls += 1
        under_way.set()
        while not let_go.is_set():  # noqa: ASYNC110  # the event is another thread's
            await asyncio.sleep(0.005)
        return Completion("{}", usage=PAID)

    completer.complete = complete
    answers = []

    def one():
        answers.extend(run(tmp_path, completer, ask(request())))

    threads = [threading.Thread(target=one) for _ in range(2)]
    threads[0].start()
    assert under_way.wait(10)
    threads[1].start()
    threading.Timer(0.2, let_go.set).start()
    for thread in threads:
        thread.join()

    assert completer.calls == 1
    assert sum((a.usage for a in answers), Usage()) == PAID + Usage(cached_calls=1)


@pytest.mark.parametrize("kind", [Refused, Truncated])
def test_a_final_failure_is_stored_and_raised_again(tmp_path, kind):
    completer = Counting(lambda _: kind("it was declined", remedy="Ask otherwise.", status=200))
    for _ in range(2):
        with pytest.raises(kind, match="it was declined"):
            run(tmp_path, completer, ask(request()))

    assert completer.calls == 1
    assert stats(tmp_path).failures == 1


@pytest.mark.parametrize("kind", [Unavailable, RateLimited, CompletionError])
def test_a_failure_that_may_pass_is_not_stored(tmp_path, kind):
    completer = Counting(lambda _: kind("not now"))
    for _ in range(2):
        with pytest.raises(kind):
            run(tmp_path, completer, ask(request()))

    assert completer.calls == 2
    assert stats(tmp_path).entries == 0


def test_an_answer_that_came_from_another_cache_is_not_stored_again(tmp_path):
    completer = Counting(lambda _: Completion("{}", usage=Usage(cached_calls=1), cached=True))
    run(tmp_path, completer, ask(request()))

    assert stats(tmp_path).entries == 0


def test_without_a_usable_cache_the_answers_still_come(tmp_path, caplog):
    (tmp_path / DATABASE).write_bytes(b"rubbish" * 1000)
    completer = Counting()
    seen = []

    async def use(cached):
        answers = await asyncio.gather(*(cached.complete(request(str(i))) for i in range(5)))
        seen.append(cached.degraded)
        return answers

    with caplog.at_level(logging.WARNING):
        answers = run(tmp_path, completer, use)

    assert len(answers) == 5
    assert "cannot be opened" in seen[0]
    assert len(caplog.records) == 1
    assert "without a cache" in caplog.text


def test_a_cache_that_breaks_under_way_costs_no_answer(tmp_path, caplog):
    completer = Counting()

    async def use(cached):
        first = await cached.complete(request("1"))
        await asyncio.to_thread(cached.cache.flush)
        for path in tmp_path.glob(f"{DATABASE}*"):
            path.write_bytes(b"rubbish" * 1000)
        return [first, *[await cached.complete(request(str(i))) for i in range(2, 6)]]

    with caplog.at_level(logging.WARNING):
        answers = run(tmp_path, completer, use)

    assert [a.text for a in answers] == ['{"events": []}'] * 5
    assert completer.calls == 5


async def until(condition):
    """Let the other tasks run until something is so."""
    for _ in range(2000):
        if condition():
            return
        await asyncio.sleep(0.002)
    raise AssertionError("it never came to that")
