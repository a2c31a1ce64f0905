"""Who speaks, whom a pronoun means, and who carried the words."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from dateline.asking.guided.clauses import phrase_end
from dateline.asking.guided.naming import (
    BODY_WORDS,
    PARTS_OF_NAMES,
    kind_of,
    name_and_role,
    span_of,
    speaker_kind,
)

if TYPE_CHECKING:
    from collections.abc import Sequence

    from dateline.asking.guided.lexicon import Cue, Lexicon
    from dateline.asking.guided.reading import Reading
    from dateline.asking.guided.sources import Source, Sources
    from dateline.asking.guided.tokens import Token
    from dateline.records.vocabulary import SpeakerKind
    from dateline.spans import Span

_INTERVIEWED = (("speaking", "to"), ("speaking", "on"), ("interview", "with"), ("remarks", "to"))
PRONOUNS = frozenset({"he", "she", "they", "it"})


class Named(NamedTuple):
    """Who a noun phrase says is speaking."""

    name: Span | None
    role: Span | None
    kind: SpeakerKind
    pronoun: bool = False
    """Whether the phrase was a pronoun or "the same ...", and another one gave the name."""


def resolve_speaker(
    tokens: Sequence[Token], lexicon: Lexicon, sources: Sources, paragraph: int
) -> Named:
    """Name the source that a noun phrase means, and remember that it has spoken."""
    words = [token.lower for token in tokens]
    if words[0] in PRONOUNS and len(words) <= 2:
        meant = sources.meant(words[0], paragraph)
        return _again(meant, sources, paragraph, words[0]) or Named(None, None, "unspecified", True)
    if len(words) <= 2 and words[-1] in {"two", "three", "both", "all"}:
        meant = sources.meant("they", paragraph)
        return _again(meant, sources, paragraph, "they") or Named(None, None, "unspecified", True)
    plain = not any(token.is_name for token in tokens[1:])
    if plain and len(words) <= 4 and words[0] in {"the", "same"}:
        again = _again(sources.same(words[-1], paragraph), sources, paragraph, words[-1])
        if again is not None:
            return again
    name, role = name_and_role(tokens, lexicon)
    kind = kind_of(tokens, lexicon)
    sources.hear(tokens, name, role, kind, paragraph)
    return Named(name, role, kind)


def note_persons(reading: Reading, lexicon: Lexicon, sources: Sources) -> None:
    """Note the person whom a sentence without a source tells of first: by title and name, or
    by two names that are no place's."""
    tokens, paragraph = reading.tokens, reading.paragraph
    titles = lexicon.groups["speaker_person"] - PARTS_OF_NAMES
    for i, token in enumerate(tokens):
        if token.lower not in titles or i + 1 >= len(tokens):
            continue
        stop = i + 1
        while stop < len(tokens) and (
            tokens[stop].is_name or (tokens[stop].text == "," and stop == i + 1)
        ):
            stop += 1
        name = [t for t in tokens[i + 1 : stop] if t.is_name]
        if name and (len(name) > 1 or tokens[i + 1].is_name):
            sources.mention(tokens[i:stop], span_of(name), span_of(tokens[i : i + 1]), paragraph)
            return
    if tokens[0].lower in {"the", "a", "an"} and len(tokens) > 2 and tokens[1].lower in titles:
        sources.mention(tokens[1:2], span_of(tokens[1:2]), None, paragraph)
        return
    for one in reading.names:
        name = tokens[one.first : one.last]
        if (
            one.side == "name"
            and 2 <= len(name) <= 3
            and all(token.is_name for token in name)
            and not BODY_WORDS.intersection(token.lower for token in name)
        ):
            sources.mention(name, one.span, None, paragraph)
            return


def _again(source: Source | None, sources: Sources, paragraph: int, word: str) -> Named | None:
    if source is None:
        return None
    sources.again(source, paragraph, word)
    return Named(source.name, source.role, source.kind, True)


def cited_source(reading: Reading, lexicon: Lexicon, start: int) -> list[Token] | None:
    """The source behind "citing" or "quoting"."""
    for i in range(start, len(reading.words) - 1):
        if reading.words[i] in {"citing", "quoting"}:
            end = phrase_end(reading.tokens, i + 1, cut=False)
            tokens = list(reading.tokens[i + 1 : end])
            if tokens and speaker_kind(tokens, lexicon) != "unspecified":
                return tokens
    return None


_HEARERS = frozenset(
    {"court", "tribunal", "parliament", "council", "assembly", "senate", "congress", "jury"}
    | {"committee", "inquiry", "commission", "hearing", "crowd", "rally", "un", "house"}
)
"""Who is told and prints nothing: "told the High Court"."""


def _carries(words: Sequence[str], lexicon: Lexicon) -> bool:
    return lexicon.groups["speaker_person"].isdisjoint(words) and words[-1] not in _HEARERS


def carriers(reading: Reading, lexicon: Lexicon, cue: Cue, start: int) -> tuple[Span, ...]:
    """The carrier in "told the Coastal Herald", "as quoted by Radio Sahel", "speaking to ..."."""
    words, tokens = reading.words, reading.tokens
    found: list[Span] = []
    places = [start] if cue.lemma == "tell" else []
    places += [
        i + len(phrase)
        for i in range(start)
        for phrase in _INTERVIEWED
        if tuple(words[i : i + len(phrase)]) == phrase
    ]
    places += [
        i + 2
        for i in range(len(words) - 2)
        if words[i] in {"quoted", "cited", "reported", "carried", "published"}
        and words[i + 1] in {"by", "in"}
    ]
    for at in places:
        while at < len(tokens) and words[at] in {"the", "state", "local", "daily", "a"}:
            at += 1
        end = at
        while (
            end < len(tokens)
            and end - at < 6
            and (
                tokens[end].is_name
                or words[end] == "-"
                or words[end] in lexicon.groups["speaker_media"]
                or (end > at and words[end] == "state")
            )
        ):
            if words[end] in {"on", "in"}:
                break
            end += 1
        while end > at and words[end - 1] in lexicon.groups["time_words"]:
            end -= 1
        if end > at and _carries(words[at:end], lexicon):
            found.append(span_of(tokens[at:end]))
    return tuple(found[:4])
