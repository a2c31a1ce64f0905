"""Real articles that are not part of the project, with the embedded model, where they are supplied.

``DATELINE_ARTICLES`` names a folder of ``.txt`` files; without it these tests skip. Nothing here
knows the texts: what is checked must hold for any article.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from dateline import Article, Extraction, Extractor
from dateline.output.html import page
from dateline.resolution.number_agreement import stands_in

FOLDER = os.environ.get("DATELINE_ARTICLES")
FILES = sorted(Path(FOLDER).glob("*.txt")) if FOLDER else []

pytestmark = [
    pytest.mark.model,
    pytest.mark.timeout(300),
    pytest.mark.skipif(not FILES, reason="DATELINE_ARTICLES names no folder with articles"),
]


@pytest.fixture(scope="module")
def results(
    model_file: Path, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[dict[str, Extraction]]:
    config = tmp_path_factory.mktemp("config") / "dateline.toml"
    config.write_text(
        f"[providers.local]\nkind = 'local'\nmodel = '{model_file}'\n[cache]\nenabled = false\n",
        "utf-8",
    )
    with Extractor(config=config, provider="local") as extractor:
        found = extractor.extract_many([Article.from_file(path) for path in FILES])
        yield {str(r.article.source): r for r in found if isinstance(r, Extraction)}


def test_every_article_gives_an_extraction(results: dict[str, Extraction]) -> None:
    assert len(results) == len(FILES)
    # An article in which words settle everything is not asked about.
    assert any(result.usage.calls for result in results.values())


def test_every_evidence_stands_in_an_allowed_zone(results: dict[str, Extraction]) -> None:
    for result in results.values():
        article = result.article
        found = [e for record in (*result.events, *result.claims) for e in record.evidence]
        found += [m for actor in result.actors for m in actor.mentions]
        found += [c.evidence for e in result.events for c in e.counts if c.evidence]
        found += [v.evidence for e in result.events for v in (e.date, e.place) if v and v.evidence]
        found += [c.speaker.evidence for c in result.claims if c.speaker.evidence]
        assert found
        for evidence in found:
            assert article.text[evidence.start : evidence.end] == evidence.quote
            assert any(evidence.span.within(span) for span in article.supporting)


def test_every_number_stands_in_its_own_evidence(results: dict[str, Extraction]) -> None:
    for result in results.values():
        for event in result.events:
            for count in event.counts:
                assert count.evidence is not None
                assert stands_in(count, count.evidence.quote)


def test_every_rejection_is_explained(results: dict[str, Extraction]) -> None:
    for result in results.values():
        for item in result.rejected:
            assert item.raw
            assert item.problems
            assert all(problem.code and problem.message for problem in item.problems)


def test_every_id_refers_to_a_record(results: dict[str, Extraction]) -> None:
    for result in results.values():
        events = {event.id for event in result.events}
        actors = {actor.id for actor in result.actors}
        claims = {claim.id for claim in result.claims}
        for event in result.events:
            assert {part.actor_id for part in event.actors} <= actors
            assert set(event.reported_by) <= claims
            assert event.parent_event_id is None or event.parent_event_id in events - {event.id}
        for claim in result.claims:
            assert set(claim.event_ids) <= events


def test_results_survive_a_round_trip_and_make_a_page(results: dict[str, Extraction]) -> None:
    for result in results.values():
        assert Extraction.model_validate_json(result.model_dump_json()) == result
    shown = page(list(results.values()))
    assert "<script src" not in shown
    assert "http-equiv" in shown
