"""Events slot by slot, the composite, optional gold, and slots that are not annotated."""

from __future__ import annotations

import pytest

from dateline.evaluation.gold.document import LabelDocument
from dateline.evaluation.scoring.scorer import score, score_document
from dateline.evaluation.scoring.settings import ScoringSettings
from dateline.evaluation.scoring.tallies import Tally
from dateline.taxonomy import load_taxonomy
from support.labels import document, event

_TWO = [("killed", 3, 3), ("wounded", 2, 2)]


def tallies(gold: object, predicted: object, **fields: object) -> dict[str, Tally]:
    sides = [
        each if isinstance(each, LabelDocument) else document(*([each] if each else []), **fields)
        for each in (gold, predicted)
    ]
    return dict(score_document(*sides).tallies)


def test_type_is_a_slot_and_no_gate() -> None:
    gold = event(types=["Battles"], place="Karvel")

    found = tallies(gold, event(types=["Riots"], place="Karvel"))

    assert found["event.found"] == (1, 1, 1)
    assert found["event.type"] == (0, 1, 1)
    assert found["event.composite"] == (0, 1, 1)


def test_any_accepted_type_is_right() -> None:
    gold = event(types=["Battles", "Riots"], place="Karvel")

    assert tallies(gold, event(types=["riots"], place="Karvel"))["event.type"] == (1, 1, 1)


def test_the_name_of_a_sub_type_stands_for_its_type_with_a_taxonomy() -> None:
    gold = document(event(types=["Armed clash"], place="Karvel"))
    answer = document(event(types=["Battles"], sub_types=["Armed clash"], place="Karvel"))
    settings = ScoringSettings(taxonomy=load_taxonomy("acled"))

    with_it = score_document(gold, answer, settings=settings).tallies
    without = score_document(gold, answer).tallies

    assert with_it["event.type"] == with_it["event.sub_type"] == (1, 1, 1)
    assert without["event.type"] == (0, 1, 1)


def test_a_sub_type_is_not_missed_where_another_accepted_type_has_none() -> None:
    settings = ScoringSettings(taxonomy=load_taxonomy("acled"))
    gold = document(event(types=["Protests", "Mob violence"], place="Karvel"))
    plain = document(event(types=["Protests"], place="Karvel"))
    wrong = document(event(types=["Riots"], sub_types=["Violent demonstration"], place="Karvel"))

    assert "event.sub_type" not in score_document(gold, plain, settings=settings).tallies
    assert score_document(gold, wrong, settings=settings).tallies["event.sub_type"] == (0, 1, 1)


def test_sub_types_are_not_scored_where_gold_has_none() -> None:
    gold = event(place="Karvel")

    assert "event.sub_type" not in tallies(gold, event(sub_types=["Armed clash"], place="Karvel"))


def test_a_status_always_counts() -> None:
    assert tallies(event(), None)["event.status"] == (0, 0, 1)
    assert tallies(None, event())["event.status"] == (0, 1, 0)
    gold = event(place="Karvel", status="planned")
    assert tallies(gold, event(place="Karvel"))["event.status"] == (0, 1, 1)


def test_an_actor_in_another_role_is_wrong_in_both() -> None:
    gold = event(actors=[("initiator", "Orlen Guard"), ("target", "Vesk militia")])
    answer = event(actors=[("initiator", "Vesk militia"), ("initiator", "Orlen Guard")])

    found = tallies(gold, answer)

    assert found["event.actors"] == (1, 2, 2)
    assert found["event.actors.initiator"] == (1, 2, 1)
    assert found["event.actors.target"] == (0, 0, 1)


def test_actors_are_paired_for_the_most_that_are_right() -> None:
    # "guard" fits both actors of gold; pairing it with the first would leave the second alone.
    gold = event(actors=[("target", "Orlen Guard", "guard"), ("target", "guard", "guards")])
    answer = event(actors=[("target", "guard"), ("target", "Orlen Guard")])

    assert tallies(gold, answer)["event.actors"] == (2, 2, 2)


def test_one_name_twice_fills_one_actor_only() -> None:
    gold = event(actors=[("target", "Orlen Guard")])
    answer = event(actors=[("target", "Orlen Guard"), ("target", "the Orlen guard")])

    assert tallies(gold, answer)["event.actors"] == (1, 2, 1)


