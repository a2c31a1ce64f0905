"""Names that the article itself says are one."""

from __future__ import annotations

import pytest

from dateline.resolution.aliases import find_alias_pairs
from dateline.resolution.name_forms import initials_match
from dateline.spans import Span


def pairs(text: str) -> list[tuple[str, str]]:
    found = find_alias_pairs(text, [Span(0, len(text))])
    return [(text[p.name.start : p.name.end], text[p.alias.start : p.alias.end]) for p in found]


@pytest.mark.parametrize(
    ("text", "name", "alias"),
    [
        ("The Azmar Liberation Front (ALF) fled.", "Azmar Liberation Front", "ALF"),
        ("The Popular Front of Tesh (PFT) fled.", "Popular Front of Tesh", "PFT"),
        ("Jabhat al-Nur wal Zafira (JNZ) fled.", "Jabhat al-Nur wal Zafira", "JNZ"),
        ("al-Nur in the Oruk Highlands (ANOH) fled.", "al-Nur in the Oruk Highlands", "ANOH"),
        ("the people's defence units (PDU) fled.", "people's defence units", "PDU"),
        ("Tehrik-e-Nur Tesh (TNT) fled.", "Tehrik-e-Nur Tesh", "TNT"),
        ("ALF (Azmar Liberation Front) fled.", "ALF", "Azmar Liberation Front"),
        (
            "Movimiento Teshano de Resistencia (MRTE) fled.",
            "Movimiento Teshano de Resistencia",
            "MRTE",
        ),
        ("The Zafira Brigades, also known as Liwa Zafira, fled.", "Zafira Brigades", "Liwa Zafira"),
        ("The Zafira Brigades, or Liwa Zafira, fled.", "Zafira Brigades", "Liwa Zafira"),
        ("The Citizens Watch, formerly the Night Guard, fled.", "Citizens Watch", "Night Guard"),
        (
            "The Citizens Watch, previously known as the Night Guard.",
            "Citizens Watch",
            "Night Guard",
        ),
        ("Col. Musa Teshi, alias Abu Zar, fled.", "Musa Teshi", "Abu Zar"),
        ("Musa Teshi (Abu Zar) fled.", "Musa Teshi", "Abu Zar"),
        ("Militants of the Oruk Army, known as Arteshi Oruk, fled.", "Oruk Army", "Arteshi Oruk"),
        (
            "On Monday the Oruk Guard Corps (OGC, formerly a militia) fled.",
            "Oruk Guard Corps",
            "OGC",
        ),
    ],
)
def test_stated_aliases_are_found(text: str, name: str, alias: str) -> None:
    assert (name, alias) in pairs(text)


def test_an_alias_behind_brackets_belongs_to_the_name_before_them() -> None:
    found = pairs("The Popular Guard Units (PGU), also known as Al-Hirs al-Shaabi, fled.")

    assert found == [("Popular Guard Units", "PGU"), ("PGU", "Al-Hirs al-Shaabi")]


@pytest.mark.parametrize(
    "text",
    [
        "Adam Novak (BBC) reported.",
        "Governor Omar Teshi (PDP) denied it.",
        "Gen. Musa Idris (left) spoke.",
        "Mosul (Iraq) was quiet.",
        "Fighters of the Oruk Army (Photo: Tesh Herald) rest.",
        "The Oruk Army (see below) fled.",
        "Adam Novak (54) spoke.",
        "Troops (so far) fled.",
        "In Tripoli, or Trablus, it rained.",
        "The Oruk Army attacked, or Tesh says it did.",
        "The town is better known as a market.",
        "(ALF) fled.",
        "The Oruk Army (ALF",
    ],
)
def test_what_states_no_alias_gives_none(text: str) -> None:
    assert pairs(text) == []


def test_patterns_outside_the_spans_are_not_read() -> None:
    text = "The Oruk Army fled. Comment: the Oruk Army (OA) is fake."

    assert find_alias_pairs(text, [Span(0, 19)]) == []


@pytest.mark.parametrize(
    ("acronym", "words", "expected"),
    [
        ("PMF", "Popular Mobilization Forces", True),
        ("PMU", "Popular Mobilization Forces", False),
        ("IS", "Iraqi Security Forces", False),
        ("ISF", "Iraqi Security Forces", True),
        ("ISIL", "Islamic State of Iraq and the Levant", True),
        ("ISIS", "Islamic State", False),
        ("AQAP", "al-Qaeda in the Arabian Peninsula", True),
        ("UNIFIL", "United Nations Interim Force in Lebanon", True),
        ("HTS", "Hayat Tahrir al-Sham", True),
        ("U.N.", "United Nations", True),
        ("CJTF", "Civilian Joint Task Force", True),
        ("TPLF", "Tigray People’s Liberation Front", True),
        ("ELN", "Ejército de Liberación Nacional", True),
        ("RSF", "", False),
    ],
)
def test_initials(acronym: str, words: str, expected: bool) -> None:
    assert initials_match(acronym, words.split()) is expected
