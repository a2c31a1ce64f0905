"""CPU time of one call: dateline's client, the openai client, instructor, and the whole pipeline.

All of them ask the same server on loopback, which runs as a process of its own, for the same
draft of ten quotes about the same article of 3,000 characters, in the same run. CPU time is that
of this process, user and system; waiting costs nothing.
"""

from __future__ import annotations

import asyncio
import importlib.util
import json
import os
import subprocess
import sys
import time
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

CALLS = 160
CONCURRENCY = 16
ROUNDS = 5
CLIENT = "dateline client"
PIPELINE = "dateline whole pipeline, an article"
OPENAI = "openai .create as shipped"
INSTRUCTOR = "instructor .create as shipped"
RATIOS = ((CLIENT, OPENAI, 0.4), (PIPELINE, OPENAI, 1.0), (PIPELINE, INSTRUCTOR, 0.4))
"""What is compared, and the limit. 0.4 of instructor is 1.3 ms on a machine where instructor takes
3.25; milliseconds differ from machine to machine, the ratio does not."""

Call = Callable[[], Awaitable[object]]


def run() -> list[dict[str, object]]:
    """Milliseconds of CPU time a call, the best of several rounds, and ratios with limits."""
    # The clients read these, and a proxy between us and loopback is not what is measured.
    os.environ.update(OPENAI_API_KEY="sk-none", NO_PROXY="127.0.0.1")
    with _server(_envelope()) as port:
        measured = asyncio.run(_measure(f"http://127.0.0.1:{port}/v1"))
    rows = [_row(name, value, "ms CPU", None) for name, value in measured.items()]
    rows += [
        _row(f"{name} / {base}", measured[name] / measured[base], "ratio", limit)
        for name, base, limit in RATIOS
    ]
    return rows


def _row(name: str, value: float, unit: str, limit: float | None) -> dict[str, object]:
    ok = None if limit is None else value <= limit
    return {"name": name, "value": value, "unit": unit, "limit": limit, "ok": ok}


async def _measure(base_url: str) -> dict[str, float]:
    best: dict[str, float] = {}
    async with _contestants(base_url) as calls:
        for call in calls.values():
            await _batch(call)
        # Round by round, so that whatever else the machine does meets all of them.
        for _ in range(ROUNDS):
            for name, call in calls.items():
                started = time.process_time()
                await _batch(call)
                spent = (time.process_time() - started) * 1000 / CALLS
                best[name] = min(best.get(name, spent), spent)
    return best


