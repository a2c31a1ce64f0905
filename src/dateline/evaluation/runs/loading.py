"""Load finished runs again, and keep to a part of their documents."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from dateline.errors import EvaluationError
from dateline.evaluation.gold.document import LabelDocument
from dateline.evaluation.gold.texts import with_texts
from dateline.evaluation.runs.folder import GOLD, RUN, RunFolder
from dateline.evaluation.runs.scored import ScoredRun, score_run
from dateline.evaluation.scoring.safety import OF_TEXT
from dateline.evaluation.scoring.score import Score


def load_run(path: str | Path, *, texts: Sequence[str | Path] = ()) -> ScoredRun:
    """Load a run and score it against the labels that lie beside its predictions.

    Args:
        path: the run's folder.
        texts: folders with the articles. Of documents whose text is not found there or in
            ``DATELINE_ARTICLES``, what needs the text keeps the tallies that the run noted.

    Raises:
        EvaluationError: this is no run.
        GoldError: its labels or predictions are damaged.
    """
    folder = RunFolder(path)
    record = folder.record()
    gold = folder.gold()
    supplied = with_texts(gold, labels=folder.path / GOLD, folders=texts)
    found = {each.id: each for each in supplied.documents if each.id not in supplied.repaired}
    whole = [found.get(each.id, each) for each in gold]
    if record.status == "complete":
        predictions: Sequence[LabelDocument] = folder.predictions()
    else:
        predictions = list(folder.predictions_so_far().values())
    run = score_run(folder, record, whole, predictions)
    return run if len(found) == len(gold) else _with_noted(run, folder)


def _with_noted(run: ScoredRun, folder: RunFolder) -> ScoredRun:
    """Fill in what could not be scored without texts, from when they were there."""
    try:
        noted = Score.from_json(json.dumps(folder.scores().get("score")))
    except EvaluationError:  # A run that was never finished has no scores yet.
        return run
    before = {each.id: each.tallies for each in noted.documents}
    documents = []
    for each in run.score.documents:
        kept = {name: tally for name, tally in before.get(each.id, {}).items() if name in OF_TEXT}
        documents.append(replace(each, tallies={**kept, **each.tallies}))
    return replace(run, score=replace(run.score, documents=tuple(documents)))


def runs_in(path: str | Path) -> list[Path]:
    """Return the run folders that a path stands for: itself, or those directly in it, by name.

    Raises:
        EvaluationError: it is no run and holds none.
    """
    path = Path(path)
    if (path / RUN).is_file():
        return [path]
    found = sorted(each.parent for each in path.glob(f"*/{RUN}")) if path.is_dir() else []
    if not found:
        raise EvaluationError(
            "there is no run here",
            where=str(path),
            remedy="Name a folder that `dateline eval run` wrote.",
        )
    return found


def only(run: ScoredRun, ids: Sequence[str]) -> ScoredRun:
    """The same run over some of its documents, in this order."""
    gold = {each.id: each for each in run.gold}
    predictions = {each.id: each for each in run.predictions}
    scores = {each.id: each for each in run.score.documents}
    return ScoredRun(
        run.folder,
        run.record,
        tuple(gold[name] for name in ids),
        tuple(predictions[name] for name in ids if name in predictions),
        replace(run.score, documents=tuple(scores[name] for name in ids)),
        run.settings,
    )
