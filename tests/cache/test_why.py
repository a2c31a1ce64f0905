"""Why a request is answered from the cache, or is not."""

from __future__ import annotations

from dataclasses import replace

import pytest

from dateline.cache import CachedFailure, CompletionCache, why
from dateline.completion import Completion, Message, Prefix, Sampling
from support.asking import request

MINE = {"family": "openai", "model": "gpt-5"}
ASKED = request("Two trucks burned near Karesh.", article_id="a1")


@pytest.fixture
def folder(tmp_path):
    """One stored answer about ``a1``, an older one about another article."""
    store(tmp_path, request("A bridge fell in Odrin.", article_id="b2"))
    store(tmp_path, ASKED)
    return tmp_path


def store(folder, asked, answer=None, **mine):
    mine = {**MINE, **mine}
    with CompletionCache(folder) as cache:
        key = cache.key(asked, **mine)
        cache.put(key, answer or Completion("{}"), asked, **mine)
    return key


def test_a_hit_is_called_one(folder):
    found = why(folder, ASKED, **MINE)

    assert found.hit
    assert found.differences == ()
    assert found.sentence.startswith("Hit")


def test_a_stored_refusal_is_a_hit_that_says_so(folder):
    asked = request("Something else.")
    store(folder, asked, CachedFailure("refused", "declined"))

    found = why(folder, asked, **MINE)

    assert (found.hit, found.failure) == (True, "refused")
    assert "refused" in found.sentence


@pytest.mark.parametrize(
    ("asked", "mine", "parts"),
    [
        (ASKED, {"model": "gpt-6"}, {"model"}),
        (ASKED, {"epoch": 3}, {"epoch"}),
        (ASKED, {"family": "local", "model": "smol"}, {"family", "model"}),
        (replace(ASKED, sampling=Sampling(temperature=0.7)), {}, {"sampling.temperature"}),
        (replace(ASKED, prefix=Prefix((Message("system", "new"),))), {}, {"prefix"}),
        (replace(ASKED, messages=(Message("user", "edited"),)), {}, {"messages"}),
    ],
    ids=lambda value: str(value)[:40],
)
def test_a_miss_names_exactly_what_changed(folder, asked, mine, parts):
    found = why(folder, asked, **{**MINE, **mine})

    assert not found.hit
    assert {d.part for d in found.differences} == parts
    assert found.sentence.startswith("Miss")


def test_both_values_are_shown(folder):
    found = why(folder, replace(ASKED, sampling=Sampling(max_tokens=9)), **MINE)

    assert [(d.stored, d.asked) for d in found.differences] == [("4096", "9")]


def test_a_parameter_left_to_the_provider_is_called_default(folder):
    found = why(folder, replace(ASKED, sampling=Sampling(temperature=None)), **MINE)

    assert [(d.stored, d.asked) for d in found.differences] == [("0.0", "default")]


def test_of_two_entries_the_one_that_differs_less_is_compared(folder):
    asked = replace(ASKED, sampling=Sampling(seed=1))
    store(folder, replace(ASKED, sampling=Sampling(temperature=0.9)), model="gpt-6")

    found = why(folder, asked, **MINE)

    assert [d.part for d in found.differences] == ["sampling.seed"]


def test_the_explanation_repeats_no_text(folder):
    found = why(folder, replace(ASKED, messages=(Message("user", "edited secret"),)), **MINE)

    assert "secret" not in repr(found)
    assert "trucks" not in repr(found)


def test_an_empty_folder_has_nothing_to_compare(tmp_path):
    found = why(tmp_path / "none", ASKED, **MINE)

    assert (found.hit, found.nearest) == (False, None)
    assert "nothing comparable" in found.sentence


def test_an_answer_that_is_too_old_is_a_miss_that_says_since_when(folder):
    found = why(folder, ASKED, **MINE, max_age_s=1e-9)

    assert not found.hit
    assert found.stale_since is not None
    assert "too old since" in found.sentence
    assert why(folder, ASKED, **MINE, max_age_s=3600).hit
