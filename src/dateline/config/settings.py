"""The settings themselves: what may stand in ``dateline.toml`` and what it means."""

from __future__ import annotations

import json
import os
from functools import cached_property
from importlib.metadata import entry_points
from os.path import normpath
from pathlib import Path
from typing import Annotated, Any, Final, Literal
from urllib.parse import urlsplit

from pydantic import (
    BaseModel,
    ConfigDict,
    Field,
    PrivateAttr,
    Strict,
    field_validator,
    model_validator,
)

from dateline.config.mistakes import Origin, suggestion
from dateline.config.presets import PRESETS, Mode, preset
from dateline.errors import ConfigError

BUILT_IN_KINDS: Final = tuple(PRESETS)
ENTRY_POINTS: Final = "dateline.providers"
DEFAULT_LOCAL_MODEL: Final = "smollm2-135m-instruct"

_SECRET_HEADERS = {"authorization", "proxy-authorization", "x-api-key", "api-key", "cookie"}
_SECRET_HEADERS |= {"x-goog-api-key", "x-amz-security-token"}

_NEED_A_URL = {
    "openai-compatible": "http://localhost:8000/v1",
    "azure": "https://NAME.openai.azure.com",
}
_FOR_KINDS = {"api": ("openai", "azure"), "api_version": ("azure",), "region": ("bedrock",)}

Names = Annotated[tuple[str, ...], Strict(False)]
Conditions = Annotated[
    tuple[Literal["unavailable", "rate_limited", "rejected", "refused", "invalid"], ...],
    Strict(False),
]


class _Settings(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True, strict=True)


_AUTHENTICATING = frozenset({"authorization", "api-key", "x-api-key", "x-goog-api-key"})


