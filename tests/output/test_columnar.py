from __future__ import annotations

import json
import math
import sys
from datetime import date
from io import StringIO
from pathlib import Path
from typing import Any

import pytest

from dateline.output.frames import frame
from dateline.output.geojson import write_geojson
from dateline.output.parquet import write_parquet
from dateline.output.tabular import COLUMNS, TABLE_NAMES, TableName
from support.sample import sample_extraction, sample_failure


def geojson(results: list[Any]) -> dict[str, Any]:
    stream = StringIO()
    write_geojson(results, stream)
    document: dict[str, Any] = json.loads(stream.getvalue())
    return document


def test_features_have_points_where_places_are_known() -> None:
    features = geojson([sample_extraction(), sample_failure()])["features"]

    assert features[0]["geometry"] == {"type": "Point", "coordinates": [41.873, 36.412]}
    assert features[1]["geometry"] is None
    assert features[0]["id"] == "tel-marwa/E1"
    assert features[0]["properties"]["event_date_start"] == "2024-05-14"


def test_no_results_are_an_empty_collection() -> None:
    assert geojson([]) == {"type": "FeatureCollection", "features": []}


@pytest.mark.parametrize("table", TABLE_NAMES)
def test_parquet_columns_have_the_same_types_without_rows(table: TableName, tmp_path: Path) -> None:
    pq = pytest.importorskip("pyarrow.parquet")
    write_parquet([], tmp_path / "none.parquet", table)
    write_parquet([sample_extraction()], tmp_path / "some.parquet", table)

    none, some = (pq.read_table(tmp_path / f"{name}.parquet") for name in ("none", "some"))

    assert none.schema.equals(some.schema)
    assert none.num_rows == 0
    assert some.num_rows > 0


def test_parquet_keeps_dates_and_nulls(tmp_path: Path) -> None:
    pq = pytest.importorskip("pyarrow.parquet")
    write_parquet([sample_extraction()], tmp_path / "events.parquet")

    rows = pq.read_table(tmp_path / "events.parquet").to_pylist()

    assert rows[0]["event_date_start"] == date(2024, 5, 14)
    assert rows[0]["fatalities_max"] is None
    assert rows[1]["latitude"] is None


@pytest.mark.parametrize("table", TABLE_NAMES)
def test_frames_have_the_same_columns_and_types_without_rows(table: TableName) -> None:
    pytest.importorskip("pandas")

    none, some = frame([], table), frame([sample_extraction(), sample_failure()], table)

    assert list(none.columns) == list(some.columns) == list(COLUMNS[table])
    assert none.dtypes.equals(some.dtypes)
    assert len(some) > 0


def test_an_extraction_gives_its_own_frames() -> None:
    pytest.importorskip("pandas")
    events = sample_extraction().frame("events")

    assert events["fatalities_min"].tolist()[0] == 14
    assert math.isnan(events["fatalities_min"].astype("float64").tolist()[1])
    assert events["event_date_start"].dt.year.tolist() == [2024, 2024, 2022]


@pytest.mark.parametrize(("module", "extra"), [("pandas", "pandas"), ("pyarrow", "parquet")])
def test_a_missing_library_is_named_with_its_extra(
    module: str, extra: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setitem(sys.modules, module, None)

    use = (
        (lambda: frame([]))
        if module == "pandas"
        else (lambda: write_parquet([], tmp_path / "x.parquet"))
    )

    with pytest.raises(ImportError, match=rf"pip install 'dateline\[{extra}\]'"):
        use()
