"""``dateline models``: the embedded models that are known, and how to get one."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from dateline.models import Progress


@click.group()
def models() -> None:
    """List and fetch embedded models."""


@models.command("list")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON document.")
def list_(as_json: bool) -> None:
    """List models known by name and those that were fetched."""
    from dateline.cli.printing import print_json, print_rows
    from dateline.models import list_models

    found = list_models()
    if as_json:
        print_json(
            [
                {
                    "name": model.spec,
                    "title": model.title,
                    "bytes": model.size,
                    "installed": model.path is not None,
                    "path": str(model.path) if model.path else None,
                }
                for model in found
            ]
        )
        return
    print_rows(
        ("NAME", "SIZE", "HERE", "TITLE"),
        [
            (
                model.spec,
                _megabytes(model.size),
                "yes" if model.path else "no",
                model.title,
            )
            for model in found
        ],
    )


@models.command()
@click.argument("name")
def pull(name: str) -> None:
    """Fetch a model and print its path.

    NAME is a known name or hf:org/repo/file.gguf. A model that is here is not fetched again.
    """
    from dateline.models import ensure_model

    reporter = _Reporter() if sys.stderr.isatty() else None
    try:
        path = ensure_model(name, progress=reporter)
    finally:
        if reporter:
            reporter.end()
    click.echo(path)


class _Reporter:
    """Writes how far the fetching is over the same line of a terminal."""

    def __init__(self) -> None:
        self._shown = ""

    def __call__(self, done: int, total: int | None) -> None:
        text = f"fetching {_megabytes(done)}" + (f" of {_megabytes(total)}" if total else "")
        if text != self._shown:
            sys.stderr.write(f"\r{text.ljust(len(self._shown))}")
            sys.stderr.flush()
            self._shown = text

    def end(self) -> None:
        if self._shown:
            sys.stderr.write("\n")


if TYPE_CHECKING:
    _check: Progress = _Reporter()


def _megabytes(size: int | None) -> str:
    return "unknown" if size is None else f"{size / 1e6:.0f} MB"
