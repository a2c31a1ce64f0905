"""Names: what is the same strictly, and what is alike."""

from __future__ import annotations

import pytest

from dateline.evaluation.scoring.names import alike, forms, normalise, same


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("The Orlen Guard", "orlen  guard"),
        ("Orlen\u00a0Guard", "Orlen Guard"),
        ("a militia", "militia"),
        ("An-Nasr Brigade", "an–nasr brigade"),
        ("Vesk's", "Vesk"),
        ("the rebels’", "rebels"),
        ("“Red” Front", '"red" front'),
        ("ﬁghters", "FIGHTERS"),
        ("Straße", "STRASSE"),
    ],
)
def test_names_that_differ_in_writing_only_are_the_same(one: str, other: str) -> None:
    assert normalise(one) == normalise(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [("Orlen Guard", "Orlen Guards"), ("Assad", "al-Assad"), ("Vesk", "Vešk"), ("PMX", "PMXA")],
)
def test_names_that_differ_in_substance_are_not_the_same(one: str, other: str) -> None:
    assert normalise(one) != normalise(other)


def test_a_name_that_is_only_an_article_keeps_it() -> None:
    assert normalise("The") == "the"
    assert normalise("A") == "a"


def test_any_alternative_of_one_may_equal_any_of_the_other() -> None:
    gold = forms(("Orlen Guard", "the guard", "OG"))

    assert same(gold, forms(("Guard",)))
    assert same(gold, forms(("soldiers", "og")))
    assert not same(gold, forms(("soldiers",)))


def test_lenient_accepts_a_longer_or_slightly_different_form() -> None:
    assert alike(forms(("Orlen Guard",)), forms(("the Orlen Guards",)), ratio=84)
    assert alike(forms(("Ana Holt",)), forms(("Dr Ana Holt of Vesk",)), ratio=84)
    assert not alike(forms(("Orlen Guard",)), forms(("Vesk militia",)), ratio=84)


def test_acronyms_and_tiny_names_match_exactly_even_leniently() -> None:
    assert not alike(forms(("PMX",)), forms(("PMXA",)), ratio=84)
    assert not alike(forms(("the IS",)), forms(("Israel",)), ratio=84)
    assert not alike(forms(("Li",)), forms(("Lisbon",)), ratio=84)
    assert alike(forms(("the PMX",)), forms(("PMX",)), ratio=84)


def test_one_acronym_among_alternatives_leaves_the_others_comparable() -> None:
    gold = forms(("PMX", "Popular Marsh Units"))

    assert alike(gold, forms(("the Popular Marsh Unit",)), ratio=84)
    assert not alike(gold, forms(("PMU",)), ratio=84)


def test_likeness_does_not_depend_on_which_name_comes_first() -> None:
    a, b = forms(("Karvel district council",)), forms(("council of Karvel",))

    for ratio in range(0, 101, 5):
        assert alike(a, b, ratio=ratio) == alike(b, a, ratio=ratio)
