"""Small results on standard output: one JSON document, or a plain table of words."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

import click

from dateline.output.shown import one_line


def print_json(document: Any) -> None:
    """Print one JSON document, stable in its order of keys."""
    click.echo(json.dumps(document, ensure_ascii=False, indent=2, default=str))


def print_rows(headers: Sequence[str], rows: Sequence[Sequence[str]]) -> None:
    """Print words in columns, the last one as long as it is."""
    table = [list(headers), *([one_line(cell) for cell in row] for row in rows)]
    widths = [max(len(row[column]) for row in table) for column in range(len(headers) - 1)]
    for row in table:
        cells = [cell.ljust(width) for cell, width in zip(row, widths, strict=False)]
        click.echo("  ".join([*cells, row[-1]]).rstrip())
