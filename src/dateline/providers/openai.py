"""OpenAI and every endpoint that is compatible with it, through the openai client.

The client sends, authenticates, times out and tells errors apart; its retries are off. What it
would do again for every call is done once here: bodies are prepared by ``modes`` and joined as
bytes, answers are read from the bytes that come back.
"""

from __future__ import annotations

import asyncio
import hashlib
import inspect
import logging
import time
from typing import TYPE_CHECKING, Any

from dateline.completion import Completion, CompletionRequest, OutputSchema, Prefix, Role, Sampling
from dateline.errors import CompletionError, ConfigError
from dateline.providers.endpoint import Endpoint
from dateline.providers.faults import no_answer_in_time, of_exception
from dateline.providers.modes import Skeleton, encode, skeleton
from dateline.providers.transport import http_client, response_type
from dateline.providers.wire import read_completion
from dateline.records import Usage

if TYPE_CHECKING:
    from dateline.config import ProviderConfig

log = logging.getLogger("dateline")

_CONNECT_S = 10.0
_MAX_SKELETONS = 64
_MAX_CORRECTIONS = 5
_TELEMETRY = ("Lang", "Package-Version", "OS", "Arch", "Runtime", "Runtime-Version", "Async")

# What a model may decline, and what is sent instead: nothing, or the newer name.
_DECLINABLE = {
    "temperature": None,
    "top_p": None,
    "seed": None,
    "reasoning_effort": None,
    "max_tokens": "max_completion_tokens",
    "max_completion_tokens": "max_tokens",
}
_DECLINED = {"unsupported_parameter", "unsupported_value", "unknown_parameter"}

_SkeletonKey = tuple[Prefix, OutputSchema, Sampling, tuple[Role, ...]]


def build(settings: ProviderConfig) -> OpenAICompleter:
    """Build the completer for a provider of kind ``openai`` or ``openai-compatible``.

    Raises:
        ConfigError: no model is named, or the key's variable is not set.
    """
    return OpenAICompleter(settings)


