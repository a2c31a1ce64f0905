"""Ask a model over HTTP, in any dialect.

The openai client says where requests go and with which headers. What it would do again for every
call is done once here: bodies are prepared by a dialect and joined as bytes, answers are read from
the bytes that come back. Nothing is asked twice here, whatever happens.
"""

from __future__ import annotations

import asyncio
import hashlib
import logging
import re
import time
from dataclasses import replace
from typing import TYPE_CHECKING, Any, Final

from dateline.completion import Completion, CompletionRequest, OutputSchema, Prefix, Role, Sampling
from dateline.config.presets import preset
from dateline.errors import CompletionError, ConfigError
from dateline.ledger import note
from dateline.providers.dialect import TELEMETRY, Asked, Dialect
from dateline.providers.endpoint import Endpoint
from dateline.providers.exceptions import of_exception
from dateline.providers.faults import Reply, of_reply, quotable
from dateline.providers.modes import Skeleton, encode
from dateline.providers.transport import Connections, DryClient, Head, NotPrepared, proxy_for
from dateline.records import Usage

if TYPE_CHECKING:
    from dateline.config import ProviderConfig

log = logging.getLogger("dateline")

_MAX_SKELETONS = 64
_MAX_CORRECTIONS = 5
_DECLINED: Final = {"unsupported_parameter", "unsupported_value", "unknown_parameter"}
_DECLINING: Final = re.compile(
    r"unsupported|not supported|n[o']t support|deprecated|not allowed|not permitted"
    r"|unknown (?:name|parameter)|extra inputs|cannot (?:both )?be specified",
    re.IGNORECASE,
)

_SkeletonKey = tuple[Prefix, OutputSchema, Sampling, tuple[Role, ...]]


