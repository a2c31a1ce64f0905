from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given, settings

from dateline.errors import GoldError
from dateline.evaluation.gold.document import LabelDocument
from dateline.evaluation.gold.occurrences import Occurrences
from dateline.evaluation.gold.yaml_loading import NotYaml, loaded
from dateline.evaluation.gold.yaml_view import from_yaml, from_yaml_leniently, to_yaml
from dateline.taxonomy import load_taxonomy
from support.gold_sample import TEXT, documents, mill

TEXTS = {"mill": TEXT}
BY_HAND = """
- id: mill
  annotator: A
  meta: {published: 2024-03-04, language: en}
  events:
    - id: e1
      types: Violence against civilians
      sub_types: [Attack]
      date: 2024-03-03
      place: [Orsin, the Orsin mill]
      actors: {initiator: [[Raiders on horseback, Raiders]], target: millers}
      counts: [{kind: killed, value: 3, victim: millers, evidence: three millers}]
      evidence:
        - Raiders on horseback killed three millers
          at the Orsin mill on Sunday
  claims:
    - id: c1
      speaker: Tamar Velic
      quote_type: direct
      cue: said
      evidence: They took the grain and the scales
      events: e1
  excluded: [{from: Comments, to: miller9, zone: comment}]
"""


def one(**fields: Any) -> LabelDocument:
    """The document that YAML with these lines gives."""
    lines = "".join(f"  {name}: {value}\n" for name, value in fields.items())
    return from_yaml(f"- id: mill\n{lines}", TEXTS)[0]


def event(fields: str) -> LabelDocument:
    return one(events=f"[{{types: [Attack], evidence: [Raiders on horseback], {fields}}}]")


def told(text: str, **more: Any) -> list[str]:
    _, problems = from_yaml_leniently(text, TEXTS, where="a.yaml", **more)
    return [str(problem) for problem in problems]


def test_labels_written_by_hand_become_offsets_hashes_and_letters() -> None:
    assert from_yaml(BY_HAND, TEXTS) == (mill(),)


def test_no_words_of_the_text_are_in_the_document_unless_asked_for() -> None:
    bare, full = (from_yaml(BY_HAND, TEXTS, with_quotes=asked)[0] for asked in (False, True))

    assert bare.events[0].evidence[0].quote is None
    assert bare.events[0].counts[0].evidence.quote is None  # type: ignore[union-attr]
    assert str(full.events[0].evidence[0].quote).startswith("Raiders on horseback")
    assert full.excluded[0].quote == "Comments\nmiller9"
    assert full.text is None


def test_the_view_of_a_document_reads_back_as_the_document() -> None:
    view = to_yaml([mill().model_copy(update={"text": TEXT})])

    assert from_yaml(view, TEXTS) == (mill(),)
    assert "Raiders on horseback killed" in view
    assert "sha256" not in view


@settings(deadline=None)
@given(documents())
def test_every_document_survives_the_view(made: tuple[LabelDocument, str]) -> None:
    document, text = made

    view = to_yaml([document.model_copy(update={"text": text})])

    assert from_yaml(view, {document.id: text}) == (document,)


@pytest.mark.parametrize(
    ("written", "start", "end", "granularity"),
    [
        ("2024-03-05", "2024-03-05", "2024-03-05", "day"),
        ("2024-02", "2024-02-01", "2024-02-29", "month"),
        ("2024", "2024-01-01", "2024-12-31", "year"),
        ("2024-03-01/2024-03-07", "2024-03-01", "2024-03-07", "range"),
        ("{start: 2024-03-01, end: 2024-03-07}", "2024-03-01", "2024-03-07", "range"),
        (
            "{start: 2024-03-01, end: 2024-03-07, granularity: week}",
            *["2024-03-01", "2024-03-07"],
            "week",
        ),
        ("{start: 2024-03-01}", "2024-03-01", "None", "unknown"),
    ],
)
def test_dates_may_be_short(written: str, start: str, end: str, granularity: str) -> None:
    when = event(f"date: {written}").events[0].date

    assert when is not None
    assert (str(when.start), str(when.end), when.granularity) == (start, end, granularity)


def test_no_date_is_no_date_and_a_bound_alone_is_kept() -> None:
    assert event("date: null").events[0].date is None
    bounded = event("date: {not_after: 2024-03-04}").events[0].date
    assert bounded is not None
    assert (bounded.start, str(bounded.not_after)) == (None, "2024-03-04")


def test_counts_may_be_exact_bounded_or_unknown() -> None:
    counts = "counts: [{kind: killed, value: 3}, {kind: killed, min: 2}, {kind: killed, max: 9}, "
    found = event(counts + "{kind: wounded, unknown: true}]").events[0].counts

    assert [(count.min, count.max) for count in found] == [
        (3, 3),
        (2, None),
        (None, 9),
        (None,) * 2,
    ]


