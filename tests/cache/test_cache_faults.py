"""What can happen to a cache, through the whole extractor, with the HTTP requests that it costs.

``COSTS`` is what the tests expect, and a table in ``docs/failures.md``:

    python tests/cache/test_cache_faults.py        # writes the table anew
"""

from __future__ import annotations

import logging
import os
import pickle
import signal
import sqlite3
import subprocess
import sys
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parents[1]))

from dateline import Article, Extractor
from dateline.cache import stats, verify
from dateline.cache.store import DATABASE
from dateline.config.loading import build as configured
from loopback import Loopback, Received, chat
from support.drafts import TEXT, answer, event

TESTS = str(Path(__file__).parents[1])
PAGE = Path(__file__).parents[2] / "docs" / "failures.md"
START, END = "<!-- cache faults: begin -->\n", "<!-- cache faults: end -->\n"
DAMAGED, CRAFTED, OVERWRITTEN = "damaged", "crafted", "overwritten"
KILLED, SHARED = "killed", "shared"
COSTS = {
    DAMAGED: ("an answer is stored, damaged, and asked for twice more", 2, "each time 1 event"),
    CRAFTED: (
        "the same with a row that would run code when it is unpickled",
        2,
        "each time 1 event; nothing ran",
    ),
    OVERWRITTEN: (
        "three answers are stored, the database is overwritten, and all three are asked for again",
        6,
        "each time 1 event; one warning",
    ),
    KILLED: (
        "killed in the middle of writing the last of five answers, and all five asked for again",
        6,
        "each time 1 event; nothing is damaged",
    ),
    SHARED: (
        "two processes of 64 threads ask all at once for the same ten answers",
        10,
        "each time 1 event; all ten are stored",
    ),
}
RIGHT = chat(answer(event()), delay_s=0.01)

PROGRAM = """
import os, signal, sys, threading
sys.path.insert(0, sys.argv[1])
from dateline import Article, Extractor
from dateline.cache import CompletionCache
from dateline.config.loading import build
from support.drafts import TEXT

url, folder, doing = sys.argv[2:5]
config = build(
    {
        "providers": {"lab": {"kind": "openai-compatible", "base_url": url, "model": "m"}},
        "cache": {"dir": folder},
    }
)


def article(number):
    return Article(text=TEXT.replace("He blamed", f"It was case {number}. He blamed"), id="a")


if doing == "die":
    written, write = threading.Semaphore(0), CompletionCache._write

    def deadly(self, batch):
        with self._writer.transact():
            write(self, batch)
            if stored == 4:
                os.kill(os.getpid(), signal.SIGKILL)
        written.release()

    CompletionCache._write = deadly
    with Extractor(provider="lab", config=config) as extractor:
        for stored in range(5):
            extractor.extract(article(stored))
            written.acquire()
else:
    failed = []

    def work(start):
        for number in range(10):
            result = extractor.extract(article((start * 7 + number) % 10))
            if len(result.events) != 1:
                failed.append(result)

    with Extractor(provider="lab", config=config) as extractor:
        print("ready", flush=True)
        sys.stdin.readline()
        threads = [threading.Thread(target=work, args=(n,)) for n in range(64)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
    sys.exit(1 if failed else 0)
"""


@contextmanager
def started(server: Loopback, folder: Path, doing: str) -> Iterator[subprocess.Popen[str]]:
    process = subprocess.Popen(
        [sys.executable, "-c", PROGRAM, TESTS, server.base_url, str(folder), doing],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        env={**os.environ, "NO_PROXY": "*"},
    )
    try:
        yield process
    finally:
        process.kill()
        process.communicate()


def extracted(server: Loopback, folder: Path, *, articles: int = 1) -> int:
    """Events found in all articles, of which each has one."""
    table = {"kind": "openai-compatible", "base_url": server.base_url, "model": "m"}
    config = configured({"providers": {"lab": table}, "cache": {"dir": str(folder)}})
    with Extractor(provider="lab", config=config) as extractor:
        return sum(
            len(extractor.extract(Article(text=text, id="a")).events)
            for number in range(articles)
            for text in [TEXT.replace("He blamed", f"It was case {number}. He blamed")]
        )


def in_the_database(statement: str, *values: object) -> Callable[[Path], None]:
    def tamper(folder: Path) -> None:
        connection = sqlite3.connect(folder / DATABASE)
        with connection:
            assert connection.execute(statement, values).rowcount == 1
        connection.close()

    return tamper


