"""What the vendors' servers answer, in their own formats, for the server on loopback."""

from __future__ import annotations

import json
from typing import Any

from loopback import Answer, raw


def encoded(body: dict[str, Any]) -> Answer:
    """A successful answer with this body."""
    return raw(json.dumps(body).encode())


def response(
    text: str | None = "{}",
    *,
    refusal: str | None = None,
    status: str = "completed",
    reason: str | None = None,
    error: dict[str, str] | None = None,
) -> Answer:
    """OpenAI's Responses interface, with a reasoning item before the message."""
    content: list[dict[str, Any]] = []
    if text is not None:
        content.append({"type": "output_text", "text": text, "annotations": []})
    if refusal is not None:
        content.append({"type": "refusal", "refusal": refusal})
    message: dict[str, Any] = {
        "type": "message",
        "id": "msg_1",
        "role": "assistant",
        "content": content,
    }
    message["status"] = "completed"
    return encoded(
        {
            "id": "resp_1",
            "object": "response",
            "created_at": 1_750_000_000,
            "parallel_tool_calls": True,
            "tool_choice": "auto",
            "tools": [],
            "status": status,
            "error": error,
            "incomplete_details": {"reason": reason} if reason else None,
            "model": "gpt-loopback",
            "output": []
            if error
            else [{"type": "reasoning", "id": "rs_1", "summary": []}, message],
            "usage": {
                "input_tokens": 3000,
                "input_tokens_details": {"cached_tokens": 2048, "cache_write_tokens": 0},
                "output_tokens": 400,
                "output_tokens_details": {"reasoning_tokens": 128},
                "total_tokens": 3400,
            },
        }
    )


def message(
    text: str | None = "{}",
    *,
    answer: dict[str, Any] | None = None,
    stop_reason: str | None = "end_turn",
    stop_details: dict[str, Any] | None = None,
) -> Answer:
    """Anthropic's Messages interface, with a thinking block first; ``answer`` is a tool's input."""
    content: list[dict[str, Any]] = [{"type": "thinking", "thinking": "hm", "signature": "x"}]
    if text is not None:
        content.append({"type": "text", "text": text})
    if answer is not None:
        content.append({"type": "tool_use", "id": "toolu_1", "name": "draft", "input": answer})
    return encoded(
        {
            "id": "msg_1",
            "type": "message",
            "role": "assistant",
            "model": "claude-loopback-1",
            "content": content,
            "stop_reason": stop_reason,
            "stop_sequence": None,
            "stop_details": stop_details,
            "usage": {
                "input_tokens": 952,
                "cache_creation_input_tokens": 100,
                "cache_read_input_tokens": 1948,
                "output_tokens": 400,
                "output_tokens_details": {"thinking_tokens": 128},
            },
        }
    )


def candidate(
    text: str | None = "{}", *, reason: str | None = "STOP", blocked: str | None = None
) -> Answer:
    """Gemini's ``generateContent``, with a thought before the answer."""
    parts = [{"text": "hm", "thought": True}, *([{"text": text}] if text is not None else [])]
    body: dict[str, Any] = {
        "usageMetadata": {
            "promptTokenCount": 3000,
            "cachedContentTokenCount": 2048,
            "candidatesTokenCount": 272,
            "thoughtsTokenCount": 128,
            "totalTokenCount": 3400,
        },
        "modelVersion": "gemini-loopback-1",
        "responseId": "r1",
    }
    if blocked:
        body["promptFeedback"] = {"blockReason": blocked}
    else:
        content = {"role": "model", "parts": parts}
        body["candidates"] = [{"content": content, "finishReason": reason, "index": 0}]
    return encoded(body)


def converse(
    text: str | None = "{}",
    *,
    answer: dict[str, Any] | None = None,
    stop_reason: str = "end_turn",
) -> Answer:
    """Bedrock's Converse interface."""
    content: list[dict[str, Any]] = [{"reasoningContent": {"reasoningText": {"text": "hm"}}}]
    if text is not None:
        content.append({"text": text})
    if answer is not None:
        content.append({"toolUse": {"toolUseId": "t1", "name": "draft", "input": answer}})
    return encoded(
        {
            "output": {"message": {"role": "assistant", "content": content}},
            "stopReason": stop_reason,
            "usage": {
                "inputTokens": 952,
                "cacheReadInputTokens": 1948,
                "cacheWriteInputTokens": 100,
                "outputTokens": 400,
                "totalTokens": 3400,
            },
            "metrics": {"latencyMs": 100},
        }
    )


def anthropic_error(
    status: int, kind: str, *, message: str = "it failed", **headers: str
) -> Answer:
    """An error of Anthropic; ``retry_after="2"`` becomes a header."""
    body = {"type": "error", "error": {"type": kind, "message": message}, "request_id": "req_1"}
    return _failed(status, body, headers)


def google_error(
    status: int, name: str, *, details: list[dict[str, Any]] | None = None, message: str = "x"
) -> Answer:
    """An error of Google: ``google.rpc.Status`` in JSON."""
    error = {"code": status, "message": message, "status": name, "details": details or []}
    return _failed(status, {"error": error}, {})


def bedrock_error(status: int, name: str, **headers: str) -> Answer:
    """An error of Bedrock: the type stands in a header."""
    kind = f"{name}:http://internal.amazon.com/coral/com.amazon.bedrock/"
    return _failed(status, {"message": "it failed"}, {"x-amzn-ErrorType": kind, **headers})


def _failed(status: int, body: dict[str, Any], headers: dict[str, str]) -> Answer:
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    return Answer(status, json.dumps(body).encode(), {"content-type": "application/json", **named})
