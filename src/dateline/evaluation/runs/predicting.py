"""Extract a suite's documents with one variant, and keep each answer as soon as it comes."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, TextIO

from dateline.evaluation.gold.predictions import as_prediction, failed_prediction
from dateline.evaluation.gold.texts import as_article
from dateline.evaluation.gold.writing import as_line
from dateline.evaluation.runs.leaks import example_words, leaks
from dateline.records import Extraction, Failure, Usage

if TYPE_CHECKING:
    from pathlib import Path

    from dateline.articles import Article
    from dateline.evaluation.gold.document import LabelDocument
    from dateline.extractor import Extractor

Results = Iterable[Extraction | Failure]
Through = Callable[[Results], Iterator[Extraction | Failure]]
"""What a caller may put in between to see results pass: progress, counts."""


@dataclass
class Predicted:
    """What was predicted. ``usage`` sums over all documents, also those of earlier sittings."""

    documents: dict[str, LabelDocument] = field(default_factory=dict)
    failures: list[Failure] = field(default_factory=list)
    usage: Usage = field(default_factory=Usage)
    answered_by: dict[str, None] = field(default_factory=dict)


def predict(
    gold: Iterable[LabelDocument],
    extractor: Extractor,
    stream: TextIO,
    *,
    done: dict[str, LabelDocument],
    prompts: Path | None = None,
    concurrency: int | None = None,
    through: Through = iter,
) -> Predicted:
    """Extract every document that is not done yet, and write each prediction as a line.

    Args:
        gold: documents with their texts.
        extractor: of the variant.
        stream: where lines go, each flushed.
        done: predictions of an earlier sitting, by id; those that failed are tried again.
        prompts: the user's folder of prompts, for the words of its examples.
        concurrency: articles in flight; what suits the provider when None.
        through: sees the results pass.
    """
    kept = {name: each for name, each in done.items() if each.error is None}
    predicted = Predicted(documents=dict(kept))
    for each in done.values():  # What failed before has been paid for too.
        predicted.usage += usage_of(each)
    words = example_words(prompts)
    documents: dict[str, LabelDocument] = {}
    articles = _articles(gold, kept, documents)
    for result in through(extractor.extract_many(articles, concurrency=concurrency)):
        name = result.article.id if isinstance(result, Extraction) else result.article_id or ""
        text_sha256 = documents[name].text_sha256
        if isinstance(result, Extraction):
            found = as_prediction(result)
            notes = {
                "rejected": len(result.rejected),
                "few_shot_leaks": int(leaks(result, words)),
            }
            predicted.answered_by |= dict.fromkeys(result.provenance.answered_by)
        else:
            found = failed_prediction(result, as_article(documents[name]))
            notes = {}
            predicted.failures.append(result)
        update = {"text_sha256": text_sha256, "diagnostics": {**notes, **_cost(result.usage)}}
        found = found.model_copy(update=update)
        predicted.documents[name] = found
        predicted.usage += result.usage
        stream.write(as_line(found) + "\n")
        stream.flush()
    return predicted


def _articles(
    gold: Iterable[LabelDocument],
    kept: dict[str, LabelDocument],
    begun: dict[str, LabelDocument],
) -> Iterator[Article]:
    for document in gold:
        if document.id not in kept:
            begun[document.id] = document
            yield as_article(document)


def usage_of(prediction: LabelDocument) -> Usage:
    """What a prediction cost, from its diagnostics."""
    noted = prediction.diagnostics
    counts = {
        name: int(noted.get(name, 0))
        for name in Usage.model_fields
        if name not in ("seconds", "cost_usd")
    }
    cost = noted.get("cost_usd")
    return Usage(**counts, seconds=noted.get("seconds", 0.0), cost_usd=cost)


def _cost(usage: Usage) -> dict[str, float]:
    return {
        name: round(float(value), 6)
        for name, value in usage.model_dump().items()
        if value is not None and (value or name == "cost_usd")
    }
