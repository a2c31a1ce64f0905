"""Who asks for what, across processes: one byte of a lock file for each key under way.

A claim is a record lock of the operating system: taking one costs a system call, and those of a
process that dies are gone with it. Where there are none (Windows, some network disks) nothing is
claimed, and two processes may ask the same question at the same moment.
"""

from __future__ import annotations

import contextlib
import errno
import os
import threading
from pathlib import Path
from typing import Final

LOCKS = "claims.lock"

_BUSY: Final = (errno.EACCES, errno.EAGAIN)
_open: dict[str, Claims] = {}
_guard = threading.Lock()


class Claims:
    """The claims of this process in one cache folder; shared by all caches on it.

    Closing any descriptor of a file drops all of a process's locks on it, so a process has one
    descriptor for a folder, and keeps it until the last cache on the folder is closed.
    """

    def __init__(self, folder: Path) -> None:
        self._pid = os.getpid()
        self._held: set[str] = set()
        self._lock = threading.Lock()
        self._uses = 0
        self._file: int | None = None
        with contextlib.suppress(OSError):
            self._file = os.open(
                folder / LOCKS, os.O_RDWR | os.O_CREAT | getattr(os, "O_CLOEXEC", 0), 0o666
            )

    @classmethod
    def of(cls, folder: Path) -> Claims:
        """The claims in a folder; ``close`` them when done."""
        where = str(folder.absolute())
        with _guard:
            found = _open.get(where)
            if found is None or found._pid != os.getpid():
                found = _open[where] = cls(folder)
            found._uses += 1
            return found

    def close(self, folder: Path) -> None:
        """Let go of the file, when nobody else in this process uses it."""
        with _guard:
            self._uses -= 1
            if self._uses == 0:
                if _open.get(str(folder.absolute())) is self:
                    del _open[str(folder.absolute())]
                if self._file is not None:
                    os.close(self._file)
                    self._file = None

    def take(self, key: str) -> bool:
        """Claim a key; False while somebody else has it, in this process or another one."""
        with self._lock:
            if key in self._held:
                return False
            if self._file is not None and not self._locked(key):
                return False
            self._held.add(key)
            return True

    def give_back(self, key: str) -> None:
        """Let others have the key. Does nothing where it is not held."""
        with self._lock:
            if key not in self._held:
                return
            self._held.discard(key)
            if self._file is not None:
                with contextlib.suppress(ImportError, OSError):
                    import fcntl

                    fcntl.lockf(self._file, fcntl.LOCK_UN, 1, _offset(key))

    def _locked(self, key: str) -> bool:
        try:
            import fcntl

            assert self._file is not None  # noqa: S101  (asked for by the caller)
            fcntl.lockf(self._file, fcntl.LOCK_EX | fcntl.LOCK_NB, 1, _offset(key))
        except ImportError:
            return True
        except OSError as error:
            return error.errno not in _BUSY
        return True


def _offset(key: str) -> int:
    return int(key[:15], 16)
