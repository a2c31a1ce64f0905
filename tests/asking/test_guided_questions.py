"""Reading letters, wording questions, and the lexicon behind them."""

import json
from pathlib import Path

import pytest

from dateline.asking.guided.hits import Hit
from dateline.asking.guided.lexicon import load_lexicon
from dateline.asking.guided.questions import (
    KINDS,
    Question,
    Questioner,
    Tally,
    choice_schema,
    read_letter,
)
from dateline.asking.guided.tokens import tokenize
from dateline.asking.guided.triggers import find_triggers
from dateline.asking.guided.types import TypeMap
from dateline.completion import Completion
from dateline.errors import PromptError
from dateline.spans import Span
from dateline.taxonomy import load_taxonomy

QUESTION = Question("event", "Rebels attacked a post.", "What?", ("one", "two", "three"), guess=2)


@pytest.mark.parametrize(
    ("text", "index"),
    [
        ('{"answer":"A"}', 0),
        ('{\n "answer": "C"\n}', 2),
        ("B", 1),
        ("B: Arrests", 1),
        ('{"answer":"D"}', None),
        ('{"answer":null}', None),
        ("[]", None),
        ("", None),
        ("maybe", None),
        ('{"answer":{"a":1}}', None),
    ],
)
def test_a_letter_is_read_only_where_it_names_an_option(text: str, index: int | None) -> None:
    assert read_letter(text, 3) == index


def run(answers: list[str], *, twice: bool = True, limit: int = 10) -> tuple[list[int], Tally]:
    tally = Tally()
    steps = Questioner(twice=twice).ask([QUESTION], article_id="x", tally=tally, limit=limit)
    try:
        next(steps)
        steps.send([Completion(text) for text in answers])
    except StopIteration as stop:
        return stop.value, tally
    raise AssertionError("asked twice")


def test_two_answers_for_the_same_option_overrule_the_guess() -> None:
    choices, tally = run(['{"answer":"A"}', '{"answer":"C"}'])

    assert choices == [0]
    assert tally.overruled == 1


def test_two_answers_for_the_same_place_leave_the_guess() -> None:
    choices, tally = run(['{"answer":"A"}', '{"answer":"A"}'])

    assert choices == [2]
    assert tally.overruled == 0


def test_asked_once_the_answer_counts() -> None:
    assert run(['{"answer":"B"}'], twice=False)[0] == [1]


def test_beyond_the_limit_nothing_is_asked() -> None:
    choices, tally = run([], limit=1)

    assert choices == [2]
    assert (tally.asked, tally.skipped) == (0, 1)


def test_schemas_are_one_object_a_size_and_closed() -> None:
    assert choice_schema(3) is choice_schema(3)
    schema = choice_schema(3).json_schema
    assert schema["properties"]["answer"]["enum"] == ["A", "B", "C"]
    assert schema["additionalProperties"] is False


def test_every_prompt_shows_each_letter_and_ends_with_an_answer() -> None:
    for kind in KINDS:
        text = Questioner().prefixes[kind].messages[0].content
        answers = [json.loads(line)["answer"] for line in text.splitlines() if line.startswith("{")]
        assert {"A", "B"} <= set(answers)
        assert len(text) < 1700


def test_a_users_prompt_is_used(tmp_path: Path) -> None:
    (tmp_path / "guided.event.v1.jinja").write_text("My own words.")

    questioner = Questioner(prompts=tmp_path)

    assert questioner.prefixes["event"].messages[0].content == "My own words."
    assert questioner.fingerprint != Questioner().fingerprint


def test_a_damaged_lexicon_is_named(tmp_path: Path) -> None:
    (tmp_path / "lexicon.en.json").write_text('{"language": "en"}')

    with pytest.raises(PromptError, match=r"lexicon\.en\.json"):
        load_lexicon(override=tmp_path)


def test_every_weight_of_the_lexicon_is_for_an_acled_type() -> None:
    known = set(load_taxonomy("acled").sub_event_types)
    lexicon = load_lexicon()

    used = {
        name
        for phrases in lexicon.triggers.values()
        for phrase in phrases
        for name in getattr(phrase.entry, "types", {})
    }
    assert used <= known
    assert set(lexicon.families) <= known


def test_an_unrelated_taxonomy_still_offers_its_types() -> None:
    taxonomy = load_taxonomy("muc4")

    ranked = TypeMap(taxonomy, load_lexicon()).rank({"Agreement": 2.0})

    assert 1 < len(ranked) <= 8
    assert {name for name, _ in ranked} <= set(taxonomy.sub_event_types)


# -- triggers ------------------------------------------------------------------------------------


def hits(sentence: str, *, headline: bool = False) -> list[Hit]:
    tokens = tokenize(sentence, Span(0, len(sentence)))
    return find_triggers(tokens, load_lexicon(), headline=headline)


@pytest.mark.parametrize(
    ("sentence", "lemma", "status"),
    [
        ("Rebels attacked the town.", "attack", "occurred"),
        ("Rebels will attack the town.", "attack", "planned"),
        ("Rebels vowed to attack the town.", "attack", "planned"),
        ("Rebels tried to storm the base.", "storm", "attempted"),
        ("Troops managed to retake the town.", "retake", "occurred"),
        ("Rebels did not attack the town.", "attack", "denied"),
        ("Rebels could attack the town.", "attack", "hypothetical"),
        ("If rebels attack the town, many will flee.", "attack", "hypothetical"),
    ],
)
def test_auxiliaries_tell_whether_it_happened(sentence: str, lemma: str, status: str) -> None:
    found = [hit for hit in hits(sentence) if hit.entry.lemma == lemma]

    assert [hit.status for hit in found] == [status]


def test_a_purpose_is_a_goal() -> None:
    found = hits("Troops crossed the river in order to attack the base.")

    assert all(hit.goal for hit in found if hit.entry.lemma == "attack")


@pytest.mark.parametrize(
    "sentence",
    [
        "The army bought attack helicopters.",
        "The protest leader went home.",
        "It was not clear who spoke.",
        "She attacked the proposal.",
        "They searched the recaptured areas.",
    ],
)
def test_modifiers_and_figures_of_speech_are_no_triggers(sentence: str) -> None:
    assert hits(sentence) == []


def test_passives_are_told_from_actives() -> None:
    (passive,) = hits("Three men were killed by rebels.")
    (active,) = hits("Rebels killed three men.")

    assert passive.passive
    assert not active.passive


def test_coordinated_participles_share_their_auxiliary() -> None:
    killed, wounded = hits("Four men were killed and wounded.")

    assert killed.passive
    assert wounded.passive


def test_long_words_cost_linear_time() -> None:
    for text in ("a" * 500_000, "aa." * 150_000, "a-" * 200_000, "a’" * 200_000, "“" * 200_000):
        assert tokenize(text, Span(0, len(text)))
