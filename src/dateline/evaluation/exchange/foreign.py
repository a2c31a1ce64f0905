"""Labels of somebody else's project to label documents, by a map of what they mean."""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable, Sequence
from typing import Any, Literal

from pydantic import ValidationError

from dateline.errors import GoldError
from dateline.evaluation.exchange.flat import Flat, Fragment, Link, Mark, covered
from dateline.evaluation.exchange.label_map import ACTOR_ROLES, LabelMap, Part
from dateline.evaluation.exchange.notices import Notice, Report
from dateline.evaluation.exchange.placing import Placer, identity
from dateline.evaluation.gold.document import Annotatable, LabelDocument
from dateline.sentences import split_sentences
from dateline.spans import Span

EvidenceFrom = Literal["sentence", "trigger"]


def translate(
    flat: Flat, labels: LabelMap, *, evidence: EvidenceFrom, report: Report
) -> LabelDocument:
    """The label document of marks and links whose names are not ours.

    A mark is an event where ``labels.events`` says so or the tool itself does; its evidence is
    its own place or the sentences of it. Links make of other marks actors, places, speakers and
    cues. A mark with a role of its own and no link belongs to the only event of the document.

    Raises:
        GoldError: what comes out is no label document.
    """
    return _Translation(flat, labels, evidence, report).document()


def annotated(documents: Sequence[LabelDocument]) -> tuple[Annotatable, ...]:
    """What of events, and whether claims, a foreign project labels, as its documents show."""
    events = [event for document in documents for event in document.events]
    found: list[Annotatable] = ["type"]
    if any(event.actors for event in events):
        found.append("actors")
    if any(event.place for event in events):
        found.append("place")
    if any(document.claims for document in documents):
        return (*found, "evidence", "claims")
    return (*found, "evidence")


class _Translation:
    def __init__(
        self, flat: Flat, labels: LabelMap, evidence: EvidenceFrom, report: Report
    ) -> None:
        self._flat = flat
        self._labels = labels
        self._evidence_from = evidence
        self._report = report
        self._placer = Placer(flat.text)
        self._marks = {mark.id: mark for mark in flat.marks}
        self._events: dict[str, dict[str, Any]] = {}
        self._claims: dict[str, dict[str, Any]] = {}
        self._sentences: list[Span] | None = None
        self._unknown: Counter[str] = Counter()

    def document(self) -> LabelDocument:
        flat, labels = self._flat, self._labels
        excluded = []
        rest = []
        for mark in flat.marks:
            kind = labels.events.get(mark.label)
            if mark.label in labels.ignore:
                continue
            if mark.label in labels.claims:
                self._claims[mark.id] = self._claim(mark)
            elif kind is not None or mark.is_event:
                self._events[mark.id] = self._event(mark, kind or mark.label)
            elif mark.label in labels.excluded:
                zone = labels.excluded[mark.label]
                excluded += [{**self._span(place), "zone": zone} for place in mark.fragments]
            else:
                rest.append(mark)
        linked = {id for link in flat.links for id in self._link(link)}
        for mark in rest:
            if mark.id not in linked:
                self._loose(mark)
        for name, times in self._unknown.items():
            self._report(Notice(flat.where, f"{name}, {times} time{'s' * (times > 1)}; left out"))
        made = {
            **flat.about,
            **identity(flat.text),
            "events": list(self._events.values()),
            "claims": list(self._claims.values()),
            "excluded": excluded,
        }
        try:
            return LabelDocument.model_validate(made)
        except ValidationError as error:
            first = error.errors(include_input=False)[0]
            place = ".".join(str(part) for part in first["loc"])
            raise GoldError(
                f"the labels make no document: $.{place}: {first['msg']}", where=flat.where
            ) from error

    def _event(self, mark: Mark, kind: str) -> dict[str, Any]:
        places = mark.fragments
        if self._evidence_from == "sentence":
            places = self._sentences_of(places)
        return {
            "id": mark.id,
            "types": [kind],
            "actors": [],
            "evidence": [self._span(place) for place in places],
            "note": mark.note[:2000] or None,
        }

    def _claim(self, mark: Mark) -> dict[str, Any]:
        return {
            "id": mark.id,
            "via": [],
            "event_ids": [],
            "evidence": [self._span(place) for place in mark.fragments],
            "note": mark.note[:2000] or None,
        }

    def _link(self, link: Link) -> Iterable[str]:
        """Follow a link in either direction; return the marks that found their place."""
        source, target = link.source, link.target
        if self._record(source) is None and self._record(target) is not None:
            source, target = target, source
        record = self._record(source)
        if link.role in self._labels.ignore or target not in self._marks:
            return ()
        other = self._marks[target]
        part = self._labels.part(link.role) or self._labels.part(other.label)
        if record is None:
            self._unknown[f"a link {link.role!r} that joins no event or claim"] += 1
            return ()
        if target in self._events and source in self._claims:
            part = "about"
        if part is None:
            self._unknown[f"role {link.role!r} is not in the map"] += 1
            return ()
        self._take(record, part, other, link.where)
        return (target,)

    def _record(self, id: str) -> dict[str, Any] | None:
        return self._events.get(id) or self._claims.get(id)

    def _loose(self, mark: Mark) -> None:
        part = self._labels.part(mark.label)
        if part is None:
            self._unknown[f"label {mark.label!r} is not in the map"] += 1
            return
        records = self._claims if part in ("speaker", "via", "cue") else self._events
        if len(records) == 1:
            self._take(next(iter(records.values())), part, mark, mark.where)
        else:
            self._unknown[f"label {mark.label!r} without a link to its event or claim"] += 1

    def _take(self, record: dict[str, Any], part: Part, mark: Mark, where: str) -> None:
        words = " ".join(covered(self._flat.text, mark.fragments).split())
        names = list(dict.fromkeys([words, *(" ".join(name.split()) for name in mark.names)]))
        is_claim = "event_ids" in record
        if part in ACTOR_ROLES and not is_claim:
            record["actors"].append({"role": part, "names": names})
        elif part == "place" and not is_claim:
            if "place" in record:
                self._report(Notice(where, "the event has several places; the first one counts"))
            record.setdefault("place", {"names": names})
        elif part == "speaker" and is_claim:
            record["speaker"] = {"names": names}
        elif part == "via" and is_claim:
            record["via"].append(names[0])
        elif part == "cue" and is_claim:
            record["cue"] = words
        elif part == "about" and is_claim and mark.id in self._events:
            record["event_ids"].append(mark.id)
        elif part == "evidence":
            record["evidence"] += [self._span(place) for place in mark.fragments]
        else:
            self._unknown[f"{part} of {'a claim' if is_claim else 'an event'}"] += 1

    def _sentences_of(self, places: Sequence[Fragment]) -> tuple[Fragment, ...]:
        if self._sentences is None:
            self._sentences = split_sentences(self._flat.text, [Span(0, len(self._flat.text))])
        starts = [sentence.start for sentence in self._sentences]
        found: dict[Fragment, None] = {}
        for start, end in places:
            at = max(0, bisect_right(starts, start) - 1)
            while at < len(starts) and starts[at] < end:
                sentence = self._sentences[at]
                if sentence.end > start:
                    found[(sentence.start, sentence.end)] = None
                at += 1
        return tuple(found) or tuple(places)

    def _span(self, place: Fragment) -> dict[str, Any]:
        return self._placer.span(*place).model_dump(exclude_none=True)
