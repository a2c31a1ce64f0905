"""The examples in the docs of the format are labels that compile."""

from __future__ import annotations

import re
from pathlib import Path

from dateline.evaluation.gold.document import EVENT_SLOTS, LabelClaim, LabelDocument, LabelEvent
from dateline.evaluation.gold.yaml_view import from_yaml_leniently
from dateline.records import vocabulary
from dateline.taxonomy import load_taxonomy

DOCS = Path(__file__).parents[3] / "docs"
BLOCK = re.compile(r"^```(\w+)\n(.*?)^```", re.MULTILINE | re.DOTALL)


def test_the_worked_example_compiles_without_a_warning() -> None:
    blocks = dict(BLOCK.findall((DOCS / "gold.md").read_text("utf-8")))

    documents, problems = from_yaml_leniently(
        blocks["yaml"], {"mill": blocks["text"]}, taxonomy=load_taxonomy("acled")
    )

    assert problems == ()
    assert len(documents[0].claims) == 2


def test_every_field_is_documented() -> None:
    page = (DOCS / "gold.md").read_text("utf-8")
    names = {
        name for model in (LabelDocument, LabelEvent, LabelClaim) for name in model.model_fields
    }

    assert {name for name in {*names, *EVENT_SLOTS} if f"`{name}`" not in page} == set()


def test_the_guideline_has_a_rule_for_every_value_that_is_labelled() -> None:
    page = (DOCS / "labelling.md").read_text("utf-8")
    values = {
        *vocabulary.EventStatus.__args__,  # type: ignore[attr-defined]
        *vocabulary.Salience.__args__,  # type: ignore[attr-defined]
        *vocabulary.ActorRole.__args__,  # type: ignore[attr-defined]
        *vocabulary.QuoteType.__args__,  # type: ignore[attr-defined]
        *vocabulary.Certainty.__args__,  # type: ignore[attr-defined]
    }

    assert {value for value in values if f"`{value}`" not in page} == set()
    for field in (*LabelEvent.model_fields, *LabelClaim.model_fields):
        if field not in ("id", "note", "event_ids"):
            assert f"`{field}`" in page, field
