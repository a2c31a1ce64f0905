"""``Extractor``: the sync face, over the same stages on a background event loop."""

from __future__ import annotations

import asyncio
import queue
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any, Self, TypeVar

from pydantic import BaseModel

from dateline.extractor import background
from dateline.extractor.asynchronous import AsyncExtractor

if TYPE_CHECKING:
    from dateline.articles import Article
    from dateline.completion import Completer
    from dateline.config import Config
    from dateline.extractor.building import AskingName
    from dateline.observing import OnEvent
    from dateline.pipeline import Setup
    from dateline.records import Extraction, Failure
    from dateline.taxonomy import Taxonomy

M = TypeVar("M", bound=BaseModel)


class Extractor:
    """Turn articles into extractions. Arguments and errors are those of ``AsyncExtractor``.

    Safe to use from several threads and in a notebook. Close it, or use it in ``with``, to stop
    an embedded model at once; otherwise that happens when the process ends.
    """

    def __init__(
        self,
        *,
        provider: str | Completer | None = None,
        config: str | Path | Config | None = None,
        taxonomy: str | Path | Taxonomy = "acled",
        prompts: str | Path | None = None,
        asking: AskingName | None = None,
        cache: bool = True,
        max_reasks: int = 1,
        draft: type[BaseModel] | None = None,
        assemble: Callable[[Article, Any], Any] | None = None,
        on_event: OnEvent | None = None,
        max_usd: float | None = None,
    ) -> None:
        self._async = AsyncExtractor(
            provider=provider,
            config=config,
            taxonomy=taxonomy,
            prompts=prompts,
            asking=asking,
            cache=cache,
            max_reasks=max_reasks,
            draft=draft,
            assemble=assemble,
            on_event=on_event,
            max_usd=max_usd,
        )

    @property
    def notice(self) -> str | None:
        """One line that a person should read before trusting the output, or None."""
        return self._async.notice

    @property
    def setup(self) -> Setup:
        """What ``dateline.pipeline.plan`` and ``assemble`` need; see ``AsyncExtractor.setup``."""
        return self._async.setup

    def extract(self, article: Article) -> Extraction:
        """See ``AsyncExtractor.extract``."""
        return background.run(self._async.extract(article))

    def extract_as(self, model: type[M], article: Article) -> M:
        """See ``AsyncExtractor.extract_as``."""
        return background.run(self._async.extract_as(model, article))

    def extract_many(
        self, articles: Iterable[Article | Failure], *, concurrency: int | None = None
    ) -> Iterator[Extraction | Failure]:
        """Extract many articles with bounded concurrency; see ``AsyncExtractor.extract_many``.

        The iterable is read on a background thread. Leaving the loop early cancels the rest.
        """
        results: queue.SimpleQueue[Extraction | Failure | BaseException | None] = (
            queue.SimpleQueue()
        )

        async def feed() -> None:
            try:
                async for result in self._async.extract_many(articles, concurrency=concurrency):
                    results.put(result)
            except BaseException as error:
                results.put(error)
                raise
            results.put(None)

        future = asyncio.run_coroutine_threadsafe(feed(), background.loop())
        try:
            while (result := results.get()) is not None:
                if isinstance(result, BaseException):
                    raise result
                yield result
        finally:
            if not future.done():
                future.cancel()

    def close(self) -> None:
        """Close connections and the cache, and stop the embedded model if this one started it."""
        background.run(self._async.aclose())

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()
