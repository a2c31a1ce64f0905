"""The direct way of asking: one request fills in the whole draft; for strong models.

A long article becomes several requests, one a chunk, asked together. Failed items are asked for
again in one request that holds the article, the items and what is wrong with each.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Literal

from dateline.asking.base import Answer, DraftItem, FailedItem, Outcome, Steps
from dateline.completion import CompletionRequest, Message, OutputSchema, Sampling
from dateline.errors import CompletionError, Refused
from dateline.prompting import Prompt, article_message, reask_message
from dateline.salvage import MAX_RAW, BadItem, GoodItem, read_answer
from dateline.spans import Span

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from dateline.articles import Article
    from dateline.records import RejectedItem


SMALLEST_HALF = 400
"""Characters: a part of an article shorter than two of these is not split further."""


class DirectAsking:
    """Ask for events and claims in one go.

    Args:
        prompt: the rendered prompt; its prefix is shared by all requests.
        schema: what the answer must look like; its model is a ``Draft``.
        sampling: sampling parameters of every request.
        chunk_chars: characters of article text in one request; longer articles are split.
        prompts: the user's prompt folder, for the re-ask template.
    """

    name: Literal["direct"] = "direct"

    def __init__(
        self,
        *,
        prompt: Prompt,
        schema: OutputSchema,
        sampling: Sampling,
        chunk_chars: int = 24_000,
        prompts: Path | None = None,
    ) -> None:
        self.prompt = prompt
        self.schema = schema
        self.sampling = sampling
        self.chunk_chars = chunk_chars
        self._prompts = prompts

    def requests(self, article: Article) -> list[CompletionRequest]:
        """The requests for one article, one for each chunk, in text order."""
        return [request for request, _ in self._asked(article)]

    def read(self, article: Article, outcomes: Sequence[Outcome]) -> Answer:
        """Read the outcomes of ``requests``.

        Raises:
            CompletionError: every request failed; the first failure.
        """
        return self._read(self._asked(article), outcomes)

    def _read(
        self,
        asked: Sequence[tuple[CompletionRequest, Span | None]],
        outcomes: Sequence[Outcome],
    ) -> Answer:
        outcomes = [_usable(outcome) for outcome in outcomes]
        errors = [outcome for outcome in outcomes if isinstance(outcome, CompletionError)]
        if errors and len(errors) == len(outcomes):
            raise errors[0]
        answer = Answer()
        for number, ((_, near), outcome) in enumerate(zip(asked, outcomes, strict=True)):
            root = "$" if len(asked) == 1 else f"$.chunks[{number}]"
            self._add(answer, outcome, root=root, near=near)
        return answer

    def ask(self, article: Article) -> Steps[Answer]:
        """See ``Asking.ask``."""
        asked = self._asked(article)
        outcomes = yield [request for request, _ in asked]
        answer = self._read(asked, outcomes)
        cut = [near for (_, near), o in zip(asked, outcomes, strict=True) if _was_cut(o)]
        if cut:
            yield from self._ask_smaller(article, cut, answer)
        return answer

    def reask(self, article: Article, failed: Sequence[DraftItem | FailedItem]) -> Steps[Answer]:
        """See ``Asking.reask``. One request for each chunk that has failed items.

        An item longer than ``MAX_RAW`` is no slip, and is not sent back.
        """
        failed = [item for item in failed if len(_raw(item)) <= MAX_RAW + 100]
        batches: list[tuple[CompletionRequest, Span | None, list[DraftItem | FailedItem]]] = []
        for request, near in self._asked(article):
            mine = [item for item in failed if near is None or item.near in (near, None)]
            if mine:
                batches.append((self._reask_request(request, mine), near, mine))
        outcomes = yield [request for request, _, _ in batches]
        answer = Answer()
        for (_, near, mine), outcome in zip(batches, outcomes, strict=True):
            usable = _usable(outcome)
            if isinstance(usable, CompletionError):
                answer.notes.append(f"re-ask failed: {usable.code}")
                continue
            reply = Answer()
            self._add(reply, usable, root="$.reask", near=near)
            _place(reply, mine)
            answer.items += reply.items
            answer.failed += reply.failed
            answer.rejected += reply.rejected
        return answer

    def _ask_smaller(
        self, article: Article, cut: Sequence[Span | None], answer: Answer
    ) -> Steps[None]:
        """Ask anew, in halves, about every part of the article whose answer was cut off.

        What had been read is kept; items that come back a second time are merged with it later.
        """
        halves = [half for near in cut for half in self._halves(article, near)]
        if not halves:
            return
        asked = [(self._request(article, text), near) for text, near in halves]
        outcomes = yield [request for request, _ in asked]
        answer.failed = [item for item in answer.failed if not _is_cut(item)]
        for number, ((_, near), outcome) in enumerate(zip(asked, outcomes, strict=True)):
            self._add(answer, _usable(outcome), root=f"$.halves[{number}]", near=near)

    def _halves(self, article: Article, near: Span | None) -> list[tuple[str, Span]]:
        from dateline.chunking import chunks

        spans = article.supporting if near is None else _clipped(article.supporting, near)
        length = sum(span.end - span.start for span in spans)
        if length < SMALLEST_HALF * 2:
            return []
        parts = chunks(spans, text=article.text, max_chars=length // 2 + SMALLEST_HALF)
        return [(part.text, Span(part.start, part.end)) for part in parts]

    def _asked(self, article: Article) -> list[tuple[CompletionRequest, Span | None]]:
        reading = article.reading.text
        if len(reading) <= self.chunk_chars:
            return [(self._request(article, reading), None)]
        from dateline.chunking import chunks

        parts = chunks(article.supporting, text=article.text, max_chars=self.chunk_chars)
        return [(self._request(article, part.text), Span(part.start, part.end)) for part in parts]

    def _request(self, article: Article, text: str) -> CompletionRequest:
        title = article.title if article.title and article.title not in text else None
        shown = article_message(text, published=article.published, title=title)
        return CompletionRequest(
            prefix=self.prompt.prefix,
            messages=(Message("user", shown),),
            schema=self.schema,
            sampling=self.sampling,
            purpose="extract",
            article_id=article.id,
        )

    def _reask_request(
        self, request: CompletionRequest, failed: Sequence[DraftItem | FailedItem]
    ) -> CompletionRequest:
        listed = [(item.where, [p.message for p in item.problems], _raw(item)) for item in failed]
        raw = "{}" if any(item.kind == "answer" for item in failed) else _as_answer(failed)
        question = reask_message(listed, override=self._prompts)
        messages = (*request.messages, Message("assistant", raw), Message("user", question))
        return replace(request, messages=messages, purpose="reask")

    def _add(self, answer: Answer, outcome: Outcome, *, root: str, near: Span | None) -> None:
        if isinstance(outcome, CompletionError):
            answer.notes.append(f"{root}: {outcome.code}: {outcome.what}")
            answer.failed.append(_from_error(outcome, root, near))
            return
        found = read_answer(
            outcome.text,
            self.schema.model,  # type: ignore[arg-type]  # always a Draft here
            cut=outcome.finish_reason == "length",
        )
        answer.items += [_item(good, root, near) for good in found.good]
        answer.failed += [_failed(bad, root, near) for bad in found.bad]
        answer.rejected += [_rejected(lost, root) for lost in found.lost]
        if found.cut:
            answer.notes.append(f"{root}: the answer was cut off")


def _usable(outcome: Outcome) -> Outcome:
    """A refusal without an answer is an error like any other."""
    if isinstance(outcome, CompletionError) or outcome.text.strip():
        return outcome
    if outcome.finish_reason in ("refusal", "content_filter"):
        reason = outcome.detail or outcome.finish_reason.replace("_", " ")
        return Refused(
            f"the model declined to answer: {reason}",
            where=outcome.provider,
            remedy='Another provider may answer: see fallback, with "refused" in fallback_on.',
        )
    return outcome


def _was_cut(outcome: Outcome) -> bool:
    return not isinstance(outcome, CompletionError) and outcome.finish_reason == "length"


def _is_cut(item: FailedItem) -> bool:
    return any(problem.code == "cut_off" for problem in item.problems)


def _clipped(spans: Sequence[Span], bounds: Span) -> list[Span]:
    clipped = [Span(max(s.start, bounds.start), min(s.end, bounds.end)) for s in spans]
    return [span for span in clipped if span.start < span.end]


def _item(good: GoodItem, root: str, near: Span | None) -> DraftItem:
    return DraftItem(good.kind, good.draft, root + good.where[1:], good.raw, near)


def _failed(bad: BadItem, root: str, near: Span | None) -> FailedItem:
    return FailedItem(bad.kind, root + bad.where[1:], bad.raw, bad.problems, near)


def _rejected(lost: BadItem, root: str) -> RejectedItem:
    from dateline.records import RejectedItem

    return RejectedItem(
        kind=lost.kind, where=root + lost.where[1:], problems=lost.problems, raw=lost.raw
    )


def _from_error(error: CompletionError, root: str, near: Span | None) -> FailedItem:
    from dateline.records import Problem

    problem = Problem(code=error.code, where=root, message=error.what)
    return FailedItem("answer", root, "", (problem,), near)


def _raw(item: DraftItem | FailedItem) -> str:
    return item.raw_text if isinstance(item, DraftItem) else item.raw


def _as_answer(failed: Sequence[DraftItem | FailedItem]) -> str:
    events = ",".join(_raw(item) for item in failed if item.kind == "event")
    claims = ",".join(_raw(item) for item in failed if item.kind == "claim")
    return f'{{"events":[{events}],"claims":[{claims}]}}'


def _place(reply: Answer, asked: Sequence[DraftItem | FailedItem]) -> None:
    """Give re-asked items the places of the items that they replace, kind by kind, in order."""
    attempts = max(item.attempts for item in asked) + 1
    for kind in ("event", "claim"):
        places = [item.where for item in asked if item.kind == kind]
        if any(item.kind == "answer" for item in asked):
            places = []  # A whole answer is asked for anew: its own places hold.
        renamed = _renamed(reply, kind, places)
        reply.items = [
            replace(item, where=renamed.get(item.where, item.where), attempts=attempts)
            for item in reply.items
        ]
        reply.failed = [
            replace(item, where=renamed.get(item.where, item.where), attempts=attempts)
            for item in reply.failed
        ]


def _renamed(reply: Answer, kind: str, places: Sequence[str]) -> dict[str, str]:
    returned = [item.where for item in reply.items if item.kind == kind]
    returned += [item.where for item in reply.failed if item.kind == kind]
    returned.sort(key=_position)
    return dict(zip(returned, places, strict=False))


def _position(where: str) -> int:
    digits = where.rpartition("[")[2].rstrip("]")
    return int(digits) if digits.isdigit() else 0
