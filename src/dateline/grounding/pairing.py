"""Pair the words of a quote with those of a text where one word differs here and another there.

Most altered quotes have a misspelt word, a word too few or a small word too many, and right
after it go on as the text does. Those are settled here, in one walk along both and by the rules
of ``agree``, which judges the rest.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from dateline.grounding.agreement import is_slip, within_limits
from dateline.grounding.vocabulary import EXCHANGEABLE, FIXED_WORDS, LIGHT_WORDS
from dateline.grounding.words import NEGATED

if TYPE_CHECKING:
    from collections.abc import Callable

EDGE_MARKS = " \"'.,;:!?()[]-"
"""What may stand at the ends of a word without being a part of it."""

_END = "\n"  # No folded text holds one.


def pair(
    quote: str,
    text: str,
    *,
    quote_case: str,
    text_case: str,
    size: int,
    lead: bool,
    tail: bool,
    is_a_word: Callable[[str], bool],
) -> int | None:
    """What the differences cost, as in ``Agreement.cost``; None if it takes a closer look.

    Args:
        quote: a stretch of the quote, in lower case, from one blank to another.
        text: what stands in its place, likewise.
        quote_case: the stretch of the quote in its own case; ``text_case`` that of the text.
        size: how many words the whole quote has.
        lead: whether ``quote`` begins the whole quote; ``tail`` whether it ends it.
        is_a_word: whether a spelling stands elsewhere in the article.
    """
    if (lead and not text[:1].isalnum()) or (tail and not text[-1:].isalnum()):
        return None
    ours = [*_words(quote), _END]
    theirs = [*_words(text), _END]
    i = j = cost = dropped = left_out = put_in = 0
    while True:
        while (word := ours[i]) == theirs[j]:
            if word is _END:
                fits = within_limits(cost, left_out, put_in, size)
                return cost if fits else None
            i += 1
            j += 1
        other = theirs[j]
        written, meant = word.strip(EDGE_MARKS), other.strip(EDGE_MARKS)
        if written == meant:
            i += 1
            j += 1
        elif not written:
            i += 1
        elif not meant:
            j += 1
        elif (
            word is not _END
            and other is not _END
            and ours[i + 1] == theirs[j + 1]
            and _plain(written)
            and _plain(meant)
            and (
                written in EXCHANGEABLE.get(meant, ())
                or is_slip(
                    written,
                    meant,
                    name=_begins_large(text_case, j) or _begins_large(quote_case, i),
                    is_a_word=is_a_word,
                )
            )
        ):
            cost += 1
            i += 1
            j += 1
        elif (lead and not i) or (tail and (word is _END or ours[i + 1] is _END)):
            return None
        elif other is not _END and word in theirs[j + 1 : j + 3] and _plain(meant):
            if put_in or meant in FIXED_WORDS:
                return None
            cost += 1
            dropped += 1
            left_out += meant not in LIGHT_WORDS
            j += 1
        elif word is not _END and ours[i + 1] == other and written in LIGHT_WORDS:
            if dropped:  # The word may only have moved.
                return None
            cost += 2
            put_in += 1
            i += 1
        else:
            return None


def _words(stretch: str) -> list[str]:
    return stretch.replace("-", " ").split(" ") if stretch else []


def _plain(word: str) -> bool:
    """Whether it is one word of letters, and none such as "didnt"."""
    return word.isascii() and word.isalpha() and not (word[-1] == "t" and NEGATED.fullmatch(word))


def _begins_large(stretch: str, index: int) -> bool:
    return _words(stretch)[index].lstrip(EDGE_MARKS)[:1].isupper()
