"""CEAF-REE over two files, for figures that stand beside those of papers."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from dateline.evaluation.gold.reading import read_labels
from dateline.evaluation.runs.folder import RunFolder
from dateline.evaluation.scoring.ceaf_ree import score_templates
from dateline.evaluation.scoring.measures import STATISTICS
from dateline.evaluation.scoring.templates import TemplateDocument, as_templates, read_templates
from dateline.evaluation.statistics.bootstrap import intervals


def literature_score(gold: Path, predictions: Path) -> dict[str, Any]:
    """Score entities by role; each file holds templates or labels. Predictions may be a run.

    Returns:
        ``documents``, ``failed``, ``unpredicted``, ``metrics`` by role (``ceaf-ree`` is all of
        them) with precision, recall and f1, and ``intervals`` of their F1.

    Raises:
        GoldError: a file is wrong.
    """
    found = score_templates(_read(gold), _read(predictions))
    measures = [name for name in found.measures if name.startswith("ceaf-ree")]
    bounds = intervals({name: (found.tallies(name), "f1") for name in measures})
    return {
        "documents": len(found.documents),
        "failed": list(found.failed),
        "unpredicted": list(found.unpredicted),
        "metrics": {
            name: {
                statistic: found.value(f"{name}.{statistic}") for statistic in STATISTICS["found"]
            }
            for name in measures
        },
        "intervals": {name: each._asdict() for name, each in bounds.items()},
    }


def _read(path: Path) -> tuple[TemplateDocument, ...]:
    if path.is_dir():
        return as_templates(RunFolder(path).predictions())
    with path.open(encoding="utf-8-sig", errors="replace") as lines:
        first = next((line for line in lines if line.strip()), "")
    if '"docid"' in first:
        return read_templates(path)
    return as_templates(read_labels(path))
