"""dateline: news articles to validated, source-grounded events and claims, with any LLM.

Names are loaded when they are first used, so importing the package costs next to nothing.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

__version__ = "0.1.0"

if TYPE_CHECKING:
    from dateline.articles import Article
    from dateline.completion import Completer, Completion, CompletionRequest
    from dateline.config import Config, load_config
    from dateline.errors import (
        ArticleError,
        BudgetExceeded,
        CacheError,
        CompletionError,
        ConfigError,
        DatelineError,
        EvaluationError,
        GoldError,
        InvalidAnswer,
        ModelError,
        PromptError,
        RateLimited,
        Refused,
        Rejected,
        ReplayMiss,
        SchemaError,
        Truncated,
        Unavailable,
    )
    from dateline.extractor import AsyncExtractor, Extractor
    from dateline.grounding import ground
    from dateline.quotes import Quote
    from dateline.records import (
        Actor,
        Attempt,
        Claim,
        DateRange,
        Event,
        Extraction,
        Failure,
        Participation,
        Place,
        Problem,
        Provenance,
        Quantity,
        RejectedItem,
        Speaker,
        Usage,
    )
    from dateline.spans import Evidence, Span, Zone
    from dateline.taxonomy import Taxonomy, load_taxonomy

_HOMES = {
    "dateline.articles": ("Article",),
    "dateline.completion": ("Completer", "Completion", "CompletionRequest"),
    "dateline.config": ("Config", "load_config"),
    "dateline.errors": (
        "ArticleError",
        "BudgetExceeded",
        "CacheError",
        "CompletionError",
        "ConfigError",
        "DatelineError",
        "EvaluationError",
        "GoldError",
        "InvalidAnswer",
        "ModelError",
        "PromptError",
        "RateLimited",
        "Refused",
        "Rejected",
        "ReplayMiss",
        "SchemaError",
        "Truncated",
        "Unavailable",
    ),
    "dateline.extractor": ("AsyncExtractor", "Extractor"),
    "dateline.grounding": ("ground",),
    "dateline.quotes": ("Quote",),
    "dateline.records": (
        "Actor",
        "Attempt",
        "Claim",
        "DateRange",
        "Event",
        "Extraction",
        "Failure",
        "Participation",
        "Place",
        "Problem",
        "Provenance",
        "Quantity",
        "RejectedItem",
        "Speaker",
        "Usage",
    ),
    "dateline.spans": ("Evidence", "Span", "Zone"),
    "dateline.taxonomy": ("Taxonomy", "load_taxonomy"),
}
_HOME_OF = {name: home for home, names in _HOMES.items() for name in names}

__all__ = [
    "Actor",
    "Article",
    "ArticleError",
    "AsyncExtractor",
    "Attempt",
    "BudgetExceeded",
    "CacheError",
    "Claim",
    "Completer",
    "Completion",
    "CompletionError",
    "CompletionRequest",
    "Config",
    "ConfigError",
    "DateRange",
    "DatelineError",
    "EvaluationError",
    "Event",
    "Evidence",
    "Extraction",
    "Extractor",
    "Failure",
    "GoldError",
    "InvalidAnswer",
    "ModelError",
    "Participation",
    "Place",
    "Problem",
    "PromptError",
    "Provenance",
    "Quantity",
    "Quote",
    "RateLimited",
    "Refused",
    "Rejected",
    "RejectedItem",
    "ReplayMiss",
    "SchemaError",
    "Span",
    "Speaker",
    "Taxonomy",
    "Truncated",
    "Unavailable",
    "Usage",
    "Zone",
    "__version__",
    "ground",
    "load_config",
    "load_taxonomy",
]


def __getattr__(name: str) -> Any:
    home = _HOME_OF.get(name)
    if home is None:
        raise AttributeError(f"module 'dateline' has no attribute {name!r}")
    value = getattr(import_module(home), name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return sorted(__all__)
