"""The word lists behind guided asking: a data file, with inflected forms made by rule.

The lists weigh words as evidence for ACLED sub-event types; another taxonomy is matched through
the ``families`` of related words (see ``types.py``).
"""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass, field, replace
from functools import lru_cache
from typing import TYPE_CHECKING, Any, Literal, NamedTuple

from dateline.errors import PromptError
from dateline.resources import find

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from pathlib import Path

Form = Literal["base", "s", "past", "part", "ed", "ing", "noun"]
"""How a word stands: ``ed`` is a form that can be past or participle."""


class Entry(NamedTuple):
    """One trigger word or phrase of the lexicon."""

    lemma: str
    family: str
    """What sort of happening it names: harm, fight, blast, territory, protest, ..."""
    types: Mapping[str, float]
    """Weights for ACLED sub-event types."""
    verbal: bool


class Cue(NamedTuple):
    """One reporting verb and what it says about the statement it introduces."""

    lemma: str
    relation: str
    certainty: str
    polarity: str
    claim_type: str | None


class Phrase(NamedTuple):
    """One printed form of an entry: its words, lower case, and its grammatical form."""

    words: tuple[str, ...]
    form: Form
    entry: Entry | Cue


@dataclass(frozen=True, eq=False)
class Lexicon:
    """The compiled lists. Phrases are found by their first word, longest first."""

    triggers: Mapping[str, tuple[Phrase, ...]]
    cues: Mapping[str, tuple[Phrase, ...]]
    groups: Mapping[str, frozenset[str]]
    """Plain word sets by name, e.g. ``state``, ``armed``, ``goal``."""
    phrases: Mapping[str, tuple[tuple[str, ...], ...]]
    """Lists of phrases by name, split into words, longest first."""
    hearsay: Mapping[tuple[str, ...], str]
    outcomes: Mapping[str, tuple[tuple[str, ...], ...]]
    families: Mapping[str, tuple[str, ...]]
    """Related words of each ACLED type, the most telling first."""
    loaded: Mapping[str, str]
    language: str = "en"
    fingerprint: str = ""
    """Digest of the file, first 16 hex digits."""
    light: frozenset[str] = field(default_factory=frozenset)
    telling: Lexicon | None = None
    """The same lists with more triggers, which only code reads: no question comes of them."""


def words_of(lines: str) -> frozenset[str]:
    """The words of a list that is written as lines."""
    return frozenset(lines.split())


def match(index: Mapping[str, tuple[Phrase, ...]], words: Sequence[str], at: int) -> Phrase | None:
    """Return the longest phrase that begins at word ``at``; None where none does."""
    for phrase in index.get(words[at], ()):
        size = len(phrase.words)
        if size == 1 or tuple(words[at : at + size]) == phrase.words:
            return phrase
    return None


def has_phrase(phrases: Iterable[tuple[str, ...]], words: Sequence[str]) -> bool:
    """Whether any of these phrases stands in the words."""
    return any(
        words[i] == phrase[0] and tuple(words[i : i + len(phrase)]) == phrase
        for phrase in phrases
        for i in range(len(words) - len(phrase) + 1)
    )


@lru_cache(maxsize=8)
def load_lexicon(*, language: str = "en", override: Path | None = None) -> Lexicon:
    """Load and compile ``lexicon.<language>.json``; a user's folder may hold its own.

    Raises:
        PromptError: the file is missing, or is not a lexicon.
    """
    path = find("schemas", f"lexicon.{language}.json", override=override)
    try:
        content = path.read_bytes()
        return _compile(json.loads(content), hashlib.sha256(content).hexdigest()[:16])
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise PromptError(
            f"not a lexicon ({type(error).__name__})",
            where=str(path),
            remedy="Start from the file that dateline ships.",
        ) from error


_PLAIN = (
    "negation", "planned", "attempted", "foiled", "hypothetical", "goal", "generic", "anaphors",
    "state", "armed", "civilian", "protester", "rioter", "speaker_person", "speaker_anonymous",
    "speaker_body", "speaker_expert", "speaker_media", "modified", "time_words",
)  # fmt: skip
_PHRASED = (
    "background",
    "aggregate",
    "new_incident",
    "continuing",
    "satellite",
    "source_phrases",
    "unknown_toll",
)


