"""``dateline cache``: what is stored, whether it is sound, and why an article is asked again."""

from __future__ import annotations

import sys
from collections.abc import Callable
from dataclasses import asdict
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, TypeVar

import click

F = TypeVar("F", bound=Callable[..., Any])

CONFIG = click.option(
    "--config",
    "-c",
    type=click.Path(path_type=Path, dir_okay=False),
    help="Configuration file, else the nearest one.",
)
FOLDER = click.option(
    "--dir",
    "folder",
    type=click.Path(path_type=Path, file_okay=False),
    help="Cache folder, else the configuration's.",
)
JSON = click.option("--json", "as_json", is_flag=True, help="Print one JSON document.")


def _located(command: F) -> F:
    return FOLDER(CONFIG(command))


@click.group()
def cache() -> None:
    """Look into the completion cache."""


@cache.command()
@_located
@JSON
def stats(folder: Path | None, config: Path | None, as_json: bool) -> None:
    """Count stored answers, by model and epoch, and what they cost."""
    from dateline import cache as store
    from dateline.cli.printing import print_json

    found = store.stats(_folder(folder, config))
    if as_json:
        print_json({**asdict(found), "paid": found.paid.model_dump()})
        return
    tokens = found.paid.input_tokens + found.paid.output_tokens
    cost = "unknown" if found.paid.cost_usd is None else f"${found.paid.cost_usd:.4f}"
    click.echo(f"folder    {found.folder}")
    click.echo(f"answers   {found.entries} ({found.failures} failures, {found.damaged} damaged)")
    click.echo(f"size      {found.size_bytes / 1e6:.1f} MB")
    click.echo(f"paid for  {found.paid.calls} calls, {tokens:,} tokens, cost {cost}")
    if found.oldest and found.newest:
        click.echo(f"stored    {found.oldest:%Y-%m-%d %H:%M} to {found.newest:%Y-%m-%d %H:%M} UTC")
    for model, count in found.by_model.items():
        click.echo(f"model     {model}: {count}")
    for epoch, count in found.by_epoch.items():
        click.echo(f"epoch     {epoch}: {count}")


@cache.command()
@_located
@click.option("--quarantine", is_flag=True, help="Move damaged entries into quarantine/.")
@JSON
@click.pass_context
def verify(
    ctx: click.Context,
    folder: Path | None,
    config: Path | None,
    quarantine: bool,
    as_json: bool,
) -> None:
    """Read every entry; exit with 1 where one is damaged."""
    from dateline import cache as store
    from dateline.cli.printing import print_json

    found = store.verify(_folder(folder, config), quarantine=quarantine)
    if as_json:
        print_json({**asdict(found), "ok": found.ok})
    else:
        click.echo(f"{found.checked} entries checked, {len(found.damaged)} damaged")
        if found.database_problem:
            click.echo(f"the database: {found.database_problem}")
        for damage in found.damaged:
            click.echo(f"row {damage.row}: {damage.reason}")
        if found.quarantine:
            click.echo(f"moved to {found.quarantine}")
    if not found.ok:
        ctx.exit(1)


@cache.command()
@_located
@click.option("--model", help="Only answers of this model: NAME or FAMILY/NAME.")
@click.option(
    "--before",
    type=click.DateTime(["%Y-%m-%d"]),
    metavar="YYYY-MM-DD",
    help="Only answers stored before this day (UTC).",
)
@click.option("--epoch", type=click.IntRange(min=0), help="Only answers of this epoch.")
@click.option("--failures", is_flag=True, help="Only stored refusals and truncations.")
@click.option("--yes", "-y", is_flag=True, help="Do not ask.")
def clear(
    folder: Path | None,
    config: Path | None,
    model: str | None,
    before: datetime | None,
    epoch: int | None,
    failures: bool,
    yes: bool,
) -> None:
    """Remove stored answers: all, or those that the options name."""
    from dateline import cache as store

    place = _folder(folder, config)
    if not yes:
        if not sys.stdin.isatty():
            raise click.UsageError("this removes answers that were paid for: say --yes.")
        if not click.confirm(f"Remove stored answers from {place}?", err=True):
            click.echo("nothing was removed", err=True)
            return
    done = store.clear(
        place,
        model=model,
        before=before.replace(tzinfo=UTC) if before else None,
        epoch=epoch,
        failures_only=failures,
    )
    click.echo(f"{done.removed} removed, {done.kept} kept")


