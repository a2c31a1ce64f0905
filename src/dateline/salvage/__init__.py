"""Save what can be used of an answer: find the JSON, repair, read item by item."""

from dateline.salvage.answers import (
    MAX_ITEMS,
    MAX_RAW,
    BadItem,
    GoodItem,
    Salvaged,
    read_answer,
    validate_item,
)
from dateline.salvage.finding import read_json
from dateline.salvage.repairs import repaired, stands_for_null

__all__ = [
    "MAX_ITEMS",
    "MAX_RAW",
    "BadItem",
    "GoodItem",
    "Salvaged",
    "read_answer",
    "read_json",
    "repaired",
    "stands_for_null",
    "validate_item",
]
