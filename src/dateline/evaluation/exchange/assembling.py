"""Marks and links that dateline wrote, and people may have edited, back to label documents."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from pydantic import ValidationError

from dateline.errors import GoldError
from dateline.evaluation.exchange.flat import Flat, Fragment, Mark, covered
from dateline.evaluation.exchange.flattening import (
    CLAIM,
    COUNT,
    CUE,
    EXCLUDED,
    PLACE,
    UNPLACED,
    type_of,
)
from dateline.evaluation.exchange.label_map import ACTOR_ROLES
from dateline.evaluation.exchange.notices import Notice, Report
from dateline.evaluation.exchange.placing import Placer, identity
from dateline.evaluation.gold.document import LabelDocument

_EVENT_NOTE = frozenset({"id", "types", "sub_types", "date", "actors", "place", "counts", "note"})
_CLAIM_NOTE = frozenset({"id", "note", "speaker", "cue", "via", "event_ids"})
_EVENT_VALUES = frozenset({"status", "salience", "sub_type", "optional", UNPLACED})
_CLAIM_VALUES = frozenset({"quote_type", "certainty", "polarity", "optional"})
_LABELS = {"place": (PLACE,), "count": (COUNT,), "cue": (CUE,)}


def assemble(flat: Flat, *, report: Report) -> LabelDocument:
    """The label document of marks and links.

    Raises:
        GoldError: a note, a value or a name is not what a label document may hold.
    """
    return _Assembling(flat, report).document()


class _Assembling:
    def __init__(self, flat: Flat, report: Report) -> None:
        self._flat = flat
        self._report = report
        self._placer = Placer(flat.text)
        self._marks = {mark.id: mark for mark in flat.marks}
        self._linked: dict[str, list[tuple[str, Mark]]] = {}
        self._used: set[str] = set()
        for link in flat.links:
            self._linked.setdefault(link.source, []).append((link.role, self._marks[link.target]))
            self._used.add(link.target)
        self._event_ids: dict[str, str] = {}

    def document(self) -> LabelDocument:
        flat = self._flat
        events = [mark for mark in flat.marks if type_of(mark.label) is not None]
        claims = [mark for mark in flat.marks if mark.label == CLAIM]
        for mark in events:
            self._event_ids[mark.id] = str(_note(mark).get("id", mark.id))
        holders = {mark.id for mark in (*events, *claims)}
        for link in flat.links:
            if link.source not in holders:
                self._report(Notice(link.where, f"a link {link.role!r} from no event or claim"))
        for mark in flat.marks:
            if mark.label not in (CLAIM, EXCLUDED) and type_of(mark.label) is None:
                self._check_used(mark)
        made = {
            **flat.about,
            **identity(flat.text),
            "events": [self._event(mark) for mark in events],
            "claims": [self._claim(mark) for mark in claims],
            "excluded": [
                {**self._span(place), "zone": mark.values.get("zone", "boilerplate")}
                for mark in flat.marks
                if mark.label == EXCLUDED
                for place in mark.fragments
            ],
        }
        return _valid(made, flat, {"events": events, "claims": claims})

    def _check_used(self, mark: Mark) -> None:
        if mark.id not in self._used:
            self._report(
                Notice(mark.where, f"{mark.label} {mark.id} belongs to no event or claim; left out")
            )

    def _event(self, mark: Mark) -> dict[str, Any]:
        note = _note(mark)
        self._known(mark, note, _EVENT_NOTE, _EVENT_VALUES)
        actors: list[Any] = []
        counts: list[Any] = []
        places: list[dict[str, Any]] = []
        evidence = [] if mark.values.get(UNPLACED) else self._spans(mark)
        for role, target in self._linked.get(mark.id, ()):
            self._check_label(mark, role, target)
            if role in ACTOR_ROLES:
                actors.append({"role": role, "names": self._names(target)})
            elif role == "place":
                said = _note(target)
                places.append({**said, "names": self._names(target)})
            elif role == "count":
                kind = target.values.get("kind", "other")
                counts.append({**_note(target), "kind": kind, "evidence": self._spans(target)[0]})
            elif role == "evidence":
                evidence.extend(self._spans(target))
            else:
                self._report(Notice(mark.where, f"an event has no {role!r}; left out"))
        sub_type = mark.values.get("sub_type")
        return {
            "id": self._event_ids[mark.id],
            "types": [type_of(mark.label), *_many(note, "types", mark)],
            "sub_types": [*([sub_type] if sub_type else []), *_many(note, "sub_types", mark)],
            "status": mark.values.get("status", "occurred"),
            "salience": mark.values.get("salience", "main"),
            "optional": bool(mark.values.get("optional")),
            "date": note.get("date"),
            "place": self._place(mark, places, note),
            "actors": [*actors, *_many(note, "actors", mark)],
            "counts": [*counts, *_many(note, "counts", mark)],
            "evidence": evidence,
            "note": note.get("note"),
        }

    def _place(self, mark: Mark, places: list[dict[str, Any]], note: Mapping[str, Any]) -> Any:
        if len(places) > 1:
            self._report(Notice(mark.where, "the event has several places; the first one counts"))
        return places[0] if places else note.get("place")

    def _claim(self, mark: Mark) -> dict[str, Any]:
        note = _note(mark)
        self._known(mark, note, _CLAIM_NOTE, _CLAIM_VALUES)
        speaker = note.get("speaker")
        cue = note.get("cue")
        via = list(_many(note, "via", mark))
        event_ids = list(_many(note, "event_ids", mark))
        evidence = self._spans(mark)
        for role, target in self._linked.get(mark.id, ()):
            self._check_label(mark, role, target)
            if role == "speaker":
                speaker = self._names(target)
            elif role == "via":
                via.append(self._names(target)[0])
            elif role == "cue":
                cue = covered(self._flat.text, target.fragments)
            elif role == "about":
                event_ids.append(self._event_ids.get(target.id, target.id))
            elif role == "evidence":
                evidence.extend(self._spans(target))
            else:
                self._report(Notice(mark.where, f"a claim has no {role!r}; left out"))
        return {
            "id": str(note.get("id", mark.id)),
            "speaker": {"names": speaker},
            "via": via,
            "quote_type": mark.values.get("quote_type", "indirect"),
            "certainty": mark.values.get("certainty", "certain"),
            "polarity": mark.values.get("polarity", "positive"),
            "cue": cue,
            "evidence": evidence,
            "event_ids": event_ids,
            "optional": bool(mark.values.get("optional")),
            "note": note.get("note"),
        }

    def _check_label(self, mark: Mark, role: str, target: Mark) -> None:
        if role == "about":
            right = target.id in self._event_ids
        else:
            right = target.label in _LABELS.get(role, (target.label,))
        if not right:
            raise GoldError(
                f"{role} of {mark.id} is {target.id}, a {target.label}",
                where=mark.where,
                remedy=f"Link {role} to a {role if role != 'about' else 'mark of an event'}.",
            )

    def _names(self, mark: Mark) -> list[str]:
        """The note's names; words that were marked anew and are not among them come first."""
        words = covered(self._flat.text, mark.fragments)
        names = [str(name) for name in _many(_note(mark), "names", mark)]
        return names if words in names else [words, *names]

    def _spans(self, mark: Mark) -> list[dict[str, Any]]:
        return [self._span(place) for place in mark.fragments]

    def _span(self, place: Fragment) -> dict[str, Any]:
        return self._placer.span(*place).model_dump(exclude_none=True)

    def _known(
        self, mark: Mark, note: Mapping[str, Any], keys: frozenset[str], values: frozenset[str]
    ) -> None:
        for key in sorted(note.keys() - keys):
            self._report(Notice(mark.where, f"the note of {mark.id} holds {key!r}, left out"))
        for value in sorted(mark.values.keys() - values):
            self._report(Notice(mark.where, f"{mark.id} has no {value!r}; left out"))


