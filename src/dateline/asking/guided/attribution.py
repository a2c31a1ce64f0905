"""Who says it: cue, speaker, carriers and content of an attributed statement.

Source: the source-cue-content scheme of PARC 3.0 and PolNeAR.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from dateline.asking.guided.lexicon import Cue, match, words_of
from dateline.spans import Span

if TYPE_CHECKING:
    from collections.abc import Sequence

    from dateline.asking.guided.lexicon import Lexicon
    from dateline.asking.guided.reading import Reading
    from dateline.asking.guided.tokens import Token
    from dateline.records.vocabulary import SpeakerKind

_OPEN = "“«„"
_CLOSE = "”»"
_STOPS = frozenset({",", ";", ":", "(", ")", "–", "—", "“", "”", '"', "«", "»"})
_AUX = words_of(
    """
    has have had was were is are be been also further later then earlier again reportedly not
    does did would will could already still recently previously to
    """
)  # fmt: skip
_PRONOUNS = words_of("he she they it i we who")
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
_ROLE_LINKS = frozenset({"of", "for", "the", "and", "in", "at", "to"})
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


def find_attributions(
    reading: Reading, text: str, lexicon: Lexicon, last: Attribution | None
) -> list[Attribution]:
    """Return the statements of one sentence: normally one, two in a chain of sources.

    Args:
        last: the attribution before this sentence, which a pronoun speaker refers to.
    """
    if reading.zone == "headline":
        headed = _headline(reading, text, lexicon)
        if headed is not None:
            return [headed]
    phrase = _source_phrase(reading, text, lexicon, last)
    if phrase is not None:
        return [phrase]
    cued = _cued(reading, text, lexicon, last)
    if cued is not None:
        return [cued]
    impersonal = _impersonal(reading, lexicon)
    return [impersonal] if impersonal is not None else []


# -- the four shapes ---------------------------------------------------------------------------


def _headline(reading: Reading, text: str, lexicon: Lexicon) -> Attribution | None:
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
            name, role = _name_and_role(tokens, lexicon)
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


def _source_phrase(
    reading: Reading, text: str, lexicon: Lexicon, last: Attribution | None
) -> Attribution | None:
    words = reading.words
    for i in range(len(words)):
        for phrase in lexicon.phrases["source_phrases"]:
            if words[i] != phrase[0] or tuple(words[i : i + len(phrase)]) != phrase:
                continue
            start = i + len(phrase)
            end = _phrase_end(reading.tokens, start, cut=i == 0)
            if end == start:
                return None
            cue = Span(reading.tokens[i].start, reading.tokens[start - 1].end)
            tokens = reading.tokens[start:end]
            name, role, kind, pronoun = _resolve(tokens, lexicon, last, text)
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


def _phrase_end(tokens: Sequence[Token], start: int, *, cut: bool) -> int:
    end = start
    while end < len(tokens) and end - start < 22:
        if tokens[end].text in _STOPS or (tokens[end].text in ".!?" and end + 1 == len(tokens)):
            break
        if not cut and tokens[end].lower in _BREAKERS | {"and", "as", "who", "which"}:
            break
        end += 1
    return end


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
        chain and (words[chain - 1] in _AUX or words[chain - 1].endswith("ly")) and at - chain < 5
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
    inverted = _inverted(reading, chain, end)
    content: Span | None
    if inverted:
        stop = _phrase_end(tokens, end, cut=False)
        subject = list(tokens[end:stop])
        content = Span(reading.span.start, _before(reading, chain))
        rest = stop
    else:
        subject = _subject(reading, chain)
        rest = end
        content = _content(reading, subject, end, after, cue)
    if not subject or content is None or content.end <= content.start:
        return None
    name, role, kind, pronoun = _resolve(subject, lexicon, last, text)
    if kind == "unspecified" and not pronoun and not subject[0].is_name:
        return None
    via = _via(reading, lexicon, cue, rest)
    cited = _cited(reading, lexicon, rest)
    if cited is not None and name is not None:
        # "The Herald reported, citing a guard": the guard is the source, the paper carries it.
        via = (name, *via)[:4]
        name, role, kind, pronoun = _resolve(cited, lexicon, None, text)
        content = Span(
            content.start,
            max(content.start, min(content.end, _before(reading, reading.at(cited[0].start) - 1))),
        )
        if content.end - content.start < 8:
            return None
    span = Span(tokens[at].start, tokens[end - 1].end)
    said_on = _said_on(reading, rest)
    return Attribution(reading, name, role, kind, span, cue, content, via, None, said_on, pronoun)


def _cited(reading: Reading, lexicon: Lexicon, start: int) -> list[Token] | None:
    """The source behind "citing"."""
    for i in range(start, len(reading.words) - 1):
        if reading.words[i] == "citing":
            end = _phrase_end(reading.tokens, i + 1, cut=False)
            tokens = list(reading.tokens[i + 1 : end])
            if tokens and speaker_kind(tokens, lexicon) != "unspecified":
                return tokens
    return None


def _said_on(reading: Reading, end: int) -> Span | None:
    """A day right behind the cue that closes its clause: "the ministry said on Sunday."."""
    for when in reading.whens:
        first, last = reading.at(when.span.start), reading.at(when.span.end)
        if (
            first - end in {0, 1}
            and when.fine
            and (
                last >= len(reading.tokens)
                or reading.words[last] in {".", ",", ";", ":", "that", "”", '"'}
            )
        ):
            return when.span
    return None


def _impersonal(reading: Reading, lexicon: Lexicon) -> Attribution | None:
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


# -- parts -------------------------------------------------------------------------------------


def _inside_quotes(reading: Reading, text: str, offset: int) -> bool:
    left = text[reading.span.start : offset]
    curly = sum(left.count(mark) for mark in _OPEN) - sum(left.count(mark) for mark in _CLOSE)
    return curly > 0 or left.count('"') % 2 == 1


def _inverted(reading: Reading, chain: int, end: int) -> bool:
    """ "..., said X" and "...,” said X": the subject stands behind the cue."""
    if chain == 0 or end >= len(reading.tokens):
        return False
    before = reading.tokens[chain - 1].text
    if before not in {"”", '"', "»", ","}:
        return False
    if before == ",":
        stop = _phrase_end(reading.tokens, end, cut=False)
        if stop < len(reading.tokens) - 1 and reading.tokens[stop].text != ",":
            return False
        if not _is_clause(reading, reading.tokens[: chain - 1]):
            return False
    nxt = reading.tokens[end]
    return nxt.is_name or nxt.lower in {"the", "a", "an", "one", "another", "his", "her", "its"}


def _subject(reading: Reading, chain: int) -> list[Token]:
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
    if len(segments) > 1 and _is_clause(reading, first):
        return _until_verb(segments[-1])
    if len(segments) > 1 and not any(_is_clause(reading, segment) for segment in segments[1:]):
        return tokens[reading.at(first[0].start) : chain]
    return _until_verb(first)


def _until_verb(phrase: list[Token]) -> list[Token]:
    """Cut a subject that two verbs share: "the leader attacked the plan and" said."""
    if phrase[-1].lower != "and":
        return phrase
    for i, token in enumerate(phrase[1:], 1):
        if not token.is_name and (token.lower in _AUX or token.lower.endswith("ed")):
            return phrase[:i]
    return phrase[:-1]


def _is_clause(reading: Reading, segment: Sequence[Token]) -> bool:
    lo, hi = segment[0].start, segment[-1].end
    return any(
        lo <= reading.tokens[hit.first].start < hi and hit.form != "noun" and hit.use != "reduced"
        for hit in reading.hits
    ) or any(t.lower in {"was", "were", "is", "are", "has", "have", "had", "will"} for t in segment)


def _content(
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
            or _is_clause(reading, tokens[:lead])
            or _closes_quote(tokens, lead)
        ):
            return Span(reading.span.start, _before(reading, lead))
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
        return Span(reading.span.start, _before(reading, lead)) if fronted else None
    return Span(tokens[start].start, reading.span.end)


def _closes_quote(tokens: Sequence[Token], lead: int) -> bool:
    return lead > 0 and tokens[lead - 1].text in {"”", '"', "»"}


def _before(reading: Reading, position: int) -> int:
    stop = position
    while stop and reading.tokens[stop - 1].text in {",", "–", "—"}:
        stop -= 1
    return reading.tokens[stop - 1].end if stop else reading.span.start


def _resolve(
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
    name, role = _name_and_role(tokens, lexicon)
    return name, role, speaker_kind(tokens, lexicon), False


def _names_last(noun: str, last: Attribution, text: str) -> bool:
    for span in (last.speaker, last.role):
        if span is not None and noun in text[span.start : span.end].lower().split():
            return True
    return False


def _name_and_role(tokens: Sequence[Token], lexicon: Lexicon) -> tuple[Span | None, Span | None]:
    """Split "Interior Minister Adan Roble, a retired general" into a name and a role."""
    segments: list[list[Token]] = [[]]
    for token in tokens:
        if token.text in _STOPS:
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


def _via(reading: Reading, lexicon: Lexicon, cue: Cue, start: int) -> tuple[Span, ...]:
    """The carrier in "told the Coastal Herald" and "as quoted by Radio Sahel"."""
    words, tokens = reading.words, reading.tokens
    found: list[Span] = []
    places = [start] if cue.lemma == "tell" else []
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
            )
        ):
            if words[end] in {"on", "in"}:
                break
            end += 1
        while end > at and words[end - 1] in lexicon.groups["time_words"]:
            end -= 1
        if end > at:
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
