"""The embedded model: llama.cpp in this process, its decoding held to the schema of the answer.

A process that was forked after the model had been started cannot use it and is told so.
"""

from __future__ import annotations

import asyncio
import hashlib
import http.client
import json
import logging
import os
import time
import weakref
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from dateline.completion import Completion, CompletionRequest, OutputSchema
from dateline.errors import CompletionError, ConfigError, ModelError, Rejected, Unavailable
from dateline.models import KnownModel, LocalFile, ensure_model, resolve_model
from dateline.providers.embedded import (
    EmbeddedServer,
    ServerSettings,
    default_threads,
    hold,
    release,
    require_runtime,
)
from dateline.providers.endpoint import Endpoint
from dateline.providers.faults import Reply, no_answer_in_time, of_reply
from dateline.providers.wire import read_completion

if TYPE_CHECKING:
    from dateline.config import ProviderConfig

log = logging.getLogger("dateline")

DEFAULT_CONTEXT_TOKENS = 8192
_SAMPLE_BYTES = 1 << 20
_REPEAT_ERROR_S = 30.0
"""A model that could not be had is not looked for again for every article."""


def build(settings: ProviderConfig) -> LocalCompleter:
    """Build the completer for a provider of kind ``local``. Nothing is fetched or loaded yet.

    Raises:
        ConfigError: xllamacpp is not installed, or no model is named.
        ModelError: the model's name means nothing, or there is no such file.
    """
    return LocalCompleter(settings)


class LocalCompleter:
    """Answers from a model that runs in this process.

    The model's file is fetched when it is not here, and the server started, by the first call.
    Completers with the same settings share one server; the last ``aclose`` stops it, at the
    latest the end of the process does.

    ``notice`` is one line for the user where the model is only good for trying things out.
    """

    def __init__(self, settings: ProviderConfig) -> None:
        require_runtime()
        if not settings.model:
            raise ConfigError(
                "no model is named",
                where=settings.where("model"),
                remedy='Add model = "smollm2-135m-instruct", a path to a .gguf, or '
                '"hf:org/repo/file.gguf".',
            )
        self._settings = settings
        self._spec = settings.model
        # A path in the file is relative to the file, one on the command line to where one is.
        beside = (settings.folder / Path(self._spec).expanduser()).is_file()
        self._folder = settings.folder if beside else None
        ref = resolve_model(self._spec, folder=self._folder)
        self._model = ref.name if isinstance(ref, LocalFile) else self._spec
        self._family = _family(settings, ref.path if isinstance(ref, LocalFile) else None)
        self.notice = ref.notice if isinstance(ref, KnownModel) else None
        self._endpoint = Endpoint(name=self.name, url="", model=self._model, settings=settings)
        self._server: EmbeddedServer | None = None
        self._preparing: asyncio.Task[EmbeddedServer] | None = None
        self._failed: tuple[float, ModelError] | None = None
        self._forms: weakref.WeakKeyDictionary[OutputSchema, dict[str, Any]] = (
            weakref.WeakKeyDictionary()
        )

    @property
    def name(self) -> str:
        """The configured name."""
        return self._settings.name or self._settings.kind

    @property
    def family(self) -> str:
        """``local``, with whatever else can change an answer."""
        return self._family

    @property
    def model(self) -> str:
        """The model as it was asked for; of a path, the file's name."""
        return self._model

    @property
    def is_demo(self) -> bool:
        """Whether the model is only good for trying things out."""
        return self.notice is not None

    def __repr__(self) -> str:
        return f"LocalCompleter({self.name!r}, model={self._model!r})"

    async def complete(self, request: CompletionRequest) -> Completion:
        """Ask the model. Cancelling it, or its timeout, stops the answer.

        Raises:
            ModelError: the model cannot be fetched or loaded.
            CompletionError: ``Rejected`` when the question is longer than the model's context,
                ``Unavailable`` when there was no answer in time or the server was stopped.
        """
        server = await self._running()
        body = self._body(request)
        async with server.gate():
            started = time.perf_counter()
            try:
                async with asyncio.timeout(self._settings.timeout_s):
                    status, data = await server.post("/v1/chat/completions", body)
            except TimeoutError as error:
                raise no_answer_in_time(self._endpoint) from error
            except (OSError, http.client.HTTPException) as error:
                raise Unavailable(
                    "the embedded server was stopped before it had answered", where=self.name
                ) from error
            seconds = time.perf_counter() - started
        if status != 200:
            raise self._declined(status, data, request)
        completion = read_completion(data, self._endpoint, seconds=seconds)
        return replace(completion, model=self._model)

    async def aclose(self) -> None:
        """Give the server back; the last one to do so stops it."""
        task, self._preparing = self._preparing, None
        if task is not None and task.get_loop() is asyncio.get_running_loop():
            await asyncio.gather(task, return_exceptions=True)
        server, self._server = self._server, None
        if server is not None and server.pid == os.getpid():
            await asyncio.to_thread(release, server)

    async def _running(self) -> EmbeddedServer:
        """The server, fetched, started and held by this completer once."""
        server = self._server
        if server is not None and server.running and server.pid == os.getpid():
            return server
        if self._failed is not None and time.monotonic() - self._failed[0] < _REPEAT_ERROR_S:
            raise self._failed[1]
        task = self._preparing
        if task is None or task.done() or task.get_loop() is not asyncio.get_running_loop():
            task = self._preparing = asyncio.ensure_future(asyncio.to_thread(self._prepare))
            task.add_done_callback(_noticed)
        # One of several that wait may be cancelled; the others still want the model.
        return await asyncio.shield(task)

    def _prepare(self) -> EmbeddedServer:
        try:
            path = ensure_model(
                self._spec,
                folder=self._folder,
                offline=bool(self._settings.options.get("offline", False)),
            )
            server = hold(
                ServerSettings(
                    path=path.absolute(),
                    context_tokens=self._settings.context_tokens or DEFAULT_CONTEXT_TOKENS,
                    parallel=self._settings.max_concurrency,
                    threads=self._settings.threads or default_threads(),
                    gpu_layers=self._settings.gpu_layers or 0,
                )
            )
            try:
                server.start()
            except BaseException:
                release(server)
                raise
        except ModelError as error:
            self._failed = (time.monotonic(), error)
            raise
        self._server, self._failed = server, None
        return server

    def _body(self, request: CompletionRequest) -> bytes:
        sampling = request.sampling
        context = self._settings.context_tokens or DEFAULT_CONTEXT_TOKENS
        body = {
            "messages": [
                {"role": message.role, "content": message.content}
                for message in request.all_messages
            ],
            # A model that never ends its answer is ended.
            "max_tokens": sampling.max_tokens or context // 2,
            **self._form(request.schema),
            **self._settings.extra_body,
        }
        for name in ("temperature", "top_p", "seed"):
            if (value := getattr(sampling, name)) is not None:
                body[name] = value
        return json.dumps(body).encode()

    def _form(self, schema: OutputSchema) -> dict[str, Any]:
        """What holds the decoding to the schema.

        Without white space an answer takes half the tokens. But then models like to answer with
        empty lists, so a schema with lists keeps its white space.
        """
        form = self._forms.get(schema)
        if form is None:
            import xllamacpp

            plain = _without_loose_patterns(schema.json_schema)
            if _has_lists(plain):
                form = {
                    "response_format": {
                        "type": "json_schema",
                        "json_schema": {"name": schema.name, "schema": plain},
                    }
                }
            else:
                tight = {"x-guidance": {"whitespace_flexible": False}, **plain}
                form = {"grammar": xllamacpp.json_schema_to_grammar(tight)}
            self._forms[schema] = form
        return form

    def _declined(self, status: int, data: bytes, request: CompletionRequest) -> CompletionError:
        try:
            body = json.loads(data)
        except ValueError:
            body = None
        error = body.get("error") if isinstance(body, dict) else None
        if isinstance(error, dict) and error.get("type") == "exceed_context_size_error":
            return Rejected(
                f"the question has {error.get('n_prompt_tokens')} tokens and the model's context "
                f"holds {error.get('n_ctx')}",
                where=self.name,
                remedy=f"Raise {self._endpoint.setting('context_tokens')}; it takes more memory.",
                status=status,
            )
        texts = [message.content for message in request.messages]
        return of_reply(Reply.read(status, {}, body), self._endpoint, texts)


