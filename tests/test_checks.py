"""Every check finds what it is for and nothing else."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from dateline.checks import (
    dangling,
    date_problems,
    has_pronoun,
    headline_warnings,
    loaded_words,
    quantity_problems,
    record_warnings,
    toll_problems,
    type_problems,
)
from dateline.records import Claim, DateRange, Event, Quantity
from dateline.spans import Evidence
from dateline.taxonomy import load_taxonomy

QUOTE = Evidence(quote="Troops fought.", start=0, end=14)


def codes(problems: Any) -> list[str]:
    return [problem.code for problem in problems]


def event(**changed: Any) -> Event:
    base: dict[str, Any] = {
        "id": "e1",
        "event_type": "Battles",
        "sub_event_type": "Armed clash",
        "summary": "Two groups fought.",
        "evidence": (QUOTE,),
    }
    return Event(**{**base, **changed})


@pytest.mark.parametrize(
    ("quantity", "found"),
    [
        (Quantity(text="23", kind="killed", value=23), []),
        (Quantity(text="20 to 30", kind="killed", min=20, max=30), []),
        (Quantity(text="30 to 20", kind="killed", min=30, max=20), ["bounds"]),
        (Quantity(text="5", kind="killed", value=5, min=6), ["bounds"]),
        (Quantity(text="5", kind="killed", value=5, max=4), ["bounds"]),
        (Quantity(text="-5", kind="killed", value=-5), ["negative"]),
        (Quantity(text="4,800 square kilometers", kind="area", value=4800), []),
        (Quantity(text="60 km²", kind="area", value=60), []),
        (Quantity(text="30 hectares", kind="area", value=30), []),
        (Quantity(text="5,000 kilometers", kind="area", value=5000), ["area_unit"]),
        (Quantity(text="80 percent", kind="percent", value=80), []),
        (Quantity(text="180 percent", kind="percent", value=180), ["percent_range"]),
        (Quantity(text="over 120 percent", kind="percent", min=120), ["percent_range"]),
        (Quantity(text="900", kind="killed", value=900, scope="cumulative"), ["cumulative"]),
        (Quantity(text="900", kind="killed", value=900, scope="operation"), []),
    ],
)
def test_numbers_keep_their_bounds_units_and_scope(quantity: Quantity, found: list[str]) -> None:
    assert codes(quantity_problems(quantity, "$")) == found


def test_killed_and_wounded_may_not_exceed_their_combined_number() -> None:
    killed = Quantity(text="seven killed", kind="killed", value=7)
    wounded = Quantity(text="16 wounded", kind="wounded", value=16)

    exact = Quantity(text="23 casualties", kind="casualties_combined", value=23)
    fewer = Quantity(text="20 casualties", kind="casualties_combined", value=20)
    at_least = Quantity(text="at least 20 casualties", kind="casualties_combined", min=20)

    assert codes(toll_problems([killed, wounded, exact], "$")) == []
    assert codes(toll_problems([killed, wounded, at_least], "$")) == []
    assert codes(toll_problems([killed, wounded, fewer], "$")) == ["combined_toll"]


def test_tolls_of_different_victims_are_not_added() -> None:
    killed = Quantity(text="seven", kind="killed", value=7, victim_actor="a1")
    combined = Quantity(text="5", kind="casualties_combined", value=5, victim_actor="a2")

    assert codes(toll_problems([killed, combined], "$")) == []


@pytest.mark.parametrize(
    ("start", "end", "status", "salience", "found"),
    [
        ("2026-03-10", "2026-03-10", "occurred", "main", []),
        ("2026-03-12", "2026-03-12", "occurred", "main", []),
        ("2026-03-13", "2026-03-13", "occurred", "main", ["after_publication"]),
        ("2026-03-13", "2026-03-13", "planned", "main", []),
        ("2026-03-01", "2026-03-01", "planned", "main", ["planned_in_past"]),
        ("2026-03-01", "2026-03-01", "planned", "background", []),
    ],
)
def test_dates_agree_with_publication_and_status(
    start: str, end: str, status: str, salience: str, found: list[str]
) -> None:
    when = DateRange(
        text="x",
        start=date.fromisoformat(start),
        end=date.fromisoformat(end),
        granularity="day",
        basis="explicit",
    )

    assert codes(date_problems(when, status, salience, date(2026, 3, 12), "$")) == found


def test_a_relative_date_needs_an_anchor() -> None:
    when = DateRange(
        text="on Friday",
        start=date(2026, 3, 6),
        end=date(2026, 3, 6),
        basis="relative_to_publication",
    )

    assert codes(date_problems(when, "occurred", "main", None, "$")) == ["no_anchor"]


def test_a_sub_event_type_belongs_to_its_event_type() -> None:
    acled = load_taxonomy("acled")

    assert codes(type_problems(event(), acled, "$")) == []
    assert codes(type_problems(event(event_type="Riots"), acled, "$")) == ["type_pair"]


def test_loaded_words_count_only_outside_quotation_marks() -> None:
    assert loaded_words("The army liberated the town of terrorists.") == ("liberated", "terrorists")
    assert loaded_words("The army “liberated” the town.") == ()
    assert loaded_words("The army entered the town.") == ()
    assert loaded_words("The Kessari Liberation Front entered the town.") == ()
    assert loaded_words("Terrorists entered the town.") == ("terrorists",)


def test_pronouns_are_found_outside_quotation_marks() -> None:
    assert has_pronoun("He said that the bridge is open.")
    assert not has_pronoun("The mayor said that the bridge is open.")
    assert not has_pronoun("The mayor spoke of “our bridge”.")


def test_one_number_in_two_events_is_a_warning() -> None:
    nine = Evidence(quote="nine people", start=30, end=41)
    count = Quantity(text="nine people", kind="killed", value=9, evidence=nine)
    other = Quantity(text="nine people", kind="wounded", value=9, evidence=nine)

    shared = record_warnings([event(counts=(count,)), event(id="e2", counts=(other,))], [])
    single = record_warnings([event(counts=(count, other))], [])

    assert codes(shared) == ["shared_number"]
    assert codes(single) == []


def test_a_claim_with_a_pronoun_or_a_loaded_word_is_flagged() -> None:
    claim = Claim(id="c1", text="They will cleanse the town.", evidence=(QUOTE,))

    assert codes(record_warnings([], [claim])) == ["loaded_word", "pronoun"]


def test_headline_and_body_are_compared_within_one_kind() -> None:
    body = event(counts=(Quantity(text="12 people", kind="killed", value=12),))

    differs = headline_warnings([body], [Quantity(text="20", kind="killed", value=20)])
    agrees = headline_warnings([body], [Quantity(text="at least 10", kind="killed", min=10)])
    other = headline_warnings([body], [Quantity(text="20", kind="wounded", value=20)])

    assert codes(differs) == ["headline_differs"]
    assert codes(agrees) == []
    assert codes(other) == []


def test_dangling_ids_are_errors() -> None:
    assert codes(dangling(["e1", "e9"], frozenset({"e1"}), "$")) == ["dangling_id"]
