"""A suite's documents: nothing that is wrong with them is passed over."""

from __future__ import annotations

from pathlib import Path

import pytest

from dateline.errors import EvaluationError, GoldError
from dateline.evaluation.gold.writing import write_labels
from dateline.evaluation.runs.documents import Documents, documents_of, gold_sha256
from dateline.evaluation.suites import load_suite
from support.suites import labels, suite_folder, write_suite


def documents(path: Path, **options: bool) -> Documents:
    return documents_of(load_suite(path), **options)


def test_a_missing_text_is_an_error_that_names_it(tmp_path: Path) -> None:
    path = suite_folder(tmp_path)
    (tmp_path / "articles" / "quay.txt").unlink()

    with pytest.raises(GoldError, match=r"1 document is without text: quay .*--skip-missing"):
        documents(path)


def test_a_missing_text_is_left_out_when_that_is_asked_for(tmp_path: Path) -> None:
    path = suite_folder(tmp_path)
    (tmp_path / "articles" / "quay.txt").unlink()

    found = documents(path, skip_missing=True)

    assert [d.id for d in found.gold] == ["ferry", "bridge"]
    assert [m.id for m in found.missing] == ["quay"]


def test_no_text_at_all_is_an_error_even_then(tmp_path: Path) -> None:
    path = suite_folder(tmp_path)
    for text in (tmp_path / "articles").iterdir():
        text.unlink()

    with pytest.raises(GoldError, match=r"3 documents are without text.*DATELINE_ARTICLES"):
        documents(path, skip_missing=True)


def test_texts_are_found_in_the_folder_of_the_environment(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = suite_folder(tmp_path / "a")
    (tmp_path / "a" / "articles").rename(tmp_path / "elsewhere")
    monkeypatch.setenv("DATELINE_ARTICLES", str(tmp_path / "elsewhere"))

    assert len(documents(path).gold) == 3


def test_a_changed_text_is_not_scored(tmp_path: Path) -> None:
    path = suite_folder(tmp_path)
    text = tmp_path / "articles" / "quay.txt"
    text.write_text(text.read_text("utf-8").replace("Tuesday", "Wednesday"), "utf-8")

    with pytest.raises(GoldError, match=r"quay \(the text in .* is not the labelled one\)"):
        documents(path)


def test_other_whitespace_is_repaired_and_told(tmp_path: Path) -> None:
    path = suite_folder(tmp_path)
    text = tmp_path / "articles" / "ferry.txt"
    text.write_text("\n\n" + text.read_text("utf-8").replace(" ", "\n"), "utf-8")

    found = documents(path)

    assert found.repaired == ("ferry",)
    span = found.gold[0].events[0].evidence[0]
    assert found.gold[0].text is not None
    assert found.gold[0].text[span.start : span.end].startswith("Gunmen\nattacked")


def test_two_files_must_not_share_an_id(tmp_path: Path) -> None:
    suite_folder(tmp_path)
    write_labels(labels()[:1], tmp_path / "more.jsonl")
    path = write_suite(tmp_path, documents=["labels.jsonl", "more.jsonl"])

    with pytest.raises(GoldError, match="two documents have the id 'ferry'"):
        documents(path)


def test_an_empty_label_file_is_an_empty_suite(tmp_path: Path) -> None:
    path = suite_folder(tmp_path)
    (tmp_path / "labels.jsonl").write_text("", "utf-8")

    with pytest.raises(EvaluationError, match="the suite has no document"):
        documents(path)


def test_a_malformed_line_is_told_with_file_line_and_field(tmp_path: Path) -> None:
    path = suite_folder(tmp_path)
    lines = (tmp_path / "labels.jsonl").read_text("utf-8").splitlines()
    lines[1] = lines[1].replace('"claims"', '"claim"')
    (tmp_path / "labels.jsonl").write_text("\n".join(lines), "utf-8")

    with pytest.raises(GoldError, match=r"labels\.jsonl:2: bridge \$: unknown field 'claim'"):
        documents(path)


def test_offsets_outside_the_text_are_told_with_their_record(tmp_path: Path) -> None:
    path = suite_folder(tmp_path)
    (document, *_) = labels()
    claim = document.claims[0]
    span = claim.evidence[0].model_copy(update={"end": 9_000, "quote_sha256": None})
    claim = claim.model_copy(update={"evidence": (span,)})
    write_labels([document.model_copy(update={"claims": (claim,)})], tmp_path / "labels.jsonl")

    with pytest.raises(GoldError, match=r"labels\.jsonl: ferry c1 \$\.claims\[0\]\.evidence\[0\]"):
        documents(path)


def test_the_hash_of_labels_knows_neither_order_nor_text(tmp_path: Path) -> None:
    found = documents(suite_folder(tmp_path)).gold

    assert gold_sha256(found) == gold_sha256(reversed(labels()))
    assert gold_sha256(found) != gold_sha256(found[:2])
