"""From a name to a completer, and from one provider to the next."""

from __future__ import annotations

import asyncio
import subprocess
import sys
from importlib.metadata import EntryPoint, EntryPoints
from typing import Any

import pytest

from dateline.completion import Completer
from dateline.config.loading import build as configured
from dateline.errors import (
    CompletionError,
    ConfigError,
    InvalidAnswer,
    RateLimited,
    Refused,
    Rejected,
    Unavailable,
)
from dateline.providers import Fallback, Scripted, build, kinds
from support.asking import request


def no_completer(settings: Any) -> object:
    return object()


def of_ones_own(settings: Any) -> Scripted:
    return Scripted(["{}"], name=settings.name, model=settings.options["flavour"])


@pytest.fixture
def installed(monkeypatch: pytest.MonkeyPatch, request: pytest.FixtureRequest) -> None:
    group = "dateline.providers"
    monkeypatch.setitem(sys.modules, "another_package", sys.modules[__name__])
    points = EntryPoints(
        EntryPoint(name, f"{target}", group)
        for name, target in (
            ("mine", "another_package:of_ones_own"),
            ("wrong", "another_package:no_completer"),
            ("broken", "a_package_that_is_gone:build"),
        )
    )

    def entry_points(**wanted: str) -> EntryPoints:
        return points.select(**wanted)

    monkeypatch.setattr("dateline.providers.registry.entry_points", entry_points)
    monkeypatch.setattr("dateline.config.settings.entry_points", entry_points)


def provider(kind: str, **table: Any) -> Completer:
    return build(configured({"providers": {"x": {"kind": kind, **table}}}), "x")


@pytest.mark.usefixtures("installed")
def test_a_package_can_add_a_kind() -> None:
    found = provider("mine", options={"flavour": "sour"})

    assert (found.name, found.model) == ("x", "sour")
    assert kinds()[-3:] == ["broken", "mine", "wrong"]


@pytest.mark.usefixtures("installed")
@pytest.mark.parametrize(
    ("kind", "says"),
    [("wrong", "did not return a completer"), ("broken", "cannot be loaded")],
)
def test_a_package_that_does_not_work_is_named(kind: str, says: str) -> None:
    with pytest.raises(ConfigError, match=says) as caught:
        provider(kind)

    assert "providers.x.kind" in str(caught.value)


def test_vendors_are_imported_only_when_they_are_used() -> None:
    code = (
        "import sys; import dateline.providers, dateline.retry, dateline.limits;"
        "print(sorted({'openai', 'instructor', 'tenacity', 'aiohttp', 'httpx'} & set(sys.modules)))"
    )

    found = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)

    assert found.stdout.strip() == "[]"


def ask(completer: Completer) -> str:
    return asyncio.run(completer.complete(request())).text


@pytest.mark.parametrize("error", [Unavailable("x"), RateLimited("x"), Rejected("x")])
def test_the_next_provider_answers_for_one_that_cannot(error: CompletionError) -> None:
    first, second = Scripted([error], name="first"), Scripted(["{}"])

    fallback = Fallback([first, second])

    assert ask(fallback) == "{}"
    assert fallback.name == "first"


@pytest.mark.parametrize("error", [Refused("x"), InvalidAnswer("x")])
def test_nobody_else_is_asked_what_one_has_answered(error: CompletionError) -> None:
    second = Scripted(["{}"])

    with pytest.raises(type(error)):
        ask(Fallback([Scripted([error]), second]))

    assert second.requests == []


def test_the_last_failure_is_raised() -> None:
    with pytest.raises(RateLimited):
        ask(Fallback([Scripted([Unavailable("x")]), Scripted([RateLimited("y")])]))
