"""What diskcache may put on disk: text and bytes, inside the one database file.

diskcache pickles whatever SQLite cannot hold, and unpickles whatever a row says is pickled, so a
row that somebody else wrote could run code (CVE-2025-69872). It also opens and deletes the file
that a row names, wherever that is. This Disk does neither.
"""

from __future__ import annotations

import sqlite3
from typing import Any

import diskcache

from dateline.cache.entry import MODE_RAW
from dateline.errors import CacheError

_NEVER_IN_FILES = 2**62


class PlainDisk(diskcache.Disk):  # type: ignore[misc]  # diskcache ships no types
    """Stores str keys and str, bytes or number values in their rows; refuses everything else."""

    def __init__(self, directory: str, **_settings: object) -> None:
        # The settings are read from the database, so they are not to be trusted.
        super().__init__(directory, min_file_size=_NEVER_IN_FILES, pickle_protocol=0)

    def put(self, key: object) -> tuple[str, bool]:
        if type(key) is not str:
            raise CacheError("a cache key must be text")
        return key, True

    def get(self, key: object, raw: object) -> str:
        if not raw or type(key) is not str:
            raise CacheError("a cache key is not text", remedy="Run `dateline cache verify`.")
        return key

    def store(
        self,
        value: object,
        read: bool,
        key: object = None,  # noqa: ARG002  (diskcache names it)
    ) -> tuple[int, int, None, str | bytes | int | float | sqlite3.Binary]:
        if read or type(value) not in (str, bytes, int, float):
            raise CacheError("a cache value must be text, bytes or a number")
        plain: Any = value
        return 0, MODE_RAW, None, sqlite3.Binary(plain) if type(value) is bytes else plain

    def fetch(self, mode: object, filename: object, value: object, read: object) -> object:
        if mode != MODE_RAW or filename is not None or read:
            raise CacheError(
                "an entry was not written by dateline and was left unread",
                remedy="Run `dateline cache verify`.",
            )
        return value

    def remove(self, file_path: object) -> None:
        """Delete nothing: no entry of ours is in a file of its own."""
