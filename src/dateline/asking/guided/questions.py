"""Small questions with closed answers: how they are worded, asked twice, and read.

A small model prefers a place in a list to what stands there. So every question is asked with its
options in two orders, and only an answer that names the same option both times counts; otherwise
code's own guess stands. The system text of each kind of question is the same bytes every time,
and questions are asked kind by kind, so a server's prompt cache pays for it.
"""

from __future__ import annotations

import hashlib
import json
import re
from dataclasses import dataclass, field
from functools import lru_cache
from typing import TYPE_CHECKING, Any, Literal

from pydantic import BaseModel, ConfigDict, create_model

from dateline.completion import (
    Completion,
    CompletionRequest,
    Message,
    OutputSchema,
    Prefix,
    Sampling,
)
from dateline.errors import CompletionError, PromptError
from dateline.resources import find

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from dateline.asking.base import Steps

Kind = Literal["event", "actor", "count", "claim"]
KINDS: tuple[Kind, ...] = ("event", "actor", "count", "claim")

_LETTERS = "ABCDEFGHIJ"
_LETTER = re.compile(r'"\s*([A-J])\s*"|^\W*([A-J])\b')
_SAMPLING = Sampling(temperature=0.0, max_tokens=24)


@dataclass(frozen=True, slots=True)
class Question:
    """One choice. ``options`` are shown as letters; ``guess`` is code's own answer, an index
    into them. ``text`` is the only part that comes from the article."""

    kind: Kind
    text: str
    ask: str
    options: tuple[str, ...]
    guess: int


@dataclass(slots=True)
class Outcome:
    """What came of the questions: ``choices`` in their order, never empty-handed."""

    choices: list[int]
    asked: int = 0
    failed: int = 0
    overruled: int = 0
    first_error: CompletionError | None = None


@dataclass(slots=True)
class Tally:
    """Counts over all batches of one article."""

    asked: int = 0
    failed: int = 0
    overruled: int = 0
    skipped: int = 0
    first_error: CompletionError | None = None
    unreadable: int = 0
    kinds: dict[str, int] = field(default_factory=dict)


class Questioner:
    """Turns questions into requests and answers into choices.

    Args:
        prompts: a folder that is looked in for ``guided.<kind>.<version>.jinja`` first.
        twice: ask with the options in two orders, and keep the guess when the answers differ.
    """

    def __init__(
        self, *, prompts: Path | None = None, version: str = "v1", twice: bool = True
    ) -> None:
        self.prefixes = {kind: _prefix(kind, version, prompts) for kind in KINDS}
        self.version = version
        self.twice = twice
        digest = hashlib.sha256(b"".join(self.prefixes[kind].digest for kind in KINDS))
        self.fingerprint = digest.hexdigest()[:16]

    def ask(
        self, questions: Sequence[Question], *, article_id: str, tally: Tally, limit: int
    ) -> Steps[list[int]]:
        """Ask, kind by kind, at most until ``tally`` holds ``limit`` requests.

        Returns one option index a question, in the order of ``questions``: the model's where it
        was clear, otherwise the guess.
        """
        choices = [question.guess for question in questions]
        order = sorted(range(len(questions)), key=lambda i: KINDS.index(questions[i].kind))
        requests: list[CompletionRequest] = []
        meaning: list[tuple[int, tuple[int, ...]]] = []
        for i in order:
            turns = self._orders(questions[i])
            if tally.asked + len(requests) + len(turns) > limit:
                tally.skipped += 1
                continue
            for turn in turns:
                requests.append(self._request(questions[i], turn, article_id))
                meaning.append((i, turn))
        if not requests:
            return choices
        outcomes = yield requests
        tally.asked += len(requests)
        votes: dict[int, list[int | None]] = {}
        for (i, turn), outcome in zip(meaning, outcomes, strict=True):
            votes.setdefault(i, []).append(_vote(outcome, turn, tally))
        for i, found in votes.items():
            kind = questions[i].kind
            tally.kinds[kind] = tally.kinds.get(kind, 0) + 1
            first = found[0]
            if first is not None and all(vote == first for vote in found):
                tally.overruled += first != choices[i]
                choices[i] = first
        return choices

    def _orders(self, question: Question) -> list[tuple[int, ...]]:
        straight = tuple(range(len(question.options)))
        return [straight, straight[::-1]] if self.twice else [straight]

    def _request(
        self, question: Question, turn: tuple[int, ...], article_id: str
    ) -> CompletionRequest:
        return CompletionRequest(
            prefix=self.prefixes[question.kind],
            messages=(Message("user", _wording(question, turn)),),
            schema=choice_schema(len(turn)),
            sampling=_SAMPLING,
            purpose=f"guided.{question.kind}",
            article_id=article_id,
        )


def _wording(question: Question, turn: tuple[int, ...]) -> str:
    code = hashlib.sha256(question.text.encode("utf-8", "surrogatepass")).hexdigest()[:6]
    options = "\n".join(f"{_LETTERS[n]}: {question.options[i]}" for n, i in enumerate(turn))
    return f"=== {code}\n{question.text}\n=== {code}\n{question.ask}\n{options}"


def _vote(outcome: Completion | CompletionError, turn: tuple[int, ...], tally: Tally) -> int | None:
    if isinstance(outcome, CompletionError):
        tally.failed += 1
        tally.first_error = tally.first_error or outcome
        return None
    letter = read_letter(outcome.text, len(turn))
    if letter is None:
        tally.failed += 1
        tally.unreadable += 1
        return None
    return turn[letter]


def read_letter(text: str, options: int) -> int | None:
    """The index of the letter that an answer names; None when it names none of the options."""
    try:
        answer: Any = json.loads(text)
    except ValueError:
        answer = text
    if isinstance(answer, dict):
        answer = answer.get("answer")
    if not isinstance(answer, str):
        return None
    hit = _LETTER.search(answer[:200])
    letter = (hit.group(1) or hit.group(2)) if hit else ""
    index = _LETTERS.find(letter) if letter else -1
    return index if 0 <= index < options else None


@lru_cache(maxsize=len(_LETTERS))
def choice_schema(options: int) -> OutputSchema:
    """The answer's schema: one letter of the first ``options``. One object a size, for good."""
    letters: Any = Literal[tuple(_LETTERS[:options])]
    model = create_model(
        "Choice", __config__=ConfigDict(extra="forbid"), __base__=None, answer=(letters, ...)
    )
    assert issubclass(model, BaseModel)  # noqa: S101  # create_model is typed as any model
    return OutputSchema(name=f"choice_of_{options}", model=model)


def _prefix(kind: Kind, version: str, override: Path | None) -> Prefix:
    path = find("prompts", f"guided.{kind}.{version}.jinja", override=override)
    from jinja2 import Environment, StrictUndefined, TemplateError

    try:
        environment = Environment(undefined=StrictUndefined, autoescape=False)  # noqa: S701  # plain text for a model, and no article text
        text = environment.from_string(path.read_text(encoding="utf-8")).render().strip()
    except (OSError, UnicodeDecodeError, TemplateError) as error:
        raise PromptError(
            f"cannot render the prompt ({type(error).__name__})",
            where=str(path),
            remedy="Compare it with the file that dateline ships.",
        ) from error
    return Prefix((Message("system", text),))