class ProviderConfig(_Settings):
    """One table ``[providers.NAME]``.

    Times are in seconds. ``attempts`` counts the first call; ``retry_s`` bounds the time that
    repeated calls of one request may take. ``mode`` overrides how structured output is asked
    for; ``asking`` overrides whether the model is asked for the whole draft (``direct``) or only
    to choose (``guided``). ``fallback_on`` says after which failures those in ``fallback`` are
    asked instead; ``invalid`` is an answer that stays unusable after every re-ask. ``api`` is
    OpenAI's and Azure's choice of interface, ``api_version`` Azure's, ``region`` Bedrock's. A
    header's value ``"env:NAME"`` is taken from the environment.
    """

    kind: str
    model: str | None = None
    base_url: str | None = None
    api_key_env: Annotated[str, Field(pattern=r"^[A-Za-z_][A-Za-z0-9_]*$")] | None = None
    mode: Mode | None = None
    api: Literal["chat", "responses"] | None = None
    api_version: Annotated[str, Field(pattern=r"^[A-Za-z0-9.-]+$")] | None = None
    region: Annotated[str, Field(pattern=r"^[a-z0-9-]+$")] | None = None
    asking: Literal["direct", "guided"] | None = None

    temperature: Annotated[float, Field(ge=0, le=2)] | None = None
    top_p: Annotated[float, Field(gt=0, le=1)] | None = None
    max_tokens: Annotated[int, Field(ge=1)] | None = None
    seed: int | None = None
    reasoning_effort: str | None = None
    context_tokens: Annotated[int, Field(ge=256)] | None = None

    timeout_s: Annotated[float, Field(gt=0, allow_inf_nan=False)] = 120.0
    attempts: Annotated[int, Field(ge=1, le=100)] = 5
    retry_s: Annotated[float, Field(ge=0, allow_inf_nan=False)] = 300.0
    requests_per_minute: Annotated[float, Field(gt=0, allow_inf_nan=False)] | None = None
    tokens_per_minute: Annotated[float, Field(gt=0, allow_inf_nan=False)] | None = None
    concurrency: Annotated[int, Field(ge=1)] | None = None
    adaptive: bool | None = None
    fallback: Names = ()
    fallback_on: Conditions = ("unavailable", "rate_limited", "rejected")

    headers: dict[str, str] = Field(default_factory=dict, repr=False)
    extra_body: dict[str, Any] = Field(default_factory=dict)
    threads: Annotated[int, Field(ge=1)] | None = None
    gpu_layers: Annotated[int, Field(ge=0)] | None = None
    script: str | None = None
    recordings: str | None = None
    options: dict[str, Any] = Field(default_factory=dict)

    _name: str = PrivateAttr("")
    _origin: Origin = PrivateAttr(default_factory=Origin)

    @property
    def name(self) -> str:
        """The name of the table, or the built-in kind that was asked for."""
        return self._name

    @property
    def way_of_asking(self) -> Literal["direct", "guided"]:
        """``asking``, or what suits the kind: small embedded models choose, others write."""
        return self.asking or ("guided" if self.kind == "local" else "direct")

    @property
    def mode_used(self) -> Mode:
        """``mode``, or what suits the kind best."""
        return self.mode or preset(self.kind).mode

    @property
    def key_variable(self) -> str | None:
        """The variable that the key is read from: ``api_key_env``, or the kind's usual one."""
        return self.api_key_env or preset(self.kind).key_env

    @property
    def key_needed(self) -> bool:
        """Whether it is a mistake that the key's variable is not set: it was named, or the kind
        needs a key and no header of one's own stands in for it."""
        own = {header.lower() for header in self.headers}
        return self.api_key_env is not None or (
            preset(self.kind).key_needed and own.isdisjoint(_AUTHENTICATING)
        )

    @property
    def usual_temperature(self) -> float | None:
        """The temperature for a file that states none; None leaves it to the provider."""
        return preset(self.kind).temperature

    @property
    def max_concurrency(self) -> int:
        """``concurrency``, or one for the embedded model and 32 for a server."""
        return self.concurrency or (1 if self.kind == "local" else 32)

    @property
    def adapts(self) -> bool:
        """``adaptive``, or whether a server's answers can say how much it takes."""
        return self.kind != "local" if self.adaptive is None else self.adaptive

    @property
    def folder(self) -> Path:
        """Folder of the configuration file, which relative paths in it start from."""
        return self._origin.path.parent if self._origin.path else Path()

    def where(self, *keys: str) -> str:
        """File, line and key path of a setting of this provider, for messages."""
        return self._origin.where(("providers", self._name, *keys))

    def path(self, setting: Literal["script", "recordings"]) -> Path:
        """The file that ``setting`` names, relative to the configuration file.

        Raises:
            ConfigError: it is not set, or there is no such file.
        """
        value = getattr(self, setting)
        if value is None:
            raise ConfigError(
                f"a provider of kind {self.kind!r} needs a file",
                where=self.where(setting),
                remedy=f'Add {setting} = "FILE.jsonl".',
            )
        found = Path(normpath(self.folder / Path(value).expanduser()))
        if not found.is_file():
            raise ConfigError(
                f"there is no file {str(found)!r}",
                where=self.where(setting),
                remedy="Check the name; it is relative to the configuration file.",
            )
        return found

    def api_key(self) -> str | None:
        """The key from the environment; None where this provider has none and needs none.

        Raises:
            ConfigError: the variable is not set or empty.
        """
        variable = self.key_variable
        if variable is None:
            return None
        key = os.environ.get(variable, "").strip()
        if not key and not self.key_needed:
            return None
        if not key:
            raise ConfigError(
                f"the environment variable {variable} is not set",
                where=self.where("api_key_env"),
                remedy=f"Set it (export {variable}=...) or name another variable in "
                f"providers.{self._name or self.kind}.api_key_env.",
            )
        self._check_sendable(key, variable, "api_key_env")
        return key

    def header_values(self) -> dict[str, str]:
        """The extra headers, with ``env:NAME`` replaced by the variable's value.

        Raises:
            ConfigError: a variable is not set.
        """
        values = {}
        for header, value in self.headers.items():
            if value.startswith("env:"):
                variable = value.removeprefix("env:")
                if not os.environ.get(variable):
                    raise ConfigError(
                        f"the environment variable {variable} is not set",
                        where=self.where("headers", header),
                        remedy=f"Set it (export {variable}=...) or take the header out.",
                    )
                value = os.environ[variable].strip()
                self._check_sendable(value, variable, "headers", header)
            values[header] = value
        return values

    def _check_sendable(self, value: str, variable: str, *keys: str) -> None:
        """Pasted keys come with curly quotes and line breaks, which HTTP cannot send."""
        if not (value.isascii() and value.isprintable()):
            raise ConfigError(
                f"the value of {variable} has characters that HTTP headers cannot hold",
                where=self.where(*keys),
                remedy="Set it again, without quotation marks, spaces or line breaks.",
            )

    @field_validator("kind")
    @classmethod
    def _kind_is_known(cls, kind: str) -> str:
        if kind in BUILT_IN_KINDS:
            return kind
        installed = {point.name for point in entry_points(group=ENTRY_POINTS)}
        if kind in installed:
            return kind
        hint = suggestion(kind, {*BUILT_IN_KINDS, *installed})
        raise ValueError(
            f"there is no provider kind of that name; {hint} A package can add kinds under the "
            f"entry point group {ENTRY_POINTS}."
        )

    @field_validator("base_url")
    @classmethod
    def _base_url_is_usable(cls, base_url: str | None) -> str | None:
        if base_url is None:
            return None
        example = 'write something like "http://localhost:8000/v1".'
        base_url = base_url.strip()
        if not base_url.isprintable() or " " in base_url:
            raise ValueError(f"the URL has spaces or control characters in it; {example}")
        try:
            parts = urlsplit(base_url)
            _ = parts.port  # raises for a port that is no number
        except ValueError:
            raise ValueError(f"this is not a URL; {example}") from None
        if parts.scheme not in {"http", "https"}:
            raise ValueError(f"the URL must start with http:// or https://; {example}")
        if not parts.hostname:
            raise ValueError(f"the URL has no host; {example}")
        if parts.username or parts.password:
            raise ValueError(
                "the URL holds credentials; take them out and name the variable that holds the "
                "key in api_key_env."
            )
        if parts.query or parts.fragment:
            raise ValueError(f"the URL has a query or a fragment; {example}")
        return base_url

    @field_validator("headers")
    @classmethod
    def _headers_hold_no_secrets(cls, headers: dict[str, str]) -> dict[str, str]:
        for header, value in headers.items():
            if not header.isascii() or not header.replace("-", "").replace("_", "").isalnum():
                raise ValueError("a header's name has characters that HTTP does not allow; fix it.")
            if header.lower() in _SECRET_HEADERS and not value.startswith("env:"):
                raise ValueError(
                    f"the header {header} carries a secret and may not stand in the file; put it "
                    'into an environment variable and write "env:NAME".'
                )
            if not (value.isascii() and value.isprintable()):
                raise ValueError("a header's value has characters that HTTP cannot send; fix it.")
        return headers

    @field_validator("extra_body", "options")
    @classmethod
    def _is_json(cls, value: dict[str, Any]) -> dict[str, Any]:
        try:
            json.dumps(value, allow_nan=False)
        except (TypeError, ValueError):
            raise ValueError(
                "this cannot be sent as JSON; use strings, numbers, booleans, arrays and tables."
            ) from None
        return value

    @model_validator(mode="after")
    def _has_what_its_kind_needs(self) -> ProviderConfig:
        example = _NEED_A_URL.get(self.kind)
        if example and self.base_url is None:
            raise ValueError(
                f'the kind "{self.kind}" needs a base_url; add it, e.g. base_url = "{example}".'
            )
        modes = preset(self.kind).modes
        if self.mode is not None and self.mode not in modes:
            raise ValueError(
                f'the kind "{self.kind}" has no mode "{self.mode}"; choose among '
                f"{', '.join(modes)}, or leave it out."
            )
        for name, kinds in _FOR_KINDS.items():
            if getattr(self, name) is not None and self.kind not in kinds:
                raise ValueError(f"{name} is a setting of {' and '.join(kinds)} only; take it out.")
        if self.api == "responses" and self.mode in {"tools", "md_json"}:
            raise ValueError(
                'with api = "responses" the modes are json_schema and json; leave mode out.'
            )
        return self


