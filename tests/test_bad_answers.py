"""What bad answers of a model get: bounded work, an explanation, and nothing lost."""

from __future__ import annotations

import json
import logging
from pathlib import Path
from typing import Any

import pytest

from dateline import Article, Extraction, Extractor
from dateline.completion import Completion
from dateline.consolidation import consolidate
from dateline.providers.scripted import Scripted
from dateline.records import Failure
from dateline.salvage import read_json
from dateline.spans import Span
from loopback import Answer, Loopback, chat, raw
from support.drafts import TEXT, answer, claim, count, event

pytestmark = pytest.mark.timeout(60)

EVENT = event()
RIGHT = answer(EVENT, claims=(claim(),))


def told(text: str | Completion, *, article: str = TEXT) -> Extraction:
    """The extraction of an article for which a model always answers this."""
    with Extractor(provider=Scripted([text], repeat=True), asking="direct") as extractor:
        [result] = extractor.extract_many([Article(text=article)])
    assert isinstance(result, Extraction), result
    assert Extraction.model_validate_json(result.model_dump_json()) == result
    return result


def codes(result: Extraction) -> set[str]:
    """Why things were rejected."""
    return {problem.code for item in result.rejected for problem in item.problems}


UNUSABLE: dict[str, tuple[str, set[str]]] = {
    "words": ("lorem ipsum", {"not_json"}),
    "nothing": ("", {"empty_answer"}),
    "an empty object": ("{}", {"not_json"}),
    "null": ("null", {"not_json"}),
    "a number": ("3", {"not_json"}),
    "another schema": ('{"people": ["a"], "places": []}', {"not_json"}),
    "single quotes": (RIGHT.replace('"', "'"), {"not_json"}),
    "deep lists": ('{"events":' + "[" * 5000 + "]" * 5000 + ',"claims":[]}', {"not_json"}),
    "open lists": ('{"events":' + "[" * 500_000, {"not_json"}),
    "open objects": ('{"a":' * 50_000, {"not_json"}),
    "megabytes of braces": ("{" * 4_000_000, {"not_json"}),
    "megabytes of words": ("x" * 4_000_000, {"not_json"}),
    "words for lists": ('{"events": "none", "claims": null}', {"not_a_list"}),
    "halves of characters": ("\ud800 garbage", {"not_json"}),
}


@pytest.mark.parametrize("name", UNUSABLE)
def test_an_unusable_answer_is_asked_for_once_more_and_explained(name: str) -> None:
    text, expected = UNUSABLE[name]

    result = told(text)

    assert not result.events
    assert codes(result) == expected
    assert result.usage.calls == 2
    assert sum(len(item.raw) for item in result.rejected) < 50_000


@pytest.mark.parametrize("text", ["[]", '{"events": [], "claims": []}', "Nothing here: []"])
def test_an_empty_answer_is_no_mistake(text: str) -> None:
    result = told(text)

    assert (result.events, result.claims, result.rejected) == ((), (), ())
    assert result.usage.calls == 1


READ: dict[str, str] = {
    "a byte order mark": f"\ufeff{RIGHT}",
    "a fence": f"Sure!\n```json\n{RIGHT}\n```\nHope {{this}} helps.",
    "brackets in chatter": f"Based on [1] and {{this}}: {RIGHT}",
    "thoughts": f'<think>maybe {RIGHT[:-1]}, "x": 1}} or {{"a": 1}}</think>\n{RIGHT}',
    "a JSON string": json.dumps(RIGHT),
    "a wrapper": f'{{"result": {RIGHT}}}',
    "a list around": f"[{RIGHT}]",
    "a line break in a string": RIGHT.replace("Gunmen attacked a market in", "Gunmen attacked\nin"),
    "blanks by the megabyte": f"{RIGHT[:-1]}{' ' * 4_000_000}}}",
}


@pytest.mark.parametrize("name", READ)
def test_what_stands_around_an_answer_does_not_hide_it(name: str) -> None:
    result = told(READ[name])

    assert (len(result.events), len(result.claims), result.rejected) == (1, 1, ())
    assert result.usage.calls == 1


