"""Who says it: an attributed statement, and the shapes that need no reporting verb.

Source: the source-cue-content scheme of PARC 3.0 and PolNeAR.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from dateline.asking.guided.naming import name_and_role, speaker_kind
from dateline.asking.guided.quoted import bare
from dateline.spans import Span

if TYPE_CHECKING:
    from collections.abc import Sequence

    from dateline.asking.guided.lexicon import Cue, Lexicon
    from dateline.asking.guided.reading import Reading
    from dateline.asking.guided.tokens import Token
    from dateline.records.vocabulary import SpeakerKind

_VICTIMS = frozenset({"killed", "wounded", "abducted", "casualties_combined"})
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
    spans: tuple[Span, ...]
    """What is said, without source and cue: one stretch, or those around the cue."""
    via: tuple[Span, ...] = ()
    hearsay: str | None = None
    """The certainty that an impersonal phrase ("is believed to") gives."""
    said_on: Span | None = None
    pronoun: bool = False
    """The speaker was a pronoun and has been resolved to the last named speaker."""

    plain: bool = False
    """Whether it is all of its sentence: "the mayor said (that) ...", without quotations."""

    @property
    def content(self) -> Span:
        """The first stretch of what is said."""
        return self.spans[0]


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
                reading, name, role, speaker_kind(tokens, lexicon), None, None, (content,)
            )
    return None


def _can_speak(tokens: Sequence[Token], reading: Reading, lexicon: Lexicon) -> bool:
    """Whether a headline's one side is a source: by a word for one, not by mere capitals."""
    groups = lexicon.groups
    if any(
        tokens[0].start <= reading.tokens[hit.first].start < tokens[-1].end and hit.form != "noun"
        for hit in reading.hits
    ):
        return False
    kinds = ("speaker_person", "speaker_anonymous", "speaker_body", "speaker_expert")
    return any(token.lower in groups[kind] for kind in kinds for token in tokens) and not any(
        token.text[0].isdigit() for token in tokens
    )


def at_odds(readings: Sequence[Reading], text: str) -> Attribution | None:
    """A headline with a number of victims that the body does not have: a claim of nobody."""
    lows: set[tuple[str, float | None]] = set()
    highs: set[tuple[str, float | None]] = set()
    for reading in readings:
        if reading.zone == "body":
            lows |= {(number.kind, number.low) for number in reading.numbers}
            highs |= {(number.kind, number.high) for number in reading.numbers}
    kinds = {kind for kind, _ in lows}
    for reading in readings:
        if reading.zone != "headline":
            continue
        for number in reading.numbers:
            if number.kind not in _VICTIMS or number.kind not in kinds:
                continue
            shared = (number.kind, number.low) in lows and number.low is not None
            if not shared and ((number.kind, number.high) not in highs or number.high is None):
                span = bare(text, reading.span)
                return Attribution(reading, None, None, "narrator", None, None, (span,))
    return None


def impersonal(reading: Reading, text: str, lexicon: Lexicon) -> Attribution | None:
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
                    (bare(text, Span(start, reading.span.end)),),
                    (),
                    certainty,
                )
    return None
