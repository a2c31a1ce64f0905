"""What holds of every score, whatever the documents."""

from __future__ import annotations

from collections.abc import Mapping

from hypothesis import given
from hypothesis import strategies as st

from dateline.evaluation.gold.document import LabelDocument
from dateline.evaluation.scoring.measures import kind_of
from dateline.evaluation.scoring.names import normalise
from dateline.evaluation.scoring.score import Score
from dateline.evaluation.scoring.scorer import score, score_document
from dateline.evaluation.scoring.tallies import Tally
from support.labels import claim, documents, event, renumbered


def found(tallies: Mapping[str, Tally]) -> dict[str, Tally]:
    """What has precision and recall, and of which anything was counted."""
    return {n: tally for n, tally in tallies.items() if kind_of(n) == "found" and any(tally)}


@given(documents())
def test_gold_scores_exactly_one_against_itself_in_everything_that_is_counted(
    gold: LabelDocument,
) -> None:
    result = score([gold], [gold])

    for name, value in result.values().items():
        goal = 0.0 if name.endswith((".rate", ".total")) else 1.0
        if not name.startswith("records_on_empty"):
            assert value in (goal, None), name
    required = [e for e in (*gold.events, *gold.claims) if not e.optional]
    assert (result.value("event.f1") == 1.0) or not gold.events
    assert (result.value("claim.joint.f1") == 1.0) or not gold.claims
    assert all(pair.error is None for pair in result.documents[0].events)
    assert len(required) <= len(gold.events) + len(gold.claims)


@given(documents(), documents(), st.randoms(use_true_random=False))
def test_the_order_of_anything_changes_nothing(
    gold: LabelDocument, answer: LabelDocument, random: object
) -> None:
    def shuffled(document: LabelDocument) -> LabelDocument:
        def mixed(items: tuple[object, ...]) -> tuple[object, ...]:
            return tuple(random.sample(items, len(items)))  # type: ignore[attr-defined]

        events = [
            e.model_copy(
                update={
                    slot: mixed(getattr(e, slot))
                    for slot in ("types", "actors", "counts", "evidence")
                }
            )
            for e in document.events
        ]
        claims = [c.model_copy(update={"evidence": mixed(c.evidence)}) for c in document.claims]
        return document.model_copy(
            update={"events": mixed(tuple(events)), "claims": mixed(tuple(claims))}
        )

    before = score_document(gold, answer)
    after = score_document(shuffled(gold), shuffled(answer))

    assert after.tallies == before.tallies


@given(documents(optional=False, single=True), documents(optional=False, single=True))
def test_swapping_gold_and_prediction_swaps_precision_and_recall(
    gold: LabelDocument, answer: LabelDocument
) -> None:
    # A predicted range inside gold is right leniently, and not the other way round.
    there = found(score_document(gold, answer).tallies)
    back = found(score_document(answer, gold).tallies)

    for name in there.keys() | back.keys():
        if name != "event.lenient.counts" and name != "event.lenient":
            correct, predicted, wanted = there[name]
            assert back[name] == (correct, wanted, predicted), name


@given(documents(), documents())
def test_a_record_that_has_nothing_to_do_with_gold_lowers_precision_only(
    gold: LabelDocument, answer: LabelDocument
) -> None:
    stranger = event("x", types=["Riots"], place="Nowhere", evidence=[(900, 950)])
    idle = claim("x", speaker="Nobody Known", evidence=[(900, 950)])
    more = answer.model_copy(
        update={"events": (*answer.events, stranger), "claims": (*answer.claims, idle)}
    )

    before = found(score_document(gold, answer).tallies)
    after = found(score_document(gold, more).tallies)

    for name, tally in before.items():
        assert after[name].correct == tally.correct, name
        assert after[name].gold == tally.gold, name
        assert after[name].predicted >= tally.predicted, name
    for name in ("event.found", "claim.content"):
        assert after[name].predicted == before.get(name, Tally()).predicted + 1


