"""What a message says of an endpoint, and waits that are dates."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from dateline.providers.endpoint import without_credentials
from dateline.providers.waits import retry_after_s


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
