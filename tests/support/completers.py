"""Completers that answer in this process, to try what stands in front of a provider."""

from __future__ import annotations

import asyncio
from collections.abc import Callable

from dateline.completion import Completion, CompletionRequest
from dateline.records import Usage

PAID = Usage(calls=1, input_tokens=1200, output_tokens=150, seconds=0.5)

Answering = Callable[[CompletionRequest], Completion | Exception]


def numbered(_: CompletionRequest) -> Completion:
    """An answer that was paid for."""
    return Completion(text='{"events": []}', usage=PAID, provider="paid", model="paid-1")


class Counting:
    """Counts its calls and answers as it is told to; ``gate`` holds every answer back."""

    name, family, model = "paid", "openai", "paid-1"

    def __init__(self, answering: Answering = numbered) -> None:
        self.calls = 0
        self.closed = 0
        self.gate: asyncio.Event | None = None
        self._answering = answering

    async def complete(self, request: CompletionRequest) -> Completion:
        self.calls += 1
        if self.gate is not None:
            await self.gate.wait()
        answer = self._answering(request)
        if isinstance(answer, Exception):
            raise answer
        return answer

    async def aclose(self) -> None:
        self.closed += 1
