"""Anthropic's Messages interface, spoken directly.

Answers are bound to the schema by ``output_config.format``; a schema that this cannot say, and
models that lack it, are asked by a forced tool (``mode = "tools"``). A cache breakpoint stands
at the end of what is the same for every article.

Source: Claude Docs, "Messages", "Structured outputs", "Prompt caching", "Handling stop reasons"
and "Errors"; field names checked against ``anthropic.types`` of the anthropic package.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Final

from dateline.completion import Completion, FinishReason
from dateline.providers.dialect import Asked, Dialect, Names, messages_from, place
from dateline.providers.faults import Reply, of_reply
from dateline.providers.http import HttpCompleter
from dateline.providers.modes import Skeleton, bare_answer, described, schema_name, with_gaps
from dateline.providers.schema_subset import rooted, subset
from dateline.providers.turns import alternating, without_answer
from dateline.providers.verdicts import ANTHROPIC
from dateline.providers.wire import count, envelope_of
from dateline.records import Usage
from dateline.schema_lint import ANTHROPIC as RULES

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from dateline.completion import Message
    from dateline.config import ProviderConfig
    from dateline.providers.endpoint import Endpoint

VERSION: Final = "2023-06-01"
DEFAULT_MAX_TOKENS: Final = 4096
"""The interface insists on a limit."""

_BREAKPOINT: Final = {"type": "ephemeral"}
_FINISH: Final[dict[str, FinishReason]] = {
    "end_turn": "stop",
    "stop_sequence": "stop",
    "tool_use": "stop",
    "max_tokens": "length",
    "model_context_window_exceeded": "length",
    "refusal": "refusal",
}
_NAMES: Final[Names] = {
    "temperature": ("temperature",),
    "top_p": ("top_p",),
    "reasoning_effort": ("output_config.effort",),
    "max_tokens": ("max_tokens",),
}


def build(settings: ProviderConfig) -> HttpCompleter:
    """Build the completer for a provider of kind ``anthropic``.

    Raises:
        ConfigError: no model is named, or the key's variable is not set.
    """
    return HttpCompleter(settings, MessagesDialect(settings))


class MessagesDialect(Dialect):
    """``POST /v1/messages``."""

    table = ANTHROPIC
    names = _NAMES
    required = frozenset({"max_tokens"})

    def url(self, base: str) -> str:
        """``.../v1/messages``, whether or not the file says ``/v1``."""
        return f"{base.removesuffix('/v1')}/v1/messages"

    def headers(self, key: str | None) -> Mapping[str, str]:
        """The key in Anthropic's header, and the version of the interface."""
        return {"anthropic-version": VERSION, **({"x-api-key": key} if key else {})}

    def skeleton(self, asked: Asked) -> Skeleton:
        """The article last; everything before it is the same for every article."""

        def write(gaps: Sequence[Message]) -> dict[str, Any]:
            body: dict[str, Any] = {"model": self.model, "max_tokens": DEFAULT_MAX_TOKENS}
            system, conversation = messages_from(asked.prefix, gaps)
            system += self._ask_for(asked, body)
            place(body, asked.parameters)
            blocks = [_text(text) for text in system if text]
            turns = alternating(conversation, _text)
            static = len(conversation) - len(gaps)
            _mark(blocks, [block for _, content in turns for block in content][:static])
            body.update(self.settings.extra_body)
            if blocks:
                body["system"] = blocks
            body["messages"] = [{"role": role, "content": content} for role, content in turns]
            return body

        return with_gaps(asked.roles, write)

    def read(
        self, data: bytes, endpoint: Endpoint, *, seconds: float, texts: Iterable[str]
    ) -> Completion:
        """The tool's input, else the text blocks; what the model thought is left out."""
        envelope = envelope_of(data, endpoint)
        usage = _usage(envelope.get("usage"), seconds)
        content = envelope.get("content")
        if not isinstance(content, list):
            if isinstance(envelope.get("error"), dict):
                error = of_reply(Reply.read(500, {}, envelope), endpoint, texts)
                error.usage = usage
                raise error
            raise without_answer(
                endpoint, usage, missing="content", interface="the Messages format"
            )
        finish, detail = _finish(envelope)
        model = envelope.get("model")
        return Completion(
            text="" if finish == "refusal" else _answer(content),
            finish_reason=finish,
            usage=usage,
            provider=endpoint.name,
            model=model if isinstance(model, str) and model else endpoint.model,
            detail=detail,
        )

    def _ask_for(self, asked: Asked, body: dict[str, Any]) -> list[str]:
        """Put the schema into the body; returns system texts that go with it."""
        if asked.mode == "json":
            return [described(asked.schema)]
        bound = subset(asked.schema.json_schema, RULES) if asked.mode == "json_schema" else None
        if bound is not None:
            body["output_config"] = {"format": {"type": "json_schema", "schema": bound}}
            return []
        name = schema_name(asked.schema)
        tool = {
            "name": name,
            "description": "Takes the answer.",
            "input_schema": rooted(asked.schema.json_schema),
        }
        body["tools"] = [tool]
        body["tool_choice"] = {"type": "tool", "name": name}
        return []


def _text(text: str) -> dict[str, Any]:
    return {"type": "text", "text": text}


def _mark(system: list[dict[str, Any]], examples: list[dict[str, Any]]) -> None:
    """Set the cache breakpoint on the last block that is the same for every article."""
    last = [*system, *examples][-1:]
    for block in last:
        block["cache_control"] = _BREAKPOINT


def _answer(content: list[Any]) -> str:
    blocks = [block for block in content if isinstance(block, dict)]
    for block in blocks:
        if block.get("type") == "tool_use" and isinstance(block.get("input"), dict):
            return json.dumps(block["input"], ensure_ascii=False)
    texts = (block.get("text") for block in blocks if block.get("type") == "text")
    return bare_answer("".join(text for text in texts if isinstance(text, str)))


def _finish(envelope: Mapping[str, Any]) -> tuple[FinishReason, str | None]:
    reason = envelope.get("stop_reason")
    if not isinstance(reason, str):
        return "unknown", "no stop_reason"
    finish = _FINISH.get(reason)
    if finish is None:
        return "unknown", reason[:100]
    if finish != "refusal":
        return finish, None
    details = envelope.get("stop_details")
    said = (
        [details.get("explanation"), details.get("category")] if isinstance(details, dict) else []
    )
    words = [text for text in said if isinstance(text, str) and text]
    return finish, words[0] if words else _answer(envelope["content"]) or None


def _usage(reported: object, seconds: float) -> Usage:
    """Normalise: Anthropic counts cached input apart, everybody else as a part of the input."""
    read = count(reported, "cache_read_input_tokens")
    written = count(reported, "cache_creation_input_tokens")
    made = reported.get("output_tokens_details") if isinstance(reported, dict) else None
    return Usage(
        calls=1,
        seconds=seconds,
        input_tokens=count(reported, "input_tokens") + read + written,
        cached_input_tokens=read,
        cache_write_tokens=written,
        output_tokens=count(reported, "output_tokens"),
        reasoning_tokens=count(made, "thinking_tokens", "reasoning_tokens"),
    )