async def _batch(call: Call) -> None:
    async def worker() -> None:
        for _ in range(CALLS // CONCURRENCY):
            await call()

    await asyncio.gather(*(worker() for _ in range(CONCURRENCY)))


@asynccontextmanager
async def _contestants(base_url: str) -> AsyncIterator[dict[str, Call]]:
    import instructor
    import openai

    from dateline.completion import CompletionRequest, Message, OutputSchema
    from dateline.config.loading import build as configured
    from dateline.drafts import draft_model
    from dateline.limits import Limited, LimitSettings
    from dateline.prompting import extract_prompt
    from dateline.providers import build_one
    from dateline.retry import Retrying, RetrySettings
    from dateline.taxonomy import load_taxonomy

    taxonomy = load_taxonomy("acled")
    model = draft_model(taxonomy.sub_event_types)
    schema = OutputSchema("draft", model)
    prefix = extract_prompt(taxonomy).prefix
    request = CompletionRequest(prefix, (Message("user", ARTICLE),), schema)
    messages: Any = [{"role": m.role, "content": m.content} for m in request.all_messages]
    config = configured(
        {
            "default_provider": "bench",
            "providers": {
                "bench": {"kind": "openai-compatible", "base_url": base_url, "model": "m"}
            },
        }
    )
    settings = config.provider()
    bare = build_one(settings)
    stack = Limited(Retrying(bare, RetrySettings.of(settings)), LimitSettings.of(settings))
    client = openai.AsyncOpenAI(base_url=base_url, max_retries=0)
    wrapped = openai.AsyncOpenAI(base_url=base_url, max_retries=0)
    patched = instructor.from_openai(wrapped, mode=instructor.Mode.JSON_SCHEMA)

    async def openai_create() -> object:
        return await client.chat.completions.create(
            model="m",
            messages=messages,
            response_format={
                "type": "json_schema",
                "json_schema": {"name": "Draft", "schema": schema.json_schema},
            },
        )

    async def instructor_create() -> object:
        return await patched.chat.completions.create(
            model="m", messages=messages, response_model=model, max_retries=0
        )

    calls: dict[str, Call] = {
        CLIENT: lambda: bare.complete(request),
        "dateline client with limits and retries": lambda: stack.complete(request),
        OPENAI: openai_create,
        INSTRUCTOR: instructor_create,
    }
    closing: list[Callable[[], Awaitable[None]]] = [stack.aclose, client.close, wrapped.close]
    if importlib.util.find_spec("dateline.extractor"):
        from dateline import Article, AsyncExtractor

        extractor = AsyncExtractor(config=config, cache=False)
        numbers = iter(range(10**9))

        async def extract() -> object:
            article = Article(text=ARTICLE, id=f"a{next(numbers)}")
            extraction = await extractor.extract(article)
            if len(extraction.events) != 2 or len(extraction.claims) != 6 or extraction.rejected:
                raise AssertionError("the pipeline lost what it was given")
            return extraction

        calls[PIPELINE] = extract
        closing.append(extractor.aclose)
    try:
        yield calls
    finally:
        for close in closing:
            await close()


class _server:
    """The server process, while the block runs; gives its port."""

    def __init__(self, body: bytes) -> None:
        self._body = body

    def __enter__(self) -> int:
        self._process = subprocess.Popen(
            [sys.executable, str(Path(__file__).with_name("_server.py"))],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
        )
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._process.stdin.write(self._body)
        self._process.stdin.close()
        return int(self._process.stdout.readline())

    def __exit__(self, *_: object) -> None:
        self._process.terminate()
        self._process.wait()
        assert self._process.stdout is not None
        self._process.stdout.close()


# An invented report, in the way of a regional news desk.
_OPENING = """Fighters attack checkpoint near Tell Qarmid, officials say

TELL QARMID, March 4, 2024 - Gunmen attacked an army checkpoint on the road south of Tell Qarmid \
on Monday, killing at least 12 soldiers, the defence ministry said. Four civilians were wounded \
when mortar shells fell on the village of Ain Haddar later that day, according to the mayor, \
Samir Daoudi.

"We lost good men and we will not leave this road," Colonel Nabil Harrouch told reporters. He said \
that the attackers had fled toward the Wadi Sarr hills. A spokesman for the Northern Front denied \
that its fighters had taken part.

Residents of Ain Haddar said that about 300 families had left their homes. The provincial council \
said that it would open two schools for them on Wednesday. The ministry of health put the number \
of wounded at nine.

"""
_FILLER = """The road has been closed to lorries since the autumn, and the market that once drew \
buyers from three districts now opens on Thursdays only. Traders who remain describe long waits, \
repeated searches and rising prices for flour and fuel. """
ARTICLE = (_OPENING + _FILLER * 12)[:3000]


def _envelope() -> bytes:
    """A chat completion with a draft of two events and six claims, ten quotes in all."""
    content = json.dumps({"events": EVENTS, "claims": CLAIMS})
    return json.dumps(
        {
            "id": "chatcmpl-1",
            "object": "chat.completion",
            "created": 1_709_500_000,
            "model": "m",
            "choices": [
                {
                    "index": 0,
                    "message": {"role": "assistant", "content": content, "refusal": None},
                    "finish_reason": "stop",
                    "logprobs": None,
                }
            ],
            "usage": {
                "prompt_tokens": 3000,
                "completion_tokens": 700,
                "total_tokens": 3700,
                "prompt_tokens_details": {"cached_tokens": 2048},
            },
        }
    ).encode()


EVENTS: list[dict[str, Any]] = [
    {
        "type": "Armed clash",
        "summary": "Gunmen attacked an army checkpoint south of Tell Qarmid.",
        "status": "occurred",
        "salience": "main",
        "ongoing": None,
        "actors": [
            {"name": "Gunmen", "role": "initiator"},
            {"name": "soldiers", "role": "target"},
        ],
        "date": "Monday",
        "place": "Tell Qarmid",
        "counts": [
            {
                "quote": "at least 12 soldiers",
                "kind": "killed",
                "victim": "soldiers",
                "inflicted_by": "Gunmen",
                "scope": "event",
            }
        ],
        "outcomes": ["fled"],
        "evidence": [
            "Gunmen attacked an army checkpoint on the road south of Tell Qarmid on Monday, "
            "killing at least 12 soldiers",
            "the attackers had fled toward the Wadi Sarr hills",
        ],
    },
    {
        "type": "Shelling/artillery/missile attack",
        "summary": "Mortar shells fell on the village of Ain Haddar.",
        "status": "occurred",
        "salience": "main",
        "ongoing": None,
        "actors": [{"name": "Four civilians", "role": "target"}],
        "date": "Monday",
        "place": "Ain Haddar",
        "counts": [
            {
                "quote": "Four civilians",
                "kind": "wounded",
                "victim": "civilians",
                "inflicted_by": None,
                "scope": "event",
            }
        ],
        "outcomes": [],
        "evidence": [
            "Four civilians were wounded when mortar shells fell on the village of Ain Haddar",
        ],
    },
]


def _claim(text: str, speaker: str, kind: str, cue: str, quote: str, **more: Any) -> dict[str, Any]:
    return {
        "text": text,
        "quote_type": "indirect",
        "speaker": speaker,
        "speaker_kind": kind,
        "speaker_role": None,
        "via": [],
        "cue": cue,
        "claim_type": "event_report",
        "polarity": "positive",
        "certainty": "certain",
        "relation": "reports",
        "events": [1],
        "said_on": None,
        "evidence": [quote],
        **more,
    }


CLAIMS = [
    _claim(
        "Gunmen killed at least 12 soldiers at a checkpoint.",
        "the defence ministry",
        "official_body",
        "said",
        "killing at least 12 soldiers, the defence ministry said",
    ),
    _claim(
        "Four civilians were wounded in Ain Haddar.",
        "Samir Daoudi",
        "person",
        "according to",
        "Four civilians were wounded when mortar shells fell on the village of Ain Haddar "
        "later that day, according to the mayor, Samir Daoudi",
        speaker_role="the mayor",
        events=[2],
    ),
    _claim(
        "The army will hold the road.",
        "Nabil Harrouch",
        "person",
        "told",
        '"We lost good men and we will not leave this road," Colonel Nabil Harrouch told reporters',
        quote_type="direct",
        claim_type="goal",
    ),
    _claim(
        "The Northern Front took part in the attack.",
        "Northern Front",
        "anonymous_official",
        "denied",
        "A spokesman for the Northern Front denied that its fighters had taken part",
        polarity="negative",
        claim_type="allegation",
        relation="denies",
    ),
    _claim(
        "About 300 families left their homes in Ain Haddar.",
        "Residents of Ain Haddar",
        "unspecified",
        "said",
        "Residents of Ain Haddar said that about 300 families had left their homes",
        claim_type="statistic",
        events=[2],
    ),
    _claim(
        "The ministry of health counts nine wounded.",
        "The ministry of health",
        "official_body",
        "put",
        "The ministry of health put the number of wounded at nine",
        claim_type="statistic",
        events=[2],
    ),
]
