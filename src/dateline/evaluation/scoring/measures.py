"""What can be measured, and the names of the figures.

A metric is a measure and a statistic: ``event.place.recall`` is the recall of the measure
``event.place``. ``docs/scoring.md`` defines every one of them.
"""

from __future__ import annotations

import difflib
from collections.abc import Iterable
from typing import Literal, NamedTuple, get_args

from dateline.errors import EvaluationError
from dateline.evaluation.gold.document import EVENT_SLOTS
from dateline.evaluation.scoring.tallies import Statistic
from dateline.records.vocabulary import ActorRole

Kind = Literal["found", "accuracy", "rate", "total"]
"""What a measure counts: what was found, tries that were right, bad cases, or plain cases."""

STATISTICS: dict[Kind, tuple[Statistic, ...]] = {
    "found": ("precision", "recall", "f1"),
    "accuracy": ("accuracy",),
    "rate": ("rate",),
    "total": ("total",),
}

CEAF_REE = "ceaf-ree"
"""The measure of literature mode; its roles are ``ceaf-ree.ROLE``."""

MEASURES: dict[str, Kind] = {
    "event.composite": "found",
    "claim.joint": "found",
    "event": "found",
    "event.lenient": "found",
    "event.found": "found",
    **{f"event.{slot}": "found" for slot in EVENT_SLOTS},
    **{f"event.actors.{role}": "found" for role in get_args(ActorRole)},
    "event.evidence_exact": "found",
    "event.lenient.actors": "found",
    "event.lenient.place": "found",
    "event.lenient.counts": "found",
    "event.victim": "accuracy",
    "event.number": "accuracy",
    "claim.content": "found",
    "claim.content_exact": "found",
    "claim.speaker": "found",
    "claim.lenient.speaker": "found",
    "claim.certainty": "accuracy",
    "claim.polarity": "accuracy",
    "claim.quote_type": "accuracy",
    "safety.excluded": "rate",
    "safety.ungrounded": "rate",
    "safety.numbers": "rate",
    "records_on_empty": "total",
    "few_shot_leaks": "total",
    "failures": "total",
    "missing": "total",
    CEAF_REE: "found",
}
"""Every measure but the roles of literature mode, in the order in which reports show them."""

_ALIASES = {"claim.composite": "claim.joint", "ceaf_ree": CEAF_REE}


class Metric(NamedTuple):
    """A figure: a measure and what is made of its tallies."""

    measure: str
    statistic: Statistic

    @property
    def name(self) -> str:
        """The name that configuration files use."""
        return f"{self.measure}.{self.statistic}"

    @property
    def lower_is_better(self) -> bool:
        """Whether 0 is the goal, as for rates and totals."""
        return kind_of(self.measure) in ("rate", "total")


def is_literature(measure: str) -> bool:
    """Whether only literature mode has a figure for this measure."""
    return measure == CEAF_REE or measure.startswith(CEAF_REE + ".")


def kind_of(measure: str) -> Kind | None:
    """Return what a measure counts; None for a name that is no measure."""
    if is_literature(measure):
        return "found"
    return MEASURES.get(measure)


def metrics_of(measures: Iterable[str]) -> tuple[str, ...]:
    """Return the names of all metrics that the measures give, in their order."""
    return tuple(
        f"{measure}.{statistic}"
        for measure in measures
        for statistic in STATISTICS[kind_of(measure) or "found"]
    )


def metric(name: str) -> Metric:
    """Return the metric that a name stands for.

    The statistic may be left out where a measure has only one, or F1: ``claim.certainty`` is
    ``claim.certainty.accuracy`` and ``event`` is ``event.f1``. ``claim.composite`` is another
    name of ``claim.joint``.

    Raises:
        EvaluationError: there is no such metric; the message names the closest ones.
    """
    stem, _, last = name.rpartition(".")
    kind = kind_of(_alias(stem))
    if kind is not None:
        for statistic in STATISTICS[kind]:
            if statistic == last:
                return Metric(_alias(stem), statistic)
    kind = kind_of(_alias(name))
    if kind is not None and last not in get_args(Statistic):
        return Metric(_alias(name), STATISTICS[kind][-1])
    everything = metrics_of(MEASURES)
    close = difflib.get_close_matches(name, [*everything, *MEASURES], n=3, cutoff=0.5)
    raise EvaluationError(
        f'there is no metric "{name}"',
        remedy=f"Did you mean {' or '.join(close)}?"
        if close
        else "A metric is a measure and a statistic, such as event.f1; see docs/scoring.md.",
    )


def _alias(measure: str) -> str:
    for alias, proper in _ALIASES.items():
        if measure == alias or measure.startswith(alias + "."):
            return proper + measure[len(alias) :]
    return measure


def in_order(measures: Iterable[str]) -> tuple[str, ...]:
    """Return measures in the order in which reports show them, each once."""
    rank = {measure: index for index, measure in enumerate(MEASURES)}
    return tuple(sorted(set(measures), key=lambda measure: (rank.get(measure, len(rank)), measure)))
