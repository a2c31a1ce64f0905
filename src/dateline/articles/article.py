"""The article itself: one untouched text with its zones."""

from __future__ import annotations

import hashlib
from bisect import bisect_right
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import Any, Self

from pydantic import BaseModel, ConfigDict, model_validator

from dateline.spans import Span, Zone, ZoneKind


class Article(BaseModel):
    """One news article: the untouched original text and what is known about it.

    Every offset in every record counts code points into ``text``. ``published`` anchors relative
    dates; when it is None no calendar date is ever resolved from words such as "Friday".
    ``zones`` are found when not given. ``id`` defaults to the first 16 hex digits of the SHA-256
    of the text. ``source`` says where the text was read from, for messages only.
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
    zones: tuple[Zone, ...] = ()

    @model_validator(mode="before")
    @classmethod
    def _complete(cls, data: Any) -> Any:
        from dateline.articles.zones import find_zones

        if isinstance(data, dict) and isinstance(data.get("text"), str):
            data = dict(data)
            if not data.get("id"):
                digest = hashlib.sha256(data["text"].encode("utf-8", "surrogatepass"))
                data["id"] = digest.hexdigest()[:16]
            if not data.get("zones"):
                data["zones"] = find_zones(data["text"], title=data.get("title"))
        return data

    @cached_property
    def supporting(self) -> tuple[Span, ...]:
        """The spans that may support a record: headline, standfirst and body, in text order."""
        return tuple(zone.span for zone in self.zones if zone.supports)

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
        """Read one article from a .txt, .md, .html, .json or (one-line) .jsonl file."""
        from dateline.articles.load import article_from_file

        return cls.model_validate(article_from_file(Path(path), **known))

    @classmethod
    def from_html(cls, html: str | bytes, *, url: str | None = None, **known: Any) -> Self:
        """Take the main text of an HTML page, with title, date and publisher as it states them."""
        from dateline.articles.html import article_from_html

        return cls.model_validate(article_from_html(html, url=url, **known))
