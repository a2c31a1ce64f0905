"""Files that no run made: predictions of any tool, and results of an extraction."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from dateline import Article, Extractor
from dateline.errors import EvaluationError, GoldError
from dateline.evaluation.gold.writing import write_labels
from dateline.evaluation.runs.literature import literature_score
from dateline.evaluation.runs.predictions_file import score_files
from dateline.providers.scripted import Scripted
from dateline.records import Failure
from support.runs import RunIt
from support.scripts import ANSWER
from support.suites import EMPTY, TEXTS, labels


def extracted(path: Path, names: dict[str, str]) -> None:
    """Write results for the articles, under the ids that ``names`` gives them."""
    provider = Scripted(lambda asked: ANSWER if "ferry" in asked.messages[-1].content else EMPTY)
    with Extractor(provider=provider, cache=False) as extractor:
        results = [
            extractor.extract(Article(text=TEXTS[key], id=name, published="2024-05-15"))
            for key, name in names.items()
        ]
    path.write_text("".join(each.model_dump_json() + "\n" for each in results), "utf-8")


def test_results_belong_to_the_labels_of_the_same_id_or_text(suite: Path) -> None:
    extracted(suite.parent / "r.jsonl", {"ferry": "monday/ferry.txt", "bridge": "bridge"})

    run = score_files("labels.jsonl", "r.jsonl")

    assert [each.id for each in run.predictions] == ["ferry", "bridge"]
    assert run.score.unpredicted == ("quay",)
    assert run.score.value("event.composite.f1") == 1.0
    assert run.folder is None


def test_a_failure_among_results_counts_as_missed(suite: Path) -> None:
    extracted(suite.parent / "r.jsonl", {"bridge": "bridge", "quay": "quay"})
    failure = Failure(article_id="ferry", error="refused", message="declined")
    with (suite.parent / "r.jsonl").open("a", encoding="utf-8") as stream:
        stream.write(failure.model_dump_json() + "\n")

    run = score_files("labels.jsonl", "r.jsonl")

    assert run.score.failed == ("ferry",)
    assert run.score.unpredicted == ()
    assert run.score.value("event.found.recall") == 0.0


def test_results_for_an_unlabelled_article_are_refused(suite: Path) -> None:
    with Extractor(provider=Scripted(lambda _: EMPTY), cache=False) as extractor:
        result = extractor.extract(Article(text="Nobody has labelled this one.", id="other"))
    (suite.parent / "r.jsonl").write_text(result.model_dump_json() + "\n", "utf-8")

    with pytest.raises(GoldError, match=r"r\.jsonl: a prediction is of a document .*'other'"):
        score_files("labels.jsonl", "r.jsonl")


def test_predictions_of_a_text_with_other_whitespace_are_moved(suite: Path) -> None:
    path = suite.parent / "articles" / "ferry.txt"
    path.write_text(path.read_text("utf-8").replace(" ", "\n  "), "utf-8")
    write_labels(labels(), suite.parent / "p.jsonl")

    run = score_files("labels.jsonl", "p.jsonl", articles=["articles"])

    assert run.score.value("event.evidence_exact.f1") == 1.0
    assert run.notes == ("offsets repaired, since whitespace has changed: ferry",)


def test_labels_against_themselves_are_right(suite: Path) -> None:
    run = score_files("labels.jsonl", "labels.jsonl")

    assert {run.score.value(f"{name}.f1") for name in ("event", "claim.content")} == {1.0}
    assert run.notes == ()


def test_a_run_is_scored_against_the_labels_of_now_and_keeps_them(
    run_it: RunIt, suite: Path
) -> None:
    made = run_it("told")["told"]
    path = suite.parent / "labels.jsonl"
    path.write_text(path.read_text("utf-8").replace('"Gunmen"', '"Raiders"'), "utf-8")

    run = score_files("mine.yaml", "runs/told")

    assert made.score.value("event.actors.f1") == 1.0
    assert run.score.value("event.actors.f1") == 0.0
    assert run.folder is not None
    assert run.folder.gold()[0].events[0].actors[0].names == ("Raiders",)
    assert run.folder.scores()["metrics"]["event.actors.f1"]["value"] == 0.0
    assert run.folder.record().gold_sha256 != made.record.gold_sha256


def test_what_is_over_another_text_is_not_scored(run_it: RunIt, suite: Path) -> None:
    run_it("told")
    path = suite.parent / "labels.jsonl"
    documents = [json.loads(line) for line in path.read_text("utf-8").splitlines()]
    documents[2].update(text="Another text.", text_sha256=None, letters_sha256=None)
    path.write_text("".join(json.dumps(each) + "\n" for each in documents), "utf-8")

    with pytest.raises(GoldError, match="'quay' is of another text than the labels"):
        score_files("labels.jsonl", "runs/told/predictions.jsonl")
    with pytest.raises(EvaluationError, match="the text of 'quay' has changed since this run"):
        score_files("mine.yaml", "runs/told")


def test_literature_mode_reads_labels_too(suite: Path) -> None:
    found = literature_score(Path("labels.jsonl"), Path("labels.jsonl"))

    assert found["documents"] == 3
    assert found["metrics"]["ceaf-ree"]["f1"] == 1.0
    assert set(found["intervals"]["ceaf-ree"]) == {"value", "low", "high"}
