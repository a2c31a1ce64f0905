"""Ask the next provider when one cannot answer."""

from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING, Final, Literal

from dateline.completion import Completion, CompletionRequest
from dateline.errors import (
    CompletionError,
    InvalidAnswer,
    RateLimited,
    Refused,
    Rejected,
    Truncated,
    Unavailable,
)
from dateline.records import Usage

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from dateline.completion import Completer

log = logging.getLogger("dateline")

Condition = Literal["unavailable", "rate_limited", "rejected", "refused", "invalid"]
DEFAULT_CONDITIONS: Final[tuple[Condition, ...]] = ("unavailable", "rate_limited", "rejected")

_ERRORS: Final[dict[Condition, tuple[type[CompletionError], ...]]] = {
    "unavailable": (Unavailable,),
    "rate_limited": (RateLimited,),
    "rejected": (Rejected,),
    "refused": (Refused,),
    "invalid": (InvalidAnswer, Truncated),
}

OnFallback = Callable[[CompletionRequest, str, str, str], None]
"""Told the request, who could not answer, the code of the reason, and who is asked instead."""


class Fallback:
    """The first of several completers that answers.

    What is paid for with one that fails is added to the answer's usage; ``Completion.provider``
    says who answered, and ``Completion.note`` in whose place and why. Each member brings its own
    cache, limits and retries, so "fails" means: after its own retries.

    Args:
        completers: in the order they are asked; at least one.
        conditions: for each completer, on what the next one is asked instead:
            ``unavailable`` (not reached, 5xx), ``rate_limited`` and ``rejected`` (key, model,
            quota) by default; ``refused`` and ``invalid`` (an answer that cannot be read, or was
            cut with nothing usable in it) where asked for.
        on_fallback: told of each change of provider.
    """

    def __init__(
        self,
        completers: Sequence[Completer],
        conditions: Sequence[Collection[Condition]] | None = None,
        *,
        on_fallback: OnFallback | None = None,
    ) -> None:
        if not completers:
            raise ValueError("a fallback needs at least one completer")
        self._completers = tuple(completers)
        self._conditions = tuple(
            frozenset(each) for each in conditions or [DEFAULT_CONDITIONS] * len(completers)
        )
        if len(self._conditions) != len(self._completers):
            raise ValueError("a fallback needs conditions for each completer")
        self._on_fallback = on_fallback

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

    def after(self, answered: Collection[str]) -> Fallback | None:
        """Who is asked about an article whose answers stayed invalid after every re-ask.

        Args:
            answered: names of the providers that gave those answers; the last of them counts.

        Returns:
            None where ``invalid`` is no condition of that provider, or nobody comes after it.
        """
        places = [n for n, each in enumerate(self._completers) if each.name in answered]
        place = max(places, default=0)
        following = place + 1
        if following == len(self._completers) or "invalid" not in self._conditions[place]:
            return None
        return Fallback(
            self._completers[following:],
            self._conditions[following:],
            on_fallback=self._on_fallback,
        )

    async def complete(self, request: CompletionRequest) -> Completion:
        """Ask each completer in turn until one answers.

        Raises:
            CompletionError: of the last one that was asked, with the usage of all.
        """
        spent: Usage | None = None
        reasons: list[str] = []
        last = len(self._completers) - 1
        for place, completer in enumerate(self._completers):
            try:
                completion = await completer.complete(request)
            except CompletionError as error:
                spent = _sum(spent, error.usage)
                if place == last or not self._passes(place, error):
                    error.usage = spent
                    raise
                code = error.code
            else:
                declined = _declined(completion)
                if place == last or declined is None or "refused" not in self._conditions[place]:
                    return _answered(completion, spent, reasons)
                spent, code = _sum(spent, completion.usage), declined
            reasons.append(f"{completer.name} ({code})")
            self._tell(request, completer.name, code, self._completers[place + 1].name)
        raise AssertionError("the last completer answers or raises")

    async def aclose(self) -> None:
        """Close all of them."""
        for completer in self._completers:
            await completer.aclose()

    def _passes(self, place: int, error: CompletionError) -> bool:
        return any(isinstance(error, _ERRORS[on]) for on in self._conditions[place])

    def _tell(self, request: CompletionRequest, name: str, code: str, following: str) -> None:
        log.warning(
            "%s could not answer (%s); asking %s",
            name,
            code,
            following,
            extra={"provider": name, "error": code, "next_provider": following},
        )
        if self._on_fallback is not None:
            self._on_fallback(request, name, code, following)


def _declined(completion: Completion) -> str | None:
    """The code of a refusal that came as an answer without text."""
    if completion.finish_reason in ("refusal", "content_filter") and not completion.text.strip():
        return "refused"
    return None


def _answered(completion: Completion, spent: Usage | None, reasons: list[str]) -> Completion:
    if not reasons:
        return completion
    note = f"fallback: {completion.provider} answered in place of {', '.join(reasons)}"
    usage = completion.usage + spent if spent is not None else completion.usage
    return replace(completion, usage=usage, note=note)


def _sum(spent: Usage | None, more: object) -> Usage | None:
    if not isinstance(more, Usage):
        return spent
    return more if spent is None else spent + more
