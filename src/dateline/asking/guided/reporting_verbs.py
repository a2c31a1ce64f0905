"""Whether a word is a reporting verb that leaves something said, not a noun or a denial of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dateline.asking.guided.clauses import AUXILIARIES, FINITE, phrase_end
from dateline.asking.guided.function_words import PREPOSITIONS
from dateline.asking.guided.lexicon import words_of

if TYPE_CHECKING:
    from dateline.asking.guided.lexicon import Cue, Form
    from dateline.asking.guided.reading import Reading

_BE = frozenset({"was", "were", "is", "are", "be", "been", "being", "'s"})
_SILENT = frozenset(
    {"not", "never", "to", "do", "does", "did", "will", "would", "shall", "could", "can", "may"}
    | {"might", "must", "should", "'ll", "'d"}
)
"""Words of a verb group that leave nothing said: "did not say", "will recall"."""
_NOT_VERBS_BEHIND = words_of(
    "the a an of its his their her our some in media news these those any this that each every"
)
_NOT_ADVERBS = words_of("family assembly ally rally reply supply bully anomaly monopoly july italy")
_VERDICTS = words_of("condemn praise denounce hail welcome comment mention criticise criticize")
_WITH_NUMBER = words_of("count list give record reckon")
WEAK = words_of(
    """
    show indicate count list give call describe ask expect hope welcome suggest report attribute
    record name consider reckon propose caution
    """
)
"""Verbs that have other uses: what stands before them must be known to speak."""
_UNNAMED = words_of("me us named identified quoted name")
_OTHER_CUES = words_of("puts says shows states finds gives lists suggests said showed found")
_ANSWERS = words_of("respond reply answer counter retort repeat")
_THAT_ONLY = words_of("charge note find observe recall maintain stress agree")
_TO = frozenset({"urge", "ask", "call on"})
ANAPHORS = words_of("it them this that him her us these those")


def group_start(reading: Reading, at: int, floor: int) -> int:
    """Where the verb group that ends with the word at ``at`` begins: "has repeatedly said"."""
    words = reading.words
    chain = at
    while (
        chain > floor
        and at - chain < 5
        and (words[chain - 1] in AUXILIARIES or _is_adverb(words[chain - 1]))
    ):
        chain -= 1
    return chain


def says(reading: Reading, chain: int, at: int, end: int, cue: Cue, form: Form) -> bool:
    """Whether the verb group from ``chain`` to ``end`` has its subject say something.

    Args:
        at: the position of the cue's first word.
        form: its grammatical form.
    """
    words, tokens = reading.words, reading.tokens
    group = set(words[chain:at])
    modal = not _SILENT.isdisjoint(group)
    if "only" in words[end : end + 3]:
        group -= {"would", "could"}  # "would say only that"
    if group & _SILENT or (group & _BE and form in {"ed", "part", "past"}):
        return False
    if cue.lemma == "put" and form == "base":
        if chain and words[chain - 1] in {"to", "be"}:
            return False
    elif form == "base" and not (modal or _plural_before(reading, chain)):
        return False
    if at and tokens[at].is_name and not tokens[at - 1].is_mark:
        return False  # "Highland Notes": a title.
    if at and words[at - 1] in (
        _NOT_VERBS_BEHIND if form in {"s", "base"} else {"the", "a", "an", "its", "their"}
    ):
        return False
    if form in {"s", "base"} and at and _owned(words[at - 1]):
        return False  # "the bank's call for restraint"
    if form in {"s", "base"} and _is_noun(reading, chain, end):
        return False
    if form in {"ed", "part"} and _is_reduced(reading, chain, at, end, cue):
        return False
    return not (end + 1 < len(words) and words[end] == "to" and words[end + 1] in {"be", "have"})


def states(reading: Reading, end: int, cue: Cue) -> bool:
    """Whether what follows can be a statement; "called the police" and "put out" state none."""
    words = reading.words
    ahead = words[end : end + 9]
    if cue.lemma in _VERDICTS:
        return False
    if cue.lemma in _WITH_NUMBER:
        at = reading.tokens[end].start if end < len(words) else 0
        return any(0 <= n.span.start - at <= 12 for n in reading.numbers)
    if cue.lemma == "put":
        return "at" in ahead and any(
            n.span.start >= reading.tokens[end].start for n in reading.numbers
        )
    if cue.lemma == "call" and reading.words[end - 1] != "called":
        return False
    if cue.lemma in {"call", "describe"}:
        if not ahead or ahead[0] in {"for", "on", "off", "up", "out"}:
            return False
        if cue.lemma == "describe":
            return "as" in ahead or ahead[0].endswith("ing")
        return ahead[0] in ANAPHORS or (ahead[0] == "the" and len(ahead) > 3)
    if cue.lemma in _ANSWERS:
        return not ahead or ahead[0] in {"that", ":", ",", ".", '"', "“", "«"}
    if cue.lemma in _THAT_ONLY:
        return "that" in ahead or not ahead or ahead[0] in {".", ","}
    if cue.lemma == "name":
        return bool(ahead) and ahead[0] in ANAPHORS
    if cue.lemma == "consider":
        return len(ahead) > 2 and ahead[0] in ANAPHORS | {"the"}
    if ahead[:1] in (["nothing"], ["little"], ["goodbye"]):
        return False
    if cue.lemma == "ask" and _UNNAMED.intersection(ahead):
        return False  # "who asked not to be named"
    if cue.lemma in _TO:
        return "to" in ahead
    return True


def _owned(before: str) -> bool:
    return before == "'s" or before.endswith("s'")


def _is_noun(reading: Reading, chain: int, end: int) -> bool:
    """Whether "suspects", "reports", "claims" is a noun: "two suspects were", "reports of"."""
    words = reading.words
    following = words[end] if end < len(words) else ""
    if following in _OTHER_CUES:
        return True  # "the police report puts it at 900"
    if following in FINITE or following in {"of", "by", "from", "about"}:
        return words[end - 1] not in {"of", "say", "says"}
    before = reading.tokens[chain - 1].start if chain else -1
    return any(number.span.start == before for number in reading.numbers)


def _is_reduced(reading: Reading, chain: int, at: int, end: int, cue: Cue) -> bool:
    """Whether a participle only tells more of a noun: "grain promised from abroad was lost"."""
    words = reading.words
    if chain != at or end >= len(words) or cue.lemma in {"say", "tell"}:
        return False
    if words[end] == "by":
        return True
    if words[end] not in PREPOSITIONS:
        return False
    stop = phrase_end(reading.tokens, end, cut=False)
    return any(word in FINITE for word in words[end:stop])


def _plural_before(reading: Reading, chain: int) -> bool:
    if not chain:
        return False
    before = reading.words[chain - 1]
    if before in {"they", "we", "i", "police", "people", "men", "women", ",", "who"}:
        return True
    return any(
        token.lower in {"and", "people"}
        or (token.lower.endswith("s") and not token.lower.endswith(("ss", "us", "is", "'s")))
        or token.lower.endswith("men")
        for token in reading.tokens[max(0, chain - 8) : chain]
    )


def _is_adverb(word: str) -> bool:
    return word.endswith("ly") and word not in _NOT_ADVERBS
