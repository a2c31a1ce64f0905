"""Publication dates in the forms that files state them in."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from dateline.articles.published import parse_published
from dateline.errors import ArticleError

DAY = date(2024, 3, 12)


@pytest.mark.parametrize(
    "value",
    [
        DAY,
        datetime(2024, 3, 12, 23, 59, tzinfo=UTC),
        1710239400,
        1710239400000,
        1710239400.5,
        "2024-03-12",
        " 2024-03-12 ",
        "2024-3-12",
        "20240312",
        "2024/03/12",
        "2024.03.12",
        "2024-03-12T10:40:00Z",
        "2024-03-12T23:10:00-05:00",
        "2024-03-12 10:40",
        "2024-03-12T10:40:00.123456+0000",
        "Tue, 12 Mar 2024 10:40:00 +0000",
        "12 Mar 2024 10:40:00 GMT",
        "12 March 2024",
        "12th of March, 2024",
        "12-Mar-2024",
        "Tuesday, 12 March 2024",
        "March 12, 2024",
        "Mar. 12, 2024",
        "March 12th 2024, 10:40 am",
        "Tuesday March 12, 2024 at 10:40 PM EST",
        "MARCH 12 2024",
        "2024年3月12日",
        "2024年3月12日 10:40",
    ],
)
def test_dates_as_people_and_machines_write_them(value: object) -> None:
    assert parse_published(value) == DAY


def test_september_is_abbreviated_as_sept() -> None:
    assert parse_published("3 Sept 2023") == date(2023, 9, 3)


@pytest.mark.parametrize(
    "value",
    [
        "03/04/2024",
        "12.03.24",
        "yesterday",
        "March 2024",
        "2024",
        "2024-13-01",
        "2023-02-29",
        "31 June 2024",
        "12 Marchember 2024",
        "12 March 2024 was a Tuesday in Arden when the raid on the depot took place",
        "2024-03-12-17",
        "",
        "x" * 5000,
        True,
        17,
        1e300,
        float("nan"),
        None,
        ["2024-03-12"],
    ],
)
def test_what_is_no_day_is_refused_by_field_name(value: object) -> None:
    with pytest.raises(ArticleError, match=r"a\.json: The field 'meta\.date'.*YYYY-MM-DD"):
        parse_published(value, field="meta.date", where="a.json")
