from __future__ import annotations

import pytest

from dateline.evaluation.gold.hashes import Letters, letters_of, quote_sha256, text_sha256


def test_a_quote_has_the_same_hash_however_its_lines_are_broken() -> None:
    assert quote_sha256("three\u00a0millers\r\n died") == quote_sha256("three millers died")
    assert quote_sha256("three millers died") != quote_sha256("Three millers died")
    assert len(quote_sha256("x")) == 16


def test_the_hash_of_a_text_is_the_published_one() -> None:
    # Source: FIPS 180-4 example for the message "abc".
    assert text_sha256("abc").startswith("ba7816bf8f01cfea")


@pytest.mark.parametrize("text", ["", " \n", "a", " ab  c\u2003d ", "a\r\nb c", "élan vital\n"])
def test_letters_are_counted_as_removing_whitespace_counts_them(text: str) -> None:
    letters = Letters(text)

    assert letters.count == len(letters_of(text))
    for start in range(len(text) + 1):
        for end in range(start, len(text) + 1):
            expected = (len(letters_of(text[:start])), len(letters_of(text[:end])))
            assert letters.of(start, end) == expected


def test_letters_lead_back_to_the_words_without_the_space_around_them() -> None:
    text = "  one  two "
    letters = Letters(text)

    assert letters.span(*letters.of(1, 10)) == (2, 10)
    assert letters.span(*letters.of(2, 8)) == (2, 8)
    assert letters.span(2, 4) == (4, 8)
    assert letters.span(0, 7) is None
    assert letters.span(3, 3) is None
