"""brat: a folder of ``.txt`` and ``.ann`` files.

Beside them, an export writes ``annotation.conf`` and ``visual.conf`` for brat and
``dateline.json`` for the way back: it says which label a name in brat means, and what is known
of each document besides text and labels. A folder without it is somebody else's.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from dateline.errors import GoldError
from dateline.evaluation.exchange.assembling import assemble
from dateline.evaluation.exchange.brat_config import annotation_conf, spellings, visual_conf
from dateline.evaluation.exchange.brat_lines import read_ann, snake, write_ann
from dateline.evaluation.exchange.file_names import FileNames
from dateline.evaluation.exchange.flat import Flat
from dateline.evaluation.exchange.flattening import RESERVED, flatten, label_of, type_of
from dateline.evaluation.exchange.foreign import EvidenceFrom, annotated, translate
from dateline.evaluation.exchange.label_map import LabelMap
from dateline.evaluation.exchange.notices import Notice, Report, log
from dateline.evaluation.exchange.reading_files import parse_json, read_text
from dateline.evaluation.gold.document import LabelDocument

SIDECAR = "dateline.json"


def export_brat(
    documents: Iterable[LabelDocument], folder: Path, *, types: Sequence[str] = ()
) -> None:
    """Write documents as a brat collection.

    Args:
        documents: each with its text.
        folder: is made where it is missing; files of the same names are replaced.
        types: event types that can be labelled besides those that occur.

    Raises:
        GoldError: a document has no text, or a span is not in it.
    """
    flats = [flatten(document, discontinuous=True) for document in documents]
    marks = [mark for flat in flats for mark in flat.marks]
    labels = [mark.label for mark in marks if type_of(mark.label) is not None]
    known = [label_of(name) for name in types]
    sub_types = [mark.values["sub_type"] for mark in marks if "sub_type" in mark.values]
    spelled = spellings([*RESERVED, *known, *labels, *sub_types])
    about: dict[str, Any] = {}
    names = FileNames()
    folder.mkdir(parents=True, exist_ok=True)
    for flat in flats:
        name = names.name(str(flat.about["id"]))
        about[name] = flat.about
        _write(folder / f"{name}.ann", write_ann(flat, spelled))
        _write(folder / f"{name}.txt", flat.text)
    events = [spelled[label] for label in dict.fromkeys([*known, *labels])]
    values = [spelled[value] for value in dict.fromkeys(sub_types)]
    changed = {name: label for label, name in spelled.items() if name != label}
    sidecar = {"format": 1, "names": changed, "documents": about}
    _write(folder / "annotation.conf", annotation_conf(events, values))
    _write(folder / "visual.conf", visual_conf(spelled))
    _write(folder / SIDECAR, json.dumps(sidecar, ensure_ascii=False, indent=1) + "\n")


def import_brat(
    path: Path,
    *,
    labels: LabelMap | None = None,
    evidence: EvidenceFrom = "sentence",
    annotator: str | None = None,
    report: Report = log,
) -> tuple[LabelDocument, ...]:
    """Read a brat collection, or one ``.ann`` of it.

    Args:
        path: the folder, with all folders in it, or an ``.ann`` file with its ``.txt`` beside it.
        labels: what the labels of somebody else's collection mean.
        evidence: what supports an event of somebody else's collection: the sentence of its
            trigger, or the trigger alone.
        annotator: who labelled, where the collection does not say so itself.
        report: gets what could not be taken.

    Raises:
        GoldError: a line, an id or a span is wrong, or a file is missing; with file and line.
    """
    found: list[LabelDocument] = []
    foreign: set[int] = set()
    sidecars: dict[Path, dict[str, Any] | None] = {}
    for ann in _files(path, report):
        text = read_text(ann.with_suffix(".txt"), "Put the text beside it, under the same name.")
        flat = read_ann(text, read_text(ann), file=str(ann), report=report)
        if ann.parent not in sidecars:
            sidecars[ann.parent] = _sidecar(ann.parent / SIDECAR)
        sidecar = sidecars[ann.parent]
        if sidecar is None:
            id = ann.stem if path.is_file() else ann.relative_to(path).with_suffix("").as_posix()
            flat = replace(flat, about={"id": id, "annotator": annotator})
            foreign.add(len(found))
            found.append(translate(flat, labels or LabelMap(), evidence=evidence, report=report))
        else:
            about = {"id": ann.stem, **sidecar["documents"].get(ann.stem, {})}
            if annotator:
                about["annotator"] = annotator
            found.append(assemble(_ours(flat, sidecar["names"], about), report=report))
    slots = annotated([found[number] for number in foreign])
    return tuple(
        document.model_copy(update={"annotated": slots}) if number in foreign else document
        for number, document in enumerate(found)
    )


def _ours(flat: Flat, names: dict[str, str], about: dict[str, Any]) -> Flat:
    marks = tuple(
        replace(
            mark,
            label=names.get(mark.label, mark.label),
            values={
                key: names.get(value, value) if key == "sub_type" else value
                for key, value in mark.values.items()
            },
        )
        for mark in flat.marks
    )
    # Events stand in the order of their numbers, whatever an annotator added between them.
    order = {"E": 1, "T": 0}
    marks = tuple(sorted(marks, key=lambda mark: (order.get(mark.id[0], 2), _number(mark.id))))
    links = tuple(replace(link, role=snake(link.role)) for link in flat.links)
    return replace(flat, marks=marks, links=links, about=about)


def _number(id: str) -> int:
    return int(id[1:]) if id[1:].isdecimal() and len(id) < 12 else 0


def _files(path: Path, report: Report) -> list[Path]:
    if path.is_file():
        return [path.with_suffix(".ann")]
    if not path.is_dir():
        raise GoldError("no such file or folder", where=str(path), remedy="Name a brat folder.")
    found = sorted(path.rglob("*.ann"))
    if not found:
        raise GoldError(
            "there is no .ann file in this folder",
            where=str(path),
            remedy="Name the folder of one brat collection.",
        )
    labelled = {ann.with_suffix(".txt") for ann in found}
    for text in sorted(path.rglob("*.txt")):
        if text not in labelled:
            report(Notice(str(text), "has no .ann beside it; left out"))
    return found


def _sidecar(path: Path) -> dict[str, Any] | None:
    if not path.is_file():
        return None
    said = parse_json(read_text(path), str(path))
    if not isinstance(said, dict) or said.get("format") != 1:
        raise GoldError(
            "not the dateline.json of a brat folder that this version reads",
            where=str(path),
            remedy="Restore the file that the export wrote, or remove it to import the labels "
            "as somebody else's.",
        )
    names, documents = said.get("names", {}), said.get("documents", {})
    if not isinstance(names, dict) or not isinstance(documents, dict):
        raise GoldError("names and documents must be objects", where=str(path))
    if not all(isinstance(value, str) for value in names.values()) or not all(
        isinstance(value, dict) for value in documents.values()
    ):
        raise GoldError("a name or a document in it is of the wrong kind", where=str(path))
    return {"names": names, "documents": documents}


def _write(path: Path, text: str) -> None:
    path.write_text(text, encoding="utf-8", newline="")
