"""The shipped gazetteer: its rows are whole, and its lookups exact."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from dateline.resolution.actor_dictionary import load_actor_dictionary
from dateline.resolution.gazetteer import load_gazetteer
from dateline.resources import find

if TYPE_CHECKING:
    from dateline.resolution.gazetteer import GazetteerPlace

ROWS = [
    line.split("\t")
    for line in find("schemas", "gazetteer.tsv").read_text(encoding="utf-8").splitlines()
    if not line.startswith("#")
]


def only(name: str) -> GazetteerPlace:
    (place,) = load_gazetteer().lookup(name)
    return place


def test_rows_are_well_formed() -> None:
    for row in ROWS:
        name, kind, _, country, lat, lon, border, _, _ = row
        assert name == name.strip() != ""
        assert kind in {"country", "admin1", "region", "capital", "city", "town"}
        assert country == "" or (len(country) == 2 and country.isupper())
        assert (lat == "") == (lon == "")
        if lat:
            assert -90 <= float(lat) <= 90
            assert -180 <= float(lon) <= 180
        assert border == "" or 0 <= int(border) <= 200


def test_no_place_is_listed_twice() -> None:
    keys = [(row[0], row[1] in ("country", "admin1", "region"), row[2], row[3]) for row in ROWS]

    assert len(keys) == len(set(keys))


def test_every_admin1_of_a_town_is_a_row_of_the_same_country() -> None:
    regions = {(row[0], row[3]) for row in ROWS if row[1] == "admin1"}

    for row in ROWS:
        if row[2]:
            assert (row[2], row[3]) in regions, row


def test_the_countries_of_the_world_are_there() -> None:
    codes = {row[3] for row in ROWS if row[1] == "country"}

    assert len(codes) >= 195
    assert {"IQ", "UA", "SD", "MM", "HT", "CD", "PS", "YE", "US", "BR"} <= codes
    assert {row[3] for row in ROWS if row[3]} <= codes


@pytest.mark.parametrize(
    ("name", "lat", "lon"),
    [
        ("Mosul", 36.34, 43.13),
        ("Bakhmut", 48.59, 38.0),
        ("El Fasher", 13.63, 25.35),
        ("Goma", -1.67, 29.23),
        ("Maiduguri", 11.85, 13.16),
        ("Sittwe", 20.15, 92.9),
        ("Culiacán", 24.8, -107.39),
        ("Khan Younis", 31.34, 34.3),
        ("Marawi", 8.0, 124.29),
        ("Peshawar", 34.01, 71.58),
        ("Port-au-Prince", 18.54, -72.34),
        ("Mekelle", 13.5, 39.47),
        ("Marib", 15.46, 45.32),
        ("Baidoa", 3.11, 43.65),
    ],
)
def test_well_known_towns_lie_where_they_are(name: str, lat: float, lon: float) -> None:
    towns = [p for p in load_gazetteer().lookup(name) if p.type in ("capital", "city", "town")]

    assert len(towns) == 1
    assert (towns[0].lat, towns[0].lon) == (
        pytest.approx(lat, abs=0.1),
        pytest.approx(lon, abs=0.1),
    )


def test_regions_lie_around_their_towns() -> None:
    regions = {(row[0], row[3]): row for row in ROWS if row[1] == "admin1"}

    for row in ROWS:
        region = regions.get((row[2], row[3]))
        if region is None or row[1] == "admin1" or not row[4] or not region[4]:
            continue
        # Russia, Canada, the United States and Australia have regions that span 15 degrees.
        assert abs(float(row[4]) - float(region[4])) < 12, row
        assert abs(float(row[5]) - float(region[5])) < 16, row


@pytest.mark.parametrize(
    ("name", "same"),
    [
        ("mosul", "Mosul"),
        ("MOSUL", "Mosul"),
        ("al-Mosul", "Mosul"),
        ("Fallujah", "Falluja"),
        ("Sana'a", "Sanaa"),
        ("Sana’a", "Sanaa"),
        ("Menaka", "Ménaka"),
        ("Kiev", "Kyiv"),
        ("Ash-Shaddadi", "Shaddadi"),
        ("Medellin", "Medellín"),
    ],
)
def test_lookups_fold_case_marks_apostrophes_and_the_article(name: str, same: str) -> None:
    gazetteer = load_gazetteer()

    assert gazetteer.lookup(name)
    assert gazetteer.lookup(name) == gazetteer.lookup(same)


@pytest.mark.parametrize("name", ["Mosulo", "Mosu", "Zofar", "", "Iraqi", "al-", "Salvadora"])
def test_lookups_are_never_fuzzy(name: str) -> None:
    assert load_gazetteer().lookup(name) == ()


def test_peoples_are_not_places_but_have_a_country() -> None:
    gazetteer = load_gazetteer()

    assert gazetteer.country_of("Kenyans") == "KE"
    assert gazetteer.country_of("U.S.") == "US"
    assert gazetteer.country_of("Mosul") is None
    assert gazetteer.is_people("Kenyan")
    assert not gazetteer.is_people("Kenya")
    assert gazetteer.country_name("KE") == "Kenya"
    assert gazetteer.country_name("QQ") is None


def test_el_salvador_keeps_its_article() -> None:
    assert only("El Salvador").type == "country"
    assert only("Salvador").country == "BR"


def test_known_actors_have_a_kind_or_none_and_a_listed_country() -> None:
    dictionary = load_actor_dictionary()
    gazetteer = load_gazetteer()

    (known,) = dictionary.lookup("TPLF")
    assert (known.name, known.kind, known.country) == (
        "Tigray People's Liberation Front",
        "rebel_group",
        "ET",
    )
    assert len(dictionary.lookup("ISF")) == 2
    assert dictionary.lookup("isf") == ()
    for key in ("JNIM", "RSF", "AQIM", "KDF", "TTP", "ELN", "UN"):
        for actor in dictionary.lookup(key):
            assert actor.country is None or gazetteer.country_name(actor.country)
