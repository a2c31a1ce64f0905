"""Actors: who takes part, under which names."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from dateline.records.vocabulary import ActorKind, ActorRole, AliasSource
from dateline.spans import Evidence, Frozen


class Actor(Frozen):
    """One actor and every form of its name that the article prints.

    ``name`` is the canonical form; ``mentions`` are words of the article with their places.
    ``country`` is ISO 3166-1 alpha-2. ``alias_source`` says what joined the mentions.
    """

    id: str
    name: str
    mentions: Annotated[tuple[Evidence, ...], Field(min_length=1)]
    kind: ActorKind | None = None
    country: str | None = None
    alias_source: AliasSource = "article"


class Participation(Frozen):
    """The part that an actor plays in an event."""

    actor_id: str
    role: ActorRole
