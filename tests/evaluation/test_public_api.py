"""The public names of ``dateline.evaluation``, pinned; and what importing them costs."""

from __future__ import annotations

import inspect
import subprocess
import sys

import pytest

from dateline import evaluation

NAMES = [
    "Agreement", "Comparison", "Difference", "Gate", "GateResult", "Interval", "LabelDocument",
    "RunOptions", "Score", "ScoredRun", "ScoringSettings", "Suite", "agreement", "as_article",
    "as_prediction", "assert_gates", "check_gates", "compare", "compare_runs", "documents_of",
    "export_labels", "from_yaml", "import_labels", "interval", "intervals", "load_run",
    "load_suite", "read_labels", "report_page", "run_suite", "score", "score_document",
    "score_files", "to_yaml", "with_texts", "write_labels",
]  # fmt: skip


def test_the_public_names_are_these() -> None:
    assert evaluation.__all__ == NAMES
    assert dir(evaluation) == NAMES


@pytest.mark.parametrize("name", NAMES)
def test_every_name_exists_and_is_documented(name: str) -> None:
    found = getattr(evaluation, name)

    assert inspect.getdoc(found)
    assert found.__name__ == name or name == "report_page"


def test_an_unknown_name_is_an_attribute_error() -> None:
    with pytest.raises(AttributeError, match="nonsense"):
        _ = evaluation.nonsense


def test_importing_the_package_loads_nothing_else() -> None:
    heavy = {"numpy", "scipy", "yaml", "pydantic", "rich", "jinja2", "dateline.extractor"}
    code = f"import sys, dateline.evaluation; print(*sorted({heavy!r} & set(sys.modules)))"

    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)

    assert done.stdout.split() == []
