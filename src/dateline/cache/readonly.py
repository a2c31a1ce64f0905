"""Read a cache in a folder that may not be written to: shared, mounted read-only, or an archive."""

from __future__ import annotations

import os
import sqlite3
import threading
from pathlib import Path
from urllib.parse import quote

from dateline.cache.entry import MODE_RAW
from dateline.errors import CacheError


class ReadOnlyDatabase:
    """Looks up entries and writes nothing, not even a lock file.

    Args:
        path: the database.

    Raises:
        sqlite3.Error: it cannot be read.
    """

    def __init__(self, path: Path) -> None:
        where = f"file:{quote(str(path.absolute()))}?mode=ro"
        # A database with a write-ahead log needs its index file, which cannot be made here: then
        # only what has been checkpointed is seen, which is all that a finished run leaves.
        logged = path.with_name(path.name + "-shm").exists()
        self._lock = threading.Lock()
        self._connection = sqlite3.connect(
            where if logged else where + "&immutable=1", uri=True, check_same_thread=False
        )
        self._connection.execute("SELECT 1 FROM Cache LIMIT 1").fetchone()

    def get(self, key: str) -> object:
        """Return what is stored under a key, or None.

        Raises:
            CacheError: the entry was not written by dateline.
            sqlite3.Error: the database is damaged.
        """
        with self._lock:
            row = self._connection.execute(
                "SELECT mode, filename, value FROM Cache WHERE key = ? AND raw = 1", (key,)
            ).fetchone()
        if row is None:
            return None
        mode, filename, value = row
        if mode != MODE_RAW or filename is not None:
            raise CacheError("an entry was not written by dateline and was left unread")
        return value

    def close(self) -> None:
        """Close the database."""
        with self._lock:
            self._connection.close()


def may_not_write(folder: Path, database: Path) -> bool:
    """Whether there is a database that this process may read and not write."""
    return (
        database.is_file()
        and os.access(database, os.R_OK)
        and not (os.access(folder, os.W_OK) and os.access(database, os.W_OK))
    )
