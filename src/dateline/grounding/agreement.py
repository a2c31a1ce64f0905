"""Judge whether a quote and a stretch of text say the same thing in nearly the same words.

Two strings can be close in letters and far apart in meaning ("seven" and "seventy", "Iran" and
"Iraq", "did" and "did not"). So the letters only propose a place, and the words decide.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal, NamedTuple

from dateline.grounding.vocabulary import EXCHANGEABLE_WORDS, LIGHT_WORDS, NEGATING_PREFIXES

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from dateline.grounding.words import Word

_LARGEST_BLOCK = 64
_IMPOSSIBLE = 1_000_000


class Agreement(NamedTuple):
    """The verdict: which words of the text the quote stands for, or why it does not.

    ``first`` and ``last`` are positions in the text's words, ``last`` included. ``cost`` counts
    words that are misspelt, left out or put in.
    """

    verdict: Literal["same", "altered", "different"]
    first: int = 0
    last: int = 0
    cost: int = 0


def agree(
    quote: Sequence[Word], text: Sequence[Word], *, is_a_word: Callable[[str], bool]
) -> Agreement:
    """Compare the words of a quote with the words of the place where it seems to stand.

    Words of the text before the first and after the last word of the quote do not count.

    Args:
        is_a_word: whether a spelling stands elsewhere in the article: such a spelling is another
            name, not a misspelt one.
    """
    from rapidfuzz.distance import Levenshtein

    steps = Levenshtein.opcodes([word.key for word in quote], [word.key for word in text])
    blocks: list[tuple[int, int, int, int]] = []
    for step in steps:
        if step.tag == "equal":
            continue
        if blocks and blocks[-1][1] == step.src_start and blocks[-1][3] == step.dest_start:
            begin, _, begin_text, _ = blocks.pop()
            blocks.append((begin, step.src_end, begin_text, step.dest_end))
        else:
            blocks.append((step.src_start, step.src_end, step.dest_start, step.dest_end))

    first, last = 0, len(text) - 1
    cost = left_out = put_in = 0
    verdict: Literal["same", "altered"] = "same"
    for a, b, c, d in blocks:
        lead, tail = a == 0, b == len(quote)
        if a == b and (lead or tail):
            if lead:
                first = d
            else:
                last = c - 1
            continue
        block = _Block(quote[a:b], text[c:d], lead=lead, tail=tail, is_a_word=is_a_word)
        result = block.compare()
        if result is None:
            if not block.altered:
                return Agreement("different")
            verdict = "altered"
            cost += 1
            continue
        if lead:
            first = c + result.skipped
        if tail:
            last = d - 1 - result.spare
        cost += result.cost
        left_out += result.left_out
        put_in += result.put_in
    if last < first:
        return Agreement("different")
    size = len(quote)
    if left_out > max(1, size // 4) or put_in > max(1, size // 6) or cost > max(1, (size + 1) // 3):
        return Agreement("different")
    return Agreement(verdict, first, last, cost)


class _Fit(NamedTuple):
    cost: int
    left_out: int
    put_in: int
    skipped: int
    spare: int


class _Block:
    """The words between two stretches that are equal, compared pair by pair."""

    def __init__(
        self,
        quote: Sequence[Word],
        text: Sequence[Word],
        *,
        lead: bool,
        tail: bool,
        is_a_word: Callable[[str], bool],
    ) -> None:
        self.quote = quote
        self.text = text
        self.lead = lead
        self.tail = tail
        self.is_a_word = is_a_word

    @property
    def altered(self) -> bool:
        """Whether a number, a negation or a name is what differs."""
        fixed = [w.key for w in self.quote if w.fixed], [w.key for w in self.text if w.fixed]
        if fixed[0] != fixed[1]:
            return True
        return any(w.name for w in self.quote) and any(w.name for w in self.text)

    def compare(self) -> _Fit | None:
        """The cheapest way to read the quote's words as the text's, or None."""
        m, n = len(self.quote), len(self.text)
        if m * n > _LARGEST_BLOCK:
            return None
        # best[j]: (cost, left out, put in, skipped) for quote[:i] against text[:j].
        unfit = (_IMPOSSIBLE, 0, 0, 0)
        rows: list[list[tuple[int, int, int, int]]] = []
        for i in range(m + 1):
            row = [unfit] * (n + 1)
            for j in range(n + 1):
                if i == j == 0:
                    row[0] = (0, 0, 0, 0)
                    continue
                ways = [unfit]
                if j and i == 0 and self.lead:
                    ways.append((0, 0, 0, j))
                elif j and not self.text[j - 1].fixed:
                    c, o, p, s = row[j - 1]
                    ways.append((c + 1, o + 1, p, s))
                if i and self.quote[i - 1].key in LIGHT_WORDS and not self.quote[i - 1].fixed:
                    c, o, p, s = rows[i - 1][j]
                    ways.append((c + 1, o, p + 1, s))
                if i and j and self._alike(self.quote[i - 1], self.text[j - 1]):
                    c, o, p, s = rows[i - 1][j - 1]
                    ways.append((c + (self.quote[i - 1].key != self.text[j - 1].key), o, p, s))
                if i and j > 1 and self._respaced(self.quote[i - 1 : i], self.text[j - 2 : j]):
                    c, o, p, s = rows[i - 1][j - 2]
                    ways.append((c + 1, o, p, s))
                if i > 1 and j and self._respaced(self.quote[i - 2 : i], self.text[j - 1 : j]):
                    c, o, p, s = rows[i - 2][j - 1]
                    ways.append((c + 1, o, p, s))
                row[j] = min(ways)
            rows.append(row)
        ends = range(n + 1) if self.tail else (n,)
        cost, spare = min((rows[m][j][0], n - j) for j in ends)
        if cost >= _IMPOSSIBLE:
            return None
        _, left_out, put_in, skipped = rows[m][n - spare]
        return _Fit(cost, left_out, put_in, skipped, spare)

    def _alike(self, quote: Word, text: Word) -> bool:
        if quote.key == text.key:
            return True
        if quote.fixed or text.fixed:
            return False
        if quote.key in EXCHANGEABLE_WORDS and text.key in EXCHANGEABLE_WORDS:
            return True
        return misspelt(quote.key, text.key, name=text.name or quote.name) and not (
            text.name and self.is_a_word(quote.key)
        )

    @staticmethod
    def _respaced(quote: Sequence[Word], text: Sequence[Word]) -> bool:
        if any(any(map(str.isdigit, word.key)) for word in (*quote, *text)):
            return False
        return "".join(word.key for word in quote) == "".join(word.key for word in text)


def misspelt(written: str, meant: str, *, name: bool) -> bool:
    """Whether ``written`` is a plausible slip for ``meant``, both in lower case.

    One slip in a word of four letters or more, two from eight on. A name must keep its first
    letter and have five letters, and may hold one slip only: short names one letter apart are
    as a rule different names.
    """
    from rapidfuzz.distance import OSA

    short, long = sorted((written, meant), key=len)
    if long.endswith(short) and long[: len(long) - len(short)] in NEGATING_PREFIXES:
        return False
    if len(long) < (5 if name else 4):
        return False
    limit = 2 if len(short) >= 8 and not name else 1
    distance = OSA.distance(written, meant, score_cutoff=limit)
    if distance > limit:
        return False
    if written[0] == meant[0] or sorted(written[:2]) == sorted(meant[:2]):
        return not (name and len(short) == len(long) == 5 and written[-1] != meant[-1])
    return not name and distance == 1 and len(long) >= 6
