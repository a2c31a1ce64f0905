"""The ledger of attempts: whoever makes a call notes it, whoever wants to know opens a ledger.

The ledger travels in a context variable, past limits, retries and fallbacks, which need not know
of it. Each request has one of its own; a call that nobody keeps a ledger of is noted nowhere.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from dateline.records import Attempt, Usage

if TYPE_CHECKING:
    from dateline.completion import Completer, Completion, CompletionRequest
    from dateline.errors import CompletionError


@dataclass(slots=True)
class Ledger:
    """Attempts in the order in which they ended, and what they used together."""

    attempts: list[Attempt] = field(default_factory=list)
    usage: Usage = field(default_factory=Usage)

    def add(self, attempt: Attempt, usage: Usage) -> None:
        """Enter an attempt with its usage."""
        self.attempts.append(attempt)
        self.usage = self.usage + usage

    def take(self, other: Ledger) -> None:
        """Enter everything that another ledger holds."""
        self.attempts += other.attempts
        self.usage = self.usage + other.usage


_open: ContextVar[Ledger | None] = ContextVar("dateline_ledger", default=None)


@contextmanager
def ledger() -> Iterator[Ledger]:
    """Keep a ledger of what is asked in this task while the block runs."""
    opened = Ledger()
    token = _open.set(opened)
    try:
        yield opened
    finally:
        _open.reset(token)


def current() -> Ledger | None:
    """The ledger that is kept of this task, if there is one."""
    return _open.get()


def note(
    completer: Completer,
    request: CompletionRequest,
    outcome: Completion | CompletionError,
    *,
    status: int | None = None,
) -> None:
    """Enter how one call ended, if anybody keeps a ledger of it.

    Args:
        completer: who was asked.
        request: what was asked.
        outcome: the answer or the error, with its usage where that is known.
        status: the HTTP status of an answer; an error knows its own.
    """
    opened = _open.get()
    if opened is not None:
        enter(opened, completer, request, outcome, status=status)


def enter(
    opened: Ledger,
    completer: Completer,
    request: CompletionRequest,
    outcome: Completion | CompletionError,
    *,
    status: int | None = None,
) -> None:
    """Enter how one call ended into a certain ledger; see ``note``."""
    usage: Usage = outcome.usage if isinstance(outcome.usage, Usage) else Usage(calls=1)
    if isinstance(outcome, Exception):
        provider, model, finish = completer.name, completer.model, None
        error, status = outcome.code, outcome.status
    else:
        provider, model = outcome.provider or completer.name, outcome.model or completer.model
        finish, error = outcome.finish_reason, None
    attempt = Attempt(
        provider=provider,
        model=model,
        purpose=request.purpose,
        status=None if usage.cached_calls else status,
        error=error,
        finish_reason=finish,
        cached=usage.cached_calls > 0 and usage.calls == 0,
        seconds=usage.seconds,
        input_tokens=usage.input_tokens,
        cached_input_tokens=usage.cached_input_tokens,
        cache_write_tokens=usage.cache_write_tokens,
        output_tokens=usage.output_tokens,
        reasoning_tokens=usage.reasoning_tokens,
        cost_usd=usage.cost_usd,
    )
    opened.add(attempt, usage)
