from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from dateline.evaluation.runs.documents import documents_of
from dateline.evaluation.runs.running import RunOptions, run_suite
from dateline.evaluation.suites import load_suite
from support.runs import RunIt, Runs
from support.suites import suite_folder


@pytest.fixture
def suite(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The suite's file, in the working folder."""
    monkeypatch.chdir(tmp_path)
    return suite_folder(tmp_path)


@pytest.fixture
def run_it(suite: Path) -> RunIt:
    """Run the suite into a folder, by default ``runs``."""

    def running(
        *providers: str, out: str = "runs", skip_missing: bool = False, **options: Any
    ) -> Runs:
        loaded = load_suite(suite)
        documents = documents_of(loaded, skip_missing=skip_missing)
        found = run_suite(
            loaded,
            documents,
            suite.parent / out,
            providers=providers,
            options=RunOptions(**options),
        )
        return {run.name: run for run in found}

    return running
