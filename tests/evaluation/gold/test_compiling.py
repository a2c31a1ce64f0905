from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from dateline.errors import GoldError
from dateline.evaluation.gold.__main__ import main
from dateline.evaluation.gold.compiling import FolderTexts, compile_yaml
from dateline.evaluation.gold.reading import read_labels
from support.gold_sample import TEXT, mill

GOOD = "- {id: mill, events: [{types: [Battles], evidence: [on Sunday]}]}\n"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "articles").mkdir()
    (tmp_path / "articles" / "mill.txt").write_bytes(TEXT.encode())
    (tmp_path / "labels.yaml").write_text(GOOD, "utf-8")
    return tmp_path


def test_yaml_is_compiled_to_lines(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    out = folder / "labels.jsonl"
    arguments = ["compile", str(folder / "labels.yaml"), "--articles", str(folder / "articles")]

    assert main([*arguments, "--out", str(out)]) == 0

    assert "1 documents, 1 events, 0 claims" in capsys.readouterr().err
    assert "Sunday" not in out.read_text("utf-8")
    start = TEXT.index("on Sunday")
    assert read_labels(out)[0].events[0].evidence[0].start == start
    assert main([*arguments, "--out", str(out), "--with-quotes"]) == 0
    assert "Sunday" in out.read_text("utf-8")


def test_nothing_is_written_when_something_is_wrong(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (folder / "labels.yaml").write_text(GOOD + GOOD.replace("Battles", "Skirmish"), "utf-8")
    out = folder / "labels.jsonl"
    arguments = ["compile", str(folder / "labels.yaml"), "--articles", str(folder / "articles")]

    assert main([*arguments, "--out", str(out)]) == 2

    message = capsys.readouterr().err
    assert "labels.yaml:2: mill $.events[0].types[0]: no type of the taxonomy acled" in message
    assert "labels.yaml:2: mill $.id: the id of line 1 again" in message
    assert not out.exists()


def test_a_warning_is_told_and_stops_nothing(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (folder / "labels.yaml").write_text(GOOD.replace("types", "place: Orsinn, types"), "utf-8")

    documents, problems = compile_yaml(folder / "labels.yaml", folder / "articles")

    assert len(documents) == 1
    assert [problem.severity for problem in problems] == ["warning"]


def test_files_and_folders_that_are_not_there_are_told(folder: Path) -> None:
    with pytest.raises(GoldError, match="This is no folder"):
        compile_yaml(folder / "labels.yaml", folder / "absent")
    with pytest.raises(GoldError, match=r"absent\.yaml: cannot be read"):
        compile_yaml(folder / "absent.yaml", folder / "articles")
    (folder / "bad.yaml").write_bytes(b"id: \xff")
    with pytest.raises(GoldError, match="not UTF-8"):
        compile_yaml(folder / "bad.yaml", folder / "articles")


def test_the_texts_of_a_folder_go_by_file_name(folder: Path) -> None:
    texts = FolderTexts(folder / "articles")

    assert dict(texts) == {"mill": TEXT}
    assert "other" not in texts
    assert "../labels" not in texts
    assert mill().text_sha256 is not None


def test_reading_labels_loads_nothing_heavy() -> None:
    code = (
        "import sys, dateline.evaluation.gold.yaml_view, dateline.evaluation.gold.texts, "
        "dateline.evaluation.gold.predictions, dateline.evaluation.gold.reading\n"
        "heavy = {'yaml', 'numpy', 'scipy', 'rapidfuzz', 'edlib', 'trafilatura', 'openai'}\n"
        "print(sorted(heavy & set(sys.modules)))"
    )
    found = subprocess.run([sys.executable, "-c", code], capture_output=True, check=True)

    assert found.stdout.strip() == b"[]"
