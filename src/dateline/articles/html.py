"""Articles from web pages: the readable text, and what the page itself states.

The text of such an article is the extracted text, not the page: the title's line, the standfirst
where the page marks one, then the paragraphs, captions among them. Offsets count into that text;
``html_sha256`` says which page it came from.
"""

from __future__ import annotations

import hashlib
import itertools
import operator
import re
from functools import partial
from typing import TYPE_CHECKING, Any

from dateline.articles.credits import is_clocked
from dateline.articles.decoding import decode
from dateline.articles.fields import stated
from dateline.articles.furniture import fold
from dateline.articles.zones import find_zones
from dateline.errors import ArticleError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lxml.html import HtmlElement

_NEVER_READ = (
    "script",
    "style",
    "template",
    "noscript",
    "iframe",
    "object",
    "svg",
    "form",
    "button",
)
_DISCUSSION_NAMES = """
    comments comment-list commentlist comments-area comments-section comment-section
    disqus_thread disqus respond comment-respond fb-comments reader-comments user-comments
    usercomments
"""
_DISCUSSION = frozenset(_DISCUSSION_NAMES.split())
_CARDS = ("article", "aside", "li", "nav", "footer", "a")
_ELSEWHERE = frozenset({"a", "aside", "nav", "footer", "li"})
_INVISIBLE = re.compile(r"(?:display\s{0,3}:\s{0,3}none|visibility\s{0,3}:\s{0,3}hidden)", re.I)
_SIMPLE_SELECTOR = re.compile(r"[.#][A-Za-z_][\w-]{0,60}\Z")
_STANDFIRST_NAMES = """
    standfirst dek deck subheadline subheading subtitle article-summary
"""
_STANDFIRST = frozenset(_STANDFIRST_NAMES.split())
_XML_DECLARATION = re.compile(r"\s{0,40}<\?xml[^>]{0,200}>")


def article_from_html(
    html: str | bytes,
    *,
    url: str | None = None,
    encoding: str | None = None,
    source: str | None = None,
    **known: Any,
) -> dict[str, Any]:
    """Take the article out of a web page, as the fields of an ``Article``.

    Scripts, hidden text and readers' comments are removed before the text is looked for. Title,
    publication date, publisher and language are taken where the page states them, never guessed.

    Args:
        html: the page; bytes are decoded as ``decode`` says.
        url: the page's address where it is known; otherwise the one that it states.
        encoding: the encoding of ``html`` given as bytes, for example from an HTTP header.
        source: what the page was read from, for messages; the address otherwise.
        known: title, published, publisher, language or id; wins over what the page states.

    Raises:
        ArticleError: no readable text, no HTML reader installed, or undecodable bytes.
    """
    where = source or url or "the page"
    facts = stated(known, where=where)
    try:
        from lxml.html import document_fromstring
        from trafilatura import bare_extraction
    except ImportError:
        raise ArticleError(
            "Reading HTML needs packages that are not installed.",
            where=where,
            remedy='Install them: pip install "dateline[html]".',
        ) from None
    from dateline.articles.page_facts import page_facts

    if isinstance(html, bytes):
        digest = hashlib.sha256(html).hexdigest()
        html = decode(html, source=where, encoding=encoding, page=True)
    else:
        digest = hashlib.sha256(html.encode("utf-8", "surrogatepass")).hexdigest()
    markup = _XML_DECLARATION.sub("", html, count=1).replace("\x00", "")
    if not markup.strip():
        raise _no_text(where)
    try:
        tree = document_fromstring(markup)
        page = page_facts(tree)
        _remove_unread(tree)
        headings = [_words(h) for h in tree.iter("h1")]
        standfirst = _standfirst(tree)
        captions = _keep_captions(tree)
        _keep_entries(tree)
        found = bare_extraction(tree, url=url, include_comments=False, with_metadata=False)
        lines = _lines(getattr(found, "text", None))
    except Exception as error:  # parsers of broken markup raise anything; one page fails, no more
        raise ArticleError(
            f"The page cannot be read as HTML ({type(error).__name__}).",
            where=where,
            remedy="Save its text as .txt, or check that the file is a web page.",
        ) from None
    if not any(line not in captions for line in lines):
        raise _no_text(where)

    title = _title(page.pop("title", None), headings, lines)
    lines = _with_top(lines, title, standfirst)
    text = _joined(lines)
    facts = {**page, **({"title": title} if title else {}), **facts}
    if url:
        facts["url"] = url
    zones = find_zones(text, title=title, captions=captions)
    return {**facts, "text": text, "zones": zones, "html_sha256": digest, "source": source or url}


def _no_text(where: str) -> ArticleError:
    return ArticleError(
        "The page holds no readable article text.",
        where=where,
        remedy="Save pages drawn by scripts after they are drawn, or save the text as .txt.",
    )


def _remove_unread(tree: HtmlElement) -> None:
    """Drop what no reader of the page sees, and readers' comments."""
    hidden = _hidden_by_style(tree)
    unread: list[HtmlElement] = []
    for element in tree.iter():
        if not isinstance(element.tag, str):
            continue  # comments and processing instructions; the extractor drops them itself
        marks = element.get("class", "").split()
        ident = element.get("id")
        if (
            element.tag in _NEVER_READ
            or element.get("hidden") is not None
            or element.get("aria-hidden") == "true"
            or _INVISIBLE.search(element.get("style", ""))
            or (ident is not None and (ident.lower() in _DISCUSSION or f"#{ident}" in hidden))
            or any(mark.lower() in _DISCUSSION or f".{mark}" in hidden for mark in marks)
        ):
            unread.append(element)
    for element in unread:
        if element.getparent() is not None and element.tag not in ("html", "body"):
            element.drop_tree()


