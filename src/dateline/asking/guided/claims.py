"""From an attribution to a claim: its type, certainty, quotation and evidence."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from dateline.asking.guided.clauses import is_clause
from dateline.asking.guided.function_words import PREPOSITIONS
from dateline.asking.guided.lexicon import words_of
from dateline.asking.guided.manner import certainty_of, polarity_of, quote_type_of
from dateline.asking.guided.questions import Question
from dateline.asking.guided.quoted import OPENING
from dateline.asking.guided.wording import shorten, statement
from dateline.drafts import ClaimDraft
from dateline.spans import Span

if TYPE_CHECKING:
    from collections.abc import Sequence

    from dateline.asking.guided.lexicon import Lexicon
    from dateline.asking.guided.statements import Statement
    from dateline.records.vocabulary import ClaimRelation, ClaimType


class Sort(NamedTuple):
    """A claim type as it is shown to a model."""

    type: ClaimType
    shown: str


SORTS = (
    Sort("event_report", "says what happened"),
    Sort("statistic", "gives a number or a total"),
    Sort("plan", "says what will be done"),
    Sort("assessment", "gives a judgement or an explanation"),
    Sort("opinion", "voices a feeling or a wish"),
)
_GOAL = words_of("goal aim aims objective purpose target")
_FUTURE = words_of("will shall 'll would")
_BODIES = frozenset({"official_body", "expert_group", "media"})
_OWN_MIND = words_of("will would hopes hoped wants wanted plans planned intends intended")
_QUESTIONS = words_of("how whether who what when where why if")
_RUNS_ON = PREPOSITIONS | {"and", "but", "or", "to", "that", "is", "was", "are", "were"}
_TAKE_OBJECTS = words_of("blame accuse reject call describe put count list ask urge name") | {
    "call on"
}
_COUNTING = frozenset({"percent", "area", "displaced", "villages", "personnel", "money", "sites"})


def guess_type(one: Statement, lexicon: Lexicon) -> tuple[ClaimType, bool]:
    """Code's guess at the claim type, and whether to leave it at that."""
    attribution = one.attribution
    reading = attribution.reading
    content = attribution.content
    words = [t.lower for t in reading.tokens if content.start <= t.start < content.end]
    cue = attribution.lexical
    if cue is not None and cue.claim_type is not None:
        return cue.claim_type, True  # type: ignore[return-value]  # the lexicon's words are checked by the draft
    if _GOAL & set(words[:8]) or words[:2] == ["objective", ":"]:
        return "goal", True
    if _FUTURE & set(words):
        return "plan", True
    if attribution.hearsay in {"probable", "unknown"}:
        return "assessment", True
    headed = reading.zone == "headline" and cue is None
    if headed and "to" in words[1:5]:
        return "plan", True
    hits = [h for h in reading.hits if content.start <= reading.tokens[h.first].start < content.end]
    told = [
        h
        for h in hits
        if not h.goal
        and h.status in {"occurred", "attempted"}
        and h.use in {"finite", "carried", "participle"}
        and not h.present
    ]
    numbers = [
        n for n in reading.numbers if n.span.start >= content.start and n.span.end <= content.end
    ]
    if told and not any(w in lexicon.groups["generic"] for w in words):
        return "event_report", True
    if any(n.kind in _COUNTING for n in numbers):
        return "statistic", True
    return ("statistic" if numbers and not hits else "assessment"), not attribution.plain


def type_question(one: Statement, text: str) -> Question:
    """Ask what kind of statement it is."""
    span = one.attribution.reading.span
    guess = next((i for i, sort in enumerate(SORTS) if sort.type == one.type), 3)
    return Question(
        kind="claim",
        text=text[span.start : span.end],
        ask="What does the speaker do?",
        options=tuple(sort.shown for sort in SORTS),
        guess=guess,
    )


