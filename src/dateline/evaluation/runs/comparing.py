"""Two runs over the same documents: what is better, what is worse, and what nobody can tell."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any

from dateline.errors import EvaluationError
from dateline.evaluation.gold.anchoring import without_words
from dateline.evaluation.runs.loading import only
from dateline.evaluation.runs.scored import common_metrics, shown_metrics
from dateline.evaluation.scoring.measures import metric
from dateline.evaluation.statistics.comparison import Difference, comparisons
from dateline.evaluation.statistics.families import holm
from dateline.output.wording import counted

if TYPE_CHECKING:
    from dateline.evaluation.gold.document import LabelDocument
    from dateline.evaluation.runs.scored import ScoredRun


@dataclass(frozen=True)
class Comparison:
    """The new run against the old one.

    ``headline`` are the differences of the figures named before looking, each judged alone;
    ``others`` all remaining ones, judged together so that chance does not pick winners.
    ``left_out`` are the documents that only one of the two runs has. ``notes`` say what a reader
    must know.
    """

    old: ScoredRun
    new: ScoredRun
    headline: dict[str, Difference]
    others: dict[str, Difference]
    left_out: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()

    def as_json(self) -> dict[str, Any]:
        """The comparison as plain data."""
        return {
            "old": str(self.old.folder.path) if self.old.folder else self.old.name,
            "new": str(self.new.folder.path) if self.new.folder else self.new.name,
            "documents": len(self.new.score.documents),
            "left_out": list(self.left_out),
            "notes": list(self.notes),
            "headline": {name: asdict(found) for name, found in self.headline.items()},
            "others": {name: asdict(found) for name, found in self.others.items()},
        }


def compare_runs(
    old: ScoredRun, new: ScoredRun, *, metrics: Sequence[str] = (), intersect: bool = False
) -> Comparison:
    """Compare two runs, document by document.

    Args:
        old: the run to start from.
        new: the run that may be better.
        metrics: the figures to judge alone; those of the suite, or the usual ones, when empty.
        intersect: whether runs over different documents are compared over those they share.

    Raises:
        EvaluationError: the runs are over different documents, texts or labels, or share none.
    """
    mine = {each.id for each in old.score.documents}
    yours = {each.id for each in new.score.documents}
    left_out = tuple(sorted(mine ^ yours))
    if left_out and not intersect:
        raise EvaluationError(
            f"the runs are over different documents; in one of them only: {len(left_out)} "
            f"({', '.join(left_out[:5])}{', ...' if len(left_out) > 5 else ''})",
            where=_both(old, new),
            remedy="Run both over the same suite, or compare what they share with --intersect.",
        )
    shared = [each.id for each in new.score.documents if each.id in mine]
    if not shared:
        raise EvaluationError("the runs share no document", where=_both(old, new))
    check_same(old, new, shared)
    if left_out or [each.id for each in old.score.documents] != shared:
        old, new = only(old, shared), only(new, shared)
    headline = [metric(name).name for name in metrics or shown_metrics([new, old])]
    names = list(dict.fromkeys([*headline, *common_metrics(old.score, new.score)]))
    found = _differences(old, new, names)
    rest = {name: each for name, each in found.items() if name not in headline}
    return Comparison(
        old,
        new,
        headline={name: found[name] for name in headline},
        others=holm(rest, confidence=new.record.confidence),
        left_out=left_out,
        notes=tuple(_notes(old, new)),
    )


def _differences(old: ScoredRun, new: ScoredRun, names: Sequence[str]) -> dict[str, Difference]:
    wanted = {name: metric(name) for name in names}
    asked = {
        name: (old.score.tallies(m.measure), new.score.tallies(m.measure), m.statistic)
        for name, m in wanted.items()
    }
    record = new.record
    return comparisons(asked, draws=record.draws, seed=record.seed, confidence=record.confidence)


def check_same(old: ScoredRun, new: ScoredRun, shared: Sequence[str]) -> None:
    """Check that two runs are over the same texts and labels of these documents.

    Raises:
        EvaluationError: one has changed; the message names it.
    """
    before, now = (Over(run.record.documents, run.gold) for run in (old, new))
    changed = changed_texts(before, now, shared)
    if changed:
        raise EvaluationError(
            f"the text of {changed} is not the same in the two runs",
            where=_both(old, new),
            remedy="Run the older one again over the present texts.",
        )
    relabelled = changed_labels(before, now, shared)
    if relabelled:
        raise EvaluationError(
            f"the labels of {relabelled} are not the same in the two runs",
            where=_both(old, new),
            remedy="Score the older run again with `dateline eval score SUITE RUN`; "
            "that needs no model.",
        )


@dataclass(frozen=True, slots=True)
class Over:
    """What a run is over: the SHA-256 of each text by document, and the labels."""

    documents: Mapping[str, str]
    gold: Sequence[LabelDocument]


def changed_texts(old: Over, new: Over, shared: Iterable[str]) -> str:
    """The documents whose text differs, in words; empty where none does."""
    return _some([name for name in shared if old.documents.get(name) != new.documents.get(name)])


def changed_labels(old: Over, new: Over, shared: Iterable[str]) -> str:
    """The documents whose labels differ, in words; empty where none does."""
    theirs = {document.id: document for document in old.gold}
    among = set(shared)
    changed = [d.id for d in new.gold if d.id in among and _labels(d) != _labels(theirs[d.id])]
    return _some(changed)


def _some(names: Sequence[str]) -> str:
    more = f" and {len(names) - 1} more" if len(names) > 1 else ""
    return f"{names[0]!r}{more}" if names else ""


def _labels(document: LabelDocument) -> dict[str, Any]:
    """What is scored: all but the text, the words, and what is noted for people."""
    return without_words(document).model_dump(
        exclude={
            "meta": True,
            "annotator": True,
            "guideline": True,
            "letters_sha256": True,
            "events": {"__all__": {"note"}},
            "claims": {"__all__": {"note"}},
        }
    )


def _notes(old: ScoredRun, new: ScoredRun) -> list[str]:
    notes = []
    for run in (old, new):
        if run.record.status != "complete":
            notes.append(f"{run.name} is unfinished: what is not predicted counts as missed")
        if run.score.failed:
            failed = counted(len(run.score.failed), "document")
            notes.append(f"{run.name} failed on {failed}: counted as missed")
    if old.record.dateline_version != new.record.dateline_version:
        notes.append(
            f"made by dateline {old.record.dateline_version} and {new.record.dateline_version}"
        )
    return notes


def _both(old: ScoredRun, new: ScoredRun) -> str:
    return " and ".join(str(run.folder.path) if run.folder else run.name for run in (old, new))
