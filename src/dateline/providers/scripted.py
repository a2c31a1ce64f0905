"""A provider that answers from a script: for tests, demonstrations and examples.

A script is a sequence of answers, a function of the request, or a JSON Lines file.
"""

from __future__ import annotations

import asyncio
import inspect
import json
from collections.abc import Awaitable, Callable, Iterable
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, Final

from pydantic import BaseModel

from dateline.completion import Completion, CompletionRequest
from dateline.errors import (
    CompletionError,
    ConfigError,
    InvalidAnswer,
    RateLimited,
    Refused,
    Rejected,
    Truncated,
    Unavailable,
)
from dateline.records import Usage

if TYPE_CHECKING:
    from pathlib import Path

    from dateline.config import ProviderConfig

Answer = str | dict[str, Any] | list[Any] | BaseModel | Completion | Exception
"""Text as it is; data and models as JSON; a whole completion; an exception to be raised."""
Script = Iterable[Answer] | Callable[[CompletionRequest], Answer | Awaitable[Answer]]

_ERRORS: Final[dict[str, type[CompletionError]]] = {
    "unavailable": Unavailable,
    "rate_limited": RateLimited,
    "rejected": Rejected,
    "refused": Refused,
    "truncated": Truncated,
    "invalid_answer": InvalidAnswer,
}
_LINE_KEYS = {"answer", "text", "error", "finish_reason", "article", "purpose", "match", "delay_s"}
_LINE_KEYS |= {"message", "retry_after_s", "usage"}


class Scripted:
    """Answers what it was told to, and keeps the requests it was sent in ``requests``.

    Args:
        script: answers in the order they are given, or a function of the request (async or
            not). An exception among the answers is raised.
        repeat: begin again at the end of the answers, instead of declining further requests.
        delay_s: seconds to wait before each answer.
        name, family, model: as which it appears in results, cache keys and messages.
    """

    def __init__(
        self,
        script: Script,
        *,
        repeat: bool = False,
        delay_s: float = 0.0,
        name: str = "scripted",
        family: str = "scripted",
        model: str = "scripted",
    ) -> None:
        self._ask = script if callable(script) else None
        self._answers = [] if callable(script) else list(script)
        self._repeat = repeat
        self._delay_s = delay_s
        self._given = 0
        self._name = name
        self._family = family
        self._model = model
        self.requests: list[CompletionRequest] = []

    @property
    def name(self) -> str:
        """The name given to it."""
        return self._name

    @property
    def family(self) -> str:
        """The family given to it."""
        return self._family

    @property
    def model(self) -> str:
        """The model given to it."""
        return self._model

    async def complete(self, request: CompletionRequest) -> Completion:
        """Give the next answer.

        Raises:
            Rejected: the script has no further answer.
            CompletionError: the script says so.
        """
        self.requests.append(request)
        answer = self._next() if self._ask is None else self._ask(request)
        if self._delay_s:
            await asyncio.sleep(self._delay_s)
        if inspect.isawaitable(answer):
            answer = await answer
        if isinstance(answer, Exception):
            raise answer
        return self._completion(answer)

    async def aclose(self) -> None:
        """Nothing is held open."""

    def _next(self) -> Answer:
        if self._given >= len(self._answers):
            if not self._repeat or not self._answers:
                raise Rejected(
                    f"the script has {len(self._answers)} answers and was asked once more",
                    where=self._name,
                    remedy="Add answers, or let it repeat.",
                )
            self._given = 0
        self._given += 1
        return self._answers[self._given - 1]

    def _completion(self, answer: Answer) -> Completion:
        if isinstance(answer, Completion):
            return replace(
                answer, provider=answer.provider or self._name, model=answer.model or self._model
            )
        if isinstance(answer, BaseModel):
            text = answer.model_dump_json()
        elif isinstance(answer, str):
            text = answer
        else:
            text = json.dumps(answer, ensure_ascii=False)
        return Completion(text=text, usage=Usage(calls=1), provider=self._name, model=self._model)


