"""Taxonomies are data: shipped ones load, users' ones load, broken ones say where."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from dateline.errors import PromptError
from dateline.taxonomy import load_taxonomy


def test_acled_has_its_six_types_and_twenty_five_sub_types() -> None:
    acled = load_taxonomy("acled")

    assert len(acled.event_types) == 6
    assert len(acled.sub_event_types) == 25
    assert acled.event_type_of("Air/drone strike") == "Explosions/Remote violence"
    assert acled.event_type_of("Nothing") is None


def test_a_users_file_is_loaded_by_path(tmp_path: Path) -> None:
    path = tmp_path / "mine.json"
    sub = {"name": "Flood", "definition": "Water where it should not be."}
    mine = {
        "id": "mine",
        "title": "Mine",
        "event_types": [{"name": "Water", "sub_event_types": [sub]}],
    }
    path.write_text(json.dumps(mine), encoding="utf-8")

    assert load_taxonomy(path).sub_event_types == ("Flood",)


@pytest.mark.parametrize(
    ("content", "message"),
    [
        ("{", "not a taxonomy"),
        ('{"id": "x", "title": "x", "event_types": []}', r"\$\.event_types"),
        (
            '{"id": "x", "title": "x", "event_types": [{"name": "A", "sub_event_types": '
            '[{"name": "B"}, {"name": "B"}]}]}',
            "unique",
        ),
    ],
)
def test_a_broken_file_says_what_and_where(tmp_path: Path, content: str, message: str) -> None:
    path = tmp_path / "broken.json"
    path.write_text(content, encoding="utf-8")

    with pytest.raises(PromptError, match=message):
        load_taxonomy(path)


def test_an_unknown_name_and_a_missing_path_are_errors(tmp_path: Path) -> None:
    with pytest.raises(PromptError, match="nosuch"):
        load_taxonomy("nosuch")
    with pytest.raises(PromptError, match=r"gone\.json"):
        load_taxonomy(tmp_path / "gone.json")


def test_an_unknown_name_is_told_with_the_known_ones() -> None:
    with pytest.raises(PromptError, match=r"no taxonomy 'acledd'.*acled, muc4"):
        load_taxonomy("acledd")
