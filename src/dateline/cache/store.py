"""Completions on disk: reads where they are asked for, writes behind, in batches, by one thread.

A read of 10 kB costs less CPU in place than handing it to a thread would. A write waits for a
lock and for the file system, so it goes to a thread, and answers that come in together share one
transaction. Until it is on disk, an answer is found in memory.
"""

from __future__ import annotations

import logging
import os
import sqlite3
import threading
import time
from concurrent.futures import Future, ThreadPoolExecutor
from itertools import islice
from pathlib import Path
from typing import Any

from dateline.cache.claims import Claims
from dateline.cache.entry import CachedFailure, decode, encode, stored_at
from dateline.cache.readonly import ReadOnlyDatabase, may_not_write
from dateline.completion import Completion, CompletionRequest
from dateline.errors import CacheError
from dateline.request_key import key_parts, request_key

log = logging.getLogger(__name__)

DATABASE = "cache.db"
_READ_TIMEOUT_S = 0.25
"""Reads happen on the event loop: a database locked for longer counts as a miss."""
_WRITE_TIMEOUT_S = 60.0
_BATCH = 256
_LOCKING = ("locking protocol", "disk I/O error", "database is locked", "Timeout")


class CompletionCache:
    """Answers by request key, in one folder, shared by threads and processes.

    Nothing is evicted unless ``max_bytes`` is given: answers were paid for. What the disk cannot
    do (full, locked, damaged) is logged once and costs no answer: reads miss, writes are dropped.

    A folder that may not be written to is read, with one warning.

    Args:
        folder: made when it is missing.
        epoch: part of every key; another number starts afresh and keeps the old entries.
        max_bytes: the oldest entries go when the database outgrows this.
        max_age_s: entries stored longer ago, in seconds, are not used; the next answer to the
            same request replaces them. None: entries do not grow stale.
    """

    def __init__(
        self,
        folder: str | Path,
        *,
        epoch: int = 0,
        max_bytes: int | None = None,
        max_age_s: float | None = None,
    ) -> None:
        self.folder = Path(folder)
        self.epoch = epoch
        self.max_bytes = max_bytes
        self.max_age_s = max_age_s
        self.read_only = False
        self._lock = threading.Lock()
        self._pending: dict[str, tuple[bytes, str]] = {}
        self._draining = False
        self._pid = os.getpid()
        self._reader: Any = None
        self._writer: Any = None
        self._thread: ThreadPoolExecutor | None = None
        self._warned: set[str] = set()
        self._claims: Claims | None = None

    def open(self) -> None:
        """Open or make the database; called by the first read or write.

        Raises:
            CacheError: the folder or the database in it cannot be used.
        """
        with self._lock:
            if self._pid != os.getpid():
                # After a fork the writer thread is the parent's, and so is what it has to write.
                self._pid = os.getpid()
                self._pending, self._draining, self._thread = {}, False, None
                self._claims = Claims.of(self.folder) if self._claims else None
            if self._reader is None:
                self._connect()

    def _connect(self) -> None:
        """Open the database; the caller holds the lock."""
        database = self.folder / DATABASE
        self.read_only = False
        if may_not_write(self.folder, database):
            try:
                self._reader = ReadOnlyDatabase(database)
            except sqlite3.Error as error:
                raise unusable(database, error) from error
            self.read_only = True
            self._warn(
                "read_only",
                "%s may not be written to: answers are read from it and new ones are not stored.",
                self.folder,
            )
            return
        make_folder(self.folder)
        self._reader = _database(self.folder, _READ_TIMEOUT_S, self.max_bytes)
        self._writer = _database(self.folder, _WRITE_TIMEOUT_S, self.max_bytes)
        self._claims = Claims.of(self.folder)

    def claim(self, key: str) -> bool:
        """Whether this caller is to ask: nobody else is asking now, in any process.

        After True, ``put`` or ``release`` the key. After False, look again a little later.
        """
        return self._claims is None or self._claims.take(key)

    def release(self, key: str) -> None:
        """Give a claimed key back that nothing was put under."""
        if self._claims is not None:
            self._claims.give_back(key)

    def key(self, request: CompletionRequest, *, family: str, model: str) -> str:
        """The key of a request in this cache's epoch."""
        return request_key(request, family=family, model=model, epoch=self.epoch)

    def get(self, key: str) -> Completion | CachedFailure | None:
        """Return the stored answer, or None. A damaged entry is a miss, with one warning.

        Raises:
            CacheError: the folder or the database cannot be opened.
        """
        if self._reader is None or self._pid != os.getpid():
            self.open()
        waiting = self._pending.get(key)
        try:
            value = waiting[0] if waiting else self._reader.get(key)
            if value is None or self._is_stale(value):
                return None
            return decode(value)
        except CacheError as error:
            self._warn(
                "entry",
                "%s Asked again.",
                CacheError(
                    error.what, where=str(self.folder), remedy="Run `dateline cache verify`."
                ),
            )
        except (sqlite3.Error, OSError) as error:
            self._warn("read", "%s: the cache cannot be read (%s).", self.folder, error)
        return None

    def put(
        self,
        key: str,
        answer: Completion | CachedFailure,
        request: CompletionRequest,
        *,
        family: str,
        model: str,
    ) -> bool:
        """Store an answer soon; it is found at once and on disk after ``flush`` or ``close``.

        Returns:
            False where the folder may not be written to.

        Raises:
            CacheError: the folder or the database cannot be opened.
        """
        if self._reader is None or self._pid != os.getpid():
            self.open()
        if self.read_only:
            return False
        parts = key_parts(request, family=family, model=model, epoch=self.epoch)
        return self.put_raw(key, encode(answer, parts, stored_at=time.time()), parts)

    def holds(self, key: str) -> bool:
        """Whether anything is stored under a key, however old or damaged."""
        if self._reader is None or self._pid != os.getpid():
            self.open()
        return key in self._pending or self._reader.get(key) is not None

    def put_raw(self, key: str, value: bytes, parts: dict[str, Any]) -> bool:
        """Store an entry as ``dateline.cache.entry.encode`` writes it; see ``put``."""
        with self._lock:
            self._pending[key] = (value, str(parts.get("messages", "")))
            if not self._draining:
                self._submit_drain()
        return True

    def flush(self) -> None:
        """Wait until everything that was put is on disk, or was given up with a warning."""
        while True:
            with self._lock:
                if not self._pending:
                    return
                if self._draining and self._thread is not None:
                    done = self._thread.submit(lambda: None)
                else:
                    done = self._submit_drain()
            done.result()

    def close(self) -> None:
        """Write what is waiting and close. A later call opens again."""
        if self._pid != os.getpid():
            return
        self.flush()
        with self._lock:
            thread, self._thread = self._thread, None
            reader, writer = self._reader, self._writer
            self._reader = self._writer = None
            claims, self._claims = self._claims, None
        if thread is not None:
            thread.submit(writer.close)
            thread.shutdown(wait=True)
        if reader is not None:
            reader.close()
        if claims is not None:
            claims.close(self.folder)

    def __enter__(self) -> CompletionCache:
        self.open()
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def _submit_drain(self) -> Future[None]:
        """Start writing; the caller holds the lock."""
        if self._thread is None:
            # Python joins an executor's threads at exit, so what is waiting then is still written.
            self._thread = ThreadPoolExecutor(1, thread_name_prefix="dateline-cache")
        self._draining = True
        return self._thread.submit(self._drain)

    def _drain(self) -> None:
        while True:
            with self._lock:
                batch = list(islice(self._pending.items(), _BATCH))
                if not batch:
                    self._draining = False
                    return
            try:
                self._write(batch)
            except Exception as error:
                # sqlite3.Error, OSError and diskcache's Timeout; whatever it is, the answers
                # have reached their askers and the thread must live on.
                self._warn(
                    "write",
                    "%s: answers cannot be stored (%s); they will be paid for again.",
                    self.folder,
                    str(error) or type(error).__name__,
                )
            with self._lock:
                for key, entry in batch:
                    if self._pending.get(key) is entry:
                        del self._pending[key]
            if self._claims is not None:
                for key, _ in batch:
                    self._claims.give_back(key)

    def _write(self, batch: list[tuple[str, tuple[bytes, str]]]) -> None:
        with self._writer.transact():
            for key, (value, tag) in batch:
                self._writer.set(key, value, tag=tag)

    def _is_stale(self, value: object) -> bool:
        return self.max_age_s is not None and stored_at(value) < time.time() - self.max_age_s

    def _warn(self, kind: str, message: str, *args: object) -> None:
        if kind not in self._warned:
            self._warned.add(kind)
            log.warning(message, *args)


