"""Results as a page: one file that needs no network, and a fragment for notebooks.

``page`` gives a document that works from a disk, by keyboard, on a phone and on paper.
``fragment`` gives the same view of one extraction without a script, styled within itself.
Every word of an article or a model is escaped by ``markup``; a content security policy with
hashes keeps anything else from running even so.
"""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path

from dateline.output import wording
from dateline.output.cards import Cards
from dateline.output.markup import Child, Markup, join, link, tag, text, value
from dateline.output.text_view import Mark, text_view
from dateline.records import Extraction, Failure, Problem, RejectedItem

_ASSETS = Path(__file__).parent / "assets"


@lru_cache(maxsize=8)
def asset(name: str) -> Markup:
    """One shipped style sheet or script, ready to stand between its tags."""
    return Markup((_ASSETS / name).read_text(encoding="utf-8"))


def page(results: Sequence[Extraction | Failure], *, title: str | None = None) -> str:
    """Return one self-contained HTML document that shows results.

    Args:
        results: extractions and failures; extractions are shown in this order.
        title: the document's title; by default the article's, or the number of articles.
    """
    extractions = [result for result in results if isinstance(result, Extraction)]
    failures = [result for result in results if isinstance(result, Failure)]
    title = title or _title(extractions)
    events = sum(len(extraction.events) for extraction in extractions)
    claims = sum(len(extraction.claims) for extraction in extractions)
    many = len(extractions) > 1
    body = tag(
        "div",
        _bar(title, len(extractions), events, claims),
        tag("p", wording.UNVERIFIED, class_="dl-unverified", role="note"),
        _contents(extractions) if many else None,
        _failures(failures),
        *(
            _article(extraction, prefix=f"a{number}-", anchor=f"a{number}")
            for number, extraction in enumerate(extractions, start=1)
        ),
        tag("p", "No article was extracted.", class_="dl-empty") if not extractions else None,
        _keys(),
        class_="dateline",
        id="top",
    )
    return document(title, body)


def document(title: str, body: Markup, *, extra_style: str = "", extra_script: str = "") -> str:
    """Wrap a body that uses the shared view into one self-contained document.

    ``extra_style`` and ``extra_script`` are the caller's own code, never article text.
    """
    style = Markup(asset("view.css") + asset("page.css") + extra_style)
    script = Markup(asset("page.js") + extra_script)
    policy = (
        f"default-src 'none'; style-src '{_hash(style)}'; script-src '{_hash(script)}'; "
        "base-uri 'none'; form-action 'none'"
    )
    # The policy's quotes are plain in a double-quoted attribute; text() would still be right,
    # but a person who reads the source should see the policy as it is.
    return (
        '<!doctype html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n'
        f'<meta http-equiv="Content-Security-Policy" content="{policy}">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        '<meta name="referrer" content="no-referrer">\n'
        '<meta name="color-scheme" content="light dark">\n'
        f"<title>{text(title)}</title>\n<style>{style}</style>\n</head>\n"
        f"<body>\n{body}\n<script>{script}</script>\n</body>\n</html>\n"
    )


def fragment(extraction: Extraction) -> str:
    """Return one extraction for a notebook cell: no script, no style outside itself."""
    article = extraction.article
    digest = hashlib.sha256(f"{article.id}\0{article.text}".encode("utf-8", "replace")).hexdigest()
    prefix = f"dl{digest[:8]}-"
    return tag(
        "div",
        tag("style", asset("view.css")),
        _article(extraction, prefix=prefix, anchor=f"{prefix}article"),
        tag("p", wording.UNVERIFIED, class_="dl-unverified", role="note"),
        class_="dateline dateline-fragment",
    )


def marks_of(extraction: Extraction) -> list[Mark]:
    """Every piece of evidence of every event and claim, as marks of a text view."""
    records = [("event", event.id, event.summary, event.evidence) for event in extraction.events]
    records += [("claim", claim.id, claim.text, claim.evidence) for claim in extraction.claims]
    return [
        Mark(evidence.span, record_id, kind, label)
        for kind, record_id, label, found in records
        for evidence in found
    ]


