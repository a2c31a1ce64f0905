"""Variants: every combination once, each with a name that can be a folder's."""

from __future__ import annotations

from pathlib import Path

import pytest

from dateline.errors import EvaluationError
from dateline.evaluation.suites import Variant, load_suite
from support.suites import suite_folder


def test_every_combination_is_a_variant_the_last_axis_fastest(tmp_path: Path) -> None:
    suite = load_suite(
        suite_folder(tmp_path, matrix={"asking": ["direct", "guided"], "max_reasks": [0, 1]})
    )

    names = [variant.name for variant in suite.variants(["a", "b"])]

    assert names == [
        f"{provider}+{asking}+max_reasks-{reasks}"
        for provider in "ab"
        for asking in ("direct", "guided")
        for reasks in (0, 1)
    ]


def test_null_is_the_usual_way(tmp_path: Path) -> None:
    suite = load_suite(suite_folder(tmp_path, matrix={"prompts": [None, "prompts/mine"]}))

    assert suite.variants() == (Variant("told"), Variant("told", prompts="prompts/mine"))
    assert [variant.name for variant in suite.variants()] == ["told", "told+mine"]


def test_one_value_needs_no_list(tmp_path: Path) -> None:
    suite = load_suite(suite_folder(tmp_path, matrix={"asking": "guided"}))

    assert suite.variants() == (Variant("told", asking="guided"),)


def test_providers_that_are_asked_for_replace_those_of_the_suite(tmp_path: Path) -> None:
    suite = load_suite(suite_folder(tmp_path))

    assert suite.variants(["silent", "silent"]) == (Variant("silent"),)


@pytest.mark.parametrize(
    ("variant", "name"),
    [
        (Variant(), "default"),
        (Variant("openai/gpt-5-mini"), "openai-gpt-5-mini"),
        (Variant("../../etc"), "etc"),
        (Variant("..."), "default"),
        (Variant("a", prompts="my prompts/v 2/"), "a+v-2"),
        (Variant("a", taxonomy="../sea.json"), "a+sea.json"),
    ],
)
def test_a_name_can_be_that_of_a_folder(variant: Variant, name: str) -> None:
    assert variant.name == name


def test_two_variants_with_one_name_are_refused(tmp_path: Path) -> None:
    suite = load_suite(suite_folder(tmp_path, matrix={"prompts": ["a/v2", "b/V2"]}))

    with pytest.raises(EvaluationError, match=r"two variants .* have the name 'told\+V2'"):
        suite.variants()
