"""Writers: results as a page, terminal tables, JSON Lines, CSV, frames, GeoJSON and Parquet."""
