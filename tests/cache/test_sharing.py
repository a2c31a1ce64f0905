"""Answers leave a cache as recordings, and come into another one."""

from __future__ import annotations

import asyncio
import json
import sqlite3

import pytest

from dateline.cache import Cached, CompletionCache, export, import_recordings, stats, why
from dateline.cache.store import DATABASE
from dateline.completion import Completion
from dateline.config.loading import build as configured
from dateline.errors import CacheError, Refused, ReplayMiss
from dateline.providers import Recorder, Scripted, build
from support.asking import request
from support.completers import PAID, Counting

MINE = {"family": "openai", "model": "paid-1"}


def ask(completer, *requests):
    async def each():
        try:
            return [await completer.complete(one) for one in requests]
        finally:
            await completer.aclose()

    return asyncio.run(each())


def filled(folder, *texts, epoch=0):
    completer = Counting()
    ask(Cached(completer, CompletionCache(folder, epoch=epoch)), *(request(t) for t in texts))


def test_an_exported_run_is_replayed_without_its_provider(tmp_path):
    filled(tmp_path / "a", "one", "two")
    path = tmp_path / "run.jsonl"

    done = export(tmp_path / "a", path)
    table = {"kind": "replay", "recordings": str(path)}
    replayed = ask(build(configured({"providers": {"old": table}}), "old"), request("two"))

    assert (done.written, done.failures, done.damaged) == (2, 0, 0)
    assert replayed[0].text == '{"events": []}'
    assert replayed[0].cached
    with pytest.raises(ReplayMiss):
        ask(build(configured({"providers": {"old": table}}), "old"), request("three"))


def test_an_imported_run_is_a_hit_with_what_it_cost_and_why(tmp_path):
    filled(tmp_path / "a", "one", "two")
    export(tmp_path / "a", tmp_path / "run.jsonl")

    done = import_recordings(tmp_path / "b", tmp_path / "run.jsonl")
    completer = Counting()
    answers = ask(Cached(completer, CompletionCache(tmp_path / "b")), request("one"))

    assert (done.stored, done.kept, completer.calls) == (2, 0, 0)
    assert answers[0].cached
    assert stats(tmp_path / "b").paid == PAID + PAID
    assert why(tmp_path / "b", request("one"), **MINE).hit
    assert why(tmp_path / "b", request("1"), **MINE).differences


def test_what_is_there_is_kept_unless_it_is_to_be_replaced(tmp_path):
    filled(tmp_path / "a", "one")
    export(tmp_path / "a", tmp_path / "run.jsonl")
    line = json.loads((tmp_path / "run.jsonl").read_text("utf-8"))
    line["completion"]["text"] = "from the file"
    (tmp_path / "run.jsonl").write_text(json.dumps(line) + "\n", "utf-8")

    kept = import_recordings(tmp_path / "a", tmp_path / "run.jsonl")
    before = ask(Cached(Counting(), CompletionCache(tmp_path / "a")), request("one"))
    replaced = import_recordings(tmp_path / "a", tmp_path / "run.jsonl", replace=True)
    after = ask(Cached(Counting(), CompletionCache(tmp_path / "a")), request("one"))

    assert (kept.kept, kept.stored, replaced.stored) == (1, 0, 1)
    assert [before[0].text, after[0].text] == ['{"events": []}', "from the file"]


def test_recordings_of_the_recorder_can_be_imported(tmp_path):
    scripted = Scripted(["recorded"], family="openai", model="paid-1")
    ask(Recorder(scripted, tmp_path / "run.jsonl"), request("one"))

    import_recordings(tmp_path / "a", tmp_path / "run.jsonl")
    completer = Counting()

    answers = ask(Cached(completer, CompletionCache(tmp_path / "a")), request("one"))
    assert (answers[0].text, completer.calls) == ("recorded", 0)


def test_models_epochs_failures_and_damage_are_told_apart(tmp_path):
    filled(tmp_path, "one")
    filled(tmp_path, "one", epoch=3)
    refusing = Counting(lambda _: Refused("no"))
    with pytest.raises(Refused):
        ask(Cached(refusing, CompletionCache(tmp_path)), request("bad"))
    filled(tmp_path, "damaged")
    with sqlite3.connect(tmp_path / DATABASE) as database:
        database.execute("UPDATE Cache SET value = x'00' WHERE rowid = 4")
    database.close()

    assert export(tmp_path, tmp_path / "all.jsonl").written == 2
    done = export(tmp_path, tmp_path / "three.jsonl", epoch=3, model="openai/paid-1")
    assert (done.written, done.failures, done.damaged) == (1, 0, 1)
    assert export(tmp_path, tmp_path / "none.jsonl", model="other").written == 0
    assert not list(tmp_path.glob("*.part"))


def test_what_cannot_be_shared_is_a_clear_error(tmp_path):
    with pytest.raises(CacheError, match="no cache to export"):
        export(tmp_path / "nothing", tmp_path / "run.jsonl")
    assert not (tmp_path / "run.jsonl").exists()

    (tmp_path / "bad.jsonl").write_text('{"key": "k"}\n', "utf-8")
    with pytest.raises(CacheError, match=r"bad\.jsonl:1"):
        import_recordings(tmp_path / "a", tmp_path / "bad.jsonl")

    line = {"key": "short", "family": "f", "model": "m", "completion": {"text": "x"}}
    (tmp_path / "bad.jsonl").write_text(json.dumps(line), "utf-8")
    with pytest.raises(CacheError, match="no key of a request"):
        import_recordings(tmp_path / "a", tmp_path / "bad.jsonl")


def test_the_text_of_an_answer_is_kept_whatever_it_is(tmp_path):
    odd = 'é \ud83d \u2028 "'
    ask(
        Cached(Counting(lambda _: Completion(odd)), CompletionCache(tmp_path / "a")), request("odd")
    )
    export(tmp_path / "a", tmp_path / "run.jsonl")
    import_recordings(tmp_path / "b", tmp_path / "run.jsonl")

    answers = ask(Cached(Counting(), CompletionCache(tmp_path / "b")), request("odd"))
    assert answers[0].text == odd
