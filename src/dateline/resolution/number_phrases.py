"""From characters to written numbers: which stretches are one number, and what it says.

Digits of any script and English number words become atoms; neighbouring atoms are read
together by a small grammar ("two hundred and five", "3.4 million", "half a million"). Nothing
here looks at what is counted. One pass, linear in the length of the text.
"""

from __future__ import annotations

import re
from typing import Literal, NamedTuple

from dateline.resolution.number_words import (
    VULGAR,
    WORD_CLASSES,
    alternation,
    read_numeral,
    word_set,
)

PhraseKind = Literal["exact", "vague", "ordinal", "date", "time", "identifier"]


class Phrase(NamedTuple):
    """One written number; offsets into the text that was read.

    ``value`` is its reading, or the least it can mean when ``kind`` is ``vague``. ``other`` is a
    second reading of an ambiguous notation such as "1.200". ``scale`` is the trailing multiplier
    ("3 million": a million), 1 without one. ``digits`` tells numerals from words.
    """

    start: int
    end: int
    kind: PhraseKind
    value: float
    scale: float = 1
    digits: bool = False
    other: float | None = None


class _Atom(NamedTuple):
    start: int
    end: int
    role: str
    value: float
    other: float | None = None
    scale: float = 1


_MARKS = ".,'\u2019\u066b\u066c\u00a0\u2007\u2009\u202f"
_HYPHENS = "-\u2010\u2011"
_WORD = re.compile(rf"\b{alternation(WORD_CLASSES)}\b")
_DIGIT = re.compile(r"[\d½¼¾⅓⅔]")
_NUMERAL = re.compile(
    r"(?P<date>\d{4}(?P<s>[-/.])\d{1,2}(?P=s)\d{1,2}(?!\d)"
    r"|\d{1,2}(?P<t>[-/.])\d{1,2}(?P=t)(?:\d{4}|\d\d)(?!\d)|\d{1,2}/\d{1,2}(?![\d/]))"
    r"|(?P<time>\d{1,2}:\d{2}(?::\d{2})?(?!\d))"
    rf"|(?P<digits>\d+(?:[{_MARKS}]\d+)*[½¼¾⅓⅔]?|[½¼¾⅓⅔])"
)
_SUFFIX = re.compile(
    r"(?:(?P<ordinal>st|nd|rd|th)|(?P<k>k)|(?P<m>m)|(?P<mn>mn|mln)|(?P<bn>bn|b)|(?P<tn>tn|trn))\b"
)
_SUFFIX_SCALE = {"k": 1e3, "m": 1e6, "mn": 1e6, "bn": 1e9, "tn": 1e12}
_FRACTIONS = {"1/2": 0.5, "1/3": 1 / 3, "2/3": 2 / 3, "1/4": 0.25, "3/4": 0.75, "1/5": 0.2}
_GAPS = frozenset({" ", "\n", "\u00a0", *_HYPHENS})
_OF_GAPS = frozenset({" a ", " ", " of a ", "-a-", "-"})
_CURRENCY = frozenset("$€£¥₹₽₺₪₴₦﷼")
_PRONOUN_LEFT = word_set(
    "no this that the each every any which some another everyone first second third other new "
    "latest last next previous"
)
_ONE_RIGHT = re.compile(
    r"(?:['’]s\b| another\b| day (?:he|she|they|we|i|it)\b|-(?:way|sided|off|on)\b)"
)
_SCORES_RIGHT = re.compile(
    r" (?:of|more|were|are|have|had|killed|dead|injured|wounded|hurt|arrested|detained|missing"
    r"|others|people|feared)\b"
)
_PART_RIGHT = re.compile(r" (?:of|the|its|their|his|her|an? |all)\b")
_FEW_LEFT = word_set("last past next first previous coming every")
_HALF_MORE = (" and a half", "-and-a-half")


def phrases(low: str) -> list[Phrase]:
    """Return the written numbers of a text in lower case, in text order, not overlapping."""
    atoms = _atoms(low)
    found: list[Phrase] = []
    index = 0
    while index < len(atoms):
        phrase, index = _read(atoms, index, low)
        if phrase is not None:
            found.append(phrase)
    return found


