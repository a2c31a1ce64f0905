"""The public names, pinned; and what importing them costs in modules."""

from __future__ import annotations

import subprocess
import sys

import pytest

import dateline

HEAVY = {
    "openai", "instructor", "diskcache", "tenacity", "xllamacpp", "trafilatura", "dateparser",
    "pandas", "pyarrow", "rich", "jinja2", "aiohttp", "edlib", "rapidfuzz", "numpy", "httpx",
}  # fmt: skip


def test_the_public_names_are_sorted_and_all_exist() -> None:
    names = dateline.__all__

    assert names == sorted(names)
    for name in names:
        assert getattr(dateline, name) is not None


def test_the_public_names_are_these() -> None:
    assert set(dateline.__all__) >= {
        "Article", "AsyncExtractor", "Extraction", "Extractor", "Failure", "Quote", "ground",
        "load_config", "Event", "Claim", "Actor", "Evidence",
    }  # fmt: skip


def test_importing_dateline_and_an_extractor_loads_no_heavy_library() -> None:
    code = (
        "import sys, dateline; dateline.Extractor; dateline.Article; dateline.ground;"
        f"print(*sorted({HEAVY!r} & set(sys.modules)))"
    )

    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)

    assert done.stdout.split() == []


def test_an_unknown_name_is_an_attribute_error() -> None:
    with pytest.raises(AttributeError, match="Nonsense"):
        _ = dateline.Nonsense
