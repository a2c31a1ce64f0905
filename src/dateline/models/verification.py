"""Is this file the model it should be? Hashed once, then remembered by size and time.

Hashing 100 MB at every start would cost more than loading the model. The note that a file was
verified stands in the models folder, since the file itself may lie where nothing can be written.
"""

from __future__ import annotations

import hashlib
import json
from pathlib import Path
from typing import Any

from dateline.errors import ModelError
from dateline.models.folder import models_folder

_MAGIC = b"GGUF"


def require_gguf(path: Path) -> None:
    """Raise unless ``path`` is a readable file that begins like a GGUF.

    Raises:
        ModelError: there is no such file, it cannot be read, or it is something else.
    """
    try:
        with path.open("rb") as file:
            magic = file.read(len(_MAGIC))
    except FileNotFoundError as error:
        raise ModelError(
            "there is no such model file", where=str(path), remedy="Check the path."
        ) from error
    except OSError as error:
        raise ModelError(
            f"the model file cannot be read ({error.strerror or error})", where=str(path)
        ) from error
    if magic != _MAGIC:
        raise ModelError(
            "this is not a GGUF model",
            where=str(path),
            remedy="Give a .gguf file; a text of about 130 bytes is a Git LFS pointer, not the "
            "model.",
        )


def sha256_of(path: Path) -> str:
    """SHA-256 of a file's bytes, in hex."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def is_verified(path: Path, sha256: str | None) -> bool:
    """Whether a note says that this file, unchanged since, has this hash (any, when None)."""
    note = _read_note(path)
    try:
        stat = path.stat()
        return bool(
            note["size"] == stat.st_size
            and note["mtime_ns"] == stat.st_mtime_ns
            and (sha256 is None or note["sha256"] == sha256)
        )
    except (OSError, KeyError):
        return False


def noted_sha256(path: Path) -> str | None:
    """The hash that the file had when it was verified, whatever has happened to it since."""
    found = _read_note(path).get("sha256")
    return found if isinstance(found, str) else None


def note_verified(path: Path, sha256: str | None) -> None:
    """Remember that this file has been verified; a folder that cannot be written costs only a
    hash at the next start."""
    note = _note(path)
    try:
        stat = path.stat()
        note.parent.mkdir(parents=True, exist_ok=True)
        written = note.with_suffix(".new")
        written.write_text(
            json.dumps(
                {
                    "path": str(path.absolute()),
                    "size": stat.st_size,
                    "mtime_ns": stat.st_mtime_ns,
                    "sha256": sha256,
                }
            ),
            encoding="utf-8",
        )
        written.replace(note)
    except OSError:
        return


def matches(path: Path, sha256: str) -> bool:
    """Whether the file has this hash, by its note or by reading it."""
    if is_verified(path, sha256):
        return True
    if sha256_of(path) != sha256:
        return False
    note_verified(path, sha256)
    return True


def _read_note(path: Path) -> dict[str, Any]:
    try:
        note = json.loads(_note(path).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return note if isinstance(note, dict) and note.get("path") == str(path.absolute()) else {}


def _note(path: Path) -> Path:
    name = hashlib.sha256(str(path.absolute()).encode("utf-8", "surrogateescape")).hexdigest()[:24]
    return models_folder() / ".verified" / f"{name}.json"
