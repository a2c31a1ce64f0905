"""Claims: content, speaker, both together, and how they are put."""

from __future__ import annotations

from collections.abc import Sequence

from dateline.evaluation.scoring.alignment import align_claims
from dateline.evaluation.scoring.counter import Counter
from dateline.evaluation.scoring.names import alike, same
from dateline.evaluation.scoring.pairs import ClaimPair, SlotResult, counted, outcome
from dateline.evaluation.scoring.prepared import Claim
from dateline.evaluation.scoring.settings import ScoringSettings
from dateline.evaluation.scoring.spans import union_overlaps
from dateline.evaluation.scoring.tallies import Tally

_MANNER = ("certainty", "polarity", "quote_type")


def score_claims(
    gold: Sequence[Claim], predicted: Sequence[Claim], *, settings: ScoringSettings
) -> tuple[dict[str, Tally], tuple[ClaimPair, ...]]:
    """Align claims and tally them; the result has the form of ``score_events``."""
    counter = Counter()
    for measure in ("claim.joint", "claim.content", "claim.content_exact"):
        counter.add(measure, Tally())
    partner = dict(align_claims(gold, predicted, overlap=settings.overlap))
    taken = set(partner.values())
    couples: list[tuple[Claim | None, Claim | None]] = [
        (claim, predicted[partner[index]] if index in partner else None)
        for index, claim in enumerate(gold)
    ]
    couples += [(None, claim) for index, claim in enumerate(predicted) if index not in taken]
    pairs = tuple(_tallied(one, other, counter, settings) for one, other in couples)
    return counter.tallies(), pairs


def _tallied(
    gold: Claim | None, predicted: Claim | None, counter: Counter, settings: ScoringSettings
) -> ClaimPair:
    optional = gold is not None and gold.optional
    slots: dict[str, SlotResult] = {}

    def add(measure: str, tally: Tally) -> None:
        counter.add(f"claim.{measure}", counted(tally, optional=optional))

    def slot(name: str, tally: Tally) -> None:
        add(name, tally)
        slots[name] = SlotResult(
            outcome(tally, optional=optional), counted(tally, optional=optional)
        )

    there = Tally(0.0, float(predicted is not None), float(gold is not None))
    common = 0.0
    if gold and predicted:
        common = float(union_overlaps([gold.content], [predicted.content])[0, 0])
    content = common >= settings.overlap and bool(gold and predicted)
    exact = gold is not None and predicted is not None and gold.content == predicted.content
    slot("content", there._replace(correct=float(content)))
    add("content_exact", there._replace(correct=float(exact)))

    said = gold.speaker if gold else None
    heard = predicted.speaker if predicted else None
    strict = said is not None and heard is not None and same(said, heard)
    if said or heard:
        names = Tally(float(strict), float(heard is not None), float(said is not None))
        slot("speaker", names)
        near = (
            said is not None
            and heard is not None
            and alike(said, heard, ratio=settings.lenient_ratio)
        )
        add("lenient.speaker", names._replace(correct=float(near)))
    right = strict or (said is None and heard is None)
    add("joint", there._replace(correct=float(content and right)))
    if content:
        for name in _MANNER:
            equal = float(getattr(gold, name) == getattr(predicted, name))
            slot(name, Tally(equal, 1.0, 1.0))
    return ClaimPair(
        gold.id if gold else None,
        predicted.id if predicted else None,
        slots,
        optional,
        common if gold and predicted else None,
    )
