"""Where results go and in what form."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Literal, TextIO, get_args

import click

if TYPE_CHECKING:
    from dateline.output.tabular import TableName
    from dateline.records import Extraction, Failure

Format = Literal["jsonl", "csv", "parquet", "geojson", "table"]
FORMATS: tuple[Format, ...] = get_args(Format)
_SUFFIXES: dict[str, Format] = {
    ".jsonl": "jsonl",
    ".ndjson": "jsonl",
    ".csv": "csv",
    ".parquet": "parquet",
    ".geojson": "geojson",
    ".txt": "table",
}


def chosen_format(asked: str | None, out: Path | None) -> Format:
    """The format that was asked for, or the one of the file's suffix, or what suits the stream.

    Raises:
        click.UsageError: the suffix says nothing, or Parquet has no file to go to.
    """
    if asked is not None:
        found = next(name for name in FORMATS if name == asked)
    elif out is not None:
        suffix = out.suffix.lower()
        if suffix not in _SUFFIXES:
            raise click.UsageError(
                f"cannot tell the format of --out from {suffix or 'a name without suffix'!r}. "
                f"Say --format {'|'.join(FORMATS)}."
            )
        found = _SUFFIXES[suffix]
    else:
        found = "table" if sys.stdout.isatty() else "jsonl"
    if found == "parquet" and out is None:
        raise click.UsageError("Parquet needs a file: say --out FILE.parquet.")
    return found


def check_folders(*paths: Path | None) -> None:
    """See before any work is paid for that results can be written.

    Raises:
        click.UsageError: a file's folder does not exist.
    """
    for path in paths:
        if path is not None and not path.parent.is_dir():
            raise click.UsageError(f"there is no folder {str(path.parent)!r} to write to.")


def check_inputs(inputs: Iterable[str], *paths: Path | None) -> None:
    """See that no result takes the place of an input.

    Raises:
        click.UsageError: a file to write is one of the inputs.
    """
    named = [Path(name) for name in inputs if name != "-"]
    for path in paths:
        for name in named:
            try:
                same = path is not None and path.is_file() and name.samefile(path)
            except (OSError, ValueError):
                continue
            if same:
                raise click.UsageError(f"{str(path)!r} is an input; write the results elsewhere.")


def write(
    results: Iterable[Extraction | Failure],
    *,
    format: Format,
    out: Path | None,
    table: TableName,
) -> None:
    """Write results as they come, to ``out`` or to standard output.

    A file is written beside its name, as ``NAME.part``, and takes the name when all is written:
    a file that was there before is never left half replaced.
    """
    if format == "parquet":
        if out is None:
            raise click.UsageError("Parquet needs a file: say --out FILE.parquet.")
        from dateline.output.parquet import write_parquet

        with replacing(out) as part:
            write_parquet(results, part, table)
    elif out is None:
        _text(results, sys.stdout, format, table)
        sys.stdout.flush()
    else:
        with replacing(out) as part, part.open("w", encoding="utf-8", newline="") as stream:
            _text(results, stream, format, table)


def _text(
    results: Iterable[Extraction | Failure], stream: TextIO, format: Format, table: TableName
) -> None:
    if format == "jsonl":
        from dateline.output.jsonl import write_jsonl

        write_jsonl(results, stream)
    elif format == "csv":
        from dateline.output.csv import write_csv

        write_csv(results, stream, table)
    elif format == "geojson":
        from dateline.output.geojson import write_geojson

        write_geojson(results, stream)
    else:
        from dateline.output.table import write_table

        write_table(results, stream)


@contextmanager
def replacing(path: Path) -> Iterator[Path]:
    """Give a path beside ``path`` to write to, which takes its name when all went well."""
    part = path.with_name(f"{path.name}.part")
    yield part
    part.replace(path)


def write_page(results: list[Extraction | Failure], path: Path, *, title: str | None) -> None:
    """Write results as one HTML page; ``-`` is standard output."""
    from dateline.output.html import page

    text = page(results, title=title)
    if str(path) == "-":
        sys.stdout.write(text)
        return
    with replacing(path) as part:
        part.write_text(text, encoding="utf-8", newline="\n")