class Crafted:
    """Unpickling this makes a folder."""

    def __init__(self, target: Path) -> None:
        self.target = str(target)

    def __reduce__(self) -> tuple[object, ...]:
        return (os.mkdir, (self.target,))


@pytest.mark.parametrize(
    "damage",
    [
        in_the_database("UPDATE Cache SET value = substr(value, 1, 40)"),
        in_the_database("UPDATE Cache SET value = ?", b"\x00rubbish"),
        in_the_database("UPDATE Cache SET value = ?", "another kind of value"),
    ],
    ids=["cut", "rubbish", "text"],
)
def test_a_damaged_answer_is_asked_for_again_once(
    damage: Callable[[Path], None], tmp_path: Path
) -> None:
    with Loopback(RIGHT) as server:
        assert extracted(server, tmp_path) == 1
        damage(tmp_path)
        assert extracted(server, tmp_path) == 1
        assert extracted(server, tmp_path) == 1

    assert server.count == COSTS[DAMAGED][1]
    assert verify(tmp_path).ok


def test_a_row_that_would_run_code_is_inert_and_is_asked_for_again_once(tmp_path: Path) -> None:
    ran = tmp_path / "ran"
    folder = tmp_path / "cache"
    crafted = in_the_database("UPDATE Cache SET mode = 4, value = ?", pickle.dumps(Crafted(ran)))
    with Loopback(RIGHT) as server:
        assert extracted(server, folder) == 1
        crafted(folder)
        assert extracted(server, folder) == 1
        assert extracted(server, folder) == 1

    assert server.count == COSTS[CRAFTED][1]
    assert not ran.exists()


def test_a_file_that_is_no_database_costs_the_hits_and_nothing_else(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    with Loopback(RIGHT) as server, caplog.at_level(logging.WARNING):
        assert extracted(server, tmp_path, articles=3) == 3
        for name in (DATABASE, f"{DATABASE}-wal"):
            (tmp_path / name).write_bytes(b"no database " * 1000)
        assert extracted(server, tmp_path, articles=3) == 3
        assert server.count == COSTS[OVERWRITTEN][1]
        assert len(caplog.records) == 1
        assert "cache" in caplog.text

        verify(tmp_path, quarantine=True)
        assert extracted(server, tmp_path, articles=3) == 3
        assert extracted(server, tmp_path, articles=3) == 3

    assert server.count == 9


@pytest.mark.skipif(os.name != "posix", reason="kills with a signal")
def test_killed_in_the_middle_of_a_write_only_that_answer_is_asked_for_again(
    tmp_path: Path,
) -> None:
    with Loopback(RIGHT) as server:
        with started(server, tmp_path, "die") as killed:
            killed.wait(timeout=60)
        assert killed.returncode == -signal.SIGKILL
        assert server.count == 5

        assert extracted(server, tmp_path, articles=5) == 5

    assert server.count == COSTS[KILLED][1]
    assert (stats(tmp_path).entries, stats(tmp_path).damaged) == (5, 0)


@pytest.mark.skipif(os.name != "posix", reason="claims need POSIX record locks")
def test_two_processes_with_64_threads_each_send_each_question_once(tmp_path: Path) -> None:
    asked: Counter[str] = Counter()

    def right(received: Received) -> object:
        asked[received.prompt] += 1
        return RIGHT

    with (
        Loopback(right) as server,
        started(server, tmp_path, "share") as one,
        started(server, tmp_path, "share") as other,
    ):
        for each in (one, other):
            assert each.stdout is not None
            assert each.stdout.readline() == "ready\n"
        for each in (one, other):
            assert each.stdin is not None
            each.stdin.write("go\n")
            each.stdin.flush()
        assert [each.wait(timeout=60) for each in (one, other)] == [0, 0]

    assert (server.count, set(asked.values())) == (COSTS[SHARED][1], {1})
    assert stats(tmp_path).entries == 10
    assert verify(tmp_path).ok


def rendered() -> str:
    """The table of the docs."""
    rows = [f"| {what} | {requests} | {outcome} |" for what, requests, outcome in COSTS.values()]
    head = "| What happens to the cache | Requests in all | What comes of the articles |"
    return "\n".join([head, "|---|---|---|", *rows, ""])


def test_the_table_in_the_docs_is_this_one() -> None:
    page = PAGE.read_text("utf-8")

    assert page.partition(START)[2].partition(END)[0] == rendered()


if __name__ == "__main__":
    before, _, rest = PAGE.read_text("utf-8").partition(START)
    PAGE.write_text(before + START + rendered() + END + rest.partition(END)[2], "utf-8")
