"""OpenAI's Responses interface.

Source: OpenAI API reference, "Create a model response" and "The response object"; field names
checked against ``openai.types.responses`` of the openai package.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from dateline.completion import Completion, FinishReason
from dateline.errors import InvalidAnswer
from dateline.providers.dialect import Asked, Dialect, Names, place
from dateline.providers.faults import Reply, of_reply
from dateline.providers.modes import Skeleton, bare_answer, described, schema_name, with_gaps
from dateline.providers.strict_schema import strict_schema
from dateline.providers.verdicts import RESPONSES
from dateline.providers.wire import envelope_of, usage_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from dateline.completion import Message, OutputSchema
    from dateline.providers.endpoint import Endpoint
_NAMES: Final[Names] = {
    "temperature": ("temperature",),
    "top_p": ("top_p",),
    "reasoning_effort": ("reasoning.effort",),
    "max_tokens": ("max_output_tokens",),
}


class ResponsesDialect(Dialect):
    """``POST /responses``; nothing is kept at OpenAI (``store`` is off)."""

    table = RESPONSES

    names = _NAMES

    def url(self, base: str) -> str:
        """``.../responses``."""
        return f"{base}/responses"

    def skeleton(self, asked: Asked) -> Skeleton:
        """Input items, the article last; strict decoding where the schema allows it."""

        def write(gaps: Sequence[Message]) -> dict[str, Any]:
            told = (*asked.prefix.messages, *gaps)
            items = [{"role": m.role, "content": m.content} for m in told]
            if asked.mode == "json":
                # JSON mode insists on the word JSON among the input.
                items.insert(0, {"role": "system", "content": described(asked.schema)})
                text: dict[str, Any] = {"type": "json_object"}
            else:
                text = _format(asked.schema)
            body: dict[str, Any] = {"model": self.model, "store": False, "text": {"format": text}}
            place(body, asked.parameters)
            return {**body, **self.settings.extra_body, "input": items}

        return with_gaps(asked.roles, write)

    def read(
        self, data: bytes, endpoint: Endpoint, *, seconds: float, texts: Iterable[str]
    ) -> Completion:
        """The text of the output's messages, or the refusal among them."""
        envelope = envelope_of(data, endpoint)
        usage = usage_of(envelope.get("usage"), seconds=seconds)
        status, output = envelope.get("status"), envelope.get("output")
        if status in {"failed", "cancelled"} or (envelope.get("error") and not output):
            reply = Reply.read(500, {}, {"error": envelope.get("error")})
            error = of_reply(reply, endpoint, texts)
            error.usage = usage
            raise error
        if not isinstance(output, list):
            problem = InvalidAnswer(
                "the answer holds no output",
                where=endpoint.where,
                remedy=f"Check that {endpoint.setting('base_url')} has the Responses interface, "
                'or set api = "chat".',
            )
            problem.usage = usage
            raise problem
        parts = list(_parts(output))
        refusals = [refusal for kind, refusal in parts if kind == "refusal"]
        text = bare_answer("".join(text for kind, text in parts if kind == "output_text"))
        finish, detail = _finish(status, envelope.get("incomplete_details"))
        if refusals:
            finish, detail, text = "refusal", refusals[0], ""
        model = envelope.get("model")
        return Completion(
            text=text,
            finish_reason=finish,
            usage=usage,
            provider=endpoint.name,
            model=model if isinstance(model, str) and model else endpoint.model,
            detail=detail,
        )


def _format(schema: OutputSchema) -> dict[str, Any]:
    strict = strict_schema(schema.json_schema)
    return {
        "type": "json_schema",
        "name": schema_name(schema),
        "schema": strict or schema.json_schema,
        "strict": strict is not None,
    }


def _parts(output: list[Any]) -> Iterator[tuple[str, str]]:
    """Kind and text of every part of every message."""
    for item in output:
        content = item.get("content") if isinstance(item, dict) else None
        if not isinstance(content, list) or item.get("type", "message") != "message":
            continue
        for part in content:
            kind = part.get("type") if isinstance(part, dict) else None
            text = part.get("refusal" if kind == "refusal" else "text") if kind else None
            if isinstance(text, str) and isinstance(kind, str):
                yield kind, text


def _finish(status: object, details: object) -> tuple[FinishReason, str | None]:
    if status == "completed":
        return "stop", None
    reason = details.get("reason") if isinstance(details, dict) else None
    if reason == "max_output_tokens":
        return "length", None
    if reason == "content_filter":
        return "content_filter", None
    return "unknown", str(reason or status or "no status")[:100]
