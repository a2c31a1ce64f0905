"""What the labels of somebody else's project mean."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Literal, get_args

from pydantic import BaseModel, ConfigDict, ValidationError

from dateline.errors import GoldError
from dateline.records.vocabulary import ActorRole
from dateline.spans import ZoneKind

Part = Literal[
    "initiator",
    "target",
    "participant",
    "supporter",
    "affected",
    "place",
    "speaker",
    "via",
    "cue",
    "about",
    "evidence",
]
"""What something can be in an event or a claim."""

PARTS: frozenset[str] = frozenset(get_args(Part))
ACTOR_ROLES: frozenset[str] = frozenset(get_args(ActorRole))

_USUAL: dict[str, Part] = {
    "attacker": "initiator",
    "agent": "initiator",
    "perpetrator": "initiator",
    "victim": "target",
    "patient": "target",
    "location": "place",
    "loc": "place",
    "source": "speaker",
}


class LabelMap(BaseModel):
    """The meaning of labels, roles and relations of a foreign project.

    ``events`` gives the event type of a label, ``roles`` what a role, a relation or the label of
    an entity is in an event or claim, ``claims`` the labels that are claims, ``excluded`` the
    zone of labels that mark text which supports nothing, ``ignore`` what to leave out. Names are
    compared exactly; role names also by what they usually mean ("Attacker", "Location").
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    events: Mapping[str, str] = {}
    roles: Mapping[str, Part] = {}
    claims: frozenset[str] = frozenset({"Claim", "claim"})
    excluded: Mapping[str, ZoneKind] = {}
    ignore: frozenset[str] = frozenset()

    def part(self, name: str) -> Part | None:
        """What a role or relation of this name is; None where that is not known."""
        if name in self.roles:
            return self.roles[name]
        plain = name.casefold()
        if plain in PARTS:
            return plain  # type: ignore[return-value]  # it is one of the literal's values
        return _USUAL.get(plain)


def load_map(source: LabelMap | Mapping[str, Any] | Path | str | None) -> LabelMap:
    """Make a map of a mapping, or of a YAML or JSON file; None gives the usual one.

    Raises:
        GoldError: the file cannot be read or says something that is no map.
    """
    if source is None:
        return LabelMap()
    if isinstance(source, LabelMap):
        return source
    if isinstance(source, Mapping):
        return _checked(source, "map")
    path = Path(source)
    try:
        text = path.read_text("utf-8")
    except (OSError, UnicodeDecodeError) as error:
        reason = getattr(error, "strerror", None) or "not UTF-8"
        raise GoldError(f"cannot read the map of labels: {reason}", where=str(path)) from error
    return _checked(_parsed(text, path), str(path))


def _parsed(text: str, path: Path) -> Any:
    if path.suffix == ".json":
        try:
            return json.loads(text)
        except (ValueError, RecursionError) as error:
            raise _unreadable(path) from error
    import yaml

    try:
        return yaml.safe_load(text)
    except (yaml.YAMLError, ValueError, RecursionError) as error:
        raise _unreadable(path) from error


def _unreadable(path: Path) -> GoldError:
    return GoldError(
        "the map of labels is neither YAML nor JSON",
        where=str(path),
        remedy="See docs/exchange.md for its form.",
    )


def _checked(value: Any, where: str) -> LabelMap:
    try:
        return LabelMap.model_validate(value or {})
    except ValidationError as error:
        first = error.errors(include_input=False)[0]
        place = ".".join(str(part) for part in first["loc"])
        raise GoldError(
            f"not a map of labels: {first['msg']}",
            where=f"{where}: $.{place}" if place else where,
            remedy="It may hold events, roles, claims, excluded and ignore; see docs/exchange.md.",
        ) from error
