"""Role-filler entities of documents, as the literature on MUC-4 scores them.

One JSON object a line: ``{"docid": "...", "gold": {"ROLE": [["a mention", "another"], ...]}}``,
or ``"pred"`` instead of ``"gold"``. Every list is an entity by the mentions that name it. Roles
are free strings.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from dateline.errors import GoldError
from dateline.evaluation.gold.document import LabelDocument
from dateline.evaluation.scoring.names import normalise

Entity = tuple[str, ...]
"""The mentions of one entity, as printed."""


@dataclass(frozen=True)
class TemplateDocument:
    """One document's entities by role. ``failed`` marks a prediction that could not be made."""

    id: str
    roles: Mapping[str, tuple[Entity, ...]]
    failed: bool = False


def read_templates(path: Path) -> tuple[TemplateDocument, ...]:
    """Read a file of templates, gold or predicted.

    Raises:
        GoldError: the file cannot be read, or a line is not as the module says; the message
            names file, line and field.
    """
    try:
        lines = path.read_text(encoding="utf-8-sig").split("\n")
    except (OSError, UnicodeDecodeError) as error:
        reason = error.strerror if isinstance(error, OSError) else "it is not UTF-8"
        raise GoldError(
            f"cannot read the templates: {reason}",
            where=str(path),
            remedy="Name a readable JSON Lines file.",
        ) from error
    return tuple(
        _document(line, f"{path}:{number}") for number, line in enumerate(lines, 1) if line.strip()
    )


def _document(line: str, where: str) -> TemplateDocument:
    try:
        data = json.loads(line)
    except ValueError as error:
        raise _wrong("this line is no JSON", where, "$") from error
    except RecursionError as error:
        raise _wrong("this line is nested too deeply", where, "$") from error
    if not isinstance(data, dict):
        raise _wrong("expected an object", where, "$")
    name = data.get("docid")
    if not isinstance(name, str) or not name:
        raise _wrong("expected the document's id, as a string", where, "$.docid")
    sides = [side for side in ("gold", "pred") if side in data]
    if len(sides) != 1:
        raise _wrong('expected either "gold" or "pred"', where, "$")
    unknown = sorted(set(data) - {"docid", "gold", "pred"})
    if unknown:
        raise _wrong("this field is not known", where, f"$.{unknown[0][:40]}")
    return TemplateDocument(name, _roles(data[sides[0]], where, f"$.{sides[0]}"))


def _roles(value: Any, where: str, field: str) -> dict[str, tuple[Entity, ...]]:
    if not isinstance(value, dict):
        raise _wrong("expected an object of roles", where, field)
    roles = {}
    for role, entities in value.items():
        at = f"{field}.{role[:40]}"
        if not isinstance(entities, list):
            raise _wrong("expected a list of entities", where, at)
        for index, entity in enumerate(entities):
            if not isinstance(entity, list) or not all(isinstance(name, str) for name in entity):
                raise _wrong("expected a list of mentions", where, f"{at}[{index}]")
        roles[role] = tuple(map(tuple, entities))
    return roles


def _wrong(what: str, where: str, field: str) -> GoldError:
    return GoldError(
        what,
        where=f"{where}: {field}",
        remedy='A line is {"docid": "...", "gold": {"ROLE": [["mention", ...], ...]}}.',
    )


def as_line(document: TemplateDocument, *, predicted: bool = False) -> str:
    """Return a document as one line of JSON, without the line's end."""
    roles = {role: [list(entity) for entity in all] for role, all in document.roles.items()}
    side = "pred" if predicted else "gold"
    return json.dumps({"docid": document.id, side: roles}, ensure_ascii=False)


def as_templates(documents: Iterable[LabelDocument]) -> tuple[TemplateDocument, ...]:
    """Return the actors of label documents as role-filler entities, by their role.

    Actors of the same role in one document that share a name, in whichever events, are one
    entity with the names of both: the literature asks for the fillers of a document, not of an
    event. Actors of optional events are left out.
    """
    return tuple(
        TemplateDocument(document.id, _entities(document), document.error is not None)
        for document in documents
    )


def _entities(document: LabelDocument) -> dict[str, tuple[Entity, ...]]:
    roles: dict[str, list[dict[str, str]]] = {}
    if document.error is not None:
        return {}
    for event in document.events:
        if event.optional:
            continue
        for actor in event.actors:
            entity = {normalise(name): name for name in reversed(actor.names)}
            entity = dict(reversed(entity.items()))
            others = roles.setdefault(actor.role, [])
            known = [other for other in others if not entity.keys().isdisjoint(other)]
            for other in known[1:]:
                known[0].update({k: v for k, v in other.items() if k not in known[0]})
                others.remove(other)
            if known:
                known[0].update({k: v for k, v in entity.items() if k not in known[0]})
            else:
                others.append(entity)
    return {
        role: tuple(tuple(entity.values()) for entity in entities)
        for role, entities in roles.items()
    }
