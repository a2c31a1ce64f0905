"""A score: the tallies of every document, and the figures that they add up to."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, Self, TypeVar

import numpy as np

from dateline.errors import EvaluationError
from dateline.evaluation.scoring.matching import Matrix
from dateline.evaluation.scoring.measures import in_order, kind_of, metric, metrics_of
from dateline.evaluation.scoring.pairs import ClaimPair, EventPair, Pair, SlotResult
from dateline.evaluation.scoring.tallies import Tally, total

FORMAT = "dateline-scores/1"
AnyPair = TypeVar("AnyPair", bound=Pair)


@dataclass(frozen=True)
class DocumentScore:
    """What the prediction of one document is worth.

    ``tallies`` are those of its measures, ``events`` and ``claims`` what became of every record.
    ``unpredicted`` and ``failed`` say why everything is missed, where it is.
    """

    id: str
    tallies: Mapping[str, Tally]
    events: tuple[EventPair, ...] = ()
    claims: tuple[ClaimPair, ...] = ()
    unpredicted: bool = False
    failed: bool = False

    def value(self, name: str) -> float | None:
        """Return a metric of this document alone; None where nothing was counted.

        Raises:
            EvaluationError: there is no such metric.
        """
        wanted = metric(name)
        tally = self.tallies.get(wanted.measure)
        return None if tally is None else tally.value(wanted.statistic)


@dataclass(frozen=True)
class Score:
    """What predictions are worth, document by document in the order of gold."""

    documents: tuple[DocumentScore, ...]
    settings: Mapping[str, Any] = field(default_factory=dict)

    @cached_property
    def totals(self) -> Mapping[str, Tally]:
        """Tallies by measure, summed over the documents."""
        return total(document.tallies for document in self.documents)

    @cached_property
    def measures(self) -> tuple[str, ...]:
        """The measures of which anything was counted, in the order in which reports show them.

        A total is among them wherever it was counted, even where it is 0.
        """
        return in_order(
            measure
            for measure, tally in self.totals.items()
            if any(tally) or kind_of(measure) == "total"
        )

    @property
    def metrics(self) -> tuple[str, ...]:
        """The names of all figures that ``value`` has for this score."""
        return metrics_of(self.measures)

    @property
    def unpredicted(self) -> tuple[str, ...]:
        """Documents without a prediction, by id. They are scored as missed."""
        return tuple(document.id for document in self.documents if document.unpredicted)

    @property
    def failed(self) -> tuple[str, ...]:
        """Documents whose prediction failed, by id. They are scored as missed."""
        return tuple(document.id for document in self.documents if document.failed)

    def tallies(self, measure: str) -> Matrix:
        """Return correct, predicted and gold of every document, as an array of three columns.

        Rows are in the order of ``documents``; a document without the measure has zeros.
        """
        rows = [document.tallies.get(measure, Tally()) for document in self.documents]
        return np.array(rows, dtype=float).reshape(-1, 3)

    def value(self, name: str) -> float | None:
        """Return a metric over all documents (micro); None where nothing was counted.

        Raises:
            EvaluationError: there is no such metric; the message names the closest ones.
        """
        wanted = metric(name)
        tally = self.totals.get(wanted.measure)
        return None if tally is None else tally.value(wanted.statistic)

    def values(self) -> dict[str, float | None]:
        """Return every metric of this score by its name."""
        return {name: self.value(name) for name in self.metrics}

    def to_json(self) -> str:
        """Return the score as JSON, one document a line, for ``scores.json``."""
        head = json.dumps({"format": FORMAT, "settings": dict(self.settings)}, ensure_ascii=False)
        lines = ",\n".join(
            json.dumps(_packed(document), ensure_ascii=False) for document in self.documents
        )
        return f'{head[:-1]}, "documents": [\n{lines}\n]}}\n'

    @classmethod
    def from_json(cls, text: str) -> Self:
        """Read back what ``to_json`` wrote.

        Raises:
            EvaluationError: the text is something else, or of another version.
        """
        try:
            data = json.loads(text)
            if data["format"] != FORMAT:
                raise EvaluationError(
                    f"scores in the format {str(data['format'])[:40]!r} cannot be read",
                    remedy=f"This version reads {FORMAT}. Score the predictions again.",
                )
            documents = tuple(_unpacked(document) for document in data["documents"])
        except (ValueError, KeyError, TypeError, AttributeError) as error:
            raise EvaluationError(
                "these are no scores, or they are damaged",
                remedy="Score the predictions again; no model is needed for that.",
            ) from error
        return cls(documents, data.get("settings", {}))


def _packed(document: DocumentScore) -> dict[str, Any]:
    packed: dict[str, Any] = {"id": document.id}
    if document.unpredicted:
        packed["unpredicted"] = True
    if document.failed:
        packed["failed"] = True
    packed["tallies"] = {name: list(tally) for name, tally in document.tallies.items()}
    packed["events"] = [_packed_pair(pair) for pair in document.events]
    packed["claims"] = [_packed_pair(pair) for pair in document.claims]
    return packed


def _packed_pair(pair: Pair) -> dict[str, Any]:
    packed: dict[str, Any] = {"gold": pair.gold, "predicted": pair.predicted}
    if pair.optional:
        packed["optional"] = True
    if pair.alike is not None:
        packed["alike"] = pair.alike
    packed["slots"] = {slot: [result.outcome, *result.tally] for slot, result in pair.slots.items()}
    return packed


def _unpacked(packed: dict[str, Any]) -> DocumentScore:
    return DocumentScore(
        packed["id"],
        {name: Tally(*map(float, tally)) for name, tally in packed["tallies"].items()},
        tuple(_unpacked_pair(EventPair, pair) for pair in packed["events"]),
        tuple(_unpacked_pair(ClaimPair, pair) for pair in packed["claims"]),
        packed.get("unpredicted", False),
        packed.get("failed", False),
    )


def _unpacked_pair(kind: type[AnyPair], packed: dict[str, Any]) -> AnyPair:
    slots = {
        slot: SlotResult(outcome, Tally(*map(float, tally)))
        for slot, (outcome, *tally) in packed["slots"].items()
    }
    optional = packed.get("optional", False)
    return kind(packed["gold"], packed["predicted"], slots, optional, packed.get("alike"))