def test_actors_by_role_are_alternatives_or_plain_names() -> None:
    found = event("actors: {initiator: [[Raiders, raiders], she], target: millers}").events[0]

    assert [(actor.role, actor.names) for actor in found.actors] == [
        ("initiator", ("Raiders", "raiders")),
        ("initiator", ("she",)),
        ("target", ("millers",)),
    ]


def test_ids_are_numbered_where_none_are_given() -> None:
    made = from_yaml(
        "id: mill\n"
        "events: [{types: [A], evidence: [on Sunday]}, {types: [A], evidence: [on Saturday]}]\n"
        "claims: [{evidence: [may come back]}]",
        TEXTS,
    )[0]

    assert [record.id for record in (*made.events, *made.claims)] == ["e1", "e2", "c1"]


def test_plain_marks_and_other_line_breaks_find_the_printed_words() -> None:
    text = "“No,” he said —\r\n  don’t  go."
    found = Occurrences(text)

    assert found.find('"No,"') == [(0, 5)]
    assert found.find("said - don't go") == [(9, 28)]
    assert found.find("“No,”\nhe") == [(0, 8)]


def test_words_inside_other_words_count_only_where_there_are_no_others() -> None:
    assert Occurrences("women and men").find("men") == [(10, 13)]
    assert Occurrences("women only").find("men") == [(2, 5)]
    assert Occurrences("aaaa").find("aa") == [(0, 2), (2, 4)]
    assert Occurrences("x").find("  ") == []


def test_an_occurrence_is_chosen_by_its_number() -> None:
    second = TEXT.index("raiders", TEXT.index("raiders") + 1)
    made = one(excluded="[{quote: raiders, nth: 2, zone: comment}]").excluded[0]

    assert (made.start, made.end) == (second, second + 7)


PROBLEMS = [
    (
        "evidence: [The raiders shall come]",
        "these words are not in the text",
        "nearest is line 5 of the text: 'The raiders may come'",
    ),
    ("evidence: [zzzz qqqq xxxx]", "nothing in the text comes near", ""),
    ("evidence: [raiders]", "these words stand 2 times in the text (lines 5, 5)", "nth: 1"),
    ("evidence: [{quote: raiders, nth: 3}]", "nth is 3, but these words stand 2 times", ""),
    ("evidence: [{quote: raiders, nth: 0}]", "nth must be a whole number from 1", ""),
    ("evidence: [{qoute: raiders}]", "unknown field 'qoute'. Did you mean 'quote'?", ""),
    ("evidence: [{from: Comments, to: Saturday}]", "only before those of `from`", ""),
    ("evidence: [{from: Comments}]", "either quote, or from and to", ""),
    ("evidence: [{start: 5, end: 5000}]", f"the text has {len(TEXT)} characters", ""),
    ("evidence: [{start: 5}]", "start and end must be whole numbers", ""),
    ("evidence: [[x]]", "a span is a quote", ""),
    ("evidence: []", "an event needs evidence", ""),
    ("colour: red", "unknown field 'colour'. Known here: id, types", ""),
    ("date: last week", "write 2024-03-05", ""),
    ("date: 2024-13-05", "no such day", ""),
    ("counts: [{kind: killed}]", "unknown: true", ""),
    ("counts: [{kind: killed, value: 3, min: 2}]", "value cannot stand beside min", ""),
    ("counts: [{kind: killed, unknown: true, min: 2}]", "unknown: true cannot stand beside", ""),
    ("counts: [{kind: killed, min: 5, max: 2}]", "min must not be greater than max", ""),
    ("counts: {kind: killed}", "must be a list", ""),
    ("actors: {initator: x}", "Did you mean 'initiator'?", ""),
    ("actors: Raiders", "write role:", ""),
    ("status: maybe", "not one of the known values", "planned"),
    ("optional: no", "boolean", ""),
]


@pytest.mark.parametrize(("fields", "said", "also"), PROBLEMS, ids=range(len(PROBLEMS)))
def test_what_is_wrong_is_told_with_line_document_and_record(
    fields: str, said: str, also: str
) -> None:
    evidence = "" if fields.startswith("evidence") else "\n      evidence: [on Sunday]"
    problems = told(
        f"- id: mill\n  events:\n    - id: e7\n      types: [X]{evidence}\n      {fields}"
    )

    assert len(problems) == 1
    assert problems[0].startswith(f"a.yaml:{6 if evidence else 5}: mill e7 $.events[0]") or (
        "unknown field" in problems[0] and problems[0].startswith("a.yaml:3: mill e7 $.events[0]")
    )
    assert said in problems[0]
    assert also in problems[0]


