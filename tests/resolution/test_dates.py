"""Dates from quoted time expressions, anchored in the publication date."""

from __future__ import annotations

from datetime import date

import pytest

from dateline.resolution.dates import Tense, resolve_date
from dateline.spans import Evidence

SUNDAY = date(2017, 7, 16)


def days(start: str, end: str | None = None) -> tuple[date, date]:
    return date.fromisoformat(start), date.fromisoformat(end or start)


EXPLICIT = [
    ("10 July 2014", days("2014-07-10"), "day"),
    ("July 10, 2014", days("2014-07-10"), "day"),
    ("July 10th 2014", days("2014-07-10"), "day"),
    ("the 10th of July, 2014", days("2014-07-10"), "day"),
    ("on Thursday, 10 July 2014", days("2014-07-10"), "day"),
    ("Thursday (July 10, 2014)", days("2014-07-10"), "day"),
    ("Sept. 11, 2001", days("2001-09-11"), "day"),
    ("2014-07-10", days("2014-07-10"), "day"),
    ("2014/07/10", days("2014-07-10"), "day"),
    ("10.07.2014", days("2014-07-10"), "day"),
    ("13/10/2014", days("2014-10-13"), "day"),
    ("10/13/2014", days("2014-10-13"), "day"),
    ("5/5/14", days("2014-05-05"), "day"),
    ("10-Jul-2014", days("2014-07-10"), "day"),
    ("Jul 10 '14", days("2014-07-10"), "day"),
    ("2014 July 10", days("2014-07-10"), "day"),
    ("10 Jul 14", days("2014-07-10"), "day"),
    ("7 FEB 89", days("1989-02-07"), "day"),
    ("10 JULY 2014", days("2014-07-10"), "day"),
    ("10\u00a0July\n2014", days("2014-07-10"), "day"),
    ("١٠ يوليو ٢٠١٤", days("2014-07-10"), "day"),
    ("10 juillet 2014", days("2014-07-10"), "day"),
    ("el 10 de julio de 2014", days("2014-07-10"), "day"),
    ("10. Juli 2014", days("2014-07-10"), "day"),
    ("10 июля 2014", days("2014-07-10"), "day"),
    ("10 Temmuz 2014", days("2014-07-10"), "day"),
    ("at 5 pm on July 10, 2014", days("2014-07-10"), "time"),
    ("July 10, 2014 at 17:30", days("2014-07-10"), "time"),
    ("the morning of July 10, 2014", days("2014-07-10"), "day"),
    ("June 2014", days("2014-06-01", "2014-06-30"), "month"),
    ("in February 2016", days("2016-02-01", "2016-02-29"), "month"),
    ("early June 2014", days("2014-06-01", "2014-06-10"), "range"),
    ("mid-June 2014", days("2014-06-11", "2014-06-20"), "range"),
    ("late June 2014", days("2014-06-21", "2014-06-30"), "range"),
    ("2014", days("2014-01-01", "2014-12-31"), "year"),
    ("in 2014", days("2014-01-01", "2014-12-31"), "year"),
    ("early 2014", days("2014-01-01", "2014-04-30"), "range"),
    ("mid-2014", days("2014-05-01", "2014-08-31"), "range"),
    ("the end of 2014", days("2014-09-01", "2014-12-31"), "range"),
    ("the 1990s", days("1990-01-01", "1999-12-31"), "range"),
    ("2014-2016", days("2014-01-01", "2016-12-31"), "range"),
    ("2014-15", days("2014-01-01", "2015-12-31"), "range"),
    ("between 2014 and 2016", days("2014-01-01", "2016-12-31"), "range"),
    ("the first quarter of 2017", days("2017-01-01", "2017-03-31"), "range"),
    ("the second half of 2016", days("2016-07-01", "2016-12-31"), "range"),
    ("summer 2014", days("2014-01-01", "2014-12-31"), "season"),
    ("the winter of 2014", days("2014-01-01", "2015-03-31"), "season"),
    ("May 3-5, 2017", days("2017-05-03", "2017-05-05"), "range"),
    ("from 3 to 5 May 2017", days("2017-05-03", "2017-05-05"), "range"),
    ("May 3 to June 2, 2016", days("2016-05-03", "2016-06-02"), "range"),
    ("June to August 2016", days("2016-06-01", "2016-08-31"), "range"),
    ("November 2016 to January 2017", days("2016-11-01", "2017-01-31"), "range"),
    ("Christmas Day 2016", days("2016-12-25"), "day"),
]


