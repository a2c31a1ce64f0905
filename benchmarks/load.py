"""Many calls in flight: how close to the ideal, with how many connections and how much memory; and
how much is asked in vain of a server that takes fewer calls than there are.

Server and client are processes of their own on one machine. The ideal is the calls times their
waiting, divided by the calls in flight; the best of several rounds counts, since whatever else
the machine does lengthens them.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import urllib.request
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

from benchmarks.overhead import _envelope, _row

if TYPE_CHECKING:
    from collections.abc import Iterator

WAIT_S = 0.3
IN_FLIGHT = 256
CALLS = 2_000
CAPACITY = 64
CAPPED_CALLS = 1_000
ROUNDS = 3


def run() -> list[dict[str, object]]:
    """Rows for an open server, with a fixed and a learning gate, and for one with a capacity."""
    ideal = CALLS * WAIT_S / IN_FLIGHT
    with _server(0) as port:
        fixed, counts = _best(port, CALLS, adaptive=False)
        learning, _ = _best(port, CALLS, adaptive=True)
    named = f"{CALLS:,} calls of {WAIT_S * 1000:.0f} ms, {IN_FLIGHT} in flight"
    exact = {**_row(f"{named}: connections", counts["connections"], "", IN_FLIGHT)}
    exact["ok"] = counts["connections"] == IN_FLIGHT
    rows = [
        _row(f"{named}: wall / ideal", fixed["wall"] / ideal, "ratio", 1.25),
        exact,
        _row(f"{named}: peak memory", fixed["rss_mb"], "MB", 120),
        _row(f"{named}: client", fixed["cpu_ms"], "ms CPU", None),
        _row("the same, learning from 20: wall / ideal", learning["wall"] / ideal, "ratio", None),
    ]
    ideal = CAPPED_CALLS * WAIT_S / CAPACITY
    with _server(CAPACITY) as port:
        capped, counts = _best(port, CAPPED_CALLS, adaptive=True)
        blind, blind_counts = _best(port, CAPPED_CALLS, adaptive=False)
    named = f"{CAPPED_CALLS:,} calls, the server takes {CAPACITY} at once"
    failed = CAPPED_CALLS - int(capped["answered"])
    return [
        *rows,
        _row(f"{named}: failed", failed, "calls", 0),
        _row(f"{named}: sent", counts["requests"], "requests", 1_050),
        _row(f"{named}: wall / ideal", capped["wall"] / ideal, "ratio", None),
        _row("the same, retries alone: sent", blind_counts["requests"], "requests", None),
        _row(
            "the same, retries alone: failed", CAPPED_CALLS - int(blind["answered"]), "calls", None
        ),
    ]


def _best(port: int, calls: int, *, adaptive: bool) -> tuple[dict[str, Any], dict[str, int]]:
    """The round with the shortest wall time, and what the server counted in it."""
    rounds = [_round(port, calls, adaptive=adaptive) for _ in range(ROUNDS)]
    return min(rounds, key=lambda measured: measured[0]["wall"])


def _round(port: int, calls: int, *, adaptive: bool) -> tuple[dict[str, Any], dict[str, int]]:
    _counts(port)
    words = [port, calls, IN_FLIGHT, int(adaptive)]
    done = subprocess.run(
        [sys.executable, "-m", "benchmarks._load_client", *map(str, words)],
        stdout=subprocess.PIPE,
        check=True,
        cwd=Path(__file__).parents[1],
        env={**os.environ, "NO_PROXY": "127.0.0.1"},
    )
    return json.loads(done.stdout), _counts(port)


def _counts(port: int) -> dict[str, int]:
    opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    with opener.open(f"http://127.0.0.1:{port}/") as answer:
        counts: dict[str, int] = json.load(answer)
    return counts


@contextmanager
def _server(capacity: int) -> Iterator[int]:
    program = Path(__file__).with_name("_load_server.py")
    process = subprocess.Popen(
        [sys.executable, str(program), str(WAIT_S), str(capacity)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
    )
    assert process.stdin is not None
    assert process.stdout is not None
    try:
        process.stdin.write(_envelope())
        process.stdin.close()
        yield int(process.stdout.readline())
    finally:
        process.terminate()
        process.wait()
        process.stdout.close()
