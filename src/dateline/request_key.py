"""The key of a request: one digest over everything that can change the answer, and nothing else.

Not in the key: API key, timeout, concurrency, ``article_id`` and ``purpose``. Nothing is rebuilt
for a key: the prefix digest and the schema fingerprint are computed once per extractor.
"""

from __future__ import annotations

import hashlib
from dataclasses import asdict
from functools import lru_cache
from typing import Any

from dateline.completion import CompletionRequest, Sampling, messages_digest

KEY_VERSION = 1
"""Part of every key; raised when the meaning of a part changes, so old entries simply miss."""


def request_key(request: CompletionRequest, *, family: str, model: str, epoch: int = 0) -> str:
    """Return the cache key of a request: SHA-256, 64 hex digits.

    Args:
        request: the question.
        family: provider family, as in ``Completer.family``.
        model: model name, as in ``Completer.model``.
        epoch: the user's own counter; another epoch never sees this one's answers.
    """
    tail = "\x1f".join(
        (
            request.schema.name,
            request.schema.fingerprint,
            _sampling_text(request.sampling),
            family,
            model,
            str(epoch),
            str(KEY_VERSION),
        )
    )
    digest = hashlib.sha256(request.prefix.digest)
    digest.update(messages_digest(request.messages))
    digest.update(tail.encode("utf-8", "surrogatepass"))
    return digest.hexdigest()


def key_parts(
    request: CompletionRequest, *, family: str, model: str, epoch: int = 0
) -> dict[str, Any]:
    """Return the parts of the key in readable form, for ``cache why``.

    ``messages`` and ``prefix`` are digests (16 hex digits), so no article text is repeated.
    ``article_id`` and ``purpose`` are carried along as labels; they are not part of the key.
    """
    return {
        "prefix": request.prefix.digest.hex()[:16],
        "messages": messages_digest(request.messages).hex()[:16],
        "schema_name": request.schema.name,
        "schema": request.schema.fingerprint,
        "sampling": dict(_sampling_items(request.sampling)),
        "family": family,
        "model": model,
        "epoch": epoch,
        "key_version": KEY_VERSION,
        "article_id": request.article_id,
        "purpose": request.purpose,
    }


@lru_cache(maxsize=64)
def _sampling_items(sampling: Sampling) -> tuple[tuple[str, Any], ...]:
    """Set parameters only, by name: a parameter added later with default None changes no key."""
    return tuple(sorted((k, v) for k, v in asdict(sampling).items() if v is not None))


@lru_cache(maxsize=64)
def _sampling_text(sampling: Sampling) -> str:
    # 0 and 0.0 are equal and hash alike; one spelling for both keeps the key stable.
    def spell(value: object) -> str:
        if isinstance(value, (int, float)):
            return repr(float(value)) if float(value) == value else repr(value)
        return repr(value)

    return ",".join(f"{k}={spell(v)}" for k, v in _sampling_items(sampling))
