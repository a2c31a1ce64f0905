"""Forms of a name: folding, titles, acronyms, and where a form stands in the text.

Names are compared by key. Keys ignore case, diacritics, apostrophes and the Arabic article; an
acronym's key is the acronym itself, because IS is not ISF and no spelling distance knows that.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from typing import TYPE_CHECKING

from dateline.spans import Span

if TYPE_CHECKING:
    from collections.abc import Sequence

APOSTROPHES = "'’‘ʼʿʾʻʹ`´"
HYPHENS = "-‐‑–"


def word_set(words: str) -> frozenset[str]:
    """Return the words of a text as a set: the shortest way to write down a long list of words."""
    return frozenset(words.split())


_FOLDED = str.maketrans(
    dict.fromkeys(APOSTROPHES, "")
    | dict.fromkeys("‐‑–—−", "-")
    | {"ı": "i", "ł": "l", "ø": "o", "đ": "d"}
)
_ARTICLE = re.compile(r"(?<![^\s-])(?:(?:al|el|ul)[- ]|(?:ad|an|ar|as|ash|at|az|adh|ath)-)(?=\w)")
_ACRONYM = re.compile(r"(?:[A-Z]\.){2,}(?:[A-Z]\b)?|(?=.{2,11}$)[A-Z][A-Z0-9]+(?:-[A-Z0-9]+)*")
_FUNCTION_WORDS = word_set(
    "of the and for in on at to a an de del la las los el al e y du des d da do dos di "
    "wal wa und et fi von van as bil"
)

TITLE_WORDS = word_set(
    "mr mrs ms miss dr prof professor sir dame lord lady gen general col colonel maj "
    "major lt lieutenant capt captain sgt sergeant cpl corporal brig brigadier cmdr "
    "commander adm admiral marshal field rear vice deputy acting interim former late "
    "president prime premier chancellor minister ministers foreign defense defence "
    "interior information health justice finance oil governor gov mayor senator sen rep "
    "representative congressman congresswoman lawmaker mp ambassador envoy secretary "
    "secretary-general spokesman spokeswoman spokesperson chief police army inspector "
    "superintendent commissioner sheriff judge justice king queen prince princess emir "
    "sultan sheikh sheik shaykh shaikh imam mufti ayatollah grand mullah maulana mawlawi "
    "mawlana hajji haji sayyid pope bishop archbishop cardinal father rev reverend "
    "pastor rabbi chairman chairwoman chairperson director head leader first second "
    "third staff comandante coronel lieut special attorney district state us u.s un u.n "
    "eu militant rebel warlord businessman activist journalist"
)
_CORE_TITLES = TITLE_WORDS - word_set(
    "foreign defense defence interior information health finance oil first second third "
    "staff special district state us u.s un u.n eu field rear police army head late "
    "former acting interim militant rebel warlord businessman activist journalist "
    "general major justice"
)


@lru_cache(maxsize=8192)
def fold_name(name: str) -> str:
    """Return ``name`` without case, diacritics, apostrophes and doubled spaces."""
    if not name.isascii():
        decomposed = unicodedata.normalize("NFKD", name)
        name = "".join(c for c in decomposed if not unicodedata.combining(c))
    return " ".join(name.casefold().translate(_FOLDED).split())


@lru_cache(maxsize=8192)
def without_article(folded: str) -> str:
    """Return a folded name without the Arabic article, in any of its spellings, before any word."""
    return _ARTICLE.sub("", folded)


@lru_cache(maxsize=4096)
def is_acronym(name: str) -> bool:
    """Whether the whole of ``name`` is an acronym: ISF, U.N., M23, FARC-EP."""
    return _ACRONYM.fullmatch(name) is not None


@lru_cache(maxsize=8192)
def name_key(name: str) -> str:
    """Return what two forms of the same name have in common; empty for no name at all.

    Acronyms keep their letters and case, without dots: ``U.N.`` is ``UN`` and never ``un``.
    """
    bare = bare_name(name)
    if is_acronym(bare):
        return bare.replace(".", "")
    key = without_article(fold_name(bare)).replace("-", " ")
    return key.replace("isation", "ization").replace("defence", "defense")


@lru_cache(maxsize=8192)
def bare_name(name: str) -> str:
    """Return a name without quotation marks, "the", possessive s and trailing punctuation."""
    bare = name.strip(' \t\r\n\u00a0,;:"“”«»()[]')
    if bare[-2:] in ("'s", "’s"):
        bare = bare[:-2]
    elif bare[-2:] in ("s'", "s’"):
        bare = bare[:-1]
    if bare[:4].lower() == "the " and len(bare) > 4:
        bare = bare[4:].lstrip()
    return bare


@lru_cache(maxsize=4096)
def split_title(name: str) -> tuple[str, str]:
    """Return title and rest: ``("Prime Minister", "Adam Novak")``. Both may be empty.

    Words such as "Police" or "Foreign" are part of a title only when a title proper follows.
    """
    words = name.split()
    cut = 0
    for index, word in enumerate(words):
        plain = word.rstrip(".,").lower()
        if plain not in TITLE_WORDS and plain not in ("of", "and"):
            break
        if (
            plain in _CORE_TITLES
            or (word.endswith(".") and not is_acronym(word))
            or words[index - 1 : index] == ["of"]
            or (
                plain in ("general", "major", "justice") and cut == index and index + 1 < len(words)
            )
        ):
            cut = index + 1
    return " ".join(words[:cut]), " ".join(words[cut:])


def initials_match(acronym: str, words: Sequence[str]) -> bool:
    """Whether ``acronym`` is made of the first letters of ``words``, in order and without rest.

    Function words and the Arabic article may give a letter or not; every other word gives one.
    Hyphenated words count as one word or as several.
    """
    letters = "".join(c for c in fold_name(acronym) if c.isalnum())
    parts: list[tuple[str, bool]] = []
    for word in words:
        for index, piece in enumerate(re.split(r"[-‐‑–/]", fold_name(word))):
            if piece:
                parts.append((piece[0], index > 0 or piece in _FUNCTION_WORDS))
            if piece in ("al", "el", "e") and index == 0 and piece != fold_name(word):
                parts[-1] = (piece[0], True)
    if not parts or not letters or (parts[0][0] != letters[0] and not parts[0][1]):
        return False
    # The set of positions in the acronym that the words so far can reach.
    reached = {0}
    for index, (initial, optional) in enumerate(parts):
        after = {at + 1 for at in reached if at < len(letters) and letters[at] == initial}
        if optional:
            after |= reached
        # After an article the noun must answer for itself; "al-Qaeda" is A or Q, not nothing.
        if optional and index + 1 == len(parts):
            after = {at for at in after if at == len(letters)}
        reached = after
        if not reached:
            return False
    return len(letters) in reached


_AFTER_HYPHEN = re.compile(r"[-‑][A-Z0-9]{1,2}\b")
_ARTICLE_BEFORE = re.compile(r"(?:^|[^\w])(?:[AaEeUu]l|[Aa](?:d|n|r|s|sh|t|z|dh|th))$")


def stands_alone(text: str, start: int, end: int) -> bool:
    """Whether ``text[start:end]`` is a whole name there, not a piece of a longer word.

    ``IS`` does not stand in ``ISF``, nor ``Amin`` in ``al-Amin``, nor ``ISIS`` in ``ISIS-K``;
    ``IS`` does stand in ``anti-IS`` and in ``IS-held``.
    """
    if start > 0:
        before = text[start - 1]
        if before.isalnum() or before == "_":
            return False
        if before in "-‑" and _ARTICLE_BEFORE.search(text[max(0, start - 5) : start - 1]):
            return False
        if before in APOSTROPHES and start > 1 and text[start - 2].isalpha():
            return False
    if end < len(text):
        after = text[end]
        if after.isalnum() or after == "_":
            return False
        if after in "-‑" and _AFTER_HYPHEN.match(text, end):
            return False
        if after in APOSTROPHES and end + 1 < len(text) and text[end + 1].isalpha():
            return text[end + 1] == "s" and not text[end + 2 : end + 3].isalpha()
    return True


def first_place(
    text: str, form: str, spans: Sequence[Span], *, after: int = 0, whole: bool = True
) -> Span | None:
    """Return the first place in ``spans`` where ``form`` stands as printed and alone, else None."""
    size = len(form)
    # Most forms that are looked for are nowhere, and one search is faster than one a span.
    if not size or text.find(form, after) < 0:
        return None
    for span in spans:
        at = text.find(form, max(span.start, after), span.end)
        while at >= 0:
            if not whole or stands_alone(text, at, at + size):
                return Span(at, at + size)
            at = text.find(form, at + size, span.end)
    return None
