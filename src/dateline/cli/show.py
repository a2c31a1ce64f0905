"""``dateline show``: results that were written before, as a page or as tables."""

from __future__ import annotations

import sys
from pathlib import Path

import click


@click.command()
@click.argument(
    "results", nargs=-1, required=True, type=click.Path(path_type=Path, allow_dash=True)
)
@click.option(
    "--html",
    type=click.Path(path_type=Path, dir_okay=False, allow_dash=True),
    help="Write one self-contained HTML page to this file; - is standard output.",
)
@click.option("--title", help="Title of the page.")
def show(results: tuple[Path, ...], html: Path | None, title: str | None) -> None:
    """Show results that extract or run wrote.

    RESULTS are JSON Lines files; - is standard input. Without --html, tables are printed.
    """
    from dateline.cli.destination import check_folders, check_inputs, write_page
    from dateline.output.jsonl import read_results
    from dateline.output.table import write_table

    check_folders(html)
    check_inputs([str(path) for path in results], html)
    found = (result for path in results for result in read_results(path))
    if html is None:
        write_table(found, sys.stdout)
        return
    write_page(list(found), html, title=title)
