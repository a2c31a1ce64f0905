"""Stored answers: written and read without loss, and told from damage."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dateline.cache.entry import CachedFailure, decode, encode, facts_and_parts, is_final
from dateline.completion import Completion
from dateline.errors import CacheError, RateLimited, Refused, Rejected, Truncated, Unavailable
from dateline.records import Usage

PARTS = {"prefix": "ab", "epoch": 0, "article_id": "Überfall\n1"}
ANY_TEXT = st.text(st.characters(exclude_categories=[]), max_size=200)
WRITTEN = encode(
    Completion(text='{"events": [1]}', usage=Usage(calls=1, input_tokens=9)), PARTS, stored_at=1.5
)


@given(ANY_TEXT, st.sampled_from(["stop", "length", "refusal"]), st.none() | ANY_TEXT)
def test_an_answer_comes_back_as_it_was_and_costs_nothing(text, finish, detail):
    paid = Completion(
        text,
        finish,
        Usage(calls=1, output_tokens=7, cost_usd=0.1),
        "openai",
        "gpt-5",
        False,
        detail,
    )

    read = decode(encode(paid, PARTS, stored_at=1.5))

    assert read == Completion(text, finish, Usage(cached_calls=1), "openai", "gpt-5", True, detail)


def test_what_was_paid_and_the_key_parts_stay_readable():
    facts, parts = facts_and_parts(WRITTEN)

    assert facts["usage"] == {"calls": 1, "input_tokens": 9}
    assert parts == PARTS


def test_a_failure_comes_back_as_the_error_it_was():
    stored = CachedFailure("refused", "the model declined", "Ask otherwise.", 200)

    read = decode(encode(stored, PARTS, stored_at=1.5))

    assert read == stored
    assert isinstance(read.as_error(), Refused)
    assert read.as_error().what == "the model declined"


@pytest.mark.parametrize("cut", range(len(WRITTEN)))
def test_a_cut_entry_is_an_error_and_never_an_answer(cut):
    with pytest.raises(CacheError):
        decode(WRITTEN[:cut])


@given(st.integers(0, len(WRITTEN) - 1), st.integers(1, 255))
def test_a_changed_byte_never_changes_the_answer(at, by):
    damaged = bytearray(WRITTEN)
    damaged[at] ^= by

    try:
        read = decode(bytes(damaged))
    except CacheError:
        return

    assert read.text == '{"events": [1]}'


@given(st.none() | st.integers() | st.text() | st.binary())
def test_anything_else_is_an_error_of_ours(value):
    with pytest.raises(CacheError):
        decode(value)


@pytest.mark.parametrize(
    ("error", "final"),
    [
        (Refused("x"), True),
        (Truncated("x"), True),
        (Unavailable("x"), False),
        (RateLimited("x"), False),
        (Rejected("x"), False),
    ],
)
def test_only_what_would_fail_again_the_same_way_is_final(error, final):
    assert is_final(error) is final
