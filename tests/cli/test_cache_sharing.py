"""``cache export`` and ``cache import``, as a user types them."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from click.testing import Result

from dateline.cache import CompletionCache
from dateline.completion import Completion
from support.asking import request

Run = Callable[..., Result]


def test_a_run_goes_from_one_cache_to_another(run: Run, folder: Path) -> None:
    asked = request()
    with CompletionCache(folder / "a") as cache:
        key = cache.key(asked, family="openai", model="m")
        cache.put(key, Completion("{}"), asked, family="openai", model="m")

    out = run("cache", "export", "run.jsonl", "--dir", "a")
    into = run("cache", "import", "run.jsonl", "--dir", "b")
    again = run("cache", "import", "run.jsonl", "--dir", "b")

    assert out.exit_code == into.exit_code == 0, out.stderr + into.stderr
    assert "1 answers written to run.jsonl" in out.stdout
    assert "1 answers stored, 0 were there already" in into.stdout
    assert "0 answers stored, 1 were there already" in again.stdout
    with CompletionCache(folder / "b") as cache:
        assert cache.get(key) is not None


def test_exporting_nothing_is_an_error_that_names_the_folder(run: Run, folder: Path) -> None:
    result = run("cache", "export", "run.jsonl", "--dir", "nothing")

    assert result.exit_code == 2
    assert "nothing: there is no cache to export" in result.stderr