@pytest.mark.parametrize(("words", "interval", "granularity"), EXPLICIT)
@pytest.mark.parametrize("published", [None, SUNDAY])
def test_an_explicit_date_needs_no_publication_date(
    words: str, interval: tuple[date, date], granularity: str, published: date | None
) -> None:
    resolved = resolve_date(words, published=published)

    assert (resolved.start, resolved.end) == interval
    assert (resolved.granularity, resolved.basis) == (granularity, "explicit")
    assert resolved.text == words


# Published on Sunday, 16 July 2017.
RELATIVE: list[tuple[str, Tense | None, tuple[date, date], str]] = [
    ("today", None, days("2017-07-16"), "day"),
    ("tonight", None, days("2017-07-16"), "day"),
    ("this morning", None, days("2017-07-16"), "day"),
    ("earlier today", None, days("2017-07-16"), "day"),
    ("yesterday", None, days("2017-07-15"), "day"),
    ("yesterday evening", None, days("2017-07-15"), "day"),
    ("last night", None, days("2017-07-15"), "day"),
    ("the day before yesterday", None, days("2017-07-14"), "day"),
    ("tomorrow", None, days("2017-07-17"), "day"),
    ("overnight", None, days("2017-07-15", "2017-07-16"), "range"),
    ("on Friday", "past", days("2017-07-14"), "day"),
    ("on Friday", None, days("2017-07-14"), "day"),
    ("Friday", "future", days("2017-07-21"), "day"),
    ("on Sunday", "past", days("2017-07-16"), "day"),
    ("on Sunday", "future", days("2017-07-16"), "day"),
    ("Monday", "past", days("2017-07-10"), "day"),
    ("last Monday", "past", days("2017-07-10"), "day"),
    ("last Sunday", "past", days("2017-07-09"), "day"),
    ("next Monday", "future", days("2017-07-17"), "day"),
    ("next Sunday", "future", days("2017-07-23"), "day"),
    ("this Friday", None, days("2017-07-14"), "day"),
    ("this Friday", "future", days("2017-07-21"), "day"),
    ("Friday last week", "past", days("2017-07-07"), "day"),
    ("on Friday evening", "past", days("2017-07-14"), "day"),
    ("late on Saturday", "past", days("2017-07-15"), "day"),
    ("early Monday", "past", days("2017-07-10"), "day"),
    ("the early hours of Monday", "past", days("2017-07-10"), "day"),
    ("at dawn on Tuesday", "past", days("2017-07-11"), "day"),
    ("Tuesday's", "past", days("2017-07-11"), "day"),
    ("at 5:30 pm on Friday", "past", days("2017-07-14"), "time"),
    ("0530 GMT on Monday", "past", days("2017-07-10"), "time"),
    ("Friday at 10:30 a.m.", "past", days("2017-07-14"), "time"),
    ("vendredi", "past", days("2017-07-14"), "day"),
    ("вчера", "past", days("2017-07-15"), "day"),
    ("between Monday and Wednesday", "past", days("2017-07-10", "2017-07-12"), "range"),
    ("from Friday to Monday", "past", days("2017-07-07", "2017-07-10"), "range"),
    ("Monday and Tuesday", "past", days("2017-07-10", "2017-07-11"), "range"),
    ("July 10", "past", days("2017-07-10"), "day"),
    ("July 20", "past", days("2016-07-20"), "day"),
    ("July 20", "future", days("2017-07-20"), "day"),
    ("July 20", None, days("2017-07-20"), "day"),
    ("10 July last year", "past", days("2016-07-10"), "day"),
    ("in May of last year", "past", days("2016-05-01", "2016-05-31"), "month"),
    ("on the 10th", "past", days("2017-07-10"), "day"),
    ("the 20th", "past", days("2017-06-20"), "day"),
    ("the 20th", "future", days("2017-07-20"), "day"),
    ("the 31st", "past", days("2017-05-31"), "day"),
    ("20 Jan.", "past", days("2017-01-20"), "day"),
    ("29 February", "past", days("2016-02-29"), "day"),
    ("29 February", "future", days("2020-02-29"), "day"),
    ("from 3 to 5 May", "past", days("2017-05-03", "2017-05-05"), "range"),
    ("3-5 May", "past", days("2017-05-03", "2017-05-05"), "range"),
    ("in January", "past", days("2017-01-01", "2017-01-31"), "month"),
    ("in January", "future", days("2018-01-01", "2018-01-31"), "month"),
    ("in December", "past", days("2016-12-01", "2016-12-31"), "month"),
    ("early July", "past", days("2017-07-01", "2017-07-10"), "range"),
    ("between December and February", "past", days("2016-12-01", "2017-02-28"), "range"),
    ("three days ago", None, days("2017-07-13"), "day"),
    ("a week ago", None, days("2017-07-03", "2017-07-09"), "week"),
    ("two weeks ago", None, days("2017-06-26", "2017-07-02"), "week"),
    ("two months ago", None, days("2017-05-01", "2017-05-31"), "month"),
    ("eight months ago", None, days("2016-11-01", "2016-11-30"), "month"),
    ("three years ago", None, days("2014-01-01", "2014-12-31"), "year"),
    ("a decade ago", None, days("2007-01-01", "2007-12-31"), "year"),
    ("last week", "past", days("2017-07-03", "2017-07-09"), "week"),
    ("next week", "future", days("2017-07-17", "2017-07-23"), "week"),
    ("last month", "past", days("2017-06-01", "2017-06-30"), "month"),
    ("late last month", "past", days("2017-06-21", "2017-06-30"), "range"),
    ("last year", "past", days("2016-01-01", "2016-12-31"), "year"),
    ("earlier this year", "past", days("2017-01-01", "2017-07-16"), "year"),
    ("later this year", "future", days("2017-07-16", "2017-12-31"), "year"),
    ("earlier this month", "past", days("2017-07-01", "2017-07-16"), "month"),
    ("over the weekend", "past", days("2017-07-15", "2017-07-16"), "range"),
    ("last weekend", "past", days("2017-07-08", "2017-07-09"), "range"),
    ("the past 24 hours", "past", days("2017-07-15", "2017-07-16"), "range"),
    ("the past three days", "past", days("2017-07-13", "2017-07-16"), "range"),
    ("over the past week", "past", days("2017-07-09", "2017-07-16"), "range"),
    ("the week of July 10", "past", days("2017-07-10", "2017-07-16"), "week"),
    ("in two days", "future", days("2017-07-18"), "day"),
    ("New Year's Eve", "past", days("2016-12-31"), "day"),
]