def _note(mark: Mark) -> dict[str, Any]:
    """What the note says: an object of JSON, or words of a person."""
    text = mark.note.strip()
    if not text:
        return {}
    if not text.startswith("{"):
        return {"note": text}
    try:
        said = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise GoldError(
            f"the note of {mark.id} is not JSON",
            where=mark.where,
            remedy="Mend the braces, quotation marks and commas, or write words without braces.",
        ) from error
    return dict(said)  # it began with a brace


def _many(note: Mapping[str, Any], key: str, mark: Mark) -> list[Any]:
    value = note.get(key, [])
    if isinstance(value, list):
        return value
    raise GoldError(
        f"{key} in the note of {mark.id} is no list",
        where=mark.where,
        remedy=f'Write "{key}":[...].',
    )


def _valid(made: dict[str, Any], flat: Flat, marks: dict[str, list[Mark]]) -> LabelDocument:
    try:
        return LabelDocument.model_validate(made)
    except ValidationError as error:
        first = error.errors(include_input=False)[0]
        loc = first["loc"]
        where = flat.where
        if len(loc) > 1 and loc[0] in marks and isinstance(loc[1], int):
            mark = marks[str(loc[0])][loc[1]]
            where = mark.where or where
        place = "".join(f"[{part}]" if isinstance(part, int) else f".{part}" for part in loc)
        raise GoldError(
            f"not a label: ${place}: {first['msg']}",
            where=where,
            remedy="Mend the value, the note or the mark; docs/exchange.md lists what may stand.",
        ) from error
