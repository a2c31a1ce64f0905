"""The embedded model: shared, held to the schema, cancelled and stopped cleanly."""

from __future__ import annotations

import asyncio
import os
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import Any, Literal

import pytest
from pydantic import BaseModel, Field, create_model

from dateline.completion import (
    Completer,
    CompletionRequest,
    Message,
    OutputSchema,
    Prefix,
    Sampling,
)
from dateline.config import ProviderConfig, load_config
from dateline.errors import ConfigError, ModelError, Rejected, Unavailable
from dateline.providers import embedded
from dateline.providers.local import LocalCompleter, build
from support.model import NAME, model_path

CONTEXT = 4096


class Choice(BaseModel):
    answer: Literal["A", "B", "C"]


class Story(BaseModel):
    """Takes a minute: the grammar does not let it end."""

    text: str = Field(min_length=20_000)


class Names(BaseModel):
    names: list[Literal["Vera", "Oskar"]] = Field(min_length=1, max_length=2)


CHOICE, STORY, NAMES = (OutputSchema(m.__name__, m) for m in (Choice, Story, Names))
PREFIX = Prefix((Message("system", "Answer with one letter."),))


def asked(
    text: str = "Which letter comes first? A, B or C",
    schema: OutputSchema = CHOICE,
    **sampling: Any,
) -> CompletionRequest:
    return CompletionRequest(PREFIX, (Message("user", text),), schema, Sampling(**sampling))


def settings(**changes: Any) -> ProviderConfig:
    fields = {"model": str(model_path()), "context_tokens": CONTEXT, "threads": 1}
    return ProviderConfig(kind="local", **{**fields, **changes})


@pytest.fixture(scope="module", autouse=True)
def warm(request):
    """Hold one server for the whole module; every completer with the same settings shares it."""
    if not any(item.get_closest_marker("model") for item in request.session.items):
        yield
        return
    completer = build(settings())
    asyncio.run(completer.complete(asked()))
    yield
    asyncio.run(completer.aclose())
    assert not embedded._servers


def run(use, **changes):
    async def main():
        completer = build(settings(**changes))
        try:
            return await use(completer)
        finally:
            await completer.aclose()

    return asyncio.run(main())


def ask(*requests):
    async def use(completer):
        return [await completer.complete(each) for each in requests]

    return use


@pytest.mark.model
def test_an_answer_follows_the_schema_and_is_counted():
    (found,) = run(ask(asked()))

    assert Choice.model_validate_json(found.text)
    assert found.finish_reason == "stop"
    assert (found.provider, found.model, found.cached) == ("local", model_path().stem, False)
    assert found.usage.calls == 1
    assert found.usage.input_tokens > 10
    assert found.usage.output_tokens > 3
    assert found.usage.seconds > 0


@pytest.mark.model
def test_a_choice_is_answered_without_white_space_and_lists_keep_theirs():
    choice, names = run(ask(asked(), asked("Name Vera.", NAMES)))

    assert " " not in choice.text
    assert "\n" in names.text
    assert Names.model_validate_json(names.text)


@pytest.mark.model
def test_the_same_question_gets_the_same_answer_and_its_prefix_is_read_once():
    first, second = run(ask(asked(), asked()))

    assert first.text == second.text
    assert second.usage.cached_input_tokens > 10


@pytest.mark.model
def test_a_pattern_that_llama_cpp_cannot_hold_prints_nothing(capfd):
    loose: Any = create_model("Loose", n=(str, Field(pattern="x", max_length=5)))
    run(ask(asked("n?", OutputSchema("loose", loose), max_tokens=20)))

    assert capfd.readouterr() == ("", "")


@pytest.mark.model
def test_a_question_longer_than_the_context_names_the_setting():
    with pytest.raises(Rejected, match=rf"\d+ tokens .* holds {CONTEXT}.*context_tokens") as caught:
        run(ask(asked("karesh " * 4000)))

    assert "karesh" not in str(caught.value)


@pytest.mark.model
def test_an_answer_that_does_not_end_is_cut_at_max_tokens():
    (found,) = run(ask(asked("Tell a story.", STORY, max_tokens=12)))

    assert found.finish_reason == "length"
    assert found.usage.output_tokens == 12


@pytest.mark.model
def test_an_answer_that_takes_too_long_is_cancelled_and_the_model_is_free_again():
    async def main():
        impatient, patient = build(settings(timeout_s=0.4)), build(settings())
        with pytest.raises(Unavailable, match=r"within 0\.4 s.*timeout_s"):
            await impatient.complete(asked("Tell a story.", STORY, max_tokens=None))
        # The one slot would be busy for most of a minute if the answer were not cancelled.
        async with asyncio.timeout(20):
            await patient.complete(asked())
        await impatient.aclose()
        await patient.aclose()

    asyncio.run(main())


