"""Names that a model gave become actors of the article, or are reported missing."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from dateline.resolution.actors import ActorIndex, resolve_actors
from dateline.spans import Evidence, Span

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from dateline.records import Actor
    from dateline.resolution.actors import ActorResolution

ARTICLE = (
    "Azmar Front blamed for raid\n\n"
    "Fighters of the Azmar Liberation Front (ALF), also known as Jabhat Azmar, attacked a Kenyan "
    "police post near Garissa on Friday, Gen. Musa Idris said. “We will respond,” Idris added. "
    "ALF fighters fled before government troops came. Villagers buried the dead.\n"
    "The RSF and the Rapid Support Forces were not involved; ISF units were. "
    "Ahmed al-Assadi, a spokesman, told reporters that al-Assadi is not Assad. "
    "The militia withdrew."
)


def exact(text: str) -> Callable[[str], Evidence | None]:
    def ground(words: str) -> Evidence | None:
        start = text.find(words)
        if start < 0:
            return None
        return Evidence(quote=words, start=start, end=start + len(words))

    return ground


def resolve(names: Sequence[str], text: str = ARTICLE) -> ActorResolution:
    return resolve_actors(names, text=text, spans=[Span(0, len(text))], ground=exact(text))


def actor_of(name: str, text: str = ARTICLE, *others: str) -> Actor:
    resolution = resolve([name, *others], text)
    (actor,) = [a for a in resolution.actors if a.id == resolution.id_of[name]]
    return actor


def forms(actor: Actor) -> list[str]:
    return [mention.quote for mention in actor.mentions]


@pytest.mark.parametrize(
    "name",
    [
        "ALF",
        "the ALF",
        "Azmar Liberation Front",
        "Jabhat Azmar",
        "ALF fighters",
        "the Azmar Liberation Front",
    ],
)
def test_every_stated_form_is_the_same_actor(name: str) -> None:
    actor = actor_of(name)

    assert actor.name == "Azmar Liberation Front"
    assert forms(actor)[:3] == ["Azmar Liberation Front", "ALF", "Jabhat Azmar"]


def test_mentions_are_the_articles_words_at_their_places() -> None:
    resolution = resolve(["ALF", "Musa Idris", "Kenyan police", "Villagers", "RSF", "al-Assadi"])

    for actor in resolution.actors:
        for mention in actor.mentions:
            assert ARTICLE[mention.start : mention.end] == mention.quote


def test_ids_follow_the_first_mention_whatever_the_order_of_names() -> None:
    names = ["RSF", "ALF", "Villagers", "Kenyan police", "Idris"]

    forwards, backwards = resolve(names), resolve(names[::-1])

    assert forwards.actors == backwards.actors
    assert forwards.id_of == backwards.id_of
    assert [a.id for a in forwards.actors] == ["a1", "a2", "a3", "a4", "a5"]
    assert forwards.id_of["ALF"] == "a1"


def test_a_name_that_is_not_printed_is_missing_and_never_invented() -> None:
    resolution = resolve(["ALF", "Night Guard", "Hezbollah", ""])

    assert resolution.missing == ("Night Guard", "Hezbollah", "")
    assert "Night Guard" not in resolution.id_of
    assert len(resolution.actors) == 1


def test_no_names_give_no_actors() -> None:
    resolution = resolve([])

    assert (resolution.actors, resolution.id_of, resolution.missing) == ((), {}, ())


def test_a_surname_joins_the_full_name_and_has_its_own_place() -> None:
    actor = actor_of("Idris", ARTICLE, "Gen. Musa Idris")

    assert actor.name == "Musa Idris"
    assert forms(actor) == ["Musa Idris", "Idris"]
    assert actor.mentions[1].start == ARTICLE.index("Idris added")


def test_a_title_is_not_part_of_the_name() -> None:
    assert resolve(["Gen. Musa Idris", "Musa Idris"]).id_of["Gen. Musa Idris"] == "a1"


def test_the_later_surname_is_found_for_a_full_name_alone() -> None:
    assert forms(actor_of("Musa Idris")) == ["Musa Idris", "Idris"]


def test_the_full_name_is_found_for_a_surname_alone() -> None:
    actor = actor_of("Novak", "Mayor Eva Novak spoke in Kilo. Later, Novak left.")

    assert (actor.name, forms(actor)) == ("Eva Novak", ["Eva Novak", "Novak"])


@pytest.mark.parametrize(
    ("text", "one", "other"),
    [
        ("Ahmed al-Amin spoke. Later al-Amini left.", "Ahmed al-Amin", "al-Amini"),
        ("Ahmed al-Amin met Hassan al-Amin.", "Ahmed al-Amin", "Hassan al-Amin"),
        ("Ahmed al-Assadi said he is not Assad.", "Ahmed al-Assadi", "Assad"),
        ("The IS fought the ISF at Kilo.", "IS", "ISF"),
        ("The PMU met the PMA.", "PMU", "PMA"),
        ("The Azmar Front met the militia.", "Azmar Front", "the militia"),
        ("The Azmar Front fought the Oruk Front. The Front lost.", "Azmar Front", "the Front"),
        ("The Oruk Army (OA) and the AO met.", "OA", "AO"),
        ("Police met protesters.", "Police", "protesters"),
        ("ISIS and ISIS-K fought each other.", "ISIS", "ISIS-K"),
        ("The FARC and the FARC-EP Oruk column met.", "FARC", "FARC-EP Oruk column"),
        ("Iraqi forces and Kurdish forces met.", "Iraqi forces", "Kurdish forces"),
    ],
)
def test_what_only_looks_alike_stays_apart(text: str, one: str, other: str) -> None:
    resolution = resolve([one, other], text)

    assert resolution.id_of[one] != resolution.id_of[other]


@pytest.mark.parametrize(
    ("text", "one", "other"),
    [
        ("Ahmed al-Amin spoke. Al-Amin left.", "Ahmed al-Amin", "Al-Amin"),
        ("Jan van der Berg spoke. Van der Berg left.", "Jan van der Berg", "Van der Berg"),
        ("President Ana Teshi spoke. President Teshi left.", "Ana Teshi", "President Teshi"),
        ("The Azmar Front attacked. The Front denied it.", "Azmar Front", "the Front"),
        ("Hamas's men came. Hamas denied it.", "Hamas", "Hamas's"),
        ("The U.N. spoke. UN staff left. The UN said no.", "U.N.", "UN"),
        ("RSF troops came. The RSF won.", "RSF troops", "RSF"),
        ("Liwa al-Nur troops came. Liwa al-Nur won.", "Liwa al-Nur troops", "Liwa al-Nur"),
        ("Kenyan President Ana Teshi spoke. Teshi left.", "Kenyan President Ana Teshi", "Teshi"),
        ("Hay’at al-Nur came. Hay'at al-Nur won.", "Hay’at al-Nur", "Hay'at al-Nur"),
        ("Defence Units of Tesh came.", "Defence Units of Tesh", "the Defence Units of Tesh"),
        ("Al-Hashd al-Shaabi came; the PMF won.", "Al-Hashd al-Shaabi", "PMF"),
        ("Daesh came; Islamic State militants won.", "Daesh", "Islamic State militants"),
        (
            "Jabhat Azmar came. The Azmar Army, formerly Jabhat Azmar, won.",
            "Azmar Army",
            "Jabhat Azmar",
        ),
    ],
)
def test_forms_of_one_name_are_one_actor(text: str, one: str, other: str) -> None:
    resolution = resolve([one, other], text)

    assert resolution.missing == ()
    assert resolution.id_of[one] == resolution.id_of[other]


def test_the_dictionary_says_so_when_it_joined_the_forms() -> None:
    by_dictionary = actor_of("RSF")
    by_article = actor_of("ALF")

    assert (by_dictionary.alias_source, by_dictionary.country) == ("dictionary", "SD")
    assert by_dictionary.name == "Rapid Support Forces"
    assert by_article.alias_source == "article"


def test_the_articles_definition_of_an_acronym_wins_over_the_dictionary() -> None:
    text = "The Regional Salt Federation (RSF) met. The RSF elected a chair."

    actor = actor_of("RSF", text)

    assert (actor.name, actor.kind, actor.country) == ("Regional Salt Federation", None, None)


def test_an_acronym_that_several_actors_share_decides_nothing() -> None:
    shared = actor_of("ISF", "The ISF came.")
    settled = actor_of("ISF", "The ISF came. Iraqi security forces, the ISF said, won.")

    assert (shared.kind, shared.country) == (None, None)
    assert (settled.kind, settled.country) == ("state_forces", "IQ")


def test_a_known_actor_given_by_another_of_its_names_is_found_where_it_is_printed() -> None:
    actor = actor_of("Islamic State", "Daesh attacked.")

    assert (actor.name, forms(actor)) == ("Daesh", ["Daesh"])


def test_a_fuzzy_match_of_an_acronym_is_no_mention() -> None:
    text = "The ISF came."

    def resembling(_: str) -> Evidence:
        return Evidence(quote="ISF", start=4, end=7, match="fuzzy")

    resolution = resolve_actors(["IS"], text=text, spans=[Span(0, len(text))], ground=resembling)

    assert resolution.missing == ("IS",)


def test_only_the_given_spans_support_an_actor() -> None:
    text = "Police came. Comment: the Oruk Army did it."

    resolution = resolve_actors(["Oruk Army"], text=text, spans=[Span(0, 12)], ground=exact(text))

    assert resolution.missing == ("Oruk Army",)


def test_mentions_carry_the_zone_they_stand_in() -> None:
    text = "Oruk Army blamed\nThe Oruk Army (OA) fled."

    resolution = resolve_actors(
        ["OA"],
        text=text,
        spans=[Span(0, len(text))],
        ground=exact(text),
        zone_at=lambda offset: "headline" if offset < 16 else "body",
    )

    assert [m.zone for m in resolution.actors[0].mentions] == ["body", "body"]


@pytest.mark.parametrize(
    ("name", "kind", "country"),
    [
        ("Kenyan police", "state_forces", "KE"),
        ("South Sudanese army", "state_forces", "SS"),
        ("Israel", None, "IL"),
        ("security forces", "state_forces", None),
        ("rebel forces", "rebel_group", None),
        ("gunmen", "political_militia", None),
        ("unidentified gunmen", "political_militia", None),
        ("protesters", "protesters", None),
        ("rioters", "rioters", None),
        ("villagers", "civilians", None),
        ("residents of Kilo", None, None),
        ("herders", "identity_militia", None),
        ("peacekeepers", "external_other", None),
        ("militants", None, None),
        ("Tesh Liberation Army", None, None),
        ("Hezbollah", "rebel_group", "LB"),
        ("United Nations", "external_other", None),
        ("Eva Novak", None, None),
        ("Nigerian soldiers", "state_forces", "NG"),
        ("Syrian refugees", "civilians", "SY"),
    ],
)
def test_kind_and_country_come_from_the_words_or_the_dictionary(
    name: str, kind: str | None, country: str | None
) -> None:
    actor = actor_of(name, f"On Friday {name} were there.")

    assert (actor.kind, actor.country) == (kind, country)


def test_an_index_resolves_every_form_of_a_name() -> None:
    index = ActorIndex.build(ARTICLE, [Span(0, len(ARTICLE))])

    for name in ("ALF", "the ALF", "Jabhat Azmar", "ALF fighters"):
        found = index.resolve(name)
        assert found is not None
        assert found.name == "Azmar Liberation Front"
    assert index.resolve("General Idris") == index.resolve("Musa Idris")
    assert index.resolve("Night Guard") is None
    starts = [cluster.start for cluster in index.clusters]
    assert starts == sorted(starts)


def test_a_hostile_text_with_names_without_end_is_still_read() -> None:
    text = " ".join(f"Oruk{n} Tesh{n} (OT), also known as Zar{n}." for n in range(4000))

    resolution = resolve(["OT", "Oruk1 Tesh1", "Zar1"], text)

    assert resolution.missing == ()
