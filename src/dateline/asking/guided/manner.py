"""How a statement is made: denied or not, how sure, in whose words.

Of several assertions the first decides: "it was not us, and it may have been them" is certain
and negative.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from dateline.asking.guided.function_words import PREPOSITIONS, RELATIVE
from dateline.asking.guided.lexicon import has_phrase, words_of
from dateline.asking.guided.quoted import stretch_at

if TYPE_CHECKING:
    from collections.abc import Sequence

    from dateline.asking.guided.attribution import Attribution
    from dateline.asking.guided.lexicon import Lexicon
    from dateline.asking.guided.statements import Statement
    from dateline.asking.guided.tokens import Token
    from dateline.records.vocabulary import Certainty, Polarity, QuoteType
    from dateline.spans import Span

_NOT = words_of("not nobody none never neither nor no nothing nowhere cannot unlikely")
_NOTHING = words_of("no nothing nobody none neither nor nowhere")
_UNTRUE = words_of("untrue false unfounded baseless groundless nonsense wrong fabricated invented")
_NAMING = words_of("call describe dismiss")
_BE = words_of("is was are were 's be been")
_JOINS = words_of("and that but who which while nor")
_NEW_CLAUSE = words_of("that nobody no none nothing it he she they there")
_ENDS = words_of("so because since when while after before until if unless although though but as")
_DO_NOT_KNOW = tuple(
    tuple(words.split())
    for words in (
        "not clear", "not immediately clear", "not yet clear",
        "wasn't clear", "isn't clear", "unclear", "not known", "can't confirm",
        "cannot confirm", "could not confirm", "couldn't confirm", "don't know", "doesn't know",
        "do not know", "does not know", "did not know", "didn't know", "had no information",
        "no idea",
    )
)  # fmt: skip


def first_assertion(one: Statement) -> list[str]:
    """The words of a statement's first clause, lower case."""
    content = one.spans[0]
    words: list[str] = []
    tokens = [t for t in _tokens(one) if content.start <= t.start < content.end]
    for i, token in enumerate(tokens):
        if i > 2 and (
            token.text in ".;:!?—–"
            or token.lower in _ENDS
            or (token.lower in RELATIVE and token.lower != "that")
            or (token.lower == "that" and i > 4)
            or (token.text == "," and i > 4)
        ):
            break
        following = tokens[i + 1].lower if i + 1 < len(tokens) else ""
        if (token.text == "," and following in _JOINS) or (
            token.lower == "and" and i > 1 and following in _NEW_CLAUSE
        ):
            break
        words.append("May" if token.text == "May" else token.lower)
    return words


def _tokens(one: Statement) -> list[Token]:
    return [token for reading in one.readings for token in reading.tokens]


def polarity_of(one: Statement) -> Polarity:
    """Negative where the cue denies, or the first assertion says that something is not so."""
    cue = one.attribution.lexical
    if cue is not None and cue.polarity == "negative":
        return "negative"
    words = first_assertion(one)
    if has_phrase(_DO_NOT_KNOW, words):
        return "positive"
    if cue is not None and cue.lemma in _NAMING and _UNTRUE.intersection(words):
        return "negative"
    if words[:1] in (["if"], ["unless"]):
        return "positive"
    for i, word in enumerate(words):
        if word in _NOT or word.endswith("n't"):
            following = words[i + 1] if i + 1 < len(words) else ""
            if word in {"not", "no"} and following in {"only", "least", "or"}:
                continue
            if word in _NOTHING and i > 2 and not _is_object(words[i - 1]):
                continue
            return "negative"
        if word in _UNTRUE and _BE.intersection(words[max(0, i - 3) : i]):
            return "negative"
    return "positive"


def _is_object(before: str) -> bool:
    """Whether a word such as "no" stands behind a verb: "have no unit", not "with no escort"."""
    return before not in PREPOSITIONS and before not in {"and", "or", "but", "as", ","}


def certainty_of(one: Statement, lexicon: Lexicon) -> Certainty:
    """How sure the source is, by the hedges of its first assertion."""
    attribution = one.attribution
    if attribution.hearsay is not None:
        return attribution.hearsay  # type: ignore[return-value]  # the lexicon's words are checked by the draft
    words = first_assertion(one)
    if has_phrase(_DO_NOT_KNOW, words):
        return "unknown"
    if "unlikely" in words:
        return "probable"
    cue = attribution.lexical
    if cue is not None and cue.certainty == "probable":
        return "possible" if cue.lemma == "fear" else "probable"
    for level in ("possible", "probable"):
        if lexicon.groups[f"certainty_{level}"].intersection(words):
            return level
    return "certain"


def quote_type_of(
    attribution: Attribution, spans: Sequence[Span], stretches: Sequence[Span]
) -> QuoteType:
    """Whether all, a part or nothing of what is said stands in quotation marks."""
    if attribution.kind == "narrator" and attribution.cue is None:
        return "narrator"
    quoted = total = 0
    for span in spans:
        total += span.end - span.start
        at = span.start
        while at < span.end:
            stretch = stretch_at(stretches, at)
            if stretch is not None:
                quoted += min(span.end, stretch.end) - at
                at = stretch.end
                continue
            following = _next_start(stretches, at)
            if following is None:
                break
            at = following
    if not quoted:
        return "indirect"
    return "direct" if quoted >= 0.95 * total else "mixed"


def _next_start(stretches: Sequence[Span], offset: int) -> int | None:
    from bisect import bisect_right

    at = bisect_right(stretches, (offset, 1 << 62))
    return stretches[at].start if at < len(stretches) else None
