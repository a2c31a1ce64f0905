"""The article: what is filled in, what is refused, and which zone an offset lies in."""

from __future__ import annotations

from datetime import date, datetime

import pytest
from pydantic import ValidationError

from dateline.articles import Article
from dateline.errors import ArticleError
from dateline.spans import Zone

TEXT = (
    "Raid on Arden depot\n\nTwo guards were hurt on Tuesday, and the men fled north, police said."
)


def test_identifier_depends_on_the_text_alone() -> None:
    assert Article(text=TEXT).id == Article(text=TEXT, title="x", url="http://x.example").id
    assert Article(text=TEXT).id != Article(text=TEXT + " ").id
    assert Article(text=TEXT, id="a-1").id == "a-1"


def test_text_is_never_changed() -> None:
    text = "\ufeff a\r\nb\u00a0“c”\x00\n"

    assert Article(text=text).text == text


@pytest.mark.parametrize("value", ["12 March 2024", "2024-03-12", datetime(2024, 3, 12, 9, 30)])
def test_published_may_be_text_or_a_time(value: object) -> None:
    assert Article.model_validate({"text": TEXT, "published": value}).published == date(2024, 3, 12)


def test_published_that_is_no_date() -> None:
    with pytest.raises(ArticleError, match="'published'"):
        Article.model_validate({"text": TEXT, "published": "last week"})


def test_lone_surrogate_is_named_by_its_offset() -> None:
    with pytest.raises(ArticleError, match="lone surrogate at offset 3"):
        Article(text="abc\ud800")


def test_zone_of_an_offset() -> None:
    article = Article(text=TEXT)

    assert article.zone_at(0) == "headline"
    assert article.zone_at(TEXT.index("Two")) == "body"
    assert article.zone_at(TEXT.index("\n")) == "boilerplate"
    assert article.zone_at(10_000) == "boilerplate"


def test_given_zones_are_kept() -> None:
    zones = (Zone(kind="body", start=0, end=len(TEXT)),)

    assert Article(text=TEXT, zones=zones).zones == zones


@pytest.mark.parametrize(
    ("ranges", "reason"),
    [([(0, 10), (5, 20)], "overlap"), ([(20, 30), (0, 10)], "sorted"), ([(0, 9999)], "within")],
)
def test_given_zones_must_divide_the_text(ranges: list[tuple[int, int]], reason: str) -> None:
    zones = tuple(Zone(kind="body", start=start, end=end) for start, end in ranges)

    with pytest.raises(ValidationError, match=reason):
        Article(text=TEXT, zones=zones)


def test_article_survives_json() -> None:
    article = Article(text=TEXT, published=date(2024, 3, 12), language="en")

    assert Article.model_validate_json(article.model_dump_json()) == article
