from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from dateline.errors import GoldError
from dateline.evaluation.exchange import Notice, import_labels

TEXT = "Rebels 🔥 shelled Dorim. A clerk said the town was calm."
MAP = """
events: {Shelling: Shelling/artillery/missile attack}
roles: {Who: initiator, Where: place, Source: speaker}
claims: [Statement]
excluded: {Advert: boilerplate}
ignore: [Todo]
"""


def lines(path: Path, *entries: dict[str, Any]) -> Path:
    path.write_text("\r\n".join(json.dumps({"text": TEXT, **e}) for e in entries) + "\n", "utf-8")
    return path


def yaml_map(tmp_path: Path) -> Path:
    path = tmp_path / "map.yaml"
    path.write_text(MAP, "utf-8")
    return path


def test_sequence_labels_become_events_and_claims(tmp_path: Path) -> None:
    heard: list[Notice] = []
    spans = [[9, 16, "Shelling"], [17, 22, "Where"], [37, 54, "Statement"], [24, 31, "Source"]]
    spans += [[0, 6, "Colour"], [0, 1, "Todo"]]
    path = lines(tmp_path / "d.jsonl", {"id": 4, "label": spans}, {"id": 5, "label": []})

    first, second = import_labels(path, "doccano", labels=yaml_map(tmp_path), report=heard.append)

    (event,), (claim,) = first.events, first.claims
    assert event.types == ("Shelling/artillery/missile attack",)
    assert event.place is not None
    assert event.place.names == ("Dorim",)
    assert [TEXT[s.start : s.end] for s in event.evidence] == ["Rebels 🔥 shelled Dorim."]
    assert claim.speaker.names == ("A clerk",)
    assert TEXT[claim.evidence[0].start : claim.evidence[0].end] == "the town was calm"
    assert (second.id, second.events, second.claims) == ("5", (), ())
    assert [n.message for n in heard] == ["label 'Colour' is not in the map, 1 time; left out"]


def test_relations_join_spans(tmp_path: Path) -> None:
    entities = [
        {"id": 1, "start_offset": 0, "end_offset": 6, "label": "Who"},
        {"id": 2, "start_offset": 9, "end_offset": 16, "label": "Shelling"},
        {"id": 3, "start_offset": 17, "end_offset": 22, "label": "Town"},
    ]
    relations = [
        {"id": 1, "from_id": 1, "to_id": 2, "type": "takes part"},
        {"id": 2, "from_id": 2, "to_id": 3, "type": "Where"},
    ]
    path = lines(tmp_path / "d.jsonl", {"id": "x", "entities": entities, "relations": relations})

    (found,) = import_labels(path, "doccano", labels=yaml_map(tmp_path))

    assert [(a.role, a.names) for a in found.events[0].actors] == [("initiator", ("Rebels",))]
    assert found.events[0].place is not None
    assert found.annotated == ("type", "actors", "place", "evidence")


def test_offsets_in_utf16_are_converted_where_that_is_said(tmp_path: Path) -> None:
    path = lines(tmp_path / "d.jsonl", {"label": [[10, 17, "Shelling"]]})

    (found,) = import_labels(
        path, "doccano", labels=yaml_map(tmp_path), evidence="trigger", offsets="utf-16"
    )

    assert TEXT[found.events[0].evidence[0].start : found.events[0].evidence[0].end] == "shelled"


@pytest.mark.parametrize(
    ("line", "message"),
    [
        ("nonsense", "not JSON"),
        ("[]", "not an object"),
        ('{"label": []}', "no text"),
        ('{"text": "abc", "label": [[0, 9, "X"]]}', "no place"),
        ('{"text": "abc", "label": [[2, 1, "X"]]}', "no place"),
        ('{"text": "abc", "label": [["0", 1, "X"]]}', "not a labelled span"),
        ('{"text": "abc", "label": ["X"]}', "not a labelled span"),
        ('{"text": "abc", "label": "X"}', "no list"),
        ('{"text": "abc", "entities": [], "relations": [{"from_id": 1, "to_id": 2}]}', "no span"),
    ],
)
def test_bad_lines_are_named(tmp_path: Path, line: str, message: str) -> None:
    path = tmp_path / "d.jsonl"
    path.write_text(f'{{"text": "fine"}}\n{line}\n', "utf-8")

    with pytest.raises(GoldError, match=message) as caught:
        import_labels(path, "doccano")

    assert str(caught.value.where).startswith(f"{path}:2")


@pytest.mark.parametrize(
    ("content", "message"),
    [
        ("roles: {Where: nowhere}", "not a map of labels"),
        ("colours: {}", "not a map of labels"),
        ("events: [", "neither YAML nor JSON"),
        ("!!python/object/apply:os.getcwd []", "neither YAML nor JSON"),
    ],
)
def test_bad_maps_are_named(tmp_path: Path, content: str, message: str) -> None:
    path = tmp_path / "map.yaml"
    path.write_text(content, "utf-8")

    with pytest.raises(GoldError, match=message) as caught:
        import_labels(lines(tmp_path / "d.jsonl"), "doccano", labels=path)

    assert str(path) in str(caught.value.where)
