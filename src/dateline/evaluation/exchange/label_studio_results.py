"""Results of Label Studio: marked text, values on it, and relations."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from dateline.errors import GoldError
from dateline.evaluation.exchange.flat import Flat, Fragment, Link, Mark
from dateline.evaluation.exchange.label_studio_config import CHOICES, NOTE
from dateline.evaluation.exchange.notices import Notice, Report
from dateline.evaluation.exchange.offsets import Unit, agree, converter, nearest, unit_of


@dataclass(slots=True)
class _Region:
    label: str
    start: int
    end: int
    words: str
    where: str
    values: dict[str, str] = field(default_factory=dict)
    notes: list[str] = field(default_factory=list)


class Results:
    """The results of one annotation, read into marks and links.

    Args:
        text: the task's text.
        where: file and JSON path of the annotation.
        unit: what offsets count; None finds out by the words of the results.
        report: gets what could not be taken, and what was mended.
    """

    def __init__(self, text: str, where: str, unit: Unit | None, report: Report) -> None:
        self._text = text
        self._where = where
        self._unit = unit
        self._report = report
        self._regions: dict[str, _Region] = {}
        self._links: list[Link] = []
        self._later: list[tuple[str, str, dict[str, Any], str]] = []

    def flat(self, results: Any) -> Flat:
        """Read the list of results.

        Raises:
            GoldError: a result is malformed, or its words are not in the text.
        """
        if not isinstance(results, list):
            raise GoldError(
                "an annotation has no list of results",
                where=f"{self._where}.result",
                remedy='Export the project as "JSON".',
            )
        for number, result in enumerate(results):
            self._result(result, f"{self._where}.result[{number}]")
        self._values()
        places = self._places()
        marks = tuple(
            Mark(
                id=id,
                label=region.label,
                fragments=(places[id],),
                values=region.values,
                note="\n".join(region.notes),
                where=region.where,
            )
            for id, region in self._regions.items()
        )
        for link in self._links:
            for id in (link.source, link.target):
                if id not in self._regions:
                    raise GoldError(
                        f"a relation speaks of {id[:50]!r}, which is no marked text",
                        where=link.where,
                        remedy="Remove the relation in Label Studio and export again.",
                    )
        return Flat(self._text, marks, tuple(self._links), {}, self._where)

    def _result(self, result: Any, where: str) -> None:
        if not isinstance(result, dict):
            raise self._bad(where)
        kind = result.get("type")
        if kind == "relation":
            names = result.get("labels") or [""]
            ends = (result.get("from_id"), result.get("to_id"))
            if not isinstance(names, list) or not all(isinstance(end, str) for end in ends):
                raise self._bad(where)
            source, target = map(str, ends)
            if result.get("direction") == "left":
                source, target = target, source
            self._links += [Link(source, str(name), target, where) for name in names]
            return
        id, value = result.get("id"), result.get("value")
        if not isinstance(id, str) or not isinstance(value, dict):
            raise self._bad(where)
        if kind == "labels":
            self._labels(id, value, where)
        elif kind in ("choices", "textarea"):
            self._later.append((id, str(result.get("from_name")), value, where))
        else:
            self._report(Notice(where, f"a result of type {str(kind)[:50]!r}; left out"))

    def _labels(self, id: str, value: dict[str, Any], where: str) -> None:
        names = value.get("labels")
        start, end = value.get("start"), value.get("end")
        words = value.get("text", "")
        if not isinstance(names, list) or not names or not isinstance(words, str):
            raise self._bad(where)
        if type(start) is not int or type(end) is not int:
            raise GoldError(
                "start and end of a result are no numbers",
                where=where,
                remedy="Only results of a Text tag can be read, none of HyperText or Paragraphs.",
            )
        if id in self._regions:
            raise GoldError(
                "two marks of one annotation have the same id",
                where=where,
                remedy="Give one of the two another id.",
            )
        if len(names) > 1:
            self._report(Notice(where, "a mark has several labels; the first one counts"))
        self._regions[id] = _Region(str(names[0]), start, end, words, where)

    def _values(self) -> None:
        for id, name, value, where in self._later:
            region = self._regions.get(id)
            said = value.get("choices", value.get("text"))
            said = said if isinstance(said, list) else [said]
            if region is None:
                self._report(Notice(where, f"{name[:50]} of the whole task; left out"))
            elif name == NOTE:
                region.notes += [text for text in said if isinstance(text, str)]
            elif name in CHOICES and said and isinstance(said[0], str):
                region.values[name] = said[0]
            else:
                self._report(Notice(where, f"{name[:50]!r} is not known; left out"))

    def _places(self) -> dict[str, Fragment]:
        quoted = [(r.start, r.end, r.words) for r in self._regions.values() if r.words]
        unit = self._unit or unit_of(self._text, quoted)
        convert = converter(self._text, unit)
        if unit != "code-points" and self._unit is None:
            self._report(Notice(self._where, f"offsets are counted in {unit}; converted"))
        found: dict[str, Fragment] = {}
        for id, region in self._regions.items():
            start, end = convert(region.start), convert(region.end)
            valid = start is not None and end is not None and start < end
            if valid and (not region.words or agree(self._text[start:end], region.words)):
                found[id] = (start or 0, end or 0)
                continue
            mended = nearest(self._text, region.words, region.start)
            if mended is None:
                raise GoldError(
                    f"the words of a mark are not at {region.start} to {region.end} of the text",
                    where=region.where,
                    remedy="Mark them again in Label Studio, or correct start and end.",
                )
            self._report(
                Notice(
                    region.where,
                    f"the words stand at {mended[0]} to {mended[1]}, not at {region.start} to "
                    f"{region.end}; moved",
                )
            )
            found[id] = mended
        return found

    def _bad(self, where: str) -> GoldError:
        return GoldError(
            "not a result of Label Studio", where=where, remedy='Export the project as "JSON".'
        )
