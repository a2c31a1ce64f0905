from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given

from dateline.errors import GoldError
from dateline.evaluation.gold.document import LabelDocument
from dateline.evaluation.gold.reading import read_labels, read_labels_leniently
from dateline.evaluation.gold.writing import as_line, write_labels
from support.gold_sample import documents, mill


def labels(tmp_path: Path, *lines: str | bytes) -> Path:
    path = tmp_path / "labels.jsonl"
    path.write_bytes(b"".join((x.encode() if isinstance(x, str) else x) + b"\n" for x in lines))
    return path


def test_what_is_written_is_read_back_and_written_alike(tmp_path: Path) -> None:
    path = tmp_path / "new" / "labels.jsonl"
    write_labels([mill()], path)

    again = read_labels(path)

    assert again == (mill(),)
    assert path.read_text("utf-8") == as_line(again[0]) + "\n"
    assert list(path.parent.iterdir()) == [path]


@given(documents())
def test_every_document_survives_its_line(made: tuple[LabelDocument, str]) -> None:
    document, _ = made
    line = as_line(document)

    again = LabelDocument.model_validate_json(line)

    assert again == document
    assert as_line(again) == line
    assert "\n" not in line


def test_a_line_has_no_nulls_no_defaults_and_whole_numbers_are_whole() -> None:
    line = as_line(mill())

    assert "null" not in line
    assert "occurred" not in line
    assert '"min": 3, "max": 3' in line
    assert list(json.loads(line))[:2] == ["id", "text_sha256"]
    assert as_line(LabelDocument(id="x")) == '{"id": "x"}'


def test_byte_order_mark_line_ends_of_windows_and_empty_lines_are_read(tmp_path: Path) -> None:
    path = labels(tmp_path, b'\xef\xbb\xbf{"id": "a"}\r', "", '{"id": "b\u2028"}')

    assert [document.id for document in read_labels(path)] == ["a", "b\u2028"]


BAD = [
    ('{"id": "a"', "1: not valid JSON: ", "column 11"),
    ('{"id": "a", "id": "b"}', "1: the field 'id' stands twice", ""),
    ('{"id": "a", "diagnostics": {"x": NaN}}', "NaN is no number", ""),
    ('{"id": "a", "diagnostics": {"x": 1e999}}', "too large", ""),
    ('{"id": "a", "diagnostics": {"x": ' + "9" * 5000 + "}}", "too many digits", ""),
    (r'{"id": "a", "meta": {"title": "\ud83d"}}', "half of a surrogate pair", ""),
    ('{"id": "a", "meta": {"x": ' + "[" * 60 + "]" * 60 + "}}", "nested more than 40", ""),
    ('{"id": "a", "meta": {"x": ' + "[" * 99_999 + "]" * 99_999 + "}}", "nested more than 40", ""),
    ("[1]", "1: $: a document must be an object", ""),
    ("{}", "1: $: the field 'id' is missing", ""),
    ('{"id": "a", "event": []}', "1: a $: unknown field 'event'. Did you mean 'events'?", "Known"),
    (
        '{"id": "a", "events": [{"id": "e1", "types": []}]}',
        "1: a e1 $.events[0].types: at least one is needed",
        "",
    ),
    (
        '{"id": "a", "events": [{"id": "e1", "types": ["x"], "statos": "x"}]}',
        "1: a e1 $.events[0]: unknown field 'statos'. Did you mean 'status'?",
        "salience",
    ),
    (
        '{"id": "a", "events": [{"id": "e1", "types": ["x"], "status": "hapened"}]}',
        "1: a e1 $.events[0].status: not one of the known values.",
        "attempted",
    ),
    (
        '{"id": "a", "annotated": ["colour"]}',
        "1: a $.annotated[0]: not one of the known values.",
        "evidence",
    ),
    ('{"id": "a", "excluded": [{"start": 4, "end": 4}]}', "start must be smaller than end", ""),
    ('{"id": "a", "excluded": [{"start": true, "end": 4}]}', "$.excluded[0].start", "integer"),
    ('{"id": "a", "excluded": [{"start": "1", "end": 4}]}', "$.excluded[0].start", "integer"),
    ('{"id": "a", "claims": [{"id": "c1", "evidence": []}]}', "a c1 $.claims[0].evidence", ""),
    ('{"id": "a", "text_sha256": "abc"}', "a $.text_sha256", ""),
]


@pytest.mark.parametrize(("line", "said", "also"), BAD, ids=range(len(BAD)))
def test_a_bad_line_is_told_with_line_record_and_field(
    line: str, said: str, also: str, tmp_path: Path
) -> None:
    path = labels(tmp_path, line)

    with pytest.raises(GoldError) as caught:
        read_labels(path)

    assert str(caught.value).startswith(f"{path}:1")
    assert said in str(caught.value)
    assert also in str(caught.value)


def test_lenient_reading_tells_everything_and_keeps_what_is_good(tmp_path: Path) -> None:
    path = labels(
        tmp_path,
        '{"id": "a"}',
        "nonsense",
        '{"id": "b", "x": 1, "events": [{"types": ["t"]}, {"id": "e", "types": ["t"], "y": 1}]}',
        '{"id": "a", "annotator": "second"}',
        '{"id": "c"}',
    )

    documents, problems = read_labels_leniently(path)

    assert [document.id for document in documents] == ["a", "c"]
    assert [problem.where.removeprefix(str(path)) for problem in problems] == [
        ":2",
        ":3: b $.events[0]",
        ":3: b e $.events[1]",
        ":3: b $",
        ":4: a $.id",
    ]
    assert "line 1" in problems[-1].message


def test_messages_hold_no_text_of_the_file(tmp_path: Path) -> None:
    secret = "the ferryman knew"
    path = labels(
        tmp_path,
        json.dumps({"id": "a", "text": 5, "events": secret, "claims": [secret], "meta": secret}),
        json.dumps({"id": "b", "excluded": [{"start": 0, "end": 1, "zone": secret}]}),
    )

    _, problems = read_labels_leniently(path)

    assert len(problems) == 5
    assert not any(secret in str(problem) for problem in problems)


def test_files_that_cannot_be_read_or_written_are_named(tmp_path: Path) -> None:
    with pytest.raises(GoldError, match=r"absent\.jsonl: cannot be read"):
        read_labels(tmp_path / "absent.jsonl")
    with pytest.raises(GoldError, match="not UTF-8 at byte 8"):
        read_labels(labels(tmp_path, b'{"id": "\xff"}'))
    with pytest.raises(GoldError, match="cannot be written"):
        write_labels([mill()], tmp_path)
    assert [path.name for path in tmp_path.iterdir()] == ["labels.jsonl"]


def test_a_failed_write_leaves_the_older_file(tmp_path: Path) -> None:
    path = tmp_path / "labels.jsonl"
    write_labels([mill()], path)

    def failing() -> object:
        yield mill()
        raise OSError(28, "No space left on device")

    with pytest.raises(GoldError, match="No space left"):
        write_labels(failing(), path)  # type: ignore[arg-type]

    assert read_labels(path) == (mill(),)
    assert list(tmp_path.iterdir()) == [path]


def test_long_lines_with_very_many_spans_are_read(tmp_path: Path) -> None:
    spans = ",".join(f'{{"start":{i},"end":{i + 1}}}' for i in range(200_000))
    path = labels(tmp_path, f'{{"id":"a","excluded":[{spans}]}}')

    documents = read_labels(path)

    assert len(documents[0].excluded) == 200_000
