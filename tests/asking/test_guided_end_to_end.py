"""Guided asking through the real pipeline: what invented articles become, and nothing rejected."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

import pytest

from dateline.articles import Article
from dateline.asking.guided import GuidedAsking
from dateline.checks import loaded_words
from dateline.completion import Completion
from dateline.pipeline import Setup
from dateline.pipeline.steps import extraction_steps
from dateline.records import Event, Extraction
from dateline.taxonomy import load_taxonomy
from support.articles import ALL

ANSWERS = ("?", '{"answer":"A"}', '{"answer":"B"}')
"""What scripted choosers say: nothing readable, so that code's guesses stand; or one letter."""
SUPPORTING = {"headline", "standfirst", "body"}


@dataclass(frozen=True)
class Main:
    """What the main event of an article must be. Counts are (words, kind, victim, doer)."""

    type: str
    initiators: frozenset[str]
    targets: frozenset[str]
    place: str | None
    counts: frozenset[tuple[str, str, str | None, str | None]]
    status: str = "occurred"


def main(
    kind: str,
    place: str | None,
    *counts: tuple[str, str, str | None, str | None],
    by: str = "",
    on: str = "",
    status: str = "occurred",
) -> Main:
    split = [frozenset(filter(None, names.split("; "))) for names in (by, on)]
    return Main(kind, split[0], split[1], place, frozenset(counts), status)


MAIN = {
    "market": main(
        "Remote explosive/landmine/IED",
        "Port Elva",
        ("At least nine people", "killed", "people", None),
        ("24 others", "wounded", "people", None),
        on="people",
    ),
    "foiled": main("Disrupted weapons use", "near Kesra", by="army", status="attempted"),
    "planned": main(
        "Armed clash", "Vardan valley", by="army", on="Red Hills Front", status="planned"
    ),
    "clash": main(
        "Non-state actor overtakes territory",
        "border town of Tel Amun",
        ("toll is not known", "killed", None, None),
        by="Fighters of the Azure Coast Army",
        on="government troops",
    ),
    "hearsay": main(
        "Abduction/forced disappearance",
        "Kharif province",
        ("seven farmers", "abducted", "farmers", "Unidentified gunmen"),
        by="Unidentified gunmen",
        on="farmers",
    ),
    "shelling": main(
        "Shelling/artillery/missile attack",
        "Donvar",
        ("Three civilians", "killed", "civilians", None),
        on="civilians",
    ),
    "area": main(
        "Government regains territory",
        "Dorvan province",
        ("about 2,300 square kilometers", "area", None, None),
        ("40 fighters", "captured", "fighters of the Salt Road Movement", "Soldiers"),
        ("12 tunnels", "tunnels", None, None),
        by="Soldiers",
        on="fighters of the Salt Road Movement",
    ),
    "repelled": main(
        "Armed clash",
        "near the Melka highway",
        ("toll is not known", "killed", None, None),
        by="Fighters of the Salt Road Movement",
        on="Soldiers",
    ),
    "operation": main(
        "Government regains territory",
        "Velmar province",
        ("about 2,900 square kilometers", "area", None, None),
        ("over sixty fighters", "captured", "Black Reed", "Soldiers"),
        ("14 tunnels", "tunnels", None, None),
        ("52 villages", "villages", None, None),
        ("17 hideouts", "sites", None, None),
        ("Three soldiers", "killed", "Soldiers", None),
        ("eight others", "wounded", "Soldiers", None),
        by="brigades of the ANF; Soldiers",
        on="Black Reed",
    ),
    "losing": main(
        "Armed clash",
        "Hadra district",
        by="Troops",
        on="Red Veil",
        status="planned",
    ),
    "checkpoint": main(
        "Armed clash",
        "between Lomo and Karsa Bay",
        ("Three gunmen", "killed", "gunmen", "soldiers"),
        ("One soldier", "wounded", "soldier", None),
        by="soldiers",
        on="gunmen",
    ),
    "tally": main(
        "Armed clash",
        "Telmin region",
        ("nine Grey Hand fighters", "killed", "Grey Hand fighters", "Home Guard"),
        ("22 others", "wounded", "Grey Hand fighters", None),
        by="Home Guard",
        on="Grey Hand fighters",
    ),
    "marsh": main(
        "Armed clash",
        "south of Tarsin",
        ("forty fighters", "killed", "fighters of the Crimson Banner", "Village Guards"),
        by="Soldiers; Village Guards",
        on="fighters of the Crimson Banner",
    ),
}

