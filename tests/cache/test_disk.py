"""The database holds plain values only: rows that somebody else wrote do nothing."""

from __future__ import annotations

import os
import pickle
import sqlite3

import pytest

from dateline.cache import CompletionCache, verify
from dateline.cache.disk import PlainDisk
from dateline.cache.store import DATABASE
from dateline.completion import Completion
from dateline.errors import CacheError
from support.asking import request

MINE = {"family": "openai", "model": "gpt-5"}


class Payload:
    """Unpickling this makes a file."""

    def __init__(self, target):
        self.target = str(target)

    def __reduce__(self):
        return (os.mkdir, (self.target,))


@pytest.fixture
def key(tmp_path):
    """A real cache with one real answer; its key."""
    with CompletionCache(tmp_path / "cache") as cache:
        key = cache.key(request(), **MINE)
        cache.put(key, Completion("{}"), request(), **MINE)
    return key


def tamper(tmp_path, statement, *values):
    connection = sqlite3.connect(tmp_path / "cache" / DATABASE)
    with connection:
        assert connection.execute(statement, values).rowcount == 1
    connection.close()


def read(tmp_path, key):
    with CompletionCache(tmp_path / "cache") as cache:
        return cache.get(key)


def test_a_pickled_value_in_a_row_is_never_unpickled(tmp_path, key):
    payload = pickle.dumps(Payload(tmp_path / "ran"))
    tamper(tmp_path, "UPDATE Cache SET mode = 4, value = ?", payload)

    assert read(tmp_path, key) is None
    assert verify(tmp_path / "cache").damaged[0].key == key
    assert not (tmp_path / "ran").exists()


def test_the_payload_does_run_where_it_is_unpickled(tmp_path):
    pickle.loads(pickle.dumps(Payload(tmp_path / "ran")))

    assert (tmp_path / "ran").exists()


def test_a_pickled_value_in_a_file_is_never_unpickled(tmp_path, key):
    (tmp_path / "cache" / "x.val").write_bytes(pickle.dumps(Payload(tmp_path / "ran")))
    tamper(tmp_path, "UPDATE Cache SET mode = 4, value = NULL, filename = 'x.val'")

    assert read(tmp_path, key) is None
    assert not (tmp_path / "ran").exists()


def test_a_pickled_key_is_never_unpickled(tmp_path, key):
    payload = pickle.dumps(Payload(tmp_path / "ran"))
    tamper(tmp_path, "UPDATE Cache SET raw = 0, key = ?", payload)

    assert read(tmp_path, key) is None
    assert "key" in verify(tmp_path / "cache").damaged[0].reason
    assert not (tmp_path / "ran").exists()


def test_a_row_cannot_name_a_file_to_be_read_or_deleted(tmp_path, key):
    secret = tmp_path / "secret.txt"
    secret.write_text("keep me")
    tamper(tmp_path, "UPDATE Cache SET mode = 3, value = NULL, filename = '../secret.txt'")

    assert read(tmp_path, key) is None
    with CompletionCache(tmp_path / "cache") as cache:
        cache.put(key, Completion("{}"), request(), **MINE)

    assert secret.read_text() == "keep me"
    assert read(tmp_path, key).text == "{}"


def test_settings_in_the_database_cannot_send_values_to_files(tmp_path, key):
    tamper(tmp_path, "UPDATE Settings SET value = 0 WHERE key = 'disk_min_file_size'")

    with CompletionCache(tmp_path / "cache") as cache:
        cache.put(key, Completion("x" * 100_000), request(), **MINE)

    assert read(tmp_path, key).text == "x" * 100_000
    assert not list((tmp_path / "cache").rglob("*.val"))


@pytest.mark.parametrize("value", [None, [1], {"a": 1}, object(), True, bytearray(b"x")])
def test_only_plain_values_are_stored(tmp_path, value):
    with pytest.raises(CacheError):
        PlainDisk(str(tmp_path)).store(value, False)


@pytest.mark.parametrize("key", [1, b"k", ("a", 1), None])
def test_only_text_is_a_key(tmp_path, key):
    with pytest.raises(CacheError):
        PlainDisk(str(tmp_path)).put(key)
