"""Files of strangers, read with errors that say which file and what to do."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from dateline.errors import GoldError


def read_text(path: Path, remedy: str | None = None) -> str:
    """The file's text with its line ends as they are; a byte order mark is left out.

    Raises:
        GoldError: it cannot be read, or is not UTF-8.
    """
    try:
        return path.read_bytes().decode("utf-8").removeprefix("\ufeff")
    except OSError as error:
        raise GoldError(
            f"cannot read the file: {error.strerror}", where=str(path), remedy=remedy
        ) from error
    except UnicodeDecodeError as error:
        raise GoldError(
            f"not UTF-8 at byte {error.start}",
            where=str(path),
            remedy="Save the file as UTF-8.",
        ) from error


def parse_json(text: str, where: str) -> Any:
    """Parse a JSON document.

    Raises:
        GoldError: it is no JSON, or holds half a character that no text can hold.
    """
    try:
        value = json.loads(text)
        json.dumps(value, ensure_ascii=False).encode("utf-8")
    except UnicodeEncodeError as error:
        raise GoldError(
            "a string holds half of a surrogate pair",
            where=where,
            remedy="Export the file again; the text was cut inside a character.",
        ) from error
    except RecursionError as error:
        raise GoldError("the JSON is nested too deeply", where=where) from error
    except ValueError as error:
        line = getattr(error, "lineno", None)
        raise GoldError(
            "not JSON",
            where=f"{where}:{line}" if line and line > 1 else where,
            remedy="Export the file again.",
        ) from error
    return value
