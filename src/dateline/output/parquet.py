"""Tables as Parquet files, with the same column types for no rows and for many."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import islice
from pathlib import Path

from dateline.output.tabular import COLUMNS, TableName, rows
from dateline.records import Extraction, Failure

_BATCH = 2_000
"""Rows a row group: bounds memory while results stream in."""


def write_parquet(
    results: Iterable[Extraction | Failure], path: str | Path, table: TableName = "events"
) -> None:
    """Write one table as a Parquet file (zstd), one row a record.

    Raises:
        ImportError: pyarrow is not installed; the message names the extra.
    """
    try:
        import pyarrow as pa
        import pyarrow.parquet as pq
    except ImportError as error:
        raise ImportError(
            "pyarrow is needed for Parquet. Install it with: pip install 'dateline[parquet]'"
        ) from error
    types = {
        "string": pa.string(),
        "int": pa.int64(),
        "float": pa.float64(),
        "bool": pa.bool_(),
        "date": pa.date32(),
    }
    schema = pa.schema([(name, types[kind]) for name, kind in COLUMNS[table].items()])
    found = rows(results, table)
    with pq.ParquetWriter(str(path), schema, compression="zstd") as writer:
        while batch := list(islice(found, _BATCH)):
            writer.write_table(pa.Table.from_pylist(batch, schema=schema))
