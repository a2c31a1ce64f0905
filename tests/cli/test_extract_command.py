from __future__ import annotations

import csv
import json
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import Result

from dateline.output.jsonl import read_results
from dateline.records import Extraction, Failure
from support.scripts import FERRY

Run = Callable[..., Result]


def test_results_go_to_standard_output_and_the_rest_to_standard_error(run: Run) -> None:
    result = run("extract", "ferry.txt")

    assert result.exit_code == 0
    extraction = Extraction.model_validate_json(result.stdout)
    assert [event.sub_event_type for event in extraction.events] == ["Attack"]
    assert "1 article extracted: 1 event, 1 claim, 0 rejected items" in result.stderr


def test_one_failed_article_is_listed_and_stops_no_other(run: Run) -> None:
    result = run("extract", "bridge.txt", "absent.txt", "ferry.txt")

    assert result.exit_code == 1
    lines = [json.loads(line) for line in result.stdout.splitlines()]
    assert sorted(line.get("error", "") for line in lines) == ["", "article_error", "refused"]
    assert "failed: bridge.txt: " in result.stderr
    assert "failed: absent.txt: There is no such file." in result.stderr


@pytest.mark.parametrize("suffix", ["jsonl", "csv", "parquet", "geojson", "txt"])
def test_the_suffix_of_out_chooses_the_format(run: Run, folder: Path, suffix: str) -> None:
    result = run("extract", "ferry.txt", "--out", f"results.{suffix}")

    assert result.exit_code == 0, result.stderr
    assert result.stdout == ""
    assert (folder / f"results.{suffix}").stat().st_size > 0
    assert not list(folder.glob("*.part"))


def test_format_wins_over_the_suffix(run: Run, folder: Path) -> None:
    run("extract", "ferry.txt", "--out", "results.txt", "--format", "jsonl")

    assert len(list(read_results(folder / "results.txt"))) == 1


def test_failures_have_a_file_where_the_format_has_no_room(run: Run, folder: Path) -> None:
    result = run("extract", "ferry.txt", "bridge.txt", "--out", "events.csv", "--quiet")

    assert result.exit_code == 1
    assert "failure records: events.csv.failures.jsonl" in result.stderr
    found = list(read_results(folder / "events.csv.failures.jsonl"))
    assert [f.error for f in found if isinstance(f, Failure)] == ["refused"]


def test_csv_can_hold_another_table(run: Run, folder: Path) -> None:
    run("extract", "ferry.txt", "--out", "claims.csv", "--table", "claims")

    with (folder / "claims.csv").open(encoding="utf-8", newline="") as stream:
        rows = list(csv.DictReader(stream))
    assert [row["speaker"] for row in rows] == ["the harbour master"]


def test_a_page_can_be_written_too_in_the_order_of_the_inputs(run: Run, folder: Path) -> None:
    (folder / "ferry2.txt").write_text(FERRY + " It was the second report.", encoding="utf-8")

    run("extract", "ferry2.txt", "ferry.txt", "--out", "r.jsonl", "--html", "page.html")

    html = (folder / "page.html").read_text(encoding="utf-8")
    assert html.index("second report") < html.rindex("killing three people")
    assert html.count("<article") == 2


def test_standard_input_is_an_article(run: Run) -> None:
    result = run("extract", "-", input=FERRY)

    assert result.exit_code == 0
    assert Extraction.model_validate_json(result.stdout).article.source == "stdin"


def test_the_publication_date_anchors_relative_dates(run: Run) -> None:
    dated = run("extract", "ferry.txt", "--published", "2024-05-15")
    undated = run("extract", "ferry.txt")

    first = Extraction.model_validate_json(dated.stdout).events[0].date
    second = Extraction.model_validate_json(undated.stdout).events[0].date
    assert str(first.start) == "2024-05-13"
    assert (second.start, second.text) == (None, "on Monday")


def test_fields_of_json_records_can_be_named(run: Run, folder: Path) -> None:
    record = {"story": {"body": FERRY}, "when": "2024-05-15"}
    (folder / "wire.jsonl").write_text(json.dumps(record) + "\n", encoding="utf-8")

    result = run("extract", "wire.jsonl", "--field", "text=story.body", "--field", "published=when")

    article = Extraction.model_validate_json(result.stdout).article
    assert (article.text, str(article.published)) == (FERRY, "2024-05-15")


def test_quiet_says_nothing_but_failures(run: Run) -> None:
    result = run("extract", "ferry.txt", "bridge.txt", "--quiet")

    assert result.stderr.count("\n") == 1
    assert result.stderr.startswith("failed: bridge.txt: ")


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        ([], "Missing argument"),
        (["ferry.txt", "--provider", "nobody"], "dateline.toml: there is no provider 'nobody'"),
        (["ferry.txt", "--config", "absent.toml"], "error: "),
        (["ferry.txt", "--taxonomy", "nothing"], "error: "),
        (["ferry.txt", "--out", "results.xyz"], "cannot tell the format"),
        (["ferry.txt", "--out", "no/such/folder.csv"], "there is no folder"),
        (["ferry.txt", "--html", "no/such/page.html"], "there is no folder"),
        (["ferry.txt", "--format", "parquet"], "Parquet needs a file"),
        (["ferry.txt", "--published", "yesterday"], "--published"),
        (["ferry.txt", "--field", "text"], "NAME=KEY"),
        (["ferry.txt", "--encoding", "no-such"], "no encoding 'no-such'"),
        (["ferry.txt", "--field", "txet=body"], "error: "),
    ],
)
def test_a_mistake_is_one_clear_message_and_asks_nothing(
    run: Run, arguments: list[str], words: str
) -> None:
    result = run("extract", *arguments)

    assert result.exit_code == 2
    assert words in result.stderr
    assert "Traceback" not in result.stderr
    assert "extracted" not in result.stderr


def test_an_earlier_file_stays_when_writing_fails(
    run: Run, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (folder / "results.csv").write_text("kept", encoding="utf-8")

    def broken(*_: object) -> None:
        raise OSError(28, "No space left on device", "results.csv.part")

    monkeypatch.setattr("dateline.output.csv.write_csv", broken)
    result = run("extract", "ferry.txt", "--out", "results.csv")

    assert result.exit_code == 2
    assert "error: results.csv.part: No space left on device" in result.stderr
    assert (folder / "results.csv").read_text(encoding="utf-8") == "kept"


def test_an_unexpected_mistake_shows_no_traceback_unless_asked(
    run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: object) -> None:
        raise KeyError("private words")

    monkeypatch.setattr("dateline.output.jsonl.write_jsonl", broken)

    result = run("extract", "ferry.txt")

    assert result.exit_code == 70
    assert result.stderr.startswith("error: unexpected KeyError")
    assert "private" not in result.stderr
    with pytest.raises(KeyError):
        run("--debug", "extract", "ferry.txt")
