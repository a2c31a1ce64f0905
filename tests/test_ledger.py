"""The ledger of an article over real connections: every request the server saw is in it."""

from __future__ import annotations

import asyncio
import itertools
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from pydantic import BaseModel

from dateline import Article, AsyncExtractor, Extraction, Extractor, Failure, Unavailable
from dateline.cli import root
from dateline.completion import Completion
from dateline.config import Config, ProviderConfig
from dateline.config.loading import build as configured
from dateline.errors import BudgetExceeded, ConfigError
from dateline.pipeline import assemble, plan
from dateline.providers import Scripted
from dateline.records import Usage
from dateline.retry import RetrySettings
from loopback import Answer, Loopback, Received, chat, failed, rate_limited, reset
from support.drafts import TEXT, answer, event

ARTICLE = Article(text=TEXT, id="tolmera")
TOLD = "Gunmen attacked a market in Tolmera on Tuesday, killing at least nine people."
LONG = Article(text="\n\n".join(f"{TOLD} Update {n}." for n in range(1000)), id="long")
USED = {
    "prompt_tokens": 1000,
    "completion_tokens": 100,
    "prompt_tokens_details": {"cached_tokens": 400},
    "completion_tokens_details": {"reasoning_tokens": 30},
}
PRICE = {"input_per_million": 10.0, "cached_input_per_million": 1.0, "output_per_million": 40.0}
CALL_USD = 600 * 10e-6 + 400 * 1e-6 + 100 * 40e-6


@pytest.fixture(autouse=True)
def _short_waits(monkeypatch: pytest.MonkeyPatch) -> None:
    """What is asked again is asked again at once."""

    def of(provider: ProviderConfig) -> RetrySettings:
        return RetrySettings(provider.attempts, provider.retry_s, first_wait_s=0.001)

    monkeypatch.setattr(RetrySettings, "of", of)


def good(**changed: Any) -> Answer:
    return chat(answer(event(**changed)), usage=USED, model="m-1")


def config(
    *servers: Loopback,
    folder: Path | None = None,
    limits: dict[str, Any] | None = None,
    **more: Any,
) -> Config:
    """Providers ``p0``, ``p1`` and so on, each with the next one as its fallback."""
    tables = {
        f"p{number}": {
            "kind": "openai-compatible",
            "base_url": server.base_url,
            "model": "m",
            "retry_s": 60.0,
            **({"fallback": [f"p{number + 1}"]} if number + 1 < len(servers) else {}),
            **more,
        }
        for number, server in enumerate(servers)
    }
    return configured(
        {
            "default_provider": "p0",
            "providers": tables,
            "prices": {"m": PRICE},
            "limits": limits or {},
            "cache": {"dir": str(folder)} if folder else {"enabled": False},
        }
    )


def extract(settings: Config, *articles: Article, **options: Any) -> list[Extraction | Failure]:
    with Extractor(config=settings, **options) as extractor:
        return list(extractor.extract_many(articles or [ARTICLE]))


def codes(result: Extraction | Failure) -> list[tuple[int | None, str | None]]:
    return [(attempt.status, attempt.error) for attempt in result.attempts]


def test_an_answer_is_noted_with_its_tokens_and_its_price() -> None:
    with Loopback(good()) as server:
        (result,) = extract(config(server))

    assert server.count == len(result.attempts) == 1
    (attempt,) = result.attempts
    assert (attempt.provider, attempt.model, attempt.purpose) == ("p0", "m-1", "extract")
    assert (attempt.status, attempt.finish_reason, attempt.cached) == (200, "stop", False)
    assert (attempt.input_tokens, attempt.cached_input_tokens) == (1000, 400)
    assert (attempt.output_tokens, attempt.reasoning_tokens) == (100, 30)
    assert attempt.cost_usd == pytest.approx(CALL_USD)
    assert result.usage.cost_usd == attempt.cost_usd
    assert result.usage.cached_input_ratio == pytest.approx(0.4)


def test_failures_that_were_asked_again_are_noted_in_their_order() -> None:
    script = [rate_limited(retry_after_ms="1"), failed(502), reset(), good()]
    with Loopback(script) as server:
        (result,) = extract(config(server))

    assert isinstance(result, Extraction)
    assert server.count == 4
    expected = [(429, "rate_limited"), (502, "unavailable"), (None, "unavailable"), (200, None)]
    assert codes(result) == expected
    assert result.usage.calls == 4
    assert result.usage.cost_usd == pytest.approx(CALL_USD)


