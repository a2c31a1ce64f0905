"""Repairs that need no judgement, made before an item is validated.

An absent nullable field is null, an absent list is empty, a lone value for a list is a list of
one, an enum value in another case is that value, an unknown key is dropped.
"""

from __future__ import annotations

from functools import lru_cache
from typing import Any, Literal, get_args, get_origin

from pydantic import BaseModel


def repaired(value: Any, model: type[BaseModel]) -> Any:
    """Return ``value`` with the repairs that this module's docstring lists; never raises."""
    if not isinstance(value, dict):
        return value
    result: dict[str, Any] = {}
    for name, info in model.model_fields.items():
        annotation = info.annotation
        if name not in value:
            if _takes_none(annotation):
                result[name] = None
            elif get_origin(annotation) is list and not _min_length(info):
                result[name] = []
            continue
        result[name] = _repaired_value(value[name], annotation)
    return result


def _repaired_value(value: Any, annotation: Any) -> Any:
    inner = without_none(annotation)
    if isinstance(value, str) and stands_for_null(value) and _takes_none(annotation):
        return None
    if get_origin(inner) is list:
        item = get_args(inner)[0]
        values = value if isinstance(value, list) else [] if value is None else [value]
        return [_repaired_value(entry, item) for entry in values]
    if get_origin(inner) is Literal and isinstance(value, str):
        return _literal_value(value, get_args(inner))
    if isinstance(inner, type) and issubclass(inner, BaseModel):
        return repaired(value, inner)
    return value


_NULL_WORDS = frozenset({"", "null", "none", "n/a", "unknown", "not stated", "not specified"})


def stands_for_null(words: str) -> bool:
    """Whether a model wrote words such as "unknown" or "n/a" where null was meant."""
    return words.strip().casefold() in _NULL_WORDS


def _literal_value(value: str, allowed: tuple[Any, ...]) -> str:
    if value in allowed:
        return value
    folded = _folded_names(allowed)
    return folded.get(_fold_name(value), value)


@lru_cache(maxsize=128)
def _folded_names(allowed: tuple[Any, ...]) -> dict[str, str]:
    return {_fold_name(str(name)): str(name) for name in allowed}


def _fold_name(name: str) -> str:
    return " ".join(name.casefold().replace("_", " ").replace("-", " ").split())


def _takes_none(annotation: Any) -> bool:
    return type(None) in get_args(annotation)


def without_none(annotation: Any) -> Any:
    if not _takes_none(annotation):
        return _bare(annotation)
    return _bare(next(arg for arg in get_args(annotation) if arg is not type(None)))


def _bare(annotation: Any) -> Any:
    """The type inside ``Annotated``."""
    return get_args(annotation)[0] if hasattr(annotation, "__metadata__") else annotation


def _min_length(info: Any) -> bool:
    return any(getattr(rule, "min_length", None) for rule in info.metadata)
