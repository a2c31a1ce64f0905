"""``dateline eval score``, ``compare`` and ``report``, over runs and files."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from pathlib import Path

from click.testing import Result

from support.evaluating import DIFFERENCE_KEYS, RUN_KEYS, parsed
from support.suites import write_suite

Run = Callable[..., Result]


def test_a_run_is_scored_anew(run: Run, mine: Path) -> None:
    path = mine / "labels.jsonl"
    path.write_text(path.read_text("utf-8").replace('"Gunmen"', '"Raiders"'), "utf-8")

    done = run("eval", "score", "mine.yaml", "runs/told", "--json")

    assert done.exit_code == 0
    (found,) = parsed(done)["runs"]
    assert list(found) == RUN_KEYS
    assert found["metrics"]["event.actors.f1"]["value"] == 0.0
    assert "Raiders" in (mine / "runs" / "told" / "gold.jsonl").read_text("utf-8")


def test_results_of_extract_are_scored(run: Run, mine: Path) -> None:
    extracted = run("extract", "articles", "-p", "told", "--published", "2024-05-15", "-q")
    (mine / "results.jsonl").write_text(extracted.stdout, "utf-8")

    done = run("eval", "score", "labels.jsonl", "results.jsonl", "--json")

    assert done.exit_code == 0
    (found,) = parsed(done)["runs"]
    assert found["run"] == "results"
    assert found["metrics"]["event.composite.f1"]["value"] == 1.0
    assert found["folder"] is None


def test_the_figures_that_are_asked_for_are_shown(run: Run, mine: Path) -> None:
    few = run("eval", "score", "labels.jsonl", "runs/told/predictions.jsonl",
              "--metric", "event.type.f1")  # fmt: skip
    every = run("eval", "score", "labels.jsonl", "runs/told/predictions.jsonl", "--all")

    assert "event.type.f1" in few.stdout
    assert "event.composite.f1" not in few.stdout
    assert "event.composite.f1" in every.stdout
    assert "claim.certainty.accuracy" in every.stdout


def test_a_document_without_prediction_is_said_and_counts_as_missed(run: Run, mine: Path) -> None:
    lines = (mine / "runs" / "silent" / "predictions.jsonl").read_text("utf-8").splitlines()
    (mine / "some.jsonl").write_text("\n".join(lines[1:]), "utf-8")

    done = run("eval", "score", "labels.jsonl", "some.jsonl", "--json")

    assert "some: not predicted, counted as missed: ferry" in done.stderr
    (found,) = parsed(done)["runs"]
    assert found["unpredicted"] == ["ferry"]
    assert found["metrics"]["missing.total"]["value"] == 1
    assert found["metrics"]["event.found.recall"]["value"] == 0.0


def test_types_that_the_taxonomy_lacks_are_said(run: Run, mine: Path) -> None:
    path = mine / "labels.jsonl"
    text = path.read_text("utf-8").replace('"Violence against civilians"', '"Piracy"')
    path.write_text(text, "utf-8")

    done = run("eval", "score", "labels.jsonl", "runs/told/predictions.jsonl")

    assert done.exit_code == 0
    where = "note: labels.jsonl: ferry e1 $.events[0].types[0]: no type of the taxonomy acled"
    assert where in done.stderr


def test_missing_texts_are_said(run: Run, mine: Path) -> None:
    shutil.rmtree(mine / "articles")

    done = run("eval", "score", "labels.jsonl", "runs/told/predictions.jsonl", "--json")

    assert done.exit_code == 0
    assert done.stderr.count("note: without its text: ") == 3
    assert parsed(done)["runs"][0]["metrics"]["event.f1"]["value"] == 1.0


def test_literature_mode_scores_two_files(run: Run, mine: Path) -> None:
    gold = {"docid": "a", "gold": {"PerpInd": [["gunmen", "the gunmen"]]}}
    found = {"docid": "a", "pred": {"PerpInd": [["the gunmen"]]}}
    (mine / "g.jsonl").write_text(json.dumps(gold) + "\n", "utf-8")
    (mine / "p.jsonl").write_text(json.dumps(found) + "\n", "utf-8")

    done = run("eval", "score", "g.jsonl", "p.jsonl", "--metric", "ceaf-ree", "--json")

    assert done.exit_code == 0
    assert list(parsed(done)) == ["documents", "failed", "unpredicted", "metrics", "intervals"]
    assert parsed(done)["metrics"]["ceaf-ree"] == {"precision": 1, "recall": 1, "f1": 1}


def test_literature_mode_says_what_was_not_predicted(run: Run, mine: Path) -> None:
    lines = [json.dumps({"docid": id, "gold": {"PerpInd": [["gunmen"]]}}) for id in "ab"]
    (mine / "g.jsonl").write_text("\n".join(lines), "utf-8")
    (mine / "p.jsonl").write_text(lines[0].replace("gold", "pred"), "utf-8")

    done = run("eval", "score", "g.jsonl", "p.jsonl", "--metric", "ceaf-ree.f1")

    assert done.exit_code == 0
    assert done.stderr == "not predicted, counted as missed: b\n"
    assert done.stdout.splitlines()[1].split() == ["ceaf-ree", "1.0000", "0.5000", "0.6667"]


def test_literature_mode_stands_alone(run: Run, mine: Path) -> None:
    for more in (["--metric", "event.f1"], ["--html", "x.html"]):
        done = run("eval", "score", "labels.jsonl", "runs/told", "--metric", "ceaf-ree", *more)

        assert done.exit_code == 2
        assert "Ask for --metric ceaf-ree alone." in done.stderr


def test_literature_mode_takes_a_run(run: Run, mine: Path) -> None:
    done = run("eval", "score", "labels.jsonl", "runs/told", "--metric", "ceaf-ree", "--json")

    assert done.exit_code == 0
    assert parsed(done)["documents"] == 3
    assert parsed(done)["metrics"]["ceaf-ree.initiator"] == {"precision": 1, "recall": 1, "f1": 1}


def test_json_has_every_verdict(run: Run, mine: Path) -> None:
    done = run("eval", "compare", "runs/told", "runs/silent", "--json")

    assert done.exit_code == 0
    found = parsed(done)
    keys = ["old", "new", "documents", "left_out", "notes", "headline", "others"]
    assert list(found) == keys
    assert set(found["headline"]["event.f1"]) >= DIFFERENCE_KEYS
    assert found["headline"]["event.f1"]["verdict"] == "can't tell"
    assert found["notes"] == ["told failed on 1 document: counted as missed"]


def test_people_read_a_sentence_for_each_figure(run: Run, mine: Path) -> None:
    done = run("eval", "compare", "runs/told", "runs/silent", "--metric", "event.f1")

    assert done.stdout.startswith("silent against told\n")
    assert "these 3 documents can't tell the runs apart" in done.stdout
    assert "can't tell  Events, all slots, F1 1.000 → 0.000 (−1.000)" in done.stdout


def test_runs_over_different_documents_are_refused_or_cut(run: Run, mine: Path) -> None:
    write_suite(mine, documents="labels.jsonl", articles="articles", split="test")
    run("eval", "run", "mine.yaml", "-p", "silent", "--out", "part", "-q")

    refused = run("eval", "compare", "runs/told", "part/silent")
    cut = run("eval", "compare", "runs/told", "part/silent", "--intersect", "--json")

    assert refused.exit_code == 2
    said = "the runs are over different documents; in one of them only: 1 (ferry)"
    assert said in refused.stderr
    assert "--intersect" in refused.stderr
    assert cut.exit_code == 0
    assert (parsed(cut)["documents"], parsed(cut)["left_out"]) == (2, ["ferry"])


def test_a_folder_of_runs_is_told_from_a_run(run: Run, mine: Path) -> None:
    done = run("eval", "compare", "runs", "runs/told")

    assert done.exit_code == 2
    said = "this is a folder of runs. Name one of those in it: every-sentence, nothing, silent"
    assert said in done.stderr


def test_a_report_shows_runs_and_their_articles(run: Run, mine: Path) -> None:
    done = run(
        "eval", "report", "runs", "--html", "r.html", "--articles", "articles", "--title", "Ferries"
    )

    assert done.exit_code == 0
    page = (mine / "r.html").read_text("utf-8")
    assert "<title>Ferries" in page
    assert "Nets were mended and boats were painted." in page
    for name in ("told", "silent", "nothing", "every-sentence"):
        assert name in page
