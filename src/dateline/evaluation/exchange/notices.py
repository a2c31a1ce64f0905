"""What an import could not take, or had to mend: nothing is lost in silence."""

from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import dataclass

_log = logging.getLogger("dateline.evaluation")


@dataclass(frozen=True, slots=True)
class Notice:
    """One thing that was left out or mended. ``where`` is file and line, or file and path."""

    where: str
    message: str

    def __str__(self) -> str:
        return f"{self.where}: {self.message}"


Report = Callable[[Notice], None]
"""What is called with each notice."""


def log(notice: Notice) -> None:
    """Write a notice to the log ``dateline.evaluation``: the report where none is given."""
    _log.warning("%s", notice)