def _hash(content: str) -> str:
    return "sha256-" + base64.b64encode(hashlib.sha256(content.encode()).digest()).decode()


def _title(extractions: Sequence[Extraction]) -> str:
    if len(extractions) == 1:
        return wording.name_of(extractions[0].article)
    return wording.counted(len(extractions), "article")


def _bar(title: str, articles: int, events: int, claims: int) -> Markup:
    def toggle(kind: str, count: int) -> Markup:
        return tag(
            "button",
            tag("span", class_=f"dl-key dl-key-{kind}", aria_hidden="true"),
            wording.counted(count, kind),
            type="button",
            class_="dl-toggle",
            data_toggle=kind,
            aria_pressed="true",
            title=f"Show or hide {kind}s in the text",
        )

    return tag(
        "header",
        tag(
            "div",
            tag("span", "dateline", class_="dl-brand"),
            tag("h1", value(title), class_="dl-heard" if articles == 1 else None),
            class_="dl-bar-title",
        ),
        tag(
            "div",
            toggle("event", events),
            toggle("claim", claims),
            tag("button", "Theme", type="button", class_="dl-theme", hidden=True),
            class_="dl-bar-tools",
        ),
        class_="dl-bar",
    )


def _contents(extractions: Sequence[Extraction]) -> Markup:
    items: list[Child] = []
    for number, extraction in enumerate(extractions, start=1):
        about = _about(extraction)
        items.append(
            tag(
                "li",
                tag(
                    "a",
                    value(wording.name_of(extraction.article)),
                    href=f"#a{number}",
                ),
                tag("span", join(about, " · "), class_="dl-note") if about else None,
                tag("span", _counted(extraction), class_="dl-note dl-counted"),
            )
        )
    return tag("nav", tag("ol", *items), class_="dl-contents", aria_label="Articles")


def _counted(extraction: Extraction) -> str:
    events = wording.counted(len(extraction.events), "event")
    return f"{events}, {wording.counted(len(extraction.claims), 'claim')}"


def _about(extraction: Extraction) -> list[Child]:
    article = extraction.article
    return [
        value(article.publisher) if article.publisher else None,
        article.published.isoformat() if article.published else None,
    ]


def _failures(failures: Sequence[Failure]) -> Markup | None:
    if not failures:
        return None
    count = len(failures)
    return tag(
        "section",
        tag("h2", f"{wording.counted(count, 'article')} failed"),
        tag(
            "ul",
            *(
                tag(
                    "li",
                    tag("strong", value(failure.source or failure.article_id or "unknown source")),
                    " ",
                    tag("code", failure.error),
                    tag("span", failure.message, dir="auto", class_="dl-card-line"),
                )
                for failure in failures
            ),
        ),
        class_="dl-failures",
        aria_label="Failed articles",
    )


def _article(extraction: Extraction, *, prefix: str, anchor: str) -> Markup:
    cards = Cards(extraction, prefix=prefix)
    article = extraction.article
    has_headline = any(zone.kind == "headline" for zone in article.zones)
    about = [
        *_about(extraction),
        "publication date unknown" if article.published is None else None,
        article.language,
        link(article.url) if article.url else None,
    ]
    name = wording.name_of(article)
    return tag(
        "article",
        tag(
            "div",
            tag(
                "div",
                tag("p", join(about, " · "), class_="dl-about"),
                tag("h2", article.title, class_="dl-headline", dir="auto")
                if article.title and not has_headline
                else None,
                text_view(
                    article.text,
                    article.zones,
                    marks_of(extraction),
                    prefix=prefix,
                    lang=article.language,
                ),
                class_="dl-reading",
            ),
            tag(
                "div",
                _records("Events", [cards.event(event) for event in extraction.events]),
                _records("Claims", [cards.claim(claim) for claim in extraction.claims]),
                class_="dl-records",
                aria_label="Records",
                role="region",
            ),
            class_="dl-columns",
        ),
        tag(
            "footer",
            _warnings(extraction.warnings),
            _rejected(extraction.rejected),
            _provenance(extraction),
            class_="dl-back",
        ),
        class_="dl-article",
        id=anchor,
        aria_label=name,
    )


