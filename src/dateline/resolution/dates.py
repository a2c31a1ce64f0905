"""Calendar dates from an article's own time expressions, anchored in its publication date.

Today's date is never used. An expression that only publication can fix ("on Friday") keeps its
words and has no calendar date when the publication date is not known.
"""

from __future__ import annotations

from calendar import monthrange
from datetime import date, timedelta
from typing import Any, Literal, NamedTuple

from dateline.records.values import DateRange
from dateline.records.vocabulary import DateBasis, DateGranularity
from dateline.resolution.date_rules import DateWords
from dateline.resolution.date_words import read_date_words
from dateline.spans import Evidence

Tense = Literal["past", "future"]


class _Interval(NamedTuple):
    start: date
    end: date
    granularity: DateGranularity
    basis: DateBasis = "relative_to_publication"


_DAY = timedelta(days=1)


def resolve_date(
    words: str | None,
    *,
    published: date | None,
    tense: Tense | None = None,
    text_date: date | None = None,
    evidence: Evidence | None = None,
) -> DateRange:
    """Turn a quoted time expression into an interval of days.

    Rules, P being the publication date:

    - A full date, a month with its year, a year or a decade is ``explicit`` and needs no P.
    - "July 10", "July" and "the 10th" without a year: the last one on or before P in the past
      tense, the next one in the future tense, the nearest when the tense is not known.
    - "Friday": the last Friday up to P, P itself included; in the future tense the next one, P
      included. "Last Friday" is the last one before P, "next Friday" the first one after P.
      "This Friday" without a tense lies in P's week.
    - "Two days ago" is a day; "two weeks ago" the Monday-to-Sunday week that holds that day;
      "two months ago" and "last month" a calendar month; "last year" a calendar year.
    - "Since X" starts with X and has no end; "until X" ends with X; "before X" and "after X" only
      bound the date.
    - "Early", "mid" and "late" take a third of a month or of a year.
    - A season is its year, since the hemisphere is not known; winter runs into the next March.
    - "7/10/2016" may be July or October: both are given as bounds, no date.
    - "In recent days" has no dates and ends at P at the latest, "soon" begins at P.
    - "The previous day" counts from the date that the text speaks about, ``text_date``.

    Args:
        words: the expression as quoted; None when the article says nothing.
        published: the publication date, or None.
        tense: whether what is dated lies in the past or in the future, seen from P.
        text_date: the day that the sentences before speak about, for "the previous day".
        evidence: where the words stand.

    Returns:
        A range with ``text`` set to ``words``. What cannot be resolved has no dates and basis
        ``none``, and is bounded by P where the tense says on which side of it it lies.
    """
    fields: dict[str, Any] = {} if evidence is None else {"evidence": evidence}
    if words is not None:
        fields["text"] = words
        read = read_date_words(words)
        if read is not None:
            try:
                _fill(fields, read, published, tense, text_date)
            except (OverflowError, ValueError):
                fields.pop("granularity", None)  # a date outside the calendar is no date
    if published is not None and "basis" not in fields:
        if tense == "future" and "not_after" not in fields:
            fields.setdefault("not_before", published)
        elif tense == "past" and "not_before" not in fields:
            fields.setdefault("not_after", published)
    return DateRange(**fields)


def _fill(
    fields: dict[str, Any],
    read: DateWords,
    published: date | None,
    tense: Tense | None,
    text_date: date | None,
) -> None:
    """Add to ``fields`` what the expression says."""
    if read.rule == "vague":
        fields["granularity"] = "range"
        if published is not None and read.a:
            fields["not_after" if read.a < 0 else "not_before"] = published
        return
    if read.rule == "either":
        dates = sorted((date(read.a, read.b, read.c), date(read.a, read.c, read.b)))
        fields.update(granularity="day", not_before=dates[0], not_after=dates[1])
        return
    interval = _interval(read, published, tense, text_date)
    if interval is None:
        if read.rule in {"month_day", "monthday", "weekday", "days", "week_weekday"}:
            fields["granularity"] = "day"
        return
    start, end, granularity, basis = interval
    if read.bound:
        _one_sided(fields, read, interval, published, tense)
        return
    if read.clock and granularity == "day":
        granularity = "time"
    fields.update(start=start, end=end, granularity=granularity, basis=basis)
    if published is not None:
        if tense == "past" and end > published >= start:
            fields["not_after"] = published
        elif tense == "future" and start < published <= end:
            fields["not_before"] = published


