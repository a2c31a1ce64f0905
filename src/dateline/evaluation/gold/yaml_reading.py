"""From the YAML view to the values of a label document, telling every mistake on the way."""

from __future__ import annotations

import calendar
import re
from collections.abc import Callable, Sequence
from datetime import date
from typing import Any

from dateline.evaluation.gold.occurrences import Occurrences
from dateline.evaluation.gold.validating import Path, unknown_field
from dateline.evaluation.gold.yaml_spans import NOWHERE, SPAN_FIELDS, span_from

Tell = Callable[[Path, str], None]

DOCUMENT = (
    "id",
    "annotator",
    "guideline",
    "annotated",
    "meta",
    "events",
    "claims",
    "excluded",
    "text_sha256",
    "letters_sha256",
    "error",
    "diagnostics",
)
EVENT = (
    "id",
    "types",
    "sub_types",
    "status",
    "salience",
    "optional",
    "date",
    "place",
    "actors",
    "counts",
    "evidence",
    "note",
)
CLAIM = (
    "id",
    "speaker",
    "via",
    "quote_type",
    "certainty",
    "polarity",
    "cue",
    "evidence",
    "events",
    "optional",
    "note",
)
COUNT = ("kind", "value", "min", "max", "unknown", "victim", "evidence")

_DAY = re.compile(r"\d{4}-\d{2}-\d{2}\Z")
_MONTH = re.compile(r"(\d{4})-(0[1-9]|1[0-2])\Z")
_YEAR = re.compile(r"\d{4}\Z")


def document_from(written: dict[str, Any], occurrences: Occurrences | None, tell: Tell) -> Any:
    """The values of one document, as its JSON line would hold them, unchecked.

    Args:
        written: the YAML mapping.
        occurrences: of the document's text; None where the text is missing.
        tell: takes path and message of every mistake.
    """
    view = _View(occurrences, tell)
    found = view.fields(written, DOCUMENT, ())
    for name, convert in (
        ("events", view.event),
        ("claims", view.claim),
        ("excluded", view.excluded),
    ):
        items = found.pop(name, None)
        found[name] = [convert(item, (name, i)) for i, item in enumerate(view.many(items, (name,)))]
    return found


