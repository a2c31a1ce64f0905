"""The table from the exceptions of the client and the transport to dateline's errors."""

from __future__ import annotations

import inspect
from types import ModuleType

import aiohttp
import openai
import pytest

from dateline.errors import InvalidAnswer, Rejected, Unavailable
from dateline.providers.endpoint import Endpoint
from dateline.providers.exceptions import EXCEPTIONS, AnswerTooLarge, of_exception

HERE = Endpoint("lab", "http://h/v1", "m")


def public_exceptions(module: ModuleType, names: list[str]) -> list[type[Exception]]:
    found = (getattr(module, name, None) for name in sorted({*names}))
    return [c for c in found if inspect.isclass(c) and issubclass(c, Exception)]


def of_openai() -> list[type[Exception]]:
    inner = public_exceptions(openai._exceptions, openai._exceptions.__all__)
    return [*{*public_exceptions(openai, openai.__all__), *inner}]


def of_aiohttp() -> list[type[Exception]]:
    # These cannot come from a POST that is read to its end.
    every = public_exceptions(aiohttp, list(aiohttp.__all__))
    outside = ("EofStream", "WSMessageTypeError", "WebSocketError")
    return [c for c in every if not issubclass(c, Warning) and c.__name__ not in outside]


def test_no_public_exception_of_the_client_is_unmapped() -> None:
    mapped = {name for name, _ in EXCEPTIONS}

    assert len(of_openai()) >= 16
    assert [c.__name__ for c in of_openai() if f"openai.{c.__name__}" not in mapped] == []


def test_no_public_exception_of_the_transport_is_unmapped() -> None:
    assert len(of_aiohttp()) >= 20
    for kind in of_aiohttp():
        bare = kind.__new__(kind)  # Most of them insist on what only a connection has.
        assert of_exception(bare, HERE) is not None, kind


def test_the_most_specific_exception_comes_first() -> None:
    classes = {f"openai.{c.__name__}": c for c in of_openai()}
    classes |= {f"aiohttp.{c.__name__}": c for c in of_aiohttp()}
    classes |= {"builtins.OSError": OSError, "builtins.TimeoutError": TimeoutError}
    order = [classes[name] for name, _ in EXCEPTIONS if name in classes]

    for place, later in enumerate(order):
        assert not [earlier for earlier in order[:place] if issubclass(later, earlier)]


@pytest.mark.parametrize(
    ("raised", "error", "words"),
    [
        (TimeoutError(), Unavailable, "no complete answer"),
        (aiohttp.SocketTimeoutError(), Unavailable, "no complete answer"),
        (aiohttp.ConnectionTimeoutError(), Unavailable, "not reached"),
        (ConnectionResetError(), Unavailable, "not reached"),
        (aiohttp.ServerDisconnectedError(), Unavailable, "ServerDisconnectedError"),
        (aiohttp.ClientPayloadError(), Unavailable, "broke off"),
        (aiohttp.InvalidURL("x"), Rejected, "could not prepare"),
        (AnswerTooLarge(2**24), InvalidAnswer, "16 MiB"),
    ],
)
def test_what_the_transport_raises_is_told_apart(
    raised: Exception, error: type[Exception], words: str
) -> None:
    found = of_exception(raised, HERE)

    assert type(found) is error
    assert words in str(found)


def test_other_exceptions_are_left_alone() -> None:
    assert of_exception(ValueError("x"), HERE) is None
