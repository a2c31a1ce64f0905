"""The openai-compatible provider against a real llama.cpp server in another process."""

from __future__ import annotations

import asyncio
import json

import pytest

from dateline.completion import Sampling
from dateline.config import ProviderConfig
from dateline.errors import CompletionError, Rejected
from dateline.providers.openai import build
from support.asking import request
from support.llama_server import API_KEY, llama_server
from support.model import model_path

pytestmark = pytest.mark.model


@pytest.fixture(scope="module")
def base_url():
    with llama_server(model_path()) as address:
        yield address


def ask(base_url, asked, key=API_KEY, **settings):
    with pytest.MonkeyPatch.context() as patched:
        patched.setenv("LLAMA_KEY", key)
        completer = build(
            ProviderConfig(
                kind="openai-compatible",
                base_url=base_url,
                model="smollm2",
                api_key_env="LLAMA_KEY",
                **settings,
            )
        )

    async def once():
        try:
            return await completer.complete(asked)
        finally:
            await completer.aclose()

    return asyncio.run(once())


def test_an_answer_follows_the_schema_until_it_is_cut(base_url):
    found = ask(base_url, request(sampling=Sampling(max_tokens=24)))

    assert found.text.lstrip().startswith("{")
    assert found.finish_reason == "length"
    assert found.usage.output_tokens == 24
    assert found.usage.input_tokens > 10


def test_a_wrong_key_is_rejected(base_url):
    with pytest.raises(Rejected):
        ask(base_url, request(), key="another")


def test_a_question_that_is_too_long_is_an_error_without_its_text(base_url):
    with pytest.raises(CompletionError) as caught:
        ask(base_url, request("karesh " * 4000))

    assert "karesh karesh" not in str(caught.value)


def test_a_tool_call_is_read_as_the_answer(base_url):
    found = ask(base_url, request(sampling=Sampling(max_tokens=16)), mode="tools")

    assert isinstance(found.text, str)
    assert json.dumps(found.text)