def _one_sided(
    fields: dict[str, Any],
    read: DateWords,
    interval: _Interval,
    published: date | None,
    tense: Tense | None,
) -> None:
    fields["basis"] = interval.basis
    fields["granularity"] = "range"
    if read.bound == "since":
        fields.update(start=interval.start, not_before=interval.start)
    elif read.bound == "after":
        fields["not_before"] = interval.start
    elif read.bound == "until":
        fields.update(end=interval.end, not_after=interval.end)
    else:
        fields["not_after"] = interval.start - _DAY
    if published is None:
        return
    if tense == "past" and read.bound in {"since", "after"} and published >= interval.start:
        fields["not_after"] = published
    elif tense == "future" and read.bound in {"until", "before"} and published <= interval.end:
        fields["not_before"] = published


def _interval(
    read: DateWords, published: date | None, tense: Tense | None, text_date: date | None
) -> _Interval | None:
    if read.rule == "range":
        return _range(read, published, tense, text_date)
    if read.rule == "text_days":
        if text_date is None:
            return None
        day = text_date + timedelta(days=read.a)
        return _Interval(day, day, "day", "inferred_from_text")
    found = _explicit(read)
    if found is None and published is not None:
        found = _relative(read, published, tense)
    if found is None or not read.part:
        return found
    return _part(found, read.part, published)


def _explicit(read: DateWords) -> _Interval | None:
    rule, a, b, c = read.rule, read.a, read.b, read.c
    if rule == "day":
        day = date(a, b, c)
        return _Interval(day, day, "day", "explicit")
    if rule == "month" and a:
        return _Interval(date(a, b, 1), _month_end(a, b), "month", "explicit")
    if rule == "year":
        granularity: DateGranularity = "year" if a == b else "range"
        return _Interval(date(a, 1, 1), date(b, 12, 31), granularity, "explicit")
    if rule == "months":
        return _Interval(date(a, b, 1), _month_end(a, c), "range", "explicit")
    if rule == "season" and a:
        end = date(a + 1, 3, 31) if b else date(a, 12, 31)
        return _Interval(date(a, 1, 1), end, "season", "explicit")
    return None


def _relative(read: DateWords, published: date, tense: Tense | None) -> _Interval | None:
    rule, a = read.rule, read.a
    if rule == "weekday":
        return _one_day(published + timedelta(days=_weekday_distance(published, a, read.b, tense)))
    if rule == "days":
        return _one_day(published + timedelta(days=a))
    if read.year is not None and rule in {"month_day", "month"}:
        return _of_year(read, published.year + read.year)
    if rule == "month_day":
        day = _nearest_day(published, a, read.b, tense)
        return _one_day(day) if day is not None else None
    if rule == "monthday":
        day = _nearest_monthday(published, a, tense)
        return _one_day(day) if day is not None else None
    if rule == "month":
        year = _nearest_year(published, read.b, tense)
        return _Interval(date(year, read.b, 1), _month_end(year, read.b), "month")
    if rule == "night":
        return _Interval(published - _DAY, published, "range")
    monday = published - timedelta(days=published.weekday())
    if rule == "week_weekday":
        return _one_day(monday + timedelta(days=7 * read.b + a))
    if rule == "weeks":
        start = monday + timedelta(days=7 * a)
        return _Interval(start, start + timedelta(days=6), "week")
    if rule == "relative_months":
        index = published.year * 12 + published.month - 1 + a
        year, month = index // 12, index % 12 + 1
        return _Interval(date(year, month, 1), _month_end(year, month), "month")
    if rule == "years":
        year = published.year + a
        return _Interval(date(year, 1, 1), date(year, 12, 31), "year")
    if rule == "weekend":
        return _weekend(monday, published, a, tense)
    if rule == "window":
        other = published + timedelta(days=a)
        return _Interval(min(other, published), max(other, published), "range")
    return None


def _of_year(read: DateWords, year: int) -> _Interval:
    if read.rule == "month_day":
        return _one_day(date(year, read.a, read.b))
    return _Interval(date(year, read.b, 1), _month_end(year, read.b), "month")


def _one_day(day: date) -> _Interval:
    return _Interval(day, day, "day")


def _weekday_distance(published: date, weekday: int, which: int, tense: Tense | None) -> int:
    """Days from publication to the weekday that is meant."""
    here = published.weekday()
    if which == -1:
        return -((here - weekday - 1) % 7) - 1
    if which == 1:
        return (weekday - here - 1) % 7 + 1
    if which == 2 and tense is None:
        return weekday - here
    return (weekday - here) % 7 if tense == "future" else -((here - weekday) % 7)


