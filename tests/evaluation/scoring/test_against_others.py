"""The scorer against searches of every alignment and against an independent library.

``metametric`` scores structures by matching that is optimal too. It is given the same events as
plain sets of slot fillers, so that only equality of fillers is left to differ about.
"""

from __future__ import annotations

import random
from collections import Counter as Multiset
from itertools import permutations
from typing import Any

import metametric.dsl as mm
import pytest
from hypothesis import given
from hypothesis import strategies as st

from dateline.evaluation.gold.document import LabelDocument, LabelEvent
from dateline.evaluation.scoring.alignment import align_claims, align_events, event_credits
from dateline.evaluation.scoring.ceaf_ree import score_templates
from dateline.evaluation.scoring.events import compare_events
from dateline.evaluation.scoring.matching import one_to_one
from dateline.evaluation.scoring.prepared import TypeNames, prepare_claim, prepare_event
from dateline.evaluation.scoring.scorer import score
from dateline.evaluation.scoring.settings import DEFAULT_SETTINGS
from dateline.evaluation.scoring.spans import Places
from dateline.evaluation.scoring.templates import TemplateDocument
from support.labels import claim, claims, document, event, events

SLOTS = frozenset(("type", "sub_type", "status", "actors", "place", "date", "counts", "evidence"))


def prepared(labels: list[Any]) -> list[Any]:
    places = Places(document(), text=None)
    return [
        prepare_event(label, slots=SLOTS, names=TypeNames(), places=places)  # type: ignore[arg-type]
        if isinstance(label, LabelEvent)
        else prepare_claim(label, places=places)
        for label in labels
    ]


def best_of_all(worth: list[list[float]]) -> float:
    """The greatest total over every one-to-one alignment, by trying them all."""
    if len(worth) > len(worth[0]):
        worth = [list(column) for column in zip(*worth, strict=True)]
    return max(
        sum(worth[row][column] for row, column in enumerate(chosen))
        for chosen in permutations(range(len(worth[0])), len(worth))
    )


def shares_core(a: LabelEvent, b: LabelEvent) -> bool:
    """The gate, written down a second time: names here differ in case and articles only."""

    def names(label: LabelEvent) -> set[str]:
        given = [n for actor in label.actors for n in actor.names]
        return {n.casefold().removeprefix("the ") for n in given}

    def place(label: LabelEvent) -> set[str]:
        listed = label.place.names if label.place else ()
        return {n.casefold().removeprefix("the ") for n in listed}

    def counts(label: LabelEvent) -> set[Any]:
        return {(c.kind, c.min, c.max) for c in label.counts if (c.min, c.max) != (None, None)}

    def letters(label: LabelEvent) -> set[int]:
        return {i for span in label.evidence for i in range(span.start, span.end)}  # type: ignore[arg-type]

    cores = [(names(x), place(x), counts(x), letters(x)) for x in (a, b)]
    if not any(cores[0]) and not any(cores[1]):
        return True
    return any(one & other for one, other in zip(*cores, strict=True))


def some(records: st.SearchStrategy[Any]) -> st.SearchStrategy[list[Any]]:
    return st.lists(records, min_size=1, max_size=4)


@given(some(events(optional=False)), some(events(optional=False)))
def test_the_alignment_of_events_is_the_best_of_all(
    left: list[LabelEvent], right: list[LabelEvent]
) -> None:
    labels = left, right
    gold, answer = prepared(labels[0]), prepared(labels[1])
    credit = [
        [
            sum(t.correct for t in compare_events(a, b, settings=DEFAULT_SETTINGS).slots.values())
            for b in answer
        ]
        for a in gold
    ]
    allowed = [
        [c if shares_core(a, b) else 0.0 for c, b in zip(row, labels[1], strict=True)]
        for row, a in zip(credit, labels[0], strict=True)
    ]

    pairs = align_events(gold, answer, overlap=0.5)

    assert event_credits(gold, answer, overlap=0.5).tolist() == credit
    assert all(shares_core(labels[0][i], labels[1][j]) for i, j in pairs)
    assert sum(credit[i][j] for i, j in pairs) == best_of_all(allowed)


@given(some(claims(optional=False)), some(claims(optional=False)))
def test_the_alignment_of_claims_is_the_best_of_all(gold: list[Any], answer: list[Any]) -> None:
    def letters(label: Any) -> set[int]:
        return {i for span in label.evidence for i in range(span.start, span.end)}

    def who(label: Any) -> str | None:
        return (
            label.speaker.names[0].casefold().removeprefix("the ") if label.speaker.names else None
        )

    def worth(a: Any, b: Any) -> float:
        common = len(letters(a) & letters(b)) / len(letters(a) | letters(b))
        return (common + (common >= 0.5) + (who(a) == who(b))) if common else 0.0

    pairs = align_claims(prepared(gold), prepared(answer), overlap=0.5)

    matrix = [[worth(a, b) for b in answer] for a in gold]
    assert all(matrix[i][j] > 0 for i, j in pairs)
    assert sum(matrix[i][j] for i, j in pairs) == pytest.approx(best_of_all(matrix), abs=1e-7)


