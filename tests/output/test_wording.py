from __future__ import annotations

from datetime import date

import pytest

from dateline.output import wording
from dateline.records import DateRange, Place, Quantity


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"kind": "killed", "value": 23}, "23 killed"),
        ({"kind": "killed", "min": 23, "comparator": "at_least"}, "≥ 23 killed"),
        ({"kind": "killed", "min": 80, "comparator": "more_than"}, "> 80 killed"),
        ({"kind": "killed", "max": 5, "comparator": "at_most"}, "≤ 5 killed"),
        ({"kind": "killed", "min": 24, "comparator": "vague"}, "≳ 24 killed"),
        ({"kind": "wounded", "min": 20, "max": 30}, "20–30 wounded"),
        ({"kind": "killed", "explicit_unknown": True}, "killed: stated as unknown"),
        ({"kind": "killed"}, "killed: no number"),
        ({"kind": "casualties_combined", "value": 23}, "23 killed or wounded"),
        ({"kind": "area", "value": 4800, "unit": "square kilometers"}, "4,800 square kilometers"),
        ({"kind": "percent", "value": 12.5}, "12.5 percent"),
    ],
)
def test_amounts_say_how_sure_the_number_is(fields: dict[str, object], words: str) -> None:
    assert wording.amount(Quantity.model_validate({"text": "as printed", **fields})) == words


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"start": date(2024, 5, 14), "end": date(2024, 5, 14)}, "2024-05-14"),
        ({"start": date(2024, 5, 1), "end": date(2024, 5, 31)}, "2024-05"),
        ({"start": date(2024, 12, 1), "end": date(2024, 12, 31)}, "2024-12"),
        ({"start": date(2024, 5, 1), "end": date(2024, 6, 30)}, "2024-05-01 to 2024-06-30"),
        (
            {"start": date(2024, 1, 1), "end": date(2024, 12, 31), "granularity": "year"},
            "2024",
        ),
        ({"start": date(2024, 5, 14)}, "from 2024-05-14"),
        ({"not_after": date(2024, 5, 14)}, "not after 2024-05-14"),
        ({"end": date.max, "start": date(9999, 12, 1)}, "9999-12-01 to 9999-12-31"),
        ({"text": "on Friday"}, None),
    ],
)
def test_dates_are_as_coarse_as_they_are_known(
    fields: dict[str, object], words: str | None
) -> None:
    assert wording.when(DateRange.model_validate(fields)) == words


def test_a_direction_is_never_shown_as_the_place_itself() -> None:
    place = Place(text="southwest of Haddan", name="Haddan", relation="direction_of", country="KX")

    assert wording.where(place) == "southwest of Haddan, KX"


def test_a_place_without_a_name_keeps_the_articles_words() -> None:
    assert wording.where(Place(text="a village in the north")) == "a village in the north"
