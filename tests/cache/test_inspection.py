"""Looking into a cache folder: figures, damage, quarantine and clearing."""

from __future__ import annotations

import json
import sqlite3
from datetime import UTC, datetime, timedelta

import pytest

from dateline.cache import CachedFailure, CompletionCache, clear, stats, verify
from dateline.cache.store import DATABASE
from dateline.completion import Completion
from dateline.errors import CacheError
from dateline.records import Usage
from support.asking import request
from support.completers import PAID


@pytest.fixture
def folder(tmp_path):
    """Three answers of two models and a refusal, the last in another epoch."""
    for epoch, model, about in ((0, "m1", "a"), (0, "m1", "b"), (0, "m2", "c"), (7, "m2", "d")):
        with CompletionCache(tmp_path, epoch=epoch) as cache:
            asked = request(about)
            answer = (
                CachedFailure("refused", "declined")
                if about == "d"
                else Completion("{}", usage=PAID)
            )
            key = cache.key(asked, family="f", model=model)
            cache.put(key, answer, asked, family="f", model=model)
    return tmp_path


def damage(folder, where="rowid = 1", what="value = substr(value, 1, 30)"):
    connection = sqlite3.connect(folder / DATABASE)
    with connection:
        connection.execute(f"UPDATE Cache SET {what} WHERE {where}")
    connection.close()


def test_the_figures_of_a_cache(folder):
    before = datetime.now(UTC)

    found = stats(folder)

    assert (found.entries, found.failures, found.damaged) == (4, 1, 0)
    assert found.by_model == {"f/m1": 2, "f/m2": 2}
    assert found.by_epoch == {0: 3, 7: 1}
    assert found.paid == PAID + PAID + PAID
    assert found.size_bytes >= (folder / DATABASE).stat().st_size > 0
    assert before - timedelta(minutes=5) < found.oldest <= found.newest <= before


def test_where_there_is_no_cache_everything_is_empty(tmp_path):
    missing = tmp_path / "none"

    assert stats(missing).entries == 0
    assert stats(missing).paid == Usage()
    assert verify(missing).ok
    assert clear(missing).removed == 0
    assert not missing.exists()


def test_a_sound_cache_verifies(folder):
    found = verify(folder)

    assert found.ok
    assert found.checked == 4


def test_damage_is_counted_and_named(folder):
    damage(folder)

    found = verify(folder)

    assert stats(folder).damaged == 1
    assert not found.ok
    assert [d.row for d in found.damaged] == [1]
    assert stats(folder).entries == 3
    assert found.quarantine is None


def test_damaged_entries_are_moved_and_the_rest_stays(folder):
    damage(folder)
    damage(folder, "rowid = 2", "mode = 4")

    moved = verify(folder, quarantine=True)

    lines = (moved.quarantine / "rows.jsonl").read_text().splitlines()
    assert len(lines) == len(moved.damaged) == 2
    assert "pickled" in json.loads(lines[1])["reason"]
    assert verify(folder).ok
    assert stats(folder).entries == 2


def test_a_cache_is_still_usable_after_a_quarantine(folder):
    damage(folder)
    verify(folder, quarantine=True)

    with CompletionCache(folder) as cache:
        asked = request("a")
        key = cache.key(asked, family="f", model="m1")
        assert cache.get(key) is None
        cache.put(key, Completion("again"), asked, family="f", model="m1")

    with CompletionCache(folder) as cache:
        assert cache.get(key).text == "again"


def test_a_database_beyond_reading_is_moved_whole(folder):
    (folder / DATABASE).write_bytes(b"rubbish" * 2000)
    with pytest.raises(CacheError):
        stats(folder)

    assert not verify(folder).ok
    moved = verify(folder, quarantine=True)

    assert (moved.quarantine / DATABASE).exists()
    assert stats(folder).entries == 0
    CompletionCache(folder).open()


@pytest.mark.parametrize(
    ("chosen", "removed"),
    [
        ({}, 4),
        ({"model": "m1"}, 2),
        ({"model": "f/m2"}, 2),
        ({"model": "m"}, 0),
        ({"epoch": 7}, 1),
        ({"failures_only": True}, 1),
        ({"before": datetime.now(UTC) + timedelta(days=1)}, 4),
        ({"before": datetime(2020, 1, 1, tzinfo=UTC)}, 0),
        ({"model": "m2", "epoch": 0}, 1),
    ],
    ids=str,
)
def test_clearing_removes_what_is_asked_for(folder, chosen, removed):
    found = clear(folder, **chosen)

    assert (found.removed, found.kept) == (removed, 4 - removed)
    assert stats(folder).entries == 4 - removed


def test_clearing_everything_takes_damaged_entries_too(folder):
    damage(folder)

    assert clear(folder).removed == 4


def test_clearing_reaches_a_cache_that_is_open(folder):
    with CompletionCache(folder) as cache:
        key = cache.key(request("a"), family="f", model="m1")
        assert cache.get(key) is not None

        clear(folder)

        assert cache.get(key) is None
