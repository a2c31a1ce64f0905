"""What is told of is no happening after all: totals, headings, sport, orders to a machine."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from dateline.asking.guided.lexicon import words_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from dateline.asking.guided.happenings import Happening
    from dateline.asking.guided.reading import Reading

_PERIOD = re.compile(
    r"\b(?:reporting period|all causes"
    r"|(?:over|in|during|within|for) (?:the )?(?:past |last |previous |first |these )?"
    r"(?:few |several |\d{1,3} |one |two |three |four |five |six |seven |eight |nine |ten )?"
    r"(?:days|weeks|months|years|fortnight))\b",
    re.IGNORECASE,
)
_TO_MACHINES = re.compile(
    r"\b(?:language models?|automated (?:readers?|systems?|tools?|agents?|summari[sz]ers?)"
    r"|AI (?:systems?|models?|assistants?|agents?|tools?)|chatbots?"
    r"|(?:ignore|disregard) (?:all |any |the )?(?:previous|earlier|prior|above) instructions"
    r"|extraction (?:systems?|tools?|models?|software))\b",
    re.IGNORECASE,
)
_RETRACTION = re.compile(
    r"(?:That|This|It|The report|The claim) (?:is|was|turned out to be|proved) "
    r"(?:wrong|not so|not true|untrue|incorrect|false|a mistake|an error|mistaken|unfounded)\b"
    r"|We (?:retract|withdraw|take back|take it back|regret the error)\b"
)
_SPORT = words_of(
    """
    match coach goal goals scored scorer league season half-time halftime players player team teams
    championship referee goalkeeper cup semi-final semifinal quarter-final quarterfinal equaliser
    equalizer kick-off kickoff tournament striker midfielder defender winger trophy playoff
    play-off fixture supporters innings wicket batsman penalty overtime champions
    """
)
_MOST_SPORT = 5
_HEADING = 9
_PEOPLED = frozenset({"killed", "wounded", "abducted", "arrested", "casualties_combined"})


def vetoed(happening: Happening) -> bool:
    """Whether its own sentence shows that it is no happening."""
    head = happening.head
    goes_on = head.form == "noun" and head.carrier in {"continue", "continues"}
    if goes_on and not any(when.fine for when in happening.reading.whens):
        return True
    group = happening.reading.words[max(0, head.chain - 2) : head.first]
    if "long" in group and {"have", "has", "had"} & set(group):
        return True
    return _total(happening) or _is_heading(happening.reading)


def _total(happening: Happening) -> bool:
    """Numbers over weeks belong to no one happening."""
    reading = happening.reading
    if happening.head.entry.family in {"fight", "protest"}:
        return False
    if not any(number.kind in _PEOPLED for number in reading.numbers):
        return False
    if any(when.fine for when in reading.whens):
        return False
    return _PERIOD.search(" ".join(reading.words)) is not None


def _is_heading(reading: Reading) -> bool:
    """A time and a few words without an end are the heading of what follows."""
    tokens = reading.tokens
    return (
        reading.zone == "body"
        and len(tokens) <= _HEADING + 3
        and tokens[-1].text not in {".", "!", "?", "”", '"', "…", ")"}
        and len(tokens) > 2
        and tokens[0].text[0].isdigit()
        and tokens[1].text in {":", "."}
    )


def tellable(readings: Sequence[Reading], text: str) -> list[Reading]:
    """The sentences that can tell of an event."""
    if is_sport(readings):
        return []
    machines = paragraphs_for_machines(readings, text)
    back = retracted(readings, text)
    return [r for r in readings if r.paragraph not in machines and r.index not in back]


def paragraphs_for_machines(readings: Sequence[Reading], text: str) -> frozenset[int]:
    """The paragraphs that speak to a program instead of a reader."""
    return frozenset(
        reading.paragraph
        for reading in readings
        if _TO_MACHINES.search(text, reading.span.start, reading.span.end)
    )


def retracted(readings: Sequence[Reading], text: str) -> frozenset[int]:
    """The sentences that the next one takes back: "That was wrong"."""
    return frozenset(
        reading.index - 1
        for reading in readings[1:]
        if _RETRACTION.match(text, reading.span.start, reading.span.end)
        and reading.paragraph == readings[reading.index - 1].paragraph
    )


def is_sport(readings: Sequence[Reading]) -> bool:
    """Whether the article tells of a game, in which attacks are figures of speech."""
    seen: set[str] = set()
    for reading in readings:
        seen.update(_SPORT.intersection(reading.words))
        if len(seen) >= _MOST_SPORT:
            return True
    return False
