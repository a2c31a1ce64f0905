"""Long articles in chunks at sentence boundaries."""

from __future__ import annotations

import sys

import pytest

from dateline.chunking import chunks
from dateline.spans import Span

NUMBERS = ("one", "two", "three", "four", "five")
SENTENCES = [
    f"Sentence number {word} of the report." for word in ["one", "two", "three", "four", "five"]
]
TEXT = " ".join(SENTENCES)


def whole(text: str) -> list[Span]:
    return [Span(0, len(text))]


def test_short_article_is_one_chunk_and_is_not_split(monkeypatch):
    monkeypatch.setitem(sys.modules, "dateline.sentences", None)

    made = chunks(whole(TEXT), text=TEXT, max_chars=len(TEXT))

    assert [chunk.text for chunk in made] == [TEXT]
    assert (made[0].start, made[0].end) == (0, len(TEXT))


def test_chunks_end_where_sentences_end():
    made = chunks(whole(TEXT), text=TEXT, max_chars=80)

    assert [chunk.text for chunk in made] == [
        " ".join(SENTENCES[:2]),
        " ".join(SENTENCES[2:4]),
        SENTENCES[4],
    ]
    assert all(TEXT[chunk.start : chunk.end] == chunk.text for chunk in made)


def test_overlap_repeats_sentences_of_the_chunk_before():
    made = chunks(whole(TEXT), text=TEXT, max_chars=120, overlap_sentences=1)

    assert made[0].text.endswith(SENTENCES[2])
    assert made[1].text == " ".join(SENTENCES[2:])


def test_overlap_gives_way_where_it_leaves_no_room():
    made = chunks(whole(TEXT), text=TEXT, max_chars=40, overlap_sentences=3)

    assert [chunk.text for chunk in made] == SENTENCES


def test_chunk_ends_with_a_paragraph_by_preference():
    text = f"{SENTENCES[0]} {SENTENCES[1]}\n\n{SENTENCES[2]} {SENTENCES[3]}"

    made = chunks(whole(text), text=text, max_chars=110)

    assert [chunk.text for chunk in made] == [
        f"{SENTENCES[0]} {SENTENCES[1]}",
        f"{SENTENCES[2]} {SENTENCES[3]}",
    ]


def test_sentence_longer_than_a_chunk_is_cut_between_words():
    text = "word " * 50 + "end."

    made = chunks(whole(text), text=text, max_chars=33)

    assert " ".join(chunk.text for chunk in made) == text
    assert all(len(chunk.text) <= 33 for chunk in made)


def test_word_longer_than_a_chunk_is_cut_but_not_before_a_mark():
    text = "e\u0301" * 20

    made = chunks(whole(text), text=text, max_chars=5)

    assert "".join(chunk.text for chunk in made) == text
    assert all(chunk.text[0] == "e" for chunk in made)


def test_excluded_stretch_between_spans_is_left_out():
    text = "First part. ADVERTISEMENT Second part."
    spans = [Span(0, 11), Span(26, len(text))]

    (chunk,) = chunks(spans, text=text, max_chars=100)

    assert chunk.text == "First part.\n\nSecond part."
    assert chunk.spans == tuple(spans)


def test_neighbouring_spans_keep_what_stands_between_them():
    text = "Headline\n  Body begins here."

    (chunk,) = chunks([Span(0, 8), Span(9, len(text))], text=text, max_chars=100)

    assert chunk.text == text
    assert chunk.spans == (Span(0, 8), Span(11, len(text)))


@pytest.mark.parametrize("spans", [[], [Span(0, 0)], [Span(0, 3)]])
def test_nothing_but_blanks_makes_no_chunk(spans):
    assert chunks(spans, text="   ", max_chars=10) == []


@pytest.mark.parametrize("bad", [{"max_chars": 0}, {"max_chars": 5, "overlap_sentences": -1}])
def test_senseless_sizes_are_refused(bad):
    with pytest.raises(ValueError, match="max_chars"):
        chunks(whole(TEXT), text=TEXT, **bad)


def test_one_enormous_word_is_cut_in_linear_time():
    text = "a" * 2_000_000

    made = chunks(whole(text), text=text, max_chars=8_000)

    assert len(made) == 250
