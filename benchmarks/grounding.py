"""Planted quotes: what grounding finds, what it refuses, and what it costs.

Articles are synthesised from an invented vocabulary by a seeded generator. Quotes are cut out
of them and altered the way models alter them; others are changed so that they are no longer
true to the text. Run with ``python benchmarks/grounding.py``.
"""

from __future__ import annotations

import functools
import random
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from dateline.grounding import Grounder
from dateline.grounding.vocabulary import FIXED_WORDS
from dateline.spans import Span

SIZES = {3_000: 12, 30_000: 40, 300_000: 80}
"""Characters of an article, and the altered quotes asked of each: a longer one yields more."""

ARTICLES = {3_000: 25, 30_000: 6, 300_000: 2}
ROUNDS = {3_000: 10, 30_000: 3, 300_000: 1}
LIMITS = {3_000: 0.77, 30_000: 0.33, 300_000: 0.18}
"""CPU time of an altered quote, as a ratio to rapidfuzz's on the same job in the same run."""

_ONSETS = [*"bdfghklmnprstvw", "br", "dr", "gr", "kl", "pl", "sh", "st", "tr"]
_VOWELS = [*"aeiou", "ai", "ea", "ou"]
_CODAS = ["", *"bdgklmnprst", "nd", "nt", "rk", "st"]
_GIVEN = {
    "function": "the of in to and that on for with by from as was were had after near",
    "number": "two three five seven nine eleven twelve twenty dozens hundreds",
    "negation": "not never without denied",
}
_POOLS = {kind: words.split() for kind, words in _GIVEN.items()}


@dataclass(frozen=True)
class Word:
    """A word of an article: its text, and what kind of word it is."""

    text: str
    kind: str
    start: int


@dataclass(frozen=True)
class Article:
    """A synthetic article and its words."""

    text: str
    words: list[Word]
    names: list[str]


