"""The statements of a sentence: its attributing clauses with their sources and contents."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dateline.asking.guided.attribution import Attribution, from_headline, impersonal
from dateline.asking.guided.clauses import Clause
from dateline.asking.guided.contents import contents_of, nested_in, stands_apart
from dateline.asking.guided.lexicon import words_of
from dateline.asking.guided.naming import name_and_role, speaker_kind
from dateline.asking.guided.quoted import bare, stretch_at
from dateline.asking.guided.reporting import find_clauses
from dateline.asking.guided.reporting_verbs import WEAK
from dateline.asking.guided.speakers import (
    PRONOUNS,
    Named,
    carriers,
    cited_source,
    note_persons,
    resolve_speaker,
)
from dateline.spans import Span

if TYPE_CHECKING:
    from collections.abc import Sequence

    from dateline.asking.guided.lexicon import Lexicon
    from dateline.asking.guided.reading import Reading
    from dateline.asking.guided.sources import Sources

_TITLE = 16
"""Most words of a line without a full stop that is read as a title."""
_PLAINLY = frozenset({"said", "says", "added"})
_MARKS = frozenset({";", ":", "(", "–", "—"})
_POINTERS = words_of("it this that so them him her these those in to as of nothing")


def find_attributions(
    reading: Reading, text: str, lexicon: Lexicon, sources: Sources, stretches: Sequence[Span]
) -> list[Attribution]:
    """Return the statements of one sentence, one for each source.

    Args:
        sources: those of the sentences before, which a pronoun refers to; this sentence's are
            added.
        stretches: the article's quotations.
    """
    if reading.zone == "headline":
        headed = from_headline(reading, text, lexicon)
        if headed is not None:
            return [headed]
    quoted = [stretch_at(stretches, token.start) is not None for token in reading.tokens]
    clauses = find_clauses(reading, quoted, lexicon)
    clauses = [clause for clause in clauses if _may_speak(clause, lexicon)]
    if reading.zone != "headline" and not any(quoted) and _is_title(reading, text):
        return []
    found = _statements(reading, clauses, quoted, text, lexicon, sources, stretches)
    if found or clauses:
        return found
    note_persons(reading, lexicon, sources)
    hearsay = impersonal(reading, text, lexicon)
    return [hearsay] if hearsay is not None else []


def _is_title(reading: Reading, text: str) -> bool:
    """Whether a short line that stands for itself has no full stop: a section's title."""
    start, end = reading.span
    return (
        len(reading.tokens) <= _TITLE
        and text[end - 1] not in ".!?:;…”\"»’'"
        and text[end : end + 1] in {"", "\n"}
        and text[start - 1 : start] in {"", "\n"}
    )


def _may_speak(clause: Clause, lexicon: Lexicon) -> bool:
    tokens = clause.subject
    if not tokens or tokens[0].lower in PRONOUNS or tokens[0].is_name or clause.cue is None:
        return True
    if tokens[0].lower in {"i", "we", "you"}:
        return False
    return speaker_kind(tokens, lexicon) != "unspecified" or clause.cue.lemma not in WEAK


def _statements(
    reading: Reading,
    clauses: list[Clause],
    quoted: Sequence[bool],
    text: str,
    lexicon: Lexicon,
    sources: Sources,
    stretches: Sequence[Span],
) -> list[Attribution]:
    kept, outer = _apart(reading, clauses, quoted)
    found: list[Attribution] = []
    for i, clause in enumerate(kept):
        spans = contents_of(reading, kept, i, quoted, text, stretches)
        spans = [span for span in spans if not _says_nothing(text[span.start : span.end])]
        if not clause.subject and found:
            found[-1].spans = (*found[-1].spans, *spans)
            continue
        if not clause.subject:
            continue
        if not spans:
            resolve_speaker(clause.subject, lexicon, sources, reading.paragraph)
            continue
        carrier = outer.get(clause.at)
        one = _attribution(reading, clause, spans, text, lexicon, sources, carrier)
        if one is not None:
            found.append(one)
    if len(found) == 1 and len(clauses) == 1:
        found[0].plain = _is_plain(reading, clauses[0], found[0], lexicon)
    return found


def _is_plain(reading: Reading, clause: Clause, found: Attribution, lexicon: Lexicon) -> bool:
    """Whether the sentence is one indirect statement of a source that is named in it."""
    words = reading.words
    if (
        reading.zone != "body"
        or words[clause.at] not in _PLAINLY
        or clause.inverted
        or not (found.pronoun or found.kind == "person" or _is_known(clause, lexicon))
        or len(found.spans) > 1
        or not _MARKS.isdisjoint(words)
        or any(token.text == "," for token in clause.subject)
    ):
        return False
    if clause.amid:
        return clause.after >= len(words) - 1 and words[clause.first - 1] == ","
    return clause.first <= 1 and words[clause.end] not in {",", "on", "in", "at", "to"}


