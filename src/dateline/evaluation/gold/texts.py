"""Give documents their texts: inline, beside the labels, or from the user's folders."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from dateline.articles.article import Article
from dateline.errors import GoldError
from dateline.evaluation.gold.document import LabelDocument
from dateline.evaluation.gold.folders import Texts
from dateline.evaluation.gold.hashes import text_sha256
from dateline.evaluation.gold.repair import holds, repaired

__all__ = [
    "VARIABLE",
    "MissingText",
    "Supplied",
    "Texts",
    "as_article",
    "folders_of_environment",
    "with_texts",
]

VARIABLE = "DATELINE_ARTICLES"
"""Environment variable with the folders of the texts, parted as in ``PATH``."""


@dataclass(frozen=True, slots=True)
class MissingText:
    """A document that has no text, and why."""

    id: str
    reason: str


@dataclass(frozen=True, slots=True)
class Supplied:
    """Documents with their texts.

    Attributes:
        documents: those that have a text, in their order, with ``text`` filled in and offsets
            that count into it.
        repaired: ids of those whose text had other whitespace than the labelled one.
        missing: those without a text, or whose text is another one; they are not in
            ``documents``.
    """

    documents: tuple[LabelDocument, ...]
    repaired: tuple[str, ...]
    missing: tuple[MissingText, ...]


def with_texts(
    documents: Iterable[LabelDocument],
    *,
    labels: str | Path,
    folders: Sequence[str | Path] = (),
) -> Supplied:
    """Find the text of every document.

    Looked at in this order: the text in the document itself; ``articles/ID.*`` beside the label
    file; files named ``ID.*`` in the folders; any file of the folders with the right SHA-256. A
    text with the hash of the labels is taken as it is; else one that differs in whitespace only,
    with the offsets repaired; else none.

    Args:
        documents: as read.
        labels: the file that they were read from.
        folders: where texts are; left out, those that ``DATELINE_ARTICLES`` names.

    Raises:
        GoldError: one of the folders is none.
    """
    beside = Path(labels).parent / "articles"
    sources = [Texts([beside])] if beside.is_dir() else []
    sources.append(Texts(folders or folders_of_environment()))
    found: list[LabelDocument] = []
    mended: list[str] = []
    missing: list[MissingText] = []
    for document in documents:
        supplied = _supplied(document, sources)
        if isinstance(supplied, MissingText):
            missing.append(supplied)
            continue
        found.append(supplied)
        if document.text_sha256 not in (None, supplied.text_sha256):
            mended.append(document.id)
    return Supplied(tuple(found), tuple(mended), tuple(missing))


def as_article(document: LabelDocument) -> Article:
    """The article that a document with a text is about, for a run to extract from.

    Raises:
        GoldError: the document has no text.
    """
    if document.text is None:
        raise GoldError(
            "This document has no text.",
            where=document.id,
            remedy=f"Give its text with with_texts, or name its folder in {VARIABLE}.",
        )
    meta = document.meta
    return Article(
        text=document.text,
        id=document.id,
        title=meta.title,
        published=meta.published,
        publisher=meta.publisher,
        language=meta.language,
    )


def _supplied(document: LabelDocument, sources: Sequence[Texts]) -> LabelDocument | MissingText:
    others: list[tuple[str, str]] = []
    for place, text in _candidates(document, sources):
        if document.text_sha256 == text_sha256(text) or (
            document.text_sha256 is None and holds(document, text)
        ):
            return document.model_copy(update={"text": text})
        others.append((place, text))
    for _, text in others:
        moved = repaired(document, text)
        if moved is not None:
            return moved.model_copy(update={"text": text})
    if others:
        return MissingText(document.id, f"the text in {others[0][0]} is not the labelled one")
    return MissingText(document.id, "no text was found")


def _candidates(document: LabelDocument, sources: Sequence[Texts]) -> Iterator[tuple[str, str]]:
    if document.text is not None:
        yield "the label file", document.text
    for source in sources:
        yield from ((str(path), text) for path, text in source.named(document.id))
    if document.text_sha256 is not None:
        for source in sources:
            found = source.hashed(document.text_sha256)
            if found:
                yield str(found[0]), found[1]


def folders_of_environment() -> list[str]:
    """The folders that ``DATELINE_ARTICLES`` names, in its order."""
    return [name for name in os.environ.get(VARIABLE, "").split(os.pathsep) if name.strip()]
