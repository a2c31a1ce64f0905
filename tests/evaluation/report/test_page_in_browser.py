from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from dateline.evaluation.report.html import page
from support.chromium import Browser, executable
from support.report_sample import (
    compared,
    every_sentence,
    failed,
    ferry,
    march,
    nothing,
    recipe,
    run,
    runs,
)

pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(executable() is None, reason="no Chromium is installed"),
]

OPEN = "[...document.querySelectorAll('.dr-doc[open]')].map(doc => doc.id).join()"
FOCUS = "document.activeElement"
LONG = "a-very-long-name-without-any-place-to-break-" * 4
LOST = """
(() => {
  const inside = (e) => { for (let p = e.parentElement; p; p = p.parentElement) {
    if (['auto', 'scroll'].includes(getComputedStyle(p).overflowX)) return true; } return false; };
  return [...document.querySelectorAll('.dateline *')].filter(e => {
    const r = e.getBoundingClientRect();
    return r.width && r.right > innerWidth + 1 && !inside(e)
      && !e.closest('.dl-heard, thead, .dl-bar h1');
  }).map(e => e.outerHTML.slice(0, 120)).slice(0, 5);
})()
"""
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
  // What is drawn needs three to one; the hatch of a mark is drawn behind words.
  for (const e of document.querySelectorAll('.dr-marker')) {
    const style = getComputedStyle(e);
    const a = light(rgb(style.color)), b = light(behind(e.closest('td, th, .dateline')));
    const ratio = (Math.max(a,b)+0.05)/(Math.min(a,b)+0.05);
    if (ratio < 3) worst[e.closest('.dr-series').getAttribute('class')] = ratio;
  }
  return worst;
})()
"""


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with Browser(str(executable())) as running:
        yield running


def write(folder: Path, html: str) -> Path:
    path = folder / "report.html"
    path.write_text(html, encoding="utf-8")
    return path


@pytest.fixture(scope="module")
def report(tmp_path_factory: pytest.TempPathFactory) -> Path:
    html = page(runs(), [compared()], title="invented suite")
    return write(tmp_path_factory.mktemp("report"), html)


@pytest.fixture(scope="module")
def extremes(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Seven runs with long names, long titles, and nothing but failures in one of them."""
    shouting = replace(ferry(careful=False), title=LONG)
    long = replace(run("small"), name=LONG, model=LONG, provider=LONG, prompt=LONG, schema=LONG)
    long = replace(long, drilldown=(shouting, recipe()))
    lost = replace(run("lost", 0.0), drilldown=(failed(),), usage=None)
    more = [run(f"size-{n}", 0.5 + n / 10) for n in range(3)]
    views = [long, lost, *more, every_sentence(), nothing()]
    html = page(views, [replace(compared(), new=LONG, notes=(LONG,))], title=LONG)
    return write(tmp_path_factory.mktemp("extremes"), html)


def test_the_page_is_quiet_and_asks_for_nothing(browser: Browser, report: Path) -> None:
    browser.open(report)

    for key in "nnpjk":
        browser.press(key)
    browser.js("document.querySelector('.dl-theme').click()")

    assert browser.messages == []
    assert browser.requests == [report.as_uri()]


@pytest.mark.parametrize("width", [320, 390, 768, 1000, 1280])
@pytest.mark.parametrize("which", ["report", "extremes"])
def test_nothing_is_wider_than_the_window(
    browser: Browser, width: int, which: str, request: pytest.FixtureRequest
) -> None:
    browser.open(request.getfixturevalue(which), width=width, height=844)
    browser.js("document.querySelectorAll('details').forEach(fold => fold.open = true)")

    assert browser.js("document.documentElement.scrollWidth <= innerWidth")
    assert browser.js(LOST) == []


@pytest.mark.parametrize("dark", [False, True])
def test_all_text_and_all_plots_have_enough_contrast(
    browser: Browser, report: Path, dark: bool
) -> None:
    browser.open(report, dark=dark)

    assert browser.js(CONTRAST) == {}


def test_many_runs_keep_their_contrast_and_their_shapes(browser: Browser, extremes: Path) -> None:
    browser.open(extremes, dark=True)

    assert browser.js(CONTRAST) == {}
    shapes = browser.js(
        "[...document.querySelectorAll('.dr-made .dr-marker')].map(path => path.getAttribute('d'))"
    )
    assert len(shapes) == len(set(shapes)) == 7


