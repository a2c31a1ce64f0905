"""Trigger words of a sentence and how they are used: tense, voice, and whether it happened.

There is no parser here. A verb's auxiliaries stand to its left, so a walk to the left over
auxiliaries and adverbs tells a past passive from a plan; a noun is a happening when a verb such
as "launched" or "broke out" carries it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from dateline.asking.guided.function_words import (
    ADVERBS,
    AUX,
    BE,
    DETERMINERS,
    DO,
    HAVE,
    PREPOSITIONS,
    RELATIVE,
    WILL,
    WOULD,
)
from dateline.asking.guided.hits import Hit, set_mood, set_noun_mood
from dateline.asking.guided.lexicon import Entry, Form, Lexicon, match, words_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from dateline.asking.guided.tokens import Token

_ABSTRACT = words_of(
    """
    plan plans proposal decision policy policies idea bill law record verdict ruling inflation
    critics corruption crime poverty disease virus budget reform reforms argument accusation
    crimes fire fires
    """
)
"""What can be attacked or fought in words only."""
_APPROXIMATE = frozenset({"over", "around", "about", "between", "under"})
_TRANSITIVE_ONLY = frozenset({"harm", "arrest", "abduct", "destroy", "disrupt", "violence"})


def find_triggers(
    tokens: Sequence[Token], lexicon: Lexicon, *, headline: bool = False
) -> list[Hit]:
    """Return the triggers of one sentence in order, each with the way it is used.

    Goals ("in order to attack") are marked ``goal``; modifiers ("attack helicopters") are left
    out. Linear in the number of tokens.
    """
    words = [token.lower for token in tokens]
    hits: list[Hit] = []
    at = 0
    while at < len(tokens):
        phrase = match(lexicon.triggers, words, at)
        if phrase is None or not isinstance(phrase.entry, Entry):
            at += 1
            continue
        end = at + len(phrase.words)
        hit = _in_use(tokens, words, at, end, phrase.entry, phrase.form, lexicon, hits, headline)
        if hit is not None:
            hits.append(hit)
        at = end
    return hits


def read_numbers_behind(hits: Sequence[Hit], words: Sequence[str]) -> None:
    """A verb before "at least six" or "over 40" has an object: it is no participle of a noun."""
    for hit in hits:
        if hit.use != "reduced" or hit.form != "ed" or not hit.passive or hit.last >= len(words):
            continue
        behind = words[hit.last : hit.last + 2]
        if behind in (["at", "least"], ["at", "most"]) or (
            len(behind) == 2 and behind[0] in _APPROXIMATE and behind[1][0].isdigit()
        ):
            hit.use, hit.passive = "finite", False


def _in_use(
    tokens: Sequence[Token],
    words: list[str],
    at: int,
    end: int,
    entry: Entry,
    form: Form,
    lexicon: Lexicon,
    hits: list[Hit],
    headline: bool,
) -> Hit | None:
    if entry.verbal and form in {"base", "s"} and not _verb_here(tokens, words, at, headline):
        noun = match_noun(lexicon, words, at)
        if noun is None:
            return None
        return _noun(tokens, words, at, end, noun, lexicon)
    if not entry.verbal:
        verb = _verb_reading(lexicon, words, at)
        if verb is not None and _verb_here(tokens, words, at, headline):
            return _verb(tokens, words, at, at + 1, *verb, lexicon, hits, headline)
        return _noun(tokens, words, at, end, entry, lexicon)
    if form == "ing" and (noun := match_noun(lexicon, words, at)) is not None:
        after = words[end] if end < len(words) else ""
        carried = after in lexicon.light or " ".join(words[end : end + 2]) in lexicon.light
        governs = after in DETERMINERS or (end < len(tokens) and not tokens[end].is_mark)
        if not governs or after in PREPOSITIONS or carried:
            return _noun(tokens, words, at, end, noun, lexicon)
    if form == "ing" and at and words[at - 1] in DETERMINERS:
        return _noun(tokens, words, at, end, entry, lexicon)
    return _verb(tokens, words, at, end, entry, form, lexicon, hits, headline)


def match_noun(lexicon: Lexicon, words: list[str], at: int) -> Entry | None:
    """The noun entry that begins at word ``at``, where the longest match was a verb."""
    for phrase in lexicon.triggers.get(words[at], ()):
        if isinstance(phrase.entry, Entry) and not phrase.entry.verbal and len(phrase.words) == 1:
            return phrase.entry
    return None


def _verb_reading(lexicon: Lexicon, words: list[str], at: int) -> tuple[Entry, Form] | None:
    for phrase in lexicon.triggers.get(words[at], ()):
        if isinstance(phrase.entry, Entry) and phrase.entry.verbal and len(phrase.words) == 1:
            return phrase.entry, phrase.form
    return None


def _verb_here(tokens: Sequence[Token], words: list[str], at: int, headline: bool) -> bool:
    """Whether a form that can be noun or verb ("attack", "raids") is a verb at this place."""
    before = words[at - 1] if at else ""
    if before == "not" and at > 1 and words[at - 2] in DO | WILL | WOULD:
        return True
    if before in {"to", "they", "we", "who"} or before in WILL | WOULD | DO:
        return True
    after = words[at + 1] if at + 1 < len(words) else ""
    if before in DETERMINERS or before in PREPOSITIONS or not before or tokens[at - 1].is_mark:
        return False
    if after in PREPOSITIONS - {"in", "at", "near", "against", "for", "with", "over"} or not after:
        return False
    follows_object = after in DETERMINERS - {"that"} or (
        at + 1 < len(tokens)
        and (tokens[at + 1].text[0].isdigit() or (headline and tokens[at + 1].is_word))
    )
    return follows_object and (headline or before.endswith("s"))


def _noun(
    tokens: Sequence[Token], words: list[str], at: int, end: int, entry: Entry, lexicon: Lexicon
) -> Hit | None:
    # A noun before another plain noun is its modifier: "attack helicopters", "protest leader".
    if end < len(tokens) and tokens[end].is_word and words[end] in lexicon.groups["modified"]:
        return None
    if at and words[at - 1] in {"-", "anti"}:
        return None
    hit = Hit(entry, "noun", at, end, at, "mentioned")
    carrier = _carrier(words, at, end, lexicon)
    if carrier is not None:
        position, hit.carrier = carrier
        governed = _chain(words, position)
        hit.use = "carried"
        hit.chain = governed
        set_mood(hit, words, governed, position, lexicon)
        if hit.carrier.split(" ", 1)[0] in lexicon.groups["foiled"]:
            hit.status = "attempted"
    set_noun_mood(hit, words, at, lexicon)
    return hit


def _carrier(words: list[str], at: int, end: int, lexicon: Lexicon) -> tuple[int, str] | None:
    """The light verb within five words on either side, not past a mark."""
    before, behind = range(at - 1, max(-1, at - 9), -1), range(end, min(len(words), end + 9))
    for side in (before, behind):
        for i in side:
            if words[i] in ',;:.()“”"' or words[i] in RELATIVE:
                break
            two = " ".join(words[i : i + 2])
            if two in lexicon.light:
                return i, two
            if words[i] in lexicon.light and not (i and words[i - 1] in DETERMINERS):
                return i, words[i]
    return None


def _chain(words: list[str], at: int) -> int:
    """Where the verb group of the verb at ``at`` begins."""
    start = at
    while start and at - start < 7:
        word = words[start - 1]
        if word in AUX or word in ADVERBS or (word.endswith("ly") and len(word) > 4):
            start -= 1
        else:
            break
    return start


def _verb(
    tokens: Sequence[Token],
    words: list[str],
    at: int,
    end: int,
    entry: Entry,
    form: Form,
    lexicon: Lexicon,
    hits: list[Hit],
    headline: bool,
) -> Hit | None:
    chain = _chain(words, at)
    group = words[chain:at]
    if entry.family == "fight" and _ABSTRACT & set(words[end : end + 4]):
        return None
    hit = Hit(entry, form, at, end, chain, "finite")
    twin = _coordinated(words, chain, hits)
    if (
        not any(word in AUX for word in group)
        and twin is not None
        and twin.form in {form, "ed", "part"}
    ):
        hit.passive, hit.use, hit.status = twin.passive, twin.use, twin.status
        hit.pluperfect, hit.relative, hit.chain = twin.pluperfect, twin.relative, twin.chain
        hit.goal, hit.present, hit.progressive = twin.goal, twin.present, twin.progressive
        return hit
    be = any(word in BE for word in group)
    if (
        form in {"ed", "part"}
        and not group
        and chain
        and words[chain - 1]
        in DETERMINERS - {"that", "who", "all", "some", "many", "several", "both", "others"}
    ):
        return None  # an adjective: "the recaptured areas"
    hit.pluperfect = "had" in group or "hadn't" in group
    if form in {"ed", "part"}:
        if be:
            hit.passive = True
        elif form == "part" and not any(word in HAVE for word in group):
            hit.use = "reduced"
        elif not group and _looks_reduced(words, end, entry, headline):
            hit.use, hit.passive = "reduced", True
    elif form == "ing":
        hit.progressive = be
        if not be:
            hit.use = "participle"
            if (
                chain
                and words[chain - 1] in PREPOSITIONS - {"by", "after"}
                and words[chain - 1] != "while"
            ):
                hit.goal = True
    elif form in {"base", "s"} and not group:
        hit.present = True
        if at + 0 and end < len(tokens) and entry.family == "means":
            return None
    set_mood(hit, words, chain, at, lexicon)
    hit.relative = chain > 0 and words[chain - 1] in RELATIVE and words[chain - 1] != "where"
    # "The group, whose fighters had captured it": the clause has a subject of its own.
    hit.relative = hit.relative or "whose" in words[max(0, chain - 4) : chain]
    return hit


def _coordinated(words: list[str], chain: int, hits: list[Hit]) -> Hit | None:
    if hits and chain and words[chain - 1] in {"and", "or", "&"} and hits[-1].last == chain - 1:
        return hits[-1]
    return None


def _looks_reduced(words: list[str], end: int, entry: Entry, headline: bool) -> bool:
    after = words[end] if end < len(words) else ""
    if entry.family not in _TRANSITIVE_ONLY and after != "by":
        return False
    if entry.lemma in {"die", "perish", "disappear"}:
        return False
    closes = (
        not after
        or after in PREPOSITIONS
        or after in {",", ".", ";", "and", "&", "when", "while", "as"}
    )
    return (closes and after != "as") or (closes and headline)