def _hidden_by_style(tree: HtmlElement) -> set[str]:
    """Plain class and id selectors that the page's own style sheets hide on every medium."""
    hidden: set[str] = set()
    for style in tree.iter("style"):
        depth, selector = 0, ""
        for part in re.split(r"([{}])", (style.text or "")[:200_000]):
            if part == "{":
                depth += 1
            elif part == "}":
                depth = max(depth - 1, 0)
            elif depth == 0:
                selector = part
            elif depth == 1 and not selector.lstrip().startswith("@") and _INVISIBLE.search(part):
                names = (name.strip() for name in selector.split(","))
                hidden.update(name for name in names if _SIMPLE_SELECTOR.match(name))
    return hidden


def _words(element: HtmlElement) -> str:
    return " ".join("".join(element.itertext()).split())


def _keep_captions(tree: HtmlElement) -> set[str]:
    """Move captions out of their figures, which the extractor drops; their wordings."""
    captions: set[str] = set()
    for caption in list(tree.iter("figcaption")):
        figure = next(caption.iterancestors("figure"), None)
        words = _words(caption)
        if figure is None or figure.getparent() is None or not words:
            continue
        captions.add(words)
        paragraph = caption.makeelement("p")
        paragraph.text = words
        paragraph.tail, figure.tail = figure.tail, None
        figure.addnext(paragraph)
    return captions


def _keep_entries(tree: HtmlElement) -> None:
    """Turn the headings of a live page's entries, times included, into text of the article.

    Only headings inside an article that bear a time are entries. The extractor drops times, and
    most of the headings with them, so that later entries could not be told from earlier ones.
    """
    entries: list[tuple[HtmlElement, str]] = []
    times: list[HtmlElement] = []
    for heading in tree.iter("h2", "h3", "h4"):
        outer = {a.tag for a in heading.iterancestors()}
        words = _words(heading)
        linked = sum(len(_words(link)) for link in heading.iter("a"))
        if not outer & {"article", "main"} or outer & _ELSEWHERE or 2 * linked > len(words):
            continue
        if next(heading.iter("time"), None) is None and not is_clocked(words):
            time = _time_beside(heading)
            if time is None or time in times:
                continue
            times.append(time)
            words = f"{_words(time)} {words}"
        if len(words) <= 300:
            entries.append((heading, words))
    if len(entries) < 2:
        return
    for heading, words in entries:
        paragraph = heading.makeelement("p")
        paragraph.text, paragraph.tail = words, heading.tail
        heading.getparent().replace(heading, paragraph)
    for time in times:
        time.drop_tree()


def _time_beside(heading: HtmlElement) -> HtmlElement | None:
    """The element right before or after a heading that holds a time and nothing else."""
    for element in (heading.getprevious(), heading.getnext()):
        if element is None or not isinstance(element.tag, str):
            continue
        words = _words(element)
        if len(words) <= 12 and is_clocked(words):
            return element
    return None


def _standfirst(tree: HtmlElement) -> str | None:
    """The lead that the page marks as one beside its heading, and in no card of another article."""
    heading = next(tree.iter("h1"), None)
    parent = heading.getparent() if heading is not None else None
    for scope in (parent, parent.getparent() if parent is not None else None):
        if scope is None or scope.tag in ("html", "body"):
            break
        for element in scope.iter("p", "h2", "h3", "div", "span"):
            marks = element.get("class", "").lower().split()
            if _STANDFIRST.isdisjoint(marks) and element.get("itemprop") != "alternativeHeadline":
                continue
            between = itertools.takewhile(partial(operator.is_not, scope), element.iterancestors())
            words = _words(element)
            if 30 <= len(words) <= 400 and not any(a.tag in _CARDS for a in between):
                return words
    return None


def _title(stated_title: str | None, headings: list[str], lines: list[str]) -> str | None:
    """The title as the text itself prints it, else as the page states it."""
    top = {fold(line): line for line in reversed(lines[:4])}
    for heading in headings:
        if fold(heading) in top:
            return top[fold(heading)]
    if stated_title and fold(stated_title) in top:
        return top[fold(stated_title)]
    return next(iter(headings), None) if len(headings) == 1 and headings[0] else stated_title


def _lines(text: str | None) -> list[str]:
    return [line.strip() for line in (text or "").split("\n") if line.strip()]


def _with_top(lines: list[str], title: str | None, standfirst: str | None) -> list[str]:
    """The title first, then the standfirst, whether or not the extractor kept them."""
    if title is None:
        return lines
    if title in lines[:4]:
        at = lines.index(title)
        above, below = lines[:at], lines[at + 1 :]
    else:
        above, below = [], lines
    if standfirst and fold(standfirst) not in {fold(line) for line in (*above, *below)}:
        below = [standfirst, *below]
    return [title, *above, *below]


def _joined(lines: list[str]) -> str:
    """Paragraphs parted by blank lines; list items and table rows on lines of their own."""

    def parts() -> Iterator[str]:
        for i, line in enumerate(lines):
            if i:
                together = line[:2] == lines[i - 1][:2] and line[:2] in ("- ", "| ")
                yield "\n" if together else "\n\n"
            yield line

    return "".join(parts()) + "\n"
