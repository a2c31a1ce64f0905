"""From label documents to the YAML view."""

from __future__ import annotations

import calendar
from bisect import bisect_left
from collections.abc import Iterable
from typing import Any

from dateline.errors import GoldError
from dateline.evaluation.gold.document import (
    LabelActor,
    LabelClaim,
    LabelCount,
    LabelDate,
    LabelDocument,
    LabelEvent,
    LabelPlace,
    LabelSpan,
)
from dateline.evaluation.gold.occurrences import Occurrences
from dateline.evaluation.gold.writing import as_json

_LONG = 200  # characters from which an excluded stretch is written by its two ends
_END_WORDS = 6


class _Lines(list[Any]):
    """A list that is written one item a line."""


def to_yaml(documents: Iterable[LabelDocument]) -> str:
    """Write documents as a person edits them; ``from_yaml`` gives the same documents back.

    Hashes and letters are left out, as they follow from the text.

    Raises:
        GoldError: a document has no ``text`` to take the quotes from.
    """
    import yaml

    class Dumper(getattr(yaml, "CSafeDumper", yaml.SafeDumper)):  # type: ignore[misc]
        def ignore_aliases(self, _data: Any) -> bool:
            return True

    Dumper.add_representer(
        _Lines,
        lambda dumper, lines: dumper.represent_sequence(
            "tag:yaml.org,2002:seq", lines, flow_style=False
        ),
    )
    listed = [_document(document) for document in documents]
    written: str = yaml.dump(
        listed,
        Dumper=Dumper,
        sort_keys=False,
        allow_unicode=True,
        width=100,
        default_flow_style=None,
    )
    return written


def _document(document: LabelDocument) -> dict[str, Any]:
    if document.text is None:
        raise GoldError(
            "The YAML view needs the text of the document.",
            where=document.id,
            remedy="Give it with with_texts, or --articles.",
        )
    occurrences = Occurrences(document.text)
    plain = as_json(document)
    found: dict[str, Any] = {
        key: plain[key]
        for key in ("id", "annotator", "guideline", "annotated", "meta", "error", "diagnostics")
        if key in plain
    }
    if document.events:
        found["events"] = [_event(event, occurrences) for event in document.events]
    if document.claims:
        found["claims"] = [_claim(claim, occurrences) for claim in document.claims]
    if document.excluded:
        found["excluded"] = [
            {**_as_mapping(_span(span, occurrences, ends=True)), "zone": span.zone}
            for span in document.excluded
        ]
    return found


def _event(event: LabelEvent, occurrences: Occurrences) -> dict[str, Any]:
    found: dict[str, Any] = {"id": event.id, "types": list(event.types)}
    if event.sub_types:
        found["sub_types"] = list(event.sub_types)
    found |= {"status": event.status, "salience": event.salience}
    if event.optional:
        found["optional"] = True
    if event.date:
        found["date"] = _date(event.date)
    if event.place:
        found["place"] = _place(event.place)
    if event.actors:
        found["actors"] = _actors(event.actors)
    if event.counts:
        found["counts"] = [_count(count, occurrences) for count in event.counts]
    if event.evidence:
        found["evidence"] = _Lines(_span(span, occurrences) for span in event.evidence)
    if event.note is not None:
        found["note"] = event.note
    return found


def _claim(claim: LabelClaim, occurrences: Occurrences) -> dict[str, Any]:
    names = claim.speaker.names
    found: dict[str, Any] = {"id": claim.id, "speaker": list(names) if names else None}
    if claim.via:
        found["via"] = list(claim.via)
    found |= {
        "quote_type": claim.quote_type,
        "certainty": claim.certainty,
        "polarity": claim.polarity,
    }
    if claim.cue is not None:
        found["cue"] = claim.cue
    found["evidence"] = _Lines(_span(span, occurrences) for span in claim.evidence)
    if claim.event_ids:
        found["events"] = list(claim.event_ids)
    if claim.optional:
        found["optional"] = True
    if claim.note is not None:
        found["note"] = claim.note
    return found


def _date(when: LabelDate) -> Any:
    start, end = when.start, when.end
    if start and end and when.not_before is None and when.not_after is None:
        if when.granularity == "day" and start == end:
            return start.isoformat()
        last = calendar.monthrange(start.year, start.month)[1]
        if when.granularity == "month" and (start.day, end) == (1, start.replace(day=last)):
            return start.isoformat()[:7]
        if when.granularity == "range":
            return f"{start.isoformat()}/{end.isoformat()}"
    written: dict[str, Any] = when.model_dump(mode="json", exclude_none=True)
    if not (start and end) and when.granularity == "unknown":
        written.pop("granularity")
    return written


def _place(place: LabelPlace) -> Any:
    if place.admin1 is None and place.country is None:
        return list(place.names)
    return place.model_dump(mode="json", exclude_none=True)


def _actors(actors: tuple[LabelActor, ...]) -> Any:
    roles: dict[str, list[list[str]]] = {}
    for actor in actors:
        roles.setdefault(actor.role, []).append(list(actor.names))
    if [role for role, listed in roles.items() for _ in listed] == [a.role for a in actors]:
        return roles
    return [{"role": actor.role, "names": list(actor.names)} for actor in actors]


def _count(count: LabelCount, occurrences: Occurrences) -> dict[str, Any]:
    found: dict[str, Any] = {"kind": count.kind}
    low, high = _number(count.min), _number(count.max)
    if low is not None and low == high:
        found["value"] = low
    elif low is None and high is None:
        found["unknown"] = True
    else:
        bounds = {"min": low, "max": high}
        found |= {name: bound for name, bound in bounds.items() if bound is not None}
    if count.victim:
        found["victim"] = list(count.victim)
    if count.evidence:
        found["evidence"] = _span(count.evidence, occurrences)
    return found


def _number(value: float | None) -> float | int | None:
    whole = value is not None and value.is_integer() and abs(value) < 2**53
    return int(value) if whole and value is not None else value


def _span(span: LabelSpan, occurrences: Occurrences, *, ends: bool = False) -> Any:
    if span.start is None or span.end is None:
        return span.quote or ""
    place = (span.start, span.end)
    words = " ".join(occurrences.text[span.start : span.end].split())
    if ends and len(words) > _LONG:
        parts = words.split()
        first, last = " ".join(parts[:_END_WORDS]), " ".join(parts[-_END_WORDS:])
        starts, finishes = occurrences.find(first), occurrences.find(last)
        between = [(start, end) for start, _ in starts[:1] for _, end in finishes[:1]]
        if len(starts) == len(finishes) == 1 and between == [place]:
            return {"from": first, "to": last}
    found = occurrences.find(words)
    number = bisect_left(found, place)
    if found[number : number + 1] != [place]:  # it begins with whitespace, or cuts a word
        return {"start": span.start, "end": span.end}
    if len(found) == 1:
        return words
    return {"quote": words, "nth": number + 1}


def _as_mapping(written: Any) -> dict[str, Any]:
    return {"quote": written} if isinstance(written, str) else dict(written)
