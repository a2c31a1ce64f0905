"""How often intervals hold the true value, and what ten thousand draws cost.

Suites are simulated: 30 % of documents are empty, sizes are skewed (log-normal), the quality of
an answer varies from document to document (beta), so that the counts of a document go together,
and many documents are perfect. The true value is that of two million documents. Coverage is the
share of repeats in which the 95 % interval holds it; a thousand repeats are good to 0.7 points.
"""

from __future__ import annotations

import os
import resource
import time
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context

import numpy as np
from numpy.typing import NDArray

from dateline.evaluation.statistics.bootstrap import interval
from dateline.evaluation.statistics.comparison import compare

SIZES = (30, 100, 300)
DRAWS = 1_000
"""For coverage: ten thousand move a bound by a hundredth of its interval's width."""
SURE = (0.93, 0.97)
POPULATION = 2_000_000
EMPTY = 0.3

QUALITIES = (0.3, 0.6, 0.9)
CHANGES = {
    "answered anew, as well": (0.6, 0.6, 1.0),
    "answered anew, better": (0.6, 0.7, 1.0),
    "30 % of documents answered anew, as well": (0.6, 0.6, 0.3),
    "30 % of documents answered anew, better": (0.6, 0.8, 0.3),
}
"""Quality of the old run and of the new one, and the share of documents that are answered anew."""

REPEATS, REPEATS_PAIRED = 1_000, 500
"""For each quality, and for each change: at least a thousand a size, over all."""

Rows = NDArray[np.float64]


def gold(rng: np.random.Generator, documents: int) -> NDArray[np.int64]:
    """How many slots each document has."""
    sizes = 1 + rng.poisson(rng.lognormal(1.6, 0.9, documents))
    return np.where(rng.random(documents) < EMPTY, 0, sizes)


def answers(rng: np.random.Generator, slots: NDArray[np.int64], quality: float) -> Rows:
    """Tallies of answers of about this quality: a document's slots are right or wrong together."""
    count = len(slots)
    odds = quality / (1 - quality)
    own = rng.beta(2 * max(odds, 1.0), 2 / min(odds, 1.0), count)
    perfect = rng.random(count) < 0.25 * quality
    own[perfect] = 1.0
    correct = rng.binomial(slots, own)
    spurious = rng.binomial(slots, 1 - own) + rng.poisson(0.3 * (1 - quality), count)
    spurious[perfect] = 0
    return np.column_stack([correct, correct + spurious, slots]).astype(np.float64)


def two_runs(
    rng: np.random.Generator, documents: int, old: float, new: float, share: float
) -> tuple[Rows, Rows]:
    """Tallies of two runs, of which a share of the documents is answered anew."""
    slots = gold(rng, documents)
    first, second = answers(rng, slots, old), answers(rng, slots, new)
    return first, np.where((rng.random(documents) < share)[:, None], second, first)


def covered(task: tuple[str, int]) -> tuple[str, int, int, int]:
    """Return the name, the size, and how often the interval held the true value, of how many."""
    name, size = task
    inside = tries = 0
    if name in CHANGES:
        old, new, share = CHANGES[name]
        first, second = two_runs(np.random.default_rng(1), POPULATION, old, new, share)
        true = 0.0 if old == new else _f1(second) - _f1(first)
        for repeat in range(REPEATS_PAIRED):
            rng = np.random.default_rng([size, repeat])
            a, b = two_runs(rng, size, old, new, share)
            told = compare(a, b, "f1", draws=DRAWS, seed=repeat)
            if told.low is not None and told.high is not None:
                tries += 1
                inside += told.low <= true <= told.high
    else:
        quality = float(name)
        rng = np.random.default_rng(1)
        true = _f1(answers(rng, gold(rng, POPULATION), quality))
        for repeat in range(REPEATS):
            rng = np.random.default_rng([size, repeat])
            tallies = answers(rng, gold(rng, size), quality)
            _, low, high = interval(tallies, "f1", draws=DRAWS, seed=repeat)
            if low is not None and high is not None:
                tries += 1
                inside += low <= true <= high
    return name, size, inside, tries


def run() -> list[dict[str, object]]:
    """Rows of name, value, unit, limit and whether the limit holds."""
    return [*_speed(), *_coverage()]


def _speed() -> list[dict[str, object]]:
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    rng = np.random.default_rng(0)
    old, new = two_runs(rng, 1_000, 0.6, 0.65, 1.0)
    compare(old, new, "f1", draws=100)
    begin = time.perf_counter()
    compare(old, new, "f1", draws=10_000)
    took = time.perf_counter() - begin
    large = two_runs(rng, 10_000, 0.6, 0.65, 1.0)
    begin = time.perf_counter()
    compare(*large, "f1", draws=10_000)
    long = time.perf_counter() - begin
    grown = (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) / 1024
    return [
        _row("10,000 paired draws, 1,000 documents", took, "s", "< 2", took < 2),
        _row("10,000 paired draws, 10,000 documents", long, "s", None, None),
        _row("... and the memory that both add", grown, "MB", "< 200", grown < 200),
    ]


def _coverage() -> list[dict[str, object]]:
    kinds = {"figure": [str(q) for q in QUALITIES], "difference": list(CHANGES)}
    tasks = [(name, size) for size in reversed(SIZES) for names in kinds.values() for name in names]
    # Threads of the matrix library would only be in each other's way.
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
    with ProcessPoolExecutor(2, mp_context=get_context("spawn")) as pool:
        found = {(name, size): (a, b) for name, size, a, b in pool.map(covered, tasks)}
    rows = []
    for kind, names in kinds.items():
        for size in SIZES:
            parts = [found[name, size] for name in names]
            share = sum(a for a, _ in parts) / sum(b for _, b in parts)
            limit = f"{SURE[0]:.2f} to {SURE[1]:.2f}"
            label = f"95 % interval of a {kind}, {size} documents"
            rows.append(_row(label, share, "covered", limit, SURE[0] <= share <= SURE[1]))
            for name, (inside, tries) in zip(names, parts, strict=True):
                label = f"F1 about {name}" if kind == "figure" else name
                rows.append(_row(f"  {label}", inside / tries, "covered", None, None))
    return rows


def _f1(tallies: Rows) -> float:
    correct, predicted, slots = tallies.sum(axis=0)
    return float(2 * correct / (predicted + slots))


def _row(
    name: str, value: float, unit: str, limit: str | None, ok: bool | None
) -> dict[str, object]:
    return {"name": name, "value": round(value, 4), "unit": unit, "limit": limit, "ok": ok}