class OpenAICompleter:
    """Answers from one OpenAI-style endpoint.

    Safe for concurrent calls; used from another event loop, it opens new connections there.
    """

    def __init__(self, settings: ProviderConfig) -> None:
        if not settings.model:
            raise ConfigError(
                "no model is named",
                where=settings.where("model"),
                remedy=f'Add model = "...", or ask for "{settings.name or settings.kind}/MODEL".',
            )
        self._settings = settings
        self._model = settings.model
        self._mode = settings.mode or "json_schema"
        self._key = settings.api_key()
        self._headers = {
            "Authorization" if name.lower() == "authorization" else name: value
            for name, value in settings.header_values().items()
        }
        self._loop: asyncio.AbstractEventLoop | None = None
        self._client: Any = self._connect()
        self._url = str(self._client.base_url).rstrip("/") + "/chat/completions"
        self._endpoint = Endpoint(
            name=self.name,
            url=settings.base_url or str(self._client.base_url),
            model=self._model,
            settings=settings,
            secrets=tuple(filter(None, (self._key, *self._headers.values()))),
        )
        self._call = self._prepared_call()
        takes_bytes = "content" in inspect.signature(self._client.post).parameters
        self._body_argument = "content" if takes_bytes else "body"
        self._skeletons: dict[_SkeletonKey, Skeleton] = {}
        self._declined: dict[str, str | None] = {}
        self._family = _family(settings, self._mode)

    @property
    def name(self) -> str:
        """The configured name."""
        return self._settings.name or self._settings.kind

    @property
    def family(self) -> str:
        """The kind, with whatever else of the settings can change an answer."""
        return self._family

    @property
    def model(self) -> str:
        """The model that is asked for."""
        return self._model

    def __repr__(self) -> str:
        return f"OpenAICompleter({self.name!r}, model={self._model!r})"

    async def complete(self, request: CompletionRequest) -> Completion:
        """Ask once. A parameter that the model declines is left out from then on.

        Raises:
            CompletionError: as ``providers.faults`` maps what happened; never retried here.
        """
        for _ in range(_MAX_CORRECTIONS):
            answer = await self._ask(request)
            if isinstance(answer, Completion):
                return answer
            error, parameter = answer
            if parameter is None:
                break
            self._leave_out(parameter)
        raise error

    async def aclose(self) -> None:
        """Close the connections."""
        if self._loop is None or self._loop is asyncio.get_running_loop():
            await self._client.close()

    async def _ask(
        self, request: CompletionRequest
    ) -> Completion | tuple[CompletionError, str | None]:
        """One HTTP request: its answer, or the error and the parameter that was declined."""
        self._use_this_loop()
        body = self._body(request)
        started = time.perf_counter()
        try:
            async with asyncio.timeout(self._settings.timeout_s):
                response = await self._client.post(
                    self._url, **{self._body_argument: body}, **self._call
                )
            data: bytes = response.content
        except TimeoutError:
            error: CompletionError = no_answer_in_time(self._endpoint)
            parameter = None
        except Exception as raised:
            mapped = of_exception(raised, self._endpoint, _texts(request))
            if mapped is None:
                raise
            error, parameter = mapped, _declined_parameter(raised)
        else:
            return self._read(data, request, seconds=time.perf_counter() - started)
        # Returned, not raised: outside the handler no vendor exception, with what the server
        # said and was sent, hangs on to the error.
        error.usage = Usage(calls=1, seconds=time.perf_counter() - started)
        return error, parameter

    def _read(self, data: bytes, request: CompletionRequest, *, seconds: float) -> Completion:
        try:
            return read_completion(data, self._endpoint, seconds=seconds, texts=_texts(request))
        except CompletionError as error:
            if error.usage is None:
                error.usage = Usage(calls=1, seconds=seconds)
            raise

    def _body(self, request: CompletionRequest) -> bytes:
        roles = tuple(message.role for message in request.messages)
        key = (request.prefix, request.schema, request.sampling, roles)
        prepared = self._skeletons.get(key)
        if prepared is None:
            if len(self._skeletons) >= _MAX_SKELETONS:
                self._skeletons.pop(next(iter(self._skeletons)))
            prepared = self._skeletons[key] = skeleton(
                request.prefix,
                roles,
                request.schema,
                mode=self._mode,
                strict=self._settings.kind == "openai",
                parameters=self._parameters(request.sampling),
            )
        return prepared.body(request.messages)

    def _parameters(self, sampling: Sampling) -> dict[str, Any]:
        limit = "max_completion_tokens" if self._settings.kind == "openai" else "max_tokens"
        wanted = {
            "temperature": sampling.temperature,
            "top_p": sampling.top_p,
            "seed": sampling.seed,
            "reasoning_effort": sampling.reasoning_effort,
            limit: sampling.max_tokens,
        }
        sent: dict[str, Any] = {"model": self._model}
        for name, value in wanted.items():
            used = self._declined.get(name, name)
            if value is not None and used is not None:
                sent[used] = value
        return {**sent, **self._settings.extra_body}

    def _leave_out(self, parameter: str) -> None:
        """Stop sending a parameter, or send it under its other name."""
        origin = next((old for old, new in self._declined.items() if new == parameter), None)
        if origin is not None:
            self._declined[origin] = None
        elif parameter not in self._declined:
            self._declined[parameter] = _DECLINABLE[parameter]
        else:
            return  # another call, sent at the same time, has found out already
        self._skeletons.clear()
        log.warning("%s: %s does not take %s", self.name, self._model, parameter)

    def _prepared_call(self) -> dict[str, Any]:
        """What is the same for every call to the client's ``post``."""
        import openai

        call: dict[str, Any] = {"cast_to": response_type()}
        if self._key is None and "Authorization" not in self._headers:
            # The client insists on a key; a server without one need not see a made-up one.
            call["options"] = {"headers": {"Authorization": openai.Omit()}}
        return call

    def _use_this_loop(self) -> None:
        loop = asyncio.get_running_loop()
        if self._loop is not loop:
            if self._loop is not None:
                # Connections belong to the loop they were opened on.
                self._client = self._connect()
            self._loop = loop

    def _connect(self) -> Any:
        import openai

        settings = self._settings
        headers: dict[str, Any] = {f"X-Stainless-{name}": openai.Omit() for name in _TELEMETRY}
        headers["Accept-Encoding"] = "identity"
        if settings.kind != "openai":
            # What the environment says about OpenAI is no business of another server.
            headers["OpenAI-Organization"] = headers["OpenAI-Project"] = openai.Omit()
        return openai.AsyncOpenAI(
            api_key=self._key or "none",
            base_url=settings.base_url,
            max_retries=0,
            default_headers={**headers, **self._headers},
            http_client=http_client(
                timeout=openai.Timeout(
                    settings.timeout_s, connect=min(_CONNECT_S, settings.timeout_s)
                ),
                max_connections=max(100, settings.max_concurrency),
            ),
        )


def _family(settings: ProviderConfig, mode: str) -> str:
    """The kind, with a mode and a body of one's own: they change what is asked."""
    family = settings.kind
    if mode != "json_schema":
        family += f"+{mode}"
    if settings.extra_body:
        family += f"+{hashlib.sha256(encode(settings.extra_body)).hexdigest()[:8]}"
    return family


def _texts(request: CompletionRequest) -> list[str]:
    return [message.content for message in request.messages]


def _declined_parameter(error: Exception) -> str | None:
    """The sampling parameter that a 400 answer says is not supported, if that is what it says."""
    if getattr(error, "status_code", None) != 400:
        return None
    parameter = getattr(error, "param", None)
    if getattr(error, "code", None) in _DECLINED and parameter in _DECLINABLE:
        return str(parameter)
    return None
