"""The root command: what there is, and what every command does with errors."""

from __future__ import annotations

import os
import sys
from typing import Any

import click

import dateline
from dateline.cli.lazy import LazyGroup
from dateline.errors import DatelineError

USAGE = 2
INTERRUPTED = 130
BROKEN_PIPE = 141
BUG = 70

COMMANDS: dict[str, tuple[str, str]] = {
    "extract": ("dateline.cli.extract:extract", "Extract events and claims from articles."),
    "show": ("dateline.cli.show:show", "Show results as a page or as tables."),
    "eval": ("dateline.cli.evaluate:evaluate", "Measure whether extraction got better."),
    "providers": ("dateline.cli.providers:providers", "List and check configured providers."),
    "models": ("dateline.cli.models:models", "List and fetch embedded models."),
    "cache": ("dateline.cli.cache:cache", "Look into the completion cache."),
    "schema": ("dateline.cli.schema:schema", "Export and check JSON Schemas."),
}
"""Where each command is and what it does, so that help needs no import of it."""


class Root(LazyGroup):
    """What every command does with errors."""

    def invoke(self, ctx: click.Context) -> Any:
        """Run the command; turn what goes wrong into one line and an exit code."""
        try:
            result = super().invoke(ctx)
            sys.stdout.flush()
            return result
        except (click.exceptions.Exit, click.ClickException):
            raise
        except BrokenPipeError:
            _silence()
            ctx.exit(BROKEN_PIPE)
        except (KeyboardInterrupt, click.Abort):
            click.echo("interrupted", err=True)
            ctx.exit(INTERRUPTED)
        except Exception as error:
            if ctx.params.get("debug"):
                raise
            click.echo(f"error: {_message(error)}", err=True)
            ctx.exit(USAGE if isinstance(error, (DatelineError, ImportError, OSError)) else BUG)


def _message(error: Exception) -> str:
    from dateline.output.shown import one_line

    if isinstance(error, (DatelineError, ImportError)):
        return one_line(str(error))
    if isinstance(error, OSError):
        name = error.filename or error.filename2
        reason = error.strerror or type(error).__name__
        return one_line(f"{name}: {reason}" if name else reason)
    return f"unexpected {type(error).__name__}. Run again with dateline --debug, and report it."


def _silence() -> None:
    """Keep the interpreter from complaining once more when it flushes a closed pipe."""
    devnull = os.open(os.devnull, os.O_WRONLY)
    for stream in (sys.stdout, sys.stderr):
        try:
            stream.flush()
        except (BrokenPipeError, ValueError):
            os.dup2(devnull, stream.fileno())


@click.group(
    cls=Root,
    lazy=COMMANDS,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
)
@click.option("--debug", is_flag=True, help="Show tracebacks and what the library logs.")
@click.version_option(dateline.__version__, "--version", prog_name="dateline")
def root(debug: bool) -> None:
    """News articles to validated, source-grounded events and claims, with any LLM.

    Results go to standard output or --out, everything else to standard error.
    """
    import logging

    logging.basicConfig(
        stream=sys.stderr,
        level=logging.DEBUG if debug else logging.ERROR,
        format="%(name)s: %(message)s",
    )
    # Answers that are not kept are paid for again: that is for everybody to know.
    logging.getLogger("dateline.cache").setLevel(logging.DEBUG if debug else logging.WARNING)