def test_dots_stand_where_their_figures_are(browser: Browser, report: Path) -> None:
    browser.open(report)

    places = browser.js(
        "[...document.querySelectorAll('.dr-slots-table .dr-plot')].slice(0, 4).map(plot => {"
        " const box = plot.getBoundingClientRect();"
        " const dot = plot.querySelector('.dr-marker').getBoundingClientRect();"
        " return (dot.left + dot.width / 2 - box.left) / box.width; })"
    )

    assert places == pytest.approx([0.336, 0.441, 0.084, 0.0], abs=0.005)


def test_gold_and_prediction_stand_side_by_side_and_on_a_phone_under_one_another(
    browser: Browser, report: Path
) -> None:
    places = (
        "[...document.querySelectorAll('#doc-1 .dr-run:not([hidden]) .dr-text')]"
        ".map(text => { const r = text.getBoundingClientRect(); return [r.left, r.top]; })"
    )
    browser.open(report)
    browser.press("n")
    gold, predicted = browser.js(places)
    assert gold[1] == predicted[1]
    assert gold[0] < predicted[0]

    browser.open(report, width=390, height=844)
    browser.press("n")
    gold, predicted = browser.js(places)
    assert gold[0] == predicted[0]
    assert gold[1] < predicted[1]


def test_n_and_p_walk_through_the_documents(browser: Browser, report: Path) -> None:
    browser.open(report)
    walked = []

    for key in "nnnp":
        browser.press(key)
        walked.append(browser.js(OPEN))

    assert walked == ["doc-1", "doc-2", "doc-3", "doc-2"]
    assert browser.js(f"{FOCUS}.parentElement.id") == "doc-2"
    assert browser.js("document.getElementById('dr-count').innerText") == "2 of 5"


def test_a_document_opens_by_tab_and_enter(browser: Browser, report: Path) -> None:
    browser.open(report)
    browser.js("document.getElementById('dr-next').focus()")

    browser.press("Tab")
    browser.press("Enter")

    assert browser.js(OPEN) == "doc-1"
    assert browser.js(f"getComputedStyle({FOCUS}).outlineStyle") == "solid"


def test_focus_goes_through_the_page_in_the_order_of_its_parts(
    browser: Browser, report: Path
) -> None:
    browser.open(report)
    seen = []

    for _ in range(40):
        browser.press("Tab")
        part = browser.js(
            f"({FOCUS}.closest('.dl-bar, .dr-nav, .dr-part') || {FOCUS}).id ||"
            f" {FOCUS}.closest('.dl-bar, .dr-nav')?.className || ''"
        )
        if part and (not seen or seen[-1] != part):
            seen.append(part)

    order = ["dl-bar", "dr-nav", "summary", "comparison", "slots", "mistakes", "cost", "documents"]
    assert seen[: len(order)] == order[: len(seen)]
    assert len(seen) >= 6


def test_typing_in_a_choice_is_not_walking(browser: Browser, report: Path) -> None:
    browser.open(report)
    browser.js("document.getElementById('dr-class').focus()")

    for key in "njp":
        browser.press(key)

    assert browser.js(OPEN) == ""


def test_a_mark_lights_its_partner_and_its_card(browser: Browser, report: Path) -> None:
    browser.open(report)
    browser.press("n")

    browser.click("#doc-1 .dr-run:not([hidden]) .dl-mark-claim")

    lit = browser.js("[...document.querySelectorAll('.dl-mark.dl-on')].map(mark => mark.innerText)")
    assert lit == [
        "it had fired on a fuel depot and not on the terminal",
        "it had fired on a fuel depot",
    ]
    assert browser.js("document.querySelector('.dl-card.dl-on').id") == "doc-1-r0-C2"


def test_j_and_k_stay_in_open_documents_and_the_chosen_run(browser: Browser, report: Path) -> None:
    browser.open(report)
    browser.press("j")
    assert browser.js("document.querySelectorAll('.dl-on').length") == 0

    browser.press("n")
    walked = []
    for _ in range(9):
        browser.press("j")
        walked.append(browser.js("document.querySelector('.dl-card.dl-on').id"))

    assert len(set(walked)) == 8
    assert walked[8] == walked[0]
    assert all(name.startswith("doc-1-r0-") for name in walked)


def choose(browser: Browser, name: str, value: str) -> None:
    browser.js(
        f"(() => {{ const choice = document.getElementById('{name}');"
        f" choice.value = '{value}'; choice.dispatchEvent(new Event('change')); }})()"
    )


