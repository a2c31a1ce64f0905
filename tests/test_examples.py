"""Every example runs as it stands."""

from __future__ import annotations

import os
import runpy
import subprocess
import sys
from pathlib import Path
from unittest.mock import patch

import pytest

from dateline import Extraction

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


def test_only_what_was_answered_differs_between_providers(
    request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    request.getfixturevalue("model_file")
    monkeypatch.setenv("DATELINE_CACHE_DIR", str(tmp_path))
    script = runpy.run_path(str(EXAMPLES / "swap_providers.py"))
    found: dict[str, Extraction] = {}
    with patch.dict(os.environ):
        for provider in ("embedded", "llama-server", "gateway", "gateway-anthropic"):
            with script["running"](provider) as here:
                assert here
                found[provider] = script["extract"](provider)

    for provider, extraction in found.items():
        (answered_by,) = extraction.provenance.answered_by
        assert answered_by.startswith(f"{provider}/")
        assert {attempt.provider for attempt in extraction.attempts} == {provider}
        assert extraction.usage.calls == len(extraction.attempts) > 0
        assert [event.sub_event_type for event in extraction.events] == ["Attack"]
    # The gateway gives one answer in two formats: nothing else may tell them apart.
    one, other = (
        found[name].model_dump(exclude={"provenance", "usage", "attempts"})
        for name in ("gateway", "gateway-anthropic")
    )
    assert one == other


def test_every_example_is_listed() -> None:
    listed = (EXAMPLES / "README.md").read_text("utf-8")

    assert all(path.name in listed for path in EXAMPLES.glob("*.py"))
