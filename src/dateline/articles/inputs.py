"""Inputs: which files an argument stands for, and what each is read as."""

from __future__ import annotations

import json
from glob import glob, has_magic
from pathlib import Path
from typing import Literal

from dateline.errors import ArticleError

Format = Literal["text", "markdown", "html", "json", "jsonl"]

SUFFIXES: dict[str, Format] = {
    ".txt": "text",
    ".md": "markdown",
    ".markdown": "markdown",
    ".html": "html",
    ".htm": "html",
    ".xhtml": "html",
    ".json": "json",
    ".jsonl": "jsonl",
    ".ndjson": "jsonl",
}
"""File name endings and what they are read as; any other name is read as its content suggests."""


def expanded(item: str | Path) -> list[Path]:
    """The files that one input stands for: itself, or what a folder or glob holds, sorted.

    Raises:
        ArticleError: no name at all, one that no file can have, or a folder or glob with nothing
            to read in it.
    """
    if not str(item).strip():
        raise ArticleError(
            "The name of an input is empty.",
            where="an input",
            remedy='Name a file; "." stands for this folder.',
        )
    try:
        return _expanded(item)
    except OSError as error:
        reason = error.strerror or type(error).__name__
        shown = str(item) if len(str(item)) <= 200 else f"{str(item)[:200]}…"
        raise ArticleError(
            f"The path cannot be looked up: {reason}.", where=shown, remedy="Check the path."
        ) from None


def _expanded(item: str | Path) -> list[Path]:
    path = Path(item)
    if str(item) != "-" and path.is_dir():
        found = (p for p in path.rglob("*") if p.suffix.lower() in SUFFIXES)
    elif has_magic(str(item)) and not path.exists():
        found = (Path(p) for p in glob(str(item), recursive=True))  # noqa: PTH207 may be absolute
    else:
        return [path]
    files = sorted(p for p in found if p.is_file())
    if not files:
        raise ArticleError(
            "No file to read was found.",
            where=str(item),
            remedy=f"dateline reads {', '.join(SUFFIXES)}.",
        )
    return files


def sniffed(text: str, source: str) -> Format:
    """What a text without a telling name is, by its first characters."""
    head = text[:400].lstrip().lower()
    if head.startswith("{") or (head.startswith("[") and _is_json(text)):
        return "json"
    if head.startswith(("<!doctype html", "<html", "<head", "<body", "<article")):
        return "html"
    if head.startswith(("<?xml", "<rss", "<feed")):
        if "<html" in head:
            return "html"
        raise ArticleError(
            "This is XML, not an article.",
            where=source,
            remedy="Give the articles themselves as text, HTML or JSON; feeds are not read.",
        )
    return "text"


def _is_json(text: str) -> bool:
    try:
        json.loads(text)
    except (ValueError, RecursionError):
        return False
    return True
