"""Look into a cache folder and tidy it: figures, a check of every entry, and clearing.

These read the database directly and unpickle nothing. They return data and print nothing.
"""

from __future__ import annotations

import base64
import json
import sqlite3
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from urllib.parse import quote

from dateline.cache.entry import MODE_RAW, decode, facts_and_parts
from dateline.cache.store import DATABASE
from dateline.errors import CacheError
from dateline.records import Usage

_HEAD = 8192
"""The two JSON lines of an entry fit into this many bytes; the answer need not be read."""


@dataclass(frozen=True, slots=True)
class CacheStats:
    """Figures of one cache folder. ``paid`` is what the stored answers cost when they were asked
    for; ``size_bytes`` is the size of the database files; times are UTC."""

    folder: Path
    entries: int = 0
    failures: int = 0
    damaged: int = 0
    size_bytes: int = 0
    paid: Usage = field(default_factory=Usage)
    by_model: dict[str, int] = field(default_factory=dict)
    by_epoch: dict[int, int] = field(default_factory=dict)
    oldest: datetime | None = None
    newest: datetime | None = None


@dataclass(frozen=True, slots=True)
class Damage:
    """One entry that is not used, and why."""

    row: int
    key: str
    reason: str


@dataclass(frozen=True, slots=True)
class Verification:
    """What a check of every entry found. ``quarantine`` is where damaged ones were moved."""

    folder: Path
    checked: int = 0
    damaged: tuple[Damage, ...] = ()
    database_problem: str | None = None
    quarantine: Path | None = None

    @property
    def ok(self) -> bool:
        """Whether everything in the folder can be used."""
        return not self.damaged and self.database_problem is None


@dataclass(frozen=True, slots=True)
class Cleared:
    """How many entries were removed and how many were kept."""

    folder: Path
    removed: int
    kept: int


def stats(folder: str | Path) -> CacheStats:
    """Count the entries of a cache folder; zeros where there is no cache yet.

    Raises:
        CacheError: the database cannot be read.
    """
    folder = Path(folder)
    if not (folder / DATABASE).exists():
        return CacheStats(folder)
    usages: list[dict[str, Any]] = []
    models: Counter[str] = Counter()
    epochs: Counter[int] = Counter()
    failures = damaged = 0
    times: list[float] = []
    for _, _, head in heads(folder):
        try:
            facts, parts = facts_and_parts(head)
            times.append(float(facts["at"]))
            epochs[int(parts["epoch"])] += 1
            models[f"{parts['family']}/{parts['model']}"] += 1
            failures += "failed" in facts
            usages.append(facts.get("usage", {}))
        except (CacheError, KeyError, TypeError, ValueError):
            damaged += 1
    return CacheStats(
        folder,
        entries=len(times),
        failures=failures,
        damaged=damaged,
        size_bytes=sum(p.stat().st_size for p in _files(folder)),
        paid=_total(usages),
        by_model=dict(models.most_common()),
        by_epoch=dict(sorted(epochs.items())),
        oldest=datetime.fromtimestamp(min(times), UTC) if times else None,
        newest=datetime.fromtimestamp(max(times), UTC) if times else None,
    )


def verify(folder: str | Path, *, quarantine: bool = False) -> Verification:
    """Read every entry and name those that are damaged or were not written by dateline.

    Args:
        folder: the cache folder.
        quarantine: move what is found into ``quarantine/`` in the cache folder. A database that
            cannot be read at all is moved there whole, and the next run starts a new one.

    Raises:
        CacheError: the folder cannot be written to while moving.
    """
    folder = Path(folder)
    if not (folder / DATABASE).exists():
        return Verification(folder)
    checked, damaged = 0, []
    try:
        with _connect(folder, "ro") as connection:
            problem = _integrity(connection)
            columns = "rowid, key, raw, mode, filename, value"
            for row, key, raw, mode, filename, value in connection.execute(
                f"SELECT {columns} FROM Cache ORDER BY rowid"  # noqa: S608  (no input in it)
            ):
                checked += 1
                if reason := _reason(key, raw, mode, filename, value):
                    damaged.append(Damage(row, str(key)[:80], reason))
    except (CacheError, sqlite3.Error) as error:
        problem = error.what if isinstance(error, CacheError) else str(error)
    moved = None
    if quarantine and (damaged or problem):
        moved = _move(folder, damaged, whole=problem is not None)
    return Verification(folder, checked, tuple(damaged), problem, moved)


