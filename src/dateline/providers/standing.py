"""Whether a configured provider has what it needs, found out without calling it."""

from __future__ import annotations

import os
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Final, Literal

from dateline.config.presets import preset
from dateline.errors import ConfigError, ModelError

if TYPE_CHECKING:
    from dateline.config import ProviderConfig

_FILES: Final[dict[str, Literal["script", "recordings"]]] = {
    "scripted": "script",
    "replay": "recordings",
}
_NO_MODEL_NEEDED = _FILES.keys() | {"nothing", "every-sentence"}


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
    wanted += _lacking_file(settings)
    if settings.kind == "bedrock" and not (
        settings.region or os.environ.get("AWS_REGION") or os.environ.get("AWS_DEFAULT_REGION")
    ):
        wanted.append("name a region")
    return wanted


def _lacking_file(settings: ProviderConfig) -> list[str]:
    if settings.kind == "local" and settings.model:
        return _lacking_model(settings, settings.model)
    setting = _FILES.get(settings.kind)
    if setting is None:
        return []
    try:
        settings.path(setting)
    except ConfigError:
        named = getattr(settings, setting)
        return [f"{setting}: there is no {named}" if named else f"name a file ({setting})"]
    return []


def _lacking_model(settings: ProviderConfig, spec: str) -> list[str]:
    from dateline.models import LocalFile, resolve_model
    from dateline.models.fetching import find_here
    from dateline.models.verification import require_gguf

    # As the provider itself reads a path.
    beside = (settings.folder / Path(spec).expanduser()).is_file()
    try:
        ref = resolve_model(spec, folder=settings.folder if beside else None)
        if isinstance(ref, LocalFile):
            require_gguf(ref.path)
            return []
    except ModelError:
        return [f"name another model: there is no {spec}, or it is no GGUF"]
    if find_here(ref) is None:
        return [f"dateline models pull {spec} (or the first call fetches it)"]
    return []
