"""Take answers out of a cache as a file, and put them into another one.

The file is what the ``replay`` provider reads, so a recorded run can be shared and run offline.
It holds what models answered, which quotes the articles; it holds no prompt and no key.
"""

from __future__ import annotations

import os
import time
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from dateline.cache.entry import CachedFailure, decode, encode, facts_and_parts
from dateline.cache.inspection import entries
from dateline.cache.store import DATABASE, CompletionCache
from dateline.completion import Completion
from dateline.errors import CacheError
from dateline.recordings import Recording, as_line, each_recording, is_key, opened
from dateline.records import Usage


@dataclass(frozen=True, slots=True)
class Exported:
    """How many answers were written. Stored failures are not: a replay has no use for them."""

    path: Path
    written: int = 0
    failures: int = 0
    damaged: int = 0


@dataclass(frozen=True, slots=True)
class Imported:
    """How many answers were stored, and how many were there already and kept."""

    folder: Path
    stored: int = 0
    kept: int = 0


def export(
    folder: str | Path, path: Path, *, model: str | None = None, epoch: int | None = None
) -> Exported:
    """Write the answers of a cache folder to a recordings file, oldest first.

    Args:
        folder: the cache folder.
        path: the file; it takes its name when everything is written.
        model: only answers of this model, ``"family/model"`` or the model's name alone.
        epoch: only answers of this epoch.

    Raises:
        CacheError: there is no cache, it cannot be read, or the file cannot be written.
    """
    folder = Path(folder)
    if not (folder / DATABASE).exists():
        raise CacheError(
            "there is no cache to export", where=str(folder), remedy="Name its folder with --dir."
        )
    written = failures = damaged = 0
    part = path.with_name(path.name + ".part")
    try:
        with opened(part, "w", packed=path.suffix == ".gz") as file:
            for key, value in entries(folder):
                try:
                    facts, parts = facts_and_parts(value)
                    answer = decode(value)
                    if not _wanted(parts, model, epoch):
                        continue
                    if isinstance(answer, CachedFailure):
                        failures += 1
                        continue
                    line = as_line(_recording(key, facts, parts, answer))
                except (CacheError, KeyError, TypeError, ValueError):
                    damaged += 1
                    continue
                file.write(line + "\n")
                written += 1
            file.flush()
            os.fsync(file.fileno())
        part.replace(path)
    except OSError as error:
        raise CacheError(
            f"the recordings cannot be written ({error.strerror or error})", where=str(path)
        ) from error
    finally:
        with suppress(OSError):
            part.unlink(missing_ok=True)
    return Exported(path, written, failures, damaged)


def import_recordings(folder: str | Path, path: Path, *, replace: bool = False) -> Imported:
    """Put the answers of a recordings file into a cache folder.

    Args:
        folder: the cache folder; made when it is missing.
        path: the file.
        replace: let the file's answers replace those that are there.

    Raises:
        CacheError: a line is no recording, or the folder cannot be written to. What stood before
            that line is stored.
    """
    stored = kept = 0
    with CompletionCache(folder) as cache:
        if cache.read_only:
            raise CacheError("the cache folder may not be written to", where=str(folder))
        for found in _each(path):
            if not is_key(found.key):
                raise CacheError(
                    "a recording's key is no key of a request",
                    where=str(path),
                    remedy="Record again, or take the line out.",
                )
            if not replace and cache.holds(found.key):
                kept += 1
                continue
            parts = {
                **found.parts,
                "family": found.family,
                "model": found.model,
                "epoch": found.epoch,
            }
            cache.put_raw(found.key, encode(found.completion, parts, stored_at=_when(found)), parts)
            stored += 1
    return Imported(Path(folder), stored, kept)


def _each(path: Path) -> Iterator[Recording]:
    try:
        yield from each_recording(path)
    except (OSError, UnicodeDecodeError) as error:
        raise CacheError(
            f"the recordings cannot be read ({type(error).__name__})", where=str(path)
        ) from error


def _when(found: Recording) -> float:
    return time.time() if found.at is None else found.at


def _wanted(parts: dict[str, Any], model: str | None, epoch: int | None) -> bool:
    return (model is None or model in (parts["model"], f"{parts['family']}/{parts['model']}")) and (
        epoch is None or parts["epoch"] == epoch
    )


def _recording(
    key: str, facts: dict[str, Any], parts: dict[str, Any], answer: Completion
) -> Recording:
    paid = Completion(
        text=answer.text,
        finish_reason=answer.finish_reason,
        usage=Usage.model_validate(facts.get("usage", {})),
        provider=answer.provider,
        model=answer.model,
        detail=answer.detail,
    )
    return Recording(
        key=key,
        family=str(parts["family"]),
        model=str(parts["model"]),
        epoch=int(parts["epoch"]),
        completion=paid,
        at=float(facts["at"]),
        parts=parts,
    )
