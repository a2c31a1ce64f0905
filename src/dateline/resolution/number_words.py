"""The closed vocabulary of written numbers, and how digits of any script are read."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any


def word_list(line: str) -> list[str]:
    """Split one line of vocabulary at its spaces."""
    return line.split()


def word_set(line: str) -> frozenset[str]:
    """Split one line of vocabulary at its spaces, for membership tests."""
    return frozenset(line.split())


SMALL = {
    word: value
    for value, word in enumerate(
        word_list(
            "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen "
            "fifteen sixteen seventeen eighteen nineteen"
        )
    )
}
TENS = {
    word: value * 10
    for value, word in enumerate(
        word_list("twenty thirty forty fifty sixty seventy eighty ninety"), start=2
    )
}
SCALES = {
    "hundred": 100,
    "thousand": 1_000,
    "lakh": 100_000,
    "million": 1_000_000,
    "crore": 10_000_000,
    "billion": 1_000_000_000,
    "trillion": 1_000_000_000_000,
}
GROUPS = {"dozen": 12, "score": 20}
PLURALS = {
    "tens": 20,
    "dozens": 24,
    "scores": 40,
    "hundreds": 200,
    "thousands": 2_000,
    "lakhs": 200_000,
    "millions": 2_000_000,
    "crores": 20_000_000,
    "billions": 2_000_000_000,
}
"""Plural number words and the least they can mean: two of what they name."""
INEXACT = {"several": 3, "few": 3, "handful": 3, "couple": 2}
"""Words for a small, unstated number and the least that dateline reads into them."""
ORDINALS = {
    word: value
    for value, word in enumerate(
        word_list(
            "first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth "
            "thirteenth fourteenth fifteenth sixteenth seventeenth eighteenth nineteenth"
        ),
        start=1,
    )
} | {
    word: value * 10
    for value, word in enumerate(
        word_list("twentieth thirtieth fortieth fiftieth sixtieth seventieth eightieth ninetieth"),
        start=2,
    )
}
PARTS = {
    "half": 2,
    "halves": 2,
    "thirds": 3,
    "quarter": 4,
    "quarters": 4,
    "fifths": 5,
    "tenths": 10,
}
"""Words for parts of a whole and the number of such parts in it."""
VULGAR = {"½": 0.5, "¼": 0.25, "¾": 0.75, "⅓": 1 / 3, "⅔": 2 / 3}

WORD_CLASSES: dict[str, tuple[str, int]] = {
    **{word: ("small", value) for word, value in SMALL.items()},
    **{word: ("tens", value) for word, value in TENS.items()},
    **{word: ("scale", value) for word, value in SCALES.items()},
    **{word: ("group", value) for word, value in GROUPS.items()},
    **{word: ("plural", value) for word, value in PLURALS.items()},
    **{word: ("inexact", value) for word, value in INEXACT.items()},
    **{word: ("ordinal", value) for word, value in ORDINALS.items()},
    **{word: ("part", value) for word, value in PARTS.items()},
}
"""Each number word with the part it plays in a written number."""

LONGEST_NUMERAL = 40
"""Digit runs longer than this, in characters, are codes and are not read as numbers."""

_SEPARATOR = re.compile("[.,'\u2019\u066b\u066c\u00a0\u2007\u2009\u202f]")
_DECIMAL = {".", "\u066b"}


def alternation(words: Iterable[str]) -> str:
    """Return a pattern that matches any of the words, longest first, one character at a time.

    The pattern is a tree of prefixes: at each place the engine tries one branch instead of every
    word, which makes scans of whole articles several times cheaper.
    """
    tree: dict[str, Any] = {}
    for word in words:
        node = tree
        for character in word:
            node = node.setdefault(character, {})
        node[""] = {}
    return _branches(tree)


def _branches(node: dict[str, Any]) -> str:
    choices = [re.escape(key) + _branches(child) for key, child in sorted(node.items()) if key]
    if not choices:
        return ""
    if len(choices) == 1 and "" not in node:
        return choices[0]
    return f"(?:{'|'.join(choices)})" + ("?" if "" in node else "")


def fold(text: str) -> str:
    """Return ``text`` in lower case with every character at its old offset."""
    # U+0130 is the one character whose lower case is longer than itself.
    return text.replace("İ", "I").lower()


def read_numeral(run: str) -> tuple[float, ...]:
    """Read a run of digits and separators, in any script, as one number.

    Returns:
        One value where the notation has one reading, two (the smaller first) where it has two,
        as "1.200" has in a text of unknown origin, and none where the run is no single number.
    """
    if run.isdecimal():
        return (float(int(run)),) if len(run) <= LONGEST_NUMERAL else ()
    if len(run) > LONGEST_NUMERAL:
        return ()
    groups = _SEPARATOR.split(run)
    if not all(group.isdecimal() for group in groups):
        return ()
    marks = _SEPARATOR.findall(run)
    sizes = [len(group) for group in groups]
    whole = "".join(groups)
    if len(set(marks)) == 1:
        mark = marks[0]
        grouped = 1 <= sizes[0] <= 3 and all(size == 3 for size in sizes[1:])
        if len(marks) > 1:
            indian = sizes[0] <= 2 and sizes[-1] == 3 and all(size == 2 for size in sizes[1:-1])
            return (float(int(whole)),) if grouped or (indian and mark == ",") else ()
        fraction = float(f"{int(groups[0])}.{_ascii(groups[1])}")
        if mark in _DECIMAL:
            if mark == "." and grouped and int(groups[0]) > 0:
                return (fraction, float(int(whole)))
            return (fraction,)
        if grouped and (int(groups[0]) > 0 or mark != ","):
            return (float(int(whole)),)
        return (fraction,) if mark == "," and sizes[0] <= 3 and sizes[1] <= 2 else ()
    # Two kinds of marks: the last one is the decimal mark, the others group thousands.
    if (
        marks[-1] in {".", ",", "\u066b"}
        and len(set(marks[:-1])) == 1
        and marks[-1] not in marks[:-1]
        and sizes[0] <= 3
        and all(size == 3 for size in sizes[1:-1])
    ):
        return (float(f"{int(''.join(groups[:-1]))}.{_ascii(groups[-1])}"),)
    return ()


def _ascii(digits: str) -> str:
    """Decimal digits of any script as 0-9, leading zeros kept."""
    return digits if digits.isascii() else "".join(str(int(digit)) for digit in digits)
