"""Expressions of place are resolved exactly, kept apart by relation, or stay null."""

from __future__ import annotations

import pytest

from dateline.records import Place
from dateline.resolution.places import resolve_place
from dateline.spans import Evidence

Row = tuple[str | None, str | None, str | None]


def named(place: Place) -> Row:
    return (place.name, place.admin1, place.country)


@pytest.mark.parametrize(
    ("words", "name", "admin1", "country", "precision"),
    [
        ("Mosul", "Mosul", "Nineveh", "IQ", 1),
        ("in Mosul", "Mosul", "Nineveh", "IQ", 1),
        ("the city of Mosul", "Mosul", "Nineveh", "IQ", 1),
        ("Mosul city", "Mosul", "Nineveh", "IQ", 1),
        ("Mosul’s", "Mosul", "Nineveh", "IQ", 1),
        ("Mosul, Iraq", "Mosul", "Nineveh", "IQ", 1),
        ("eastern Mosul", "Mosul", "Nineveh", "IQ", 1),
        ("Goma", "Goma", "North Kivu", "CD", 1),
        ("Bakhmut", "Bakhmut", "Donetsk Oblast", "UA", 1),
        ("El Fasher, North Darfur", "El Fasher", "North Darfur", "SD", 1),
        ("Port-au-Prince's Cité Soleil", "Cité Soleil", "Ouest", "HT", 1),
        ("Cité Soleil neighborhood of Port-au-Prince", "Cité Soleil", "Ouest", "HT", 1),
        ("Maiduguri, Borno State, Nigeria", "Maiduguri", "Borno", "NG", 1),
        ("the Libyan capital Tripoli", "Tripoli", None, "LY", 1),
        ("Khan Younis, in the southern Gaza Strip", "Khan Younis", "Gaza Strip", "PS", 1),
        ("Myitkyina", "Myitkyina", "Kachin", "MM", 1),
        ("Toribío", "Toribío", "Cauca", "CO", 1),
        ("al-Qaim town, some 400 km northwest of Baghdad", "Al-Qaim", "Anbar", "IQ", 1),
        ("Kirkuk", "Kirkuk", "Kirkuk", "IQ", 1),
        ("Kirkuk province", "Kirkuk", "Kirkuk", "IQ", 3),
        ("the province of Diyala", "Diyala", "Diyala", "IQ", 3),
        ("the Iraqi province of Diyala", "Diyala", "Diyala", "IQ", 3),
        ("Sagaing Region", "Sagaing", "Sagaing", "MM", 3),
        ("Kharkiv region", "Kharkiv Oblast", "Kharkiv Oblast", "UA", 3),
        ("Niger State", "Niger State", "Niger State", "NG", 3),
        ("Bay region", "Bay", "Bay", "SO", 3),
        ("Niger", "Niger", None, "NE", 3),
        ("the nearby province of Diyala", "Diyala", "Diyala", "IQ", 3),
        ("northern Iraq", "Iraq", None, "IQ", 3),
        ("the north of Mali", "Mali", None, "ML", 3),
        ("northern Salahuddin province", "Salah al-Din", "Salah al-Din", "IQ", 2),
        ("Darfur", "Darfur", None, "SD", 3),
        ("the Lake Chad region", "Lake Chad Basin", None, None, 3),
        ("Hawija district", "Hawija", "Kirkuk", "IQ", 2),
        ("South Sudan", "South Sudan", None, "SS", 3),
        ("Jammu and Kashmir", "Jammu and Kashmir", "Jammu and Kashmir", "IN", 3),
        ("Brasilia", "Brasília", None, "BR", 1),
        ("the Republic of Ireland", "Ireland", None, "IE", 3),
    ],
)
def test_what_the_gazetteer_knows(
    words: str, name: str | None, admin1: str | None, country: str | None, precision: int
) -> None:
    place = resolve_place(words)

    assert named(place) == (name, admin1, country)
    assert (place.relation, place.precision, place.method) == ("in", precision, "gazetteer")
    assert place.text == words


