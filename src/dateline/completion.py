"""The seam between asking and answering: requests, completions and the Completer protocol.

A request is plain data. A completer is anything with an async ``complete``; providers, retries,
limits and the cache all have this one shape, so they compose.
"""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, Any, Literal, Protocol, runtime_checkable

from dateline.records import Usage

if TYPE_CHECKING:
    from pydantic import BaseModel

Role = Literal["system", "user", "assistant"]
FinishReason = Literal["stop", "length", "refusal", "content_filter", "unknown"]


@dataclass(frozen=True, slots=True)
class Message:
    """One chat message."""

    role: Role
    content: str


@dataclass(frozen=True, eq=False)
class OutputSchema:
    """What the answer must look like: a Pydantic model and its JSON Schema, built once.

    Build one per extractor and reuse it for every request: providers keep what they prepare for
    it by identity, and its fingerprint is computed once.
    """

    name: str
    model: type[BaseModel]

    @cached_property
    def json_schema(self) -> dict[str, Any]:
        """The model's JSON Schema, draft 2020-12, as Pydantic writes it."""
        return self.model.model_json_schema()

    @cached_property
    def fingerprint(self) -> str:
        """SHA-256 of the canonical schema, first 16 hex digits; the order of fields is no part."""
        canonical = json.dumps(_unordered(self.json_schema), sort_keys=True, separators=(",", ":"))
        return hashlib.sha256(canonical.encode()).hexdigest()[:16]


@dataclass(frozen=True, slots=True)
class Sampling:
    """Sampling parameters; None leaves the provider's default."""

    temperature: float | None = 0.0
    max_tokens: int | None = 4096
    seed: int | None = None
    top_p: float | None = None
    reasoning_effort: str | None = None


@dataclass(frozen=True, eq=False)
class Prefix:
    """The part of a prompt that is the same for every article: instructions and examples.

    Its bytes never change within an extractor, so providers' prompt caches can pay for it, and
    its digest is computed once.
    """

    messages: tuple[Message, ...]

    @cached_property
    def digest(self) -> bytes:
        """SHA-256 over roles and contents."""
        return messages_digest(self.messages)


@dataclass(frozen=True, eq=False)
class CompletionRequest:
    """One question to a model.

    ``prefix`` comes first and is shared between requests; ``messages`` follow, the article last.
    ``purpose`` says what the question is for, in the ledger and in ``cache why``; it is not part
    of the cache key. ``article_id`` likewise.
    """

    prefix: Prefix
    messages: tuple[Message, ...]
    schema: OutputSchema
    sampling: Sampling = field(default_factory=Sampling)
    purpose: str = "extract"
    article_id: str = ""

    @property
    def all_messages(self) -> tuple[Message, ...]:
        """Prefix and messages in the order a provider sends them."""
        return self.prefix.messages + self.messages


@dataclass(frozen=True, slots=True)
class Completion:
    """One answer, raw. ``text`` is the answer as the model wrote it, usually JSON.

    ``provider`` is the configured name that answered and ``model`` what the server says it used.
    ``cached`` answers cost nothing: their ``usage`` has ``cached_calls=1`` and no tokens.
    ``note`` is for the extraction's provenance; it is not stored in the cache.
    """

    text: str
    finish_reason: FinishReason = "stop"
    usage: Usage = field(default_factory=Usage)
    provider: str = ""
    model: str = ""
    cached: bool = False
    detail: str | None = None
    note: str | None = None


@runtime_checkable
class Completer(Protocol):
    """Anything that answers requests.

    ``name`` is the configured provider name, ``family`` and ``model`` say whose answer it is:
    they are part of every cache key. ``complete`` raises ``CompletionError`` and nothing else
    for what a provider can do wrong. Safe for concurrent calls on one event loop.
    """

    @property
    def name(self) -> str: ...

    @property
    def family(self) -> str: ...

    @property
    def model(self) -> str: ...

    async def complete(self, request: CompletionRequest) -> Completion: ...

    async def aclose(self) -> None: ...


def _unordered(schema: Any) -> Any:
    """The schema with its ``required`` lists sorted: they are sets, written in field order."""
    if isinstance(schema, dict):
        return {
            key: sorted(value)
            if key == "required" and isinstance(value, list) and all(type(v) is str for v in value)
            else _unordered(value)
            for key, value in schema.items()
        }
    return [_unordered(value) for value in schema] if isinstance(schema, list) else schema


class Wrapping:
    """Base of completers in front of another one: they have its names and close it."""

    def __init__(self, completer: Completer) -> None:
        self._inner = completer

    @property
    def name(self) -> str:
        """Of the completer that answers."""
        return self._inner.name

    @property
    def family(self) -> str:
        """Of the completer that answers."""
        return self._inner.family

    @property
    def model(self) -> str:
        """Of the completer that answers."""
        return self._inner.model

    @property
    def notice(self) -> str | None:
        """What the completer behind has to tell a person, if anything."""
        notice: str | None = getattr(self._inner, "notice", None)
        return notice

    async def aclose(self) -> None:
        """Close the completer behind."""
        await self._inner.aclose()


def messages_digest(messages: tuple[Message, ...]) -> bytes:
    """SHA-256 over roles and contents, each behind its length, so nothing runs together."""
    digest = hashlib.sha256()
    for message in messages:
        content = message.content.encode("utf-8", "surrogatepass")
        digest.update(f"{message.role}:{len(content)}:".encode())
        digest.update(content)
    return digest.digest()
