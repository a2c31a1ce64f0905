"""Reading articles from files, folders, globs and standard input, one bad input at a time."""

from __future__ import annotations

import hashlib
import sys
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import IO, Any

from pydantic import ValidationError

from dateline.articles.article import Article
from dateline.articles.decoding import decode
from dateline.articles.fields import FieldMap, check_map, facts_of, stated
from dateline.articles.inputs import SUFFIXES, Format, expanded, sniffed
from dateline.errors import ArticleError

MAX_BYTES = 20_000_000
"""Default limit for one file, or for one line of a JSON Lines file."""

_STDIN = "stdin"


@dataclass(frozen=True, slots=True)
class LoadFailure:
    """An input that could not be read as an article: where it stands, and why not."""

    source: str
    error: ArticleError


@dataclass(frozen=True, slots=True)
class _Options:
    encoding: str | None
    fields: FieldMap | None
    max_bytes: int
    known: dict[str, Any]


def article_from_file(
    path: str | Path,
    *,
    encoding: str | None = None,
    fields: FieldMap | None = None,
    max_bytes: int = MAX_BYTES,
    **known: Any,
) -> dict[str, Any]:
    """Read the one article of a file, as the fields of an ``Article``.

    Args:
        path: a text, Markdown, HTML, JSON or JSON Lines file.
        encoding: the file's encoding where it is known; otherwise it is found out.
        fields: where a JSON record keeps what, see ``FieldMap``.
        max_bytes: refuse larger files.
        known: title, published, url, publisher, language or id; wins over what the file says.

    Raises:
        ArticleError: says what is wrong with which file, and what to do.
    """
    check_map(fields)
    source = str(path)
    options = _Options(encoding, fields, max_bytes, stated(known, where=source))
    found = list(islice(_facts(Path(path), options), 2))
    if not found:
        raise ArticleError("The file holds no article.", where=source)
    if len(found) > 1:
        raise ArticleError(
            "The file holds more than one article.",
            where=source,
            remedy="Read it with read_articles, or name a file with one.",
        )
    if isinstance(found[0], LoadFailure):
        raise found[0].error
    return found[0]


def read_articles(
    inputs: str | Path | Iterable[str | Path],
    *,
    format: Format | None = None,
    encoding: str | None = None,
    fields: FieldMap | None = None,
    max_bytes: int = MAX_BYTES,
    **known: Any,
) -> Iterator[Article | LoadFailure]:
    """Read articles one by one; what cannot be read is yielded too and stops nothing.

    Args:
        inputs: files, folders (searched for every name that ends as ``SUFFIXES`` lists), globs,
            or ``"-"`` for standard input; one of them or several.
        format: what to read files of unknown names and standard input as; otherwise their content
            decides.
        encoding: the encoding of every input where it is known.
        fields: where JSON records keep what, see ``FieldMap``.
        max_bytes: limit for one file, or for one line of JSON Lines, which may be of any length
            in all.
        known: published, publisher, language, ... for every article; wins over the inputs' own.

    Yields:
        An ``Article``, or a ``LoadFailure`` with the source and the error, in input order.

    Raises:
        ArticleError: at once, when ``fields`` or ``known`` are wrong themselves.
    """
    check_map(fields)
    options = _Options(encoding, fields, max_bytes, stated(known))
    listed: Iterable[str | Path] = [inputs] if isinstance(inputs, str | Path) else inputs
    return _read(listed, format, options)


def _read(
    inputs: Iterable[str | Path], format: Format | None, options: _Options
) -> Iterator[Article | LoadFailure]:
    for item in inputs:
        try:
            paths = expanded(item)
        except ArticleError as error:
            yield LoadFailure(error.where or str(item), error)
            continue
        for path in paths:
            for facts in _facts(path, options, format):
                yield _article(facts) if isinstance(facts, dict) else facts


def _article(facts: dict[str, Any]) -> Article | LoadFailure:
    source = facts["source"]
    try:
        return Article.model_validate(facts)
    except ArticleError as error:
        return LoadFailure(source, ArticleError(error.what, where=source, remedy=error.remedy))
    except ValidationError as error:
        names = sorted({str(detail["loc"][0]) for detail in error.errors() if detail["loc"]})
        what = f"These fields are not valid: {', '.join(names) or 'zones'}."
        return LoadFailure(source, ArticleError(what, where=source))


