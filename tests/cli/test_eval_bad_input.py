"""Bad input of ``dateline eval``: one line that says what, where and what to do; nothing scored."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from click.testing import Result

from support.scripts import FERRY
from support.suites import write_suite

Run = Callable[..., Result]
Change = Callable[[list[dict[str, Any]]], object]


def change(path: Path, how: Change) -> None:
    """Change the documents of a file of labels or predictions."""
    documents = [json.loads(line) for line in path.read_text("utf-8").splitlines()]
    how(documents)
    path.write_text("".join(json.dumps(each) + "\n" for each in documents), "utf-8")


def event(documents: list[dict[str, Any]]) -> dict[str, Any]:
    found: dict[str, Any] = documents[0]["events"][0]
    return found


def claim(documents: list[dict[str, Any]]) -> dict[str, Any]:
    found: dict[str, Any] = documents[0]["claims"][0]
    return found


LABELS: dict[str, tuple[Change, str]] = {
    "an unknown field": (
        lambda d: d[1].update(colour="red"),
        "labels.jsonl:2: bridge $: unknown field 'colour'. Known here: id,",
    ),
    "an unknown slot": (
        lambda d: event(d).update(weapon="rifle"),
        "labels.jsonl:1: ferry e1 $.events[0]: unknown field 'weapon'. Known here: id, types",
    ),
    "an unknown slot among those annotated": (
        lambda d: d[0].update(annotated=["type", "weapon"]),
        "labels.jsonl:1: ferry $.annotated[1]: not one of the known values. Known: type,",
    ),
    "an unknown role": (
        lambda d: event(d)["actors"][0].update(role="pirate"),
        "labels.jsonl:1: ferry e1 $.events[0].actors[0].role: not one of the known values",
    ),
    "a value of another kind": (
        lambda d: event(d)["counts"][0].update(min="three"),
        "labels.jsonl:1: ferry e1 $.events[0].counts[0].min: ",
    ),
    "an offset below zero": (
        lambda d: claim(d)["evidence"][0].update(start=-1),
        "labels.jsonl:1: ferry c1 $.claims[0].evidence[0].start: ",
    ),
    "an offset behind the end": (
        lambda d: claim(d).update(evidence=[{"start": 51, "end": 900}]),
        f"ferry c1 $.claims[0].evidence[0]: ends at 900, but the text has {len(FERRY)} characters",
    ),
    "an end before its start": (
        lambda d: claim(d).update(evidence=[{"start": 51, "end": 40}]),
        "labels.jsonl:1: ferry c1 $.claims[0].evidence[0]: ",
    ),
    "words that stand elsewhere": (
        lambda d: claim(d).update(evidence=[{"start": 0, "end": 6, "quote": "Pirate"}]),
        "labels.jsonl: ferry c1 $.claims[0].evidence[0]: the quote differs from the words",
    ),
    "a document twice": (
        lambda d: d.append(d[0]),
        "labels.jsonl:4: ferry $.id: the id of line 1 again",
    ),
    "an event twice": (
        lambda d: d[0]["events"].append(event(d)),
        "labels.jsonl: ferry e1 $.events[1].id: this id stands twice",
    ),
    "an event that is not there": (
        lambda d: claim(d).update(event_ids=["e7"]),
        "labels.jsonl: ferry c1 $.claims[0].event_ids[0]: no event has this id",
    ),
}

PREDICTIONS: dict[str, tuple[Change, str]] = {
    "a document that the labels lack": (
        lambda d: d[0].update(id="harbour"),
        "p.jsonl: a prediction is of a document that the labels do not have: 'harbour'",
    ),
    "another text": (
        lambda d: d[0].update(text_sha256="0" * 64, letters_sha256="1" * 64),
        "p.jsonl: the prediction of 'ferry' is of another text than the labels",
    ),
    "an offset behind the end": (
        lambda d: event(d).update(evidence=[{"start": 0, "end": 900}]),
        "p.jsonl: ferry e1 $.events[0].evidence[0]: ends at 900",
    ),
    "an unknown slot": (
        lambda d: event(d).update(weapon="rifle"),
        "p.jsonl:1: ferry e1 $.events[0]: unknown field 'weapon'",
    ),
    "an unknown value": (
        lambda d: claim(d).update(certainty="perhaps"),
        "p.jsonl:1: ferry c1 $.claims[0].certainty: not one of the known values",
    ),
    "a document twice": (lambda d: d.append(d[0]), "p.jsonl:4: ferry $.id: the id of line 1 again"),
}


def refused(done: Result, said: str) -> None:
    assert done.exit_code == 2
    assert done.stdout == ""
    (line,) = [each for each in done.stderr.splitlines() if not each.startswith("note: ")]
    assert line.startswith("error: ")
    assert said in line
    assert FERRY[:20] not in line


@pytest.mark.parametrize("name", LABELS)
def test_wrong_labels_are_neither_run_nor_scored(run: Run, mine: Path, name: str) -> None:
    how, said = LABELS[name]
    change(mine / "labels.jsonl", how)

    refused(run("eval", "run", "mine.yaml", "--out", "r"), said)
    refused(run("eval", "score", "mine.yaml", "runs/told"), said)
    refused(run("eval", "score", "labels.jsonl", "runs/told/predictions.jsonl"), said)
    assert not (mine / "r").exists()


@pytest.mark.parametrize("name", LABELS)
def test_wrong_labels_are_listed_by_validate(run: Run, mine: Path, name: str) -> None:
    how, said = LABELS[name]
    change(mine / "labels.jsonl", how)

    done = run("eval", "validate", "labels.jsonl")

    assert done.exit_code == 1
    assert said in done.stdout


@pytest.mark.parametrize("name", PREDICTIONS)
def test_wrong_predictions_are_not_scored(run: Run, mine: Path, name: str) -> None:
    how, said = PREDICTIONS[name]
    (mine / "runs" / "told" / "predictions.jsonl").rename(mine / "p.jsonl")
    change(mine / "p.jsonl", how)

    refused(run("eval", "score", "labels.jsonl", "p.jsonl"), said)


def test_a_line_that_is_no_json_is_told_with_its_column(run: Run, mine: Path) -> None:
    lines = (mine / "labels.jsonl").read_text("utf-8").splitlines()
    (mine / "labels.jsonl").write_text("\n".join([lines[0], "{'id': 1}", lines[2]]), "utf-8")

    said = "labels.jsonl:2: not valid JSON: "
    done = run("eval", "run", "mine.yaml", "--out", "r")

    refused(done, said)
    assert "at column 2" in done.stderr


def test_a_key_that_stands_twice_is_told(run: Run, mine: Path) -> None:
    path = mine / "labels.jsonl"
    text = path.read_text("utf-8").replace('"cue":', '"cue": "told", "cue":', 1)
    path.write_text(text, "utf-8")

    refused(run("eval", "score", "labels.jsonl", "runs/told/predictions.jsonl"), "'cue'")


def test_a_changed_text_is_told_by_name(run: Run, mine: Path) -> None:
    path = mine / "articles" / "quay.txt"
    path.write_text(path.read_text("utf-8").replace("Tuesday", "Friday"), "utf-8")

    done = run("eval", "run", "mine.yaml", "--out", "r")

    refused(done, "1 document is without text: quay (")
    assert "--skip-missing" in done.stderr


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "mine.yaml: an empty suite. At least name the gold labels"),
        ("documents: []\n", "mine.yaml:1: documents: at least one value is needed"),
        ("documents: none.jsonl\n", "mine.yaml: the suite has no document"),
        ("documents: gone.jsonl\n", "mine.yaml: documents: there is no 'gone.jsonl'"),
        (
            "documents: labels.jsonl\nsplit: train\n",
            "mine.yaml: no document has split train in its meta",
        ),
        ("documents: labels.jsonl\nproviders: tolt\n", "there is no provider 'tolt'"),
        (
            "documents: labels.jsonl\nmetrics: event.f2\n",
            'mine.yaml:2: metrics[0]: there is no metric "event.f2"',
        ),
        (
            "documents: labels.jsonl\ntaxonomy: acledd\n",
            "acledd",
        ),
    ],
)
def test_a_wrong_suite_is_refused(run: Run, mine: Path, text: str, said: str) -> None:
    (mine / "none.jsonl").write_text("", "utf-8")
    (mine / "mine.yaml").write_text(text, "utf-8")

    refused(run("eval", "run", "mine.yaml", "--out", "r"), said)

    assert not (mine / "r").exists()


def test_labels_in_the_place_of_a_suite_are_told(run: Run, mine: Path) -> None:
    done = run("eval", "run", "labels.jsonl")

    refused(done, "labels.jsonl: this is no suite")
    assert "documents: labels.jsonl" in done.stderr


def test_a_misspelt_metric_leaves_the_scores_of_a_run_alone(run: Run, mine: Path) -> None:
    before = (mine / "runs" / "told" / "scores.json").read_bytes()
    change(mine / "labels.jsonl", lambda d: event(d).update(types=["Riots"], sub_types=[]))

    refused(run("eval", "score", "mine.yaml", "runs/told", "--metric", "event.f7"), "event.f7")

    assert (mine / "runs" / "told" / "scores.json").read_bytes() == before


def test_a_folder_of_runs_is_not_scored(run: Run, mine: Path) -> None:
    refused(run("eval", "score", "mine.yaml", "runs"), "this is a folder of runs. Name one of")


def test_an_empty_file_of_labels_is_not_scored(run: Run, mine: Path) -> None:
    (mine / "none.jsonl").write_text("", "utf-8")

    done = run("eval", "score", "none.jsonl", "runs/told/predictions.jsonl")
    checked = run("eval", "validate", "none.jsonl")

    refused(done, "none.jsonl: there is no document in it")
    assert "none.jsonl: warning: there is no document in it" in checked.stdout


def test_an_empty_file_of_predictions_has_missed_everything(run: Run, mine: Path) -> None:
    (mine / "none.jsonl").write_text("", "utf-8")

    done = run("eval", "score", "labels.jsonl", "none.jsonl")

    assert done.exit_code == 0
    assert "none: not predicted, counted as missed: ferry, bridge, quay" in done.stderr


@pytest.mark.parametrize("name", ["run.json", "gold.jsonl", "predictions.jsonl"])
def test_a_damaged_run_is_neither_compared_nor_gated(run: Run, mine: Path, name: str) -> None:
    (mine / "runs" / "told" / name).write_text("{", "utf-8")

    said = str(Path("runs", "told", name))
    refused(run("eval", "compare", "runs/told", "runs/silent"), said)
    refused(run("eval", "gate", "runs/told", "-g", "event.f1 > 0"), said)


def test_runs_over_other_labels_are_not_compared(run: Run, mine: Path) -> None:
    change(mine / "runs" / "told" / "gold.jsonl", lambda d: event(d).update(types=["Riots"]))

    done = run("eval", "compare", "runs/told", "runs/silent")

    refused(done, "the labels of 'ferry' are not the same in the two runs")
    assert "dateline eval score SUITE RUN" in done.stderr


def test_runs_without_a_document_in_common_are_not_compared(run: Run, mine: Path) -> None:
    for split in ("dev", "test"):
        write_suite(mine, documents="labels.jsonl", articles="articles", split=split)
        run("eval", "run", "mine.yaml", "-p", "silent", "--out", split, "-q")

    done = run("eval", "compare", "dev/silent", "test/silent", "--intersect")

    refused(done, "the runs share no document")
