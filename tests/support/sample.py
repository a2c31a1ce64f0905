"""An invented article with a full extraction, for tests of writers, pages and reports.

Places, people, groups and incidents are made up.
"""

from __future__ import annotations

from datetime import date
from typing import Any

from dateline.articles import Article
from dateline.records import (
    Actor,
    Claim,
    DateRange,
    Event,
    Extraction,
    Failure,
    Participation,
    Place,
    Problem,
    Provenance,
    Quantity,
    RejectedItem,
    Speaker,
    Usage,
)
from dateline.spans import Evidence, MatchKind, Zone, ZoneKind

_PARTS: list[tuple[ZoneKind, str]] = [
    ("headline", "At least 14 killed as gunmen attack market road outside Tel Marwa"),
    (
        "standfirst",
        "Provincial police say the attackers fled toward the Orsin hills; the army plans a sweep "
        "of the valley next week",
    ),
    (
        "body",
        "TEL MARWA, Kestria — Gunmen on motorcycles opened fire on traders travelling to a weekly "
        "livestock market near Tel Marwa early on Tuesday, killing at least 14 people and wounding "
        "around 30 others, the provincial police said.",
    ),
    (
        "body",
        "“They came from two sides of the road and they did not stop at the first truck,” said "
        "Ilyas Demirov, a cattle dealer who hid in a drainage ditch with his two sons. He said the "
        "shooting lasted “more than an hour” before a patrol of the Kestrian Army arrived and "
        "exchanged fire with the attackers, who fled toward the Orsin hills.",
    ),
    ("caption", "Burned lorries on the road between Tel Marwa and Haddan. Photo: K. Orlay"),
    (
        "body",
        "No group has said it carried out the attack. Col. Nadia Berisov, a spokeswoman for the "
        "army’s northern command, blamed the Valley Defence Front (VDF), which has fought the "
        "government since 2019. The VDF denied any involvement in a message carried by the Haddan "
        "Courier, calling the accusation “a cover for the collapse of the checkpoints”.",
    ),
    (
        "body",
        "The toll could not be confirmed independently. The regional hospital in Haddan said it "
        "had received 11 bodies by Tuesday night; an official there, who asked not to be named, "
        "said more were probably still in the fields because rescuers had been unable to reach the "
        "eastern side of the road.",
    ),
    (
        "body",
        "Col. Berisov said that the army would begin a sweep of the Orsin valley next week with "
        "some 600 soldiers and would close the market road until it ended. Residents of three "
        "villages had already been told to leave, she added.",
    ),
    (
        "body",
        "The attack is the deadliest in the district since March 2022, when a car bomb outside a "
        "grain depot in Haddan killed 22 people. That bombing was claimed by a splinter faction of "
        "the VDF, and two men were later sentenced to life in prison.",
    ),
    (
        "comment",
        "marwa_native wrote: My uncle drives that road every week. Nobody from the command has "
        "been seen there for months!",
    ),
    ("comment", "observer77 wrote: 14? I heard it was over forty <b>at least</b>."),
    ("related", "Explainer: who are the armed groups of the Orsin valley?"),
    ("related", "Haddan grain depot reopens two years after bombing"),
    ("boilerplate", "© The Northern Ledger. All rights reserved. Terms of use · Privacy"),
]


def sample_article() -> Article:
    """The invented article, about 400 words, with a zone of every kind."""
    text = ""
    zones: list[Zone] = []
    for kind, words in _PARTS:
        start = len(text)
        text += words
        if zones and zones[-1].kind == kind:
            zones[-1] = Zone(kind=kind, start=zones[-1].start, end=len(text))
        else:
            zones.append(Zone(kind=kind, start=start, end=len(text)))
        text += "\n\n"
    return Article(
        id="tel-marwa",
        text=text,
        title=_PARTS[0][1],
        published=date(2024, 5, 15),
        url="https://ledger.example/2024/05/15/tel-marwa",
        publisher="The Northern Ledger",
        language="en",
        source="tel-marwa.txt",
        zones=tuple(zones),
    )


def evidence(
    article: Article, quote: str, *, after: str = "", match: MatchKind = "exact"
) -> Evidence:
    """Evidence for words of an article; ``after`` picks a later occurrence."""
    start = article.text.index(quote, article.text.index(after) if after else 0)
    return Evidence(
        quote=quote,
        start=start,
        end=start + len(quote),
        zone=article.zone_at(start),
        match=match,
    )


