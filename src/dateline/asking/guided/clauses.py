"""Where the subject and the content of a reporting verb stand in its sentence."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dateline.asking.guided.lexicon import words_of
from dateline.spans import Span

if TYPE_CHECKING:
    from collections.abc import Sequence

    from dateline.asking.guided.lexicon import Cue
    from dateline.asking.guided.reading import Reading
    from dateline.asking.guided.tokens import Token

STOPS = frozenset({",", ";", ":", "(", ")", "–", "—", "“", "”", '"', "«", "»"})
AUXILIARIES = words_of(
    """
    has have had was were is are be been also further later then earlier again reportedly not
    does did would will could already still recently previously to
    """
)  # fmt: skip
_SKIPPED_OPENINGS = words_of(
    """
    in on at during after before since as when while meanwhile earlier later however speaking
    noting adding despite amid following but and with by from for according asked citing
    addressing yesterday today overnight also still although though once if because
    """
)
_BREAKERS = words_of(
    """
    that when while after before because although though whether if but
    """
)


def phrase_end(tokens: Sequence[Token], start: int, *, cut: bool) -> int:
    end = start
    while end < len(tokens) and end - start < 22:
        if tokens[end].text in STOPS or (tokens[end].text in ".!?" and end + 1 == len(tokens)):
            break
        if not cut and tokens[end].lower in _BREAKERS | {"and", "as", "who", "which"}:
            break
        end += 1
    return end


def is_inverted(reading: Reading, chain: int, end: int) -> bool:
    """ "..., said X" and "...,” said X": the subject stands behind the cue."""
    if chain == 0 or end >= len(reading.tokens):
        return False
    before = reading.tokens[chain - 1].text
    if before not in {"”", '"', "»", ","}:
        return False
    if before == ",":
        stop = phrase_end(reading.tokens, end, cut=False)
        if stop < len(reading.tokens) - 1 and reading.tokens[stop].text != ",":
            return False
        if not is_clause(reading, reading.tokens[: chain - 1]):
            return False
    nxt = reading.tokens[end]
    if before != "," and nxt.is_word and nxt.lower not in _BREAKERS | {"he", "she", "they", "it"}:
        return True
    return nxt.is_name or nxt.lower in {"the", "a", "an", "one", "another", "his", "her", "its"}


def subject_phrase(reading: Reading, chain: int) -> list[Token]:
    """The noun phrase before a cue: back to the clause's start, past appositions."""
    tokens = reading.tokens
    start = chain
    if chain and tokens[chain - 1].lower in {"who", "which", "that", "than", "as"}:
        return []
    while start and chain - start < 40:
        token = tokens[start - 1]
        if token.text in '“”"«»;:–—()' or token.lower in _BREAKERS:
            break
        start -= 1
    segments: list[list[Token]] = [[]]
    for token in tokens[start:chain]:
        if token.text == ",":
            segments.append([])
        else:
            segments[-1].append(token)
    segments = [segment for segment in segments if segment]
    if start and len(segments) > 1 and tokens[start - 1].lower in _BREAKERS:
        segments.pop(0)  # "after about an hour, the army said": it belongs to what came before.
    while len(segments) > 1 and (
        segments[0][0].lower in _SKIPPED_OPENINGS or segments[0][0].lower.endswith("ing")
    ):
        segments.pop(0)
    if not segments:
        return []
    first = segments[0]
    if first[0].lower in _SKIPPED_OPENINGS and len(first) > 1:
        # "On Monday the army said": the phrase runs on without a comma.
        for i, token in enumerate(first[1:], 1):
            if token.lower in {"the", "a", "an", "he", "she", "they"} and i > 1:
                return first[i:]
        return first[1:] if first[0].lower in {"and", "but", "meanwhile", "however", "also"} else []
    if first[0].lower in {"who", "no", "nobody", "none", "neither"} or len(first) > 22:
        return []
    # "X attacked Y, the army said": the last segment speaks, the earlier ones are content.
    if len(segments) > 1 and is_clause(reading, first):
        return _until_verb(segments[-1])
    if len(segments) > 1 and not any(is_clause(reading, segment) for segment in segments[1:]):
        return tokens[reading.at(first[0].start) : chain]
    return _until_verb(first)


def _until_verb(phrase: list[Token]) -> list[Token]:
    """Cut a subject that two verbs share: "the leader attacked the plan and" said."""
    if phrase[-1].lower != "and":
        return phrase
    for i, token in enumerate(phrase[1:], 1):
        if not token.is_name and (token.lower in AUXILIARIES or token.lower.endswith("ed")):
            return phrase[:i]
    return phrase[:-1]


def is_clause(reading: Reading, segment: Sequence[Token]) -> bool:
    lo, hi = segment[0].start, segment[-1].end
    return any(
        lo <= reading.tokens[hit.first].start < hi and hit.form != "noun" and hit.use != "reduced"
        for hit in reading.hits
    ) or any(t.lower in {"was", "were", "is", "are", "has", "have", "had", "will"} for t in segment)


def content_of(
    reading: Reading,
    subject: Sequence[Token],
    end: int,
    after: str,
    cue: Cue,
) -> Span | None:
    tokens = reading.tokens
    if not subject:
        return None
    lead = reading.at(subject[0].start)
    last = len(tokens) - (tokens[-1].text in ".!?")
    tail_words = [t for t in tokens[end:last] if t.is_word]
    front_words = [t for t in tokens[:lead] if t.is_word]
    gerund = lead > 0 and tokens[0].lower.endswith("ing") and len(tail_words) >= 4
    fronted = not gerund and (
        len(front_words) >= 4 and lead and tokens[lead - 1].text in {"”", '"', ",", "»", "–", "—"}
    )
    if fronted and (
        len(tail_words) < 4 or _closes_quote(tokens, lead) or after in {"on", "in", ",", ".", ""}
    ):
        opening = tokens[0].lower
        if (
            opening not in _SKIPPED_OPENINGS
            or is_clause(reading, tokens[:lead])
            or _closes_quote(tokens, lead)
        ):
            return Span(reading.span.start, end_before(reading, lead))
    start = end
    words = reading.words
    while (
        start < last
        and words[start] not in {"that", ",", ":", "“", '"'}
        and start - end < 9
        and (
            cue.lemma in {"tell", "inform"}
            or words[start] in {"on", "in", "late", "to", "during", "at", "a"}
        )
    ):
        if words[start] in {"he", "she", "they", "it"} and start > end:
            break
        start += 1
    if (
        cue.lemma not in {"tell", "inform"}
        and start > end
        and (start >= last or words[start] not in {"that", ",", ":", "“", '"'})
    ):
        start = end
    while start < last and words[start] in {"that", ",", ":"}:
        start += 1
    if start >= last or len([t for t in tokens[start:last] if t.is_word]) < 2:
        return Span(reading.span.start, end_before(reading, lead)) if fronted else None
    return Span(tokens[start].start, reading.span.end)


def _closes_quote(tokens: Sequence[Token], lead: int) -> bool:
    return lead > 0 and tokens[lead - 1].text in {"”", '"', "»"}


def end_before(reading: Reading, position: int) -> int:
    stop = position
    while stop and reading.tokens[stop - 1].text in {",", "–", "—"}:
        stop -= 1
    return reading.tokens[stop - 1].end if stop else reading.span.start
