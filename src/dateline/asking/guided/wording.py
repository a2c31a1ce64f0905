"""The few sentences that guided asking writes itself: summaries and claim texts.

Nothing is composed by a model. A summary joins slots; a claim's text is the statement's own
words without cue and quotation marks, with loaded words made neutral.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING

from dateline.checks import loaded_words

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from dateline.spans import Span

LONGEST = 400
_BLANKS = re.compile(r"\s+")
_QUOTES = str.maketrans("", "", '“”"«»„')
_NAMES_AND_WORDS = re.compile(
    r"[A-Z][\w’'-]{0,40}(?: (?:(?:of|the|al|for) ){0,2}[A-Z][\w’'-]{0,40}){0,6}|[^\W\d_][\w-]{0,60}"
)
_DANGLING = re.compile(r"^(?:that|and|but|also)\s+", re.IGNORECASE)


def summary(
    event_type: str,
    *,
    status: str,
    initiators: Sequence[str],
    targets: Sequence[str],
    place: str | None,
    counts: Sequence[str],
    loaded: Mapping[str, str],
) -> str:
    """One neutral line made of an event's own slots."""
    parts = event_type if status == "occurred" else f"{event_type} ({status})"
    if initiators and targets:
        parts += f": {_join(initiators)} against {_join(targets)}"
    elif initiators:
        parts += f": by {_join(initiators)}"
    elif targets:
        parts += f": against {_join(targets)}"
    if place:
        parts += (
            f", {place[0].lower() + place[1:] if place.split()[0].islower() else 'at ' + place}"
        )
    if counts:
        parts += f"; {', '.join(counts)}"
    return shorten(neutral(_BLANKS.sub(" ", parts), loaded))


def statement(
    text: str, content: Span, *, loaded: Mapping[str, str], opening: tuple[str, str] | None = None
) -> str:
    """A statement's content as one sentence of its own.

    Args:
        opening: a word that the content begins with, and what to write for it.
    """
    words = _BLANKS.sub(" ", text[content.start : content.end].translate(_QUOTES)).strip(" ,;:–—-")
    words = _DANGLING.sub("", words)
    if opening is not None and words.lower().startswith(f"{opening[0].lower()} "):
        words = opening[1] + words[len(opening[0]) :]
    words = shorten(neutral(words, loaded), room=1)
    if not words:
        return ""
    words = words[0].upper() + words[1:]
    return words if words[-1] in ".!?…" else f"{words}."


def neutral(text: str, loaded: Mapping[str, str]) -> str:
    """Replace the sources' loaded words by plain ones.

    A loaded word without a plain one stays in quotation marks, and so does a name that holds one.
    """

    def plain(found: re.Match[str]) -> str:
        printed = found.group()
        word = _BLANKS.sub(" ", printed.lower())
        if printed[0].isupper() and found.start():
            return printed
        other = loaded[word]
        return other[0].upper() + other[1:] if printed[0].isupper() else other

    text = _replaceable(tuple(loaded)).sub(plain, text)
    if not loaded_words(text):
        return text
    return _NAMES_AND_WORDS.sub(
        lambda found: f"“{found.group()}”" if loaded_words(found.group()) else found.group(), text
    )


@lru_cache(maxsize=8)
def _replaceable(words: tuple[str, ...]) -> re.Pattern[str]:
    longest_first = "|".join(
        re.escape(word).replace(r"\ ", r"\s+") for word in sorted(words, key=len, reverse=True)
    )
    return re.compile(rf"(?<![\w-])(?:{longest_first})(?![\w-])", re.IGNORECASE)


def shorten(text: str, *, room: int = 0) -> str:
    """Cut at a blank so that the text fits a draft."""
    if len(text) <= LONGEST - room:
        return text
    cut = text.rfind(" ", 0, LONGEST - room)
    return text[: cut if cut > LONGEST // 2 else LONGEST - room]


def _join(names: Sequence[str]) -> str:
    return " and ".join(names[:2])