@pytest.mark.parametrize("seed", range(40))
def test_one_to_one_is_the_best_of_all(seed: int) -> None:
    import numpy as np

    rng = random.Random(seed)
    rows, columns = rng.randint(1, 5), rng.randint(1, 5)
    worth = [
        [rng.choice([0.0, 0.0, 0.5, 1.0, rng.random()]) for _ in range(columns)]
        for _ in range(rows)
    ]

    pairs = one_to_one(np.array(worth))

    assert sum(worth[i][j] for i, j in pairs) == pytest.approx(best_of_all(worth))
    assert len({i for i, _ in pairs}) == len({j for _, j in pairs}) == len(pairs)


def random_events(rng: random.Random, prefix: str) -> list[LabelEvent]:
    return [
        event(
            f"{prefix}{index}",
            types=[rng.choice("ABC")],
            status=rng.choice(["occurred", "planned"]),
            place=rng.choice(["Karvel", "Vesk", "Orlen", None]),
            date=rng.choice(["2024-05-01", "2024-05-02", None]),
            actors=[
                (role, name)
                for role in ("initiator", "target")
                for name in rng.sample(["guard", "militia", "mayor"], rng.randint(0, 2))
            ],
            counts=[
                (kind, n, n)
                for kind in ("killed", "wounded")
                for n in rng.sample([1, 2, 3], rng.randint(0, 1))
            ],
        )
        for index in range(rng.randint(0, 6))
    ]


def fillers(label: LabelEvent) -> frozenset[tuple[Any, ...]]:
    filled: set[tuple[Any, ...]] = {("type", label.types[0]), ("status", label.status)}
    if label.place:
        filled.add(("place", label.place.names[0]))
    if label.date:
        filled.add(("date", label.date.start))
    filled |= {("actors", a.role, a.names[0]) for a in label.actors}
    return frozenset(filled | {("counts", c.kind, c.min) for c in label.counts})


def has_core(filled: frozenset[tuple[Any, ...]]) -> frozenset[tuple[Any, ...]]:
    return frozenset(
        f[:1] + f[2:] if f[0] == "actors" else f
        for f in filled
        if f[0] in ("place", "actors", "counts")
    )


def gated(a: frozenset[Any], b: frozenset[Any]) -> float:
    core, other = has_core(a), has_core(b)
    return float(len(a & b)) if core & other or not (core or other) else 0.0


def random_suite(seed: int) -> tuple[list[LabelDocument], list[LabelDocument]]:
    rng = random.Random(seed)
    gold = [document(*random_events(rng, "g"), id=f"d{i}") for i in range(12)]
    answers = []
    for label in gold:
        kept = [e for e in label.events if rng.random() < 0.6]
        answers.append(document(*kept, *random_events(rng, "p"), id=label.id))
    return gold, answers


@pytest.mark.parametrize("seed", range(25))
def test_micro_figures_agree_with_metametric(seed: int) -> None:
    gold, answers = random_suite(seed)
    library = mm.family(
        mm.set_matching[frozenset, "<->"](mm.from_func(gated)),
        mm.micro_average(["precision", "recall", "f1"]),
    ).new()
    for label, answer in zip(gold, answers, strict=True):
        sides = [[fillers(e) for e in side.events] for side in (answer, label)]
        # The library scores two empty sets as 1; here nothing is counted for them.
        if sides[0] or sides[1]:
            library.update_single(*([*side] or [frozenset()] for side in sides))
    theirs = library.compute()

    ours = score(gold, answers)

    assert ours.value("event.precision") == pytest.approx(theirs["precision"], abs=1e-9)
    assert ours.value("event.recall") == pytest.approx(theirs["recall"], abs=1e-9)
    assert ours.value("event.f1") == pytest.approx(theirs["f1"], abs=1e-9)


@pytest.mark.parametrize("slot", ["type", "status", "actors", "place", "date", "counts"])
@pytest.mark.parametrize("seed", range(10))
def test_figures_of_a_slot_agree_with_metametric_where_it_is_the_only_one(
    slot: str, seed: int
) -> None:
    gold, answers = random_suite(seed)

    def only(label: LabelEvent) -> frozenset[Any]:
        return frozenset(f for f in fillers(label) if f[0] == slot)

    gold = [_bare(label, slot) for label in gold]
    library = mm.family(
        mm.set_matching[frozenset, "<->"](mm.from_func(lambda a, b: float(len(a & b)))),
        mm.micro_average(["precision", "recall", "f1"]),
    ).new()
    for label, answer in zip(gold, answers, strict=True):
        sides = [[only(e) for e in side.events] for side in (answer, label)]
        if sides[0] or sides[1]:
            library.update_single(*([*side] or [frozenset()] for side in sides))
    theirs = library.compute()

    ours = score(gold, answers)

    for statistic in ("precision", "recall", "f1"):
        mine = ours.value(f"event.{slot}.{statistic}")
        assert mine == pytest.approx(theirs[statistic], abs=1e-9), statistic


