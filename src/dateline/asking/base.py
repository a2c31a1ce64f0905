"""The small interface behind which the two ways of asking stand.

A way of asking is a generator without I/O: it yields batches of requests, is sent their outcomes
in the same order, and returns an ``Answer``. The extractor drives it, so sync and async faces,
the cache, retries and tests all share one logic.
"""

from __future__ import annotations

from collections.abc import Generator, Sequence
from dataclasses import dataclass, field
from typing import Literal, Protocol, TypeVar

from dateline.articles import Article
from dateline.completion import Completion, CompletionRequest
from dateline.drafts import ClaimDraft, EventDraft
from dateline.errors import CompletionError
from dateline.records import Problem, RejectedItem
from dateline.spans import Span

Outcome = Completion | CompletionError
T = TypeVar("T")
Steps = Generator[Sequence[CompletionRequest], Sequence[Outcome], T]
"""Yields requests, is sent their outcomes in order, returns a ``T``."""


@dataclass(frozen=True, slots=True)
class DraftItem:
    """One item of an answer that has the right shape, not yet grounded.

    ``where`` is its JSON path in the answer, ``raw`` its JSON text (empty when the draft says it
    all), ``problems`` what was found wrong with it since. ``near`` is where in the
    original text its quotes stand, when the way of asking knows (guided) or the chunk it was
    asked about (direct): it decides between repeated occurrences of a quote.
    """

    kind: Literal["event", "claim"]
    draft: EventDraft | ClaimDraft
    where: str
    raw: str
    near: Span | None = None
    attempts: int = 1
    problems: tuple[Problem, ...] = ()

    @property
    def raw_text(self) -> str:
        """The item's JSON text, as the model wrote it or as the draft writes itself."""
        return self.raw or self.draft.model_dump_json()


@dataclass(frozen=True, slots=True)
class FailedItem:
    """One item that failed validation or a check, with everything a re-ask needs."""

    kind: Literal["event", "claim", "answer"]
    where: str
    raw: str
    problems: tuple[Problem, ...]
    near: Span | None = None
    attempts: int = 1


@dataclass(slots=True)
class Answer:
    """What came back for one article: items with the right shape, and those without."""

    items: list[DraftItem] = field(default_factory=list)
    failed: list[FailedItem] = field(default_factory=list)
    rejected: list[RejectedItem] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)


class Asking(Protocol):
    """A way of getting a draft out of a model."""

    @property
    def name(self) -> Literal["direct", "guided"]: ...

    def ask(self, article: Article) -> Steps[Answer]:
        """Ask for everything in the article."""
        ...

    def reask(self, article: Article, failed: Sequence[DraftItem | FailedItem]) -> Steps[Answer]:
        """Ask again for the failed items only, with their problems. Returns their replacements;
        an empty answer where this way of asking has nothing to ask again."""
        ...
