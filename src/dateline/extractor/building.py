"""Put an extractor together: config, provider, wrappers, prompt, schema, way of asking."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from dateline.asking.direct import DirectAsking
from dateline.completion import Completer, OutputSchema, Sampling
from dateline.config import Config, ProviderConfig, load_config
from dateline.config.presets import preset
from dateline.config.settings import BUILT_IN_KINDS
from dateline.drafts import draft_model
from dateline.errors import ConfigError
from dateline.observing import ObservedAnswers, ObservedAttempts
from dateline.observing import watch as watched
from dateline.pipeline import Setup
from dateline.prompting import extract_prompt
from dateline.taxonomy import Taxonomy, load_taxonomy

if TYPE_CHECKING:
    from collections.abc import Sequence

    from dateline.asking.base import Asking
    from dateline.metering import Budget
    from dateline.observing import OnEvent, Watch

CHARS_PER_TOKEN = 3
"""A low estimate for English and its quotation, so that a chunk fits the context it is cut for."""
DEFAULT_CONTEXT_TOKENS = 32_000
DEFAULT_MAX_TOKENS = 8_192

OFFLINE_KINDS = ("scripted", "replay", "nothing", "every-sentence")
"""Kinds that already know their answers: nothing to limit, retry or cache."""

AskingName = Literal["direct", "guided"]


@dataclass(frozen=True, slots=True)
class Options:
    """What a caller may choose beside the provider.

    Attributes:
        taxonomy: a shipped taxonomy's id, or the path of a taxonomy file.
        prompts: a folder whose files replace shipped prompts of the same name.
        asking: ``direct`` or ``guided``; None for what suits the provider.
        cache: False to neither read nor write the cache.
        max_reasks: how often failed items are asked for again, per article.
        on_event: told of everything that happens.
        max_usd: what all calls may cost; None for what the configuration says.
    """

    taxonomy: str | Path | Taxonomy = "acled"
    prompts: Path | None = None
    asking: AskingName | None = None
    cache: bool = True
    max_reasks: int = 1
    on_event: OnEvent | None = None
    max_usd: float | None = None


@dataclass(frozen=True, slots=True)
class Build:
    """The parts of a built extractor."""

    setup: Setup
    completer: Completer
    sampling: Sampling
    concurrency: int
    notice: str | None
    watch: Watch | None = None


def build(
    provider: str | Completer | None, config: str | Path | Config | None, options: Options
) -> Build:
    """Build everything that is the same for all articles.

    Raises:
        ConfigError: the configuration, the provider's name or its key.
        PromptError: a prompt or the taxonomy.
    """
    if options.prompts is not None and not options.prompts.is_dir():
        raise ConfigError(
            "there is no such folder of prompts",
            where=str(options.prompts),
            remedy="Name an existing folder; it needs only the files that it replaces.",
        )
    settings = config if isinstance(config, Config) else load_config(config)
    watch = watched(settings, options.on_event)
    if provider is None or isinstance(provider, str):
        table = settings.provider(provider)
        completer, notice = _stack(settings, provider, options, watch)
    else:
        table = ProviderConfig(kind="scripted")
        completer, notice = provider, getattr(provider, "notice", None)
        if watch is not None:
            completer = ObservedAnswers(ObservedAttempts(provider, watch), watch)
    taxonomy = (
        options.taxonomy
        if isinstance(options.taxonomy, Taxonomy)
        else load_taxonomy(options.taxonomy)
    )
    sampling = _sampling(table)
    asking = _asking(table, taxonomy, sampling, options)
    prompt = extract_prompt(taxonomy, override=options.prompts)
    setup = Setup(
        asking=asking,
        taxonomy=taxonomy,
        provider=completer.name,
        model=completer.model,
        prompt=getattr(asking, "prompt_name", prompt.name),
        prompt_fingerprint=getattr(asking, "prompt_fingerprint", prompt.fingerprint),
        schema_fingerprint=_schema(taxonomy).fingerprint,
        max_reasks=options.max_reasks,
    )
    return Build(
        setup=setup,
        completer=completer,
        sampling=sampling,
        concurrency=table.max_concurrency,
        notice=notice,
        watch=watch,
    )


def _stack(
    settings: Config, provider: str | None, options: Options, watch: Watch | None
) -> tuple[Completer, str | None]:
    """A provider with its fallbacks behind it, each in its own wrappers, and the first's notice."""
    from dateline.providers import Fallback, build_one

    tables = settings.fallbacks(provider)
    budget = _budget(tables, settings, options)
    bare = [build_one(table) for table in tables]
    wrapped = [
        _wrapped(completer, table, settings, options, watch, budget)
        for completer, table in zip(bare, tables, strict=True)
    ]
    notice: str | None = getattr(bare[0], "notice", None)
    if len(wrapped) == 1:
        return wrapped[0], notice
    conditions = [table.fallback_on for table in tables]
    told = watch.fallback if watch is not None else None
    return Fallback(wrapped, conditions, on_fallback=told), notice


