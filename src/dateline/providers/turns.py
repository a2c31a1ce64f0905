"""Conversations in the formats that keep system texts apart and want turns to alternate."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from dateline.errors import CompletionError, InvalidAnswer

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from dateline.completion import Message
    from dateline.providers.endpoint import Endpoint
    from dateline.records import Usage

Block = dict[str, Any]


def alternating(
    messages: Iterable[Message], block: Callable[[str], Block]
) -> list[tuple[str, list[Block]]]:
    """Return roles with content blocks; neighbours of one role become one turn."""
    turns: list[tuple[str, list[Block]]] = []
    for message in messages:
        if not turns or turns[-1][0] != message.role:
            turns.append((message.role, []))
        turns[-1][1].append(block(message.content))
    return turns


def without_answer(
    endpoint: Endpoint, usage: Usage, *, missing: str, interface: str
) -> CompletionError:
    """The error for a JSON object that holds no answer where this interface has it."""
    error = InvalidAnswer(
        f"the answer holds no {missing}",
        where=endpoint.where,
        remedy=f"Check that {endpoint.setting('base_url')} speaks {interface}.",
    )
    error.usage = usage
    return error
