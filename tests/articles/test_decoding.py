"""Bytes become text once, by what is stated, or by what fits."""

from __future__ import annotations

import codecs
import random

import pytest

from dateline.articles.decoding import decode
from dateline.errors import ArticleError

FRENCH = (
    "Deux gardes ont été blessés mardi lorsque des hommes armés ont attaqué un dépôt près d'Arden."
)
ARABIC = "أصيب حارسان يوم الثلاثاء عندما هاجم مسلحون مستودعا للوقود خارج مدينة أردن، بحسب الشرطة."
CHINESE = "当地警方表示，周二一伙武装人员袭击了阿登郊外的一座油库，造成两名警卫受伤。"


def test_line_ends_and_blanks_survive() -> None:
    text = "a\r\nb\rc\n\u00a0\t d\u2028e"

    assert decode(text.encode(), source="x") == text


@pytest.mark.parametrize(
    ("encoding", "text"),
    [("cp1252", FRENCH), ("cp1256", ARABIC), ("gb18030", CHINESE), ("utf-8", ARABIC)],
)
def test_encodings_are_found_out(encoding: str, text: str) -> None:
    assert decode(text.encode(encoding), source="x") == text


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "utf-32"])
def test_byte_order_marks_decide_and_are_no_text(encoding: str) -> None:
    assert decode(FRENCH.encode(encoding), source="x") == FRENCH


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be", "koi8-r", "cp1251"])
def test_stated_encoding_decides(encoding: str) -> None:
    text = "Двое охранников ранены при нападении на склад."

    assert decode(text.encode(encoding), source="x", encoding=encoding) == text


def test_stated_utf8_with_a_mark_loses_only_the_mark() -> None:
    assert decode(codecs.BOM_UTF8 + b"abc", source="x", encoding="utf-8") == "abc"


@pytest.mark.parametrize(
    "statement",
    [b'<meta charset="windows-1256">', b'<META http-equiv=x content="text/html; charset=cp1256">'],
)
def test_page_states_its_encoding(statement: bytes) -> None:
    page = b"<html><head>" + statement + b"</head><p>" + ARABIC.encode("cp1256")

    assert decode(page, source="x", page=True).endswith(ARABIC)


def test_page_that_says_latin_1_is_read_as_browsers_do() -> None:
    page = b'<meta charset="iso-8859-1">\x93Raid\x94 \x96 caf\xe9'

    assert decode(page, source="x", page=True).endswith("“Raid” – café")


def test_page_with_one_broken_byte_keeps_the_rest() -> None:
    page = b'<meta charset="utf-8"><p>caf\xc3\xa9 \xff raid'

    assert decode(page, source="x", page=True).endswith("café \ufffd raid")


def test_page_that_states_an_unknown_encoding_is_read_as_if_it_stated_none() -> None:
    assert decode('<meta charset="x-none">é'.encode(), source="x", page=True).endswith("é")


def test_unknown_encoding_is_named() -> None:
    with pytest.raises(ArticleError, match=r"a\.txt: There is no text encoding named 'klingon'"):
        decode(b"abc", source="a.txt", encoding="klingon")


@pytest.mark.parametrize("codec", ["base64", "rot13", "hex"])
def test_codecs_that_give_no_text_are_unknown_encodings(codec: str) -> None:
    with pytest.raises(ArticleError, match="There is no text encoding"):
        decode(b"abc", source="x", encoding=codec)


def test_bytes_that_do_not_fit_the_stated_encoding() -> None:
    with pytest.raises(ArticleError, match="not utf-8: decoding fails at byte 3") as caught:
        decode(b"abc\xff secret", source="x", encoding="utf-8")

    assert "secret" not in str(caught.value)


@pytest.mark.parametrize(
    ("start", "kind"),
    [
        (b"%PDF-1.7\n", "a PDF"),
        (b"PK\x03\x04", "office document"),
        (b"\x1f\x8b\x08", "gzip"),
        (b"\x89PNG\r\n", "PNG"),
        (b"{\\rtf1", "RTF"),
    ],
)
def test_known_binary_formats_are_named(start: bytes, kind: str) -> None:
    with pytest.raises(ArticleError, match=kind) as caught:
        decode(start + b"rest", source="scan.txt")

    assert caught.value.remedy


def test_nul_bytes_are_binary() -> None:
    with pytest.raises(ArticleError, match=r"NUL bytes.*utf-16-le"):
        decode(b"abc\x00\x01\x02", source="x")


def test_bytes_that_fit_nothing() -> None:
    noise = bytes(random.Random(7).choices(range(1, 256), k=5000))

    with pytest.raises(ArticleError, match="no other encoding fits"):
        decode(noise, source="x")
