from __future__ import annotations

import base64
import hashlib
import re
from dataclasses import replace
from html.parser import HTMLParser

import pytest

from dateline.evaluation.gold.document import (
    ExcludedSpan,
    LabelActor,
    LabelClaim,
    LabelDocument,
    LabelEvent,
    LabelMeta,
    LabelPlace,
    LabelSpan,
    LabelSpeaker,
)
from dateline.evaluation.report.document import zones_of
from dateline.evaluation.report.drilldown import choose
from dateline.evaluation.report.html import asset, page
from dateline.evaluation.report.view import (
    ComparisonView,
    DocumentView,
    MetricView,
    PairView,
    RunView,
    mistakes,
)
from support.report_sample import (
    compared,
    difference,
    every_sentence,
    failed,
    ferry,
    nothing,
    recipe,
    run,
    runs,
)

ATTACKS = [
    "<script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    "</script><script>alert(1)</script>",
    "</style><svg/onload=alert(1)>",
    "' onfocus='alert(1)' autofocus='",
    "-- ]]><!--{{ 7*7 }} ${alert(1)}",
    "\u202egnp.exe\u202c nul\x00 and escape\x1b[31m",
]


class Page(HTMLParser):
    """Every element of a page, and the words that a reader sees."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.words = ""
        self._hidden = 0
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs)))
        self._hidden += tag in ("script", "style")

    def handle_endtag(self, tag: str) -> None:
        self._hidden -= tag in ("script", "style")

    def handle_data(self, data: str) -> None:
        if not self._hidden:
            self.words += f" {data}"

    def attributes(self, name: str) -> list[str]:
        return [found for _, attrs in self.elements if (found := attrs.get(name)) is not None]


def words(html: str) -> str:
    return " ".join(Page(html).words.split())


def hostile(attack: str) -> RunView:
    """A run in which every free field is an attack."""
    text = f"{attack} body {attack}"
    span = LabelSpan(start=0, end=len(text), quote=attack)
    event = LabelEvent(
        id=attack,
        types=(attack, attack),
        sub_types=(attack,),
        place=LabelPlace(names=(attack, attack), admin1=attack, country=attack),
        actors=(LabelActor(role="target", names=(attack, attack)),),
        evidence=(span,),
        note=attack,
    )
    claim = LabelClaim(id=attack, speaker=LabelSpeaker(names=(attack,)), evidence=(span,))
    gold = LabelDocument(
        id=attack,
        text=text,
        meta=LabelMeta(title=attack, language=attack),
        events=(event,),
        claims=(claim,),
        excluded=(ExcludedSpan(start=3, end=6),),
    )
    document = DocumentView(
        id=attack,
        gold=gold,
        predicted=gold,
        pairs=(
            PairView(event, event, {"type": "wrong", "actors": "right", attack: "wrong"}),
            PairView(claim, None, {"content": "missing"}),
        ),
        failure=attack,
    )
    return RunView(
        name=attack,
        metrics={"event.f1": MetricView(0.5, 0.4, 0.6)},
        documents=1,
        drilldown=(document,),
        provider=attack,
        model=attack,
        made_at=attack,
        recorded=True,
        prompt=attack,
        schema=attack,
        version=attack,
        notes=(attack,),
    )


def hostile_page(attack: str) -> str:
    other = ComparisonView(
        old=attack,
        new=attack,
        documents=1,
        differences={"event.f1": difference(0.1, 0.2, -0.1, 0.3, "can't tell", 0.2, note=attack)},
        notes=(attack,),
    )
    return page([hostile(attack), hostile(f"{attack}2")], [other], title=attack)


@pytest.mark.parametrize("attack", ATTACKS)
def test_nothing_in_articles_labels_or_names_becomes_markup(attack: str) -> None:
    harmless = Page(hostile_page("harmless"))

    attacked = Page(hostile_page(attack))

    names = [name for name, _ in attacked.elements]
    assert names.count("script") == 1
    assert names.count("style") == 1
    assert set(names) == {name for name, _ in harmless.elements}
    assert not [k for _, attrs in attacked.elements for k in attrs if k.startswith("on")]
    assert {k for _, attrs in attacked.elements for k in attrs} == {
        k for _, attrs in harmless.elements for k in attrs
    }


def test_the_policy_allows_the_pages_own_style_and_script_and_nothing_else() -> None:
    html = page(runs(), [compared()])

    policy = re.search(r'Content-Security-Policy" content="([^"]+)"', html)
    assert policy is not None
    for name in ("style", "script"):
        content = re.search(f"<{name}>(.*?)</{name}>", html, re.DOTALL)
        assert content is not None
        digest = base64.b64encode(hashlib.sha256(content[1].encode()).digest()).decode()
        assert f"{name}-src 'sha256-{digest}'" in policy[1]
    assert "unsafe" not in policy[1]
    assert not Page(html).attributes("style")


def test_ids_are_unique_and_every_inner_link_has_its_target() -> None:
    found = Page(page(runs(), [compared()]))

    ids = found.attributes("id")
    assert len(ids) == len(set(ids))
    inner = {href[1:] for href in found.attributes("href") if href.startswith("#")}
    assert inner
    assert inner <= set(ids)
    described = {name for names in found.attributes("aria-describedby") for name in names.split()}
    assert described <= set(ids)


def test_assets_ask_for_nothing_from_elsewhere() -> None:
    for name in ("report.css", "report.js"):
        content = asset(name)
        assert not re.search(r"https?:|url\(|@import|fetch\(|XMLHttp|import\(", content), name
        assert "</s" not in content
        assert "innerHTML" not in content


def test_figures_stand_with_their_intervals_and_baselines_beside_them() -> None:
    said = words(page(runs()))

    assert "0.336 0.256 to 0.416" in said
    assert "every-sentence no model" in said
    assert "0.509 0.440 to 0.580" in said
    assert "5 documents" in said
    assert "event.composite.f1" in said


def test_a_recorded_run_says_whose_answers_and_from_when() -> None:
    said = words(page(runs()))

    assert "Recorded:" in said
    assert re.search(r"replayed.*small \(example-small-1.5b-instruct, 2025-06-02", said)


def test_a_run_says_what_made_it() -> None:
    said = words(page([run("large")]))

    for fact in ("local", "example-large-1.5b-instruct", "extract.v1 (1f3a9c0d2b4e5f60)"):
        assert fact in said
    assert "9a8b7c6d5e4f3021 0.1.0" in said


def test_verdicts_say_what_they_mean() -> None:
    said = words(page(runs(), [compared()]))

    assert "Of 7 figures, 2 got better and 1 got worse; for 4 these 5 documents can't tell." in said
    assert "▲ better Higher by 0.021 to 0.189, with 95 % confidence." in said
    assert "▼ worse Lower by 0.020 to 0.130, with 95 % confidence." in said
    assert "anything from −0.080 to +0.110. Only one of about 0.140 or more would show" in said
    assert "No difference on any document." in said
    assert "One of the runs has no such figure." in said


def test_less_of_what_should_be_zero_is_lower_and_better() -> None:
    view = ComparisonView(
        old="a",
        new="b",
        documents=5,
        differences={
            "safety.numbers.rate": difference(0.3, 0.1, -0.3, -0.1, "better", 0.1),
            "failures.total": difference(1, 4, 1, 5, "worse", 1),
        },
    )

    said = words(page([run("a"), run("b")], [view]))

    assert "better Lower by 0.100 to 0.300" in said
    assert "worse Higher by 1 to 5" in said


def test_figures_without_bounds_are_shown_without_bounds() -> None:
    metrics = {
        "event.f1": MetricView(0.25),
        "failures.total": MetricView(3, 0, float("inf")),
        "claim.joint.f1": MetricView(None),
    }

    said = words(page([RunView(name="bare", metrics=metrics, documents=1)]))

    assert "event.f1 0.250 " in said
    assert "3 0 to ∞" in said


def test_slots_tell_strict_from_lenient() -> None:
    html = page([run("large", 1.0)])

    assert "Event place, F1, large: 0.570, interval 0.490 to 0.650; lenient 0.640" in html
    assert "12 / 20 / 22" in words(html)


def test_every_plot_has_its_words() -> None:
    html = page(runs(), [compared()])

    plots = [attrs for name, attrs in Page(html).elements if name == "svg" and "role" in attrs]
    assert len(plots) > 40
    assert all(attrs["aria-label"] for attrs in plots)
    assert html.count("<title>") == len(plots) + 1


def test_gold_and_prediction_stand_side_by_side_slot_by_slot() -> None:
    said = words(page([run()]))

    assert "✕ Place wrong Ostrava Bay or the ferry terminal of Ostrava Bay Maren headland" in said
    assert "− Date missing 2025-03-13 –" in said
    assert "4 killed 11 wounded 4 killed" in said
    assert "2 missed · 2 spurious · 5 slots not right" in said


def test_what_gold_excludes_is_marked_as_such() -> None:
    html = page([run()])

    assert '<aside class="dl-zone dl-zone-comment"' in html
    assert "not used as evidence" in html


def test_a_document_without_text_says_so_and_shows_offsets() -> None:
    said = words(page([run()]))

    assert "The text of this document is not at hand" in said
    assert "characters 120 to 188" in said


def test_a_failed_document_says_why() -> None:
    said = words(page([run()]))

    assert "Failed: rate_limited: the provider asked to slow down." in said


def test_a_document_that_was_never_predicted_says_so() -> None:
    view = replace(failed(), predicted=None)

    said = words(page([replace(run(), drilldown=(view,))]))

    assert "No prediction was made: all of gold counts as missed." in said


def test_mistakes_are_counted_by_class_and_optional_records_are_none() -> None:
    assert mistakes(ferry(careful=False)) == {
        "event.missed": 1,
        "event.spurious": 1,
        "claim.missed": 1,
        "claim.spurious": 1,
        "event.actors": 1,
        "event.place": 1,
        "event.date": 1,
        "event.counts": 1,
        "claim.speaker": 1,
    }
    assert not mistakes(ferry(careful=True))
    assert mistakes(failed())["failed"] == 1


def test_mistakes_link_to_their_documents() -> None:
    html = page([run()])

    found = Page(html)
    links = [attrs for name, attrs in found.elements if attrs.get("data-class") == "event.place"]
    assert [link["href"] for link in links] == ["#doc-1"]


def test_only_the_worst_documents_are_shown_and_the_rest_is_counted() -> None:
    many = tuple(replace(recipe(), id=f"empty-{n}") for n in range(6))
    view = replace(run(), drilldown=(*many, ferry(careful=False)))

    html = page([view], most_documents=3)

    assert Page(html).attributes("class").count("dr-doc") == 3
    assert "4 documents with the fewest mistakes are left out" in words(html)
    assert choose([view], 3).ids[0] == "ferry-terminal"


def test_a_long_text_is_left_out_and_its_records_are_shown() -> None:
    view = ferry(careful=False)
    long = replace(view, text=(view.words or "") + "word " * 30_000)

    said = words(page([replace(run(), drilldown=(long,))]))

    assert "The text is left out to keep the page small." in said
    assert "Maren headland" in said
    assert "word word" not in said


def test_no_runs_no_claims_and_no_documents_make_a_page_that_says_so() -> None:
    assert "No run is shown." in words(page([]))
    assert "No claims." in words(page([replace(run(), drilldown=(recipe(),))]))
    assert "No mistakes." in words(page([replace(run(), drilldown=(recipe(),))]))
    assert 'id="documents"' not in page([nothing(), every_sentence()])


def test_unknown_cost_is_said_to_be_unknown() -> None:
    said = words(page([run(), run("large")]))

    assert "12,400 (4,000 cached) 3,100 unknown 41.2 s" in said
    assert "$0.0213" in said


def test_times_a_document_leave_out_what_the_cache_answered() -> None:
    said = words(page([run()]))

    assert "2.1 s 3.1 s" in said or "2.2 s 3.1 s" in said


def test_zones_cover_the_text_around_what_is_excluded() -> None:
    gold = LabelDocument(
        id="x",
        excluded=(
            ExcludedSpan(start=10, end=20, zone="related"),
            ExcludedSpan(start=15, end=25, zone="comment"),
            ExcludedSpan(start=90, end=200),
        ),
    )

    zones = zones_of("x" * 100, gold)

    assert [(zone.kind, zone.start, zone.end) for zone in zones] == [
        ("body", 0, 10),
        ("related", 10, 20),
        ("comment", 20, 25),
        ("body", 25, 90),
        ("boilerplate", 90, 100),
    ]


def test_a_span_past_the_text_is_no_mark_and_no_crash() -> None:
    claim = LabelClaim(id="c", evidence=(LabelSpan(start=500, end=900),))
    unplaced = LabelClaim(id="d", evidence=(LabelSpan(quote="nowhere to be found"),))
    gold = LabelDocument(id="short", text="A short text.", claims=(claim,))
    view = DocumentView(
        id="short",
        gold=gold,
        predicted=gold,
        pairs=(PairView(claim, None), PairView(None, unplaced)),
    )

    html = page([replace(run(), drilldown=(view,))])

    assert not Page(html).attributes("data-ids")
    assert "nowhere to be found" in html


def test_a_thousand_documents_make_a_page_of_the_worst_two_hundred() -> None:
    many = tuple(replace(ferry(careful=n % 3 > 0), id=f"d{n}") for n in range(1_000))
    view = replace(run(), drilldown=many)

    html = page([view])

    assert html.count('<details class="dr-doc"') == 200
    assert len(html) < 6_000_000
