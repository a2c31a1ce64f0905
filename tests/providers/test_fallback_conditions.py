"""Which failures send a question to the next provider, with the requests that both were sent."""

from __future__ import annotations

import json
import logging
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from pydantic import BaseModel

from dateline import Article, Extraction, Extractor, Failure, InvalidAnswer, Refused, load_config
from dateline.config.loading import build as configured
from dateline.errors import ConfigError
from dateline.observing import RunEvent
from dateline.retry import RetrySettings
from loopback import Loopback, Script, chat, failed, rate_limited
from support.drafts import TEXT, answer, event

RIGHT = chat(answer(event()))
NEVER_JSON = chat("I found one attack.")
UNGROUNDED = chat(answer(event(evidence=["Nobody wrote this anywhere at all in the report."])))
REFUSAL = chat(None, refusal="I cannot help with that.")
EVERYTHING = ["unavailable", "rate_limited", "rejected", "refused", "invalid"]


@pytest.fixture(autouse=True)
def _short_waits(monkeypatch: pytest.MonkeyPatch) -> None:
    usual = RetrySettings.of
    monkeypatch.setattr(
        RetrySettings,
        "of",
        classmethod(lambda cls, provider: replace(usual(provider), first_wait_s=0.01)),
    )


def settings(first: Loopback, second: Loopback, **changes: Any) -> Any:
    table = {"kind": "openai-compatible", "model": "m", "attempts": 2}
    main = {**table, "base_url": first.base_url, "fallback": ["spare"], **changes}
    spare = {**table, "base_url": second.base_url, "model": "n"}
    return configured(
        {"providers": {"main": main, "spare": spare}, "cache": {"enabled": False}},
    )


def extracted(
    script: Script, spare: Script = RIGHT, **changes: Any
) -> tuple[Extraction | Failure, tuple[int, int], list[RunEvent]]:
    told: list[RunEvent] = []
    with Loopback(script) as first, Loopback(spare) as second:
        config = settings(first, second, **changes)
        with Extractor(provider="main", config=config, on_event=told.append) as extractor:
            (result,) = list(extractor.extract_many([Article(text=TEXT, id="a1")]))
    return result, (first.count, second.count), told


@pytest.mark.parametrize(
    ("script", "condition", "alone", "code"),
    [
        (failed(503), "unavailable", 2, "unavailable"),
        (rate_limited(retry_after_ms="1"), "rate_limited", 2, "rate_limited"),
        (failed(401), "rejected", 1, "rejected"),
        (failed(429, code="insufficient_quota"), "rejected", 1, "rejected"),
        (REFUSAL, "refused", 1, "refused"),
        (failed(400, code="content_filter"), "refused", 1, "refused"),
        (NEVER_JSON, "invalid", 2, "invalid"),
        (UNGROUNDED, "invalid", 2, "invalid"),
    ],
    ids=["503", "429", "401", "quota", "refusal", "filter", "no JSON", "no such quote"],
)
def test_each_condition_sends_its_failures_on_and_no_others(
    script: Script, condition: str, alone: int, code: str
) -> None:
    result, requests, told = extracted(script, fallback_on=[condition])

    assert isinstance(result, Extraction), result
    assert requests == (alone, 1)
    assert len(result.events) == 1
    assert result.provenance.provider == "main"
    assert result.provenance.answered_by == ("spare/loopback-1",)
    assert result.provenance.notes[-1] == (f"fallback: spare answered in place of main ({code})")
    assert result.usage.calls == alone + 1
    (changed,) = [each for each in told if each.kind == "fallback"]
    assert (changed.provider, changed.next_provider) == ("main", "spare")

    others = [each for each in EVERYTHING if each != condition]
    result, requests, _ = extracted(script, fallback_on=others)

    assert requests == (alone, 0)
    assert isinstance(result, Failure) or result.rejected


def test_a_refusal_and_an_unusable_answer_stay_where_they_are_by_default() -> None:
    refused, requests, _ = extracted(REFUSAL)
    assert isinstance(refused, Failure)
    assert (refused.error, requests) == ("refused", (1, 0))

    unusable, requests, _ = extracted(NEVER_JSON)
    assert isinstance(unusable, Extraction)
    assert (bool(unusable.rejected), requests) == (True, (2, 0))


def test_what_was_kept_of_an_answer_is_not_thrown_away_for_another() -> None:
    wrong = {**event(), "evidence": ["Nobody wrote this anywhere at all in the report."]}

    result, requests, _ = extracted(chat(answer(event(), wrong)), fallback_on=["invalid"])

    assert isinstance(result, Extraction)
    assert (len(result.events), len(result.rejected)) == (1, 1)
    assert requests == (2, 0)


def test_an_article_without_events_is_no_unusable_answer() -> None:
    result, requests, _ = extracted(chat(answer()), fallback_on=["invalid"])

    assert isinstance(result, Extraction)
    assert (result.events, requests) == ((), (1, 0))


def test_when_both_fail_the_last_ones_failure_is_reported_with_the_usage_of_both() -> None:
    result, requests, _ = extracted(failed(503), failed(401), fallback_on=EVERYTHING)

    assert isinstance(result, Failure)
    assert (result.error, requests) == ("rejected", (2, 1))
    assert result.usage.calls == 3


def test_when_the_next_one_fails_what_the_first_answered_is_kept() -> None:
    result, requests, _ = extracted(NEVER_JSON, failed(503), fallback_on=["invalid"])

    assert isinstance(result, Extraction)
    assert requests == (2, 2)
    assert result.rejected
    assert "fallback: spare failed too (unavailable)" in result.provenance.notes
    assert result.usage.calls == 4


class Name(BaseModel):
    name: str


def test_filling_in_a_model_goes_to_the_next_provider_too() -> None:
    with Loopback(NEVER_JSON) as first, Loopback(chat(json.dumps({"name": "KF"}))) as second:
        for conditions, requests in ((EVERYTHING, (2, 1)), (["refused"], (4, 1))):
            config = settings(first, second, fallback_on=conditions)
            with Extractor(provider="main", config=config) as extractor:
                if "invalid" in conditions:
                    assert extractor.extract_as(Name, Article(text=TEXT)).name == "KF"
                else:
                    with pytest.raises(InvalidAnswer):
                        extractor.extract_as(Name, Article(text=TEXT))
            assert (first.count, second.count) == requests


def test_extract_raises_what_the_last_provider_said() -> None:
    with Loopback(failed(503)) as first, Loopback(REFUSAL) as second:
        config = settings(first, second)
        with Extractor(provider="main", config=config) as extractor, pytest.raises(Refused):
            extractor.extract(Article(text=TEXT))


def test_the_change_is_logged_with_fields_and_without_text(
    caplog: pytest.LogCaptureFixture,
) -> None:
    with caplog.at_level(logging.WARNING, logger="dateline"):
        extracted(failed(503))

    (record,) = [r for r in caplog.records if "asking spare" in r.getMessage()]
    assert (record.provider, record.error, record.next_provider) == (  # type: ignore[attr-defined]
        "main",
        "unavailable",
        "spare",
    )
    assert "Tolmera" not in caplog.text


def test_an_unknown_condition_is_an_error_that_names_the_line(tmp_path: Path) -> None:
    path = tmp_path / "dateline.toml"
    path.write_text(
        '[providers.main]\nkind = "openai"\nmodel = "m"\nfallback_on = ["sometimes"]\n', "utf-8"
    )

    with pytest.raises(ConfigError, match=r"fallback_on"):
        load_config(path)
