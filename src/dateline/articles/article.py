"""The article itself: one untouched text with its zones."""

from __future__ import annotations

import hashlib
from bisect import bisect_right
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import Any, Self

from pydantic import BaseModel, ConfigDict, model_validator

from dateline.articles.published import parse_published
from dateline.articles.reading import Reading
from dateline.articles.zones import find_zones
from dateline.errors import ArticleError
from dateline.spans import Span, Zone, ZoneKind


class Article(BaseModel):
    """One news article: the untouched original text and what is known about it.

    Every offset in every record counts code points into ``text``. ``published`` anchors relative
    dates; when it is None no calendar date is ever resolved from words such as "Friday". It may be
    given as a date, or as text that ``parse_published`` reads. ``zones`` are found when not given.
    ``id`` defaults to the first 16 hex digits of the SHA-256 of the text. ``source`` says where
    the text was read from, for messages only. ``html_sha256`` is the hash of the page that the
    text was taken from, when it was taken from one; offsets count into ``text``, not the page.

    Raises:
        ArticleError: the text holds characters that no file can (lone surrogates), or
            ``published`` is no date.
    """

    model_config = ConfigDict(frozen=True, extra="forbid", defer_build=True)

    text: str
    id: str = ""
    title: str | None = None
    published: date | None = None
    url: str | None = None
    publisher: str | None = None
    language: str | None = None
    source: str | None = None
    html_sha256: str | None = None
    zones: tuple[Zone, ...] = ()

    @model_validator(mode="before")
    @classmethod
    def _fill_in(cls, data: Any) -> Any:
        if not isinstance(data, dict) or not isinstance(data.get("text"), str):
            return data
        data = dict(data)
        text = data["text"]
        try:
            encoded = text.encode("utf-8")
        except UnicodeEncodeError as error:
            raise ArticleError(
                f"The text holds a lone surrogate at offset {error.start}.",
                where=data.get("source"),
                remedy="Decode or export the text again; half of a character is missing.",
            ) from None
        if not data.get("id"):
            data["id"] = hashlib.sha256(encoded).hexdigest()[:16]
        published = data.get("published")
        if published is not None and type(published) is not date:
            data["published"] = parse_published(published, where=data.get("source"))
        if not data.get("zones"):
            title = data.get("title")
            data["zones"] = find_zones(text, title=title if isinstance(title, str) else None)
        return data

    @model_validator(mode="after")
    def _zones_in_order(self) -> Self:
        end = 0
        for zone in self.zones:
            if zone.start < end:
                raise ValueError("zones must be sorted and must not overlap")
            end = zone.end
        if end > len(self.text):
            raise ValueError("zones must lie within the text")
        return self

    @cached_property
    def supporting(self) -> tuple[Span, ...]:
        """The spans that may support a record: headline, standfirst and body, in text order."""
        return tuple(zone.span for zone in self.zones if zone.supports)

    @cached_property
    def reading(self) -> Reading:
        """The supporting text alone, as a model may read it, with its map back to ``text``."""
        return Reading.of(self.text, self.zones)

    @cached_property
    def _zone_starts(self) -> list[int]:
        return [zone.start for zone in self.zones]

    def zone_at(self, offset: int) -> ZoneKind:
        """The zone that the character at ``offset`` belongs to; ``boilerplate`` outside all."""
        index = bisect_right(self._zone_starts, offset) - 1
        if index >= 0 and offset < self.zones[index].end:
            return self.zones[index].kind
        return "boilerplate"

    @classmethod
    def from_file(cls, path: str | Path, **known: Any) -> Self:
        """Read the one article of a .txt, .md, .html, .json or .jsonl file.

        ``known`` are fields that the caller states (title, published, url, publisher, language,
        id), and how to read the file (``encoding``, ``fields``, ``max_bytes``).

        Raises:
            ArticleError: says what is wrong with which file, and what to do.
        """
        from dateline.articles.load import article_from_file

        return cls.model_validate(article_from_file(path, **known))

    @classmethod
    def from_html(cls, html: str | bytes, *, url: str | None = None, **known: Any) -> Self:
        """Take the main text of an HTML page, with title, date and publisher as it states them.

        Offsets count into the text that was taken, not into the page.

        Raises:
            ArticleError: the page holds no readable text, or the HTML reader is not installed.
        """
        from dateline.articles.html import article_from_html

        return cls.model_validate(article_from_html(html, url=url, **known))
