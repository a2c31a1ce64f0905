"""``dateline providers``: what is configured, and whether it answers."""

from __future__ import annotations

import asyncio
import os
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

if TYPE_CHECKING:
    from dateline.completion import CompletionRequest
    from dateline.config import ProviderConfig

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
    """List the providers of the configuration. Nothing is called."""
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
        ("NAME", "KIND", "MODEL", "KEY", "FALLBACK"),
        [
            (
                facts["name"] + (" (default)" if facts["name"] == default else ""),
                facts["kind"],
                facts["model"] or "-",
                facts["key"],
                ", ".join(facts["fallback"]) or "-",
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
    """Ask providers one small question and say whether they answer.

    Without a name, the default provider and its fallbacks are asked. This makes a real call to
    each, past the cache.
    """
    from dateline.cli.printing import print_json, print_rows
    from dateline.config import load_config

    settings = load_config(config)
    asked = [settings.provider(name) for name in names] or settings.fallbacks()
    checked = [asyncio.run(_check(provider)) for provider in asked]
    if as_json:
        print_json(checked)
    else:
        print_rows(
            ("NAME", "ANSWERS", "SECONDS", "DETAIL"),
            [
                (
                    result["name"],
                    "yes" if result["ok"] else "no",
                    f"{result['seconds']:.1f}",
                    result["detail"],
                )
                for result in checked
            ],
        )
    if not all(result["ok"] for result in checked):
        ctx.exit(1)


def _facts(provider: ProviderConfig) -> dict[str, Any]:
    variable = provider.api_key_env or ("OPENAI_API_KEY" if provider.kind == "openai" else None)
    key = "not needed"
    if variable is not None:
        key = f"{variable} {'set' if os.environ.get(variable, '').strip() else 'missing'}"
    return {
        "name": provider.name,
        "kind": provider.kind,
        "model": provider.model,
        "base_url": provider.base_url,
        "key": key,
        "fallback": list(provider.fallback),
    }


async def _check(provider: ProviderConfig) -> dict[str, Any]:
    from dateline.errors import DatelineError
    from dateline.providers import build_one

    began = time.monotonic()
    model, detail, code, ok = provider.model, "", None, False
    try:
        completer = build_one(provider)
        try:
            completion = await completer.complete(_question())
        finally:
            await completer.aclose()
        model, ok = completion.model, _readable(completion.text)
        detail = model if ok else "it answered, but not in the form that was asked for"
        code = None if ok else "invalid_answer"
    except DatelineError as error:
        detail, code = str(error), error.code
    return {
        "name": provider.name,
        "kind": provider.kind,
        "model": model,
        "ok": ok,
        "seconds": round(time.monotonic() - began, 3),
        "error": code,
        "detail": detail,
    }


def _question() -> CompletionRequest:
    from pydantic import BaseModel, ConfigDict

    from dateline.completion import CompletionRequest, Message, OutputSchema, Prefix, Sampling

    class Check(BaseModel):
        model_config = ConfigDict(extra="forbid")

        ready: bool

    system = Message("system", "This checks a connection. Answer with one JSON object.")
    return CompletionRequest(
        prefix=Prefix((system,)),
        messages=(Message("user", 'Answer {"ready": true}.'),),
        schema=OutputSchema(name="check", model=Check),
        sampling=Sampling(temperature=None, max_tokens=512),
        purpose="check",
    )


def _readable(answer: str) -> bool:
    import json

    try:
        return isinstance(json.loads(answer), dict)
    except ValueError:
        return False
