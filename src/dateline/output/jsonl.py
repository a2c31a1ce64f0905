"""Results as JSON Lines: one extraction or failure a line, read back as the same records."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator
from contextlib import nullcontext
from pathlib import Path
from typing import IO, Any, TextIO

from pydantic import ValidationError
from pydantic_core import from_json

from dateline.errors import ArticleError
from dateline.records import Extraction, Failure


def write_jsonl(results: Iterable[Extraction | Failure], stream: TextIO) -> None:
    """Write each result as its own line of JSON, as soon as it comes.

    A line is the record's own JSON: a line with ``error`` is a ``Failure``, any other an
    ``Extraction``, which ``Extraction.model_validate_json(line)`` reads.
    """
    for result in results:
        stream.write(result.model_dump_json() + "\n")
        stream.flush()


def read_results(path: str | Path) -> Iterator[Extraction | Failure]:
    """Yield the results of a JSON Lines file in file order; ``-`` is standard input.

    Blank lines are skipped.

    Raises:
        ArticleError: the file cannot be read, or a line is not a result; names file and line.
    """
    name = "standard input" if str(path) == "-" else str(path)
    try:
        with _opened(path) as stream:
            for number, line in enumerate(stream, start=1):
                if line.strip():
                    yield _result(line, f"{name}:{number}")
    except OSError as error:
        raise ArticleError(
            f"cannot read results: {error.strerror}",
            where=name,
            remedy="Name a file that dateline extract or dateline run wrote.",
        ) from error


def _opened(path: str | Path) -> Any:
    if str(path) == "-":
        stream: IO[bytes] = sys.stdin.buffer
        return nullcontext(stream)
    return Path(path).open("rb")


def _result(line: bytes, where: str) -> Extraction | Failure:
    try:
        data = from_json(line.removeprefix(b"\xef\xbb\xbf"))
    except ValueError as error:
        # The parser's message holds a position and no text of the line.
        raise ArticleError(
            f"not JSON: {error}", where=where, remedy="Each line must hold one whole result."
        ) from error
    if not isinstance(data, dict) or not ({"article", "error"} & data.keys()):
        raise ArticleError(
            "neither an extraction nor a failure",
            where=where,
            remedy="Name a file that dateline extract or dateline run wrote.",
        )
    model = Extraction if "article" in data else Failure
    try:
        return model.model_validate(data)
    except ValidationError as error:
        first = error.errors(include_input=False, include_url=False)[0]
        path = "".join(f"[{p}]" if isinstance(p, int) else f".{p}" for p in first["loc"])
        raise ArticleError(
            f"not a valid {model.__name__} at ${path}: {first['msg']}",
            where=where,
            remedy="The file may come from another version of dateline.",
        ) from error
