"""A client process under load: ``PORT CALLS IN_FLIGHT KIND``; prints what it measured as JSON.

``KIND`` is ``fixed`` or ``adaptive`` for dateline's client with that gate, or ``bare``: aiohttp and
nothing else, sending about as many bytes, which shows what the machine can do. It is a process of
its own, so that its memory is that of the client and of nothing else.
"""

from __future__ import annotations

import asyncio
import json
import resource
import sys
import time

from benchmarks.overhead import ARTICLE
from dateline.completion import Completer, CompletionRequest, Message, OutputSchema
from dateline.config.loading import build as configured
from dateline.drafts import draft_model
from dateline.errors import CompletionError
from dateline.ledger import ledger
from dateline.limits import Limited, LimitSettings
from dateline.metering import Metered
from dateline.prices import Prices
from dateline.prompting import extract_prompt
from dateline.providers import build_one
from dateline.retry import Retrying, RetrySettings
from dateline.taxonomy import load_taxonomy


def stack(port: int, in_flight: int, *, adaptive: bool) -> Completer:
    """What an extractor asks, without a cache."""
    table = {
        "kind": "openai-compatible",
        "base_url": f"http://127.0.0.1:{port}/v1",
        "model": "m",
        "concurrency": in_flight,
        "adaptive": adaptive,
    }
    settings = configured({"default_provider": "b", "providers": {"b": table}}).provider()
    metered = Metered(build_one(settings), Prices(settings))
    return Retrying(Limited(metered, LimitSettings.of(settings)), RetrySettings.of(settings))


async def bare(port: int, calls: int, in_flight: int) -> dict[str, float]:
    """The same with aiohttp alone: prepared bytes out, bytes in."""
    import aiohttp

    numbers = iter(range(calls))
    body = ARTICLE.encode() * 4

    async def worker() -> None:
        for _ in numbers:
            async with session.post(f"http://127.0.0.1:{port}/v1", data=body) as answer:
                await answer.read()

    async with aiohttp.ClientSession(connector=aiohttp.TCPConnector(limit=in_flight)) as session:
        started = time.perf_counter()
        await asyncio.gather(*(worker() for _ in range(in_flight)))
        return {"wall": time.perf_counter() - started}


async def measure(port: int, calls: int, in_flight: int, *, adaptive: bool) -> dict[str, float]:
    """Ask so often, with as many questions under way as may be in flight."""
    completer = stack(port, in_flight, adaptive=adaptive)
    taxonomy = load_taxonomy("acled")
    schema = OutputSchema("draft", draft_model(taxonomy.sub_event_types))
    request = CompletionRequest(
        extract_prompt(taxonomy).prefix, (Message("user", ARTICLE),), schema
    )
    numbers = iter(range(calls))
    answered = attempts = 0
    delays: list[float] = []

    async def worker() -> None:
        nonlocal answered, attempts
        for _ in numbers:
            began = time.perf_counter()
            with ledger() as kept:
                try:
                    await completer.complete(request)
                    answered += 1
                except CompletionError:
                    pass  # It is missing among those that were answered.
            attempts += len(kept.attempts)
            delays.append(time.perf_counter() - began)

    # The first call loads and prepares what all of them share.
    await completer.complete(request)
    started, cpu = time.perf_counter(), time.process_time()
    await asyncio.gather(*(worker() for _ in range(in_flight)))
    wall, cpu = time.perf_counter() - started, time.process_time() - cpu
    await completer.aclose()
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return {
        "wall": wall,
        "cpu_ms": cpu * 1000 / calls,
        "answered": answered,
        "attempts": attempts,
        "longest": max(delays),
        "rss_mb": peak / (2**20 if sys.platform == "darwin" else 2**10),
    }


if __name__ == "__main__":
    kind, (port, calls, in_flight) = sys.argv[4], map(int, sys.argv[1:4])
    if kind == "bare":
        measured = asyncio.run(bare(port, calls, in_flight))
    else:
        measured = asyncio.run(measure(port, calls, in_flight, adaptive=kind == "adaptive"))
    print(json.dumps(measured))
