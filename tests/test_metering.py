"""Prices, the budget that is kept before it is passed, and the notes of every call."""

from __future__ import annotations

import asyncio
import logging
from typing import Any

import pytest

from dateline.completion import Completion, CompletionRequest, Sampling
from dateline.config import Config
from dateline.config.loading import build as configured
from dateline.errors import BudgetExceeded, CompletionError, RateLimited, Unavailable
from dateline.ledger import ledger
from dateline.metering import Budget, Metered
from dateline.prices import Prices
from dateline.providers import Scripted
from dateline.records import Usage
from support.asking import request

OWN = {"m": {"input_per_million": 10.0, "cached_input_per_million": 1.0, "output_per_million": 40}}
PAID = Usage(calls=1, input_tokens=1000, cached_input_tokens=400, output_tokens=100, seconds=0.5)
PAID_USD = 600 * 10e-6 + 400 * 1e-6 + 100 * 40e-6


def config(prices: dict[str, Any] | None = None, **provider: Any) -> Config:
    table = {"kind": "openai", "model": "m", **provider}
    return configured({"default_provider": "p", "providers": {"p": table}, "prices": prices or {}})


def prices(own: dict[str, Any] | None = None, **provider: Any) -> Prices:
    settings = config(own, **provider)
    return Prices(settings.provider(), settings)


def paid(text: str = "{}", model: str = "m") -> Completion:
    return Completion(text=text, usage=PAID, model=model)


def ask(completer: Metered, asked: CompletionRequest | None = None) -> Completion:
    return asyncio.run(completer.complete(asked or request()))


def test_prices_of_ones_own_tell_cached_input_apart() -> None:
    assert prices(OWN).cost(PAID, "m-2026") == pytest.approx(PAID_USD)


def test_cached_input_costs_as_much_as_other_input_unless_said() -> None:
    own = {"m": {"input_per_million": 10.0, "output_per_million": 0.0}}

    assert prices(own).cost(PAID, "m") == pytest.approx(0.01)


def test_input_written_to_a_cache_has_a_price_of_its_own() -> None:
    used = Usage(calls=1, input_tokens=1000, cached_input_tokens=300, cache_write_tokens=500)
    own = {"m": {**OWN["m"], "cache_write_per_million": 12.5}}

    assert prices(own).cost(used, "m") == pytest.approx(200 * 10e-6 + 300 * 1e-6 + 500 * 12.5e-6)
    assert prices(OWN).cost(used, "m") == pytest.approx(700 * 10e-6 + 300 * 1e-6)


def test_the_list_knows_what_writing_to_a_cache_costs() -> None:
    used = Usage(calls=1, input_tokens=1000, cache_write_tokens=800, output_tokens=100)
    plain = used.model_copy(update={"cache_write_tokens": 0})
    known = prices(kind="anthropic", model="claude-3-5-haiku-latest")

    cost, without = known.cost(used, "x"), known.cost(plain, "x")

    assert cost is not None
    assert without is not None
    # 0.80 dollars a million for input, a quarter more for what is written.
    assert cost - without == pytest.approx(800 * 0.2e-6)


def test_a_price_for_one_provider_goes_before_one_for_all() -> None:
    own = {**OWN, "p/m": {"input_per_million": 1.0, "output_per_million": 0.0}}

    assert prices(own).cost(PAID, "m") == pytest.approx(0.001)


def test_the_list_knows_the_models_of_vendors() -> None:
    used = Usage(calls=1, input_tokens=3000, cached_input_tokens=2048, output_tokens=400)

    known = prices(model="gpt-4o-mini")

    assert known.cost(used, "gpt-4o-mini-2024-07-18") == pytest.approx(0.0005364)


def test_a_price_that_rises_with_long_inputs_is_taken_as_it_is() -> None:
    known = prices(kind="gemini", model="gemini-2.5-pro")

    short = known.cost(Usage(input_tokens=100_000), "gemini-2.5-pro")
    long = known.cost(Usage(input_tokens=300_000), "gemini-2.5-pro")

    assert short is not None
    assert long is not None
    assert long > short * 3.5


def test_an_unknown_price_is_null_and_said_once(caplog: pytest.LogCaptureFixture) -> None:
    unknown = prices(model="nobody-knows-1")

    with caplog.at_level(logging.WARNING, logger="dateline"):
        costs = [unknown.cost(PAID, "nobody-knows-1") for _ in range(3)]

    assert costs == [None] * 3
    assert [r.getMessage().count('[prices."nobody-knows-1"]') for r in caplog.records] == [1]


@pytest.mark.parametrize(
    ("provider", "needed"),
    [
        ({"kind": "openai"}, True),
        ({"kind": "vllm"}, False),
        ({"kind": "openai-compatible", "base_url": "http://127.0.0.1:8000/v1"}, False),
        ({"kind": "openai-compatible", "base_url": "http://10.1.2.3/v1"}, False),
        ({"kind": "openai-compatible", "base_url": "http://vllm:8000/v1"}, False),
        ({"kind": "openai-compatible", "base_url": "https://api.example.com/v1"}, True),
    ],
)
def test_ones_own_servers_need_no_price(provider: dict[str, Any], needed: bool) -> None:
    assert prices(**provider).are_needed is needed