def synthesise(size: int, rng: random.Random) -> Article:
    """An article of about ``size`` characters, in paragraphs, with typographic punctuation."""
    # A coined word must not happen to be a number or a negation of some language.
    given = {*_POOLS["function"], *FIXED_WORDS, "dont", "wont"}
    plain = sorted({_coined(rng, rng.randint(1, 3)) for _ in range(400 + size // 60)})
    plain = [word for word in plain if len(word) > 2 and word not in given]
    names = sorted({_coined(rng, rng.randint(2, 3)).capitalize() for _ in range(20 + size // 3000)})
    pieces: list[str] = []
    words: list[Word] = []
    length = 0

    def put(text: str) -> None:
        nonlocal length
        pieces.append(text)
        length += len(text)

    sentences = 0
    while length < size:
        count = rng.randint(9, 26)
        for position in range(count):
            kind, word = _any_word(rng, plain, names)
            if position == 0 and kind != "number":
                word = word[0].upper() + word[1:]
            quoted = kind == "plain" and rng.random() < 0.02
            if quoted:
                put("“")
            words.append(Word(word, kind, length))
            put(word)
            if quoted:
                put("”")
            if position < count - 1:
                put(rng.choices([" ", ", ", " – ", "\u00a0", "—"], [90, 6, 1.5, 1, 1])[0])
        sentences += 1
        put("." + ("\n\n" if sentences % 3 == 0 else " "))
    return Article("".join(pieces), words, names)


def _coined(rng: random.Random, syllables: int) -> str:
    return "".join(
        rng.choice(_ONSETS) + rng.choice(_VOWELS) + rng.choice(_CODAS) for _ in range(syllables)
    )


def _any_word(rng: random.Random, plain: list[str], names: list[str]) -> tuple[str, str]:
    kind = rng.choices(
        ["function", "plain", "name", "number", "digits", "negation"], [38, 46, 8, 3, 3, 2]
    )[0]
    if kind == "digits":
        return kind, rng.choice(["{}", "1,{:03}", "{}"]).format(rng.randint(2, 999))
    return kind, rng.choice(names if kind == "name" else _POOLS.get(kind, plain))


@dataclass(frozen=True)
class Planted:
    """A quote, what was done to it, and where it stands; None if it must not be found."""

    quote: str
    change: str
    span: Span | None


def _stretch(article: Article, rng: random.Random) -> tuple[list[Word], Span]:
    count = rng.randint(7, 26)
    first = rng.randrange(len(article.words) - count)
    chosen = article.words[first : first + count]
    return chosen, Span(chosen[0].start, chosen[-1].start + len(chosen[-1].text))


def faithful(article: Article, rng: random.Random) -> Iterator[Planted]:
    """Quotes altered in form only, one kind of change after the other, for ever."""
    while True:
        for change, alter in _FAITHFUL.items():
            chosen, span = _stretch(article, rng)
            quote = alter(article.text[span.start : span.end], span.start, chosen, rng)
            if quote is not None:
                yield Planted(quote, change, span)


def unfaithful(article: Article, rng: random.Random) -> Iterator[Planted]:
    """Quotes that the article does not hold, one kind after the other, for ever."""
    while True:
        for change, alter in _UNFAITHFUL.items():
            chosen, span = _stretch(article, rng)
            quote = alter(article, span, chosen, rng)
            if quote is not None and quote not in article.text:
                yield Planted(quote, change, None)


def _replaced(text: str, base: int, word: Word, new: str) -> str:
    at = word.start - base
    return text[:at] + new + text[at + len(word.text) :]


def _slip(word: str, rng: random.Random) -> str:
    at = rng.randrange(1, len(word) - 1)
    kind = rng.randrange(4)
    if kind == 0 and word[at] != word[at + 1]:
        return word[:at] + word[at + 1] + word[at] + word[at + 2 :]
    if kind == 1:
        return word[:at] + word[at + 1 :]
    if kind == 2:
        return word[:at] + word[at] + word[at:]
    letter = rng.choice([c for c in "abcdefghijklmnopqrstuvwxyz" if c != word[at]])
    return word[:at] + letter + word[at + 1 :]


def _typos(kind: str, shortest: int) -> Callable[..., str | None]:
    def alter(text: str, base: int, chosen: list[Word], rng: random.Random) -> str | None:
        able = [w for w in chosen if w.kind == kind and len(w.text) >= shortest]
        count = min(len(able), rng.randint(1, 2))
        if not count:
            return None
        for word in sorted(rng.sample(able, count), key=lambda w: -w.start):
            text = _replaced(text, base, word, _slip(word.text, rng))
        return text

    return alter


def _drop(text: str, base: int, chosen: list[Word], rng: random.Random) -> str | None:
    inner = [w for w in chosen[1:-1] if w.kind in ("plain", "function")]
    count = min(len(inner), 1 + (len(chosen) > 12))
    for word in sorted(rng.sample(inner, count), key=lambda w: -w.start):
        at = word.start - base
        text = text[:at] + text[at + len(word.text) :].lstrip(" ,\u00a0")
    return text if count else None


def _function_word(text: str, base: int, chosen: list[Word], rng: random.Random) -> str | None:
    at = rng.choice(chosen[1:]).start - base
    return text[:at] + "the " + text[at:]


def _punctuation(text: str, *_: object) -> str:
    return text.replace(", ", " ").replace(".", ";")


def _typewriter(text: str, *_: object) -> str:
    for fancy, simple in {"“": '"', "”": '"', "–": "-", "—": "--", "\u00a0": " "}.items():
        text = text.replace(fancy, simple)
    return f'"{" ".join(text.split())}"'


_FAITHFUL: dict[str, Callable[..., str | None]] = {
    "typo": _typos("plain", 5),
    "typo in a name": _typos("name", 6),
    "dropped word": _drop,
    "added function word": _function_word,
    "punctuation": _punctuation,
    "lower case": lambda text, *_: text.lower(),
    "upper case": lambda text, *_: text.upper(),
    "typewriter marks": _typewriter,
}


def _swap(*kinds: str) -> Callable[..., str | None]:
    def alter(article: Article, span: Span, chosen: list[Word], rng: random.Random) -> str | None:
        able = [word for word in chosen[1:-1] if word.kind in kinds]
        if not able:
            return None
        word = rng.choice(able)
        new = {
            "digits": str(int(word.text.replace(",", "")) + rng.choice([1, 10, 100]))
            if word.kind == "digits"
            else "",
            "number": rng.choice([n for n in _POOLS["number"] if n != word.text.lower()]),
            "name": rng.choice([n for n in article.names if n != word.text]),
            "negation": "",
            "plain": _coined(rng, 2),
        }[word.kind]
        return _replaced(article.text[span.start : span.end], span.start, word, new)

    return alter


def _negate(article: Article, span: Span, chosen: list[Word], rng: random.Random) -> str:
    at = rng.choice(chosen[1:]).start - span.start
    text = article.text[span.start : span.end]
    return text[:at] + "not " + text[at:]


def _invent(_: Article, __: Span, chosen: list[Word], rng: random.Random) -> str:
    return " ".join(
        word.text if word.kind in ("function", "name") else _coined(rng, 2) for word in chosen
    )


def _half(article: Article, span: Span, chosen: list[Word], rng: random.Random) -> str:
    middle = chosen[len(chosen) // 2].start
    others = (_coined(rng, rng.randint(1, 3)) for _ in chosen[len(chosen) // 2 :])
    return article.text[span.start : middle] + " ".join(others)


_UNFAITHFUL: dict[str, Callable[..., str | None]] = {
    "changed digits": _swap("digits"),
    "changed number word": _swap("number"),
    "removed negation": _swap("negation"),
    "added negation": _negate,
    "swapped name": _swap("name"),
    "swapped content word": _swap("plain"),
    "invented": _invent,
    "half invented": _half,
}


def _overlap(a: Span, b: Span) -> float:
    common = max(0, min(a.end, b.end) - max(a.start, b.start))
    return common / (max(a.end, b.end) - min(a.start, b.start))


def _grounder(text: str) -> Grounder:
    return Grounder(text, [Span(0, len(text))], lambda _: "body")


def _ground(text: str) -> Callable[[str], object]:
    return _grounder(text).ground


def _take(source: Iterator[Planted], count: int) -> list[Planted]:
    return [next(source) for _ in range(count)]


def run() -> list[dict[str, object]]:
    """Measure; rows of name, value, unit, limit and whether the value keeps to it."""
    from rapidfuzz.fuzz import partial_ratio_alignment

    def rapidfuzz(text: str) -> Callable[[str], object]:
        return functools.partial(partial_ratio_alignment, text)

    _grounder("one two three four five").ground("one two threee four five")  # loads the aligner
    rows: list[dict[str, object]] = []
    for size, count in SIZES.items():
        rng = random.Random(f"articles of {size}")
        articles = [synthesise(size, rng) for _ in range(ARTICLES[size])]
        planted = [_take(faithful(article, rng), count) for article in articles]
        absent = [_take(unfaithful(article, rng), count) for article in articles]

        found = _recall(articles, planted)
        wrong = sum(
            _grounder(article.text).ground(quote.quote) is not None
            for article, quotes in zip(articles, absent, strict=True)
            for quote in quotes
        )
        misses = _cpu_ms(articles, absent, _ground)
        few = [quotes[: max(1, 2_000_000 // size // len(articles))] for quotes in planted]
        ours = theirs = float("inf")
        for _ in range(ROUNDS[size]):  # In turns, so that both meet the machine as it is.
            ours = min(ours, _cpu_ms(articles, planted, _ground))
            theirs = min(theirs, _cpu_ms(articles, few, rapidfuzz))
        whole = [
            [
                Planted(article.text[q.span.start : q.span.end], "none", q.span)
                for q in quotes
                if q.span
            ]
            for article, quotes in zip(articles, planted, strict=True)
        ]
        exact = _cpu_ms(articles, whole, _ground)
        ratio = LIMITS[size]
        total = len(articles) * count
        label = f"{size // 1000}k"
        rows += [
            _row(f"recall {label} ({total} quotes)", found, "share", 1.0, found >= 1.0),
            _row(f"wrong spans {label} ({total} quotes)", wrong, "quotes", 0, wrong == 0),
            _row(f"altered quote {label}", ours, "CPU ms", None, None),
            _row(f"absent quote {label}", misses, "CPU ms", None, None),
            _row(f"exact quote {label}", exact, "CPU ms", None, None),
            _row(f"of rapidfuzz {label}", ours / theirs, "ratio", ratio, ours <= ratio * theirs),
        ]
    return rows


def _recall(articles: list[Article], planted: list[list[Planted]]) -> float:
    hits = total = 0
    for article, quotes in zip(articles, planted, strict=True):
        grounder = _grounder(article.text)
        for quote in quotes:
            evidence = grounder.ground(quote.quote)
            total += 1
            if evidence is not None and quote.span is not None:
                hits += _overlap(evidence.span, quote.span) >= 0.9
    return hits / total


def _cpu_ms(
    articles: list[Article],
    planted: list[list[Planted]],
    prepare: Callable[[str], Callable[[str], object]],
) -> float:
    best = float("inf")
    for _ in range(3):
        begin = time.process_time()
        for article, quotes in zip(articles, planted, strict=True):
            find = prepare(article.text)
            for quote in quotes:
                find(quote.quote)
        best = min(best, time.process_time() - begin)
    return best * 1000 / sum(map(len, planted))


def _row(
    name: str, value: float, unit: str, limit: float | None, ok: bool | None
) -> dict[str, object]:
    return {"name": name, "value": round(value, 4), "unit": unit, "limit": limit, "ok": ok}


if __name__ == "__main__":
    for row in run():
        limit = "" if row["limit"] is None else f"limit {row['limit']}"
        state = "MISSED" if row["ok"] is False else "ok" if row["ok"] else ""
        print(f"{row['name']:32} {row['value']:>9} {row['unit']:8} {limit:12} {state}")
