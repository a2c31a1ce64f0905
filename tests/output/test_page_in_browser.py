from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from dateline.output.html import fragment, page
from support.chromium import Browser, executable
from support.sample import sample_article, sample_extraction, sample_failure

pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(executable() is None, reason="no Chromium is installed"),
]

SELECTED = "[...document.querySelectorAll('.dl-card.dl-on')].map(card => card.id).join()"
POP_SHOWN = "!document.querySelector('.dl-pop').hidden"


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with Browser(str(executable())) as running:
        yield running


@pytest.fixture(scope="module")
def one(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("page") / "one.html"
    path.write_text(page([sample_extraction()]), encoding="utf-8")
    return path


@pytest.fixture(scope="module")
def many(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("page") / "many.html"
    other = sample_article().model_copy(update={"id": "other", "title": "Another title"})
    results = [sample_extraction(), sample_failure(), sample_extraction(other)]
    path.write_text(page(results), encoding="utf-8")
    return path


def test_the_page_is_quiet_and_asks_for_nothing(browser: Browser, many: Path) -> None:
    browser.open(many)
    browser.press("j")
    browser.js("document.querySelector('.dl-theme').click()")

    assert browser.messages == []
    assert browser.requests == [many.as_uri()]


@pytest.mark.parametrize("width", [320, 390, 768, 1280])
def test_nothing_is_wider_than_the_window(browser: Browser, many: Path, width: int) -> None:
    browser.open(many, width=width, height=844)
    browser.js("document.querySelectorAll('details').forEach(fold => fold.open = true)")

    assert browser.js("document.documentElement.scrollWidth <= innerWidth")


def test_hovering_shows_the_card_of_each_record_there(browser: Browser, one: Path) -> None:
    browser.open(one)

    browser.move(".dl-mark-event.dl-mark-claim")

    browser.wait(POP_SHOWN)
    shown = browser.js("document.querySelector('.dl-pop').innerText")
    assert "Gunmen attacked traders" in shown
    assert "the provincial police" in shown


def test_clicking_a_mark_opens_its_card_and_lights_all_its_evidence(
    browser: Browser, one: Path
) -> None:
    browser.open(one)

    browser.click(".dl-mark-event")

    assert browser.js("document.getElementById('a1-E1').open")
    assert browser.js(SELECTED) == "a1-E1"
    lit = browser.js("[...document.querySelectorAll('.dl-mark.dl-on')].map(m => m.innerText)")
    assert any("patrol of the Kestrian Army" in words for words in lit)


def test_clicking_again_goes_on_to_the_next_record_there(browser: Browser, one: Path) -> None:
    browser.open(one)

    browser.click(".dl-mark-event.dl-mark-claim")
    first = browser.js(SELECTED)
    browser.click(".dl-mark-event.dl-mark-claim")

    assert {first, browser.js(SELECTED)} == {"a1-E1", "a1-C1"}


def test_a_record_leads_to_its_words(browser: Browser, one: Path) -> None:
    browser.open(one, height=500)

    browser.js("document.querySelector('#a1-E3 > summary').click()")

    browser.wait(
        "(() => { const r = document.querySelector('.dl-mark.dl-on').getBoundingClientRect();"
        " return r.top > 0 && r.bottom < innerHeight; })()"
    )


def test_a_quote_in_a_card_leads_to_that_quote(browser: Browser, one: Path) -> None:
    browser.open(one)

    browser.js("document.querySelector('#a1-C3').open = true")
    browser.js("document.querySelectorAll('#a1-C3 .dl-quote')[1].click()")

    assert "cover for the collapse" in browser.js("document.activeElement.innerText")


def test_the_keyboard_reaches_marks_and_cards_and_comes_back(browser: Browser, one: Path) -> None:
    browser.open(one)
    for _ in range(12):
        browser.press("Tab")
        if browser.js("document.activeElement.classList.contains('dl-mark')"):
            break

    words = browser.js("document.activeElement.innerText")
    browser.wait(POP_SHOWN)
    assert browser.js("getComputedStyle(document.activeElement).outlineStyle") == "solid"
    browser.press("Enter")
    assert browser.js("document.activeElement.parentElement.id") == "a1-E1"
    browser.press("ArrowDown")
    assert browser.js("document.activeElement.parentElement.id") == "a1-E2"
    browser.press("Escape")
    assert browser.js("document.activeElement.innerText") == words
    assert browser.js(SELECTED) == ""


def test_j_and_k_walk_through_the_records_in_text_order(browser: Browser, one: Path) -> None:
    browser.open(one)
    walked = []

    for key in "jjjk":
        browser.press(key)
        walked.append(browser.js(SELECTED))

    assert walked == ["a1-E1", "a1-C1", "a1-C2", "a1-C1"]


def test_every_mark_can_be_reached_and_says_what_it_is(browser: Browser, one: Path) -> None:
    browser.open(one)

    ids = browser.js(
        "[...new Set([...document.querySelectorAll('.dl-mark')].filter(m => m.tabIndex === 0)"
        ".flatMap(m => m.dataset.ids.split(' ')))].length"
    )
    unexplained = browser.js(
        "[...document.querySelectorAll('.dl-mark')].filter(m => !m.getAttribute("
        "'aria-describedby').split(' ').every(id => document.getElementById(id)?.innerText))"
        ".length"
    )
    assert ids == 7
    assert unexplained == 0


def test_on_a_phone_the_card_is_a_sheet_that_can_be_closed(browser: Browser, one: Path) -> None:
    browser.open(one, width=390, height=844)

    browser.click(".dl-mark-claim")

    assert browser.js(POP_SHOWN)
    pop = "document.querySelector('.dl-pop').getBoundingClientRect()"
    assert browser.js(f"Math.round({pop}.bottom) === innerHeight")
    mark = "document.querySelector('.dl-mark-claim').getBoundingClientRect()"
    assert browser.js(f"{mark}.bottom <= {pop}.top")
    browser.click(".dl-pop-close")
    assert not browser.js(POP_SHOWN)


def test_events_can_be_hidden_in_the_text(browser: Browser, one: Path) -> None:
    browser.open(one)

    browser.click("[data-toggle=event]")

    line = "getComputedStyle(document.querySelector('.dl-mark-event')).borderBottomStyle"
    assert browser.js(line) == "none"
    assert browser.js("document.querySelector('[data-toggle=event]').ariaPressed") == "false"
    browser.click("[data-toggle=event]")
    assert browser.js(line) == "solid"


def test_events_and_claims_differ_by_more_than_colour(browser: Browser, one: Path) -> None:
    browser.open(one)

    def style(selector: str, name: str) -> str:
        return str(browser.js(f"getComputedStyle(document.querySelector('{selector}')).{name}"))

    assert style(".dl-mark-event:not(.dl-mark-claim)", "borderBottomStyle") == "solid"
    assert style(".dl-mark-claim:not(.dl-mark-event)", "borderBottomStyle") == "none"
    assert style(".dl-mark-claim:not(.dl-mark-event)", "textDecorationStyle") == "dotted"


CONTRAST = """
(() => {
  const canvas = document.createElement('canvas').getContext('2d', {willReadFrequently: true});
  const rgb = colour => { canvas.clearRect(0,0,1,1); canvas.fillStyle = colour;
    canvas.fillRect(0,0,1,1); return [...canvas.getImageData(0,0,1,1).data]; };
  const light = ([r,g,b]) => [r,g,b].map(v => v/255).map(v => v <= 0.04045 ? v/12.92 :
    ((v+0.055)/1.055)**2.4).reduce((sum,v,i) => sum + v*[0.2126,0.7152,0.0722][i], 0);
  const behind = e => { for (; e; e = e.parentElement) { const c =
    rgb(getComputedStyle(e).backgroundColor); if (c[3] === 255) return c; } return [255,255,255]; };
  document.querySelectorAll('details').forEach(fold => fold.open = true);
  const worst = {};
  for (const e of document.querySelectorAll('.dateline *')) {
    if (![...e.childNodes].some(n => n.nodeType === 3 && n.data.trim())) continue;
    if (!e.offsetParent) continue;
    const a = light(rgb(getComputedStyle(e).color)), b = light(behind(e));
    const ratio = (Math.max(a,b)+0.05)/(Math.min(a,b)+0.05);
    if (ratio < 4.5) worst[e.className || e.tagName] = ratio;
  }
  return worst;
})()
"""


@pytest.mark.parametrize("dark", [False, True])
def test_all_text_has_enough_contrast(browser: Browser, one: Path, dark: bool) -> None:
    browser.open(one, dark=dark)

    assert browser.js(CONTRAST) == {}


def test_the_theme_can_be_changed_against_the_system(browser: Browser, one: Path) -> None:
    browser.open(one, dark=True)
    paper = "getComputedStyle(document.querySelector('.dateline')).backgroundColor"
    dark = browser.js(paper)

    browser.click(".dl-theme")

    assert browser.js("document.documentElement.dataset.theme") == "light"
    assert browser.js(paper) != dark


def test_paper_shows_the_cards_open_and_no_controls(browser: Browser, one: Path) -> None:
    browser.open(one)
    browser.call("Emulation.setEmulatedMedia", media="print")

    hidden = browser.js("getComputedStyle(document.querySelector('.dl-bar-tools')).display")
    browser.js("dispatchEvent(new Event('beforeprint'))")
    shown = browser.js("document.querySelector('#a1-E1 .dl-rows').offsetHeight")
    browser.call("Emulation.setEmulatedMedia", media="")

    assert hidden == "none"
    assert shown > 0


def test_right_to_left_text_runs_from_the_right(browser: Browser, tmp_path: Path) -> None:
    from dateline.articles import Article
    from dateline.spans import Zone

    text = "أعلنت الشرطة في المدينة وقوع هجوم"
    article = Article(text=text, language="ar", zones=(Zone(kind="body", start=0, end=len(text)),))
    extraction = sample_extraction().model_copy(
        update={"article": article, "events": (), "claims": (), "actors": ()}
    )
    path = tmp_path / "rtl.html"
    path.write_text(page([extraction]), encoding="utf-8")

    browser.open(path)

    assert browser.js("getComputedStyle(document.querySelector('.dl-body')).direction") == "rtl"


def test_a_fragment_leaves_the_notebook_around_it_alone(browser: Browser, tmp_path: Path) -> None:
    shell = "<!doctype html><meta charset=utf-8><h2>Cell</h2><p>Text <a href='#x'>link</a></p>"
    looks = (
        "JSON.stringify(['h2','p','a'].map(n => { const s = getComputedStyle("
        "document.querySelector(n)); return [s.color, s.font, s.margin, s.textDecoration]; }))"
    )
    bare, full = tmp_path / "bare.html", tmp_path / "full.html"
    bare.write_text(shell, encoding="utf-8")
    full.write_text(shell + fragment(sample_extraction()), encoding="utf-8")

    browser.open(bare)
    before = browser.js(looks)
    browser.open(full)

    assert browser.js(looks) == before
    assert browser.messages == []
