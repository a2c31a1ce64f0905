"""From JSON values to a label document, with every mistake in words that help."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from types import UnionType
from typing import Any, Union, get_args, get_origin

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from dateline.evaluation.gold.document import LabelDocument

Path = tuple[str | int, ...]


@dataclass(frozen=True, slots=True)
class Mistake:
    """One mistake: the path of the field in the document, and what is wrong with it."""

    path: Path
    message: str


def validated(value: Any) -> tuple[LabelDocument | None, list[Mistake]]:
    """The document that a JSON value stands for, or else everything that is wrong with it."""
    if not isinstance(value, dict):
        return None, [Mistake((), "a document must be an object of fields")]
    try:
        return LabelDocument.model_validate_json(json.dumps(value), strict=True), []
    except ValidationError as error:
        found = error.errors(include_url=False, include_context=True)
        return None, [_mistake(detail) for detail in found]


def path_in(document: Any, path: Path) -> str:
    """A path as messages print it, led by the ids of document and record where they are known.

    ``document`` is the JSON value or the ``LabelDocument`` that the path leads into.
    """
    names = [_id_of(document)]
    if len(path) >= 2 and path[0] in ("events", "claims"):
        names.append(_id_of(_step(_step(document, path[0]), path[1])))
    place = "$" + "".join(f"[{p}]" if isinstance(p, int) else f".{str(p)[:60]}" for p in path)
    return " ".join([name for name in names if name] + [place])


def unknown_field(name: str, known: Sequence[str]) -> str:
    """What to say about a field that does not exist."""
    near = get_close_matches(name, known, n=1)
    meant = f" Did you mean {near[0]!r}?" if near else ""
    return f"unknown field {name[:60]!r}.{meant} Known here: {', '.join(known)}"


def _step(value: Any, key: str | int) -> Any:
    if isinstance(value, Mapping):
        return value.get(key)
    if isinstance(value, list | tuple):
        return value[key] if isinstance(key, int) and key < len(value) else None
    return getattr(value, key, None) if isinstance(key, str) else None


def _id_of(value: Any) -> str:
    found = _step(value, "id")
    return found[:80] if isinstance(found, str) else ""


def _mistake(detail: ErrorDetails) -> Mistake:
    path = detail["loc"]
    kind = detail["type"]
    if kind == "extra_forbidden":
        model = _model_at(path[:-1])
        known = list(model.model_fields) if model else []
        return Mistake(path[:-1], unknown_field(str(path[-1]), known))
    if kind == "missing":
        return Mistake(path[:-1], f"the field {path[-1]!r} is missing")
    if kind == "literal_error":
        return Mistake(path, _not_one_of(detail))
    if kind == "value_error":
        return Mistake(path, detail["msg"].removeprefix("Value error, "))
    if kind == "too_short":
        return Mistake(path, "at least one is needed")
    message = detail["msg"]
    return Mistake(path, message[:1].lower() + message[1:])


def _not_one_of(detail: ErrorDetails) -> str:
    expected = detail.get("ctx", {}).get("expected", "")
    known = [word.strip("' ") for word in expected.replace(" or ", ", ").split(",")]
    given = detail.get("input")
    near = get_close_matches(given, known, n=1) if isinstance(given, str) else []
    meant = f" Did you mean {near[0]!r}?" if near else ""
    return f"not one of the known values.{meant} Known: {', '.join(known)}"


def _model_at(path: Path) -> type[BaseModel] | None:
    model: type[BaseModel] | None = LabelDocument
    for key in path:
        if model is None or isinstance(key, int):
            continue
        field = model.model_fields.get(key)
        model = _model_in(field.annotation) if field else None
    return model


def _model_in(annotation: Any) -> type[BaseModel] | None:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return annotation
    if get_origin(annotation) in (Union, UnionType, tuple) or get_args(annotation):
        for inner in get_args(annotation):
            found = _model_in(inner)
            if found:
                return found
    return None