def _budget(tables: Sequence[ProviderConfig], settings: Config, options: Options) -> Budget | None:
    """The budget that all providers share, if there is one.

    Raises:
        ConfigError: it could not be kept, since a price is not known.
    """
    max_usd = settings.limits.max_usd if options.max_usd is None else options.max_usd
    if max_usd is None:
        return None
    from dateline.metering import Budget
    from dateline.prices import Prices

    for table in tables:
        prices = Prices(table, settings)
        if prices.are_needed and not prices.are_known:
            raise ConfigError(
                f"max_usd cannot be kept: no price is known for {table.model!r}",
                where=table.where("model"),
                remedy=f'Add [prices."{table.model}"] with input_per_million and '
                "output_per_million, or take max_usd out.",
            )
    return Budget(max_usd)


def _wrapped(
    completer: Completer,
    table: ProviderConfig,
    settings: Config,
    options: Options,
    watch: Watch | None,
    budget: Budget | None,
) -> Completer:
    """``Cached(Retrying(Limited(Metered(provider))))``.

    A hit touches neither limits nor retries, a call that waits to be asked again leaves its room
    to others, and every attempt is metered.
    """
    from dateline.limits import Limited, LimitSettings
    from dateline.metering import Metered
    from dateline.prices import Prices
    from dateline.retry import Retrying, RetrySettings

    told = watch.retry if watch is not None else None
    if watch is not None:
        completer = ObservedAttempts(completer, watch)
    if table.kind not in OFFLINE_KINDS:
        over_http = table.kind in BUILT_IN_KINDS and table.kind != "local"
        metered = Metered(completer, Prices(table, settings), budget=budget, over_http=over_http)
        limited = Limited(metered, LimitSettings.of(table))
        completer = Retrying(limited, RetrySettings.of(table), on_retry=told)
        if options.cache and settings.cache.enabled:
            from dateline.cache import Cached, CompletionCache

            kept = settings.cache
            store = CompletionCache(
                settings.cache_dir,
                epoch=kept.epoch,
                max_bytes=kept.max_bytes,
                max_age_s=kept.max_age_s,
            )
            completer = Cached(completer, store)
    return completer if watch is None else ObservedAnswers(completer, watch)


def _asking(
    table: ProviderConfig, taxonomy: Taxonomy, sampling: Sampling, options: Options
) -> Asking:
    name = options.asking or table.way_of_asking
    if name == "guided":
        from dateline.asking.guided import GuidedAsking

        return GuidedAsking(taxonomy=taxonomy, prompts=options.prompts)
    prompt = extract_prompt(taxonomy, override=options.prompts)
    context = table.context_tokens or preset(table.kind).context_tokens or DEFAULT_CONTEXT_TOKENS
    used = sum(len(message.content) for message in prompt.prefix.messages) // CHARS_PER_TOKEN
    room = max(context - used - (sampling.max_tokens or 0), context // 8)
    return DirectAsking(
        prompt=prompt,
        schema=_schema(taxonomy),
        sampling=sampling,
        chunk_chars=room * CHARS_PER_TOKEN,
        prompts=options.prompts,
    )


def _schema(taxonomy: Taxonomy) -> OutputSchema:
    return OutputSchema(name="draft", model=draft_model(taxonomy.sub_event_types))


def _sampling(table: ProviderConfig) -> Sampling:
    temperature = table.temperature
    if temperature is None and table.reasoning_effort is None:
        temperature = table.usual_temperature
    return Sampling(
        temperature=temperature,
        max_tokens=table.max_tokens or DEFAULT_MAX_TOKENS,
        seed=table.seed,
        top_p=table.top_p,
        reasoning_effort=table.reasoning_effort,
    )
