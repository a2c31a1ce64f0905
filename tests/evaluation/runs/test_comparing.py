"""Two runs over the same documents, and what a reader must know about them."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from dateline.errors import EvaluationError
from dateline.evaluation.runs.comparing import compare_runs
from dateline.evaluation.runs.loading import only
from dateline.evaluation.runs.scored import HEADLINE
from support.runs import RunIt


def test_figures_named_before_looking_are_parted_from_all_others(run_it: RunIt) -> None:
    runs = run_it("told", "silent")

    usual = compare_runs(runs["silent"], runs["told"])
    named = compare_runs(runs["silent"], runs["told"], metrics=["event.place.f1", "claim.joint"])

    assert tuple(usual.headline) == HEADLINE
    assert tuple(named.headline) == ("event.place.f1", "claim.joint.f1")
    assert not set(named.headline) & set(named.others)
    assert "event.f1" in named.others


def test_the_new_run_is_the_second_one(run_it: RunIt) -> None:
    runs = run_it("told", "silent")

    up = compare_runs(runs["silent"], runs["told"]).headline["event.f1"]
    down = compare_runs(runs["told"], runs["silent"]).headline["event.f1"]

    assert (up.a, up.b, up.difference) == (0, 1, 1)
    assert (down.a, down.b, down.difference) == (1, 0, -1)


def test_the_figures_of_the_suite_are_the_headline(run_it: RunIt, suite: Path) -> None:
    suite.write_text(suite.read_text("utf-8") + "metrics: [event.date.f1]\n", "utf-8")
    runs = run_it("told", "silent")

    assert tuple(compare_runs(runs["told"], runs["silent"]).headline) == ("event.date.f1",)


def test_documents_in_another_order_are_the_same_documents(run_it: RunIt) -> None:
    runs = run_it("told", "silent")
    turned = only(runs["told"], ["quay", "bridge", "ferry"])

    found = compare_runs(turned, runs["silent"])

    straight = compare_runs(runs["told"], runs["silent"])
    assert found.headline == straight.headline
    assert found.left_out == ()


def test_what_only_one_run_has_is_refused_or_left_out_and_said(run_it: RunIt) -> None:
    runs = run_it("told", "silent")
    part = only(runs["told"], ["ferry", "quay"])

    with pytest.raises(EvaluationError, match=r"in one of them only: 1 \(bridge\).*--intersect"):
        compare_runs(part, runs["silent"])

    found = compare_runs(part, runs["silent"], intersect=True)
    assert found.left_out == ("bridge",)
    assert found.headline["event.f1"].documents == 2
    assert found.as_json()["left_out"] == ["bridge"]


def test_a_changed_text_is_refused(run_it: RunIt) -> None:
    runs = run_it("told", "silent")
    record = runs["told"].record
    changed = {**record.documents, "ferry": "0" * 64, "quay": "1" * 64}
    other = replace(runs["told"], record=record.model_copy(update={"documents": changed}))

    with pytest.raises(EvaluationError, match="the text of 'ferry' and 1 more is not the same"):
        compare_runs(other, runs["silent"])


def test_notes_for_people_in_the_labels_change_nothing(run_it: RunIt) -> None:
    runs = run_it("told", "silent")
    gold = tuple(d.model_copy(update={"annotator": "somebody"}) for d in runs["told"].gold)

    assert compare_runs(replace(runs["told"], gold=gold), runs["silent"]).headline


def test_what_a_reader_must_know_is_noted(run_it: RunIt) -> None:
    runs = run_it("told", "silent")
    update = {"status": "running", "dateline_version": "0.0.1"}
    old = replace(runs["told"], record=runs["told"].record.model_copy(update=update))

    version = runs["silent"].record.dateline_version
    assert compare_runs(old, runs["silent"]).notes == (
        "told is unfinished: what is not predicted counts as missed",
        "told failed on 1 document: counted as missed",
        f"made by dateline 0.0.1 and {version}",
    )


def test_an_unknown_metric_is_told(run_it: RunIt) -> None:
    runs = run_it("silent")

    with pytest.raises(EvaluationError, match=r"event\.f9"):
        compare_runs(runs["silent"], runs["nothing"], metrics=["event.f9"])
