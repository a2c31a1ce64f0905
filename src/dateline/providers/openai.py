"""Chat completions: OpenAI's, and those of every endpoint that is compatible with it.

Which endpoint takes which parameters is data, in ``config.presets``.

Source: OpenAI API reference, "Create chat completion".
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from dateline.config.presets import preset
from dateline.providers.dialect import Asked, Dialect
from dateline.providers.http import HttpCompleter
from dateline.providers.modes import Skeleton, skeleton
from dateline.providers.verdicts import CHAT
from dateline.providers.wire import read_completion

if TYPE_CHECKING:
    from collections.abc import Iterable

    from dateline.completion import Completion
    from dateline.config import ProviderConfig
    from dateline.providers.endpoint import Endpoint


def build(settings: ProviderConfig) -> HttpCompleter:
    """Build the completer for OpenAI or an endpoint that is compatible with it.

    Raises:
        ConfigError: no model is named, or the key's variable is not set.
    """
    if settings.api == "responses":
        from dateline.providers.responses import ResponsesDialect

        return HttpCompleter(settings, ResponsesDialect(settings))
    return HttpCompleter(settings, ChatDialect(settings))


class ChatDialect(Dialect):
    """Chat completions."""

    table = CHAT

    def __init__(self, settings: ProviderConfig) -> None:
        super().__init__(settings)
        own = preset(settings.kind)
        same = {name: (name,) for name in ("temperature", "top_p", "seed", "reasoning_effort")}
        self.names = {**same, "max_tokens": ("max_tokens",), **own.names}
        self._strict = own.strict

    def url(self, base: str) -> str:
        """``.../chat/completions``."""
        return f"{base}/chat/completions"

    def skeleton(self, asked: Asked) -> Skeleton:
        """As instructor asks for it, bound to the schema where that is on offer."""
        return skeleton(
            asked.prefix,
            asked.roles,
            asked.schema,
            mode=asked.mode,
            strict=self._strict,
            parameters={
                "model": self.model,
                **asked.parameters,
                **self.settings.extra_body,
            },
        )

    def read(
        self, data: bytes, endpoint: Endpoint, *, seconds: float, texts: Iterable[str]
    ) -> Completion:
        """The first choice."""
        return read_completion(data, endpoint, seconds=seconds, texts=texts)