def test_a_failure_has_every_attempt_too() -> None:
    with Loopback(rate_limited(retry_after_ms="1")) as server:
        (result,) = extract(config(server, attempts=3))

    assert isinstance(result, Failure)
    assert server.count == 3
    assert codes(result) == [(429, "rate_limited")] * 3
    assert result.usage.calls == 3


def test_what_extract_raises_knows_every_attempt() -> None:
    with (
        Loopback(rate_limited(retry_after_ms="1")) as server,
        Extractor(config=config(server, attempts=2)) as extractor,
        pytest.raises(Exception, match="429") as caught,
    ):
        extractor.extract(ARTICLE)

    assert len(caught.value.attempts) == server.count == 2  # type: ignore[attr-defined]


def test_a_reask_is_noted_and_paid_for() -> None:
    with Loopback([good(evidence=["This stands nowhere in it."]), good()]) as server:
        (result,) = extract(config(server))

    assert server.count == 2
    assert [attempt.purpose for attempt in result.attempts] == ["extract", "reask"]
    assert result.usage.cost_usd == pytest.approx(2 * CALL_USD)
    assert result.usage.input_tokens == 2000


def test_every_provider_that_was_asked_is_noted() -> None:
    with Loopback(failed(503)) as first, Loopback(good()) as second:
        (result,) = extract(config(first, second, attempts=1))

    assert (first.count, second.count) == (1, 1)
    assert [attempt.provider for attempt in result.attempts] == ["p0", "p1"]
    assert codes(result) == [(503, "unavailable"), (200, None)]


def test_a_parameter_that_was_declined_is_an_attempt() -> None:
    declined = failed(400, code="unsupported_parameter", param="seed")
    with Loopback([declined, good()]) as server:
        (result,) = extract(config(server, seed=7))

    assert server.count == 2
    assert codes(result) == [(400, "rejected"), (200, None)]


def test_a_cache_hit_is_noted_and_costs_nothing(tmp_path: Path) -> None:
    with Loopback(good()) as server:
        settings = config(server, folder=tmp_path)
        (first,) = extract(settings)
        (second,) = extract(settings)

    assert server.count == 1
    (attempt,) = second.attempts
    assert (attempt.cached, attempt.status, attempt.cost_usd) == (True, None, None)
    assert (attempt.provider, attempt.model) == ("p0", "m-1")
    assert second.usage == Usage(cached_calls=1)
    assert first.usage.calls == 1


def test_identical_questions_are_paid_for_once(tmp_path: Path) -> None:
    def script(_: Received) -> Answer:
        return Answer(**{**vars(good()), "delay_s": 0.05})

    twins = [Article(text=TEXT, id=f"t{number}") for number in range(8)]
    with Loopback(script) as server:
        results = extract(config(server, folder=tmp_path), *twins)

    assert server.count == 1
    assert sum(result.usage.calls for result in results) == 1
    assert sum(result.usage.cached_calls for result in results) == 7
    assert sum(result.usage.cost_usd or 0 for result in results) == pytest.approx(CALL_USD)


def test_identical_questions_that_fail_are_counted_once(tmp_path: Path) -> None:
    slow = failed(400)
    twins = [Article(text=TEXT, id=f"t{number}") for number in range(4)]
    with Loopback(Answer(**{**vars(slow), "delay_s": 0.05})) as server:
        results = extract(config(server, folder=tmp_path), *twins)

    assert {type(result) for result in results} == {Failure}
    assert sum(result.usage.calls for result in results) == server.count


def test_a_refusal_from_the_cache_is_noted_as_cached(tmp_path: Path) -> None:
    with Loopback(failed(400, code="content_filter")) as server:
        settings = config(server, folder=tmp_path)
        results = [extract(settings)[0] for _ in range(2)]

    assert server.count == 1
    assert [[a.cached for a in result.attempts] for result in results] == [[False], [True]]
    assert [result.usage.calls for result in results] == [1, 0]


def test_articles_at_the_same_time_do_not_mix_their_attempts() -> None:
    def script(received: Received) -> Answer:
        return good() if "Tolmera" in received.prompt else failed(400)

    articles = [ARTICLE, Article(text="Nothing happened in Dassam on Friday.", id="dassam")]
    with Loopback(script) as server:
        found = {
            r.article_id if isinstance(r, Failure) else r.article.id: codes(r)
            for r in extract(config(server), *articles)
        }

    assert found == {"tolmera": [(200, None)], "dassam": [(400, "rejected")]}


