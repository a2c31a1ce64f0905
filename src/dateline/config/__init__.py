"""What ``dateline.toml`` and the ``DATELINE_`` variables say, checked before anything is called."""

from dateline.config.loading import load_config
from dateline.config.settings import (
    CacheConfig,
    Config,
    LimitsConfig,
    ObservabilityConfig,
    PriceConfig,
    ProviderConfig,
)

__all__ = [
    "CacheConfig",
    "Config",
    "LimitsConfig",
    "ObservabilityConfig",
    "PriceConfig",
    "ProviderConfig",
    "load_config",
]
