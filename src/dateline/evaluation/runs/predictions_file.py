"""Score files that no run made: predictions of any tool, or results of ``dateline extract``."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import dateline
from dateline.errors import GoldError
from dateline.evaluation.gold.document import LabelDocument
from dateline.evaluation.gold.predictions import as_prediction, failed_prediction
from dateline.evaluation.gold.reading import read_labels
from dateline.evaluation.gold.repair import repaired
from dateline.evaluation.gold.texts import with_texts
from dateline.evaluation.runs.documents import Documents, documents_of, gold_sha256, hashed
from dateline.evaluation.runs.folder import RunFolder
from dateline.evaluation.runs.label_checks import check_labels, check_predictions, type_notes
from dateline.evaluation.runs.record import RunRecord
from dateline.evaluation.runs.running import rescored
from dateline.evaluation.runs.scored import ScoredRun, score_run


def score_files(
    gold: str | Path,
    predictions: str | Path,
    *,
    articles: Sequence[str | Path] = (),
    taxonomy: str = "acled",
) -> ScoredRun:
    """Score predictions against labels.

    Args:
        gold: a file of labels (``.jsonl``), or a suite's name or file.
        predictions: a file of predictions or of extractions, or a run's folder, whose scores are
            then written anew.
        articles: folders with the texts; the safety rates need them, the rest does not.
        taxonomy: the event types, where ``gold`` is no suite.

    Raises:
        GoldError: a file is wrong, or a prediction is of a document that gold does not have.
        EvaluationError: there is no such suite or run.
    """
    documents, suite, used = _gold(gold, articles, taxonomy)
    folder = Path(predictions)
    if folder.is_dir():
        run = RunFolder(folder)
        return replace(rescored(run, run.record(), documents), notes=documents.told())
    found = read_predictions(folder, documents.gold)
    now = datetime.now(UTC).replace(microsecond=0)
    record = RunRecord(
        suite=suite,
        name=folder.stem,
        variant={},
        status="complete",
        provider=folder.stem,
        model="",
        asking="",
        taxonomy=used,
        prompt="",
        prompt_fingerprint="",
        schema_fingerprint="",
        dateline_version=dateline.__version__,
        gold_sha256=gold_sha256(documents.gold),
        documents={each.id: each.text_sha256 or "" for each in documents.gold},
        started=now,
        finished=now,
    )
    return replace(score_run(None, record, documents.gold, found), notes=documents.told())


def read_predictions(path: Path, gold: Sequence[LabelDocument]) -> tuple[LabelDocument, ...]:
    """Read predictions, or make them of extractions.

    An extraction belongs to the label document with its article's id, or with the same text.

    Raises:
        GoldError: the file is neither, or a line is damaged.
    """
    if not _holds_extractions(path):
        return _onto(read_labels(path), gold, path)
    from dateline.articles import Article
    from dateline.output.jsonl import read_results
    from dateline.records import Extraction

    ids = {each.id for each in gold}
    by_text = {each.text_sha256: each.id for each in gold if each.text_sha256}
    texts = {each.id: each for each in gold}
    found: list[LabelDocument] = []
    for result in read_results(path):
        if isinstance(result, Extraction):
            made = as_prediction(result)
            name = made.id if made.id in ids else by_text.get(made.text_sha256 or "", made.id)
            found.append(made.model_copy(update={"id": name}))
        elif result.article_id in texts:
            document = texts[result.article_id]
            article = Article(text=document.text or "-", id=document.id)
            failed = failed_prediction(result, article)
            update = {"text_sha256": document.text_sha256}
            found.append(failed.model_copy(update=update))
    return _onto(found, gold, path)


def _onto(
    predictions: Iterable[LabelDocument], gold: Sequence[LabelDocument], path: Path
) -> tuple[LabelDocument, ...]:
    """Predictions with offsets into the texts of gold.

    Raises:
        GoldError: one is of another text, of a document that gold lacks, or wrong in itself.
    """
    labelled = {each.id: each for each in gold}
    found: list[LabelDocument] = []
    for each in predictions:
        document = labelled.get(each.id)
        theirs = document.text_sha256 if document else None
        moved: LabelDocument | None = each
        if document and theirs and each.text_sha256 and theirs != each.text_sha256:
            moved = repaired(each, document.text) if document.text is not None else None
        if moved is None:
            raise GoldError(
                f"the prediction of {each.id!r} is of another text than the labels",
                where=str(path),
                remedy="Predict from the text that is labelled; --articles names its folder.",
            )
        found.append(moved)
    check_predictions(found, gold, path)
    return tuple(found)


def _holds_extractions(path: Path) -> bool:
    try:
        with path.open(encoding="utf-8-sig") as lines:
            first = next((line for line in lines if line.strip()), "")
        data = json.loads(first) if first else {}
    except OSError as error:
        raise GoldError(
            f"cannot be read: {error.strerror or type(error).__name__}",
            where=str(path),
            remedy="Check the path.",
        ) from None
    except (ValueError, RecursionError):
        return False  # The reader of labels says what is wrong and where.
    return isinstance(data, dict) and ("provenance" in data or "article_id" in data)


def _gold(
    gold: str | Path, articles: Sequence[str | Path], taxonomy: str
) -> tuple[Documents, str, str]:
    path = Path(gold)
    if path.suffix in (".jsonl", ".ndjson", ".json") or (
        path.is_file() and path.suffix not in (".yaml", ".yml")
    ):
        labels = read_labels(path)
        if not labels:
            raise GoldError(
                "there is no document in it", where=str(path), remedy="Name a file with labels."
            )
        supplied = with_texts(labels, labels=path, folders=articles)
        known = {each.id: each for each in supplied.documents}
        whole = tuple(hashed(known.get(each.id, each)) for each in labels)
        check_labels(whole, path)
        notes = type_notes(whole, path, taxonomy)
        return Documents(whole, supplied.repaired, supplied.missing, notes), path.stem, taxonomy
    from dateline.evaluation.suites import load_suite

    suite = load_suite(gold)
    return documents_of(suite), suite.name, suite.taxonomy_used()
