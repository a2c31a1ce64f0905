"""Label Studio: tasks as JSON, with drafts to review or with finished annotations.

Beside the tasks an export writes the labeling configuration as XML. Offsets are code points, as
current versions of Label Studio count; an import finds out which unit the file has, by the words
that each result repeats.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any, Literal

from dateline.errors import GoldError
from dateline.evaluation.exchange.assembling import assemble
from dateline.evaluation.exchange.flat import Flat
from dateline.evaluation.exchange.flattening import flatten, label_of, type_of
from dateline.evaluation.exchange.foreign import EvidenceFrom, annotated, translate
from dateline.evaluation.exchange.label_map import LabelMap
from dateline.evaluation.exchange.label_studio_config import (
    LABELS,
    NOTE,
    TEXT,
    labeling_config,
)
from dateline.evaluation.exchange.label_studio_results import Results
from dateline.evaluation.exchange.notices import Notice, Report, log
from dateline.evaluation.exchange.offsets import Unit
from dateline.evaluation.exchange.reading_files import parse_json, read_text
from dateline.evaluation.gold.document import LabelDocument

As = Literal["predictions", "annotations"]
_OURS = "dateline"


def export_label_studio(
    documents: Iterable[LabelDocument],
    path: Path,
    *,
    as_: As = "predictions",
    types: Sequence[str] = (),
) -> None:
    """Write tasks to ``path`` and the labeling configuration beside it, as ``.xml``.

    Args:
        documents: each with its text. Several of one id and text become one task.
        path: the JSON file of the tasks.
        as_: ``predictions`` are drafts that an annotator reviews, ``annotations`` are finished.
        types: event types that can be labelled besides those that occur.

    Raises:
        GoldError: a document has no text, or a span is not in it.
    """
    tasks: dict[tuple[str, str], dict[str, Any]] = {}
    labels = [label_of(name) for name in types]
    sub_types: list[str] = []
    for document in documents:
        flat = flatten(document, discontinuous=False)
        for mark in flat.marks:
            if type_of(mark.label) is not None:
                labels.append(mark.label)
            if "sub_type" in mark.values:
                sub_types.append(mark.values["sub_type"])
        key = (document.id, flat.text)
        if key not in tasks:
            title = document.meta.title or document.id
            data = {"text": flat.text, "title": title, "id": document.id, _OURS: flat.about}
            tasks[key] = {"data": data, as_: []}
        entry: dict[str, Any] = {"result": _results(flat)}
        if as_ == "predictions":
            entry["model_version"] = document.annotator or "dateline"
        elif document.annotator:
            # Label Studio takes users by number only, so the name travels with the task.
            entry["meta"] = {"annotator": document.annotator}
        tasks[key][as_].append(entry)
    path.write_text(
        json.dumps(list(tasks.values()), ensure_ascii=False, indent=1) + "\n", "utf-8", newline=""
    )
    path.with_suffix(".xml").write_text(labeling_config(labels, sub_types), "utf-8")


def _results(flat: Flat) -> list[dict[str, Any]]:
    results: list[dict[str, Any]] = []
    for mark in flat.marks:
        start, end = mark.fragments[0]
        place = {"start": start, "end": end}
        base = {"id": mark.id, "to_name": TEXT}
        words = {"text": flat.text[start:end], "labels": [mark.label]}
        results.append({**base, "from_name": LABELS, "type": "labels", "value": {**place, **words}})
        for name, value in mark.values.items():
            said = {**place, "choices": [value]}
            results.append({**base, "from_name": name, "type": "choices", "value": said})
        if mark.note:
            said = {**place, "text": [mark.note]}
            results.append({**base, "from_name": NOTE, "type": "textarea", "value": said})
    for link in flat.links:
        ends = {"from_id": link.source, "to_id": link.target, "direction": "right"}
        results.append({"type": "relation", **ends, "labels": [link.role]})
    return results


def import_label_studio(
    path: Path,
    *,
    labels: LabelMap | None = None,
    evidence: EvidenceFrom = "sentence",
    annotator: str | None = None,
    drafts: bool = False,
    offsets: Unit | None = None,
    report: Report = log,
) -> tuple[LabelDocument, ...]:
    """Read Label Studio's JSON export: one document for each annotation of each task.

    Args:
        path: the file of the export "JSON".
        labels: what the labels of a project that is not ours mean.
        evidence: what supports an event of such a project: its sentence, or the mark alone.
        annotator: who labelled, where the file does not say.
        drafts: read predictions where a task has no annotation.
        offsets: the unit that the file counts in; None finds out by the words of the results.
        report: gets what could not be taken, and what was mended.

    Raises:
        GoldError: the file is not such an export, a link leads nowhere, or the words of a result
            are not in the text; with file and JSON path.
    """
    tasks = parse_json(read_text(path), str(path))
    if not isinstance(tasks, list):
        tasks = [tasks]
    found: list[LabelDocument] = []
    foreign: set[int] = set()
    for number, task in enumerate(tasks):
        where = f"{path}: $[{number}]"
        data, text = _data(task, where)
        for entry, place in _entries(task, where, drafts, report):
            reading = Results(text, f"{where}.{place}", offsets, report)
            flat = reading.flat(entry.get("result"))
            who = _who(entry) or annotator
            ours = data.get(_OURS)
            if isinstance(ours, dict):
                about = {**ours, "id": str(ours.get("id", data.get("id", number)))}
                # A draft that nobody named is nobody's.
                if who and who != _OURS:
                    about["annotator"] = who
                flat = Flat(text, flat.marks, flat.links, about, flat.where)
                found.append(assemble(flat, report=report))
            else:
                id = data.get("id", data.get("document_id", task.get("id", number)))
                about = {"id": str(id), "annotator": who}
                flat = Flat(text, flat.marks, flat.links, about, flat.where)
                foreign.add(len(found))
                found.append(
                    translate(flat, labels or LabelMap(), evidence=evidence, report=report)
                )
    slots = annotated([found[number] for number in foreign])
    return tuple(
        document.model_copy(update={"annotated": slots}) if number in foreign else document
        for number, document in enumerate(found)
    )


def _data(task: Any, where: str) -> tuple[Mapping[str, Any], str]:
    data = task.get("data") if isinstance(task, dict) else None
    if not isinstance(data, dict):
        raise GoldError(
            "not a task of Label Studio: it has no data",
            where=where,
            remedy='Export the project as "JSON"; JSON-MIN and CSV leave out what is needed.',
        )
    text = data.get("text")
    if not isinstance(text, str):
        raise GoldError(
            "the data of the task has no text",
            where=f"{where}.data.text",
            remedy="Only projects whose Text tag shows $text can be read.",
        )
    return data, text


def _entries(
    task: Mapping[str, Any], where: str, drafts: bool, report: Report
) -> list[tuple[Mapping[str, Any], str]]:
    # "completions" was the name before version 1.0.
    name = "annotations" if "annotations" in task else "completions"
    given = task.get(name) or []
    if drafts and not given:
        name, given = "predictions", task.get("predictions") or []
    entries: list[tuple[Mapping[str, Any], str]] = []
    for number, entry in enumerate(given if isinstance(given, list) else [given]):
        place = f"{name}[{number}]"
        if not isinstance(entry, dict):
            raise GoldError(
                "an annotation is no object",
                where=f"{where}.{place}",
                remedy='Export the project as "JSON".',
            )
        if entry.get("was_cancelled"):
            report(Notice(f"{where}.{place}", "the annotator skipped the task; left out"))
        else:
            entries.append((entry, place))
    if not given:
        report(Notice(where, "the task has no annotation; left out"))
    return entries


def _who(entry: Mapping[str, Any]) -> str | None:
    meta = entry.get("meta")
    if isinstance(meta, dict) and isinstance(meta.get("annotator"), str):
        return str(meta["annotator"])
    by = entry.get("completed_by", entry.get("model_version"))
    if isinstance(by, dict):
        by = by.get("email") or by.get("id")
    return str(by) if by not in (None, "") else None
