"""What calls cost: the price list that genai-prices ships, and prices of one's own before it."""

from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import dataclass
from ipaddress import ip_address
from typing import TYPE_CHECKING, Final
from urllib.parse import urlsplit

if TYPE_CHECKING:
    from dateline.completion import CompletionRequest
    from dateline.config import Config, ProviderConfig
    from dateline.records import Usage

log = logging.getLogger("dateline")

UNSOLD_KINDS: Final = frozenset(
    {
        "local",
        "ollama",
        "vllm",
        "llama-cpp",
        "scripted",
        "replay",
        "nothing",
        "every-sentence",
    }
)
"""Kinds that one runs oneself: nobody sends a bill, so there is no price to miss."""
_LISTED: Final = {"gemini": "google", "bedrock": "aws"}
"""Names of kinds in the price list, where they differ."""
_NOT_LISTED: Final = frozenset({"openai-compatible"})
_BYTES_PER_TOKEN = 3
"""Few tokens are shorter, in any script: what is sent is rather over- than underestimated."""
_LONGEST_ANSWER = 8_192
"""Tokens to expect at most of a request that sets no bound."""

_Pricing = Callable[["Usage"], float]


@dataclass(frozen=True, slots=True)
class Rate:
    """US dollars per token."""

    input: float
    cached_input: float
    cache_write: float
    output: float

    def __call__(self, usage: Usage) -> float:
        """What this usage costs; tokens read from a cache or written to it are input too."""
        fresh = usage.input_tokens - usage.cached_input_tokens - usage.cache_write_tokens
        return (
            fresh * self.input
            + usage.cached_input_tokens * self.cached_input
            + usage.cache_write_tokens * self.cache_write
            + usage.output_tokens * self.output
        )


class Prices:
    """The prices of one provider's models.

    Args:
        provider: its settings.
        config: where prices of one's own stand; ``[prices."NAME/MODEL"]`` goes before
            ``[prices."MODEL"]``, and both before the list.
    """

    def __init__(self, provider: ProviderConfig, config: Config | None = None) -> None:
        self._provider = provider
        self._own = config.prices if config is not None else {}
        self._known: dict[str, _Pricing | None] = {}
        self._said = False

    def cost(self, usage: Usage, model: str) -> float | None:
        """US dollars for the usage of one call; None where no price is known, which is said once.

        Args:
            usage: tokens as the provider counted them.
            model: as the server named it.
        """
        if not (usage.input_tokens or usage.output_tokens):
            return None
        pricing = self.of(model)
        if pricing is None:
            self._say(model)
            return None
        return pricing(usage)

    def of(self, model: str) -> _Pricing | None:
        """What prices a model's usage; None where no price is known."""
        if model not in self._known:
            self._known[model] = self._find(model)
        return self._known[model]

    @property
    def are_known(self) -> bool:
        """Whether there is a price for the model that is configured."""
        return self.of(self._provider.model or "") is not None

    @property
    def are_needed(self) -> bool:
        """Whether somebody sends a bill for this provider's answers."""
        if self._provider.kind == "openai-compatible":
            return not _is_own(self._provider.base_url or "")
        return self._provider.kind not in UNSOLD_KINDS

    def most(self, request: CompletionRequest) -> float:
        """US dollars that a request may cost at most: nothing from a cache, all of it written to
        one where that costs more, and the longest answer.

        An estimate of the input by its bytes; 0 where no price is known.
        """
        from dateline.records import Usage

        pricing = self.of(self._provider.model or "")
        if pricing is None:
            return 0.0
        sent = sum(len(message.content.encode("utf-8", "replace")) for message in request.messages)
        sent += _fixed_bytes(request)
        tokens = sent // _BYTES_PER_TOKEN + 1
        longest = request.sampling.max_tokens or _LONGEST_ANSWER
        return max(
            pricing(Usage(input_tokens=tokens, cache_write_tokens=written, output_tokens=longest))
            for written in (0, tokens)
        )

    def _find(self, model: str) -> _Pricing | None:
        names = list(dict.fromkeys((self._provider.model or model, model)))
        for name in names:
            own = self._own.get(f"{self._provider.name}/{name}") or self._own.get(name)
            if own is not None:
                return Rate(*own.per_token)
        if not self.are_needed:
            return None
        # The server's name is the more exact one: it has the version that answered.
        found = (_listed(self._provider, name) for name in reversed(names))
        return next((pricing for pricing in found if pricing is not None), None)

    def _say(self, model: str) -> None:
        if self._said or not self.are_needed:
            return
        self._said = True
        log.warning(
            "no price is known for %s of %s: its cost is left open. "
            'Add [prices."%s"] with input_per_million and output_per_million.',
            model,
            self._provider.name or self._provider.kind,
            self._provider.model or model,
        )


def _listed(provider: ProviderConfig, model: str) -> _Pricing | None:
    """A price of the list, for one model of one provider; never that of another provider's."""
    from dateline.records import Usage

    if not model:
        return None
    priced = _lookup(provider, model)
    if priced is None:
        return None
    one = 1_000
    try:
        rate = Rate(
            priced(Usage(input_tokens=one)) / one,
            priced(Usage(input_tokens=one, cached_input_tokens=one)) / one,
            priced(Usage(input_tokens=one, cache_write_tokens=one)) / one,
            priced(Usage(output_tokens=one)) / one,
        )
        # Where long inputs cost more, the list is asked for every call; else four products do.
        long = Usage(
            input_tokens=2_000_000,
            cached_input_tokens=500_000,
            cache_write_tokens=500_000,
            output_tokens=one,
        )
        return rate if abs(priced(long) - rate(long)) < 1e-9 else priced
    except (LookupError, ValueError):
        return None


def _lookup(provider: ProviderConfig, model: str) -> _Pricing | None:
    # Imported late: the list takes a fifth of a second to load.
    from genai_prices import Usage as Priced
    from genai_prices import calc_price

    def price(usage: Usage) -> float:
        tokens = Priced(
            input_tokens=usage.input_tokens,
            cache_read_tokens=usage.cached_input_tokens,
            cache_write_tokens=usage.cache_write_tokens,
            output_tokens=usage.output_tokens,
        )
        if provider.kind in _NOT_LISTED:
            url = provider.base_url or ""
            return float(calc_price(tokens, model, provider_api_url=url).total_price)
        name = _LISTED.get(provider.kind, provider.kind)
        return float(calc_price(tokens, model, provider_id=name).total_price)

    return price


_fixed: dict[int, tuple[object, object, int]] = {}


def _fixed_bytes(request: CompletionRequest) -> int:
    """Bytes of what is the same for all articles: the prefix and the schema."""
    key = id(request.prefix) ^ id(request.schema)
    known = _fixed.get(key)
    if known is None or known[0] is not request.prefix or known[1] is not request.schema:
        import json

        sent = sum(len(m.content.encode("utf-8", "replace")) for m in request.prefix.messages)
        sent += len(json.dumps(request.schema.json_schema))
        if len(_fixed) > 64:
            _fixed.clear()
        known = _fixed[key] = (request.prefix, request.schema, sent)
    return known[2]


def _is_own(base_url: str) -> bool:
    """Whether a server stands on this machine or in a private network."""
    host = urlsplit(base_url).hostname or ""
    try:
        return ip_address(host).is_private
    except ValueError:
        return "." not in host or host.endswith((".local", ".internal", ".localhost"))
