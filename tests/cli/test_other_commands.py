from __future__ import annotations

import io
import json
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import Result

from dateline.output.jsonl import write_jsonl
from support.sample import sample_extraction, sample_failure

Run = Callable[..., Result]


@pytest.fixture
def results(folder: Path) -> Path:
    path = folder / "results.jsonl"
    stream = io.StringIO()
    write_jsonl([sample_extraction(), sample_failure()], stream)
    path.write_text(stream.getvalue(), encoding="utf-8")
    return path


def test_show_prints_tables(run: Run, results: Path) -> None:
    result = run("show", "results.jsonl")

    assert result.exit_code == 0
    assert "≥ 14 killed" in result.stdout
    assert "failed: articles/orsin-bridge.txt" in result.stdout


def test_show_writes_a_page_with_a_title(run: Run, results: Path, folder: Path) -> None:
    result = run("show", "results.jsonl", "--html", "page.html", "--title", "Week <20>")

    assert result.exit_code == 0
    assert result.stdout == ""
    html = (folder / "page.html").read_text(encoding="utf-8")
    assert "<title>Week &lt;20&gt;</title>" in html


def test_show_reads_standard_input_and_writes_standard_output(run: Run, results: Path) -> None:
    result = run("show", "-", "--html", "-", input=results.read_text(encoding="utf-8"))

    assert result.stdout.startswith("<!doctype html>")


def test_show_names_the_file_and_line_that_is_wrong(run: Run, results: Path) -> None:
    with results.open("a", encoding="utf-8") as stream:
        stream.write("{}\n")

    result = run("show", "results.jsonl", "--html", "page.html")

    assert result.exit_code == 2
    assert "error: results.jsonl:3: neither an extraction nor a failure" in result.stderr


def test_providers_are_listed_without_being_called(run: Run) -> None:
    result = run("providers", "list")

    assert result.exit_code == 0
    assert "told (default)  scripted" in result.stdout


def test_the_list_of_providers_is_one_document(run: Run, folder: Path) -> None:
    with (folder / "dateline.toml").open("a", encoding="utf-8") as stream:
        stream.write('[providers.cloud]\nkind = "openai"\nmodel = "m"\nfallback = ["told"]\n')

    document = json.loads(run("providers", "list", "--json").stdout)

    assert document["default"] == "told"
    assert document["config"].endswith("dateline.toml")
    cloud = document["providers"][1]
    assert (cloud["name"], cloud["key"]) == ("cloud", "OPENAI_API_KEY missing")
    assert cloud["fallback"] == ["told"]
    assert cloud["missing"] == ["set OPENAI_API_KEY"]


def test_a_provider_that_answers_passes_its_check(run: Run) -> None:
    result = run("providers", "check", "--json")

    assert result.exit_code == 0
    (checked,) = json.loads(result.stdout)
    assert (checked["name"], checked["ok"], checked["error"]) == ("told", True, None)
    assert (checked["mode"], checked["schema"]) == ("json_schema", "not followed")


def test_a_provider_that_does_not_answer_fails_its_check_with_the_reason(
    run: Run, folder: Path
) -> None:
    with (folder / "dateline.toml").open("a", encoding="utf-8") as stream:
        stream.write('[providers.cloud]\nkind = "openai"\nmodel = "m"\n')

    result = run("providers", "check", "cloud", "told")

    assert result.exit_code == 1
    assert "OPENAI_API_KEY is not set" in result.stdout
    assert "told" in result.stdout


def test_models_are_listed_with_what_is_here(run: Run) -> None:
    table, document = run("models", "list"), run("models", "list", "--json")

    assert "smollm2-135m-instruct" in table.stdout
    first = json.loads(document.stdout)[0]
    assert set(first) == {"name", "title", "bytes", "installed", "path"}


def test_an_unknown_model_is_an_error_with_the_known_names(run: Run) -> None:
    result = run("models", "pull", "no-such-model")

    assert result.exit_code == 2
    assert "smollm2-135m-instruct" in result.stderr


