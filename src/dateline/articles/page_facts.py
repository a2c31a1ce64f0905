"""Page facts: title, date, publisher, language and address where a web page states them.

Only statements are read: JSON-LD, meta elements, and a time element that stands with the article.
A date in the address or somewhere in the running text is not a statement about publication.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from datetime import date
from typing import TYPE_CHECKING, Any

from dateline.articles.published import parse_published
from dateline.errors import ArticleError

if TYPE_CHECKING:
    from lxml.html import HtmlElement

_DATE_NAME_LIST = """
    article:published_time og:article:published_time og:published_time article.published date
    pubdate publishdate publish_date publish-date publication_date publicationdate publisheddate
    published_time datepublished date_published dc.date dc.date.issued dc.date.created
    dcterms.date dcterms.issued dcterms.created parsely-pub-date sailthru.date
    citation_publication_date citation_date cxenseparse:recs:publishtime article_date_original
    originalpublicationdate
"""
_DATE_NAMES = frozenset(_DATE_NAME_LIST.split())
_TIME_MARKS = re.compile(
    r"publish|entry-date|post-date|pub-date|pubdate|dateline|date-published", re.I
)
_TITLE_NAMES = ("og:title", "twitter:title", "dc.title", "citation_title", "parsely-title")
_PUBLISHER_NAMES = (
    "og:site_name",
    "publisher",
    "dc.publisher",
    "citation_publisher",
    "application-name",
)
_LANGUAGE = re.compile(r"[A-Za-z]{2,3}(?=[-_]|\Z)")
_ARTICLES = re.compile(
    r"(?:News|Report|Blog|Analysis|Opinion|Background|Review)?\w{0,12}(?:Article|Posting)\Z"
)
_LARGEST_SCRIPT = 1_000_000
_DEEPEST = 6


def page_facts(tree: HtmlElement) -> dict[str, Any]:
    """What a page states about its article; fields that it does not state are absent.

    Keys are title (str), published (date), publisher (str), language (str, as in ISO 639) and
    url (str). Statements that cannot be read are passed over.
    """
    metas = _metas(tree)
    linked = next(_linked_articles(tree), {})
    found: dict[str, Any] = {
        "title": _title(tree, metas, linked),
        "published": _published(tree, metas, linked),
        "publisher": _publisher(metas, linked),
        "language": _language(tree, metas),
        "url": _address(tree, metas),
    }
    return {name: value for name, value in found.items() if value}


def _metas(tree: HtmlElement) -> dict[str, str]:
    metas: dict[str, str] = {}
    for meta in tree.iter("meta"):
        name = meta.get("property") or meta.get("name") or meta.get("itemprop")
        content = (meta.get("content") or "").strip()
        if name and content:
            metas.setdefault(name.lower(), content)
        elif content and (meta.get("http-equiv") or "").lower() == "content-language":
            metas.setdefault("content-language", content)
    return metas


def _linked_articles(tree: HtmlElement) -> Iterator[dict[str, Any]]:
    """JSON-LD objects that describe an article."""
    for script in tree.iter("script"):
        if (script.get("type") or "").split(";")[0].strip().lower() != "application/ld+json":
            continue
        try:
            data = json.loads((script.text or "")[:_LARGEST_SCRIPT], strict=False)
        except (ValueError, RecursionError):
            continue
        yield from _articles_in(data, 0)


def _articles_in(data: Any, depth: int) -> Iterator[dict[str, Any]]:
    if depth > _DEEPEST:
        return
    if isinstance(data, list):
        for item in data[:200]:
            yield from _articles_in(item, depth + 1)
    elif isinstance(data, dict):
        kinds = data.get("@type")
        for kind in kinds if isinstance(kinds, list) else [kinds]:
            if isinstance(kind, str) and _ARTICLES.match(kind):
                yield data
                break
        for name in ("@graph", "mainEntity", "mainEntityOfPage"):
            yield from _articles_in(data.get(name), depth + 1)


def _clean(value: Any) -> str | None:
    words = " ".join(value.split()) if isinstance(value, str) else ""
    return words if 0 < len(words) <= 500 else None


def _title(tree: HtmlElement, metas: dict[str, str], linked: dict[str, Any]) -> str | None:
    titles = [_clean(linked.get("headline")), *(_clean(metas.get(name)) for name in _TITLE_NAMES)]
    stated = next((title for title in titles if title), None)
    if stated is None:
        element = next(tree.iter("title"), None)
        stated = _clean(element.text) if element is not None else None
    publisher = _publisher(metas, linked)
    if stated and publisher:
        for mark in (" | ", " - ", " – ", " — ", " :: ", " · "):
            stated = stated.removesuffix(mark + publisher)
    return stated


def _publisher(metas: dict[str, str], linked: dict[str, Any]) -> str | None:
    publisher = linked.get("publisher")
    if isinstance(publisher, list) and publisher:
        publisher = publisher[0]
    named = publisher.get("name") if isinstance(publisher, dict) else publisher
    names = [_clean(metas.get(_PUBLISHER_NAMES[0])), _clean(named)]
    names += [_clean(metas.get(name)) for name in _PUBLISHER_NAMES[1:]]
    return next((name for name in names if name and not name.startswith("http")), None)


def _published(tree: HtmlElement, metas: dict[str, str], linked: dict[str, Any]) -> date | None:
    for value in (
        linked.get("datePublished"),
        *(content for name, content in metas.items() if name in _DATE_NAMES),
        *_marked_times(tree),
    ):
        found = _read(value)
        if found is not None:
            return found
    near = {_read(t.get("datetime")) for t in _times_of_article(tree)} - {None}
    return near.pop() if len(near) == 1 else None


def _marked_times(tree: HtmlElement) -> Iterator[str | None]:
    for element in tree.iter("time", "span", "abbr", "div", "p"):
        itemprop = (element.get("itemprop") or "").lower()
        marked = "datepublished" in itemprop
        if element.tag == "time":
            marked = marked or element.get("pubdate") is not None
            marked = marked or _TIME_MARKS.search(element.get("class") or "") is not None
        if marked:
            yield element.get("datetime") or element.get("content") or element.get("title")
            yield " ".join("".join(element.itertext()).split())[:100]


def _times_of_article(tree: HtmlElement) -> Iterator[HtmlElement]:
    """Time elements of the page's only article; pages that list several state none for one."""
    articles = list(tree.iter("article"))
    if len(articles) == 1:
        yield from articles[0].iter("time")


def _read(value: Any) -> date | None:
    if not isinstance(value, str) or not value.strip():
        return None
    try:
        return parse_published(value.strip())
    except ArticleError:
        return None


def _language(tree: HtmlElement, metas: dict[str, str]) -> str | None:
    root = tree.getroottree().getroot()
    for value in (root.get("lang"), metas.get("content-language"), metas.get("og:locale")):
        match = _LANGUAGE.match(value.strip()) if value else None
        if match:
            return match[0].lower()
    return None


def _address(tree: HtmlElement, metas: dict[str, str]) -> str | None:
    addresses = [
        link.get("href") for link in tree.iter("link") if (link.get("rel") or "") == "canonical"
    ]
    for address in (*addresses, metas.get("og:url")):
        if address and address.startswith(("https://", "http://")) and len(address) <= 2000:
            return str(address)
    return None
