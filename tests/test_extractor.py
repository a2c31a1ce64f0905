"""Both faces of the extractor, many articles, and models of the user's own."""

from __future__ import annotations

import asyncio
import json
import logging
import threading
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from pydantic import BaseModel, Field

from dateline import (
    Article,
    AsyncExtractor,
    ConfigError,
    Extraction,
    Extractor,
    Failure,
    InvalidAnswer,
    Quote,
    SchemaError,
    Unavailable,
)
from dateline.completion import Completion, CompletionRequest
from dateline.providers import Scripted
from support.drafts import TEXT, answer, event

ARTICLE = Article(text=TEXT)


def scripted(*answers: Any) -> Scripted:
    return Scripted(list(answers))


def test_both_faces_return_the_same() -> None:
    async def asynchronously() -> Extraction:
        async with AsyncExtractor(provider=scripted(answer(event()))) as extractor:
            return await extractor.extract(ARTICLE)

    with Extractor(provider=scripted(answer(event()))) as extractor:
        synchronous = extractor.extract(ARTICLE)

    assert asyncio.run(asynchronously()) == synchronous


def test_the_sync_face_works_inside_a_running_event_loop() -> None:
    async def notebook_cell() -> Extraction:
        with Extractor(provider=scripted(answer(event()))) as extractor:
            return extractor.extract(ARTICLE)

    assert len(asyncio.run(notebook_cell()).events) == 1


def test_many_threads_share_one_extractor() -> None:
    results: list[Extraction] = []
    with Extractor(provider=Scripted([answer(event())], repeat=True)) as extractor:
        threads = [
            threading.Thread(target=lambda: results.append(extractor.extract(ARTICLE)))
            for _ in range(8)
        ]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()

    assert len(results) == 8
    assert all(len(result.events) == 1 for result in results)


def numbered(count: int) -> list[Article]:
    return [Article(text=f"Report {n}. {TEXT}", id=f"n{n}") for n in range(count)]


def test_one_failed_article_stops_nothing() -> None:
    def answers(request: CompletionRequest) -> Any:
        if request.article_id == "n1":
            return Unavailable("the server is gone", status=503)
        if request.article_id == "n2":
            raise RuntimeError("a bug")
        return answer(event())

    with Extractor(provider=Scripted(answers)) as extractor:
        results = list(extractor.extract_many(numbered(4), concurrency=2))

    failures = {r.article_id: r for r in results if isinstance(r, Failure)}
    assert len(results) == 4
    assert failures["n1"].error == "unavailable"
    assert failures["n1"].details == {"status": 503}
    assert failures["n2"].error == "internal_error"


def test_an_internal_error_never_repeats_article_text(caplog: pytest.LogCaptureFixture) -> None:
    def answers(request: CompletionRequest) -> Any:
        raise RuntimeError(request.messages[-1].content)

    with (
        caplog.at_level(logging.WARNING, "dateline"),
        Extractor(provider=Scripted(answers)) as extractor,
    ):
        [result] = extractor.extract_many([ARTICLE])

    assert isinstance(result, Failure)
    assert "Gunmen" not in result.model_dump_json()
    assert "Gunmen" not in "".join(record.getMessage() for record in caplog.records)


def test_unreadable_inputs_pass_through_in_their_place() -> None:
    broken = Failure(source="x.txt", error="article_error", message="x.txt: empty")

    with Extractor(provider=scripted(answer(event()))) as extractor:
        results = list(extractor.extract_many([broken, ARTICLE]))

    assert results[0] == broken
    assert isinstance(results[1], Extraction)


def test_concurrency_is_bounded_and_articles_are_taken_as_needed() -> None:
    running = 0
    most = 0
    taken = 0

    async def answers(_: CompletionRequest) -> str:
        nonlocal running, most
        running += 1
        most = max(most, running)
        await asyncio.sleep(0.005)
        running -= 1
        return answer(event())

    def articles() -> Iterator[Article]:
        nonlocal taken
        for article in numbered(12):
            taken += 1
            yield article

    with Extractor(provider=Scripted(answers)) as extractor:
        results = extractor.extract_many(articles(), concurrency=3)
        next(results)
        taken_early = taken
        rest = list(results)

    assert most == 3
    assert taken_early < 12
    assert len(rest) == 11


