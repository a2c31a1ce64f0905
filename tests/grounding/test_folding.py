"""Folding and the way back to the original."""

from __future__ import annotations

import pytest

from dateline.grounding import fold, ground


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("plain text", "plain text"),
        ("“a” ‘b’ «c»", "'a' 'b' 'c'"),
        ("a – b — c −5", "a - b - c -5"),
        ("a\u00a0b\n\n\tc", "a b c"),
        ("so\u00adft ze\u200bro", "soft zero"),
        ("a \u200b b", "a b"),
        ("ﬁrst oﬃce", "first office"),
        ("cafe\u0301", "café"),
        ("ＡＢＣ １２", "ABC 12"),
        ("wait…", "wait..."),
        ("2½ and ½", "2 1/2 and 1/2"),
        ("10² km²", "10^2 km2"),
        ("ﻣﺤﻤﺪ", "محمد"),
        ("a''b'' -- c", "a'b' - c"),
        ("ﾊﾞｸﾞ", "バグ"),
        ("\u1112\u1161\u11ab", "한"),
        ("q\u0323\u0307", "q\u0323\u0307"),
    ],
)
def test_folding_maps_forms_to_one(text, folded):
    assert fold(text).text == folded


@pytest.mark.parametrize(
    ("quote", "text", "found"),
    [
        ('the "army" said', "Then the “army” said so", "the “army” said"),
        ("the 'army' said", "Then the “army” said so", "the “army” said"),
        ("it didn't", "but it didn’t", "it didn’t"),
        ("north - south", "from north – south", "north – south"),
        ("seven soldiers", "the seven\n   soldiers left", "seven\n   soldiers"),
        ("seven soldiers", "the seven\u00a0soldiers", "seven\u00a0soldiers"),
        ("soldiers left", "sol\u00addiers left", "sol\u00addiers left"),
        ("fled first", "they fled ﬁrst", "fled ﬁrst"),
        ("café closed", "the cafe\u0301 closed", "cafe\u0301 closed"),
        ("cafe\u0301 closed", "the café closed", "café closed"),
        ("2 1/2 tons", "with 2½ tons", "2½ tons"),
        ("wait... then", "wait… then", "wait… then"),
        ("محمد", "قال ﻣﺤﻤﺪ أمس", "ﻣﺤﻤﺪ"),
        ("ABC 12", "the ＡＢＣ １２ deal", "ＡＢＣ １２"),
        ("Seven Soldiers", "the seven soldiers", "seven soldiers"),
        ("İstanbul fell", "then İSTANBUL FELL", "İSTANBUL FELL"),
        ('"seven soldiers."', "the seven soldiers left", "seven soldiers"),
        ("“seven soldiers.”", 'said "seven soldiers." Then', '"seven soldiers."'),
        ("𝐬𝐞𝐯𝐞𝐧 men", "with seven men", "seven men"),
        ("seven men", "with 𝐬𝐞𝐯𝐞𝐧 men", "𝐬𝐞𝐯𝐞𝐧 men"),
    ],
)
def test_quote_in_another_form_is_found_in_the_original(quote, text, found):
    evidence = ground(quote, text)

    assert evidence is not None
    assert evidence.quote == text[evidence.start : evidence.end] == found
    assert evidence.match == "normalized"


@pytest.mark.parametrize(
    ("quote", "text"),
    [
        ("1/2 tons", "with 2½ tons"),
        ("102 tons", "with 10² tons"),
        ("ab", "a\ufb01b ㎏"),
        ("k", "㎏"),
        ("cafe", "café"),
        ("kg", "5㎏"),
    ],
)
def test_piece_made_by_folding_is_never_cut_or_read_as_another(quote, text):
    evidence = ground(quote, text)

    assert evidence is None or fold(evidence.quote).text == quote


def test_exact_case_goes_before_another_case():
    text = "He told us so. The US army left."

    evidence = ground("“US”", text)

    assert evidence is not None
    assert evidence.start == text.index("US")


@pytest.mark.parametrize(
    ("quote", "text"),
    [("IS", "this is it"), ("us", "the US army"), ("WHO said", "he asked who said it")],
)
def test_acronym_is_not_a_word_of_another_case(quote, text):
    assert ground(quote, text) is None


def test_shouted_quote_is_found_in_running_text():
    evidence = ground("IS FIGHTERS FLED", "The IS fighters fled.")

    assert evidence is not None
    assert evidence.quote == "IS fighters fled"


def test_minus_sign_is_not_stripped_from_a_number():
    assert ground("−5 degrees", "It was 5 degrees.") is None


def test_offsets_hold_after_many_changes_of_length():
    text = "ﬃ  “x”  … ½ e\u0301  \u200b" * 50 + "the ﬁnal  word"

    evidence = ground("the final word", text)

    assert evidence is not None
    assert (evidence.start, evidence.end) == (len(text) - 14, len(text)) or evidence.quote == (
        "the ﬁnal  word"
    )
