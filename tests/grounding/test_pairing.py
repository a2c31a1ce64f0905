"""Quotes that differ from the text in a word here and a word there."""

from __future__ import annotations

import pytest

from dateline.grounding import ground

TEXT = (
    "Rangers from Tolmeer searched the flooded quarry on Friday. Two divers later recovered "
    "a rusted sluice gate, which the harbour office - closed since May - had reported missing."
)


@pytest.mark.parametrize(
    "quote",
    [
        "Two divrs later recovered a rusted sluicce gate",
        "Two divers later recovered the rusted sluice gate which the harbour office closed",
        "Rangers from Tolmeer serched the flooded quary on Friday",
        "Rangers from Tolmeer searched the quarry in Friday. Two divers later",
        "Two divers recovered a rusted the sluice gate, which the harbor office",
    ],
)
def test_scattered_slips_are_forgiven(quote):
    evidence = ground(quote, TEXT)

    assert evidence is not None
    assert evidence.match == "fuzzy"
    assert evidence.quote.split()[0] == quote.split()[0]
    assert evidence.quote.split()[-1].strip(",.") == quote.split()[-1]


@pytest.mark.parametrize(
    "quote",
    [
        "Rangers from Tolmeer serched the flooded quary on Monday",
        "Ten divers later recoverd a rusted sluice gate, which the harbour office",
        "Two divers later recovered a rusted turbine gate, which the harbour office",
        "a rusted sluice gate, which the harbour ofice - closed since May - had not reported",
        "Rangers from Holmeer serched the flooded quarry on Friday",
    ],
)
def test_slips_do_not_cover_for_another_word(quote):
    assert ground(quote, TEXT) is None


def test_name_that_has_moved_is_no_slip():
    text = "By the evening Raindel was alone in the old mill with two lanterns."

    assert ground("By the evening was Raindel alone in the old mill", text) is None


def test_more_slips_than_words_allow_are_too_many():
    text = "Workers emptied crates beside lanterns, drummers, windows and barrels."

    assert ground("Wrkers emptid crtes besde lantrns, drumers, windws", text) is None
