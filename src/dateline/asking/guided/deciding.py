"""What code decides alone about happenings, and what it still asks.

For the taxonomy that the word lists are made for, words decide. Only where they leave two types
close is a model asked, and then about what it was always asked: the question comes from the
first lists and ``weigh`` alone, so that a better rule never changes a question, it only drops it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from dateline.asking.guided.asides import announced, dated_asides
from dateline.asking.guided.happenings import DOUBTFUL, LIKELY, SURE, Happening, find_happenings
from dateline.asking.guided.judging import judge
from dateline.asking.guided.noticing import to_ask
from dateline.asking.guided.senses import in_sense
from dateline.asking.guided.vetoes import vetoed

if TYPE_CHECKING:
    from dateline.asking.guided.hits import Hit
    from dateline.asking.guided.lexicon import Lexicon
    from dateline.asking.guided.reading import Reading
    from dateline.asking.guided.types import TypeMap

_FORMAL = frozenset({"accord", "pact"})
_CLOSE = 0.75
"""Types whose evidence is closer than this are put to the model."""


def decide(
    reading: Reading, lexicon: Lexicon, types: TypeMap
) -> list[tuple[Happening, Happening | None]]:
    """The happenings that a sentence tells of, each with its type, and beside it, where words do
    not decide, the one to ask about."""
    if not types.native:
        plain = find_happenings(reading, lexicon, types)
        return [(h, h if to_ask(h) else None) for h in plain if h.ranked]
    triggers = [hit for hit in reading.told if in_sense(reading, hit)]
    for hit in triggers:
        announced(reading, hit)
    asides = dated_asides(reading, triggers)
    found = find_happenings(
        reading,
        lexicon,
        types,
        triggers=[hit for hit in triggers if hit not in asides],
        weigher=judge,
        least=DOUBTFUL - 0.5,
    )
    kept = [h for h in found if h.ranked and h.confidence >= _least(h) and not vetoed(h)]
    for hit in asides:
        told = find_happenings(reading, lexicon, types, triggers=[hit], weigher=judge, least=-9.0)
        for happening in told:
            happening.background = happening.aside = True
            happening.confidence = max(happening.confidence, SURE)
        kept += [h for h in told if h.ranked]
    if all(_plain(h) for h in kept) or not _same(triggers, reading.hits):
        return [(h, None) for h in kept]
    asked = {h.head.irrealis: h for h in find_happenings(reading, lexicon, types)}
    return [(h, _question(h, asked.get(h.head.irrealis))) for h in kept]


def _least(happening: Happening) -> float:
    """How much evidence is enough: a truce that is reached is one without day and place, too."""
    head = happening.head
    plain = head.use in {"carried", "finite"} and not head.present and not head.irrealis
    return DOUBTFUL - 0.5 if plain and head.entry.family in _FORMAL else DOUBTFUL


def _question(decided: Happening, asked: Happening | None) -> Happening | None:
    """What to ask about, if it was always asked about and its options hold the rules' own type."""
    if _plain(decided) or asked is None or not asked.ranked or not to_ask(asked):
        return None
    return asked


def _plain(happening: Happening) -> bool:
    """Whether neither its type nor whether it happened is in doubt."""
    return happening.margin >= _CLOSE and happening.confidence >= LIKELY


def _same(one: list[Hit], other: list[Hit]) -> bool:
    return [(h.first, h.entry) for h in one] == [(h.first, h.entry) for h in other]
