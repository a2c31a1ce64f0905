"""A key is in the request that it is for, and in nothing else that a run leaves behind."""

from __future__ import annotations

import logging
from pathlib import Path
from typing import Any

import pytest

from dateline import Article, Extractor
from dateline.cache import export
from dateline.config.loading import build as configured
from dateline.observing import RunEvent
from loopback import Answer, Loopback, chat, failed, reset, reset_in_body
from support.drafts import TEXT, answer, event

KEY = "k3y-0123456789abcdef"
TEAM = "t3am-0123456789abcdef"
SECRETS = (KEY, TEAM)


@pytest.mark.parametrize(
    "script",
    [
        chat(answer(event())),
        chat(None, refusal=f"The key {KEY} of {TEAM} may not ask this."),
        failed(401, message=f"Incorrect API key provided: {KEY}"),
        failed(403, message=f"the team {TEAM} may not", code=KEY, param=TEAM),
        failed(429, message=f"slow down, {KEY}"),
        failed(500, message=f"{TEAM} broke it"),
        Answer(307, headers={"location": f"http://models.invalid/?key={KEY}"}),
        Answer(502, f"<html>{KEY} {TEAM}</html>".encode(), {"content-type": "text/html"}),
        reset(),
        reset_in_body(),
    ],
    ids=["right", "refusal", "401", "403", "429", "500", "307", "502", "reset", "cut"],
)
def test_nothing_that_a_run_leaves_behind_holds_a_secret(
    script: Answer,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
) -> None:
    monkeypatch.setenv("LAB_KEY", KEY)
    monkeypatch.setenv("LAB_TEAM", TEAM)
    told: list[RunEvent] = []
    left: list[str] = []
    with caplog.at_level(logging.DEBUG), Loopback(script) as server:
        table: dict[str, Any] = {
            "kind": "openai-compatible",
            "base_url": server.base_url,
            "model": "m",
            "api_key_env": "LAB_KEY",
            "headers": {"X-Team": "env:LAB_TEAM"},
            "attempts": 1,
        }
        cache = {"dir": str(tmp_path / "cache")}
        config = configured({"providers": {"lab": table}, "cache": cache})
        with Extractor(provider="lab", config=config, on_event=told.append) as extractor:
            (result,) = extractor.extract_many([Article(text=TEXT, id="a1")])
            left += [repr(extractor), repr(config), config.model_dump_json()]
    for request in server.requests:
        assert request.headers["authorization"] == f"Bearer {KEY}"
        assert request.headers["x-team"] == TEAM

    left += [repr(told), result.model_dump_json()]
    left += [f"{record.getMessage()} {vars(record)}" for record in caplog.records]
    export(tmp_path / "cache", tmp_path / "run.jsonl")
    left += [path.read_bytes().decode("latin-1") for path in tmp_path.rglob("*") if path.is_file()]
    found = [secret for secret in SECRETS for text in left if secret in text]
    assert found == []
