"""Names and groups as they stand in text."""

from __future__ import annotations

import pytest

from dateline.resolution.actors import find_actor_candidates, find_names
from dateline.resolution.groups import kind_of_group
from dateline.resolution.name_forms import (
    bare_name,
    first_place,
    is_acronym,
    name_key,
    split_title,
    stands_alone,
)
from dateline.resolution.titles import split_person
from dateline.spans import Span


def found(text: str) -> list[tuple[str, str]]:
    return [(m.text, m.kind) for m in find_names(text, [Span(0, len(text))])]


@pytest.mark.parametrize(
    ("text", "name", "kind"),
    [
        ("He met Ahmed al-Amin there.", "Ahmed al-Amin", "unknown"),
        ("He met ‘Abd al-Rahman there.", "‘Abd al-Rahman", "unknown"),
        ("He met Abu Bakr al-Sa’di there.", "Abu Bakr al-Sa’di", "unknown"),
        ("It was Jan van der Berg there.", "Jan van der Berg", "unknown"),
        ("It was John F. Teshi there.", "John F. Teshi", "unknown"),
        ("He saw Col. Musa Teshi there.", "Musa Teshi", "person"),
        ("He saw Prime Minister Ana Teshi there.", "Ana Teshi", "person"),
        ("He saw Kenyan Prime Minister Ana Teshi there.", "Ana Teshi", "person"),
        ("He saw pro-Iranian Oruk men there.", "Oruk", "unknown"),
        ("It rained, Eva Novak said.", "Eva Novak", "person"),
        ("It was the Ministry of Salt.", "Ministry of Salt", "organisation"),
        ("It was the Army of the Oruk Hills.", "Army of the Oruk Hills", "organisation"),
        ("It was the Oruk Liberation Front.", "Oruk Liberation Front", "organisation"),
        ("It was the PMF that came.", "PMF", "acronym"),
        ("It was the U.N. that came.", "U.N.", "acronym"),
        ("It was M23 again.", "M23", "acronym"),
        ("It was in Mosul again.", "Mosul", "place"),
        ("Many Iraqis left.", "Iraqis", "nationality_group"),
        ("It was the OPLF-led march.", "OPLF", "acronym"),
        ("It was Kayqubād’s men.", "Kayqubād", "unknown"),
        ("Он видел Мусу Тешу там.", "Мусу Тешу", "unknown"),
        ("Hezbollah denied it.", "Hezbollah", "organisation"),
    ],
)
def test_names_and_what_they_look_like(text: str, name: str, kind: str) -> None:
    assert (name, kind) in found(text)


@pytest.mark.parametrize(
    "text",
    [
        "The shelling went on. Nobody came.",
        "On Friday in March it rained. Searches continue.",
        "However, when they came it was over.",
        "Fighters left. Shells fell.",
        "",
        "42 – 17 … !!",
        "呼和浩特发生爆炸。",
        "وقع انفجار في المدينة",
    ],
)
def test_sentence_openings_and_dates_are_no_names(text: str) -> None:
    assert found(text) == []


def test_a_title_is_kept_beside_the_name() -> None:
    (mention,) = find_names("He saw Col. Musa Teshi there.", [Span(0, 29)])

    assert mention.title == "Col."


def test_in_a_headline_only_what_the_article_confirms_is_a_name() -> None:
    text = "Rebels Seize Salt Works In Daring Raid By Oruk Front\n\nIt was the Oruk Front again."

    assert [m.text for m in find_names(text, [Span(0, len(text))])] == ["Oruk Front", "Oruk Front"]


@pytest.mark.parametrize(
    ("text", "phrase", "kind"),
    [
        ("Security forces fired.", "Security forces", "state_forces"),
        ("Then two soldiers died.", "soldiers", "state_forces"),
        ("Then armed bandits came.", "armed bandits", "political_militia"),
        ("Then Kenyan police officers came.", "Kenyan police officers", "state_forces"),
        ("Then angry protesters came.", "angry protesters", "protesters"),
        ("Then dozens of villagers fled.", "villagers", "civilians"),
        ("Then U.S.-led coalition jets came.", "U.S.-led coalition", None),
        ("Then government troops came.", "government troops", "state_forces"),
        ("Then OPLF fighters came.", "OPLF fighters", None),
        ("Then suspected militants came.", "suspected militants", None),
    ],
)
def test_groups_are_candidates_with_their_kind(text: str, phrase: str, kind: str | None) -> None:
    groups = {
        m.text: m.actor_kind
        for m in find_actor_candidates(text, [Span(0, len(text))])
        if m.kind == "group"
    }

    assert phrase in groups
    assert groups[phrase] == kind


