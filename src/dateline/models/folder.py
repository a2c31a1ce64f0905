"""Where fetched models are kept, and that two processes do not fetch one at the same time."""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

from dateline.errors import ModelError


def models_folder() -> Path:
    """``DATELINE_MODELS_DIR``, else ``models`` in the user's cache folder of dateline."""
    if named := os.environ.get("DATELINE_MODELS_DIR", "").strip():
        return Path(named).expanduser()
    from platformdirs import user_cache_path

    return user_cache_path("dateline", appauthor=False) / "models"


@contextmanager
def fetching_alone(target: Path) -> Iterator[None]:
    """Hold the lock of one model file; waits while another process fetches it.

    Raises:
        ModelError: the folder cannot be written to.
    """
    lock = target.with_name(target.name + ".lock")
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        handle = lock.open("a+b")
    except OSError as error:
        raise cannot_write(target.parent, error) from error
    with handle:
        _lock(handle)
        # The lock's file stays: removing it would let a third process lock a new one.
        yield


def cannot_write(folder: Path, error: OSError) -> ModelError:
    """The error for a models folder that cannot be used."""
    return ModelError(
        f"the models folder cannot be written to ({error.strerror or error})",
        where=str(folder),
        remedy="Set DATELINE_MODELS_DIR to a folder with room for the model.",
    )


if sys.platform == "win32":
    import msvcrt

    def _lock(handle: IO[bytes]) -> None:
        while True:
            try:
                handle.seek(0)
                msvcrt.locking(handle.fileno(), msvcrt.LK_NBLCK, 1)
            except OSError:
                time.sleep(0.2)
            else:
                return
else:
    import fcntl

    def _lock(handle: IO[bytes]) -> None:
        while True:
            try:
                fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                # Polled, so that Ctrl-C ends the wait in a thread as well.
                time.sleep(0.1)
            else:
                return
