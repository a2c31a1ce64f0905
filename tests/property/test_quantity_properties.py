"""Numbers and quantities hold for any number and any text."""

from __future__ import annotations

from hypothesis import example, given, settings
from hypothesis import strategies as st

from dateline.resolution.number_agreement import number_tokens, stands_in
from dateline.resolution.number_words import SMALL, TENS, fold
from dateline.resolution.numbers import find_numbers
from dateline.resolution.quantities import find_quantities, parse_quantity
from dateline.spans import Span

UNITS = {value: word for word, value in (SMALL | TENS).items()}
COUNTS = st.integers(0, 999_999_999)
SCRIPTS = ["0123456789", "٠١٢٣٤٥٦٧٨٩", "०१२३४५६७८९", "０１２３４５６７８９"]
VOCABULARY = (
    "one two hundred thousand half dozen dozens a few of and to between 20 1,200 3.4 1.200 % "
    "killed wounded people soldiers were at least more than - – . , $ km percent July 10 2014 T-72 "
    "5:30 no casualties unknown toll third aged 34 million İ ½ 7th"
)
NEWSY = st.lists(st.sampled_from([*VOCABULARY.split(), "\n"]), max_size=25).map(" ".join)


def in_words(number: int) -> str:
    """Render a number in English words, written for this test alone."""
    if number in UNITS:
        return UNITS[number]
    if number < 100:
        return f"{UNITS[number // 10 * 10]}-{UNITS[number % 10]}"
    for scale, name in ((1_000_000, "million"), (1000, "thousand"), (100, "hundred")):
        if number >= scale:
            head = f"{in_words(number // scale)} {name}"
            rest = number % scale
            if not rest:
                return head
            joint = " and " if rest < 100 else " "
            return f"{head}{joint}{in_words(rest)}"
    raise AssertionError(number)


@given(COUNTS)
def test_a_number_in_words_reads_back(number: int) -> None:
    quantity = parse_quantity(f"{in_words(number)} people", kind="displaced")

    assert quantity is not None
    assert quantity.value == number


@given(COUNTS, st.sampled_from(SCRIPTS), st.sampled_from(["", ",", "\u00a0", "\u2009"]))
def test_a_number_in_digits_reads_back(number: int, script: str, mark: str) -> None:
    digits = f"{number:,}".replace(",", mark)
    written = digits.translate({ord(str(i)): script[i] for i in range(10)})

    quantity = parse_quantity(f"{written} people", kind="displaced")

    assert quantity is not None
    assert quantity.value == number
    assert number_tokens(written) == (str(number),)


@given(st.integers(0, 9_999), st.integers(1, 9_999), st.sampled_from([" to ", "-", "–", " or "]))
@example(low=0, more=10, joint="-")
def test_a_range_is_ordered(low: int, more: int, joint: str) -> None:
    quantity = parse_quantity(f"{low:,}{joint}{low + more:,} houses", kind="buildings")

    assert quantity is not None
    assert quantity.min is not None
    assert quantity.max is not None
    assert quantity.min <= quantity.max


@given(COUNTS)
def test_a_quantity_stands_in_a_text_that_holds_it_and_in_none_without_numbers(number: int) -> None:
    quantity = parse_quantity(f"{number:,} people", kind="displaced")

    assert quantity is not None
    assert stands_in(quantity, f"In the end {in_words(number)} people fled.")
    assert not stands_in(quantity, "In the end people fled.")


@given(st.one_of(st.text(max_size=300), NEWSY))
@settings(max_examples=300)
def test_any_text_is_read_without_an_error(text: str) -> None:
    numbers = find_numbers(text)

    ends = [0]
    for mention in numbers:
        assert text[mention.span.start : mention.span.end] == mention.words
        assert mention.span.start >= ends[-1]
        ends.append(mention.span.end)
        if mention.low is not None and mention.high is not None:
            assert mention.low <= mention.high
    for found in find_quantities(text):
        assert text[found.span.start : found.span.end] == found.words
    parse_quantity(text)
    number_tokens(text)


@given(NEWSY, st.integers(0, 60), st.integers(0, 60))
def test_a_span_gives_what_its_text_alone_gives(text: str, start: int, length: int) -> None:
    span = Span(min(start, len(text)), min(start + length, len(text)))
    inside = find_numbers(text[span.start : span.end])

    assert [(m.words, m.span.start + span.start) for m in inside] == [
        (m.words, m.span.start) for m in find_numbers(text, span)
    ]


@given(st.text(max_size=100))
def test_folding_keeps_every_offset(text: str) -> None:
    assert len(fold(text)) == len(text)
