from __future__ import annotations

import io
import sys
from pathlib import Path

import pytest

from dateline.errors import ArticleError
from dateline.output.jsonl import read_results, write_jsonl
from dateline.records import Extraction
from support.sample import sample_extraction, sample_failure


def line() -> str:
    return sample_extraction().model_dump_json()


def test_what_is_written_is_read_back_equal(tmp_path: Path) -> None:
    path = tmp_path / "results.jsonl"
    results = [sample_extraction(), sample_failure()]
    with path.open("w", encoding="utf-8") as stream:
        write_jsonl(results, stream)

    assert list(read_results(path)) == results


def test_a_line_is_the_extractions_own_json() -> None:
    stream = io.StringIO()

    write_jsonl([sample_extraction()], stream)

    assert Extraction.model_validate_json(stream.getvalue()) == sample_extraction()


def test_a_byte_order_mark_and_blank_lines_do_no_harm(tmp_path: Path) -> None:
    path = tmp_path / "results.jsonl"
    path.write_bytes(b"\xef\xbb\xbf" + line().encode() + b"\r\n\n  \n" + line().encode())

    assert len(list(read_results(path))) == 2


def test_standard_input_can_be_read(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(line().encode())))

    assert list(read_results("-")) == [sample_extraction()]


@pytest.mark.parametrize(
    ("bad", "words"),
    [
        ('{"article": ', "not JSON"),
        ("[1, 2]", "neither an extraction nor a failure"),
        ('{"a": 1}', "neither an extraction nor a failure"),
        ('{"article": {"text": "secret words"}}', "not a valid Extraction at $.provenance"),
        ('{"error": 7, "message": "secret words"}', "not a valid Failure at $.error"),
    ],
)
def test_a_bad_line_is_named_by_file_and_number_without_its_text(
    tmp_path: Path, bad: str, words: str
) -> None:
    path = tmp_path / "results.jsonl"
    path.write_text(f"{line()}\n{bad}\n", encoding="utf-8")
    results = read_results(path)
    next(results)

    with pytest.raises(ArticleError) as caught:
        next(results)

    message = str(caught.value)
    assert message.startswith(f"{path}:2: ")
    assert words in message
    assert "secret" not in message


def test_a_missing_file_is_an_error_of_its_name(tmp_path: Path) -> None:
    with pytest.raises(ArticleError, match=r"absent\.jsonl: cannot read results"):
        list(read_results(tmp_path / "absent.jsonl"))


def test_results_are_written_as_they_come() -> None:
    stream = io.StringIO()
    seen = []

    def results() -> object:
        yield sample_failure()
        seen.append(stream.getvalue().count("\n"))
        yield sample_failure()

    write_jsonl(results(), stream)  # type: ignore[arg-type]

    assert seen == [1]
