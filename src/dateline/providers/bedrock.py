"""Amazon Bedrock: the Converse interface over HTTP.

A Bedrock API key is sent as a bearer token and needs nothing installed. Without one, requests
are signed with the credentials that botocore finds (extra ``bedrock``).

Source: Amazon Bedrock API Reference, "Converse", "OutputConfig"; User Guide, "Use an Amazon
Bedrock API key", "Prompt caching"; names checked against botocore's model of bedrock-runtime.
"""

from __future__ import annotations

import asyncio
import json
import os
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import quote

from dateline.completion import Completion, FinishReason
from dateline.errors import ConfigError
from dateline.providers.dialect import Asked, Dialect, Names, messages_from, place
from dateline.providers.exceptions import NotSigned
from dateline.providers.http import HttpCompleter
from dateline.providers.modes import (
    Skeleton,
    bare_answer,
    described,
    encode,
    schema_name,
    with_gaps,
)
from dateline.providers.schema_subset import rooted, subset
from dateline.providers.turns import alternating, without_answer
from dateline.providers.verdicts import BEDROCK
from dateline.providers.wire import count, envelope_of
from dateline.records import Usage
from dateline.schema_lint import ANTHROPIC as RULES

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from dateline.completion import Message
    from dateline.config import ProviderConfig
    from dateline.providers.endpoint import Endpoint

_CACHE_POINT: Final = {"cachePoint": {"type": "default"}}
_CACHING: Final = ("anthropic.", "amazon.nova")
_FINISH: Final[dict[str, FinishReason]] = {
    "end_turn": "stop",
    "stop_sequence": "stop",
    "tool_use": "stop",
    "max_tokens": "length",
    "model_context_window_exceeded": "length",
    "content_filtered": "content_filter",
    "guardrail_intervened": "content_filter",
    "refusal": "refusal",
}
_NAMES: Final[Names] = {
    "temperature": ("inferenceConfig.temperature",),
    "top_p": ("inferenceConfig.topP",),
    "reasoning_effort": ("outputConfig.effort",),
    "max_tokens": ("inferenceConfig.maxTokens",),
}


def build(settings: ProviderConfig) -> HttpCompleter:
    """Build the completer for a provider of kind ``bedrock``.

    Raises:
        ConfigError: no model or region is named, or there are no credentials.
    """
    dialect = ConverseDialect(settings)
    if settings.api_key() is None:
        dialect.credentials = _credentials(settings)
    url = f"https://bedrock-runtime.{dialect.region}.amazonaws.com"
    return HttpCompleter(settings, dialect, base_url=settings.base_url or url)