@given(documents(optional=False), st.data())
def test_leaving_out_records_of_a_perfect_answer_lowers_recall_only(
    gold: LabelDocument, data: st.DataObject
) -> None:
    kept = [e for e in gold.events if data.draw(st.booleans())]
    said = [c for c in gold.claims if data.draw(st.booleans())]
    answer = gold.model_copy(update={"events": tuple(kept), "claims": tuple(said)})

    result = score([gold], [answer])

    for measure in ("event", "event.found", "event.composite", "claim.content", "claim.joint"):
        assert result.value(f"{measure}.precision") in (1.0, None)
    if gold.events:
        assert result.value("event.found.recall") == len(kept) / len(gold.events)
    if gold.claims:
        assert result.value("claim.joint.recall") == len(said) / len(gold.claims)


@given(documents(optional=False), documents(optional=False), st.data())
def test_leaving_out_any_event_never_raises_the_recall_of_all_slots(
    gold: LabelDocument, answer: LabelDocument, data: st.DataObject
) -> None:
    left = [e for e in answer.events if data.draw(st.booleans())]

    whole = score_document(gold, answer).tallies["event"]
    part = score_document(gold, answer.model_copy(update={"events": tuple(left)})).tallies["event"]

    assert part.correct <= whole.correct
    assert part.gold == whole.gold


@given(documents(), documents())
def test_lenient_is_never_below_strict_and_no_figure_leaves_zero_to_one(
    gold: LabelDocument, answer: LabelDocument
) -> None:
    result = score([gold], [answer])
    tallies = result.totals

    for strict, lenient in (
        ("event", "event.lenient"),
        ("event.actors", "event.lenient.actors"),
        ("event.place", "event.lenient.place"),
        ("event.counts", "event.lenient.counts"),
        ("claim.speaker", "claim.lenient.speaker"),
        ("event.evidence_exact", "event.evidence"),
        ("claim.content_exact", "claim.content"),
        ("claim.joint", "claim.content"),
        ("event.composite", "event.found"),
    ):
        assert tallies.get(strict, Tally()).correct <= tallies.get(lenient, Tally()).correct
    for name, value in result.values().items():
        assert value is None or name.endswith(".total") or 0.0 <= value <= 1.0, name


@given(documents(), documents())
def test_micro_measures_are_the_sums_of_their_slots(
    gold: LabelDocument, answer: LabelDocument
) -> None:
    result = score_document(gold, answer)
    slots = ("type", "sub_type", "status", "actors", "place", "date", "counts", "evidence")
    summed = Tally()
    for slot in slots:
        summed = summed.plus(result.tallies.get(f"event.{slot}", Tally()))
    of_pairs = Tally()
    for pair in result.events:
        for one in pair.slots.values():
            of_pairs = of_pairs.plus(one.tally)

    assert result.tallies["event"] == summed == of_pairs


@given(documents())
def test_a_prediction_that_failed_is_as_bad_as_none_and_as_an_empty_one(
    gold: LabelDocument,
) -> None:
    failed = gold.model_copy(update={"error": "timeout"})
    empty = LabelDocument(id=gold.id)

    scores = [score([gold], answers) for answers in ([failed], [], [empty])]

    assert found(scores[0].totals) == found(scores[1].totals)
    assert found(scores[1].totals) == found(scores[2].totals)
    assert [s.failed for s in scores] == [("d1",), (), ()]
    assert [s.unpredicted for s in scores] == [(), ("d1",), ()]


@given(documents(), documents())
def test_a_score_survives_being_written_and_read(
    gold: LabelDocument, answer: LabelDocument
) -> None:
    result = score([gold], [answer])

    assert Score.from_json(result.to_json()) == result


@given(documents(optional=False))
def test_optional_gold_that_is_not_found_changes_nothing(gold: LabelDocument) -> None:
    extra = event("x", place="Elsewhere", evidence=[(500, 520)], optional=True)
    idle = claim("x", evidence=[(500, 520)], optional=True)
    wider = gold.model_copy(
        update={"events": (*gold.events, extra), "claims": (*gold.claims, idle)}
    )

    plain, more = score_document(gold, gold), score_document(wider, gold)

    assert found(plain.tallies) == found(more.tallies)


@given(st.text(max_size=30))
def test_normalising_twice_is_normalising_once(name: str) -> None:
    assert normalise(normalise(name)) == normalise(name)


def test_documents_of_the_strategy_are_numbered_anew() -> None:
    once = renumbered(LabelDocument(id="d", events=(event("q"), event("q"))))

    assert [e.id for e in once.events] == ["e0", "e1"]
