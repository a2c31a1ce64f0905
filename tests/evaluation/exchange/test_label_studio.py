from __future__ import annotations

import json
from pathlib import Path
from typing import Any
from xml.dom.minidom import parseString

import pytest

from dateline.errors import GoldError
from dateline.evaluation.exchange import Notice, export_labels, import_labels
from dateline.evaluation.gold.document import LabelDocument
from support.exchange_sample import document, scored

TEXT = "🔥🔥 Rebels shelled Dorim.  The mayor\nfled."


def mark(id: str, start: int, end: int, label: str, words: str | None = None) -> dict[str, Any]:
    value: dict[str, Any] = {"start": start, "end": end, "labels": [label]}
    if words is not None:
        value["text"] = words
    return {"id": id, "from_name": "label", "to_name": "text", "type": "labels", "value": value}


def relation(source: str, target: str, name: str) -> dict[str, Any]:
    return {"type": "relation", "from_id": source, "to_id": target, "labels": [name]}


def write(path: Path, *results: list[dict[str, Any]], **entry: Any) -> Path:
    annotations = [{"completed_by": n, "result": r, **entry} for n, r in enumerate(results, 1)]
    task = {"id": 7, "data": {"text": TEXT}, "annotations": annotations}
    path.write_text(json.dumps([task]), "utf-8")
    return path


@pytest.mark.parametrize("as_", ["predictions", "annotations"])
def test_everything_scored_comes_back(tmp_path: Path, as_: Any) -> None:
    path = tmp_path / "tasks.json"
    export_labels([document()], path, "label-studio", as_=as_)

    (back,) = import_labels(path, "label-studio", drafts=as_ == "predictions")

    assert scored(back) == scored(document())


def test_drafts_are_left_out_unless_they_are_asked_for(tmp_path: Path) -> None:
    path = tmp_path / "tasks.json"
    heard: list[Notice] = []
    export_labels([document()], path, "label-studio")

    assert import_labels(path, "label-studio", report=heard.append) == ()
    assert ["no annotation" in n.message for n in heard] == [True]


def test_names_in_results_are_those_of_the_configuration(tmp_path: Path) -> None:
    path = tmp_path / "tasks.json"
    export_labels([document()], path, "label-studio", types=['A "b" <c> & d'])

    tree = parseString(path.with_suffix(".xml").read_text("utf-8"))
    (task,) = json.loads(path.read_text("utf-8"))

    controls = {node.getAttribute("name") for node in tree.getElementsByTagName("*")}
    labels = [node.getAttribute("value") for node in tree.getElementsByTagName("Label")]
    assert 'A "b" <c> & d' in labels
    for result in task["predictions"][0]["result"]:
        if result["type"] != "relation":
            assert {result["from_name"], result["to_name"]} <= controls
        if result["type"] == "labels":
            assert set(result["value"]["labels"]) <= set(labels)
            start, end = result["value"]["start"], result["value"]["end"]
            assert task["data"]["text"][start:end] == result["value"]["text"]
    assert task["data"]["title"] == 'Raid "at" <Vesk> & beyond'


def test_several_annotators_make_several_documents(tmp_path: Path) -> None:
    marks = [mark("a", 10, 17, "Attack", "shelled")]

    found = import_labels(
        write(tmp_path / "t.json", marks, []),
        "label-studio",
        labels={"events": {"Attack": "Attack"}},
    )

    assert [(d.id, d.annotator, len(d.events)) for d in found] == [("7", "1", 1), ("7", "2", 0)]


@pytest.mark.parametrize(
    ("start", "end", "words", "noticed"),
    [
        (10, 17, "shelled", None),
        (12, 19, "shelled", "utf-16"),
        (0, 2, "🔥🔥", None),
        (0, 4, "🔥🔥", "utf-16"),
        (18, 40, "Dorim. The mayor\\nfled", None),
        (13, 20, "shelled", "moved"),
    ],
)
def test_offsets_are_code_points_or_are_made_so(
    tmp_path: Path, start: int, end: int, words: str, noticed: str | None
) -> None:
    heard: list[Notice] = []
    path = write(tmp_path / "t.json", [mark("a", start, end, "Attack", words)])

    (found,) = import_labels(
        path,
        "label-studio",
        labels={"events": {"Attack": "Attack"}},
        evidence="trigger",
        report=heard.append,
    )

    (span,) = found.events[0].evidence
    assert "".join(TEXT[span.start : span.end].split()) == "".join(words.replace("\\n", "").split())
    assert [noticed in n.message for n in heard if noticed] == ([True] if noticed else [])
    assert bool(heard) == bool(noticed)