@pytest.mark.parametrize(
    ("words", "relation", "anchors", "precision"),
    [
        ("southwest of Mosul", "direction_of", ("Mosul",), 2),
        ("south-west of Mosul", "direction_of", ("Mosul",), 2),
        ("a village 12 km north of Tikrit", "direction_of", ("Tikrit",), 2),
        ("some 300 kilometers north of the capital Baghdad", "direction_of", ("Baghdad",), 3),
        ("to the north of Homs", "direction_of", ("Homs",), 2),
        ("near Goma", "near", ("Goma",), 2),
        ("the outskirts of Goma", "near", ("Goma",), 2),
        ("the northern outskirts of Goma", "near", ("Goma",), 2),
        ("just outside Goma", "near", ("Goma",), 2),
        ("the Aleppo countryside", "near", ("Aleppo",), 2),
        ("about 30 miles (48 km) from Kabul", "near", ("Kabul",), 2),
        ("between Sinjar and Mosul", "between", ("Sinjar", "Mosul"), 2),
        ("between the towns of Homs and Hama", "between", ("Homs", "Hama"), 2),
        ("the Homs-Hama highway", "between", ("Homs", "Hama"), 2),
        ("the road from Homs to Hama", "between", ("Homs", "Hama"), 2),
        ("the Iraq-Syria border", "between", ("Iraq", "Syria"), 3),
        ("the Syrian border", "near", ("Syria",), 3),
        ("near the border with Turkey", "near", ("Turkey",), 3),
        ("toward Raqqa", "toward", ("Raqqa",), 3),
        ("on the road to Raqqa", "toward", ("Raqqa",), 3),
        ("Zofar village north of Tikrit", "direction_of", ("Tikrit",), 2),
    ],
)
def test_relations_keep_the_place_apart_from_its_anchor(
    words: str, relation: str, anchors: tuple[str, ...], precision: int
) -> None:
    place = resolve_place(words)

    assert (place.relation, place.anchors, place.precision) == (relation, anchors, precision)


@pytest.mark.parametrize(
    "words",
    [
        "southwest of Mosul",
        "40 km west of Mosul",
        "between Mosul and Tikrit",
        "toward Mosul",
        "the Mosul-Tikrit highway",
        "eastern Nineveh province",
        "northern Iraq",
        "Hawija district",
        "the Mosul area",
        "60 km outside Mosul",
    ],
)
def test_the_coordinates_of_another_place_are_never_given(words: str) -> None:
    place = resolve_place(words)

    assert (place.lat, place.lon) == (None, None)
    assert place.precision != 1


def test_a_direction_is_never_the_town_itself() -> None:
    place = resolve_place("southwest of Mosul")

    assert named(place) == (None, None, "IQ")


def test_near_takes_the_neighbours_coordinates_at_precision_2() -> None:
    near, exact = resolve_place("near Tikrit"), resolve_place("Tikrit")

    assert (near.lat, near.lon) == (exact.lat, exact.lon)
    assert (near.name, near.precision, exact.precision) == ("Tikrit", 2, 1)


def test_an_unknown_village_near_a_known_town_does_not_take_its_name() -> None:
    place = resolve_place("village of Umm Zofar near Baiji")

    assert (place.name, place.relation, place.anchors) == (None, "near", ("Baiji",))
    assert place.country == "IQ"


@pytest.mark.parametrize(
    ("words", "country"),
    [
        ("east of Goma", None),
        ("north of Tikrit", "IQ"),
        ("80 km north of Goma", None),
        ("250 km north of Mosul", None),
        ("west of Al-Qaim", None),
        ("west of Al-Qaim, in Syria", "SY"),
        ("toward Raqqa", None),
        ("between Sinjar and Al-Hasakah", None),
        ("between Homs and Hama", "SY"),
        ("the Iraq-Syria border", None),
        ("the Syrian border", None),
    ],
)
def test_the_country_is_given_only_where_it_is_certain(words: str, country: str | None) -> None:
    assert resolve_place(words).country == country


def test_a_known_place_far_from_the_stated_neighbour_is_another_place() -> None:
    place = resolve_place("Zarqa village north of Tikrit")

    assert (place.name, place.relation, place.country) == (None, "direction_of", "IQ")


