"""Names that the article itself says are one: "X (ABC)", "X, also known as Y", "X, or Y,".

Only patterns that state it are read. Acronyms in brackets must be made of the name's initials,
or follow an organisation's name directly.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from dateline.resolution.gazetteer import load_gazetteer
from dateline.resolution.groups import after_group
from dateline.resolution.name_forms import initials_match, is_acronym, name_key
from dateline.resolution.name_patterns import NAME, NOT_NAMES, ORGANISATION_HEADS
from dateline.resolution.titles import split_person
from dateline.spans import Span

if TYPE_CHECKING:
    from collections.abc import Sequence

# Every alternative begins with a letter or mark of its own, which keeps the search fast.
_CUE = re.compile(
    r"\(|(?:known|referred to|abbreviated)[ \u00a0](?:as|by)[ \u00a0]"
    r"|,[ \u00a0](?P<or>or|formerly|previously|aka|a\.k\.a\.|alias|also called|dubbed|nicknamed)"
    r"[ \u00a0]"
)
_CUE_LEAD = re.compile(
    r",?[ \u00a0](?:(?:is|are|was)[ ])?(?:(?:also|better|formerly|previously|otherwise|commonly|"
    r"locally|sometimes|popularly|widely|usually)[ \u00a0])?$"
)
_LEAD = re.compile(
    r"(?:(?:also|better|formerly|previously|commonly|locally)[ ])?(?:known[ ](?:as|by)[ ])?"
    r"(?:(?:formerly|or|aka|a\.k\.a\.|the|its acronym|its initials|simply|called)[ ])*[\"“'‘]?",
    re.IGNORECASE,
)
_WORD = re.compile(r"\S+")
_BREAKS = ',;:()\n\r\t!?"“”«»'
_NO_START = frozenset({"of", "the", "and", "for", "in", "a"})
_TRAILING_NAME_BACK = 110


MOST_PAIRS = 100
"""No article introduces more names than this; a text that seems to is no article."""


class AliasPair(NamedTuple):
    """Two forms that the article says name the same: ``name`` comes first in the text."""

    name: Span
    alias: Span


def find_alias_pairs(text: str, spans: Sequence[Span]) -> list[AliasPair]:
    """Return the pairs of forms that the article's own wording makes one, in text order.

    At most ``MOST_PAIRS`` are read.
    """
    pairs: list[AliasPair] = []
    for span in spans:
        for cue in _CUE.finditer(text, span.start, span.end):
            if text[cue.start()] == "(":
                pair = _bracketed(text, span, cue.start(), cue.end())
            else:
                # "X (ABC), also known as Y": what stands before the cue is the bracket's name.
                end = cue.start()
                if not cue["or"]:
                    window = max(span.start, end - 24)
                    lead = _CUE_LEAD.search(text[window:end])
                    if lead is None:
                        continue
                    end = window + lead.start()
                known = pairs[-1].alias if pairs and pairs[-1].alias.end == end - 1 else None
                pair = _spelled_out(text, span, cue, end, known)
            if pair is not None:
                pairs.append(pair)
                if len(pairs) == MOST_PAIRS:
                    return pairs
    return pairs


def _bracketed(text: str, span: Span, start: int, inner: int) -> AliasPair | None:
    close = text.find(")", inner, min(inner + 80, span.end))
    if close < 0 or start == span.start or text[start - 1] not in " \u00a0":
        return None
    inner = _LEAD.match(text, inner, close).end()  # type: ignore[union-attr]  # it may match nothing
    stop = min(
        (at for mark in ',;“”"' if (at := text.find(mark, inner, close)) >= 0), default=close
    )
    alias = Span(inner, stop)
    content = text[inner:stop]
    if not content or "\n" in content:
        return None
    words = _words_before(text, span, start)
    if not words:
        return None
    if is_acronym(content):
        return _acronym(text, words, alias, content)
    found = NAME.match(text, inner, stop)
    if found is None or found.end() != stop:
        return None
    before = _name_before(text, words)
    if before is None:
        return None
    name = text[before.start : before.end]
    if is_acronym(name) and initials_match(name, content.split()):
        return AliasPair(before, alias)
    if _is_place(name) or _is_place(content) or is_acronym(name) or not _alike(name, content):
        return None
    return AliasPair(before, alias)


def _acronym(text: str, words: list[Span], alias: Span, acronym: str) -> AliasPair | None:
    letters = sum(c.isalnum() for c in acronym)
    initial = acronym[0].lower()
    # The shortest run of words that gives every letter; function words may come in between.
    for count in range(1, min(len(words), letters * 2 + 2) + 1):
        run = words[-count:]
        first = text[run[0].start : run[0].end]
        # "al-Kilo" may answer with either letter.
        if not (first[0].lower() == initial or "-" in first) or first.lower() in _NO_START:
            continue
        if initials_match(acronym, [text[word.start : word.end] for word in run]):
            return AliasPair(Span(run[0].start, run[-1].end), alias)
    before = _name_before(text, words)
    if before is None:
        return None
    name = text[before.start : before.end]
    # "Frente Kilo de Liberación (FKLN)" is one; "Adam Novak (BBC)" is not.
    if is_acronym(name) or _is_place(name) or not _is_organisation(name):
        return None
    return AliasPair(before, alias)


def _spelled_out(
    text: str, span: Span, cue: re.Match[str], end: int, known: Span | None
) -> AliasPair | None:
    after = _LEAD.match(text, cue.end(), span.end).end()  # type: ignore[union-attr]  # it may match nothing
    found = NAME.match(text, after, min(after + 90, span.end))
    if found is None:
        return None
    alias = Span(*found.span())
    before = known or _name_before(text, _words_before(text, span, end))
    if before is None:
        return None
    name, other = text[before.start : before.end], found.group()
    if cue["or"] == "or":
        # ", or Y," needs its closing comma and an alias that looks like one.
        if text[alias.end : alias.end + 1] not in (",", ")", ";") or not _alike(name, other):
            return None
        if _is_place(name) or _is_place(other):
            return None
    if _is_place(name) != _is_place(other):
        return None
    return AliasPair(before, alias)


def _words_before(text: str, span: Span, end: int) -> list[Span]:
    """The words right before ``end``, back to a break in the sentence."""
    while end > span.start and text[end - 1] in ' \u00a0"”»':
        end -= 1
    start = max(span.start, end - _TRAILING_NAME_BACK)
    window = text[start:end]
    start += max(map(window.rfind, _BREAKS)) + 1
    stop = text.rfind(". ", start, end)
    while stop >= 0:
        word = text[text.rfind(" ", start, stop) + 1 : stop + 1] if stop > start else ""
        # "Gen. Kilo" and "U.N. Kilo" go on; "the hills. Kilo" does not.
        if len(word) > 4 and not is_acronym(word):
            start = stop + 2
            break
        stop = text.rfind(". ", start, stop)
    return [Span(*found.span()) for found in _WORD.finditer(text, start, end)]


def _name_before(text: str, words: list[Span]) -> Span | None:
    """The capitalised name that ends right here, without title or sentence opening."""
    if not words:
        return None
    end = words[-1].end
    last: Span | None = None
    for found in NAME.finditer(text, words[0].start, end):
        last = Span(*found.span())
    if last is None or last.end != end:
        return None
    name = text[last.start : last.end]
    first, _, rest = name.partition(" ")
    while rest and first.lower() in NOT_NAMES:
        last = Span(last.end - len(rest), last.end)
        name = rest
        first, _, rest = name.partition(" ")
    if name.lower() in NOT_NAMES:
        return None
    bare = split_person(after_group(name))[1]
    if bare:
        last = Span(last.end - len(bare), last.end)
    return last if bare else None


def _alike(name: str, other: str) -> bool:
    """Whether both may be names of one thing: two organisations, or two names of a person."""
    if name_key(name) == name_key(other):
        return False
    if is_acronym(other) or is_acronym(name):
        return initials_match(
            *((other, name.split()) if is_acronym(other) else (name, other.split()))
        )
    return len(name) > 3 and len(other) > 3 and other.lower() not in NOT_NAMES


def _is_place(name: str) -> bool:
    gazetteer = load_gazetteer()
    return bool(gazetteer.lookup(name)) or gazetteer.is_people(name)


def _is_organisation(name: str) -> bool:
    words = [word.strip(".,").lower() for word in name.split()]
    return len(words) > 1 and (not ORGANISATION_HEADS.isdisjoint(words) or "de" in words)
