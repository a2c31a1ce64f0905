"""Real pages that a user supplies: their zones, known by hash and offsets only."""

from __future__ import annotations

import hashlib
import os
from pathlib import Path

import pytest

from dateline.articles import find_zones

# First 16 hex digits of the SHA-256 of a text → the zones that a reader gave it.
EXPECTED: dict[str, tuple[tuple[str, int, int], ...]] = {
    "5496db68acd5215d": (
        ("headline", 0, 76),
        ("standfirst", 79, 243),
        ("caption", 245, 317),
        ("body", 319, 1666),
        ("boilerplate", 1669, 1715),
        ("comment", 1719, 2197),
    ),
    "0112ac5e1bae007a": (
        ("boilerplate", 0, 20),
        ("headline", 22, 82),
        ("standfirst", 84, 266),
        ("body", 268, 2079),
        ("boilerplate", 2081, 2092),
    ),
    "8466241e545ac393": (
        ("headline", 0, 69),
        ("caption", 71, 93),
        ("body", 95, 1912),
        ("boilerplate", 1914, 1999),
        ("related", 2001, 2152),
    ),
    "acacc6b1ac61000a": (
        ("headline", 0, 63),
        ("body", 66, 2115),
    ),
    "a5ada1b8c64c4732": (
        ("boilerplate", 0, 20),
        ("headline", 22, 90),
        ("standfirst", 92, 212),
        ("body", 214, 2074),
        ("boilerplate", 2076, 2087),
    ),
}


@pytest.fixture(scope="module")
def supplied() -> dict[str, str]:
    folder = os.environ.get("DATELINE_ARTICLES")
    if not folder:
        pytest.skip("DATELINE_ARTICLES names no folder with article texts")
    texts = [path.read_bytes().decode("utf-8") for path in sorted(Path(folder).glob("*.txt"))]
    return {hashlib.sha256(text.encode()).hexdigest()[:16]: text for text in texts}


@pytest.mark.parametrize("digest", EXPECTED)
def test_zones_of_a_supplied_page(digest: str, supplied: dict[str, str]) -> None:
    if digest not in supplied:
        pytest.skip("this text is not among the supplied ones")

    zones = find_zones(supplied[digest])

    assert tuple((zone.kind, zone.start, zone.end) for zone in zones) == EXPECTED[digest]
