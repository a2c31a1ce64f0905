"""The cache on disk: what was put is found, and what the disk cannot do costs no answer."""

from __future__ import annotations

import logging
import os
import signal
import sqlite3
import subprocess
import sys
import tempfile
import threading
import time
from pathlib import Path

import pytest

from dateline.cache import CompletionCache, stats
from dateline.cache.store import DATABASE, unusable
from dateline.completion import Completion, Message
from dateline.errors import CacheError
from support.asking import request

MINE = {"family": "openai", "model": "gpt-5"}


def put(cache, text="{}", about="x"):
    asked = request(about)
    key = cache.key(asked, **MINE)
    cache.put(key, Completion(text), asked, **MINE)
    return key


def pair(about="x"):
    return request(about), Completion("another")


def test_an_answer_is_found_at_once_and_after_reopening(tmp_path):
    with CompletionCache(tmp_path) as cache:
        key = put(cache, "first")
        assert cache.get(key).text == "first"

    with CompletionCache(tmp_path) as cache:
        assert cache.get(key).text == "first"
        assert cache.get("0" * 64) is None


def test_a_later_answer_replaces_an_earlier_one(tmp_path):
    with CompletionCache(tmp_path) as cache:
        put(cache, "first")
        cache.flush()
        key = put(cache, "second")

    with CompletionCache(tmp_path) as cache:
        assert cache.get(key).text == "second"
    assert stats(tmp_path).entries == 1


def test_nothing_is_lost_on_close(tmp_path):
    with CompletionCache(tmp_path) as cache:
        keys = [put(cache, str(i) * 2000, str(i)) for i in range(600)]

    with CompletionCache(tmp_path) as cache:
        assert [cache.get(key).text[:3] for key in keys] == [(str(i) * 3)[:3] for i in range(600)]


def test_another_epoch_does_not_see_the_answer_and_the_first_keeps_it(tmp_path):
    with CompletionCache(tmp_path) as first, CompletionCache(tmp_path, epoch=1) as second:
        key = put(first)

        assert second.key(request("x"), **MINE) != key
        assert first.get(key) is not None


def test_two_caches_on_one_folder_share_answers(tmp_path):
    with CompletionCache(tmp_path) as one, CompletionCache(tmp_path) as other:
        key = put(one)
        one.flush()

        assert other.get(key).text == "{}"


