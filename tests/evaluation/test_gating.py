"""Runs against gates and baselines: only what is over the same documents and labels is compared."""

from __future__ import annotations

from pathlib import Path

import pytest

from dateline.errors import EvaluationError
from dateline.evaluation.gating import check_baseline, check_gates, to_be_held
from dateline.evaluation.runs.documents import documents_of
from dateline.evaluation.runs.predictions_file import score_files
from dateline.evaluation.suites import load_suite
from support.runs import RunIt

AGAINST = ["event.f1 >= baseline"]


def test_a_folder_of_runs_stands_for_the_run_of_the_same_name(run_it: RunIt) -> None:
    runs = run_it("told", "silent")

    results = [check_gates(run, AGAINST, baseline=Path("runs"))[0] for run in runs.values()]

    assert [(each.value, each.bound) for each in results] == [(1, 1), (0, 0), (0, 0), (0, 0)]


def test_a_run_itself_can_be_the_baseline(run_it: RunIt) -> None:
    runs = run_it("told", "silent")

    (result,) = check_gates(runs["silent"], AGAINST, baseline=runs["told"])

    assert (result.outcome, result.bound) == ("failed", 1)


def test_what_a_run_cost_can_be_gated(run_it: RunIt) -> None:
    runs = run_it("told")

    results = check_gates(
        runs["told"], ["calls <= 3", "calls <= baseline - 1"], baseline=Path("runs")
    )

    assert [each.outcome for each in results] == ["passed", "failed"]


def test_runs_that_nobody_asked_for_are_passed_over(run_it: RunIt) -> None:
    runs = run_it("told").values()

    assert [run.name for run in to_be_held(runs)] == ["told"]
    asked = to_be_held(runs, asked=("told", "nothing"))
    assert [run.name for run in asked] == ["told", "nothing"]


def test_no_baseline_is_an_error_only_where_a_gate_needs_it(run_it: RunIt) -> None:
    run = run_it("silent")["silent"]

    assert check_gates(run, ["event.f1 >= 0"])[0].outcome == "passed"
    with pytest.raises(EvaluationError, match=r"none is named\. Name one with --baseline"):
        check_gates(run, AGAINST)
    with pytest.raises(EvaluationError, match="there is no baseline for silent"):
        check_gates(run, AGAINST, baseline=Path("nowhere"))


def test_a_baseline_over_other_documents_is_refused(run_it: RunIt, suite: Path) -> None:
    run_it("silent", out="kept")
    suite.write_text(suite.read_text("utf-8") + "split: test\n", "utf-8")
    run = run_it("silent", out="now")["silent"]
    documents = documents_of(load_suite(suite))

    said = r"over other documents; in one of the two only: 1 \(ferry\)"
    with pytest.raises(EvaluationError, match=said):
        check_gates(run, AGAINST, baseline=Path("kept"))
    with pytest.raises(EvaluationError, match=said):
        check_baseline(AGAINST, Path("kept"), ["silent"], documents)


def test_a_baseline_over_another_text_is_refused(run_it: RunIt, suite: Path) -> None:
    run_it("silent", out="kept")
    folder = suite.parent
    record = folder / "kept" / "silent" / "run.json"
    (quay,) = (d for d in documents_of(load_suite(suite)).gold if d.id == "quay")
    record.write_text(record.read_text("utf-8").replace(str(quay.text_sha256), "0" * 64), "utf-8")

    with pytest.raises(EvaluationError, match="the text of 'quay' is not the same"):
        check_baseline(AGAINST, Path("kept"), ["silent"], documents_of(load_suite(suite)))


def test_after_a_change_of_labels_a_baseline_is_scored_again(run_it: RunIt, suite: Path) -> None:
    run_it("told", out="kept")
    labels = suite.parent / "labels.jsonl"
    labels.write_text(labels.read_text("utf-8").replace('"Gunmen"', '"Raiders"'), "utf-8")
    documents = documents_of(load_suite(suite))

    with pytest.raises(EvaluationError, match=r"the labels of 'ferry' .*dateline eval score"):
        check_baseline(AGAINST, Path("kept"), ["told"], documents)
    score_files(suite, "kept/told")

    check_baseline(AGAINST, Path("kept"), ["told"], documents)
    (result,) = check_gates(run_it("told", out="now")["told"], AGAINST, baseline=Path("kept"))
    assert result.outcome == "passed"
    assert result.bound is not None
    assert result.bound < 1
