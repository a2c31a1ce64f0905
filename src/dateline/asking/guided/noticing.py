"""Which happenings are put to the model, in what words, and what the next sentence adds to them."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from dateline.asking.guided.happenings import LIKELY, SURE, Happening
from dateline.asking.guided.questions import Question

if TYPE_CHECKING:
    from collections.abc import Sequence

    from dateline.asking.guided.lexicon import Lexicon
    from dateline.asking.guided.reading import Reading
    from dateline.asking.guided.types import TypeMap

NOTHING = "nothing: no single incident"
_CLOSE = 1.25
"""Types whose evidence is closer than this are put to the model."""


def to_ask(happening: Happening) -> bool:
    """Whether a happening is put to the model: neither plain nor plainly nothing."""
    # "The blast" is settled by whether there is a blast that it can mean, not by a question.
    if happening.anaphoric and happening.confidence < LIKELY:
        return False
    if happening.is_toll and happening.confidence >= LIKELY:
        return False
    return happening.confidence < SURE or happening.margin < _CLOSE


def offered(happening: Happening, types: TypeMap) -> list[str]:
    """The types that a question about it offers."""
    if not types.native:
        return [name for name, _ in happening.ranked[:8]]
    best = happening.ranked[0][1]
    return [name for name, weight in happening.ranked[:3] if best - weight < _CLOSE]


def event_question(happening: Happening, text: str, types: TypeMap) -> Question:
    """Ask whether it happened and of what type it is. The guess is the first, or nothing."""
    names = offered(happening, types)
    options = [f"{name} — {types.definitions.get(name, '')}".rstrip(" —") for name in names]
    if happening.confidence < SURE:
        options.append(NOTHING)
    span = happening.reading.span
    doubtful = happening.confidence < LIKELY
    return Question(
        "event",
        text[span.start : span.end],
        "What does the text report?",
        tuple(options),
        len(options) - 1 if doubtful else 0,
    )


def guess_at(question: Question, name: str) -> Question:
    """The same question with this type as code's guess."""
    named = [i for i, option in enumerate(question.options) if option.split(" — ", 1)[0] == name]
    return replace(question, guess=named[0]) if named else question


def attach_satellites(
    found: Sequence[Happening], readings: Sequence[Reading], lexicon: Lexicon
) -> None:
    """A next sentence such as "This time the area was ..." only adds a place or a time, and
    "The toll is not known" a count."""
    told = {happening.reading.index for happening in found}
    for happening in found:
        _attach_unknown_toll(happening, readings, told)
        after = happening.reading.index + 1
        if happening.reading.zone != "body" or after >= len(readings) or after in told:
            continue
        reading = readings[after]
        places_it = (reading.wheres or reading.whens) and any(
            tuple(reading.words[: len(p)]) == p for p in lexicon.phrases["satellite"]
        )
        if reading.zone == "body" and places_it:
            happening.extra.append(reading)
            told.add(after)


def _attach_unknown_toll(happening: Happening, readings: Sequence[Reading], told: set[int]) -> None:
    """Give it the next few sentences' "The toll is not known", before another is told of."""
    first = happening.reading.index + 1
    if happening.reading.zone != "body" or happening.status != "occurred":
        return
    for reading in readings[first : first + 3]:
        if reading.index in told or reading.zone != "body":
            return
        if any(number.unknown for number in reading.numbers):
            happening.extra.append(reading)
            told.add(reading.index)
            return
