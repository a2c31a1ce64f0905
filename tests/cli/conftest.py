from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from dateline.cli import root
from support.scripts import scripted_folder
from support.suites import suite_folder

Run = Callable[..., Result]


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The working folder: a scripted provider, two articles, no settings from outside."""
    monkeypatch.chdir(tmp_path)
    for name in ("DATELINE_CONFIG", "DATELINE_PROVIDER", "OPENAI_API_KEY"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("DATELINE_MODELS_DIR", str(tmp_path / "models"))
    return scripted_folder(tmp_path)


@pytest.fixture
def run(folder: Path) -> Run:
    """Run a command line in the working folder."""

    def running(*arguments: str, input: str | None = None) -> Result:
        return CliRunner().invoke(root, arguments, input=input, catch_exceptions=False)

    return running


@pytest.fixture(scope="session")
def finished(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a suite and its finished runs: ``runs/told``, ``runs/silent``, baselines."""
    folder = tmp_path_factory.mktemp("finished")
    suite = suite_folder(folder)
    arguments = ["-p", "told", "-p", "silent", "--out", str(folder / "runs"), "--quiet"]
    done = CliRunner().invoke(
        root, ["eval", "run", str(suite), "-c", str(folder / "dateline.toml"), *arguments]
    )
    assert done.exit_code == 1, done.output
    return folder


@pytest.fixture
def mine(folder: Path, finished: Path) -> Path:
    """The working folder, with that suite and a copy of those runs."""
    shutil.copytree(finished, folder, dirs_exist_ok=True)
    return folder
