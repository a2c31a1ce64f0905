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
        open_ = _best(port, CALLS, ("bare", "fixed", "adaptive"))
    fixed, counts = open_["fixed"]
    named = f"{CALLS:,} calls of {WAIT_S * 1000:.0f} ms, {IN_FLIGHT} in flight"
    exact = _row(f"{named}: connections", counts["connections"], "", IN_FLIGHT)
    rows = [
        _row(f"{named}: wall / ideal", fixed["wall"] / ideal, "ratio", 1.25),
        {**exact, "ok": counts["connections"] == IN_FLIGHT},
        _row(f"{named}: peak memory", fixed["rss_mb"], "MB", 120),
        _row(f"{named}: client", fixed["cpu_ms"], "ms CPU", None),
        _row("the same, aiohttp alone", open_["bare"][0]["wall"] / ideal, "ratio", None),
        _row("the same, learning from 20", open_["adaptive"][0]["wall"] / ideal, "ratio", None),
    ]
    ideal = CAPPED_CALLS * WAIT_S / CAPACITY
    with _server(CAPACITY) as port:
        capped = _best(port, CAPPED_CALLS, ("adaptive", "fixed"))
    learning, counts = capped["adaptive"]
    blind, blind_counts = capped["fixed"]
    named = f"{CAPPED_CALLS:,} calls, the server takes {CAPACITY}"
    sent = counts["requests"] - 1  # The first call, before the clock started.
    return [
        *rows,
        _row(f"{named}: failed", CAPPED_CALLS - int(learning["answered"]), "calls", 0),
        _row(f"{named}: sent", sent, "requests", 1_050),
        _row(f"{named}: wall / ideal", learning["wall"] / ideal, "ratio", None),
        _row("retries alone: failed", CAPPED_CALLS - int(blind["answered"]), "calls", None),
        _row("retries alone: sent", blind_counts["requests"] - 1, "requests", None),
    ]


Measured = tuple[dict[str, Any], dict[str, int]]


def _best(port: int, calls: int, kinds: tuple[str, ...]) -> dict[str, Measured]:
    """For each kind of client, the round with the shortest wall time and what the server saw."""
    best: dict[str, Measured] = {}
    for _ in range(ROUNDS):
        for kind in kinds:
            measured = _round(port, calls, kind)
            if kind not in best or measured[0]["wall"] < best[kind][0]["wall"]:
                best[kind] = measured
    return best


def _round(port: int, calls: int, kind: str) -> Measured:
    _counts(port)
    words = [port, calls, IN_FLIGHT, kind]
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
