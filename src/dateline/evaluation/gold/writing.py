"""Write label documents as JSON Lines: stable order, no nulls, no defaults."""

from __future__ import annotations

import json
import os
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from dateline.errors import GoldError
from dateline.evaluation.gold.document import LabelDocument


def as_line(document: LabelDocument) -> str:
    """One document as one line of JSON, without a line end.

    Fields stand in the order of ``docs/gold.md``; what equals its default is left out, and whole
    numbers have no decimal point. Equal documents give equal lines.
    """
    return json.dumps(as_json(document), ensure_ascii=False, separators=(", ", ": "))


def as_json(document: LabelDocument) -> dict[str, Any]:
    """One document as JSON values, likewise."""
    dumped = document.model_dump(mode="json", exclude_defaults=True)
    written: dict[str, Any] = plain_numbers(dumped)
    return written


def write_labels(documents: Iterable[LabelDocument], path: str | Path) -> None:
    """Write a file of labels or predictions; an older file is replaced whole or not at all.

    Raises:
        GoldError: the file cannot be written.
    """
    target = Path(path)
    part = target.with_name(f".{target.name}.{os.getpid()}.part")
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        with part.open("w", encoding="utf-8", newline="\n") as file:
            for document in documents:
                file.write(as_line(document) + "\n")
        part.replace(target)
    except OSError as error:
        part.unlink(missing_ok=True)
        raise GoldError(
            f"cannot be written: {error.strerror or type(error).__name__}",
            where=str(target),
            remedy="Name a file in a folder that you may write to.",
        ) from None


def plain_numbers(value: Any) -> Any:
    """JSON values in which whole numbers have no decimal point."""
    if isinstance(value, dict):
        return {key: plain_numbers(inner) for key, inner in value.items()}
    if isinstance(value, list):
        return [plain_numbers(inner) for inner in value]
    if isinstance(value, float) and value.is_integer() and abs(value) < 2**53:
        return int(value)
    return value
