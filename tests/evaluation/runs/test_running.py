"""Runs of suites: what is kept, what failures are worth, what stands beside them."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from dateline import Extractor
from dateline.errors import ConfigError, EvaluationError
from dateline.evaluation.gold.document import LabelDocument
from dateline.evaluation.gold.hashes import text_sha256
from dateline.evaluation.gold.texts import as_article
from dateline.evaluation.gold.writing import write_labels
from dateline.evaluation.runs.documents import documents_of
from dateline.evaluation.runs.folder import RunFolder
from dateline.evaluation.runs.loading import load_run, runs_in
from dateline.evaluation.runs.running import RunOptions, run_suite
from dateline.evaluation.scoring.score import Score
from dateline.evaluation.suites import load_suite
from dateline.providers.replay import Recorder
from dateline.providers.scripted import Scripted
from support.runs import RunIt
from support.scripts import ANSWER
from support.suites import EMPTY, TEXTS, suite_folder

ROOT = Path(__file__).parents[3]


def test_a_run_keeps_what_made_it_and_what_it_found(run_it: RunIt) -> None:
    run = run_it()["told"]

    assert run.folder is not None
    record = run.folder.record()
    assert (record.suite, record.name, record.status) == ("mine", "told", "complete")
    assert (record.provider, record.model, record.asking) == ("told", "scripted", "direct")
    assert record.documents == {d.id: d.text_sha256 for d in run.gold}
    assert (record.usage.calls, record.failures) == (3, 1)
    assert [p.id for p in run.folder.predictions()] == ["ferry", "bridge", "quay"]
    assert run.score.value("event.composite.f1") == 1.0


def test_the_baselines_without_a_model_are_always_beside(run_it: RunIt) -> None:
    assert list(run_it()) == ["told", "nothing", "every-sentence"]
    assert list(run_it("nothing", out="other")) == ["nothing", "every-sentence"]


def test_a_failed_document_counts_as_missed_and_is_listed(run_it: RunIt) -> None:
    run = run_it()["told"]

    assert run.score.failed == ("bridge",)
    assert run.score.value("failures.total") == 1
    assert run.score.value("claim.content.recall") == 0.5
    assert run.folder is not None
    (failure,) = run.folder.failures()
    assert (failure.article_id, failure.error) == ("bridge", "refused")


def test_the_scores_file_is_the_score(run_it: RunIt) -> None:
    run = run_it()["told"]

    assert run.folder is not None
    scores = run.folder.scores()
    assert scores["metrics"]["event.f1"]["value"] == 1.0
    assert Score.from_json(json.dumps(scores["score"])) == run.score


def test_a_loaded_run_scores_the_same_without_texts(run_it: RunIt, suite: Path) -> None:
    run = run_it()["told"]
    (suite.parent / "articles").rename(suite.parent / "gone")

    again = load_run(suite.parent / "runs" / "told")

    assert again.score.values() == run.score.values() or {
        name: value for name, value in again.score.values().items() if not name.startswith("safety")
    } == {
        name: value for name, value in run.score.values().items() if not name.startswith("safety")
    }


def test_no_words_of_the_articles_and_no_key_are_in_a_run_folder(
    run_it: RunIt, suite: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("OPENAI_API_KEY", "sk-not-a-real-key")

    run_it()

    stretches = {
        text[place : place + 24] for text in TEXTS.values() for place in range(len(text) - 23)
    }
    for path in (suite.parent / "runs").rglob("*"):
        if path.is_file():
            held = path.read_text("utf-8")
            assert not [words for words in stretches if words in held], path
            assert "sk-not-a-real-key" not in held


def test_a_folder_that_holds_a_run_is_refused_before_anything_is_asked(
    run_it: RunIt, suite: Path
) -> None:
    run_it("silent")

    with pytest.raises(EvaluationError, match=r"holds a finished run.*--out.*--resume"):
        run_it("told", "silent")

    assert not (suite.parent / "runs" / "told").exists()


def test_a_folder_with_other_files_is_refused(run_it: RunIt, suite: Path) -> None:
    (suite.parent / "runs" / "told").mkdir(parents=True)
    (suite.parent / "runs" / "told" / "thesis.txt").write_text("mine", "utf-8")

    with pytest.raises(EvaluationError, match="not empty and holds no run"):
        run_it()


def test_an_unknown_provider_is_told_before_the_runs_before_it(run_it: RunIt, suite: Path) -> None:
    with pytest.raises(ConfigError, match="nobody"):
        run_it("told", "nobody")

    assert not (suite.parent / "runs").exists()


def test_words_of_the_examples_in_an_answer_are_counted(tmp_path: Path) -> None:
    leaked = json.loads(json.dumps(ANSWER))
    from dateline.evaluation.runs.leaks import example_words

    word = next(w for w in sorted(example_words()) if all(w not in t for t in TEXTS.values()))
    leaked["events"][0]["summary"] = f"Gunmen attacked a ferry near {word}."
    path = suite_folder(tmp_path)
    lines = [{"match": "ferry", "answer": leaked}, {"match": "", "answer": EMPTY}]
    script = "".join(json.dumps(line) + "\n" for line in lines)
    (tmp_path / "told.jsonl").write_text(script, "utf-8")
    suite = load_suite(path)
    options = RunOptions(config=tmp_path / "dateline.toml", cache=False)

    runs = run_suite(suite, documents_of(suite), tmp_path / "runs", options=options)

    assert {run.name: run.score.value("few_shot_leaks.total") for run in runs} == {
        "told": 1, "nothing": 0, "every-sentence": 0,
    }  # fmt: skip


def test_replayed_answers_are_marked_with_their_model_and_date(run_it: RunIt, suite: Path) -> None:
    folder = suite.parent
    asked = run_it()["told"]
    recorder = Recorder(
        Scripted(lambda request: ANSWER if "ferry" in request.messages[-1].content else EMPTY),
        folder / "plain.jsonl",
    )
    with Extractor(provider=recorder) as extractor:
        list(extractor.extract_many(as_article(document) for document in asked.gold))
    lines = [json.loads(line) for line in (folder / "plain.jsonl").read_text().splitlines()]
    dated = "".join(json.dumps({**line, "at": 1_700_000_000}) + "\n" for line in lines)
    (folder / "recorded.jsonl").write_text(dated, "utf-8")
    with (folder / "dateline.toml").open("a", encoding="utf-8") as config:
        config.write('\n[providers.again]\nkind = "replay"\nrecordings = "recorded.jsonl"\n')

    run = run_it("again")["again"]

    recorded = run.record.recorded
    assert recorded is not None
    assert recorded.models == ("scripted",)
    assert str(recorded.last) == "2023-11-14 22:13:20+00:00"
    assert run.score.value("event.f1") == asked.score.value("event.f1") == 1.0
    assert asked.record.recorded is None


def test_a_suite_brings_its_providers_and_the_users_win(tmp_path: Path) -> None:
    path = suite_folder(tmp_path / "suite", config="brought.toml")
    (path.parent / "dateline.toml").rename(path.parent / "brought.toml")
    suite = load_suite(path)
    mine = tmp_path / "mine.toml"
    mine.write_text(
        '[providers.told]\nkind = "scripted"\nscript = "other.jsonl"\n[cache]\ndir = "cache"\n',
        "utf-8",
    )
    (tmp_path / "other.jsonl").write_text(
        json.dumps({"match": "", "answer": EMPTY}) + "\n", "utf-8"
    )
    documents = documents_of(suite)

    ours = next(run_suite(suite, documents, tmp_path / "a", options=RunOptions(cache=False)))
    theirs = next(
        run_suite(suite, documents, tmp_path / "b", options=RunOptions(config=mine, cache=False))
    )

    assert ours.score.value("event.f1") == 1.0
    assert theirs.score.value("event.f1") == 0.0


def test_runs_are_found_in_their_folder_by_name(run_it: RunIt, suite: Path) -> None:
    run_it()
    folder = suite.parent / "runs"

    assert [path.name for path in runs_in(folder)] == ["every-sentence", "nothing", "told"]
    assert runs_in(folder / "told") == [folder / "told"]
    with pytest.raises(EvaluationError, match="no run here"):
        runs_in(suite.parent / "articles")


def test_failures_are_read_back_whatever_words_a_provider_uses(run_it: RunIt, suite: Path) -> None:
    words = "no\u2028thanks\x85"
    script = json.dumps({"error": "refused", "message": words}) + "\n"
    (suite.parent / "told.jsonl").write_text(script, "utf-8")

    run = run_it()["told"]

    assert run.folder is not None
    failures = run.folder.failures()
    assert [each.article_id for each in failures] == ["ferry", "bridge", "quay"]
    assert words in failures[0].message


@pytest.mark.parametrize("damage", [b"{}", b"\xff", b"{"])
def test_a_damaged_line_of_failures_is_told(run_it: RunIt, damage: bytes) -> None:
    run = run_it()["told"]
    assert run.folder is not None
    path = run.folder.path / "failures.jsonl"
    path.write_bytes(path.read_bytes() + damage)

    with pytest.raises(EvaluationError, match=r"failures\.jsonl:2: this line is no failure record"):
        run.folder.failures()


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "cannot be read"),
        ("[]", "another version"),
        ('{"format": 99}', "another version"),
        ('{"format": 1}', "suite: "),
    ],
)
def test_a_damaged_record_is_told(tmp_path: Path, text: str, said: str) -> None:
    (tmp_path / "run.json").write_text(text, "utf-8")

    with pytest.raises(EvaluationError, match=said):
        RunFolder(tmp_path).record()


@pytest.mark.model
def test_the_embedded_model_runs_a_suite(tmp_path: Path, model_file: Path) -> None:
    text = (ROOT / "examples" / "articles" / "ferry-crossing.txt").read_text("utf-8")
    path = suite_folder(tmp_path)
    (tmp_path / "articles" / "crossing.txt").write_text(text, "utf-8")
    document = LabelDocument(id="crossing", text_sha256=text_sha256(text))
    write_labels([document], tmp_path / "labels.jsonl")
    (tmp_path / "dateline.toml").write_text(
        f"[providers.local]\nkind = 'local'\nmodel = '{model_file}'\n[cache]\ndir = 'cache'\n",
        "utf-8",
    )
    suite = load_suite(path)
    options = RunOptions(config=tmp_path / "dateline.toml")

    run = next(
        run_suite(suite, documents_of(suite), tmp_path / "r", providers=["local"], options=options)
    )

    assert run.record.asking == "guided"
    assert run.record.usage.calls > 0
    assert run.score.failed == ()
    (found,) = run.predictions
    assert found.events
    assert run.score.value("records_on_empty") == len(found.events) + len(found.claims)
    assert run.score.value("safety.ungrounded.rate") == 0.0


def test_what_needs_texts_is_kept_where_a_run_is_loaded_without_them(run_it: RunIt) -> None:
    run = run_it("every-sentence", out="kept")["every-sentence"]
    assert run.folder is not None
    loaded = load_run(run.folder.path)

    assert all(document.text is None for document in loaded.gold)
    assert loaded.score.tallies("safety.ungrounded").sum(axis=0)[1] > 0
    assert loaded.score.values() == run.score.values()