MAIN |= {
    "post": main(
        "Armed clash",
        "Nandu town",
        ("three officers", "killed", "officers", "Gunmen"),
        ("two of the attackers", "killed", "attackers", None),
        ("Six people", "wounded", "people", None),
        by="Gunmen",
        on="police; officers; people",
    ),
    "rally": main(
        "Protest with intervention",
        "Larkov",
        ("About 5,000 people", "participants", "people", None),
        ("at least 12 protesters", "wounded", "protesters", None),
        ("37 people", "arrested", "people", None),
        by="people; protesters",
    ),
    "outpost": main(
        "Armed clash",
        "near Dest-e Malu",
        ("Eleven fighters", "killed", "fighters", None),
        by="Kharan Brigade",
        on="Border guards",
    ),
}


@cache
def extracted(name: str, answer: str = "?") -> Extraction:
    return extract(ALL[name], answer)


def extract(text: str, answer: str = "?") -> Extraction:
    taxonomy = load_taxonomy("acled")
    asking = GuidedAsking(taxonomy=taxonomy)
    setup = Setup(
        asking=asking,
        taxonomy=taxonomy,
        provider="scripted",
        model="chooser",
        prompt=asking.prompt_name,
        prompt_fingerprint=asking.prompt_fingerprint,
        schema_fingerprint="",
    )
    steps = extraction_steps(Article(text=text), setup)
    try:
        batch = next(steps)
        while True:
            batch = steps.send([Completion(answer) for _ in batch])
    except StopIteration as stop:
        found: Extraction = stop.value
        return found


def names(extraction: Extraction, event: Event, role: str) -> frozenset[str]:
    called = {actor.id: actor.name for actor in extraction.actors}
    return frozenset(called[part.actor_id] for part in event.actors if part.role == role)


@pytest.mark.parametrize("answer", ANSWERS)
@pytest.mark.parametrize("name", ALL)
def test_nothing_is_rejected_and_all_evidence_supports(name: str, answer: str) -> None:
    found = extracted(name, answer)

    assert found.rejected == ()
    for record in (*found.events, *found.claims):
        for evidence in record.evidence:
            assert evidence.zone in SUPPORTING
            assert evidence.match == "exact"
            assert ALL[name][evidence.start : evidence.end] == evidence.quote


@pytest.mark.parametrize("answer", ANSWERS)
@pytest.mark.parametrize("name", ALL)
def test_every_number_stands_in_its_own_evidence(name: str, answer: str) -> None:
    for event in extracted(name, answer).events:
        quotes = [evidence.quote for evidence in event.evidence]
        for count in event.counts:
            assert any(count.text in quote for quote in quotes)


@pytest.mark.parametrize("answer", ANSWERS)
@pytest.mark.parametrize("name", ALL)
def test_the_library_writes_no_loaded_word_and_no_dateline(name: str, answer: str) -> None:
    found = extracted(name, answer)

    for text in [e.summary for e in found.events] + [c.text for c in found.claims]:
        assert loaded_words(text) == ()
        assert re.search(r"\((?:Coast Agency|Delta News)", text) is None


@pytest.mark.parametrize("name", MAIN)
def test_the_main_event_is_the_one_that_the_article_tells(name: str) -> None:
    found = extracted(name)
    event = next(e for e in found.events if e.salience == "main")
    called = {actor.id: actor.name for actor in found.actors}

    told = Main(
        type=event.sub_event_type,
        initiators=names(found, event, "initiator"),
        targets=names(found, event, "target"),
        place=event.place.text if event.place else None,
        counts=frozenset(
            (
                count.text,
                count.kind,
                called.get(count.victim_actor or ""),
                called.get(count.inflicting_actor or ""),
            )
            for count in event.counts
        ),
        status=event.status,
    )

    assert told == MAIN[name]


