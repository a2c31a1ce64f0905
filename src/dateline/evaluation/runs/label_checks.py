"""What keeps labels and predictions from being scored, and what is only told of them."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from dateline.errors import GoldError
from dateline.evaluation.gold.checking import problems, type_problems
from dateline.evaluation.gold.problem import errors_of
from dateline.taxonomy import load_taxonomy

if TYPE_CHECKING:
    from pathlib import Path

    from dateline.evaluation.gold.document import LabelDocument


def check_labels(documents: Iterable[LabelDocument], path: Path) -> None:
    """Refuse labels that are wrong in themselves or do not fit their texts, where those are known.

    Raises:
        GoldError: the first problem, with file, document, record and field.
    """
    for document in documents:
        _refuse(document, path, gold=True, remedy="`dateline eval validate` lists every problem.")


def check_predictions(
    predictions: Iterable[LabelDocument], gold: Iterable[LabelDocument], path: Path
) -> None:
    """Refuse predictions of documents that gold lacks, or with offsets that their texts lack.

    Raises:
        GoldError: the first problem, with file, document, record and field.
    """
    texts = {document.id: document.text for document in gold}
    predictions = tuple(predictions)
    strangers = [each.id for each in predictions if each.id not in texts]
    if strangers:
        more = len(strangers) - 5
        raise GoldError(
            "a prediction is of a document that the labels do not have: "
            + ", ".join(map(repr, strangers[:5]))
            + (f" and {more} more" if more > 0 else ""),
            where=str(path),
            remedy="Score against the labels that it was made for, or take it out.",
        )
    for each in predictions:
        whole = each if each.text is not None else each.model_copy(update={"text": texts[each.id]})
        remedy = "`dateline eval validate --predictions` lists every problem."
        _refuse(whole, path, gold=False, remedy=remedy)


def type_notes(documents: Iterable[LabelDocument], path: Path, taxonomy: str) -> tuple[str, ...]:
    """One line about types that the taxonomy does not have, if there are any.

    They are no error: predictions of another tool may have them too. Nothing that dateline
    extracts with this taxonomy does.
    """
    types = load_taxonomy(taxonomy)
    found = [each for document in documents for each in type_problems(document, types)]
    if not found:
        return ()
    more = f" (and {len(found) - 1} more)" if len(found) > 1 else ""
    return (
        f"{path}: {found[0].where}: {found[0].message}{more}; "
        "what is extracted with this taxonomy never has it",
    )


def _refuse(document: LabelDocument, path: Path, *, gold: bool, remedy: str) -> None:
    wrong = errors_of(problems(document, gold=gold))
    if wrong:
        raise GoldError(wrong[0].message, where=f"{path}: {wrong[0].where}", remedy=remedy)
