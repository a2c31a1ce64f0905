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
_SINCE = re.compile(
    r"\bha(?:s|ve) (?:been )?(?:\w+ )?(?:killed|died|wounded|injured|arrested|abducted|detained)\b"
    r".{0,120}\bsince (?:the (?:start|beginning|war|uprising|coup)|last|(?:19|20)\d\d|january"
    r"|february|march|april|may|june|july|august|september|october|november|december)\b"
)
_TO_MACHINES = re.compile(
    r"\b(?:language models?|automated (?:readers?|systems?|tools?|agents?|summari[sz]ers?)"
    r"|AI (?:systems?|models?|assistants?|agents?|tools?)|chatbots?"
    r"|(?:ignore|disregard) (?:all |any |the )?(?:previous|earlier|prior|above) instructions"
    r"|extraction (?:systems?|tools?|models?|software))\b",
    re.IGNORECASE,
)
_ORDERING = re.compile(
    r"\b(?:ignore|disregard|instructions?|note to|attention|must output|output only|"
    r"(?:must|should|shall|are (?:asked|instructed|required) to|please) (?:also |instead |now )?"
    r"(?:record|list|report|add|mark|treat|set|output|return|extract|include|omit|respond|reply|"
    r"answer|summari[sz]e|classify|tag|code))\b",
    re.IGNORECASE,
)
"""What is written to a program, not of it."""
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
_WHOSE = words_of("its his her their the a being not")
_ARGUED = words_of(
    """
    call calls bid bids challenge challenges claim claims criticism competition pressure lawsuit
    allegations charges accusations inflation demands objections bills
    """
)
_ACCIDENTS = words_of(
    """
    bus lorry collided collision crash crashed overturned plunged plunges skidded derailed derails
    derailment capsized capsizes sank landslide mudslide avalanche earthquake quake flood floods
    cyclone hurricane typhoon tornado heatwave lightning stampede collapsed outbreak cholera
    """
)
_WORKS = words_of("boiler fireworks firework cylinder canister gas-leak accidental accidentally")
_WEAPONS = words_of(
    """
    bomb bombs bomber mine mines landmine explosive explosives ied missile missiles rocket rockets
    drone drones shell shells gunmen gunman shot shooting fired strike airstrike attack attacked
    militants rebels ambush ambushed arson sabotage saboteurs grenade grenades shelling torched
    deliberately rammed army troops soldiers police
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
    if _in_words(happening) or _is_accident(happening) or _by_nobody(happening):
        return True
    return _total(happening) or _is_heading(happening.reading)


def _in_words(happening: Happening) -> bool:
    """Whether somebody is attacked with words, or calls and bids are fought off."""
    head, words = happening.head, happening.reading.words
    if head.form == "noun" or any(n.kind in _PEOPLED for n in happening.reading.numbers):
        return False
    behind = words[head.last : head.last + 9]
    if head.entry.lemma == "storm" and behind[:1] in (["out"], ["off"]):
        return True
    if head.entry.family not in {"fight", "violence"}:
        return False
    if head.entry.lemma in {"attack", "assail"} and not head.passive:
        at = behind.index("for") if "for" in behind else len(behind)
        blamed = behind[at + 1 : at + 2]
        return bool(blamed) and (blamed[0] in _WHOSE or blamed[0].endswith("ing"))
    return not _ARGUED.isdisjoint(behind[:4])


def _is_accident(happening: Happening) -> bool:
    """Whether the harm was done by a vehicle, water or a machine, and nobody fought."""
    reading = happening.reading
    if any(n.side in {"armed", "rioter", "protester"} for n in reading.names):
        return False
    families = {hit.entry.family for hit in happening.hits}
    words = set(reading.words)
    if families <= {"harm"}:
        return bool(words & _ACCIDENTS) and not words & _WEAPONS
    return families <= {"harm", "blast"} and bool(words & _WORKS) and not words & _WEAPONS


def _by_nobody(happening: Happening) -> bool:
    """Whether nobody did it, or it was done to nobody: "nobody has been arrested"."""
    head, words = happening.head, happening.reading.words
    before = words[max(0, head.chain - 2) : head.chain]
    return bool(before) and (
        before[-1] in {"nobody", "none"} or before in (["no", "one"], ["no", "arrests"])
    )


def _total(happening: Happening) -> bool:
    """Numbers over weeks belong to no one happening."""
    reading = happening.reading
    if happening.head.entry.family in {"fight", "protest"}:
        return False
    if not any(number.kind in _PEOPLED for number in reading.numbers):
        return False
    told = " ".join(reading.words)
    if _SINCE.search(told):
        return True
    if any(when.fine for when in reading.whens):
        return False
    return _PERIOD.search(told) is not None


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


def ordering_paragraphs(readings: Sequence[Reading], text: str) -> frozenset[int]:
    """The paragraphs that give orders to a program: what they say is nobody's statement."""
    ordering = {
        reading.paragraph
        for reading in readings
        if _ORDERING.search(text, reading.span.start, reading.span.end)
    }
    return paragraphs_for_machines(readings, text) & ordering


def paragraphs_for_machines(readings: Sequence[Reading], text: str) -> frozenset[int]:
    """The paragraphs that speak to a program instead of a reader, or of one."""
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
