"""Hand an article to the next provider when one's answers stay unusable after every re-ask."""

from __future__ import annotations

import logging
from collections.abc import Awaitable, Callable
from typing import TYPE_CHECKING, Any

from dateline.errors import CompletionError, InvalidAnswer, Truncated
from dateline.records import Extraction, Usage

if TYPE_CHECKING:
    from dateline.articles import Article
    from dateline.asking.base import Steps
    from dateline.completion import Completer
    from dateline.observing import Watch

Drive = Callable[[Any, "Completer", dict[str, None]], Awaitable[Any]]

log = logging.getLogger("dateline")


async def escalating(
    article: Article,
    steps: Callable[[], Steps[Any]],
    completer: Completer,
    drive: Drive,
    *,
    watch: Watch | None = None,
) -> Any:
    """Run the steps of an article, and run them anew with the next provider where it is the
    configuration's wish (``fallback_on`` with ``invalid``) and nothing usable came back.

    Args:
        article: the article.
        steps: makes the steps afresh.
        completer: who is asked first; only a ``Fallback`` has others behind it.
        drive: runs steps with a completer and notes the names of those that answered.
        watch: told when another provider is asked.

    Raises:
        CompletionError: of the provider that was asked last.
    """
    after = getattr(completer, "after", None)
    answered: dict[str, None] = {}
    if after is None:
        return await drive(steps(), completer, answered)
    result: Any = None
    failed: CompletionError | None = None
    try:
        result = await drive(steps(), completer, answered)
        if not is_exhausted(result):
            return result
    except (InvalidAnswer, Truncated) as error:
        if "" in answered:
            raise  # A provider's own failure: the fallback has been through its list already.
        failed = error
    answered.pop("", None)
    stand_in: Completer | None = after(answered)
    if stand_in is None:
        if failed is not None:
            raise failed
        return result
    named = next(reversed(answered), completer.name)
    _tell(article, named, stand_in.name, watch)
    spent = failed.usage if failed is not None else getattr(result, "usage", None)
    try:
        again = await escalating(article, steps, stand_in, drive, watch=watch)
    except CompletionError as error:
        if result is not None:
            return _noted(
                result, f"fallback: {stand_in.name} failed too ({error.code})", error.usage
            )
        error.usage = _sum(error.usage, spent)
        raise
    return _noted(again, f"fallback: {stand_in.name} answered in place of {named} (invalid)", spent)


def is_exhausted(result: object) -> bool:
    """Whether everything that was answered was rejected."""
    return (
        isinstance(result, Extraction)
        and bool(result.rejected)
        and not result.events
        and not result.claims
    )


def _noted(result: Any, note: str, spent: object) -> Any:
    if not isinstance(result, Extraction):
        return result
    provenance = result.provenance
    return result.model_copy(
        update={
            "usage": _sum(result.usage, spent),
            "provenance": provenance.model_copy(update={"notes": (*provenance.notes, note)}),
        }
    )


def _sum(one: object, other: object) -> Any:
    if not isinstance(one, Usage):
        return other
    return one + other if isinstance(other, Usage) else one


def _tell(article: Article, provider: str, next_provider: str, watch: Watch | None) -> None:
    log.warning(
        "%s: the answers of %s stayed unusable; asking %s",
        article.id,
        provider,
        next_provider,
        extra={"provider": provider, "error": "invalid_answer", "next_provider": next_provider},
    )
    if watch is not None:
        from dateline.observing import RunEvent

        watch.tell(
            RunEvent(
                "fallback",
                article.id,
                provider=provider,
                error="invalid_answer",
                next_provider=next_provider,
            )
        )
