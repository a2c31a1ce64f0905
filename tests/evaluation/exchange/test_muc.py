from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Any

import pytest

from dateline.errors import GoldError
from dateline.evaluation.exchange import Notice, entity_templates, import_labels

TEXTS = """
DEV-MUC3-9001 (NOSC)

   PORT ELSIN (VARDANIA), 4 MAR 89 (ORR RADIO) -- [TEXT] THE BLUE
SICKLE GROUP [BSG] SET OFF A BOMB TODAY BY THE GATE OF THE GRAIN
STORE.  MAYOR IVO TARN AND TWO CLERKS WERE HURT.

DEV-MUC3-9002 (NOSC)

   PORT ELSIN, NO DATE -- [TEXT] PRICES FELL.
"""
SLOTS = """0.  MESSAGE: ID                     DEV-MUC3-{id} (NOSC)
1.  MESSAGE: TEMPLATE               {template}
2.  INCIDENT: DATE                  {date}
3.  INCIDENT: LOCATION              {place}
4.  INCIDENT: TYPE                  {type}
5.  INCIDENT: STAGE OF EXECUTION    {stage}
6.  INCIDENT: INSTRUMENT ID         "BOMB"
9.  PERP: INDIVIDUAL ID             -
10. PERP: ORGANIZATION ID           "BLUE SICKLE GROUP" / "BLUE SICKLE GROUP [BSG]" /
                                    "BSG"
                                    ? "SECOND \\"X\\" GROUP"
11. PERP: ORGANIZATION CONFIDENCE   REPORTED AS FACT: "BLUE SICKLE GROUP" / "BSG"
12. PHYS TGT: ID                    "GRAIN STORE"
18. HUM TGT: NAME                   "IVO TARN"
19. HUM TGT: DESCRIPTION            "MAYOR": "IVO TARN"
                                    "TWO CLERKS" / "CLERKS"
21. HUM TGT: NUMBER                 1: "IVO TARN"
                                    2 / PLURAL: "TWO CLERKS" / "CLERKS"
23. HUM TGT: EFFECT OF INCIDENT     INJURY: "IVO TARN"
                                    INJURY: "TWO CLERKS" / "CLERKS"
                                    NO DEATH: "-"
"""
EMPTY = (
    "0.  MESSAGE: ID   DEV-MUC3-9002 (NOSC)\n1.  MESSAGE: TEMPLATE   *\n4.  INCIDENT: TYPE   *\n"
)


def filled(**slots: str) -> str:
    usual = {
        "id": "9001",
        "template": "1",
        "date": "04 MAR 89",
        "place": "COLOMBIA: HILL (DEPARTMENT): PORT ELSIN (CITY)",
        "type": "BOMBING / ATTACK",
        "stage": "ACCOMPLISHED",
    }
    return SLOTS.format(**{**usual, **slots})


def write(folder: Path, key: str) -> Path:
    (folder / "dev9-muc4").write_text(TEXTS, "utf-8")
    (folder / "key-dev9.v1").write_text(key, "utf-8")
    return folder


def test_a_template_becomes_an_event(tmp_path: Path) -> None:
    heard: list[Notice] = []

    first, second = import_labels(
        write(tmp_path, filled() + "\n" + EMPTY), "muc", report=heard.append
    )

    (event,) = first.events
    assert (first.id, str(first.meta.published)) == ("DEV-MUC3-9001", "1989-03-04")
    assert first.meta.publisher == "ORR RADIO"
    assert first.annotated == ("type", "status", "actors", "place", "date")
    assert (event.types, event.status, event.optional) == (("Bombing", "Attack"), "occurred", False)
    assert [(a.role, a.names) for a in event.actors] == [
        ("initiator", ("BLUE SICKLE GROUP", "BLUE SICKLE GROUP [BSG]", "BSG")),
        ("target", ("GRAIN STORE",)),
        ("target", ("IVO TARN", "MAYOR")),
        ("target", ("TWO CLERKS", "CLERKS")),
    ]
    assert event.place is not None
    assert (event.place.names, event.place.admin1, event.place.country) == (
        ("PORT ELSIN",),
        "HILL",
        "CO",
    )
    assert [(c.kind, c.min, c.max, c.victim) for c in event.counts] == [
        ("wounded", 1, 1, ("IVO TARN",)),
        ("wounded", 2, 2, ("TWO CLERKS", "CLERKS")),
    ]
    (span,) = event.evidence
    assert (first.text or "")[span.start : span.end].startswith("PORT ELSIN")
    assert (second.events, second.meta.published) == ((), None)
    assert ["optional fills of slots 10" in n.message for n in heard] == [True]


def test_a_string_is_found_across_the_end_of_a_line(tmp_path: Path) -> None:
    key = filled().replace('"IVO TARN"', "-").replace('"TWO CLERKS" / "CLERKS"', "-")

    (found,) = import_labels(write(tmp_path, key), "muc", report=lambda _: None)

    (span,) = found.events[0].evidence
    assert "GRAIN\nSTORE" in (found.text or "")[span.start : span.end]


@pytest.mark.parametrize(
    ("date", "expected"),
    [
        ("04 MAR 89", ("1989-03-04", "1989-03-04", "None")),
        ("28 FEB 89 - 04 MAR 89", ("1989-02-28", "1989-03-04", "None")),
        ("- 04 MAR 89", ("None", "None", "1989-03-04")),
        ("(03 MAR 89) / (04 MAR 89)", ("1989-03-03", "1989-03-03", "None")),
        ("-", None),
        ("? 12 AUG 00", None),
        ("31 FEB 89", None),
    ],
)
def test_dates_are_intervals(tmp_path: Path, date: str, expected: Any) -> None:
    (found,) = import_labels(write(tmp_path, filled(date=date)), "muc", report=lambda _: None)

    day = found.events[0].date
    said = None if day is None else (str(day.start), str(day.end), str(day.not_after))
    assert said == expected


