"""Whether a run may be written into a folder, and what of an earlier one is taken up."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dateline.errors import EvaluationError
from dateline.evaluation.runs.folder import RUN
from dateline.evaluation.runs.record import BASELINES

if TYPE_CHECKING:
    from dateline.evaluation.runs.folder import RunFolder
    from dateline.evaluation.runs.record import RunRecord


def taken_up(folder: RunFolder, record: RunRecord, *, resume: bool) -> RunRecord | None:
    """Return the run of the same kind that the folder holds already, if it may be taken up.

    Raises:
        EvaluationError: it holds another run, one that shall not be taken up, or other files.
    """
    if not (folder.path / RUN).exists():
        if folder.path.is_dir() and any(folder.path.iterdir()):
            raise EvaluationError(
                "this folder is not empty and holds no run",
                where=str(folder.path),
                remedy="Name another folder with --out.",
            )
        return None
    before = folder.record()
    same = before.identity == record.identity
    if record.provider in BASELINES:  # They cost nothing: an old one is made anew.
        return before if same else None
    if same and resume:
        return before
    raise _held(folder, before, same=same)


def refuse_taken(folder: RunFolder) -> None:
    """Refuse a folder that holds any run, before anything is paid for.

    Raises:
        EvaluationError: it does.
    """
    if (folder.path / RUN).exists():
        raise _held(folder, folder.record(), same=True)


def _held(folder: RunFolder, before: RunRecord, *, same: bool) -> EvaluationError:
    state = "a finished" if before.status == "complete" else "an unfinished"
    other = "" if same else " of another kind"
    return EvaluationError(
        f"this folder holds {state} run{other}",
        where=str(folder.path),
        remedy="Name another folder with --out: runs are kept to be compared."
        + (" Or take it up with --resume." if same else ""),
    )