def _records(name: str, cards: Sequence[Markup]) -> Markup:
    return tag(
        "section",
        tag("h3", name, " ", tag("span", str(len(cards)), class_="dl-number")),
        *(cards or [tag("p", f"No {name.lower()}.", class_="dl-empty")]),
        aria_label=name,
    )


def _warnings(warnings: Sequence[Problem]) -> Markup | None:
    if not warnings:
        return None
    return tag(
        "details",
        tag("summary", wording.counted(len(warnings), "warning")),
        tag("ul", *(_problem(problem) for problem in warnings)),
        class_="dl-fold dl-warnings",
        open=True,
    )


def _problem(problem: Problem) -> Markup:
    return tag(
        "li", tag("code", problem.code), " ", value(problem.message), " ",
        tag("span", problem.where, class_="dl-note"),
    )  # fmt: skip


def _rejected(rejected: Sequence[RejectedItem]) -> Markup | None:
    if not rejected:
        return None
    return tag(
        "details",
        tag("summary", wording.counted(len(rejected), "rejected item")),
        *(
            tag(
                "div",
                tag(
                    "p",
                    tag("strong", item.kind.capitalize()),
                    f" of {item.record_id}" if item.record_id else None,
                    " ",
                    tag("code", item.where),
                    tag(
                        "span",
                        f" asked {wording.counted(item.attempts, 'time')}",
                        class_="dl-note",
                    ),
                ),
                tag("ul", *(_problem(problem) for problem in item.problems)),
                tag("pre", item.raw, dir="auto", tabindex=0, aria_label="What the model wrote"),
                class_="dl-rejected-item",
            )
            for item in rejected
        ),
        class_="dl-fold dl-rejected",
    )


def _provenance(extraction: Extraction) -> Markup:
    made, usage = extraction.provenance, extraction.usage
    cost = "unknown" if usage.cost_usd is None else f"${usage.cost_usd:.4f}"
    facts: list[tuple[str, str]] = [
        ("Model", f"{made.model} ({made.provider})"),
        ("Asked", f"{made.asking}, {made.prompt} ({made.prompt_fingerprint})"),
        ("Taxonomy", f"{made.taxonomy} (schema {made.schema_fingerprint})"),
        ("Calls", f"{usage.calls} made, {usage.cached_calls} from the cache"),
        (
            "Tokens",
            f"{usage.input_tokens:,} in ({usage.cached_input_tokens:,} cached), "
            f"{usage.output_tokens:,} out",
        ),
        ("Waited", f"{usage.seconds:.1f} s"),
        ("Cost", cost),
        ("Version", f"dateline {made.dateline_version}"),
        ("Article", extraction.article.id),
    ]
    if extraction.article.source:
        facts.append(("Source", extraction.article.source))
    return tag(
        "details",
        tag("summary", "Usage and provenance"),
        tag(
            "dl",
            *(tag("div", tag("dt", term), tag("dd", value(words))) for term, words in facts),
            class_="dl-rows",
        ),
        tag("ul", *(tag("li", value(note)) for note in made.notes)) if made.notes else None,
        class_="dl-fold dl-provenance",
    )


def _keys() -> Markup:
    keys = [("Tab", "next mark"), ("Enter", "open its record"), ("j k", "next, previous record")]
    keys.append(("Esc", "back"))
    return tag(
        "p",
        *(tag("span", tag("kbd", key), f" {what}", class_="dl-keys-item") for key, what in keys),
        class_="dl-keys",
    )
