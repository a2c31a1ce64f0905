"""Sentences of news, with exact offsets."""

from __future__ import annotations

import pytest

from dateline.sentences import split_sentences
from dateline.spans import Span


def split(text: str) -> list[str]:
    return [text[start:end] for start, end in split_sentences(text, [Span(0, len(text))])]


@pytest.mark.parametrize(
    "sentences",
    [
        ["The army left.", "It did not return."],
        ["Gen. Omar Said met Lt. Col. Adel Karim in the U.S. on Monday.", "They talked."],
        ["Mr. and Mrs. Haddad fled.", "Dr. J. R. Amin stayed."],
        ["It crossed into the U.S. The convoy stopped there."][:1],
        ["No. 5 Brigade fired at 5 p.m. Monday.", "Nobody was hurt."],
        ["He said no.", "They asked again."],
        ["About 12.5 percent fled.", "Some 1,200 stayed."],
        ["“We left.”", "The mayor stayed."],
        ['"Stop!" he shouted.', '"We will not go!"'],
        ['He said, "We left." Then he sat down.'][:1],
        ["They waited... but nobody came.", "Then nothing…", "Night fell."],
        ["KARSA, July 3 (Agency) - The army left.", "It was raining."],
        ["KARSA (Agency) — On Jan. 3 the army left.", "On Feb. 5 it was back."],
        ["What happened?", "Nobody knows!", "So it goes."],
        ["The group (the largest.) left.", "It split."],
        ["It was reported twice.[1]", "Both reports were wrong.[23]"],
        ["军队说七人死亡。", "他说：“我们走了。”", "然后离开！"],
        ["सेना ने कहा।", "सात लोग मारे गए।"],
        ["قال الجيش إن سبعة قتلوا.", "هل هذا صحيح؟", "نعم."],
        ["Visit www.example.org today.", "It is free."],
        ["The plane, an An-26 of Acme Co. of Karsa, fell.", "Acme Inc. denied it."],
    ],
)
def test_sentences_of_a_paragraph(sentences):
    joined = " ".join(sentences)

    if joined.startswith(("It crossed", "He said, ")):
        assert len(split(joined)) == 2
    else:
        assert split(joined) == sentences


def test_missing_blank_after_a_full_stop_is_a_break():
    assert split("The rebels fled.The army came.") == ["The rebels fled.", "The army came."]


def test_chinese_sentences_need_no_blank():
    assert split("七人死亡。八人受伤。") == ["七人死亡。", "八人受伤。"]


def test_hard_wrapped_lines_are_one_sentence():
    text = (
        "The interior ministry said on Tuesday that its forces had taken\n"
        "Karsa after a week of clashes with the rebels in the hills near\n"
        "Marda and two other towns.\nResidents had fled."
    )

    assert len(split(text)) == 2


def test_headline_and_short_lines_end_at_the_line():
    text = "Rebels take Marda\nThe interior ministry said on Tuesday that its forces had left it."

    assert split(text)[0] == "Rebels take Marda"


def test_one_paragraph_a_line_ends_at_the_line():
    line = "The interior ministry said on Tuesday " * 5

    assert len(split(f"{line}\nThe army said nothing, {line}")) == 2


def test_blank_line_ends_a_sentence_without_a_full_stop():
    assert split("Rebels take Marda\n\nthe army left") == ["Rebels take Marda", "the army left"]


def test_bullets_and_numbered_items_are_sentences():
    text = "Killed so far:\n- two soldiers\n- one officer\n1. First item\n2. Second item"

    assert split(text) == [
        "Killed so far:",
        "- two soldiers",
        "- one officer",
        "1. First item",
        "2. Second item",
    ]


def test_sentences_keep_to_their_spans():
    text = "One two. Three four. Five six."

    found = split_sentences(text, [Span(4, 14), Span(21, len(text))])

    assert [text[start:end] for start, end in found] == ["two.", "Three", "Five six."]


@pytest.mark.parametrize("text", ["", "   ", "\n\n\t"])
def test_blank_text_has_no_sentence(text):
    assert split(text) == []


@pytest.mark.parametrize("unit", ["a", ".", "\n", " ", '."', "A.\n", ".\u0301", "[1]", "\n- "])
def test_hostile_text_ends_in_bounded_time(unit):
    text = unit * 300_000

    found = split_sentences(text, [Span(0, len(text))])

    assert sum(end - start for start, end in found) <= len(text)
