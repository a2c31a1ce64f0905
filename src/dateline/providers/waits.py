"""How long a server asks to wait, in any of the ways that servers say it.

Source: RFC 9110, section 10.2.3 (Retry-After); the rate-limit headers in the API references of
OpenAI (``x-ratelimit-reset-requests: 6m0s``), Anthropic (``anthropic-ratelimit-requests-reset:
2026-03-12T10:00:00Z``) and OpenRouter (``x-ratelimit-reset``, milliseconds since 1970).
"""

from __future__ import annotations

import math
import re
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

_KINDS = ("requests", "tokens", "input-tokens", "output-tokens")
_RESETS = (
    ("x-ratelimit-remaining", "x-ratelimit-reset"),
    *((f"x-ratelimit-remaining-{kind}", f"x-ratelimit-reset-{kind}") for kind in _KINDS),
    *(
        (f"anthropic-ratelimit-{kind}-remaining", f"anthropic-ratelimit-{kind}-reset")
        for kind in _KINDS
    ),
)
"""What is left of a limit, and when it is whole again."""
_DURATION = re.compile(r"(?:(\d+)h)?(?:(\d+)m(?!s))?(?:(\d+(?:\.\d+)?)s)?(?:(\d+(?:\.\d+)?)ms)?")
_A_TIME = 1e9
_A_TIME_IN_MS = 1e12


def retry_after_s(headers: Mapping[str, str], *, now: datetime | None = None) -> float | None:
    """Seconds that a server asks to wait.

    ``retry-after-ms`` goes before ``Retry-After`` (seconds or a date). Without either, the limits
    of which nothing is left say when they are whole again, and the latest counts.

    Args:
        headers: of the answer; looked up in lower case.
        now: the time that a date is measured from; the answer's own ``Date`` when None, so that a
            wrong clock here does not matter.

    Returns:
        Zero or more, or None where nothing usable was said.
    """
    milliseconds = number_of(headers.get("retry-after-ms"))
    if milliseconds is not None:
        return max(0.0, milliseconds / 1000)
    value = headers.get("retry-after")
    seconds = number_of(value)
    if seconds is not None:
        return max(0.0, seconds)
    start = now or _date(headers.get("date")) or datetime.now(UTC)
    until = _date(value)
    if until is not None:
        return max(0.0, (until - start).total_seconds())
    waits = [
        wait
        for remaining, reset in _RESETS
        if number_of(headers.get(remaining)) == 0
        and (wait := _until_whole(headers.get(reset), start)) is not None
    ]
    return max(waits, default=None)


def _until_whole(value: str | None, start: datetime) -> float | None:
    """Seconds until a limit is whole again: a duration, a time, or seconds since 1970."""
    if not value:
        return None
    number = number_of(value)
    if number is not None:
        if number >= _A_TIME_IN_MS:
            number /= 1000
        return max(0.0, number - start.timestamp() if number >= _A_TIME else number)
    parts = _DURATION.fullmatch(value.strip())
    if parts and any(parts.groups()):
        hours, minutes, seconds, milliseconds = (float(part or 0) for part in parts.groups())
        return hours * 3600 + minutes * 60 + seconds + milliseconds / 1000
    try:
        until = datetime.fromisoformat(value.strip())
    except ValueError:
        return None
    return max(
        0.0, ((until if until.tzinfo else until.replace(tzinfo=UTC)) - start).total_seconds()
    )


def number_of(value: str | None) -> float | None:
    """A finite number, or None."""
    try:
        number = float(value) if value else math.nan
    except ValueError:
        return None
    return number if math.isfinite(number) else None


def _date(value: str | None) -> datetime | None:
    try:
        date = parsedate_to_datetime(value) if value else None
    except (ValueError, TypeError):
        return None
    if date is not None and date.tzinfo is None:
        date = date.replace(tzinfo=UTC)
    return date