def _atoms(low: str) -> list[_Atom]:
    atoms = [_Atom(m.start(), m.end(), *WORD_CLASSES[m.group()]) for m in _WORD.finditer(low)]
    # Two narrow scans and a merge cost half of one scan for everything.
    words = len(atoms)
    found = _DIGIT.search(low)
    while found is not None:
        start = found.start()
        match = _NUMERAL.match(low, start)
        if match is None:
            break
        end = match.end()
        name = match.lastgroup
        if name == "digits":
            _numeral(low, match.group(), start, end, atoms)
        elif name == "time":
            atoms.append(_Atom(start, end, "time", 0))
        elif match.group() in _FRACTIONS:
            atoms.append(_Atom(start, end, "digits", _FRACTIONS[match.group()]))
        else:
            atoms.append(_Atom(start, end, "date", 0))
        found = _DIGIT.search(low, max(end, atoms[-1].end))
    if 0 < words < len(atoms):
        atoms.sort()
    return atoms


def _numeral(low: str, run: str, start: int, end: int, atoms: list[_Atom]) -> None:
    """Append the atom, or atoms, that a run of digits and separators stands for."""
    extra = VULGAR.get(run[-1], 0.0)
    if run == run[-1] and extra:
        atoms.append(_Atom(start, end, "digits", extra))
        return
    readings = read_numeral(run[:-1] if extra else run)
    if not readings:
        if "," in run and "." not in run and len(run) <= 200:
            for part in re.finditer(r"\d+", run):
                values = read_numeral(part.group())
                role = "digits" if values else "identifier"
                value = values[0] if values else 0
                atoms.append(_Atom(start + part.start(), start + part.end(), role, value))
        else:
            atoms.append(_Atom(start, end, "identifier", 0))
        return
    value = readings[0] + extra
    other = readings[1] if len(readings) > 1 else None
    if (
        start
        and (low[start - 1].isalpha() or low[start - 1] == "_")
        and not _money_code(low, start)
    ):
        atoms.append(_Atom(start, end, "identifier", value))
        return
    if end < len(low) and low[end].isalpha() and low[end].isascii():
        suffix = _SUFFIX.match(low, end)
        if suffix is not None:
            name = suffix.lastgroup or ""
            if name == "ordinal":
                atoms.append(_Atom(start, suffix.end(), "ordinal", value))
                return
            # A bare "m" is metres, unless money or people are counted.
            if name != "m" or _means_million(low, start, suffix.end()):
                scale = _SUFFIX_SCALE[name]
                atoms.append(_Atom(start, suffix.end(), "digits", value * scale, None, scale))
                return
    atoms.append(_Atom(start, end, "digits", value, other))


def _money_code(low: str, start: int) -> bool:
    return low[max(0, start - 3) : start].lstrip().removeprefix("(") in {
        "usd",
        "eur",
        "gbp",
        "rs",
        "sdg",
    }


def _means_million(low: str, start: int, end: int) -> bool:
    if start and low[start - 1] in _CURRENCY:
        return True
    right = low[end : end + 12]
    return right.startswith(
        (" people", " refugee", " resident", " dollar", " euro", " displac", " child")
    )


def _gap(atoms: list[_Atom], index: int, low: str) -> str:
    """The characters between an atom and the next one; a long gap reads as no neighbour."""
    if index + 1 >= len(atoms):
        return "|"
    start, end = atoms[index].end, atoms[index + 1].start
    return low[start:end] if end - start <= 12 else "|"


def _left_word(low: str, start: int) -> str:
    words = low[max(0, start - 12) : start].split()
    return words[-1] if words else ""


def _has_article(low: str, start: int) -> bool:
    """Whether the article "a" stands right before this offset."""
    return (
        low[max(0, start - 2) : start] == "a " and not low[max(0, start - 3) : start - 2].isalnum()
    )


