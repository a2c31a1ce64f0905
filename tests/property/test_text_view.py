from __future__ import annotations

import re
from html import unescape

from hypothesis import given
from hypothesis import strategies as st

from dateline.output.text_view import Mark, segments, text_view
from dateline.spans import Span, Zone

words = st.text(alphabet="ab<&\"' \n", min_size=1, max_size=60)
spans = st.lists(st.tuples(st.integers(0, 60), st.integers(0, 60)), max_size=8)


def marks_in(pairs: list[tuple[int, int]], length: int) -> list[Mark]:
    ordered = [sorted(min(offset, length) for offset in pair) for pair in pairs]
    return [
        Mark(Span(start, end), f"R{number}", "event") for number, (start, end) in enumerate(ordered)
    ]


@given(pairs=spans)
def test_segments_cover_exactly_what_the_marks_cover(pairs: list[tuple[int, int]]) -> None:
    marks = marks_in(pairs, 60)

    found = segments(marks)

    for offset in range(60):
        expected = {i for i, m in enumerate(marks) if m.span.start <= offset < m.span.end}
        here = [set(s.marks) for s in found if s.start <= offset < s.end]
        assert here == ([expected] if expected else [])


@given(text=words, pairs=spans)
def test_marking_never_changes_the_words(text: str, pairs: list[tuple[int, int]]) -> None:
    zones = [Zone(kind="body", start=0, end=len(text))]

    html = text_view(text, zones, marks_in(pairs, len(text)))

    shown = unescape(re.sub(r"<sup[^>]*>[^<]*</sup>|<[^>]+>", "", html))
    assert shown.split() == text.split() or shown.replace("\n", "") == "".join(
        line.strip() for line in text.split("\n")
    )