def test_the_unit_of_offsets_can_be_said(tmp_path: Path) -> None:
    path = write(tmp_path / "t.json", [mark("a", 12, 19, "Attack")])

    (found,) = import_labels(
        path,
        "label-studio",
        labels={"events": {"Attack": "A"}},
        evidence="trigger",
        offsets="utf-16",
    )

    assert (found.events[0].evidence[0].start, found.events[0].evidence[0].end) == (10, 17)


def test_relations_of_a_foreign_project_are_followed_both_ways(tmp_path: Path) -> None:
    marks = [
        mark("a", 10, 17, "Attack"),
        mark("b", 3, 9, "Group"),
        mark("c", 18, 23, "Town"),
        mark("d", 10, 17, "Odd"),
        relation("a", "b", "Attacker"),
        relation("c", "a", "of"),
    ]
    heard: list[Notice] = []
    labels = {"events": {"Attack": "Attack"}, "roles": {"Town": "place"}}

    (found,) = import_labels(
        write(tmp_path / "t.json", marks), "label-studio", labels=labels, report=heard.append
    )

    (event,) = found.events
    assert [(a.role, a.names) for a in event.actors] == [("initiator", ("Rebels",))]
    assert event.place is not None
    assert event.place.names == ("Dorim",)
    assert ["'Odd'" in n.message for n in heard] == [True]


def test_skipped_tasks_are_left_out(tmp_path: Path) -> None:
    path = write(tmp_path / "t.json", [], was_cancelled=True)

    assert import_labels(path, "label-studio", report=lambda _: None) == ()


BAD = [
    ("[", "not JSON"),
    ('[{"text": "JSON-MIN"}]', "no data"),
    ('[{"data": {"html": "x"}}]', "no text"),
    ('[{"data": {"text": "\\ud83d"}}]', "surrogate"),
    ('[{"data": {"text": "x"}, "annotations": [1]}]', "no object"),
    ('[{"data": {"text": "x"}, "annotations": [{}]}]', "no list of results"),
    ("[" * 100_000, "nested|not JSON"),
]


@pytest.mark.parametrize(("content", "message"), BAD, ids=range(len(BAD)))
def test_bad_files_are_named(tmp_path: Path, content: str, message: str) -> None:
    path = tmp_path / "t.json"
    path.write_text(content, "utf-8")

    with pytest.raises(GoldError, match=message) as caught:
        import_labels(path, "label-studio")

    assert str(caught.value.where).startswith(str(path))


@pytest.mark.parametrize(
    ("results", "message"),
    [
        ([mark("a", 10, 17, "X", "elsewhere")], "are not at 10 to 17"),
        ([mark("a", 10, 999, "X")], "are not at"),
        ([mark("a", -5, 3, "X")], "are not at"),
        ([mark("a", 1, 2, "X"), mark("a", 1, 2, "X")], "same id"),
        (
            [
                {
                    **mark("a", 1, 2, "X"),
                    "value": {"start": "/p[1]", "end": "/p[2]", "labels": ["X"]},
                }
            ],
            "no numbers",
        ),
        ([relation("a", "b", "x")], "no marked text"),
        (["x"], "not a result"),
        ([{"type": "labels"}], "not a result"),
    ],
)
def test_bad_results_are_named(tmp_path: Path, results: Any, message: str) -> None:
    path = write(tmp_path / "t.json", results)

    with pytest.raises(GoldError, match=message) as caught:
        import_labels(path, "label-studio")

    assert "$[0].annotations[0].result[" in str(caught.value.where)
    assert "elsewhere" not in str(caught.value)


def test_a_span_outside_of_the_text_is_not_exported(tmp_path: Path) -> None:
    wrong = LabelDocument.model_validate(
        {"id": "w", "text": "Short.", "excluded": [{"start": 2, "end": 99}]}
    )

    with pytest.raises(GoldError, match="not in the text"):
        export_labels([wrong], tmp_path / "t.json", "label-studio")
