"""A run that ends in the middle is paid for once: what it holds is never asked for again."""

from __future__ import annotations

import json
import os
import re
import signal
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import Result

from dateline.evaluation.runs.loading import load_run
from loopback import Answer, Loopback, Received, chat, failed, hang
from support.suites import EMPTY, plain_suite

Run = Callable[..., Result]

COMMAND = [sys.executable, "-c", "from dateline.cli import main; main()", "eval", "run"]
NOTHING = chat(json.dumps(EMPTY))


def start(folder: Path, *arguments: str) -> subprocess.Popen[bytes]:
    kept = {k: v for k, v in os.environ.items() if not k.startswith("DATELINE_")}
    return subprocess.Popen(
        [*COMMAND, "mine.yaml", "--no-cache", "--out", "runs", *arguments],
        cwd=folder,
        env={**kept, "PYTHONUTF8": "1", "OPENAI_API_KEY": "sk-loopback"},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )


def day(received: Received) -> int:
    found = re.search(r"That was day (\d+)", received.prompt)
    assert found
    return int(found[1])


def days(server: Loopback) -> Counter[int]:
    """How often each article was asked about."""
    return Counter(day(received) for received in server.requests)


def wait_for_lines(process: subprocess.Popen[bytes], path: Path, count: int) -> None:
    end = time.monotonic() + 60
    while not (path.exists() and path.read_bytes().count(b"\n") >= count):
        assert process.poll() is None, process.communicate()[1].decode()
        assert time.monotonic() < end, "too little was predicted"
        time.sleep(0.02)


@pytest.fixture
def resumed(run: Run, monkeypatch: pytest.MonkeyPatch) -> Run:
    """Run the suite here, in this process, into the same folder."""
    monkeypatch.setenv("OPENAI_API_KEY", "sk-loopback")
    return lambda *more: run("eval", "run", "mine.yaml", "--no-cache", "--out", "runs", *more)


def test_a_run_killed_in_the_middle_asks_only_for_what_is_missing(
    folder: Path, resumed: Run
) -> None:
    with Loopback(lambda received: NOTHING if day(received) < 3 else hang()) as server:
        plain_suite(folder, server.base_url, 7)
        process = start(folder, "--concurrency", "1")
        wait_for_lines(process, folder / "runs" / "served" / "predictions.jsonl", 3)
        process.kill()
        process.communicate(timeout=60)

    with Loopback(NOTHING) as server:
        plain_suite(folder, server.base_url, 7)
        done = resumed("--resume")

    assert done.exit_code == 0, done.stderr
    assert days(server) == {3: 1, 4: 1, 5: 1, 6: 1}
    made = load_run(folder / "runs" / "served")
    assert made.record.status == "complete"
    assert [each.id for each in made.predictions] == [f"day-{n}" for n in range(7)]
    assert made.record.usage.calls == 7


@pytest.mark.skipif(sys.platform == "win32", reason="signals are POSIX")
def test_a_signal_leaves_a_folder_that_is_taken_up(folder: Path, resumed: Run) -> None:
    with Loopback(lambda _: chat(json.dumps(EMPTY), delay_s=0.2)) as server:
        plain_suite(folder, server.base_url, 12)
        process = start(folder, "--concurrency", "2")
        wait_for_lines(process, folder / "runs" / "served" / "predictions.jsonl", 2)
        process.send_signal(signal.SIGTERM)
        _, stderr = process.communicate(timeout=60)

        assert process.returncode == 143
        assert b"finishing the articles in flight" in stderr
        assert b"go on with --resume" in stderr
        assert b"Traceback" not in stderr
        before = len(load_run(folder / "runs" / "served").predictions)
        assert 2 <= before < 12
        done = resumed("--resume")

    assert done.exit_code == 0, done.stderr
    assert f"mine with served: {12 - before} to do" in done.stderr
    assert set(days(server).values()) == {1}
    assert load_run(folder / "runs" / "served").record.status == "complete"


def test_a_finished_run_is_taken_up_without_a_call(folder: Path, resumed: Run) -> None:
    with Loopback(NOTHING) as server:
        plain_suite(folder, server.base_url, 2)
        assert resumed().exit_code == 0
        done = resumed("--resume")

    assert done.exit_code == 0
    assert "mine with served: finished before, scored again" in done.stderr
    assert days(server) == {0: 1, 1: 1}


def test_only_what_failed_is_asked_for_again(folder: Path, resumed: Run) -> None:
    def some(received: Received) -> Answer:
        return failed(400, message="not that one") if day(received) == 1 else NOTHING

    with Loopback(some) as server:
        plain_suite(folder, server.base_url, 3)
        done = resumed()
    assert done.exit_code == 1
    assert "failed: day-1: " in done.stderr
    assert "served: failed, counted as missed: day-1" in done.stderr

    with Loopback(NOTHING) as server:
        plain_suite(folder, server.base_url, 3)
        done = resumed("--resume")

    assert done.exit_code == 0, done.stderr
    assert days(server) == {1: 1}
    assert load_run(folder / "runs" / "served").score.failed == ()