class _View:
    def __init__(self, occurrences: Occurrences | None, tell: Tell) -> None:
        self._occurrences = occurrences
        self._tell = tell

    def fields(self, written: Any, known: Sequence[str], path: Path) -> dict[str, Any]:
        """The known fields that are not null; the others are told."""
        if not isinstance(written, dict):
            self._tell(path, "must be a mapping of fields")
            return {}
        for key in written:
            if key not in known:
                self._tell(path, unknown_field(key, known))
        return {k: written[k] for k in known if k in written and written[k] is not None}

    def many(self, written: Any, path: Path) -> list[Any]:
        if written is None:
            return []
        if isinstance(written, list):
            return written
        self._tell(path, "must be a list")
        return []

    def event(self, written: Any, path: Path) -> dict[str, Any]:
        found = self.fields(written, EVENT, path)
        found.setdefault("id", f"e{int(path[1]) + 1}")
        for name in ("types", "sub_types"):
            if name in found:
                found[name] = _listed(found[name])
        if "date" in found:
            found["date"] = self._date(found["date"], (*path, "date"))
        place = found.get("place")
        if isinstance(place, dict):
            found["place"] = dict(place)
            if "names" in place:
                found["place"]["names"] = _listed(place["names"])
        elif place is not None:
            found["place"] = {"names": _listed(place)}
        if "actors" in found:
            found["actors"] = self._actors(found["actors"], (*path, "actors"))
        counts = self.many(found.pop("counts", None), (*path, "counts"))
        found["counts"] = [self._count(c, (*path, "counts", i)) for i, c in enumerate(counts)]
        found["evidence"] = self._evidence(found.get("evidence"), path)
        return found

    def claim(self, written: Any, path: Path) -> dict[str, Any]:
        if isinstance(written, dict) and "event_ids" in written and "events" not in written:
            written = {("events" if k == "event_ids" else k): v for k, v in written.items()}
        found = self.fields(written, CLAIM, path)
        found.setdefault("id", f"c{int(path[1]) + 1}")
        speaker = found.pop("speaker", None)
        if isinstance(speaker, dict):
            found["speaker"] = {
                key: _listed(value) if key == "names" and value is not None else value
                for key, value in speaker.items()
            }
        elif speaker is not None:
            found["speaker"] = {"names": _listed(speaker)}
        if "via" in found:
            found["via"] = _listed(found["via"])
        if "events" in found:
            found["event_ids"] = _listed(found.pop("events"))
        found["evidence"] = self._evidence(found.get("evidence"), path)
        return found

    def excluded(self, written: Any, path: Path) -> dict[str, Any]:
        if not isinstance(written, dict):
            self._tell(path, "write {quote: …, zone: …} or {from: …, to: …, zone: …}")
            return dict(NOWHERE)
        span = {key: value for key, value in written.items() if key != "zone"}
        unknown = [key for key in span if key not in SPAN_FIELDS]
        for key in unknown:
            self._tell(path, unknown_field(key, (*SPAN_FIELDS, "zone")))
            del span[key]
        found = dict(self._span(span, path)) if span else dict(NOWHERE)
        if "zone" in written:
            found["zone"] = written["zone"]
        return found

    def _evidence(self, written: Any, path: Path) -> list[Any]:
        place = (*path, "evidence")
        if written is None:
            written = []
        spans = written if isinstance(written, list) else [written]
        return [self._span(span, (*place, i)) for i, span in enumerate(spans)]

    def _span(self, written: Any, path: Path) -> dict[str, Any]:
        return span_from(written, self._occurrences, lambda message: self._tell(path, message))

    def _count(self, written: Any, path: Path) -> dict[str, Any]:
        found = self.fields(written, COUNT, path)
        given = [key for key in ("value", "min", "max", "unknown") if key in (written or ())]
        if isinstance(written, dict) and not given:
            self._tell(
                path,
                "write value, min or max, or unknown: true where the text says that the number "
                "is not known",
            )
        if found.pop("unknown", False) and len(given) > 1:
            self._tell(path, "unknown: true cannot stand beside value, min or max")
        if "value" in found:
            if "min" in found or "max" in found:
                self._tell(path, "value cannot stand beside min or max")
            found["min"] = found["max"] = found.pop("value")
        if "victim" in found:
            found["victim"] = _listed(found["victim"])
        if "evidence" in found:
            found["evidence"] = self._span(found["evidence"], (*path, "evidence"))
        return found

    def _actors(self, written: Any, path: Path) -> list[Any]:
        if isinstance(written, list):
            return [self._actor(actor) for actor in written]
        if not isinstance(written, dict):
            self._tell(path, "write role: [names of one actor, …], for example initiator: [[VDF]]")
            return []
        found = []
        for role, actors in written.items():
            for actor in actors if isinstance(actors, list) else [actors]:
                if actor is not None:
                    found.append({"role": role, "names": _listed(actor)})
        return found

    def _actor(self, written: Any) -> Any:
        if not isinstance(written, dict) or "names" not in written:
            return written
        return {**written, "names": _listed(written["names"])}

    def _date(self, written: Any, path: Path) -> dict[str, Any]:
        if isinstance(written, dict):
            found = {key: value for key, value in written.items() if value is not None}
            if "granularity" not in found and "start" in found and "end" in found:
                found["granularity"] = "day" if found["start"] == found["end"] else "range"
            return found
        text = str(written)
        for day in text.split("/"):
            if _DAY.match(day) and not _exists(day):
                self._tell(path, "there is no such day")
                return {}
        if _DAY.match(text):
            return {"start": text, "end": text, "granularity": "day"}
        if _MONTH.match(text) and int(text[:4]):
            year, month = int(text[:4]), int(text[5:])
            last = calendar.monthrange(year, month)[1]
            return {"start": f"{text}-01", "end": f"{text}-{last}", "granularity": "month"}
        if _YEAR.match(text) and int(text):
            return {"start": f"{text}-01-01", "end": f"{text}-12-31", "granularity": "year"}
        start, slash, end = text.partition("/")
        if slash and _DAY.match(start) and _DAY.match(end):
            return {"start": start, "end": end, "granularity": "range"}
        self._tell(path, "write 2024-03-05, 2024-03, 2024, 2024-03-01/2024-03-07 or {start, end}")
        return {}


def _exists(day: str) -> bool:
    try:
        date.fromisoformat(day)
    except ValueError:
        return False
    return True


def _listed(written: Any) -> Any:
    return written if isinstance(written, list) else [written]