def _read(atoms: list[_Atom], index: int, low: str) -> tuple[Phrase | None, int]:
    """Read the phrase that begins at an atom; returns it and the index of the next atom."""
    atom = atoms[index]
    role = atom.role
    if role == "digits":
        return _read_digits(atoms, index, low)
    if role in {"small", "tens", "scale", "group"}:
        return _read_words(atoms, index, low)
    if role == "plural":
        return _read_plural(atoms, index, low)
    if role == "inexact":
        return _read_inexact(atoms, index, low)
    if role == "part":
        return _read_part(atoms, index, low)
    if role == "ordinal":
        part = atom.value >= 3 and low.startswith(" of ", atom.end)
        if part and _has_article(low, atom.start):
            return Phrase(atom.start - 2, atom.end, "exact", 1 / atom.value), index + 1
        return Phrase(atom.start, atom.end, "ordinal", atom.value), index + 1
    kind: PhraseKind = "time" if role == "time" else "date" if role == "date" else "identifier"
    return Phrase(atom.start, atom.end, kind, atom.value, digits=True), index + 1


def _read_digits(atoms: list[_Atom], index: int, low: str) -> tuple[Phrase, int]:
    atom = atoms[index]
    value, other, scale, end = atom.value, atom.other, atom.scale, atom.end
    if low.startswith(_HALF_MORE, end):
        half = _gap(atoms, index, low)
        if half in {" and a ", "-and-a-"} and atoms[index + 1].role == "part":
            index += 1
            value, end = value + 0.5, atoms[index].end
    while _gap(atoms, index, low) in _GAPS and atoms[index + 1].role in {"scale", "group"}:
        index += 1
        value, scale = value * atoms[index].value, scale * atoms[index].value
        other, end = None, atoms[index].end
    if _gap(atoms, index, low) in _GAPS and _is_parts(atoms[index + 1]) and scale == 1:
        index += 1
        value, end = value / atoms[index].value, atoms[index].end
    return Phrase(atom.start, end, "exact", value, scale, True, other), index + 1


def _is_parts(atom: _Atom) -> bool:
    return atom.role == "part" and atom.value >= 3


def _read_words(atoms: list[_Atom], index: int, low: str) -> tuple[Phrase | None, int]:
    first = atoms[index]
    start = first.start
    joins = True
    if first.role in {"scale", "group"}:
        if _has_article(low, start):
            start -= 2
        elif first.value == 20:  # "score" alone is a verb or a result
            return None, index + 1
    elif first.value == 1 and _is_pronoun(low, first):
        return None, index + 1
    if _left_word(low, start) == "between":
        joins = False
    total = 0.0
    current: float | None = None
    scale = 1.0
    smallest = float("inf")
    last = index - 1
    position = index
    while position < len(atoms):
        role, value = atoms[position].role, atoms[position].value
        if role == "small":
            if current is None or (current >= 100 and current % 100 == 0):
                current = (current or 0) + value
            elif current % 100 >= 20 and current % 10 == 0 and 0 < value < 10:
                current += value
            else:
                break
            scale = 1
        elif role == "tens":
            if current is not None and (current < 100 or current % 100):
                break
            current = (current or 0) + value
            scale = 1
        elif role == "scale" and value == 100:
            if current is None and total:
                break
            if current is not None and not 0 < current < 100:
                break
            current = (current or 1) * 100
            scale = 100
        elif role == "scale":
            if value >= smallest or (current is None and total) or current == 0:
                break
            total += (current or 1) * value
            current, smallest, scale = None, value, value
        elif role == "group" and not total:
            current, scale = (current or 1) * value, value
            last = position
            break
        else:
            break
        last = position
        gap = _gap(atoms, position, low)
        joined = gap == " and " and joins and _may_join(atoms, position, current, total)
        if gap not in _GAPS and not joined:
            break
        position += 1
    value = total + (current or 0)
    end = atoms[last].end
    if low.startswith(_HALF_MORE, end) and last + 1 < len(atoms):
        last += 1  # "half" itself is an atom
        end = atoms[last].end
        value += 0.5 * (scale if total else 1)
        if _gap(atoms, last, low) in _GAPS and atoms[last + 1].role == "scale":
            last += 1
            value, scale, end = value * atoms[last].value, atoms[last].value, atoms[last].end
        return Phrase(start, end, "exact", value, scale), last + 1
    if _gap(atoms, last, low) in _GAPS:
        following = atoms[last + 1]
        if _is_parts(following) or (
            value == 1 and following.role == "ordinal" and following.value > 2
        ):
            last += 1
            share = value / following.value
            end = following.end
            if _gap(atoms, last, low) == " of a " and atoms[last + 1].role == "scale":
                last += 1
                share, end = share * atoms[last].value, atoms[last].end
            return Phrase(start, end, "exact", share), last + 1
        if (
            following.role == "ordinal"
            and value % 100 >= 20
            and value % 10 == 0
            and following.value < 10
        ):
            return Phrase(start, following.end, "ordinal", value + following.value), last + 2
    return Phrase(start, end, "exact", value, scale), last + 1


