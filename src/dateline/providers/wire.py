"""Read the body of a chat completion, as sent by OpenAI and by those who are compatible with it."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any, Final

from pydantic_core import from_json

from dateline.completion import Completion, FinishReason
from dateline.errors import CompletionError, InvalidAnswer, Unavailable
from dateline.providers.faults import Reply, of_reply
from dateline.providers.modes import bare_answer
from dateline.records import Usage

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from dateline.providers.endpoint import Endpoint

_PATH: Final = re.compile(r"(?:[/~.]|[A-Za-z]:\\).*\.gguf\Z", re.DOTALL)
"""llama.cpp's server, when it was given no name for its model."""
_FINISH: Final[dict[str, FinishReason]] = {
    "stop": "stop",
    "eos": "stop",
    "tool_calls": "stop",
    "function_call": "stop",
    "length": "length",
    "model_length": "length",
    "max_tokens": "length",
    "content_filter": "content_filter",
    "refusal": "refusal",
}


def read_completion(
    data: bytes, endpoint: Endpoint, *, seconds: float, texts: Iterable[str] = ()
) -> Completion:
    """Return the completion that a successful HTTP answer holds.

    Args:
        data: the body.
        endpoint: who sent it.
        seconds: how long it took, for the usage.
        texts: what was sent, so that an error message never repeats it.

    Raises:
        Unavailable: the body is no JSON object at all: an HTML page, nothing, a cut one.
        InvalidAnswer: a JSON object without an answer in it.
        CompletionError: the body is an error that came with status 200.
    """
    envelope = envelope_of(data, endpoint)
    usage = usage_of(envelope.get("usage"), seconds=seconds)
    choices = envelope.get("choices")
    choice = choices[0] if isinstance(choices, list) and choices else None
    message = choice.get("message") if isinstance(choice, dict) else None
    if not isinstance(choice, dict) or not isinstance(message, dict):
        error = _error_with_success(envelope, endpoint, texts)
        error.usage = usage
        raise error
    reason = choice.get("finish_reason")
    if reason == "error" and isinstance(choice.get("error"), dict):
        # A router's provider failed after it had begun to answer.
        error = _error_with_success(choice, endpoint, texts)
        error.usage = usage
        raise error
    finish, detail = _finish(reason)
    text = _text(message)
    refusal = message.get("refusal")
    if isinstance(refusal, str) and refusal:
        finish, detail, text = "refusal", refusal, ""
    return Completion(
        text=text,
        finish_reason=finish,
        usage=usage,
        provider=endpoint.name,
        model=_model_of(envelope.get("model"), endpoint),
        detail=detail,
    )


def _model_of(named: object, endpoint: Endpoint) -> str:
    """The model as the server names it; of a file's path on the server, the name."""
    if not isinstance(named, str) or not named:
        return endpoint.model
    if named != endpoint.model and _PATH.match(named):
        return re.split(r"[/\\]", named)[-1]
    return named


def usage_of(reported: object, *, seconds: float) -> Usage:
    """Return one call's usage, whichever of the usual spellings the server reports it in."""
    if not isinstance(reported, dict):
        return Usage(calls=1, seconds=seconds)
    given = reported.get("prompt_tokens_details") or reported.get("input_tokens_details")
    made = reported.get("completion_tokens_details") or reported.get("output_tokens_details")
    return Usage(
        calls=1,
        seconds=seconds,
        input_tokens=count(reported, "prompt_tokens", "input_tokens"),
        cached_input_tokens=count(given, "cached_tokens")
        or count(reported, "cached_tokens", "prompt_cache_hit_tokens", "cache_read_input_tokens"),
        # OpenRouter's and LiteLLM's names, for models whose cache is paid for when written.
        cache_write_tokens=count(given, "cache_write_tokens", "cache_creation_tokens")
        or count(reported, "cache_creation_input_tokens"),
        output_tokens=count(reported, "completion_tokens", "output_tokens"),
        reasoning_tokens=count(made, "reasoning_tokens"),
    )


def envelope_of(data: bytes, endpoint: Endpoint) -> dict[str, Any]:
    """Return the JSON object of a successful answer.

    Raises:
        Unavailable: the body is no JSON object: an HTML page, nothing, a cut one.
    """
    if not data.strip():
        raise Unavailable(
            "the answer is empty",
            where=endpoint.where,
            remedy=f"If it stays so, check {endpoint.setting('base_url')} and the server's log.",
        )
    try:
        envelope = from_json(data)
    except ValueError:
        envelope = _with_lone_surrogates(data)
    if isinstance(envelope, dict):
        return envelope
    if data.lstrip()[:1] == b"<":
        raise Unavailable(
            "the server answered with a web page instead of JSON",
            where=endpoint.where,
            remedy=f"Check {endpoint.setting('base_url')}: it usually ends in /v1.",
        )
    raise Unavailable(
        "the answer is not a JSON object, or was cut",
        where=endpoint.where,
        remedy=f"Check {endpoint.setting('base_url')}: is it the interface of this kind?",
    )


def _with_lone_surrogates(data: bytes) -> object:
    r"""Read JSON that escapes half a character (``\ud83d``), which strict readers refuse."""
    try:
        text = json.dumps(json.loads(data), ensure_ascii=False)
    except (ValueError, RecursionError):
        return None
    whole = text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    loaded: object = json.loads(whole)
    return loaded


def _error_with_success(
    envelope: Mapping[str, Any], endpoint: Endpoint, texts: Iterable[str]
) -> CompletionError:
    error = envelope.get("error")
    if error:
        code = error.get("code") if isinstance(error, dict) else None
        if isinstance(code, str) and len(code) == 3 and code.isdecimal():
            code = int(code)
        status = code if isinstance(code, int) and 400 <= code < 600 else 500
        return of_reply(Reply.read(status, {}, {"error": error}), endpoint, texts)
    return InvalidAnswer(
        "the answer holds no choices[0].message",
        where=endpoint.where,
        remedy=f"Check that {endpoint.setting('base_url')} speaks the OpenAI format.",
    )


def _finish(reason: object) -> tuple[FinishReason, str | None]:
    if isinstance(reason, str):
        known = _FINISH.get(reason)
        return (known, None) if known else ("unknown", reason[:100])
    return "unknown", "no finish_reason"


def _text(message: Mapping[str, Any]) -> str:
    """The answer: a tool call's arguments, else the content, which may come in pieces."""
    calls = message.get("tool_calls")
    if isinstance(calls, list) and calls:
        function = calls[0].get("function") if isinstance(calls[0], dict) else None
        arguments = function.get("arguments") if isinstance(function, dict) else None
        if isinstance(arguments, str):
            return arguments
        if isinstance(arguments, dict):  # some servers send them parsed
            return json.dumps(arguments, ensure_ascii=False)
    content = message.get("content")
    if isinstance(content, list):
        content = "".join(
            piece["text"]
            for piece in content
            if isinstance(piece, dict) and isinstance(piece.get("text"), str)
        )
    return bare_answer(content) if isinstance(content, str) else ""


def count(reported: object, *names: str) -> int:
    """Return the first of these entries that is a count; 0 where there is none."""
    if isinstance(reported, dict):
        for name in names:
            value = reported.get(name)
            if isinstance(value, int) and value > 0:
                return value
    return 0
