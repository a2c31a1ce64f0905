"""One question is asked once, however many threads and processes share the cache."""

from __future__ import annotations

import asyncio
import os
import signal
import subprocess
import sys
import time
from collections import Counter
from pathlib import Path

import pytest

from dateline.cache import Cached, CompletionCache, stats, verify
from dateline.cache.claims import Claims
from dateline.errors import Unavailable
from support.asking import request
from support.completers import Counting

TESTS = str(Path(__file__).parents[1])
POSIX = pytest.mark.skipif(os.name != "posix", reason="claims need POSIX record locks")

WORKER = """
import asyncio, sys, threading
sys.path.insert(0, sys.argv[1])
from dateline.cache import Cached, CompletionCache
from dateline.completion import Completion
from dateline.records import Usage
from support.asking import request
from support.completers import Counting

folder, calls = sys.argv[2:4]
THREADS, KEYS = 64, 40

class Slow(Counting):
    async def complete(self, asked):
        text = asked.messages[0].content
        with open(calls, "a") as file:
            file.write(text + "\\n")
        await asyncio.sleep(0.02)
        return Completion("answer to " + text, usage=Usage(calls=1))

cache = CompletionCache(folder)
completer = Cached(Slow(), cache)
wrong = []

def work(start):
    async def main():
        for number in range(KEYS):
            text = str((start * 7 + number) % KEYS)
            answer = await completer.complete(request(text))
            if answer.text != "answer to " + text:
                wrong.append(text)
    asyncio.run(main())

cache.open()
print("ready", flush=True)
sys.stdin.readline()
threads = [threading.Thread(target=work, args=(n,)) for n in range(THREADS)]
for thread in threads: thread.start()
for thread in threads: thread.join()
cache.close()
sys.exit(1 if wrong else 0)
"""

HOLDER = """
import sys
from pathlib import Path
from dateline.cache.claims import Claims
claims = Claims.of(Path(sys.argv[1]))
print(claims.take(sys.argv[2]), flush=True)
sys.stdin.readline()
"""


def start(script, *arguments):
    return subprocess.Popen(
        [sys.executable, "-c", script, *arguments],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )


@POSIX
def test_two_processes_with_64_threads_each_ask_once_and_lose_nothing(tmp_path):
    calls = tmp_path / "calls"
    workers = [start(WORKER, TESTS, str(tmp_path / "cache"), str(calls)) for _ in range(2)]
    for worker in workers:
        assert worker.stdout.readline() == "ready\n"
    for worker in workers:
        worker.stdin.write("go\n")
        worker.stdin.flush()
    for worker in workers:
        worker.communicate(timeout=60)

    assert [worker.returncode for worker in workers] == [0, 0]
    asked = Counter(calls.read_text("utf-8").split())
    assert asked == dict.fromkeys(map(str, range(40)), 1)
    assert stats(tmp_path / "cache").entries == 40
    assert verify(tmp_path / "cache").ok


@POSIX
def test_a_claim_of_a_killed_process_is_free_again(tmp_path):
    key = "a" * 64
    holder = start(HOLDER, str(tmp_path), key)
    claims = Claims.of(tmp_path)
    try:
        assert holder.stdout.readline() == "True\n"
        assert not claims.take(key)
        assert claims.take("b" * 64)

        holder.send_signal(signal.SIGKILL)
        holder.wait()

        assert claims.take(key)
    finally:
        holder.communicate()
        claims.close(tmp_path)


def test_two_caches_of_one_process_on_one_folder_ask_once(tmp_path):
    completer = Counting()

    async def main():
        completer.gate = asyncio.Event()
        both = [Cached(completer, CompletionCache(tmp_path)) for _ in range(2)]
        asking = [asyncio.create_task(each.complete(request())) for each in both]
        await asyncio.sleep(0.05)
        completer.gate.set()
        answers = [await each for each in asking]
        # The second cache has not seen the first one's answer in memory, only its claim.
        answers.append(await both[1].complete(request()))
        for each in both:
            await each.aclose()
        return answers

    answers = asyncio.run(main())

    assert completer.calls == 1
    assert [answer.cached for answer in answers].count(False) == 1


def test_a_failed_call_gives_its_claim_back(tmp_path):
    completer = Counting(lambda _: Unavailable("down"))

    async def main():
        cached = Cached(completer, CompletionCache(tmp_path))
        for _ in range(3):
            with pytest.raises(Unavailable):
                await cached.complete(request())
        await cached.aclose()

    started = time.monotonic()
    asyncio.run(main())

    assert completer.calls == 3
    assert time.monotonic() - started < 30


def test_one_who_gives_up_waiting_for_a_claim_leaves_it_alone(tmp_path):
    cache = CompletionCache(tmp_path)
    asked = request()
    key = cache.key(asked, family="openai", model="paid-1")

    async def main():
        cached = Cached(Counting(), cache)
        cache.open()
        assert cache.claim(key)
        waiting = asyncio.create_task(cached.complete(asked))
        await asyncio.sleep(0.05)
        waiting.cancel()
        await asyncio.gather(waiting, return_exceptions=True)
        assert not cache.claim(key)
        cache.release(key)
        assert not (await cached.complete(asked)).cached
        await cached.aclose()

    asyncio.run(main())


def test_the_file_is_let_go_with_the_last_cache(tmp_path):
    first, second = Claims.of(tmp_path), Claims.of(tmp_path)
    assert first is second

    first.close(tmp_path)
    assert second.take("c" * 64)
    second.close(tmp_path)

    third = Claims.of(tmp_path)
    assert third is not first
    assert third.take("c" * 64)
    third.close(tmp_path)
