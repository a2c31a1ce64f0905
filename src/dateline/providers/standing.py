"""Whether a configured provider has what it needs, found out without calling it."""

from __future__ import annotations

import os
from importlib.util import find_spec
from typing import TYPE_CHECKING

from dateline.config.presets import preset

if TYPE_CHECKING:
    from dateline.config import ProviderConfig

_NO_MODEL_NEEDED = {"scripted", "replay"}


def key_state(settings: ProviderConfig) -> str:
    """``OPENAI_API_KEY set``, ``... missing``, or ``not needed``."""
    variable = settings.key_variable
    if variable is None:
        return "not needed"
    if os.environ.get(variable, "").strip():
        return f"{variable} set"
    return f"{variable} missing" if settings.key_needed else "not needed"


def missing(settings: ProviderConfig) -> list[str]:
    """What must be done before this provider can be asked; empty where nothing is known to be."""
    known = preset(settings.kind)
    wanted = []
    if not settings.model and settings.kind not in _NO_MODEL_NEEDED:
        wanted.append("name a model")
    key = key_state(settings)
    if key.endswith(" missing"):
        wanted.append(f"set {settings.key_variable}")
    for value in settings.headers.values():
        if value.startswith("env:") and not os.environ.get(value.removeprefix("env:")):
            wanted.append(f"set {value.removeprefix('env:')}")
    # An API key stands in for what the extra finds.
    if known.module and not key.endswith(" set") and find_spec(known.module) is None:
        wanted.append(f'pip install "dateline[{known.extra}]"')
    if settings.kind == "bedrock" and not (
        settings.region or os.environ.get("AWS_REGION") or os.environ.get("AWS_DEFAULT_REGION")
    ):
        wanted.append("name a region")
    return wanted
