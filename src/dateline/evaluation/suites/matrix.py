"""The variants of a suite: every combination of what its matrix names."""

from __future__ import annotations

import re
from dataclasses import asdict, dataclass
from itertools import product
from typing import TYPE_CHECKING, Any, Literal

from dateline.errors import EvaluationError

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

_UNSAFE = re.compile(r"[^A-Za-z0-9._+-]+")


@dataclass(frozen=True, slots=True)
class Variant:
    """One way of extracting: a provider, and what differs from the suite's usual way.

    Attributes:
        provider: as for ``--provider``; None for the configuration's default.
        prompts: a folder whose files replace shipped prompts.
        asking: ``direct`` or ``guided``; None for what suits the provider.
        taxonomy: a shipped taxonomy's id or a file; None for the suite's.
        max_reasks: how often failed items are asked for again; None for the usual once.
    """

    provider: str | None = None
    prompts: str | None = None
    asking: Literal["direct", "guided"] | None = None
    taxonomy: str | None = None
    max_reasks: int | None = None

    @property
    def name(self) -> str:
        """A short name that can be a folder's: the provider, then what else is stated."""
        parts = [self.provider or "default"]
        for key, value in asdict(self).items():
            if key != "provider" and value is not None:
                last = str(value).rstrip("/").rpartition("/")[2]
                parts.append(f"{key}-{last}" if key == "max_reasks" else last)
        return _UNSAFE.sub("-", "+".join(parts)).strip("-.") or "default"


def variants(
    providers: Sequence[str | None], matrix: Mapping[str, Sequence[Any]]
) -> tuple[Variant, ...]:
    """Return every combination, the last axis changing fastest.

    Args:
        providers: the axis of providers, in front of those of the matrix.
        matrix: values by axis; an axis is a field of ``Variant``. None is the usual value.

    Raises:
        EvaluationError: two variants would have one name.
    """
    axes = {"provider": list(providers) or [None], **{k: list(v) for k, v in matrix.items()}}
    names = list(axes)
    combined = (
        Variant(**dict(zip(names, values, strict=True))) for values in product(*axes.values())
    )
    found = tuple(dict.fromkeys(combined))
    seen: dict[str, Variant] = {}
    for variant in found:
        other = seen.setdefault(variant.name.casefold(), variant)
        if other is not variant:
            raise EvaluationError(
                f"two variants of the matrix have the name {variant.name!r}",
                remedy="The last part of each path makes the name: give the folders or files "
                "names of their own.",
            )
    return found