def _compile(data: dict[str, Any], fingerprint: str) -> Lexicon:
    irregular: dict[str, list[str]] = data["irregular"]
    double = frozenset(data["double"])
    triggers: dict[str, list[Phrase]] = {}
    for item in data["verbs"]:
        entry = Entry(item["verb"], item["class"], item["types"], verbal=True)
        for words, form in _conjugate(item["verb"], irregular, double):
            triggers.setdefault(words[0], []).append(Phrase(words, form, entry))
    for item in data["nouns"]:
        entry = Entry(item["noun"], item["class"], item["types"], verbal=False)
        for printed in (item["noun"], plural(item["noun"])):
            words = tuple(printed.split())
            triggers.setdefault(words[0], []).append(Phrase(words, "noun", entry))
    cues: dict[str, list[Phrase]] = {}
    for item in data["reporting"]:
        cue = Cue(
            item["verb"], item["relation"], item["certainty"], item["polarity"], item["claim_type"]
        )
        for words, form in _conjugate(item["verb"], irregular, double):
            cues.setdefault(words[0], []).append(Phrase(words, form, cue))
    light = _light(data["light_verbs"], irregular, double)
    groups = {name: frozenset(_with_plurals(name, data[name])) for name in _PLAIN}
    for level, words in data["certainty"].items():
        groups[f"certainty_{level}"] = frozenset(words)
    lexicon = Lexicon(
        triggers={word: _longest_first(found) for word, found in triggers.items()},
        cues={word: _longest_first(found) for word, found in cues.items()},
        groups=groups,
        phrases={name: _split(data[name]) for name in _PHRASED},
        hearsay={tuple(k.split()): v for k, v in data["hearsay_phrases"].items()},
        outcomes={name: _split(found) for name, found in data["outcomes"].items()},
        families={name: tuple(words.split()) for name, words in data["families"].items()},
        loaded=dict(data["loaded"]),
        language=data["language"],
        fingerprint=fingerprint,
        light=light,
    )
    more = data.get("telling")
    return replace(lexicon, telling=_telling(lexicon, more, irregular, double)) if more else lexicon


def _telling(
    lexicon: Lexicon,
    more: dict[str, Any],
    irregular: Mapping[str, list[str]],
    double: frozenset[str],
) -> Lexicon:
    """The lexicon with more triggers; one that is listed again replaces the first."""
    irregular = {**irregular, **more.get("irregular", {})}
    added: dict[str, list[Phrase]] = {}
    for item in more["verbs"]:
        for verb in item["words"]:
            entry = Entry(verb, item["class"], item["types"], verbal=True)
            for words, form in _conjugate(verb, irregular, double):
                added.setdefault(words[0], []).append(Phrase(words, form, entry))
    for item in more["nouns"]:
        for noun in item["words"]:
            entry = Entry(noun, item["class"], item["types"], verbal=False)
            for printed in (noun, plural(noun)):
                words = tuple(printed.split())
                added.setdefault(words[0], []).append(Phrase(words, "noun", entry))
    triggers = dict(lexicon.triggers)
    for word, phrases in added.items():
        known = {(phrase.words, phrase.form) for phrase in phrases}
        kept = [p for p in lexicon.triggers.get(word, ()) if (p.words, p.form) not in known]
        triggers[word] = _longest_first([*phrases, *kept])
    light = lexicon.light | _light(more["light_verbs"], irregular, double)
    return replace(lexicon, triggers=triggers, light=light)


def _light(
    verbs: Iterable[str], irregular: Mapping[str, list[str]], double: frozenset[str]
) -> frozenset[str]:
    return frozenset(
        " ".join(words) for v in verbs for words, _ in _conjugate(v, irregular, double)
    )


def _with_plurals(name: str, words: list[str]) -> set[str]:
    if name in {"state", "armed", "civilian", "protester", "rioter"}:
        return {*words, *(plural(word) for word in words)}
    return set(words)


def _split(phrases: Iterable[str]) -> tuple[tuple[str, ...], ...]:
    return tuple(sorted((tuple(p.split()) for p in phrases), key=len, reverse=True))


def _longest_first(found: list[Phrase]) -> tuple[Phrase, ...]:
    return tuple(sorted(found, key=lambda phrase: -len(phrase.words)))


def plural(noun: str) -> str:
    """The regular plural of a noun or of the last word of a compound."""
    if noun.endswith(("s", "sh", "ch", "x", "z")):
        return f"{noun}es"
    if noun.endswith("y") and noun[-2] not in "aeiou":
        return f"{noun[:-1]}ies"
    if noun.endswith("man"):
        return f"{noun[:-3]}men"
    return f"{noun}s"


def _conjugate(
    verb: str, irregular: Mapping[str, list[str]], double: frozenset[str]
) -> list[tuple[tuple[str, ...], Form]]:
    head, _, rest = verb.partition(" ")
    tail = tuple(rest.split())
    stem = head + head[-1] if head in double else head
    silent = head.endswith("e") and not head.endswith(("ee", "ye", "oe"))
    third = plural(head)
    forms: list[tuple[str, Form]] = [(head, "base"), (third, "s")]
    forms.append(
        ((head[:-2] + "ying") if head == "die" else (stem[:-1] if silent else stem) + "ing", "ing")
    )
    if head in irregular:
        past, participle = irregular[head]
        forms += [(past, "ed")] if past == participle else [(past, "past"), (participle, "part")]
    elif silent or head.endswith("e"):
        forms.append((head + "d", "ed"))
    elif head.endswith("y") and head[-2] not in "aeiou":
        forms.append((head[:-1] + "ied", "ed"))
    else:
        forms.append((stem + "ed", "ed"))
    return [((word, *tail), form) for word, form in forms]