@pytest.mark.parametrize(
    ("gold", "answer", "tally"),
    [
        ("2024-05-01", "2024-05-01", (1, 1, 1)),
        ("2024-05-01/2024-05-31", "2024-05-07", (0.5, 1, 1)),
        ("2024-05-07", "2024-05-01/2024-05-31", (0, 1, 1)),
        ("2024-05-01/2024-05-03", "2024-05-02/2024-05-04", (0, 1, 1)),
        ("2024-05-01", None, (0, 0, 1)),
        (None, "2024-05-01", (0, 1, 0)),
    ],
)
def test_dates_are_intervals(gold: str | None, answer: str | None, tally: tuple[float]) -> None:
    found = tallies(event(place="Karvel", date=gold), event(place="Karvel", date=answer))

    assert found["event.date"] == tally


def test_a_date_inside_an_open_interval_is_half_right() -> None:
    gold = event(place="Karvel", date={"end": "2024-05-31"})
    answer = event(place="Karvel", date={"start": "2024-05-01", "end": "2024-05-02"})

    assert tallies(gold, answer)["event.date"] == (0.5, 1, 1)


def test_dates_that_nobody_knows_are_no_filler() -> None:
    gold = event(place="Karvel", date={"not_after": "2024-05-31"})

    assert "event.date" not in tallies(gold, event(place="Karvel", date={}))


@pytest.mark.parametrize(
    ("gold", "answer", "strict", "lenient"),
    [
        (("killed", 23, 23), ("killed", 23, 23), 1, 1),
        (("killed", 23, 23), ("wounded", 23, 23), 0, 0),
        (("killed", 23, None), ("killed", 25, 25), 0, 1),
        (("killed", 20, 30), ("killed", 22, 28), 0, 1),
        (("killed", 22, 28), ("killed", 20, 30), 0, 0),
        (("killed", 20, 30), ("killed", 22, None), 0, 0),
        (("killed", None, None), ("killed", None, None), 1, 1),
        (("killed", None, None), ("killed", 4, 4), 0, 0),
        (("killed", 4, 4), ("killed", None, None), 0, 0),
    ],
)
def test_counts_are_ranges_of_one_kind(
    gold: tuple[object], answer: tuple[object], strict: int, lenient: int
) -> None:
    found = tallies(event(place="Karvel", counts=[gold]), event(place="Karvel", counts=[answer]))

    assert found["event.counts"] == (strict, 1, 1)
    assert found["event.lenient.counts"] == (lenient, 1, 1)


def test_victims_are_an_accuracy_on_equal_counts_whose_victims_gold_names() -> None:
    gold = event(
        counts=[("killed", 3, 3, "Ana Holt"), ("killed", 3, 3, "Bo Lind"), ("wounded", 2, 2)]
    )
    answer = event(
        counts=[("killed", 3, 3, "Bo Lind"), ("killed", 3, 3, "Cy Marr"), ("wounded", 2, 2, "Bo")]
    )

    found = tallies(gold, answer)

    assert found["event.counts"] == (3, 3, 3)
    assert found["event.victim"] == (1, 2, 2)


def test_evidence_is_paired_one_to_one_from_half_the_characters_on() -> None:
    gold = event(evidence=[(0, 20), (100, 120)])
    answer = event(evidence=[(0, 10), (0, 11), (100, 109)])

    found = tallies(gold, answer)

    assert found["event.evidence"] == (1, 3, 2)
    assert found["event.evidence_exact"] == (0, 3, 2)


def test_the_composite_wants_type_place_and_every_number() -> None:
    gold = event(place="Karvel", counts=_TWO)
    right = event(place="karvel", counts=[("wounded", 2, 2), ("killed", 3, 3)], status="planned")
    spare = event(place="Karvel", counts=[*_TWO, ("killed", 9, 9)])

    assert tallies(gold, right)["event.composite"] == (1, 1, 1)
    assert tallies(gold, spare)["event.composite"] == (0, 1, 1)
    assert tallies(gold, event(place="Karvel"))["event.composite"] == (0, 1, 1)


def test_a_slot_empty_on_both_sides_is_right_for_the_composite_and_counts_nowhere_else() -> None:
    gold = event(evidence=[(0, 9)])

    found = tallies(gold, gold)

    assert found["event.composite"] == (1, 1, 1)
    assert "event.place" not in found
    assert "event.counts" not in found


