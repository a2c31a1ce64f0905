"""Read files of labels or predictions: JSON Lines, one document a line."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from dateline.errors import GoldError
from dateline.evaluation.gold.document import LabelDocument
from dateline.evaluation.gold.problem import GoldProblem
from dateline.evaluation.gold.strict_json import NotStrict, parsed
from dateline.evaluation.gold.validating import path_in, validated

_REMEDY = "See docs/gold.md for the format; `dateline eval validate` lists every problem."


def read_labels(path: str | Path) -> tuple[LabelDocument, ...]:
    """Read a file of labels or predictions, in its order.

    Raises:
        GoldError: the file cannot be read, or the first thing that is wrong in it, with file,
            line and field.
    """
    documents = []
    for document, problems in _lines(Path(path)):
        if problems:
            raise GoldError(problems[0].message, where=problems[0].where, remedy=_REMEDY)
        if document:
            documents.append(document)
    return tuple(documents)


def read_labels_leniently(
    path: str | Path,
) -> tuple[tuple[LabelDocument, ...], tuple[GoldProblem, ...]]:
    """Read what can be read, and tell everything that is wrong with the rest.

    Raises:
        GoldError: the file itself cannot be opened or is not UTF-8.
    """
    documents: list[LabelDocument] = []
    problems: list[GoldProblem] = []
    for document, found in _lines(Path(path)):
        problems += found
        if document and not found:
            documents.append(document)
    return tuple(documents), tuple(problems)


def _lines(path: Path) -> Iterator[tuple[LabelDocument | None, list[GoldProblem]]]:
    first_line: dict[str, int] = {}
    for number, line in enumerate(_text(path).split("\n"), start=1):
        if not line.strip():
            continue
        where = f"{path}:{number}"
        try:
            value = parsed(line)
        except NotStrict as error:
            yield None, [GoldProblem(where, str(error))]
            continue
        document, mistakes = validated(value)
        problems = [
            GoldProblem(f"{where}: {path_in(value, mistake.path)}", mistake.message)
            for mistake in mistakes
        ]
        if document:
            before = first_line.setdefault(document.id, number)
            if before != number:
                message = f"the id of line {before} again; every document needs its own"
                problems.append(GoldProblem(f"{where}: {document.id} $.id", message))
        yield document, problems


def _text(path: Path) -> str:
    try:
        return path.read_bytes().decode("utf-8-sig")
    except OSError as error:
        raise GoldError(
            f"cannot be read: {error.strerror or type(error).__name__}",
            where=str(path),
            remedy="Check the path.",
        ) from None
    except UnicodeDecodeError as error:
        raise GoldError(
            f"not UTF-8 at byte {error.start}",
            where=str(path),
            remedy="Save the file as UTF-8.",
        ) from None
