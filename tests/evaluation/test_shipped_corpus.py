"""The shipped corpus is what its data card says, and its recorded runs keep what they reached."""

from __future__ import annotations

import gzip
import re
from collections import Counter
from itertools import pairwise
from pathlib import Path

import pytest

from dateline import Article
from dateline.evaluation import (
    LabelDocument,
    agreement,
    assert_gates,
    documents_of,
    load_suite,
    read_labels,
    with_texts,
)
from dateline.evaluation.gold.checking import problems
from dateline.evaluation.runs.loading import load_run, only
from dateline.taxonomy import load_taxonomy

EVALS = Path(__file__).parents[2] / "evals"
CORPUS = EVALS / "corpus"
ARTICLES = CORPUS / "articles"
CARD = (EVALS / "README.md").read_text("utf-8")
PAGES = sorted(ARTICLES.glob("*.html"))


def gold() -> list[LabelDocument]:
    found = [*read_labels(CORPUS / "dev.jsonl"), *read_labels(CORPUS / "test.jsonl")]
    return sorted(found, key=lambda document: document.id)


def annotator(name: str) -> list[LabelDocument]:
    return list(read_labels(CORPUS / "annotators" / f"{name}.jsonl"))


def row(*cells: object) -> str:
    return "| " + " | ".join(str(cell) for cell in cells) + " |"


def test_every_article_has_labels_by_both_annotators_and_gold() -> None:
    ids = [path.stem for path in sorted(ARTICLES.glob("*.txt"))]

    assert len(ids) >= 40
    for labels in (gold(), annotator("a"), annotator("b")):
        assert [document.id for document in labels] == ids


def test_odd_articles_are_dev_and_even_ones_test() -> None:
    for split, rest in (("dev", 1), ("test", 0)):
        for document in read_labels(CORPUS / f"{split}.jsonl"):
            assert (document.meta.model_extra or {})["split"] == split
            assert int(document.id[:2]) % 2 == rest


def test_articles_are_as_long_as_the_card_says() -> None:
    lengths = [len(path.read_text("utf-8").split()) for path in ARTICLES.glob("*.txt")]

    assert min(lengths) >= 150
    assert max(lengths) <= 900
    assert f"{min(lengths)} to {max(lengths)} words" in CARD
    assert f"{sum(lengths):,} words" in CARD


@pytest.mark.parametrize("name", ["dev", "test", "annotators/a", "annotators/b"])
def test_labels_are_without_a_problem(name: str) -> None:
    path = CORPUS / f"{name}.jsonl"
    supplied = with_texts(read_labels(path), labels=path, folders=[ARTICLES])

    assert supplied.missing == ()
    assert supplied.repaired == ()
    acled = load_taxonomy("acled")
    found = [each for document in supplied.documents for each in problems(document, acled)]
    assert [each for each in found if each.severity == "error"] == []


@pytest.mark.parametrize("page", PAGES, ids=lambda path: path.stem)
def test_a_web_page_gives_the_labelled_text(page: Path) -> None:
    from_page = Article.from_file(page)

    assert from_page.text == page.with_suffix(".txt").read_text("utf-8")


@pytest.mark.parametrize("page", PAGES, ids=lambda path: path.stem)
def test_what_annotators_exclude_supports_nothing_on_a_web_page(page: Path) -> None:
    [document] = [each for each in gold() if each.id == page.stem]
    article = Article.from_file(page)
    zones = [zone for zone in article.zones if zone.kind not in ("headline", "standfirst", "body")]
    excluded = {
        place
        for span in document.excluded
        for place in range(span.start or 0, span.end or 0)
        if not article.text[place].isspace()
    }
    supported = excluded - {place for zone in zones for place in range(zone.start, zone.end)}

    assert len(supported) <= 0.1 * len(excluded)


def test_the_card_counts_the_traps() -> None:
    traps = Counter(trap for each in gold() for trap in (each.meta.model_extra or {})["traps"])

    for name, number in traps.items():
        assert row(name, number) in CARD


def test_the_card_counts_the_labels() -> None:
    for split in ("dev", "test"):
        documents = list(read_labels(CORPUS / f"{split}.jsonl"))
        events = [event for document in documents for event in document.events]
        claims = [claim for document in documents for claim in document.claims]
        cells = [
            f"{len(records)} ({sum(each.optional for each in records)})"
            for records in (events, claims)
        ]
        empty = sum(
            not any(not each.optional for each in document.events) for document in documents
        )
        counts = sum(len(event.counts) for event in events)
        assert row(f"`{split}`", len(documents), *cells, counts, empty) in CARD


def test_the_card_states_the_agreement_that_the_labels_give() -> None:
    found = agreement(annotator("a"), annotator("b"))

    for name, each in found.figures.items():
        assert row(f"`{name}`", f"{each.value:.3f}", f"{each.low:.3f} to {each.high:.3f}") in CARD
    assert f"equally many events in {100 * found.same_count:.0f} %" in CARD


def test_the_suites_of_the_corpus_share_no_document() -> None:
    ids = [
        {document.id for document in documents_of(load_suite(EVALS / "suites" / name)).gold}
        for name in ("corpus-dev.yaml", "corpus-test.yaml", "corpus.yaml")
    ]

    assert ids[0].isdisjoint(ids[1])
    assert ids[0] | ids[1] == ids[2]


def test_recorded_runs_keep_what_they_reached(tmp_path: Path) -> None:
    """Every question has its recorded answer, and no figure has gone down."""
    runs = assert_gates(EVALS / "suites" / "regression.yaml", out=tmp_path)

    assert [run.score.failed for run in runs] == [(), ()]
    for run in runs:
        assert run.record.usage.calls == 0
        assert run.record.recorded is not None
        assert run.record.recorded.first is not None


@pytest.mark.parametrize("name", ["recorded-smollm2-135m", "recorded-qwen2.5-coder-1.5b"])
@pytest.mark.parametrize("split", ["dev", "test"])
def test_the_card_states_what_the_recorded_runs_reach(name: str, split: str) -> None:
    run = load_run(EVALS / "baselines" / "corpus" / name)
    ids = [each.id for each in run.gold if (each.meta.model_extra or {})["split"] == split]
    intervals = only(run, ids).intervals
    figures = [
        "{0.value:.3f} ({0.low:.3f} to {0.high:.3f})".format(intervals[metric])
        for metric in ("event.composite.f1", "event.f1", "claim.joint.f1", "claim.content.f1")
    ]

    assert row(f"`{name}`", f"`{split}`", *figures) in CARD


@pytest.mark.parametrize("path", sorted((EVALS / "recorded").glob("*.gz")), ids=lambda p: p.stem)
def test_the_card_counts_the_recorded_answers(path: Path) -> None:
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        number = sum(1 for _ in lines)

    assert re.search(rf"^\| `{re.escape(path.name)}` \|.*\| {number} \|$", CARD, re.MULTILINE)


def test_ids_are_in_order_and_two_digits() -> None:
    numbers = [int(document.id[:2]) for document in gold()]

    assert all(after == before + 1 for before, after in pairwise(numbers))
