"""Recorded answers in a file: what ``replay`` reads, and what a cache exports and imports.

JSON Lines, packed with gzip where the name ends in ``.gz``. One answer each:
``{"key", "family", "model", "epoch", "completion"}``, under the same key as in the cache. A later
line for the same key replaces an earlier one. A cache's export adds ``"at"`` (seconds since 1970)
and ``"parts"`` (what the key is made of), which need not be there.
"""

from __future__ import annotations

import gzip
import json
import re
import zlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Literal, TextIO

from dateline.completion import Completion, CompletionRequest
from dateline.errors import CacheError
from dateline.records import Usage
from dateline.request_key import request_key

if TYPE_CHECKING:
    from pathlib import Path

Asked = tuple[str, str, int]
"""Family, model and epoch: with the request, all that a key is made of."""

_KEY = re.compile(r"[0-9a-f]{64}\Z")
_FINISH = {"stop", "length", "refusal", "content_filter", "unknown"}


@dataclass(frozen=True, slots=True)
class Recording:
    """One line: an answer, its key, and from whom it is."""

    key: str
    family: str
    model: str
    epoch: int
    completion: Completion
    at: float | None = None
    parts: dict[str, Any] = field(default_factory=dict)


def recording(
    request: CompletionRequest, completion: Completion, *, family: str, model: str, epoch: int = 0
) -> str:
    """Return one line of a recordings file, without its line break."""
    key = request_key(request, family=family, model=model, epoch=epoch)
    return as_line(Recording(key, family, model, epoch, completion))


def as_line(recorded: Recording) -> str:
    """Return a recording as it is written, without a line break."""
    completion = recorded.completion
    line: dict[str, Any] = {
        "key": recorded.key,
        "family": recorded.family,
        "model": recorded.model,
        "epoch": recorded.epoch,
        "completion": {
            "text": completion.text,
            "finish_reason": completion.finish_reason,
            "usage": completion.usage.model_dump(exclude_defaults=True),
            "provider": completion.provider,
            "model": completion.model,
            "detail": completion.detail,
        },
    }
    if recorded.at is not None:
        line["at"] = recorded.at
    if recorded.parts:
        line["parts"] = recorded.parts
    return json.dumps(line)


def each_recording(path: Path) -> Iterator[Recording]:
    """Read a recordings file, line by line.

    Raises:
        CacheError: a line is no recording; the message names it by number.
    """
    try:
        with opened(path, "r") as file:
            for number, text in enumerate(file, start=1):
                if text.strip():
                    yield _recording_in(text, where=f"{path}:{number}")
    except (EOFError, gzip.BadGzipFile, zlib.error, UnicodeDecodeError) as error:
        raise CacheError(
            f"this is no file of recordings ({type(error).__name__})",
            where=str(path),
            remedy="Record again, or copy the file again: a part of it may be missing.",
        ) from None


def opened(path: Path, mode: Literal["r", "w"], *, packed: bool | None = None) -> TextIO:
    """Open a recordings file as text; ``packed`` with gzip where its name ends in ``.gz``."""
    if path.suffix == ".gz" if packed is None else packed:
        return gzip.open(path, f"{mode}t", encoding="utf-8")  # type: ignore[return-value]
    return path.open(mode, encoding="utf-8")


def _recording_in(text: str, *, where: str) -> Recording:
    try:
        return _read(json.loads(text))
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        kind = type(error).__name__
    raise CacheError(
        f"this line is no recording ({kind})",
        where=where,
        remedy="Record again, or take the line out.",
    )


def read_recordings(path: Path) -> tuple[dict[str, Completion], list[Asked]]:
    """Read a recordings file whole.

    Returns:
        The answers by key, and the families, models and epochs they come from, first seen first.

    Raises:
        CacheError: a line is no recording; the message names it by number.
    """
    recordings: dict[str, Completion] = {}
    asked: dict[Asked, None] = {}
    for found in each_recording(path):
        recordings[found.key] = found.completion
        asked[found.family, found.model, found.epoch] = None
    return recordings, list(asked)


def is_key(key: str) -> bool:
    """Whether this can be the key of a request."""
    return _KEY.match(key) is not None


def _read(line: dict[str, Any]) -> Recording:
    fields = line["completion"]
    finish = fields.get("finish_reason", "stop")
    text = fields["text"]
    if finish not in _FINISH or not isinstance(text, str):
        raise ValueError("not an answer")
    parts = line.get("parts")
    at = line.get("at")
    return Recording(
        key=str(line["key"]),
        family=str(line["family"]),
        model=str(line["model"]),
        epoch=int(line.get("epoch", 0)),
        completion=Completion(
            text=text,
            finish_reason=finish,
            usage=Usage(**fields.get("usage", {})),
            provider=str(fields.get("provider", "")),
            model=str(fields.get("model", "")),
            detail=fields.get("detail"),
        ),
        at=float(at) if at is not None else None,
        parts=parts if isinstance(parts, dict) else {},
    )
