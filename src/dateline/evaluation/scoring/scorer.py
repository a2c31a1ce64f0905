"""Scoring predictions against gold: the front door of this package."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence

from dateline.errors import GoldError
from dateline.evaluation.gold.document import LabelDocument
from dateline.evaluation.scoring.claims import score_claims
from dateline.evaluation.scoring.events import score_events
from dateline.evaluation.scoring.prepared import (
    TypeNames,
    prepare_claim,
    prepare_event,
    scored_slots,
)
from dateline.evaluation.scoring.safety import safety
from dateline.evaluation.scoring.score import DocumentScore, Score
from dateline.evaluation.scoring.settings import DEFAULT_SETTINGS, ScoringSettings
from dateline.evaluation.scoring.spans import Places
from dateline.evaluation.scoring.tallies import Tally

LEAKS = "few_shot_leaks"
"""The diagnostic under which a run notes answers that hold strings of the few-shot examples."""


def score(
    gold: Sequence[LabelDocument],
    predicted: Sequence[LabelDocument],
    *,
    settings: ScoringSettings = DEFAULT_SETTINGS,
) -> Score:
    """Score predictions against gold.

    Args:
        gold: the labelled documents, each with its own id.
        predicted: their predictions, in any order. A document without one, or with one that
            failed, counts as missed and is listed in the score.
        settings: what the scorer may be told.

    Returns:
        The score, with the documents in the order of gold.

    Raises:
        GoldError: an id stands twice, or a prediction is of a document that gold does not have.
    """
    known = unique_ids(gold, "gold")
    given = unique_ids(predicted, "the predictions")
    strangers = [id for id in given if id not in known]
    if strangers:
        raise GoldError(
            f"a prediction is of a document that gold does not have: {listed(strangers)}",
            where="the predictions",
            remedy="Score against the labels that the run was made for, or remove the prediction.",
        )
    names = TypeNames(settings.taxonomy)
    documents = tuple(
        _scored(document, given.get(document.id), settings=settings, names=names)
        for document in gold
    )
    return Score(documents, _described(settings))


def score_document(
    gold: LabelDocument,
    predicted: LabelDocument | None,
    *,
    settings: ScoringSettings = DEFAULT_SETTINGS,
) -> DocumentScore:
    """Score the prediction of one document; None, or a failed one, counts as missed.

    Raises:
        GoldError: the id of an event or claim stands twice in one of the two.
    """
    return _scored(gold, predicted, settings=settings, names=TypeNames(settings.taxonomy))


def _scored(
    gold: LabelDocument,
    predicted: LabelDocument | None,
    *,
    settings: ScoringSettings,
    names: TypeNames,
) -> DocumentScore:
    failed = predicted is not None and predicted.error is not None
    answer = predicted if predicted is not None and not failed else LabelDocument(id=gold.id)
    _unique_records(gold, "gold")
    _unique_records(answer, "the predictions")
    text = gold.text if gold.text is not None else answer.text
    places = Places(gold, answer, text=text)
    slots = scored_slots(gold, names)
    events, event_pairs = score_events(
        *(
            [prepare_event(e, slots=slots, names=names, places=places) for e in side.events]
            for side in (gold, answer)
        ),
        settings=settings,
    )
    claimed = answer.claims if gold.has_labels_of_claims else ()
    claims, claim_pairs = score_claims(
        *([prepare_claim(c, places=places) for c in side] for side in (gold.claims, claimed)),
        settings=settings,
    )
    tallies = {
        **events,
        **claims,
        **safety(gold, answer, text=text, places=places),
        "failures": Tally(float(failed)),
        "missing": Tally(float(predicted is None)),
    }
    if not gold.events and not gold.claims:
        tallies["records_on_empty"] = Tally(float(len(answer.events) + len(claimed)))
    if predicted is not None and LEAKS in predicted.diagnostics:
        tallies[LEAKS] = Tally(predicted.diagnostics[LEAKS])
    return DocumentScore(gold.id, tallies, event_pairs, claim_pairs, predicted is None, failed)


def unique_ids(documents: Iterable[LabelDocument], where: str) -> dict[str, LabelDocument]:
    """Return documents by id.

    Raises:
        GoldError: an id stands twice.
    """
    found: dict[str, LabelDocument] = {}
    twice = []
    for document in documents:
        if document.id in found:
            twice.append(document.id)
        found[document.id] = document
    if twice:
        raise GoldError(
            f"the same document stands twice: {listed(twice)}",
            where=where,
            remedy="Give every document an id of its own, and keep one of each.",
        )
    return found


def _unique_records(document: LabelDocument, where: str) -> None:
    for kind, records in (("events", document.events), ("claims", document.claims)):
        times = Counter(record.id for record in records)
        twice = [id for id, number in times.items() if number > 1]
        if twice:
            raise GoldError(
                f"the same id stands twice among the {kind}: {listed(twice)}",
                where=f"{where}, document {document.id}",
                remedy="Give every record of a document an id of its own.",
            )


def listed(ids: Sequence[str]) -> str:
    """Return the first few ids of a list, and how many more there are."""
    shown = ", ".join(f'"{id}"' for id in ids[:5])
    return shown if len(ids) <= 5 else f"{shown} and {len(ids) - 5} more"


def _described(settings: ScoringSettings) -> dict[str, object]:
    return {
        "taxonomy": settings.taxonomy.id if settings.taxonomy else None,
        "lenient_ratio": settings.lenient_ratio,
        "overlap": settings.overlap,
    }
