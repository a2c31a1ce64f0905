"""The few sentences that guided asking writes itself: summaries and claim texts.

Nothing is composed by a model. A summary joins slots; a claim's text is the statement's own
words without cue and quotation marks, with loaded words made neutral.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from dateline.spans import Span

LONGEST = 400
_BLANKS = re.compile(r"\s+")
_QUOTES = str.maketrans("", "", '“”"«»„')
_WORDS = re.compile(r"[^\W\d_]+")
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
    return neutral(shorten(_BLANKS.sub(" ", parts)), loaded)


def statement(text: str, content: Span, *, loaded: Mapping[str, str]) -> str:
    """A statement's content as one sentence of its own."""
    words = _BLANKS.sub(" ", text[content.start : content.end].translate(_QUOTES)).strip(" ,;:–—-")
    words = _DANGLING.sub("", words)
    words = neutral(shorten(words, room=1), loaded)
    if not words:
        return ""
    words = words[0].upper() + words[1:]
    return words if words[-1] in ".!?…" else f"{words}."


def neutral(text: str, loaded: Mapping[str, str]) -> str:
    """Replace loaded words of the sources by plain ones; names in capitals stay."""

    def plain(found: re.Match[str]) -> str:
        word = found.group()
        other = loaded.get(word) if word.islower() else None
        return other if other is not None else word

    return _WORDS.sub(plain, text)


def shorten(text: str, *, room: int = 0) -> str:
    """Cut at a blank so that the text fits a draft."""
    if len(text) <= LONGEST - room:
        return text
    cut = text.rfind(" ", 0, LONGEST - room)
    return text[: cut if cut > LONGEST // 2 else LONGEST - room]


def _join(names: Sequence[str]) -> str:
    return " and ".join(names[:2])
