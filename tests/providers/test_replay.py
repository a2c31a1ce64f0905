"""Recording answers and replaying them."""

from __future__ import annotations

import asyncio
import gzip
from pathlib import Path

import pytest

from dateline.completion import Completer, Completion, CompletionRequest, Sampling
from dateline.config import load_config
from dateline.errors import CacheError, ConfigError, ReplayMiss, Unavailable
from dateline.providers import Recorder, Scripted, build
from dateline.records import Usage
from support.asking import request


def ask(completer: Completer, *requests: CompletionRequest) -> list[Completion]:
    async def each() -> list[Completion]:
        return [await completer.complete(one) for one in requests]

    return asyncio.run(each())


def replay(tmp_path: Path) -> Completer:
    config = tmp_path / "dateline.toml"
    config.write_text('[providers.old]\nkind = "replay"\nrecordings = "recordings.jsonl"\n')
    return build(load_config(config), "old")


def record(tmp_path: Path, *answers: Completion | str, model: str = "m", epoch: int = 0) -> None:
    scripted = Scripted(answers, family="openai", model=model)
    recorder = Recorder(scripted, tmp_path / "recordings.jsonl", epoch=epoch)
    ask(recorder, *(request(f"Report {n}.") for n in range(len(answers))))


def test_what_was_recorded_is_replayed_at_no_cost(tmp_path: Path) -> None:
    given = Completion(
        text='{"a": "é \ud83d"}',
        finish_reason="length",
        usage=Usage(calls=1, input_tokens=9),
        provider="lab",
        model="m-2",
        detail="d",
    )
    record(tmp_path, given, "second")

    second, first = ask(replay(tmp_path), request("Report 1."), request("Report 0."))

    assert second.text == "second"
    assert (first.text, first.finish_reason, first.detail) == (given.text, "length", "d")
    assert (first.provider, first.model, first.cached) == ("lab", "m-2", True)
    assert first.usage == Usage(cached_calls=1)


def test_recordings_of_several_models_and_epochs_are_found(tmp_path: Path) -> None:
    record(tmp_path, "one")
    record(tmp_path, "two", "three", model="n", epoch=4)

    completer = replay(tmp_path)

    assert [c.text for c in ask(completer, request("Report 0."), request("Report 1."))] == [
        "one",
        "three",
    ]
    assert (completer.name, completer.model) == ("old", "m")


def test_a_later_recording_replaces_an_earlier_one(tmp_path: Path) -> None:
    record(tmp_path, "one")
    record(tmp_path, "two")

    assert ask(replay(tmp_path), request("Report 0."))[0].text == "two"


@pytest.mark.parametrize(
    "other",
    [request("Report 9."), request("Report 0.", sampling=Sampling(temperature=0.5))],
)
def test_a_request_that_was_not_recorded_says_which_and_how(
    tmp_path: Path, other: CompletionRequest
) -> None:
    record(tmp_path, "one")

    with pytest.raises(ReplayMiss) as caught:
        ask(replay(tmp_path), other)

    message = str(caught.value)
    assert str(tmp_path / "recordings.jsonl") in message
    assert "extract for article 'a1'" in message
    assert "Recorder(completer, path)" in message
    assert "Report" not in message


def test_purpose_and_article_do_not_matter(tmp_path: Path) -> None:
    record(tmp_path, "one")
    other = request("Report 0.", purpose="reask", article_id="b")

    assert ask(replay(tmp_path), other)[0].text == "one"


def test_failures_are_not_recorded(tmp_path: Path) -> None:
    recorder = Recorder(Scripted([Unavailable("down")]), tmp_path / "recordings.jsonl")

    with pytest.raises(Unavailable):
        ask(recorder, request())

    assert not (tmp_path / "recordings.jsonl").exists()


def test_a_damaged_line_is_named(tmp_path: Path) -> None:
    record(tmp_path, "one")
    with (tmp_path / "recordings.jsonl").open("a") as file:
        file.write('{"key": "x"}\n')

    with pytest.raises(CacheError, match=r"recordings\.jsonl:2: this line is no recording"):
        replay(tmp_path)


def test_missing_recordings_name_the_setting(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match=r"toml:3: providers\.old\.recordings"):
        replay(tmp_path)


def test_packed_recordings_are_replayed(tmp_path: Path) -> None:
    record(tmp_path, "one")
    packed = tmp_path / "recordings.jsonl.gz"
    packed.write_bytes(gzip.compress((tmp_path / "recordings.jsonl").read_bytes()))
    config = tmp_path / "dateline.toml"
    config.write_text('[providers.old]\nkind = "replay"\nrecordings = "recordings.jsonl.gz"\n')

    [answer] = ask(build(load_config(config), "old"), request("Report 0."))

    assert answer.text == "one"


@pytest.mark.parametrize("content", [b"no gzip", gzip.compress(b"x" * 5000)[:40]])
def test_a_damaged_packed_file_is_named(tmp_path: Path, content: bytes) -> None:
    packed = tmp_path / "recordings.jsonl.gz"
    packed.write_bytes(content)
    config = tmp_path / "dateline.toml"
    config.write_text('[providers.old]\nkind = "replay"\nrecordings = "recordings.jsonl.gz"\n')

    with pytest.raises(CacheError, match=r"recordings\.jsonl\.gz"):
        build(load_config(config), "old")