def test_an_empty_cache_has_figures_and_is_sound(run: Run, folder: Path) -> None:
    stats = json.loads(run("cache", "stats", "--json").stdout)

    assert stats["entries"] == 0
    assert Path(stats["folder"]) == folder / "cache"
    assert run("cache", "stats").exit_code == 0
    assert run("cache", "verify").exit_code == 0


def test_a_damaged_cache_fails_its_check_until_it_is_moved_away(run: Run, folder: Path) -> None:
    (folder / "cache").mkdir()
    (folder / "cache" / "cache.db").write_bytes(b"this is no database" * 100)

    found = run("cache", "verify", "--json")

    assert found.exit_code == 1
    assert json.loads(found.stdout)["ok"] is False
    assert run("cache", "verify", "--quarantine").exit_code == 1
    assert run("cache", "verify").exit_code == 0


def test_clearing_needs_a_yes(run: Run) -> None:
    refused = run("cache", "clear")
    done = run("cache", "clear", "--yes", "--model", "m", "--before", "2024-01-01")

    assert refused.exit_code == 2
    assert "say --yes" in refused.stderr
    assert (done.exit_code, done.stdout) == (0, "0 removed, 0 kept\n")


def test_why_explains_a_miss(run: Run) -> None:
    result = run("cache", "why", "ferry.txt")
    document = json.loads(run("cache", "why", "ferry.txt", "--json").stdout)

    assert result.exit_code == 0
    assert "extract: Miss: nothing comparable is stored." in result.stdout
    assert document[0]["hit"] is False


@pytest.mark.parametrize("name", ["extraction", "failure", "draft"])
def test_schemas_are_exported(run: Run, folder: Path, name: str) -> None:
    printed = json.loads(run("schema", "export", name).stdout)
    run("schema", "export", name, "--out", "schema.json")

    assert printed["$schema"] == "https://json-schema.org/draft/2020-12/schema"
    assert json.loads((folder / "schema.json").read_text(encoding="utf-8")) == printed


def test_the_draft_follows_the_taxonomy(run: Run) -> None:
    draft = run("schema", "export", "draft", "--taxonomy", "muc4").stdout

    assert '"Attack"' not in draft or "muc4" not in draft
    assert draft != run("schema", "export", "draft").stdout


def test_the_shipped_draft_is_refused_by_nobody(run: Run, folder: Path) -> None:
    with (folder / "dateline.toml").open("a", encoding="utf-8") as stream:
        stream.write('[providers.cloud]\nkind = "openai"\nmodel = "m"\n')

    result = run("schema", "lint", "--provider", "cloud")

    assert result.exit_code == 0
    assert result.stdout.endswith("draft: nothing that cloud would refuse\n")
    assert "rejected" not in result.stdout
    assert "ignored: $.events[*].summary and" in result.stdout


def test_a_model_that_a_provider_would_refuse_is_found(run: Run, folder: Path) -> None:
    with (folder / "dateline.toml").open("a", encoding="utf-8") as stream:
        stream.write('[providers.cloud]\nkind = "openai"\nmodel = "m"\n')

    result = run("schema", "lint", "-p", "cloud", "--model", "dateline.records:Speaker", "--json")

    document = json.loads(result.stdout)
    assert result.exit_code == 1
    assert document["ok"] is False
    found = {(finding["path"], finding["severity"]) for finding in document["findings"]}
    assert ("$.name", "rejected") in found
    assert all(finding["remedy"] for finding in document["findings"])


@pytest.mark.parametrize("reference", ["nothing", "no.such:Model", "json:loads"])
def test_a_model_that_cannot_be_imported_is_a_clear_error(run: Run, reference: str) -> None:
    result = run("schema", "lint", "--model", reference)

    assert result.exit_code == 2
    assert "Traceback" not in result.stderr
