"""Spans and metrics, read back from OpenTelemetry's own SDK."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from importlib.metadata import version
from pathlib import Path
from typing import Any

import pytest
from opentelemetry import metrics, trace
from opentelemetry.sdk.metrics import MeterProvider
from opentelemetry.sdk.metrics.export import InMemoryMetricReader
from opentelemetry.sdk.trace import TracerProvider
from opentelemetry.sdk.trace.export import SimpleSpanProcessor
from opentelemetry.sdk.trace.export.in_memory_span_exporter import InMemorySpanExporter

from dateline import Article, Extractor
from dateline.config.loading import build as configured
from loopback import Loopback, chat, failed, rate_limited
from support.drafts import TEXT, answer, event

KEY = "sk-test-0123456789abcdef"
RIGHT = chat(answer(event()))
SPANS = InMemorySpanExporter()
READER = InMemoryMetricReader()


@pytest.fixture(scope="session", autouse=True)
def _sdk() -> None:
    provider = TracerProvider()
    provider.add_span_processor(SimpleSpanProcessor(SPANS))
    trace.set_tracer_provider(provider)
    metrics.set_meter_provider(MeterProvider([READER]))


@pytest.fixture(autouse=True)
def _afresh(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setenv("LAB_KEY", KEY)
    SPANS.clear()
    yield
    SPANS.clear()


def run(script: Any, folder: Path, *, times: int = 1, **observability: Any) -> list[Any]:
    with Loopback(script) as server:
        table = {"kind": "openai-compatible", "base_url": server.base_url, "model": "m"}
        table |= {"api_key_env": "LAB_KEY"}
        document = {
            "providers": {"lab": table},
            "cache": {"dir": str(folder)},
            "observability": {"otel": True, **observability},
        }
        with Extractor(provider="lab", config=configured(document)) as extractor:
            for _ in range(times):
                list(extractor.extract_many([Article(text=TEXT, id="a1")]))
    return list(SPANS.get_finished_spans())


def test_an_attempt_is_a_client_span_inside_its_article(tmp_path: Path) -> None:
    attempt, article = run(RIGHT, tmp_path)

    assert (attempt.name, attempt.kind) == ("chat m", trace.SpanKind.CLIENT)
    assert (article.name, article.kind) == ("dateline.extract", trace.SpanKind.INTERNAL)
    assert attempt.parent.span_id == article.context.span_id
    found = dict(attempt.attributes)
    assert found["gen_ai.operation.name"] == "chat"
    assert found["gen_ai.provider.name"] == "openai-compatible"
    assert found["gen_ai.request.model"] == "m"
    assert found["gen_ai.response.model"] == "loopback-1"
    assert found["gen_ai.response.finish_reasons"] == ("stop",)
    assert found["gen_ai.usage.input_tokens"] == 1200
    assert found["gen_ai.usage.output_tokens"] == 150
    assert found["gen_ai.request.max_tokens"] > 0
    assert article.attributes["dateline.events"] == 1
    assert article.attributes["dateline.article.id"] == "a1"


def test_the_names_are_those_of_the_conventions(tmp_path: Path) -> None:
    attributes = pytest.importorskip(
        "opentelemetry.semconv._incubating.attributes.gen_ai_attributes"
    )
    known = {v for k, v in vars(attributes).items() if k.startswith("GEN_AI_")}
    if int(version("opentelemetry-semantic-conventions").split(".")[1].partition("b")[0]) < 66:
        pytest.skip("the conventions that are installed are older than the names")

    spans = run(RIGHT, tmp_path, capture_content=True)

    used = {name for span in spans for name in span.attributes if name.startswith("gen_ai.")}
    assert len(used) > 10
    assert used - known == set()


def test_retries_and_hits_are_events_of_the_article(tmp_path: Path) -> None:
    spans = run([rate_limited(retry_after_ms="1"), RIGHT], tmp_path, times=2)

    assert [span.name for span in spans] == ["chat m", "chat m", *["dateline.extract"] * 2]
    failed_attempt, _, first, second = spans
    assert failed_attempt.attributes["error.type"] == "rate_limited"
    assert failed_attempt.attributes["http.response.status_code"] == 429
    assert failed_attempt.status.status_code is trace.StatusCode.ERROR
    assert [each.name for each in first.events] == ["dateline.retry"]
    assert [each.name for each in second.events] == ["dateline.cache_hit"]


def test_a_failed_article_says_so(tmp_path: Path) -> None:
    attempt, article = run(failed(401), tmp_path)

    assert attempt.attributes["error.type"] == article.attributes["error.type"] == "rejected"
    assert article.status.status_code is trace.StatusCode.ERROR


@pytest.mark.parametrize("capture", [False, True])
def test_text_is_there_only_when_asked_for_and_the_key_never(tmp_path: Path, capture: bool) -> None:
    spans = run(RIGHT, tmp_path, capture_content=capture)
    spans += run(failed(401, message=f"bad key {KEY}"), tmp_path / "b", capture_content=capture)

    written = " ".join(span.to_json() for span in spans)
    assert ("Tolmera" in written) is capture
    assert KEY not in written


def test_tokens_and_durations_are_metrics(tmp_path: Path) -> None:
    run(RIGHT, tmp_path)

    data = READER.get_metrics_data()
    assert data is not None
    found = {
        metric.name: metric.data.data_points
        for resource in data.resource_metrics
        for scope in resource.scope_metrics
        for metric in scope.metrics
    }
    kinds = {point.attributes["gen_ai.token.type"] for point in found["gen_ai.client.token.usage"]}
    assert kinds == {"input", "output"}
    assert found["gen_ai.client.operation.duration"]
    assert found["dateline.articles"]


def test_without_the_extra_the_setting_is_a_clear_error() -> None:
    script = (
        "import sys; sys.modules['opentelemetry'] = None\n"
        "from dateline import Extractor\n"
        "from dateline.config.loading import build\n"
        "Extractor(config=build({'observability': {'otel': True}}))\n"
    )

    done = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, check=False
    )

    assert done.returncode == 1
    assert 'pip install "dateline[otel]"' in done.stderr
    assert "During handling" not in done.stderr
