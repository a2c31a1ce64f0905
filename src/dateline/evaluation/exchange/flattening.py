"""Label documents to marks and links.

What stands in the text becomes a mark that an annotator can move: evidence, and one name of each
actor, place, speaker and carrier, the cue, and a number whose place is known. Short closed values
become values. The rest goes into the mark's note as compact JSON: names of the same thing, dates,
numbers, what stands nowhere in the text, notes.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from typing import Any

from dateline.errors import GoldError
from dateline.evaluation.exchange.flat import Flat, Fragment, Link, Mark
from dateline.evaluation.gold.document import (
    LabelClaim,
    LabelCount,
    LabelDocument,
    LabelEvent,
    LabelSpan,
)

CLAIM, ACTOR, PLACE, CUE, COUNT = "Claim", "Actor", "Place", "Cue", "Count"
EVIDENCE, EXCLUDED = "Evidence", "Excluded"
RESERVED = (CLAIM, ACTOR, PLACE, CUE, COUNT, EVIDENCE, EXCLUDED)
"""Labels of marks that are no events; any other label is an event type."""

UNPLACED = "no_evidence"
_ESCAPE = "Event "
# Names further off than this from the evidence are kept in notes: a text of megabytes with
# thousands of labels is then still read in a time that grows with their number only.
_NEAR = 20_000
_CANDIDATES = 50


def label_of(event_type: str) -> str:
    """The label of an event type; a type that has the name of another mark is told apart."""
    if event_type in RESERVED or event_type.startswith(_ESCAPE):
        return _ESCAPE + event_type
    return event_type


def type_of(label: str) -> str | None:
    """The event type that a label means; None for the labels that are no events."""
    if label in RESERVED:
        return None
    return label[len(_ESCAPE) :] if label.startswith(_ESCAPE) else label


def flatten(document: LabelDocument, *, discontinuous: bool) -> Flat:
    """Marks and links of one document.

    Args:
        document: needs its text.
        discontinuous: whether the tool's marks may have several fragments. Where they may not,
            every span of evidence after the first is a mark of its own.

    Raises:
        GoldError: the document has no text, or a span is outside of it.
    """
    if document.text is None:
        raise GoldError(
            "the document has no text, which annotation tools need",
            where=document.id,
            remedy="Give the articles' folder with --articles, or set DATELINE_ARTICLES.",
        )
    return _Flattening(document, document.text, discontinuous).flat()


class _Flattening:
    def __init__(self, document: LabelDocument, text: str, discontinuous: bool) -> None:
        self._document = document
        self._text = text
        self._discontinuous = discontinuous
        self._marks: list[Mark] = []
        self._links: list[Link] = []
        self._shared: dict[tuple[str, tuple[Fragment, ...], str], str] = {}
        self._events: dict[str, str] = {}
        self._entities = 0
        self._event_count = 0

    def flat(self) -> Flat:
        document = self._document
        for event in document.events:
            self._event(event)
        for number, claim in enumerate(document.claims, 1):
            self._claim(claim, f"C{number}")
        for excluded in document.excluded:
            place = self._placed(excluded)
            self._mark(EXCLUDED, [place], values={"zone": excluded.zone})
        left_out = {"events", "claims", "excluded", "text", "text_sha256", "letters_sha256"}
        about = document.model_dump(mode="json", exclude=left_out, exclude_defaults=True)
        return Flat(self._text, tuple(self._marks), tuple(self._links), about)

    def _event(self, event: LabelEvent) -> None:
        self._event_count += 1
        id = f"E{self._event_count}"
        self._events.setdefault(event.id, id)
        values = _said(
            status=event.status if event.status != "occurred" else None,
            salience=event.salience if event.salience != "main" else None,
            sub_type=event.sub_types[0] if event.sub_types else None,
            optional="yes" if event.optional else None,
        )
        note: dict[str, Any] = _said(
            id=event.id if event.id != id else None,
            types=event.types[1:],
            sub_types=event.sub_types[1:],
            date=event.date and event.date.model_dump(mode="json", exclude_defaults=True),
            note=event.note,
        )
        if event.date is not None:
            note.setdefault("date", {})
        at = event.evidence[0].start if event.evidence else 0
        links = self._evidence(id, label_of(event.types[0]), event.evidence, values, is_event=True)
        for actor in event.actors:
            if not self._name(id, actor.role, ACTOR, actor.names, at or 0):
                note.setdefault("actors", []).append(actor.model_dump(mode="json"))
        if event.place is not None:
            more = _said(admin1=event.place.admin1, country=event.place.country)
            if not self._name(id, "place", PLACE, event.place.names, at or 0, more):
                note["place"] = {"names": list(event.place.names), **more}
        for count in event.counts:
            self._count(id, count, note)
        self._noted(id, note)
        self._links.extend(links)

    def _count(self, event: str, count: LabelCount, note: dict[str, Any]) -> None:
        said = count.model_dump(mode="json", exclude={"evidence", "kind"}, exclude_defaults=True)
        if count.evidence is None:
            note.setdefault("counts", []).append({"kind": count.kind, **said})
            return
        place = self._placed(count.evidence)
        self._links.append(
            Link(event, "count", self._mark(COUNT, [place], said, values={"kind": count.kind}))
        )

    def _claim(self, claim: LabelClaim, id: str) -> None:
        values = _said(
            quote_type=claim.quote_type if claim.quote_type != "indirect" else None,
            certainty=claim.certainty if claim.certainty != "certain" else None,
            polarity=claim.polarity if claim.polarity != "positive" else None,
            optional="yes" if claim.optional else None,
        )
        note: dict[str, Any] = _said(id=claim.id, note=claim.note)
        links = self._evidence(id, CLAIM, claim.evidence, values)
        at = claim.evidence[0].start or 0
        names = claim.speaker.names
        if names is not None and not self._name(id, "speaker", ACTOR, names, at):
            note["speaker"] = list(names)
        if claim.cue and not self._name(id, "cue", CUE, (claim.cue,), at):
            note["cue"] = claim.cue
        if claim.cue == "":
            note["cue"] = ""
        # Carriers have an order, so they are links all of them, or none.
        if all(self._found(name, at) for name in claim.via):
            for name in claim.via:
                self._name(id, "via", ACTOR, (name,), at)
        else:
            note["via"] = list(claim.via)
        targets = [self._events.get(event) for event in claim.event_ids]
        if None in targets or len(set(targets)) < len(targets):
            note["event_ids"] = list(claim.event_ids)
        else:
            self._links.extend(Link(id, "about", target) for target in targets if target)
        self._noted(id, note)
        self._links.extend(links)

    def _evidence(
        self,
        id: str,
        label: str,
        evidence: Sequence[LabelSpan],
        values: dict[str, str],
        *,
        is_event: bool = False,
    ) -> list[Link]:
        """Add the mark itself; return links to the evidence that has no room in it."""
        places = [self._placed(span) for span in evidence]
        own = 1
        while self._discontinuous and own < len(places) and self._apart(*places[own - 1 : own + 1]):
            own += 1
        fragments = tuple(places[:own])
        if not places:
            values = {**values, UNPLACED: "yes"}
            fragments = (self._first_word(),)
        self._marks.append(Mark(id, label, fragments, values, is_event=is_event))
        return [Link(id, "evidence", self._mark(EVIDENCE, [place])) for place in places[own:]]

    def _apart(self, first: Fragment, second: Fragment) -> bool:
        # Fragments with nothing but a line break between them are read as one span.
        between = self._text[first[1] : second[0]]
        return first[1] < second[0] and bool(between.strip("\r\n"))

    def _first_word(self) -> Fragment:
        start = len(self._text) - len(self._text.lstrip())
        words = self._text[start : start + 100].split(maxsplit=1)
        if not words:
            raise GoldError("the text is empty, so nothing can be marked", where=self._document.id)
        return start, start + len(words[0])

    def _name(
        self,
        source: str,
        role: str,
        label: str,
        names: Sequence[str],
        at: int,
        more: dict[str, Any] | None = None,
    ) -> bool:
        """Mark one of the names next to ``at`` and link it; False where none is in the text."""
        for name in names:
            place = self._found(name, at)
            if place is not None:
                said = {} if tuple(names) == (name,) else {"names": list(names)}
                id = self._mark(label, [place], {**said, **(more or {})})
                self._links.append(Link(source, role, id))
                return True
        return False

    def _found(self, name: str, at: int) -> Fragment | None:
        if not name.strip() or name != name.strip() or any(char in name for char in "\r\n"):
            return None
        places = [self._search(name, at, forward=forward) for forward in (True, False)]
        there = [place for place in places if place is not None]
        if not there:
            return None
        start = min(there, key=lambda place: abs(place - at))
        return start, start + len(name)

    def _search(self, name: str, at: int, *, forward: bool) -> int | None:
        """The first whole occurrence on one side of ``at``, among the first few candidates."""
        text = self._text
        first, last = max(0, at - _NEAR), at + _NEAR
        for _ in range(_CANDIDATES):
            at = text.find(name, at, last) if forward else text.rfind(name, first, at)
            if at < 0:
                return None
            end = at + len(name)
            inside = (at > 0 and text[at - 1].isalnum() and name[0].isalnum()) or (
                end < len(text) and text[end].isalnum() and name[-1].isalnum()
            )
            if not inside:
                return at
            at = at + 1 if forward else end - 1
        return None

    def _mark(
        self,
        label: str,
        places: Iterable[Fragment],
        said: dict[str, Any] | None = None,
        *,
        values: dict[str, str] | None = None,
    ) -> str:
        """The id of a mark; marks of actors and places that say the same are one."""
        fragments = tuple(places)
        note = compact(said) if said else ""
        key = (label, fragments, note)
        if label in (ACTOR, PLACE, CUE) and key in self._shared:
            return self._shared[key]
        self._entities += 1
        id = self._shared[key] = f"T{self._entities}"
        self._marks.append(Mark(id, label, fragments, values or {}, note))
        return id

    def _noted(self, id: str, note: dict[str, Any]) -> None:
        if not note:
            return
        at = next(n for n in range(len(self._marks) - 1, -1, -1) if self._marks[n].id == id)
        mark = self._marks[at]
        self._marks[at] = Mark(
            mark.id,
            mark.label,
            mark.fragments,
            mark.values,
            compact(note),
            is_event=mark.is_event,
        )

    def _placed(self, span: LabelSpan) -> Fragment:
        if span.start is not None and span.end is not None:
            start, end = span.start, span.end
        else:
            start = self._text.find(span.quote or "")
            end = start + len(span.quote or "")
        if not 0 <= start < end <= len(self._text):
            raise GoldError(
                "a span of the labels is not in the text",
                where=self._document.id,
                remedy="Run dateline eval validate on the labels.",
            )
        return start, end


def compact(said: dict[str, Any]) -> str:
    """One line of JSON."""
    return json.dumps(_whole(said), ensure_ascii=False, separators=(",", ":"))


def _whole(value: Any) -> Any:
    """Numbers without a needless ``.0``, which nobody wants to edit."""
    if isinstance(value, dict):
        return {key: _whole(inner) for key, inner in value.items()}
    if isinstance(value, list):
        return [_whole(inner) for inner in value]
    return int(value) if isinstance(value, float) and value.is_integer() else value


def _said(**values: Any) -> dict[str, Any]:
    """What is neither null nor empty."""
    return {key: value for key, value in values.items() if value not in (None, (), [], {}, "")}