class CacheConfig(_Settings):
    """``[cache]``: where answers are kept. Changing ``epoch`` asks everything anew.

    Nothing grows stale or is removed unless asked for: ``max_age_days`` asks anew for what was
    stored longer ago, ``max_mb`` (10**6 bytes) removes the oldest answers beyond that size.
    """

    dir: str | None = None
    epoch: Annotated[int, Field(ge=0)] = 0
    enabled: bool = True
    max_age_days: Annotated[float, Field(gt=0, allow_inf_nan=False)] | None = None
    max_mb: Annotated[float, Field(gt=0, allow_inf_nan=False)] | None = None

    @property
    def max_age_s(self) -> float | None:
        """``max_age_days`` in seconds."""
        return None if self.max_age_days is None else self.max_age_days * 86_400

    @property
    def max_bytes(self) -> int | None:
        """``max_mb`` in bytes."""
        return None if self.max_mb is None else int(self.max_mb * 1e6)


class ObservabilityConfig(_Settings):
    """``[observability]``: OpenTelemetry spans and metrics (``otel``), by default without what
    was asked and answered (``capture_content``)."""

    otel: bool = False
    capture_content: bool = False


class LimitsConfig(_Settings):
    """``[limits]``: what a run may cost."""

    max_usd: Annotated[float, Field(gt=0, allow_inf_nan=False)] | None = None


