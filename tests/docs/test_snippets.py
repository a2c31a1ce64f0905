"""Every Python snippet in the README and the docs runs; every error and check is documented."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

import pytest

import dateline.errors

ROOT = Path(__file__).parents[2]
PAGES = [ROOT / "README.md", *sorted((ROOT / "docs").rglob("*.md"))]
BLOCK = re.compile(r"^```(\w+)\n(.*?)^```", re.MULTILINE | re.DOTALL)
NEEDS_A_MODEL = ("Extractor()", 'provider="openai"', 'provider="local"')


def blocks(language: str) -> list[tuple[str, list[str]]]:
    found = []
    for page in PAGES:
        code = [m[2] for m in BLOCK.finditer(page.read_text("utf-8")) if m[1] == language]
        if code:
            found.append((str(page.relative_to(ROOT)), code))
    return found


@pytest.mark.parametrize(("page", "snippets"), blocks("python"), ids=lambda v: str(v)[:40])
def test_every_python_snippet_runs(
    page: str, snippets: list[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """Snippets of a page run in order in one namespace; those that need a model or a key are
    compiled, and the names that they import are imported."""
    monkeypatch.chdir(ROOT)
    monkeypatch.setenv("DATELINE_CACHE_DIR", str(tmp_path / "cache"))
    namespace: dict[str, object] = {"__name__": "snippet"}
    for number, code in enumerate(snippets):
        compiled = compile(code, f"{page}#{number}", "exec")
        if any(words in code for words in NEEDS_A_MODEL):
            imports = "\n".join(re.findall(r"^(?:from|import) .*$", code, re.MULTILINE))
            exec(imports, namespace)
        else:
            exec(compiled, namespace)


@pytest.mark.parametrize(("page", "snippets"), blocks("toml"), ids=lambda v: str(v)[:40])
def test_every_configuration_snippet_is_valid(
    page: str, snippets: list[str], tmp_path: Path
) -> None:
    for code in snippets:
        tomllib.loads(code)
        path = tmp_path / "dateline.toml"
        path.write_text(code, "utf-8")
        dateline.load_config(path)


def test_every_error_is_documented_with_its_code() -> None:
    page = (ROOT / "docs" / "errors.md").read_text("utf-8")
    classes = [
        value
        for value in vars(dateline.errors).values()
        if isinstance(value, type) and issubclass(value, dateline.errors.DatelineError)
    ]

    for value in classes:
        assert value.__name__ in page
        if value not in (dateline.errors.DatelineError, dateline.errors.CompletionError):
            assert f"`{value('x').code}`" in page


def test_every_check_code_is_documented() -> None:
    page = (ROOT / "docs" / "checks.md").read_text("utf-8")
    sources = [*(ROOT / "src/dateline/pipeline").glob("*.py"), ROOT / "src/dateline/checks.py"]
    sources.append(ROOT / "src/dateline/salvage/answers.py")
    calls = re.compile(
        r"(?:_error|_warning|_problem|\.problem)\(\s*\"([a-z_]+)\"|code=\"([a-z_]+)\""
    )
    calls_lost = re.compile(r"_lost\([^)]*, \"([a-z_]+)\", message\)")
    texts = [path.read_text("utf-8") for path in sources]
    codes = {a or b for text in texts for a, b in calls.findall(text)}
    codes |= {code for text in texts for code in calls_lost.findall(text)}

    assert len(codes) > 15
    assert {code for code in codes if f"`{code}`" not in page} == set()


def test_every_link_between_pages_leads_somewhere() -> None:
    for page in PAGES:
        for target in re.findall(r"\]\(([^)#:]+)(?:#[^)]*)?\)", page.read_text("utf-8")):
            assert (page.parent / target).exists(), f"{page.name}: {target}"


def test_every_term_of_the_glossary_stands_once() -> None:
    page = (ROOT / "docs" / "glossary.md").read_text("utf-8")
    terms = re.findall(r"^\*\*(.+?)\*\*", page, re.MULTILINE)

    assert terms == sorted(terms, key=str.casefold)
    assert len(terms) == len(set(terms)) > 30


def test_the_layers_in_the_docs_are_those_that_are_checked() -> None:
    checked = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["tool"]["importlinter"]
    page = (ROOT / "docs" / "architecture.md").read_text("utf-8")

    assert "\n".join(checked["contracts"][0]["layers"]) in page
