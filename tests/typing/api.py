"""The public API as a type checker sees it; checked by mypy, never run."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import assert_type

from pydantic import BaseModel

import dateline
from dateline import (
    Article,
    AsyncExtractor,
    Claim,
    Event,
    Evidence,
    Extraction,
    Extractor,
    Failure,
    Quote,
    RejectedItem,
    ground,
    load_config,
)


class Casualty(BaseModel):
    words: Quote
    killed: int | None


def sync_face() -> None:
    article = Article(text="Nine people were killed.", published=date(2026, 3, 12))
    extractor = Extractor(provider="openai", config=load_config(None), taxonomy="acled")
    result = extractor.extract(article)
    assert_type(result, Extraction)
    assert_type(result.events, tuple[Event, ...])
    assert_type(result.claims, tuple[Claim, ...])
    assert_type(result.rejected, tuple[RejectedItem, ...])
    assert_type(extractor.extract_many([article], concurrency=4), Iterator[Extraction | Failure])
    filled = extractor.extract_as(Casualty, article)
    assert_type(filled, Casualty)
    assert_type(filled.words.evidence, Evidence | None)
    assert_type(ground("a quote", article.text), Evidence | None)
    assert_type(dateline.__version__, str)


async def async_face(article: Article) -> None:
    async with AsyncExtractor() as extractor:
        assert_type(await extractor.extract(article), Extraction)
        async for result in extractor.extract_many([article]):
            assert_type(result, Extraction | Failure)