@pytest.mark.model
def test_a_cancelled_question_frees_the_model():
    async def use(completer):
        task = asyncio.create_task(completer.complete(asked("Tell a story.", STORY)))
        await asyncio.sleep(0.3)
        task.cancel()
        with pytest.raises(asyncio.CancelledError):
            await task
        async with asyncio.timeout(20):
            return await completer.complete(asked())

    assert run(use).finish_reason == "stop"


@pytest.mark.model
def test_completers_with_the_same_settings_share_a_server_until_the_last_one_closes():
    async def use(_):
        here = settings(context_tokens=512)
        one, other = build(here), build(here)
        await asyncio.gather(one.complete(asked()), other.complete(asked()))
        server = one._server
        assert other._server is server
        await one.aclose()
        assert server.running
        await other.complete(asked())
        await other.aclose()
        assert not server.running
        again = await one.complete(asked())
        await one.aclose()
        return again

    assert run(use).finish_reason == "stop"


@pytest.mark.model
def test_closing_while_an_answer_is_under_way_ends_it_with_an_error():
    async def main():
        completer = build(settings(context_tokens=4000))
        await completer.complete(asked())
        task = asyncio.create_task(completer.complete(asked("Tell a story.", STORY)))
        await asyncio.sleep(0.2)
        async with asyncio.timeout(20):
            await completer.aclose()
            with pytest.raises(Unavailable, match="stopped"):
                await task

    asyncio.run(main())


@pytest.mark.model
def test_questions_at_the_same_time_all_get_answers():
    async def use(completer):
        return await asyncio.gather(*(completer.complete(asked()) for _ in range(6)))

    assert len({found.text for found in run(use)}) == 1


@pytest.mark.model
def test_only_those_with_the_key_may_ask():
    async def use(completer):
        await completer.complete(asked())
        server = completer._server
        reader, writer = await asyncio.open_connection("127.0.0.1", server._port)
        body = b'{"messages": [{"role": "user", "content": "hi"}], "max_tokens": 1}'
        writer.write(
            b"POST /v1/chat/completions HTTP/1.1\r\nHost: x\r\nConnection: close\r\n"
            b"Content-Type: application/json\r\nContent-Length: %d\r\n\r\n%b" % (len(body), body)
        )
        answer = await reader.read()
        writer.close()
        return answer

    assert b" 401 " in run(use).splitlines()[0]


SCRIPT = """
import asyncio, os, sys, threading, time
sys.path.insert(0, os.environ["TESTS"])
from local_tests import asked, build, settings, STORY
ready = threading.Event()
async def story():
    completer = build(settings())
    await completer.complete(asked())
    print("ready", flush=True)
    ready.set()
    await completer.complete(asked("Tell a story.", STORY))
"""


