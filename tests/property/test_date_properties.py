"""The rules for dates hold for any publication date and any words."""

from __future__ import annotations

from datetime import date, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from dateline.resolution.dates import Tense, resolve_date
from dateline.resolution.time_expressions import find_time_expressions

NAMES = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"]
DAYS = st.dates(date(1950, 1, 1), date(2090, 12, 31))
TENSES: st.SearchStrategy[Tense | None] = st.sampled_from(["past", "future", None])
VOCABULARY = (
    "on in since from to between Monday friday May may march March July 10 3 2014 10th , the last "
    "next this early late mid week month year ago two a few days recent yesterday of and evening "
    "5:30 p.m. GMT 12.05.2016 - – previous following Christmas Day İ 31 February"
)
NEWSY = st.lists(st.sampled_from([*VOCABULARY.split(), "\n"]), max_size=14).map(" ".join)


@given(DAYS, st.integers(0, 6), TENSES)
def test_a_weekday_is_that_weekday_less_than_a_week_away(
    published: date, weekday: int, tense: Tense | None
) -> None:
    resolved = resolve_date(f"on {NAMES[weekday]}", published=published, tense=tense)

    assert resolved.start is not None
    assert resolved.start == resolved.end
    assert resolved.start.weekday() == weekday
    distance = (resolved.start - published).days
    assert (0 <= distance < 7) if tense == "future" else (-7 < distance <= 0)


@given(DAYS, st.integers(0, 6))
def test_last_and_next_weekdays_are_never_publication_day(published: date, weekday: int) -> None:
    last = resolve_date(f"last {NAMES[weekday]}", published=published).start
    following = resolve_date(f"next {NAMES[weekday]}", published=published).start

    assert last is not None
    assert following is not None
    assert timedelta(1) <= published - last <= timedelta(7)
    assert timedelta(1) <= following - published <= timedelta(7)
    assert last.weekday() == following.weekday() == weekday


@given(DAYS, st.sampled_from(["{:%Y-%m-%d}", "{:%d %B %Y}", "{:%B %d, %Y}", "{:%d.%m.%Y}"]), TENSES)
def test_a_full_date_reads_back_whatever_the_publication_date(
    day: date, form: str, tense: Tense | None
) -> None:
    for published in (None, date(2017, 7, 16)):
        resolved = resolve_date(form.format(day), published=published, tense=tense)

        assert (resolved.start, resolved.end, resolved.basis) == (day, day, "explicit")


@given(DAYS, DAYS)
def test_a_day_without_a_year_lies_on_the_side_of_its_tense(published: date, day: date) -> None:
    words = f"{day:%B %d}"
    past = resolve_date(words, published=published, tense="past").start
    future = resolve_date(words, published=published, tense="future").start
    nearest = resolve_date(words, published=published).start

    assert past is not None
    assert future is not None
    assert past <= published <= future
    assert nearest in {past, future}
    assert (past.month, past.day) == (future.month, future.day) == (day.month, day.day)


@given(st.one_of(st.text(max_size=80), NEWSY), st.one_of(st.none(), DAYS), TENSES)
@settings(max_examples=400)
def test_any_words_give_an_ordered_range(
    words: str, published: date | None, tense: Tense | None
) -> None:
    resolved = resolve_date(words, published=published, tense=tense)

    assert resolved.text == words
    if resolved.start and resolved.end:
        assert resolved.start <= resolved.end
    if published is None:
        assert resolved.basis in {"explicit", "none"}
    if resolved.basis == "none":
        assert (resolved.start, resolved.end) == (None, None)


@given(st.one_of(st.text(max_size=300), NEWSY))
@settings(max_examples=300)
def test_any_text_gives_expressions_in_order(text: str) -> None:
    end = 0
    for expression in find_time_expressions(text):
        assert text[expression.span.start : expression.span.end] == expression.words
        assert expression.span.start >= end
        end = expression.span.end