def build(settings: ProviderConfig) -> Scripted:
    """Build the provider of kind ``scripted`` from its file (``script = "answers.jsonl"``).

    Raises:
        ConfigError: no file, or a line of it that cannot be read.
    """
    path = settings.path("script")
    lines = read_script(path)
    return Scripted(
        _Lines(lines, path),
        name=settings.name or "scripted",
        model=settings.model or "scripted",
    )


@dataclass(slots=True)
class ScriptLine:
    """One line of a script file: an answer, and the requests it is for.

    A line with ``article`` (an article's id), ``purpose`` or ``match`` (words of the request's
    last message) answers every request that all of them fit; a line without answers once.
    """

    answer: Answer
    article: str | None = None
    purpose: str | None = None
    match: str | None = None
    delay_s: float = 0.0
    used: bool = False

    @property
    def selects(self) -> bool:
        """Whether the line says which requests it is for."""
        return not (self.article is None and self.purpose is None and self.match is None)

    def fits(self, request: CompletionRequest) -> bool:
        """Whether this line may answer the request now."""
        if not self.selects:
            return not self.used
        last = request.messages[-1].content if request.messages else ""
        return (
            self.article in (None, request.article_id)
            and self.purpose in (None, request.purpose)
            and (self.match is None or self.match in last)
        )


def read_script(path: Path) -> list[ScriptLine]:
    """Read a script: JSON Lines, each with ``answer`` (JSON), ``text`` or ``error``.

    Raises:
        ConfigError: a line is no such object; the message names it by number.
    """
    lines = []
    for number, text in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1):
        if text.strip():
            lines.append(_line(text, f"{path}:{number}"))
    if not lines:
        raise ConfigError("the script is empty", where=str(path), remedy='Add {"answer": ...}.')
    return lines


class _Lines:
    """Chooses among the lines of a script: those that select first, then the others in turn."""

    def __init__(self, lines: list[ScriptLine], path: Path) -> None:
        self._lines = sorted(lines, key=lambda line: not line.selects)
        self._path = path

    async def __call__(self, request: CompletionRequest) -> Answer:
        line = next((line for line in self._lines if line.fits(request)), None)
        if line is None:
            return Rejected(
                "the script has no answer for this request",
                where=str(self._path),
                remedy=f'Add a line with "article": {json.dumps(request.article_id)} and '
                f'"purpose": {json.dumps(request.purpose)}, or one that says neither.',
            )
        line.used = True
        if line.delay_s:
            await asyncio.sleep(line.delay_s)
        return line.answer


def _line(text: str, where: str) -> ScriptLine:
    try:
        line = json.loads(text)
    except ValueError:
        line = None
    if not isinstance(line, dict):
        raise ConfigError("this is no JSON object", where=where, remedy='Write {"answer": ...}.')
    if unknown := line.keys() - _LINE_KEYS:
        raise ConfigError(
            f"unknown key {min(unknown)!r}", where=where, remedy=f"Known: {sorted(_LINE_KEYS)}."
        )
    if len({"answer", "text", "error"} & line.keys()) != 1:
        raise ConfigError(
            "a line needs one of answer, text and error", where=where, remedy="Keep one."
        )
    try:
        return ScriptLine(
            answer=_answer(line),
            article=line.get("article"),
            purpose=line.get("purpose"),
            match=line.get("match"),
            delay_s=float(line.get("delay_s", 0.0)),
        )
    except (KeyError, TypeError, ValueError) as error:
        problem = ConfigError(
            f"a value does not fit ({type(error).__name__})",
            where=where,
            remedy=f"error is one of {sorted(_ERRORS)}; usage has Usage's fields.",
        )
    raise problem


def _answer(line: dict[str, Any]) -> Answer:
    if "error" in line:
        error = _ERRORS[line["error"]](line.get("message", "the script says so"), where="script")
        wait = line.get("retry_after_s")
        error.retry_after_s = float(wait) if wait is not None else None
        return error
    text = line["text"] if "text" in line else json.dumps(line["answer"], ensure_ascii=False)
    if not isinstance(text, str):
        raise TypeError("text")
    usage = Usage(**{"calls": 1, **line.get("usage", {})})
    return Completion(text=text, finish_reason=line.get("finish_reason", "stop"), usage=usage)
