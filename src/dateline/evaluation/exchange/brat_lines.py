"""One ``.ann`` file: lines of brat standoff to marks and links, and back.

Source: https://brat.nlplab.org/standoff.html. A mark that crosses a line break is written as
several fragments, since brat cannot mark a line break; fragments with nothing but a line break
between them are read as one.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from dateline.errors import GoldError
from dateline.evaluation.exchange.flat import Flat, Fragment, Link, Mark, covered
from dateline.evaluation.exchange.notices import Notice, Report
from dateline.evaluation.exchange.offsets import agree, converter, unit_of

_LINE_BREAK = re.compile(r"[\r\n]+")
_PLACES = re.compile(r"\d{1,12} \d{1,12}(?:;\d{1,12} \d{1,12})*")
_TRAILING_DIGITS = re.compile(r"\d+$")
_FORMS = {
    "T": "T1<tab>Type 0 5<tab>words",
    "E": "E1<tab>Type:T1 Role:T2",
    "A": "A1<tab>Name E1 Value",
    "M": "M1<tab>Name E1 Value",
    "R": "R1<tab>Type Arg1:T1 Arg2:T2",
    "#": "#1<tab>AnnotatorNotes E1<tab>words",
    "*": "*<tab>Equiv T1 T2",
}


@dataclass(slots=True)
class _Bound:
    """A text-bound line, as it stands."""

    label: str
    places: list[Fragment]
    words: str
    where: str


def write_ann(flat: Flat, spelling: dict[str, str]) -> str:
    """The ``.ann`` of one document; ``spelling`` says how labels are written in brat."""
    bounds: list[str] = []
    events: list[str] = []
    attributes: list[str] = []
    notes: list[str] = []
    roles: dict[str, list[str]] = {}
    for link in flat.links:
        roles.setdefault(link.source, []).append(f"{camel(link.role)}:{link.target}")
    names = _ids(flat)
    for mark in flat.marks:
        label = spelling.get(mark.label, mark.label)
        id = names[mark.id]
        fragments = [f for place in mark.fragments for f in _split(flat.text, place)]
        if id[0] == "E":
            trigger = f"T{len(flat.marks) + int(id[1:])}"
            arguments = _numbered(roles.get(mark.id, []), names)
            events.append(f"{id}\t{label}:{trigger}{arguments}")
        else:
            trigger = id
        offsets = ";".join(f"{start} {end}" for start, end in fragments)
        words = covered(flat.text, tuple(fragments)).replace("\r", " ")
        bounds.append(f"{trigger}\t{label} {offsets}\t{words}")
        for name, value in mark.values.items():
            value = spelling[value] if name == "sub_type" else value
            shown = "" if value == "yes" else f" {value}"
            attributes.append(f"A{len(attributes) + 1}\t{camel(name)} {id}{shown}")
        if mark.note:
            notes.append(f"#{len(notes) + 1}\tAnnotatorNotes {id}\t{mark.note}")
    return "".join(f"{line}\n" for line in [*bounds, *events, *attributes, *notes])


def _ids(flat: Flat) -> dict[str, str]:
    """brat knows events by E and a number; claims are events to it as well."""
    names = {mark.id: mark.id for mark in flat.marks}
    last = sum(mark.is_event for mark in flat.marks)
    for mark in flat.marks:
        if mark.id[0] == "C":
            names[mark.id] = f"E{last + int(mark.id[1:])}"
    return names


def _numbered(roles: list[str], names: dict[str, str]) -> str:
    """Arguments of one event; from the second one on, a role carries its number."""
    seen: dict[str, int] = {}
    written = []
    for argument in roles:
        role, _, target = argument.partition(":")
        seen[role] = seen.get(role, 0) + 1
        number = "" if seen[role] == 1 else str(seen[role])
        written.append(f" {role}{number}:{names[target]}")
    return "".join(written)


def _split(text: str, place: Fragment) -> list[Fragment]:
    start, end = place
    parts = []
    for found in _LINE_BREAK.finditer(text, start, end):
        if found.start() > start:
            parts.append((start, found.start()))
        start = found.end()
    if start < end:
        parts.append((start, end))
    if not parts:
        raise GoldError(
            "a label marks nothing but line breaks, which brat cannot show",
            remedy="Run dateline eval validate on the labels.",
        )
    return parts


def camel(name: str) -> str:
    """``quote_type`` as brat names it: ``QuoteType``."""
    return "".join(part.capitalize() for part in name.split("_"))


def snake(name: str) -> str:
    """``QuoteType`` as dateline names it: ``quote_type``."""
    return re.sub(r"(?<=[a-z0-9])(?=[A-Z])", "_", name).lower()


def read_ann(text: str, ann: str, *, file: str, report: Report) -> Flat:
    """Marks and links of one ``.ann``; labels and values as they stand there.

    Args:
        text: the text of the ``.txt``, unchanged.
        ann: what the ``.ann`` holds.
        file: its name, for messages.
        report: gets what this format of labels has no room for.

    Raises:
        GoldError: a line is malformed, an id is missing or doubled, a span is outside of the
            text or covers other words than the line says.
    """
    return _Reader(text, file, report).read(ann)


class _Reader:
    def __init__(self, text: str, file: str, report: Report) -> None:
        self._text = text
        self._file = file
        self._report = report
        self._bounds: dict[str, _Bound] = {}
        self._events: dict[str, tuple[str, str, list[tuple[str, str]], str]] = {}
        self._attributes: list[tuple[str, str, str, str]] = []
        self._relations: list[Link] = []
        self._notes: dict[str, list[str]] = {}
        self._equal: dict[str, list[str]] = {}
        self._ids: set[str] = set()
        self._noted: list[tuple[str, str]] = []

    def read(self, ann: str) -> Flat:
        for number, line in enumerate(ann.split("\n"), 1):
            line = line.rstrip("\r")
            if line.strip():
                self._line(line, f"{self._file}:{number}")
        places = self._place()
        triggers = {trigger for _, trigger, _, _ in self._events.values()}
        values: dict[str, dict[str, str]] = {}
        for target, name, value, where in self._attributes:
            self._known(target, where)
            values.setdefault(target, {})[snake(name)] = value or "yes"
        for target, where in self._noted:
            self._known(target, where)
        marks = [
            Mark(
                id=id,
                label=bound.label,
                fragments=places[id],
                values=values.get(id, {}),
                note=" ".join(self._notes.get(id, ())),
                where=bound.where,
                names=tuple(self._names(id, places)),
            )
            for id, bound in self._bounds.items()
            if id not in triggers
        ]
        links = [link for link in self._relations if self._linked(link)]
        for id, (label, trigger, arguments, where) in self._events.items():
            if trigger not in self._bounds:
                raise self._dangling(trigger, where)
            notes = [*self._notes.get(id, ()), *self._notes.get(trigger, ())]
            said = {**values.get(trigger, {}), **values.get(id, {})}
            marks.append(
                Mark(id, label, places[trigger], said, " ".join(notes), where, is_event=True)
            )
            for role, target in arguments:
                self._known(target, where)
                links.append(Link(id, _TRAILING_DIGITS.sub("", role), target, where))
        by_trigger = {event[1]: id for id, event in self._events.items()}
        links = [replace(link, target=by_trigger.get(link.target, link.target)) for link in links]
        return Flat(self._text, tuple(marks), tuple(links), {}, self._file)

    def _line(self, line: str, where: str) -> None:
        kind = line[0]
        fields = line.split("\t", 2)
        if kind not in "TEAMR#*N" or len(fields) < 2 or not (fields[0][1:] or kind == "*"):
            raise self._bad(kind, where)
        id = fields[0]
        if kind != "*":
            if id in self._ids:
                raise GoldError(
                    f"{id} stands twice",
                    where=where,
                    remedy="Give one of the two another number.",
                )
            self._ids.add(id)
        words = fields[1].split()
        if kind == "T":
            self._bound(id, fields, where)
        elif kind == "E":
            self._event(id, words, where)
        elif kind in "AM":
            if not 2 <= len(words) <= 3:
                raise self._bad(kind, where)
            value = words[2] if len(words) == 3 else ""
            self._attributes.append((words[1], words[0], value, where))
        elif kind == "#":
            if len(words) != 2:
                raise self._bad(kind, where)
            if words[0] == "AnnotatorNotes":
                self._notes.setdefault(words[1], []).append(fields[2] if len(fields) == 3 else "")
                self._noted.append((words[1], where))
        elif kind == "R":
            ends = [word.partition(":")[2] for word in words[1:]]
            if len(ends) != 2 or not all(ends):
                raise self._bad(kind, where)
            self._relations.append(Link(ends[0], words[0], ends[1], where))
        elif kind == "*":
            for id in words[1:]:
                self._equal[id] = [*self._equal.get(id, ()), *words[1:]]
        else:
            self._report(Notice(where, "a normalisation (N) has no place in labels; left out"))

    def _bound(self, id: str, fields: list[str], where: str) -> None:
        label, _, places = fields[1].partition(" ")
        if not _PLACES.fullmatch(places) or not label:
            raise self._bad("T", where)
        offsets = [tuple(map(int, part.split())) for part in places.split(";")]
        words = fields[2] if len(fields) == 3 else ""
        self._bounds[id] = _Bound(label, [(a, b) for a, b in offsets], words, where)

    def _event(self, id: str, words: list[str], where: str) -> None:
        pairs = [word.rpartition(":") for word in words]
        if not pairs or not all(role and target for role, _, target in pairs):
            raise self._bad("E", where)
        arguments = [(role, target) for role, _, target in pairs[1:]]
        self._events[id] = (pairs[0][0], pairs[0][2], arguments, where)

    def _place(self) -> dict[str, tuple[Fragment, ...]]:
        """Offsets in code points, in the unit in which the lines agree with the text."""
        quoted = [
            (*bound.places[0], bound.words)
            for bound in self._bounds.values()
            if len(bound.places) == 1 and bound.words
        ]
        convert = converter(self._text, unit_of(self._text, quoted))
        placed: dict[str, tuple[Fragment, ...]] = {}
        for id, bound in self._bounds.items():
            found: list[Fragment] = []
            for first, last in sorted(bound.places):
                start, end = convert(first), convert(last)
                if start is None or end is None or start >= end or (found and start < found[-1][1]):
                    raise GoldError(
                        f"{id} is at {first} {last}, which is no place in a text of "
                        f"{len(self._text)} characters",
                        where=bound.where,
                        remedy="Restore the .txt that was annotated, or mend the offsets.",
                    )
                found.append((start, end))
            if bound.words and not agree(covered(self._text, tuple(found)), bound.words):
                raise GoldError(
                    f"the words of {id} are not those that stand at its offsets",
                    where=bound.where,
                    remedy="The .txt was changed after it was annotated: restore it.",
                )
            placed[id] = self._joined(found)
        return placed

    def _joined(self, found: list[Fragment]) -> tuple[Fragment, ...]:
        joined = [found[0]]
        for start, end in found[1:]:
            between = self._text[joined[-1][1] : start]
            if between and not between.strip("\r\n"):
                joined[-1] = (joined[-1][0], end)
            else:
                joined.append((start, end))
        return tuple(joined)

    def _names(self, id: str, places: dict[str, tuple[Fragment, ...]]) -> list[str]:
        others = [other for other in self._equal.get(id, ()) if other != id and other in places]
        return list(dict.fromkeys(covered(self._text, places[other]) for other in others))

    def _linked(self, link: Link) -> bool:
        self._known(link.source, link.where)
        self._known(link.target, link.where)
        return True

    def _known(self, id: str, where: str) -> None:
        if id not in self._ids:
            raise self._dangling(id, where)

    def _dangling(self, id: str, where: str) -> GoldError:
        return GoldError(
            f"there is no {id} in this file",
            where=where,
            remedy="Remove the line, or restore the one that it speaks of.",
        )

    def _bad(self, kind: str, where: str) -> GoldError:
        form = _FORMS.get(kind)
        return GoldError(
            "not a line of brat standoff",
            where=where,
            remedy=f"The form is {form}." if form else "A line begins with T, E, A, M, R, # or *.",
        )
