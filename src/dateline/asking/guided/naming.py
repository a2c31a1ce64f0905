"""What a source is called: its name, its role and what sort of source it is."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dateline.asking.guided.clauses import STOPS
from dateline.asking.guided.lexicon import words_of
from dateline.spans import Span

if TYPE_CHECKING:
    from collections.abc import Sequence

    from dateline.asking.guided.lexicon import Lexicon
    from dateline.asking.guided.tokens import Token
    from dateline.records.vocabulary import SpeakerKind

PARTS_OF_NAMES = words_of("sheikh king prince imam pastor")
_DETERMINERS = words_of("the a an that its his her their")
_BEHIND_NAMES = words_of("of from in at")
BODY_WORDS = words_of(
    """
    front movement army forces ministry council office committee union party radio television
    news agency police group observatory court league brigade division command guard society
    staff monitor watch post times herald
    association service centre center institute network authority commission administration
    """
)


def name_and_role(tokens: Sequence[Token], lexicon: Lexicon) -> tuple[Span | None, Span | None]:
    """Split "Interior Minister Adan Roble, a retired general" into a name and a role.

    Of a description and a name in apposition the name speaks: "the mayor, Adan Roble", "a group
    that calls itself River Watch".
    """
    segments = [_without_article(segment) for segment in _between_stops(tokens)]
    segments = [segment for segment in segments if segment]
    if not segments:
        return None, None
    head = segments[0]
    titles = lexicon.groups["speaker_person"] - PARTS_OF_NAMES
    person = _person(head, titles)
    if person is not None:
        return span_of(person[1]), span_of(person[0]) if person[0] else _role(segments[1:], titles)
    for segment in segments[1:3]:
        person = _person(segment, titles)
        if person is not None and not (head[0].is_name and head[-1].is_name):
            return span_of(person[1]), span_of(head)
        called = _self_called(segment)
        if called and not any(t.is_name for t in head[1:]):
            return span_of(called), span_of(head)
    return span_of(_without_adverbs(head)), _role(segments[1:], titles)


def _between_stops(tokens: Sequence[Token]) -> list[list[Token]]:
    segments: list[list[Token]] = [[]]
    for token in tokens:
        if token.text in STOPS or token.text == "[":
            segments.append([])
        else:
            segments[-1].append(token)
    return segments


def _without_article(segment: list[Token]) -> list[Token]:
    """Without "the" or "a" in front, and without the bullet or number of a list."""
    first = 0
    while first < len(segment) and (segment[first].is_mark or segment[first].lower in _DETERMINERS):
        first += 1
    return segment[first:]


def _without_adverbs(segment: list[Token]) -> list[Token]:
    while len(segment) > 1 and segment[-1].lower in {"there", "here", "also", "later"}:
        segment = segment[:-1]
    return segment


def _person(segment: list[Token], titles: frozenset[str]) -> tuple[list[Token], list[Token]] | None:
    """The title and the name of "army captain Adan Roble of the Third Corps"; else None."""
    cut = max((i + 1 for i, t in enumerate(segment) if t.lower in titles), default=0)
    while cut < len(segment) and segment[cut].text == ".":
        cut += 1
    stop = cut
    while stop < len(segment) and (
        segment[stop].is_name
        or segment[stop].text in {"-", ".", "'", "’"}
        or (stop > cut and segment[stop].lower in {"al", "bin", "ibn", "de", "la", "ag", "ould"})
    ):
        stop += 1
    name = segment[cut:stop]
    named = sum(t.is_name for t in name)
    if not named or (stop < len(segment) and segment[stop].lower not in _BEHIND_NAMES):
        return None
    if not cut and (named < 2 or named > 5 or any(t.lower in BODY_WORDS for t in name)):
        return None
    if stop < len(segment) and not cut and segment[stop].lower != "of":
        return None
    return segment[:cut], name


def _self_called(segment: list[Token]) -> list[Token] | None:
    """The name in "a coalition calling itself River Watch"."""
    for i, token in enumerate(segment):
        if token.lower in {"itself", "themselves", "called", "named"} and i + 1 < len(segment):
            name = segment[i + 1 :]
            if all(t.is_name or t.is_mark or t.lower in {"of", "for", "the"} for t in name):
                return name
    return None


def _role(segments: list[list[Token]], titles: frozenset[str]) -> Span | None:
    for segment in segments[:1]:
        if any(t.lower in titles for t in segment) and segment[0].lower != "who":
            return span_of(segment)
    return None


def kind_of(tokens: Sequence[Token], lexicon: Lexicon) -> SpeakerKind:
    """What sort of source it is, by its first stretch before a comma, or else by the others."""
    titles = lexicon.groups["speaker_person"]
    kinds: list[SpeakerKind] = []
    for printed in _between_stops(tokens):
        segment = _without_article(printed)
        if segment:
            person = _person(segment, titles)
            if person and not person[0] and printed[0].lower == "the":
                person = None  # "the Vesk Post": who is a person has no article.
                kinds.append("official_body")
                continue
            kinds.append("person" if person else speaker_kind(segment, lexicon))
    if "person" in kinds[:2] and (kinds[0] != "official_body" or _somebodys(tokens, lexicon)):
        return "person"
    return next((kind for kind in kinds if kind != "unspecified"), "unspecified")


def _somebodys(tokens: Sequence[Token], lexicon: Lexicon) -> bool:
    """Whether it begins with whose it is: "Orlo's lawyer, Nadia Corvin", but not her ministry."""
    stop = next((i for i, token in enumerate(tokens) if token.text in STOPS), len(tokens))
    words = [token.lower for token in tokens[:stop]]
    bodies = lexicon.groups["speaker_body"] | BODY_WORDS
    return "'s" in words[:-1] and words[-1] not in bodies and not tokens[stop - 1].is_name


def speaker_kind(tokens: Sequence[Token], lexicon: Lexicon) -> SpeakerKind:
    """What sort of source a noun phrase names."""
    groups = lexicon.groups
    head = [t for t in tokens if t.is_word]
    for i, token in enumerate(head):
        if token.text in {"of", "with", "in", "from", "at", "for"} and i:
            head = head[:i]
            break
    words = [t.lower for t in head]
    if not words:
        return "unspecified"
    named = sum(
        t.is_name
        and t.lower not in groups["speaker_person"]
        and t.lower not in groups["speaker_body"]
        for t in head
    )
    if words[-1] in groups["speaker_body"] | BODY_WORDS and not head[-1].is_name:
        return "official_body"
    titles = [w for w in words if w in groups["speaker_person"]]
    if words[-1] in groups["speaker_anonymous"]:
        return "anonymous_official"
    if any(w in groups["speaker_expert"] for w in words):
        return "expert_group" if not named or words[-1] in groups["speaker_expert"] else "person"
    if titles:
        return "person" if named or len(words) <= 6 else "anonymous_official"
    if any(w in groups["speaker_media"] for w in words):
        return "media"
    if any(w in groups["speaker_body"] for w in words) or any(
        t.text.isupper() and len(t.text) > 1 for t in head
    ):
        return "official_body"
    if any(w in BODY_WORDS for w in words[1:]):
        return "official_body"
    if named >= 2 and all(t.is_name or t.lower in {"al", "bin", "de", "el"} for t in head):
        return "person"
    if named:
        return "person" if len(head) <= 3 and all(t.is_name for t in head) else "official_body"
    return "unspecified"


def span_of(tokens: Sequence[Token]) -> Span:
    """From the first token to the last."""
    return Span(tokens[0].start, tokens[-1].end)