def _noticed(task: asyncio.Task[EmbeddedServer]) -> None:
    """Look at a failure even when everybody who waited for it was cancelled."""
    if not task.cancelled():
        task.exception()


def _family(settings: ProviderConfig, path: Path | None) -> str:
    family = "local"
    if path is not None:
        # A path says nothing about what the file is, and it may be replaced by another model.
        family += f"+{_sample(path)}"
    if settings.extra_body:
        text = json.dumps(settings.extra_body, sort_keys=True)
        family += f"+{hashlib.sha256(text.encode()).hexdigest()[:8]}"
    return family


def _sample(path: Path) -> str:
    """A digest of a model file's size, beginning and end: enough to tell models apart."""
    from dateline.models.verification import require_gguf

    require_gguf(path)
    with path.open("rb") as file:
        size = path.stat().st_size
        digest = hashlib.sha256(f"{size}:".encode() + file.read(_SAMPLE_BYTES))
        file.seek(max(0, size - _SAMPLE_BYTES))
        digest.update(file.read(_SAMPLE_BYTES))
    return digest.hexdigest()[:12]


def _without_loose_patterns(schema: Any) -> Any:
    """The schema without patterns that llama.cpp ignores, saying so on the terminal."""
    if isinstance(schema, dict):
        return {
            key: _without_loose_patterns(value)
            for key, value in schema.items()
            if not (
                key == "pattern"
                and isinstance(value, str)
                and not (value.startswith("^") and value.endswith("$"))
            )
        }
    if isinstance(schema, list):
        return [_without_loose_patterns(value) for value in schema]
    return schema


def _has_lists(schema: Any) -> bool:
    if isinstance(schema, dict):
        return schema.get("type") == "array" or any(map(_has_lists, schema.values()))
    return isinstance(schema, list) and any(map(_has_lists, schema))