def test_places_and_names_inside_groups_are_no_candidates_of_their_own() -> None:
    text = "In Mosul, OPLF fighters met Eva Novak."

    names = [m.text for m in find_actor_candidates(text, [Span(0, len(text))])]

    assert names == ["OPLF fighters", "Eva Novak"]


@pytest.mark.parametrize(
    ("words", "kind"),
    [
        ("border guards", "state_forces"),
        ("paramilitary forces", "political_militia"),
        ("forces", None),
        ("aid workers", "civilians"),
        ("", None),
    ],
)
def test_kind_of_group(words: str, kind: str | None) -> None:
    assert kind_of_group(words) == kind


@pytest.mark.parametrize(
    ("name", "title", "rest"),
    [
        ("Prime Minister Eva Novak", "Prime Minister", "Eva Novak"),
        ("Brig. Gen. Musa Teshi", "Brig. Gen.", "Musa Teshi"),
        ("Major General Musa Teshi", "Major General", "Musa Teshi"),
        ("Secretary of State Eva Novak", "Secretary of State", "Eva Novak"),
        ("Police Chief Eva Novak", "Police Chief", "Eva Novak"),
        ("Foreign Ministry", "", "Foreign Ministry"),
        ("Interior Minister", "Interior Minister", ""),
        ("Army of Islam", "", "Army of Islam"),
        ("Eva Novak", "", "Eva Novak"),
    ],
)
def test_titles_are_separated(name: str, title: str, rest: str) -> None:
    assert split_title(name) == (title, rest)


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("Al-Hashd al-Shaabi", "Hashd al-Sha'abi", True),
        ("Al-Hashd al-Shaabi", "Hashd Al Shaabi", True),
        ("the Rapid Support Forces", "Rapid Support Forces’", True),
        ("U.N.", "UN", True),
        ("UN", "un", False),
        ("IS", "is", False),
        ("Mobilisation Units", "mobilization units", True),
        ("Ménaka", "Menaka", True),
        ("ash-Shabab", "al-Shabab", True),
        ("al-Assadi", "Assad", False),
    ],
)
def test_keys_compare_names(one: str, other: str, same: bool) -> None:
    assert (name_key(one) == name_key(other)) is same


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("ISF", True),
        ("U.N.", True),
        ("M23", True),
        ("FARC-EP", True),
        ("Iraq", False),
        ("I", False),
        ("OPLF fighters", False),
    ],
)
def test_acronyms(name: str, expected: bool) -> None:
    assert is_acronym(name) is expected


@pytest.mark.parametrize(
    ("text", "form", "alone"),
    [
        ("the ISF", "IS", False),
        ("anti-IS raid", "IS", True),
        ("IS-held town", "IS", True),
        ("ISIS-K raid", "ISIS", False),
        ("al-Amin left", "Amin", False),
        ("Hamas’s men", "Hamas", True),
        ("Sha’abi men", "Sha", False),
        ("Kilo-Lima road", "Lima", True),
    ],
)
def test_whole_names_only(text: str, form: str, alone: bool) -> None:
    start = text.index(form)

    assert stands_alone(text, start, start + len(form)) is alone
    assert (first_place(text, form, [Span(0, len(text))]) is not None) is alone


@pytest.mark.parametrize(
    ("name", "title", "rest"),
    [
        ("Kenyan Defence Minister Eva Novak", "Kenyan Defence Minister", "Eva Novak"),
        ("South Sudanese President Eva Novak", "South Sudanese President", "Eva Novak"),
        ("Kenyan police", "", "Kenyan police"),
        ("Gen. Musa Teshi", "Gen.", "Musa Teshi"),
    ],
)
def test_a_people_before_a_title_belongs_to_the_title(name: str, title: str, rest: str) -> None:
    assert split_person(name) == (title, rest)


def test_vague_groups_need_a_word_before_them() -> None:
    text = "Then members of it and the elements of it met OPLF members."

    names = [m.text for m in find_actor_candidates(text, [Span(0, len(text))])]

    assert names == ["OPLF members"]


def test_bare_names() -> None:
    assert bare_name("“the Oruk Front’s”") == "Oruk Front"
    assert bare_name("  ") == ""
