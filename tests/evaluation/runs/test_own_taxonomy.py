"""A suite over event types of the user's own: its runs carry them along."""

from __future__ import annotations

import json
from pathlib import Path

from dateline.evaluation.runs.folder import TAXONOMY
from dateline.evaluation.runs.loading import load_run
from dateline.evaluation.runs.predictions_file import score_files
from dateline.taxonomy import load_taxonomy
from support.runs import RunIt


def own_taxonomy(path: Path) -> None:
    """The usual event types under a name of the user's own, without one that nobody uses here."""
    taxonomy = load_taxonomy("acled")
    kept = tuple(each for each in taxonomy.event_types if each.name != "Protests")
    own = taxonomy.model_copy(update={"id": "harbours", "event_types": kept})
    path.write_text(json.dumps(own.model_dump(mode="json")), "utf-8")


def test_a_run_with_event_types_of_ones_own_is_scored_where_they_are_not(
    run_it: RunIt, suite: Path, tmp_path: Path
) -> None:
    own_taxonomy(suite.parent / "harbours.json")
    suite.write_text(suite.read_text("utf-8") + "taxonomy: harbours.json\n", "utf-8")

    made = run_it()["told"]
    scored = score_files("mine.yaml", "runs/told")
    (suite.parent / "harbours.json").unlink()
    loaded = load_run((suite.parent / "runs" / "told").rename(tmp_path / "elsewhere"))

    assert made.record.taxonomy == "harbours"
    assert made.settings.taxonomy == scored.settings.taxonomy == loaded.settings.taxonomy
    assert loaded.score.value("event.type.f1") == made.score.value("event.type.f1") == 1.0


def test_shipped_event_types_are_not_copied(run_it: RunIt) -> None:
    made = run_it("silent")["silent"]

    assert made.folder is not None
    assert not (made.folder.path / TAXONOMY).exists()
