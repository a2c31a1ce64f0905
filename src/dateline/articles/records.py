"""Records: articles inside JSON documents, and what Markdown's front matter tells of one."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from dateline.articles.article import Article
from dateline.articles.fields import ALIASES, FieldMap, facts_of
from dateline.errors import ArticleError

_PAGES = ("html", "raw_html", "page_html")
_LISTS = ("articles", "items", "documents", "docs", "results", "data")
_FRONT_MATTER_LINES = 60


def is_record(line: bytes) -> bool:
    """Whether one line is a whole JSON object, as in JSON Lines."""
    bare = line.lstrip(b"\xef\xbb\xbf \t")
    if not bare.startswith(b"{") or not bare.rstrip().endswith(b"}"):
        return False
    try:
        return isinstance(json.loads(bare), dict)
    except (ValueError, RecursionError):
        return False


def parse(text: str, source: str, *, single: bool = False) -> Any:
    """Parse JSON.

    Raises:
        ArticleError: with line and column of the mistake (the column only where ``single``, as
            the source then names the line).
    """
    try:
        return json.loads(text.removeprefix("\ufeff"))
    except json.JSONDecodeError as error:
        place = f"column {error.colno}" if single else f"line {error.lineno}, column {error.colno}"
        raise ArticleError(
            f"This is not valid JSON: {error.msg.rstrip(':')} at {place}.",
            where=source,
            remedy="Correct the file there, or export it again.",
        ) from None
    except (RecursionError, ValueError):
        raise ArticleError(
            "This JSON is nested too deeply or holds a number that is too long.",
            where=source,
            remedy="Export the articles as flat objects.",
        ) from None


def documents(text: str, source: str) -> Iterator[tuple[str, Any]]:
    """The records of a JSON document: one object, an array, or an object around an array.

    Each comes with its place, such as ``news.json[3]``.

    Raises:
        ArticleError: the text is not valid JSON, or an empty array.
    """
    found = parse(text, source)
    path = ""
    if isinstance(found, dict) and not any(a in found for a in ALIASES["text"] if a != "article"):
        for name in _LISTS:
            inner = found.get(name)
            if isinstance(inner, list) and inner and isinstance(inner[0], dict):
                found, path = inner, f".{name}"
                break
    if not isinstance(found, list):
        yield source, found
        return
    if not found:
        raise ArticleError("The JSON array is empty.", where=source)
    for index, record in enumerate(found):
        yield f"{source}{path}[{index}]", record


def page_of(record: dict[str, Any], fields: FieldMap | None) -> str | None:
    """The HTML page inside a record that has no text of its own."""
    if fields and "text" in fields:
        return None
    if any(record.get(name) for name in ALIASES["text"]):
        return None
    return next((record[n] for n in _PAGES if isinstance(record.get(n), str) and record[n]), None)


def own_facts(record: dict[str, Any]) -> dict[str, Any]:
    """The fields of a record that is an ``Article`` written as JSON; empty for any other."""
    zones = record.get("zones")
    if not isinstance(zones, list) or not zones or not isinstance(record.get("text"), str):
        return {}
    if set(record) - set(Article.model_fields):
        return {}
    return {name: value for name, value in record.items() if value is not None}


def markdown_facts(text: str, source: str) -> dict[str, Any]:
    """Title, date, address and so on from ``---`` front matter or the first ``# `` heading.

    Only lines of the form ``key: value`` are read; nothing is evaluated.

    Raises:
        ArticleError: the front matter holds a date that cannot be read.
    """
    lines = text[:20_000].splitlines()
    facts: dict[str, Any] = {}
    rest = 0
    if lines and lines[0].strip() == "---":
        record: dict[str, Any] = {}
        for number, line in enumerate(lines[1:_FRONT_MATTER_LINES], start=1):
            if line.strip() == "---":
                facts = facts_of(record, where=source, text=False)
                rest = number + 1
                break
            key, mark, value = line.partition(":")
            if mark and key and key == key.strip() and not key.startswith(("-", "#")):
                value = value.strip()
                if len(value) > 1 and value[0] == value[-1] and value[0] in "\"'":
                    value = value[1:-1]
                if value and value[0] not in "[{|>&*!":
                    record[key] = value
    if "title" not in facts:
        heading = next((line for line in lines[rest:] if line.startswith("# ")), None)
        if heading is not None and heading[2:].strip():
            facts["title"] = heading[2:].strip().rstrip("#").rstrip()
    return facts
