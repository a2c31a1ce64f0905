"""OpenTelemetry spans and metrics, named as the conventions for generative AI name them.

A span for each article holds a client span for each attempt. Nothing that was asked or answered
stands in them unless ``capture_content`` says so; keys never do.

Source: OpenTelemetry, Semantic conventions for generative AI: client spans, client metrics.
"""

from __future__ import annotations

import json
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, Final

from dateline.completion import Completer, Completion, CompletionRequest, Message
from dateline.errors import ConfigError, DatelineError
from dateline.records import Extraction, Usage

if TYPE_CHECKING:
    from dateline.articles import Article
    from dateline.observing.events import RunEvent
    from dateline.observing.watch import Finish

_PROVIDERS: Final = {
    "azure": "azure.ai.openai",
    "bedrock": "aws.bedrock",
    "gemini": "gcp.gemini",
    "mistral": "mistral_ai",
}
"""Families whose name in the conventions is another one."""
_TOKEN_BUCKETS: Final = [4.0**power for power in range(14)]
_SECONDS_BUCKETS: Final = [0.01 * 2.0**power for power in range(14)]
_TOLD: Final = frozenset({"retry", "fallback", "cache_hit"})


class OpenTelemetryTracing:
    """Spans and metrics through the providers that the program has set up for OpenTelemetry.

    Args:
        capture_content: put messages and answers, article text included, on the spans.

    Raises:
        ConfigError: the extra ``otel`` is not installed.
    """

    def __init__(self, *, capture_content: bool = False) -> None:
        try:
            from opentelemetry import metrics, trace
        except ImportError:
            trace = None  # type: ignore[assignment]  # told apart below
        if trace is None:
            raise ConfigError(
                "OpenTelemetry is not installed",
                where="[observability] otel",
                remedy='Install it (pip install "dateline[otel]") or take the setting out.',
            )
        self._trace = trace
        self._tracer = trace.get_tracer("dateline")
        meter = metrics.get_meter("dateline")
        self._tokens = meter.create_histogram(
            "gen_ai.client.token.usage",
            unit="{token}",
            description="Tokens of a request, by type.",
            explicit_bucket_boundaries_advisory=_TOKEN_BUCKETS,
        )
        self._duration = meter.create_histogram(
            "gen_ai.client.operation.duration",
            unit="s",
            description="Duration of a request.",
            explicit_bucket_boundaries_advisory=_SECONDS_BUCKETS,
        )
        self._articles = meter.create_counter(
            "dateline.articles", unit="{article}", description="Articles worked on, by outcome."
        )
        self._capture = capture_content

    @contextmanager
    def article(self, article: Article) -> Iterator[Finish]:
        """A span around the work on one article."""
        with self._tracer.start_as_current_span(
            "dateline.extract",
            attributes={"dateline.article.id": article.id},
            record_exception=False,
            set_status_on_exception=False,
        ) as span:
            try:
                yield lambda result: _describe_result(span, result)
            except BaseException as error:
                self._failed(span, error)
                self._articles.add(1, {"error.type": _code(error)})
                raise
            self._articles.add(1)

    @contextmanager
    def attempt(self, completer: Completer, request: CompletionRequest) -> Iterator[Finish]:
        """A client span around one attempt."""
        family = completer.family.partition("+")[0]
        common = {
            "gen_ai.operation.name": "chat",
            "gen_ai.provider.name": _PROVIDERS.get(family, family),
            "gen_ai.request.model": completer.model,
        }
        answers: list[object] = []
        started = time.perf_counter()
        with self._tracer.start_as_current_span(
            f"chat {completer.model}",
            kind=self._trace.SpanKind.CLIENT,
            attributes={**common, **_asked(request), "dateline.provider": completer.name},
            record_exception=False,
            set_status_on_exception=False,
        ) as span:
            if self._capture and span.is_recording():
                span.set_attributes(_question(request))
            outcome: dict[str, str] = {}
            try:
                yield answers.append
            except BaseException as error:
                self._failed(span, error)
                outcome = {"error.type": _code(error)}
                raise
            finally:
                self._duration.record(time.perf_counter() - started, {**common, **outcome})
            for answer in answers:
                if isinstance(answer, Completion):
                    self._answered(span, answer, common)

    def told(self, event: RunEvent) -> None:
        """Retries, fallbacks and cache hits become events of the article's span."""
        if event.kind in _TOLD:
            plain = {
                f"dateline.{name}": value
                for name, value in event.fields().items()
                if isinstance(value, str | int | float) and name != "kind"
            }
            self._trace.get_current_span().add_event(f"dateline.{event.kind}", plain)

    def _answered(self, span: Any, answer: Completion, common: dict[str, str]) -> None:
        span.set_attributes(
            {
                "gen_ai.response.model": answer.model,
                "gen_ai.response.finish_reasons": [answer.finish_reason],
                **_used(answer.usage),
            }
        )
        if self._capture and span.is_recording():
            span.set_attribute(
                "gen_ai.output.messages",
                json.dumps([_message(Message("assistant", answer.text))]),
            )
        told = {**common, "gen_ai.response.model": answer.model}
        for kind, tokens in (
            ("input", answer.usage.input_tokens),
            ("output", answer.usage.output_tokens),
        ):
            if tokens:
                self._tokens.record(tokens, {**told, "gen_ai.token.type": kind})

    def _failed(self, span: Any, error: BaseException) -> None:
        span.set_attribute("error.type", _code(error))
        status = getattr(error, "status", None)
        if isinstance(status, int):
            span.set_attribute("http.response.status_code", status)
        span.set_status(self._trace.Status(self._trace.StatusCode.ERROR, _code(error)))


def _code(error: BaseException) -> str:
    return error.code if isinstance(error, DatelineError) else type(error).__name__


def _asked(request: CompletionRequest) -> dict[str, Any]:
    sampling = request.sampling
    named = {
        "gen_ai.request.temperature": sampling.temperature,
        "gen_ai.request.max_tokens": sampling.max_tokens,
        "gen_ai.request.top_p": sampling.top_p,
        "gen_ai.request.seed": sampling.seed,
        "gen_ai.output.type": "json",
        "dateline.purpose": request.purpose,
        "dateline.article.id": request.article_id,
    }
    return {name: value for name, value in named.items() if value is not None}


def _used(usage: Usage) -> dict[str, int]:
    return {
        "gen_ai.usage.input_tokens": usage.input_tokens,
        "gen_ai.usage.output_tokens": usage.output_tokens,
        "gen_ai.usage.cache_read.input_tokens": usage.cached_input_tokens,
        "gen_ai.usage.cache_creation.input_tokens": usage.cache_write_tokens,
        "gen_ai.usage.reasoning.output_tokens": usage.reasoning_tokens,
    }


def _describe_result(span: Any, result: object) -> None:
    if isinstance(result, Extraction):
        span.set_attributes(
            {
                "dateline.events": len(result.events),
                "dateline.claims": len(result.claims),
                "dateline.rejected": len(result.rejected),
                **_used(result.usage),
            }
        )


def _question(request: CompletionRequest) -> dict[str, str]:
    messages = request.all_messages
    system = [{"type": "text", "content": m.content} for m in messages if m.role == "system"]
    others = [_message(m) for m in messages if m.role != "system"]
    return {
        "gen_ai.system_instructions": json.dumps(system),
        "gen_ai.input.messages": json.dumps(others),
    }


def _message(message: Message) -> dict[str, Any]:
    return {"role": message.role, "parts": [{"type": "text", "content": message.content}]}
