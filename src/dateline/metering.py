"""What each call costs, noted when it ends, and a budget that stops before it would be passed."""

from __future__ import annotations

import asyncio
import time
from collections import deque
from dataclasses import replace
from typing import TYPE_CHECKING

from dateline.completion import Completer, Completion, CompletionRequest, Wrapping
from dateline.errors import BudgetExceeded, CompletionError
from dateline.ledger import note
from dateline.records import Usage

if TYPE_CHECKING:
    from dateline.prices import Prices

_MAY_BE_BILLED_S = 1.0
"""A call that ended without a status after so long may have reached the model."""


class Budget:
    """US dollars that all calls of an extractor together may cost.

    Before a call, the most that it may cost is held back; after it, what it did cost is counted.
    A call that fits only once others have turned out cheaper waits for them.

    Args:
        max_usd: the bound.
    """

    def __init__(self, max_usd: float) -> None:
        self.max_usd = max_usd
        self.spent_usd = 0.0
        self._held = 0.0
        self._calls = 0
        self._waiting: deque[asyncio.Future[None]] = deque()

    async def hold(self, usd: float) -> None:
        """Hold back ``usd`` for a call.

        Raises:
            BudgetExceeded: it does not fit, and will not when the calls in flight have ended.
        """
        while self.spent_usd + self._held + usd > self.max_usd:
            if not self._calls or self.spent_usd + usd > self.max_usd:
                raise BudgetExceeded(
                    f"the next call may cost up to ${usd:.4f}; ${self.spent_usd:.4f} of "
                    f"${self.max_usd:.4f} are spent",
                    where="limits.max_usd",
                    remedy="Raise max_usd, or lower max_tokens, which bounds what a call may cost.",
                )
            turn = asyncio.get_running_loop().create_future()
            self._waiting.append(turn)
            await turn
        self._held += usd
        self._calls += 1

    def settle(self, held: float, spent: float) -> None:
        """Give back what was held for a call that has ended, and count what it cost."""
        self._held -= held
        self._calls -= 1
        self.spent_usd += spent
        if not self._calls:
            self._held = 0.0  # Sums of floats leave crumbs.
        while self._waiting:
            _wake(self._waiting.popleft())


class Metered(Wrapping):
    """A completer that knows what another one's calls cost and notes each of them in the ledger.

    Stands right in front of a provider, so that it sees every attempt.

    Args:
        completer: who answers.
        prices: of its models.
        budget: what calls may cost; shared by all providers of an extractor.
        over_http: whether an answer means status 200.
    """

    def __init__(
        self,
        completer: Completer,
        prices: Prices,
        *,
        budget: Budget | None = None,
        over_http: bool = True,
    ) -> None:
        super().__init__(completer)
        self._prices = prices
        self._budget = budget
        self._status = 200 if over_http else None

    async def complete(self, request: CompletionRequest) -> Completion:
        """Ask, once the budget allows it.

        Raises:
            BudgetExceeded: the call might pass the budget; nothing was sent.
            CompletionError: as the other completer does, with priced usage.
        """
        if self._budget is None:
            return await self._ask(request)
        held = self._prices.most(request)
        await self._budget.hold(held)
        spent, began = held, time.monotonic()
        try:
            completion = await self._ask(request)
            cost = completion.usage.cost_usd
            # An answer without counted tokens is paid for all the same.
            spent = held if cost is None and not completion.cached else cost or 0.0
            return completion
        except CompletionError as error:
            lost = error.status is None and time.monotonic() - began > _MAY_BE_BILLED_S
            known = error.usage.cost_usd if isinstance(error.usage, Usage) else None
            spent = known if known is not None else held if lost else 0.0
            raise
        finally:
            self._budget.settle(held, spent)

    async def _ask(self, request: CompletionRequest) -> Completion:
        began = time.perf_counter()
        try:
            completion = await self._inner.complete(request)
        except CompletionError as error:
            if not isinstance(error.usage, Usage):
                error.usage = Usage(calls=1, seconds=time.perf_counter() - began)
            error.usage = self._priced(error.usage, self.model)
            note(self, request, error)
            raise
        usage = self._priced(completion.usage, completion.model)
        if usage is not completion.usage:
            completion = replace(completion, usage=usage)
        note(self, request, completion, status=self._status)
        return completion

    def _priced(self, usage: Usage, model: str) -> Usage:
        if usage.cost_usd is not None:
            return usage
        cost = self._prices.cost(usage, model)
        return usage if cost is None else usage.model_copy(update={"cost_usd": cost})


def _wake(turn: asyncio.Future[None]) -> None:
    """Let a waiting call look again, on whichever event loop it waits."""

    def go() -> None:
        if not turn.done():
            turn.set_result(None)

    loop = turn.get_loop()
    if not loop.is_closed():
        loop.call_soon_threadsafe(go)
