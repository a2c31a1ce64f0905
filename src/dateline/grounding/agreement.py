"""Judge whether a quote and a stretch of text say the same thing in nearly the same words.

Two strings can be close in letters and far apart in meaning ("seven" and "seventy", "Iran" and
"Iraq", "did" and "did not"). So the letters only propose a place, and the words decide.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal, NamedTuple

from rapidfuzz.distance import OSA, Levenshtein

from dateline.grounding.vocabulary import (
    DIRECTIONS,
    EXCHANGEABLE,
    FIXED_WORDS,
    LIGHT_WORDS,
    NEGATING_PREFIXES,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from dateline.grounding.words import Word, Words

_LARGEST_BLOCK = 64
_IMPOSSIBLE = 1_000_000
_NEVER_SLIPS = FIXED_WORDS | DIRECTIONS


class Agreement(NamedTuple):
    """The verdict: where in the text the quote's words stand, or why they do not.

    ``cost`` counts words that are misspelt, left out or, twice, put in. ``ragged`` says that
    words at an end were, so that a wider look at the text may fit better.
    """

    verdict: Literal["same", "altered", "different"]
    start: int = 0
    end: int = 0
    cost: int = 0
    ragged: bool = False


DIFFERENT = Agreement("different")


def agree(
    quote: Words,
    text: Words,
    *,
    size: int,
    lead: bool,
    tail: bool,
    is_a_word: Callable[[str], bool],
) -> Agreement:
    """Compare the words of a quote with the words of the place where it seems to stand.

    Content words of the text may be missing from the quote, up to a quarter of its length; a
    sixth of it may be small words too many; a third may be changed in all. One of each is
    always forgiven.

    Args:
        quote: the quote's words, without those known to be equal at its ends.
        text: the words of the text that they may stand for.
        size: how many words the whole quote has.
        lead: whether ``quote`` begins the whole quote: words of the text before it do not count.
        tail: whether ``quote`` ends the whole quote, likewise.
        is_a_word: whether a spelling stands elsewhere in the article: such a spelling is another
            name, not a misspelt one.
    """
    if not (quote.keys and text.keys) and (lead or tail):
        return DIFFERENT
    if quote.keys == text.keys:
        return Agreement("same", *text.extent)
    start, end = text.extent
    cost = left_out = put_in = 0
    ragged = False
    verdict: Literal["same", "altered"] = "same"
    for a, b, c, d in _differences(quote.keys, text.keys):
        leads, trails = lead and a == 0, tail and b == len(quote)
        if a == b and leads:
            start = text.start(d) if d < len(text) else end
            continue
        if a == b and trails:
            end = text.end(c - 1) if c else start
            continue
        block = _Block(quote.between(a, b), text.between(c, d), leads, trails, is_a_word)
        # Of "the the" at an end it does not matter which of the two is too many.
        block.repeats = b == a + 1 and quote.keys[a] in quote.keys[max(0, a - 1) : a]
        fit = block.compare()
        if fit is None:
            if not block.altered:
                return DIFFERENT
            verdict = "altered"
            cost += 1
            continue
        if leads and fit.skipped:
            # All words of the block may be skipped: the quote then begins after it.
            start = (
                block.text[fit.skipped].start
                if fit.skipped < len(block.text)
                else text.start(d)
                if d < len(text)
                else end
            )
        if trails and fit.spare:
            left = len(block.text) - fit.spare
            end = block.text[left - 1].end if left else text.end(c - 1) if c else start
        ragged = ragged or ((leads or trails) and fit.left_out + fit.put_in + fit.cost > 1)
        cost += fit.cost
        left_out += fit.left_out
        put_in += fit.put_in
    if end <= start and (lead or tail):
        return DIFFERENT
    if not within_limits(cost, left_out, put_in, size):
        return DIFFERENT
    return Agreement(verdict, start, end, cost, ragged)


def within_limits(cost: int, left_out: int, put_in: int, size: int) -> bool:
    """Whether a quote of ``size`` words may differ so much."""
    return (
        left_out <= max(1, size // 4)
        and put_in <= max(1, size // 6)
        and cost - put_in <= max(1, (size + 1) // 3)
    )


def _differences(quote: list[str], text: list[str]) -> list[tuple[int, int, int, int]]:
    """Where two lists of words, not the same, differ: words [a, b) stand for [c, d)."""
    last, stop = len(quote), len(text)
    first, most = 0, min(last, stop)
    while first < most and quote[first] == text[first]:
        first += 1
    while last > first and stop > first and quote[last - 1] == text[stop - 1]:
        last -= 1
        stop -= 1
    if set(quote[first:last]).isdisjoint(text[first:stop]):
        return [(first, last, first, stop)]
    blocks: list[tuple[int, int, int, int]] = []
    steps: list[tuple[str, int, int, int, int]] = Levenshtein.opcodes(quote, text).as_list()  # type: ignore[assignment]  # its stub does not tell the tag from the numbers
    for tag, a, b, c, d in steps:
        if tag == "equal":
            continue
        if blocks and blocks[-1][1] == a and blocks[-1][3] == c:
            a, _, c, _ = blocks.pop()
        blocks.append((a, b, c, d))
    return blocks


class _Fit(NamedTuple):
    cost: int
    left_out: int
    put_in: int
    skipped: int
    spare: int


_Way = tuple[int, int, int, int]  # cost, left out, put in, skipped
_UNFIT: _Way = (_IMPOSSIBLE, 0, 0, 0)


class _Block:
    """The words between two stretches that are equal, compared pair by pair."""

    def __init__(
        self,
        quote: Sequence[Word],
        text: Sequence[Word],
        leads: bool,
        trails: bool,
        is_a_word: Callable[[str], bool],
    ) -> None:
        self.quote = quote
        self.text = text
        self.leads = leads
        self.trails = trails
        self.is_a_word = is_a_word
        self.repeats = False

    @property
    def altered(self) -> bool:
        """Whether a number, a negation or a name is what differs."""
        written, meant = (
            [word.key for word in words if word.fixed or word.key in DIRECTIONS]
            for words in (self.quote, self.text)
        )
        if written != meant:
            return True
        return any(w.name for w in self.quote) and any(w.name for w in self.text)

    def compare(self) -> _Fit | None:
        """The cheapest way to read the quote's words as the text's, or None."""
        m, n = len(self.quote), len(self.text)
        if m == n == 1:
            if self._alike(self.quote[0], self.text[0]):
                return _Fit(1, 0, 0, 0, 0)
            if not (self.leads or self.trails):
                return None
        if m * n > _LARGEST_BLOCK:
            return None
        rows: list[list[_Way]] = []
        for i in range(m + 1):
            row = [_UNFIT] * (n + 1)
            rows.append(row)
            for j in range(n + 1):
                row[j] = min(self._ways(rows, i, j), default=_UNFIT)
        ends = range(n + 1) if self.trails else (n,)
        best, spare = min((rows[m][j], n - j) for j in ends)
        cost, left_out, put_in, skipped = best
        return None if cost >= _IMPOSSIBLE else _Fit(cost, left_out, put_in, skipped, spare)

    def _ways(self, rows: list[list[_Way]], i: int, j: int) -> list[_Way]:
        """The ways to read the first ``i`` words of the quote as the first ``j`` of the text."""
        if i == 0 and (j == 0 or self.leads):
            return [(0, 0, 0, j)]
        ways: list[_Way] = []
        written = self.quote[i - 1] if i else None
        meant = self.text[j - 1] if j else None
        if meant and not meant.fixed:
            cost, left_out, put_in, skipped = rows[i][j - 1]
            content = meant.key not in LIGHT_WORDS
            ways.append((cost + 1, left_out + content, put_in, skipped))
        if written and written.key in LIGHT_WORDS and self._inside(i - 1):
            cost, left_out, put_in, skipped = rows[i - 1][j]
            ways.append((cost + 2, left_out, put_in + 1, skipped))
        if written and meant:
            if self._alike(written, meant):
                cost, left_out, put_in, skipped = rows[i - 1][j - 1]
                ways.append((cost + (written.key != meant.key), left_out, put_in, skipped))
            if j > 1 and _respaced([written], self.text[j - 2 : j]):
                cost, left_out, put_in, skipped = rows[i - 1][j - 2]
                ways.append((cost + 1, left_out, put_in, skipped))
            if i > 1 and _respaced(self.quote[i - 2 : i], [meant]):
                cost, left_out, put_in, skipped = rows[i - 2][j - 1]
                ways.append((cost + 1, left_out, put_in, skipped))
        return ways

    def _inside(self, index: int) -> bool:
        """Whether a word is neither the first nor the last of the whole quote."""
        at_end = (self.leads and index == 0) or (self.trails and index == len(self.quote) - 1)
        return self.repeats or not at_end

    def _alike(self, quote: Word, text: Word) -> bool:
        if quote.key == text.key:
            return True
        if quote.fixed or text.fixed:
            return False
        if quote.key in EXCHANGEABLE.get(text.key, ()):
            return True
        name = text.name or quote.name
        return is_slip(quote.key, text.key, name=name, is_a_word=self.is_a_word)


def is_slip(written: str, meant: str, *, name: bool, is_a_word: Callable[[str], bool]) -> bool:
    """Whether a word may differ so; both in lower case.

    A fixed word may not differ. A name may not be another name that the article knows, nor a
    word with another last letter another of its words ("killed", "killer").
    """
    if written in _NEVER_SLIPS or meant in FIXED_WORDS:
        return False
    if not misspelt(written, meant, name=name):
        return False
    ending = len(written) == len(meant) and written[-1] != meant[-1]
    return not ((name or ending) and is_a_word(written))


def misspelt(written: str, meant: str, *, name: bool) -> bool:
    """Whether ``written`` is a plausible slip for ``meant``, both in lower case.

    One slip in a word of four letters or more; two from eight on, but not at its ends, where
    they make another word ("minister", "ministry"). A name must keep its first
    letter and have five letters, and may hold one slip only: short names one letter apart are
    as a rule different names.
    """
    short, long = (meant, written) if len(meant) < len(written) else (written, meant)
    if len(long) < (5 if name else 4):
        return False
    limit = 2 if len(short) >= 8 and not name else 1
    distance = OSA.distance(written, meant, score_cutoff=limit)
    if distance > limit or (distance == 2 and written[-1] != meant[-1]):
        return False
    if long.endswith(short) and long[: len(long) - len(short)] in NEGATING_PREFIXES:
        return False
    if written[0] == meant[0] or sorted(written[:2]) == sorted(meant[:2]):
        return not (name and len(short) == len(long) == 5 and written[-1] != meant[-1])
    return not name and distance == 1 and len(long) >= 6


def _respaced(quote: Sequence[Word], text: Sequence[Word]) -> bool:
    """Whether one side only sets or drops a blank or hyphen: "re-open" and "reopen"."""
    written = "".join(word.key for word in quote)
    if written != "".join(word.key for word in text):
        return False
    return not any(map(str.isdigit, written))