def test_threads_share_a_cache(tmp_path):
    found = []

    def use(cache, i):
        key = put(cache, str(i), str(i))
        cache.flush()
        found.append(cache.get(key).text == str(i))

    with CompletionCache(tmp_path) as cache:
        threads = [threading.Thread(target=use, args=(cache, i)) for i in range(8)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()

    assert found == [True] * 8


def test_a_closed_cache_opens_again(tmp_path):
    cache = CompletionCache(tmp_path)
    key = put(cache)
    cache.close()
    cache.close()

    assert cache.get(key).text == "{}"
    cache.close()


def test_a_process_killed_while_writing_leaves_a_readable_cache(tmp_path):
    script = (
        "import sys; sys.path.insert(0, sys.argv[2])\n"
        "from support.asking import request\n"
        "from dateline.cache import CompletionCache\n"
        "from dateline.completion import Completion\n"
        "cache = CompletionCache(sys.argv[1])\n"
        "for i in range(10**9):\n"
        "    asked = request(str(i))\n"
        "    key = cache.key(asked, family='openai', model='gpt-5')\n"
        "    cache.put(key, Completion(str(i) * 3000), asked, family='openai', model='gpt-5')\n"
        "    if i % 10 == 9: cache.flush(); print(i, flush=True)\n"
    )
    tests = os.path.dirname(os.path.dirname(__file__))  # noqa: PTH120
    child = subprocess.Popen(
        [sys.executable, "-c", script, str(tmp_path), tests], stdout=subprocess.PIPE, text=True
    )
    for line in child.stdout:
        if int(line) >= 99:
            break
    child.send_signal(signal.SIGKILL)
    child.wait()
    child.stdout.close()

    with CompletionCache(tmp_path) as cache:
        for i in range(100):
            answer = cache.get(cache.key(request(str(i)), **MINE))
            assert answer.text == str(i) * 3000
        put(cache, "still writable", "new")
    assert stats(tmp_path).damaged == 0


def test_what_is_waiting_at_the_end_of_the_process_is_still_written(tmp_path):
    script = (
        "import sys; sys.path.insert(0, sys.argv[2])\n"
        "from support.asking import request\n"
        "from dateline.cache import CompletionCache\n"
        "from dateline.completion import Completion\n"
        "cache = CompletionCache(sys.argv[1])\n"
        "for i in range(300):\n"
        "    cache.put(str(i), Completion('x' * 5000), request(), family='f', model='m')\n"
    )
    tests = os.path.dirname(os.path.dirname(__file__))  # noqa: PTH120
    subprocess.run([sys.executable, "-c", script, str(tmp_path), tests], check=True)

    assert stats(tmp_path).entries == 300


@pytest.mark.skipif(not hasattr(os, "fork"), reason="needs fork")
def test_a_forked_child_uses_the_cache_on_its_own(tmp_path):
    with CompletionCache(tmp_path) as cache:
        mine = put(cache, "parent", "1")
        cache.flush()
        child = os.fork()
        if child == 0:
            try:
                seen = cache.get(mine).text == "parent"
                put(cache, "child", "2")
                cache.flush()
                os._exit(0 if seen else 1)
            finally:
                os._exit(2)
        assert os.waitpid(child, 0)[1] == 0

        assert cache.get(cache.key(request("2"), **MINE)).text == "child"
        put(cache, "parent again", "3")
    assert stats(tmp_path).entries == 3


def test_a_file_that_is_no_database_is_a_clear_error(tmp_path):
    (tmp_path / DATABASE).write_bytes(b"not a database at all" * 1000)

    with pytest.raises(CacheError, match=r"cache\.db.*cannot be opened.*not a database"):
        CompletionCache(tmp_path).open()


def test_a_folder_that_cannot_be_made_is_a_clear_error(tmp_path):
    (tmp_path / "file").write_text("")

    with pytest.raises(CacheError, match="writable folder"):
        CompletionCache(tmp_path / "file" / "cache").open()


def test_a_full_disk_loses_no_answer_and_warns_once(tmp_path, caplog):
    cache = CompletionCache(tmp_path)
    early = put(cache, "early", "0")
    cache.flush()
    # The limit is of the connection, so it is set where the writing happens.
    cache._thread.submit(lambda: cache._writer._con.execute("PRAGMA max_page_count = 40")).result()

    with caplog.at_level(logging.WARNING):
        for i in range(1, 200):
            put(cache, "x" * 5000, str(i))
            cache.flush()

    assert len([r for r in caplog.records if "cannot be stored" in r.getMessage()]) == 1
    assert "full" in caplog.text
    assert cache.get(early).text == "early"
    cache.close()


def test_a_database_locked_by_somebody_else_is_still_read(tmp_path):
    with CompletionCache(tmp_path) as cache:
        key = put(cache)
        cache.flush()
        other = sqlite3.connect(tmp_path / DATABASE, isolation_level=None)
        other.execute("BEGIN EXCLUSIVE")

        assert cache.get(key).text == "{}"

        waiting = put(cache, "waits", "later")
        assert cache.get(waiting).text == "waits"
        other.execute("ROLLBACK")
        other.close()
    with CompletionCache(tmp_path) as cache:
        assert cache.get(waiting).text == "waits"


def test_a_damaged_entry_is_a_miss_with_one_warning(tmp_path, caplog):
    with CompletionCache(tmp_path) as cache:
        keys = [put(cache, "x", str(i)) for i in range(3)]
    connection = sqlite3.connect(tmp_path / DATABASE)
    with connection:
        connection.execute("UPDATE Cache SET value = substr(value, 1, 20)")
    connection.close()

    with CompletionCache(tmp_path) as cache, caplog.at_level(logging.WARNING):
        assert [cache.get(key) for key in keys] == [None] * 3

    assert len(caplog.records) == 1
    assert "cache verify" in caplog.text


def test_a_page_of_rubbish_in_the_database_is_a_miss(tmp_path, caplog):
    with CompletionCache(tmp_path) as cache:
        keys = [put(cache, "x" * 3000, str(i)) for i in range(200)]
    path = tmp_path / DATABASE
    data = bytearray(path.read_bytes())
    data[8192:-4096] = os.urandom(len(data) - 8192 - 4096)
    path.write_bytes(data)

    with caplog.at_level(logging.WARNING):
        try:
            with CompletionCache(tmp_path) as cache:
                assert [cache.get(key) for key in keys] == [None] * 200
        except CacheError:
            return
    assert caplog.records


def test_the_oldest_entries_go_only_when_a_limit_is_asked_for(tmp_path):
    for folder, limit in (("all", None), ("few", 200_000)):
        with CompletionCache(tmp_path / folder, max_bytes=limit) as cache:
            for i in range(100):
                put(cache, "x" * 10_000, str(i))
                if limit:
                    cache.flush()

    assert stats(tmp_path / "all").entries == 100
    assert 0 < stats(tmp_path / "few").entries < 50


def test_the_cache_stays_out_of_version_control(tmp_path):
    CompletionCache(tmp_path / "cache").open()

    assert (tmp_path / "cache" / ".gitignore").read_text() == "*\n"


def test_unusual_text_is_kept(tmp_path):
    text = "\x00\n\ud83d “quoted” \U0001f600"
    asked = request(messages=(Message("user", text),))
    with CompletionCache(tmp_path) as cache:
        key = cache.key(asked, **MINE)
        cache.put(key, Completion(text), asked, **MINE)

    with CompletionCache(tmp_path) as cache:
        assert cache.get(key).text == text


@pytest.mark.skipif(not hasattr(os, "setuid"), reason="needs POSIX users")
def test_a_folder_that_may_not_be_written_to_is_read():
    with tempfile.TemporaryDirectory() as folder:
        with CompletionCache(folder) as cache:
            put(cache)
        for path in Path(folder).iterdir():
            path.chmod(0o444)
        Path(folder).chmod(0o555)
        child = os.fork()
        if child == 0:
            status = 2
            try:
                if os.geteuid() == 0:  # nothing is read-only for root
                    os.setuid(65534)
                cache = CompletionCache(folder)
                asked, answer = pair()
                key = cache.key(asked, **MINE)
                found = cache.get(key)
                stored = cache.put(key, answer, asked, **MINE)
                cache.close()
                status = 0 if found is not None and cache.read_only and not stored else 1
            finally:
                os._exit(status)
        assert os.waitpid(child, 0)[1] == 0
        Path(folder).chmod(0o755)


def test_entries_grow_stale_only_when_that_is_asked_for(tmp_path):
    with CompletionCache(tmp_path) as cache:
        key = put(cache, "old")
    time.sleep(0.05)

    with CompletionCache(tmp_path, max_age_s=0.01) as cache:
        assert cache.get(key) is None
    with CompletionCache(tmp_path, max_age_s=3600) as cache:
        assert cache.get(key).text == "old"
    with CompletionCache(tmp_path) as cache:
        assert cache.get(key).text == "old"


@pytest.mark.parametrize("said", ["locking protocol", "disk I/O error", "database is locked"])
def test_a_folder_whose_locks_do_not_work_is_explained(said, tmp_path):
    error = unusable(tmp_path / DATABASE, sqlite3.OperationalError(said))

    assert "network disk" in str(error)
    assert "cache export" in str(error)
