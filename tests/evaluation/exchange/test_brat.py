from __future__ import annotations

import json
from pathlib import Path

import pytest

from dateline.errors import GoldError
from dateline.evaluation.exchange import Notice, export_labels, import_labels
from dateline.evaluation.gold.document import LabelDocument
from dateline.evaluation.gold.hashes import quote_sha256, text_sha256
from support.exchange_sample import document, scored

TEXT = "Rebels shelled Dorim.\r\nThe mayor of Dorim fled. Two days passed."


def write(folder: Path, ann: str, text: str = TEXT) -> Path:
    folder.mkdir(exist_ok=True)
    (folder / "one.txt").write_text(text, encoding="utf-8", newline="")
    (folder / "one.ann").write_text(ann, encoding="utf-8", newline="")
    return folder


def test_everything_scored_comes_back(tmp_path: Path) -> None:
    export_labels([document()], tmp_path, "brat")

    (back,) = import_labels(tmp_path, "brat")

    assert scored(back) == scored(document())
    assert back.text_sha256 == text_sha256(back.text or "")
    span = back.events[0].evidence[0]
    assert span.quote_sha256 == quote_sha256((back.text or "")[span.start : span.end])


def test_documents_of_one_id_do_not_overwrite_each_other(tmp_path: Path) -> None:
    both = [document(), document().model_copy(update={"annotator": "ben"})]

    export_labels(both, tmp_path, "brat")

    assert {d.annotator for d in import_labels(tmp_path, "brat")} == {"ada", "ben"}


@pytest.mark.parametrize("id", ["../../evil", "/etc/evil", "..", "a\\..\\b", "CON", ".hidden", ""])
def test_no_id_leads_out_of_the_folder(tmp_path: Path, id: str) -> None:
    folder = tmp_path / "in" / "out"
    given = document().model_copy(update={"id": id or " "})

    export_labels([given], folder, "brat")

    written = [path for path in tmp_path.rglob("*") if path.is_file()]
    assert len(written) == 5
    assert {path.parent for path in written} == {folder}
    assert not any(path.name.startswith((".", "CON.")) for path in written)
    assert import_labels(folder, "brat")[0].id == (id or " ")


def test_configuration_offers_the_types_and_shows_their_names(tmp_path: Path) -> None:
    export_labels([document()], tmp_path, "brat", types=["Mob violence"])

    annotation = (tmp_path / "annotation.conf").read_text("utf-8")
    visual = (tmp_path / "visual.conf").read_text("utf-8")

    assert "\nMob_violence\t" in annotation
    assert "\nClaim\tSpeaker?:Actor" in annotation
    assert "Explosions_Remote_violence | Explosions/Remote violence" in visual


def test_what_an_annotator_changes_in_brat_is_read(tmp_path: Path) -> None:
    export_labels([document()], tmp_path, "brat")
    (ann,) = tmp_path.glob("*.ann")
    lines = ann.read_text("utf-8").replace("A1\tStatus E1 attempted\n", "").split("\n")
    lines = [line.replace("Initiator:T1", "Supporter:T1") for line in lines]
    lines.append("#20\tAnnotatorNotes E4\t")
    ann.write_text(
        "\n".join(lines).replace("T2\tPlace 51 55\tVesk", "T2\tPlace 43 47\tmill"), "utf-8"
    )

    (back,) = import_labels(tmp_path, "brat")

    assert back.events[0].status == "occurred"
    assert back.events[0].actors[0].role == "supporter"
    assert back.events[0].place is not None
    assert back.events[0].place.names == ("mill", "Vesk", "Old Vesk")


def test_words_in_place_of_json_are_a_note(tmp_path: Path) -> None:
    export_labels(
        [
            LabelDocument(
                id="a",
                text="A riot.",
                events=({"id": "E1", "types": ("Riots",), "evidence": ({"start": 2, "end": 6},)},),
            )
        ],
        tmp_path,
        "brat",
    )
    ann = tmp_path / "a.ann"
    ann.write_text(ann.read_text("utf-8") + "#9\tAnnotatorNotes E1\tunsure about this\n", "utf-8")

    assert import_labels(tmp_path, "brat")[0].events[0].note == "unsure about this"


FOREIGN = (
    "T1\tConflict.Attack 7 14\tshelled\r\n"
    "T2\tGroup 0 6\tRebels\r\n"
    "T3\tGPE 15 20\tDorim\r\n"
    "T4\tPerson 23 41\tThe mayor of Dorim\r\n"
    "E1\tConflict.Attack:T1 Attacker:T2 Place:T3 Target:T4 Target2:T2 Instrument:T4\r\n"
    "*\tEquiv T2 T4\r\n"
    "A1\tTense E1 Past\r\n"
    "R1\tPart-of Arg1:T2 Arg2:T4\r\n"
)


