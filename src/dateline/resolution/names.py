"""Find names in text by their shape: people, organisations, places, acronyms, peoples.

This is a list of candidates for a model to choose from, and for the alias index; it favours
names over completeness and reads no meaning.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Literal, NamedTuple

from dateline.resolution.actor_dictionary import load_actor_dictionary
from dateline.resolution.gazetteer import load_gazetteer
from dateline.resolution.groups import KINDS, after_group, find_groups
from dateline.resolution.name_forms import is_acronym, name_key, split_title
from dateline.resolution.name_patterns import NAME, NOT_NAMES, ORGANISATION_HEADS
from dateline.resolution.titles import split_person
from dateline.spans import Span

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from dateline.records.vocabulary import ActorKind

NameKind = Literal[
    "person", "organisation", "place", "acronym", "nationality_group", "group", "unknown"
]

_LINE = re.compile(r"[^\n]+")
_WORD = re.compile(r"[^\W\d_]{4,40}")
_SAYS = re.compile(
    r",?[ \u00a0](?:who[ ])?(?:said|says|told|added|stated|announced|confirmed|denied|claimed|"
    r"warned|argued|noted|wrote|tweeted|urged|called|accused|vowed|insisted|explained)\b"
)
_LINKING = frozenset({"of", "for", "the"})


class NameMention(NamedTuple):
    """One name as printed: ``text`` equals the article's text at ``span``.

    ``kind`` is a hint from the name's shape and surroundings. ``title`` stood before the name and
    is not part of it. ``actor_kind`` is ACLED's, where the words state it.
    """

    span: Span
    text: str
    kind: NameKind
    title: str | None = None
    actor_kind: ActorKind | None = None


def find_names(text: str, spans: Sequence[Span]) -> list[NameMention]:
    """Return the proper names in ``spans``, in text order, each occurrence by itself.

    A capitalised word that only begins a sentence is not a name. In lines set in title case only
    what the rest of the article confirms counts. Scripts without capitals give nothing.
    """
    lines = [
        Span(*line.span()) for span in spans for line in _LINE.finditer(text, span.start, span.end)
    ]
    shouted = {line for line in lines if _is_titlecase(text, line)}
    found: list[NameMention] = []
    doubtful: list[tuple[Span, bool]] = []
    confirmed: set[str] = set()
    for line in lines:
        for candidate, opening in _candidates(text, line):
            if line in shouted or (opening and " " not in text[candidate.start : candidate.end]):
                doubtful.append((candidate, line in shouted))
                continue
            mention = _mention(text, candidate)
            found.append(mention)
            confirmed.add(mention.text)
            if mention.kind in ("person", "unknown"):
                confirmed.add(mention.text.rpartition(" ")[2])
    for candidate, titlecase in doubtful:
        found.extend(_confirm(text, candidate, titlecase, confirmed))
    found.sort(key=lambda mention: mention.span)
    return found


def find_actor_candidates(text: str, spans: Sequence[Span]) -> list[NameMention]:
    """Return names and groups of people ("two gunmen") that may act, in text order.

    Places are left out, and so are names inside a longer group phrase ("RSF fighters").
    """
    groups = [
        NameMention(core, text[core.start : core.end], "group", None, kind)
        for _, core, kind in find_groups(text, spans)
    ]
    candidates = list(groups)
    at = 0
    for mention in find_names(text, spans):
        while at < len(groups) and groups[at].span.end <= mention.span.start:
            at += 1
        covered = at < len(groups) and mention.span.overlaps(groups[at].span)
        if mention.kind != "place" and not covered:
            candidates.append(mention)
    candidates.sort(key=lambda mention: mention.span)
    return candidates


def _candidates(text: str, line: Span) -> Iterator[tuple[Span, bool]]:
    """Runs of capitalised words without what only opens a sentence; and whether they open one."""
    for run in NAME.finditer(text, line.start, line.end):
        start, end = run.span()
        opening = _opens_sentence(text, line.start, start)
        words = text[start:end].split()
        # Calendar and function words on either side are not part of the name.
        while words and _plain(words[0]) in NOT_NAMES:
            start += len(words[0]) + 1
            words = words[1:]
            opening = False
            while words and words[0] in _LINKING:
                start += len(words[0]) + 1
                words = words[1:]
        while words and (_plain(words[-1]) in NOT_NAMES or words[-1] in _LINKING):
            end -= len(words[-1]) + 1
            words = words[:-1]
        start = end - len(after_group(text[start:end]))
        if words and split_title(text[start:end])[1]:
            yield Span(start, end), opening


def _plain(word: str) -> str:
    return word.rstrip(".,").lower().replace("’", "'")


def _opens_sentence(text: str, start: int, at: int) -> bool:
    before = text[max(start, at - 4) : at].rstrip(" \u00a0\"“”‘'’«([*•")
    return not before or before[-1] in ".!?:–—|"


def _is_titlecase(text: str, line: Span) -> bool:
    """Whether a line is set like a headline, "Troops Retake Kilo From Rebels"."""
    if line.end - line.start > 240 or text[line.end - 1] in '.!”"':
        return False
    words: list[str] = _WORD.findall(text, line.start, line.end)
    if len(words) < 4:
        return False
    capital = sum(word[0].isupper() for word in words)
    return 4 * capital >= 3 * len(words)


def _confirm(
    text: str, candidate: Span, titlecase: bool, confirmed: set[str]
) -> Iterator[NameMention]:
    """What of a doubtful candidate the rest of the article, dictionary or gazetteer vouches for."""
    printed = text[candidate.start : candidate.end]
    if not titlecase:
        if printed.lower() in KINDS:
            return
        spoken = _SAYS.match(text, candidate.end) is not None
        if printed in confirmed or _is_known(printed) or is_acronym(printed) or spoken:
            yield _mention(text, candidate)
        return
    words = list(re.finditer(r"\S+", printed))
    at = 0
    while at < len(words):
        for stop in range(min(len(words), at + 6), at, -1):
            piece = printed[words[at].start() : words[stop - 1].end()]
            if piece in confirmed or is_acronym(piece) or _is_known(piece):
                start = candidate.start + words[at].start()
                yield _mention(text, Span(start, start + len(piece)))
                at = stop
                break
        else:
            at += 1


def _is_known(name: str) -> bool:
    gazetteer = load_gazetteer()
    return (
        bool(gazetteer.lookup(name))
        or gazetteer.is_people(name)
        or bool(load_actor_dictionary().lookup(name_key(name)))
    )


def _mention(text: str, span: Span) -> NameMention:
    printed = text[span.start : span.end]
    title, rest = split_person(printed)
    gazetteer = load_gazetteer()
    if title and rest and rest[:1] != rest[:1].lower() and not gazetteer.lookup(printed):
        span = Span(span.end - len(rest), span.end)
        printed = rest
    else:
        title = _title_before(text, span)
    known = load_actor_dictionary().lookup(name_key(printed))
    actor_kind = known[0].kind if len(known) == 1 else None
    return NameMention(span, printed, _kind(text, span, printed, title), title or None, actor_kind)


def _title_before(text: str, span: Span) -> str:
    """A title with a full stop, or in small letters, right before the name: "Col.", "general"."""
    left = text[max(0, span.start - 40) : span.start].rpartition("\n")[2]
    words = left.split()
    for count in (3, 2, 1):
        title = " ".join(words[-count:])
        if len(words) >= count and split_title(f"{title} X") == (title, "X"):
            return title
    return ""


def _kind(text: str, span: Span, printed: str, title: str) -> NameKind:
    words = printed.split()
    if title and len(words) <= 5:
        return "person"
    gazetteer = load_gazetteer()
    if load_actor_dictionary().lookup(name_key(printed)):
        return "acronym" if is_acronym(printed) else "organisation"
    if all(gazetteer.is_people(word) for word in words):
        return "nationality_group"
    if gazetteer.lookup(printed):
        return "place"
    if is_acronym(printed):
        return "acronym"
    lowered = [word.lower() for word in words]
    if len(words) > 1 and not ORGANISATION_HEADS.isdisjoint(lowered):
        return "organisation"
    if "of" in lowered or "for" in lowered:
        return "organisation"
    if len(words) > 1 and _SAYS.match(text, span.end):
        return "person"
    return "unknown"