@pytest.mark.parametrize("name", ALL)
def test_nobody_is_on_both_sides(name: str) -> None:
    found = extracted(name)

    for event in found.events:
        assert not names(found, event, "initiator") & names(found, event, "target")


def test_a_foiled_attack_is_the_clash_that_it_ended() -> None:
    found = extracted("repelled")

    assert [event.sub_event_type for event in found.events] == ["Armed clash"]
    assert set(found.events[0].outcomes) == {"repelled", "fled"}
    assert [count.explicit_unknown for count in found.events[0].counts] == [True]


def test_who_repels_an_attack_kills_attackers() -> None:
    found = extracted("marsh")
    (clash,) = [event for event in found.events if "repelled" in event.outcomes]
    called = {actor.id: actor.name for actor in found.actors}

    assert names(found, clash, "initiator") == {"Crimson Banner"}
    assert names(found, clash, "target") == {"Border troops"}
    assert [
        (called[c.victim_actor or ""], called[c.inflicting_actor or ""]) for c in clash.counts
    ] == [("Crimson Banner", "Border troops")]


def test_a_strike_at_its_own_place_is_a_part_of_the_operation() -> None:
    whole, strike = extracted("operation").events

    assert strike.parent_event_id == whole.id
    assert strike.sub_event_type == "Air/drone strike"
    assert strike.place is not None
    assert strike.place.text == "between Kesh and Lodar"


def test_no_event_is_told_of_what_has_gone_on_for_years() -> None:
    assert [event.salience for event in extracted("tally").events] == ["main"]


def test_a_statement_to_a_broadcaster_goes_through_it() -> None:
    (claim,) = [c for c in extracted("losing").claims if c.via]

    assert claim.via == ("Marlan state television",)
    assert claim.said_on is not None
    assert claim.said_on.text == "Wednesday"


def test_an_opening_pronoun_gives_way_to_the_speaker_that_it_means() -> None:
    (claim,) = [c for c in extracted("tally").claims if c.speaker.name == "HG"]

    assert claim.text.startswith("HG’s patrols lost nobody")


def test_a_headlines_claim_and_speaker_give_an_assessment() -> None:
    claim = next(c for c in extracted("losing").claims if c.evidence[0].zone == "headline")

    assert claim.claim_type == "assessment"
    assert claim.speaker.name == "army spokesman"


def test_the_prompt_is_named_and_its_fingerprint_covers_the_lexicon() -> None:
    asking = GuidedAsking(taxonomy=load_taxonomy("acled"))

    assert asking.prompt_name == "guided.v1"
    assert asking.prompt_fingerprint == asking.fingerprint
    assert asking.lexicon.fingerprint


def test_a_toll_that_is_not_known_is_found_some_sentences_later() -> None:
    (strike,) = extracted("drone").events

    assert [(c.text, c.kind, c.explicit_unknown) for c in strike.counts] == [
        ("a senior commander of the Northern Shield", "killed", False),
        ("number of casualties among civilians is not clear", "casualties_combined", True),
    ]


def test_a_bare_intention_is_told_of_the_one_who_has_it() -> None:
    texts = [claim.text for claim in extracted("drone").claims]

    assert "Northern Shield vowed to retaliate." in texts


def test_a_claim_whose_content_is_no_sentence_gets_its_verb_back() -> None:
    text = (
        "Raiders in Lower Sarim\n\n"
        "Raiders burned two barns in Lower Sarim on Monday, the council said in a statement. "
        "The fire went out after about 40 minutes, the brigade said in a notice. "
        "The Marsh League denied any part in the raid. "
        "It was unclear how many animals had died."
    )

    texts = {c.text: c.speaker.name for c in extract(text).claims}

    assert texts["Marsh League denied any part in the raid."] == "Marsh League"
    assert "How many animals had died was unclear." in texts
    assert texts["The fire went out after about 40 minutes."] == "brigade"
