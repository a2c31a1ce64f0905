from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from dateline.articles.article import Article
from dateline.cli import root
from dateline.errors import GoldError
from dateline.evaluation.gold.reading import read_labels
from dateline.evaluation.gold.yaml_files import FolderTexts, read_yaml
from support.gold_sample import TEXT, mill

GOOD = "- {id: mill, events: [{types: [Battles], evidence: [on Sunday]}]}\n"


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "articles").mkdir()
    (tmp_path / "articles" / "mill.txt").write_bytes(TEXT.encode())
    (tmp_path / "labels.yaml").write_text(GOOD, "utf-8")
    return tmp_path


def imported(*more: str) -> Result:
    command = ["eval", "import", "labels.yaml", "--from", "yaml", "--out", "labels.jsonl", *more]
    return CliRunner().invoke(root, command, catch_exceptions=False)


def test_yaml_becomes_lines_without_words_unless_asked_for(folder: Path) -> None:
    out = folder / "labels.jsonl"

    done = imported("--articles", "articles")

    assert done.exit_code == 0
    assert "labels.jsonl: 1 document, 1 event, 0 claims" in done.stderr
    assert "Sunday" not in out.read_text("utf-8")
    assert read_labels(out)[0].events[0].evidence[0].start == TEXT.index("on Sunday")
    assert imported("--with-quotes").exit_code == 0
    assert "Sunday" in out.read_text("utf-8")


def test_nothing_is_written_when_something_is_wrong(folder: Path) -> None:
    (folder / "labels.yaml").write_text(GOOD + GOOD.replace("Battles", "Skirmish"), "utf-8")

    done = imported()

    assert done.exit_code == 2
    told = done.stderr
    assert "labels.yaml:2: mill $.events[0].types[0]: no type of the taxonomy acled" in told
    assert "labels.yaml:2: mill $.id: the id of line 1 again" in told
    assert not (folder / "labels.jsonl").exists()


def test_a_warning_is_told_and_stops_nothing(folder: Path) -> None:
    (folder / "labels.yaml").write_text(GOOD.replace("types", "place: Orsinn, types"), "utf-8")

    documents, problems = read_yaml(folder / "labels.yaml")

    assert len(documents) == 1
    assert [problem.severity for problem in problems] == ["warning"]
    assert imported().exit_code == 0


def test_files_and_folders_that_are_not_there_are_told(folder: Path) -> None:
    with pytest.raises(GoldError, match="This is no folder"):
        read_yaml(folder / "labels.yaml", [folder / "absent"])
    with pytest.raises(GoldError, match=r"absent\.yaml: cannot be read"):
        read_yaml(folder / "absent.yaml", [folder / "articles"])
    (folder / "bad.yaml").write_bytes(b"id: \xff")
    with pytest.raises(GoldError, match="not UTF-8"):
        read_yaml(folder / "bad.yaml", [folder / "articles"])


def test_the_texts_of_a_folder_go_by_file_name(folder: Path) -> None:
    texts = FolderTexts(folder / "articles")

    assert dict(texts) == {"mill": TEXT}
    assert "other" not in texts
    assert "../labels" not in texts
    assert mill().text_sha256 is not None


def test_the_id_that_an_article_gets_by_itself_finds_its_text(folder: Path) -> None:
    name = Article.from_file(folder / "articles" / "mill.txt").id
    (folder / "labels.yaml").write_text(GOOD.replace("mill", f"'{name}'"), "utf-8")
    (folder / "articles" / "none.json").write_text("{", "utf-8")

    assert FolderTexts(folder / "articles")[name] == TEXT
    assert imported().exit_code == 0
    (folder / "labels.yaml").write_text(GOOD.replace("mill", "0123456789abcdef"), "utf-8")
    assert "no text was found for this document" in imported().stderr


def test_reading_labels_loads_nothing_heavy() -> None:
    code = (
        "import sys, dateline.evaluation.gold.yaml_view, dateline.evaluation.gold.texts, "
        "dateline.evaluation.gold.predictions, dateline.evaluation.gold.reading\n"
        "heavy = {'yaml', 'numpy', 'scipy', 'rapidfuzz', 'edlib', 'trafilatura', 'openai'}\n"
        "print(sorted(heavy & set(sys.modules)))"
    )
    found = subprocess.run([sys.executable, "-c", code], capture_output=True, check=True)

    assert found.stdout.strip() == b"[]"
