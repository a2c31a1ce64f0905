"""Fields: which key of a JSON record, or of Markdown's front matter, tells what of an article."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from dateline.articles.published import parse_published
from dateline.errors import ArticleError

FieldMap = Mapping[str, str]
"""An article's field → where it stands in a record, as a dotted path: ``{"text": "data.body"}``.

A list is entered by number (``"pages.0.text"``). Fields that are not named keep their aliases.
"""

ALIASES: dict[str, tuple[str, ...]] = {
    "text": (
        "text",
        "body",
        "content",
        "article",
        "articleBody",
        "article_body",
        "full_text",
        "fulltext",
        "maintext",
        "main_text",
        "raw_text",
    ),
    "title": ("title", "headline", "heading"),
    "published": (
        "published",
        "date",
        "published_at",
        "publishedAt",
        "pubDate",
        "pub_date",
        "publication_date",
        "publicationDate",
        "datePublished",
        "date_published",
        "published_date",
        "date_publish",
        "publish_date",
    ),
    "url": ("url", "link", "source_url", "canonical_url"),
    "publisher": ("publisher", "source", "outlet", "site_name", "source_name", "newspaper"),
    "language": ("language", "lang"),
    "id": ("id", "_id", "doc_id", "docid", "article_id", "guid"),
}
"""Where each field is looked for when no map names it, first found first taken."""

KNOWN = frozenset({"title", "published", "url", "publisher", "language", "id"})
"""What a caller may state about an article besides its text."""

_LISTED = 12  # field names that a message shows at most


def check_known(known: Mapping[str, Any]) -> None:
    """Refuse names that no article has.

    Raises:
        ArticleError: names the unknown fields and the known ones.
    """
    unknown = sorted(set(known) - KNOWN)
    if unknown:
        raise ArticleError(
            f"An article has no field {', '.join(map(repr, unknown))}.",
            remedy=f"Known fields: {', '.join(sorted(KNOWN))}.",
        )


def check_map(fields: FieldMap | None) -> None:
    """Refuse a field map that names what no article has.

    Raises:
        ArticleError: names the unknown fields and the known ones.
    """
    unknown = sorted(set(fields or ()) - set(ALIASES))
    if unknown:
        raise ArticleError(
            f"The field map names {', '.join(map(repr, unknown))}, which no article has.",
            remedy=f"Map any of: {', '.join(ALIASES)}.",
        )


def stated(known: Mapping[str, Any], *, where: str | None = None) -> dict[str, Any]:
    """What the caller stated, without empty values, with the date read."""
    check_known(known)
    facts = {name: value for name, value in known.items() if value is not None and value != ""}
    if "published" in facts:
        facts["published"] = parse_published(facts["published"], where=where)
    return facts


def facts_of(
    record: Mapping[str, Any], *, where: str, fields: FieldMap | None = None, text: bool = True
) -> dict[str, Any]:
    """What one record tells about an article, under the article's own field names.

    Raises:
        ArticleError: no text (the message lists the fields that exist), a value of the wrong
            kind, or a date that cannot be read.
    """
    facts: dict[str, Any] = {}
    for name, aliases in ALIASES.items():
        if name == "text" and not text:
            continue
        mapped = (fields or {}).get(name)
        path, value = _find(record, (mapped,) if mapped else aliases, dotted=bool(mapped))
        if value is None or value == "":
            continue
        if name == "published":
            facts[name] = parse_published(value, field=path, where=where)
        elif name == "text":
            facts[name] = _text(value, path, where)
        else:
            facts[name] = _short(value, name, path, where)
    if text and "text" not in facts:
        raise _no_text(record, (fields or {}).get("text"), where)
    return facts


def _find(record: Mapping[str, Any], paths: tuple[str, ...], *, dotted: bool) -> tuple[str, Any]:
    for path in paths:
        value: Any = record.get(path)
        if value is None and dotted:
            value = _follow(record, path)
        if value is not None and value != "":
            return path, value
    return paths[0], None


def _follow(record: Any, path: str) -> Any:
    value = record
    for step in path.split("."):
        if isinstance(value, Mapping):
            value = value.get(step)
        elif isinstance(value, list) and step.isdecimal() and int(step) < len(value):
            value = value[int(step)]
        else:
            return None
    return value


def _text(value: Any, path: str, where: str) -> str:
    if isinstance(value, str):
        return value
    raise ArticleError(
        f"The field {path!r} holds {_kind(value)}, not text.",
        where=where,
        remedy='Name the field that holds the text, for example fields={"text": "data.body"}.',
    )


def _short(value: Any, name: str, path: str, where: str) -> str:
    if isinstance(value, Mapping) and isinstance(value.get("name"), str):
        value = value["name"]  # {"source": {"id": null, "name": "..."}} is common in news APIs
    if name == "id" and isinstance(value, Mapping) and isinstance(value.get("$oid"), str):
        value = value["$oid"]
    if isinstance(value, int | float) and not isinstance(value, bool):
        return str(value)
    if isinstance(value, str):
        return value
    raise ArticleError(
        f"The field {path!r} holds {_kind(value)}, not text.",
        where=where,
        remedy=f'Name another field, for example fields={{"{name}": "meta.{name}"}}.',
    )


def _kind(value: Any) -> str:
    if isinstance(value, Mapping):
        return "an object"
    if isinstance(value, list):
        return "a list"
    return "true or false" if isinstance(value, bool) else "a number"


def _no_text(record: Mapping[str, Any], mapped: str | None, where: str) -> ArticleError:
    names = [str(name)[:40] for name in list(record)[:_LISTED]]
    rest = len(record) - len(names)
    listed = ", ".join(names) + (f" and {rest} more" if rest > 0 else "") if names else "none"
    sought = f"the field {mapped!r}" if mapped else "a field for the text"
    return ArticleError(
        f"The record lacks {sought}; it has: {listed}.",
        where=where,
        remedy='Name the field that holds the text, for example fields={"text": "data.body"}.',
    )
