"""Quotes with small slips are found whole; quotes that say something else are not."""

from __future__ import annotations

import pytest

from dateline.grounding import Grounder, ground
from dateline.spans import Span

TEXT = (
    "The interior ministry said on Tuesday that seven soldiers were killed and twenty-one "
    "wounded when rebels attacked an outpost near Marda. The rebels denied the claim. "
    "Gen. Omar Haddad did not say how many fighters fled. Some 1,250 families, or 4.5 percent "
    "of the district, have left for Karsana without their belongings since the northeastern "
    "road was cut; the government called it a temporary measure."
)


def explain(quote: str, text: str = TEXT) -> str:
    return Grounder(text, [Span(0, len(text))], lambda _: "body").explain(quote)


@pytest.mark.parametrize(
    ("quote", "found"),
    [
        ("seven soldeirs were killed", "seven soldiers were killed"),
        ("rebels atacked an outpost near Marda", "rebels attacked an outpost near Marda"),
        ("rebels attacked outpost near Marda", "rebels attacked an outpost near Marda"),
        ("rebels attacked the outpost near Marda", "rebels attacked an outpost near Marda"),
        ("rebels attacked an out-post near Marda", "rebels attacked an outpost near Marda"),
        ("The rebels denied claim", "The rebels denied the claim"),
        ("near Marda; the rebels denied the claim", "near Marda. The rebels denied the claim"),
        ("Gen Omar Haddad did not say how many", "Gen. Omar Haddad did not say how many"),
        ("Omar Hadad did not say how many", "Omar Haddad did not say how many"),
        ("Omar Haddad didn't say how many", "Omar Haddad did not say how many"),
        ("Some 1250 families, or 4.5 percent", "Some 1,250 families, or 4.5 percent"),
        ("the goverment called it a temporary mesure", None),
        ("since the northeastren road was cut", "since the northeastern road was cut"),
        ("called it temporary measure", "called it a temporary measure"),
        (
            "Some 1,250 families have left for Karsana without their belongings",
            None,
        ),
        ("killed and twenty-one wounded when the rebels attacked", None),
    ],
)
def test_slip_is_forgiven(quote, found):
    evidence = ground(quote, TEXT)

    if found is None:
        assert evidence is None or evidence.quote == TEXT[evidence.start : evidence.end]
        return
    assert evidence is not None
    assert evidence.quote == TEXT[evidence.start : evidence.end] == found
    assert evidence.match == "fuzzy"


@pytest.mark.parametrize(
    "quote",
    [
        "seventy soldiers were killed and twenty-one wounded",
        "seven soldiers were killed and twenty-two wounded",
        "eight soldiers were killed and twenty-one wounded",
        "7 soldiers were killed and twenty-one wounded",
        "and twenty-one wounded when two rebels attacked an outpost",
        "dozens of soldiers were killed and twenty-one wounded",
        "Some 1,350 families, or 4.5 percent of the district",
        "Some 1,250 families, or 45 percent of the district",
        "Some 1,250 families, or 4.5% of the district",
        "Some families, or 4.5 percent of the district",
        "Omar Haddad did say how many fighters fled",
        "Omar Haddad did not say how many fighters never fled",
        "The rebels confirmed the claim",
        "rebels attacked an outpost near Karsa",
        "rebels attacked an outpost near Mardin",
        "Gen. Amar Haddad did not say how many fighters fled",
        "said on Thursday that seven soldiers were killed",
        "since the northwestern road was cut",
        "have left for Karsana with their belongings",
    ],
)
def test_changed_number_negation_or_name_is_refused_and_explained(quote):
    assert ground(quote, TEXT) is None
    assert explain(quote) == "altered"


@pytest.mark.parametrize(
    "quote",
    [
        "killed seven soldiers in Karsa",
        "The president promised elections before the end of the year",
        "The interior minister said on Tuesday that",
        "nevertheless the rebels denied the claim",
        "seven brave soldiers were killed",
        "seven soldiers were promoted and decorated by the king",
        "the government called it a permanent measure",
        "The rebels denied the claim of the governor",
        "wounded the claim",
        "claim the denied rebels The",
    ],
)
def test_invented_or_partly_invented_quote_is_refused(quote):
    assert ground(quote, TEXT) is None


@pytest.mark.parametrize(
    ("quote", "text"),
    [
        ("killed seven soldiers in Karsa", "they killed seven soldiers in Marda"),
        ("troops left Iran on foot", "the troops left Iraq on foot"),
        ("troops left Austria on foot", "the troops left Australia on foot"),
        ("the unarmed men were shot", "the armed men were shot"),
        ("the legal party won seats", "the illegal party won seats"),
        ("it was a successful raid", "it was an unsuccessful raid"),
        ("some $5 million was paid", "some 5 million was paid"),
        ("IS fighters were kiled", "where is fighters were killed"),
        ("rebels fled from Tarsova today", "rebels fled from Karsova today; Tarsova burned"),
        ("the killer men in Karsa left", "the killed men in Karsa left; a killer hid"),
        ("军队说七人死亡", "昨天军队说八人死亡了"),
        ("rebels killed by the army", "rebels killed the army"),
    ],
)
def test_near_words_that_mean_something_else_are_refused(quote, text):
    assert ground(quote, text) is None


def test_best_of_near_duplicates_is_taken():
    text = "Five soldiers were killed in Marda. Seven soldiers were killed in Marda."

    evidence = ground("Seven soldeirs were killed in Marda", text)

    assert evidence is not None
    assert evidence.quote == "Seven soldiers were killed in Marda"


def test_nearest_of_equal_altered_places_is_taken():
    line = "The rebels attacked an outpost near Marda. "
    text = line + "Nothing else was known about it at the time of writing. " * 20 + line

    evidence = ground("rebels atacked an outpost near Marda", text, near=len(text))

    assert evidence is not None
    assert evidence.start == text.rindex("rebels attacked")


def test_altered_quote_is_found_far_into_a_long_text():
    filler = "The council met again and put off its vote on water and roads until spring. " * 4000
    text = filler + TEXT + filler

    evidence = ground("rebels atacked an outpost near Marda", text)

    assert evidence is not None
    assert evidence.quote == "rebels attacked an outpost near Marda"


def test_words_next_to_an_end_may_be_missing():
    text = "To the north of it was to be found the old bridge that the militia blew up."

    evidence = ground("to found the old bridge that the militia blew up", text)

    assert evidence is not None
    assert evidence.quote == "to be found the old bridge that the militia blew up"


def test_order_of_calls_does_not_change_the_result():
    quotes = ["seven soldiers were killed", "THE REBELS", "seven soldeirs were killed", "Marda"]
    forward = Grounder(TEXT, [Span(0, len(TEXT))], lambda _: "body")
    backward = Grounder(TEXT, [Span(0, len(TEXT))], lambda _: "body")

    one = [forward.ground(quote) for quote in quotes]
    other = [backward.ground(quote) for quote in reversed(quotes)]

    assert one == other[::-1]
