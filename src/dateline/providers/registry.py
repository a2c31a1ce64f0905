"""Which function builds the completer of which kind. Nothing is imported before it is asked for."""

from __future__ import annotations

from importlib import import_module
from importlib.metadata import EntryPoint, entry_points
from typing import TYPE_CHECKING, Any, Final

from dateline.completion import Completer
from dateline.config.settings import ENTRY_POINTS
from dateline.errors import ConfigError, DatelineError

if TYPE_CHECKING:
    from dateline.config import Config, ProviderConfig

CHAT_KINDS: Final = (
    "openai",
    "openai-compatible",
    "mistral",
    "openrouter",
    "groq",
    "together",
    "deepseek",
    "ollama",
    "vllm",
    "llama-cpp",
)
BUILDERS: Final = {
    "local": "dateline.providers.local:build",
    "azure": "dateline.providers.azure:build",
    "anthropic": "dateline.providers.anthropic:build",
    "gemini": "dateline.providers.gemini:build",
    "bedrock": "dateline.providers.bedrock:build",
    **dict.fromkeys(CHAT_KINDS, "dateline.providers.openai:build"),
    "scripted": "dateline.providers.scripted:build",
    "replay": "dateline.providers.replay:build",
    "nothing": "dateline.providers.baselines:build",
    "every-sentence": "dateline.providers.baselines:build",
}
"""``module:function`` for each built-in kind; each takes a ``ProviderConfig``, returns a completer.

A package adds kinds as entry points of the group ``dateline.providers``, with such a function
each.
"""


def build(config: Config, name: str | None = None) -> Completer:
    """Build the completer of one provider, without its fallbacks.

    Args:
        config: the configuration.
        name: as for ``Config.provider``: a table, ``"table/model"``, a built-in kind, or None
            for the default provider.

    Raises:
        ConfigError: no such provider, or its settings do not suffice (a key is missing, say).
        ModelError: an embedded model cannot be had.
    """
    return build_one(config.provider(name))


def build_one(settings: ProviderConfig) -> Completer:
    """Build the completer that these settings describe. Raises as ``build`` does."""
    if settings.kind in BUILDERS:
        module, _, function = BUILDERS[settings.kind].partition(":")
        builder: Any = getattr(import_module(module), function)
    else:
        builder = _from_entry_point(settings)
    completer = builder(settings)
    if not isinstance(completer, Completer):
        raise ConfigError(
            f"what provides the kind {settings.kind!r} did not return a completer",
            where=settings.where("kind"),
            remedy="This is a mistake in the package that provides it.",
        )
    return completer


def kinds() -> list[str]:
    """The names of all kinds there are: built in, then those that installed packages add."""
    added = {point.name for point in entry_points(group=ENTRY_POINTS)}
    return [*BUILDERS, *sorted(added - BUILDERS.keys())]


def _from_entry_point(settings: ProviderConfig) -> Any:
    point = next(iter(entry_points(group=ENTRY_POINTS, name=settings.kind)), None)
    if point is None:
        raise ConfigError(
            f"there is no provider kind {settings.kind!r}",
            where=settings.where("kind"),
            remedy=f"Known: {', '.join(kinds())}.",
        )
    return _loaded(point, settings)


def _loaded(point: EntryPoint, settings: ProviderConfig) -> Any:
    try:
        return point.load()
    except DatelineError:
        raise
    except Exception as error:  # a package of somebody else's may fail in any way
        problem = ConfigError(
            f"the package that provides the kind {settings.kind!r} cannot be loaded "
            f"({type(error).__name__})",
            where=settings.where("kind"),
            remedy=f"It is {point.value}: check its installation.",
        )
    raise problem
