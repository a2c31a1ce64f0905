"""Answers are read item by item: one bad item never costs the others."""

from __future__ import annotations

import json
from typing import Any

import pytest

from dateline.drafts import Draft, draft_model
from dateline.salvage import MAX_ITEMS, read_answer, read_json
from dateline.taxonomy import load_taxonomy


@pytest.fixture(scope="module")
def model() -> type[Draft]:
    return draft_model(load_taxonomy("acled").sub_event_types)


def event(**changed: Any) -> dict[str, Any]:
    base = {
        "type": "Armed clash",
        "summary": "Two groups fought.",
        "status": "occurred",
        "salience": "main",
        "ongoing": None,
        "actors": [{"name": "Kessari Front", "role": "initiator"}],
        "date": None,
        "place": "Tolmera",
        "counts": [],
        "outcomes": [],
        "part_of": None,
        "evidence": ["The Kessari Front fought in Tolmera"],
    }
    return {**base, **changed}


def answer(*events: dict[str, Any], **other: Any) -> str:
    return json.dumps({"events": list(events), "claims": [], **other})


def test_a_right_answer_is_read_whole(model: type[Draft]) -> None:
    found = read_answer(answer(event(), event(status="planned")), model)

    assert [item.where for item in found.good] == ["$.events[0]", "$.events[1]"]
    assert not found.bad


def test_one_bad_item_costs_one_item(model: type[Draft]) -> None:
    found = read_answer(answer(event(), event(status="exploded"), event()), model)

    assert [item.where for item in found.good] == ["$.events[0]", "$.events[2]"]
    assert [item.where for item in found.bad] == ["$.events[1]"]
    assert found.bad[0].problems[0].where == "$.events[1].status"
    assert json.loads(found.bad[0].raw)["status"] == "exploded"


@pytest.mark.parametrize(
    "wrapped",
    ["```json\n{}\n```", "Sure, here it is:\n{}", "{}\nI hope this helps!", "\ufeff {} \n\n"],
)
def test_words_and_fences_around_the_answer_do_not_matter(model: type[Draft], wrapped: str) -> None:
    found = read_answer(wrapped.replace("{}", answer(event())), model)

    assert len(found.good) == 1
    assert not found.bad
    assert not found.cut


@pytest.mark.parametrize(
    ("changed", "field", "read"),
    [
        ({"status": "Occurred"}, "status", "occurred"),
        ({"type": "armed clash"}, "type", "Armed clash"),
        ({"evidence": "one quote"}, "evidence", ["one quote"]),
        ({"date": "unknown", "status": "OCCURRED"}, "date", None),
        ({"outcomes": None}, "outcomes", []),
        ({"outcomes": "Territory change"}, "outcomes", ["territory_change"]),
        ({"confidence": 0.9}, "status", "occurred"),
    ],
)
def test_repairs_that_need_no_judgement_are_made(
    model: type[Draft], changed: dict[str, Any], field: str, read: Any
) -> None:
    found = read_answer(answer(event(**changed)), model)

    assert getattr(found.good[0].draft, field) == read


def test_absent_nullable_fields_and_lists_are_empty(model: type[Draft]) -> None:
    bare = {k: v for k, v in event().items() if k not in ("ongoing", "counts", "date")}

    found = read_answer(answer(bare), model)

    draft = found.good[0].draft
    assert (draft.ongoing, draft.counts, draft.date) == (None, [], None)  # type: ignore[union-attr]


def test_an_item_without_evidence_is_not_repaired(model: type[Draft]) -> None:
    bare = {k: v for k, v in event().items() if k != "evidence"}

    found = read_answer(answer(bare), model)

    assert not found.good
    assert found.bad[0].problems[0].where == "$.events[0].evidence"


def test_a_cut_answer_keeps_its_whole_items_and_names_the_cut_one(model: type[Draft]) -> None:
    text = answer(event(), event(), event(summary="x" * 50))

    found = read_answer(text[: text.index("x" * 50) + 20], model)

    assert [item.where for item in found.good] == ["$.events[0]", "$.events[1]"]
    assert found.cut
    assert [(item.where, item.problems[0].code) for item in found.bad] == [
        ("$.events[2]", "cut_off")
    ]


def test_the_last_item_of_a_cut_answer_is_never_trusted(model: type[Draft]) -> None:
    text = answer(event())

    found = read_answer(text[: text.index('], "claims"')], model, cut=True)

    assert not found.good
    assert found.bad[0].problems[0].code == "cut_off"


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("", "empty_answer"),
        ("   \n", "empty_answer"),
        ("I cannot help with that.", "not_json"),
        ('"events"', "not_json"),
        ('{"answer": 42}', "not_json"),
        ("{" * 5_000, "not_json"),
        ("[" * 50_000, "not_json"),
        ('{"events": 5}', "not_a_list"),
    ],
)
def test_an_unreadable_answer_is_kept_with_its_reason(
    model: type[Draft], text: str, code: str
) -> None:
    found = read_answer(text, model)

    assert not found.good
    assert found.bad[0].problems[0].code == code


def test_a_list_instead_of_an_object_is_read(model: type[Draft]) -> None:
    found = read_answer(json.dumps([event(), event()]), model)

    assert len(found.good) == 2


def test_an_empty_answer_is_a_good_answer(model: type[Draft]) -> None:
    found = read_answer('{"events": [], "claims": []}', model)

    assert (found.good, found.bad, found.cut) == ([], [], False)


def test_ten_thousand_items_are_bounded_and_none_is_lost(model: type[Draft]) -> None:
    found = read_answer(answer(*[event() for _ in range(10_000)]), model)

    assert len(found.good) == MAX_ITEMS
    surplus = found.bad[0]
    assert surplus.problems[0].code == "too_many_items"
    assert len(json.loads(surplus.raw)) == 10_000 - MAX_ITEMS


def test_json_is_found_between_words() -> None:
    assert read_json('well: {"a": [1, 2]} and so on') == ({"a": [1, 2]}, False)
    assert read_json('{"a": [1, 2') == ({"a": [1, 2]}, True)
    assert read_json("no braces") == (None, False)
