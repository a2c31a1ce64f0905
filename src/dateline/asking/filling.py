"""Fill in any Pydantic model from one article, with its ``Quote`` fields grounded."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Generic, TypeVar

from pydantic import BaseModel, ValidationError

from dateline.asking.base import Steps
from dateline.completion import CompletionRequest, Message, OutputSchema, Sampling
from dateline.errors import CompletionError, InvalidAnswer, Refused, Truncated
from dateline.grounding import Grounder
from dateline.prompting import Prompt, article_message, reask_message
from dateline.salvage import read_json

if TYPE_CHECKING:
    from dateline.articles import Article
    from dateline.completion import Completion

M = TypeVar("M", bound=BaseModel)


class Filling(Generic[M]):
    """Ask for one model's fields; validation errors are asked about again, at most ``max_reasks``
    times."""

    def __init__(
        self,
        model: type[M],
        *,
        prompt: Prompt,
        sampling: Sampling,
        max_reasks: int = 1,
        prompts: Path | None = None,
    ) -> None:
        self.model = model
        self.schema = OutputSchema(name=model.__name__, model=model)
        self.prompt = prompt
        self.sampling = sampling
        self.max_reasks = max_reasks
        self._prompts = prompts

    def request(self, article: Article) -> CompletionRequest:
        """The first request for an article."""
        title = article.title
        text = article.reading.text
        shown = article_message(
            text,
            published=article.published,
            title=title if title and title not in text else None,
        )
        return CompletionRequest(
            prefix=self.prompt.prefix,
            messages=(Message("user", shown),),
            schema=self.schema,
            sampling=self.sampling,
            purpose="extract_as",
            article_id=article.id,
        )

    def steps(self, article: Article) -> Steps[M]:
        """Ask until the answer is valid or the re-asks are used up.

        Raises:
            CompletionError: ``InvalidAnswer`` names the fields that stayed wrong; ``Refused``,
                ``Truncated`` or the provider's failure otherwise.
        """
        grounder = Grounder(article.text, article.supporting, article.zone_at)
        request = first = self.request(article)
        problems: list[str] = []
        for attempt in range(self.max_reasks + 1):
            outcome = (yield [request])[0]
            if isinstance(outcome, CompletionError):
                raise outcome
            value = self._value(outcome)
            try:
                return self.model.model_validate(value, context={"grounder": grounder})
            except ValidationError as error:
                problems = _readable(error)
            if outcome.finish_reason == "length":
                raise Truncated(
                    "the answer was cut off at the token limit",
                    where=self.model.__name__,
                    remedy="Raise max_tokens for this provider.",
                )
            if attempt < self.max_reasks:
                listed = [("$", problems, outcome.text or "(empty)")]
                question = reask_message(listed, override=self._prompts)
                request = replace(
                    first,
                    messages=(*first.messages, Message("user", question)),
                    purpose="reask_as",
                )
        raise InvalidAnswer(
            f"the answer does not fit after {self.max_reasks + 1} attempts: {'; '.join(problems)}",
            where=self.model.__name__,
            remedy="Loosen the model, or use a stronger provider.",
        )

    def _value(self, outcome: Completion) -> object:
        if not outcome.text.strip() and outcome.finish_reason in ("refusal", "content_filter"):
            raise Refused(
                f"the model declined to answer: {outcome.detail or outcome.finish_reason}",
                where=outcome.provider,
                remedy='Another provider may answer: see fallback, with "refused" in fallback_on.',
            )
        value, _ = read_json(outcome.text)
        return value


def _readable(error: ValidationError) -> list[str]:
    """Messages with their JSON paths, without the input that failed."""
    found = []
    for detail in error.errors(include_url=False, include_input=False, include_context=False)[:12]:
        path = "".join(f"[{p}]" if isinstance(p, int) else f".{p}" for p in detail["loc"])
        found.append(f"${path}: {detail['msg']}")
    return found