def python(script, *, interrupt=False):
    """Run a script that has this module at hand; returns status, output and errors."""
    tests = Path(__file__).parent.parent
    code = SCRIPT.replace(
        "from local_tests import",
        "import importlib.util as u\n"
        f"spec = u.spec_from_file_location('local_tests', {str(Path(__file__))!r})\n"
        "module = u.module_from_spec(spec); sys.modules['local_tests'] = module\n"
        "spec.loader.exec_module(module)\nfrom local_tests import",
    )
    process = subprocess.Popen(
        [sys.executable, "-c", code + script],
        env={**os.environ, "TESTS": str(tests), "DATELINE_TEST_MODEL": str(model_path())},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    try:
        if interrupt:
            assert process.stdout.readline() == "ready\n"
            time.sleep(0.3)
            process.send_signal(signal.SIGINT)
        out, errors = process.communicate(timeout=40)
    finally:
        process.kill()
    return process.returncode, out, errors


@pytest.mark.model
def test_a_process_that_ends_while_an_answer_is_under_way_ends_cleanly():
    script = (
        "threading.Thread(target=lambda: asyncio.run(story()), daemon=True).start()\n"
        "ready.wait()\n"
        "time.sleep(0.2)\n"
        "sys.exit(7)\n"
    )

    status, out, _ = python(script)

    assert status == 7
    assert out == "ready\n"


@pytest.mark.model
def test_ctrl_c_ends_the_process_at_once_and_cleanly():
    status, _, errors = python("asyncio.run(story())", interrupt=True)

    assert status in (130, -signal.SIGINT)
    assert "KeyboardInterrupt" in errors
    assert "Segmentation" not in errors


@pytest.mark.model
def test_nothing_is_printed_and_a_completer_that_is_not_closed_does_no_harm():
    status, out, errors = python("asyncio.run(build(settings()).complete(asked()))")

    assert (status, out, errors) == (0, "", "")


@pytest.mark.model
@pytest.mark.skipif(not hasattr(os, "fork"), reason="needs fork")
def test_a_forked_child_is_told_and_ends_with_its_own_status():
    script = (
        "completer = build(settings())\n"
        "asyncio.run(completer.complete(asked()))\n"
        "if os.fork() == 0:\n"
        "    try: asyncio.run(completer.complete(asked()))\n"
        "    except Exception as error: print(type(error).__name__, error, flush=True)\n"
        "    asyncio.run(completer.aclose())\n"
        "    sys.exit(5)\n"
        "print(os.waitstatus_to_exitcode(os.wait()[1]), flush=True)\n"
        "print(asyncio.run(completer.complete(asked())).finish_reason)\n"
    )

    status, out, errors = python(script)

    assert status == 0, errors
    assert "ModelError" in out
    assert "spawn" in out
    assert out.split()[-2:] == ["5", "stop"]


@pytest.mark.model
def test_a_file_that_llama_cpp_cannot_load_is_explained_and_not_tried_for_every_article(tmp_path):
    broken = tmp_path / "broken.gguf"
    broken.write_bytes(b"GGUF" + b"\1" * 5000)

    async def main():
        completer = build(settings(model=str(broken)))
        errors = await asyncio.gather(
            *(completer.complete(asked()) for _ in range(3)), return_exceptions=True
        )
        errors += await asyncio.gather(completer.complete(asked()), return_exceptions=True)
        await completer.aclose()
        return errors

    errors = asyncio.run(main())

    assert {type(error) for error in errors} == {ModelError}
    assert len({id(error) for error in errors}) == 1
    assert str(broken) in str(errors[0])


@pytest.mark.model
def test_it_is_a_completer_that_tells_models_apart(tmp_path):
    copy = tmp_path / "renamed.gguf"
    copy.symlink_to(model_path())
    longer = tmp_path / "longer.gguf"
    longer.write_bytes(b"GGUF more")

    one, same, other = (build(settings(model=str(p))) for p in (model_path(), copy, longer))

    assert isinstance(one, Completer)
    assert one.family == same.family != other.family
    assert same.model == "renamed"
    assert build(settings(extra_body={"top_k": 1})).family != one.family


def test_the_demo_model_says_what_it_is():
    completer = build(ProviderConfig(kind="local", model=NAME))

    assert completer.is_demo
    assert "135M demo model" in completer.notice
    assert (completer.name, completer.family, completer.model) == ("local", "local", NAME)


def test_a_model_that_cannot_be_had_is_known_before_the_first_question(tmp_path):
    with pytest.raises(ModelError, match="no such model file"):
        build(ProviderConfig(kind="local", model=str(tmp_path / "none.gguf")))
    with pytest.raises(ModelError, match="there is no model 'smol'"):
        build(ProviderConfig(kind="local", model="smol"))
    with pytest.raises(ConfigError, match="no model is named"):
        build(ProviderConfig(kind="local"))


def test_a_path_in_the_configuration_is_relative_to_it(tmp_path):
    (tmp_path / "mine.gguf").write_bytes(b"GGUF")
    config = tmp_path / "dateline.toml"
    config.write_text('[providers.mine]\nkind = "local"\nmodel = "mine.gguf"\n')

    completer = build(load_config(config).provider("mine"))

    assert (completer.name, completer.model) == ("mine", "mine")


def test_offline_a_missing_model_is_an_error_and_nothing_is_fetched(tmp_path, monkeypatch):
    monkeypatch.setenv("DATELINE_MODELS_DIR", str(tmp_path))
    completer = LocalCompleter(ProviderConfig(kind="local", model=NAME, options={"offline": True}))

    with pytest.raises(ModelError, match=f"dateline models pull {NAME}"):
        asyncio.run(completer.complete(asked()))


def test_without_the_runtime_the_extra_is_named(monkeypatch):
    monkeypatch.setattr("dateline.providers.embedded.importlib.util.find_spec", lambda _: None)

    with pytest.raises(ConfigError, match=r'pip install "dateline\[local\]"'):
        build(ProviderConfig(kind="local", model=NAME))


def test_a_core_is_left_to_everybody_else():
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count()

    assert embedded.default_threads() == max(1, cores - 1)
