"""Say why a request is, or is not, answered from the cache."""

from __future__ import annotations

import time
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from dateline.cache.entry import facts_and_parts
from dateline.cache.inspection import heads
from dateline.cache.store import DATABASE
from dateline.completion import CompletionRequest
from dateline.errors import CacheError
from dateline.request_key import key_parts, request_key

_WEIGHTS = {
    "messages": 64,
    "article_id": 32,
    "purpose": 16,
    "prefix": 8,
    "model": 4,
    "family": 4,
    "schema": 4,
    "schema_name": 1,
    "sampling": 2,
    "epoch": 2,
    "key_version": 1,
}
"""What makes a stored entry near: the same text first, then the same article and purpose."""

_MEANING = {
    "messages": "the article's text, or what is asked about it",
    "prefix": "the instructions, examples or taxonomy before the article",
    "schema": "the schema of the answer",
    "schema_name": "the name of the schema",
    "family": "the provider family",
    "model": "the model",
    "epoch": "the cache epoch",
    "key_version": "the way dateline builds keys",
}


@dataclass(frozen=True, slots=True)
class Difference:
    """One part of the key that is another one now. ``stored`` and ``asked`` are its two values:
    digests where the part is text, so nothing of an article is repeated."""

    part: str
    meaning: str
    stored: str
    asked: str


@dataclass(frozen=True, slots=True)
class Explanation:
    """Whether a request is answered from the cache, and if not, what differs.

    ``differences`` compares with the nearest stored entry, ``nearest``; both are empty on a hit
    and when nothing comparable is stored. ``stale_since`` says since when a stored answer has
    been older than ``max_age_days`` allows.
    """

    key: str
    hit: bool
    parts: dict[str, Any]
    failure: str | None = None
    stale_since: datetime | None = None
    nearest: str | None = None
    differences: tuple[Difference, ...] = ()

    @property
    def sentence(self) -> str:
        """The explanation in one sentence."""
        if self.hit:
            stored = f"a {self.failure} answer" if self.failure else "an answer"
            return f"Hit: {stored} is stored for this request."
        if self.stale_since is not None:
            return (
                f"Miss: the answer stored for this request is too old since "
                f"{self.stale_since:%Y-%m-%d %H:%M} UTC (max_age_days)."
            )
        if self.nearest is None:
            return "Miss: nothing comparable is stored."
        changed = "; ".join(f"{d.meaning} ({d.stored} → {d.asked})" for d in self.differences)
        return f"Miss: against the nearest entry this changed: {changed or 'nothing but the key'}."


def why(
    folder: str | Path,
    request: CompletionRequest,
    *,
    family: str,
    model: str,
    epoch: int = 0,
    max_age_s: float | None = None,
) -> Explanation:
    """Explain a hit or a miss. Reads the beginning of every entry, so it is for diagnosis.

    Raises:
        CacheError: the database cannot be read.
    """
    folder = Path(folder)
    asked = key_parts(request, family=family, model=model, epoch=epoch)
    wanted = request_key(request, family=family, model=model, epoch=epoch)
    best: tuple[int, float] | None = None
    nearest: tuple[str, dict[str, Any]] | None = None
    if (folder / DATABASE).exists():
        for _, key, head in heads(folder):
            try:
                facts, parts = facts_and_parts(head)
            except CacheError:
                continue
            if key == wanted:
                since = _stale_since(facts, max_age_s)
                if since is not None:
                    return Explanation(wanted, False, asked, stale_since=since)
                return Explanation(wanted, True, asked, failure=facts.get("failed"))
            at = facts.get("at")
            rank = (_nearness(parts, asked), at if isinstance(at, (int, float)) else 0.0)
            if best is None or rank > best:
                best, nearest = rank, (str(key), parts)
    if nearest is None:
        return Explanation(wanted, False, asked)
    key, parts = nearest
    return Explanation(
        wanted, False, asked, nearest=key, differences=tuple(_differences(parts, asked))
    )


def _stale_since(facts: dict[str, Any], max_age_s: float | None) -> datetime | None:
    """When an entry became too old; None while it is not."""
    at = facts.get("at")
    if max_age_s is None or not isinstance(at, int | float) or at >= time.time() - max_age_s:
        return None
    return datetime.fromtimestamp(at + max_age_s, UTC)


def _nearness(stored: dict[str, Any], asked: dict[str, Any]) -> int:
    # An empty label is no common article.
    return sum(
        weight
        for part, weight in _WEIGHTS.items()
        if asked[part] != "" and stored.get(part) == asked[part]
    )


def _differences(stored: dict[str, Any], asked: dict[str, Any]) -> list[Difference]:
    found = [
        Difference(part, meaning, str(stored.get(part)), str(asked[part]))
        for part, meaning in _MEANING.items()
        if stored.get(part) != asked[part]
    ]
    before, now = stored.get("sampling"), asked["sampling"]
    if not isinstance(before, dict):
        before = {}
    for name in sorted(before.keys() | now.keys()):
        if before.get(name) != now.get(name):
            found.append(
                Difference(
                    f"sampling.{name}",
                    name,
                    str(before.get(name, "default")),
                    str(now.get(name, "default")),
                )
            )
    return found
