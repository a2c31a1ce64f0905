"""The page on scoring names every measure, and its tables are those that its program asserts."""

from __future__ import annotations

import re
from pathlib import Path

from dateline.evaluation.gold.document import EVENT_SLOTS
from dateline.evaluation.scoring.measures import MEASURES

PAGE = (Path(__file__).parents[3] / "docs" / "scoring.md").read_text("utf-8")


def test_every_measure_is_defined() -> None:
    section = PAGE.partition("## All measures")[2].partition("\n## ")[0]
    named: set[str] = set()
    for row in re.findall(r"^\| (`.*?) \|", section, re.MULTILINE):
        prefix = ""
        for name in re.findall(r"`([a-z_.-]+?)`", row):
            prefix = prefix if name.startswith(".") else name.rpartition(".")[0]
            named.add(prefix + name if name.startswith(".") else name)

    roles = {name for name in MEASURES if name.startswith("event.actors.")}
    assert set(MEASURES) - named - roles == set()
    assert named - set(MEASURES) == set()
    assert {f"`{slot}`" for slot in EVENT_SLOTS} <= set(re.findall(r"`\w+`", PAGE))


def test_the_table_computed_by_hand_is_what_the_program_asserts() -> None:
    """Sums of the table: its rows add up, and are those of the snippet below it."""
    section = PAGE.partition("## A worked example")[2].partition("\n## ")[0]
    asserted = dict(re.findall(r'^    "([a-z_.]+)": \((.*)\),$', section, re.MULTILINE))
    rows = re.findall(r"^\| ([*a-z_., ]+?) \|(.*)\| (\S+) \|$", section, re.MULTILINE)
    columns = {"counts, leniently": "event.lenient.counts", "**event**": "event"}
    seen = set()
    for name, cells, last in rows:
        measure = columns.get(name, name if "." in name else f"event.{name}")
        total = _numbers(last.strip("*"))
        parts = [_numbers(cell.strip()) for cell in cells.split("|") if cell.strip()]
        if parts:
            assert [sum(column) for column in zip(*parts, strict=True)] == total, name
        assert [float(n) for n in asserted[measure].split(", ")] == total, name
        seen.add(measure)

    assert len(seen) == 15


def _numbers(cell: str) -> list[float]:
    return [float(part.replace("½", ".5")) for part in cell.split("/")]
