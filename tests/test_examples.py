"""Every example runs as it stands."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

EXAMPLES = Path(__file__).parents[1] / "examples"
NEEDS_THE_MODEL = {"extract_one"}


@pytest.mark.parametrize("path", sorted(EXAMPLES.glob("*.py")), ids=lambda path: path.stem)
def test_an_example_runs(path: Path, request: pytest.FixtureRequest, tmp_path: Path) -> None:
    if path.stem in NEEDS_THE_MODEL:
        request.getfixturevalue("model_file")

    done = subprocess.run(
        [sys.executable, str(path)],
        capture_output=True,
        text=True,
        check=False,
        cwd=tmp_path,
        env={**os.environ, "DATELINE_CACHE_DIR": str(tmp_path / "cache")},
    )

    assert done.returncode == 0, done.stderr
    assert done.stdout.strip()


def test_every_example_is_listed() -> None:
    listed = (EXAMPLES / "README.md").read_text("utf-8")

    assert all(path.name in listed for path in EXAMPLES.glob("*.py"))