def _is_pronoun(low: str, atom: _Atom) -> bool:
    """Whether "one" stands for a thing or person and counts nothing."""
    return (
        _left_word(low, atom.start) in _PRONOUN_LEFT or _ONE_RIGHT.match(low, atom.end) is not None
    )


def _may_join(atoms: list[_Atom], position: int, current: float | None, total: float) -> bool:
    """Whether "and" after this atom goes on with the number: "two hundred and five"."""
    if atoms[position].role != "scale":
        return False
    following = atoms[position + 1]
    if following.role not in {"small", "tens"}:
        return False
    if current is None:
        return total > 0
    after = atoms[position + 2] if position + 2 < len(atoms) else None
    return (
        after is None
        or after.role != "scale"
        or after.value > 100
        or after.start - following.end > 1
    )


def _read_plural(atoms: list[_Atom], index: int, low: str) -> tuple[Phrase | None, int]:
    atom = atoms[index]
    if low.startswith("scores", atom.start) and not _SCORES_RIGHT.match(low, atom.end):
        return None, index + 1
    value, end = atom.value, atom.end
    while _gap(atoms, index, low) == " of " and atoms[index + 1].role == "plural":
        index += 1
        value, end = value * atoms[index].value / 2, atoms[index].end
    if value == 20 and end == atom.end and not low.startswith(" of ", end):  # a bare "tens"
        return None, index + 1
    return Phrase(atom.start, end, "vague", value), index + 1


def _read_inexact(atoms: list[_Atom], index: int, low: str) -> tuple[Phrase | None, int]:
    atom = atoms[index]
    start, end, value = atom.start, atom.end, atom.value
    if not low.startswith("several", start):
        if _has_article(low, start):
            start -= 2
        elif (
            value == 2
            or not low.startswith("few", start)
            or _left_word(low, start) not in _FEW_LEFT
        ):
            return None, index + 1
    while _gap(atoms, index, low) in _GAPS and atoms[index + 1].role in {"scale", "group"}:
        index += 1
        value, end = value * atoms[index].value, atoms[index].end
    return Phrase(start, end, "vague", value), index + 1


def _read_part(atoms: list[_Atom], index: int, low: str) -> tuple[Phrase | None, int]:
    atom = atoms[index]
    start = atom.start
    if atom.value not in (2, 4) or low[atom.end - 1] == "s":
        return None, index + 1
    article = _has_article(low, start)
    if atom.value == 4 and not article:  # "the quarter" is a part of a town
        return None, index + 1
    if article:
        start -= 2
    if _gap(atoms, index, low) in _OF_GAPS and atoms[index + 1].role in {"scale", "group"}:
        scale = atoms[index + 1].value
        return Phrase(start, atoms[index + 1].end, "exact", scale / atom.value, scale), index + 2
    if _PART_RIGHT.match(low, atom.end) if atom.value == 2 else low.startswith(" of ", atom.end):
        return Phrase(start, atom.end, "exact", 1 / atom.value), index + 1
    return None, index + 1