def make_folder(folder: Path) -> None:
    """Make the cache folder, with a note that keeps it out of version control.

    Raises:
        CacheError: it cannot be made.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True)
        note = folder / ".gitignore"
        if not note.exists():
            note.write_text("*\n", encoding="utf-8")
    except OSError as error:
        raise CacheError(
            f"the cache folder cannot be used ({error.strerror or error})",
            where=str(folder),
            remedy="Name a writable folder as `dir` under [cache] in dateline.toml.",
        ) from error


def _database(folder: Path, timeout_s: float, max_bytes: int | None) -> Any:
    import diskcache

    from dateline.cache.disk import PlainDisk

    try:
        database = diskcache.Cache(
            str(folder),
            timeout=timeout_s,
            disk=PlainDisk,
            statistics=0,
            tag_index=0,
            eviction_policy="none" if max_bytes is None else "least-recently-stored",
            cull_limit=0 if max_bytes is None else 10,
            size_limit=2**62 if max_bytes is None else max_bytes,
            sqlite_journal_mode="wal",
            sqlite_synchronous=1,
        )
        # Each thread that uses it opens its own connection; this one may never come back.
        database.close()
        return database
    except Exception as error:
        # A database written by somebody else can make diskcache fail in any way it likes.
        raise unusable(folder / DATABASE, error) from error


def unusable(database: Path, error: Exception) -> CacheError:
    """Return the error for a database that cannot be opened; it tells locks from damage."""
    said = str(error) or type(error).__name__
    if any(words in said for words in _LOCKING):
        return CacheError(
            f"the cache database cannot be locked ({said})",
            where=str(database),
            remedy="Another program holds it, or the folder is on a network disk, where SQLite's "
            "locks do not work: name a folder on this machine as `dir` under [cache], and share "
            "runs with `dateline cache export` and `dateline cache import`.",
        )
    return CacheError(
        f"the cache database cannot be opened ({said})",
        where=str(database),
        remedy="Move the file away to start a new cache, or run `dateline cache verify`.",
    )
