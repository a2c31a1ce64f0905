"""Scoring: aligning 100 events with 100, and 1,000 documents with all their figures.

Documents are invented by a seeded generator. Each article has six events and twelve claims; a
prediction is its gold with records left out, added and altered.
"""

from __future__ import annotations

import random
import time
from collections.abc import Callable
from datetime import date, timedelta
from itertools import product

from dateline.evaluation.gold.document import EVENT_SLOTS, LabelDocument
from dateline.evaluation.scoring.alignment import align_events
from dateline.evaluation.scoring.prepared import Event, TypeNames, prepare_event
from dateline.evaluation.scoring.scorer import score
from dateline.evaluation.scoring.settings import DEFAULT_SETTINGS
from dateline.evaluation.scoring.spans import Places
from dateline.taxonomy import load_taxonomy

DOCUMENTS, EVENTS, CLAIMS = 1_000, 6, 12
ALIGN_LIMIT_MS, SCORE_LIMIT_S = 50.0, 10.0
_TYPES = [
    (event.name, sub.name)
    for event in load_taxonomy("acled").event_types
    for sub in event.sub_event_types
]
_SYLLABLES = tuple(map("".join, product("bdgklmnrst", "aeiou", ["", "l", "n", "r"])))
_WORDS = "the men who held a road near town said on that day of two and were killed by"
_ROLES = ["initiator", "target", "participant"]


def _name(rng: random.Random, words: int) -> str:
    return " ".join(
        "".join(rng.choices(_SYLLABLES, k=rng.randint(2, 3))).capitalize() for _ in range(words)
    )


def document(
    name: str, rng: random.Random, *, events: int = EVENTS, claims: int = CLAIMS
) -> LabelDocument:
    """An invented document with its text, about 250 words for every six events."""
    people = [[_name(rng, 2), _name(rng, 1)] for _ in range(2 + events)]
    places = [_name(rng, 1) for _ in range(1 + events // 2)]
    numbers = map(str, rng.sample(range(2, 60), 6))
    words = rng.choices([*_WORDS.split() * 6, *numbers, *places], k=50 + 35 * events)
    text = " ".join(words)

    def span() -> dict[str, object]:
        start = rng.randrange(len(text) - 120)
        end = start + rng.randint(40, 120)
        return {"start": start, "end": end, "quote": text[start:end]}

    def event(index: int) -> dict[str, object]:
        kind, sub = rng.choice(_TYPES)
        day = date(2024, 1, 1) + timedelta(rng.randrange(300))
        return {
            "id": f"e{index}",
            "types": [kind],
            "sub_types": [sub],
            "date": {"start": day, "end": day},
            "place": {"names": [rng.choice(places)]},
            "actors": [
                {"role": rng.choice(_ROLES), "names": rng.choice(people)}
                for _ in range(rng.randint(1, 3))
            ],
            "counts": [
                {"kind": rng.choice(["killed", "wounded"]), "min": number, "max": number}
                for number in rng.sample(range(2, 60), rng.randint(0, 2))
            ],
            "evidence": [span() for _ in range(rng.randint(1, 2))],
        }

    def claim(index: int) -> dict[str, object]:
        speaker = {"names": rng.choice(people)} if rng.random() < 0.8 else {}
        return {"id": f"c{index}", "speaker": speaker, "evidence": [span()]}

    return LabelDocument.model_validate(
        {
            "id": name,
            "text": text,
            "events": [event(index) for index in range(events)],
            "claims": [claim(index) for index in range(claims)],
        }
    )


def predicted(gold: LabelDocument, rng: random.Random) -> LabelDocument:
    """What a fair model would answer: most records, some of them altered, some from elsewhere."""
    other = document("other", rng, events=1, claims=2)
    events = [
        event.model_copy(update={"place": None} if rng.random() < 0.2 else {})
        for event in gold.events
        if rng.random() < 0.8
    ]
    claims = [claim for claim in gold.claims if rng.random() < 0.7]
    strange = [event.model_copy(update={"id": "x"}) for event in other.events]
    added = [c.model_copy(update={"id": f"x{i}"}) for i, c in enumerate(other.claims)]
    return gold.model_copy(
        update={"events": (*events, *strange), "claims": (*claims, *added), "text": None}
    )


def _prepared(label: LabelDocument) -> list[Event]:
    names, places = TypeNames(load_taxonomy("acled")), Places(label, text=label.text)
    return [
        prepare_event(event, slots=frozenset(EVENT_SLOTS), names=names, places=places)
        for event in label.events
    ]


def _best(times: int, job: Callable[[], object]) -> float:
    best = float("inf")
    for _ in range(times):
        begin = time.process_time()
        job()
        best = min(best, time.process_time() - begin)
    return best


def run() -> list[dict[str, object]]:
    """Measure; rows of name, value, unit, limit and whether the value keeps to it."""
    rng = random.Random("scoring")
    one = _prepared(document("a", rng, events=100, claims=1))
    # All in one place and at one stretch of the text, so that any two may be a pair.
    other = _prepared(document("b", rng, events=100, claims=1))
    same = [_at(one[0], event) for event in one], [_at(one[0], event) for event in other]
    overlap = DEFAULT_SETTINGS.overlap
    apart = _best(5, lambda: align_events(one, other, overlap=overlap)) * 1000
    together = _best(5, lambda: align_events(*same, overlap=overlap)) * 1000
    gold = [document(f"d{index}", rng) for index in range(DOCUMENTS)]
    answers = [predicted(label, rng) for label in gold]
    seconds = _best(2, lambda: score(gold, answers))
    return [
        _row("align 100 x 100 events", apart, "CPU ms", ALIGN_LIMIT_MS),
        _row("align 100 x 100 events of one place", together, "CPU ms", ALIGN_LIMIT_MS),
        _row(f"score {DOCUMENTS:,} documents", seconds, "CPU s", SCORE_LIMIT_S),
    ]


def _at(model: Event, event: Event) -> Event:
    from dataclasses import replace

    return replace(event, place=model.place, evidence=(*event.evidence, *model.evidence))


def _row(name: str, value: float, unit: str, limit: float) -> dict[str, object]:
    return {"name": name, "value": value, "unit": unit, "limit": limit, "ok": value < limit}
