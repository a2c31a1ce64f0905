"""Evidence only from allowed spans, and quotes with ellipses."""

from __future__ import annotations

import pytest

from dateline.grounding import Grounder, ground_parts
from dateline.spans import Span, ZoneKind

HEADLINE = "Rebels take Marda"
BODY = "The army said that Karsa fell on Monday. Rebels took the “old bridge” and then fled."
COMMENT = "reader42: I think that the mayor lied about everything."
TEXT = f"{HEADLINE}\n{BODY}\n{COMMENT}"
BODY_AT = TEXT.index(BODY)
COMMENT_AT = TEXT.index(COMMENT)


def zone_at(offset: int) -> ZoneKind:
    if offset < BODY_AT:
        return "headline"
    return "body" if offset < COMMENT_AT else "comment"


@pytest.fixture
def grounder() -> Grounder:
    allowed = [Span(0, len(HEADLINE)), Span(BODY_AT, BODY_AT + len(BODY))]
    return Grounder(TEXT, allowed, zone_at)


def test_evidence_names_its_zone(grounder):
    headline, body = grounder.ground("Rebels take Marda"), grounder.ground("Karsa fell")

    assert headline is not None
    assert body is not None
    assert (headline.zone, body.zone) == ("headline", "body")


@pytest.mark.parametrize(
    "quote",
    ["the mayor lied", "The  Mayor lied", "I think that the mayr lied about everything"],
)
def test_words_of_an_excluded_zone_are_refused_and_explained(grounder, quote):
    assert grounder.ground(quote) is None
    assert grounder.explain(quote) == "excluded_zone"


@pytest.mark.parametrize(
    "quote", ["Rebels take Marda The army", "Rebels take Marda\nThe army said"]
)
def test_match_does_not_cross_from_one_span_into_another(grounder, quote):
    assert grounder.ground(quote) is None


def test_allowed_place_is_taken_though_an_excluded_one_comes_first():
    text = "Karsa fell. Karsa fell."
    grounder = Grounder(text, [Span(12, len(text))], lambda _: "body")

    evidence = grounder.ground("Karsa fell")

    assert evidence is not None
    assert evidence.start == 12


def test_within_narrows_the_search(grounder):
    inside = grounder.ground("Rebels", within=Span(BODY_AT, len(TEXT)))
    outside = grounder.ground("Karsa fell", within=Span(0, BODY_AT))

    assert inside is not None
    assert inside.start == TEXT.index("Rebels took")
    assert outside is None


@pytest.mark.parametrize(
    ("quote", "reason"),
    [
        ("Karsa fell on Monday", "found"),
        ("the army said that Karsa fell on Tuesday", "altered"),
        ("the army said that Karsa never fell on Monday", "altered"),
        ("nothing like this stands here", "not_in_text"),
    ],
)
def test_explain_tells_why(grounder, quote, reason):
    assert grounder.explain(quote) == reason


def test_offsets_of_spans_hold_when_the_text_folds_shorter():
    text = "ﬃ …  “x”\n\n" * 20 + "IGNORED the mayor lied. " + "The mayor  left."
    start = text.index("The mayor")
    grounder = Grounder(text, [Span(start, len(text))], lambda _: "body")

    evidence = grounder.ground("the mayor left")

    assert evidence is not None
    assert evidence.start == start
    assert grounder.ground("IGNORED THE MAYOR") is None


@pytest.mark.parametrize("dots", ["...", "…", "[...]", "[…]", ". . .", "(...)"])
def test_quote_with_an_ellipsis_gives_its_parts_in_order(grounder, dots):
    found = grounder.ground_parts(f"The army said {dots} took the 'old bridge' {dots} then fled")

    assert found is not None
    assert [evidence.quote for evidence in found] == [
        "The army said",
        "took the “old bridge”",
        "then fled",
    ]


def test_part_out_of_order_or_missing_fails_the_whole():
    text = "The army fled. The rebels won."

    assert ground_parts("The rebels won ... The army fled", text) is None
    assert ground_parts("The army fled ... the king died", text) is None


def test_parts_of_one_word_do_not_count():
    text = "The army fled. The rebels won."

    found = ground_parts("Yesterday ... the army fled", text)

    assert found is not None
    assert [evidence.quote for evidence in found] == ["The army fled"]


def test_dots_of_the_text_itself_are_no_gap():
    found = ground_parts("we will… not go", "He said: we will... not go. Then he went.")

    assert found is not None
    assert [evidence.quote for evidence in found] == ["we will... not go"]


def test_quote_without_ellipsis_is_one_part_or_none():
    assert ground_parts("the king died", "The army fled.") is None
    assert ground_parts("...", "The army fled...") is None


@pytest.mark.parametrize(
    ("quote", "text"),
    [
        ("a" * 600, "a" * 2_000_000),
        ("aaa aaa aab", "a" * 2_000_000),
        ("word word wurd woord", "word " * 400_000),
        ("-a", "-ab" * 600_000),
        ("e\u0301e\u0301 x y z", "e\u0301" * 500_000),
        ("a b c d", "\n a" * 500_000),
        ("x y z", " " * 2_000_000),
        ("... ... a b", "." * 2_000_000),
    ],
)
def test_hostile_text_ends_in_bounded_time(quote, text):
    grounder = Grounder(text, [Span(0, len(text))], lambda _: "body")

    evidence = grounder.ground(quote)

    assert evidence is None or evidence.quote == text[evidence.start : evidence.end]
