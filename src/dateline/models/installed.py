"""Which models are on this machine."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from dateline.models.fetching import find_here
from dateline.models.folder import models_folder
from dateline.models.reference import known_models


@dataclass(frozen=True, slots=True)
class InstalledModel:
    """One model: what to write as ``model``, its size in bytes, and its path when it is here."""

    spec: str
    title: str
    size: int | None
    path: Path | None


def list_models() -> list[InstalledModel]:
    """The models known by name, here or not, then every file that was fetched from a hub."""
    known = [
        InstalledModel(model.name, model.title, model.size, find_here(model))
        for model in known_models().values()
    ]
    hub = models_folder() / "hf"
    fetched = []
    for path in sorted(hub.rglob("*.gguf")) if hub.is_dir() else ():
        # org / repository / revision / file, as ``path_of`` lays them out.
        org, repo, *rest = path.relative_to(hub).parts
        if len(rest) < 2:
            continue
        spec = f"hf:{org}/{repo}/{'/'.join(rest[1:])}@{rest[0].replace('--', '/')}"
        fetched.append(InstalledModel(spec, path.stem, path.stat().st_size, path))
    return known + fetched
