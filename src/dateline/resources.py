"""Find prompt and schema files: the user's folder first, then the package, then the checkout."""

from __future__ import annotations

from pathlib import Path
from typing import Literal

from dateline.errors import PromptError

Kind = Literal["prompts", "schemas", "evals"]

_PACKAGE = Path(__file__).parent
_CHECKOUT = _PACKAGE.parent.parent


def find(kind: Kind, name: str, *, override: Path | None = None) -> Path:
    """Return the path of a shipped file, or of the user's file of the same name.

    Args:
        kind: which folder, ``prompts`` or ``schemas``.
        name: file name relative to that folder.
        override: a folder that is looked in first.

    Raises:
        PromptError: nowhere; the message lists the folders that were looked in.
    """
    tried = folders(kind, override=override)
    for folder in tried:
        path = folder / name
        if path.is_file():
            return path
    raise PromptError(
        f"no file {name!r} among the {kind}",
        where=", ".join(str(folder) for folder in tried),
        remedy="Check the name, or reinstall dateline.",
    )


def folders(kind: Kind, *, override: Path | None = None) -> list[Path]:
    """The folders that are searched for ``kind``, first match wins."""
    found = [override] if override is not None else []
    return [*found, _PACKAGE / "_data" / kind, _CHECKOUT / kind]
