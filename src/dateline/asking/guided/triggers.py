"""Trigger words of a sentence and how they are used: tense, voice, and whether it happened.

There is no parser here. A verb's auxiliaries stand to its left, so a walk to the left over
auxiliaries and adverbs tells a past passive from a plan; a noun is a happening when a verb such
as "launched" or "broke out" carries it.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from dateline.asking.guided.lexicon import Entry, Form, Lexicon, match, words_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from dateline.asking.guided.tokens import Token
    from dateline.records.vocabulary import EventStatus

Use = Literal["finite", "participle", "reduced", "carried", "mentioned", "modifier"]
"""``carried`` nouns hang on a light verb, ``mentioned`` ones stand alone, ``reduced`` participles
modify a noun ("soldiers killed in the clash"), ``modifier`` nouns modify another noun."""

_BE = words_of(
    """
    was were is are am be been being 's 're get gets got getting
    """
)
_HAVE = words_of("has have had having 've")
_WOULD = words_of("would could might may should can cannot couldn't wouldn't")
_WILL = words_of("will shall 'll won't")
_DO = words_of("do does did didn't doesn't don't")
_AUX = _BE | _HAVE | _WOULD | _WILL | _DO | {"must", "to", "not", "never", "n't"}
_AUX |= words_of("wasn't weren't isn't aren't hasn't haven't hadn't")
_ADVERB = words_of(
    """
    also still already now then all both again once soon later just only either
    """
)
_DETERMINERS = words_of(
    """
    a an the this that these those its their his her our my your each every any some no another
    several many few both such other further more new fresh major deadly large massive heavy
    recent similar first second third two three four five 's armed fierce violent joint
    """
)
_PREPOSITIONS = words_of(
    """
    of in on at by with from to for during after before amid against near over under between
    through into across following since until without within along around as despite than
    """
)
_RELATIVE = words_of("who which that whose whom where")
_SUBORDINATE = words_of("if unless")
_OCCURRING = words_of(
    """
    managed manage able began begun started continued continue went proceeded forced used came
    """
)
_ABSTRACT = words_of(
    """
    plan plans proposal decision policy policies idea bill law record verdict ruling inflation
    critics corruption crime poverty disease virus budget reform reforms argument accusation
    crimes fire fires
    """
)
"""What can be attacked or fought in words only."""
_TRANSITIVE_ONLY = frozenset({"harm", "arrest", "abduct", "destroy", "disrupt", "violence"})


@dataclass(slots=True)
class Hit:
    """One trigger in use. ``first`` and ``last`` are token positions, ``last`` exclusive;
    ``chain`` is where the verb group begins."""

    entry: Entry
    form: Form
    first: int
    last: int
    chain: int
    use: Use
    passive: bool = False
    status: EventStatus = "occurred"
    pluperfect: bool = False
    present: bool = False
    progressive: bool = False
    relative: bool = False
    goal: bool = False
    carrier: str = ""
    """The light verb that carries a noun, lower case."""

    @property
    def irrealis(self) -> bool:
        """Whether the words tell of something that did not, or not yet, happen."""
        return self.status != "occurred"


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
        governs = after in _DETERMINERS or (end < len(tokens) and not tokens[end].is_mark)
        if not governs or after in _PREPOSITIONS or carried:
            return _noun(tokens, words, at, end, noun, lexicon)
    if form == "ing" and at and words[at - 1] in _DETERMINERS:
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
    if before == "not" and at > 1 and words[at - 2] in _DO | _WILL | _WOULD:
        return True
    if before in {"to", "they", "we", "who"} or before in _WILL | _WOULD | _DO:
        return True
    after = words[at + 1] if at + 1 < len(words) else ""
    if before in _DETERMINERS or before in _PREPOSITIONS or not before or tokens[at - 1].is_mark:
        return False
    if after in _PREPOSITIONS - {"in", "at", "near", "against", "for", "with", "over"} or not after:
        return False
    follows_object = after in _DETERMINERS - {"that"} or (
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
        _mood(hit, words, governed, position, lexicon)
        if lexicon_lemma_in(hit.carrier, lexicon.groups["foiled"]):
            hit.status = "attempted"
    _nearby_noun_mood(hit, words, at, lexicon)
    return hit


def lexicon_lemma_in(word: str, group: frozenset[str]) -> bool:
    """Whether the first word of a phrase belongs to a word set."""
    return word.split(" ", 1)[0] in group


def _carrier(words: list[str], at: int, end: int, lexicon: Lexicon) -> tuple[int, str] | None:
    """The light verb within five words on either side, not past a mark."""
    for i in range(at - 1, max(-1, at - 9), -1):
        if words[i] in ',;:.()“”"' or words[i] in _RELATIVE:
            break
        two = " ".join(words[i : i + 2])
        if two in lexicon.light:
            return i, two
        if words[i] in lexicon.light and not (i and words[i - 1] in _DETERMINERS):
            return i, words[i]
    for i in range(end, min(len(words), end + 9)):
        if words[i] in ',;:.()“”"' or words[i] in _RELATIVE:
            break
        two = " ".join(words[i : i + 2])
        if two in lexicon.light:
            return i, two
        if words[i] in lexicon.light and words[i - 1] not in _DETERMINERS:
            return i, words[i]
    return None


def _chain(words: list[str], at: int) -> int:
    """Where the verb group of the verb at ``at`` begins."""
    start = at
    while start and at - start < 7:
        word = words[start - 1]
        if word in _AUX or word in _ADVERB or (word.endswith("ly") and len(word) > 4):
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
        not any(word in _AUX for word in group)
        and twin is not None
        and twin.form in {form, "ed", "part"}
    ):
        hit.passive, hit.use, hit.status = twin.passive, twin.use, twin.status
        hit.pluperfect, hit.relative, hit.chain = twin.pluperfect, twin.relative, twin.chain
        hit.goal, hit.present, hit.progressive = twin.goal, twin.present, twin.progressive
        return hit
    be = any(word in _BE for word in group)
    if (
        form in {"ed", "part"}
        and not group
        and chain
        and words[chain - 1]
        in _DETERMINERS - {"that", "who", "all", "some", "many", "several", "both", "others"}
    ):
        return None  # an adjective: "the recaptured areas"
    hit.pluperfect = "had" in group or "hadn't" in group
    if form in {"ed", "part"}:
        if be:
            hit.passive = True
        elif form == "part" and not any(word in _HAVE for word in group):
            hit.use = "reduced"
        elif not group and _looks_reduced(words, end, entry, headline):
            hit.use, hit.passive = "reduced", True
    elif form == "ing":
        hit.progressive = be
        if not be:
            hit.use = "participle"
            if (
                chain
                and words[chain - 1] in _PREPOSITIONS - {"by", "after"}
                and words[chain - 1] != "while"
            ):
                hit.goal = True
    elif form in {"base", "s"} and not group:
        hit.present = True
        if at + 0 and end < len(tokens) and entry.family == "means":
            return None
    _mood(hit, words, chain, at, lexicon)
    hit.relative = chain > 0 and words[chain - 1] in _RELATIVE and words[chain - 1] != "where"
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
        or after in _PREPOSITIONS
        or after in {",", ".", ";", "and", "&", "when", "while", "as"}
    )
    return (closes and after != "as") or (closes and headline)


def _mood(hit: Hit, words: list[str], chain: int, at: int, lexicon: Lexicon) -> None:
    """Set the status of a verb from its auxiliaries and from what governs its infinitive."""
    groups = lexicon.groups
    group = words[chain:at]
    before = words[max(0, chain - 7) : chain]
    negated = any(word in groups["negation"] or word.endswith("n't") for word in group)
    if "to" in group:
        _infinitive(hit, [*before, *group[: len(group) - 1 - group[::-1].index("to")]], lexicon)
    elif any(word in _WILL for word in group):
        hit.status = "planned"
    elif any(word in _WOULD for word in group):
        hit.status = "hypothetical"
    elif hit.form == "ing" and not hit.progressive and before:
        if before[-1] in {"of", "for", "from", "before", "against", "without"}:
            governor = [
                w for w in before[-4:] if w in groups["planned"] or w in groups["attempted"]
            ]
            _infinitive(hit, governor or before, lexicon)
        elif before[-1] in {"denied", "denies", "denying"}:
            hit.status = "denied"
    if negated and hit.status == "occurred":
        hit.status = "denied"
    if hit.status == "occurred" and any(word in _SUBORDINATE for word in words[:chain][-8:]):
        hit.status = "hypothetical"


def _infinitive(hit: Hit, before: list[str], lexicon: Lexicon) -> None:
    groups = lexicon.groups
    for word in reversed(before[-7:]):
        if word in {",", ";", ".", "“", "”"}:
            break
        if word in _OCCURRING:
            return
        if word in groups["goal"]:
            hit.goal = True
            return
        if word in groups["attempted"]:
            hit.status = "attempted"
            return
        if word in groups["foiled"]:
            hit.status = "attempted"
            return
        if word in groups["planned"]:
            hit.status = "planned"
            return
    hit.goal = True


def _nearby_noun_mood(hit: Hit, words: list[str], at: int, lexicon: Lexicon) -> None:
    """A noun after "planned", "foiled" or "threat of" is no occurrence."""
    groups = lexicon.groups
    for word in words[max(0, at - 4) : at]:
        if word in {",", ";"}:
            continue
        if (
            word in groups["planned"] - {"set", "about", "expected", "due", "ready"}
            and hit.use != "carried"
        ) or word in {"planned", "possible", "impending", "imminent", "threatened", "potential"}:
            hit.status = "planned"
        elif word in groups["foiled"] or word in {"attempted", "failed", "botched"}:
            hit.status = "attempted"
    if hit.status == "occurred" and any(w in _SUBORDINATE for w in words[max(0, at - 8) : at]):
        hit.status = "hypothetical"