def _is_known(clause: Clause, lexicon: Lexicon) -> bool:
    """Whether a word of the lexicon tells what sort of source it is."""
    kinds = ("anonymous", "body", "expert", "media", "person")
    return any(
        token.lower in lexicon.groups[f"speaker_{kind}"]
        for kind in kinds
        for token in clause.subject
    )


def _says_nothing(words: str) -> bool:
    """Whether a content is only a pronoun: "denied it"."""
    return all(word in _POINTERS for word in words.lower().split())


def _apart(
    reading: Reading, clauses: Sequence[Clause], quoted: Sequence[bool]
) -> tuple[list[Clause], dict[int, Clause]]:
    """The clauses that make statements of their own, and by ``at`` those that carry another."""
    kept: list[Clause] = []
    outer: dict[int, Clause] = {}
    for clause in clauses:
        before = kept[-1] if kept else None
        if before is None:
            if clause.subject:
                kept.append(clause)
        elif nested_in(reading, before, clause, quoted):
            if clause.subject and clause.subject[0].lower not in PRONOUNS:
                outer[clause.at] = kept.pop()
                kept.append(clause)
        elif clause.amid and clause.subject and not before.amid and _is_aside(reading, clause):
            if stands_apart(reading, clause):
                before.asides.append((clause.first, clause.after))
        elif not _is_told(reading, before, clause):
            kept.append(clause)
        elif (
            clause.subject
            and clause.subject[0].lower not in PRONOUNS
            and _closes(reading, before, clause)
        ):
            # "The kidnappers demanded money, a guard said": the guard carries it.
            before.asides.append((clause.first, clause.after))
            outer[before.at] = clause
    return kept, outer


def _is_told(reading: Reading, before: Clause, clause: Clause) -> bool:
    """Whether a clause is a part of what the one before it says."""
    if clause.subject and not stands_apart(reading, clause):
        return True
    return _closes(reading, before, clause)


def _closes(reading: Reading, before: Clause, clause: Clause) -> bool:
    """Whether a clause closes the sentence that the one before it opens."""
    ends = clause.after >= len(reading.words) - 1
    return clause.amid and not before.amid and ends and reading.words[clause.first - 1] == ","


def _is_aside(reading: Reading, clause: Clause) -> bool:
    """Whether a clause inside a statement says again who makes it: ", she says," or "as ..."."""
    return reading.words[clause.first] == "as" or clause.subject[0].lower in PRONOUNS


def _attribution(
    reading: Reading,
    clause: Clause,
    spans: list[Span],
    text: str,
    lexicon: Lexicon,
    sources: Sources,
    carrier: Clause | None,
) -> Attribution | None:
    via: tuple[Span, ...] = ()
    if carrier is not None:
        through, _ = name_and_role(carrier.subject, lexicon)
        via = (through,) if through is not None else ()
    cue = clause.cue
    named = None
    inner = next((i for i, t in enumerate(clause.subject) if t.lower == "citing"), 0)
    if inner and inner + 1 < len(clause.subject):
        # "The Herald, citing a guard, reported": so too where it stands before the cue.
        through, _ = name_and_role(clause.subject[:inner], lexicon)
        via = (*via, *((through,) if through else ()))
        cited = clause.subject[inner + 1 :]
        named = resolve_speaker(cited, lexicon, sources, reading.paragraph)
    elif cue is not None:
        via = (*via, *carriers(reading, lexicon, cue, clause.end))[:4]
        behind = cited_source(reading, lexicon, clause.end)
        if behind is not None:
            # "The Herald reported, citing a guard": the guard is the source, the paper carries it.
            through, _ = name_and_role(clause.subject, lexicon)
            via = (*((through,) if through else ()), *via)[:4]
            named = resolve_speaker(behind, lexicon, sources, reading.paragraph)
            spans = _before(spans, reading.at(behind[0].start) - 1, reading, text)
            if not spans:
                return None
    if named is None:
        named = resolve_speaker(clause.subject, lexicon, sources, reading.paragraph)
    return _made(reading, clause, named, spans, via)


def _made(
    reading: Reading, clause: Clause, named: Named, spans: list[Span], via: tuple[Span, ...]
) -> Attribution:
    span = Span(reading.tokens[clause.at].start, reading.tokens[clause.end - 1].end)
    ends = [clause.end, clause.after, *(reading.at(one.end) for one in via)]
    said_on = _said_on(reading, ends) if clause.cue is not None else None
    return Attribution(
        reading,
        named.name,
        named.role,
        named.kind,
        span,
        clause.cue,
        tuple(spans),
        via,
        None,
        said_on,
        named.pronoun,
    )


def _before(spans: list[Span], at: int, reading: Reading, text: str) -> list[Span]:
    limit = reading.tokens[at].start
    cut = [bare(text, Span(s.start, min(s.end, limit))) for s in spans if s.start < limit]
    return [span for span in cut if span.end > span.start]


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
