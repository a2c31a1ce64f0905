"""Statements about numbers without a number: "no casualties" is 0, "toll unknown" is not."""

from __future__ import annotations

import re
from typing import Literal, NamedTuple

from dateline.records.vocabulary import QuantityKind

_HARM: dict[str, QuantityKind] = {
    "casualt": "casualties_combined",
    "toll": "killed",
    "death": "killed",
    "dead": "killed",
    "fatal": "killed",
    "kill": "killed",
    "die": "killed",
    "los": "killed",
    "victim": "casualties_combined",
    "harm": "casualties_combined",
    "injur": "wounded",
    "wound": "wounded",
    "hurt": "wounded",
    "arrest": "arrested",
    "detain": "arrested",
    "displac": "displaced",
    "missing": "missing",
    "captur": "captured",
    "abduct": "abducted",
    "kidnap": "abducted",
    "prisoner": "captured",
    "hostage": "abducted",
}
_HARM_WORD = (
    r"(?:casualt(?:y|ies)|deaths?|dead|fatalit(?:y|ies)|killed|died|loss(?:es)?|victims?|harmed"
    r"|injur(?:y|ies)|injured|wounded|hurt|arrests?|arrested|detained|displaced|missing|captured"
    r"|abducted|kidnapped|prisoners?|hostages?)"
)
_HARM_RE = re.compile(rf"\b(?:death toll|toll|{_HARM_WORD})\b")
# The boundary before a word is looked at behind it, so that a scan can leap from one possible
# first letter to the next.
_NONE = re.compile(
    r"(?:nobody(?<!\wnobody)|none(?<!\wnone)|no(?<!\wno)(?! (?:fewer|less|more)\b)"
    r"|not a single(?<!\wnot a single)|without(?<!\wwithout)(?: any)?|zero(?<!\wzero))\b"
    rf"(?:[ \u00a0-][^\W\d_]+){{0,5}}?[ \u00a0]{_HARM_WORD}\b"
)
_REPORTS = re.compile(
    r"(?:reports?|word|information|details?|figures?|data|news|comment|confirmation|indication"
    r"|estimate|claim)s?\b"
)
_UNKNOWN = re.compile(
    r"un(?<!\wun)(?:known|clear|disclosed|specified|determined|certain|confirmed number)\b"
    r"|not(?<!\wnot) (?:yet |immediately |currently |been |officially |publicly ){0,3}"
    r"(?:known|clear|confirmed|released|determined|established|available|disclosed|specified|given"
    r"|counted)\b|did(?<!\wdid) not (?:say|specify|disclose|give|reveal|provide)\b"
    r"|no(?<!\wno) figures?\b"
)
_COUNTABLE = re.compile(
    r"\b(?:toll|numbers?|casualt(?:y|ies)|deaths|fatalities|figures?|losses|how many|extent of"
    r"|injuries|victims|count|dead|wounded|injured|killed)\b"
)
_REACH = 60


class Statement(NamedTuple):
    """A statement without a number; offsets into the text that was searched."""

    start: int
    end: int
    says: Literal["none", "unknown"]
    kind: QuantityKind | None


def find_statements(low: str) -> list[Statement]:
    """Find statements that nobody was harmed, or that a number is not known, in text order."""
    found = []
    for match in _NONE.finditer(low):
        start, end = match.span()
        words = match.group()
        says: Literal["none", "unknown"] = "unknown" if _REPORTS.search(words) else "none"
        combined = re.match(rf" (?:or|and|nor) {_HARM_WORD}\b", low[end : end + 30])
        kind = _harm(words.rsplit(None, 1)[-1])
        if combined is not None:
            other = _harm(combined.group().split()[-1])
            if {kind, other} == {"killed", "wounded"}:
                kind = "casualties_combined"
            end += combined.end()
        found.append(Statement(start, end, says, kind))
    for match in _UNKNOWN.finditer(low):
        statement = _unknown(low, match)
        if statement is not None and not (found and _overlaps(found, statement)):
            found.append(statement)
    found.sort()
    return found


def is_unknown(words: str) -> bool:
    """Whether quoted words say that something is not known, without saying what."""
    low = words.lower()
    # Every such statement has "un" or "no" in it, and a plain number has neither.
    return ("un" in low or "no" in low) and _UNKNOWN.search(low) is not None


def _overlaps(found: list[Statement], statement: Statement) -> bool:
    return any(other.start < statement.end and statement.start < other.end for other in found[-8:])


def _harm(word: str) -> QuantityKind | None:
    for stem, kind in _HARM.items():
        if word.startswith(stem):
            return kind
    return None


def _unknown(low: str, match: re.Match[str]) -> Statement | None:
    """The whole statement around a word such as "unclear", when it is about a number."""
    start, end = match.span()
    floor = max(0, start - _REACH)
    floor = max(floor, low.rfind(".", floor, start) + 1, low.rfind("\n", floor, start) + 1)
    ceiling = min(len(low), end + _REACH)
    before = list(_COUNTABLE.finditer(low, low.rfind(",", floor, start) + 1 or floor, start))
    before = before or list(_COUNTABLE.finditer(low, floor, start))
    if before:
        begin = before[0].start()
        whole = low[begin:end]
    else:
        after = _COUNTABLE.search(low, end, ceiling)
        if after is None or re.search(r"[.;\n]", low[end : after.start()]):
            return None
        begin = start
        harm = _HARM_RE.search(low, after.start(), ceiling)
        end = harm.end() if harm and "." not in low[after.start() : harm.end()] else after.end()
        whole = low[start:end]
    harmed = _HARM_RE.search(whole)
    kind = _harm(harmed.group().split()[-1]) if harmed else None
    return Statement(begin, end, "unknown", kind)
