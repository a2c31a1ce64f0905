"""What a suite says, and how its mistakes are told."""

from __future__ import annotations

from pathlib import Path

import pytest

from dateline.errors import EvaluationError
from dateline.evaluation.runs.documents import documents_of
from dateline.evaluation.suites import find_suite, load_suite, suite_names
from support.suites import suite_folder


def written(folder: Path, text: str) -> Path:
    path = folder / "mine.yaml"
    path.write_text(text, "utf-8")
    return path


MISTAKES = {
    "unknown field": (
        "documents: a.jsonl\nprovider: [x]\n",
        ":2: provider: there is no such field",
        "A suite has: name, description, documents",
    ),
    "unknown axis": (
        "documents: a.jsonl\nmatrix:\n  prompt: [x]\n",
        ":3: matrix.prompt: there is no such field",
        "A matrix has: prompts, asking",
    ),
    "no documents": ("providers: [a]\n", ": documents: this field is needed", "A suite has"),
    "empty documents": ("documents: []\n", ":1: documents: at least one value", "evaluation.md"),
    "wrong value": (
        "documents: a.jsonl\nmatrix:\n  asking: [direct, nicely]\n",
        ":3: matrix.asking[1]: ",
        "evaluation.md",
    ),
    "confidence": ("documents: a.jsonl\nconfidence: 95\n", ":2: confidence: ", "evaluation.md"),
    "unknown metric": (
        "documents: a.jsonl\nmetrics:\n  - event.f1\n  - event.f2\n",
        ':4: metrics[1]: there is no metric "event.f2"',
        "Did you mean event.f1",
    ),
    "bad gate": (
        "documents: a.jsonl\ngates:\n  - event.f1 => 3\n",
        ':3: gates[0]: gate "event.f1 => 3", character 10: expected >=',
        "A gate reads like",
    ),
    "gate on an unknown metric": (
        "documents: a.jsonl\ngates: [event.f3 >= 0.1]\n",
        ':2: gates[0]: gate "event.f3 >= 0.1": there is no metric "event.f3"',
        "Did you mean",
    ),
    "metric of literature mode": (
        "documents: a.jsonl\nmetrics: [event.f1, ceaf-ree.target.f1]\n",
        ':2: metrics[1]: "ceaf-ree.target.f1" is not measured by a suite',
        "--metric ceaf-ree",
    ),
    "gate on literature mode": (
        "documents: a.jsonl\ngates: [ceaf-ree.f1 >= 0.1]\n",
        ':2: gates[0]: gate "ceaf-ree.f1 >= 0.1": "ceaf-ree.f1" is not measured by a suite',
        "--metric ceaf-ree",
    ),
    "cannot tell": ("documents: a\non_cant_tell: maybe\n", ":2: on_cant_tell: ", "evaluation.md"),
    "name": ("documents: a\nname: a/b\n", ":2: name: ", "evaluation.md"),
    "a field twice": ("documents: a\nname: x\nname: y\n", ":3: the field 'name' stands twice", ""),
    "no YAML": ("documents: [a\n", ":2: not valid YAML", "evaluation.md"),
    "empty": ("\n", ": an empty suite", "documents: gold.jsonl"),
    "a list": ("- documents\n", ": a suite is one mapping", "evaluation.md"),
}


@pytest.mark.parametrize("name", MISTAKES)
def test_a_mistake_is_told_with_file_line_field_and_remedy(tmp_path: Path, name: str) -> None:
    text, said, remedy = MISTAKES[name]
    path = written(tmp_path, text)

    with pytest.raises(EvaluationError) as caught:
        load_suite(path)

    assert f"{path}{said}" in str(caught.value)
    assert remedy in str(caught.value)


def test_a_suite_that_is_not_text_is_an_error(tmp_path: Path) -> None:
    path = tmp_path / "mine.yaml"
    path.write_bytes(b"\xff\xfe\x00")

    with pytest.raises(EvaluationError, match="not UTF-8"):
        load_suite(path)


def test_an_unknown_name_lists_those_that_are_known(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "evals" / "suites").mkdir(parents=True)
    (tmp_path / "evals" / "suites" / "harbour.yaml").write_text("documents: a\n", "utf-8")

    assert {"harbour", "corpus"} <= set(suite_names())
    assert find_suite("harbour") == tmp_path / "evals" / "suites" / "harbour.yaml"
    with pytest.raises(EvaluationError, match=r"no suite 'harbor'.*harbour"):
        find_suite("harbor")
    with pytest.raises(EvaluationError, match="Check the path"):
        find_suite("nowhere.yaml")


def test_a_suite_is_found_from_a_folder_below(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "evals" / "suites").mkdir(parents=True)
    (tmp_path / "evals" / "suites" / "harbour.yaml").write_text("documents: a\n", "utf-8")
    (tmp_path / "src").mkdir()
    monkeypatch.chdir(tmp_path / "src")

    assert load_suite("harbour").name == "harbour"


def test_a_missing_file_is_named_with_its_field(tmp_path: Path) -> None:
    suite = load_suite(written(tmp_path, "documents: gone.jsonl\narticles: nowhere\n"))

    with pytest.raises(EvaluationError, match=r"mine.yaml: documents: there is no 'gone.jsonl'"):
        suite.gold_files()
    with pytest.raises(EvaluationError, match=r"mine.yaml: articles: there is no 'nowhere'"):
        suite.article_folders()


def test_a_user_that_does_not_exist_has_no_files(tmp_path: Path) -> None:
    suite = load_suite(written(tmp_path, "documents: ~nobody-of-this-name/gold.jsonl\n"))

    with pytest.raises(EvaluationError, match=r"there is no '~nobody-of-this-name/gold\.jsonl'"):
        suite.gold_files()


def test_paths_start_from_the_suite(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    suite = load_suite(suite_folder(tmp_path / "a"))
    monkeypatch.chdir(tmp_path)

    assert [d.id for d in documents_of(suite).gold] == ["ferry", "bridge", "quay"]


@pytest.mark.parametrize(
    ("fields", "ids"),
    [
        ({"split": "test"}, ["bridge", "quay"]),
        ({"meta": {"traps": "aliases"}}, ["ferry"]),
        ({"meta": {"traps": ["aliases", "dates"]}}, ["ferry", "bridge"]),
        ({"meta": {"published": "2024-05-15"}, "split": "dev"}, ["ferry"]),
    ],
)
def test_documents_are_chosen_by_split_and_meta(
    tmp_path: Path, fields: dict[str, object], ids: list[str]
) -> None:
    suite = load_suite(suite_folder(tmp_path, **fields))

    assert [d.id for d in documents_of(suite).gold] == ids


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"split": "train"}, "no document has split train in its meta"),
        ({"meta": {"publisher": "nobody"}}, "no document has publisher nobody in its meta"),
        (
            {"split": "train", "meta": {"language": ["xx", "yy"]}},
            "no document has split train and language xx or yy in its meta",
        ),
    ],
)
def test_a_choice_without_documents_is_an_error(
    tmp_path: Path, fields: dict[str, object], said: str
) -> None:
    suite = load_suite(suite_folder(tmp_path, **fields))

    with pytest.raises(EvaluationError, match=said):
        documents_of(suite)
