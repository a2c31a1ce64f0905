"""The course of one extraction, without I/O: ask, prepare, ask again for what failed, finish."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Literal, TypeVar

import dateline
from dateline.asking.base import Answer, Asking, DraftItem, FailedItem, Outcome, Steps
from dateline.completion import Completion, CompletionRequest
from dateline.drafts import EventDraft
from dateline.grounding import Grounder
from dateline.pipeline.finishing import Records, finish
from dateline.pipeline.preparing import Desk, Prepared, prepare
from dateline.records import Extraction, Problem, Provenance, RejectedItem, Usage

if TYPE_CHECKING:
    from dateline.articles import Article
    from dateline.taxonomy import Taxonomy

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Setup:
    """Everything that is the same for all articles of an extractor.

    ``max_reasks`` bounds how often failed items are asked for again; 0 asks once.
    """

    asking: Asking
    taxonomy: Taxonomy
    provider: str
    model: str
    prompt: str
    prompt_fingerprint: str
    schema_fingerprint: str
    max_reasks: int = 1


@dataclass(slots=True)
class Tally:
    """What the calls of one article used, and who answered."""

    usage: Usage = field(default_factory=Usage)
    answered_by: dict[str, None] = field(default_factory=dict)
    notes: dict[str, None] = field(default_factory=dict)

    def add(self, outcomes: Sequence[Outcome]) -> None:
        """Count some outcomes, failed ones too where they know what they used."""
        for outcome in outcomes:
            if isinstance(outcome.usage, Usage):
                self.usage = self.usage + outcome.usage
            if isinstance(outcome, Completion):
                if outcome.model or outcome.provider:
                    self.answered_by[f"{outcome.provider}/{outcome.model}"] = None
                if outcome.note:
                    self.notes[outcome.note] = None


def plan(article: Article, setup: Setup) -> list[CompletionRequest]:
    """The first requests for an article; pure."""
    try:
        return list(next(setup.asking.ask(article)))
    except StopIteration:
        return []


def assemble(article: Article, outcomes: Sequence[Outcome], setup: Setup) -> Extraction:
    """Make the extraction out of the outcomes of ``plan``'s requests, asking nothing more.

    Args:
        outcomes: completions or errors, in the order of ``plan(article, setup)``.

    Raises:
        CompletionError: every request failed.
    """
    steps = extraction_steps(article, replace(setup, max_reasks=0))
    try:
        next(steps)
        while True:
            steps.send(outcomes)
            outcomes = ()
    except StopIteration as stop:
        extraction: Extraction = stop.value
        return extraction


def extraction_steps(article: Article, setup: Setup) -> Steps[Extraction]:
    """One article's extraction as a generator without I/O.

    Yields batches of requests, is sent their outcomes in order, returns the extraction.

    Raises:
        CompletionError: the provider gave nothing for this article.
    """
    tally = Tally()
    if not article.supporting:
        return _extraction(article, setup, tally, Answer(notes=["nothing to read"]), None, [])
    grounder = Grounder(article.text, article.supporting, article.zone_at)
    desk = Desk(article, grounder, setup.taxonomy)
    answer = yield from _tallied(setup.asking.ask(article), tally)
    desk = replace(desk, places=_places(answer), event_places=_event_places(answer))
    prepared, failed = _prepare_all(answer, desk)
    for _ in range(setup.max_reasks):
        wanted = [item for item in failed if _worth_asking(item)]
        if not wanted:
            break
        reply = yield from _tallied(setup.asking.reask(article, wanted), tally)
        answer.notes += reply.notes
        if not reply.items and not reply.failed:
            break
        desk = replace(desk, event_places=desk.event_places | _event_places(reply))
        more, still_failed = _prepare_all(reply, desk)
        prepared += more
        failed = _still_open(failed, more, still_failed)
    lenient = replace(desk, lenient=True)
    rejected = list(answer.rejected)
    for item in failed:
        kept = prepare(item, lenient) if isinstance(item, DraftItem) else item.problems
        if isinstance(kept, Prepared):
            prepared.append(kept)
        else:
            rejected.append(_rejected(item, kept))
    records = finish(prepared, desk) if prepared else None
    return _extraction(article, setup, tally, answer, records, rejected)


def _prepare_all(answer: Answer, desk: Desk) -> tuple[list[Prepared], list[DraftItem | FailedItem]]:
    prepared: list[Prepared] = []
    failed: list[DraftItem | FailedItem] = list(answer.failed)
    for item in answer.items:
        outcome = prepare(item, desk)
        if isinstance(outcome, Prepared):
            prepared.append(outcome)
        else:
            failed.append(replace(item, problems=outcome))
    return prepared, failed


def _places(answer: Answer) -> tuple[str, ...]:
    drafts = (item.draft for item in answer.items)
    return tuple({d.place: None for d in drafts if isinstance(d, EventDraft) and d.place})


def _event_places(answer: Answer) -> frozenset[str]:
    found: list[DraftItem | FailedItem] = [*answer.items, *answer.failed]
    return frozenset(item.where for item in found if item.kind == "event")


def _worth_asking(item: DraftItem | FailedItem) -> bool:
    return not any(problem.code == "too_many_items" for problem in item.problems)


def _still_open(
    failed: Sequence[DraftItem | FailedItem],
    prepared: Sequence[Prepared],
    still_failed: Sequence[DraftItem | FailedItem],
) -> list[DraftItem | FailedItem]:
    """What has not been answered: new failures, and old ones that no new item replaces."""
    replaced = {item.item.where for item in prepared} | {item.where for item in still_failed}
    whole = any(where.startswith("$.reask.") for where in replaced)
    old = [
        replace(item, attempts=item.attempts + 1)
        for item in failed
        if item.where not in replaced and not (whole and item.kind == "answer")
    ]
    return old + list(still_failed)


def _rejected(item: DraftItem | FailedItem, problems: Sequence[Problem]) -> RejectedItem:
    return RejectedItem(
        kind=item.kind,
        where=item.where,
        problems=tuple(problems),
        raw=item.raw_text if isinstance(item, DraftItem) else item.raw,
        attempts=item.attempts,
    )


def _tallied(steps: Steps[T], tally: Tally) -> Steps[T]:
    """Pass everything through and count what comes back."""
    try:
        requests = next(steps)
        while True:
            outcomes = yield requests
            tally.add(outcomes)
            requests = steps.send(outcomes)
    except StopIteration as stop:
        result: T = stop.value
        return result


def _extraction(
    article: Article,
    setup: Setup,
    tally: Tally,
    answer: Answer,
    records: Records | None,
    rejected: list[RejectedItem],
) -> Extraction:
    name: Literal["direct", "guided"] = setup.asking.name
    provenance = Provenance(
        dateline_version=dateline.__version__,
        provider=setup.provider,
        model=setup.model,
        asking=name,
        prompt=setup.prompt,
        prompt_fingerprint=setup.prompt_fingerprint,
        schema_fingerprint=setup.schema_fingerprint,
        taxonomy=setup.taxonomy.id,
        answered_by=tuple(tally.answered_by),
        notes=(*answer.notes, *tally.notes),
    )
    if records is None:
        return Extraction(
            article=article, rejected=tuple(rejected), usage=tally.usage, provenance=provenance
        )
    return Extraction(
        article=article,
        events=records.events,
        claims=records.claims,
        actors=records.actors,
        rejected=tuple(rejected + records.rejected),
        warnings=tuple(records.warnings),
        usage=tally.usage,
        provenance=provenance,
    )
