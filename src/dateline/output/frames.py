"""Results as pandas frames."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from dateline.output.tabular import COLUMNS, TableName, rows
from dateline.records import Extraction, Failure

if TYPE_CHECKING:
    import pandas as pd

_DTYPES = {
    "string": "string",
    "int": "Int64",
    "float": "Float64",
    "bool": "boolean",
    "date": "datetime64[s]",
}


def frame(results: Iterable[Extraction | Failure], table: TableName = "events") -> pd.DataFrame:
    """Return one table of results as a frame, one row a record, with typed columns.

    The columns are the same for no rows and for many; unknown values are ``NA``.

    Raises:
        ImportError: pandas is not installed; the message names the extra.
    """
    try:
        import pandas as pd
    except ImportError as error:
        raise ImportError(
            "pandas is needed for frames. Install it with: pip install 'dateline[pandas]'"
        ) from error
    columns = COLUMNS[table]
    made = pd.DataFrame(list(rows(results, table)), columns=list(columns), dtype=object)
    return made.astype({name: _DTYPES[kind] for name, kind in columns.items()})