def _bare(label: LabelDocument, slot: str) -> LabelDocument:
    return label.model_copy(update={"annotated": (slot,)})


@pytest.mark.parametrize("seed", range(15))
def test_every_slot_agrees_with_a_second_scorer_that_tries_every_alignment(seed: int) -> None:
    rng = random.Random(seed)
    correct: Multiset[str] = Multiset()
    mine: Multiset[str] = Multiset()
    for index in range(6):
        gold = random_events(rng, "g")[:4]
        kept = [e for e in gold if rng.random() < 0.7]
        answer = [*kept, *random_events(rng, "p")][:5]
        result = score([document(*gold, id=str(index))], [document(*answer, id=str(index))])
        for slot, count in best_slots(gold, answer).items():
            correct[slot] += count
        for slot in ("type", "status", "actors", "place", "date", "counts"):
            tally = result.totals.get(f"event.{slot}")
            mine[slot] += int(tally.correct) if tally else 0

    # Slots may be dealt differently between alignments of equal credit; the sum may not.
    assert sum(mine.values()) == sum(correct.values())


def best_slots(gold: list[LabelEvent], answer: list[LabelEvent]) -> Multiset[str]:
    wide, narrow = (gold, answer) if len(gold) > len(answer) else (answer, gold)
    best: Multiset[str] = Multiset()
    for chosen in permutations(wide, len(narrow)):
        slots: Multiset[str] = Multiset()
        for a, b in zip(narrow, chosen, strict=True):
            if gated(fillers(a), fillers(b)):
                slots.update(f[0] for f in fillers(a) & fillers(b))
        if sum(slots.values()) > sum(best.values()):
            best = slots
    return best


def random_entities(rng: random.Random) -> list[tuple[str, ...]]:
    words = [f"m{i}" for i in range(7)]
    return [tuple(rng.sample(words, rng.randint(1, 3))) for _ in range(rng.randint(0, 4))]


@pytest.mark.parametrize("seed", range(25))
def test_ceaf_ree_agrees_with_metametric(seed: int) -> None:
    rng = random.Random(seed)
    roles = ("perp_individual_id", "phys_tgt_id", "weapon")
    gold = [
        TemplateDocument(str(i), {r: tuple(random_entities(rng)) for r in roles}) for i in range(8)
    ]
    answers = [
        TemplateDocument(
            d.id,
            {
                r: tuple([e[:1] for e in es if rng.random() < 0.6] + random_entities(rng)[:2])
                for r, es in d.roles.items()
            },
        )
        for d in gold
    ]
    subset = mm.from_func(lambda predicted, wanted: float(predicted <= wanted))
    libraries = {
        role: mm.family(
            mm.set_matching[frozenset, "<->"](subset),
            mm.micro_average(["precision", "recall", "f1"]),
        ).new()
        for role in (*roles, "all")
    }
    for label, answer in zip(gold, answers, strict=True):
        for role in roles:
            sides = [[frozenset(e) for e in side.roles[role]] for side in (answer, label)]
            if sides[0] and sides[1]:
                libraries[role].update_single(*sides)
                libraries["all"].update_single(*sides)
            else:
                _one_sided(libraries, role, sides)

    ours = score_templates(gold, answers)

    for role in (*roles, "all"):
        measure = "ceaf-ree" if role == "all" else f"ceaf-ree.{role}"
        theirs = libraries[role].compute()
        for statistic in ("precision", "recall", "f1"):
            mine = ours.value(f"{measure}.{statistic}")
            assert mine == pytest.approx(theirs[statistic], abs=1e-9), (role, statistic)


def _one_sided(libraries: Any, role: str, sides: list[list[frozenset[str]]]) -> None:
    """An empty side counts as 1 for the library; only the other one is told to it."""
    for library in (libraries[role], libraries["all"]):
        library.state.preds.append(float(len(sides[0])))
        library.state.refs.append(float(len(sides[1])))
        library.state.matches.append(0.0)


def test_claims_of_a_worst_case_are_all_paired() -> None:
    gold = [claim(f"c{i}", evidence=[(0, 50 + i)]) for i in range(30)]

    pairs = align_claims(prepared(gold), prepared(gold[::-1]), overlap=0.5)

    assert pairs == [(i, 29 - i) for i in range(30)]