@pytest.mark.parametrize(
    ("words", "context", "expected"),
    [
        ("Tripoli", ["Beirut"], ("Tripoli", "North Lebanon", "LB")),
        ("Tripoli", ["Benghazi", "Libya"], ("Tripoli", None, "LY")),
        ("Tripoli", ["Benghazi", "Beirut"], (None, None, None)),
        ("Tripoli", ["Tripoli"], (None, None, None)),
        ("Hyderabad", ["Sindh"], ("Hyderabad", "Sindh", "PK")),
        ("Hyderabad", ["Telangana"], ("Hyderabad", "Telangana", "IN")),
        ("Balad", ["Mogadishu"], ("Balad", "Middle Shabelle", "SO")),
        ("Balad", ["near Tikrit"], ("Balad", "Salah al-Din", "IQ")),
        ("Punjab", ["Indian"], ("Punjab", "Punjab", "IN")),
        ("Georgia", ["Tbilisi"], ("Georgia", None, "GE")),
        ("Georgia", ["Atlanta"], ("Georgia", "Georgia", "US")),
        ("Hit", ["Ramadi"], ("Hit", "Anbar", "IQ")),
        ("Balad", ["Kenya"], (None, None, None)),
        ("Mosul", ["Berlin"], ("Mosul", "Nineveh", "IQ")),
    ],
)
def test_context_decides_between_places_of_one_name(
    words: str, context: list[str], expected: Row
) -> None:
    assert named(resolve_place(words, context=context)) == expected


@pytest.mark.parametrize("words", ["Tripoli", "Hyderabad", "Punjab", "Georgia", "Bay", "Balad"])
def test_a_name_of_several_places_stays_null_without_context(words: str) -> None:
    place = resolve_place(words)

    assert named(place) == (None, None, None)
    assert (place.lat, place.method, place.text) == (None, "none", words)


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("Tripoli, Lebanon", ("Tripoli", "North Lebanon", "LB")),
        ("Paris, Texas", (None, "Texas", "US")),
        ("Zofar, Kirkuk province", (None, "Kirkuk", "IQ")),
        ("the village of Zofar in Kirkuk province", (None, "Kirkuk", "IQ")),
        ("Zofar district, Kenya", (None, None, "KE")),
        ("Nineveh's Sinjar district", ("Sinjar", "Nineveh", "IQ")),
    ],
)
def test_the_larger_place_in_the_words_decides(words: str, expected: Row) -> None:
    assert named(resolve_place(words)) == expected


@pytest.mark.parametrize(
    ("words", "anchors", "country"),
    [
        ("Salahuddin and Diyala provinces", ("Salahuddin", "Diyala"), "IQ"),
        ("Mosul, Tikrit and Kirkuk", ("Mosul", "Tikrit", "Kirkuk"), "IQ"),
        ("Goma and Kigali", ("Goma", "Kigali"), None),
        ("Mosul, Tikrit", ("Mosul", "Tikrit"), "IQ"),
        ("Diyala, Kirkuk", ("Diyala", "Kirkuk"), "IQ"),
    ],
)
def test_several_places_are_none_of_them(
    words: str, anchors: tuple[str, ...], country: str | None
) -> None:
    place = resolve_place(words)

    assert (place.name, place.anchors, place.country) == (None, anchors, country)
    assert (place.lat, place.precision) == (None, 3)


@pytest.mark.parametrize(
    "words", ["", "   ", "outside the city", "the capital", "Zofar", "42", "في الموصل", "某地"]
)
def test_unknown_words_stay_words(words: str) -> None:
    place = resolve_place(words)

    assert named(place) == (None, None, None)
    assert (place.text, place.precision, place.method) == (words, 3, "none")


@pytest.mark.parametrize(
    ("words", "precision"),
    [("Zofar village", 1), ("the town of Zofar", 1), ("Zofar district", 2), ("Zofar province", 3)],
)
def test_the_noun_of_an_unknown_place_still_says_how_precise_it_is(
    words: str, precision: int
) -> None:
    assert resolve_place(words).precision == precision


def test_evidence_is_kept() -> None:
    evidence = Evidence(quote="Mosul", start=3, end=8)

    assert resolve_place("Mosul", evidence=evidence).evidence is evidence


@pytest.mark.parametrize(
    "words",
    [
        "Al-Qaim",
        "al-Qaim",
        "Al Qaim",
        "Qaim",
        "al-Qa’im",
        "AL-QAIM",
        "Al-Qāʾim",
        "the town of al-Qaim",
    ],
)
def test_spellings_of_one_name_are_one_place(words: str) -> None:
    assert resolve_place(words).name == "Al-Qaim"
