"""MUC-3 and MUC-4 texts and answer keys to label documents.

A template becomes an event. What MUC does not label is not in ``annotated``: it has no evidence,
and its numbers are one for each target, not one for the event, so counts are there to be read
and not to be scored. See ``docs/exchange.md`` for the slots, one by one.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Any

from dateline.errors import GoldError
from dateline.evaluation.exchange import muc_key as key
from dateline.evaluation.exchange.muc_key import Fill, Template, read_key
from dateline.evaluation.exchange.muc_texts import Message, calendar_day, read_messages
from dateline.evaluation.exchange.notices import Notice, Report, log
from dateline.evaluation.exchange.placing import Placer, identity
from dateline.evaluation.exchange.reading_files import read_text
from dateline.evaluation.gold.document import (
    LabelActor,
    LabelCount,
    LabelDate,
    LabelDocument,
    LabelEvent,
    LabelMeta,
    LabelPlace,
    LabelSpan,
    Slot,
)
from dateline.sentences import split_sentences
from dateline.spans import Span

ANNOTATED: tuple[Slot, ...] = ("type", "status", "actors", "place", "date")
"""The slots of an event that MUC labels."""

_TYPES = {
    "ATTACK": "Attack",
    "MURDER": "Attack",
    "BOMBING": "Bombing",
    "KIDNAPPING": "Kidnapping",
    "ROBBERY": "Robbery",
    "ARSON": "Arson",
    "HIJACKING": "Hijacking",
    "FORCED WORK STOPPAGE": "Forced work stoppage",
}
_STATUS: dict[str, Any] = {
    "ACCOMPLISHED": "occurred",
    "ATTEMPTED": "attempted",
    "THREATENED": "planned",
}
_EFFECTS: dict[str, Any] = {"DEATH": "killed", "INJURY": "wounded"}
_ROLES: tuple[tuple[int, Any], ...] = (
    (key.PERP_INDIVIDUAL, "initiator"),
    (key.PERP_ORGANIZATION, "initiator"),
    (key.PHYS_TARGET, "target"),
)
_DAY = re.compile(r"(\d{1,2})\s+([A-Z]{3})[A-Z]*\s+(\d{2,4})")
_KIND_OF_PLACE = re.compile(r"\s*\(([^()]*)\)\s*")
_REGIONS = frozenset({"DEPARTMENT", "PROVINCE", "STATE"})


def import_muc(
    path: Path, *, texts: Path | None = None, report: Report = log
) -> tuple[LabelDocument, ...]:
    """Read an answer key and its texts: one document for each message that has both.

    Args:
        path: the key file, or a folder in which every ``key-*`` is read.
        texts: the file of the texts. Left out, the one beside the key whose name fits
            (``key-tst3.v2`` and ``tst3-muc4``).
        report: gets fills that labels have no room for.

    Raises:
        GoldError: a file is missing or malformed, or a message of the key has no text.
    """
    found: list[LabelDocument] = []
    for file in key_files(path):
        templates = read_key(read_text(file), file=str(file))
        source = texts or _texts_beside(file)
        messages = read_messages(read_text(source), file=str(source))
        by_message: dict[str, list[Template]] = {}
        for template in templates:
            by_message.setdefault(template.message.upper(), []).append(template)
        for id, group in by_message.items():
            if id not in messages:
                raise GoldError(
                    f"message {id} of the key has no text in {source.name}",
                    where=group[0].where,
                    remedy="Give the file of its texts with --texts.",
                )
            found.append(_document(messages[id], group, report))
    return tuple(found)


def key_files(path: Path) -> list[Path]:
    """The key files that a path means.

    Raises:
        GoldError: there is none.
    """
    if path.is_file():
        return [path]
    found = sorted(path.glob("key-*")) if path.is_dir() else []
    if not found:
        raise GoldError(
            "there is no answer key here",
            where=str(path),
            remedy="Name a key file such as key-tst3.v2, or the folder that it is in.",
        )
    return found


def _texts_beside(file: Path) -> Path:
    stem = file.name.removeprefix("key-").split(".")[0]
    found = sorted(
        other
        for other in file.parent.glob(f"{stem}*")
        if other.is_file() and other.suffix in ("", ".txt") and other != file
    )
    if not found:
        raise GoldError(
            f"there are no texts {stem}-muc4 beside the key",
            where=str(file),
            remedy="Give the file of the texts with --texts.",
        )
    return found[0]


def _document(message: Message, templates: list[Template], report: Report) -> LabelDocument:
    mentions = _Mentions(message.text)
    events = [
        _event(template, mentions, report) for template in templates if template.number is not None
    ]
    return LabelDocument(
        id=message.id,
        **identity(message.text),
        meta=LabelMeta(published=message.published, publisher=message.publisher, language="en"),
        guideline="MUC-4",
        annotated=ANNOTATED,
        events=tuple(events),
    )


def _event(template: Template, mentions: _Mentions, report: Report) -> LabelEvent:
    left_out = [
        slot
        for slot in (key.DATE, *(slot for slot, _ in _ROLES), key.HUM_NAME, key.HUM_DESCRIPTION)
        for fill in template.get(slot)
        if fill.optional
    ]
    if left_out:
        slots = ", ".join(map(str, sorted(set(left_out))))
        report(Notice(template.where, f"optional fills of slots {slots}; left out"))
    actors = _actors(template)
    return LabelEvent(
        id=f"{template.message}-{template.number}",
        types=_event_types(template),
        status=next((_STATUS.get(v, "occurred") for v in _first(template, key.STAGE)), "occurred"),
        optional=template.optional,
        date=_date(_first(template, key.DATE)),
        place=_place(_first(template, key.LOCATION)),
        actors=actors,
        counts=_counts(template),
        evidence=mentions.evidence([actor.names for actor in actors]),
    )


def _first(template: Template, slot: int) -> tuple[str, ...]:
    """The alternatives of the first fill that is not optional."""
    return next((fill.values for fill in template.get(slot) if not fill.optional), ())


def _event_types(template: Template) -> tuple[str, ...]:
    found = [_TYPES[name] for name in _first(template, key.TYPE) if name in _TYPES]
    if not found:
        raise GoldError("the template has no type that MUC knows", where=template.where)
    return tuple(dict.fromkeys(found))


def _actors(template: Template) -> tuple[LabelActor, ...]:
    found = [
        LabelActor(role=role, names=fill.values)
        for slot, role in _ROLES
        for fill in template.get(slot)
        if not fill.optional
    ]
    descriptions = [fill for fill in template.get(key.HUM_DESCRIPTION) if not fill.optional]
    for fill in template.get(key.HUM_NAME):
        if not fill.optional:
            # A title is a right form of the name that the key joins it with.
            of = [other for other in descriptions if set(other.about) & set(fill.values)]
            titles = [value for other in of for value in other.values]
            names = dict.fromkeys([*fill.values, *titles])
            found.append(LabelActor(role="target", names=tuple(names)))
    found += [
        LabelActor(role="target", names=fill.values) for fill in descriptions if not fill.about
    ]
    return tuple(found)


def _counts(template: Template) -> tuple[LabelCount, ...]:
    numbers = template.get(key.HUM_NUMBER)
    found = []
    for effect in template.get(key.HUM_EFFECT):
        kinds = [_EFFECTS[value] for value in effect.values if value in _EFFECTS]
        number = next((n for n in numbers if n.about == effect.about and n.about), None)
        if kinds and number is not None and not effect.optional:
            low, high = _bounds(number)
            found.append(LabelCount(kind=kinds[0], min=low, max=high, victim=effect.about))
    return tuple(found)


def _bounds(fill: Fill) -> tuple[float | None, float | None]:
    """``6``, ``6-8``, ``6-``, ``-6``, ``~100`` or ``PLURAL`` as a closed interval."""
    text = fill.values[0].replace(" ", "").lstrip("~")
    low, dash, high = text.partition("-")
    if not dash:
        return (float(low), float(low)) if low.isdecimal() else (2.0, None)
    bounds = tuple(float(part) if part.isdecimal() else None for part in (low, high))
    return bounds[0], bounds[1]


def _date(alternatives: Sequence[str]) -> LabelDate | None:
    if not alternatives:
        return None
    first = alternatives[0]
    days = [calendar_day(*found.groups()) for found in _DAY.finditer(first)]
    known = [day for day in days if isinstance(day, date)]
    if not known:
        return None
    if first.lstrip().startswith("-"):
        # "On or before": the key takes the day of the message where no other is known.
        return LabelDate(not_after=known[0])
    start, end = known[0], known[-1]
    if start > end:
        return None
    return LabelDate(start=start, end=end, granularity="day" if start == end else "range")


def _place(alternatives: Sequence[str]) -> LabelPlace | None:
    """The most exact part of each alternative; both ends of what lies between two places."""
    names: dict[str, None] = {}
    countries = []
    admin1 = None
    for alternative in alternatives:
        parts = [part.strip() for part in alternative.split(": ")]
        countries.append(parts[0])
        for part in parts:
            kind = _KIND_OF_PLACE.search(part)
            if kind and kind[1] in _REGIONS and admin1 is None and " - " not in part:
                admin1 = _KIND_OF_PLACE.sub("", part)
        ends = [_KIND_OF_PLACE.sub("", end) for end in parts[-1].split(" - ")]
        for name in [*([" - ".join(ends)] if len(ends) > 1 else []), *ends]:
            if name:
                names[name] = None
    if not names:
        return None
    from dateline.resolution.gazetteer import load_gazetteer

    country = load_gazetteer().country_of(countries[0].title())
    return LabelPlace(names=tuple(names), admin1=admin1, country=country)


class _Mentions:
    """Where strings of the key stand in one text, whatever its case and line breaks are."""

    def __init__(self, text: str) -> None:
        # Blanks count as one, so that a string is found across the end of a line.
        self._words = [(m.start(), m.end()) for m in re.finditer(r"\S+", text)]
        self._folded = " ".join(text[a:b].upper() for a, b in self._words)
        self._starts: list[int] = []
        at = 0
        for a, b in self._words:
            self._starts.append(at)
            at += len(text[a:b].upper()) + 1
        self._text = text
        self._sentences: list[Span] | None = None
        self._placer = Placer(text)

    def find(self, name: str) -> list[int]:
        """Offsets of the words in which occurrences begin, at most 20."""
        wanted = " ".join(name.upper().split())
        found: list[int] = []
        at = self._folded.find(wanted)
        while at >= 0 and len(found) < 20:
            end = at + len(wanted)
            whole = not (at and self._folded[at - 1].isalnum()) and not (
                self._folded[end : end + 1].isalnum()
            )
            if whole:
                found.append(self._words[bisect_right(self._starts, at) - 1][0])
            at = self._folded.find(wanted, at + 1)
        return found

    def evidence(self, actors: Sequence[Sequence[str]]) -> tuple[LabelSpan, ...]:
        """The sentence that names most of the actors, the first of several; empty for none."""
        if self._sentences is None:
            self._sentences = split_sentences(self._text, [Span(0, len(self._text))])
        starts = [sentence.start for sentence in self._sentences]
        named: Counter[int] = Counter()
        for names in actors:
            at = {bisect_right(starts, offset) - 1 for name in names for offset in self.find(name)}
            named.update(at)
        if not named:
            return ()
        best = min(named, key=lambda sentence: (-named[sentence], sentence))
        return (self._placer.span(*self._sentences[best]),)
