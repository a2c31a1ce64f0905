"""Evaluation: does a change make extraction better, and how sure are we.

Names are loaded when they are first used.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from dateline.evaluation.annotators import Agreement, agreement
    from dateline.evaluation.exchange import export_labels, import_labels
    from dateline.evaluation.gates import Gate, GateResult
    from dateline.evaluation.gating import check_gates
    from dateline.evaluation.gold.document import LabelDocument
    from dateline.evaluation.gold.predictions import as_prediction
    from dateline.evaluation.gold.reading import read_labels
    from dateline.evaluation.gold.texts import as_article, with_texts
    from dateline.evaluation.gold.writing import write_labels
    from dateline.evaluation.gold.yaml_view import from_yaml, to_yaml
    from dateline.evaluation.report.assembling import assemble as report_page
    from dateline.evaluation.runs.comparing import Comparison, compare_runs
    from dateline.evaluation.runs.documents import documents_of
    from dateline.evaluation.runs.loading import load_run
    from dateline.evaluation.runs.predictions_file import score_files
    from dateline.evaluation.runs.running import RunOptions, run_suite
    from dateline.evaluation.runs.scored import ScoredRun
    from dateline.evaluation.scoring.score import Score
    from dateline.evaluation.scoring.scorer import score, score_document
    from dateline.evaluation.scoring.settings import ScoringSettings
    from dateline.evaluation.statistics.bootstrap import Interval, interval, intervals
    from dateline.evaluation.statistics.comparison import Difference, compare
    from dateline.evaluation.suites import Suite, load_suite
    from dateline.evaluation.testing import assert_gates

_HOMES = {
    "annotators": ("Agreement", "agreement"),
    "exchange": ("export_labels", "import_labels"),
    "gates": ("Gate", "GateResult"),
    "gating": ("check_gates",),
    "gold.document": ("LabelDocument",),
    "gold.predictions": ("as_prediction",),
    "gold.reading": ("read_labels",),
    "gold.texts": ("as_article", "with_texts"),
    "gold.writing": ("write_labels",),
    "gold.yaml_view": ("from_yaml", "to_yaml"),
    "runs.comparing": ("Comparison", "compare_runs"),
    "runs.documents": ("documents_of",),
    "runs.loading": ("load_run",),
    "runs.predictions_file": ("score_files",),
    "runs.running": ("RunOptions", "run_suite"),
    "runs.scored": ("ScoredRun",),
    "scoring.score": ("Score",),
    "scoring.scorer": ("score", "score_document"),
    "scoring.settings": ("ScoringSettings",),
    "statistics.bootstrap": ("Interval", "interval", "intervals"),
    "statistics.comparison": ("Difference", "compare"),
    "suites": ("Suite", "load_suite"),
    "testing": ("assert_gates",),
}
_PLACES = {name: (home, name) for home, names in _HOMES.items() for name in names}
_PLACES["report_page"] = ("report.assembling", "assemble")

__all__ = [
    "Agreement",
    "Comparison",
    "Difference",
    "Gate",
    "GateResult",
    "Interval",
    "LabelDocument",
    "RunOptions",
    "Score",
    "ScoredRun",
    "ScoringSettings",
    "Suite",
    "agreement",
    "as_article",
    "as_prediction",
    "assert_gates",
    "check_gates",
    "compare",
    "compare_runs",
    "documents_of",
    "export_labels",
    "from_yaml",
    "import_labels",
    "interval",
    "intervals",
    "load_run",
    "load_suite",
    "read_labels",
    "report_page",
    "run_suite",
    "score",
    "score_document",
    "score_files",
    "to_yaml",
    "with_texts",
    "write_labels",
]


def __getattr__(name: str) -> Any:
    if name not in _PLACES:
        raise AttributeError(f"module 'dateline.evaluation' has no attribute {name!r}")
    home, attribute = _PLACES[name]
    value = getattr(import_module(f"dateline.evaluation.{home}"), attribute)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return sorted(__all__)
