"""One thing that happened, as a hook and the log are told of it. It never holds text or keys."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Literal

from dateline.records import Usage

Kind = Literal[
    "article_started",
    "article_finished",
    "article_failed",
    "request",
    "response",
    "failure",
    "retry",
    "fallback",
    "cache_hit",
]


@dataclass(frozen=True, slots=True)
class RunEvent:
    """One thing that happened to an article or to one of its requests.

    Attributes:
        kind: ``article_started``, ``article_finished`` or ``article_failed``; for each attempt of
            a request ``request`` and then ``response`` or ``failure``; ``retry`` before another
            attempt; ``fallback`` before another provider; ``cache_hit`` instead of a call.
        article_id: of the article; empty where a request is about none.
        provider: the configured name; for ``fallback``, the provider that could not answer.
        model: the model that was asked, or that answered.
        purpose: what the request is for, e.g. ``extract`` or ``reask``.
        attempt: 1 for the first attempt of a request at this provider.
        seconds: how long the attempt or the article took.
        wait_s: the wait before the next attempt.
        finish_reason: of the answer.
        error: the code of the failure, e.g. ``rate_limited``.
        status: the HTTP status of the failure, where there was one.
        next_provider: who is asked instead.
        usage: what the attempt or the article used.
    """

    kind: Kind
    article_id: str = ""
    provider: str = ""
    model: str = ""
    purpose: str = ""
    attempt: int = 0
    seconds: float = 0.0
    wait_s: float = 0.0
    finish_reason: str = ""
    error: str = ""
    status: int | None = None
    next_provider: str = ""
    usage: Usage | None = None

    def fields(self) -> dict[str, Any]:
        """What is known of it, as plain data for a log."""
        known: dict[str, Any] = {}
        for name in self.__slots__:
            value = getattr(self, name)
            if isinstance(value, Usage):
                value = value.model_dump(exclude_defaults=True)
            if value not in ("", 0, 0.0, None):
                known[name] = value
        return known


OnEvent = Callable[[RunEvent], None]
