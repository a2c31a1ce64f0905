"""CEAF-REE by hand, reading templates, and templates made of label documents."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from dateline.errors import GoldError
from dateline.evaluation.gold.document import LabelDocument
from dateline.evaluation.scoring.ceaf_ree import normalise_mention, score_templates
from dateline.evaluation.scoring.score import Score
from dateline.evaluation.scoring.templates import (
    TemplateDocument,
    as_line,
    as_templates,
    read_templates,
)
from support.labels import document, event


def templates(*entities: tuple[str, ...], id: str = "d", role: str = "r") -> TemplateDocument:
    return TemplateDocument(id, {role: entities})


GOLD = templates(("m1", "m2", "m3"), ("m4",), ("m5",), ("m6",))


@pytest.mark.parametrize(
    ("answer", "right"),
    [
        ([("m4",), ("m1",), ("m5",), ("m6",), ("m3",)], 4),
        ([("m1", "m2"), ("m4",), ("m5",), ("m6",)], 4),
        ([("m1", "m2", "m3", "m4"), ("m5",), ("m6",)], 2),
        ([("m1", "m2", "m3"), ("m3",)], 1),
        ([], 0),
    ],
)
def test_entities_are_right_if_all_their_mentions_are(
    answer: list[tuple[str, ...]], right: int
) -> None:
    result = score_templates([GOLD], [templates(*answer)])

    assert result.totals["ceaf-ree"] == (right, len(answer), 4)


def test_an_entity_without_mentions_never_scores_and_counts_as_predicted() -> None:
    result = score_templates([GOLD], [templates((), ("the",), ("m4",))])

    assert result.totals["ceaf-ree"] == (1, 3, 4)


def test_gold_without_mentions_cannot_be_missed() -> None:
    assert (
        score_templates([templates((), ("a",), ("m",))], [templates(("m",))]).value("ceaf-ree.f1")
        == 1.0
    )


def test_roles_of_one_side_only_count_on_that_side() -> None:
    result = score_templates([templates(("m",), role="a")], [templates(("m",), role="b")])

    assert result.totals["ceaf-ree.a"] == (0, 0, 1)
    assert result.totals["ceaf-ree.b"] == (0, 1, 0)
    assert result.value("ceaf-ree.f1") == 0.0


@pytest.mark.parametrize(
    ("mention", "normal"),
    [
        ("The  U.S. Embassy", "us embassy"),
        ("a car-bomb", "carbomb"),
        ("head of the guard", "head of guard"),
        ("The", ""),
        ("Ana’s", "ana’s"),
    ],
)
def test_mentions_are_normalised_as_in_the_literature(mention: str, normal: str) -> None:
    assert normalise_mention(mention) == normal


def test_missing_and_failed_documents_are_listed() -> None:
    other = TemplateDocument("e", {"r": (("m",),)})

    result = score_templates([GOLD, other], [TemplateDocument("e", {}, failed=True)])

    assert result.unpredicted == ("d",)
    assert result.failed == ("e",)
    assert result.value("ceaf-ree.recall") == 0.0
    assert Score.from_json(result.to_json()) == result


def test_unknown_and_double_documents_are_refused_by_name() -> None:
    with pytest.raises(GoldError, match='"d"'):
        score_templates([], [GOLD])
    with pytest.raises(GoldError, match=r'gold: .*twice: "d"'):
        score_templates([GOLD, GOLD], [])


def test_a_template_survives_being_written_and_read(tmp_path: Path) -> None:
    path = tmp_path / "t.jsonl"
    path.write_text(f"{as_line(GOLD)}\n\n{as_line(templates(('ü',), id='x'), predicted=True)}\n")

    assert read_templates(path) == (GOLD, templates(("ü",), id="x"))


@pytest.mark.parametrize(
    ("line", "field"),
    [
        ("{", "$"),
        ("[]", "$"),
        ("[" * 100_000, "$"),
        ('{"gold": {}}', "$.docid"),
        ('{"docid": 7, "gold": {}}', "$.docid"),
        ('{"docid": "x"}', "$"),
        ('{"docid": "x", "gold": {}, "pred": {}}', "$"),
        ('{"docid": "x", "gold": {}, "odd": 1}', "$.odd"),
        ('{"docid": "x", "pred": []}', "$.pred"),
        ('{"docid": "x", "pred": {"r": "m"}}', "$.pred.r"),
        ('{"docid": "x", "pred": {"r": [["m"], "m"]}}', "$.pred.r[1]"),
        ('{"docid": "x", "pred": {"r": [["m", 3]]}}', "$.pred.r[0]"),
    ],
)
def test_a_bad_line_is_named_with_its_file_and_field(tmp_path: Path, line: str, field: str) -> None:
    path = tmp_path / "t.jsonl"
    path.write_text(f"{as_line(GOLD)}\n{line}\n")

    with pytest.raises(GoldError, match=re.escape(f"t.jsonl:2: {field}:")):
        read_templates(path)


def test_a_file_that_cannot_be_read_is_named(tmp_path: Path) -> None:
    with pytest.raises(GoldError, match=r"none\.jsonl: cannot read"):
        read_templates(tmp_path / "none.jsonl")
    (tmp_path / "odd.jsonl").write_bytes(b"\xff\xfe\x00")
    with pytest.raises(GoldError, match="not UTF-8"):
        read_templates(tmp_path / "odd.jsonl")


def test_label_documents_become_entities_of_the_whole_document() -> None:
    label = document(
        event("a", actors=[("target", "Orlen Guard", "guardsmen"), ("initiator", "militia")]),
        event("b", actors=[("target", "mayor"), ("target", "the guardsmen", "OG")]),
        event("c", actors=[("target", "bystander")], optional=True),
    )

    (made,) = as_templates([label])

    assert made.roles == {
        "target": (("Orlen Guard", "guardsmen", "OG"), ("mayor",)),
        "initiator": (("militia",),),
    }
    assert score_templates([made], [made]).value("ceaf-ree.f1") == 1.0


def test_a_failed_prediction_becomes_a_failed_template() -> None:
    (made,) = as_templates([LabelDocument(id="d", error="timed out")])

    assert made.failed
    assert made.roles == {}
