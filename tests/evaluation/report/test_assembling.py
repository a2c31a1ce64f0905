from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

from dateline.evaluation.gold.document import LabelDocument
from dateline.evaluation.report.adapting import page_names, run_view
from dateline.evaluation.report.assembling import assemble
from dateline.evaluation.runs.folder import RunFolder
from dateline.evaluation.runs.record import RunRecord
from dateline.evaluation.runs.scored import ScoredRun, score_run
from support.report_sample import failed, ferry, march, recipe

GOLD = [view.gold for view in (ferry(), march(), recipe())]


def record(provider: str = "local") -> RunRecord:
    return RunRecord(
        suite="invented",
        name=provider,
        variant={"provider": provider},
        status="complete",
        provider=provider,
        model="example-1",
        asking="direct",
        taxonomy="acled",
        prompt="extract.v1",
        prompt_fingerprint="1f3a9c0d2b4e5f60",
        schema_fingerprint="9a8b7c6d5e4f3021",
        dateline_version="0.1.0",
        gold_sha256="0" * 64,
        documents={document.id: "0" * 64 for document in GOLD},
        started=datetime(2025, 6, 2, 10, 30, tzinfo=UTC),
        draws=200,
    )


def scored(folder: Path, predictions: list[LabelDocument], *, provider: str = "local") -> ScoredRun:
    return score_run(RunFolder(folder / provider), record(provider), GOLD, predictions)


def predicted(view_careful: bool) -> list[LabelDocument]:
    views = [ferry(careful=view_careful), march(), recipe()]
    return [view.predicted for view in views if view.predicted is not None]


def test_runs_of_one_name_are_told_apart_by_their_folders(tmp_path: Path) -> None:
    runs = [scored(tmp_path / name, predicted(True)) for name in ("monday", "tuesday")]

    assert page_names(runs) == ["local (monday)", "local (tuesday)"]


def test_a_scored_run_becomes_figures_and_documents_with_their_pairs(tmp_path: Path) -> None:
    view = run_view(scored(tmp_path, predicted(False)))

    assert view.documents == 3
    assert view.metrics["event.f1"].value is not None
    shown = {document.id: document for document in view.drilldown}
    states = sorted(pair.state for pair in shown["ferry-terminal"].pairs if pair.kind == "claim")
    assert states == ["matched", "matched", "missed", "spurious"]
    optional = [pair for pair in shown["ferry-terminal"].pairs if pair.state == "optional"]
    assert [pair.gold.id for pair in optional if pair.gold] == ["e3"]


def test_scored_runs_make_a_page_that_compares_them(tmp_path: Path) -> None:
    old = scored(tmp_path / "old", predicted(False))
    new = scored(tmp_path / "new", predicted(True))
    floor = scored(tmp_path, [], provider="nothing")

    html = assemble([old, new, floor], title="both")

    assert 'class="dr-comparison"' in html
    assert "dl-mark-event-alone" in html.split("</style>")[1]
    assert "no model" in html


def test_documents_that_failed_or_were_not_predicted_are_in_the_page(tmp_path: Path) -> None:
    lost = failed().predicted
    assert lost is not None
    prediction = lost.model_copy(update={"id": "student-march"})

    html = assemble([scored(tmp_path, [prediction])])

    assert "rate_limited: the provider asked to slow down." in html
    assert "No prediction was made" in html
