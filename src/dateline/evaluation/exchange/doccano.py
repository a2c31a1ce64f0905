"""doccano: JSON Lines of sequence labelling, with or without relations.

Source: doccano pull requests 46 and 1703 for the two forms of lines. Offsets are code points; a
project with "count grapheme clusters as one character" cannot be told apart and is not read right
where its text has combined characters.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

from dateline.errors import GoldError
from dateline.evaluation.exchange.flat import Flat, Link, Mark
from dateline.evaluation.exchange.foreign import EvidenceFrom, annotated, translate
from dateline.evaluation.exchange.label_map import LabelMap
from dateline.evaluation.exchange.notices import Notice, Report, log
from dateline.evaluation.exchange.offsets import Unit, converter
from dateline.evaluation.exchange.reading_files import parse_json, read_text
from dateline.evaluation.gold.document import LabelDocument

_REMEDY = "Export the project as JSONL or JSONL(relation)."


def import_doccano(
    path: Path,
    *,
    labels: LabelMap,
    evidence: EvidenceFrom = "sentence",
    annotator: str | None = None,
    offsets: Unit = "code-points",
    report: Report = log,
) -> tuple[LabelDocument, ...]:
    """Read a JSONL export; one document a line.

    Args:
        path: the ``.jsonl`` file.
        labels: which labels are events, claims, actors and places. Labels that it does not name
            are reported and left out.
        evidence: what supports an event: the sentence of its mark, or the mark alone.
        annotator: who labelled, where the lines do not say.
        offsets: the unit that the file counts in.
        report: gets what could not be taken.

    Raises:
        GoldError: a line is no such export, or a span is outside of its text; with file and line.
    """
    found = []
    for number, line in enumerate(read_text(path).split("\n"), 1):
        if line.strip():
            where = f"{path}:{number}"
            flat = _flat(parse_json(line, where), number, where, annotator, offsets, report)
            found.append(translate(flat, labels, evidence=evidence, report=report))
    slots = annotated(found)
    return tuple(document.model_copy(update={"annotated": slots}) for document in found)


def _flat(
    line: Any, number: int, where: str, annotator: str | None, unit: Unit, report: Report
) -> Flat:
    if not isinstance(line, dict):
        raise GoldError("not an object", where=where, remedy=_REMEDY)
    text = line.get("text", line.get("data"))
    if not isinstance(text, str):
        raise GoldError("the line has no text", where=where, remedy=_REMEDY)
    convert = converter(text, unit)
    marks = []
    for position, entry in enumerate(_spans(line, where)):
        place = f"{where}: span {position + 1}"
        id, start, end, label = _span(entry, position, place)
        first, last = convert(start), convert(end)
        if first is None or last is None or first >= last:
            raise GoldError(
                f"{start} to {end} is no place in a text of {len(text)} characters",
                where=place,
                remedy="Export again, or say --offsets utf-16 for a doccano before 2019.",
            )
        marks.append(Mark(id, label, ((first, last),), where=place))
    known = {mark.id for mark in marks}
    if len(known) < len(marks):
        raise GoldError("two spans have the same id", where=where, remedy=_REMEDY)
    links = []
    for relation in _list(line, "relations", where):
        ends = [str(relation.get(key)) if isinstance(relation, dict) else "" for key in _ENDS]
        if not all(end in known for end in ends):
            raise GoldError("a relation leads to no span of this line", where=where, remedy=_REMEDY)
        links.append(Link(ends[0], str(relation.get("type", "")), ends[1], where))
    comments = line.get("Comments", line.get("comments"))
    if comments:
        report(Notice(where, "comments have no place in labels; left out"))
    who = line.get("username") or annotator
    about = {"id": str(line.get("id", line.get("doc_id", number))), "annotator": who and str(who)}
    return Flat(text, tuple(marks), tuple(links), about, where)


_ENDS = ("from_id", "to_id")


def _spans(line: dict[str, Any], where: str) -> list[Any]:
    for key in ("entities", "label", "labels", "annotations"):
        if line.get(key):
            return _list(line, key, where)
    return []


def _list(line: dict[str, Any], key: str, where: str) -> list[Any]:
    value = line.get(key) or []
    if isinstance(value, list):
        return value
    raise GoldError(f"{key} is no list", where=where, remedy=_REMEDY)


def _span(entry: Any, position: int, where: str) -> tuple[str, int, int, str]:
    if isinstance(entry, list) and len(entry) == 3:
        id, (start, end, label) = f"span{position + 1}", entry
    elif isinstance(entry, dict):
        id = str(entry.get("id", f"span{position + 1}"))
        start, end, label = (entry.get(key) for key in ("start_offset", "end_offset", "label"))
    else:
        raise GoldError("not a labelled span", where=where, remedy=_REMEDY)
    if type(start) is not int or type(end) is not int or not isinstance(label, str):
        raise GoldError("not a labelled span", where=where, remedy=_REMEDY)
    return id, start, end, label
