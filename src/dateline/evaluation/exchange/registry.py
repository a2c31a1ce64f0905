"""The formats by name, for code and command line alike."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any, Literal

from dateline.errors import GoldError
from dateline.evaluation.exchange.brat import export_brat, import_brat
from dateline.evaluation.exchange.doccano import import_doccano
from dateline.evaluation.exchange.foreign import EvidenceFrom
from dateline.evaluation.exchange.label_map import LabelMap, load_map
from dateline.evaluation.exchange.label_studio import As, export_label_studio, import_label_studio
from dateline.evaluation.exchange.muc import import_muc
from dateline.evaluation.exchange.notices import Report, log
from dateline.evaluation.exchange.offsets import Unit
from dateline.evaluation.gold.document import LabelDocument

Form = Literal["brat", "label-studio", "doccano", "muc"]

FORMATS: dict[Form, tuple[Literal["import", "export"], ...]] = {
    "brat": ("import", "export"),
    "label-studio": ("import", "export"),
    "doccano": ("import",),
    "muc": ("import",),
}
"""Every format, and what can be done with it."""


def import_labels(
    path: str | Path,
    form: Form,
    *,
    labels: LabelMap | Mapping[str, Any] | str | Path | None = None,
    evidence: EvidenceFrom = "sentence",
    annotator: str | None = None,
    drafts: bool = False,
    offsets: Unit | None = None,
    texts: str | Path | None = None,
    report: Report = log,
) -> tuple[LabelDocument, ...]:
    """Read the labels of another tool. Each document has its text and hashes filled in.

    Args:
        path: a brat folder or ``.ann`` file, a JSON export of Label Studio, a JSONL export of
            doccano, a MUC answer key or a folder of such.
        form: which of these.
        labels: what the labels of a project that dateline did not export mean: a map, or the
            YAML or JSON file of one.
        evidence: what supports an event of such a project: its sentence, or the mark alone.
        annotator: who labelled, where the file does not say.
        drafts: Label Studio: read predictions where a task has no annotation.
        offsets: Label Studio, doccano: the unit that the file counts in. None finds out where
            the file allows it.
        texts: MUC: the file of the texts, where it does not lie beside the key.
        report: gets what could not be taken, and what was mended.

    Raises:
        GoldError: something in the file is wrong, with file and line or JSON path.
    """
    source = Path(path)
    meaning = load_map(labels)
    if form == "brat":
        return import_brat(
            source, labels=meaning, evidence=evidence, annotator=annotator, report=report
        )
    if form == "label-studio":
        return import_label_studio(
            source,
            labels=meaning,
            evidence=evidence,
            annotator=annotator,
            drafts=drafts,
            offsets=offsets,
            report=report,
        )
    if form == "doccano":
        return import_doccano(
            source,
            labels=meaning,
            evidence=evidence,
            annotator=annotator,
            offsets=offsets or "code-points",
            report=report,
        )
    if form == "muc":
        return import_muc(source, texts=Path(texts) if texts else None, report=report)
    raise _unknown(form, "import")


def export_labels(
    documents: Iterable[LabelDocument],
    path: str | Path,
    form: Form,
    *,
    as_: As = "predictions",
    types: Sequence[str] = (),
) -> None:
    """Write labels or predictions for another tool.

    Args:
        documents: each with its text.
        path: the folder for brat, the file for Label Studio.
        form: ``brat`` or ``label-studio``.
        as_: Label Studio: drafts to review, or finished annotations.
        types: event types that can be labelled besides those that occur.

    Raises:
        GoldError: a document lacks its text, a span is not in it, or the format is only read.
    """
    if form == "brat":
        export_brat(documents, Path(path), types=types)
    elif form == "label-studio":
        export_label_studio(documents, Path(path), as_=as_, types=types)
    else:
        raise _unknown(form, "export")


def _unknown(form: str, what: Literal["import", "export"]) -> GoldError:
    known = ", ".join(name for name, can in FORMATS.items() if what in can)
    return GoldError(f"there is no {what} for {form!r}", remedy=f"Formats: {known}.")