class HttpCompleter:
    """Answers from one endpoint.

    Safe for concurrent calls; used from another event loop, it opens new connections there.

    Args:
        settings: of the provider.
        dialect: what it speaks.
        base_url: where it is, for a kind whose URL follows from other settings.

    Raises:
        ConfigError: no model is named, or a variable is not set.
    """

    def __init__(
        self, settings: ProviderConfig, dialect: Dialect, *, base_url: str | None = None
    ) -> None:
        if not settings.model:
            raise ConfigError(
                "no model is named",
                where=settings.where("model"),
                remedy=f'Add model = "...", or ask for "{settings.name or settings.kind}/MODEL".',
            )
        self._settings = settings
        self._dialect = dialect
        self._base_url = base_url or settings.base_url or preset(settings.kind).base_url
        self._key = settings.api_key()
        self._own_headers = dialect.headers(self._key)
        self._headers = {
            **(self._own_headers or {}),
            **{
                "Authorization" if name.lower() == "authorization" else name: value
                for name, value in settings.header_values().items()
            },
        }
        base, self._head = self._head_by_the_client()
        self._endpoint = Endpoint(
            name=self.name,
            url=self._base_url or base,
            model=self.model,
            settings=settings,
            secrets=tuple(filter(None, (self._key, *settings.header_values().values()))),
            table=dialect.table,
        )
        self._connections = Connections(
            timeout_s=settings.timeout_s,
            most=max(100, settings.max_concurrency),
            secure=self._head.url.startswith("https:"),
            proxy=proxy_for(self._head.url),
        )
        self._skeletons: dict[_SkeletonKey, Skeleton] = {}
        self._names = {field: list(places) for field, places in dialect.names.items()}
        self._family = _family(settings)

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
        return self._dialect.model

    def __repr__(self) -> str:
        return f"{type(self).__name__}({self.name!r}, model={self.model!r})"

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
            note(self, request, error)
            self._leave_out(parameter)
        raise error

    async def aclose(self) -> None:
        """Close the connections."""
        await self._connections.aclose()

    async def _ask(
        self, request: CompletionRequest
    ) -> Completion | tuple[CompletionError, str | None]:
        """One HTTP request: its answer, or the error and the parameter that was declined."""
        body = self._body(request)
        parameter = None
        started = time.perf_counter()
        try:
            async with asyncio.timeout(self._settings.timeout_s):
                await self._dialect.ready()
                signature = self._dialect.signature(self._head.url, body)
                answered = await self._connections.post(self._head, body, signature)
        except Exception as raised:
            mapped = of_exception(raised, self._endpoint)
            if mapped is None:
                raise
            error = mapped
        else:
            if 200 <= answered.status < 300:
                return self._read(answered.body, request, seconds=time.perf_counter() - started)
            reply = Reply.of_body(answered.status, answered.headers, answered.body)
            error = of_reply(reply, self._endpoint, _texts(request))
            parameter = self._declined_parameter(reply)
        # Returned, not raised: outside the handler no exception of the transport, with what was
        # sent, hangs on to the error.
        error.usage = Usage(calls=1, seconds=time.perf_counter() - started)
        return error, parameter

    def _read(self, data: bytes, request: CompletionRequest, *, seconds: float) -> Completion:
        texts = _texts(request)
        try:
            read = self._dialect.read(data, self._endpoint, seconds=seconds, texts=texts)
        except CompletionError as error:
            if error.usage is None:
                error.usage = Usage(calls=1, seconds=seconds)
            raise
        if read.detail:
            # It becomes an error's message where the answer is of no use.
            words = quotable(read.detail, texts, self._endpoint.secrets)
            return replace(read, detail=words or "its words repeat what was sent")
        return read

    def _body(self, request: CompletionRequest) -> bytes:
        roles = tuple(message.role for message in request.messages)
        key = (request.prefix, request.schema, request.sampling, roles)
        prepared = self._skeletons.get(key)
        if prepared is None:
            if len(self._skeletons) >= _MAX_SKELETONS:
                self._skeletons.pop(next(iter(self._skeletons)))
            prepared = self._skeletons[key] = self._dialect.skeleton(
                Asked(
                    prefix=request.prefix,
                    roles=roles,
                    schema=request.schema,
                    mode=self._settings.mode_used,
                    parameters=self._parameters(request.sampling),
                )
            )
        return prepared.body(request.messages)

    def _parameters(self, sampling: Sampling) -> dict[str, Any]:
        values = {
            places[0]: getattr(sampling, field) for field, places in self._names.items() if places
        }
        return {place: value for place, value in values.items() if value is not None}

    def _leave_out(self, parameter: str) -> None:
        """Stop sending a parameter, or send it under its other name."""
        for places in self._names.values():
            if places and places[0] == parameter:
                places.pop(0)
                self._skeletons.clear()
                log.warning("%s: %s does not take %s", self.name, self.model, parameter)
                return
        # Another call, sent at the same time, has found out already.

    def _declined_parameter(self, reply: Reply) -> str | None:
        """The sampling parameter that a 400 answer says is not taken, if that is what it says."""
        if reply.status != 400:
            return None
        offered = {places[0] for places in self._names.values() if places}
        offered |= {place for places in self._dialect.names.values() for place in places}
        offered -= self._dialect.required
        if reply.param:
            declined = reply.param in offered and not _DECLINED.isdisjoint(reply.codes)
            return reply.param if declined else None
        if not _DECLINING.search(reply.message):
            return None
        words = set(re.findall(r"\w+", reply.message))
        named = (place for place in sorted(offered) if place.rpartition(".")[2] in words)
        return next(named, None)

    def _head_by_the_client(self) -> tuple[str, Head]:
        """The base URL, and what stands before the body of every call."""
        import openai

        settings = self._settings
        headers: dict[str, Any] = {f"X-Stainless-{name}": openai.Omit() for name in TELEMETRY}
        headers["Accept-Encoding"] = "identity"
        if settings.kind != "openai":
            # What the environment says about OpenAI is no business of another server.
            headers["OpenAI-Organization"] = headers["OpenAI-Project"] = openai.Omit()
        bearer = self._key is not None and self._own_headers is None
        # The client insists on a key; a server without one need not see a made-up one.
        without = () if bearer or "Authorization" in self._headers else ("Authorization",)
        try:
            client = DryClient(
                api_key=self._key or "none",
                base_url=self._base_url,
                timeout=settings.timeout_s,
                default_headers={**headers, **self._headers},
            )
            return client.base_url, client.head(self._dialect.url(client.base_url), without=without)
        except NotPrepared as error:
            kind = type(error.__cause__).__name__
        raise ConfigError(
            f"the client could not prepare a request ({kind})",
            where=settings.where("base_url"),
            remedy="Check base_url, headers and the client's own environment variables "
            "(OPENAI_...).",
        )


def _family(settings: ProviderConfig) -> str:
    """The kind, with an interface, a mode and a body of one's own: they change what is asked."""
    family = settings.kind
    if settings.api == "responses":
        family += "+responses"
    if settings.mode_used != preset(settings.kind).mode:
        family += f"+{settings.mode_used}"
    if settings.extra_body:
        family += f"+{hashlib.sha256(encode(settings.extra_body)).hexdigest()[:8]}"
    return family


def _texts(request: CompletionRequest) -> list[str]:
    return [message.content for message in request.messages]
