from __future__ import annotations

import pytest

from dateline.output.tabular import fatalities
from dateline.records import Quantity


def killed(**fields: object) -> Quantity:
    return Quantity.model_validate({"text": "words", "kind": "killed", **fields})


@pytest.mark.parametrize(
    ("counts", "expected"),
    [
        ([], (None, None)),
        ([killed(value=3)], (3, 3)),
        ([killed(min=14, comparator="at_least")], (14, None)),
        ([killed(min=20, max=30)], (20, 30)),
        ([killed(explicit_unknown=True)], (None, None)),
        ([killed(value=400, scope="campaign")], (None, None)),
        ([killed(value=3, kind="wounded")], (None, None)),
        ([killed(value=12, victim_actor="A1"), killed(value=5, victim_actor="A2")], (17, 17)),
        ([killed(value=12, victim_actor="A1"), killed(value=20)], (20, 20)),
        ([killed(value=12, victim_actor="A1"), killed(value=14, victim_actor="A1")], (12, 14)),
        ([killed(value=12, victim_actor="A1"), killed(min=5, victim_actor="A2")], (17, None)),
        ([killed(max=9, comparator="at_most")], (None, 9)),
    ],
)
def test_fatalities_are_the_interval_that_the_counts_allow(
    counts: list[Quantity], expected: tuple[float | None, float | None]
) -> None:
    assert fatalities(counts) == expected
