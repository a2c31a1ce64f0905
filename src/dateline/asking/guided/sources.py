"""Whom a pronoun or "the same office" means: the sources that have spoken so far."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal

from dateline.asking.guided.function_words import RELATIVE
from dateline.asking.guided.lexicon import words_of
from dateline.resolution.counted_nouns import NOUN_CLASSES

if TYPE_CHECKING:
    from collections.abc import Sequence

    from dateline.asking.guided.tokens import Token
    from dateline.records.vocabulary import SpeakerKind
    from dateline.spans import Span

_WOMEN = words_of(
    "woman mother spokeswoman chairwoman daughter sister widow wife aunt mrs ms mme she her"
)
_MEN = words_of("man father spokesman chairman son brother king prince sheikh imam mr he his")
_GROUP_WORDS = words_of("police people family women men both")
_PERSONS = frozenset({"person", "anonymous_official", "expert_group", "unspecified"})
_BODIES = frozenset({"official_body", "media", "expert_group"})
_EXPERT_BODIES = words_of("observatory institute think-tank network group centre center monitor")
_PLURALS = ("ers", "ors", "ists", "ants", "ents", "ians", "tics", "men", "ives", "eers")
"""Ends of plural nouns, which may be capitalised at the head of a sentence."""
_KEPT = 24
_NEAR = 1
"""Paragraphs back that a pronoun reaches."""

Fits = Literal["he", "she", "they", "it"]


@dataclass(frozen=True, slots=True)
class Source:
    """One that has spoken. Spans count into the article's text."""

    name: Span | None
    role: Span | None
    kind: SpeakerKind
    paragraph: int
    words: frozenset[str]
    plural: bool


@dataclass(slots=True)
class Sources:
    """The sources of an article so far, the last one at the end."""

    heard: list[Source] = field(default_factory=list)
    mentioned: Source | None = None
    """A person whom a sentence that attributes nothing told of, since somebody last spoke."""

    def hear(
        self,
        tokens: Sequence[Token],
        name: Span | None,
        role: Span | None,
        kind: SpeakerKind,
        paragraph: int,
    ) -> None:
        """Remember one that speaks."""
        stop = next((i for i, t in enumerate(tokens) if t.lower in RELATIVE), len(tokens))
        words = frozenset(token.lower for token in tokens[:stop])
        self.heard.append(Source(name, role, kind, paragraph, words, _is_plural(tokens)))
        self.mentioned = None
        del self.heard[:-_KEPT]

    def mention(
        self, tokens: Sequence[Token], name: Span, role: Span | None, paragraph: int
    ) -> None:
        """Note a person whom the article tells of: the next sentence may let "her" speak."""
        words = frozenset(token.lower for token in tokens)
        self.mentioned = Source(name, role, "person", paragraph, words, plural=False)

    def again(self, source: Source, paragraph: int, word: str) -> None:
        """Remember that one speaks again, called by this word: "she" stays a "she"."""
        words = source.words | {word}
        self.heard.append(
            Source(source.name, source.role, source.kind, paragraph, words, source.plural)
        )
        del self.heard[:-_KEPT]

    def meant(self, pronoun: str, paragraph: int) -> Source | None:
        """The last source of this paragraph or the one before that the pronoun can mean."""
        mentioned = self.mentioned
        if mentioned is not None and mentioned.paragraph == paragraph and _fits(pronoun, mentioned):
            return mentioned
        fallback = None
        for source in reversed(self.heard):
            if _fits(pronoun, source):
                if paragraph - source.paragraph <= _NEAR:
                    return source
                fallback = fallback or source
        return fallback

    def same(self, noun: str, paragraph: int) -> Source | None:
        """The last source that this noun calls: "the same office", "the spokesman"."""
        for source in reversed(self.heard):
            if noun in source.words and "and" not in source.words:
                return source if paragraph - source.paragraph <= 3 * _NEAR else None
        return None


def _is_plural(tokens: Sequence[Token]) -> bool:
    words: list[str] = []
    for token in tokens:
        if token.text == "," or (words and token.lower in {"of", "in", "at", "from", "who", "for"}):
            break
        words.append(token.lower)
    if not words:
        return False
    if "and" in words or words[0] in {"both", "two", "three", "several", "some", "many"}:
        return True
    head = next((t for t in reversed(tokens[: len(words)]) if t.is_word), None)
    if head is None or head.lower in _GROUP_WORDS:
        return head is not None
    at = words.index(head.lower)
    if head.is_name and at and tokens[at - 1].is_name and head.lower not in NOUN_CLASSES:
        return False  # "Prosecutor Ilan Meers"
    common = not head.is_name or head.lower in NOUN_CLASSES or head.lower.endswith(_PLURALS)
    return common and head.lower.endswith(("s", "men")) and not head.lower.endswith("ss")


def _fits(pronoun: str, source: Source) -> bool:
    body = source.kind in _BODIES and not (
        source.kind == "expert_group" and not source.words & _EXPERT_BODIES
    )
    if pronoun == "it":
        return not source.plural and (
            body or (source.kind == "unspecified" and not source.words & (_MEN | _WOMEN))
        )
    if pronoun == "they":
        return source.plural or body
    if source.plural or body or source.kind not in _PERSONS:
        return False
    return not source.words & (_WOMEN if pronoun == "he" else _MEN)