class PriceConfig(_Settings):
    """One table ``[prices."MODEL"]`` or ``[prices."PROVIDER/MODEL"]``: US dollars per million
    tokens. Input that the provider had cached, or that it writes to its cache, costs as much as
    other input unless said."""

    input_per_million: Annotated[float, Field(ge=0, allow_inf_nan=False)]
    output_per_million: Annotated[float, Field(ge=0, allow_inf_nan=False)]
    cached_input_per_million: Annotated[float, Field(ge=0, allow_inf_nan=False)] | None = None
    cache_write_per_million: Annotated[float, Field(ge=0, allow_inf_nan=False)] | None = None

    @property
    def per_token(self) -> tuple[float, float, float, float]:
        """US dollars per token of input, cached input, input written to a cache, and output."""
        read, written = self.cached_input_per_million, self.cache_write_per_million
        known = (
            self.input_per_million,
            self.input_per_million if read is None else read,
            self.input_per_million if written is None else written,
            self.output_per_million,
        )
        return known[0] / 1e6, known[1] / 1e6, known[2] / 1e6, known[3] / 1e6


class Config(_Settings):
    """Everything that ``dateline.toml`` and the environment say."""

    default_provider: str = "local"
    providers: dict[str, ProviderConfig] = Field(default_factory=dict)
    cache: CacheConfig = Field(default_factory=CacheConfig)
    limits: LimitsConfig = Field(default_factory=LimitsConfig)
    prices: dict[str, PriceConfig] = Field(default_factory=dict)
    observability: ObservabilityConfig = Field(default_factory=ObservabilityConfig)

    _origin: Origin = PrivateAttr(default_factory=Origin)

    @property
    def source(self) -> Path | None:
        """The file this was read from; None for the built-in defaults."""
        return self._origin.path

    @cached_property
    def cache_dir(self) -> Path:
        """Folder of the cache: ``[cache] dir`` relative to the file, else the user's cache."""
        if self.cache.dir is not None:
            folder = self._origin.path.parent if self._origin.path else Path()
            return folder / Path(self.cache.dir).expanduser()
        from platformdirs import user_cache_path

        return user_cache_path("dateline") / "completions"

    def provider(self, name: str | None = None) -> ProviderConfig:
        """Return the settings of one provider.

        Args:
            name: the name of a table, a table and another model (``"openai/gpt-5-mini"``; the
                model may hold slashes), or the name of a built-in kind with or without a model.
                The default provider when None.

        Raises:
            ConfigError: there is no such provider; the message lists those there are.
        """
        asked = name or self.default_provider
        if asked in self.providers:
            return self._named(asked, None)
        base, slash, model = asked.partition("/")
        if slash and not model:
            raise ConfigError(
                f"the provider {asked!r} ends in a slash",
                where=self._where_asked(name),
                remedy='Write "NAME/MODEL", e.g. "openai/gpt-5-mini".',
            )
        if base in self.providers or base in BUILT_IN_KINDS:
            return self._named(base, model or None)
        raise ConfigError(
            f"there is no provider {base!r}",
            where=self._where_asked(name),
            remedy=suggestion(base, {*self.providers, *BUILT_IN_KINDS})
            + f" Or add a table [providers.{base}].",
        )

    def provider_names(self) -> list[str]:
        """The tables of the file in their order, and ``local``, which is always there."""
        return [*self.providers, *([] if "local" in self.providers else ["local"])]

    def fallbacks(self, name: str | None = None) -> list[ProviderConfig]:
        """Return the provider and those that stand in for it, in the order they are asked."""
        found: dict[tuple[str, str | None], ProviderConfig] = {}

        def visit(provider: ProviderConfig) -> None:
            if (provider.name, provider.model) not in found:
                found[provider.name, provider.model] = provider
                for other in provider.fallback:
                    visit(self.provider(other))

        visit(self.provider(name))
        return list(found.values())

    def _named(self, name: str, model: str | None) -> ProviderConfig:
        provider = self.providers.get(name)
        if provider is None:
            if name in _NEED_A_URL:
                raise ConfigError(
                    f'the kind "{name}" needs a base_url',
                    where=self._where_asked(name),
                    remedy="Add a table [providers.NAME] with kind, base_url and model, "
                    "and ask for NAME.",
                )
            provider = ProviderConfig(
                kind=name, model=DEFAULT_LOCAL_MODEL if name == "local" else None
            )
            provider._name, provider._origin = name, self._origin
        return provider if model is None else provider.model_copy(update={"model": model})

    def _where_asked(self, name: str | None) -> str:
        return self._origin.where(() if name else ("default_provider",))
