"""``dateline eval validate``, ``agree``, and labels in YAML there and back."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from click.testing import Result

from dateline.evaluation.gold.yaml_view import to_yaml
from support.evaluating import parsed
from support.suites import LABELS, TEXTS, labels

Run = Callable[..., Result]


def test_json_of_sound_labels(run: Run, mine: Path) -> None:
    done = run("eval", "validate", "labels.jsonl", "--json")

    assert done.exit_code == 0
    counts = {"documents": 3, "events": 1, "claims": 2, "repaired": 0}
    assert parsed(done) == {**counts, "ok": True, "problems": []}


def test_yaml_is_checked_too(run: Run, mine: Path) -> None:
    (mine / "labels.yaml").write_text(LABELS, "utf-8")
    sound = run("eval", "validate", "labels.yaml")
    (mine / "labels.yaml").write_text(LABELS.replace("cue: said", "cue: sayd"), "utf-8")
    odd = run("eval", "validate", "labels.yaml")
    (mine / "labels.yaml").write_text(LABELS.replace("killing three", "killing ten"), "utf-8")
    wrong = run("eval", "validate", "labels.yaml", "--json")

    assert sound.exit_code == 0
    assert (odd.exit_code, "warning" in odd.stdout) == (0, True)
    assert wrong.exit_code == 1
    assert list(parsed(wrong)["problems"][0]) == ["where", "message", "severity"]


def test_every_problem_is_listed_and_exits_with_1(run: Run, mine: Path) -> None:
    text = (mine / "labels.jsonl").read_text("utf-8")
    text = text.replace('"Attack"', '"Picnic"').replace('["e1"]', '["e9"]') + "{\n"
    (mine / "labels.jsonl").write_text(text, "utf-8")

    done = run("eval", "validate", "labels.jsonl")

    assert done.exit_code == 1
    assert "labels.jsonl:4: not valid JSON" in done.stdout
    assert "ferry e1 $.events[0].sub_types[0]: no sub-type" in done.stdout
    assert "ferry c1 $.claims[0].event_ids[0]: no event has this id" in done.stdout
    assert "3 documents, 1 event, 2 claims: 3 errors, 0 warnings" in done.stderr


def test_a_missing_text_is_a_problem(run: Run, mine: Path) -> None:
    (mine / "articles" / "quay.txt").unlink()

    done = run("eval", "validate", "labels.jsonl")

    assert done.exit_code == 1
    assert "labels.jsonl: quay: " in done.stdout


def test_predictions_may_hold_what_labels_may_not(run: Run, mine: Path) -> None:
    done = run(
        "eval", "validate", "runs/told/predictions.jsonl", "--predictions",
        "--articles", "articles", "--json",
    )  # fmt: skip

    assert done.exit_code == 0
    assert parsed(done)["ok"]


def test_json_of_annotators_that_agree(run: Run, mine: Path) -> None:
    done = run("eval", "agree", "labels.jsonl", "labels.jsonl", "--json")

    assert done.exit_code == 0
    found = parsed(done)
    keys = ["documents", "figures", "event_count", "events", "claims", "left_out"]
    assert list(found) == keys
    assert {each["value"] for each in found["figures"].values()} == {1.0}


def test_labels_that_are_wrong_are_said(run: Run, mine: Path) -> None:
    other = (mine / "labels.jsonl").read_text("utf-8").replace('["e1"]', '["e9"]')
    (mine / "other.jsonl").write_text(other, "utf-8")

    done = run("eval", "agree", "labels.jsonl", "other.jsonl")

    assert done.exit_code == 0
    said = "note: other.jsonl: ferry c1 $.claims[0].event_ids[0]: no event has this id"
    assert said in done.stderr
    assert "events 1 and 1, claims 2 and 2" in done.stderr


def test_labels_of_other_documents_are_refused(run: Run, mine: Path) -> None:
    lines = (mine / "labels.jsonl").read_text("utf-8").splitlines()
    (mine / "a.jsonl").write_text(lines[0], "utf-8")
    (mine / "b.jsonl").write_text(lines[1], "utf-8")

    done = run("eval", "agree", "a.jsonl", "b.jsonl")

    assert done.exit_code == 2
    assert "no document in common" in done.stderr


def test_labels_go_out_as_yaml_and_come_back(run: Run, mine: Path) -> None:
    out = run("eval", "export", "labels.jsonl", "--to", "yaml", "--out", "l.yaml")
    back = run("eval", "import", "l.yaml", "--from", "yaml", "--out", "again.jsonl")

    assert (out.exit_code, back.exit_code) == (0, 0)
    whole = [each.model_copy(update={"text": TEXTS[each.id]}) for each in labels()]
    assert (mine / "l.yaml").read_text("utf-8") == to_yaml(whole)
    assert (mine / "again.jsonl").read_bytes() == (mine / "labels.jsonl").read_bytes()