def _with(old: str, new: str, **changed: Any) -> str:
    text = answer(event(**changed), claims=(claim(events=[77]),))
    assert old in text
    return text.replace(old, new)


ITEMS: dict[str, str] = {
    "NaN": _with('"ongoing": null', '"ongoing": NaN'),
    "Infinity": _with('"ongoing": null', '"ongoing": -Infinity'),
    "too large a float": _with("[77]", "[1e999]"),
    "more digits than Python reads": _with("[77]", f"[{'9' * 6000}]"),
    "a position before the first": _with("[77]", "[0]"),
    "a list for a word": _with('"ongoing": null', '"ongoing": ' + "[" * 150 + "]" * 150),
    "a number for a quote": answer(event(evidence=[12]), claims=(claim(),)),
    "an unknown type": answer(event(type="Att\ud800ack"), claims=(claim(),)),
    "another scope": answer(
        event(counts=[count("14 others", "wounded", scope="3")]), claims=(claim(),)
    ),
    "too long a quote": answer(event(evidence=["Gunmen " * 500_000]), claims=(claim(),)),
}


@pytest.mark.parametrize("name", ITEMS)
def test_one_wrong_item_costs_no_other_and_is_kept(name: str) -> None:
    result = told(ITEMS[name])

    assert len(result.events) + len(result.claims) == 1
    [rejected] = [item for item in result.rejected if item.problems[0].code.startswith("schema_")]
    assert json.loads(rejected.raw)["evidence"]


def test_numbers_and_truths_written_as_strings_are_read() -> None:
    result = told(_with("[77]", '["1"]').replace('"ongoing": null', '"ongoing": "true"'))

    assert result.events[0].ongoing is True
    assert result.claims[0].event_ids == ("e1",)
    assert result.rejected == ()


@pytest.mark.parametrize("field", ["summary", "place", "date", "evidence"])
@pytest.mark.parametrize("half", ["\\ud800", "\\udc00", "\\uDBFF x"])
def test_half_a_character_in_an_answer_reaches_no_record(field: str, half: str) -> None:
    changed = answer(event(**{field: ["HALF"] if field == "evidence" else "HALF"}))

    result = told(changed.replace("HALF", f"Gunmen {half}"))

    result.model_dump_json().encode()


KEPT: dict[str, tuple[str, str, str]] = {
    "a field beside the items": (
        answer(EVENT)[:-1] + ',"note": "ask the governor"}',
        "unknown_field",
        "ask the governor",
    ),
    "a field of an event": (answer(event(note="the mayor")), "unknown_field", "the mayor"),
    "a field of a count": (
        answer(event(counts=[count("14 others", "wounded", note="the nurse")])),
        "unknown_field",
        "the nurse",
    ),
    "a value given twice": (
        answer(EVENT).replace('"summary":', '"summary": "the first wording", "summary":'),
        "repeated_field",
        "the first wording",
    ),
    "a second answer": (
        f"{RIGHT}\n{answer(event(summary='the second summary'))}",
        "second_answer",
        "the second summary",
    ),
}


@pytest.mark.parametrize("name", KEPT)
def test_what_has_no_place_in_a_record_is_listed(name: str) -> None:
    text, code, words = KEPT[name]

    result = told(text)

    assert len(result.events) == 1
    assert codes(result) == {code}
    assert words in result.rejected[0].raw


def test_a_list_given_twice_is_one_list() -> None:
    once = json.dumps(EVENT)

    result = told(f'{{"events": [{once}], "events": [], "claims": []}}')

    assert len(result.events) == 1


def test_lists_and_fields_given_ten_thousand_times_are_bounded() -> None:
    many = ",".join(f'"claims": [], "k{number}": 1' for number in range(10_000))

    result = told(f'{{"events": [], {many}}}')

    assert len(result.rejected) <= 101
    assert "too_many_fields" in codes(result)


@pytest.mark.parametrize("item", [EVENT, {"x": 1}, 7], ids=["right", "wrong", "number"])
def test_ten_thousand_items_are_looked_at_up_to_a_limit_and_the_rest_is_kept(item: Any) -> None:
    result = told(json.dumps({"events": [item] * 10_000, "claims": []}))

    [surplus] = [i for i in result.rejected if i.problems[0].code == "too_many_items"]
    assert len(json.loads(surplus.raw)) == 9_900
    assert result.usage.calls <= 2