def _facts(
    path: Path, options: _Options, format: Format | None = None
) -> Iterator[dict[str, Any] | LoadFailure]:
    """The articles of one file or of standard input, as fields of an ``Article``."""
    source = _STDIN if str(path) == "-" else str(path)
    try:
        if source == _STDIN:
            yield from _from_stream(sys.stdin.buffer, source, format, options)
            return
        if path.is_dir():
            raise ArticleError(
                "This is a folder, not a file.",
                where=source,
                remedy=f"Name files, or use a glob such as {source.rstrip('/')}/*.txt.",
            )
        kind = SUFFIXES.get(path.suffix.lower(), format)
        size = path.stat().st_size
        if kind != "jsonl" and size > options.max_bytes:
            raise _too_large(source, options.max_bytes)
        with path.open("rb") as stream:
            yield from _from_stream(stream, source, kind, options)
    except ArticleError as error:
        yield LoadFailure(source, error)
    except FileNotFoundError:
        missing = ArticleError("There is no such file.", where=source, remedy="Check the path.")
        yield LoadFailure(source, missing)
    except PermissionError:
        closed = ArticleError(
            "The file may not be read.", where=source, remedy="Check its permissions."
        )
        yield LoadFailure(source, closed)
    except (OSError, ValueError) as cause:
        reason = getattr(cause, "strerror", None) or "the path is not valid"
        yield LoadFailure(source, ArticleError(f"Reading failed: {reason}.", where=source))


def _from_stream(
    stream: IO[bytes], source: str, format: Format | None, options: _Options
) -> Iterator[dict[str, Any] | LoadFailure]:
    from dateline.articles import records

    wide = (options.encoding or "").lower().replace("_", "-").startswith(("utf-16", "utf-32"))
    head = b""
    if format in (None, "jsonl") and not wide:
        head = stream.readline(options.max_bytes + 1)
        if head.startswith((b"\xff\xfe", b"\xfe\xff")):
            wide = True
        elif format == "jsonl" or records.is_record(head):
            yield from _lines(head, stream, source, options)
            return
    data = head + stream.read(options.max_bytes + 1 - len(head))
    if len(data) > options.max_bytes:
        raise _too_large(source, options.max_bytes)
    if not data.strip():
        raise _empty(source)
    text = decode(data, source=source, encoding=options.encoding, page=format in (None, "html"))
    format = format or sniffed(text, source)
    if format == "jsonl":
        for number, line in enumerate(text.split("\n"), start=1):
            if line.strip():
                yield _line(line, f"{source}:{number}", options)
    elif format == "json":
        for where, record in records.documents(text, source):
            yield _record(record, where, options)
    elif format == "html":
        page = {**_page(text, options, source), "html_sha256": hashlib.sha256(data).hexdigest()}
        yield _complete(page, source, options)
    else:
        facts = records.markdown_facts(text, source) if format == "markdown" else {}
        yield _complete({**facts, "text": text}, source, options)


def _lines(
    head: bytes, stream: IO[bytes], source: str, options: _Options
) -> Iterator[dict[str, Any] | LoadFailure]:
    """JSON Lines, line by line, whatever the length of the whole."""
    number, line, empty = 0, head, True
    while line:
        number += 1
        where = f"{source}:{number}"
        if len(line) > options.max_bytes:
            empty = False
            yield LoadFailure(where, _too_large(where, options.max_bytes))
            while line and not line.endswith(b"\n"):
                line = stream.readline(options.max_bytes + 1)
        elif line.strip(b"\xef\xbb\xbf \t\r\n"):
            empty = False
            try:
                text = decode(line, source=where, encoding=options.encoding)
                yield _line(text, where, options)
            except ArticleError as error:
                yield LoadFailure(where, error)
        line = stream.readline(options.max_bytes + 1)
    if empty:
        raise _empty(source)


def _line(line: str, where: str, options: _Options) -> dict[str, Any] | LoadFailure:
    from dateline.articles import records

    try:
        return _record(records.parse(line, where, single=True), where, options)
    except ArticleError as error:
        return LoadFailure(where, error)


def _record(record: Any, where: str, options: _Options) -> dict[str, Any] | LoadFailure:
    from dateline.articles import records

    try:
        if not isinstance(record, dict):
            raise ArticleError(
                "This is not a JSON object.",
                where=where,
                remedy='Each article must be an object such as {"text": "..."}.',
            )
        if not options.fields and (own := records.own_facts(record)):
            return _complete(own, where, options)
        html = records.page_of(record, options.fields)
        if html is not None:
            facts = facts_of(record, where=where, fields=options.fields, text=False)
            page = _page(html, options, where)
            return _complete({**page, **facts}, where, options)
        facts = facts_of(record, where=where, fields=options.fields)
        return _complete(facts, where, options)
    except ArticleError as error:
        return LoadFailure(where, error)


def _page(html: str, options: _Options, source: str) -> dict[str, Any]:
    from dateline.articles.html import article_from_html

    return article_from_html(html, url=options.known.get("url"), source=source)


def _complete(facts: dict[str, Any], source: str, options: _Options) -> dict[str, Any]:
    if not facts["text"].strip():
        raise _empty(source)
    return {**facts, **options.known, "source": source}


def _too_large(source: str, limit: int) -> ArticleError:
    return ArticleError(
        f"The input is larger than {limit:,} bytes.",
        where=source,
        remedy="Split it, write one article per line (.jsonl), or raise max_bytes.",
    )


def _empty(source: str) -> ArticleError:
    return ArticleError(
        "The input is empty.", where=source, remedy="Give a file that holds an article's text."
    )
