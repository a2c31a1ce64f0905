"""HTML that cannot be forgotten to be escaped: plain ``str`` is text, only ``Markup`` is markup.

Article text, titles, URLs and model output are untrusted. Everything that reaches a page goes
through ``tag``, which escapes every child that is not itself the result of ``tag``.
"""

from __future__ import annotations

import re
from html import escape

from dateline.output.shown import shown

_WEB_URL = re.compile(r"https?://[^\s\"'<>\\^`{|}\x00-\x20\x7f]+", re.IGNORECASE)
_LANGUAGE = re.compile(r"[A-Za-z]{2,3}(?:-[A-Za-z0-9]{1,8}){0,4}")
_VOID = frozenset({"meta", "br", "hr", "input", "link"})


class Markup(str):
    """HTML that is safe to place between tags."""

    __slots__ = ()


Child = str | None
Attribute = str | int | bool | None


def text(value: str) -> Markup:
    """Escape untrusted text for element content and for quoted attributes."""
    return Markup(escape(shown(value), quote=True))


def join(children: list[Child], separator: str = "") -> Markup:
    """Join children, escaping those that are not markup; None is left out."""
    return Markup(
        text(separator).join(
            child if isinstance(child, Markup) else text(child)
            for child in children
            if child is not None
        )
    )


def tag(name: str, *children: Child, **attributes: Attribute) -> Markup:
    """Build one element.

    Attribute names lose a trailing underscore and turn other underscores into hyphens
    (``class_``, ``data_id``). True writes a bare attribute; None and False leave it out.
    """
    written = "".join(_attribute(key, value) for key, value in attributes.items())
    if name in _VOID:
        return Markup(f"<{name}{written}>")
    return Markup(f"<{name}{written}>{join(list(children))}</{name}>")


def _attribute(key: str, value: Attribute) -> str:
    if value is None or value is False:
        return ""
    name = key.rstrip("_").replace("_", "-")
    return f" {name}" if value is True else f' {name}="{text(str(value))}"'


def value(words: str) -> Markup:
    """Untrusted words inside a line, isolated so that their direction cannot leak out."""
    return tag("bdi", words)


def link(url: str) -> Markup:
    """A link where ``url`` is plain http or https, the escaped words otherwise."""
    if _WEB_URL.fullmatch(url):
        return tag("a", value(url), href=url, rel="noopener noreferrer nofollow")
    return value(url)


def language(code: str | None) -> str | None:
    """``code`` where it can be a BCP 47 tag, else None."""
    return code if code and _LANGUAGE.fullmatch(code) else None
