"""Embedded models: what is known by name, and how a file gets onto this machine, verified."""

from __future__ import annotations

from dateline.models.fetching import Progress, ensure_model
from dateline.models.folder import models_folder
from dateline.models.installed import InstalledModel, list_models
from dateline.models.reference import (
    HubFile,
    KnownModel,
    LocalFile,
    ModelRef,
    known_models,
    resolve_model,
)

__all__ = [
    "HubFile",
    "InstalledModel",
    "KnownModel",
    "LocalFile",
    "ModelRef",
    "Progress",
    "ensure_model",
    "known_models",
    "list_models",
    "models_folder",
    "resolve_model",
]
