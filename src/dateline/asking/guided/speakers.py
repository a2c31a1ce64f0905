"""Who speaks: the name, role and sort of a source, and who carried its words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dateline.asking.guided.clauses import STOPS, phrase_end
from dateline.asking.guided.lexicon import words_of
from dateline.spans import Span

if TYPE_CHECKING:
    from collections.abc import Sequence

    from dateline.asking.guided.attribution import Attribution
    from dateline.asking.guided.lexicon import Cue, Lexicon
    from dateline.asking.guided.reading import Reading
    from dateline.asking.guided.tokens import Token
    from dateline.records.vocabulary import SpeakerKind

_INTERVIEWED = (("speaking", "to"), ("speaking", "on"), ("interview", "with"), ("remarks", "to"))
_PRONOUNS = words_of("he she they it i we who")


def resolve_speaker(
    tokens: Sequence[Token], lexicon: Lexicon, last: Attribution | None, text: str
) -> tuple[Span | None, Span | None, SpeakerKind, bool]:
    words = [token.lower for token in tokens]
    pronoun = words[0] in _PRONOUNS and len(words) <= 2
    if pronoun and last is not None:
        return last.speaker, last.role, last.kind, True
    if pronoun:
        return None, None, "unspecified", True
    if (
        last is not None
        and last.speaker is not None
        and words[0] in {"the", "same"}
        and len(words) <= 4
        and not any(token.is_name for token in tokens[1:])
        and _names_last(words[-1], last, text)
    ):
        return last.speaker, last.role, last.kind, True
    name, role = name_and_role(tokens, lexicon)
    return name, role, speaker_kind(tokens, lexicon), False


def _names_last(noun: str, last: Attribution, text: str) -> bool:
    for span in (last.speaker, last.role):
        if span is not None and noun in text[span.start : span.end].lower().split():
            return True
    return False


def name_and_role(tokens: Sequence[Token], lexicon: Lexicon) -> tuple[Span | None, Span | None]:
    """Split "Interior Minister Adan Roble, a retired general" into a name and a role."""
    segments: list[list[Token]] = [[]]
    for token in tokens:
        if token.text in STOPS:
            segments.append([])
        else:
            segments[-1].append(token)
    segments = [segment for segment in segments if segment]
    if not segments:
        return None, None
    head = segments[0]
    while len(head) > 1 and head[0].lower in {"the", "a", "an", "that"} and head[0].lower == "the":
        head = head[1:]
    titles = lexicon.groups["speaker_person"]
    cut = max((i + 1 for i, t in enumerate(head) if t.lower in titles), default=0)
    person = head[cut:]
    if (
        cut
        and person
        and person[0].is_name
        and all(
            t.is_name or t.text[0] == "-" or t.lower in {"al", "bin", "de", "la", "of"}
            for t in person
        )
    ):
        return _span(person), _span(head[:cut])
    role = None
    if (
        len(segments) > 1
        and any(t.lower in titles for t in segments[1])
        and segments[1][0].lower != "who"
    ):
        role = _span(segments[1])
        if segments[1][0].lower in {"the", "a", "an"} and len(segments[1]) > 1:
            role = _span(segments[1][1:])
    # "the head of the district council, Adan Roble": the name stands in the apposition.
    if (
        len(segments) > 1
        and cut
        and all(t.is_name or not t.is_word for t in segments[1])
        and len(segments[1]) <= 5
    ):
        return _span(segments[1]), _span(head)
    return _span(head), role


def _span(tokens: Sequence[Token]) -> Span:
    return Span(tokens[0].start, tokens[-1].end)


def cited_source(reading: Reading, lexicon: Lexicon, start: int) -> list[Token] | None:
    """The source behind "citing"."""
    for i in range(start, len(reading.words) - 1):
        if reading.words[i] == "citing":
            end = phrase_end(reading.tokens, i + 1, cut=False)
            tokens = list(reading.tokens[i + 1 : end])
            if tokens and speaker_kind(tokens, lexicon) != "unspecified":
                return tokens
    return None


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
        if end > at and not lexicon.groups["speaker_person"].intersection(words[at:end]):
            found.append(_span(tokens[at:end]))
    return tuple(found[:4])


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
    if named >= 2 and all(t.is_name or t.lower in {"al", "bin", "de", "el"} for t in head):
        return "person"
    if named:
        return "person" if len(head) <= 3 and all(t.is_name for t in head) else "official_body"
    return "unspecified"