def clear(
    folder: str | Path,
    *,
    model: str | None = None,
    before: datetime | None = None,
    epoch: int | None = None,
    failures_only: bool = False,
) -> Cleared:
    """Remove entries; all of them when nothing narrows it down. Damaged ones go only with all.

    Args:
        folder: the cache folder.
        model: ``"family/model"`` or the model's name alone.
        before: entries stored earlier than this.
        epoch: entries of this epoch.
        failures_only: stored refusals and truncations only.

    Raises:
        CacheError: the database cannot be read or written.
    """
    folder = Path(folder)
    if not (folder / DATABASE).exists():
        return Cleared(folder, 0, 0)
    everything = model is None and before is None and epoch is None and not failures_only
    rows, total = [], 0
    for row, _, head in heads(folder):
        total += 1
        if everything:
            rows.append(row)
            continue
        try:
            facts, parts = facts_and_parts(head)
            chosen = (
                (model is None or model in (parts["model"], f"{parts['family']}/{parts['model']}"))
                and (before is None or facts["at"] < before.timestamp())
                and (epoch is None or parts["epoch"] == epoch)
                and (not failures_only or "failed" in facts)
            )
        except (CacheError, KeyError, TypeError):
            continue
        if chosen:
            rows.append(row)
    _delete(folder, rows)
    return Cleared(folder, len(rows), total - len(rows))


def heads(folder: Path) -> Iterator[tuple[int, str, object]]:
    """Yield row number, key and the beginning of every entry.

    Raises:
        CacheError: the database cannot be read.
    """
    with _connect(folder, "ro") as connection:
        yield from connection.execute(
            "SELECT rowid, key, substr(value, 1, ?) FROM Cache ORDER BY rowid", (_HEAD,)
        )


def entries(folder: Path) -> Iterator[tuple[str, object]]:
    """Yield key and value of every entry that dateline can have written, oldest first.

    Raises:
        CacheError: the database cannot be read.
    """
    with _connect(folder, "ro") as connection:
        yield from connection.execute(
            "SELECT key, value FROM Cache WHERE raw = 1 AND mode = ? AND filename IS NULL "
            "AND typeof(key) = 'text' ORDER BY rowid",
            (MODE_RAW,),
        )


def _reason(key: object, raw: object, mode: object, filename: object, value: object) -> str | None:
    if not isinstance(key, str) or not raw:
        return "its key is not text"
    if mode != MODE_RAW or filename is not None:
        return "it is pickled or in a file of its own, so dateline did not write it"
    try:
        decode(value)
        facts_and_parts(value)
    except CacheError as error:
        return error.what
    return None


def _integrity(connection: sqlite3.Connection) -> str | None:
    first = connection.execute("PRAGMA quick_check(1)").fetchone()
    return None if first == ("ok",) else str(first[0])


def _move(folder: Path, damaged: list[Damage], *, whole: bool) -> Path:
    stamp = datetime.fromtimestamp(time.time(), UTC).strftime("%Y%m%dT%H%M%S%f")
    target = folder / "quarantine" / stamp
    try:
        target.mkdir(parents=True)
        if whole:
            for path in _files(folder):
                path.replace(target / path.name)
            return target
        with (
            _connect(folder, "ro") as connection,
            (target / "rows.jsonl").open("w", encoding="utf-8") as out,
        ):
            for damage in damaged:
                out.write(json.dumps(_readable(connection, damage)) + "\n")
    except OSError as error:
        raise CacheError(
            f"damaged entries cannot be moved ({error.strerror or error})", where=str(target)
        ) from error
    _delete(folder, [damage.row for damage in damaged])
    return target


def _readable(connection: sqlite3.Connection, damage: Damage) -> dict[str, Any]:
    cursor = connection.execute("SELECT * FROM Cache WHERE rowid = ?", (damage.row,))
    names = [column[0] for column in cursor.description]
    row = cursor.fetchone() or ()
    plain = {
        name: {"base64": base64.b64encode(value).decode()} if isinstance(value, bytes) else value
        for name, value in zip(names, row, strict=False)
    }
    return {"reason": damage.reason, **plain}


def _delete(folder: Path, rows: list[int]) -> None:
    with _connect(folder, "rw") as connection:
        connection.execute("BEGIN IMMEDIATE")
        connection.executemany("DELETE FROM Cache WHERE rowid = ?", [(row,) for row in rows])
        connection.execute("COMMIT")
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")


@contextmanager
def _connect(folder: Path, mode: str) -> Iterator[sqlite3.Connection]:
    path = (folder / DATABASE).absolute()
    try:
        with closing(
            sqlite3.connect(
                f"file:{quote(str(path))}?mode={mode}", uri=True, timeout=30, isolation_level=None
            )
        ) as connection:
            yield connection
    except sqlite3.Error as error:
        raise CacheError(
            f"the cache database cannot be used ({error})",
            where=str(path),
            remedy="Run `dateline cache verify` to have a damaged one moved away.",
        ) from error


def _files(folder: Path) -> list[Path]:
    return [p for p in (folder / f"{DATABASE}{end}" for end in ("", "-wal", "-shm")) if p.exists()]


def _total(usages: list[dict[str, Any]]) -> Usage:
    sums: dict[str, float] = {}
    for usage in usages:
        for name, value in usage.items():
            if name in Usage.model_fields and isinstance(value, (int, float)):
                sums[name] = sums.get(name, 0) + value
    return Usage.model_validate(sums)