def test_a_completer_of_ones_own_is_noted_as_it_answers() -> None:
    with Extractor(provider=Scripted([answer(event())], name="mine", model="x")) as extractor:
        result = extractor.extract(ARTICLE)

    assert [(a.provider, a.model, a.status) for a in result.attempts] == [("mine", "x", None)]
    assert result.usage.calls == 1


def test_models_of_ones_own_know_their_attempts_when_they_fail() -> None:
    class Toll(BaseModel):
        dead: int

    async def course() -> Unavailable:
        async with AsyncExtractor(provider=Scripted([Unavailable("down")])) as extractor:
            with pytest.raises(Unavailable) as caught:
                await extractor.extract_as(Toll, ARTICLE)
            return caught.value

    assert [attempt.error for attempt in asyncio.run(course()).attempts] == ["unavailable"]


def test_the_ledger_survives_being_written_and_read() -> None:
    with Loopback(good()) as server:
        (result,) = extract(config(server))

    assert isinstance(result, Extraction)
    assert Extraction.model_validate_json(result.model_dump_json()).attempts == result.attempts


def test_what_comes_before_the_article_is_the_same_to_the_byte() -> None:
    articles = [ARTICLE, Article(text="Nothing happened in Dassam on Friday.", id="dassam")]
    with Loopback(good()) as server:
        extract(config(server, concurrency=1), *articles)
        first, second = server.requests[:2]

    pairs = zip(first.raw, second.raw, strict=False)
    same = sum(1 for _ in itertools.takewhile(lambda pair: pair[0] == pair[1], pairs))
    *instructions, _ = first.body["messages"]
    assert first.body["messages"][:-1] == second.body["messages"][:-1]
    assert same > sum(len(message["content"]) for message in instructions) > 1000


def test_failed_calls_count_for_those_who_make_the_calls_themselves() -> None:
    failure = Unavailable("down")
    failure.usage = Usage(calls=2, seconds=1.0)
    with Extractor(provider=Scripted([])) as extractor:
        requests = plan(LONG, extractor.setup)
        outcomes = [Completion(answer(event()), usage=Usage(calls=1)), *[failure] * 9]
        result = assemble(LONG, outcomes[: len(requests)], extractor.setup)

    assert len(requests) > 1
    assert result.usage.calls == 1 + 2 * (len(requests) - 1)


def test_a_hard_budget_stops_before_the_call_that_would_pass_it() -> None:
    articles = [
        Article(text=f"Update {n} from the market.\n\n{TEXT}", id=f"a{n}") for n in range(12)
    ]
    with Loopback(good()) as server:
        # A call may cost at most about 0.05 with so few tokens; it does cost 0.0104.
        settings = config(server, limits={"max_usd": 0.2}, max_tokens=100)
        results = extract(settings, *articles)

    done = [result for result in results if isinstance(result, Extraction)]
    stopped = [result for result in results if isinstance(result, Failure)]
    spent = sum(result.usage.cost_usd or 0 for result in results)
    assert len(done) == server.count > 0
    assert {failure.error for failure in stopped} == {"budget_exceeded"}
    assert all(failure.attempts == () for failure in stopped)
    assert spent <= 0.2
    assert spent == pytest.approx(server.count * CALL_USD)


def test_a_budget_given_in_code_goes_before_the_files() -> None:
    with Loopback(good()) as server:
        settings = config(server, limits={"max_usd": 100.0}, max_tokens=100)
        (result,) = extract(settings, max_usd=0.001)

    assert isinstance(result, Failure)
    assert (result.error, server.count) == ("budget_exceeded", 0)


def test_fallbacks_share_the_budget_and_are_not_asked_beyond_it() -> None:
    with Loopback(good()) as first, Loopback(good()) as second:
        (result,) = extract(config(first, second, max_tokens=100), max_usd=0.001)

    assert isinstance(result, Failure)
    assert (first.count, second.count) == (0, 0)


def test_what_the_cache_has_is_answered_without_a_budget(tmp_path: Path) -> None:
    with Loopback(good()) as server:
        settings = config(server, folder=tmp_path, max_tokens=100)
        extract(settings)
        (again,) = extract(settings, max_usd=0.001)

    assert isinstance(again, Extraction)
    assert server.count == 1


