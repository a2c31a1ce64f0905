"""Names of metrics in words, and figures as a reader sees them: alike on the page and in a
terminal."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence

from dateline.evaluation.report.view import MetricView, RunView
from dateline.evaluation.runs.scored import HEADLINE
from dateline.evaluation.scoring.measures import in_order, kind_of

_MEASURES = {
    "event": "Events, all slots",
    "event.composite": "Events fully right",
    "event.found": "Events found",
    "event.sub_type": "Event sub-type",
    "event.evidence_exact": "Event evidence, to the character",
    "event.victim": "Event victim of a number",
    "event.number": "Event number, whatever its kind",
    "claim.joint": "Claims fully right",
    "claim.content": "Claim content",
    "claim.content_exact": "Claim content, to the character",
    "claim.quote_type": "Claim quote type",
    "safety.excluded": "Evidence from excluded zones",
    "safety.ungrounded": "Quotes not in the text",
    "safety.numbers": "Numbers not in the text",
    "records_on_empty": "Records on empty documents",
    "few_shot_leaks": "Leaks from the examples",
    "failures": "Failed documents",
    "missing": "Documents without prediction",
    "ceaf-ree": "CEAF-REE",
}
_STATISTICS = {"f1": "F1", "precision": "precision", "recall": "recall", "accuracy": "accuracy"}
_ABOUT = {
    "event.composite": "type, place and every number right",
    "event": "micro over all slots, strict names",
    "claim.joint": "content and speaker right",
    "claim.content": "the words that are claimed",
    "records_on_empty": "documents in which there is nothing to find",
    "few_shot_leaks": "answers with words of the prompt's examples",
    "missing": "counted as missed",
    "failures": "counted as missed",
}


def split(metric: str) -> tuple[str, str]:
    """Part a metric's name into its measure and its statistic."""
    measure, _, statistic = metric.rpartition(".")
    return measure, statistic


def lower_is_better(metric: str) -> bool:
    """Whether 0 is the goal."""
    return split(metric)[1] in ("rate", "total")


def measure_words(measure: str) -> str:
    """What a measure measures, in words: ``Event place``."""
    if measure in _MEASURES:
        return _MEASURES[measure]
    lenient = ".lenient" in measure
    words = measure.replace(".lenient", "").replace(".", " ").replace("_", " ")
    words = _MEASURES.get(measure.replace(".lenient", ""), words[:1].upper() + words[1:])
    return f"{words}, lenient" if lenient else words


def metric_words(metric: str) -> str:
    """What a metric is, in words: ``Event place, F1``."""
    measure, statistic = split(metric)
    words = _STATISTICS.get(statistic)
    return f"{measure_words(measure)}, {words}" if words else measure_words(measure)


def metric_note(metric: str) -> str | None:
    """A few words on what a metric counts, or None."""
    words = _ABOUT.get(split(metric)[0])
    if not lower_is_better(metric):
        return words
    goal = "the goal is\N{NO-BREAK SPACE}0"
    return f"{words}; {goal}" if words else goal


def number(value: float | None, metric: str, *, signed: bool = False) -> str:
    """A figure: three decimals, a total as a plain number, ``–`` where there is none."""
    if value is None or math.isnan(value):
        return "–"
    sign = "+" if signed and value > 0 else ""
    if math.isinf(value):
        return "−∞" if value < 0 else f"{sign}∞"
    total = split(metric)[1] == "total"
    words = f"{value:,.1f}".removesuffix(".0") if total else f"{value:.3f}"
    if not float(words.replace(",", "")):
        words, sign = words.removeprefix("-"), ""
    return sign + words.replace("-", "−")


def interval(view: MetricView, metric: str, *, signed: bool = False) -> str | None:
    """The bounds of a figure, ``0.481 to 0.567``; None where there are none."""
    if view.value is None or view.low is None or view.high is None:
        return None
    low = number(view.low, metric, signed=signed)
    return f"{low} to {number(view.high, metric, signed=signed)}"


def ordered(metrics: Iterable[str]) -> list[str]:
    """Metrics in the order in which reports show them: the headlines first."""
    known = dict.fromkeys(metrics)
    rank = {measure: n for n, measure in enumerate(in_order({split(m)[0] for m in known}))}
    statistics = {"f1": 0, "precision": 1, "recall": 2}
    rest = sorted(
        (metric for metric in known if metric not in HEADLINE),
        key=lambda metric: (rank[split(metric)[0]], statistics.get(split(metric)[1], 3)),
    )
    return [metric for metric in HEADLINE if metric in known] + rest


def percent(share: float) -> str:
    """A confidence in words: ``95 %``."""
    return f"{100 * share:g} %"


def headlines(runs: Sequence[RunView], chosen: Sequence[str] = ()) -> list[str]:
    """The headline metrics that any run has: those chosen, else the usual ones."""
    if chosen:
        return [metric for metric in chosen if any(metric in run.metrics for run in runs)]
    extra = ("missing.total",) if any(_any_missing(run) for run in runs) else ()
    return [
        metric
        for metric in (*HEADLINE, *extra, *_literature(runs))
        if any(metric in run.metrics for run in runs)
    ]


def _any_missing(run: RunView) -> bool:
    missing = run.metrics.get("missing.total")
    return missing is not None and bool(missing.value)


def _literature(runs: Sequence[RunView]) -> list[str]:
    names = {name for run in runs for name in run.metrics if name.startswith("ceaf-ree")}
    return ordered(names)


def slot_measures(runs: Sequence[RunView]) -> list[str]:
    """The measures that have a row in the table of slots, in order; lenient ones stand beside
    their strict ones and have none."""
    measures = {split(metric)[0] for run in runs for metric in run.metrics}
    kept = {
        measure
        for measure in measures
        if kind_of(measure) in ("found", "accuracy") and ".lenient" not in measure
    }
    return list(in_order(kept))


def lenient_of(measure: str) -> str:
    """The name of the lenient measure that belongs to a strict one: it need not exist."""
    kind, _, slot = measure.partition(".")
    return f"{kind}.lenient.{slot}" if slot else f"{kind}.lenient"
