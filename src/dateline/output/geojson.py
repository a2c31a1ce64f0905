"""Events as GeoJSON (RFC 7946): one feature an event, geometry null where no point is known."""

from __future__ import annotations

import json
from collections.abc import Iterable
from datetime import date
from typing import Any, TextIO

from dateline.output.tabular import rows
from dateline.records import Extraction, Failure


def write_geojson(results: Iterable[Extraction | Failure], stream: TextIO) -> None:
    """Write all events as one FeatureCollection.

    Properties are the columns of the ``events`` table without the coordinates, which stand in the
    geometry as longitude, latitude (WGS 84).
    """
    stream.write('{"type": "FeatureCollection", "features": [')
    separator = "\n"
    for row in rows(results, "events"):
        stream.write(separator + json.dumps(_feature(dict(row)), ensure_ascii=False))
        separator = ",\n"
    stream.write("\n]}\n")


def _feature(row: dict[str, Any]) -> dict[str, Any]:
    lat, lon = row.pop("latitude"), row.pop("longitude")
    point = {"type": "Point", "coordinates": [lon, lat]}
    return {
        "type": "Feature",
        "id": f"{row['article_id']}/{row['event_id']}",
        "geometry": None if lat is None or lon is None else point,
        "properties": {
            name: value.isoformat() if isinstance(value, date) else value
            for name, value in row.items()
        },
    }