@cache.command()
@click.argument("file", type=click.Path(path_type=Path, dir_okay=False))
@_located
@click.option("--model", help="Only answers of this model: NAME or FAMILY/NAME.")
@click.option("--epoch", type=click.IntRange(min=0), help="Only answers of this epoch.")
def export(
    file: Path, folder: Path | None, config: Path | None, model: str | None, epoch: int | None
) -> None:
    """Write stored answers to FILE as recordings, for the replay provider or another cache.

    The file holds what models answered, which quotes the articles.
    """
    from dateline import cache as store

    done = store.export(_folder(folder, config), file, model=model, epoch=epoch)
    click.echo(f"{done.written} answers written to {done.path}")
    if done.failures or done.damaged:
        click.echo(f"left out: {done.failures} stored failures, {done.damaged} damaged", err=True)


@cache.command("import")
@click.argument("file", type=click.Path(path_type=Path, dir_okay=False, exists=True))
@_located
@click.option("--replace", is_flag=True, help="Replace answers that are stored already.")
def import_(file: Path, folder: Path | None, config: Path | None, replace: bool) -> None:
    """Store the answers of a recordings file, so that the same questions are not paid for."""
    from dateline import cache as store

    done = store.import_recordings(_folder(folder, config), file, replace=replace)
    click.echo(f"{done.stored} answers stored, {done.kept} were there already")


@cache.command()
@click.argument("article", type=click.Path(path_type=Path))
@click.option("--provider", "-p", help="Provider of the configuration, or provider/model.")
@_located
@click.option("--taxonomy", default="acled", show_default=True, help="As for extract.")
@click.option(
    "--prompts",
    type=click.Path(path_type=Path, file_okay=False, exists=True),
    help="As for extract.",
)
@click.option("--asking", type=click.Choice(["direct", "guided"]), help="As for extract.")
@click.option(
    "--published",
    type=click.DateTime(["%Y-%m-%d"]),
    metavar="YYYY-MM-DD",
    help="As for extract.",
)
@JSON
def why(
    article: Path,
    provider: str | None,
    folder: Path | None,
    config: Path | None,
    taxonomy: str,
    prompts: Path | None,
    asking: Any,
    published: datetime | None,
    as_json: bool,
) -> None:
    """Say why an article is, or is not, answered from the cache.

    Give the options that extract was given: each can change the question. The first questions
    about the article are looked up; nothing is called.
    """
    from dateline import cache as store
    from dateline.articles import Article
    from dateline.cli.printing import print_json
    from dateline.config import load_config
    from dateline.extractor.building import Options, build
    from dateline.pipeline import plan

    settings = load_config(config)
    known = {"published": published.date()} if published else {}
    text = Article.from_file(article, **known)
    options = Options(taxonomy=taxonomy, prompts=prompts, asking=asking, cache=False)
    built = build(provider, settings, options)
    found = [
        (
            request,
            store.why(
                folder or settings.cache_dir,
                request,
                family=built.completer.family,
                model=built.completer.model,
                epoch=settings.cache.epoch,
                max_age_s=settings.cache.max_age_s,
            ),
        )
        for request in plan(text, built.setup)
    ]
    if as_json:
        print_json([{"purpose": r.purpose, **asdict(e), "sentence": e.sentence} for r, e in found])
        return
    for request, explanation in found:
        click.echo(f"{request.purpose}: {explanation.sentence}")


def _folder(folder: Path | None, config: Path | None) -> Path:
    if folder is not None:
        return folder
    from dateline.config import load_config

    return load_config(config).cache_dir