@pytest.mark.parametrize(("words", "tense", "interval", "granularity"), RELATIVE)
def test_a_relative_date_is_anchored_in_publication(
    words: str, tense: Tense | None, interval: tuple[date, date], granularity: str
) -> None:
    resolved = resolve_date(words, published=SUNDAY, tense=tense)

    assert (resolved.start, resolved.end) == interval
    assert (resolved.granularity, resolved.basis) == (granularity, "relative_to_publication")


@pytest.mark.parametrize("words", sorted({row[0] for row in RELATIVE}))
def test_without_a_publication_date_only_the_words_are_kept(words: str) -> None:
    resolved = resolve_date(words, published=None, tense="past")

    assert (resolved.start, resolved.end) == (None, None)
    assert (resolved.not_before, resolved.not_after) == (None, None)
    assert (resolved.text, resolved.basis) == (words, "none")


def test_since_has_a_start_and_no_end() -> None:
    resolved = resolve_date("since October 2016", published=SUNDAY, tense="past")

    assert (resolved.start, resolved.end) == (date(2016, 10, 1), None)
    assert (resolved.not_before, resolved.not_after) == (date(2016, 10, 1), SUNDAY)
    assert resolved.basis == "explicit"


def test_since_a_weekday_starts_on_that_day() -> None:
    resolved = resolve_date("since Saturday evening", published=SUNDAY, tense="past")

    assert (resolved.start, resolved.end) == (date(2017, 7, 15), None)


