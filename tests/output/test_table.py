from __future__ import annotations

import io

import pytest

from dateline.output.table import write_table
from dateline.records import Extraction
from support.sample import sample_extraction, sample_failure


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


def printed(extraction: Extraction, width: int | None = None) -> str:
    stream = io.StringIO()
    write_table([extraction], stream, width=width)
    return stream.getvalue()


def with_words(words: str) -> Extraction:
    extraction = sample_extraction()
    event = extraction.events[0].model_copy(update={"summary": words, "sub_event_type": words})
    claim = extraction.claims[0].model_copy(
        update={
            "text": words,
            "cue": words,
            "via": (words,),
            "speaker": extraction.claims[0].speaker.model_copy(update={"name": words}),
        }
    )
    article = extraction.article.model_copy(update={"title": words, "publisher": words})
    return extraction.model_copy(
        update={"article": article, "events": (event,), "claims": (claim,)}
    )


def test_events_and_claims_can_be_read() -> None:
    text = printed(sample_extraction())

    for words in (
        "At least 14 killed as gunmen attack market road",
        "The Northern Ledger · 2024-05-15",
        "Attack",
        "≥ 14 killed",
        "Gunmen → traders",
        "(planned, secondary)",
        "the provincial police",
        "certain,",
        "rejected count",
        "warning at $.events[0].counts[0]",
        "Reported, unverified",
    ):
        assert words in text, words


@pytest.mark.parametrize("width", [20, 40, 70, 100, 160])
def test_no_line_is_wider_than_asked(width: int) -> None:
    lines = printed(sample_extraction(), width).splitlines()

    assert max(len(line) for line in lines[:-1]) <= width


def test_plain_output_has_no_escape_codes_and_no_blanks_at_line_ends() -> None:
    text = printed(sample_extraction())

    assert "\x1b" not in text
    assert [line for line in text.splitlines() if line != line.rstrip()] == []


def test_a_terminal_gets_colour_unless_told_otherwise(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TERM", "xterm-256color")
    monkeypatch.delenv("NO_COLOR", raising=False)
    coloured, plain = Terminal(), Terminal()

    write_table([sample_extraction()], coloured, width=100)
    monkeypatch.setenv("NO_COLOR", "1")
    write_table([sample_extraction()], plain, width=100)

    assert "\x1b[1;34m" in coloured.getvalue()
    assert "34m" not in plain.getvalue()


@pytest.mark.parametrize(
    "attack",
    [
        "\x1b]0;owned\x07title",
        "\x1b[2J\x1b[H",
        "\x9b31m",
        "a\rb\x08\x08c",
        "\x00\x7f",
        "\u202eevil\u2066open",
    ],
)
def test_no_control_character_reaches_the_terminal(attack: str) -> None:
    stream = io.StringIO()

    failure = sample_failure().model_copy(update={"source": attack, "message": attack})
    write_table([with_words(attack), failure], stream, width=100)

    bad = {
        c
        for c in stream.getvalue()
        if (ord(c) < 32 and c != "\n") or 0x7F <= ord(c) < 0xA0 or 0x202A <= ord(c) <= 0x202E
    }
    assert bad == set()
    assert "\u2066" not in stream.getvalue()


def test_square_brackets_are_words_and_not_styles() -> None:
    assert "[red]x[/red]" in printed(with_words("[red]x[/red]"), 160)


def test_failures_are_listed() -> None:
    stream = io.StringIO()

    write_table([sample_failure()], stream)

    assert "failed: articles/orsin-bridge.txt" in stream.getvalue()
    assert "rate_limited" in stream.getvalue()


def test_an_extraction_without_records_says_so() -> None:
    empty = sample_extraction().model_copy(update={"events": (), "claims": ()})

    assert "No events.\n\nNo claims." in printed(empty)