SHOWN = "[...document.querySelectorAll('.dr-doc:not([hidden])')].map(doc => doc.id).join()"


def test_documents_are_chosen_by_their_mistakes_in_the_chosen_run(
    browser: Browser, report: Path
) -> None:
    browser.open(report)

    choose(browser, "dr-class", "event.place")
    assert browser.js(SHOWN) == "doc-1"
    assert browser.js("document.getElementById('dr-count').innerText") == "1 of 5 documents"

    choose(browser, "dr-run", "1")
    assert browser.js(SHOWN) == ""
    assert browser.js("!document.querySelector('.dr-nothing').hidden")

    choose(browser, "dr-class", "failed")
    browser.press("n")
    assert browser.js(f"document.querySelector('#{browser.js(OPEN)} .dr-failure').innerText") != ""


def test_only_the_chosen_run_is_shown(browser: Browser, report: Path) -> None:
    browser.open(report)
    browser.press("n")
    titles = (
        "[...document.querySelectorAll('#doc-1 .dr-run')].filter(r => r.offsetHeight).map("
        "r => r.dataset.run).join()"
    )

    assert browser.js(titles) == "0"
    choose(browser, "dr-run", "1")
    assert browser.js(titles) == "1"


def test_a_mistake_leads_to_its_document_with_the_run_and_the_filter_set(
    browser: Browser, report: Path
) -> None:
    browser.open(report)
    browser.js("document.querySelectorAll('.dr-where').forEach(fold => fold.open = true)")

    browser.js('document.querySelector(\'a[data-class="claim.speaker"][data-run="1"]\').click()')

    assert browser.js("document.getElementById('dr-run').value") == "1"
    assert browser.js("document.getElementById('dr-class').value") == "claim.speaker"
    opened = browser.js(OPEN)
    assert (
        browser.js(f"document.querySelector('#{opened} .dr-doc-name').innerText") == "labels-only"
    )
    assert browser.js(f"{FOCUS}.parentElement.id") == opened


def test_everything_is_there_without_a_script(browser: Browser, tmp_path: Path) -> None:
    html = page([run(), run("large")], [compared()])
    start, end = html.index("<script>"), html.index("</script>")
    path = write(tmp_path, html[:start] + html[end + len("</script>") :])

    browser.open(path)
    browser.js("document.getElementById('doc-1').open = true")

    heights = browser.js(
        "[...document.querySelectorAll('#doc-1 .dr-run')].map(part => part.offsetHeight > 100)"
    )
    assert heights == [True, True]
    assert browser.js("document.querySelector('.dr-tools').offsetHeight") == 0
    assert browser.js("document.querySelector('#doc-1 .dr-run-title').offsetHeight") > 0


def test_words_of_an_article_run_nothing(browser: Browser, tmp_path: Path) -> None:
    attack = "<script>document.title='owned'</script><img src=x onerror=\"document.title='owned'\">"
    view = march()
    gold = view.gold.model_copy(update={"id": '"a" <b>', "text": attack + (view.gold.text or "")})
    wild = replace(run(attack), drilldown=(replace(view, gold=gold, title=attack),))

    browser.open(write(tmp_path, page([wild], title="safe")))
    browser.press("n")

    assert browser.js("document.title") == "safe"
    assert browser.messages == []
    assert attack in browser.js("document.querySelector('.dr-text').textContent")


def test_one_document_and_a_run_in_which_all_failed_can_be_read(
    browser: Browser, tmp_path: Path
) -> None:
    lost = replace(run("lost", 0.0), drilldown=(failed(),), documents=1)

    browser.open(write(tmp_path, page([lost])))
    browser.press("n")

    assert browser.messages == []
    assert "slow down" in browser.js("document.querySelector('.dr-failure').innerText")
    browser.press("n")
    assert browser.js(OPEN) == "doc-1"


def test_records_without_a_partner_differ_by_more_than_colour(
    browser: Browser, report: Path
) -> None:
    browser.open(report)
    browser.press("n")

    def style(selector: str, name: str) -> str:
        return str(browser.js(f"getComputedStyle(document.querySelector('{selector}')).{name}"))

    assert style("#doc-1 .dl-mark-event-alone", "borderBottomStyle") == "dashed"
    assert "gradient" in style("#doc-1 .dl-mark-event-alone", "backgroundImage")
    assert style("#doc-1 .dl-mark-event", "backgroundImage") == "none"