def test_a_foreign_collection_is_translated_by_a_map(tmp_path: Path) -> None:
    heard: list[Notice] = []
    labels = {"events": {"Conflict.Attack": "Attack"}, "roles": {"Target": "affected"}}

    (back,) = import_labels(
        write(tmp_path / "f", FOREIGN), "brat", labels=labels, annotator="zoe", report=heard.append
    )

    (event,) = back.events
    assert (back.id, back.annotator) == ("one", "zoe")
    assert event.types == ("Attack",)
    assert [(a.role, a.names[0]) for a in event.actors] == [
        ("initiator", "Rebels"),
        ("affected", "The mayor of Dorim"),
        ("affected", "Rebels"),
    ]
    assert event.actors[0].names == ("Rebels", "The mayor of Dorim")
    assert event.place is not None
    assert event.place.names == ("Dorim",)
    assert [TEXT[s.start : s.end] for s in event.evidence] == ["Rebels shelled Dorim."]
    assert back.annotated == ("type", "actors", "place", "evidence")
    assert any("Instrument" in n.message for n in heard)
    assert any("Part-of" in n.message for n in heard)


def test_the_trigger_alone_can_be_the_evidence(tmp_path: Path) -> None:
    (back,) = import_labels(
        write(tmp_path / "f", FOREIGN), "brat", evidence="trigger", report=lambda _: None
    )

    assert [TEXT[s.start : s.end] for s in back.events[0].evidence] == ["shelled"]
    assert back.events[0].types == ("Conflict.Attack",)


def test_offsets_that_count_line_ends_as_one_are_converted(tmp_path: Path) -> None:
    ann = "T1\tMove 41 45\tfled\nE1\tMove:T1\n"

    (back,) = import_labels(write(tmp_path / "f", ann), "brat", evidence="trigger")

    assert (
        TEXT[slice(*back.events[0].evidence[0].model_dump(include={"start", "end"}).values())]
        == "fled"
    )


@pytest.mark.parametrize(
    ("ann", "line", "message"),
    [
        ("T1\tA 0 6\tRebels\nnonsense\n", 2, "not a line of brat"),
        ("T1\tA 0 6\tRebels\nT1\tA 7 14\tshelled\n", 2, "stands twice"),
        ("T1\tA 0 900\tRebels\n", 1, "no place in a text"),
        ("T1\tA 6 6\t\n", 1, "no place in a text"),
        ("T1\tA 6 2\t\n", 1, "no place in a text"),
        ("T1\tA 0 6;3 9\tRebels\n", 1, "no place in a text"),
        ("T1\tA 0 99999999999999\tRebels\n", 1, "not a line of brat"),
        ("T1\tA 0 6\tQuebec\n", 1, "not those that stand"),
        ("T1\tA 0 6\tRebels\nE1\tA:T9\n", 2, "no T9"),
        ("T1\tA 0 6\tRebels\nE1\tA:T1 Target:T8\n", 2, "no T8"),
        ("T1\tA 0 6\tRebels\nE1\tA\n", 2, "not a line of brat"),
        ("T1\tA 0 6\tRebels\nA1\tStatus E7 planned\n", 2, "no E7"),
        ("T1\tA 0 6\tRebels\nA1\tStatus\n", 2, "not a line of brat"),
        ("T1\tA 0 6\tRebels\n#1\tAnnotatorNotes T5\tx\n", 2, "no T5"),
        ("T1\tA 0 6\tRebels\nR1\tPart Arg1:T1\n", 2, "not a line of brat"),
        ("T1\tA 0 6\tRebels\nR1\tPart Arg1:T1 Arg2:T3\n", 2, "no T3"),
        ("T\n", 1, "not a line of brat"),
    ],
)
def test_bad_lines_are_named(tmp_path: Path, ann: str, line: int, message: str) -> None:
    folder = write(tmp_path / "f", ann)

    with pytest.raises(GoldError, match=message) as caught:
        import_labels(folder, "brat")

    assert caught.value.where == f"{folder / 'one.ann'}:{line}"
    assert caught.value.remedy


@pytest.mark.parametrize(
    ("note", "message"),
    [
        ('{"id":', "is not JSON"),
        ('{"actors":"x"}', "is no list"),
        ('{"date":{"start":"soon"}}', r"\.date"),
        ('{"counts":[{"kind":"deaths"}]}', "counts"),
    ],
)
def test_bad_notes_are_named(tmp_path: Path, note: str, message: str) -> None:
    ann = f"T1\tA 0 6\tRebels\nE1\tA:T1\n#1\tAnnotatorNotes E1\t{note}\n"
    folder = write(tmp_path / "f", ann)
    sidecar = {"format": 1, "names": {}, "documents": {}}
    (folder / "dateline.json").write_text(json.dumps(sidecar), "utf-8")

    with pytest.raises(GoldError, match=message) as caught:
        import_labels(folder, "brat")

    assert caught.value.where == f"{folder / 'one.ann'}:2"


def test_a_missing_text_and_an_empty_folder_are_named(tmp_path: Path) -> None:
    folder = write(tmp_path / "f", "T1\tA 0 6\tRebels\n")
    (folder / "one.txt").unlink()

    with pytest.raises(GoldError, match="cannot read"):
        import_labels(folder, "brat")
    with pytest.raises(GoldError, match=r"no \.ann file"):
        import_labels(_empty(tmp_path), "brat")


def _empty(tmp_path: Path) -> Path:
    folder = tmp_path / "empty"
    folder.mkdir()
    return folder


def test_a_document_without_text_is_refused_by_name() -> None:
    with pytest.raises(GoldError, match="no text") as caught:
        export_labels([LabelDocument(id="lost")], "unused", "brat")

    assert caught.value.where == "lost"
