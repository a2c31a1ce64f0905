"""A reading holds the supporting text alone and maps back to the original."""

from __future__ import annotations

import pytest

from dateline.articles import Article, Reading
from dateline.spans import Span

TEXT = (
    "Skip to content\n\n"
    "Two guards hurt in raid on Arden depot\n\n"
    "Representational photo\n\n"
    "Two guards were hurt on Tuesday when armed men raided a fuel depot outside Arden.\n\n"
    "Advertisement\n\n"
    "The men fled north in two trucks with some forty drums of fuel, the manager said.\n\n"
    "Leave a Reply\n"
    "Your email address will not be published.\n\n"
    "Four killed in ambush near Lower Vale\n"
)


def test_reading_leaves_out_all_but_headline_standfirst_and_body() -> None:
    reading = Article(text=TEXT).reading

    parts = reading.text.split("\n\n")
    assert [part[:10] for part in parts] == ["Two guards", "Two guards", "The men fl"]
    assert len(reading.segments) == 3


def test_whole_text_is_one_segment_with_its_own_blanks() -> None:
    text = "\n Raid on Arden depot\n\n\n" + TEXT.split("\n\n")[3] + "\n"

    reading = Article(text=text).reading

    assert reading.segments == (Span(2, len(text) - 1),)
    assert reading.text == text.strip()


def test_stretch_inside_one_segment_maps_to_one_span() -> None:
    reading = Article(text=TEXT).reading
    start = reading.text.index("forty drums")

    (span,) = reading.to_original(start, start + len("forty drums"))

    assert TEXT[span.start : span.end] == "forty drums"


def test_stretch_across_what_was_left_out_maps_to_two_spans() -> None:
    reading = Article(text=TEXT).reading
    start, end = reading.text.index("outside Arden"), reading.text.index(" fled north")

    spans = reading.to_original(start, end)

    assert [TEXT[s.start : s.end] for s in spans] == ["outside Arden.", "The men"]


def test_joint_and_empty_stretches_map_to_nothing() -> None:
    reading = Article(text=TEXT).reading
    joint = reading.text.index("\n\n")

    assert reading.to_original(joint, joint + 2) == ()
    assert reading.to_original(5, 5) == ()


def test_places_of_the_original_in_the_reading() -> None:
    reading = Article(text=TEXT).reading
    offset = TEXT.index("forty drums")

    at = reading.from_original(offset)

    assert at is not None
    assert reading.text[at:].startswith("forty drums")
    assert reading.from_original(TEXT.index("Advertisement")) is None
    assert reading.from_original(len(TEXT) - 2) is None


@pytest.mark.parametrize(("start", "end"), [(-1, 3), (3, 2), (0, 10_000)])
def test_stretch_outside_the_reading_is_refused(start: int, end: int) -> None:
    with pytest.raises(ValueError, match="within the reading"):
        Article(text=TEXT).reading.to_original(start, end)


def test_reading_of_nothing() -> None:
    reading = Reading.of("", ())

    assert reading.text == ""
    assert reading.to_original(0, 0) == ()
    assert reading.from_original(0) is None


def test_reading_is_made_once() -> None:
    article = Article(text=TEXT)

    assert article.reading is article.reading