def test_answers_and_failures_are_priced_and_noted() -> None:
    failed = Unavailable("down", status=502)
    failed.usage = Usage(calls=1, seconds=0.1)
    metered = Metered(Scripted([failed, paid()], name="p", model="m"), prices(OWN))

    with ledger() as kept:
        with pytest.raises(Unavailable):
            ask(metered)
        completion = ask(metered)

    assert completion.usage.cost_usd == pytest.approx(PAID_USD)
    assert [(a.status, a.error, a.input_tokens, a.cost_usd) for a in kept.attempts] == [
        (502, "unavailable", 0, None),
        (200, None, 1000, completion.usage.cost_usd),
    ]
    assert kept.usage == completion.usage + failed.usage


def test_most_is_never_less_than_what_a_call_costs() -> None:
    asked = request("x" * 3000, sampling=Sampling(max_tokens=200))

    most = prices(OWN).most(asked)

    assert 3000 / 3 * 10e-6 + 200 * 40e-6 < most < 0.1


def test_most_expects_that_all_input_may_be_written_to_a_cache() -> None:
    asked = request("x" * 3000, sampling=Sampling(max_tokens=200))
    dear = {"m": {**OWN["m"], "cache_write_per_million": 12.5}}
    cheap = {"m": {**OWN["m"], "cache_write_per_million": 1.0}}

    most = prices(OWN).most(asked)

    assert prices(dear).most(asked) == pytest.approx(200 * 40e-6 + (most - 200 * 40e-6) * 1.25)
    assert prices(cheap).most(asked) == pytest.approx(most)


def test_the_call_that_might_pass_the_budget_is_not_made() -> None:
    asked = request("short", sampling=Sampling(max_tokens=200))
    known = prices(OWN)
    most = known.most(asked)
    # Room for the first and the second call, and after them for less than a third.
    budget = Budget(PAID_USD * 2 + most * 0.9)
    scripted = Scripted([paid()], repeat=True)
    metered = Metered(scripted, known, budget=budget)

    for _ in range(2):
        ask(metered, asked)
    with pytest.raises(BudgetExceeded, match="max_usd") as caught, ledger() as kept:
        ask(metered, asked)

    assert len(scripted.requests) == 2
    assert budget.spent_usd == pytest.approx(PAID_USD * 2)
    assert not caught.value.retryable
    assert kept.attempts == []


def test_calls_that_fit_when_others_turn_out_cheaper_wait_for_them() -> None:
    asked = request("short", sampling=Sampling(max_tokens=2000))
    known = prices(OWN)
    scripted = Scripted([paid()], repeat=True, delay_s=0.001)
    budget = Budget(known.most(asked) * 1.5 + PAID_USD * 3)
    flying: list[int] = []

    async def four() -> None:
        metered = Metered(scripted, known, budget=budget)
        await asyncio.gather(*(metered.complete(asked) for _ in range(4)))
        flying.append(len(scripted.requests))

    asyncio.run(four())

    assert flying == [4]
    assert budget.spent_usd == pytest.approx(PAID_USD * 4)


def test_together_calls_never_pass_the_budget() -> None:
    asked = request("short", sampling=Sampling(max_tokens=100))
    known = prices(OWN)
    scripted = Scripted([paid()], repeat=True, delay_s=0.001)
    budget = Budget(PAID_USD * 7.5)

    async def many() -> list[Completion | BaseException]:
        metered = Metered(scripted, known, budget=budget)
        calls = (metered.complete(asked) for _ in range(20))
        return await asyncio.gather(*calls, return_exceptions=True)

    outcomes = asyncio.run(many())

    done = [o for o in outcomes if isinstance(o, Completion)]
    assert {type(o) for o in outcomes} == {Completion, BudgetExceeded}
    assert len(done) == len(scripted.requests)
    assert sum(o.usage.cost_usd or 0 for o in done) <= budget.max_usd


@pytest.mark.parametrize("error", [RateLimited("slow"), Unavailable("down", status=500)])
def test_what_a_server_declines_costs_nothing(error: CompletionError) -> None:
    budget = Budget(1.0)
    metered = Metered(Scripted([error]), prices(OWN), budget=budget)

    with pytest.raises(CompletionError):
        ask(metered)

    assert budget.spent_usd == 0


def test_an_answer_without_counted_tokens_counts_with_what_was_held() -> None:
    budget = Budget(1.0)
    known = prices(OWN)
    metered = Metered(
        Scripted([Completion(text="{}", usage=Usage(calls=1), model="m")]), known, budget=budget
    )

    ask(metered)

    assert budget.spent_usd == pytest.approx(known.most(request()))


def test_a_cancelled_call_counts_with_what_was_held() -> None:
    budget = Budget(1.0)

    async def cancelled() -> None:
        metered = Metered(Scripted([paid()], delay_s=60), prices(OWN), budget=budget)
        task = asyncio.create_task(metered.complete(request()))
        await asyncio.sleep(0)
        task.cancel()
        await asyncio.wait([task])

    asyncio.run(cancelled())

    assert budget.spent_usd > 0
