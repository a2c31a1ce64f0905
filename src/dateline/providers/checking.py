"""Ask a provider one small question and report what can be seen in its answer."""

from __future__ import annotations

import time
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from pydantic import BaseModel, ConfigDict, ValidationError

from dateline.completion import CompletionRequest, Message, OutputSchema, Prefix, Sampling
from dateline.errors import DatelineError
from dateline.prices import Prices
from dateline.providers.registry import build_one
from dateline.records import Usage

if TYPE_CHECKING:
    from dateline.completion import Completion
    from dateline.config import Config, ProviderConfig

_MAX_TOKENS = 1024


class Probe(BaseModel):
    """What is asked for. The words of ``colour`` stand nowhere but in the schema."""

    model_config = ConfigDict(extra="forbid")

    ready: bool
    colour: Literal["ochre-17", "cobalt-42"]


_PREFIX = Prefix(
    (Message("system", "This checks a connection. Answer with one JSON object that fits."),)
)
_SCHEMA = OutputSchema(name="probe", model=Probe)


@dataclass(frozen=True, slots=True)
class Checked:
    """How a provider answered.

    Attributes:
        name, kind, model: of the provider; the model as the server named it.
        ok: it answered with a JSON object.
        mode: how the schema was asked for.
        schema: ``followed`` when the answer holds what only the schema says, ``not followed``
            when it does not, None without an answer.
        seconds: until the answer was complete, connecting included.
        input_tokens, cached_input_tokens, output_tokens: as the server counted them.
        cost_usd: of this question; None where no price is known.
        error: the error's code.
        detail: what went wrong and what to do, or the model's name.
    """

    name: str
    kind: str
    model: str | None
    ok: bool
    mode: str
    schema: str | None
    seconds: float
    input_tokens: int
    cached_input_tokens: int
    output_tokens: int
    cost_usd: float | None
    error: str | None
    detail: str


async def check(settings: ProviderConfig, config: Config | None = None) -> Checked:
    """Make one real call, past the cache and without retries. Never raises for the provider.

    Args:
        settings: of the provider.
        config: where prices of one's own stand.
    """
    began = time.monotonic()
    completion: Completion | None = None
    error: DatelineError | None = None
    try:
        completer = build_one(settings)
        try:
            completion = await completer.complete(_question())
        finally:
            await completer.aclose()
    except DatelineError as raised:
        error = raised
    seconds = round(time.monotonic() - began, 3)
    if completion is None:
        usage = getattr(error, "usage", None) or Usage()
        ok, schema, code = False, None, error.code if error else None
        detail, model = str(error), settings.model
    else:
        usage, model = completion.usage, completion.model
        ok, schema, detail, code = _judged(completion)
    cost = usage.cost_usd
    if cost is None:
        cost = Prices(settings, config).cost(usage, model or "")
    return Checked(
        name=settings.name,
        kind=settings.kind,
        model=model,
        ok=ok,
        mode=settings.mode_used,
        schema=schema,
        seconds=seconds,
        input_tokens=usage.input_tokens,
        cached_input_tokens=usage.cached_input_tokens,
        output_tokens=usage.output_tokens,
        cost_usd=cost,
        error=code,
        detail=detail,
    )


def _question() -> CompletionRequest:
    return CompletionRequest(
        prefix=_PREFIX,
        messages=(Message("user", "Say that you are ready, and choose a colour."),),
        schema=_SCHEMA,
        sampling=Sampling(temperature=None, max_tokens=_MAX_TOKENS),
        purpose="check",
    )


def _judged(completion: Completion) -> tuple[bool, str | None, str, str | None]:
    """Whether it is an answer, whether it follows the schema, what to say, and an error's code."""
    if completion.finish_reason in {"refusal", "content_filter"}:
        return False, None, f"it declined: {completion.detail or 'no reason given'}", "refused"
    try:
        Probe.model_validate_json(completion.text)
    except ValidationError as error:
        if completion.finish_reason == "length":
            return False, None, f"its answer was cut at {_MAX_TOKENS} tokens", "truncated"
        if any(problem["type"] == "json_invalid" for problem in error.errors()):
            detail = "it answered, but not in the form that was asked for"
            return False, "not followed", detail, "invalid_answer"
        detail = f"{completion.model}; its JSON does not follow the schema: try another mode"
        return True, "not followed", detail, None
    return True, "followed", completion.model, None
