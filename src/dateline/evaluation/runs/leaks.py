"""Words of the few-shot examples that turn up in an answer about another article."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from pathlib import Path

    from dateline.records import Extraction

_NAMED = {"name", "place", "speaker", "victim", "inflicted_by"}
_SHORTEST = 4


def example_words(prompts: Path | None = None) -> frozenset[str]:
    """Return the names and quotes of the shipped examples, or of those in the user's folder."""
    from dateline.resources import find

    data = json.loads(
        find("prompts", "extract.v1.examples.json", override=prompts).read_text(encoding="utf-8")
    )
    found = (words for example in data for words in _words(example.get("answer")))
    return frozenset(words for words in found if len(words) >= _SHORTEST)


def leaks(extraction: Extraction, words: frozenset[str]) -> bool:
    """Whether an answer holds words of the examples that its own article does not.

    What was rejected counts too: the question is what the model wrote.
    """
    absent = [each for each in words if each not in extraction.article.text]
    if not absent:
        return False
    written = "\n".join(_written(extraction))
    return any(each in written for each in absent)


def _written(extraction: Extraction) -> Iterator[str]:
    yield from (event.summary for event in extraction.events)
    yield from (claim.text for claim in extraction.claims)
    yield from (claim.speaker.name or "" for claim in extraction.claims)
    yield from (actor.name for actor in extraction.actors)
    yield from (item.raw for item in extraction.rejected)


def _words(value: Any, key: str = "") -> Iterator[str]:
    if isinstance(value, dict):
        for name, inner in value.items():
            yield from _words(inner, name)
    elif isinstance(value, list):
        for inner in value:
            yield from _words(inner, key)
    elif isinstance(value, str) and (key in _NAMED or key == "evidence"):
        yield value
