"""Keep finished runs as the baseline of their suite."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from collections.abc import Iterable

    from dateline.evaluation.runs.scored import ScoredRun
    from dateline.evaluation.suites import Suite


def baseline_to_write(suite: Suite, names: Iterable[str]) -> Path:
    """The folder of the suite's baselines, in which runs of these names can be put.

    Raises:
        EvaluationError: the suite names none, or something else is in their place.
    """
    import dateline
    from dateline.errors import EvaluationError
    from dateline.evaluation.runs.folder import RUN

    target = suite.baseline_folder()
    if target is None:
        raise EvaluationError(
            "the suite names no baseline",
            where=str(suite.path),
            remedy="Add baseline: FOLDER to it.",
        )
    if Path(dateline.__file__).resolve().parent in target.resolve().parents:
        raise EvaluationError(
            "the baseline of a shipped suite is part of the package",
            where=str(target),
            remedy="Copy the suite into a folder of your own.",
        )
    if (target / RUN).is_file():
        raise EvaluationError(
            "the baseline is a run, and not a folder of runs",
            where=str(target),
            remedy="Let baseline name a folder: each run gets one of its own in it.",
        )
    for name in names:
        place = target / name
        if place.exists() and not (place / RUN).is_file():
            raise EvaluationError(
                "what is there is no run, and is not replaced",
                where=str(place),
                remedy="Let baseline name a folder that is empty or holds runs alone.",
            )
    return target


def keep_baseline(target: Path, runs: Iterable[ScoredRun]) -> None:
    """Copy finished runs into ``target``, in the place of those of the same names."""
    saved = []
    for each in runs:
        if each.folder is None or each.record.status != "complete":
            continue
        place = target / each.name
        if place.exists():
            shutil.rmtree(place)
        shutil.copytree(each.folder.path, place)
        saved.append(each.name)
    click.echo(f"baseline: {target}: {', '.join(saved) or 'no run was finished'}", err=True)
