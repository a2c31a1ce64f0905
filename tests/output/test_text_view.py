from __future__ import annotations

import re
from html import unescape

import pytest

from dateline.output.text_view import Mark, blocks, segments, text_view
from dateline.spans import Span, Zone


def mark(start: int, end: int, name: str = "E1", kind: str = "event") -> Mark:
    return Mark(Span(start, end), name, kind, f"about {name}")


def body(text: str) -> list[Zone]:
    return [Zone(kind="body", start=0, end=len(text))]


def visible(html: str) -> str:
    """The article's words as the page shows them: without badges and labels."""
    html = re.sub(r"<sup[^>]*>.*?</sup>|<p class=\"dl-zone-label\">.*?</p>", "", html)
    return unescape(re.sub(r"<[^>]+>", "", re.sub(r"</p>", "\n", html)))


def test_overlapping_marks_are_cut_at_every_boundary() -> None:
    found = segments([mark(0, 10), mark(5, 15, "C1"), mark(7, 8, "E2")])

    assert [(s.start, s.end, s.marks) for s in found] == [
        (0, 5, (0,)),
        (5, 7, (0, 1)),
        (7, 8, (0, 1, 2)),
        (8, 10, (0, 1)),
        (10, 15, (1,)),
    ]


def test_gaps_and_empty_marks_are_left_out() -> None:
    found = segments([mark(0, 2), mark(5, 5), mark(6, 7)])

    assert [(s.start, s.end) for s in found] == [(0, 2), (6, 7)]


def test_marks_with_equal_spans_share_one_segment() -> None:
    found = segments([mark(3, 9), mark(3, 9, "C1")])

    assert [s.marks for s in found] == [(0, 1)]


def test_every_line_is_a_paragraph_when_lines_are_of_any_length() -> None:
    text = "Short line.\nA much longer line of words that goes on and on and on.\n\nEnd."

    assert [text[b.start : b.end] for b in blocks(text, body(text))] == text.replace(
        "\n\n", "\n"
    ).split("\n")


def test_lines_wrapped_at_a_width_are_one_paragraph() -> None:
    text = (
        "The ferry to Oran Point had left the quay a little\n"
        "before seven when the crew heard a first explosion\n"
        "from the fuel depot, the harbour master said on the\n"
        "evening news.\n"
        "\n"
        "Nobody was hurt."
    )

    found = [text[b.start : b.end] for b in blocks(text, body(text))]

    assert found == [text.split("\n\n")[0], "Nobody was hurt."]


def test_text_outside_all_zones_is_shown_as_furniture() -> None:
    text = "Menu\nReal news here.\nFooter"
    zones = [Zone(kind="body", start=5, end=20)]

    assert [b.kind for b in blocks(text, zones)] == ["boilerplate", "body", "boilerplate"]


def test_a_mark_across_paragraphs_has_a_piece_in_each_and_one_badge() -> None:
    text = "First paragraph.\n\nSecond paragraph."

    html = text_view(text, body(text), [mark(6, 24)])

    assert html.count('data-ids="E1"') == 2
    assert html.count("<sup") == 1
    assert visible(html) == "First paragraph.\nSecond paragraph.\n"


def test_only_the_first_piece_of_a_mark_is_a_tab_stop() -> None:
    text = "One two three four five."

    html = text_view(text, body(text), [mark(0, 18), mark(8, 13, "C1", "claim")])

    pieces = re.findall(r"<a [^>]*>", html)
    assert [('tabindex="-1"' in piece) for piece in pieces] == [False, False, True]
    assert 'data-ids="E1 C1"' in pieces[1]


def test_marks_of_one_record_have_numbered_anchors() -> None:
    text = "One two three four five."

    html = text_view(text, body(text), [mark(0, 3), mark(8, 13)], prefix="a1-")

    assert re.findall(r'<span id="([^"]+)"', html) == ["a1-E1-0", "a1-E1-1"]
    assert 'href="#a1-E1"' in html


def test_without_cards_marks_carry_their_label() -> None:
    text = "One two three."

    html = text_view(text, body(text), [mark(0, 3)], cards=False)

    assert 'title="E1: about E1"' in html
    assert "href" not in html


@pytest.mark.parametrize("kind", ["caption", "comment", "related", "boilerplate"])
def test_zones_that_support_nothing_are_set_apart_and_labelled(kind: str) -> None:
    text = "Some words."
    zone = Zone.model_validate({"kind": kind, "start": 0, "end": len(text)})

    html = text_view(text, [zone], [])

    assert f'class="dl-zone dl-zone-{kind}"' in html
    assert "not used as evidence" in html


def test_only_the_first_headline_paragraph_is_a_heading() -> None:
    text = "Headline\nSecond deck\nBody."
    zones = [Zone(kind="headline", start=0, end=20), Zone(kind="body", start=21, end=26)]

    html = text_view(text, zones, [])

    assert html.count("<h2") == 1


def test_text_and_labels_are_escaped() -> None:
    text = "<script>alert(1)</script> & </div>"

    html = text_view(text, body(text), [Mark(Span(0, 8), '"><b>', "event", '"><i>')], cards=False)

    assert "<script" not in html
    assert "<b>" not in html
    assert "<i>" not in html
    assert visible(html) == text + "\n"


def test_a_large_text_of_one_word_is_shown_whole() -> None:
    text = "x" * 2_000_000

    html = text_view(text, body(text), [mark(10, 1_000_000)])

    assert visible(html) == text + "\n"
