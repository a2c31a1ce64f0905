"""One finding about a label file, and many of them as one error."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Literal

from dateline.errors import GoldError

SHOWN = 50
"""How many problems one error message lists before it only counts the rest."""


@dataclass(frozen=True, slots=True)
class GoldProblem:
    """What is wrong with a label file, and where.

    ``where`` names what is known of file, line, document, record and field, in that order:
    ``labels.jsonl:3: 07-road e2 $.events[1].types``.
    """

    where: str
    message: str
    severity: Literal["error", "warning"] = "error"

    def __str__(self) -> str:
        mark = "warning: " if self.severity == "warning" else ""
        return f"{self.where}: {mark}{self.message}"


def errors_of(problems: Iterable[GoldProblem]) -> list[GoldProblem]:
    """The problems that are errors."""
    return [problem for problem in problems if problem.severity == "error"]


def as_error(problems: Sequence[GoldProblem], *, remedy: str | None = None) -> GoldError:
    """All problems of a file as one error; one problem alone is told without a list."""
    if len(problems) == 1:
        return GoldError(problems[0].message, where=problems[0].where, remedy=remedy)
    lines = [f"  {problem}" for problem in problems[:SHOWN]]
    if len(problems) > SHOWN:
        lines.append(f"  and {len(problems) - SHOWN} more")
    return GoldError("\n".join([f"{len(problems)} problems:", *lines]), remedy=remedy)
