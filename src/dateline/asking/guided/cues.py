"""Reporting verbs: the statements of a sentence, by "said", "told", "announced" and the like."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dateline.asking.guided.attribution import Attribution, from_headline, impersonal, source_phrase
from dateline.asking.guided.clauses import (
    AUXILIARIES,
    content_of,
    end_before,
    is_inverted,
    phrase_end,
    subject_phrase,
)
from dateline.asking.guided.lexicon import Cue, match
from dateline.asking.guided.speakers import carriers, cited_source, resolve_speaker
from dateline.spans import Span

if TYPE_CHECKING:
    from collections.abc import Sequence

    from dateline.asking.guided.lexicon import Lexicon
    from dateline.asking.guided.reading import Reading

_OPEN = "“«„"
_CLOSE = "”»"


def find_attributions(
    reading: Reading, text: str, lexicon: Lexicon, last: Attribution | None
) -> list[Attribution]:
    """Return the statements of one sentence: normally one, two in a chain of sources.

    Args:
        last: the attribution before this sentence, which a pronoun speaker refers to.
    """
    if reading.zone == "headline":
        headed = from_headline(reading, text, lexicon)
        if headed is not None:
            return [headed]
    phrase = source_phrase(reading, text, lexicon, last)
    if phrase is not None:
        return [phrase]
    cued = _cued(reading, text, lexicon, last)
    if cued is not None:
        return [cued]
    hearsay = impersonal(reading, lexicon)
    return [hearsay] if hearsay is not None else []


def _cued(
    reading: Reading, text: str, lexicon: Lexicon, last: Attribution | None
) -> Attribution | None:
    best: Attribution | None = None
    for i in range(len(reading.words)):
        phrase = match(lexicon.cues, reading.words, i)
        if phrase is None or not isinstance(phrase.entry, Cue):
            continue
        if _inside_quotes(reading, text, reading.tokens[i].start):
            continue
        found = _around(
            reading, text, lexicon, last, i, i + len(phrase.words), phrase.entry, phrase.form
        )
        if found is not None and (
            best is None or (best.speaker is None and found.speaker is not None)
        ):
            best = found
    return best


def _around(
    reading: Reading,
    text: str,
    lexicon: Lexicon,
    last: Attribution | None,
    at: int,
    end: int,
    cue: Cue,
    form: str,
) -> Attribution | None:
    words, tokens = reading.words, reading.tokens
    if form == "ing":
        return None
    chain = at
    while (
        chain
        and (words[chain - 1] in AUXILIARIES or words[chain - 1].endswith("ly"))
        and at - chain < 5
    ):
        chain -= 1
    group = words[chain:at]
    if (
        form == "base"
        and not (chain and words[chain - 1].endswith(("s", "rs", "ts")))
        and words[at - 1 if at else 0] not in {"they", "we", "i"}
    ):
        return None
    if "to" in group or "been" in group or "be" in group or "would" in group:
        return None
    if set(group) & {"was", "were", "is", "are"}:
        return None
    after = words[end] if end < len(words) else ""
    if (
        form in {"s", "base"}
        and at
        and words[at - 1]
        in {"the", "a", "an", "of", "its", "his", "their", "some", "in", "media", "news"}
    ):
        return None
    inverted = is_inverted(reading, chain, end)
    content: Span | None
    if inverted:
        stop = phrase_end(tokens, end, cut=False)
        subject = list(tokens[end:stop])
        content = Span(reading.span.start, end_before(reading, chain))
        rest = stop
    else:
        subject = subject_phrase(reading, chain)
        rest = end
        content = content_of(reading, subject, end, after, cue)
    if not subject or content is None or content.end <= content.start:
        return None
    name, role, kind, pronoun = resolve_speaker(subject, lexicon, last, text)
    if kind == "unspecified" and not pronoun and not subject[0].is_name:
        return None
    via = carriers(reading, lexicon, cue, rest)
    cited = cited_source(reading, lexicon, rest)
    if cited is not None and name is not None:
        # "The Herald reported, citing a guard": the guard is the source, the paper carries it.
        via = (name, *via)[:4]
        name, role, kind, pronoun = resolve_speaker(cited, lexicon, None, text)
        content = Span(
            content.start,
            max(
                content.start, min(content.end, end_before(reading, reading.at(cited[0].start) - 1))
            ),
        )
        if content.end - content.start < 8:
            return None
    span = Span(tokens[at].start, tokens[end - 1].end)
    said_on = _said_on(reading, [rest, *(reading.at(span.end) for span in via)])
    return Attribution(reading, name, role, kind, span, cue, content, via, None, said_on, pronoun)


def _said_on(reading: Reading, ends: Sequence[int]) -> Span | None:
    """A day that closes the clause right behind the cue ("the ministry said on Sunday.") or
    behind a carrier ("told Radio Sahel on Sunday that"). ``ends`` are token positions."""
    for when in reading.whens:
        first, last = reading.at(when.span.start), reading.at(when.span.end)
        if (
            any(first - end in {0, 1} for end in ends)
            and when.fine
            and (
                last >= len(reading.tokens)
                or reading.words[last] in {".", ",", ";", ":", "that", "”", '"'}
            )
        ):
            return when.span
    return None


def _inside_quotes(reading: Reading, text: str, offset: int) -> bool:
    left = text[reading.span.start : offset]
    curly = sum(left.count(mark) for mark in _OPEN) - sum(left.count(mark) for mark in _CLOSE)
    return curly > 0 or left.count('"') % 2 == 1
