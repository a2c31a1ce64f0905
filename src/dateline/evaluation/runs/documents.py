"""The documents of a suite, with their texts."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from typing import TYPE_CHECKING

from dateline.errors import EvaluationError, GoldError
from dateline.evaluation.gold.anchoring import without_words
from dateline.evaluation.gold.hashes import text_sha256
from dateline.evaluation.gold.reading import read_labels
from dateline.evaluation.gold.texts import (
    VARIABLE,
    MissingText,
    folders_of_environment,
    with_texts,
)
from dateline.evaluation.gold.writing import as_line
from dateline.evaluation.runs.label_checks import check_labels, type_notes

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from dateline.evaluation.gold.document import LabelDocument
    from dateline.evaluation.suites import Suite


@dataclass(frozen=True, slots=True)
class Documents:
    """Labels with their texts; ids whose offsets were repaired; documents without their text.

    ``notes`` are lines for people about what is odd and scored all the same.
    """

    gold: tuple[LabelDocument, ...]
    repaired: tuple[str, ...] = ()
    missing: tuple[MissingText, ...] = ()
    notes: tuple[str, ...] = ()

    def told(self, *, missing: str = "without its text") -> tuple[str, ...]:
        """Everything about them that a person must know, a line each; ``missing`` begins some."""
        lines = [f"{missing}: {each.id}: {each.reason}" for each in self.missing]
        if self.repaired:
            names = ", ".join(self.repaired)
            lines.append(f"offsets repaired, since whitespace has changed: {names}")
        return (*lines, *self.notes)


def documents_of(suite: Suite, *, skip_missing: bool = False) -> Documents:
    """Read a suite's labels and find their texts.

    Args:
        suite: the suite.
        skip_missing: leave out documents whose text is missing; they are listed all the same.

    Raises:
        GoldError: labels are wrong, ids are used twice, or a text is missing.
        EvaluationError: no document is left.
    """
    found: list[LabelDocument] = []
    repaired: list[str] = []
    missing: list[MissingText] = []
    notes: list[str] = []
    for path in suite.gold_files():
        labels = [each for each in read_labels(path) if suite.takes(each.meta)]
        supplied = with_texts(labels, labels=path, folders=_folders(suite))
        check_labels(supplied.documents, path)
        notes += type_notes(supplied.documents, path, suite.taxonomy_used())
        found += map(hashed, supplied.documents)
        repaired += supplied.repaired
        missing += supplied.missing
    _check_ids(found, suite)
    if missing and (not skip_missing or not found):
        raise GoldError(
            f"{_count(missing)} without text: "
            + "; ".join(f"{m.id} ({m.reason})" for m in missing),
            where=str(suite.path),
            remedy=f"Set {VARIABLE} to the folder with the articles"
            + (", or leave those documents out with --skip-missing." if found else "."),
        )
    if not found:
        chosen = _filters(suite)
        raise EvaluationError(
            f"no document has {chosen} in its meta" if chosen else "the suite has no document",
            where=str(suite.path),
            remedy="Look at the meta of the labels, or leave split and meta out."
            if chosen
            else "Name label files that are not empty in documents.",
        )
    return Documents(tuple(found), tuple(repaired), tuple(missing), tuple(notes))


def hashed(document: LabelDocument) -> LabelDocument:
    """The document with the hash of its text, where that is known, so that a change is noticed."""
    if document.text is None or document.text_sha256 is not None:
        return document
    return document.model_copy(update={"text_sha256": text_sha256(document.text)})


def gold_sha256(documents: Iterable[LabelDocument]) -> str:
    """Hash of labels without their texts, independent of the order of documents."""
    lines = sorted(as_line(without_words(document)) for document in documents)
    return hashlib.sha256("\n".join(lines).encode()).hexdigest()


def _filters(suite: Suite) -> str:
    """What a suite asks of the ``meta`` of a document: ``split dev and language en or fr``."""
    wanted = {**({} if suite.split is None else {"split": (suite.split,)}), **suite.meta}
    return " and ".join(
        f"{name} {' or '.join(map(str, values))}" for name, values in wanted.items()
    )


def _folders(suite: Suite) -> list[str | Path]:
    """The suite's folders and those of the environment."""
    given = suite.article_folders()
    return [*given, *folders_of_environment()] if given else []


def _check_ids(documents: Iterable[LabelDocument], suite: Suite) -> None:
    seen: set[str] = set()
    for document in documents:
        if document.id in seen:
            raise GoldError(
                f"two documents have the id {document.id!r}",
                where=str(suite.path),
                remedy="Every document of a suite needs its own id.",
            )
        seen.add(document.id)


def _count(missing: list[MissingText]) -> str:
    return "1 document is" if len(missing) == 1 else f"{len(missing)} documents are"
