from __future__ import annotations

import base64
import hashlib
import re
from html.parser import HTMLParser

import pytest

from dateline.articles import Article
from dateline.output.html import asset, fragment, page
from dateline.records import (
    Actor,
    Claim,
    Event,
    Extraction,
    Failure,
    Participation,
    Problem,
    RejectedItem,
    Speaker,
)
from dateline.spans import Evidence, Zone
from support.sample import evidence, sample_article, sample_extraction, sample_failure

ATTACKS = [
    "<script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    "</script><script>alert(1)</script>",
    "</style><script>alert(1)</script>",
    "' onfocus='alert(1)' autofocus='",
    "]]><!--<svg/onload=alert(1)>",
    "{{ 7*7 }} ${alert(1)}",
    "\u202egnp.exe\u202c \u2067שלום\u2069",
    "nul\x00 and escape\x1b[31m",
]


class Page(HTMLParser):
    """Every element of a page, and what its ids and inner links are."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs)))

    def attributes(self, name: str) -> list[str]:
        return [found for _, attrs in self.elements if (found := attrs.get(name)) is not None]


def hostile(words: str) -> Extraction:
    """An extraction in which every free field is an attack."""
    text = f"{words} body text {words}"
    article = Article(
        text=text,
        id=words,
        title=words,
        url=words,
        publisher=words,
        language=words,
        source=words,
        zones=(Zone(kind="body", start=0, end=len(text)),),
    )
    quote = Evidence(quote=text, start=0, end=len(text))
    problem = Problem(code=words, where=words, message=words)
    return sample_extraction().model_copy(
        update={
            "article": article,
            "actors": (Actor(id=words, name=words, mentions=(quote,), country=words),),
            "events": (
                Event(
                    id="E1",
                    event_type=words,
                    sub_event_type=words,
                    summary=words,
                    actors=(Participation(actor_id=words, role="target"),),
                    reported_by=(words,),
                    parent_event_id=words,
                    evidence=(quote,),
                ),
            ),
            "claims": (
                Claim(
                    id="C1",
                    text=words,
                    speaker=Speaker(name=words, role=words),
                    via=(words,),
                    cue=words,
                    evidence=(quote,),
                ),
            ),
            "rejected": (RejectedItem(kind="claim", where=words, problems=(problem,), raw=words),),
            "warnings": (problem,),
        }
    )


@pytest.mark.parametrize("attack", ATTACKS)
def test_nothing_in_article_or_answer_becomes_markup(attack: str) -> None:
    failure = Failure(article_id=attack, source=attack, error=attack, message=attack)
    harmless = Page(page([hostile("harmless"), failure.model_copy()], title="harmless"))

    attacked = Page(page([hostile(attack), failure], title=attack))

    names = [name for name, _ in attacked.elements]
    assert names.count("script") == 1
    assert names.count("style") == 1
    assert set(names) <= {name for name, _ in harmless.elements}
    assert not [k for _, attrs in attacked.elements for k in attrs if k.startswith("on")]


@pytest.mark.parametrize("attack", ATTACKS)
def test_nothing_in_a_fragment_becomes_markup(attack: str) -> None:
    names = [name for name, _ in Page(fragment(hostile(attack))).elements]

    assert "script" not in names
    assert "img" not in names
    assert "svg" not in names


def test_the_policy_allows_the_pages_own_style_and_script_and_nothing_else() -> None:
    html = page([sample_extraction()])

    policy = re.search(r'Content-Security-Policy" content="([^"]+)"', html)
    assert policy is not None
    for name in ("style", "script"):
        content = re.search(f"<{name}>(.*?)</{name}>", html, re.DOTALL)
        assert content is not None
        digest = base64.b64encode(hashlib.sha256(content[1].encode()).digest()).decode()
        assert f"{name}-src 'sha256-{digest}'" in policy[1]
    assert "default-src 'none'" in policy[1]
    assert "unsafe" not in policy[1]
    assert not Page(html).attributes("style")


def test_ids_are_unique_and_every_inner_link_has_its_target() -> None:
    second = sample_extraction(sample_article().model_copy(update={"id": "other"}))
    found = Page(page([sample_extraction(), second, sample_failure()]))

    ids = found.attributes("id")
    assert len(ids) == len(set(ids))
    inner = {href[1:] for href in found.attributes("href") if href.startswith("#")}
    assert inner <= set(ids)
    described = {name for names in found.attributes("aria-describedby") for name in names.split()}
    assert described <= set(ids)


def test_events_claims_and_their_links_are_on_the_page() -> None:
    html = page([sample_extraction()])

    found = Page(html)
    assert {"a1-E1", "a1-E2", "a1-E3", "a1-C1", "a1-C4"} <= set(found.attributes("id"))
    for words in (
        "≥ 14 killed",
        "at least 14 people",
        "Kestrian Army",
        "2024-05-20 to 2024-05-26",
        "the Haddan Courier",
        "close wording",
        "probable",
        "quote_not_found",
        "Governor Halim",
        "one number is used by two records",
        "scripted-1",
        "Reported, unverified",
    ):
        assert words in html, words


def test_several_articles_have_a_contents_list_and_failures_are_listed() -> None:
    html = page([sample_extraction(), sample_failure(), sample_extraction()])

    assert '<nav class="dl-contents" aria-label="Articles">' in html
    assert 'href="#a2"' in html
    assert "1 article failed" in html
    assert "articles/orsin-bridge.txt" in html


def test_an_unknown_publication_date_is_said() -> None:
    article = sample_article().model_copy(update={"published": None})

    assert "publication date unknown" in page([sample_extraction(article)])


def test_no_results_make_a_page_that_says_so() -> None:
    assert "No article was extracted" in page([])


def test_an_article_without_headline_shows_its_title() -> None:
    text = "Words of the body."
    article = Article(
        text=text, title="A title", zones=(Zone(kind="body", start=0, end=len(text)),)
    )
    extraction = sample_extraction(sample_article()).model_copy(
        update={"article": article, "events": (), "claims": (), "actors": ()}
    )

    assert '<h2 class="dl-headline" dir="auto">A title</h2>' in page([extraction])


def test_a_fragment_styles_only_itself_and_runs_nothing() -> None:
    html = fragment(sample_extraction())

    assert "<script" not in html
    assert html == sample_extraction()._repr_html_()


def test_every_rule_of_the_shared_style_is_scoped() -> None:
    css = re.sub(r"/\*.*?\*/", "", asset("view.css"), flags=re.DOTALL)

    selectors = re.findall(r"(?:^|[{}])\s*([^{}@]+?)\s*\{", css)
    assert len(selectors) > 50
    loose = [
        part
        for selector in selectors
        for part in selector.split(",")
        if not part.strip().startswith((".dateline ", ".dateline-fragment"))
        and part.strip() != ".dateline"
    ]
    assert loose == []


def test_assets_ask_for_nothing_from_elsewhere() -> None:
    for name in ("view.css", "page.css", "page.js"):
        content = asset(name)
        assert not re.search(r"https?:|url\(|@import|fetch\(|XMLHttp|import\(", content), name
        assert "</s" not in content
        assert "innerHTML" not in content


def test_marks_lie_on_the_words_of_their_evidence() -> None:
    extraction = sample_extraction()
    quote = "a patrol of the Kestrian Army arrived"

    html = page([extraction])

    start = evidence(extraction.article, quote).start
    assert extraction.article.text[start:].startswith(quote)
    assert re.search(r'data-ids="a1-E1">a patrol of the Kestrian Army arrived[^<]+</a><sup', html)
