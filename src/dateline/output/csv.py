"""CSV files that a spreadsheet can open without running anything."""

from __future__ import annotations

import csv
from collections.abc import Iterable
from datetime import date
from typing import TextIO

from dateline.output.shown import shown
from dateline.output.tabular import COLUMNS, TableName, rows
from dateline.records import Extraction, Failure

# A spreadsheet takes a cell that starts like this for a formula (OWASP, "CSV Injection").
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")


def write_csv(
    results: Iterable[Extraction | Failure], stream: TextIO, table: TableName = "events"
) -> None:
    """Write one table as CSV with a header line, one row a record, ``\\n`` at line ends.

    Text cells that a spreadsheet would take for a formula get a leading apostrophe. Open the
    stream with ``newline=""``.
    """
    columns = COLUMNS[table]
    writer = csv.writer(stream, lineterminator="\n")
    writer.writerow(columns)
    for row in rows(results, table):
        writer.writerow([_cell(row[name]) for name in columns])


def _cell(value: object) -> object:
    if isinstance(value, str):
        # The csv module does not quote a lone carriage return, which readers take for a new row.
        value = shown(value).replace("\r\n", "\n").replace("\r", "\n")
        return f"'{value}" if value.lstrip(" \u00a0").startswith(_FORMULA) else value
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, float) and value.is_integer():
        return int(value)
    return value.isoformat() if isinstance(value, date) else value
