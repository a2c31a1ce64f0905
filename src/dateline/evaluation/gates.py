"""Gates: conditions on figures that a run must meet, read from one line of text.

::

    event.f1 >= 0.30
    event.f1 >= baseline - 0.02
    event.f1 >= baseline - 0.02 with 95 % confidence
    safety.excluded.rate <= 0
    cost_usd <= 1.5

The grammar is METRIC, one of ``>= > <= <``, then a number or ``baseline``, with ``+`` or ``-`` a
number where wanted, then ``with NUMBER % confidence`` where wanted. Without a confidence, the
figure itself is compared. With one, the interval is: of the figure, or of its paired difference
to the baseline's on the same documents. The gate has passed when the whole interval meets the
condition, it has failed when no part of it does, and else nobody can tell.

The interval is the two-sided one that reports show, so that a gate at 95 % passes by chance at
most 2.5 % of the time.
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Literal, Protocol

import numpy as np
from numpy.typing import ArrayLike

from dateline.errors import EvaluationError
from dateline.evaluation.scoring.measures import metric as measured
from dateline.evaluation.scoring.tallies import Statistic

Outcome = Literal["passed", "failed", "can't tell"]
OnCantTell = Literal["fail", "pass"]
Operator = Literal[">=", ">", "<=", "<"]
Named = Callable[[str], float | None]
"""Looks up a figure that is no measure, such as ``cost_usd``; KeyError where there is none."""

COST = ("cost_usd", "seconds", "calls", "input_tokens", "output_tokens")
"""Figures of a run that are no metrics and that a gate can name."""

ROUNDING = 1e-9
"""0.32 >= 0.34 - 0.02 holds, though not in floating point."""

_TOKEN = re.compile(
    r"\s*(?P<token>(?P<number>(?:\d+(?:\.\d*)?|\.\d+)(?:[eE][+-]?\d+)?)(?![\w.])"
    r"|(?P<name>[A-Za-z_]\w*(?:[.-][A-Za-z_]\w*)*)|(?P<operator>>=|<=|>|<)|(?P<sign>[-+−])|(?P<percent>%))"
)
_COMPARE: dict[str, Callable[[float, float], bool]] = {
    ">=": lambda value, bound: value >= bound - ROUNDING,
    "<=": lambda value, bound: value <= bound + ROUNDING,
    ">": lambda value, bound: value > bound + ROUNDING,
    "<": lambda value, bound: value < bound - ROUNDING,
}


class Scored(Protocol):
    """What a gate needs of the scores of a run."""

    @property
    def documents(self) -> Sequence[object]:
        """The documents, in the order of the tallies: their ids, or scores that have an ``id``."""

    @property
    def measures(self) -> Iterable[str]:
        """The names of the measures."""

    def tallies(self, measure: str, /) -> ArrayLike:
        """(D, 3) tallies of a measure."""

    def value(self, metric: str, /) -> float | None:
        """The figure of a metric; None where nothing was counted."""


@dataclass(frozen=True)
class GateResult:
    """What became of a gate.

    ``value`` is the run's figure and ``bound`` what it was held against: the number, or the
    baseline's figure plus the margin. ``low`` and ``high`` are the interval of the figure, or of
    its difference to the baseline, where the gate asks for a confidence. ``message`` is one
    sentence that says all this.
    """

    gate: Gate
    outcome: Outcome
    value: float | None
    bound: float | None
    message: str
    low: float | None = None
    high: float | None = None

    def holds(self, on_cant_tell: OnCantTell = "fail") -> bool:
        """Whether the gate lets the run through; "can't tell" does only if a suite says so."""
        return self.outcome == "passed" or (self.outcome == "can't tell" and on_cant_tell == "pass")


@dataclass(frozen=True)
class Gate:
    """One condition. ``number`` is the bound itself, or what is added to the baseline's figure."""

    text: str
    metric: str
    operator: Operator
    number: float
    to_baseline: bool = False
    confidence: float | None = None
    where: str | None = None

    @classmethod
    def parse(cls, text: str, *, where: str | None = None) -> Gate:
        """Read a gate; ``where`` (a file and key path) is named in errors.

        Raises:
            EvaluationError: names the gate, the place in it, and what is expected there.
        """
        return _Reader(text, where).gate()

    def check(
        self,
        score: Scored,
        baseline: Scored | None = None,
        *,
        named: Named | None = None,
        baseline_named: Named | None = None,
        draws: int = 10_000,
        seed: int = 0,
    ) -> GateResult:
        """Hold the scores of a run against this gate.

        Args:
            score: the run.
            baseline: the run that ``baseline`` stands for, over the same documents in any order.
            named: looks up figures of the run that are no metrics, such as ``cost_usd``.
            baseline_named: the same of the baseline.

        Raises:
            EvaluationError: for an unknown metric, a baseline that is needed and missing or over
                other documents, or a confidence for a figure that has no interval.
        """
        if self.to_baseline and baseline is None:
            raise self._error("there is no baseline", "Name a baseline run, or use a number.")
        found = self._look_up(score, named)
        if isinstance(found, _Metric):
            if self.confidence is None:
                other = None if baseline is None else found.of(baseline)
                return self._plain(found.of(score), other)
            if self.to_baseline:
                assert baseline is not None  # noqa: S101
                return self._sure_of_difference(found, score, baseline, draws, seed)
            return self._sure(found, score, draws, seed)
        if self.confidence is not None:
            raise self._error(
                f"{self.metric} is one figure of the whole run and has no interval",
                'Leave out "with ... confidence".',
            )
        other = None
        if self.to_baseline:
            try:
                other = baseline_named(self.metric) if baseline_named else None
            except KeyError:
                other = None
        return self._plain(found[0], other)

    def _look_up(self, score: Scored, named: Named | None) -> _Metric | tuple[float | None]:
        if named is not None:
            try:
                return (named(self.metric),)
            except KeyError:
                pass
        measures = tuple(score.measures)
        try:
            measure, statistic = measured(self.metric)
        except EvaluationError as error:
            raise self._error(error.what, error.remedy) from None
        if measure not in measures:
            close = difflib.get_close_matches(measure, measures, n=3)
            raise self._error(
                f"this run has no scores for {measure}",
                f"Did you mean {' or '.join(close)}?" if close else "Was it left out of scoring?",
            )
        return _Metric(measure, statistic)

    def _plain(self, value: float | None, other: float | None) -> GateResult:
        bound = self.number
        if value is None or (self.to_baseline and other is None):
            whose = "in this run" if value is None else "in the baseline"
            return self._result("can't tell", value, None, f"nothing was counted {whose}")
        shown = _figure(value)
        if self.to_baseline and other is not None:
            bound = other + self.number
            shown += f", baseline {_figure(other)}"
        met = _COMPARE[self.operator](value, bound)
        return self._result("passed" if met else "failed", value, bound, shown)

    def _sure(self, found: _Metric, score: Scored, draws: int, seed: int) -> GateResult:
        from dateline.evaluation.statistics.bootstrap import interval

        confidence = self.confidence or 0.95
        value, low, high = interval(
            score.tallies(found.measure),
            found.statistic,
            draws=draws,
            seed=seed,
            confidence=confidence,
        )
        if value is None or low is None or high is None:
            return self._result("can't tell", None, self.number, "nothing was counted in this run")
        shown = f"{_figure(value)}, {_interval(low, high, confidence)}"
        return self._result(self._by(low, high), value, self.number, shown, low, high)

    def _sure_of_difference(
        self, found: _Metric, score: Scored, baseline: Scored, draws: int, seed: int
    ) -> GateResult:
        from dateline.evaluation.statistics.comparison import compare

        confidence = self.confidence or 0.95
        order = self._order(score, baseline)
        told = compare(
            np.asarray(baseline.tallies(found.measure), dtype=np.float64).reshape(-1, 3)[order],
            score.tallies(found.measure),
            found.statistic,
            draws=draws,
            seed=seed,
            confidence=confidence,
        )
        if told.a is None or told.b is None or told.low is None or told.high is None:
            whose = "in this run" if told.b is None else "in the baseline"
            return self._result("can't tell", told.b, None, f"nothing was counted {whose}")
        shown = (
            f"{_figure(told.b)}, baseline {_figure(told.a)}, difference "
            f"{_signed(told.b - told.a)}, {_interval(told.low, told.high, confidence, signed=True)}"
        )
        if told.note:
            shown += f": {told.note}"
        bound = told.a + self.number
        return self._result(
            self._by(told.low, told.high), told.b, bound, shown, told.low, told.high
        )

    def _by(self, low: float, high: float) -> Outcome:
        compare = _COMPARE[self.operator]
        worst, best = (low, high) if self.operator in (">=", ">") else (high, low)
        if compare(worst, self.number):
            return "passed"
        return "can't tell" if compare(best, self.number) else "failed"

    def _order(self, score: Scored, baseline: Scored) -> list[int]:
        mine, theirs = _ids(score), _ids(baseline)
        places = {name: place for place, name in enumerate(theirs)}
        alone = len(set(mine) ^ set(theirs))
        if alone:
            raise self._error(
                f"the run and the baseline differ in {alone} documents",
                "Make the baseline anew, or compare only the documents that both have.",
            )
        return [places[name] for name in mine]

    def _result(
        self,
        outcome: Outcome,
        value: float | None,
        bound: float | None,
        shown: str,
        low: float | None = None,
        high: float | None = None,
    ) -> GateResult:
        return GateResult(
            self, outcome, value, bound, f"{outcome}: {self.text} ({shown})", low, high
        )

    def _error(self, what: str, remedy: str | None) -> EvaluationError:
        return EvaluationError(f'gate "{self.text}": {what}', where=self.where, remedy=remedy)


