"""The hook and the log are told everything that happens, and nothing that is private."""

from __future__ import annotations

import json
import logging
from pathlib import Path
from typing import Any

import pytest

from dateline import Article, Extractor, Unavailable
from dateline.config.loading import build as configured
from dateline.extractor.building import Options, build
from dateline.observing import ObservedAnswers, ObservedAttempts, RunEvent
from dateline.providers import Scripted
from loopback import Loopback, chat, rate_limited
from support.drafts import TEXT, answer, event

KEY = "sk-test-0123456789abcdef"
ARTICLE = Article(text=TEXT, id="a1")
RIGHT = chat(answer(event()))


def config(server: Loopback, folder: Path, **more: Any) -> Any:
    table = {"kind": "openai-compatible", "base_url": server.base_url, "model": "m"}
    table |= {"api_key_env": "LAB_KEY"}
    return configured({"providers": {"lab": table}, "cache": {"dir": str(folder)}, **more})


@pytest.fixture(autouse=True)
def key(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LAB_KEY", KEY)


def test_an_article_is_told_from_its_start_to_its_end(tmp_path: Path) -> None:
    told: list[RunEvent] = []
    with Loopback([rate_limited(retry_after_ms="1"), RIGHT]) as server:
        settings = config(server, tmp_path)
        with Extractor(provider="lab", config=settings, on_event=told.append) as extractor:
            extractor.extract(ARTICLE)
            extractor.extract(ARTICLE)

    assert [each.kind for each in told] == [
        "article_started",
        "request",
        "failure",
        "retry",
        "request",
        "response",
        "article_finished",
        "article_started",
        "cache_hit",
        "article_finished",
    ]
    assert {each.article_id for each in told} == {"a1"}
    assert [each.attempt for each in told if each.kind == "request"] == [1, 2]
    failure, retry, response, finished, hit = (told[n] for n in (2, 3, 5, 6, 8))
    assert (failure.error, failure.status, retry.wait_s > 0) == ("rate_limited", 429, True)
    assert (response.provider, response.model, response.purpose) == ("lab", "loopback-1", "extract")
    assert response.usage is not None
    assert response.usage.input_tokens == 1200
    assert finished.usage is not None
    assert finished.usage.calls == 2
    assert hit.usage is not None
    assert (hit.usage.calls, hit.usage.cached_calls) == (0, 1)


def test_a_failed_article_is_told_with_its_code() -> None:
    told: list[RunEvent] = []
    provider = Scripted([Unavailable("gone", status=503)])
    with Extractor(provider=provider, on_event=told.append) as extractor:
        list(extractor.extract_many([ARTICLE]))

    assert [each.kind for each in told] == [
        "article_started",
        "request",
        "failure",
        "article_failed",
    ]
    assert (told[-1].error, told[-1].status) == ("unavailable", 503)


def test_a_hook_that_raises_costs_no_answer_and_warns_once(
    caplog: pytest.LogCaptureFixture,
) -> None:
    def broken(_: RunEvent) -> None:
        raise RuntimeError("a bug of the caller")

    provider = Scripted([answer(event())], repeat=True)
    with Extractor(provider=provider, on_event=broken) as extractor:
        results = [extractor.extract(ARTICLE) for _ in range(2)]

    assert [len(result.events) for result in results] == [1, 1]
    assert len([r for r in caplog.records if "on_event raised" in r.getMessage()]) == 1


def test_the_log_has_fields_and_neither_text_nor_key(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.DEBUG, logger="dateline.events"), Loopback(RIGHT) as server:
        settings = config(server, tmp_path)
        with Extractor(provider="lab", config=settings) as extractor:
            extractor.extract(ARTICLE)

    records = [record for record in caplog.records if record.name == "dateline.events"]
    assert [record.event for record in records] == [  # type: ignore[attr-defined]
        "article_started",
        "request",
        "response",
        "article_finished",
    ]
    written = json.dumps([record.dateline for record in records])  # type: ignore[attr-defined]
    assert '"input_tokens": 1200' in written
    for private in (KEY, "Tolmera", "Gunmen"):
        assert private not in written + caplog.text


def test_nothing_is_wrapped_while_nobody_wants_to_know(tmp_path: Path) -> None:
    with Loopback(RIGHT) as server:
        settings = config(server, tmp_path)
        quiet = build("lab", settings, Options())
        told = build("lab", settings, Options(on_event=print))

    assert quiet.watch is None
    assert not isinstance(quiet.completer, ObservedAnswers | ObservedAttempts)
    assert isinstance(told.completer, ObservedAnswers)
