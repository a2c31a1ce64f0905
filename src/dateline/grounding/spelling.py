"""What may differ between a quote and the text without a doubt: outer marks and case."""

from __future__ import annotations

import re

from dateline.grounding.folding import ONE_TO_ONE

_OUTER = " \t\n\r\"'“”‘’„‚«»‹›「」『』《》()[]{}.,;:!?…*_-–—،؛؟。，；：！？"
_SIGNS = ".-−+"
_ACRONYM_LETTERS = 5
_LARGE_LETTERS = re.compile("[A-Z][A-Z]")
_ACRONYM = re.compile(rf"\b[A-Z]{{2,{_ACRONYM_LETTERS}}}\b")


def without_outer(quote: str) -> str:
    """The quote without outer quote marks and punctuation; empty if it holds no word."""
    if quote[:1].isalnum() and quote[-1].isalnum():
        return quote
    left = quote.lstrip(_OUTER)
    sign = quote[len(quote) - len(left) - 1 :][:1] if len(left) < len(quote) else ""
    core = left.rstrip(_OUTER)
    if core and core[0].isdigit() and sign and sign in _SIGNS:
        core = sign + core
    return core if core[:1].isalnum() or any(map(str.isalnum, core)) else ""


def same_but_for_case(quote: str, text: str) -> bool:
    """Whether a difference of case is one of spelling only: "IS" is not "is"."""
    alone = " " not in quote
    shouted = quote.isupper() and not alone
    for written, meant in zip(quote.split(), text.split(), strict=False):
        if _acronym(written) and meant.islower() and not shouted:
            return False
        if alone and _acronym(meant) and written.islower():
            return False
    return True


def acronyms_stand(quote: str, text: str) -> bool:
    """Whether no acronym of the quote is a plain word of the text."""
    if not _LARGE_LETTERS.search(quote) or not _ACRONYM.search(quote) or quote.isupper():
        return True
    there = set(map(_trim, text.split()))
    return not any(
        _acronym(word) and word not in there and word.lower() in there
        for word in map(_trim, quote.split())
    )


def _trim(word: str) -> str:
    return word.strip(_OUTER)


def plain(char: str) -> str:
    """The character in its folded form, if that is one character."""
    return ONE_TO_ONE.get(char, char)


def _acronym(word: str) -> bool:
    return 1 < len(word) <= _ACRONYM_LETTERS and word.isalpha() and word.isupper()


def is_text(piece: str) -> bool:
    """Whether a string can be written out: half of a surrogate pair cannot."""
    try:
        piece.encode()
    except UnicodeEncodeError:
        return False
    return True
