"""From a lexicon's evidence for ACLED types to the sub-event types of any taxonomy."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from dateline.asking.guided.lexicon import Lexicon
    from dateline.taxonomy import Taxonomy

_WORD = re.compile(r"[a-z]+")
MOST_OPTIONS = 8


class TypeMap:
    """Ranks the sub-event types of one taxonomy. With ACLED's own names the weights pass through;
    otherwise a type is matched by the words of its name and definition."""

    def __init__(self, taxonomy: Taxonomy, lexicon: Lexicon) -> None:
        names = taxonomy.sub_event_types
        self.definitions = {
            sub.name: sub.definition
            for event in taxonomy.event_types
            for sub in event.sub_event_types
        }
        self.native = set(lexicon.families) <= set(names) | {"Other"}
        self._shares: dict[str, list[tuple[str, float]]] = {}
        if self.native:
            self._shares = {name: [(name, 1.0)] for name in lexicon.families}
        else:
            for family, words in lexicon.families.items():
                shares = [(name, _overlap(name, self.definitions[name], words)) for name in names]
                self._shares[family] = [(name, share) for name, share in shares if share > 0]
        self._order = {name: i for i, name in enumerate(names)}
        self._names = names

    def rank(self, weights: Mapping[str, float]) -> list[tuple[str, float]]:
        """Sub-event types with their evidence, strongest first; never empty.

        Where no word of the taxonomy relates to the evidence, its first eight types come back
        with no evidence each, so that a model can still choose.
        """
        scores: dict[str, float] = {}
        for family, weight in weights.items():
            for name, share in self._shares.get(family, ()):
                scores[name] = scores.get(name, 0.0) + weight * share
        ranked = sorted(scores.items(), key=lambda item: (-item[1], self._order[item[0]]))
        if not self.native and len(ranked) < MOST_OPTIONS:
            ranked += [(name, 0.0) for name in self._names if name not in scores]
        return ranked[:MOST_OPTIONS]


def _overlap(name: str, definition: str, words: Sequence[str]) -> float:
    """Related words come most telling first: a title that holds the first counts fully."""
    title = {_stem(word) for word in _WORD.findall(name.lower())}
    body = {_stem(word) for word in _WORD.findall(definition.lower())} - title
    stems = [_stem(word) for word in words]
    best = max((1 / (1 + 0.25 * i) for i, stem in enumerate(stems) if stem in title), default=0.0)
    return best + 0.2 * len(body & set(stems))


@lru_cache(maxsize=2048)
def _stem(word: str) -> str:
    for ending in ("pings", "ping", "ings", "ing", "ers", "er", "ies", "es", "s", "ed", "e", "y"):
        if word.endswith(ending) and len(word) - len(ending) >= 3:
            return word[: -len(ending)]
    return word
