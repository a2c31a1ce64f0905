"""Find and read ``dateline.toml``, lay the environment over it, and check what belongs together."""

from __future__ import annotations

import os
import tomllib
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pydantic import ValidationError

from dateline.config.environment import overrides
from dateline.config.mistakes import Origin, bad_toml, first_problem
from dateline.config.settings import BUILT_IN_KINDS, DEFAULT_LOCAL_MODEL, Config
from dateline.errors import ConfigError

if TYPE_CHECKING:
    from collections.abc import Mapping

FILE_NAME = "dateline.toml"


def load_config(path: str | Path | None = None) -> Config:
    """Read the configuration.

    Args:
        path: the file. When None: the file that ``DATELINE_CONFIG`` names, else the nearest
            ``dateline.toml`` in the working directory and above, else the built-in defaults
            with the embedded ``local`` provider.

    Environment variables override the file: ``DATELINE_PROVIDER``, ``DATELINE_CACHE_DIR``, and
    any setting as ``DATELINE_PROVIDERS__NAME__FIELD``, ``DATELINE_LIMITS__MAX_USD`` and so on.

    Raises:
        ConfigError: for the first mistake, with file, line, key path and remedy.
    """
    environment = dict(os.environ)
    found = _find(path, environment)
    origin = Origin(found, _read(found)) if found else Origin()
    document = _parse(origin)
    document = overrides(document, environment)
    return build(document, origin)


def build(document: Mapping[str, Any], origin: Origin | None = None) -> Config:
    """Check a parsed document and return the configuration it describes.

    Raises:
        ConfigError: for the first mistake.
    """
    origin = origin or Origin()
    tables = document.get("providers")
    if isinstance(tables, dict):
        tables = {name: _with_defaults(name, table) for name, table in tables.items()}
        document = {**document, "providers": tables}
    try:
        config = Config.model_validate(document)
    except ValidationError as error:
        problem = first_problem(error.errors(include_url=False), Config, origin)
    else:
        config._origin = origin
        for name, provider in config.providers.items():
            provider._name, provider._origin = name, origin
        _check_names(config, origin)
        return config
    raise problem


def _find(path: str | Path | None, environment: Mapping[str, str]) -> Path | None:
    named = path if path is not None else environment.get("DATELINE_CONFIG") or None
    if named is None:
        here = Path.cwd()
        candidates = (folder / FILE_NAME for folder in (here, *here.parents))
        return next((file for file in candidates if file.is_file()), None)
    file = Path(named).expanduser()
    if not file.is_file():
        raise ConfigError(
            "there is no such configuration file",
            where=str(file) if path is not None else f"DATELINE_CONFIG={file}",
            remedy=f"Check the path, or leave it out to use the nearest {FILE_NAME}.",
        )
    return file.absolute()


def _read(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError as error:
        problem = ConfigError(
            f"the file is not UTF-8 (byte {error.start})",
            where=str(path),
            remedy="Save it as UTF-8.",
        )
    except OSError as error:
        problem = ConfigError(
            f"the file cannot be read ({error.strerror})",
            where=str(path),
            remedy="Check its permissions.",
        )
    raise problem


def _parse(origin: Origin) -> dict[str, Any]:
    if origin.path is None:
        return {}
    try:
        return tomllib.loads(origin.text)
    except tomllib.TOMLDecodeError as error:
        problem = bad_toml(str(error), origin.path)
    except RecursionError:
        problem = ConfigError(
            "the file is nested too deeply",
            where=str(origin.path),
            remedy="Settings need no more than three levels.",
        )
    raise problem


def _with_defaults(name: str, table: Any) -> Any:
    """A table whose name is a built-in kind need not repeat it."""
    if not isinstance(table, dict):
        return table
    if "kind" not in table and name in BUILT_IN_KINDS:
        table = {"kind": name, **table}
    if table.get("kind") == "local" and "model" not in table:
        table = {**table, "model": DEFAULT_LOCAL_MODEL}
    return table


def _check_names(config: Config, origin: Origin) -> None:
    """Every provider that is referred to exists, and no fallback leads back to where it began."""
    for name in config.providers:
        if "/" in name:
            raise origin.error(
                "a provider's name may not hold a slash",
                ("providers", name),
                remedy="What follows the slash is the model: rename the table.",
            )
    config.provider()
    for name, provider in config.providers.items():
        for index, other in enumerate(provider.fallback):
            try:
                config.provider(other)
            except ConfigError as error:
                what, remedy = error.what, error.remedy or ""
            else:
                continue
            raise origin.error(what, ("providers", name, "fallback", index), remedy=remedy)
    for name in config.providers:
        cycle = _cycle(config, name)
        if cycle:
            raise origin.error(
                f"the fallbacks lead in a circle: {' > '.join(cycle)}",
                ("providers", name, "fallback"),
                remedy="Take one of them out.",
            )


def _cycle(config: Config, start: str) -> list[str]:
    """The names from ``start`` back to ``start`` by way of fallbacks, or nothing."""
    seen: set[str] = set()
    paths = [[start]]
    while paths:
        path = paths.pop()
        provider = config.providers.get(path[-1])
        for other in provider.fallback if provider else ():
            # "openai/other-model" falls back to the same table with another model: its own
            # fallbacks would come round again.
            name = other if other in config.providers else other.partition("/")[0]
            if name == start:
                if other == start or len(path) > 1:
                    return [*path, name]
                continue
            if name not in seen:
                seen.add(name)
                paths.append([*path, name])
    return []
