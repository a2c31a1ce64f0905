"""What the completion cache costs: a key, a hit and a stored answer of 10 kB."""

from __future__ import annotations

import asyncio
import json
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import diskcache

from dateline.cache import Cached, CompletionCache
from dateline.completion import Completion, CompletionRequest, Message, OutputSchema, Prefix
from dateline.drafts import draft_model
from dateline.records import Usage
from dateline.request_key import request_key

ANSWERS = 1000
ROUNDS = 3
TEXT = json.dumps({"events": [{"summary": f"Event “{i}”", "n": i} for i in range(230)]})
ARTICLE = "A lorry and two cars were damaged on the road to Karesh. " * 53
USAGE = Usage(calls=1, input_tokens=3000, output_tokens=900, seconds=4.0)


class _Paid:
    name, family, model = "paid", "openai", "paid-1"

    async def complete(self, _: CompletionRequest) -> Completion:
        return Completion(TEXT, usage=USAGE, provider="paid", model="paid-1")

    async def aclose(self) -> None:
        pass


def run() -> list[dict[str, object]]:
    """CPU microseconds of the whole process, its writing thread included; the best of 3 rounds."""
    prefix = Prefix((Message("system", "x" * 9000),))
    schema = OutputSchema("draft", draft_model(("Armed clash", "Attack")))
    requests = [
        CompletionRequest(prefix, (Message("user", f"{i} {ARTICLE}"),), schema)
        for i in range(ANSWERS)
    ]
    key = min(_cpu(lambda: [_key(request) for request in requests]) for _ in range(ROUNDS))
    rounds = [_round(requests) for _ in range(ROUNDS)]
    put, get, hit, miss, plain_put, plain_get = (
        min(column) for column in zip(*rounds, strict=True)
    )
    return [
        _row(f"key of a {len(ARTICLE):,}-character article", key, 10),
        _row(f"get, {len(TEXT):,} bytes", get, 40),
        _row("put, on disk", put, None),
        _row("whole hit through Cached", hit, None),
        _row("whole miss through Cached, stored on disk", miss, None),
        _row("diskcache as it comes: get", plain_get, None),
        _row("diskcache as it comes: set", plain_put, None),
        {
            "name": "put against diskcache as it comes",
            "value": put / plain_put,
            "unit": "ratio",
            "limit": 1.0,
            "ok": put <= plain_put,
        },
    ]


def _round(requests: list[CompletionRequest]) -> tuple[float, ...]:
    with tempfile.TemporaryDirectory() as folder:
        ours = CompletionCache(Path(folder) / "ours")
        ours.open()
        keys = [_key(request) for request in requests]
        answer = Completion(TEXT, usage=USAGE, provider="paid", model="paid-1")

        def store() -> None:
            for one, request in zip(keys, requests, strict=True):
                ours.put(one, answer, request, family="openai", model="paid-1")
            ours.flush()

        put = _cpu(store)
        get = _cpu(lambda: [ours.get(one) for one in keys])
        ours.close()
        miss, hit = asyncio.run(_wrapped(Path(folder) / "wrapped", requests))
        plain = diskcache.Cache(str(Path(folder) / "plain"))
        value = {"text": TEXT, "usage": USAGE.model_dump(), "finish_reason": "stop"}
        plain_put = _cpu(lambda: [plain.set(one, value) for one in keys])
        plain_get = _cpu(lambda: [plain.get(one) for one in keys])
        plain.close()
    return put, get, hit, miss, plain_put, plain_get


async def _wrapped(folder: Path, requests: list[CompletionRequest]) -> tuple[float, float]:
    cached = Cached(_Paid(), CompletionCache(folder))
    cached.cache.open()
    times = []
    for _ in ("misses", "hits"):
        started = time.process_time()
        for request in requests:
            await cached.complete(request)
        await asyncio.to_thread(cached.cache.flush)
        times.append((time.process_time() - started) / len(requests) * 1e6)
    await cached.aclose()
    return times[0], times[1]


def _key(request: CompletionRequest) -> str:
    return request_key(request, family="openai", model="paid-1")


def _cpu(job: Callable[[], object]) -> float:
    started = time.process_time()
    job()
    return (time.process_time() - started) / ANSWERS * 1e6


def _row(name: str, value: float, limit: float | None) -> dict[str, object]:
    ok = None if limit is None else value <= limit
    return {"name": name, "value": value, "unit": "µs CPU", "limit": limit, "ok": ok}