def test_megabytes_in_one_item_are_not_sent_back() -> None:
    result = told(answer(event(summary="x" * 4_000_000)))

    assert result.usage.calls == 1
    assert len(result.rejected[0].raw) > 4_000_000


def test_half_an_answer_gives_what_is_complete_in_it() -> None:
    whole = answer(EVENT, event(type="Armed clash", summary="The second one."))

    result = told(Completion(whole[:-150], finish_reason="length"))

    assert [e.sub_event_type for e in result.events] == ["Attack"]
    assert "cut_off" in codes(result)


def test_a_hundred_events_that_are_not_in_the_article_are_rejected_one_by_one() -> None:
    events = [
        event(
            summary=f"Event {n}.",
            counts=[count(f"nearly {n * 12 + k} absent people", "killed") for k in range(12)],
            evidence=[f"Officer {n} said that {n} women were not seen near Tel Karva"],
        )
        for n in range(100)
    ]

    result = told(json.dumps({"events": events, "claims": []}), article=TEXT * 30)

    assert not result.events
    assert len({item.where for item in result.rejected}) == 100


def test_an_object_inside_a_broken_answer_is_not_the_answer() -> None:
    assert read_json('{"name": "x", oops, "inner": {"a": 1}}') == (None, False)


KEY = "sk-loopback-SECRET-0123456789"


def served(
    script: Answer, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> tuple[Extraction | Failure, int]:
    """The result of an article that a server on loopback is asked about, and how often it was."""
    monkeypatch.setenv("LOOPBACK_KEY", KEY)
    with Loopback(script) as server:
        (folder / "dateline.toml").write_text(
            'default_provider = "x"\n[providers.x]\nkind = "openai-compatible"\nmodel = "m"\n'
            f'base_url = "{server.base_url}"\napi_key_env = "LOOPBACK_KEY"\nretry_s = 0.2\n'
            '[cache]\ndir = "cache"\n',
            encoding="utf-8",
        )
        with Extractor(config=folder / "dateline.toml") as extractor:
            [result] = extractor.extract_many([Article(text=TEXT)])
        return result, server.count


SERVED: dict[str, tuple[Answer, str | None]] = {
    "a refusal": (chat(None, refusal="I cannot help with that."), "refused"),
    "a content filter": (chat(None, finish_reason="content_filter"), "refused"),
    "a right answer with half a character": (chat(f"{RIGHT} \ud800"), None),
    "half a character in a string": (chat(RIGHT.replace("Gunmen attacked", "\\ud800 x", 1)), None),
    "nothing": (chat(""), None),
    "cut before anything": (chat("{", finish_reason="length"), None),
    "no JSON at all": (raw(b"<html>welcome</html>", content_type="text/html"), "unavailable"),
    "the key and the article in an error": (
        raw(json.dumps({"error": {"message": f"bad key {KEY}: {TEXT}"}}).encode(), status=400),
        "rejected",
    ),
}


@pytest.mark.parametrize("name", SERVED)
def test_what_a_server_answers_is_bounded_explained_and_tells_no_secret(
    name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    script, error = SERVED[name]
    caplog.set_level(logging.DEBUG, logger="dateline")

    result, calls = served(script, tmp_path, monkeypatch)

    assert calls < 20
    assert (result.error if isinstance(result, Failure) else None) == error
    result.model_dump_json().encode()
    said = caplog.text + (result.message if isinstance(result, Failure) else "")
    assert KEY not in said
    assert "regional health office" not in said


def test_thirty_thousand_items_are_consolidated_without_comparing_all_with_all() -> None:
    places = [Span(number * 40, number * 40 + 30) for number in range(30_000)]

    groups = consolidate(
        [*places, places[7]],
        key=lambda place: "claim",  # one key is the worst case
        spans=lambda place: [place],
        weight=lambda place: 1,
    )

    assert len(groups) == 30_000
    assert [len(others) for _, others in groups].count(1) == 1
