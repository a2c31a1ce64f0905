"""``dateline providers``: what is configured, and whether it answers."""

from __future__ import annotations

import asyncio
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

if TYPE_CHECKING:
    from dateline.config import ProviderConfig
    from dateline.providers.checking import Checked

CONFIG = click.option(
    "--config",
    "-c",
    type=click.Path(path_type=Path, dir_okay=False),
    help="Configuration file, else the nearest one.",
)
JSON = click.option("--json", "as_json", is_flag=True, help="Print one JSON document.")


@click.group()
def providers() -> None:
    """List and check configured providers."""


@providers.command("list")
@CONFIG
@JSON
def list_(config: Path | None, as_json: bool) -> None:
    """List the providers of the configuration and what they still need. Nothing is called."""
    from dateline.cli.printing import print_json, print_rows
    from dateline.config import load_config

    settings = load_config(config)
    found = [_facts(settings.provider(name)) for name in settings.provider_names()]
    if as_json:
        source = str(settings.source) if settings.source else None
        print_json({"config": source, "default": settings.default_provider, "providers": found})
        return
    click.echo(f"configuration: {settings.source or 'built-in defaults'}", err=True)
    default = settings.default_provider.partition("/")[0]
    print_rows(
        ("NAME", "KIND", "MODEL", "MODE", "KEY", "FALLBACK", "MISSING"),
        [
            (
                facts["name"] + (" (default)" if facts["name"] == default else ""),
                facts["kind"],
                facts["model"] or "-",
                facts["mode"],
                facts["key"],
                ", ".join(facts["fallback"]) or "-",
                "; ".join(facts["missing"]) or "-",
            )
            for facts in found
        ],
    )


@providers.command()
@click.argument("names", metavar="[PROVIDER]...", nargs=-1)
@CONFIG
@JSON
@click.pass_context
def check(ctx: click.Context, names: tuple[str, ...], config: Path | None, as_json: bool) -> None:
    """Ask providers one small question and say whether and how they answer.

    Without a name, the default provider and its fallbacks are asked. This makes a real call to
    each, past the cache.
    """
    from dateline.cli.printing import print_json, print_rows
    from dateline.config import load_config
    from dateline.providers.checking import check as ask

    settings = load_config(config)
    asked = [settings.provider(name) for name in names] or settings.fallbacks()
    checked = [asyncio.run(ask(provider, settings)) for provider in asked]
    if as_json:
        print_json([asdict(result) for result in checked])
    else:
        print_rows(
            ("NAME", "ANSWERS", "MODE", "SCHEMA", "SECONDS", "TOKENS", "USD", "DETAIL"),
            [_row(result) for result in checked],
        )
    if not all(result.ok for result in checked):
        ctx.exit(1)


def _row(result: Checked) -> tuple[str, ...]:
    return (
        result.name,
        "yes" if result.ok else "no",
        result.mode,
        result.schema or "-",
        f"{result.seconds:.1f}",
        f"{result.input_tokens}+{result.output_tokens}",
        "-" if result.cost_usd is None else f"{result.cost_usd:.6f}",
        result.detail,
    )


def _facts(provider: ProviderConfig) -> dict[str, Any]:
    from dateline.providers.standing import key_state, missing

    return {
        "name": provider.name,
        "kind": provider.kind,
        "model": provider.model,
        "base_url": provider.base_url,
        "mode": provider.mode_used,
        "key": key_state(provider),
        "missing": missing(provider),
        "fallback": list(provider.fallback),
    }
