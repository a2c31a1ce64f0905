"""The built wheel, installed in an empty environment elsewhere, extracts and evaluates."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import venv
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
ARTICLE = ROOT / "examples" / "articles" / "ferry-crossing.txt"

pytestmark = [pytest.mark.packaging, pytest.mark.timeout(900)]


def run(*command: str | Path, cwd: Path, **variables: str) -> subprocess.CompletedProcess[str]:
    environment = {k: v for k, v in os.environ.items() if not k.startswith(("PYTHON", "DATELINE"))}
    done = subprocess.run(
        [str(part) for part in command],
        cwd=cwd,
        env={**environment, **variables},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr[-3000:]
    return done


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("wheel")
    run(sys.executable, "-m", "build", "--outdir", folder, ROOT, cwd=folder)
    assert list(folder.glob("*.tar.gz")), "no source distribution was built"
    return next(folder.glob("*.whl"))


@pytest.fixture(scope="module")
def python(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The interpreter of an environment that holds the wheel and what it needs."""
    home = tmp_path_factory.mktemp("installed") / "env"
    venv.create(home, with_pip=True)
    python = home / ("Scripts" if os.name == "nt" else "bin") / "python"
    run(python, "-m", "pip", "install", "--quiet", f"{wheel}[local]", cwd=home)
    return python


def test_the_wheel_carries_every_prompt_schema_and_eval(wheel: Path) -> None:
    carried = set(zipfile.ZipFile(wheel).namelist())

    for folder in ("prompts", "schemas", "evals"):
        for path in (ROOT / folder).rglob("*"):
            if path.is_file():
                assert f"dateline/_data/{path.relative_to(ROOT)}" in carried


def test_the_source_distribution_carries_them_too(wheel: Path) -> None:
    import tarfile

    with tarfile.open(next(wheel.parent.glob("*.tar.gz"))) as archive:
        carried = {name.partition("/")[2] for name in archive.getnames()}

    assert "prompts/extract.v1.jinja" in carried
    assert "schemas/taxonomies/acled.json" in carried
    assert "evals/suites/corpus-dev.yaml" in carried


def test_an_installed_wheel_extracts_with_the_embedded_model(
    python: Path, tmp_path: Path, model_file: Path
) -> None:
    article = tmp_path / "article.txt"
    article.write_bytes(ARTICLE.read_bytes())
    config = tmp_path / "dateline.toml"
    config.write_text(f"[providers.local]\nkind = 'local'\nmodel = '{model_file}'\n", "utf-8")

    done = run(
        python.with_name("dateline"),
        "extract", "article.txt", "--published", "2026-03-12", "--format", "jsonl",
        cwd=tmp_path,
        DATELINE_CACHE_DIR=str(tmp_path / "cache"),
    )  # fmt: skip

    result = json.loads(done.stdout)
    text = article.read_text(encoding="utf-8")
    evidence = [e for record in result["events"] + result["claims"] for e in record["evidence"]]
    assert evidence
    assert all(text[e["start"] : e["end"]] == e["quote"] for e in evidence)

    versions = run(python, "-m", "pip", "list", "--format", "json", cwd=tmp_path).stdout
    instructor = next(p for p in json.loads(versions) if p["name"] == "instructor")
    assert instructor["version"].startswith("1.17.")


def test_an_installed_wheel_runs_a_shipped_suite_in_an_empty_folder(
    python: Path, tmp_path: Path
) -> None:
    done = run(
        python.with_name("dateline"), "eval", "run", "corpus-dev", "--json", "--html", "r.html",
        cwd=tmp_path,
    )  # fmt: skip

    found = json.loads(done.stdout)["runs"]
    assert [each["run"] for each in found[-2:]] == ["nothing", "every-sentence"]
    assert found[:-2]
    for each in found[:-2]:
        assert each["recorded"]["models"]
        assert (each["usage"]["calls"], each["failed"]) == (0, [])
        assert each["metrics"]["event.f1"]["value"] > 0
    assert sorted(path.name for path in tmp_path.iterdir()) == ["eval-runs", "r.html"]
