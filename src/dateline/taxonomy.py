"""Event-type taxonomies: data files under ``schemas/taxonomies/`` that a user can swap."""

from __future__ import annotations

from functools import cached_property, lru_cache
from pathlib import Path
from typing import Annotated

from pydantic import Field, ValidationError, model_validator

from dateline.errors import PromptError
from dateline.resources import folders
from dateline.spans import Frozen


class SubEventType(Frozen):
    """One sub-event type: its exact name and a one-line definition that a model can use."""

    name: Annotated[str, Field(min_length=1)]
    definition: str = ""


class EventType(Frozen):
    """One event type with its sub-types, in the taxonomy's order."""

    name: Annotated[str, Field(min_length=1)]
    sub_event_types: Annotated[tuple[SubEventType, ...], Field(min_length=1)]


class Taxonomy(Frozen):
    """A closed, ordered list of event types. ``source`` says who published it."""

    id: str
    title: str
    source: str = ""
    event_types: Annotated[tuple[EventType, ...], Field(min_length=1)]

    @model_validator(mode="after")
    def _unique(self) -> Taxonomy:
        names = self.sub_event_types
        if len(set(names)) != len(names):
            raise ValueError("sub-event type names must be unique across the taxonomy")
        return self

    @cached_property
    def sub_event_types(self) -> tuple[str, ...]:
        """Every sub-event type name, in order."""
        return tuple(sub.name for event in self.event_types for sub in event.sub_event_types)

    def event_type_of(self, sub_event_type: str) -> str | None:
        """The event type that a sub-event type belongs to; None when it is not in here."""
        return self._parents.get(sub_event_type)

    @cached_property
    def _parents(self) -> dict[str, str]:
        return {sub.name: event.name for event in self.event_types for sub in event.sub_event_types}


def load_taxonomy(name: str | Path) -> Taxonomy:
    """Load a shipped taxonomy by its id (``"acled"``, ``"muc4"``) or any taxonomy file by path.

    Raises:
        PromptError: there is no such file, or it is not a taxonomy.
    """
    path = Path(name)
    if path.suffix != ".json":
        shipped = {
            f.stem: f
            for folder in reversed(folders("schemas"))
            for f in folder.glob("taxonomies/*.json")
        }
        if str(name) not in shipped:
            raise PromptError(
                f"there is no taxonomy {str(name)!r}",
                remedy=f"Name a shipped one ({', '.join(sorted(shipped))}) or a .json file.",
            )
        path = shipped[str(name)]
    return _load(path)


@lru_cache(maxsize=32)
def _load(path: Path) -> Taxonomy:
    try:
        return Taxonomy.model_validate_json(path.read_bytes())
    except OSError as error:
        raise PromptError(
            f"cannot read the taxonomy: {error.strerror}",
            where=str(path),
            remedy="Name a shipped taxonomy (acled, muc4) or a readable .json file.",
        ) from error
    except ValidationError as error:
        first = error.errors()[0]
        place = ".".join(str(part) for part in first["loc"])
        raise PromptError(
            f"not a taxonomy: {first['msg']}",
            where=f"{path}: $.{place}",
            remedy="See docs/taxonomies.md for the format.",
        ) from error
