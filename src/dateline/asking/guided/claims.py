"""From an attribution to a claim: its type, certainty, quotation and evidence."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple

from dateline.asking.guided.clauses import is_clause
from dateline.asking.guided.lexicon import words_of
from dateline.asking.guided.questions import Question
from dateline.asking.guided.wording import statement
from dateline.drafts import ClaimDraft

if TYPE_CHECKING:
    from dateline.asking.guided.attribution import Attribution
    from dateline.asking.guided.lexicon import Lexicon
    from dateline.asking.guided.reading import Reading
    from dateline.records.vocabulary import Certainty, ClaimRelation, ClaimType, Polarity, QuoteType


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
_TAKE_OBJECTS = words_of("blame accuse condemn denounce criticise criticize praise reject")
_COUNTING = frozenset({"percent", "area", "displaced", "villages", "personnel", "money", "sites"})


@dataclass(slots=True)
class Statement:
    """An attribution with the sentences that carry on the same quotation."""

    attribution: Attribution
    readings: list[Reading] = field(default_factory=list)
    type: ClaimType = "assessment"
    sure: bool = False


def gather(readings: list[Reading], found: dict[int, Attribution]) -> list[Statement]:
    """Join attributions with the uncued sentences inside the same quotation marks."""
    statements = {i: Statement(a, [readings[i]]) for i, a in found.items()}
    for span in quotations(readings):
        inside = [r for r in readings if r.span.start < span[1] and r.span.end > span[0]]
        cued = [r for r in inside if r.index in statements]
        if not cued or len(inside) < 2:
            continue
        owner = statements[cued[0].index]
        for reading in inside:
            if reading.index not in statements and len(owner.readings) < 4:
                owner.readings.append(reading)
    for one in statements.values():
        one.readings.sort(key=lambda r: r.index)
    return [statements[i] for i in sorted(statements)]


def quotations(readings: list[Reading]) -> list[tuple[int, int]]:
    """Quoted stretches, paragraph by paragraph; an unclosed one ends with its paragraph."""
    found: list[tuple[int, int]] = []
    start: int | None = None
    paragraph = -1
    for reading in readings:
        if reading.paragraph != paragraph:
            start, paragraph = None, reading.paragraph
        for token in reading.tokens:
            if token.text in "“«" or (token.text == '"' and start is None):
                start = token.start
            elif token.text in '”»"' and start is not None:
                found.append((start, token.end))
                start = None
    return found


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
    # A headline's "claim: speaker" is the speaker's view of things, whatever a model calls it.
    return ("statistic" if numbers and not hits else "assessment"), headed


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
    one: Statement, text: str, lexicon: Lexicon, events: list[int]
) -> ClaimDraft | None:
    """The claim in draft form; None when nothing of the content is left to state."""
    attribution = one.attribution
    reading = attribution.reading
    words = statement(
        text, attribution.content, loaded=lexicon.loaded, opening=_antecedent(one, text)
    )
    if len(words) < 8:
        return None
    words = _made_whole(words, one, text, lexicon)
    cue = attribution.lexical
    polarity: Polarity = "positive"
    relation: ClaimRelation = "reports"
    if cue is not None:
        polarity = "negative" if cue.polarity == "negative" else "positive"
        relation = cue.relation  # type: ignore[assignment]  # the lexicon's words are checked by the draft
    if one.type == "plan" and relation == "reports":
        relation = "predicts" if attribution.hearsay else relation
    return ClaimDraft(
        text=words,
        quote_type=_quote_type(one),
        speaker=_slice(text, attribution.speaker, 200),
        speaker_kind=attribution.kind,
        speaker_role=_slice(text, attribution.role, 200),
        via=[text[span.start : span.end][:200] for span in attribution.via],
        cue=_slice(text, attribution.cue, 60),
        claim_type=one.type,
        polarity=polarity,
        certainty=_certainty(one, lexicon),
        relation=relation,
        events=events[:12],
        said_on=_slice(text, attribution.said_on, 200),
        evidence=[text[r.span.start : r.span.end] for r in one.readings]
        or [text[reading.span.start : reading.span.end]],
    )


def _made_whole(words: str, one: Statement, text: str, lexicon: Lexicon) -> str:
    """Give a content that is no sentence its verb back.

    "Denied any role" is "The group denied any role"; "it was unclear how many" is "how many ...
    was unclear".
    """
    attribution = one.attribution
    cue, speaker, content = attribution.cue, attribution.speaker, attribution.content
    if cue is None or one.type == "opinion" or _quote_type(one) == "direct":
        return words
    verb = text[cue.start : cue.end]
    opening = words.split(maxsplit=1)[0].lower()
    if attribution.hearsay == "unknown" and opening in _QUESTIONS and verb[:3].lower() == "it ":
        return f"{words.rstrip('.')} {verb[3:]}."
    lexical = attribution.lexical
    if speaker is None or lexical is None or not 0 < content.start - cue.end <= 2:
        return words
    inside = [t for t in attribution.reading.tokens if content.start <= t.start < content.end]
    if lexical.lemma not in _TAKE_OBJECTS and (not inside or is_clause(one.readings[0], inside)):
        return words
    plain = statement(text, content, loaded=lexicon.loaded, opening=None)
    return f"{text[speaker.start : speaker.end]} {verb} {text[content.start]}{plain[1:]}"


def _antecedent(one: Statement, text: str) -> tuple[str, str] | None:
    """The opening pronoun of a reported statement and its speaker, where it can mean no other.

    "The council said its office ...", "the governor said he would ...": the speaker stands right
    before. Inside quotation marks, or before the cue, a pronoun may mean anybody.
    """
    attribution = one.attribution
    speaker, content = attribution.speaker, attribution.content
    tokens = [t for t in attribution.reading.tokens if t.start >= content.start]
    if speaker is None or len(tokens) < 2 or _quote_type(one) != "indirect":
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


def _quote_type(one: Statement) -> QuoteType:
    if one.attribution.kind == "narrator":
        return "narrator"
    content = one.attribution.content
    stretches = quotations(one.readings)
    inside = sum(
        max(0, min(end, content.end) - max(start, content.start)) for start, end in stretches
    )
    if len(one.readings) > 1 and not stretches:
        return "direct"
    if not inside:
        return "indirect"
    return "direct" if inside >= 0.85 * (content.end - content.start) else "mixed"


def _certainty(one: Statement, lexicon: Lexicon) -> Certainty:
    attribution = one.attribution
    if attribution.hearsay is not None:
        return attribution.hearsay  # type: ignore[return-value]  # the lexicon's words are checked by the draft
    content = attribution.content
    words = {t.lower for t in attribution.reading.tokens if content.start <= t.start < content.end}
    for level in ("unknown", "possible", "probable"):
        if words & lexicon.groups[f"certainty_{level}"]:
            return level
    if attribution.lexical is not None and attribution.lexical.certainty == "probable":
        return "probable"
    return "certain"
