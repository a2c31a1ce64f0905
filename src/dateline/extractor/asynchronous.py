"""``AsyncExtractor``: where the pure stages meet I/O."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import AsyncIterator, Awaitable, Callable, Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, Self, TypeVar

from pydantic import BaseModel

from dateline.articles import Article
from dateline.errors import BudgetExceeded, CompletionError, DatelineError
from dateline.extractor.escalating import escalating
from dateline.ledger import current, enter, ledger
from dateline.records import Extraction, Failure, Usage

if TYPE_CHECKING:
    # The stages compile a few hundred patterns: they are loaded when an extractor is made, so
    # that importing the library stays cheap.
    from dateline.asking.base import Outcome, Steps
    from dateline.asking.filling import Filling
    from dateline.completion import Completer, CompletionRequest
    from dateline.config import Config
    from dateline.extractor.building import AskingName
    from dateline.observing import OnEvent
    from dateline.pipeline import Setup
    from dateline.taxonomy import Taxonomy

T = TypeVar("T")
M = TypeVar("M", bound=BaseModel)

log = logging.getLogger("dateline")


class AsyncExtractor:
    """Turn articles into extractions, on the caller's event loop.

    Args:
        provider: the name of a provider in the configuration, ``"name/model"``, or a completer.
            None for the configuration's default.
        config: a path, a loaded ``Config``, or None for the nearest ``dateline.toml``; without
            one the embedded local model answers.
        taxonomy: ``"acled"``, ``"muc4"`` or the path of a taxonomy file.
        prompts: a folder whose files replace shipped prompts of the same name.
        asking: ``"direct"`` or ``"guided"``; None for what suits the provider.
        cache: False to neither read nor write the cache.
        max_reasks: how often failed items are asked for again, per article.
        draft: a model of your own that ``extract`` fills in instead of events and claims.
        assemble: called with the article and the filled-in ``draft``; what it returns is what
            ``extract`` returns.
        on_event: called with a ``RunEvent`` for each article, attempt, retry, fallback and cache
            hit, on the thread of the event loop: it should return at once.
        max_usd: what all calls of this extractor may cost together; None for what the
            configuration says. The call that might pass it is not made.

    Raises:
        ConfigError: the configuration, the provider's name or its key, or a budget for a model
            whose price is not known.
        PromptError: a prompt or the taxonomy.
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
        from dateline.extractor.building import Options, build
        from dateline.pipeline import extraction_steps

        self._extraction_steps = extraction_steps
        self._options = Options(
            taxonomy=taxonomy,
            prompts=Path(prompts) if prompts is not None else None,
            asking=asking,
            cache=cache,
            max_reasks=max_reasks,
            on_event=on_event,
            max_usd=max_usd,
        )
        self._build = build(provider, config, self._options)
        self._draft = draft
        self._assemble = assemble
        self._fillings: dict[type[BaseModel], Filling[Any]] = {}

    @property
    def notice(self) -> str | None:
        """One line that a person should read before trusting the output, or None."""
        return self._build.notice

    @property
    def setup(self) -> Setup:
        """What ``dateline.pipeline.plan`` and ``assemble`` need, for those who make the calls
        themselves."""
        return self._build.setup

    @property
    def concurrency(self) -> int:
        """Articles in flight at once unless ``extract_many`` is told otherwise."""
        return self._build.concurrency

    async def extract(self, article: Article) -> Extraction:
        """Extract the events and claims of one article.

        With ``draft`` and ``assemble`` given, returns what ``assemble`` returns.

        Raises:
            CompletionError: the provider gave nothing for this article.
        """
        if self._draft is not None:
            draft: Any = await self.extract_as(self._draft, article)
            assembled: Extraction = self._assemble(article, draft) if self._assemble else draft
            return assembled
        return await self._course(
            article, lambda: self._extraction_steps(article, self._build.setup)
        )

    async def extract_as(self, model: type[M], article: Article) -> M:
        """Fill in a Pydantic model from one article; every ``Quote`` field is grounded.

        Raises:
            CompletionError: no valid answer; ``InvalidAnswer`` names the fields.
            SchemaError: the model cannot be turned into a JSON Schema.
        """
        filling = self._fillings.get(model)
        if filling is None:
            filling = self._fillings[model] = self._filling(model)
        filled: M = await self._course(article, lambda: filling.steps(article))
        return filled

    async def extract_many(
        self, articles: Iterable[Article | Failure], *, concurrency: int | None = None
    ) -> AsyncIterator[Extraction | Failure]:
        """Extract many articles, with bounded concurrency.

        Articles are taken from the iterable only as fast as they are worked on. A ``Failure``
        among them (an input that could not be read) is passed through.

        Yields:
            One extraction or failure for each article, as they complete. Never raises for one
            article.
        """
        limit = self.concurrency if concurrency is None else concurrency
        if limit < 1:
            raise ValueError("concurrency must be at least 1")
        source = iter(articles)
        pending: set[asyncio.Task[Extraction | Failure]] = set()
        exhausted = False
        try:
            while True:
                while not exhausted and len(pending) < limit:
                    try:
                        article = next(source)
                    except StopIteration:
                        exhausted = True
                        break
                    if isinstance(article, Failure):
                        yield article
                        continue
                    pending.add(asyncio.create_task(self._attempt(article)))
                if not pending:
                    return
                done, pending = await asyncio.wait(pending, return_when=asyncio.FIRST_COMPLETED)
                for task in done:
                    yield task.result()
        finally:
            for task in pending:
                task.cancel()
            await asyncio.gather(*pending, return_exceptions=True)

    async def aclose(self) -> None:
        """Close connections and the cache, and stop the embedded model if this one started it."""
        await self._build.completer.aclose()

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(self, *_: object) -> None:
        await self.aclose()

    async def _attempt(self, article: Article) -> Extraction | Failure:
        try:
            return await self.extract(article)
        except DatelineError as error:
            return failure(article, error)
        except Exception as error:  # One article never stops a run, whatever it trips over.
            # A traceback can hold the article's words: it is shown to those who ask for it.
            log.error(
                "unexpected %s while extracting %s",
                type(error).__name__,
                article.id,
                exc_info=log.isEnabledFor(logging.DEBUG),
            )
            return Failure(
                article_id=article.id,
                source=article.source,
                error="internal_error",
                message=f"unexpected {type(error).__name__}; please report it with --debug output",
            )

    async def _course(self, article: Article, steps: Callable[[], Steps[T]]) -> T:
        """Run one article's steps, under the eyes of whoever watches."""
        watch = self._build.watch
        if watch is None:
            return await self._accounted(article, steps)
        with watch.article(article) as finish:
            result = await self._accounted(article, steps)
            finish(result)
            return result

    async def _accounted(self, article: Article, steps: Callable[[], Steps[T]]) -> T:
        """Run one article's steps; the result, or the error, gets every attempt and their sum."""
        completer, watch = self._build.completer, self._build.watch
        with ledger() as kept:
            try:
                result: Any = await escalating(article, steps, completer, self._drive, watch=watch)
            except CompletionError as error:
                if kept.attempts:
                    error.attempts, error.usage = tuple(kept.attempts), kept.usage
                raise
        if isinstance(result, Extraction) and kept.attempts:
            counted = {"attempts": tuple(kept.attempts), "usage": kept.usage}
            result = result.model_copy(update=counted)
        accounted: T = result
        return accounted

    async def _drive(self, steps: Steps[T], completer: Completer, answered: dict[str, None]) -> T:
        """Answer the requests of a course of steps until it returns; note who answered."""
        try:
            requests = next(steps)
            while True:
                outcomes = await self._answer(requests, completer)
                for outcome in outcomes:
                    answered[getattr(outcome, "provider", "")] = None
                requests = steps.send(outcomes)
        except StopIteration as stop:
            result: T = stop.value
            return result

    async def _answer(
        self, requests: Sequence[CompletionRequest], completer: Completer
    ) -> Sequence[Outcome]:
        if len(requests) == 1:
            outcomes = [await _noted(completer, requests[0])]
        else:
            outcomes = await asyncio.gather(*(_noted(completer, each) for each in requests))
        for request, outcome in zip(requests, outcomes, strict=True):
            # Half an article is not done; one that only lacks its re-ask is.
            if isinstance(outcome, BudgetExceeded) and request.purpose != "reask":
                raise outcome
        return outcomes

    def _filling(self, model: type[M]) -> Filling[M]:
        from pydantic.errors import PydanticInvalidForJsonSchema, PydanticUserError

        from dateline.asking.filling import Filling
        from dateline.errors import SchemaError
        from dateline.prompting import extract_as_prompt
        from dateline.schema_lint import log_findings

        filling = Filling(
            model,
            prompt=extract_as_prompt(override=self._options.prompts),
            sampling=self._build.sampling,
            max_reasks=self._options.max_reasks,
            prompts=self._options.prompts,
        )
        try:
            schema = filling.schema.json_schema
        except (PydanticInvalidForJsonSchema, PydanticUserError) as error:
            raise SchemaError(
                f"no JSON Schema can be made of this model: {error.message}",
                where=model.__name__,
                remedy="Use fields of plain types, lists and nested models.",
            ) from error
        log_findings(schema, name=model.__name__, family=self._build.completer.family)
        return filling


async def _noted(completer: Completer, request: CompletionRequest) -> Outcome:
    """The outcome of one request; its attempts go to the article's ledger."""
    article = current()
    with ledger() as noted:
        outcome = await outcome_of(completer.complete(request))
    if not noted.attempts and not isinstance(outcome, BudgetExceeded):
        # Answered by a cache, or by a completer that keeps no ledger.
        enter(noted, completer, request, outcome)
    if article is not None:
        article.take(noted)
    return outcome


async def outcome_of(answer: Awaitable[Any]) -> Outcome:
    """Await a completion; a provider's failure is a value here, not an exception."""
    try:
        completion: Outcome = await answer
        return completion
    except CompletionError as error:
        return error


def failure(article: Article, error: DatelineError) -> Failure:
    """The failure record of an article."""
    details: dict[str, Any] = {}
    usage: Usage = Usage()
    attempts: tuple[Any, ...] = ()
    if isinstance(error, CompletionError):
        usage, attempts = error.usage or usage, error.attempts
        if error.status is not None:
            details["status"] = error.status
    return Failure(
        article_id=article.id,
        source=article.source,
        error=error.code,
        message=str(error),
        usage=usage,
        attempts=attempts,
        details=details,
    )
