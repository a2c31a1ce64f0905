"""What an extraction returns: records, what was rejected and why, usage and provenance."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any, Literal

from pydantic import Field

from dateline.articles import Article
from dateline.records.actors import Actor
from dateline.records.attempts import Attempt
from dateline.records.claim import Claim
from dateline.records.event import Event
from dateline.spans import Frozen

if TYPE_CHECKING:
    import pandas as pd

Severity = Literal["error", "warning"]
RejectedKind = Literal[
    "event", "claim", "count", "actor", "date", "place", "evidence", "field", "answer"
]


class Problem(Frozen):
    """One finding of a check: ``code`` is stable, ``where`` is a JSON path into the answer or
    the extraction, ``message`` says what is wrong without repeating article text."""

    code: str
    where: str
    message: str
    severity: Severity = "error"


class RejectedItem(Frozen):
    """Something a model answered that did not pass, kept with its reasons.

    ``raw`` is the item as the model wrote it (JSON text, or the unreadable answer itself);
    ``attempts`` counts how often it was asked for. ``record_id`` names the record that the item
    would have been part of, when that record was kept without it.
    """

    kind: RejectedKind
    where: str
    problems: tuple[Problem, ...]
    raw: str
    attempts: Annotated[int, Field(ge=1)] = 1
    record_id: str | None = None


class Usage(Frozen):
    """What an extraction cost. A cache hit adds to ``cached_calls`` and to nothing else.

    Tokens are as counted by the provider: ``cached_input_tokens`` were read from its prompt cache
    and ``cache_write_tokens`` written to it, both a part of ``input_tokens``. ``seconds`` is the
    time spent waiting for answers, summed over calls. ``cost_usd`` is null where no price is known.
    """

    calls: int = 0
    cached_calls: int = 0
    input_tokens: int = 0
    cached_input_tokens: int = 0
    cache_write_tokens: int = 0
    output_tokens: int = 0
    reasoning_tokens: int = 0
    seconds: float = 0.0
    cost_usd: float | None = None

    @property
    def cached_input_ratio(self) -> float:
        """The part of the input that the provider had in its prompt cache, from 0 to 1."""
        return self.cached_input_tokens / self.input_tokens if self.input_tokens else 0.0

    def __add__(self, other: Usage) -> Usage:
        cost = None
        if self.cost_usd is not None or other.cost_usd is not None:
            cost = (self.cost_usd or 0.0) + (other.cost_usd or 0.0)
        return Usage(
            calls=self.calls + other.calls,
            cached_calls=self.cached_calls + other.cached_calls,
            input_tokens=self.input_tokens + other.input_tokens,
            cached_input_tokens=self.cached_input_tokens + other.cached_input_tokens,
            cache_write_tokens=self.cache_write_tokens + other.cache_write_tokens,
            output_tokens=self.output_tokens + other.output_tokens,
            reasoning_tokens=self.reasoning_tokens + other.reasoning_tokens,
            seconds=self.seconds + other.seconds,
            cost_usd=cost,
        )


class Provenance(Frozen):
    """What made an extraction: enough to make it again."""

    dateline_version: str
    provider: str
    model: str
    asking: Literal["direct", "guided", "custom"]
    prompt: str
    prompt_fingerprint: str
    schema_fingerprint: str
    taxonomy: str
    answered_by: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()


class Extraction(Frozen):
    """Events and claims of one article, each grounded in its text.

    Guarantees: every ``Evidence.quote`` equals ``article.text[start:end]`` and lies in a
    headline, standfirst or body zone; every number stands in its own evidence; every id that is
    referred to exists. What a model answered and what did not pass is in ``rejected``.
    ``attempts`` lists every call that was made and every answer that the cache had; ``usage`` is
    their sum.
    """

    article: Article
    events: tuple[Event, ...] = ()
    claims: tuple[Claim, ...] = ()
    actors: tuple[Actor, ...] = ()
    rejected: tuple[RejectedItem, ...] = ()
    warnings: tuple[Problem, ...] = ()
    usage: Usage = Usage()
    attempts: tuple[Attempt, ...] = ()
    provenance: Provenance

    def actor(self, actor_id: str) -> Actor:
        """Return the actor with this id; raises ``KeyError`` when there is none."""
        for actor in self.actors:
            if actor.id == actor_id:
                return actor
        raise KeyError(actor_id)

    def frame(
        self, table: Literal["events", "claims", "counts", "actors", "rejected"] = "events"
    ) -> pd.DataFrame:
        """Return one table of the extraction as a pandas frame, one row a record.

        Raises ``ImportError`` with the extra to install when pandas is missing.
        """
        from dateline.output.frames import frame

        return frame([self], table)

    def _repr_html_(self) -> str:
        from dateline.output.html import fragment

        return fragment(self)


class Failure(Frozen):
    """An article for which no extraction could be made, and why.

    ``error`` is the stable code of the exception (``DatelineError.code``); ``source`` is the
    file and, in JSONL, the line.
    """

    article_id: str | None = None
    source: str | None = None
    error: str
    message: str
    usage: Usage = Usage()
    attempts: tuple[Attempt, ...] = ()
    details: dict[str, Any] = Field(default_factory=dict)