def test_leaving_the_loop_early_stops_the_rest() -> None:
    provider = Scripted([answer(event())], repeat=True, delay_s=0.01)

    with Extractor(provider=provider) as extractor:
        for _ in extractor.extract_many(numbered(50), concurrency=2):
            break

    assert len(provider.requests) < 10


def test_a_concurrency_below_one_is_refused() -> None:
    with (
        Extractor(provider=scripted()) as extractor,
        pytest.raises(ValueError, match="at least 1"),
    ):
        list(extractor.extract_many([ARTICLE], concurrency=0))


def test_an_unknown_provider_names_the_known_ones() -> None:
    with pytest.raises(ConfigError, match="nosuch"):
        Extractor(provider="nosuch")


def test_a_missing_prompt_folder_is_named(tmp_path: Any) -> None:
    with pytest.raises(ConfigError, match="gone"):
        Extractor(provider=scripted(), prompts=tmp_path / "gone")


class Toll(BaseModel):
    words: Quote
    killed: int | None = None
    others: list[Quote] = Field(default_factory=list)


def fill(*answers: Any, model: type[BaseModel] = Toll, **options: Any) -> Any:
    with Extractor(provider=scripted(*answers), **options) as extractor:
        return extractor.extract_as(model, ARTICLE)


def test_a_users_model_is_filled_in_with_grounded_quotes() -> None:
    toll = fill({"words": "killing at least  nine people", "killed": 9, "others": ["14 others"]})

    assert toll.killed == 9
    assert toll.words == "killing at least nine people"
    assert toll.words.evidence is not None
    assert TEXT[toll.words.evidence.start : toll.words.evidence.end] == toll.words
    assert toll.others[0].evidence.quote == "14 others"


def test_a_made_up_quote_is_asked_for_again_with_its_path() -> None:
    provider = scripted({"words": "killing 90 people"}, {"words": "killing at least nine people"})

    with Extractor(provider=provider) as extractor:
        toll = extractor.extract_as(Toll, ARTICLE)

    assert toll.words.evidence is not None
    assert "$.words" in provider.requests[1].messages[-1].content


def test_a_users_model_that_stays_wrong_is_an_error_without_article_text() -> None:
    with pytest.raises(InvalidAnswer, match=r"\$\.words") as caught:
        fill({"words": "killing 90 people"}, {"words": "killing 91 people"})

    assert "90" not in str(caught.value)
    assert "Gunmen" not in str(caught.value)


def test_a_quote_from_a_related_headline_is_no_quote() -> None:
    with pytest.raises(InvalidAnswer):
        fill({"words": "Forty dead as bus burns"}, {"words": "Forty dead as bus burns"})


def test_a_model_without_a_json_schema_is_refused_before_any_call() -> None:
    class Unaskable(BaseModel):
        call: Callable[[int], int]

    with pytest.raises(SchemaError, match="Unaskable"):
        fill(model=Unaskable)


def test_a_draft_and_an_assembler_of_the_users_own() -> None:
    with Extractor(
        provider=scripted({"words": "14 others"}),
        draft=Toll,
        assemble=lambda article, toll: (article.id, toll.words.evidence.start),
    ) as extractor:
        result: Any = extractor.extract(ARTICLE)

    assert result == (ARTICLE.id, TEXT.index("14 others"))


def test_a_quote_outside_an_extraction_is_a_plain_string() -> None:
    toll = Toll.model_validate_json(json.dumps({"words": "anything"}))

    assert toll.words == "anything"
    assert toll.words.evidence is None
    assert json.loads(toll.model_dump_json())["words"] == "anything"


def test_the_answering_provider_and_model_are_recorded() -> None:
    completion = Completion(text=answer(event()), provider="one", model="m-2026")

    with Extractor(provider=scripted(completion)) as extractor:
        result = extractor.extract(ARTICLE)

    assert result.provenance.answered_by == ("one/m-2026",)
    assert result.provenance.asking == "direct"
