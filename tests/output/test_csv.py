from __future__ import annotations

import csv
import io

import pytest

from dateline.output.csv import write_csv
from dateline.output.tabular import COLUMNS, TABLE_NAMES, TableName
from dateline.records import Event, Extraction
from support.sample import sample_article, sample_extraction, sample_failure


def written(extraction: Extraction, table: TableName = "events") -> list[dict[str, str]]:
    stream = io.StringIO(newline="")
    write_csv([extraction, sample_failure()], stream, table)
    return list(csv.DictReader(io.StringIO(stream.getvalue(), newline="")))


def with_summary(words: str) -> Extraction:
    extraction = sample_extraction()
    event = extraction.events[0].model_copy(update={"summary": words})
    return extraction.model_copy(update={"events": (event,)})


def test_an_event_row_reads_like_acled() -> None:
    row = written(sample_extraction())[0]

    assert row["event_id"] == "E1"
    assert row["event_date_start"] == row["event_date_end"] == "2024-05-14"
    assert row["time_precision"] == "1"
    assert (row["event_type"], row["sub_event_type"]) == ("Violence against civilians", "Attack")
    assert (row["actor1"], row["actor2"], row["actor2_kind"]) == ("Gunmen", "traders", "civilians")
    assert row["other_actors"] == "participant: Kestrian Army"
    assert (row["latitude"], row["longitude"], row["geo_precision"]) == ("36.412", "41.873", "2")
    assert (row["fatalities_min"], row["fatalities_max"]) == ("14", "")
    assert row["counts"] == "≥ 14 killed; ≈ 30 wounded"
    assert row["source_claims"] == "C1; C2"


def test_evidence_offsets_lead_back_to_the_words() -> None:
    text = sample_article().text
    row = written(sample_extraction())[2]

    start, end = map(int, row["evidence"].split("-"))

    assert "a car bomb outside a grain depot" in text[start:end]


@pytest.mark.parametrize("table", TABLE_NAMES)
def test_every_table_has_its_columns_with_and_without_rows(table: TableName) -> None:
    empty = io.StringIO()
    write_csv([], empty, table)

    rows = written(sample_extraction(), table)

    assert empty.getvalue().strip().split(",") == list(COLUMNS[table])
    assert rows
    assert list(rows[0]) == list(COLUMNS[table])


@pytest.mark.parametrize(
    "formula",
    ["=1+1", "+1", "-2+3", "@SUM(A1)", "\t=1", "\r=1", "  =cmd|' /C calc'!A0", "＝1+1", "\n=1"],
)
def test_a_cell_is_never_a_formula(formula: str) -> None:
    row = written(with_summary(formula))[0]

    assert row["notes"].startswith("'")
    assert row["notes"].endswith(formula.strip()[-2:])


def test_numbers_stay_numbers() -> None:
    extraction = sample_extraction()
    place = extraction.events[0].place
    assert place is not None
    event = extraction.events[0].model_copy(
        update={"place": place.model_copy(update={"lon": -41.5, "lat": -3.0})}
    )

    row = written(extraction.model_copy(update={"events": (event,)}))[0]

    assert (row["latitude"], row["longitude"]) == ("-3", "-41.5")


def test_line_breaks_and_quotes_survive_and_control_characters_are_shown() -> None:
    row = written(with_summary('He said "no",\nthen left\x00\x1b[31m.'))[0]

    assert row["notes"] == 'He said "no",\nthen left␀␛[31m.'


def test_two_participants_are_the_two_sides_of_a_clash() -> None:
    extraction = sample_extraction()
    event: Event = extraction.events[0].model_copy(
        update={
            "actors": tuple(
                part.model_copy(update={"role": "participant"})
                for part in extraction.events[0].actors[1:]
            )
        }
    )

    row = written(extraction.model_copy(update={"events": (event,)}))[0]

    assert (row["actor1"], row["actor2"], row["other_actors"]) == ("traders", "Kestrian Army", "")
