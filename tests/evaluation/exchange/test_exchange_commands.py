from __future__ import annotations

import io
import json
from pathlib import Path

import click
import pytest
from click.testing import CliRunner, Result

from dateline.cli.evaluate.exporting import export
from dateline.cli.evaluate.importing import import_
from dateline.errors import GoldError
from dateline.evaluation.gold.reading import read_labels
from dateline.evaluation.gold.texts import with_texts
from dateline.evaluation.gold.writing import write_labels
from dateline.output.jsonl import write_jsonl
from support.exchange_sample import document, scored
from support.sample import sample_extraction, sample_failure


def run(command: click.Command, *arguments: object) -> Result:
    return CliRunner().invoke(command, [str(argument) for argument in arguments])


@pytest.fixture
def gold(tmp_path: Path) -> Path:
    path = tmp_path / "gold.jsonl"
    write_labels([document()], path)
    return path


@pytest.mark.parametrize("form", ["brat", "label-studio"])
def test_gold_goes_to_a_tool_and_comes_back(gold: Path, tmp_path: Path, form: str) -> None:
    out, back = tmp_path / "out.json", tmp_path / "back.jsonl"

    there = run(export, gold, "--to", form, "--out", out, "--as", "annotations")
    here = run(import_, out, "--from", form, "--out", back)

    assert (there.exit_code, here.exit_code) == (0, 0), here.output
    assert "1 document, 2 events, 2 claims" in here.stderr
    assert scored(read_labels(back)[0]) == scored(document())


def test_results_of_extract_are_drafts_for_review(tmp_path: Path) -> None:
    stream = io.StringIO()
    write_jsonl([sample_failure(), sample_extraction()], stream)
    results, tasks = tmp_path / "results.jsonl", tmp_path / "tasks.json"
    results.write_text(stream.getvalue(), "utf-8")

    result = run(export, results, "--to", "label-studio", "--out", tasks, "--taxonomy", "acled")

    assert result.exit_code == 0, result.output
    (task,) = json.loads(tasks.read_text("utf-8"))
    assert task["predictions"][0]["result"]
    assert task["data"]["text"] == sample_extraction().article.text
    assert '<Label value="Riots"/>' in tasks.with_suffix(".xml").read_text("utf-8")


def test_texts_can_live_beside_the_labels(gold: Path, tmp_path: Path) -> None:
    run(export, gold, "--to", "brat", "--out", tmp_path / "b")
    back = tmp_path / "new" / "gold.jsonl"
    back.parent.mkdir()

    run(
        import_,
        tmp_path / "b",
        "--from",
        "brat",
        "-o",
        back,
        "--articles",
        back.parent / "articles",
    )

    (labels,) = read_labels(back)
    assert labels.text is None
    supplied = with_texts([labels], labels=back)
    assert scored(supplied.documents[0]) == scored(document())


def test_each_annotator_gets_a_file(gold: Path, tmp_path: Path) -> None:
    tasks, out = tmp_path / "t.json", tmp_path / "out.jsonl"
    entries = [{"completed_by": {"email": who}, "result": []} for who in ("a@x.org", "../b")]
    tasks.write_text(json.dumps([{"id": 1, "data": {"text": "x"}, "annotations": entries}]))

    result = run(import_, tasks, "--from", "label-studio", "--out", out)

    assert result.exit_code == 0
    files = sorted(tmp_path.glob("out.*"))
    assert [read_labels(file)[0].annotator for file in files] == ["../b", "a@x.org"]


def test_labels_without_texts_are_named(tmp_path: Path) -> None:
    path = tmp_path / "gold.jsonl"
    write_labels([document().model_copy(update={"text": None})], path)

    result = run(export, path, "--to", "brat", "--out", tmp_path / "out")

    assert isinstance(result.exception, GoldError)
    assert "raid 1" in str(result.exception)
    assert "--articles" in str(result.exception)


def test_what_was_left_out_is_said_or_counted(tmp_path: Path) -> None:
    path, out = tmp_path / "d.jsonl", tmp_path / "o.jsonl"
    path.write_text('{"text": "abc", "label": [[0, 2, "Odd"]]}\n')

    loud = run(import_, path, "--from", "doccano", "--out", out)
    quiet = run(import_, path, "--from", "doccano", "--out", out, "--quiet")

    assert "label 'Odd' is not in the map" in loud.stderr
    assert "Odd" not in quiet.stderr
    assert "1 things were left out or mended" in quiet.stderr