def sample_extraction(article: Article | None = None, **changes: Any) -> Extraction:
    """Three events, four claims, five actors, two rejected items and a warning."""
    article = article or sample_article()

    def words(quote: str, after: str = "", match: MatchKind = "exact") -> Evidence:
        return evidence(article, quote, after=after, match=match)

    lead = "Gunmen on motorcycles"
    actors = (
        Actor(id="A1", name="Gunmen", mentions=(words("Gunmen", "TEL MARWA"),)),
        Actor(
            id="A2",
            name="traders",
            kind="civilians",
            mentions=(words("traders"),),
        ),
        Actor(
            id="A3",
            name="Kestrian Army",
            kind="state_forces",
            mentions=(words("Kestrian Army"), words("the army", "No group")),
        ),
        Actor(
            id="A4",
            name="Valley Defence Front",
            kind="rebel_group",
            mentions=(words("Valley Defence Front"), words("VDF")),
        ),
        Actor(
            id="A5",
            name="a splinter faction of the VDF",
            kind="rebel_group",
            mentions=(words("a splinter faction of the VDF"),),
        ),
    )
    events = (
        Event(
            id="E1",
            event_type="Violence against civilians",
            sub_event_type="Attack",
            summary="Gunmen attacked traders on the road to the livestock market near Tel Marwa.",
            actors=(
                Participation(actor_id="A1", role="initiator"),
                Participation(actor_id="A2", role="target"),
                Participation(actor_id="A3", role="participant"),
            ),
            date=DateRange(
                text="early on Tuesday",
                start=date(2024, 5, 14),
                end=date(2024, 5, 14),
                granularity="day",
                basis="relative_to_publication",
                evidence=words("early on Tuesday"),
            ),
            place=Place(
                text="near Tel Marwa",
                name="Tel Marwa",
                relation="near",
                anchors=("Tel Marwa",),
                admin1="Haddan Province",
                country="KX",
                lat=36.412,
                lon=41.873,
                precision=2,
                method="gazetteer",
                evidence=words("near Tel Marwa"),
            ),
            counts=(
                Quantity(
                    text="at least 14 people",
                    kind="killed",
                    min=14,
                    comparator="at_least",
                    victim_actor="A2",
                    inflicting_actor="A1",
                    evidence=words("at least 14 people"),
                ),
                Quantity(
                    text="around 30 others",
                    kind="wounded",
                    value=30,
                    comparator="approx",
                    victim_actor="A2",
                    evidence=words("around 30 others"),
                ),
            ),
            outcomes=("fled",),
            reported_by=("C1", "C2"),
            evidence=(
                words(
                    "Gunmen on motorcycles opened fire on traders travelling to a weekly livestock "
                    "market near Tel Marwa early on Tuesday, killing at least 14 people and "
                    "wounding around 30 others",
                    "TEL MARWA",
                ),
                words(
                    "a patrol of the Kestrian Army arrived and exchanged fire with the attackers, "
                    "who fled toward the Orsin hills",
                    match="normalized",
                ),
            ),
        ),
        Event(
            id="E2",
            event_type="Strategic developments",
            sub_event_type="Change to group/activity",
            summary="The army is to sweep the Orsin valley with some 600 soldiers.",
            status="planned",
            salience="secondary",
            actors=(Participation(actor_id="A3", role="initiator"),),
            date=DateRange(
                text="next week",
                start=date(2024, 5, 20),
                end=date(2024, 5, 26),
                granularity="week",
                basis="relative_to_publication",
                evidence=words("next week", "Col. Berisov said"),
            ),
            place=Place(text="the Orsin valley", precision=3, evidence=words("the Orsin valley")),
            counts=(
                Quantity(
                    text="some 600 soldiers",
                    kind="personnel",
                    value=600,
                    comparator="approx",
                    scope="operation",
                    evidence=words("some 600 soldiers"),
                ),
            ),
            reported_by=("C4",),
            evidence=(
                words(
                    "the army would begin a sweep of the Orsin valley next week with some 600 "
                    "soldiers",
                    match="fuzzy",
                ),
            ),
        ),
        Event(
            id="E3",
            event_type="Explosions/Remote violence",
            sub_event_type="Remote explosive/landmine/IED",
            summary="A car bomb outside a grain depot in Haddan killed 22 people.",
            salience="background",
            actors=(Participation(actor_id="A5", role="initiator"),),
            date=DateRange(
                text="March 2022",
                start=date(2022, 3, 1),
                end=date(2022, 3, 31),
                granularity="month",
                basis="explicit",
                evidence=words("March 2022"),
            ),
            place=Place(
                text="in Haddan",
                name="Haddan",
                admin1="Haddan Province",
                country="KX",
                lat=36.55,
                lon=41.99,
                precision=1,
                method="gazetteer",
                evidence=words("in Haddan", "grain depot"),
            ),
            counts=(
                Quantity(text="22 people", kind="killed", value=22, evidence=words("22 people")),
            ),
            evidence=(
                words(
                    "March 2022, when a car bomb outside a grain depot in Haddan killed 22 people"
                ),
            ),
        ),
    )
    claims = (
        Claim(
            id="C1",
            text="Gunmen killed at least 14 people and wounded around 30 near Tel Marwa.",
            speaker=Speaker(
                name="the provincial police",
                kind="official_body",
                evidence=words("the provincial police"),
            ),
            cue="said",
            claim_type="event_report",
            event_ids=("E1",),
            evidence=(
                words(
                    "killing at least 14 people and wounding around 30 others, the provincial "
                    "police said",
                    lead,
                ),
            ),
        ),
        Claim(
            id="C2",
            text="The Valley Defence Front carried out the attack near Tel Marwa.",
            speaker=Speaker(
                name="Col. Nadia Berisov",
                kind="person",
                role="spokeswoman for the army’s northern command",
                evidence=words("Col. Nadia Berisov"),
            ),
            cue="blamed",
            claim_type="allegation",
            event_ids=("E1",),
            relation="explains",
            evidence=(
                words(
                    "Col. Nadia Berisov, a spokeswoman for the army’s northern command, blamed the "
                    "Valley Defence Front (VDF)"
                ),
            ),
        ),
        Claim(
            id="C3",
            text="The Valley Defence Front was not involved in the attack near Tel Marwa.",
            quote_type="mixed",
            speaker=Speaker(
                name="The VDF",
                kind="official_body",
                actor_id="A4",
                evidence=words("The VDF"),
            ),
            via=("the Haddan Courier",),
            cue="denied",
            claim_type="allegation",
            polarity="negative",
            event_ids=("E1",),
            relation="denies",
            evidence=(
                words("The VDF denied any involvement in a message carried by the Haddan Courier"),
                words("“a cover for the collapse of the checkpoints”"),
            ),
        ),
        Claim(
            id="C4",
            text="More bodies are still in the fields near the market road.",
            speaker=Speaker(
                name="an official there",
                kind="anonymous_official",
                evidence=words("an official there"),
            ),
            cue="said",
            claim_type="assessment",
            certainty="probable",
            event_ids=("E1",),
            said_on=DateRange(
                text="Tuesday night",
                start=date(2024, 5, 14),
                end=date(2024, 5, 14),
                granularity="day",
                basis="relative_to_publication",
            ),
            evidence=(
                words(
                    "an official there, who asked not to be named, said more were probably "
                    "still in the fields"
                ),
            ),
        ),
    )
    known: dict[str, Any] = {
        "article": article,
        "events": events,
        "claims": claims,
        "actors": actors,
        "rejected": (
            RejectedItem(
                kind="count",
                where="$.events[0].counts[2]",
                problems=(
                    Problem(
                        code="quote_outside_zones",
                        where="$.events[0].counts[2].quote",
                        message="the quote stands in a comment, which may not support a record",
                    ),
                ),
                raw='{"quote": "over forty", "kind": "killed", "victim": null}',
                record_id="E1",
            ),
            RejectedItem(
                kind="claim",
                where="$.claims[4]",
                problems=(
                    Problem(
                        code="quote_not_found",
                        where="$.claims[4].evidence[0]",
                        message="the quote is not in the article",
                    ),
                    Problem(
                        code="speaker_not_found",
                        where="$.claims[4].speaker",
                        message="the speaker's name is not in the article",
                    ),
                ),
                raw='{"text": "The governor promised aid.", "speaker": "Governor Halim", '
                '"evidence": ["the governor promised aid to every family"]}',
                attempts=2,
            ),
        ),
        "warnings": (
            Problem(
                code="shared_number",
                where="$.events[0].counts[0]",
                message="one number is used by two records",
                severity="warning",
            ),
        ),
        "usage": Usage(calls=2, input_tokens=3120, output_tokens=940, seconds=6.4, cost_usd=0.0031),
        "provenance": Provenance(
            dateline_version="0.1.0",
            provider="scripted",
            model="scripted-1",
            asking="direct",
            prompt="extract.v1",
            prompt_fingerprint="1f3a9c0d2b4e5f60",
            schema_fingerprint="9a8b7c6d5e4f3021",
            taxonomy="acled",
            answered_by=("scripted",),
        ),
    }
    return Extraction(**(known | changes))


def sample_failure() -> Failure:
    """One article that could not be extracted."""
    return Failure(
        article_id="orsin-bridge",
        source="articles/orsin-bridge.txt",
        error="rate_limited",
        message="the provider asked to slow down, and went on asking for ten minutes.",
        usage=Usage(calls=6),
    )
