"""``DATELINE_`` variables that override the file, turned into the same shape as the file."""

from __future__ import annotations

import re
import tomllib
from typing import TYPE_CHECKING, Any

from pydantic import TypeAdapter, ValidationError

from dateline.config.mistakes import suggestion
from dateline.config.settings import (
    CacheConfig,
    Config,
    LimitsConfig,
    ObservabilityConfig,
    ProviderConfig,
)
from dateline.errors import ConfigError

if TYPE_CHECKING:
    from collections.abc import Mapping

    from pydantic import BaseModel

_PREFIX = "DATELINE_"
_SHORT = {
    "DATELINE_PROVIDER": ("default_provider",),
    "DATELINE_CACHE_DIR": ("cache", "dir"),
}
_SECTIONS: dict[str, type[BaseModel]] = {
    "cache": CacheConfig,
    "limits": LimitsConfig,
    "observability": ObservabilityConfig,
}


def overrides(document: Mapping[str, Any], environment: Mapping[str, str]) -> dict[str, Any]:
    """Return ``document`` with what the environment says laid over it.

    Empty variables are ignored. A provider's name is matched without regard to case, with ``_``
    for ``-``; a name that the file lacks makes a new table.

    Raises:
        ConfigError: a variable names no setting, or its value does not fit.
    """
    merged = dict(document)
    for variable in sorted(environment):
        text = environment[variable]
        if not variable.startswith(_PREFIX) or not text:
            continue
        keys = _SHORT.get(variable) or _keys(variable, document)
        if keys is None:
            continue
        _lay(merged, keys, _value(variable, keys, text))
    return merged


def _keys(variable: str, document: Mapping[str, Any]) -> tuple[str, ...] | None:
    """The key path that a double-underscore variable names; None for other variables."""
    section, *rest = variable.removeprefix(_PREFIX).lower().split("__")
    if not rest:
        return None
    if section == "providers" and len(rest) >= 2:
        field = rest[-1]
        _require(variable, field, ProviderConfig)
        return ("providers", _provider("__".join(rest[:-1]), document), field)
    if section in _SECTIONS and len(rest) == 1:
        _require(variable, rest[0], _SECTIONS[section])
        return (section, rest[0])
    raise ConfigError(
        "this variable names no setting",
        where=variable,
        remedy="Write DATELINE_PROVIDERS__NAME__FIELD, DATELINE_CACHE__FIELD or "
        "DATELINE_LIMITS__FIELD.",
    )


def _require(variable: str, field: str, model: type[BaseModel]) -> None:
    if field == "api_key":
        raise ConfigError(
            "a key is not a setting",
            where=variable,
            remedy="Put the key into the variable that api_key_env names, e.g. OPENAI_API_KEY.",
        )
    if field not in model.model_fields:
        raise ConfigError(
            f"there is no setting {field!r}",
            where=variable,
            remedy=suggestion(field, model.model_fields),
        )


def _provider(name: str, document: Mapping[str, Any]) -> str:
    tables = document.get("providers")
    known = list(tables) if isinstance(tables, dict) else []
    for table in known:
        if re.sub(r"\W", "_", table.lower()) == name:
            return str(table)
    return name


def _value(variable: str, keys: tuple[str, ...], text: str) -> Any:
    """``text`` as the type of the setting; arrays are written as in TOML or with commas."""
    model = ProviderConfig if keys[0] == "providers" else _SECTIONS.get(keys[0], Config)
    annotation: Any = model.model_fields[keys[-1]].annotation
    value: Any = text
    structured = str(annotation)
    if "tuple" in structured or "dict" in structured:
        try:
            value = tomllib.loads(f"value = {text}")["value"]
        except tomllib.TOMLDecodeError:
            value = [part.strip() for part in text.split(",") if part.strip()]
    try:
        return TypeAdapter(annotation).validate_python(value)
    except ValidationError as error:
        message = error.errors(include_url=False, include_input=False)[0]["msg"]
    raise ConfigError(
        "wrong value",
        where=variable,
        remedy=f"The {message[:1].lower()}{message[1:]}.".replace("input should", "value should"),
    )


def _lay(merged: dict[str, Any], keys: tuple[str, ...], value: Any) -> None:
    table = merged
    for key in keys[:-1]:
        inner = table.get(key)
        # What is not a table is left for the check of the file to report.
        table[key] = dict(inner) if isinstance(inner, dict) else {}
        table = table[key]
    table[keys[-1]] = value
