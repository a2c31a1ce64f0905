"""Who is told: the caller's hook, the ``dateline.events`` log and OpenTelemetry."""

from __future__ import annotations

import logging
import time
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext
from contextvars import ContextVar
from typing import TYPE_CHECKING, Any, Protocol

from dateline.completion import Completer, Completion, CompletionRequest
from dateline.errors import CompletionError, DatelineError
from dateline.observing.events import OnEvent, RunEvent
from dateline.records import Extraction, Usage

if TYPE_CHECKING:
    from dateline.articles import Article
    from dateline.config import Config

log = logging.getLogger("dateline")
events_log = logging.getLogger("dateline.events")

Finish = Callable[[object], None]
"""Told the result before a span ends."""


class Tracing(Protocol):
    """What makes spans: see ``dateline.observing.tracing``."""

    def article(self, article: Article) -> AbstractContextManager[Finish]: ...

    def attempt(
        self, completer: Completer, request: CompletionRequest
    ) -> AbstractContextManager[Finish]: ...

    def told(self, event: RunEvent) -> None: ...


class Watch:
    """Tells everybody who wants to know. One for each extractor that is watched at all.

    Args:
        on_event: the caller's hook. What it raises is logged once and costs no answer.
        tracing: makes spans and metrics.
        logged: whether events go to the log ``dateline.events``, at DEBUG.
    """

    def __init__(
        self,
        on_event: OnEvent | None = None,
        *,
        tracing: Tracing | None = None,
        logged: bool = False,
    ) -> None:
        self._on_event = on_event
        self._tracing = tracing
        self._logged = logged
        self._hook_failed = False
        self._asked: ContextVar[tuple[CompletionRequest, str, int] | None] = ContextVar(
            "dateline_asked", default=None
        )

    def tell(self, event: RunEvent) -> None:
        """Pass an event on."""
        if self._on_event is not None:
            try:
                self._on_event(event)
            except Exception as error:
                if not self._hook_failed:
                    self._hook_failed = True
                    log.warning(
                        "on_event raised %s; extraction goes on without it being heard",
                        type(error).__name__,
                        exc_info=error,
                    )
        if self._tracing is not None:
            self._tracing.told(event)
        if self._logged:
            events_log.debug("%s %s", event.kind, event.article_id, extra=_extra(event))

    @contextmanager
    def article(self, article: Article) -> Iterator[Finish]:
        """Around the work on one article."""
        started = time.perf_counter()
        self.tell(RunEvent("article_started", article.id))
        found: list[object] = []
        span = self._tracing.article(article) if self._tracing else nullcontext(_ignore)
        try:
            with span as finish:
                yield found.append
                finish(found[0] if found else None)
        except BaseException as error:
            code = error.code if isinstance(error, DatelineError) else type(error).__name__
            usage = getattr(error, "usage", None)
            self.tell(
                RunEvent(
                    "article_failed",
                    article.id,
                    error=code,
                    status=getattr(error, "status", None),
                    seconds=time.perf_counter() - started,
                    usage=usage if isinstance(usage, Usage) else None,
                )
            )
            raise
        result = found[0] if found else None
        self.tell(
            RunEvent(
                "article_finished",
                article.id,
                seconds=time.perf_counter() - started,
                usage=result.usage if isinstance(result, Extraction) else None,
            )
        )

    async def attempt(self, completer: Completer, request: CompletionRequest) -> Completion:
        """Ask once, and tell how it went."""
        before = self._asked.get()
        number = 1
        if before is not None and before[0] is request and before[1] == completer.name:
            number = before[2] + 1
        self._asked.set((request, completer.name, number))
        about: dict[str, Any] = {
            "article_id": request.article_id,
            "provider": completer.name,
            "purpose": request.purpose,
            "attempt": number,
        }
        self.tell(RunEvent("request", model=completer.model, **about))
        started = time.perf_counter()
        span = self._tracing.attempt(completer, request) if self._tracing else nullcontext(_ignore)
        try:
            with span as finish:
                completion = await completer.complete(request)
                finish(completion)
        except CompletionError as error:
            self.tell(
                RunEvent(
                    "failure",
                    model=completer.model,
                    error=error.code,
                    status=error.status,
                    seconds=time.perf_counter() - started,
                    usage=error.usage if isinstance(error.usage, Usage) else None,
                    **about,
                )
            )
            raise
        self.tell(
            RunEvent(
                "response",
                model=completion.model,
                finish_reason=completion.finish_reason,
                seconds=time.perf_counter() - started,
                usage=completion.usage,
                **about,
            )
        )
        return completion

    def retry(self, error: CompletionError, wait_s: float) -> None:
        """For ``Retrying(on_retry=...)``."""
        asked = self._asked.get()
        if asked is None:
            return
        request, provider, number = asked
        self.tell(
            RunEvent(
                "retry",
                request.article_id,
                provider=provider,
                purpose=request.purpose,
                attempt=number + 1,
                wait_s=wait_s,
                error=error.code,
                status=error.status,
            )
        )

    def fallback(
        self, request: CompletionRequest, provider: str, code: str, next_provider: str
    ) -> None:
        """For ``Fallback(on_fallback=...)``."""
        self.tell(
            RunEvent(
                "fallback",
                request.article_id,
                provider=provider,
                purpose=request.purpose,
                error=code,
                next_provider=next_provider,
            )
        )


def watch(config: Config, on_event: OnEvent | None) -> Watch | None:
    """Return who is told, or None where nobody wants to know: then nothing is wrapped.

    Raises:
        ConfigError: ``[observability] otel`` is on and its extra is not installed.
    """
    logged = events_log.isEnabledFor(logging.DEBUG)
    tracing: Tracing | None = None
    if config.observability.otel:
        from dateline.observing.tracing import OpenTelemetryTracing

        tracing = OpenTelemetryTracing(capture_content=config.observability.capture_content)
    if on_event is None and tracing is None and not logged:
        return None
    return Watch(on_event, tracing=tracing, logged=logged)


def _ignore(_: object) -> None:
    pass


def _extra(event: RunEvent) -> dict[str, Any]:
    return {"event": event.kind, "dateline": event.fields()}
