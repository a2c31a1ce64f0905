"""How structured output is asked for: what each mode sends, and where its answer stands.

instructor knows what the modes send. It rebuilds that for every call, which costs most of its
CPU time, so here it is asked once for each prompt prefix and schema, with placeholders where the
article will stand; a call then only joins bytes. Article text never passes through it.
"""

from __future__ import annotations

import json
import re
import secrets
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from dateline.completion import Message
from dateline.errors import SchemaError
from dateline.providers.strict_schema import strict_schema

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from dateline.completion import OutputSchema, Prefix, Role

MODES: Final = {
    "json_schema": "JSON_SCHEMA",
    "tools": "TOOLS",
    "json": "JSON",
    "md_json": "MD_JSON",
}
"""Names in the configuration, and instructor's."""

_NAME = re.compile(r"[^a-zA-Z0-9_-]")


@dataclass(frozen=True, slots=True)
class Skeleton:
    """A request body with gaps: ``parts[0]``, a message, ``parts[1]``, a message, ..."""

    parts: tuple[bytes, ...]

    def body(self, messages: Sequence[Message]) -> bytes:
        """Return the body with these messages' contents in the gaps."""
        pieces = [self.parts[0]]
        for message, part in zip(messages, self.parts[1:], strict=True):
            pieces.append(json_string(message.content))
            pieces.append(part)
        return b"".join(pieces)


def skeleton(
    prefix: Prefix,
    roles: Sequence[Role],
    schema: OutputSchema,
    *,
    mode: str,
    strict: bool,
    parameters: Mapping[str, Any],
) -> Skeleton:
    """Prepare everything of a request but the contents of its last messages.

    Args:
        prefix: the messages that are the same for every article.
        roles: of the messages that will fill the gaps.
        schema: what the answer must look like.
        mode: a key of ``MODES``.
        strict: ask for strict decoding where the schema allows it.
        parameters: model, sampling and whatever else stands in the body.

    Raises:
        SchemaError: instructor cannot ask for this schema.
    """

    def write(gaps: Sequence[Message]) -> dict[str, Any]:
        messages = [{"role": m.role, "content": m.content} for m in (*prefix.messages, *gaps)]
        body = {**_asked(schema, mode, messages), **parameters}
        if strict:
            _make_strict(body)
        return body

    return with_gaps(roles, write)


def with_gaps(
    roles: Sequence[Role], write: Callable[[Sequence[Message]], dict[str, Any]]
) -> Skeleton:
    """Prepare a body of any format.

    Args:
        roles: of the messages whose contents will fill the gaps.
        write: makes the body from messages with placeholders for contents; each placeholder
            must stand in it once, in their order.
    """
    token = secrets.token_hex(16)
    gaps = [f"{token}-{number}-" for number in range(len(roles))]
    messages = [Message(role, gap) for role, gap in zip(roles, gaps, strict=True)]
    return Skeleton(_cut(encode(write(messages)), gaps))


def described(schema: OutputSchema) -> str:
    """The words that ask for JSON where nothing but words can: instructions with the schema."""
    return (
        "Answer with one JSON object and nothing else. It must fit this JSON Schema:\n"
        + encode(schema.json_schema).decode()
    )


def schema_name(schema: OutputSchema) -> str:
    """The schema's name as every provider allows it: letters, digits, ``_`` and ``-``."""
    return _NAME.sub("_", schema.name)[:64] or "answer"


def _asked(schema: OutputSchema, mode: str, messages: list[dict[str, str]]) -> dict[str, Any]:
    """What instructor sends for a schema in a mode."""
    import instructor
    from instructor.v2.core.response import handle_response_model

    try:
        _, arguments = handle_response_model(
            schema.model, mode=getattr(instructor.Mode, MODES[mode]), messages=messages
        )
    except (TypeError, ValueError, KeyError) as error:
        problem = SchemaError(
            f"this model cannot be asked for in {mode} mode ({type(error).__name__})",
            where=schema.name,
            remedy="Use a Pydantic model with fields that JSON Schema can describe.",
        )
    else:
        asked = dict(arguments)
        described = asked.get("response_format", {}).get("json_schema")
        if described:
            described["name"] = _NAME.sub("_", str(described["name"]))[:64]
        return asked
    raise problem


def _make_strict(body: dict[str, Any]) -> None:
    """Turn on strict decoding in place, where the mode has it and the schema allows it."""
    described = body.get("response_format", {}).get("json_schema")
    if described and (schema := strict_schema(described["schema"])):
        described.update(schema=schema, strict=True)
    for tool in body.get("tools", ()):
        function = tool["function"]
        if schema := strict_schema(function["parameters"]):
            tool["function"] = {**function, "parameters": schema, "strict": True}


def _cut(body: bytes, gaps: Sequence[str]) -> tuple[bytes, ...]:
    parts = []
    for gap in gaps:
        before, found, body = body.partition(gap.encode())
        if not found:
            raise AssertionError("a placeholder was lost while the request was prepared")
        parts.append(before)
    return (*parts, body)


def encode(value: Any) -> bytes:
    """Compact JSON in UTF-8; lone surrogates, which UTF-8 cannot hold, are escaped."""
    try:
        return json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode()
    except UnicodeEncodeError:
        return json.dumps(value, separators=(",", ":")).encode()


def json_string(text: str) -> bytes:
    """``text`` as the inside of a JSON string."""
    return encode(text)[1:-1]


_THINKING = "<think>"
_THOUGHT = "</think>"
_FENCE = "```"


def bare_answer(text: str) -> str:
    """Return an answer without the reasoning before it and the Markdown fence around it.

    What has neither comes back as it is; a fence that is not closed, as in an answer that was
    cut, loses its opening only.
    """
    if text.startswith(_THINKING) or text.lstrip().startswith(_THINKING):
        _, found, rest = text.partition(_THOUGHT)
        text = rest if found else text
    start = text.find(_FENCE)
    # A fence within JSON text is part of a string, not around it.
    if start < 0 or text[:start].lstrip().startswith(("{", "[")):
        return text
    begin = text.find("\n", start)
    if begin < 0:
        return text
    end = text.rfind(_FENCE)
    return text[begin:end].strip() if end > start else text[begin:].strip()
