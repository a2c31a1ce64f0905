"""Spans of labels with the hashes that let them be found again."""

from __future__ import annotations

from dateline.evaluation.gold.document import LabelSpan
from dateline.evaluation.gold.hashes import Letters, letters_sha256, quote_sha256, text_sha256


def identity(text: str) -> dict[str, str]:
    """The fields of a label document that say which text it is about, with the text."""
    return {
        "text": text,
        "text_sha256": text_sha256(text),
        "letters_sha256": letters_sha256(text),
    }


class Placer:
    """Makes ``LabelSpan`` for one text, in time that does not grow with the text."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._letters: Letters | None = None

    def span(self, start: int, end: int) -> LabelSpan:
        """The span ``[start, end)`` in code points, with its hash and letter offsets."""
        if self._letters is None:
            self._letters = Letters(self._text)
        return LabelSpan(
            start=start,
            end=end,
            quote_sha256=quote_sha256(self._text[start:end]),
            letters=self._letters.of(start, end),
        )
