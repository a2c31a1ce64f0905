"""What code decides alone about happenings, and what it still asks.

For the taxonomy that the word lists are made for, words decide. Only where they leave two types
close is a model asked, and then about what it was always asked: the question comes from the
first lists and ``weigh`` alone, so that a better rule never changes a question, it only drops it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from dateline.asking.guided.asides import announced, dated_asides
from dateline.asking.guided.happenings import DOUBTFUL, LIKELY, SURE, Happening, find_happenings
from dateline.asking.guided.judging import judge
from dateline.asking.guided.noticing import offered, to_ask
from dateline.asking.guided.senses import in_sense
from dateline.asking.guided.vetoes import vetoed

if TYPE_CHECKING:
    from collections.abc import Sequence

    from dateline.asking.guided.hits import Hit
    from dateline.asking.guided.lexicon import Lexicon
    from dateline.asking.guided.reading import Reading
    from dateline.asking.guided.types import TypeMap

_FORMAL = frozenset({"accord", "pact"})
_CLOSE = 0.75
"""Types whose evidence is closer than this are put to the model."""


class Decision(NamedTuple):
    """A happening with the type that words give it, and what a model can be asked about it."""

    happening: Happening
    about: Happening | None = None
    open: bool = False
    """Whether words alone leave it in doubt."""


def decide(reading: Reading, lexicon: Lexicon, types: TypeMap) -> list[Decision]:
    """The happenings that a sentence tells of."""
    if not types.native:
        plain = [h for h in find_happenings(reading, lexicon, types) if h.ranked]
        return [Decision(h, h, open=True) if to_ask(h) else Decision(h) for h in plain]
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
    if not kept or not _same(triggers, reading.hits):
        return [Decision(h) for h in kept]
    asked = {h.head.irrealis: h for h in find_happenings(reading, lexicon, types) if h.ranked}
    return [_with_question(h, asked.get(h.head.irrealis), types) for h in kept]


def to_be_asked(decisions: Sequence[Decision]) -> list[Decision]:
    """Those in doubt; where none is, the least plain one, so that no article goes without the
    model's word."""
    askable = [one for one in decisions if one.about is not None]
    in_doubt = [one for one in askable if one.open]
    return in_doubt or sorted(askable, key=lambda one: one.happening.margin)[:1]


def _least(happening: Happening) -> float:
    """How much evidence is enough: a truce that is reached is one without day and place, too."""
    head = happening.head
    plain = head.use in {"carried", "finite"} and not head.present and not head.irrealis
    return DOUBTFUL - 0.5 if plain and head.entry.family in _FORMAL else DOUBTFUL


def _with_question(decided: Happening, asked: Happening | None, types: TypeMap) -> Decision:
    """With the question that was always asked about this sentence, if one was that offers the
    type that the words give."""
    if asked is None or not to_ask(asked) or decided.type not in offered(asked, types):
        return Decision(decided)
    return Decision(decided, asked, open=not _plain(decided))


def _plain(happening: Happening) -> bool:
    """Whether neither its type nor whether it happened is in doubt."""
    return happening.margin >= _CLOSE and happening.confidence >= LIKELY


def _same(one: list[Hit], other: list[Hit]) -> bool:
    return [(h.first, h.entry) for h in one] == [(h.first, h.entry) for h in other]
