"""Runs are taken up where they were left, even after a kill in the middle of a line."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from dateline.errors import EvaluationError, GoldError
from dateline.evaluation.runs.folder import RunFolder
from dateline.evaluation.runs.loading import load_run
from support.runs import RunIt
from support.scripts import ANSWER
from support.suites import EMPTY, suite_folder

COMMAND = [sys.executable, "-c", "from dateline.cli import main; main()", "eval", "run"]


def start(folder: Path, *arguments: str) -> subprocess.Popen[bytes]:
    kept = {k: v for k, v in os.environ.items() if not k.startswith("DATELINE_")}
    return subprocess.Popen(
        [*COMMAND, "mine.yaml", *arguments],
        cwd=folder,
        env={**kept, "PYTHONUTF8": "1"},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )


def wait_for_a_prediction(process: subprocess.Popen[bytes], path: Path) -> None:
    end = time.monotonic() + 60
    while not (path.exists() and b"\n" in path.read_bytes()):
        assert process.poll() is None, process.communicate()[1].decode()
        assert time.monotonic() < end, "nothing was predicted"
        time.sleep(0.02)


def answers(folder: Path, *, delay_s: float = 0.0, declined: bool = True) -> None:
    """What the provider says about the bridge and the quay, and how long that takes."""
    bridge = {"error": "refused"} if declined else {"answer": EMPTY}
    lines = [
        {"match": "ferry", "answer": ANSWER},
        {"match": "Lusk", **bridge, "delay_s": delay_s},
        {"match": "Lumen", "answer": EMPTY, "delay_s": delay_s},
    ]
    script = "".join(json.dumps(line) + "\n" for line in lines)
    (folder / "told.jsonl").write_text(script, "utf-8")


@pytest.fixture
def killed(tmp_path: Path) -> Path:
    """A run that was killed after its first document, while it wrote the second."""
    suite_folder(tmp_path, delay_s=120)
    predictions = tmp_path / "runs" / "told" / "predictions.jsonl"
    process = start(tmp_path, "--out", "runs")
    wait_for_a_prediction(process, predictions)
    process.kill()
    process.communicate(timeout=60)
    line = predictions.read_bytes().splitlines()[0]
    with predictions.open("ab") as stream:
        stream.write(line.replace(b"ferry", b"quay")[:70])
    answers(tmp_path)
    return tmp_path


def test_a_killed_run_goes_on_with_what_is_missing(killed: Path) -> None:
    assert RunFolder(killed / "runs" / "told").record().status == "running"

    process = start(killed, "--out", "runs", "--resume")
    _, stderr = process.communicate(timeout=60)

    assert process.returncode == 1, stderr.decode()  # The bridge still fails.
    assert b"mine with told: 2 to do" in stderr
    run = load_run(killed / "runs" / "told")
    assert run.record.status == "complete"
    assert [each.id for each in run.predictions] == ["ferry", "bridge", "quay"]
    assert run.record.usage.calls == 3
    assert run.score.value("event.f1") == 1.0


def test_a_killed_run_is_loaded_as_far_as_it_got_and_left_alone(killed: Path) -> None:
    path = killed / "runs" / "told" / "predictions.jsonl"
    before = path.read_bytes()

    run = load_run(killed / "runs" / "told")

    assert run.score.unpredicted == ("bridge", "quay")
    assert path.read_bytes() == before


def test_an_unfinished_run_is_not_taken_up_unasked(killed: Path) -> None:
    process = start(killed, "--out", "runs")
    _, stderr = process.communicate(timeout=60)

    assert process.returncode == 2
    assert b"holds an unfinished run" in stderr
    assert b"--resume" in stderr


@pytest.mark.skipif(sys.platform == "win32", reason="signals are POSIX")
def test_an_interrupt_drains_and_the_run_can_be_taken_up(tmp_path: Path) -> None:
    suite_folder(tmp_path, delay_s=1.0)
    process = start(tmp_path, "--out", "runs", "--concurrency", "1")
    wait_for_a_prediction(process, tmp_path / "runs" / "told" / "predictions.jsonl")

    process.send_signal(signal.SIGINT)
    _, stderr = process.communicate(timeout=60)

    assert process.returncode == 130
    assert b"finishing the articles in flight" in stderr
    assert b"go on with --resume" in stderr
    assert b"Traceback" not in stderr
    run = load_run(tmp_path / "runs" / "told")
    assert run.record.status == "running"
    assert 1 <= len(run.predictions) < 3
    assert not (tmp_path / "runs" / "nothing").exists()


def test_what_failed_is_asked_for_again(run_it: RunIt, suite: Path) -> None:
    assert run_it()["told"].score.failed == ("bridge",)
    answers(suite.parent, declined=False)

    run = run_it(resume=True)["told"]

    assert run.score.failed == ()
    assert run.record.failures == 0
    assert run.folder is not None
    assert run.folder.failures() == ()
    assert run.record.usage.calls == 4


def test_a_finished_run_is_scored_again_against_the_labels_of_now(
    run_it: RunIt, suite: Path
) -> None:
    before = run_it("silent")["silent"]
    labels = (suite.parent / "labels.jsonl").read_text("utf-8")
    (suite.parent / "labels.jsonl").write_text(labels.replace("Gunmen", "Raiders"), "utf-8")
    suite.write_text(suite.read_text("utf-8") + "gates: [failures.total <= 0]\n", "utf-8")
    (suite.parent / "silent.jsonl").write_text('{"error": "unavailable"}\n', "utf-8")

    after = run_it("silent", resume=True)["silent"]

    assert after.record.gates == ("failures.total <= 0",)
    assert after.record.gold_sha256 != before.record.gold_sha256
    assert after.predictions == before.predictions
    assert after.gold[0].events[0].actors[0].names == ("Raiders",)


def test_a_run_of_another_kind_is_not_taken_up(run_it: RunIt, suite: Path) -> None:
    run_it("silent")
    suite.write_text(suite.read_text("utf-8") + "split: test\n", "utf-8")

    with pytest.raises(EvaluationError, match="holds a finished run of another kind"):
        run_it("silent", resume=True)


def test_baselines_of_another_kind_are_made_anew(run_it: RunIt, suite: Path) -> None:
    run_it("silent")
    suite.write_text(suite.read_text("utf-8") + "split: test\n", "utf-8")

    runs = run_it("told")

    assert [each.id for each in runs["every-sentence"].predictions] == ["bridge", "quay"]


def test_a_damaged_line_in_the_middle_is_told(killed: Path) -> None:
    path = killed / "runs" / "told" / "predictions.jsonl"
    path.write_bytes(b"what is this\n" + path.read_bytes())

    with pytest.raises(GoldError, match=r"predictions\.jsonl:1: this line is no prediction"):
        load_run(killed / "runs" / "told")
