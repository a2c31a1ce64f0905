"""Providers without a model: the floor that a real one must rise above.

``nothing`` finds nothing. ``every-sentence`` calls each sentence a claim of the narrator's: plain
evidence scores can be gamed this way, so every report shows what it gets.
"""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any, Final

from dateline.completion import Completion, CompletionRequest
from dateline.errors import Rejected
from dateline.records import Usage

if TYPE_CHECKING:
    from collections.abc import Callable

    from dateline.config import ProviderConfig

_ARTICLE = re.compile(r"^=== ARTICLE ([0-9a-f]{16}) ===\n(.*)\n=== END \1 ===$", re.M | re.S)
_MOST_CLAIMS = 40
_LONGEST_QUOTE = 600


class Baseline:
    """Answers requests for a whole draft by a fixed rule, at no cost.

    Args:
        name: as which it appears in results.
        rule: makes the draft from the article's text, as plain JSON data.
    """

    family = "baseline"

    def __init__(self, name: str, rule: Callable[[str], dict[str, Any]]) -> None:
        self._name = name
        self._rule = rule

    @property
    def name(self) -> str:
        """The configured name."""
        return self._name

    @property
    def model(self) -> str:
        """There is none; the name of the rule."""
        return self._rule.__name__.replace("_", "-")

    async def complete(self, request: CompletionRequest) -> Completion:
        """Apply the rule to the article in the request.

        Raises:
            Rejected: this is not the question for a whole draft.
        """
        found = _ARTICLE.search(request.messages[0].content) if request.messages else None
        if request.schema.name != "draft" or found is None:
            raise Rejected(
                f"the baseline {self._name!r} only answers the question for a whole draft",
                where=self._name,
                remedy='Use it without asking = "guided", and for extract, not extract_as.',
            )
        text = json.dumps(self._rule(found[2]), ensure_ascii=False)
        return Completion(text, usage=Usage(calls=1), provider=self._name, model=self.model)

    async def aclose(self) -> None:
        """Nothing is held open."""


def nothing(_text: str) -> dict[str, Any]:
    """No event and no claim."""
    return {"events": [], "claims": []}


def every_sentence(text: str) -> dict[str, Any]:
    """Each sentence as a claim of nobody in particular; no events.

    At most 40 of them, as many as an answer may hold: a longer article is asked about in parts.
    """
    from dateline.sentences import split_sentences
    from dateline.spans import Span

    sentences = split_sentences(text, [Span(0, len(text))])[:_MOST_CLAIMS]
    return {"events": [], "claims": [_claim(text[s.start : s.end]) for s in sentences]}


def _claim(sentence: str) -> dict[str, Any]:
    return {
        "text": sentence[:400],
        "quote_type": "narrator",
        "speaker": None,
        "speaker_kind": "narrator",
        "speaker_role": None,
        "via": [],
        "cue": None,
        "claim_type": "event_report",
        "polarity": "positive",
        "certainty": "certain",
        "relation": "reports",
        "events": [],
        "said_on": None,
        "evidence": [sentence[:_LONGEST_QUOTE]],
    }


RULES: Final[dict[str, Callable[[str], dict[str, Any]]]] = {
    "nothing": nothing,
    "every-sentence": every_sentence,
}


def build(settings: ProviderConfig) -> Baseline:
    """Build the provider of kind ``nothing`` or ``every-sentence``; neither has settings."""
    return Baseline(settings.name or settings.kind, RULES[settings.kind])