@dataclass(frozen=True)
class _Metric:
    measure: str
    statistic: Statistic

    def of(self, score: Scored) -> float | None:
        return score.value(f"{self.measure}.{self.statistic}")


def _ids(score: Scored) -> list[str]:
    return [str(getattr(document, "id", document)) for document in score.documents]


def _figure(value: float) -> str:
    return f"{value:.3f}".rstrip("0").rstrip(".") if abs(value) < 1000 else f"{value:,.0f}"


def _signed(value: float) -> str:
    return f"{value:+.3f}"


def _interval(low: float, high: float, confidence: float, *, signed: bool = False) -> str:
    show = _signed if signed else _figure
    return f"{confidence * 100:g} % interval {show(low)} to {show(high)}"


class _Reader:
    """Reads a gate token by token, so that an error can say where it is."""

    def __init__(self, text: str, where: str | None) -> None:
        self.text = text.strip()
        self.where = where
        self.place = 0

    def gate(self) -> Gate:
        metric = self._take("name", "the name of a metric, such as event.f1")
        sign = self._take("operator", ">=, >, <= or <")
        to_baseline = self._is_next("baseline")
        if to_baseline:
            self._take("name", "")
            number = self._margin()
        else:
            factor = -1 if self._next("sign") and self._take("sign", "") != "+" else 1
            number = factor * float(self._take("number", 'a number or "baseline"'))
        confidence = None
        if self._next("name"):
            confidence = self._confidence()
        if self.place < len(self.text):
            raise self._expected('"with NUMBER % confidence" or the end')
        operators: dict[str, Operator] = {">=": ">=", ">": ">", "<=": "<=", "<": "<"}
        return Gate(self.text, metric, operators[sign], number, to_baseline, confidence, self.where)

    def _margin(self) -> float:
        if not self._next("sign"):
            return 0.0
        factor = 1 if self._take("sign", "") == "+" else -1
        return factor * float(self._take("number", "a number"))

    def _confidence(self) -> float:
        self._word("with")
        start = self.place
        percent = float(self._take("number", "a percentage, such as 95"))
        if not 50 <= percent < 100:
            self.place = start
            raise self._expected("a percentage from 50 to 99.9")
        self._take("percent", '"%"')
        self._word("confidence")
        return percent / 100

    def _word(self, word: str) -> None:
        if not self._is_next(word):
            raise self._expected(f'"{word}"')
        self._take("name", word)

    def _is_next(self, word: str) -> bool:
        match = self._next("name")
        return match is not None and match["token"] == word

    def _next(self, kind: str) -> re.Match[str] | None:
        match = _TOKEN.match(self.text, self.place)
        return match if match and match[kind] is not None else None

    def _take(self, kind: str, expected: str) -> str:
        match = self._next(kind)
        if match is None:
            raise self._expected(expected)
        self.place = match.end()
        return match["token"]

    def _expected(self, expected: str) -> EvaluationError:
        rest = self.text[self.place :].strip()
        at = len(self.text) - len(rest) + 1
        seen = f'"{rest.split()[0][:40]}"' if rest else "the end"
        return EvaluationError(
            f'gate "{self.text[:200]}", character {at}: expected {expected}, found {seen}',
            where=self.where,
            remedy='A gate reads like "event.f1 >= baseline - 0.02 with 95 % confidence".',
        )
