"""A test suite of one's own asserts gates: it passes, or fails with every gate in words."""

from __future__ import annotations

from pathlib import Path

import pytest

from dateline.errors import EvaluationError
from dateline.evaluation import assert_gates, load_suite
from dateline.evaluation.runs.folder import RunFolder
from support.runs import RunIt
from support.suites import suite_folder


def test_gates_that_hold_give_the_runs_back(suite: Path) -> None:
    runs = assert_gates("mine.yaml", gates="event.f1 >= 0.9")

    assert [run.name for run in runs] == ["told"]
    assert runs[0].score.value("event.f1") == 1.0


def test_a_gate_that_does_not_hold_fails_with_all_of_them_in_words(suite: Path) -> None:
    gates = ["event.f1 >= 0.9", "failures.total <= 0", "records_on_empty.total <= 0"]

    with pytest.raises(AssertionError) as caught:
        assert_gates(suite, gates=gates)

    assert str(caught.value).splitlines() == [
        "one gate does not hold for suite mine:",
        "  ok   told: passed: event.f1 >= 0.9 (1)",
        "  FAIL told: failed: failures.total <= 0 (1)",
        "  ok   told: passed: records_on_empty.total <= 0 (0)",
        "       told: failed, counted as missed: bridge",
    ]


def test_the_gates_of_the_suite_are_the_usual_ones(tmp_path: Path) -> None:
    path = suite_folder(tmp_path, gates=["failures.total <= 0"])

    with pytest.raises(AssertionError, match=r"failures\.total <= 0"):
        assert_gates(path, config=tmp_path / "dateline.toml")


def test_several_providers_are_held_each(suite: Path) -> None:
    with pytest.raises(AssertionError) as caught:
        assert_gates(suite, provider=["told", "silent"], gates=["event.f1 >= 0.9"])

    assert "ok   told: passed" in str(caught.value)
    assert "FAIL silent: failed" in str(caught.value)


def test_a_baseline_without_a_model_is_held_when_asked_for(suite: Path) -> None:
    gates = ["claim.content.recall >= 0.4"]

    (run,) = assert_gates(suite, provider="every-sentence", gates=gates)

    assert run.name == "every-sentence"
    with pytest.raises(AssertionError, match="FAIL nothing"):
        assert_gates(suite, provider="nothing", gates=gates)


def test_a_run_that_is_there_is_held_without_running(suite: Path, run_it: RunIt) -> None:
    run_it("told", "silent")
    (suite.parent / "told.jsonl").unlink()
    (suite.parent / "silent.jsonl").unlink()

    held = assert_gates(suite, run="runs", gates="records_on_empty.total <= 0")

    assert [each.name for each in held] == ["silent", "told"]
    with pytest.raises(AssertionError):
        assert_gates(suite, run="runs/silent", gates=["event.f1 >= baseline"], baseline="runs/told")


def test_a_run_of_another_suite_is_refused(suite: Path, run_it: RunIt) -> None:
    run_it("silent")
    other = suite.with_name("other.yaml")
    other.write_text(suite.read_text("utf-8"), "utf-8")

    with pytest.raises(EvaluationError, match="a run of the suite mine, not of other"):
        assert_gates(other, run="runs", gates="failures.total <= 0")


def test_a_run_that_is_kept_is_taken_up(suite: Path) -> None:
    for _ in range(2):
        assert_gates(suite, provider="silent", gates="failures.total <= 0", out="kept")
        (suite.parent / "silent.jsonl").write_text('{"match": "", "error": "refused"}\n', "utf-8")

    assert RunFolder("kept/silent").record().status == "complete"


def test_nothing_is_left_behind_unless_asked_for(suite: Path) -> None:
    before = {path.name for path in suite.parent.iterdir()}

    assert_gates(suite, provider="nothing", gates="failures.total <= 0")

    assert {path.name for path in suite.parent.iterdir()} <= {*before, "cache"}


@pytest.mark.parametrize("allowed", [True, False])
def test_what_nobody_can_tell_fails_unless_allowed(suite: Path, allowed: bool) -> None:
    gate = "event.f1 >= 0.5 with 95 % confidence"

    if allowed:
        assert assert_gates(suite, gates=gate, on_cant_tell="pass")
    else:
        with pytest.raises(AssertionError, match="can't tell: event"):
            assert_gates(suite, gates=gate)


def test_a_suite_without_gates_asserts_nothing_and_says_so(suite: Path) -> None:
    with pytest.raises(EvaluationError, match="there is no gate"):
        assert_gates(suite)


def test_a_missing_baseline_is_told_before_anything_is_asked(suite: Path) -> None:
    with pytest.raises(EvaluationError, match="there is no baseline for told"):
        assert_gates(suite, gates="event.f1 >= baseline", baseline="nowhere", out="kept")

    assert not (suite.parent / "kept").exists()


def test_only_baselines_in_a_folder_are_no_run(suite: Path, run_it: RunIt) -> None:
    run_it("nothing")

    with pytest.raises(EvaluationError, match="no run but the baselines"):
        assert_gates(load_suite(suite), run="runs", gates="failures.total <= 0")
