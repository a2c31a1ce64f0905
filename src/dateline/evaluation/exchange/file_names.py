"""File names out of document ids, which come from strangers."""

from __future__ import annotations

import hashlib
import re

_UNSAFE = re.compile(r"[^A-Za-z0-9._-]+")
_RESERVED = re.compile(r"(?:con|prn|aux|nul|com\d|lpt\d)(?:\..*)?", re.IGNORECASE)
_LONGEST = 80


class FileNames:
    """Gives each document a name of its own that stays inside a folder.

    A name has no separator, no leading dot and at most 90 characters. Where an id had to be
    changed, or names would fall together on a file system that ignores case, digits of a hash
    are added.
    """

    def __init__(self) -> None:
        self._given: set[str] = set()

    def name(self, id: str) -> str:
        """The name for the next document with this id."""
        plain = _UNSAFE.sub("_", id).strip(".")[:_LONGEST]
        if plain == id and not _RESERVED.fullmatch(id) and id.casefold() not in self._given:
            return self._take(plain)
        number = 0
        while True:
            digest = hashlib.sha256(f"{id}\0{number}".encode("utf-8", "replace")).hexdigest()[:8]
            name = f"{plain or 'document'}-{digest}"
            if name.casefold() not in self._given:
                return self._take(name)
            number += 1

    def _take(self, name: str) -> str:
        self._given.add(name.casefold())
        return name