def test_half_an_article_is_not_done() -> None:
    with Loopback(good()) as server:
        settings = config(server, max_tokens=100, context_tokens=6000, concurrency=1)
        (whole,) = extract(settings)
        needed = server.count
        (result,) = extract(settings, LONG, max_usd=0.1)

    assert isinstance(whole, Extraction)
    assert isinstance(result, Failure)
    assert result.error == "budget_exceeded"
    assert len(result.attempts) == server.count - needed > 0


def test_a_budget_for_a_model_without_a_price_is_a_configuration_error() -> None:
    table = {"kind": "openai-compatible", "base_url": "https://api.example.com/v1", "model": "x-1"}
    settings = configured({"default_provider": "p", "providers": {"p": table}})

    with pytest.raises(ConfigError, match=r"no price is known for 'x-1'.*\[prices"):
        Extractor(config=settings, max_usd=1.0)


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[[Loopback], Path]:
    """Writes a configuration and two articles into the working folder."""
    monkeypatch.chdir(tmp_path)

    def write(server: Loopback) -> Path:
        (tmp_path / "dateline.toml").write_text(
            f'default_provider = "p"\n[cache]\ndir = "cache"\n'
            f'[providers.p]\nkind = "openai-compatible"\nbase_url = "{server.base_url}"\n'
            f'model = "m"\nmax_tokens = 100\n'
            '[prices."m"]\ninput_per_million = 10.0\ncached_input_per_million = 1.0\n'
            "output_per_million = 40.0\n",
            "utf-8",
        )
        for name in ("one", "two"):
            (tmp_path / f"{name}.txt").write_text(f"From market number {name}.\n\n{TEXT}", "utf-8")
        return tmp_path

    return write


def test_the_summary_shows_tokens_the_cached_part_and_the_cost(
    folder: Callable[[Loopback], Path],
) -> None:
    with Loopback(good()) as server:
        folder(server)
        result = CliRunner().invoke(root, ["extract", "one.txt", "two.txt"])

    assert result.exit_code == 0
    assert "2 calls, 0 from the cache" in result.stderr
    assert "2,200 tokens (40% of the input at the cached price)" in result.stderr
    assert "$0.0208" in result.stderr


def test_the_command_exits_with_one_when_the_budget_is_used_up(
    folder: Callable[[Loopback], Path],
) -> None:
    with Loopback(good()) as server:
        folder(server)
        result = CliRunner().invoke(root, ["extract", "one.txt", "two.txt", "--max-usd", "0.0001"])

    lines = [json.loads(line) for line in result.stdout.splitlines()]
    assert result.exit_code == 1
    assert server.count == 0
    assert [line["error"] for line in lines] == ["budget_exceeded"] * 2
    assert "max_usd" in result.stderr


def test_a_budget_holds_for_all_files_of_a_run_together(
    folder: Callable[[Loopback], Path],
) -> None:
    names = [f"update-{n:02}.txt" for n in range(24)]
    with Loopback(good()) as server:
        for name in names:
            (folder(server) / name).write_text(f"From market number {name}.\n\n{TEXT}", "utf-8")
        # Each file fits into the budget, a few of them fit together, and all of them do not.
        first = CliRunner().invoke(root, ["extract", *names, "--max-usd", "0.12"])
        asked = server.count
        again = CliRunner().invoke(root, ["extract", *names, "--max-usd", "1"])

    lines = [json.loads(line) for line in first.stdout.splitlines()]
    done = [line for line in lines if "error" not in line]
    assert (first.exit_code, len(lines)) == (1, 24)
    assert {line["error"] for line in lines if "error" in line} == {"budget_exceeded"}
    assert 2 <= len(done) == asked < 24
    assert sum(line["usage"]["cost_usd"] for line in done) <= 0.12
    # What was paid for once is not paid for again.
    assert (again.exit_code, server.count) == (0, 24)


def test_a_budget_of_nothing_is_a_usage_error(folder: Callable[[Loopback], Path]) -> None:
    with Loopback(good()) as server:
        folder(server)
        result = CliRunner().invoke(root, ["extract", "one.txt", "--max-usd", "0"])

    assert (result.exit_code, server.count) == (2, 0)


def test_the_error_says_what_to_do() -> None:
    with Loopback(good()) as server, Extractor(config=config(server), max_usd=0.001) as extractor:
        with pytest.raises(BudgetExceeded, match="Raise max_usd"):
            extractor.extract(ARTICLE)
        assert server.count == 0
