"""Claims: content, speaker, both, and how they are put."""

from __future__ import annotations

import pytest

from dateline.evaluation.gold.document import LabelClaim
from dateline.evaluation.scoring.scorer import score_document
from dateline.evaluation.scoring.tallies import Tally
from support.labels import claim, document


def tallies(gold: list[LabelClaim], predicted: list[LabelClaim]) -> dict[str, Tally]:
    return dict(score_document(document(*gold), document(*predicted)).tallies)


@pytest.mark.parametrize(
    ("spans", "content", "exact"),
    [
        ([(0, 40)], 1, 1),
        ([(0, 20)], 1, 0),
        ([(0, 19)], 0, 0),
        ([(0, 20), (20, 40)], 1, 1),
        ([(0, 10), (30, 40)], 1, 0),
        ([(30, 50)], 0, 0),
    ],
)
def test_content_is_compared_as_the_union_of_its_spans(
    spans: list[tuple[int, int]], content: int, exact: int
) -> None:
    found = tallies([claim(evidence=[(0, 40)])], [claim(evidence=spans)])

    assert found["claim.content"] == (content, 1, 1)
    assert found["claim.content_exact"] == (exact, 1, 1)


def test_claims_whose_evidence_does_not_overlap_are_not_paired() -> None:
    found = tallies(
        [claim(speaker="Ana Holt", evidence=[(0, 40)])],
        [claim(speaker="Ana Holt", evidence=[(40, 80)])],
    )

    assert found["claim.speaker"] == (0, 1, 1)
    assert found["claim.joint"] == (0, 1, 1)


def test_a_joint_point_needs_content_and_speaker() -> None:
    gold = [claim(speaker="Ana Holt", evidence=[(0, 40)])]

    assert tallies(gold, gold)["claim.joint"] == (1, 1, 1)
    wrong = tallies(gold, [claim(speaker="Bo Lind", evidence=[(0, 40)])])
    assert wrong["claim.content"] == (1, 1, 1)
    assert wrong["claim.joint"] == (0, 1, 1)
    short = tallies(gold, [claim(speaker="Ana Holt", evidence=[(0, 9)])])
    assert short["claim.speaker"] == (1, 1, 1)
    assert short["claim.joint"] == (0, 1, 1)


def test_nobody_said_it_is_right_for_the_joint_point_and_no_speaker() -> None:
    gold = [claim(evidence=[(0, 40)])]

    found = tallies(gold, gold)

    assert found["claim.joint"] == (1, 1, 1)
    assert "claim.speaker" not in found
    named = tallies(gold, [claim(speaker="Ana Holt", evidence=[(0, 40)])])
    assert named["claim.speaker"] == (0, 1, 0)
    assert named["claim.joint"] == (0, 1, 1)


def test_a_speaker_may_be_right_leniently_only() -> None:
    found = tallies(
        [claim(speaker="Ana Holt", evidence=[(0, 40)])],
        [claim(speaker="Dr Ana Holt", evidence=[(0, 40)])],
    )

    assert found["claim.speaker"] == (0, 1, 1)
    assert found["claim.lenient.speaker"] == (1, 1, 1)
    assert found["claim.joint"] == (0, 1, 1)


def test_manner_is_an_accuracy_on_claims_whose_content_is_right() -> None:
    gold = [claim("a", evidence=[(0, 40)]), claim("b", evidence=[(50, 90)])]
    answer = [
        claim("a", evidence=[(0, 40)], certainty="probable", quote_type="direct"),
        claim("b", evidence=[(50, 60)], polarity="negative"),
    ]

    found = tallies(gold, answer)

    assert found["claim.certainty"] == (0, 1, 1)
    assert found["claim.quote_type"] == (0, 1, 1)
    assert found["claim.polarity"] == (1, 1, 1)


def test_the_speaker_decides_which_of_two_overlapping_claims_is_meant() -> None:
    gold = [
        claim("a", speaker="Ana Holt", evidence=[(0, 40)]),
        claim("b", speaker="Bo Lind", evidence=[(0, 40)]),
    ]
    answer = [
        claim("p", speaker="Bo Lind", evidence=[(0, 40)]),
        claim("q", speaker="Ana Holt", evidence=[(0, 40)]),
    ]

    assert tallies(gold, answer)["claim.joint"] == (2, 2, 2)


def test_equal_claims_that_differ_in_manner_pair_with_their_like() -> None:
    gold = [
        claim("a", evidence=[(0, 40)], certainty="probable"),
        claim("b", evidence=[(0, 40)]),
    ]

    assert tallies(gold, gold[::-1])["claim.certainty"] == (2, 2, 2)


def test_an_optional_claim_helps_where_it_is_right_and_hurts_nowhere() -> None:
    gold = [claim(speaker="Ana Holt", evidence=[(0, 40)], optional=True)]

    found = tallies(gold, [claim(speaker="Bo Lind", evidence=[(0, 40)], certainty="possible")])

    assert found["claim.content"] == (1, 1, 1)
    assert found["claim.joint"] == found["claim.speaker"] == (0, 0, 0)
    assert found["claim.certainty"] == (0, 0, 0)
    assert tallies(gold, [])["claim.content"] == (0, 0, 0)


def test_of_two_claims_that_fit_alike_the_one_that_is_required_is_found() -> None:
    may = claim("a", evidence=[(0, 40)], optional=True)
    must = claim("b", evidence=[(0, 40)], certainty="probable")

    for gold in ([may, must], [must, may]):
        assert tallies(gold, [claim("p", evidence=[(0, 40)])])["claim.certainty"] == (0, 1, 1)