def test_everything_wrong_is_told_at_once_and_good_documents_are_kept() -> None:
    text = """
- id: mill
  events:
    - {id: e1, types: [Attack], evidence: [not there at all, on Sunday]}
    - {id: e1, types: [Attack], statos: occurred, evidence: [on Sunday]}
  claims:
    - {id: c1, evidence: [may come back], events: [e9]}
- id: other
- id: mill
- 5
"""
    documents, problems = from_yaml_leniently(text, TEXTS, where="a.yaml")

    assert [document.id for document in documents] == []
    assert [str(problem).split(": ")[0] for problem in problems] == [
        "a.yaml:4", "a.yaml:5", "a.yaml:8", "a.yaml:9", "a.yaml:10",
    ]  # fmt: skip
    with pytest.raises(GoldError, match=r"5 problems:\n  a\.yaml:4: mill e1 "):
        from_yaml(text, TEXTS, where="a.yaml")


def test_checks_of_the_whole_document_are_told_with_their_line() -> None:
    text = BY_HAND.replace("events: e1", "events: e9").replace("Orsin, the", "Orsinn, the")

    assert told(text, taxonomy=load_taxonomy("acled")) == [
        "a.yaml:22: mill c1 $.claims[0].event_ids[0]: no event has this id",
        "a.yaml:10: mill e1 $.events[0].place.names[0]: warning: "
        "this name stands nowhere in the text",
    ]
    assert told(BY_HAND.replace("[Attack]", "[Atack]"), taxonomy=load_taxonomy("acled")) == [
        "a.yaml:8: mill e1 $.events[0].sub_types[0]: no sub-type of the taxonomy acled"
    ]


def test_a_stated_hash_of_another_text_is_told() -> None:
    text = f"id: mill\ntext_sha256: {'0' * 64}\n"

    assert told(text) == [
        "a.yaml:2: mill $.text_sha256: this is the hash of another text; leave it out, "
        "or find the text"
    ]


def test_text_that_is_missing_is_told_and_the_rest_is_checked_all_the_same() -> None:
    text = "id: gone\nevents: [{types: [X], status: maybe, evidence: [any words]}]"

    assert [line.split(": ", 1)[1][:30] for line in told(text)] == [
        "gone $.id: no text was found f",
        "gone $.events[0].status: not o",
    ]


def test_words_stay_words() -> None:
    found = loaded(
        "[no, on, 007, 12:30, 2024-03-05, 1_000, .nan, 'null', \"5\", 5, -0.5, 1.0e+3, ~, 0E0]"
    )

    words = ["no", "on", "007", "12:30", "2024-03-05", "1_000", ".nan", "null", "5"]
    assert found[0] == [*words, 5, -0.5, 1000.0, None, "0E0"]


@pytest.mark.parametrize(
    ("text", "line", "said"),
    [
        ("a: 1\na: 2", 2, "stands twice"),
        ("a: &x [1]\nb: *x", 1, "aliases"),
        ("a: !!python/object:os.system x", 1, "tags"),
        ("a: [1", 2, "not valid YAML"),
        ("a: b: c", 1, "not valid YAML"),
        ("\n? [x]\n: y", 2, "name of a field"),
        ("a: \x00", 1, "does not allow"),
        ("[" * 100_000, 1, "50 levels"),
        ("- " * 3000, 1, "50 levels"),
    ],
)
def test_what_is_not_this_part_of_yaml_is_refused_with_its_line(
    text: str, line: int, said: str
) -> None:
    with pytest.raises(NotYaml, match=said) as caught:
        loaded(text)

    assert caught.value.line == line
    assert told(text)[0].startswith(f"a.yaml:{line}: ")


def test_quotes_in_long_texts_are_found_without_delay() -> None:
    text = "a" * 1_000_000 + " " + "word " * 200_000
    found = Occurrences(text)

    assert len(found.find("word")) == 200_000
    assert len(found.find("a" * 400_000)) == 2
    assert found.find("word " * 150_000) == [(1_000_001, 1_000_001 + 749_999)]


def test_a_document_without_text_has_no_view() -> None:
    with pytest.raises(GoldError, match="needs the text"):
        to_yaml([mill()])


def test_spans_that_no_quote_can_name_are_written_as_offsets() -> None:
    made = LabelDocument(id="mill", text=TEXT, excluded=({"start": 7, "end": 12},))  # type: ignore[arg-type]

    assert "start: 7" in to_yaml([made])
    assert from_yaml(to_yaml([made]), TEXTS)[0].excluded[0].end == 12


def test_a_word_that_many_spans_repeat_is_looked_for_once() -> None:
    text = "word " * 100_000
    spans = tuple({"start": 5 * i, "end": 5 * i + 4} for i in range(2000))
    made = LabelDocument.model_validate({"id": "long", "text": text, "excluded": spans})

    again = from_yaml(to_yaml([made]), {"long": text})[0]  # minutes, were each span searched for

    assert [span.start for span in again.excluded] == [span["start"] for span in spans]
