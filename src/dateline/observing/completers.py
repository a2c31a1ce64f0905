"""Two thin completers that tell a ``Watch`` what passes through them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dateline.completion import Wrapping
from dateline.observing.events import RunEvent

if TYPE_CHECKING:
    from dateline.completion import Completer, Completion, CompletionRequest
    from dateline.observing.watch import Watch


class _Passing(Wrapping):
    def __init__(self, completer: Completer, watch: Watch) -> None:
        super().__init__(completer)
        self._watch = watch


class ObservedAttempts(_Passing):
    """Directly in front of a provider: tells of every attempt."""

    async def complete(self, request: CompletionRequest) -> Completion:
        """Ask once."""
        return await self._watch.attempt(self._inner, request)


class ObservedAnswers(_Passing):
    """In front of a cache: tells of the answers that cost nothing."""

    async def complete(self, request: CompletionRequest) -> Completion:
        """Ask, through the cache."""
        completion = await self._inner.complete(request)
        if completion.cached:
            self._watch.tell(
                RunEvent(
                    "cache_hit",
                    request.article_id,
                    provider=self.name,
                    model=completion.model,
                    purpose=request.purpose,
                    finish_reason=completion.finish_reason,
                    usage=completion.usage,
                )
            )
        return completion
