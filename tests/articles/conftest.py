"""Pages written down with the zone that each of their lines should get."""

from __future__ import annotations

from collections.abc import Callable
from textwrap import dedent

import pytest

from dateline.articles.zones import find_zones

LETTERS = {
    "H": "headline",
    "S": "standfirst",
    "B": "body",
    "P": "caption",
    "C": "comment",
    "R": "related",
    "X": "boilerplate",
}


def zone_lines(page: str, title: str | None = None) -> tuple[list[str], list[str]]:
    """Expected and found zones of a page whose lines begin with a letter and a bar."""
    lines: list[str] = []
    expected: list[str] = []
    for line in dedent(page).strip("\n").split("\n"):
        letter, bar, rest = line.partition("|")
        if bar and (letter in LETTERS or letter == "?"):
            lines.append(rest)
            expected.append(f"{LETTERS.get(letter, '?')}: {rest.strip()[:50]}")
        else:
            lines.append("")
    text = "\n".join(lines)
    zones = find_zones(text, title=title)
    found: list[str] = []
    offset = 0
    for line in lines:
        if line.strip():
            at = offset + len(line) - len(line.lstrip())
            kind = next(zone.kind for zone in zones if zone.start <= at < zone.end)
            last = offset + len(line.rstrip()) - 1
            assert any(z.kind == kind and z.start <= last < z.end for z in zones), "a line is split"
            found.append(f"{kind}: {line.strip()[:50]}")
        offset += len(line) + 1
    expected = [
        e.replace("?", f.split(":")[0], 1) if e[0] == "?" else e
        for e, f in zip(expected, found, strict=True)
    ]
    return expected, found


@pytest.fixture
def assert_zones() -> Callable[..., None]:
    def check(page: str, title: str | None = None) -> None:
        expected, found = zone_lines(page, title)
        assert found == expected

    return check