def _nearest_day(published: date, month: int, day: int, tense: Tense | None) -> date | None:
    candidates = []
    reach = 8 if (month, day) == (2, 29) else 1
    for year in range(max(1, published.year - reach), min(9999, published.year + reach) + 1):
        if reach == 1 or day <= monthrange(year, month)[1]:
            candidates.append(date(year, month, day))
    return _nearest(candidates, published, tense)


def _nearest_monthday(published: date, day: int, tense: Tense | None) -> date | None:
    candidates = []
    for month in range(published.month - 2, published.month + 3):
        year, index = published.year + (month - 1) // 12, (month - 1) % 12 + 1
        if 1 <= year <= 9999 and day <= monthrange(year, index)[1]:
            candidates.append(date(year, index, day))
    return _nearest(candidates, published, tense)


def _nearest(candidates: list[date], published: date, tense: Tense | None) -> date | None:
    """The candidate nearest to publication on the side that the tense allows."""
    if tense == "past":
        candidates = [candidate for candidate in candidates if candidate <= published]
    elif tense == "future":
        candidates = [candidate for candidate in candidates if candidate >= published]
    return min(candidates, key=lambda c: (abs(c - published), c), default=None)


def _nearest_year(published: date, month: int, tense: Tense | None) -> int:
    ahead = month - published.month
    if tense == "past":
        return published.year - (ahead > 0)
    if tense == "future":
        return published.year + (ahead < 0)
    return published.year - (ahead >= 6) + (ahead < -6)


def _weekend(monday: date, published: date, away: int, tense: Tense | None) -> _Interval:
    """Saturday and Sunday; the latest begun one unless the words or the tense look ahead."""
    saturday = monday + timedelta(days=5)
    if away == -1 or (away == 0 and tense != "future"):
        begun = saturday <= published if away == 0 else saturday + _DAY < published
        saturday -= timedelta(days=0 if begun else 7)
    elif away == 1 and published >= saturday:
        saturday += timedelta(days=7)
    return _Interval(saturday, saturday + _DAY, "range")


def _range(
    read: DateWords, published: date | None, tense: Tense | None, text_date: date | None
) -> _Interval | None:
    first = _interval(read.first, published, tense, text_date) if read.first else None
    if first is None:
        return None
    if read.last is None:  # "the week of July 10"
        monday = first.start - timedelta(days=first.start.weekday())
        return _Interval(monday, monday + timedelta(days=6), "week", first.basis)
    last = _interval(read.last, published, tense, text_date)
    if last is None:
        return None
    start, end = first.start, last.end
    if start > end:
        # "Between Friday and Monday": the later name was anchored a turn too late or too early.
        turn = 7 if read.first and read.first.rule == "weekday" else 0
        if not turn or tense == "future":
            end = end + timedelta(days=turn)
        else:
            start = start - timedelta(days=turn)
        if not turn and read.first and read.first.rule in {"month_day", "month"}:
            start = start.replace(year=start.year - 1)
    if start > end:
        return None
    explicit = first.basis == last.basis == "explicit"
    return _Interval(start, end, "range", "explicit" if explicit else "relative_to_publication")


def _part(interval: _Interval, part: str, published: date | None) -> _Interval:
    """Narrow an interval to its early, middle or late third, or to one side of publication."""
    start, end, granularity, basis = interval
    if granularity in {"day", "time"}:
        return interval
    if part in {"earlier", "later"}:
        if published is not None and start <= published <= end:
            if part == "earlier":
                end = published
            else:
                start = published
        return _Interval(start, end, granularity, basis)
    if granularity == "month":
        bounds = {"early": (1, 10), "mid": (11, 20), "late": (21, end.day)}[part]
        return _Interval(start.replace(day=bounds[0]), start.replace(day=bounds[1]), "range", basis)
    if granularity == "year":
        months = {"early": (1, 4), "mid": (5, 8), "late": (9, 12)}[part]
        first = date(start.year, months[0], 1)
        return _Interval(first, _month_end(start.year, months[1]), "range", basis)
    length = (end - start).days + 1
    third = {"early": 0, "mid": 1, "late": 2}[part]
    first = start + timedelta(days=length * third // 3)
    return _Interval(first, start + timedelta(days=length * (third + 1) // 3 - 1), "range", basis)


def _month_end(year: int, month: int) -> date:
    return date(year, month, monthrange(year, month)[1])
