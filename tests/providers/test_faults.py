"""The table from the client's exceptions to dateline's errors."""

from __future__ import annotations

import inspect
from datetime import UTC, datetime

import openai
import pytest

from dateline.providers.endpoint import Endpoint, without_credentials
from dateline.providers.faults import EXCEPTIONS, of_exception, retry_after_s

HERE = Endpoint("lab", "http://h/v1", "m")


def public_exceptions() -> list[type[Exception]]:
    names = {*openai.__all__, *openai._exceptions.__all__}
    found = {**vars(openai), **vars(openai._exceptions)}
    classes = (found.get(name) for name in sorted(names))
    return [c for c in classes if inspect.isclass(c) and issubclass(c, Exception)]


def test_no_public_exception_of_the_client_is_unmapped() -> None:
    mapped = {name for name, _ in EXCEPTIONS}

    assert len(public_exceptions()) >= 16
    assert [c.__name__ for c in public_exceptions() if c.__name__ not in mapped] == []


def test_the_most_specific_exception_comes_first() -> None:
    classes = {c.__name__: c for c in public_exceptions()}
    order = [classes[name] for name, _ in EXCEPTIONS if name in classes]

    for place, later in enumerate(order):
        assert not [earlier for earlier in order[:place] if issubclass(later, earlier)]


def test_other_exceptions_are_left_alone() -> None:
    assert of_exception(ValueError("x"), HERE) is None


def test_a_date_is_measured_from_the_given_time() -> None:
    now = datetime(2025, 6, 2, 10, 0, tzinfo=UTC)

    assert retry_after_s({"retry-after": "Mon, 02 Jun 2025 10:01:00 GMT"}, now=now) == 60.0
    assert retry_after_s({"retry-after": "Mon, 02 Jun 2025 09:01:00 GMT"}, now=now) == 0.0


@pytest.mark.parametrize(
    ("url", "shown"),
    [
        ("http://me:secret@host:8000/v1?key=secret#secret", "http://host:8000/v1"),
        ("https://[::1]:8000/v1", "https://[::1]:8000/v1"),
        ("http://host:secret/v1", "an unreadable URL"),
    ],
)
def test_a_url_is_shown_without_credentials(url: str, shown: str) -> None:
    assert without_credentials(url) == shown
