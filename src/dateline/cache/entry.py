"""How one stored answer is written: a line of facts, a line of key parts, then the answer itself.

The answer stands behind the two JSON lines as plain UTF-8, so a hit parses a few dozen bytes of
JSON and not ten thousand. The checksum in the first line tells damage from an answer.
"""

from __future__ import annotations

import json
import zlib
from dataclasses import dataclass
from typing import Any

from dateline.completion import Completion, FinishReason
from dateline.errors import CacheError, CompletionError, Refused, Truncated
from dateline.records import Usage

FORMAT = 1
MODE_RAW = 1
"""diskcache's number for a value that stands in its row as it is, the only kind that is read."""

_FAILURES: dict[str, type[CompletionError]] = {"refused": Refused, "truncated": Truncated}
_FINISH: frozenset[str] = frozenset({"stop", "length", "refusal", "content_filter", "unknown"})
_HIT = Usage(cached_calls=1)
_compact = json.JSONEncoder(separators=(",", ":")).encode


@dataclass(frozen=True, slots=True)
class CachedFailure:
    """A final failure that was stored: asking again would be paid for and declined again.

    ``code`` is ``"refused"`` or ``"truncated"``.
    """

    code: str
    what: str
    remedy: str | None = None
    status: int | None = None

    def as_error(self) -> CompletionError:
        """The error, as it was raised when it was paid for."""
        return _FAILURES[self.code](
            self.what, where="completion cache", remedy=self.remedy, status=self.status
        )


def is_final(error: CompletionError) -> bool:
    """Whether the same request would fail the same way again: only these are stored."""
    return type(error) in _FAILURES.values()


def encode(answer: Completion | CachedFailure, parts: dict[str, Any], *, stored_at: float) -> bytes:
    """Return the bytes to store: the answer as it was paid for, with the readable key parts."""
    facts: dict[str, Any] = {"v": FORMAT, "at": round(stored_at, 3)}
    if isinstance(answer, Completion):
        body = answer.text.encode("utf-8", "surrogatepass")
        facts |= {
            "finish": answer.finish_reason,
            "provider": answer.provider,
            "model": answer.model,
            "usage": answer.usage.model_dump(exclude_defaults=True),
        }
        if answer.detail is not None:
            facts["detail"] = answer.detail
    else:
        body = answer.what.encode("utf-8", "surrogatepass")
        facts |= {"failed": answer.code, "remedy": answer.remedy, "status": answer.status}
    facts["crc"] = zlib.crc32(body)
    return b"%b\n%b\n%b" % (_line(facts), _line(parts), body)


def decode(value: object) -> Completion | CachedFailure:
    """Return what was stored, as a hit: nothing was paid for it now.

    Raises:
        CacheError: the entry is damaged or of another make.
    """
    head, _, rest = _split(value)
    try:
        facts = json.loads(head)
        _, _, body = rest.partition(b"\n")
        if facts["v"] != FORMAT:
            raise CacheError("an entry was written by another version of dateline")
        if facts["crc"] != zlib.crc32(body):
            raise CacheError("an entry does not match its checksum")
        text = body.decode("utf-8", "surrogatepass")
        if "failed" in facts:
            if facts["failed"] not in _FAILURES:
                raise CacheError("an entry records an unknown kind of failure")
            return CachedFailure(facts["failed"], text, facts.get("remedy"), facts.get("status"))
        return Completion(
            text=text,
            finish_reason=_finish_reason(facts["finish"]),
            usage=_HIT,
            provider=_string(facts["provider"]),
            model=_string(facts["model"]),
            cached=True,
            detail=facts.get("detail"),
        )
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise CacheError("an entry cannot be read") from error


def stored_at(value: object) -> float:
    """When an entry was stored, in seconds since 1970; now where that cannot be read, so that
    the entry is read and its damage is reported.
    """
    head, _, _ = _split(value)
    try:
        return float(json.loads(head)["at"])
    except (ValueError, KeyError, TypeError):
        return float("inf")


def facts_and_parts(value: object) -> tuple[dict[str, Any], dict[str, Any]]:
    """Return the two JSON lines of an entry; ``value`` may be cut after them.

    Raises:
        CacheError: they cannot be read.
    """
    head, _, rest = _split(value)
    try:
        facts, parts = json.loads(head), json.loads(rest.partition(b"\n")[0])
    except ValueError as error:
        raise CacheError("an entry cannot be read") from error
    if not isinstance(facts, dict) or not isinstance(parts, dict):
        raise CacheError("an entry cannot be read")
    return facts, parts


def as_cached(completion: Completion) -> Completion:
    """The same answer for somebody who did not pay for it."""
    return Completion(
        text=completion.text,
        finish_reason=completion.finish_reason,
        usage=_HIT,
        provider=completion.provider,
        model=completion.model,
        cached=True,
        detail=completion.detail,
    )


def _split(value: object) -> tuple[bytes, bytes, bytes]:
    if not isinstance(value, bytes):
        raise CacheError("an entry is not bytes")
    return value.partition(b"\n")


def _line(value: dict[str, Any]) -> bytes:
    return _compact(value).encode()


def _finish_reason(value: object) -> FinishReason:
    if value not in _FINISH:
        raise CacheError("an entry has an unknown finish reason")
    return value  # type: ignore[return-value]  # checked against the literal's values above


def _string(value: object) -> str:
    if not isinstance(value, str):
        raise CacheError("an entry cannot be read")
    return value