def draft_claim(
    one: Statement, text: str, lexicon: Lexicon, stretches: Sequence[Span], events: list[int]
) -> ClaimDraft | None:
    """The claim in draft form; None when nothing of the content is left to state."""
    attribution = one.attribution
    quote_type = quote_type_of(attribution, one.spans, stretches)
    said = _joined(text, one.spans)
    opening = _antecedent(one, text) if quote_type == "indirect" else None
    words = statement(said, Span(0, len(said)), loaded=lexicon.loaded, opening=opening)
    if not words:
        return None
    words = _made_whole(words, one, text, lexicon, direct=quote_type == "direct")
    cue = attribution.lexical
    relation: ClaimRelation = "reports"
    if cue is not None:
        relation = cue.relation  # type: ignore[assignment]  # the lexicon's words are checked by the draft
    if one.type == "plan" and relation == "reports":
        relation = "predicts" if attribution.hearsay else relation
    return ClaimDraft(
        text=shorten(words),
        quote_type=quote_type,
        speaker=_slice(text, attribution.speaker, 200),
        speaker_kind=attribution.kind,
        speaker_role=_slice(text, attribution.role, 200),
        via=[text[span.start : span.end][:200] for span in attribution.via],
        cue=_slice(text, attribution.cue, 60),
        claim_type=one.type,
        polarity=polarity_of(one),
        certainty=certainty_of(one, lexicon),
        relation=relation,
        events=events[:12],
        said_on=_slice(text, attribution.said_on, 200),
        evidence=[text[span.start : span.end] for span in one.spans],
    )


def _joined(text: str, spans: Sequence[Span]) -> str:
    """The stretches of a statement as one: "Two fled", "none of them armed"."""
    said = ""
    for span in spans:
        words = text[span.start : span.end]
        if not said:
            said = words
        elif words[0].isupper() or words[0] in OPENING:
            said += f" {words}" if said[-1] in ".!?" else f". {words}"
        else:
            opening = words.split(maxsplit=1)[0].lower()
            said += f" {words}" if opening in _RUNS_ON else f", {words}"
    return said


def _made_whole(words: str, one: Statement, text: str, lexicon: Lexicon, *, direct: bool) -> str:
    """Give a content that is no sentence its verb back.

    "Denied any role" is "The group denied any role"; "it was unclear how many" is "how many ...
    was unclear".
    """
    attribution = one.attribution
    cue, speaker, content = attribution.cue, attribution.speaker, attribution.content
    lexical = attribution.lexical
    takes_object = lexical is not None and lexical.lemma in _TAKE_OBJECTS
    if cue is None or (one.type == "opinion" and not takes_object) or direct:
        return words
    verb = text[cue.start : cue.end]
    opening = words.split(maxsplit=1)[0].lower()
    if attribution.hearsay == "unknown" and opening in _QUESTIONS and verb[:3].lower() == "it ":
        return f"{words.rstrip('.')} {verb[3:]}."
    if speaker is None or lexical is None or not 0 < content.start - cue.end <= 2:
        return words
    inside = [t for t in attribution.reading.tokens if content.start <= t.start < content.end]
    if not takes_object and (not inside or is_clause(one.readings[0], inside)):
        return words
    own = [span for span in one.spans if span.end <= attribution.reading.span.end]
    whole = Span(content.start, max(content.end, own[-1].end if own else 0))
    said = text[whole.start : whole.end]
    plain = statement(text, whole, loaded=lexicon.loaded, opening=None)
    name = text[speaker.start : speaker.end]
    first = said.lstrip("".join(OPENING))[:1] or said[0]
    return f"{name[0].upper()}{name[1:]} {verb} {first}{plain[1:]}"


def _antecedent(one: Statement, text: str) -> tuple[str, str] | None:
    """The opening pronoun of a reported statement and its speaker, where it can mean no other.

    "The council said its office ...", "the governor said he would ...": the speaker stands right
    before. Inside quotation marks, or before the cue, a pronoun may mean anybody.
    """
    attribution = one.attribution
    speaker, content = attribution.speaker, attribution.content
    tokens = [t for t in attribution.reading.tokens if t.start >= content.start]
    if speaker is None or len(tokens) < 2:
        return None
    if not attribution.reading.span.start <= speaker.start < content.start:
        return None
    person = attribution.kind == "person"
    name, word, after = text[speaker.start : speaker.end], tokens[0].lower, tokens[1].lower
    owner = f"{name}{'’' if name.endswith('s') else '’s'}"
    if word == "to":
        return tokens[0].text, f"{name} to"
    if (word in {"his", "her"} and person) or (word == "its" and attribution.kind in _BODIES):
        return tokens[0].text, owner
    if ((word in {"he", "she"} and person) or (word == "it" and attribution.kind in _BODIES)) and (
        after in _OWN_MIND
    ):
        return tokens[0].text, name
    return None


def _slice(text: str, span: tuple[int, int] | None, longest: int) -> str | None:
    if span is None or span[1] - span[0] > longest:
        return None
    return text[span[0] : span[1]]
