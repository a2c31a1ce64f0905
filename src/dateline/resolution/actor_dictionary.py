"""The shipped dictionary of organisations and armed forces, by name key."""

from __future__ import annotations

import json
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple, cast

from dateline.resolution.name_forms import name_key
from dateline.resources import find

if TYPE_CHECKING:
    from pathlib import Path

    from dateline.records.vocabulary import ActorKind


class KnownActor(NamedTuple):
    """One entry. ``forms`` are all its names and acronyms, the main name first."""

    name: str
    kind: ActorKind | None
    country: str | None
    forms: tuple[str, ...]


class ActorDictionary:
    """Known actors by any of their names. A name that several actors share finds them all."""

    def __init__(self, actors: list[KnownActor]) -> None:
        self._by_key: dict[str, tuple[KnownActor, ...]] = {}
        for actor in actors:
            for key in dict.fromkeys(name_key(form) for form in actor.forms):
                self._by_key[key] = (*self._by_key.get(key, ()), actor)

    def lookup(self, key: str) -> tuple[KnownActor, ...]:
        """Return the actors that have a name with this key; see ``name_forms.name_key``."""
        return self._by_key.get(key, ())


@lru_cache(maxsize=4)
def load_actor_dictionary(path: Path | None = None) -> ActorDictionary:
    """Return the shipped dictionary, or the user's file of the same format.

    Raises:
        PromptError: the shipped file is not where it was installed.
    """
    source = path if path is not None else find("schemas", "actors.json")
    entries = json.loads(source.read_text(encoding="utf-8"))["actors"]
    return ActorDictionary(
        [
            KnownActor(
                entry["name"],
                cast("ActorKind | None", entry["kind"]),
                entry["country"],
                tuple(dict.fromkeys([entry["name"], *entry["aliases"], *entry["acronyms"]])),
            )
            for entry in entries
        ]
    )
