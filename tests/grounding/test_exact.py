"""Quotes that stand in the text as they are."""

from __future__ import annotations

import pytest

from dateline.grounding import Grounder, ground
from dateline.spans import Span

TEXT = "ISF units left Karsa. IS fighters held 1,200 villas, 12.5 acres and 12 farms in Karsa."


def test_exact_words_give_their_own_offsets():
    evidence = ground("held 1,200 villas", TEXT)

    assert evidence is not None
    assert evidence.match == "exact"
    assert evidence.quote == TEXT[evidence.start : evidence.end] == "held 1,200 villas"


def test_acronym_is_not_found_inside_a_longer_one():
    evidence = ground("IS", TEXT)

    assert evidence is not None
    assert evidence.start == TEXT.index("IS fighters")


@pytest.mark.parametrize(
    ("quote", "text"),
    [
        ("IS", "ISF units"),
        ("IS", "this is it"),
        ("12", "in 1,123 of 12.5 and 12:30"),
        ("200", "some 1,200 men"),
        ("200 people", "some 1\u00a0200 people"),
        ("200 people", "some 1\u202f200 people"),
        ("5 percent", "some 12.5 percent"),
        ("11", "since 9/11 at least"),
        ("twenty", "twenty-seven men"),
        ("seven men", "twenty-seven men"),
        ("lethal", "non-lethal weapons"),
        ("government rebels", "anti-government rebels"),
        ("cafe", "the cafe\u0301 burned"),
        ("irst", "first"),
        ("غداد", "في بغداد أمس قتلغداد"),
    ],
)
def test_part_of_a_word_or_number_is_no_match(quote, text):
    assert ground(quote, text) is None


@pytest.mark.parametrize(
    ("quote", "text"),
    [
        ("Karsa", "Karsa's mayor"),
        ("IS", "the IS-led group"),
        ("2014", "in mid-2014"),
        ("12", "killed 12, wounded 3"),
        ("12", "about $12."),
        ("七人", "说七人死亡"),
        ("12", "造成12人死亡"),
        ("김정은", "김정은은"),
        ("بغداد", "في بصرة وبغداد"),
        ("جيش", "قال الجيش"),
    ],
)
def test_whole_word_next_to_punctuation_or_unspaced_script_is_found(quote, text):
    evidence = ground(quote, text)

    assert evidence is not None
    assert evidence.quote == quote


def test_clean_word_goes_before_a_part_of_a_compound():
    text = "An IS-K cell and an IS cell"

    evidence = ground("IS", text)

    assert evidence is not None
    assert evidence.start == text.index("IS cell")


def test_first_of_several_places_is_taken_without_near():
    evidence = ground("Karsa", TEXT)

    assert evidence is not None
    assert evidence.start == TEXT.index("Karsa")


@pytest.mark.parametrize("near", [len(TEXT), Span(70, 80)])
def test_place_nearest_to_near_is_taken(near):
    evidence = ground("Karsa", TEXT, near=near)

    assert evidence is not None
    assert evidence.start == TEXT.rindex("Karsa")


def test_far_place_is_found_when_none_is_near():
    text = "Karsa fell. " + "x " * 20_000

    evidence = ground("Karsa", text, near=len(text))

    assert evidence is not None
    assert evidence.start == 0


def test_find_all_lists_every_whole_word_in_order():
    grounder = Grounder(TEXT, [Span(0, len(TEXT))], lambda _: "body")

    starts = [evidence.start for evidence in grounder.find_all("Karsa")]

    assert starts == [TEXT.index("Karsa"), TEXT.rindex("Karsa")]


def test_find_all_lists_places_that_differ_in_form():
    text = "the “army” said; the 'army' said; the army left"
    grounder = Grounder(text, [Span(0, len(text))], lambda _: "body")

    found = [evidence.quote for evidence in grounder.find_all("The  «army» said")]

    assert found == ["the “army” said", "the 'army' said"]


@pytest.mark.parametrize("quote", ["", "  ", "...", "“”", "-"])
def test_quote_without_a_word_is_not_found(quote):
    assert ground(quote, "- “” ... -") is None


def test_empty_text_holds_nothing():
    assert ground("Karsa", "") is None
