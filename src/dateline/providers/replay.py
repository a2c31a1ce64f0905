"""A provider that answers from recorded runs, and the recorder that makes them.

``dateline.recordings`` says what stands in their file.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from dateline.completion import Completer, Completion, CompletionRequest, Wrapping
from dateline.errors import ReplayMiss
from dateline.recordings import Asked, read_recordings, recording
from dateline.records import Usage
from dateline.request_key import request_key

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from dateline.config import ProviderConfig


class Replay:
    """Answers recorded requests at no cost, and no others.

    Args:
        recordings: answers by key.
        asked: the families, models and epochs that they were recorded from.
        name: as which it appears in results and messages.
        where: the file, for messages.
    """

    def __init__(
        self,
        recordings: dict[str, Completion],
        *,
        asked: Iterable[Asked],
        name: str = "replay",
        where: str = "recordings",
    ) -> None:
        self._recordings = recordings
        self._asked = list(dict.fromkeys(asked))
        self._name = name
        self._where = where

    @property
    def name(self) -> str:
        """The configured name."""
        return self._name

    @property
    def family(self) -> str:
        """Always ``replay``: nothing that replays is worth caching again."""
        return "replay"

    @property
    def model(self) -> str:
        """The model whose answers were recorded first."""
        return self._asked[0][1] if self._asked else "recorded"

    async def complete(self, request: CompletionRequest) -> Completion:
        """Return what was answered when this was recorded.

        Raises:
            ReplayMiss: this request was not recorded.
        """
        for family, model, epoch in self._asked:
            key = request_key(request, family=family, model=model, epoch=epoch)
            found = self._recordings.get(key)
            if found is not None:
                return replace(found, cached=True, usage=Usage(cached_calls=1))
        article = f" for article {request.article_id!r}" if request.article_id else ""
        raise ReplayMiss(
            f"there is no recording of this request ({request.purpose}{article}, "
            f"schema {request.schema.name} {request.schema.fingerprint})",
            where=self._where,
            remedy="It was recorded with another text, prompt, schema or sampling, or not at all: "
            "record it by running once and then `dateline cache export FILE.jsonl`, or with a "
            "provider wrapped in dateline.providers.Recorder(completer, path).",
        )

    async def aclose(self) -> None:
        """Nothing is held open."""


class Recorder(Wrapping):
    """A completer that writes down every answer of another one, as ``Replay`` reads them.

    Args:
        completer: who answers.
        path: the file; answers are appended to it.
        epoch: as in ``[cache] epoch``.
    """

    def __init__(self, completer: Completer, path: Path, *, epoch: int = 0) -> None:
        super().__init__(completer)
        self._path = path
        self._epoch = epoch

    async def complete(self, request: CompletionRequest) -> Completion:
        """Ask the other completer and write its answer down. Failures are not recorded."""
        completion = await self._inner.complete(request)
        line = recording(
            request, completion, family=self.family, model=self.model, epoch=self._epoch
        )
        with self._path.open("a", encoding="utf-8") as file:  # one short line
            file.write(line + "\n")
        return completion


def build(settings: ProviderConfig) -> Replay:
    """Build the provider of kind ``replay`` from its file (``recordings = "FILE.jsonl"``).

    Raises:
        ConfigError: no file is named, or there is none.
        CacheError: the file cannot be read as recordings.
    """
    path = settings.path("recordings")
    recordings, asked = read_recordings(path)
    return Replay(recordings, asked=asked, name=settings.name or "replay", where=str(path))
