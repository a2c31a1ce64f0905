"""``dateline extract``: files to events and claims."""

from __future__ import annotations

import codecs
import sys
from collections.abc import Iterable, Iterator
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from dateline.cli.destination import (
    FORMATS,
    check_folders,
    check_inputs,
    chosen_format,
    replacing,
    write,
    write_page,
)

if TYPE_CHECKING:
    from dateline.articles import Article
    from dateline.records import Extraction, Failure

FILE = click.Path(path_type=Path, dir_okay=False)


@click.command()
@click.argument("paths", metavar="PATH...", nargs=-1, required=True)
@click.option("--provider", "-p", help="Provider of the configuration, or provider/model.")
@click.option("--config", "-c", type=FILE, help="Configuration file, else the nearest one.")
@click.option("--out", "-o", type=FILE, help="File for the results, else standard output.")
@click.option(
    "--format",
    "-f",
    "form",
    type=click.Choice(FORMATS),
    help="Form of the results, else by the suffix of --out; table on a terminal, else jsonl.",
)
@click.option(
    "--table",
    type=click.Choice(["events", "claims", "counts", "actors", "rejected"]),
    default="events",
    show_default=True,
    help="Which records csv and parquet hold.",
)
@click.option("--html", type=FILE, help="Write the results as one HTML page too.")
@click.option(
    "--published",
    type=click.DateTime(["%Y-%m-%d"]),
    metavar="YYYY-MM-DD",
    help="Publication date of every article; wins over what they state themselves.",
)
@click.option("--encoding", help="Encoding of the files, else found out for each.")
@click.option(
    "--input-format",
    type=click.Choice(["text", "markdown", "html", "json", "jsonl"]),
    help="Form of standard input and of files with unknown suffixes, else found out.",
)
@click.option(
    "--field",
    "fields",
    multiple=True,
    metavar="NAME=KEY",
    help="Take an article's NAME (text, title, ...) from this KEY of JSON inputs.",
)
@click.option(
    "--taxonomy",
    default="acled",
    show_default=True,
    help="Event types: acled, muc4 or a taxonomy file.",
)
@click.option(
    "--prompts",
    type=click.Path(path_type=Path, file_okay=False, exists=True),
    help="Folder whose files replace shipped prompts of the same name.",
)
@click.option("--asking", type=click.Choice(["direct", "guided"]), help="How the model is asked.")
@click.option("--concurrency", type=click.IntRange(min=1), help="Articles in flight at once.")
@click.option(
    "--max-usd",
    type=click.FloatRange(min=0, min_open=True),
    metavar="X",
    help="US dollars that all calls may cost; the call that might pass it is not made.",
)
@click.option("--no-cache", is_flag=True, help="Neither read nor write the completion cache.")
@click.option("--quiet", "-q", is_flag=True, help="No notice, progress or summary.")
@click.pass_context
def extract(
    ctx: click.Context,
    paths: tuple[str, ...],
    provider: str | None,
    config: Path | None,
    out: Path | None,
    form: str | None,
    table: Any,
    html: Path | None,
    published: datetime | None,
    encoding: str | None,
    input_format: Any,
    fields: tuple[str, ...],
    taxonomy: str,
    prompts: Path | None,
    asking: Any,
    concurrency: int | None,
    max_usd: float | None,
    no_cache: bool,
    quiet: bool,
) -> None:
    """Extract events and claims from articles.

    PATH is a file, a folder, a glob, or - for standard input: text, Markdown, HTML, JSON or
    JSON Lines. Results come as they complete; an article that fails stops none of the others.
    """
    chosen = chosen_format(form, out)
    check_folders(out, html)
    check_inputs(paths, out, html)
    named = _fields(fields)
    _check_encoding(encoding)

    from dateline.articles.load import read_articles
    from dateline.cli.draining import Drain
    from dateline.cli.watching import Watch
    from dateline.extractor import Extractor

    articles = read_articles(
        paths,
        published=published.date() if published else None,
        encoding=encoding,
        format=input_format,
        fields=named,
    )
    extractor = Extractor(
        provider=provider,
        config=config,
        taxonomy=taxonomy,
        prompts=prompts,
        asking=asking,
        cache=not no_cache,
        max_usd=max_usd,
    )
    with extractor, Drain() as drain:
        if extractor.notice and not quiet:
            click.echo(extractor.notice, err=True)
        on_terminal = out is None and sys.stdout.isatty()
        both = on_terminal and sys.stderr.isatty() and chosen == "table"
        watch = Watch(quiet=quiet, shares_terminal=on_terminal, lists_failures=not both)
        order: dict[str, int] = {}
        feed = _numbered(drain.feed(_readable(articles)), order if html else None)
        kept: list[Extraction | Failure] = []
        failures: list[Failure] = []
        results = watch.through(extractor.extract_many(feed, concurrency=concurrency))
        write(
            _keeping(results, kept if html else None, failures), format=chosen, out=out, table=table
        )
    if html is not None:
        kept.sort(key=lambda result: order.get(_key(result), len(order)))
        write_page(kept, html, title=None)
    watch.summary()
    _tell_failures(failures, chosen, out)
    if drain.signal is not None:
        ctx.exit(128 + drain.signal)
    if watch.failed:
        ctx.exit(1)


def _check_encoding(name: str | None) -> None:
    """An encoding that does not exist is a mistake of the command, not of every article."""
    if name is not None:
        try:
            codecs.lookup(name)
        except LookupError:
            raise click.BadParameter(
                f"there is no encoding {name!r}. Use a name such as utf-8 or cp1252.",
                param_hint="--encoding",
            ) from None


def _fields(pairs: Iterable[str]) -> dict[str, str]:
    fields = {}
    for pair in pairs:
        name, equals, key = pair.partition("=")
        if not (name and equals and key):
            raise click.BadParameter(f"{pair!r} is not NAME=KEY.", param_hint="--field")
        fields[name] = key
    return fields


def _readable(items: Iterable[Any]) -> Iterator[Article | Failure]:
    """Turn inputs that could not be read into failures, and pass articles on."""
    from dateline.articles import Article
    from dateline.records import Failure

    for item in items:
        if isinstance(item, Article):
            yield item
        else:
            yield Failure(source=item.source, error=item.error.code, message=str(item.error))


def _numbered(
    articles: Iterable[Article | Failure], order: dict[str, int] | None
) -> Iterator[Article | Failure]:
    """Note the order of the inputs: results come as they complete."""
    for article in articles:
        if order is not None:
            order.setdefault(_key(article), len(order))
        yield article


def _key(item: Article | Extraction | Failure) -> str:
    from dateline.articles import Article
    from dateline.records import Extraction

    if isinstance(item, Article):
        return item.id
    if isinstance(item, Extraction):
        return item.article.id
    return item.article_id or item.source or ""


def _keeping(
    results: Iterable[Extraction | Failure],
    kept: list[Extraction | Failure] | None,
    failures: list[Failure],
) -> Iterator[Extraction | Failure]:
    from dateline.records import Failure

    for result in results:
        if kept is not None:
            kept.append(result)
        if isinstance(result, Failure):
            failures.append(result)
        yield result


def _tell_failures(failures: list[Failure], form: str, out: Path | None) -> None:
    """Say where the failure records are; write them where the results have no room for them."""
    if not failures or out is None:
        return
    path = out
    if form != "jsonl":
        from dateline.output.jsonl import write_jsonl

        path = out.with_name(f"{out.name}.failures.jsonl")
        with replacing(path) as part, part.open("w", encoding="utf-8") as stream:
            write_jsonl(failures, stream)
    click.echo(f"failure records: {path}", err=True)
