"""The public API as a type checker sees it; checked by mypy, never run."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import assert_type

from pydantic import BaseModel

import dateline
from dateline import (
    Article,
    AsyncExtractor,
    Claim,
    Event,
    Evidence,
    Extraction,
    Extractor,
    Failure,
    Quote,
    RejectedItem,
    ground,
    load_config,
)
from dateline.evaluation import (
    Comparison,
    GateResult,
    LabelDocument,
    Score,
    ScoredRun,
    assert_gates,
    check_gates,
    compare_runs,
    documents_of,
    load_run,
    load_suite,
    read_labels,
    report_page,
    run_suite,
    score,
    score_files,
)


class Casualty(BaseModel):
    words: Quote
    killed: int | None


def sync_face() -> None:
    article = Article(text="Nine people were killed.", published=date(2026, 3, 12))
    extractor = Extractor(provider="openai", config=load_config(None), taxonomy="acled")
    result = extractor.extract(article)
    assert_type(result, Extraction)
    assert_type(result.events, tuple[Event, ...])
    assert_type(result.claims, tuple[Claim, ...])
    assert_type(result.rejected, tuple[RejectedItem, ...])
    assert_type(extractor.extract_many([article], concurrency=4), Iterator[Extraction | Failure])
    filled = extractor.extract_as(Casualty, article)
    assert_type(filled, Casualty)
    assert_type(filled.words.evidence, Evidence | None)
    assert_type(ground("a quote", article.text), Evidence | None)
    assert_type(dateline.__version__, str)


async def async_face(article: Article) -> None:
    async with AsyncExtractor() as extractor:
        assert_type(await extractor.extract(article), Extraction)
        async for result in extractor.extract_many([article]):
            assert_type(result, Extraction | Failure)


def evaluation_face() -> None:
    suite = load_suite("corpus")
    runs = run_suite(suite, documents_of(suite), Path("runs"), providers=["nothing"])
    assert_type(runs, Iterator[ScoredRun])
    old, new = runs
    assert_type(new.score.value("event.f1"), float | None)
    assert_type(new.predictions, tuple[LabelDocument, ...])
    assert_type(compare_runs(old, new), Comparison)
    assert_type(check_gates(new, ["event.f1 >= 0.3"], baseline=old), list[GateResult])
    assert_type(load_run("runs/nothing"), ScoredRun)
    assert_type(score_files("gold.jsonl", "found.jsonl"), ScoredRun)
    labels = read_labels(Path("gold.jsonl"))
    assert_type(score(labels, labels), Score)
    assert_type(report_page([new]), str)
    assert_type(assert_gates("corpus", provider="nothing"), list[ScoredRun])