def test_events_that_share_nothing_of_substance_are_not_paired() -> None:
    gold = event(types=["Battles"], place="Karvel", date="2024-05-01", counts=[("killed", 3, 3)])
    answer = event(types=["Battles"], place="Vesk", date="2024-05-01", counts=[("killed", 4, 4)])

    assert tallies(gold, answer)["event.found"] == (0, 1, 1)
    assert tallies(gold, answer)["event.type"] == (0, 1, 1)


def test_an_unknown_number_on_both_sides_is_nothing_shared() -> None:
    gold = event(place="Karvel", counts=[("killed", None, None)])
    answer = event(place="Vesk", counts=[("killed", None, None)])

    assert tallies(gold, answer)["event.found"] == (0, 1, 1)


def test_events_without_anything_to_share_pair_with_each_other() -> None:
    assert tallies(event(), event())["event.found"] == (1, 1, 1)
    assert tallies(event(), event(place="Karvel"))["event.found"] == (0, 1, 1)


def test_an_optional_event_helps_where_it_is_right_and_hurts_nowhere() -> None:
    gold = event(optional=True, place="Karvel", counts=[("killed", 3, 3)], date="2024-05-01")
    answer = event(place="Karvel", counts=[("killed", 4, 4), ("killed", 5, 5)])

    found = tallies(gold, answer)

    assert found["event.found"] == (1, 1, 1)
    assert found["event.place"] == (1, 1, 1)
    assert found["event.counts"] == found["event.date"] == (0, 0, 0)
    assert found["event.composite"] == (0, 0, 0)
    assert found["event"] == (3, 3, 3)
    assert tallies(gold, None)["event"] == (0, 0, 0)


def test_of_two_events_that_fit_alike_the_one_that_is_required_is_found() -> None:
    must = event("e1", place="Karvel")
    may = event("e2", place="Karvel", optional=True)

    for gold in (document(may, must), document(must, may)):
        assert tallies(gold, event(place="Karvel"))["event.found"] == (1, 1, 1)
        pairs = score_document(gold, document(event(place="Karvel"))).events
        assert {p.gold: p.predicted for p in pairs} == {"e1": "e1", "e2": None}


def test_slots_that_gold_does_not_annotate_are_not_scored() -> None:
    gold = document(
        event(evidence=[(0, 9)], place="Karvel"), annotated=("type", "date", "evidence")
    )
    answer = document(
        event(evidence=[(0, 9)], place="Vesk", status="denied", actors=[("target", "Ana")])
    )

    found = dict(score_document(gold, answer).tallies)

    assert found["event"] == (2, 2, 2)
    assert {"event.place", "event.status", "event.actors"}.isdisjoint(found)


def test_the_number_of_events_is_an_accuracy_of_its_own() -> None:
    gold = document(event("a", place="X"), event("b", place="Y"), event("c", optional=True))

    for number, right in ((1, 0), (2, 1), (3, 1), (4, 0)):
        answer = document(*(event(f"p{i}", place="Z") for i in range(number)))
        assert score_document(gold, answer).tallies["event.number"] == (right, 1, 1)


def test_every_record_is_in_the_drill_down_with_its_slots_and_its_error() -> None:
    gold = document(
        event("a", place="Karvel", date="2024-05-01"),
        event("b", place="Vesk"),
        event("c", place="Orlen"),
        event("d", place="Tamm", optional=True),
    )
    answer = document(
        event("p", place="Nowhere"),
        event("q", place="Vesk"),
        event("r", place="Karvel", status="denied", counts=[("killed", 1, 1)]),
    )

    pairs = {(p.gold, p.predicted): p for p in score([gold], [answer]).documents[0].events}

    assert {key: pair.error for key, pair in pairs.items()} == {
        ("a", "r"): "wrong_slot",
        ("b", "q"): None,
        ("c", None): "missed",
        ("d", None): None,
        (None, "p"): "spurious",
    }
    assert {slot: one.outcome for slot, one in pairs["a", "r"].slots.items()} == {
        "type": "right",
        "status": "wrong",
        "place": "right",
        "date": "missing",
        "counts": "spurious",
    }
    assert pairs["d", None].slots["place"].outcome == "optional"
