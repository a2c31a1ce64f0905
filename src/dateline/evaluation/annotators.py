"""How far two annotators agree: the scorer, with one of them in the place of the program."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from dateline.errors import GoldError
from dateline.evaluation.gold.document import LabelDocument
from dateline.evaluation.scoring.score import Score
from dateline.evaluation.scoring.scorer import score
from dateline.evaluation.scoring.settings import ScoringSettings
from dateline.evaluation.statistics.bootstrap import Interval, intervals
from dateline.taxonomy import load_taxonomy

SHOWN = (
    "event.found",
    "event.composite",
    "event",
    "event.type",
    "event.sub_type",
    "event.status",
    "event.actors",
    "event.place",
    "event.date",
    "event.counts",
    "event.evidence",
    "claim.content",
    "claim.content_exact",
    "claim.speaker",
    "claim.joint",
    "claim.certainty",
    "claim.polarity",
    "claim.quote_type",
)


@dataclass(frozen=True)
class Agreement:
    """What two annotators agree on, over the documents that both labelled.

    ``figures`` are pairwise F1, or the accuracy on paired claims; ``same_count`` is the share of
    documents for which both found equally many events, ``within_one`` nearly so. ``left_out`` are
    documents that only one labelled.
    """

    documents: int
    figures: dict[str, Interval]
    same_count: float
    within_one: float
    events: tuple[int, int]
    claims: tuple[int, int]
    left_out: tuple[str, ...]
    score: Score

    def as_json(self) -> dict[str, Any]:
        """The agreement as plain data, without the pairs."""
        return {
            "documents": self.documents,
            "figures": {name: found._asdict() for name, found in self.figures.items()},
            "event_count": {"same": self.same_count, "within_one": self.within_one},
            "events": list(self.events),
            "claims": list(self.claims),
            "left_out": list(self.left_out),
        }


def agreement(
    a: Sequence[LabelDocument], b: Sequence[LabelDocument], *, taxonomy: str = "acled"
) -> Agreement:
    """Compare two annotators' labels.

    Optional records count like any other here: whether to label them is a part of agreeing.

    Raises:
        GoldError: they labelled no document in common, or different texts under one id.
    """
    theirs = {each.id: each for each in b}
    both = [each for each in a if each.id in theirs]
    left_out = sorted({each.id for each in a} ^ set(theirs))
    if not both:
        raise GoldError("the annotators have no document in common")
    for each in both:
        other = theirs[each.id]
        if each.text_sha256 and other.text_sha256 and each.text_sha256 != other.text_sha256:
            raise GoldError(
                f"the annotators labelled different texts of {each.id!r}",
                remedy="Let both label the same version of the article.",
            )
    mine = [_required(each) for each in both]
    others = [_required(theirs[each.id]) for each in both]
    found = score(mine, others, settings=ScoringSettings(taxonomy=load_taxonomy(taxonomy)))
    measures = [name for name in SHOWN if name in found.measures]
    accuracies = {"claim.certainty", "claim.polarity", "claim.quote_type"}
    figures = intervals(
        {
            name: (found.tallies(name), "accuracy" if name in accuracies else "f1")
            for name in measures
        }
    )
    gaps = [abs(len(x.events) - len(y.events)) for x, y in zip(mine, others, strict=True)]
    return Agreement(
        documents=len(both),
        figures=figures,
        same_count=sum(gap == 0 for gap in gaps) / len(gaps),
        within_one=sum(gap <= 1 for gap in gaps) / len(gaps),
        events=(sum(len(x.events) for x in mine), sum(len(y.events) for y in others)),
        claims=(sum(len(x.claims) for x in mine), sum(len(y.claims) for y in others)),
        left_out=tuple(left_out),
        score=found,
    )


def _required(document: LabelDocument) -> LabelDocument:
    events = tuple(each.model_copy(update={"optional": False}) for each in document.events)
    claims = tuple(each.model_copy(update={"optional": False}) for each in document.claims)
    return document.model_copy(update={"events": events, "claims": claims})
