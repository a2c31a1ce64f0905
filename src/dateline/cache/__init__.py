"""The completion cache: paid answers on disk, without pickle, keyed by what can change them."""

from __future__ import annotations

from dateline.cache.cached import Cached
from dateline.cache.entry import CachedFailure
from dateline.cache.inspection import (
    CacheStats,
    Cleared,
    Damage,
    Verification,
    clear,
    stats,
    verify,
)
from dateline.cache.sharing import Exported, Imported, export, import_recordings
from dateline.cache.store import CompletionCache
from dateline.cache.why import Difference, Explanation, why

__all__ = [
    "CacheStats",
    "Cached",
    "CachedFailure",
    "Cleared",
    "CompletionCache",
    "Damage",
    "Difference",
    "Explanation",
    "Exported",
    "Imported",
    "Verification",
    "clear",
    "export",
    "import_recordings",
    "stats",
    "verify",
    "why",
]
