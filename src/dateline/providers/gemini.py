"""Google's Gemini: ``generateContent``, spoken directly.

Answers are bound by ``responseJsonSchema``. Caching is implicit: what is the same for every
article comes first, and the usage says how much of it was cached.

Source: Google AI for Developers, "Generating content", "Structured outputs" and "Context
caching"; field names and enums checked against ``google.genai.types`` of the google-genai
package.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import quote

from dateline.completion import Completion, FinishReason
from dateline.providers.dialect import Asked, Dialect, Names, messages_from, place
from dateline.providers.faults import Reply, of_reply
from dateline.providers.http import HttpCompleter
from dateline.providers.modes import Skeleton, bare_answer, described, with_gaps
from dateline.providers.schema_subset import subset
from dateline.providers.turns import alternating, without_answer
from dateline.providers.verdicts import GOOGLE
from dateline.providers.wire import count, envelope_of
from dateline.records import Usage
from dateline.schema_lint import GEMINI as RULES

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from dateline.completion import Message
    from dateline.config import ProviderConfig
    from dateline.providers.endpoint import Endpoint

_FINISH: Final[dict[str, FinishReason]] = {
    "STOP": "stop",
    "MAX_TOKENS": "length",
    "SAFETY": "refusal",
    "RECITATION": "refusal",
    "BLOCKLIST": "refusal",
    "PROHIBITED_CONTENT": "refusal",
    "SPII": "refusal",
}
_NAMES: Final[Names] = {
    "temperature": ("generationConfig.temperature",),
    "top_p": ("generationConfig.topP",),
    "seed": ("generationConfig.seed",),
    "reasoning_effort": ("generationConfig.thinkingConfig.thinkingLevel",),
    "max_tokens": ("generationConfig.maxOutputTokens",),
}


def build(settings: ProviderConfig) -> HttpCompleter:
    """Build the completer for a provider of kind ``gemini``.

    Raises:
        ConfigError: no model is named, or the key's variable is not set.
    """
    return HttpCompleter(settings, GeminiDialect(settings))


class GeminiDialect(Dialect):
    """``POST /models/MODEL:generateContent``."""

    table = GOOGLE
    names = _NAMES

    def url(self, base: str) -> str:
        """The model's URL."""
        model = quote(self.model.removeprefix("models/"), safe="")
        return f"{base}/models/{model}:generateContent"

    def headers(self, key: str | None) -> Mapping[str, str]:
        """The key in Google's header: in the query it would end up in logs."""
        return {"x-goog-api-key": key} if key else {}

    def skeleton(self, asked: Asked) -> Skeleton:
        """The article last; everything before it is the same for every article."""

        def write(gaps: Sequence[Message]) -> dict[str, Any]:
            system, conversation = messages_from(asked.prefix, gaps)
            config: dict[str, Any] = {"responseMimeType": "application/json"}
            bound = subset(asked.schema.json_schema, RULES) if asked.mode != "json" else None
            if bound is not None:
                config["responseJsonSchema"] = bound
            else:
                system.append(described(asked.schema))
            body = place({"generationConfig": config}, asked.parameters)
            body.update(self.settings.extra_body)
            if system:
                body["systemInstruction"] = {"parts": [{"text": text} for text in system]}
            turns = alternating(conversation, lambda text: {"text": text})
            body["contents"] = [
                {"role": "model" if role == "assistant" else "user", "parts": parts}
                for role, parts in turns
            ]
            return body

        return with_gaps(asked.roles, write)

    def read(
        self, data: bytes, endpoint: Endpoint, *, seconds: float, texts: Iterable[str]
    ) -> Completion:
        """The first candidate's text; a blocked prompt is a refusal."""
        envelope = envelope_of(data, endpoint)
        usage = _usage(envelope.get("usageMetadata"), seconds)
        if isinstance(envelope.get("error"), dict):
            code = envelope["error"].get("code")
            status = code if isinstance(code, int) and 400 <= code < 600 else 500
            error = of_reply(Reply.read(status, {}, envelope), endpoint, texts)
            error.usage = usage
            raise error
        candidates = envelope.get("candidates")
        candidate = candidates[0] if isinstance(candidates, list) and candidates else None
        feedback = envelope.get("promptFeedback")
        blocked = feedback.get("blockReason") if isinstance(feedback, dict) else None
        text = ""
        finish: FinishReason
        detail: str | None
        if blocked:
            finish, detail = "refusal", f"the prompt was blocked: {str(blocked)[:100]}"
        elif isinstance(candidate, dict):
            finish, detail = _finish(candidate)
            text = "" if finish == "refusal" else _answer(candidate)
        else:
            raise without_answer(
                endpoint, usage, missing="candidates[0]", interface="generateContent"
            )
        model = envelope.get("modelVersion")
        return Completion(
            text=text,
            finish_reason=finish,
            usage=usage,
            provider=endpoint.name,
            model=model if isinstance(model, str) and model else endpoint.model,
            detail=detail,
        )


def _answer(candidate: Mapping[str, Any]) -> str:
    content = candidate.get("content")
    parts = content.get("parts") if isinstance(content, dict) else None
    texts = (
        part.get("text")
        for part in (parts if isinstance(parts, list) else ())
        if isinstance(part, dict) and not part.get("thought")
    )
    return bare_answer("".join(text for text in texts if isinstance(text, str)))


def _finish(candidate: Mapping[str, Any]) -> tuple[FinishReason, str | None]:
    reason = candidate.get("finishReason")
    if not isinstance(reason, str):
        return "unknown", "no finishReason"
    finish = _FINISH.get(reason)
    if finish in {"stop", "length"}:
        return finish, None
    said = candidate.get("finishMessage")
    detail = f"{reason[:100]}: {said[:300]}" if isinstance(said, str) and said else reason[:100]
    return finish or "unknown", detail


def _usage(reported: object, seconds: float) -> Usage:
    """Normalise: thoughts are counted apart from the answer, and both are output."""
    thoughts = count(reported, "thoughtsTokenCount")
    return Usage(
        calls=1,
        seconds=seconds,
        input_tokens=count(reported, "promptTokenCount"),
        cached_input_tokens=count(reported, "cachedContentTokenCount"),
        output_tokens=count(reported, "candidatesTokenCount") + thoughts,
        reasoning_tokens=thoughts,
    )
