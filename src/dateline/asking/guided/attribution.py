"""Who says it: an attributed statement, and the shapes that need no reporting verb.

Source: the source-cue-content scheme of PARC 3.0 and PolNeAR.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from dateline.asking.guided.clauses import phrase_end
from dateline.asking.guided.speakers import name_and_role, resolve_speaker, speaker_kind
from dateline.spans import Span

if TYPE_CHECKING:
    from collections.abc import Sequence

    from dateline.asking.guided.lexicon import Cue, Lexicon
    from dateline.asking.guided.reading import Reading
    from dateline.asking.guided.tokens import Token
    from dateline.records.vocabulary import SpeakerKind

_IN_HEADLINE = re.compile(r"^(?P<left>[^:“”\"]{2,300}):\s+(?P<right>.{2,300})$", re.DOTALL)


@dataclass(slots=True)
class Attribution:
    """One attributed statement in one sentence. Spans count into the article's text."""

    reading: Reading
    speaker: Span | None
    """The name or phrase that speaks; None for an unnamed source or the narrator."""
    role: Span | None
    kind: SpeakerKind
    cue: Span | None
    lexical: Cue | None
    content: Span
    via: tuple[Span, ...] = ()
    hearsay: str | None = None
    """The certainty that an impersonal phrase ("is believed to") gives."""
    said_on: Span | None = None
    pronoun: bool = False
    """The speaker was a pronoun and has been resolved to the last named speaker."""


def from_headline(reading: Reading, text: str, lexicon: Lexicon) -> Attribution | None:
    """ "Claim: Speaker" and "Speaker: Claim"."""
    found = _IN_HEADLINE.match(text[reading.span.start : reading.span.end])
    if found is None:
        return None
    base = reading.span.start
    left = Span(base + found.start("left"), base + found.end("left"))
    right = Span(base + found.start("right"), base + found.end("right"))
    for speaker, content in ((right, left), (left, right)):
        tokens = [t for t in reading.tokens if speaker.start <= t.start < speaker.end]
        if tokens and len(tokens) <= 9 and _can_speak(tokens, reading, lexicon):
            name, role = name_and_role(tokens, lexicon)
            return Attribution(
                reading, name, role, speaker_kind(tokens, lexicon), None, None, content
            )
    return None


def _can_speak(tokens: Sequence[Token], reading: Reading, lexicon: Lexicon) -> bool:
    if any(
        tokens[0].start <= reading.tokens[hit.first].start < tokens[-1].end and hit.form != "noun"
        for hit in reading.hits
    ):
        return False
    return speaker_kind(tokens, lexicon) not in {"unspecified"} and not any(
        t.text[0].isdigit() for t in tokens
    )


def source_phrase(
    reading: Reading, text: str, lexicon: Lexicon, last: Attribution | None
) -> Attribution | None:
    words = reading.words
    for i in range(len(words)):
        for phrase in lexicon.phrases["source_phrases"]:
            if words[i] != phrase[0] or tuple(words[i : i + len(phrase)]) != phrase:
                continue
            start = i + len(phrase)
            end = phrase_end(reading.tokens, start, cut=i == 0)
            if end == start:
                return None
            cue = Span(reading.tokens[i].start, reading.tokens[start - 1].end)
            tokens = reading.tokens[start:end]
            name, role, kind, pronoun = resolve_speaker(tokens, lexicon, last, text)
            if i == 0:
                first = end + (end < len(words) and words[end] == ",")
                if first >= len(words):
                    return None
                content = Span(reading.tokens[first].start, reading.span.end)
            else:
                stop = i - (words[i - 1] == ",")
                content = Span(reading.span.start, reading.tokens[max(0, stop - 1)].end)
            return Attribution(
                reading, name, role, kind, cue, None, content, (), None, None, pronoun
            )
    return None


def impersonal(reading: Reading, lexicon: Lexicon) -> Attribution | None:
    words = reading.words
    for i in range(len(words)):
        for phrase, certainty in lexicon.hearsay.items():
            if words[i] == phrase[0] and tuple(words[i : i + len(phrase)]) == phrase:
                cue = Span(reading.tokens[i].start, reading.tokens[i + len(phrase) - 1].end)
                start = reading.span.start
                if i == 0 and phrase[0] == "it":
                    follow = i + len(phrase)
                    follow += follow < len(words) and words[follow] in {"that"}
                    if follow < len(words):
                        start = reading.tokens[follow].start
                kind: SpeakerKind = "narrator" if certainty == "unknown" else "unspecified"
                return Attribution(
                    reading,
                    None,
                    None,
                    kind,
                    cue,
                    None,
                    Span(start, reading.span.end),
                    (),
                    certainty,
                )
    return None