class ConverseDialect(Dialect):
    """``POST /model/MODEL/converse``."""

    table = BEDROCK
    names = _NAMES

    def __init__(self, settings: ProviderConfig) -> None:
        super().__init__(settings)
        self.region = _region(settings)
        self.credentials: Any = None
        self._keys: Any = None

    def url(self, base: str) -> str:
        """The model's URL; ids and ARNs hold characters that are escaped in it."""
        # A colon that is escaped here would be unescaped by the transport, and what is signed
        # must be what is sent.
        return f"{base}/model/{quote(self.model, safe=':')}/converse"

    async def ready(self) -> None:
        """Renew credentials that expire; whoever hands them out is asked in a thread.

        Raises:
            NotSigned: it gave none.
        """
        if self.credentials is None:
            return
        # Credentials that do not expire have no such method.
        expire = getattr(self.credentials, "refresh_needed", None)
        waiting = expire is not None and expire()
        self._keys = await asyncio.to_thread(self._frozen) if waiting else self._frozen()

    def signature(self, url: str, body: bytes) -> Mapping[str, str] | None:
        """AWS Signature Version 4, where there is no API key."""
        if self.credentials is None:
            return None
        from botocore.auth import SigV4Auth
        from botocore.awsrequest import AWSRequest

        request = AWSRequest(method="POST", url=url, data=body)
        SigV4Auth(self._keys, "bedrock", self.region).add_auth(request)
        return dict(request.headers.items())

    def _frozen(self) -> Any:
        try:
            return self.credentials.get_frozen_credentials()
        except Exception as error:  # a program of the user's may hand them out
            raise NotSigned from error

    def skeleton(self, asked: Asked) -> Skeleton:
        """The article last; everything before it is the same for every article."""

        def write(gaps: Sequence[Message]) -> dict[str, Any]:
            body: dict[str, Any] = {}
            system, conversation = messages_from(asked.prefix, gaps)
            system += self._ask_for(asked, body)
            place(body, asked.parameters)
            body.update(self.settings.extra_body)
            blocks: list[dict[str, Any]] = [{"text": text} for text in system if text]
            if blocks and any(family in self.model for family in _CACHING):
                blocks.append(_CACHE_POINT)
            if blocks:
                body["system"] = blocks
            turns = alternating(conversation, lambda text: {"text": text})
            body["messages"] = [{"role": role, "content": content} for role, content in turns]
            return body

        return with_gaps(asked.roles, write)

    def read(
        self,
        data: bytes,
        endpoint: Endpoint,
        *,
        seconds: float,
        texts: Iterable[str],  # noqa: ARG002  # an error never comes with status 200 here
    ) -> Completion:
        """The tool's input, else the text blocks."""
        envelope = envelope_of(data, endpoint)
        usage = _usage(envelope.get("usage"), seconds)
        output = envelope.get("output")
        message = output.get("message") if isinstance(output, dict) else None
        content = message.get("content") if isinstance(message, dict) else None
        if not isinstance(content, list):
            raise without_answer(
                endpoint, usage, missing="output.message.content", interface="Converse"
            )
        reason = envelope.get("stopReason")
        finish = _FINISH.get(reason, "unknown") if isinstance(reason, str) else "unknown"
        return Completion(
            text="" if finish == "refusal" else _answer(content),
            finish_reason=finish,
            usage=usage,
            provider=endpoint.name,
            model=endpoint.model,
            detail=str(reason)[:100] if finish in {"unknown", "content_filter"} else None,
        )

    def _ask_for(self, asked: Asked, body: dict[str, Any]) -> list[str]:
        """Put the schema into the body; returns system texts that go with it."""
        if asked.mode == "json":
            return [described(asked.schema)]
        name = schema_name(asked.schema)
        bound = subset(asked.schema.json_schema, RULES) if asked.mode == "json_schema" else None
        if bound is not None:
            # The interface wants the schema as a string.
            structure = {"jsonSchema": {"name": name, "schema": encode(bound).decode()}}
            body["outputConfig"] = {"textFormat": {"type": "json_schema", "structure": structure}}
            return []
        tool = {
            "name": name,
            "description": "Takes the answer.",
            "inputSchema": {"json": rooted(asked.schema.json_schema)},
        }
        body["toolConfig"] = {
            "tools": [{"toolSpec": tool}],
            "toolChoice": {"tool": {"name": name}},
        }
        return []


def _region(settings: ProviderConfig) -> str:
    region = settings.region or os.environ.get("AWS_REGION") or os.environ.get("AWS_DEFAULT_REGION")
    if not region:
        raise ConfigError(
            "no AWS region is named",
            where=settings.where("region"),
            remedy='Add region = "us-east-1", say, or set AWS_REGION.',
        )
    return region


def _credentials(settings: ProviderConfig) -> Any:
    variable = settings.key_variable
    try:
        from botocore.session import Session
    except ImportError:
        problem = ConfigError(
            f"there is no key in {variable}, and botocore, which finds other credentials, is "
            "not installed",
            where=settings.where("api_key_env"),
            remedy=f'Set {variable}, or pip install "dateline[bedrock]".',
        )
    else:
        why = ""
        try:
            found = Session().get_credentials()
        except Exception as error:  # a program of the user's may hand them out
            found, why = None, f" ({type(error).__name__})"
        if found is not None:
            return found
        problem = ConfigError(
            f"there is no key in {variable}, and no AWS credentials were found{why}",
            where=settings.where("api_key_env"),
            remedy=f"Set {variable}, or check AWS_PROFILE and the credentials (aws configure).",
        )
    raise problem


def _answer(content: list[Any]) -> str:
    blocks = [block for block in content if isinstance(block, dict)]
    for block in blocks:
        used = block.get("toolUse")
        if isinstance(used, dict) and isinstance(used.get("input"), dict):
            return json.dumps(used["input"], ensure_ascii=False)
    texts = (block.get("text") for block in blocks)
    return bare_answer("".join(text for text in texts if isinstance(text, str)))


def _usage(reported: object, seconds: float) -> Usage:
    """Normalise: what was read from the cache or written to it is counted apart."""
    read = count(reported, "cacheReadInputTokens")
    written = count(reported, "cacheWriteInputTokens")
    return Usage(
        calls=1,
        seconds=seconds,
        input_tokens=count(reported, "inputTokens") + read + written,
        cached_input_tokens=read,
        cache_write_tokens=written,
        output_tokens=count(reported, "outputTokens"),
    )