def test_until_before_and_after_bound_one_side() -> None:
    until = resolve_date("until Friday", published=SUNDAY, tense="past")
    before = resolve_date("before 2014", published=None)
    after = resolve_date("after June 2015", published=SUNDAY, tense="past")

    assert (until.start, until.end, until.not_after) == (None, date(2017, 7, 14), date(2017, 7, 14))
    assert (before.start, before.end, before.not_after) == (None, None, date(2013, 12, 31))
    assert (after.start, after.not_before, after.not_after) == (None, date(2015, 6, 1), SUNDAY)


@pytest.mark.parametrize("words", ["in recent days", "recently", "a few days ago", "weeks ago"])
def test_a_vague_past_ends_at_publication_and_has_no_dates(words: str) -> None:
    resolved = resolve_date(words, published=SUNDAY)

    assert (resolved.start, resolved.end, resolved.not_after) == (None, None, SUNDAY)
    assert (resolved.granularity, resolved.basis) == ("range", "none")


def test_a_vague_future_begins_at_publication() -> None:
    resolved = resolve_date("in the near future", published=SUNDAY)

    assert (resolved.start, resolved.not_before, resolved.not_after) == (None, SUNDAY, None)


def test_a_day_of_the_text_needs_the_date_that_the_text_speaks_about() -> None:
    unknown = resolve_date("the previous day", published=SUNDAY, tense="past")
    known = resolve_date(
        "the previous day", published=SUNDAY, tense="past", text_date=date(2017, 7, 12)
    )

    assert (unknown.start, unknown.not_after, unknown.basis) == (None, SUNDAY, "none")
    assert (known.start, known.end) == (date(2017, 7, 11), date(2017, 7, 11))
    assert known.basis == "inferred_from_text"


def test_an_ambiguous_numeric_date_is_bounded_by_both_readings() -> None:
    resolved = resolve_date("7/10/2014", published=SUNDAY, tense="past")

    assert (resolved.start, resolved.end, resolved.basis) == (None, None, "none")
    assert (resolved.not_before, resolved.not_after) == (date(2014, 7, 10), date(2014, 10, 7))


@pytest.mark.parametrize(
    "words", [None, "", "nonsense", "31 February 2014", "the march", "9 lives"]
)
def test_what_is_no_date_is_bounded_by_publication_and_tense(words: str | None) -> None:
    past = resolve_date(words, published=SUNDAY, tense="past")
    future = resolve_date(words, published=SUNDAY, tense="future")
    unknown = resolve_date(words, published=SUNDAY)

    assert (past.start, past.not_after, past.not_before) == (None, SUNDAY, None)
    assert (future.start, future.not_after, future.not_before) == (None, None, SUNDAY)
    assert (unknown.start, unknown.not_after, unknown.not_before) == (None, None, None)
    assert past.basis == future.basis == unknown.basis == "none"


def test_a_running_interval_is_bounded_by_publication() -> None:
    resolved = resolve_date("in 2017", published=SUNDAY, tense="past")

    assert (resolved.end, resolved.not_after) == (date(2017, 12, 31), SUNDAY)


def test_a_date_outside_the_calendar_is_no_date() -> None:
    resolved = resolve_date("9000 years ago", published=SUNDAY, tense="past")

    assert (resolved.start, resolved.basis) == (None, "none")


def test_evidence_is_kept() -> None:
    evidence = Evidence(quote="Friday", start=3, end=9)

    assert resolve_date("Friday", published=SUNDAY, evidence=evidence).evidence == evidence
