from __future__ import annotations

import json
import os
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dateline.errors import GoldError
from dateline.evaluation.gold.anchoring import spans_of, without_words
from dateline.evaluation.gold.checking import problems
from dateline.evaluation.gold.document import LabelDocument
from dateline.evaluation.gold.hashes import letters_of, quote_sha256, text_sha256
from dateline.evaluation.gold.problem import errors_of
from dateline.evaluation.gold.repair import repaired
from dateline.evaluation.gold.texts import VARIABLE, Texts, as_article, with_texts
from support.gold_sample import SPACES, TEXT, documents, mill


@pytest.fixture
def labels(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Where a label file stands; it is not read."""
    monkeypatch.delenv(VARIABLE, raising=False)
    (tmp_path / "gold").mkdir()
    return tmp_path / "gold" / "labels.jsonl"


def put(folder: Path, name: str, text: str) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    (folder / name).write_bytes(text.encode())
    return folder


def words_of(document: LabelDocument, text: str) -> list[str]:
    return [letters_of(text[span.start : span.end]) for _, span in spans_of(document)]


CHANGES = {
    "reflowed": lambda text: text.replace(" on ", "\non\n"),
    "line ends of Windows": lambda text: text.replace("\n", "\r\n"),
    "doubled spaces": lambda text: text.replace(" ", "  "),
    "no-break spaces": lambda text: text.replace(" ", "\u00a0"),
    "spaces gone": lambda text: "".join(text.split()),
    "space in front": lambda text: "\n\n " + text,
    "trailing space cut": str.rstrip,
}


@pytest.mark.parametrize("change", CHANGES)
def test_offsets_follow_when_only_whitespace_has_changed(change: str, labels: Path) -> None:
    text = CHANGES[change](TEXT)
    folder = put(labels.parent / "texts", "mill.txt", text)

    supplied = with_texts([mill()], labels=labels, folders=[folder])

    assert supplied.repaired == ("mill",)
    assert supplied.missing == ()
    document = supplied.documents[0]
    assert document.text == text
    assert words_of(document, text) == words_of(mill(), TEXT)
    assert errors_of(problems(document)) == []


@settings(deadline=None)
@given(documents(), st.data())
def test_repair_survives_random_whitespace(
    made: tuple[LabelDocument, str], data: st.DataObject
) -> None:
    document, text = made
    parts = list(letters_of(text))
    gaps = data.draw(st.lists(st.just("") | SPACES, min_size=len(parts), max_size=len(parts)))
    other = "".join(gap + part for gap, part in zip(gaps, parts, strict=True))

    moved = repaired(document, other)

    assert moved is not None
    assert words_of(moved, other) == words_of(document, text)
    assert moved.text_sha256 == text_sha256(other)
    back = repaired(moved, text)
    assert back is not None
    assert words_of(back, text) == words_of(document, text)


@given(documents(), st.data())
def test_a_changed_letter_is_never_repaired(
    made: tuple[LabelDocument, str], data: st.DataObject
) -> None:
    document, text = made
    place = data.draw(st.integers(0, len(text)))

    assert repaired(document, text[:place] + "x" + text[place:]) is None


def test_without_the_hash_of_all_letters_every_span_must_agree() -> None:
    older = mill().model_copy(update={"letters_sha256": None})

    assert repaired(older, TEXT.replace(" ", "\n")) is not None
    assert repaired(older, TEXT.replace("three millers", "threw millers")) is None
    assert repaired(older, "A new first line.\n" + TEXT) is None
    bare = older.model_copy(update={"events": (), "claims": (), "excluded": ()})
    assert repaired(bare, TEXT + "\n") is None


def test_spans_without_hash_or_letters_are_not_moved() -> None:
    claim = mill().claims[0]
    loose = claim.evidence[0].model_copy(update={"letters": None})
    document = mill(claims=())
    document = document.model_copy(
        update={"claims": (claim.model_copy(update={"evidence": (loose,)}),)}
    )

    assert repaired(document, TEXT + "\n") is None


def test_a_text_is_found_inline_beside_the_labels_by_name_and_by_content(
    labels: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    inline = with_texts([mill().model_copy(update={"text": TEXT})], labels=labels)
    assert inline.documents[0].text == TEXT

    assert [m.id for m in with_texts([mill()], labels=labels).missing] == ["mill"]

    named = put(labels.parent / "a" / "deep", "mill.txt", TEXT).parent
    hashed = put(labels.parent / "b", "000_whatever.txt", TEXT)
    for folder in (named, hashed):
        supplied = with_texts([mill()], labels=labels, folders=[folder])
        assert supplied.documents[0].text == TEXT
        assert supplied.repaired == ()

    monkeypatch.setenv(VARIABLE, os.pathsep.join(["", str(hashed)]))
    assert with_texts([mill()], labels=labels).documents[0].text == TEXT

    monkeypatch.delenv(VARIABLE)
    put(labels.parent / "articles", "mill.txt", TEXT)
    assert with_texts([mill()], labels=labels).documents[0].text == TEXT


def test_the_right_text_wins_over_one_that_only_has_the_name(labels: Path) -> None:
    folder = put(labels.parent / "texts", "mill.txt", "Something else entirely.")
    put(folder, "other.txt", TEXT)

    assert with_texts([mill()], labels=labels, folders=[folder]).documents[0].text == TEXT


def test_texts_of_pages_and_of_json_records_are_found(labels: Path) -> None:
    folder = put(
        labels.parent / "texts", "all.jsonl", json.dumps({"id": "mill", "text": TEXT}) + "\n"
    )
    put(folder, "broken.json", "{")
    page = "".join(f"<p>{part}</p>" for part in TEXT.split("\n\n"))
    put(folder, "page.html", f"<html><body><article>{page}</article></body></html>")

    assert with_texts([mill()], labels=labels, folders=[folder]).documents[0].text == TEXT
    assert next(Texts([folder]).named("page"))[1].startswith("Raiders kill three")


def test_a_missing_and_a_changed_text_are_told_by_name(labels: Path) -> None:
    folder = put(labels.parent / "texts", "mill.txt", TEXT.replace("three", "four"))
    gone = mill().model_copy(update={"id": "gone"})

    supplied = with_texts([mill(), gone], labels=labels, folders=[folder])

    assert supplied.documents == ()
    assert [(m.id, m.reason) for m in supplied.missing] == [
        ("mill", f"the text in {folder / 'mill.txt'} is not the labelled one"),
        ("gone", "no text was found"),
    ]


def test_labels_without_any_hash_are_held_against_their_quotes(labels: Path) -> None:
    folder = put(labels.parent / "texts", "mill.txt", TEXT)
    quoted = LabelDocument.model_validate(
        {"id": "mill", "excluded": ({"start": 0, "end": 7, "quote": "Raiders"},)}
    )
    wrong = LabelDocument.model_validate(
        {"id": "mill", "excluded": ({"start": 0, "end": 7, "quote": "Pirates"},)}
    )
    outside = LabelDocument.model_validate({"id": "mill", "excluded": ({"start": 0, "end": 9999},)})

    assert with_texts([quoted], labels=labels, folders=[folder]).missing == ()
    for document in (wrong, outside):
        assert len(with_texts([document], labels=labels, folders=[folder]).missing) == 1


def test_a_folder_that_is_none_is_told(labels: Path) -> None:
    with pytest.raises(GoldError, match="This is no folder"):
        with_texts([mill()], labels=labels, folders=[labels.parent / "absent"])


def test_a_document_with_its_text_becomes_an_article() -> None:
    article = as_article(mill().model_copy(update={"text": TEXT}))

    assert (article.id, article.text, str(article.published)) == ("mill", TEXT, "2024-03-04")
    with pytest.raises(GoldError, match="has no text"):
        as_article(mill())


def test_words_can_be_taken_off() -> None:
    full = LabelDocument.model_validate(
        {
            "id": "mill",
            "text": TEXT,
            "excluded": ({"start": 0, "end": 7, "quote": "Raiders"}, {"quote": "anywhere"}),
        }
    )

    bare = without_words(full)

    assert bare.text is None
    assert [span.quote for span in bare.excluded] == [None, "anywhere"]
    assert quote_sha256("Raiders") == quote_sha256("Rai ders")