@pytest.mark.parametrize(
    ("place", "names"),
    [
        ("PERU", ("PERU",)),
        ("(PERU: X (TOWN)) / (PERU)", ("X", "PERU")),
        ("PERU: A (CITY) - B (CITY)", ("A - B", "A", "B")),
    ],
)
def test_places_are_their_most_exact_part(
    tmp_path: Path, place: str, names: tuple[str, ...]
) -> None:
    (found,) = import_labels(write(tmp_path, filled(place=place)), "muc", report=lambda _: None)

    assert found.events[0].place is not None
    assert found.events[0].place.names == names


def test_optional_templates_and_stages_are_kept(tmp_path: Path) -> None:
    key = filled(template="2 (OPTIONAL)", stage="ATTEMPTED / ACCOMPLISHED")

    (found,) = import_labels(write(tmp_path, key), "muc", report=lambda _: None)

    event = found.events[0]
    assert (event.id, event.optional, event.status) == ("DEV-MUC3-9001-2", True, "attempted")


def test_entity_templates_hold_the_five_roles(tmp_path: Path) -> None:
    key = filled() + filled(template="2") + EMPTY

    first, second = entity_templates(write(tmp_path, key))

    assert first == {
        "docid": "DEV-MUC3-9001",
        "gold": {
            "perp_individual_id": [],
            "perp_organization_id": [["blue sickle group", "bsg"], ['second "x" group']],
            "phys_tgt_id": [["grain store"]],
            "hum_tgt_name": [["ivo tarn"]],
            "weapon_id": [["bomb"]],
        },
    }
    assert set(second["gold"]) == set(first["gold"])
    assert not any(second["gold"].values())


@pytest.mark.parametrize(
    ("key", "line", "message"),
    [
        ("PRICES FELL\n", 1, "not a slot"),
        ("1.  MESSAGE: TEMPLATE   1\n", 1, "not a slot"),
        ("0.  MESSAGE ID   DEV-MUC3-9001\n", 1, "not a slot"),
        (EMPTY + "77. MESSAGE: X   1\n", 4, "not a slot"),
        (filled(template="ONE"), 2, "no number"),
        (filled(type="DANCING"), 1, "no type"),
        (filled().replace('"GRAIN STORE"', '"GRAIN STORE'), 13, "not closed"),
        (filled(id="9009"), 1, "has no text"),
    ],
)
def test_bad_keys_are_named(tmp_path: Path, key: str, line: int, message: str) -> None:
    folder = write(tmp_path, key)

    with pytest.raises(GoldError, match=message) as caught:
        import_labels(folder, "muc", report=lambda _: None)

    assert caught.value.where == f"{folder / 'key-dev9.v1'}:{line}"


def test_missing_files_are_named(tmp_path: Path) -> None:
    with pytest.raises(GoldError, match="no answer key"):
        import_labels(tmp_path, "muc")
    (tmp_path / "key-lone").write_text(EMPTY, "utf-8")
    with pytest.raises(GoldError, match="no texts lone-muc4"):
        import_labels(tmp_path, "muc")
    (tmp_path / "lone").write_text("no message", "utf-8")
    with pytest.raises(GoldError, match="no message"):
        import_labels(tmp_path, "muc")


@pytest.fixture
def tst3() -> Path:
    if not os.environ.get("DATELINE_MUC"):
        pytest.skip("DATELINE_MUC names no folder with the MUC-4 data")
    return Path(os.environ["DATELINE_MUC"])


def test_the_published_key_is_read_whole(tst3: Path) -> None:
    documents = import_labels(tst3 / "key-tst3.v2", "muc", report=lambda _: None)

    events = [event for document in documents for event in document.events]
    assert (len(documents), len(events)) == (100, 123)
    assert sum(not document.events for document in documents) == 31
    assert sum(event.optional for event in events) == 21
    assert sum(document.meta.published is not None for document in documents) == 90
    assert all(event.evidence and event.place for event in events)
    for document in documents:
        for event in document.events:
            for span in event.evidence:
                assert (document.text or "")[span.start : span.end].strip()


@pytest.mark.parametrize(
    ("role", "theirs", "agree", "ours", "reference"),
    [
        ("perp_individual_id", "PerpInd", 83, 86, 84),
        ("perp_organization_id", "PerpOrg", 45, 45, 46),
        ("phys_tgt_id", "Target", 73, 74, 73),
        ("hum_tgt_name", "Victim", 60, 60, 60),
        ("weapon_id", "Weapon", 30, 30, 30),
    ],
)
def test_entity_templates_agree_with_those_of_the_literature(
    tst3: Path, role: str, theirs: str, agree: int, ours: int, reference: int
) -> None:
    lines = (tst3 / "grit_tst3.jsonl").read_text("utf-8").splitlines()
    papers = {entry["docid"]: entry["extracts"][theirs] for entry in map(json.loads, lines)}
    mine = {entry["docid"]: entry["gold"][role] for entry in entity_templates(tst3 / "key-tst3.v2")}

    a = {(id, frozenset(entity)) for id, entities in mine.items() for entity in entities}
    b = {(id, frozenset(m[0] for m in e)) for id, entities in papers.items() for e in entities}

    assert mine.keys() == papers.keys()
    assert (len(a & b), len(a), len(b)) == (agree, ours, reference)
