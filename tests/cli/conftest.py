from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from dateline.cli import root
from support.scripts import scripted_folder

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
