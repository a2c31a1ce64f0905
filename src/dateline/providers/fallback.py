"""Ask the next provider when one cannot answer."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING

from dateline.errors import CompletionError, Rejected, Unavailable

if TYPE_CHECKING:
    from collections.abc import Sequence

    from dateline.completion import Completer, Completion, CompletionRequest

log = logging.getLogger("dateline")


class Fallback:
    """The first of several completers that answers.

    A completer that is not reached, asks to slow down beyond its retries, or declines the key,
    the model or the quota is passed over for this request. A refusal or an unreadable answer is
    an answer: nobody else is asked. Each member brings its own cache, limits and retries.

    Args:
        completers: in the order they are asked; at least one.
    """

    def __init__(self, completers: Sequence[Completer]) -> None:
        if not completers:
            raise ValueError("a fallback needs at least one completer")
        self._completers = tuple(completers)

    @property
    def name(self) -> str:
        """Of the first completer; ``Completion.provider`` says who answered."""
        return self._completers[0].name

    @property
    def family(self) -> str:
        """Of the first completer."""
        return self._completers[0].family

    @property
    def model(self) -> str:
        """Of the first completer."""
        return self._completers[0].model

    async def complete(self, request: CompletionRequest) -> Completion:
        """Ask each completer in turn until one answers.

        Raises:
            CompletionError: of the last one, when none did.
        """
        for completer in self._completers[:-1]:
            try:
                return await completer.complete(request)
            except CompletionError as error:
                if not (error.retryable or isinstance(error, Unavailable | Rejected)):
                    raise
                log.warning("%s; asking the next provider", error)
        return await self._completers[-1].complete(request)

    async def aclose(self) -> None:
        """Close all of them."""
        for completer in self._completers:
            await completer.aclose()
